"""Lists of an answer as tables: columns follow from what the items have, in one order for all questions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from markupsafe import Markup

from graph_service.api import numerals
from graph_service.api.cells import AMOUNTS, SHARES, Cells
from graph_service.api.labels import known, ui, word
from graph_service.api.sections import Cell, Column, Table
from graph_service.domain.schema import GROUP_TYPES
from graph_service.questions.tables import EXPLODED, is_bounds
from graph_service.questions.wording import number

_ORDER = (
    "version", "at", "event", "entity", "country", "subject", "claim", "name", "certainty", "score", "distance_km",
    "count", "length", "step", "from", "kind", "relation", "direction", "to", "seq", "tier", "tier_of", "via", "what",
    "operator", "plants", "product", "products", "participants", "stated", "amount", "value", "capacity", "share",
    "interest", "control", "basis", "why_not", "reasons", "state", "matched", "identifiers", "rank", "licence",
    "documents", "claims_total", "last_published", "when", "chip", "refs",
)  # fmt: skip
_NUMBERS = (
    "seq",
    "length",
    "step",
    "tier",
    "documents",
    "claims_total",
    "version",
    "amount",
    "capacity",
    "share",
    "distance_km",
    "score",
    "hhi",
)
_MADE = (
    "id", "claims", "status", "disputed", "rivals", "review", "witnesses", "undated", "last_seen", "age_days",
    "score", "rule", "decided", "distance_from", "point", "point_precision", "why_not_certain", *AMOUNTS, *SHARES,
    "count_min", "count_max", "of", *EXPLODED,
)  # fmt: skip
Made = dict[str, Markup]


def table(cells: Cells, data: Mapping[str, Any], name: str, title: str, items: Sequence[Mapping[str, Any]]) -> Table:
    """Items as a table; a list of links or ties gives each of them a row."""
    built: list[tuple[Made, list[Made]]] = []
    for item in items:
        inner = next((part for part in EXPLODED if item.get(part)), None)
        parts = [_made(cells, data, part, is_link=inner == "links") for part in item[inner]] if inner else []
        outer = _made(cells, data, item, is_link=False, is_outer=inner is not None)
        built.append((outer, parts))
    return _table(cells, data, name, title, built)


def claim_table(
    cells: Cells, data: Mapping[str, Any], name: str, title: str, items: Sequence[Mapping[str, Any]]
) -> Table:
    """Claims as sentences with what they state."""
    return _table(cells, data, name, title, [(_claim(cells, item), []) for item in items])


def figure_table(cells: Cells, name: str, title: str, items: Sequence[Mapping[str, Any]]) -> Table:
    """Figures that nobody contradicts."""
    built: list[tuple[Made, list[Made]]] = []
    for item in items:
        chosen = item["chosen"]
        claims = [chosen["id"], *(claim["id"] for claim in item["agree"])]
        what = Markup("<b>{}</b>").format(cells.value("kind", item["kind"]))
        if "scope" in item:
            what += Markup('<br> <span class="t2">{}</span>').format(item["scope"])
        made = {"what": what, "amount": _figure(cells, chosen), "when": cells.when(chosen)}
        for key in ("about", "product"):
            if key in item:
                made[key] = cells.entity(item[key], with_place=False)
        made["chip"] = cells.chip({**chosen, "status": item["status"]}, claims)
        made["refs"] = cells.refs(claims)
        built.append((made, []))
    return _table(cells, {}, name, title, built)


def _figure(cells: Cells, claim: Mapping[str, Any]) -> Markup:
    stated = {key: value for key, value in claim["stated"].items() if key in (*AMOUNTS, *SHARES)}
    if not stated:
        return Markup('<span class="t3">{}</span>').format(ui(cells.lang, "no_figure"))
    return Markup("<br> ").join(cells.value(key, value) for key, value in stated.items())


def _claim(cells: Cells, item: Mapping[str, Any]) -> Made:
    sentence = cells.claim(item)
    return {
        "claim": sentence,
        "stated": cells.stated(item),
        "rank": cells.value("source_rank", item["source_rank"]),
        "when": cells.when(item),
        "chip": cells.chip(item),
        "refs": cells.refs([item["id"]]),
    }


def _made(
    cells: Cells, data: Mapping[str, Any], item: Mapping[str, Any], *, is_link: bool, is_outer: bool = False
) -> Made:
    """The cells of one item by column."""
    made: Made = {}
    for name, value in item.items():
        if name == "claims" and isinstance(value, int):
            made["claims_total"] = cells.value(name, value)
        elif isinstance(value, Mapping) and "subject" in value and "stated" in value:
            made |= _claim(cells, value)
        elif name == "relation" and known("relation", str(value)):
            group = "relation" if item.get("direction", "out") == "out" else "relation_in"
            group = "counted" if known("counted", str(value)) and "direction" not in item else group
            made[name] = Markup("{}").format(word(cells.lang, group, value))
        elif name == "certainty":
            made[name] = cells.chip_of(value)
            if "why_not_certain" in item:
                made[name] += Markup('<br> <span class="t2">{}</span>').format(item["why_not_certain"])
        elif name == "distance_km":
            made[name] = Markup('<span class="nw">{}</span>').format(cells.value(name, value))
            if "distance_from" in item:
                where = ui(cells.lang, "distance_to_" + item["distance_from"])
                made[name] += Markup('<br> <span class="t2">{}</span>').format(where)
        elif not _is_elsewhere(name, value) and not (name == "direction" and "relation" in item):
            made[name] = cells.value(name, value)
    if item.get("relation") in GROUP_TYPES and "direction" not in item:
        counted = numerals.count(item.get("count_min"), item.get("count_max"), cells.lang)
        made["count"] = Markup('<b class="count">{}</b><br> <span class="t2">{}</span>').format(
            counted, ui(cells.lang, "not_named")
        )
    if "of" in item and item["of"] != [data.get("of")]:
        made["tier_of"] = cells.value("of", item["of"])
    _figures(cells, item, made, is_link=is_link)
    if is_link or "last_seen" in item:
        made["when"] = cells.when(item)
    claims = item["claims"] if isinstance(item.get("claims"), list) else []
    if "status" in item and not is_outer:
        made["chip"] = cells.chip(item, claims)
    if claims:
        made["refs"] = cells.refs(claims)
    return made


def _is_elsewhere(name: str, value: Any) -> bool:
    """Whether a member has no column of its own; the score of a search hit, one number, only orders the hits."""
    return name in _MADE and not (name == "score" and is_bounds(value))


def _figures(cells: Cells, item: Mapping[str, Any], made: Made, *, is_link: bool) -> None:
    amounts = [cells.value(name, item[name]) for name in ("value", "quantity") if name in item]
    if amounts:
        made["amount"] = Markup("<br> ").join(amounts)
    if "capacity" in item:
        made["capacity"] = cells.value("capacity", item["capacity"])
    shares = [
        Markup('{} <span class="t2">{}</span>').format(
            cells.share(item[name]), cells.label(name) if name != "share" else ""
        )
        for name in SHARES
        if name in item
    ]
    if shares or is_link:
        made["share"] = Markup("<br> ").join(shares) if shares else cells.share(None)


def _table(
    cells: Cells, data: Mapping[str, Any], name: str, title: str, built: Sequence[tuple[Made, list[Made]]]
) -> Table:
    names = {key for outer, parts in built for made in (outer, *parts) for key, html in made.items() if html}
    order = sorted(names, key=lambda key: (_ORDER.index(key) if key in _ORDER else _ORDER.index("state"), key))
    columns = [Column(name=key, label=_label(cells, key), is_number=key in _NUMBERS) for key in order]
    inner = {key for _, parts in built for made in parts for key in made}
    rows = []
    for outer, parts in built:
        for place, part in enumerate(parts or [outer]):
            row = []
            for column in columns:
                if not parts or column.name in inner:
                    row.append(Cell(column=column, html=part.get(column.name, Markup(""))))
                elif place == 0:
                    row.append(Cell(column=column, html=outer.get(column.name, Markup("")), rows=len(parts)))
            rows.append(row)
    return Table(
        name=name, title=title, columns=columns, rows=rows, counts=_counts(cells, data) if name == "items" else (),
        note=ui(cells.lang, "nobody_found"),
    )  # fmt: skip


def _label(cells: Cells, name: str) -> str:
    return cells.label({"chip": "status", "claims_total": "claims"}.get(name, name))


def _counts(cells: Cells, data: Mapping[str, Any]) -> list[tuple[str, str]]:
    """How many in all, and of which kind."""
    found = []
    if "total" in data:
        found.append((cells.label("total"), number(str(data["total"]), cells.lang)))
    for name in ("by_status", "by_kind", "by_tier", "by_type"):
        for key, amount in data.get(name, {}).items():
            text = f"{cells.label('tier').lower()} {key}" if name == "by_tier" else _kind(cells, name, key)
            found.append((text, number(str(amount), cells.lang)))
    if data.get("rejected_total"):
        found.append((cells.label("rejected_total"), str(data["rejected_total"])))
    return found


def _kind(cells: Cells, name: str, key: str) -> str:
    if name == "by_type":
        return word(cells.lang, "types" if known("types", key) else "relation", key)
    return word(cells.lang, "value", key)
