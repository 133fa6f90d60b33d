"""Fixing a fact by hand: add, correct or retract a claim, with a note, undoable like any load."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import sha256

import orjson

from graph_service.domain.claims import identify
from graph_service.domain.clocks import today
from graph_service.domain.quantities import format_decimal
from graph_service.domain.schema import ATTRIBUTES, FIELD
from graph_service.errors import BadInput, NotFound
from graph_service.store.port import GraphStore, Load, LoadRequest, StoredClaim
from loaders.claims_csv import row_of
from loaders.loader import DocumentInfo, Where
from loaders.resolve.resolve import Resolver
from loaders.run import holder

_KEPT_OUT = ("record", "row", "quote", "char_start", "char_end", "dates", "method", "how", "note")
_PREFIXES = ("inn:", "ogrn:", "lei:", "iso:", "city:", "id:")
NEW = "new:"
"""Before a name: somebody the graph does not have yet."""

FindId = Callable[[str], str]
"""From a reference as a person writes it to an entity id; raises NotFound or Ambiguous."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """Who says so and why.

    ``source`` is the editor unless another is named; its rank then is 2, the party itself.
    """

    editor: str
    note: str
    source: str | None = None
    rank: int = 2
    url: str | None = None

    def document(self) -> DocumentInfo:
        """The document that the claim stands in."""
        publisher = self.source or f"editor {self.editor}"
        return DocumentInfo(
            key=self.url or f"by hand: {publisher}", url=self.url, publisher=publisher, rank=self.rank,
            published_on=today(), title=f"Entered by hand by {self.editor}",
        )  # fmt: skip


def add(store: GraphStore, cells: Mapping[str, str], edit: Edit, find_id: FindId) -> tuple[Load, str]:
    """Add one claim; ``cells`` are columns of the claims format. Returns the load and the claim's id.

    Raises:
        BadInput: the note is missing or the claim does not satisfy the checks.
    """
    return _write(store, cells, edit, find_id, retract=None)


def correct(
    store: GraphStore, claim_id: str, changes: Mapping[str, str], edit: Edit, find_id: FindId
) -> tuple[Load, str]:
    """Withdraw a claim and state it anew with some cells changed; an empty text removes a cell."""
    old = _claim(store, claim_id)
    cells = {name: text for name, text in {**cells_of(old), **_expanded(changes)}.items() if text != ""}
    return _write(store, cells, edit, find_id, retract=claim_id)


def retract(store: GraphStore, claim_id: str, edit: Edit) -> Load:
    """Withdraw a claim; it stays withdrawn when its source is loaded again."""
    old = _claim(store, claim_id)
    _check_note(edit)
    load = store.begin(_request(edit, f"retract {claim_id}"))
    store.retract(load, [old.claim_id])
    return store.complete(load)


def cells_of(claim: StoredClaim) -> dict[str, str]:
    """A stored claim as a row of the claims format."""
    cells: dict[str, str] = {"type": str(claim.fields["type"]), "from": f"id:{claim.fields['from_raw']}"}
    if "to_raw" in claim.fields:
        cells["to"] = f"id:{claim.fields['to_raw']}"
    if "product" in claim.fields:
        cells["product"] = f"id:{claim.fields['product']}"
    for name, value in claim.fields.items():
        if name in cells or name in _KEPT_OUT or name in ("from_raw", "to_raw") or FIELD[name].derived:
            continue
        if name == "attributes":
            own = orjson.loads(str(value))
            cells["from_label"] = own.get("label", "")
            cells |= {
                key: str(text) for key, text in own.items() if key in ATTRIBUTES and key not in ("label", "same_as")
            }
        else:
            cells[name] = _text(name, value)
    return cells


def _text(name: str, value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, date):
        # Stored ends are the day after; a cell says the last day.
        return (value - timedelta(days=1) if name.endswith("_to") else value).isoformat()
    if isinstance(value, float):
        return format_decimal(value)
    return str(value)


def _expanded(changes: Mapping[str, str]) -> dict[str, str]:
    """An exact value replaces both bounds, a period both of its ends."""
    found = dict(changes)
    for name in changes:
        if f"{name}_min" in FIELD:
            found |= {f"{name}_min": "", f"{name}_max": ""}
        if name == "period":
            found |= {"period_from": "", "period_to": ""}
    return found


def _claim(store: GraphStore, claim_id: str) -> StoredClaim:
    found = store.claims([claim_id])
    if not found or found[0].retracted is not None:
        raise NotFound(f"there is no live claim {claim_id}", parameter="id")
    return found[0]


def _check_note(edit: Edit) -> None:
    if not edit.note.strip():
        raise BadInput("a note is required: why is this so, where does it stand?", parameter="note")


def _request(edit: Edit, what: str) -> LoadRequest:
    return LoadRequest(
        format="hand", dataset=f"hand: {edit.editor}", mode="hand", holder=holder(), files=(edit.note,),
        fingerprint=sha256(f"{what}\x1f{edit}".encode()).hexdigest(),
    )  # fmt: skip


def _write(
    store: GraphStore, cells: Mapping[str, str], edit: Edit, find_id: FindId, retract: str | None
) -> tuple[Load, str]:
    _check_note(edit)
    row = row_of(Where(file="by hand"), {**_found(cells, find_id), "note": edit.note})
    resolver = Resolver(f"by hand: {edit.editor}", [], edit.document(), "hand 1")
    batches = list(resolver.batches([row]))
    rejects = [reject for batch in batches for reject in batch.rejects]
    if rejects:
        raise BadInput(rejects[0].reason)
    load = store.begin(_request(edit, f"{sorted(cells.items())} for {retract}"))
    for batch in batches:
        store.write(load, batch.claims)
    if retract is not None:
        store.retract(load, [retract])
    finished = store.complete(load)
    return finished, str(identify(batches[0].claims.claims)["claim_id"][0])


def _found(cells: Mapping[str, str], find_id: FindId) -> dict[str, str]:
    """References to what the graph has become ids; ``new:`` names somebody it has not."""
    found = dict(cells)
    for name in ("from", "to", "product"):
        text = found.get(name, "")
        if text.startswith(NEW):
            found[name] = text.removeprefix(NEW).strip()
        elif text and not text.startswith(_PREFIXES):
            found[name] = f"id:{find_id(text)}"
    return found
