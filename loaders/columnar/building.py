"""From a chunk of a network's table to claims in columns, with every row that does not fit left out and named."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from graph_service.domain.checks import reasons
from graph_service.domain.claims import frame
from graph_service.domain.identity import entity_id
from loaders.columnar.attributes import attributes_json
from loaders.columnar.reading import ROW, TableFile
from loaders.columnar.registry import Registry, mapped
from loaders.columnar.rows import ChunkRows, chosen, repeated
from loaders.gazetteer.gazetteer import Gazetteer, Place
from loaders.loader import Reject
from loaders.resolve.entities import issuer, place_entity
from loaders.resolve.places import place_rows
from loaders.resolve.resolve import canonical_attributes

METHOD = "network 1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """Claims of one chunk: those of the table's own document, those of places by their document's key."""

    claims: pl.DataFrame
    places: Sequence[tuple[str, Mapping[str, object]]]
    rejects: Sequence[Reject]


class ClaimBuilder:
    """Builds the claims of one folder, table by table; tables of entities come first.

    Args:
        namespace: who issues the keys inside the folder.
    """

    def __init__(self, namespace: str) -> None:
        self._actors = Registry(namespace, "Company")
        self._products = Registry(issuer(namespace, "Product"), "Product")
        self._gazetteer = Gazetteer()
        self._places: dict[str, Place | None] = {}
        self._said_places: set[str] = set()
        self._mentioned: set[tuple[str, str]] = set()
        self._contested = self._actors.contested({})

    def prepare(self, files: Iterable[TableFile]) -> None:
        """Look at all keys of entities before any is used."""
        spaces = {opened.table.name: opened.keys("id") for opened in files if opened.table.label}
        products = {name: keys for name, keys in spaces.items() if name == "products"}
        actors = {name: keys for name, keys in spaces.items() if name != "products"}
        self._contested = pl.concat(
            [
                self._actors.contested(actors).with_columns(is_product=pl.lit(False)),
                self._products.contested(products).with_columns(is_product=pl.lit(True)),
            ]
        )

    def build(self, opened: TableFile, chunk: pl.DataFrame, document: str) -> Built:
        """The claims of one chunk.

        Args:
            opened: the table that the chunk is from.
            chunk: its rows as they were read.
            document: id of the table's document.
        """
        rows = ChunkRows(opened, chunk)
        claims = self._describe(opened, rows) if opened.table.label else self._state(opened, rows)
        return self._finish(opened, rows, claims, document)

    def _describe(self, opened: TableFile, rows: ChunkRows) -> pl.DataFrame:
        label = opened.table.label
        assert label is not None
        registry = self._products if label == "Product" else self._actors
        keys = rows.text("id")
        contested = self._contested.filter(pl.col("is_product") == (label == "Product"))
        rows.blame(mapped(keys, dict(contested.select("key", "problem").iter_rows())))
        own = registry.own_ids(keys)
        attributes = rows.attributes(label)
        by_inn = mapped(attributes["inn"], _inn_ids(attributes["inn"])) if "inn" in attributes else None
        weaker = {} if by_inn is None else {"same_as": chosen(own, by_inn.is_not_null())}
        said = attributes_json(pl.DataFrame([column.alias(name) for name, column in {**attributes, **weaker}.items()]))
        base = pl.DataFrame(
            {
                ROW: rows.numbers,
                "_key": keys,
                "from_raw": own if by_inn is None else by_inn.fill_null(own),
                "record": keys,
            }
        ).with_columns(from_label=pl.lit(label))
        claims = [base.with_columns(said, type=pl.lit("DESCRIBED_IN"))]
        if rows.has("region_iso"):
            placed = base.with_columns(self._place_end(rows, "region_iso"), type=pl.lit("LOCATED_IN"))
            claims.append(placed.drop_nulls(["from_raw", "to_raw"]))
        if rows.has("company_id"):
            site = base.select(ROW, "record", to_raw="from_raw", to_label="from_label")
            run = site.with_columns(self._end(rows, "company_id", self._actors, "from"), type=pl.lit("OPERATES"))
            claims.append(run.drop_nulls(["from_raw", "to_raw"]))
        return pl.concat(claims, how="diagonal")

    def _state(self, opened: TableFile, rows: ChunkRows) -> pl.DataFrame:
        table = opened.table
        assert table.relation is not None
        assert table.object is not None
        columns: list[pl.Series] = [rows.numbers, rows.record()]
        columns += self._end(rows, table.subject, self._registry(table.columns[table.subject]), "from")
        if table.columns[table.object] == "place":
            columns += self._place_end(rows, table.object)
        else:
            columns += self._end(rows, table.object, self._registry(table.columns[table.object]), "to")
        if table.product and rows.has(table.product):
            ends = self._end(rows, table.product, self._products, "product")
            columns += [column for column in ends if column.name != "product_label"]
        columns += rows.fields(table.columns)
        claims = pl.DataFrame(columns).with_columns(type=pl.lit(table.relation))
        return rows.delivery_periods(claims)

    def _registry(self, kind: str) -> Registry:
        return self._products if kind == "product" else self._actors

    @staticmethod
    def _end(rows: ChunkRows, column: str, registry: Registry, end: str) -> list[pl.Series]:
        """Columns for one end of a claim; ``_<end>_key`` holds keys that nobody describes."""
        keys = rows.text(column)
        found = registry.resolve(keys)
        nameless = keys.is_not_null() & found["entity_id"].is_null()
        rows.blame(chosen(repeated(f"{column} has neither letter nor digit", len(keys)), nameless))
        raw = "product" if end == "product" else f"{end}_raw"
        return [
            found["entity_id"].alias(raw),
            found["label"].alias(f"{end}_label"),
            chosen(keys, ~found["is_described"].fill_null(True)).alias(f"_{end}_key"),
        ]

    def _place_end(self, rows: ChunkRows, column: str) -> list[pl.Series]:
        codes = rows.text(column).str.to_uppercase()
        for code in codes.drop_nulls().unique().to_list():
            if code not in self._places:
                self._places[code] = self._gazetteer.region(code) if "-" in code else self._gazetteer.country(code)
        asked = {code: self._places[code] for code in codes.drop_nulls().unique().to_list()}
        known = {code: place_entity(place) for code, place in asked.items() if place is not None}
        unknown = {
            code: f"{column}: '{code}' is no known place: write RU or RU-VGG"
            for code, place in asked.items()
            if place is None
        }
        rows.blame(mapped(codes, unknown))
        return [
            mapped(codes, {code: entity.entity_id for code, entity in known.items()}).alias("to_raw"),
            mapped(codes, {code: entity.label for code, entity in known.items()}).alias("to_label"),
            codes.alias("_place"),
        ]

    def _finish(self, opened: TableFile, rows: ChunkRows, claims: pl.DataFrame, document: str) -> Built:
        broken = claims.select(ROW, problem=reasons(claims.drop(ROW)))
        why = rows.problems(broken)
        refused = why.filter(pl.col("problem").is_not_null())
        kept = claims.join(refused, on=ROW, how="anti", maintain_order="left")
        table = opened.table
        if table.label:
            accepted = claims.filter(pl.col("type") == "DESCRIBED_IN").join(refused, on=ROW, how="left")
            described = accepted.select(key="_key", entity_id=pl.when(pl.col("problem").is_null()).then("from_raw"))
            (self._products if table.label == "Product" else self._actors).describe(described, table.label)
        mentions = self._mentions(kept, document)
        places = self._new_places(kept)
        own = [column for column in kept.columns if column.startswith("_") or column.endswith("_label")]
        stated = kept.with_columns(row=pl.format("{}, row {}", pl.lit(opened.file.name), ROW)).drop(own)
        every = pl.concat([stated, mentions], how="diagonal").with_columns(
            document_id=pl.lit(document), method=pl.lit(METHOD)
        )
        return Built(claims=every, places=places, rejects=rows.rejects(refused))

    def _mentions(self, claims: pl.DataFrame, document: str) -> pl.DataFrame:
        """Descriptions of those whom no table describes: the document at least gives the key."""
        found = [
            claims.select(
                key=f"_{end}_key", from_raw="product" if end == "product" else f"{end}_raw",
                label=f"{end}_label" if f"{end}_label" in claims.columns else pl.lit("Product"),
            )
            for end in ("from", "to", "product")
            if f"_{end}_key" in claims.columns
        ]  # fmt: skip
        if not found:
            return pl.DataFrame()
        named = pl.concat(found).drop_nulls().unique().sort("from_raw", "key")
        fresh = [(entity, key) not in self._mentioned for entity, key in _pairs(named, document)]
        named = named.filter(pl.Series(fresh, dtype=pl.Boolean))
        self._mentioned.update(_pairs(named, document))
        return named.select("from_raw", type=pl.lit("DESCRIBED_IN"), how=pl.lit("implied")).with_columns(
            attributes_json(named.select("label", name="key"))
        )

    def _new_places(self, claims: pl.DataFrame) -> list[tuple[str, Mapping[str, object]]]:
        if "_place" not in claims.columns:
            return []
        codes = set(claims["_place"].drop_nulls().unique().to_list()) - self._said_places
        self._said_places |= codes
        places = [place for code in sorted(codes) if (place := self._places[code]) is not None]
        return [
            (key, {**fields, **({"attributes": canonical_attributes(said, ())} if said else {})})
            for key, fields, said in place_rows(places, self._gazetteer)
        ]


def place_frame(places: Sequence[tuple[str, Mapping[str, object]]], document_ids: Mapping[str, str]) -> pl.DataFrame:
    """Claims about places in the columns of a batch."""
    return frame({**fields, "document_id": document_ids[key], "method": "gazetteer 1"} for key, fields in places)


def _inn_ids(inn: pl.Series) -> dict[str, str]:
    return {number: entity_id("inn", number) for number in inn.drop_nulls().unique().to_list()}


def _pairs(named: pl.DataFrame, document: str) -> list[tuple[str, str]]:
    return [(f"{entity}\x1f{document}", key) for entity, key in named.select("from_raw", "key").iter_rows()]
