"""The named questions: from parameters and a snapshot to an answer."""
