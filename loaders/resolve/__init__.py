"""From rows in the source's words to claims about entities: who is meant, by identifier first, then by name."""
