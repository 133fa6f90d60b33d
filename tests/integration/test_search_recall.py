"""Search over real company names: how often is the firm that was meant among the first three?

The Latin spellings come from iuliia's published schemes, not from our own shadows.
"""

import csv
import random
import re
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import iuliia  # type: ignore[import-untyped]
import pytest

from graph_service.snapshot.names import NameIndex

LEAST_RECALL = 0.95
KEYBOARD = ("йцукенгшщзхъ", "фывапролджэ", "ячсмитьбю")
# Romanisations of Russian; iuliia's other one is for Uzbek.
SCHEMES = tuple(name for name in iuliia.schemas.names() if name != "uz")


class Firm(NamedTuple):
    entity: int
    full: str
    short: str
    bare: str  # the full name without its legal form, taken from between the quotes


Ask = Callable[[Firm, random.Random], str | None]


@pytest.fixture(scope="module")
def firms(data_dir: Path) -> list[Firm]:
    with (data_dir / "names" / "rsmp_full_short.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return [
        Firm(number, row["full_name"], row["short_name"], _between_quotes(row["full_name"]))
        for number, row in enumerate(rows)
    ]


@pytest.fixture(scope="module")
def by_full_name(firms: list[Firm]) -> NameIndex:
    return NameIndex.build((firm.entity, firm.full) for firm in firms)


@pytest.fixture(scope="module")
def by_short_name(firms: list[Firm]) -> NameIndex:
    return NameIndex.build((firm.entity, firm.short) for firm in firms)


def _between_quotes(name: str) -> str:
    quoted = re.search(r'["«<]+(.*)', name)
    return re.sub(r'["«»<>]+', " ", quoted.group(1) if quoted else name).strip()


def _slip(kind: str, text: str, rng: random.Random) -> str | None:
    """Make one slip of the keyboard at a random letter."""
    row_of = {letter: row for row in KEYBOARD for letter in row}
    places = [at for at, letter in enumerate(text) if letter.lower() in row_of]
    if kind == "swapped":
        places = [at for at in places if at + 1 in places and text[at] != text[at + 1]]
    if not places:
        return None
    at = rng.choice(places)
    row = row_of[text[at].lower()]
    place = row.index(text[at].lower())
    neighbour = rng.choice(row[max(0, place - 1) : place] + row[place + 1 : place + 2])
    return {
        "left out": text[:at] + text[at + 1 :],
        "doubled by a neighbour": text[:at] + neighbour + text[at:],
        "replaced by a neighbour": text[:at] + neighbour + text[at + 1 :],
        "swapped": text[:at] + text[at + 1 : at + 2] + text[at] + text[at + 2 :],
    }[kind]


def _slip_asks() -> dict[str, Ask]:
    def ask(kind: str, form: str) -> Ask:
        def make(firm: Firm, rng: random.Random) -> str | None:
            slipped = _slip(kind, firm.bare, rng)
            return None if slipped is None else form + slipped

        return make

    kinds = ("left out", "doubled by a neighbour", "replaced by a neighbour", "swapped")
    return {f"slip: {kind}{', with ООО' if form else ''}": ask(kind, form) for kind in kinds for form in ("", "ООО ")}


def _latin_asks() -> dict[str, Ask]:
    def ask(scheme: str) -> Ask:
        romanise = iuliia.schemas.get(scheme).translate
        return lambda firm, rng: str(romanise(firm.bare.title()))

    return {f"Latin: {scheme}": ask(scheme) for scheme in SCHEMES}


def _same_name(firm: Firm) -> bool:
    """Tell whether the short name differs from the full one by the legal form alone."""
    return _between_quotes(firm.short).split() == firm.bare.split() and firm.short != firm.full


OTHER_ASKS: dict[str, Ask] = {
    "ё for every е": lambda firm, rng: firm.bare.replace("Е", "Ё") if "Е" in firm.bare else None,
    "е for ё": lambda firm, rng: firm.bare.replace("Ё", "Е") if "Ё" in firm.bare else None,
    "legal form dropped": lambda firm, rng: firm.bare,
    "legal form abbreviated": lambda firm, rng: firm.short if _same_name(firm) else None,
}
ASKS = {**_slip_asks(), **_latin_asks(), **OTHER_ASKS}


def _recall(index: NameIndex, firms: list[Firm], ask: Ask) -> tuple[float, int]:
    rng = random.Random(20261124)
    asked = [(firm, query) for firm in firms if (query := ask(firm, rng)) is not None]
    assert asked, "no name can be asked for in this way"
    hits = sum(firm.entity in {hit.entity for hit in index.search(query, 3)} for firm, query in asked)
    return hits / len(asked), len(asked)


def _report(capsys: pytest.CaptureFixture[str], kind: str, recall: float, asked: int) -> None:
    with capsys.disabled():
        print(f"\n  top-3 recall {recall:.3f} of {asked}: {kind}", end=" ")  # noqa: T201


@pytest.mark.parametrize("kind", ASKS)
def test_recall(kind: str, by_full_name: NameIndex, firms: list[Firm], capsys: pytest.CaptureFixture[str]) -> None:
    recall, asked = _recall(by_full_name, firms, ASKS[kind])
    _report(capsys, kind, recall, asked)
    assert recall >= LEAST_RECALL


def test_recall_of_a_legal_form_spelt_out(
    by_short_name: NameIndex, firms: list[Firm], capsys: pytest.CaptureFixture[str]
) -> None:
    recall, asked = _recall(by_short_name, firms, lambda firm, rng: firm.full if _same_name(firm) else None)
    _report(capsys, "legal form spelt out", recall, asked)
    assert recall >= LEAST_RECALL


def test_the_data_are_the_expected_names(firms: list[Firm]) -> None:
    assert len({firm.full for firm in firms}) >= 600
