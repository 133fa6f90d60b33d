"""A mapping from columns whose meaning is known: who is in a row, and what the row states of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import yaml

from graph_service.domain.said import said
from graph_service.errors import BadInput
from loaders.tabular.recognise import Column
from loaders.tabular.units import is_percent, measure_of

FIRM, SUPPLIER, CUSTOMER = "firm", "supplier", "customer"
ROLES = (FIRM, SUPPLIER, CUSTOMER)
IDENTIFYING = ("inn", "ogrn", "name")
BELONGING = ("oktmo", "country", "region", "city", "address", "industry", "okved2", "lat", "lon")
_FIELDS = {
    "money": "value", "quantity": "quantity", "unit": "unit", "date": "valid_from", "share": "buyer_share",
    "sales_share": "sales_share",
}  # fmt: skip
OF_THE_ROW = ("goods", "okpd2", *_FIELDS)
"""What a column may hold that speaks of no firm: the goods, and the figures of a delivery."""


def draft(stem: str, columns: Sequence[Column], sheet: str | None = None, *, is_text: bool) -> dict[str, Any]:
    """The mapping that follows from what the columns hold.

    Args:
        stem: name of the file without its ending; the mapping and the publisher are called so.
        columns: with the role of whom each belongs to; kinds that no role and no figure takes are left out.
        sheet: the only sheet to read; every one that has the columns where None.
        is_text: whether cells stand there as they were written; a workbook may hold «50 %» as 0.5.

    Raises:
        BadInput: nobody is named, or a firm stands alone with another's supplier or customer.
    """
    parties = {role: own for role in ROLES if (own := [column for column in columns if column.role == role])}
    for role, own in parties.items():
        if not any(column.kind in IDENTIFYING for column in own):
            raise BadInput(said("who-is", role=said(f"role-{role}")), parameter=role)
    if not parties:
        raise BadInput(said("names-nobody", name=stem), parameter="columns")
    if FIRM in parties and len(parties) > 1:
        raise BadInput(said("one-or-two"), parameter=FIRM)
    entities: dict[str, dict[str, Any]] = {role: _entity(own) for role, own in parties.items()}
    claims = []
    if len(parties) == 2:
        claim: dict[str, Any] = {"type": "SUPPLIES", "from": SUPPLIER, "to": CUSTOMER}
        if goods := _goods(columns):
            entities["goods"] = goods
            claim["product"] = "goods"
        claims.append({**claim, "fields": _fields(columns, is_text)})
    name = re.sub(r"[^\w.\- ]+", "-", stem).strip("-") or "table"
    content: dict[str, Any] = {"name": name, "source": {"publisher": stem}}
    content |= ({"sheet": sheet} if sheet else {}) | {"entities": entities}
    return content | ({"claims": claims} if claims else {})


def mapping_text(mapping: dict[str, Any]) -> str:
    """The mapping as a person edits it."""
    return yaml.safe_dump(mapping, allow_unicode=True, sort_keys=False, width=110)


def _entity(columns: Sequence[Column]) -> dict[str, Any]:
    first: dict[str, str] = {}
    for column in columns:
        first.setdefault(column.kind, column.name)
    entity: dict[str, Any] = {"label": "Company"}
    entity |= {kind: first[kind] for kind in IDENTIFYING if kind in first}
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


def _fields(columns: Sequence[Column], is_text: bool) -> dict[str, Any]:
    first: dict[str, Column] = {}
    for column in columns:
        if column.kind in _FIELDS:
            first.setdefault(column.kind, column)
    fields: dict[str, Any] = {"basis": {"constant": "delivery" if "date" in first else "rate"}}
    for kind, column in first.items():
        fields[_FIELDS[kind]] = {"column": column.name} | _read_as(kind, column, is_text)
    if "money" in first and (currency := measure_of(first["money"].name).currency):
        fields["currency"] = {"constant": currency}
    if "quantity" in first and "unit" not in first and (unit := measure_of(first["quantity"].name).unit):
        fields["unit"] = {"constant": unit}
    return fields


def are_percentages(column: Column, is_text: bool) -> bool:
    """Whether bare numbers of a column of shares are percentages; else they are parts of 1."""
    if column.largest is None:
        return False
    return column.largest > 1 or (is_text and is_percent(column.name))


def _read_as(kind: str, column: Column, is_text: bool) -> dict[str, Any]:
    """How its cells are written: «тыс. руб.» in the heading multiplies each that does not say so itself."""
    if kind == "unit":
        return {"kind": "unit"}
    if kind in ("share", "sales_share"):
        return {"times": 0.01} if are_percentages(column, is_text) else {}
    times = measure_of(column.name).times if kind in ("money", "quantity") else 1
    return {"times": times} if times > 1 else {}
