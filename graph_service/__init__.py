"""Zveno: a supply-chain knowledge graph with its evidence, its uncertainty and its two clocks."""
