"""Millions of rows without a Python loop over them: tables are read, cast and checked as columns."""
