"""What is in the graph, how fresh, how complete: the first page of a data steward."""

from __future__ import annotations

from typing import Any

import numpy as np
from typing_extensions import TypedDict

from graph_service.questions.answer import Answer
from graph_service.questions.context import Context
from graph_service.questions.question import Params, Question
from graph_service.questions.wording import count, say
from graph_service.snapshot.snapshot import NO_END, NO_START, Rows, to_days

_YEARS = (1, 3, 5, 10)
_IDENTIFIED = ("Company",)


class QualityReport(TypedDict):
    """Counts; shares are of the claims or entities that they speak of."""

    entities: dict[str, int]
    claims: dict[str, int]
    status: dict[str, int]
    review: dict[str, int]
    source_rank: dict[str, int]
    sources: int
    documents: int
    freshness: dict[str, int]
    gaps: list[dict[str, Any]]


def answer(context: Context, params: Params) -> Answer:
    """Count what counts at the two clocks."""
    snapshot, c = context.snapshot, context.snapshot.claims
    rows = np.flatnonzero(context.mask)
    shown = _spoken_of(context, rows)
    labels: dict[str, int] = {}
    for entity in shown:
        labels[snapshot.label(entity)] = labels.get(snapshot.label(entity), 0) + 1
    documents = np.unique(c["document"][rows])
    ranks, counts = np.unique(c["source_rank"][rows], return_counts=True)
    report = QualityReport(
        entities=dict(sorted(labels.items())),
        claims=context.count_by("type", rows),
        status=context.count_by("status", rows),
        review=context.count_by("review", rows),
        source_rank={str(rank): int(n) for rank, n in zip(ranks.tolist(), counts.tolist(), strict=True)},
        sources=len({context.sources[document] for document in documents.tolist()}),
        documents=len(documents),
        freshness=_freshness(context, rows),
        gaps=_gaps(context, rows, shown),
    )
    return Answer(
        summary=say(
            context.lang,
            en=f"{count(len(shown), 'entity', 'en')}, {count(len(rows), 'claim', 'en')} from "
            f"{count(report['documents'], 'document', 'en')} of {count(report['sources'], 'source', 'en')}.",
            ru=f"{count(len(shown), 'entity', 'ru')}, {count(len(rows), 'claim', 'ru')}: "
            f"{count(report['documents'], 'document', 'ru')}, {count(report['sources'], 'source', 'ru')}.",
        ),
        data=report,
    )


def _spoken_of(context: Context, rows: Rows) -> list[int]:
    """The entities that a claim that counts speaks of."""
    snapshot, c = context.snapshot, context.snapshot.claims
    named = np.zeros(len(snapshot.entity_ids), bool)
    for column in ("from", "to", "product"):
        ends = c[column][rows]
        named[ends[ends >= 0]] = True
    return [entity for entity in np.flatnonzero(named).tolist() if snapshot.attributes[entity]]


def _freshness(context: Context, rows: Rows) -> dict[str, int]:
    c = context.snapshot.claims
    facts = rows[~context.snapshot.is_type("DESCRIBED_IN", "PART_OF")[rows]]
    seen = np.asarray(c["last_seen"][facts], np.int64)
    age = to_days(context.valid_at) - seen
    found = {"undated": int((seen == NO_START).sum())}
    younger = seen != NO_START
    for years in _YEARS:
        within = younger & (age <= 365.25 * years)
        found[f"within {years}y"] = int(within.sum())
        younger &= ~within
    found["older"] = int(younger.sum())
    return found


def _gaps(context: Context, rows: Rows, shown: list[int]) -> list[dict[str, Any]]:
    snapshot, c = context.snapshot, context.snapshot.claims
    firms = [entity for entity in shown if snapshot.label(entity) in _IDENTIFIED]
    supplies = rows[snapshot.is_type("SUPPLIES")[rows]]
    needs = rows[snapshot.is_type("NEEDS")[rows]]
    makers = [e for e in shown if snapshot.label(e) in ("Company", "Plant")]
    undated = (c["valid_from"][supplies] == NO_START) & (c["valid_to"][supplies] == NO_END)
    return [
        _gap(
            "companies without INN or OGRN",
            sum(not _has(snapshot.attributes[e], "inn", "ogrn") for e in firms),
            firms,
        ),
        _gap(
            "companies and plants without a point",
            sum(snapshot.places.point(e) is None for e in makers),
            makers,
        ),
        _gap(
            "supplies without a share of the buyer's need",
            int(np.isnan(c["buyer_share_min"][supplies]).sum()),
            supplies,
        ),
        _gap("supplies without a product", int((c["product"][supplies] < 0).sum()), supplies),
        _gap("supplies without dates of the relation", int(undated.sum()), supplies),
        _gap("needs of unknown completeness", int((c["complete"][needs] < 0).sum()), needs),
    ]


def _has(attributes: object, *names: str) -> bool:
    return any(attributes.get(name) for name in names)  # type: ignore[attr-defined]


def _gap(what: str, missing: int, of: object) -> dict[str, Any]:
    return {"what": what, "missing": missing, "of": len(of)}  # type: ignore[arg-type]


QUESTION = Question(
    name="lookup.quality",
    route="/quality",
    title={"en": "Data quality", "ru": "Качество данных"},
    doc={
        "en": (
            "What is in the graph: entities by type, of those that the claims that count speak of; claims by type, "
            "status, review and rank of source; how long ago facts were last seen; and what is missing most: "
            "identifiers, points, shares, dates, completeness of needs."
        ),
        "ru": (
            "Что есть в графе: объекты и утверждения по типам, статус, проверка, ранг источников; как давно факты "
            "видели; чего не хватает больше всего."
        ),
    },
    params=Params,
    result=QualityReport,
    answer=answer,
)
