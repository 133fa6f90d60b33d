"""Saying by hand that two entities are one, and that they are not: claims of the editor, undoable like any load.

A merge is a description of the entity that stays, which says ``same_as`` of the old id. A split withdraws that. If
records make the two one as well, it describes the entity that leaves as ``other_than`` the one it leaves, and a merge
withdraws that. So deciding back leaves the claims as they were, and deciding again gives the same claims again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import count

import orjson

from graph_service.domain.claims import ClaimBatch, frame, identify
from graph_service.errors import BadInput, WriterBusy
from graph_service.store.port import GraphStore, Load, LoadRequest
from graph_service.store.settle import Tie, is_decision, one_party
from loaders.by_hand import Edit, check_note
from loaders.resolve.resolve import document_of, sources_of
from loaders.run import holder, whole

_METHOD = "hand 1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What was decided.

    Attributes:
        load: the load that holds it.
        old: the id that led, or now leads, to another.
        entity: where it leads now; itself if it stands alone.
        claim: the claim that says so, if one had to be made.
        withdrawn: the claims that said the opposite.
    """

    load: Load
    old: str
    entity: str
    claim: str | None
    withdrawn: tuple[str, ...]


def merge(store: GraphStore, old: str, into: str, edit: Edit) -> Decision:
    """Let ``old`` lead to ``into``.

    Args:
        store: the graph.
        old: id of the entity that is no longer one of its own.
        into: id of the entity that stays.
        edit: who says so and why.

    Raises:
        BadInput: no reason is given, or the two are one already.
        WriterBusy: somebody has changed the graph meanwhile.
    """
    check_note(edit)
    version = store.version().number
    ties = store.ties()
    leads = one_party(ties)
    one, other = leads.get(old, old), leads.get(into, into)
    if one == other:
        raise BadInput(f"{old} and {into} are one already, {one}", parameter="with")

    def parts(tie: Tie) -> bool:
        sides = {leads.get(tie.entity_id, tie.entity_id)}
        return any(sides | {leads.get(each, each)} == {one, other} for each in tie.other_than)

    opposite = [tie.claim_id for tie in ties if parts(tie)]
    left = one_party(tie for tie in ties if tie.claim_id not in opposite)
    stays, leaves = left.get(other, other), left.get(one, one)
    said = None if stays == leaves else _Said(about=stays, attributes={"same_as": [leaves]}, record="one party")
    return _decide(store, f"merge {one} into {other}", version, edit, one, said, opposite)


def split(store: GraphStore, old: str, edit: Edit) -> Decision:
    """Let ``old``, which leads to another entity, stand for itself again.

    Args:
        store: the graph.
        old: the id that was merged.
        edit: who says so and why.

    Raises:
        BadInput: no reason is given, or the id leads to nobody.
        WriterBusy: somebody has changed the graph meanwhile.
    """
    check_note(edit)
    version = store.version().number
    ties = store.ties()
    entity = one_party(ties).get(old)
    if entity is None:
        raise BadInput(f"{old} was not merged into anybody", parameter="id")
    naming = store.claims(tie.claim_id for tie in ties if old in tie.same_as)
    opposite = [claim.claim_id for claim in naming if is_decision(claim.fields.get("attributes"))]
    left = one_party(tie for tie in ties if tie.claim_id not in opposite)
    if left.get(old, old) != left.get(entity, entity):
        return _decide(store, f"split {old} from {entity}", version, edit, old, None, opposite)
    # Records say so too: their word stays, and what is said now outweighs it; taking this back restores all.
    said = _Said(about=old, attributes={"other_than": [entity]}, record="another party")
    return _decide(store, f"split {old} from {entity}", version, edit, old, said, [])


@dataclass(frozen=True, slots=True, kw_only=True)
class _Said:
    """A description to be made."""

    about: str
    attributes: Mapping[str, object]
    record: str


def _decide(
    store: GraphStore, what: str, version: int, edit: Edit, old: str, said: _Said | None, opposite: Sequence[str]
) -> Decision:
    # Not in hand mode: what a decision withdraws may be said again by the next one.
    request = LoadRequest(
        format="hand", dataset=f"hand: {edit.editor}", mode="incremental", holder=holder(), files=(edit.note,),
        fingerprint=sha256(f"{what}\x1f{edit}\x1f{version}".encode()).hexdigest(),
    )  # fmt: skip
    info = edit.document(store)
    document = document_of(info)
    with whole(store, request) as load:
        if load.version != version + 1:
            raise WriterBusy("somebody has changed the graph just now: look again, then repeat this")
        store.retract(load, opposite)
        claim_id = None
        for again in count(1):
            if said is None:
                break
            batch = ClaimBatch(
                claims=frame([_claim(said, again, edit, document.document_id)]),
                documents=[document],
                sources=sources_of([info]),
            )
            claim_id = str(identify(batch.claims)["claim_id"][0])
            # A person may have withdrawn that very claim for good: then it is said anew as another record.
            if not store.write(load, batch).kept_retracted:
                break
        finished = store.complete(load)
    entity = one_party(store.ties()).get(old, old)
    return Decision(load=finished, old=old, entity=entity, claim=claim_id, withdrawn=tuple(opposite))


def _claim(said: _Said, again: int, edit: Edit, document_id: str) -> dict[str, object]:
    return {
        "document_id": document_id, "type": "DESCRIBED_IN", "from_raw": said.about, "review": "confirmed",
        "record": said.record if again == 1 else f"{said.record}, {again}", "method": _METHOD, "note": edit.note,
        "attributes": orjson.dumps(said.attributes, option=orjson.OPT_SORT_KEYS).decode(),
    }  # fmt: skip
