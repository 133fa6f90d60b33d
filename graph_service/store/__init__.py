"""Where claims are kept: one port, two stores, the same behaviour."""
