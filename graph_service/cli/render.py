"""Answers and reports on a terminal: the sentence, tables, the words that it rests on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from rich.cells import cell_len
from rich.console import Console, Group, RenderableType
from rich.markup import escape
from rich.table import Table
from rich.text import Text

from graph_service.questions.tables import EXPLODED, FACETS, is_amount, is_bounds, is_entity
from graph_service.questions.wording import count, number

_HIDDEN = ("claims", "id", "rule", "decided", "evidence", "point", "point_precision", *FACETS)
_IN_FILES = ("basis", "witnesses", "undated")
"""Columns for which a terminal has no room."""

_QUOTES_SHOWN = 8
_WORD = 30
"""Words up to this length are never broken; an address may be."""
_GAP = 2
_PIPED = 1_000_000
"""Columns of what is no terminal: nothing is folded there."""


def render(envelope: Mapping[str, Any], *, evidence: bool = True, console: Console | None = None) -> None:
    """Print one answer."""
    console = console or output()
    lang = envelope["meta"]["lang"]
    console.print(f"[bold]{escape(envelope['summary'])}[/bold]")
    if envelope["meta"]["stale"]:
        console.print("[yellow]The store does not answer: this is from the last snapshot.[/yellow]")
    data = envelope["data"]
    for name, value in data.items():
        counted = name.removesuffix("total").rstrip("_") or "items"
        if name.endswith("total") and counted in data and value == len(data[counted]):
            continue  # all of them are shown
        _section(console, name, value, lang)
    if envelope["meta"]["truncated"]:
        console.print("[yellow]A limit was reached: this is not all.[/yellow]")
    if "next" in envelope["links"]:
        shown = len(data.get("items", []))
        console.print(f"[dim]{shown} of {data.get('total')} shown; --cursor and --limit give more[/dim]")
    if evidence:
        _quotes(console, envelope["evidence"])


def output() -> Console:
    """Standard output: folded to a terminal, as wide as it needs to be in a pipe or file."""
    console = Console()
    return console if console.is_terminal else Console(width=_PIPED)


def _section(console: Console, name: str, value: Any, lang: str) -> None:
    if value in ({}, [], None) or name in _HIDDEN or is_entity(value):
        return
    if isinstance(value, Sequence) and not isinstance(value, str) and value and isinstance(value[0], Mapping):
        if all(is_entity(part) for part in value):
            console.print(f"[cyan]{name}:[/cyan] {escape('; '.join(part['name'] for part in value))}")
        elif all("subject" in part and "stated" in part for part in value):
            _claims(console, value, lang)
        else:
            console.print(table(value, lang, console.width, title=None if name == "items" else name))
    elif isinstance(value, Mapping):
        parts = ", ".join(f"{key} {text_of(part, lang)}" for key, part in value.items() if part not in ({}, [], None))
        console.print(f"[cyan]{name}:[/cyan] {escape(parts)}")
    else:
        console.print(f"[cyan]{name}:[/cyan] {escape(text_of(value, lang))}")


def table(items: Sequence[Mapping[str, Any]], lang: str, width: int, title: str | None = None) -> RenderableType:
    """Items as a table; a list of links or ties gives one line each.

    Where the columns do not fit into ``width`` without breaking words, each line is a block of names and values.
    """
    lines = [line for item in items for line in _lines(item)]
    columns = list(dict.fromkeys(name for line in lines for name in line if name not in (*_HIDDEN, *_IN_FILES)))
    columns = [name for name in columns if any(line.get(name) not in (None, [], {}) for line in lines)]
    cells = {name: [text_of(line.get(name), lang) for line in lines] for name in columns}
    if "of" in cells and len(set(filter(None, cells["of"]))) == 1:
        del cells["of"]  # the same in every line: the one who was asked about
    headed = {name.replace("_", " "): texts for name, texts in cells.items()}  # so that it is broken between its words
    widths = _widths([[heading, *texts] for heading, texts in headed.items()], width)
    if widths is None:
        return _blocks(headed, [number for number, item in enumerate(items, start=1) for _ in _lines(item)], title)
    found = Table(title=title, title_justify="left", header_style="bold", pad_edge=False, box=None)
    for heading, wide in zip(headed, widths, strict=True):
        found.add_column(heading, overflow="fold", width=wide)
    for row in zip(*headed.values(), strict=True):
        found.add_row(*map(escape, row))
    return found


def _widths(columns: Sequence[Sequence[str]], room: int) -> list[int] | None:
    """How wide each column is, the widest ones folded first; None where there is no room for their words."""
    widths = [max(map(cell_len, texts)) for texts in columns]
    least = [min(_WORD, max(cell_len(word) for text in texts for word in text.split())) for texts in columns]
    room -= _GAP * (len(columns) - 1)
    if sum(least) > room:
        return None
    while sum(widths) > room:
        width, widest = max((wide, at) for at, wide in enumerate(widths) if wide > least[at])
        widths[widest] = width - 1
    return widths


def _blocks(headed: Mapping[str, Sequence[str]], items: Sequence[int], title: str | None) -> RenderableType:
    """A block of names and values for each line, numbered by its item."""
    names = max(map(cell_len, headed))
    parts: list[RenderableType] = [Text(title, style="italic")] if title else []
    for line, item in enumerate(items):
        is_more = line > 0 and items[line - 1] == item
        parts.append(Text(f"-[ {item}{', continued' if is_more else ''} ]-", style="dim"))
        block = Table.grid(padding=(0, 1))
        block.add_column(style="bold", width=names + 1)
        block.add_column(overflow="fold")
        for heading, texts in headed.items():
            if texts[line]:
                block.add_row(f"{heading}:", escape(texts[line]))
        parts.append(block)
    return Group(*parts)


def _claims(console: Console, claims: Sequence[Mapping[str, Any]], lang: str) -> None:
    """Claims with their whole ids, which ``zveno claim correct`` and ``retract`` take, and what they state."""
    for claim in claims:
        to = f" → {text_of(claim['object'], lang)}" if "object" in claim else ""
        about = f", {text_of(claim['product'], lang)}" if "product" in claim else ""
        status = "" if claim["status"] == "actual" else f" · {claim['status']}"
        who = escape(text_of(claim["subject"], lang) + to + about)
        console.print(f"[cyan]{claim['id']}[/cyan] [bold]{claim['type']}[/bold] {who}", highlight=False)
        stated = _claim(claim, lang).removeprefix(claim["type"]).strip()
        dates = "".join(f" · {name} {claim[name]}" for name in ("valid_from", "valid_until") if name in claim)
        console.print(f"    [dim]{escape(stated + status + dates)}[/dim]", highlight=False)


def _lines(item: Mapping[str, Any]) -> list[dict[str, Any]]:
    inner = next((name for name in EXPLODED if item.get(name)), None)
    outer = {name: value for name, value in item.items() if name != inner}
    if inner is None:
        return [outer]
    lines = [{**outer, **part} for part in item[inner]]
    return [lines[0], *({**dict.fromkeys(outer), **part} for part in item[inner][1:])]


def text_of(value: Any, lang: str) -> str:
    """Any value of an answer in a few words."""
    if value is None:
        return ""
    if is_entity(value):
        return str(value["name"]) + (f" ({value['place']})" if "place" in value else "")
    if is_amount(value):
        return _amount(value, lang)
    if is_bounds(value):
        low, high = value
        return f"{low:.3g}" if low == high else f"{low:.3g}…{high:.3g}"
    if isinstance(value, Mapping):
        if "subject" in value and "stated" in value:
            return _claim(value, lang)
        if "text" in value:
            return str(value["text"])
        return ", ".join(f"{key} {text_of(part, lang)}" for key, part in value.items() if key not in _HIDDEN)
    if isinstance(value, Sequence) and not isinstance(value, str):
        return "; ".join(text_of(part, lang) for part in value)
    return str(value)


def _amount(value: Mapping[str, Any], lang: str) -> str:
    low, high = (number(value[end], lang) if end in value else None for end in ("low", "high"))
    text = low if low == high else f"≥ {low}" if high is None else f"≤ {high}" if low is None else f"{low}…{high}"
    return " ".join(part for part in (text, value.get("unit"), "a year" if value["per_year"] else "") if part)


def _claim(value: Mapping[str, Any], lang: str) -> str:
    stated = ", ".join(
        f"{text_of(part, lang)}" if name in ("value", "quantity") else f"{name} {text_of(part, lang)}"
        for name, part in value["stated"].items()
        if name != "kind"
    )
    when = f", {value['published_on']}" if "published_on" in value else ""
    return f"{stated or value['type']} [rank {value['source_rank']}{when}]"


def _quotes(console: Console, evidence: Mapping[str, Any]) -> None:
    documents = {document["id"]: document for document in evidence.get("documents", [])}
    worded = [quote for quote in evidence.get("quotes", []) if quote.get("quote") or quote.get("note")]
    quotes = sorted(worded, key=lambda quote: "quote" not in quote)
    if not quotes:
        return
    console.print(f"[dim]rests on {count(len(evidence['claims']), 'claim', 'en')}:[/dim]")
    for quote in quotes[:_QUOTES_SHOWN]:
        document = documents.get(quote["document"], {})
        words = f"«{quote['quote']}»" if "quote" in quote else quote.get("note", "")
        source = ", ".join(
            str(part)
            for part in (document.get("title"), document.get("publisher"), document.get("published_on"))
            if part
        )
        console.print(f"  {escape(words)} [dim]— {escape(source)} ({quote['claim'][:8]}…)[/dim]")
    if len(quotes) > _QUOTES_SHOWN:
        console.print(f"[dim]  … and {len(quotes) - _QUOTES_SHOWN} more: --format json has all[/dim]")
