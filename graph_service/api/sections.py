"""The parts that a page of an answer is made of; templates draw them, nothing else decides what is shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

NOTHING = Markup("")


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One line of a list of facts; ``others`` are values that other sources state."""

    label: str
    value: Markup
    refs: Markup = NOTHING
    others: Sequence[Markup] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """A list of facts."""

    name: str
    title: str
    facts: Sequence[Fact]
    template = "facts"


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column of a table."""

    name: str
    label: str
    is_number: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A cell; one that spans rows belongs to each of them."""

    column: Column
    html: Markup
    rows: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table; ``counts`` say how many there are in all and of which kind, ``note`` stands for an empty one."""

    name: str
    title: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Cell]]
    counts: Sequence[tuple[str, str]] = ()
    note: str = ""
    template = "table"


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One value that sources state, with everybody who states it."""

    text: Markup
    chip: Markup
    sources: Sequence[Markup]
    is_chosen: bool
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rivalry:
    """Figures that exclude each other, the chosen one first, on one scale where they are numbers."""

    title: Markup
    figures: Sequence[Figure]
    reason: str = ""
    decided: str = ""
    scale: Scale | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A figure on a scale: its mark, and how far it may reach."""

    place: float
    first: float
    last: float
    is_chosen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """A common scale from zero: where each figure lies, and what the ticks say; places in percent of its width."""

    marks: Sequence[Mark]
    ticks: Sequence[tuple[float, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rivalries:
    """Where sources disagree."""

    name: str
    title: str
    rivalries: Sequence[Rivalry]
    rules: Sequence[str]
    template = "rivals"


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """A labelled bar; ``percent`` of the whole width, ``text`` says the number."""

    label: Markup
    percent: float
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """How many of each kind, as links."""

    name: str
    title: str
    counts: Sequence[tuple[str, str, int]]
    template = "counts"


@dataclass(frozen=True, slots=True, kw_only=True)
class Bars:
    """Numbers that are easier to compare as bars."""

    name: str
    title: str
    bars: Sequence[Bar]
    template = "bars"


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A piece of a text; ``claims`` rest on it, ``anchors`` begin and ``ends`` end here."""

    text: str
    claims: Sequence[str] = ()
    anchors: Sequence[str] = ()
    ends: Sequence[tuple[str, int]] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """The text of a document with the quoted words marked."""

    name: str
    title: str
    hint: str
    passages: Sequence[Passage]
    template = "text"


Section = Facts | Table | Rivalries | Counts | Bars | Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """What one claim rests on."""

    number: int
    claim: str
    words: str
    note: str
    document: str
    page: str
    url: Markup
    details: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerPage:
    """An answer, ready to be drawn."""

    summary: str
    notices: Sequence[str]
    coverage: Coverage | None
    bounds: str
    sections: Sequence[Section]
    quotes: Sequence[Quote]
    quotes_left: int
    asked: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """Named against counted."""

    text: str
    more: str
    named: int
    counted: int
    has_dots: bool
