"""Figures that exclude each other, side by side on one scale."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from markupsafe import Markup

from graph_service.api import numerals
from graph_service.api.cells import AMOUNTS, SHARES, Cells, entity_page
from graph_service.api.labels import ui, word
from graph_service.api.sections import Figure, Mark, Rivalry, Scale
from graph_service.questions.wording import number

_SOURCES_SHOWN = 4
_TICKS = 4
_ROOM = 1.08
"""The scale goes a little beyond the largest figure."""


def rivalries(cells: Cells, items: Sequence[Mapping[str, Any]]) -> list[Rivalry]:
    """One rivalry per item with ``chosen`` and ``rivals``; equal figures of several sources stand together."""
    return [_rivalry(cells, item) for item in items]


def _rivalry(cells: Cells, item: Mapping[str, Any]) -> Rivalry:
    chosen = [item["chosen"], *item.get("agree", ())]
    groups: dict[str, list[Mapping[str, Any]]] = {}
    for rival in item["rivals"]:
        groups.setdefault(str(_text(cells, rival)), []).append(rival)
    figures = [_figure(cells, chosen, is_chosen=True)]
    figures += [_figure(cells, group, is_chosen=False) for group in groups.values()]
    return Rivalry(
        title=_title(cells, item), figures=figures, reason=item.get("reason", ""), decided=item.get("decided", ""),
        scale=_scale(cells, item["chosen"], figures),
    )  # fmt: skip


def _title(cells: Cells, item: Mapping[str, Any]) -> Markup:
    """What the figures are about, with its subject where the page is not about it alone."""
    claim = item["chosen"]
    what = cells.value("kind", item["kind"]) if item.get("kind") else Markup("")
    if not what:
        what = Markup("{}").format(word(cells.lang, "relation", claim["type"]))
    parts = [Markup("<b>{}</b>").format(what)]
    named = item.get("about") or item.get("subject")
    for entity in (named, claim.get("object") if claim["type"] != "LOCATED_IN" else None, claim.get("product")):
        if entity:
            parts.append(Markup('<a href="{}">{}</a>').format(entity_page(entity), entity["name"]))
    if "scope" in claim["stated"]:
        parts.append(Markup('<span class="t2">{}</span>').format(claim["stated"]["scope"]))
    return Markup(" · ").join(parts)


def _text(cells: Cells, claim: Mapping[str, Any]) -> Markup:
    for name in (*AMOUNTS, *SHARES):
        if name in claim["stated"]:
            return cells.value(name, claim["stated"][name])
    if "object" in claim:
        return cells.entity(claim["object"], with_place=False)
    return Markup("{}").format(ui(cells.lang, "no_figure"))


def _figure(cells: Cells, claims: Sequence[Mapping[str, Any]], *, is_chosen: bool) -> Figure:
    sources = [_source(cells, claim) for claim in claims[:_SOURCES_SHOWN]]
    if len(claims) > _SOURCES_SHOWN:
        sources.append(cells.refs([claim["id"] for claim in claims[_SOURCES_SHOWN:]]))
    low, high = _bounds(claims[0])
    chip = cells.mark("ok", "check", ui(cells.lang, "chosen")) if is_chosen else cells.chip_of("disputed")
    return Figure(text=_text(cells, claims[0]), chip=chip, sources=sources, is_chosen=is_chosen, low=low, high=high)


def _source(cells: Cells, claim: Mapping[str, Any]) -> Markup:
    document = cells.documents.get(claim["document"], {})
    parts = [document.get("publisher") or f"{ui(cells.lang, 'rank')} {claim['source_rank']}"]
    if "period" in claim["stated"]:
        parts.append(numerals.period(claim["stated"]["period"], cells.lang))
    elif "published_on" in claim:
        parts.append(numerals.day(claim["published_on"], cells.lang))
    return Markup("{} {}").format(", ".join(parts), cells.refs([claim["id"]]))


def _bounds(claim: Mapping[str, Any]) -> tuple[float | None, float | None]:
    for name in (*AMOUNTS, *SHARES):
        if (value := claim["stated"].get(name)) is not None:
            if isinstance(value, Mapping):
                return (
                    float(value["low"]) if "low" in value else None,
                    float(value["high"]) if "high" in value else None,
                )
            return float(value[0]), float(value[1])
    return None, None


def _scale(cells: Cells, claim: Mapping[str, Any], figures: Sequence[Figure]) -> Scale | None:
    ends = [end for figure in figures for end in (figure.low, figure.high) if end is not None]
    if not ends or min(ends) < 0 or max(ends) == 0:
        return None
    name = next(name for name in (*AMOUNTS, *SHARES) if name in claim["stated"])
    step = _step(max(ends) / _TICKS)
    width = max(ends) * _ROOM
    marks = []
    for figure in figures:
        low, high = figure.low, figure.high
        first = low / width * 100 if low is not None else 0.0
        last = high / width * 100 if high is not None else 100.0
        place = first if low is not None else last
        marks.append(
            Mark(place=round(place, 2), first=round(first, 2), last=round(last, 2), is_chosen=figure.is_chosen)
        )
    ticks = []
    for tick in range(int(width / step) + 1):
        value = float(Decimal(str(step)) * tick)
        ticks.append((round(value / width * 100, 2), _tick(cells, claim["stated"][name], value)))
    return Scale(marks=marks, ticks=ticks)


def _step(rough: float) -> float:
    """A round step of 1, 2 or 5 times a power of ten, not below ``rough``."""
    power = Decimal(10) ** Decimal(str(rough)).adjusted()
    return float(next(power * factor for factor in (1, 2, 5, 10) if power * factor >= Decimal(str(rough))))


def _tick(cells: Cells, like: Any, value: float) -> str:
    if not isinstance(like, Mapping):
        return number(f"{value * 100:g}", cells.lang)
    bound = format(Decimal(str(value)).normalize(), "f")
    if value and numerals.is_money(like.get("unit")):
        return numerals.amount({"low": bound, "high": bound, "unit": like["unit"]}, cells.lang)
    return number(bound, cells.lang)
