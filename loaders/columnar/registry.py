"""Who the keys of a network mean: columns of keys to columns of entity ids, the same ids as for single rows."""

from __future__ import annotations

import re

import polars as pl

from graph_service.domain.identity import entity_id
from graph_service.domain.names import fold

# One word with a digit holds no legal form and nothing to level: most keys of large tables need no folding.
_PLAIN_KEY = re.compile(r"[a-z]*[0-9][a-z0-9]*")
_SCHEMA = {"key": pl.String, "entity_id": pl.String, "label": pl.String, "is_described": pl.Boolean}


class Registry:
    """The entities that share one space of keys.

    Args:
        issuer: who issues the keys.
        default_label: what somebody is whom no table describes.
    """

    def __init__(self, issuer: str, default_label: str) -> None:
        self._issuer = issuer
        self._default_label = default_label
        self._folds: dict[str, str] = {}
        self._entities: dict[str, tuple[str, str, bool]] = {}
        self._known = pl.DataFrame(schema=_SCHEMA)

    def contested(self, spaces: dict[str, pl.Series]) -> pl.DataFrame:
        """Keys that identify nothing: read as one though written differently, or given to two things.

        Args:
            spaces: for each table of this space of keys, its distinct keys.

        Returns:
            ``key`` and ``problem``.
        """
        written: dict[str, list[tuple[str, str]]] = {}
        for table, keys in spaces.items():
            for key in keys.to_list():
                written.setdefault(self._fold(key), []).append((table, key))
        found: list[tuple[str, str]] = []
        for folded, users in written.items():
            if not folded:
                found += [(key, f"the key '{key}' has neither letter nor digit") for _, key in users]
            elif len(users) > 1:
                said = " and ".join(f"'{key}' in {table}" for table, key in sorted(users))
                found += [(key, f"{said} are read as one key: none of them is taken") for _, key in users]
        return pl.DataFrame(found, schema={"key": pl.String, "problem": pl.String}, orient="row").unique()

    def own_ids(self, keys: pl.Series) -> pl.Series:
        """The ids that the keys give by themselves; null for null and for keys without a letter or digit."""
        ids = {key: self._own_id(key) for key in keys.drop_nulls().unique().to_list() if self._fold(key)}
        return mapped(keys, ids)

    def describe(self, rows: pl.DataFrame, label: str) -> None:
        """Take in described entities: columns ``key`` and ``entity_id`` (null where the row was refused)."""
        fresh: list[tuple[str, str, str, bool]] = []
        for key, identifier in rows.select("key", "entity_id").drop_nulls("key").unique("key").iter_rows():
            if not self._fold(key):
                continue
            known = (identifier or self._own_id(key), label, identifier is not None)
            self._entities[self._fold(key)] = known
            fresh.append((key, *known))
        self._add(fresh)

    def resolve(self, keys: pl.Series) -> pl.DataFrame:
        """``entity_id``, ``label`` and ``is_described`` for each key; keys nobody describes get an id of their own."""
        asked = pl.DataFrame({"key": keys})
        unseen = asked.drop_nulls().unique().join(self._known, on="key", how="anti")["key"].to_list()
        fresh: list[tuple[str, str, str, bool]] = []
        for key in unseen:
            if folded := self._fold(key):
                own = (self._own_id(key), self._default_label, False)
                fresh.append((key, *self._entities.setdefault(folded, own)))
        self._add(fresh)
        return asked.join(self._known, on="key", how="left", maintain_order="left").drop("key")

    def _fold(self, key: str) -> str:
        if _PLAIN_KEY.fullmatch(key):
            return key
        folded = self._folds.get(key)
        if folded is None:
            folded = self._folds[key] = fold(key)
        return folded

    def _own_id(self, key: str) -> str:
        return entity_id(self._issuer, self._fold(key))

    def _add(self, fresh: list[tuple[str, str, str, bool]]) -> None:
        if fresh:
            self._known = pl.concat([self._known, pl.DataFrame(fresh, schema=_SCHEMA, orient="row")]).rechunk()


def mapped(keys: pl.Series, values: dict[str, str]) -> pl.Series:
    """Each key's value, or null."""
    if not values:
        return pl.Series(keys.name, [None], dtype=pl.String).new_from_index(0, len(keys))
    return keys.replace_strict(values, default=None, return_dtype=pl.String)
