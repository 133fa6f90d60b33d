"""The sentence of what-if: what is switched off, who stops, which exports that touches."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from graph_service.questions.context import Context
from graph_service.questions.wording import count, noun, quoted, say

_NAMED = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Switched:
    """What is switched off: positions of entities, words of products.

    Attributes:
        units: those that were named themselves.
        regions, countries: whose units are.
        inside: the units of these regions and countries.
        products: of which nobody supplies anything any more.
        markets: closed to exports.
    """

    units: Sequence[int]
    regions: Sequence[int]
    countries: Sequence[int]
    inside: Sequence[int]
    products: Sequence[str]
    markets: Sequence[int]

    @property
    def is_market_only(self) -> bool:
        """A closed market stops nobody by itself."""
        return not (self.units or self.regions or self.countries or self.products)


def sentence(context: Context, switched: Switched, *, certain: int, possible: int, exports: int) -> str:
    """The whole sentence without its full stop.

    Args:
        context: the question.
        switched: what is off.
        certain: how many others stop for certain.
        possible: how many more stop possibly.
        exports: how many links of export are touched.
    """
    lang = context.lang
    condition = say(lang, en="If ", ru="Если ") + _joined(lang, _conditions(context, switched))
    links = count(exports, "export link", lang)
    if switched.is_market_only:
        return condition + say(
            lang,
            en=f", {links} {_is(exports)} touched; nobody stops for that alone",
            ru=f", это затронет {links}; само по себе это никого не останавливает",
        )
    text = condition + ", " + _outcome(lang, certain, possible)
    if not exports:
        return text
    return text + say(lang, en=f"; {links} {_is(exports)} touched", ru=f"; это затронет {links}")


def _is(number: int) -> str:
    return "is" if number == 1 else "are"


def _conditions(context: Context, switched: Switched) -> list[str]:
    lang = context.lang
    parts = []
    if own := [context.name(unit) for unit in context.by_name(switched.units)]:
        who = _joined(lang, own) if len(own) <= _NAMED else count(len(own), "unit", lang)
        stops = "остановятся" if 1 < len(own) <= _NAMED else _stop(len(own))
        parts.append(say(lang, en=f"{who} stop{'s' if len(own) == 1 else ''}", ru=f"{stops} {who}"))
    if switched.regions or switched.countries:
        parts.append(_places(context, switched))
    if switched.products:
        what = _joined(lang, switched.products)
        parts.append(say(lang, en=f"nobody supplies {what}", ru=f"никто не будет поставлять: {what}"))
    if switched.markets:
        names = [context.name(market) for market in context.by_name(switched.markets)]
        one = len(names) == 1
        parts.append(
            say(
                lang,
                en=f"exports to {_joined(lang, names)} end",
                ru=f"закро{'ется рынок' if one else 'ются рынки'}: {_joined(lang, names)}",
            )
        )
    return parts


def _places(context: Context, switched: Switched) -> str:
    """All units of regions and countries; how many are known."""
    known = len(switched.inside)
    regions, countries = ([context.name(place) for place in context.by_name(own)] for own in (
        switched.regions, switched.countries,
    ))  # fmt: skip
    if context.lang == "en":
        where = _joined("en", [*regions, *countries])
        if known < 2:
            return f"every plant and company of {where} stops ({known or 'none'} is known)"
        return f"all {known} known plants and companies of {where} stop"
    where = _joined(
        "ru",
        [
            f"{one if len(names) == 1 else many} {_joined('ru', map(quoted, names))}"
            for names, one, many in ((regions, "регионе", "регионах"), (countries, "стране", "странах"))
            if names
        ],
    )
    return f"в {where} остановятся все известные предприятия ({known})"


def _outcome(lang: str, certain: int, possible: int) -> str:
    if not certain and not possible:
        return say(
            lang,
            en="nobody else is known to stop, which is no proof that nobody does",
            ru="больше никто не останавливается, насколько известно; это не доказывает, что никто",
        )
    if not certain:
        return say(
            lang, en=f"{possible} more may stop, none of them for certain",
            ru=f"возможно, {_stop(possible)} ещё {count(possible, 'unit', 'ru')}, наверняка — никто",
        )  # fmt: skip
    surely = say(
        lang,
        en=f"{certain} more {'stops' if certain == 1 else 'stop'} for certain",
        ru=f"наверняка {_stop(certain)} ещё {count(certain, 'unit', 'ru')}",
    )
    if not possible:
        return surely
    return surely + say(lang, en=f" and {possible} more may stop", ru=f", возможно — ещё {possible}")


def _stop(number: int) -> str:
    """Russian: two to four are plural, five and more are not."""
    return "остановятся" if noun("unit", number, "ru") == "предприятия" else "остановится"


def _joined(lang: str, names: Iterable[str]) -> str:
    *first, last = names
    return say(lang, en=" and ", ru=" и ").join([", ".join(first), last] if first else [last])
