"""What a server names by id, as positions of the snapshot."""

from __future__ import annotations

from collections.abc import Iterable

from graph_service.questions.context import Context


def positions_of(context: Context, entity_ids: Iterable[str]) -> list[int]:
    """Positions of entities."""
    found = [context.snapshot.position(entity_id) for entity_id in entity_ids]
    return [position for position in found if position is not None]


def rows_of(context: Context, claim_ids: Iterable[str]) -> list[int]:
    """Rows of claims that count; one withdrawn and stated anew has several, of which one counts."""
    ids, found = context.snapshot.claim_ids, []
    for claim_id in claim_ids:
        row = context.snapshot.claim_positions[claim_id]
        while not context.mask[row] and row > 0 and ids[row - 1] == claim_id:
            row -= 1
        found.append(row)
    return found
