"""The graph in numpy columns, built from a store, rebuilt when it moves on."""
