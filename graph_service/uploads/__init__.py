"""Files that people send to the service: kept, looked into, previewed and loaded by a process of their own."""
