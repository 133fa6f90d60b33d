"""The mapping from the columns of a table to claims: its declaration, and where mappings are found."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any, Literal, Self

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from graph_service.domain.nearest import nearest
from graph_service.domain.schema import ATTRIBUTES, RELATION, TIES
from graph_service.errors import BadInput, BadParameter
from loaders.cells import REFERENCES, known_columns

SHIPPED = Path(__file__).parents[1] / "mappings"
PLACES = ("Region", "Country", "City")
_NO_OBJECT = ("HAS", "USED_IN")
_NOT_A_FIELD = {*REFERENCES, *ATTRIBUTES, "attributes", "dates", "row", "method", "char_start", "char_end"}
_BOTH = {"kind", "unit", "currency"}  # fields of claims, and attributes of entities
FIELD_COLUMNS = tuple(name for name in known_columns() if name not in _NOT_A_FIELD - _BOTH)

Column = Annotated[str, Field(min_length=1, description="The heading of a column; case and spaces do not matter")]
CellKind = Literal["text", "money", "number", "date", "share", "unit"]
Label = Literal[
    "Company", "Plant", "Organization", "Person", "Product", "Cluster", "Project", "Stage", "PartnerGroup", "Region",
    "Country", "City",
]  # fmt: skip


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True, coerce_numbers_to_str=True)


class SourceRule(_Part):
    """Who says it."""

    publisher: str = Field(description="Name of the publisher or data set; --source replaces it")
    rank: int = Field(
        default=5, ge=1, le=5, description="1 register, 2 the party itself, 3 authority or news, 4 reprint, 5 unknown"
    )
    licence: str | None = None


class DocumentRule(_Part):
    """What is known of the files themselves; each file is one document."""

    title: str | None = Field(default=None, description="Title; the file's name unless given")
    published_on: str | None = Field(default=None, description="Date of publication")
    language: str | None = None


class Cell(_Part):
    """One value: from a column, or the same in every row."""

    column: Column | None = None
    constant: str | None = None
    kind: CellKind | None = Field(
        default=None, description="How cells are written; follows from the field unless given"
    )
    times: Decimal = Field(
        default=Decimal(1),
        description="Multiply numbers: 1000 for «тыс. руб.», 0.01 for percent; not cells that say so themselves",
    )
    values: dict[str, str] = Field(default_factory=dict, description="Cells to replace, e.g. {Штука: pcs}")
    required: bool = Field(default=False, description="Reject rows in which this cell is empty")

    @model_validator(mode="after")
    def _one_of(self) -> Self:
        if (self.column is None) == (self.constant is None):
            raise ValueError("give either a column or a constant")
        return self


class Location(_Part):
    """Where an entity lies; the smallest place that the gazetteer knows counts."""

    city: Column | None = None
    region: Column | None = None
    country: Column | None = None
    oktmo: Column | None = Field(default=None, description="OKTMO code (8 or 11 digits): gives the region")


class Point(_Part):
    """Coordinates in degrees (WGS 84)."""

    lat: Column
    lon: Column
    precision: Literal["site", "town", "region"] = Field(default="site", description="What the point stands for")


class EntityRule(_Part):
    """Somebody or something that each row names."""

    label: Label
    key: tuple[Column, ...] = Field(default=(), description="Columns that are its key in this data set")
    inn: Column | None = None
    ogrn: Column | None = None
    lei: Column | None = None
    name: Column | None = None
    attributes: dict[str, Cell] = Field(default_factory=dict)
    location: Location | None = None
    point: Point | None = None

    @model_validator(mode="after")
    def _is_known(self) -> Self:
        if not (self.key or self.inn or self.ogrn or self.lei or self.name):
            raise ValueError("an entity needs a key, an inn, ogrn or lei, or a name")
        for name in self.attributes:
            if name not in ATTRIBUTES or name in ("label", *TIES, "lat", "lon", "inn", "ogrn", "lei", "name"):
                raise ValueError(f"{name!r} is no attribute{nearest(name, ATTRIBUTES)}")
        if self.location and self.label not in RELATION["LOCATED_IN"].sources:
            raise ValueError(f"a {self.label} has no location")
        if self.label in PLACES and self.name is None:
            raise ValueError(f"a {self.label} is found by its name: say which column holds it")
        return self

    def columns(self) -> tuple[str, ...]:
        """Every column that speaks of it."""
        found: list[str | None] = [*self.key, self.inn, self.ogrn, self.lei, self.name]
        found += [cell.column for cell in self.attributes.values()]
        if self.location:
            found += list(self.location.model_dump().values())
        if self.point:
            found += [self.point.lat, self.point.lon]
        return tuple(name for name in found if name)


class ClaimRule(_Part):
    """One claim that each row states."""

    type: Annotated[str, Field(json_schema_extra={"enum": sorted(set(RELATION) - {"DESCRIBED_IN"})})]
    from_: str = Field(alias="from", description="Role of the subject")
    to: str | None = Field(default=None, description="Role of the object")
    product: str | None = Field(default=None, description="Role of the product")
    fields: dict[str, Cell] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _is_known(self) -> Self:
        if self.type not in RELATION or self.type == "DESCRIBED_IN":
            raise ValueError(f"{self.type!r} is no relation type{nearest(self.type, RELATION)}")
        if self.to is None and self.type not in _NO_OBJECT:
            raise ValueError(f"{self.type} needs an object: to")
        for name in self.fields:
            if name not in FIELD_COLUMNS:
                raise ValueError(f"{name!r} is no field{nearest(name, FIELD_COLUMNS)}")
        return self


class Mapping(_Part):
    """How a table is read: who is in a row and what the row states."""

    name: str = Field(pattern=r"^[\w.\- ]+$")
    title: str = ""
    source: SourceRule
    namespace: str | None = Field(default=None, description="Who issues the keys and names; the publisher unless given")
    document: DocumentRule = Field(default_factory=DocumentRule)
    sheet: str | None = Field(
        default=None, description="The sheet of a workbook; every sheet with the columns unless given"
    )
    record: tuple[Column, ...] = Field(default=(), description="Columns that are the row's own key at the source")
    lines: bool = Field(default=False, description="Rows that share a key are lines of one record, each counted")
    optional_columns: tuple[Column, ...] = Field(default=(), description="Mapped columns that a file may lack")
    entities: dict[str, EntityRule] = Field(min_length=1)
    claims: tuple[ClaimRule, ...] = ()

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        for claim in self.claims:
            relation = RELATION[claim.type]
            ends = (("from", claim.from_, relation.sources), ("to", claim.to, relation.targets))
            for end, role, allowed in (*ends, ("product", claim.product, ("Product",))):
                if role is None:
                    continue
                if role not in self.entities:
                    raise ValueError(f"{claim.type}: {end}: no entity is called {role!r}{nearest(role, self.entities)}")
                if (label := self.entities[role].label) not in allowed:
                    expected = ", ".join(allowed)
                    raise ValueError(f"{claim.type}: {end}: a {label} cannot stand there; expected {expected}")
        if self.lines and not self.record:
            raise ValueError("lines are told by the record they belong to: name its columns in record")
        return self

    def columns(self) -> tuple[str, ...]:
        """Every column that is read, in the order of the mapping."""
        found: list[str | None] = [*self.record]
        for entity in self.entities.values():
            found += entity.columns()
        found += [cell.column for claim in self.claims for cell in claim.fields.values()]
        return tuple(dict.fromkeys(name for name in found if name))


def shipped_names() -> list[str]:
    """The mappings that come with the program."""
    return sorted(path.stem for path in SHIPPED.glob("*.yaml"))


def mapping_path(name: str | None) -> Path:
    """The file of a mapping: a shipped one by its name, else a path.

    Raises:
        BadParameter: none is named, or there is no such file.
    """
    known = ", ".join(shipped_names())
    if name is None:
        raise BadParameter(
            f"say how to read the columns: --mapping with {known} or a file of your own; "
            "zveno load table FILE --guess proposes one",
            parameter="mapping",
        )
    if name in shipped_names():
        return SHIPPED / f"{name}.yaml"
    path = Path(name)
    if not path.is_file():
        close = nearest(name, shipped_names())
        raise BadParameter(
            f"there is no mapping {name!r}: known are {known}, or name a file{close}", parameter="mapping"
        )
    return path


def read_mapping(name: str | None) -> Mapping:
    """A shipped mapping by its name, or the one in a YAML file.

    Raises:
        BadInput: it is no YAML, or says something that a mapping cannot; every fault is named with its place.
        BadParameter: there is none of that name.
    """
    path = mapping_path(name)
    return parse_mapping(path.read_bytes(), path)


def parse_mapping(text: bytes, path: Path) -> Mapping:
    """A mapping from the text of a file.

    Raises:
        BadInput: it is no YAML, or says something that a mapping cannot; every fault is named with its place.
    """
    try:
        return Mapping.model_validate(yaml.safe_load(text.decode("utf-8")))
    except (yaml.YAMLError, UnicodeDecodeError, RecursionError) as problem:
        raise BadInput(f"{path.name} is no readable YAML: {problem}", file=str(path)) from problem
    except ValidationError as problem:
        faults = "; ".join(
            f"{'.'.join(map(str, fault['loc'])) or 'the mapping'}: {fault['msg'].removeprefix('Value error, ')}"
            for fault in problem.errors(include_url=False)
        )
        raise BadInput(f"{path.name} is no valid mapping: {faults}", file=str(path)) from problem


def mapping_schema() -> dict[str, Any]:
    """The JSON schema of a mapping, for editors."""
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **Mapping.model_json_schema()}
