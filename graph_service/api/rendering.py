"""Any answer of the API as the parts of a page: one renderer for all questions, driven by the shape of the data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote, urlencode

from markupsafe import Markup

from graph_service.api import numerals
from graph_service.api.addresses import PLAIN
from graph_service.api.cells import Cells, outside
from graph_service.api.labels import ui, word
from graph_service.api.passages import passages
from graph_service.api.rivals import rivalries
from graph_service.api.sections import (
    AnswerPage,
    Bar,
    Bars,
    Counts,
    Coverage,
    Fact,
    Facts,
    Quote,
    Rivalries,
    Section,
    Text,
)
from graph_service.api.tables import claim_table, figure_table, table
from graph_service.questions.tables import is_entity
from graph_service.questions.wording import number

MAX_DOTS = 60
"""More squares than this say no more than their number does."""

_ELSEWHERE = ("of", "entity", "total", "rejected_total", "quotes", "char_start", "char_end")
"""Members that stand in the head of the page, above a table or in a text."""
_ORDER = (
    "claim", "text", "document", "facts", "relations", "rivals", "attributes", "stages", "participants", "items",
    "groups", "figures",
)  # fmt: skip
_LAST = ("rejected",)
_SETS = {"entities": "types", "claims": "relation", "source_rank": "rank", "status": "value", "review": "value"}


def render(envelope: Mapping[str, Any], numbers: dict[str, int] | None = None) -> AnswerPage:
    """The parts of the page, in the order in which they are read.

    Args:
        envelope: the answer.
        numbers: those of the claims, where several answers make one page (see `Cells`).
    """
    cells, lang = Cells(envelope, numbers), envelope["meta"]["lang"]
    data, meta = envelope["data"], envelope["meta"]
    found: list[Section] = []
    facts: list[Fact] = []
    for name, value in data.items():
        if name in _ELSEWHERE or name.startswith("by_") or value in (None, {}, "") or (value == [] and name != "items"):
            continue
        part = _part(cells, data, name, value)
        if isinstance(part, Fact):
            facts.append(part)
        else:
            found += part
    if facts:
        found.append(Facts(name="facts", title="", facts=facts))
    found.sort(key=lambda section: _place(section.name))
    notices = [ui(lang, name) for name in ("stale", "truncated") if meta[name]]
    quotes = _quotes(cells, envelope["evidence"])
    return AnswerPage(
        summary=envelope["summary"],
        notices=notices,
        coverage=_coverage(lang, envelope.get("coverage")),
        bounds=ui(lang, "for_certain", **envelope["bounds"]) if "bounds" in envelope else "",
        sections=found,
        quotes=quotes,
        quotes_left=len(envelope["evidence"]["claims"]) - len(quotes),
        asked=_asked(lang, meta),
    )


def _place(name: str) -> int:
    if name in _ORDER:
        return _ORDER.index(name)
    return len(_ORDER) + (1 + _LAST.index(name) if name in _LAST else 0)


def _part(cells: Cells, data: Mapping[str, Any], name: str, value: Any) -> Fact | list[Section]:
    """What one member of the data becomes: a line among the facts, or parts of its own."""
    title = cells.label(name)
    if name == "text":
        return [_text(cells, data)]
    if name == "quote":
        address = f"{document_page(data['document']['id'])}#q-{data['claim']['id']}"
        words = Markup('{}<br> <a href="{}">{}</a>').format(value, address, ui(cells.lang, "in_document"))
        return Fact(label=title, value=words)
    if name == "attributes":
        return [Facts(name=name, title=title, facts=_attributes(cells, value))]
    if name == "relations":
        return [_relations(cells, data, value)]
    if isinstance(value, Mapping) and not is_entity(value):
        return _mapping(cells, name, title, value)
    if isinstance(value, list) and name == "items" and not value:
        return [table(cells, data, name, "", value)]
    if isinstance(value, list) and isinstance(value[0], Mapping) and not is_entity(value[0]):
        return _list(cells, data, name, title, value)
    return Fact(label=title, value=cells.value(name, value))


def _list(
    cells: Cells, data: Mapping[str, Any], name: str, title: str, value: Sequence[Mapping[str, Any]]
) -> list[Section]:
    first = value[0]
    if "chosen" in first:
        rivals = [item for item in value if item["rivals"]]
        plain = [item for item in value if not item["rivals"]]
        found: list[Section] = []
        if rivals:
            rules = list(dict.fromkeys(item["rule"] for item in rivals))
            found.append(
                Rivalries(name="rivals", title=cells.label("rivals"), rivalries=rivalries(cells, rivals), rules=rules)
            )
        if plain:
            found.append(figure_table(cells, name, title, plain))
        return found
    if {"missing", "of"} <= first.keys():
        return [_gaps(cells, name, title, value)]
    if "subject" in first and "stated" in first:
        return [claim_table(cells, data, name, "" if name == "items" else title, value)]
    return [table(cells, data, name, "" if name == "items" else title, value)]


def _mapping(cells: Cells, name: str, title: str, value: Mapping[str, Any]) -> Fact | list[Section]:
    if "subject" in value and "stated" in value:
        return [Facts(name=name, title=title, facts=_claim_facts(cells, value))]
    if all(isinstance(number, int) and not isinstance(number, bool) for number in value.values()):
        return [_bars(cells, name, title, value)]
    if name == "known_for_operator":
        text = Markup("{} {} ({})").format(
            ui(cells.lang, "known_for_operator"), cells.entity(value["operator"]), value["count"]
        )
        return Fact(label=title, value=text)
    hidden = ("source", "key", "id" if "title" in value else "") if "publisher" in value else ()
    return [
        Facts(
            name=name,
            title=title,
            facts=[
                Fact(label=cells.label(key), value=_document_link(cells, value, key, part))
                for key, part in value.items()
                if key not in hidden
            ],
        )
    ]


def _document_link(cells: Cells, value: Mapping[str, Any], key: str, part: Any) -> Markup:
    if key in ("id", "title") and "publisher" in value:
        return Markup('<a href="{}">{}</a>').format(document_page(value["id"]), part)
    return cells.value(key, part)


def _claim_facts(cells: Cells, claim: Mapping[str, Any]) -> list[Fact]:
    facts = [Fact(label=cells.label("claim"), value=cells.claim(claim))]
    facts += [Fact(label=cells.label(name), value=cells.value(name, value)) for name, value in claim["stated"].items()]
    shown = ("subject", "object", "product", "stated", "type", "id", "document")
    facts += [
        Fact(label=cells.label(name), value=cells.value(name, claim[name])) for name in claim if name not in shown
    ]
    return facts


def _attributes(cells: Cells, attributes: Mapping[str, Mapping[str, Any]]) -> list[Fact]:
    shown = {attributes[name]["value"] for name in ("name_ru", "name_en") if name in attributes}
    facts = []
    for name, item in attributes.items():
        if name == "name" and item["value"] in shown and "others" not in item:
            continue
        facts.append(
            Fact(
                label=cells.label("usual_unit" if name == "unit" else name),
                value=cells.value(name, item["value"]),
                refs=cells.refs([item["claim"]]),
                others=[
                    Markup("{} {}").format(cells.value(name, other["value"]), cells.refs([other["claim"]]))
                    for other in item.get("others", ())
                ],
            )
        )
    return facts


def _relations(cells: Cells, data: Mapping[str, Any], value: Mapping[str, Mapping[str, int]]) -> Counts:
    """Neighbours by relation and direction, each a link to the list of them."""
    who = (data.get("of") or data["entity"])["id"]
    counts = []
    for relation, numbers in value.items():
        for direction, many in numbers.items():
            words = word(cells.lang, "relation" if direction == "out" else "relation_in", relation)
            address = f"{PLAIN}/ask/neighbours?" + urlencode({"id": who, "relation": relation, "direction": direction})
            counts.append((words, address, many))
    return Counts(name="relations", title=cells.label("relations"), counts=counts)


def _bars(cells: Cells, name: str, title: str, value: Mapping[str, int]) -> Bars:
    largest = max(value.values(), default=1) or 1
    group = _SETS.get(name, "value")
    return Bars(
        name=name,
        title=title,
        bars=[
            Bar(
                label=Markup("{}").format(word(cells.lang, group, key)),
                percent=100 * amount / largest,
                text=number(str(amount), cells.lang),
            )
            for key, amount in value.items()
        ],
    )


def _gaps(cells: Cells, name: str, title: str, value: Sequence[Mapping[str, Any]]) -> Bars:
    return Bars(
        name=name,
        title=title,
        bars=[
            Bar(
                label=cells.value("what", gap["what"]),
                percent=100 * gap["missing"] / gap["of"] if gap["of"] else 0,
                text=ui(cells.lang, "of_all", number=gap["missing"], all=gap["of"]),
            )
            for gap in value
        ],
    )


def _text(cells: Cells, data: Mapping[str, Any]) -> Text:
    lang = cells.lang
    pieces = passages(data["text"], data["quotes"], cells.numbers)
    return Text(name="text", title=ui(lang, "text_of"), hint=ui(lang, "text_hint"), passages=pieces)


def _coverage(lang: str, coverage: Mapping[str, Any] | None) -> Coverage | None:
    """Named against counted where more are counted than named; the rest the sentence says."""
    if coverage is None or coverage.get("counted_min", 0) <= coverage["named"]:
        return None
    named, counted = coverage["named"], coverage["counted_min"]
    text = ui(lang, "named_of", named=named, counted=counted)
    return Coverage(
        text=text, named=named, counted=counted, more=ui(lang, "and_maybe_more"),
        has_dots=counted <= MAX_DOTS,
    )  # fmt: skip


def _quotes(cells: Cells, evidence: Mapping[str, Any]) -> list[Quote]:
    found = []
    for quoted in evidence.get("quotes", ()):
        claim, document = quoted["claim"], cells.documents[quoted["document"]]
        details = [
            document["publisher"] if document.get("title") else "",
            f"{ui(cells.lang, 'rank')} {document['rank']}",
            numerals.day(document["published_on"], cells.lang) if "published_on" in document else "",
        ]
        found.append(
            Quote(
                number=cells.numbers[claim],
                claim=claim,
                words=quoted.get("quote", ""),
                note=quoted.get("note", ""),
                document=document.get("title") or document["publisher"],
                page=document_page(document["id"]) + (f"#q-{claim}" if "quote" in quoted else ""),
                url=outside(document["url"], ui(cells.lang, "original")) if "url" in document else Markup(""),
                details=", ".join(part for part in details if part),
            )
        )
    return sorted(found, key=lambda quoted: quoted.number)


def document_page(document: str) -> str:
    """Address of a document's page."""
    return f"{PLAIN}/documents/{quote(document, safe='')}"


def _asked(lang: str, meta: Mapping[str, Any]) -> str:
    text = f"{ui(lang, 'true_on')} {numerals.day(meta['valid_at'], lang)}"
    if meta.get("known_at_time"):
        text += f", {ui(lang, 'known_on')} {numerals.moment(meta['known_at_time'], lang)}"
    return f"{text} ({ui(lang, 'version')} {meta['known_at']})"
