"""Who may be a partner: the gate by place and status, and the reasons with their weights."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Annotated

from pydantic import Field
from typing_extensions import TypedDict

from graph_service.analysis.local_partners import REASONS, WEIGHTS, Fit, Reason
from graph_service.domain.nearest import nearest
from graph_service.errors import BadParameter
from graph_service.questions.context import Context, words
from graph_service.questions.parties import WithoutEntityParams
from graph_service.questions.values import share_item
from graph_service.questions.wording import say
from graph_service.snapshot.places import distance_interval_km

WHOLE_EARTH_KM = 20_100.0


class NearParams(WithoutEntityParams):
    """How far, and what counts how much."""

    within_km: Annotated[float | None, Field(gt=0, le=WHOLE_EARTH_KM, description="Largest distance in km.")] = None
    rejected: Annotated[int, Field(ge=0, le=1000, description="How many rejected candidates to list.")] = 50
    weights: Annotated[
        str | None,
        Field(
            description="Weights of the reasons, such as `distance=2,tie=0`; those not named keep theirs: "
            + ", ".join(f"{name}={weight:g}" for name, weight in WEIGHTS.items())
        ),
    ] = None


class ReasonItem(TypedDict):
    """A reason for a candidate: its words, its value (0 to 1; an interval where not known) and its weight."""

    reason: str
    text: str
    value: list[float]
    weight: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Gated:
    """A candidate after the gate.

    Attributes:
        entity: position.
        rows: the claims that make it a candidate.
        status: of those claims together.
        distance: least and greatest distance in km; None = not known.
        why_not: why it is left out; None = it is taken.
        doubts: why it is not certain to fit.
        remoteness: of one without a distance: 0 known to a place around the asker, 1 to another, 2 not known at all.
    """

    entity: int
    rows: tuple[int, ...]
    status: str
    distance: tuple[float, float] | None
    why_not: str | None
    doubts: tuple[str, ...]
    remoteness: int

    @property
    def certainty(self) -> str:
        """certain, or possible where there is a doubt."""
        return "possible" if self.doubts else "certain"


def weights_of(params: NearParams) -> dict[Reason, float]:
    """The weights asked for.

    Raises:
        BadParameter: an unknown reason, or no number of 0 or more.
    """
    found = dict(WEIGHTS)
    for word in words(params.weights):
        name, _, text = (part.strip() for part in word.partition("="))
        if name not in REASONS:
            raise BadParameter(
                f"weights {name!r} is none of {', '.join(REASONS)}{nearest(name, REASONS)}", parameter="weights"
            )
        try:
            weight = float(text)
        except ValueError:
            weight = -1.0
        if not 0 <= weight < float("inf"):
            raise BadParameter(f"weights: {word!r} must look like {name}=2, with 0 or more", parameter="weights")
        found[name] = weight
    return found


def gate(context: Context, params: NearParams, start: int, entity: int, rows: Iterable[int]) -> Gated:
    """Only what excludes somebody leaves it out: a stated place elsewhere, a point or town too far."""
    lang, places = context.lang, context.snapshot.places
    origin, point = places.point(start), places.point(entity)
    distance = distance_interval_km(origin, point) if origin and point else None
    remoteness = 0 if distance is not None else _remoteness(context, start, entity)
    why_not, doubts = None, []
    if params.within_km is not None:
        is_site = point is not None and point.uncertainty_km == 0
        why_not, doubt = _within(context, params.within_km, distance, remoteness, is_site=is_site)
        doubts += [doubt] if doubt else []
    if context.is_place_open(entity):
        doubts.append(say(lang, en="may lie outside the region asked for", ru="может быть и вне указанного региона"))
    elif not context.in_place(entity):
        why_not = say(lang, en="outside the region asked for", ru="вне указанного региона")
    rows = tuple(rows)
    status = context.status(rows)
    if status == "planned":
        doubts.append(say(lang, en="only planned, not yet", ru="только план, пока нет"))
    elif status == "cancelled":
        doubts.append(say(lang, en="cancelled", ru="отменено"))
    return Gated(
        entity=entity, rows=rows, status=status, distance=distance, why_not=why_not, doubts=tuple(doubts),
        remoteness=remoteness,
    )  # fmt: skip


def reason_items(
    context: Context, fit: Fit, place: int, gated: Gated, weights: Mapping[Reason, float]
) -> list[ReasonItem]:
    """The reasons of one candidate, the heaviest first; one of weight 0 or nothing to say is left out."""
    found = []
    for name in fit.low:
        low, high = float(fit.low[name][place]), float(fit.high[name][place])
        if weights[name] and high > 0:
            text = _text(context, name, low, high, gated)
            found.append(ReasonItem(reason=name, text=text, value=share_item((low, high)) or [], weight=weights[name]))
    return sorted(found, key=lambda item: -item["weight"] * sum(item["value"]))


def order_of(context: Context, gated: Gated, score: float) -> tuple[bool, float, int]:
    """Certain ones first, then by score, name and id."""
    rank = int(context.snapshot.name_ranks[context.lang][gated.entity])
    return gated.certainty != "certain", -round(score, 9), rank


def nearest_first(gated: Gated) -> tuple[bool, bool, tuple[float, float], int]:
    """Certain ones first, then by distance."""
    return gated.certainty != "certain", gated.distance is None, gated.distance or (0.0, 0.0), gated.remoteness


def _text(context: Context, name: Reason, low: float, high: float, gated: Gated) -> str:
    lang = context.lang
    if name == "distance":
        if gated.distance is None:
            return say(lang, en="distance unknown", ru="расстояние неизвестно")
        near, far = gated.distance
        if far - near > 0.5:
            return say(lang, en=f"{near:.0f} to {far:.0f} km away", ru=f"от {near:.0f} до {far:.0f} км")
        return say(lang, en=f"{near:.0f} km away", ru=f"{near:.0f} км")
    if name == "capacity":
        if (low, high) == (0.0, 1.0):
            return say(lang, en="spare capacity unknown", ru="свободная мощность неизвестна")
        return say(lang, en=f"at most {high:.0%} of capacity is free", ru=f"свободно не больше {high:.0%} мощности")
    if name == "tie":
        return say(lang, en="they work together already", ru="уже работают вместе")
    return say(lang, en="shared partners", ru="есть общие партнёры")


def _remoteness(context: Context, start: int, entity: int) -> int:
    known = set(context.known_places(entity))
    if not known:
        return 2
    return 0 if known & {start, *context.snapshot.places.around(start)} else 1


def _within(
    context: Context, km: float, distance: tuple[float, float] | None, remoteness: int, *, is_site: bool
) -> tuple[str | None, str | None]:
    """Why it is left out, and why it is not certain to be within ``km``; None where there is no such reason."""
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
        whose = (
            say(lang, en="the asker is known only to its town", ru="о спрашивающем известен только город")
            if is_site
            else say(lang, en="known only to its town", ru="известен только город")
        )
        return None, whose + say(lang, en=f": may be as far as {high:.0f} km", ru=f": может быть и в {high:.0f} км")
    return None, None
