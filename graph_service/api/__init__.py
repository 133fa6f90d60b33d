"""The service over HTTP: questions, edits, pages; Flask stays in here."""
