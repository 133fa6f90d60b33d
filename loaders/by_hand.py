"""Fixing a fact by hand: add, correct or retract a claim, with a note, undoable like any load."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from hashlib import sha256
from itertools import count

import orjson
import polars as pl

from graph_service.domain.claims import ClaimBatch, document_id, identify, source_id
from graph_service.domain.clocks import today
from graph_service.domain.identity import entity_id
from graph_service.domain.quantities import format_decimal
from graph_service.domain.said import said
from graph_service.domain.schema import ATTRIBUTES, FIELD, TIES
from graph_service.errors import BadInput, BadParameter, NotFound
from graph_service.store.port import GraphStore, Load, LoadRequest, StoredClaim
from graph_service.store.settle import is_decision
from loaders.claims_csv import row_of
from loaders.loader import DocumentInfo, Row, Where
from loaders.resolve.entities import CHECKED
from loaders.resolve.resolve import Resolver, canonical_attributes
from loaders.run import holder, whole

_KEPT_OUT = ("record", "row", "quote", "char_start", "char_end", "dates", "method", "how", "note")
_PREFIXES = ("inn:", "ogrn:", "lei:", "iso:", "city:", "id:")
_DOCUMENT = ("title", "url", "published_on", "retrieved_on", "licence", "language", "sha256", "text")
NEW_SOURCE_RANK = 2
NEW = "new:"
"""Before a name: somebody the graph does not have yet."""

FindId = Callable[[str], str]
"""From a reference as a person writes it to an entity id; raises NotFound or Ambiguous."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """Who says so and why.

    ``source`` is the editor unless another is named. A source that the graph knows keeps its rank; a new one has the
    rank stated, or 2, the party itself.
    """

    editor: str
    note: str
    source: str | None = None
    rank: int | None = None
    url: str | None = None

    def document(self, store: GraphStore) -> DocumentInfo:
        """The document that the claim stands in: a known one as it is, else a new one of this day.

        Raises:
            BadInput: the source is known with another rank.
        """
        publisher = self.source or f"editor {self.editor}"
        known = next((source for source in store.sources() if source.name == publisher), None)
        if known is not None and self.rank not in (None, known.rank):
            raise BadInput(
                f"{publisher} has rank {known.rank} in the graph: leave the rank out, or name another source",
                parameter="rank",
            )
        rank = known.rank if known is not None else self.rank or NEW_SOURCE_RANK
        # One document a day: a later edit must not make facts entered earlier look newer than they are.
        key = self.url or f"by hand: {publisher}, {today()}"
        found = store.documents([document_id(source_id(publisher), key)])
        if found:
            kept = {name: getattr(found[0], name) for name in _DOCUMENT}
            return DocumentInfo(key=key, publisher=publisher, rank=rank, **kept)
        title = f"Entered by hand by {self.editor}"
        return DocumentInfo(
            key=key, url=self.url, publisher=publisher, rank=rank, published_on=today(), title=title
        )  # fmt: skip


def add(store: GraphStore, cells: Mapping[str, str], edit: Edit, find_id: FindId) -> tuple[Load, str]:
    """Add one claim; ``cells`` are columns of the claims format. Returns the load and the claim's id.

    Raises:
        BadInput: the note is missing or the claim does not satisfy the checks.
    """
    return _write(store, cells, edit, find_id, corrects=None)


def correct(
    store: GraphStore, claim_id: str, changes: Mapping[str, str], edit: Edit, find_id: FindId
) -> tuple[Load, str]:
    """Withdraw a claim and state it anew with some cells changed; an empty text removes a cell.

    Raises:
        BadParameter: the id is none of a claim.
        NotFound: there is no such live claim.
        BadInput: the claim says who is one, which is merged and split and not corrected; nothing is changed; or as for
            ``add``.
    """
    old = _claim(store, claim_id)
    if is_decision(old.fields.get("attributes")):
        raise BadInput(
            f"claim {claim_id} says who is one and is not corrected: use `zveno entity split` or `zveno entity merge`",
            parameter="id",
        )
    before = cells_of(old)
    cells = {name: text for name, text in {**before, **_expanded(changes)}.items() if text != ""}
    if _meant(cells, find_id) == _meant(before, find_id):
        # Stated anew by the editor, and of today, a figure would look fresher and better known than it is.
        raise BadInput(said("nothing-changed"), parameter="changes")
    return _write(store, cells, edit, find_id, corrects=old)


def retract(store: GraphStore, claim_id: str, edit: Edit) -> Load:
    """Withdraw a claim; it stays withdrawn when its source is loaded again.

    Raises:
        BadParameter: the id is none of a claim.
        NotFound: there is no such live claim.
        BadInput: the note is missing.
    """
    old = _claim(store, claim_id)
    check_note(edit)
    with whole(store, _request(edit, f"retract {claim_id}")) as load:
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
            cells |= {key: str(text) for key, text in own.items() if key in ATTRIBUTES and key not in ("label", *TIES)}
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


def _meant(cells: Mapping[str, str], find_id: FindId) -> Row:
    """What cells say, however it is written: «40 %» is 0.4."""
    found = _found(cells, find_id)
    return replace(row_of(Where(file="by hand"), found), cells={})


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
    if not re.fullmatch("[0-9a-f]{32}", claim_id):
        raise BadParameter(f"{claim_id!r} is no claim: its id has 32 hex digits, see zveno ask claims", parameter="id")
    found = store.claims([claim_id])
    if not found or found[0].retracted is not None:
        raise NotFound(f"there is no live claim {claim_id}", parameter="id")
    return found[0]


def check_note(edit: Edit) -> None:
    """Refuse an edit that does not say why."""
    if not edit.note.strip():
        raise BadInput("a note is required: why is this so, where does it stand?", parameter="note")


def _request(edit: Edit, what: str) -> LoadRequest:
    return LoadRequest(
        format="hand", dataset=f"hand: {edit.editor}", mode="hand", holder=holder(), files=(edit.note,),
        fingerprint=sha256(f"{what}\x1f{edit}".encode()).hexdigest(),
    )  # fmt: skip


def _write(
    store: GraphStore, cells: Mapping[str, str], edit: Edit, find_id: FindId, corrects: StoredClaim | None
) -> tuple[Load, str]:
    check_note(edit)
    given = {**_found(cells, find_id), "note": edit.note}
    document = edit.document(store)
    batch = _stated(given, edit, document, corrects)
    claim_id = _own_id(batch)
    for again in count(2):
        known = store.claims([claim_id])
        if not known or known[0].retracted is None:
            break
        # Withdrawn before: what is withdrawn stays so, and the same fact is stated anew as another record.
        batch = _stated({**given, "record": f"{given.get('record', 'by hand')}, {again}"}, edit, document, corrects)
        claim_id = _own_id(batch)
    retracted = corrects.claim_id if corrects else None
    with whole(store, _request(edit, f"{claim_id} {sorted(cells.items())} for {retracted}")) as load:
        store.write(load, batch)
        if retracted is not None:
            store.retract(load, [retracted])
        return store.complete(load), claim_id


def _stated(cells: dict[str, str], edit: Edit, document: DocumentInfo, corrects: StoredClaim | None) -> ClaimBatch:
    row = row_of(Where(file="by hand"), cells)
    (batch,) = Resolver(f"by hand: {edit.editor}", [], document, "hand 1").batches([row])
    if batch.rejects:
        raise BadInput(batch.rejects[0].reason)
    if corrects is None or "attributes" not in corrects.fields:
        return batch.claims
    claims = batch.claims.claims
    attributes = claims["attributes"].to_list()
    attributes[0] = _still_same(attributes[0], str(corrects.fields["attributes"]))
    return replace(batch.claims, claims=claims.with_columns(pl.Series("attributes", attributes, pl.String)))


def _still_same(stated: str, before: str) -> str:
    """A corrected description still says who else its entity is, but for numbers that it corrects."""
    new, old = orjson.loads(stated), orjson.loads(before)
    changed = {entity_id(name, str(old[name])) for name in CHECKED if name in old and new.get(name) != old[name]}
    same_as = {*old.get("same_as", ()), *new.get("same_as", ())} - changed
    return canonical_attributes({key: value for key, value in new.items() if key != "same_as"}, sorted(same_as))


def _own_id(batch: ClaimBatch) -> str:
    return str(identify(batch.claims)["claim_id"][0])


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
