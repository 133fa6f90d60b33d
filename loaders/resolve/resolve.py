"""All rows of a load to claims, once every description is known; the result does not depend on the order of rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from hashlib import blake2b

import orjson
import polars as pl

from graph_service.domain.checks import reasons
from graph_service.domain.claims import ClaimBatch, Document, Source, document_id, frame, source_id
from graph_service.domain.said import Said, joined, said
from graph_service.errors import BadInput
from loaders.gazetteer.gazetteer import Gazetteer, Place
from loaders.loader import Batch, DocumentInfo, Ref, Reject, Row, Where
from loaders.repeats import repeat_notes
from loaders.resolve.entities import Entities, Entity, default_label, place_entity
from loaders.resolve.places import PLACE_DOCUMENTS, place_rows

BATCH_ROWS = 20_000


class Resolver:
    """Turns the rows of one load into batches of claims.

    Args:
        namespace: who issues the keys and names in the rows.
        documents: the documents that rows name by key.
        default_document: the document of rows that name none (the file).
        method: loader and version, kept on each claim.
        batch_rows: claims in one batch.
    """

    def __init__(
        self,
        namespace: str,
        documents: Iterable[DocumentInfo],
        default_document: DocumentInfo,
        method: str,
        batch_rows: int | None = None,
    ) -> None:
        self._gazetteer = Gazetteer()
        self._entities = Entities(namespace, self._gazetteer)
        self._infos = {info.key: info for info in (*documents, default_document, *PLACE_DOCUMENTS)}
        self._default = default_document.key
        self._method = method
        self._batch_rows = batch_rows or BATCH_ROWS

    def batches(self, items: Iterable[Row | Reject], notes: Sequence[Said] = ()) -> Iterator[Batch]:
        """Resolve everything that was read; rejected rows and notes are in the first batch."""
        rejects: list[Reject] = []
        rows: list[Row] = []
        for item in items:
            (rows if isinstance(item, Row) else rejects).append(item)  # type: ignore[arg-type]
        total = len({row.where for row in rows} | {reject.where for reject in rejects})
        descriptions, facts = self._learn(rows, rejects)
        claims: list[dict[str, object]] = []
        kept: list[Row] = []
        used: list[Place] = []
        mentions: dict[tuple[str, str], Entity] = {}
        numbers = _occurrences([*descriptions, *facts])
        for row in (*descriptions, *facts):
            try:
                claims.append(self._claim(row, numbers[id(row)], used, mentions))
                kept.append(row)
            except BadInput as problem:
                rejects.append(Reject(where=row.where, reason=problem.detail, cells=row.cells))
        good, refused = _refused(claims, kept)
        rejects = _one_each([*rejects, *refused])
        # A row of which one claim is refused states nothing, and what only refused rows mention leaves no trace.
        lost = {str(reject.where) for reject in rejects}
        good = [claim for claim in good if claim["row"] not in lost]
        alive = {key for claim in good for key in (claim["from_raw"], claim.get("to_raw"), claim.get("product"))}
        good += [self._mention(key, entity) for key, entity in sorted(mentions.items()) if entity.entity_id in alive]
        places = [place for place in used if place_entity(place).entity_id in alive]
        good += self._places(places)
        notes = [*notes, *repeat_notes(rows, {reject.where for reject in rejects})]
        yield from self._cut(good, rejects, notes, total)

    def _learn(self, rows: Sequence[Row], rejects: list[Reject]) -> tuple[list[Row], list[Row]]:
        descriptions, facts = [], []
        for row in rows:
            if row.type != "DESCRIBED_IN":
                facts.append(row)
                continue
            try:
                self._entities.learn(row)
                descriptions.append(row)
            except BadInput as problem:
                rejects.append(Reject(where=row.where, reason=problem.detail, cells=row.cells))
        return descriptions, facts

    def _claim(
        self, row: Row, occurrence: int, used: list[Place], mentions: dict[tuple[str, str], Entity]
    ) -> dict[str, object]:
        document = self._document_id(row.document or self._default)
        subject = (
            self._entities.described(row)
            if row.type == "DESCRIBED_IN"
            else self._who(row.subject, default_label(row.type, "from"), document, used, mentions)
        )
        claim: dict[str, object] = {
            **row.values, "type": row.type, "from_raw": subject.entity_id, "from_label": subject.label,
            "document_id": document, "method": self._method, "row": str(row.where),
            "record": row.record or _cells_key(row, occurrence),
        }  # fmt: skip
        if row.target is not None:
            target = self._who(row.target, default_label(row.type, "to"), document, used, mentions)
            claim["to_raw"], claim["to_label"] = target.entity_id, target.label
        if row.product is not None:
            ref = Ref(text=row.product.text, label="Product")
            claim["product"] = self._who(ref, "Product", document, used, mentions).entity_id
        if row.type == "DESCRIBED_IN":
            attributes = {**row.attributes, **subject.identifiers, "label": subject.label}
            claim["attributes"] = canonical_attributes(attributes, subject.same_as)
        return claim

    def _who(
        self, ref: Ref, label: str, document: str, used: list[Place], mentions: dict[tuple[str, str], Entity]
    ) -> Entity:
        entity = self._entities.resolve(ref, default_label=label)
        if entity.place is not None:
            used.append(entity.place)
        elif not entity.is_described:
            mentions[entity.entity_id, document] = entity
        return entity

    def _mention(self, key: tuple[str, str], entity: Entity) -> dict[str, object]:
        """Somebody whom no row describes: the document at least gives the name or number."""
        attributes = {"label": entity.label, "name": entity.name, **entity.identifiers}
        return {
            "type": "DESCRIBED_IN", "from_raw": entity.entity_id, "from_label": entity.label, "document_id": key[1],
            "method": self._method, "how": "implied", "attributes": canonical_attributes(attributes, ()),
        }  # fmt: skip

    def _places(self, places: Iterable[Place]) -> list[dict[str, object]]:
        return [
            {
                **fields,
                "document_id": self._document_id(key),
                "method": "gazetteer 1",
                "attributes": canonical_attributes(attributes, ()) if attributes else None,
            }
            for key, fields, attributes in place_rows(places, self._gazetteer)
        ]

    def _cut(
        self, claims: Sequence[dict[str, object]], rejects: Sequence[Reject], notes: Sequence[Said], total: int
    ) -> Iterator[Batch]:
        by_id = {self._document_id(key): info for key, info in self._infos.items()}
        step = self._batch_rows
        for start in range(0, max(len(claims), 1), step):
            part = claims[start : start + step]
            named = sorted({str(claim["document_id"]) for claim in part})
            infos = [by_id[key] for key in named]
            read = total if start + step >= len(claims) else int(total * (start + len(part)) / len(claims))
            yield Batch(
                claims=ClaimBatch(
                    claims=frame(part),
                    documents=[document_of(info) for info in infos],
                    sources=sources_of(infos),
                ),
                rejects=rejects if start == 0 else (),
                notes=notes if start == 0 else (),
                rows_read=read,
                rows_total=total,
            )

    def _document_id(self, key: str) -> str:
        info = self._infos.get(key)
        if info is None:
            raise BadInput(said("no-document", key=key), parameter="document")
        return document_id(source_id(info.publisher), info.url or info.key)


def document_of(info: DocumentInfo) -> Document:
    """The document as the store keeps it; its address is its key where it has one."""
    source = source_id(info.publisher)
    key = info.url or info.key
    return Document(
        document_id=document_id(source, key), source_id=source, key=key, title=info.title, url=info.url,
        published_on=info.published_on, retrieved_on=info.retrieved_on, licence=info.licence, language=info.language,
        sha256=info.sha256, text=info.text,
    )  # fmt: skip


def sources_of(infos: Iterable[DocumentInfo]) -> list[Source]:
    """The sources of these documents; the best rank that any of them states."""
    ranks: dict[str, int] = {}
    for info in infos:
        ranks[info.publisher] = min(info.rank, ranks.get(info.publisher, 5))
    return [Source(source_id=source_id(name), name=name, rank=rank) for name, rank in sorted(ranks.items())]


def canonical_attributes(attributes: Mapping[str, object], same_as: Sequence[str]) -> str:
    """What a record says of an entity as JSON with sorted keys and plain numbers."""
    plain = {
        name: float(value) if isinstance(value, Decimal) else value
        for name, value in attributes.items()
        if value is not None and value != ""
    }
    if same_as:
        plain["same_as"] = sorted(same_as)
    return orjson.dumps(plain, option=orjson.OPT_SORT_KEYS).decode()


def _cells_key(row: Row, occurrence: int) -> str | None:
    if row.type == "DESCRIBED_IN":
        return row.subject.text
    digest = blake2b(_cells_text(row).encode(), digest_size=8).hexdigest()
    return digest if occurrence == 1 else f"{digest}#{occurrence}"


def _cells_text(row: Row) -> str:
    return "\x1f".join(f"{name}\x1e{text}" for name, text in sorted(row.cells.items())) + f"\x1f{row.type}"


def _occurrences(rows: Sequence[Row]) -> dict[int, int]:
    """For each row how many rows with the same cells came before it in the same document, counting itself."""
    seen: Counter[tuple[str | None, str]] = Counter()
    found = {}
    for row in rows:
        key = (row.document, _cells_text(row))
        seen[key] += 1
        found[id(row)] = seen[key]
    return found


def _one_each(rejects: Iterable[Reject]) -> list[Reject]:
    """One reject for each row, with all its reasons."""
    found: dict[Where, list[Reject]] = {}
    for reject in rejects:
        found.setdefault(reject.where, []).append(reject)
    return [
        Reject(where=where, reason=joined(r.reason for r in own), cells=own[0].cells) for where, own in found.items()
    ]


def _refused(claims: list[dict[str, object]], rows: list[Row]) -> tuple[list[dict[str, object]], list[Reject]]:
    if not claims:
        return [], []
    labels = pl.DataFrame(
        {
            "from_label": [c.get("from_label") for c in claims],
            "to_label": [c.get("to_label") for c in claims],
        },
        schema={"from_label": pl.String, "to_label": pl.String},
    )
    labelled = pl.concat([frame(claims), labels], how="horizontal")
    why = reasons(labelled)
    own = iter(reasons(labelled.filter(why.is_not_null()), "ru"))
    rejects = [
        Reject(where=r.where, reason=Said(reason, next(own)), cells=r.cells)
        for r, reason in zip(rows, why, strict=True)
        if reason
    ]
    return [claim for claim, reason in zip(claims, why, strict=True) if not reason], rejects
