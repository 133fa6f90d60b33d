"""The command line: everything under `zveno`."""
