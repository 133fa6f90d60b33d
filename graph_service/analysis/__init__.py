"""Pure algorithms on a snapshot: no store, no HTTP, no question."""
