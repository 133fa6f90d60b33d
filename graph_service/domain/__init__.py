"""What everything else is about: the declaration, claims, ids, quantities, clocks. Imports nothing of ours."""
