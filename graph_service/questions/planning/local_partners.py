"""Who near a place or plant makes a product: the gate and the distance, and for the rejected the reason."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any, NotRequired

import numpy as np
from pydantic import Field
from typing_extensions import TypedDict

from graph_service.domain.schema import ACTORS
from graph_service.errors import BadParameter
from graph_service.questions.answer import Answer
from graph_service.questions.context import Context, EntityItem
from graph_service.questions.question import PageParams, Params, PlaceParams, Question
from graph_service.questions.values import AmountItem, stated_amount
from graph_service.questions.wording import count, say
from graph_service.snapshot.places import distance_interval_km

_ASKERS = (*ACTORS, "City", "Region", "Project")
_WHOLE_EARTH_KM = 20_100.0


class LocalPartnerParams(Params, PlaceParams, PageParams):
    """Near whom, what, how far."""

    id: Annotated[str, Field(description="A plant, company or town: id, INN, OGRN or name.")]
    product: Annotated[
        str, Field(description="What is looked for: product names, ids, OKPD2 or HS codes, comma-separated.")
    ]
    within_km: Annotated[float | None, Field(gt=0, le=_WHOLE_EARTH_KM, description="Largest distance in km.")] = None
    rejected: Annotated[int, Field(ge=0, le=1000, description="How many rejected candidates to list.")] = 50


class CandidateItem(TypedDict):
    """A maker of the product, near or possibly near."""

    entity: EntityItem
    certainty: str
    distance_km: NotRequired[list[float]]
    distance_from: NotRequired[str]
    products: list[EntityItem]
    capacity: NotRequired[AmountItem]
    status: str
    reasons: list[str]
    why_not_certain: NotRequired[str]
    claims: list[str]


class RejectedItem(TypedDict):
    """A maker of the product that was left out, and why."""

    entity: EntityItem
    distance_km: NotRequired[list[float]]
    why_not: str
    claims: list[str]


class LocalPartnerList(TypedDict):
    """Certain candidates first, then possible ones, nearest first."""

    of: EntityItem
    products: list[EntityItem]
    items: list[CandidateItem]
    total: int
    by_status: dict[str, int]
    rejected: list[RejectedItem]
    rejected_total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _Candidate:
    entity: int
    rows: list[int]
    distance: tuple[float, float] | None
    why_not: str | None
    doubts: tuple[str, ...]
    remoteness: int

    @property
    def certainty(self) -> str:
        """certain, or possible where there is a doubt."""
        return "possible" if self.doubts else "certain"


def answer(context: Context, params: LocalPartnerParams) -> Answer:
    """Makers of the product through the gate (region, distance), each with its reason."""
    snapshot, c = context.snapshot, context.snapshot.claims
    start = snapshot.unit(context.entity(params.id, types=_ASKERS))
    wanted = context.products(params.product, "product") or frozenset()
    origin = snapshot.places.point(start)
    if origin is None and params.within_km is not None:
        raise BadParameter(
            f"no point is known for {context.name(start)}: ask by region, or near its town",
            parameter="within_km",
        )
    rows = np.flatnonzero(snapshot.is_type("PRODUCES") & context.mask & np.isin(c["to"], sorted(wanted)))
    makers: dict[int, list[int]] = {}
    for row in rows.tolist():
        makers.setdefault(int(c["from"][row]), []).append(row)
    makers.pop(start, None)
    candidates = [_gate(context, params, start, maker, makers[maker]) for maker in context.by_name(makers)]
    taken = [candidate for candidate in candidates if candidate.why_not is None]
    taken.sort(key=lambda x: (x.certainty != "certain", x.distance is None, x.distance or (0.0, 0.0), x.remoteness))
    left = [candidate for candidate in candidates if candidate.why_not is not None]
    left.sort(key=lambda x: (x.distance is None, x.distance or (0.0, 0.0)))
    page = taken[params.offset : params.offset + params.limit]
    certain = sum(candidate.certainty == "certain" for candidate in taken)
    unknown = 0 if params.within_km is None else sum(candidate.distance is None for candidate in taken)
    statuses = [context.status(candidate.rows) for candidate in taken]
    items = [_item(context, candidate) for candidate in page]
    rejected = [_rejected(context, candidate) for candidate in left[: params.rejected]]
    return Answer(
        summary=_summary(context, params, start, certain, len(taken) - certain, unknown, len(left)),
        data={
            "of": context.item(start),
            "products": [context.item(product) for product in context.by_name({int(c["to"][r]) for r in rows})],
            "items": items,
            "total": len(taken),
            "by_status": {status: statuses.count(status) for status in sorted(set(statuses))},
            "rejected": rejected,
            "rejected_total": len(left),
        },
        bounds={"certain": certain, "possible": len(taken)},
        evidence=list(dict.fromkeys(claim for item in (*items, *rejected) for claim in item["claims"])),
        explored={"makers": len(candidates)},
        next_cursor=str(params.offset + params.limit) if params.offset + params.limit < len(taken) else None,
    )


def _gate(context: Context, params: LocalPartnerParams, start: int, maker: int, rows: list[int]) -> _Candidate:
    """Only what excludes a maker leaves it out: a stated place elsewhere, a point or town too far."""
    lang, places = context.lang, context.snapshot.places
    origin, point = places.point(start), places.point(maker)
    distance = distance_interval_km(origin, point) if origin and point else None
    remoteness = 0 if distance is not None else _remoteness(context, start, maker)
    why_not, doubts = None, []
    if params.within_km is not None:
        why_not, doubt = _within(context, params.within_km, distance, remoteness)
        doubts += [doubt] if doubt else []
    if context.is_place_open(maker):
        doubts.append(say(lang, en="may lie outside the region asked for", ru="может быть и вне указанного региона"))
    elif not context.in_place(maker):
        why_not = say(lang, en="outside the region asked for", ru="вне указанного региона")
    status = context.status(rows)
    if status == "planned":
        doubts.append(say(lang, en="does not make it yet: only planned", ru="пока не производит: только план"))
    elif status == "cancelled":
        doubts.append(say(lang, en="does not make it: cancelled", ru="не производит: отменено"))
    return _Candidate(
        entity=maker, rows=rows, distance=distance, why_not=why_not, doubts=tuple(doubts), remoteness=remoteness
    )


def _remoteness(context: Context, start: int, maker: int) -> int:
    """Of a maker without a distance: 0 known to a place around the asker, 1 to another one, 2 not known at all."""
    known = set(context.known_places(maker))
    if not known:
        return 2
    return 0 if known & {start, *context.snapshot.places.around(start)} else 1


def _within(
    context: Context, km: float, distance: tuple[float, float] | None, remoteness: int
) -> tuple[str | None, str | None]:
    """Why the maker is left out, and why it is not certain to be within ``km``; None where there is no such reason."""
    lang = context.lang
    if distance is None:
        return None, (
            say(
                lang,
                en="only its region is known: distance unknown",
                ru="известен только регион: расстояние неизвестно",
            ),
            say(
                lang,
                en="known only to be in another region: distance unknown",
                ru="известно лишь, что в другом регионе: расстояние неизвестно",
            ),
            say(
                lang,
                en="where it is, is not known: distance unknown",
                ru="где находится, неизвестно: расстояние неизвестно",
            ),
        )[remoteness]
    low, high = distance
    if low > km:
        text = say(
            lang, en=f"at least {low:.0f} km away, more than {km:g}", ru=f"не ближе {low:.0f} км, дальше {km:g} км"
        )
        return text, None
    if high > km:
        return None, say(
            lang,
            en=f"known only to its town: may be as far as {high:.0f} km",
            ru=f"известен только город: может быть и в {high:.0f} км",
        )
    return None, None


def _item(context: Context, candidate: _Candidate) -> CandidateItem:
    snapshot, c, lang = context.snapshot, context.snapshot.claims, context.lang
    rows = sorted(candidate.rows, key=lambda row: int(c["choice"][row]))
    products = context.by_name({int(c["to"][row]) for row in rows})
    made = ", ".join(context.name(product) for product in products)
    reasons = [say(lang, en=f"makes {made}", ru=f"делает: {made}")]
    item = CandidateItem(
        entity=context.item(candidate.entity), certainty=candidate.certainty,
        products=[context.item(product) for product in products], status=context.status(candidate.rows),
        reasons=reasons, claims=context.claim_ids(rows),
    )  # fmt: skip
    if candidate.distance is not None:
        item["distance_km"] = [round(bound, 1) for bound in candidate.distance]
        precise = snapshot.places.points.get(candidate.entity)
        item["distance_from"] = "site" if precise is not None and precise.uncertainty_km == 0 else "town"
        low, high = candidate.distance
        reasons.append(
            say(lang, en=f"{low:.0f} to {high:.0f} km away", ru=f"от {low:.0f} до {high:.0f} км")
            if high - low > 0.5
            else say(lang, en=f"{low:.0f} km away", ru=f"{low:.0f} км")
        )
    if candidate.doubts:
        item["why_not_certain"] = "; ".join(candidate.doubts)
    for row in rows:
        if capacity := (stated_amount(snapshot, row, "capacity") or stated_amount(snapshot, row, "quantity")):
            item["capacity"] = capacity
            break
    return item


def _rejected(context: Context, candidate: _Candidate) -> RejectedItem:
    item = RejectedItem(
        entity=context.item(candidate.entity),
        why_not=candidate.why_not or "",
        claims=context.claim_ids(candidate.rows),
    )
    if candidate.distance is not None:
        item["distance_km"] = [round(bound, 1) for bound in candidate.distance]
    return item


def _summary(
    context: Context, params: LocalPartnerParams, start: int, certain: int, possible: int, unknown: int, left: int
) -> str:
    lang, name = context.lang, context.name(start)
    where = (
        say(
            lang,
            en=f"within {params.within_km:g} km of {name}",
            ru=f"в пределах {params.within_km:g} км от «{name}»",
        )
        if params.within_km is not None
        else say(lang, en=f"near {name}", ru=f"рядом с «{name}»")
    )
    if not certain and not possible:
        return say(
            lang, en=f"No known maker {where}; {left} {'was' if left == 1 else 'were'} left out, each with the reason.",
            ru=f"Известных изготовителей {where} нет; отклонено {left}, у каждого указана причина.",
        )  # fmt: skip
    of_unknown = say(lang, en=f" ({unknown} of unknown distance)", ru=f" (расстояние неизвестно: {unknown})")
    after = (of_unknown if unknown else "") + say(lang, en=f"; {left} left out.", ru=f"; отклонено {left}.")
    if not certain:
        return say(
            lang, en=f"Nobody for certain {where}; {count(possible, 'maker', 'en')} possibly",
            ru=f"Наверняка {where} никого; возможно — {count(possible, 'maker', 'ru')}",
        ) + after  # fmt: skip
    return (
        say(
            lang,
            en=f"{count(certain, 'maker', 'en')} for certain {where}, {possible} more possibly",
            ru=f"{count(certain, 'maker', 'ru')} наверняка {where}, ещё {possible} возможно",
        )
        + after
    )


def _twin(context: Context, params: LocalPartnerParams) -> tuple[str, dict[str, Any]] | None:
    if params.within_km is None:
        return None
    start = context.snapshot.unit(context.entity(params.id, types=_ASKERS))
    wanted = context.products(params.product, "product") or frozenset()
    return "local_partners", {
        "id": context.snapshot.entity_ids[start],
        "wanted": sorted(context.snapshot.entity_ids[product] for product in wanted),
        "within_km": params.within_km,
    }


QUESTION = Question(
    name="planning.local_partners",
    route="/entities/{id}/local-partners",
    title={"en": "Local partners", "ru": "Местные партнёры"},
    doc={
        "en": (
            "Who near a plant or town makes a product. A maker known only to its town is within 15 km of the town's "
            "point, so its distance is an interval: certain where all of it is within `within_km`, possible where "
            "part of it is. One known only to a region or country, or to no place at all, is possible, distance "
            "unknown: those of a region that the asker lies in first. One that only plans to make the product is "
            "possible too. Left out is only whom a stated place excludes, and each is listed with the reason. "
            "`product` takes several names or codes."
        ),
        "ru": (
            "Кто рядом с заводом или городом делает продукт. Изготовитель, о котором известен только город, лежит в "
            "15 км от точки города, поэтому расстояние — промежуток: наверняка, если он весь внутри круга, возможно — "
            "если часть. Известен только регион — возможно, расстояние неизвестно. У каждого отклонённого — причина."
        ),
    },
    params=LocalPartnerParams,
    result=LocalPartnerList,
    answer=answer,
    about=_ASKERS,
    example={"id": "Волжский", "product": "20.11", "within_km": 100},
    twin=_twin,
)
