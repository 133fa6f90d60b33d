"""A mapping for a table that nobody has mapped: who is in it and what they exchange, from what the columns hold."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from graph_service.errors import BadInput
from loaders.sheets import read_sheets
from loaders.tabular.recognise import Column, header_index, hinted, recognise

_BUYERS = ("заказчик", "покупател", "получател", "клиент", "customer", "buyer", "client")
_SELLERS = ("поставщик", "продавец", "исполнител", "отправител", "supplier", "seller", "vendor")
_IDENTIFYING = ("inn", "ogrn", "name")
_BELONGING = ("oktmo", "country", "region", "city", "address", "industry", "okved2", "lat", "lon")
_FIELDS = {"money": "value", "quantity": "quantity", "unit": "unit", "date": "valid_from", "share": "buyer_share"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Guess:
    """What was recognised, where, and the mapping that follows."""

    sheet: str | None
    header_row: int
    rows: int
    columns: Sequence[Column]
    mapping: dict[str, Any]

    @property
    def unused(self) -> list[str]:
        """Headings of the columns that the mapping leaves out."""
        taken = set(_texts(self.mapping))
        return [column.name for column in self.columns if column.name not in taken]

    def yaml(self) -> str:
        """The mapping as a person edits it."""
        return yaml.safe_dump(self.mapping, allow_unicode=True, sort_keys=False, width=110)


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    for part in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from _texts(part)


def guess(path: Path) -> Guess:
    """Recognise the columns of the first sheet that has a table, and propose a mapping.

    Raises:
        BadInput: there is no table, or no column names anybody.
    """
    for sheet in read_sheets(path):
        header = header_index(sheet)
        if header is not None:
            columns = _points(recognise(sheet, header))
            return Guess(
                sheet=sheet.name, header_row=sheet.numbers[header], rows=len(sheet.rows) - header - 1,
                columns=columns, mapping=_mapping(path, columns),
            )  # fmt: skip
    raise BadInput(f"{path.name} holds no table with a row of headings and rows below", file=str(path))


def _points(columns: Sequence[Column]) -> list[Column]:
    """Coordinates without a telling heading: the latitude comes first; a single one is a number."""
    open_ones = [column for column in columns if column.kind == "point"]
    kinds = dict(zip((c.name for c in open_ones), ("lat", "lon"), strict=False)) if len(open_ones) == 2 else {}
    return [
        Column(name=c.name, example=c.example, kind=kinds.get(c.name, "number"), fit=c.fit) if c.kind == "point" else c
        for c in columns
    ]


def _mapping(path: Path, columns: Sequence[Column]) -> dict[str, Any]:
    parties = _parties(columns)
    if not parties:
        raise BadInput(
            f"{path.name}: no column names anybody: neither INN nor OGRN nor names of firms were recognised. "
            "Write a mapping by hand (docs/table-format.md)",
            file=str(path),
        )
    entities: dict[str, dict[str, Any]] = {role: _entity(own) for role, own in parties.items()}
    claims = []
    if len(parties) == 2:
        fields = _fields(columns)
        claim: dict[str, Any] = {"type": "SUPPLIES", "from": "supplier", "to": "customer"}
        if goods := _goods(columns):
            entities["goods"] = goods
            claim["product"] = "goods"
        claims.append({**claim, "fields": fields})
    stem = re.sub(r"[^\w.\- ]+", "-", path.stem).strip("-") or "table"
    content: dict[str, Any] = {"name": stem, "source": {"publisher": path.stem}, "entities": entities}
    return content | ({"claims": claims} if claims else {})


def _parties(columns: Sequence[Column]) -> dict[str, list[Column]]:
    """The columns of the one firm of each row, or of its supplier and customer.

    There are two firms only where headings or two columns of numbers say so: two columns of names alone are as well
    the full and the short name of one.
    """
    identifying = [column for column in columns if column.kind in _IDENTIFYING]
    sides = {column.name: _side(column.name) for column in identifying}
    numbered_twice = any(sum(c.kind == kind for c in identifying) > 1 for kind in ("inn", "ogrn"))
    if not identifying:
        return {}
    parties = _sides(identifying, sides)
    if not numbered_twice and not (any(sides.values()) and all(parties.values())):
        return {"firm": [column for column in columns if column.kind in (*_IDENTIFYING, *_BELONGING)]}
    for column in columns:
        if column.kind in _BELONGING:
            parties[_owner(column, parties, columns)].append(column)
    return {role: own for role, own in parties.items() if own}


def _sides(identifying: Sequence[Column], sides: dict[str, str | None]) -> dict[str, list[Column]]:
    """Whose each column is: by its own heading, else its left neighbour's, as far as that one has none of the kind."""
    parties: dict[str, list[Column]] = {"supplier": [], "customer": []}
    named = {side for side in sides.values() if side}
    taken = {(side, column.kind) for column in identifying if (side := sides[column.name])}
    before: str | None = None
    for column in identifying:
        side = sides[column.name]
        if side is None and before is not None and (before, column.kind) not in taken:
            side = before
        if side is None and len(named) == 1:
            (only,) = named
            other = "customer" if only == "supplier" else "supplier"
            side = other if (only, column.kind) in taken else only
        side = side or ("customer" if ("supplier", column.kind) in taken else "supplier")
        taken.add((side, column.kind))
        parties[side].append(column)
        before = side
    return parties


def _side(heading: str) -> str | None:
    text = heading.casefold()
    if any(word in text for word in _SELLERS):
        return "supplier"
    return "customer" if any(word in text for word in _BUYERS) else None


def _owner(column: Column, parties: dict[str, list[Column]], columns: Sequence[Column]) -> str:
    if side := _side(column.name):
        return side
    at = {c.name: number for number, c in enumerate(columns)}

    def closeness(role: str) -> tuple[int, int]:
        own = [c for c in parties[role] if c.kind in _IDENTIFYING]
        return (
            max((_alike(c.name, column.name) for c in own), default=0),
            -min((abs(at[c.name] - at[column.name]) for c in own), default=len(at)),
        )

    return max(sorted(parties), key=closeness)


def _alike(one: str, other: str) -> int:
    """How many characters two headings have in common at their beginning."""
    return next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def _entity(columns: Sequence[Column]) -> dict[str, Any]:
    first: dict[str, str] = {}
    for column in columns:
        first.setdefault(column.kind, column.name)
    entity: dict[str, Any] = {"label": "Company"}
    entity |= {kind: first[kind] for kind in _IDENTIFYING if kind in first}
    attributes = {kind: {"column": first[kind]} for kind in ("address", "industry", "okved2") if kind in first}
    location = {kind: first[kind] for kind in ("city", "region", "country", "oktmo") if kind in first}
    if attributes:
        entity["attributes"] = attributes
    if location:
        entity["location"] = location
    if "lat" in first and "lon" in first:
        entity["point"] = {"lat": first["lat"], "lon": first["lon"]}
    return entity


def _goods(columns: Sequence[Column]) -> dict[str, Any] | None:
    names = [column for column in columns if column.kind == "goods"]
    codes = [column for column in columns if column.kind == "okpd2"]
    if not names and not codes:
        return None
    name = (names or codes)[0].name
    goods: dict[str, Any] = {"label": "Product", "key": [name], "name": name}
    if codes:
        goods["attributes"] = {"okpd2": {"column": codes[0].name}}
    return goods


def _fields(columns: Sequence[Column]) -> dict[str, Any]:
    first: dict[str, Column] = {}
    for column in columns:
        if column.kind in _FIELDS:
            first.setdefault(column.kind, column)
    fields: dict[str, Any] = {"basis": {"constant": "delivery" if "date" in first else "rate"}}
    for kind, column in first.items():
        fields[_FIELDS[kind]] = {"column": column.name} | _scale(kind, column)
    money = first.get("money")
    if money and (hinted(money.name, "money") and re.search(r"руб|rub|rur", money.name.casefold())):
        fields["currency"] = {"constant": "RUB"}
    return fields


def _scale(kind: str, column: Column) -> dict[str, Any]:
    """A heading such as «Сумма, тыс. руб.» multiplies every cell."""
    text = column.name.casefold()
    if kind == "money":
        for word, times in (("тыс", 1_000), ("млн", 1_000_000), ("млрд", 1_000_000_000)):
            if word in text and word not in column.example.casefold():
                return {"times": times}
    return {}
