"""What units need, stated or implied, and who is known to supply it (semantics.md, Shares and exposure)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal
from weakref import WeakKeyDictionary

import numpy as np
import numpy.typing as npt

from graph_service.analysis.link_columns import Intervals, LinkColumns, chosen_rates, link_columns
from graph_service.snapshot.filters import Filters, visible
from graph_service.snapshot.snapshot import Csr, Ints, Mask, Rows, Snapshot

Flags = npt.NDArray[np.int8]
Keys = npt.NDArray[np.int64]

STATED, FROM_LINKS, FROM_MATERIALS = 0, 1, 2
BASES: tuple[Literal["stated", "link", "bill of materials"], ...] = ("stated", "link", "bill of materials")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, weakref_slot=True)
class Needs:
    """Needs in columns, ordered by buyer and product, and an edge for each supplier of each.

    A link without a product may be about any: it is a need of its own, of unknown product.

    Attributes:
        buyer, product: entity positions; product -1: not stated.
        essential, complete: 1 yes, 0 no, -1 unknown.
        basis: position in ``BASES``.
        value, quantity: of the whole need, per year.
        named: how many known suppliers, own production left out.
        is_made: the buyer makes it too, and so is a supplier of its own.
        group_min: the largest count of unnamed suppliers of the product; -1 none, 0 a group of unknown count.
        any_group_min: the same for groups without a product.
        edge_need, edge_supplier, edge_link: edges ordered by need; the link is a position in ``links``.
        by_buyer, by_need, by_supplier: needs by buyer, edges by need and by supplier.
        links: the SUPPLIES links that the edges stand for.
    """

    buyer: Ints
    product: Ints
    essential: Flags
    complete: Flags
    basis: Flags
    value: Intervals
    quantity: Intervals
    named: Ints
    is_made: Mask
    group_min: Ints
    any_group_min: Ints
    edge_need: Ints
    edge_supplier: Ints
    edge_link: Ints
    by_buyer: Csr
    by_need: Csr
    by_supplier: Csr
    links: LinkColumns

    def __len__(self) -> int:
        return len(self.buyer)


_KEPT: WeakKeyDictionary[Snapshot, dict[Filters, Needs]] = WeakKeyDictionary()
_KEPT_SETS = 8


def needs_at(snapshot: Snapshot, filters: Filters) -> Needs:
    """The needs of the graph under these filters, kept with the snapshot for the next question.

    Args:
        snapshot: the graph.
        filters: without products, since a need names its product otherwise than a link.
    """
    kept = _KEPT.setdefault(snapshot, {})
    found = kept.get(filters)
    if found is None:
        found = find_needs(snapshot, visible(snapshot, filters), filters.valid_at)
        if len(kept) >= _KEPT_SETS:
            kept.clear()
        kept[filters] = found
    return found


def find_needs(snapshot: Snapshot, mask: Mask, valid_at: date) -> Needs:
    """All needs of the graph.

    Args:
        snapshot: the graph.
        mask: the claims that count; a filter by product must not be in it, since a need names its product otherwise.
        valid_at: the day of the links' values.
    """
    size = len(snapshot.entity_ids)
    found = link_columns(snapshot, _rows(snapshot, mask, "SUPPLIES"), valid_at)
    foreign = found.source != found.target
    loose = np.flatnonzero(foreign & (found.product < 0))
    firm = np.flatnonzero(foreign & (found.product >= 0))
    stated_rows = _rows(snapshot, mask, "NEEDS")
    stated_keys = _keys(snapshot.claims["from"][stated_rows], snapshot.claims["to"][stated_rows], size)
    link_keys = _keys(found.target[firm], found.product[firm], size)
    made, material_keys, material_essential = _materials(snapshot, mask, size)
    keys = np.unique(np.concatenate([stated_keys, link_keys, material_keys]))
    count, total = len(keys), len(keys) + len(loose)
    essential, complete = np.full(total, -1, np.int8), np.full(total, -1, np.int8)
    basis = np.full(total, FROM_LINKS, np.int8)
    at = np.searchsorted(keys, material_keys)
    basis[at] = FROM_MATERIALS
    essential[at[material_essential]] = 1
    basis[np.searchsorted(keys, link_keys)] = FROM_LINKS
    own = np.searchsorted(keys, stated_keys)
    basis[own] = STATED
    _choose_flags(snapshot, stated_rows, own, essential, "essential")
    _choose_flags(snapshot, stated_rows, own, complete, "complete")
    covers = found.buyer_share.low[firm] >= 1
    complete[np.searchsorted(keys, link_keys[covers])] = 1
    buyer = np.concatenate([keys // size, found.target[loose]]).astype(np.int32)
    product = np.concatenate([keys % size, np.full(len(loose), -1)]).astype(np.int32)
    edge_need = np.concatenate([np.searchsorted(keys, link_keys), np.arange(count, total)]).astype(np.int32)
    edge_link = np.concatenate([firm, loose]).astype(np.int32)
    order = np.argsort(edge_need, kind="stable")
    edge_need, edge_link = edge_need[order], edge_link[order]
    value, quantity = _wanted(snapshot, stated_rows, own, total)
    is_made = np.zeros(total, bool)
    is_made[:count] = np.isin(keys, made)
    group_min, any_group_min = _groups(snapshot, mask, keys, buyer)
    return Needs(
        buyer=buyer, product=product, essential=essential, complete=complete, basis=basis, value=value,
        quantity=quantity, named=np.bincount(edge_need, minlength=total).astype(np.int32), is_made=is_made,
        group_min=group_min, any_group_min=any_group_min, edge_need=edge_need,
        edge_supplier=found.source[edge_link], edge_link=edge_link, by_buyer=Csr.group(buyer, size),
        by_need=Csr.group(edge_need, total), by_supplier=Csr.group(found.source[edge_link], size), links=found,
    )  # fmt: skip


def _rows(snapshot: Snapshot, mask: Mask, relation: str) -> Rows:
    return np.flatnonzero(mask & snapshot.is_type(relation))


def _keys(buyers: npt.NDArray[np.int32], products: npt.NDArray[np.int32], size: int) -> Keys:
    return np.asarray(buyers, np.int64) * size + np.asarray(products, np.int64)


def _in_order(snapshot: Snapshot, rows: Rows, keys: Keys) -> Keys:
    """Positions that sort rows by key, chosen first."""
    return np.lexsort((snapshot.claims["choice"][rows], keys))


def _choose_flags(snapshot: Snapshot, rows: Rows, keys: Keys, into: Flags, name: str) -> None:
    """For each key the flag of the first claim, in the order of choice, that states it."""
    flags = np.asarray(snapshot.claims[name][rows], np.int8)
    order = _in_order(snapshot, rows, keys)
    order = order[flags[order] >= 0]
    own, first = np.unique(keys[order], return_index=True)
    into[own] = flags[order[first]]


def _wanted(snapshot: Snapshot, rows: Rows, keys: Keys, size: int) -> tuple[Intervals, Intervals]:
    order = _in_order(snapshot, rows, keys)
    rows, keys = rows[order], keys[order]
    return (
        chosen_rates(snapshot, rows, keys, size, "value", "currency"),
        chosen_rates(snapshot, rows, keys, size, "quantity", "base_unit"),
    )


def _materials(snapshot: Snapshot, mask: Mask, size: int) -> tuple[Keys, Keys, Mask]:
    """What units make, and the needs that follow: keys of unit and material, and which of them are essential.

    A material is essential if it cannot be substituted in anything that the unit makes.
    """
    c = snapshot.claims
    makes, requires = _rows(snapshot, mask, "PRODUCES"), _rows(snapshot, mask, "REQUIRES")
    made = np.unique(_keys(c["from"][makes], c["to"][makes], size))
    recipe = np.unique(_keys(c["from"][requires], c["to"][requires], size))
    firmness = np.full(len(recipe), -1, np.int8)
    required = np.searchsorted(recipe, _keys(c["from"][requires], c["to"][requires], size))
    _choose_flags(snapshot, requires, required, firmness, "substitutable")
    by_product = Csr.group((recipe // size).astype(np.int32), size)
    products = made % size
    steps = by_product.of_all(products)
    lengths = np.diff(by_product.offsets)[products]
    units = np.repeat(made // size, lengths)
    pairs = units * size + recipe[steps] % size
    keys, inverse = np.unique(pairs, return_inverse=True)
    firm_products = np.bincount(inverse, firmness[steps] == 0, len(keys)) if len(keys) else np.empty(0)
    makes_products = np.bincount(made // size, minlength=size)
    return made, keys, np.asarray(firm_products == makes_products[keys // size], bool)


def _groups(snapshot: Snapshot, mask: Mask, keys: Keys, buyer: Ints) -> tuple[Ints, Ints]:
    """For each need the largest count of an unnamed group of its product, and of one without a product."""
    c = snapshot.claims
    size, count = len(snapshot.entity_ids), len(keys)
    rows = _rows(snapshot, mask, "UNNAMED_SUPPLIERS_OF")
    counts = np.nan_to_num(np.asarray(c["count_min"][rows], float)).astype(np.int32)
    products = np.asarray(c["product"][rows])
    of_product, of_buyer = np.full(len(buyer), -1, np.int32), np.full(size, -1, np.int32)
    stated = np.flatnonzero(products >= 0)
    own = _keys(c["to"][rows[stated]], products[stated], size)
    at = np.searchsorted(keys, own)
    fits = at < count
    fits[fits] = keys[at[fits]] == own[fits]
    np.maximum.at(of_product, at[fits], counts[stated[fits]])
    np.maximum.at(of_buyer, c["to"][rows[products < 0]], counts[products < 0])
    return of_product, of_buyer[buyer]
