"""One row of a table to the claims it states: who is in it, what is said of them, what happens between them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass

from graph_service.domain.names import fold
from graph_service.domain.said import Said, joined, said, under
from graph_service.errors import BadInput
from loaders.cells import check_point, parse_fields
from loaders.loader import Ref, Row
from loaders.tabular.cells import date_text, identifier, is_empty, parse_degrees, parse_money, parse_number, parse_part
from loaders.tabular.header import TableRow
from loaders.tabular.mapping import PLACES, Cell, CellKind, ClaimRule, EntityRule, Location
from loaders.tabular.mapping import Mapping as TableMapping
from loaders.tabular.places import Places
from loaders.tabular.units import unit_of

_NUMBERS = ("inn", "ogrn", "lei")
_KINDS: dict[str, CellKind] = {
    "value": "money", "revenue": "money", "quantity": "number", "capacity": "number", "output": "number",
    "count": "number", "population": "number", "seq": "number", "confidence": "number", "share": "share",
    "buyer_share": "share", "sales_share": "share", "valid_from": "date", "valid_to": "date", "period": "date",
    "period_from": "date", "period_to": "date",
}  # fmt: skip
_DATES = ("valid_from", "valid_to", "period", "period_from", "period_to")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Party:
    ref: Ref
    rows: tuple[Row, ...] = ()


class RowReader:
    """Reads rows by a mapping.

    Args:
        mapping: what the columns say.
        rows: all rows of the load: a firm without a number is the one that other rows give under exactly its name.
    """

    def __init__(self, mapping: TableMapping, rows: Iterable[TableRow]) -> None:
        self._mapping = mapping
        self._places = Places()
        self._numbered = _numbers_by_name(mapping, rows)
        used = {role for claim in mapping.claims for role in (claim.from_, claim.to)}
        goods = {claim.product for claim in mapping.claims} - used
        self._required = [role for role in mapping.entities if role not in goods]

    def claims(self, row: TableRow, record: str) -> list[Row]:
        """The claims of one row: they are loaded together or not at all.

        Raises:
            BadInput: something in the row is wrong; all faults are named.
        """
        faults: list[str] = []
        parties: dict[str, _Party] = {}
        for role, rule in self._mapping.entities.items():
            try:
                party = self._party(role, rule, row)
                if party is not None:
                    parties[role] = party
                elif role in self._required:
                    faults.append(_nobody(role, rule))
            except BadInput as problem:
                faults.append(problem.detail)
        found: list[Row] = [stated for party in parties.values() for stated in party.rows]
        for claim in self._mapping.claims:
            values = self._values(claim, row.mapped, faults)
            if not faults:
                found.append(_claim(claim, values, parties, row, record))
        if faults:
            raise BadInput(joined(faults))
        return found

    def _party(self, role: str, rule: EntityRule, row: TableRow) -> _Party | None:
        cells = row.mapped
        name = cells.get(rule.name) if rule.name else None
        if rule.label in PLACES and rule.name:
            own = rule.location.model_dump() if rule.location else {}
            place = self._places.find(Location(**{**own, rule.label.lower(): rule.name}), cells) if name else None
            return _Party(ref=place) if place else None
        numbers = _numbers(rule, cells)
        key = " / ".join(cells[column] for column in rule.key if column in cells)
        ref = self._ref(role, rule, key, numbers, name)
        if ref is None:
            return None
        attributes: dict[str, object] = {"name": name, **numbers, **_attributes(rule, cells)}
        common = {"where": row.where, "document": row.document, "record": ref.text, "cells": row.cells}
        rows = [
            Row(
                type="DESCRIBED_IN",
                subject=ref,
                attributes={key: value for key, value in attributes.items() if value is not None},
                **common,  # type: ignore[arg-type]
            )
        ]
        if rule.location and (place := self._places.find(rule.location, cells)):
            rows.append(Row(type="LOCATED_IN", subject=ref, target=place, **common))  # type: ignore[arg-type]
        return _Party(ref=ref, rows=tuple(rows))

    def _ref(self, role: str, rule: EntityRule, key: str, numbers: Mapping[str, str], name: str | None) -> Ref | None:
        if key:
            return Ref(text=key, label=rule.label)
        for kind in _NUMBERS:
            if kind in numbers:
                return Ref(text=f"{kind}:{numbers[kind]}", label=rule.label)
        if name is None:
            return None
        known = self._numbered.get((rule.label, fold(name)), set())
        if len(known) > 1:
            raise BadInput(said("one-of-many", name=name, count=len(known)))
        return Ref(text=next(iter(known), name), label=rule.label)

    def _values(self, claim: ClaimRule, cells: Mapping[str, str], faults: list[str]) -> dict[str, object]:
        """The fields of one claim; what is wrong with any of them is added to the faults."""
        stated: dict[str, str] = {}
        raw: dict[str, str] = {}
        before = len(faults)
        # The currency comes first, so that no cell in another one is taken for it.
        for name, cell in sorted(claim.fields.items(), key=lambda field: field[0] != "currency"):
            text = _text(cell, cells)
            if text is None:
                if cell.required:
                    faults.append(said("empty", column=cell.column))
                continue
            try:
                stated |= _stated(name, cell, text, stated.get("currency"))
            except BadInput as problem:
                faults.append(under(cell.column or name, problem.detail))
            if name in _DATES:
                raw[name] = text
        if len(faults) > before:
            return {}
        try:
            values = parse_fields(stated, stated.get("basis"))
        except BadInput as problem:
            faults.append(problem.detail)
            return {}
        if raw:
            values["dates"] = "; ".join(f"{name} {text}" for name, text in raw.items())
        return values


def _numbers_by_name(mapping: TableMapping, rows: Iterable[TableRow]) -> dict[tuple[str, str], set[str]]:
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    rules = [rule for rule in mapping.entities.values() if rule.name and not rule.key and (rule.inn or rule.ogrn)]
    for row in rows:
        for rule in rules:
            with suppress(BadInput):  # a wrong number identifies nobody, and its own row says so
                numbers = _numbers(rule, row.mapped)
                kind = next((kind for kind in _NUMBERS if kind in numbers), None)
                name = row.mapped.get(rule.name or "")
                if kind and name:
                    found[rule.label, fold(name)].add(f"{kind}:{numbers[kind]}")
    return found


def _numbers(rule: EntityRule, cells: Mapping[str, str]) -> dict[str, str]:
    columns = {"inn": rule.inn, "ogrn": rule.ogrn, "lei": rule.lei}
    return {
        kind: _number(kind, column, cells[column]) for kind, column in columns.items() if column and column in cells
    }


def _number(kind: str, column: str, text: str) -> str:
    try:
        return identifier(kind, text)
    except BadInput as problem:
        raise BadInput(under(column, problem.detail), parameter=kind) from problem


def _attributes(rule: EntityRule, cells: Mapping[str, str]) -> dict[str, object]:
    found: dict[str, object] = {}
    for name, cell in rule.attributes.items():
        text = _text(cell, cells)
        if text is None:
            if cell.required:
                raise BadInput(said("empty", column=cell.column))
            continue
        kind = cell.kind or _KINDS.get(name, "text")
        if kind == "money":
            money = parse_money(text)
            found[name] = money.amount_times(cell.times)
            if money.currency:
                found["currency"] = money.currency
        else:
            found[name] = parse_number(text, cell.times) if kind == "number" else text
    if rule.point:
        lat, lon = (cells.get(column) for column in (rule.point.lat, rule.point.lon))
        if lat or lon:
            point = {name: parse_degrees(text) for name, text in (("lat", lat), ("lon", lon)) if text}
            check_point(point.get("lat"), point.get("lon"))
            found |= {**point, "point_precision": rule.point.precision}
    return found


def _text(cell: Cell, cells: Mapping[str, str]) -> str | None:
    text = cell.constant if cell.column is None else cells.get(cell.column)
    if text is None or is_empty(text):
        return None
    return cell.values.get(text, text)


def _stated(name: str, cell: Cell, text: str, currency: str | None) -> dict[str, str]:
    """The cell as columns of the claims format."""
    kind = cell.kind or _KINDS.get(name.removesuffix("_min").removesuffix("_max"), "text")
    if kind == "money":
        money = parse_money(text)
        stated = {name: f"{money.amount_times(cell.times):f}"}
        if money.currency:
            if currency and currency != money.currency:
                raise BadInput(said("other-currency", text=text, own=money.currency, stated=currency))
            stated["currency"] = money.currency
        return stated
    if kind == "number":
        return {name: f"{parse_number(text, cell.times):f}"}
    if kind == "share":
        return {name: f"{parse_part(text, cell.times):f}"}
    if kind == "unit":
        return {name: unit_of(text) or text}
    return {name: date_text(text) if kind == "date" else text}


def _claim(
    claim: ClaimRule, values: dict[str, object], parties: Mapping[str, _Party], row: TableRow, record: str
) -> Row:
    product = parties.get(claim.product) if claim.product else None
    return Row(
        where=row.where,
        type=claim.type,
        subject=parties[claim.from_].ref,
        target=parties[claim.to].ref if claim.to else None,
        product=product.ref if product else None,
        document=row.document,
        record=record,
        values=values,
        cells=row.cells,
    )


def _nobody(role: str, rule: EntityRule) -> Said:
    columns = dict.fromkeys(column for column in (*rule.key, rule.inn, rule.ogrn, rule.lei, rule.name) if column)
    return said("nobody" if len(columns) == 1 else "nobody-in", role=role, columns=", ".join(columns))
