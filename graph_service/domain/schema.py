"""The declaration of the graph: labels, claim fields and relation types, each with its documentation.

Everything else derives from this file: the SQLite table, the Cypher schema, the schema page of the docs,
the columns of the ``claims`` format and the checks on every write.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

FieldKind = Literal["ref", "term", "text", "number", "integer", "flag", "date"]
"""ref: an entity id · term: one of few texts · number: float64, 15 digits · flag: true, false or unknown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """A kind of node."""

    name: str
    doc: str
    kind: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """A property of a claim.

    ``statement`` says whether the field is part of what the source states and so of ``claim_id``;
    the rest (review, confidence, method …) is what we say about the statement. ``derived`` fields follow
    from the others; Neo4j keeps them beside the stated ones so that Cypher converts nothing.
    """

    name: str
    kind: FieldKind
    doc: str
    statement: bool = True
    derived: bool = False
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RelationType:
    """A type of claim and of link, with the labels at its ends and the value fields it may carry."""

    name: str
    sources: tuple[str, ...]
    targets: tuple[str, ...]
    doc: str
    fields: tuple[str, ...] = ()
    trade: bool = False
    symmetric: bool = False

    @property
    def drawing(self) -> str:
        """The relation as Cypher draws it, e.g. ``(:Company)-[:OPERATES]->(:Plant)``."""
        source, target = "|".join(self.sources), "|".join(self.targets)
        return f"(:{source})-[:{self.name}]-{'' if self.symmetric else '>'}(:{target})"


LABELS: tuple[Label, ...] = (
    Label(name="Company", doc="A legal entity: INN, OGRN, KPP, LEI, legal form, OKVED2."),
    Label(name="Plant", doc="A site that makes things, apart from the company that operates it."),
    Label(name="Organization", doc="An authority, university, fund: supplies only where a source says so."),
    Label(name="Person", doc="A person in a public role, only what a source states."),
    Label(name="Product", doc="Goods or a service; OKPD2 and HS codes describe it and never identify it."),
    Label(name="City", doc="A town, with its point."),
    Label(name="Region", doc="An ISO 3166-2 subdivision; a federal district is a Region of kind `district`."),
    Label(name="Country", doc="An ISO 3166-1 country."),
    Label(name="PartnerGroup", doc="Counted or described, unnamed partners; never a supplier itself."),
    Label(name="Cluster", doc="A cluster or an industrial park."),
    Label(name="Project", doc="An investment project."),
    Label(name="Stage", doc="A numbered stage of a project."),
    Label(name="Observation", doc="A figure about one subject: investment, output, head count …"),
)

ACTORS = ("Company", "Plant", "Organization")
MAKERS = ("Company", "Plant")
PLACED = (*ACTORS, "Person", "Cluster", "Project", "Stage", "City", "PartnerGroup")
ANYTHING = tuple(label.name for label in LABELS if label.name != "Observation")

AMOUNT = ("quantity_min", "quantity_max", "unit")
MONEY = ("value_min", "value_max", "currency")
PERIOD = ("period_from", "period_to")
BUYER_SHARE = ("buyer_share_min", "buyer_share_max")
SALES_SHARE = ("sales_share_min", "sales_share_max")
SHARE = ("share_min", "share_max")
COUNT = ("count_min", "count_max")


def _relation(
    name: str,
    sources: tuple[str, ...],
    targets: tuple[str, ...],
    doc: str,
    fields: tuple[str, ...] = (),
    *,
    trade: bool = False,
    symmetric: bool = False,
) -> RelationType:
    return RelationType(
        name=name, sources=sources, targets=targets, doc=doc, fields=fields, trade=trade, symmetric=symmetric
    )


RELATION_TYPES: tuple[RelationType, ...] = (
    # (:Company|Plant|Organization)-[:SUPPLIES]->(:Company|Plant|Organization)
    _relation(
        "SUPPLIES",
        ACTORS,
        ACTORS,
        "Delivers goods or services to.",
        ("product", "basis", *AMOUNT, *MONEY, *BUYER_SHARE, *SALES_SHARE, *PERIOD),
        trade=True,
    ),
    # (:Company)-[:OPERATES]->(:Plant)
    _relation("OPERATES", ("Company", "Organization"), ("Plant",), "Runs the site; only where a source states it."),
    # (:Company|Organization|Person)-[:OWNS]->(:Company|Plant)
    _relation("OWNS", ("Company", "Plant", "Organization", "Person"), ACTORS, "Holds a share of.", (*SHARE, *PERIOD)),
    # (:Plant)-[:LOCATED_IN]->(:City)
    _relation("LOCATED_IN", PLACED, ("City", "Region", "Country"), "Is placed in."),
    # (:City)-[:PART_OF]->(:Region)-[:PART_OF]->(:Country)
    _relation(
        "PART_OF",
        ("City", "Region", "Product", "Cluster", "Project", "Stage"),
        ("Region", "Country", "Product", "Cluster", "Project"),
        "Belongs inside.",
    ),
    # (:Region)-[:BORDERS]-(:Region)
    _relation("BORDERS", ("Region", "Country"), ("Region", "Country"), "Shares a border with.", symmetric=True),
    # (:Plant)-[:PRODUCES]->(:Product)
    _relation(
        "PRODUCES",
        ACTORS,
        ("Product",),
        "Makes; quantity is the output.",
        ("capacity_min", "capacity_max", *AMOUNT, *PERIOD),
        trade=True,
    ),
    # (:Plant)-[:NEEDS]->(:Product)
    _relation(
        "NEEDS",
        ACTORS,
        ("Product",),
        "Needs as an input.",
        (*AMOUNT, *MONEY, *PERIOD, "essential", "complete"),
        trade=True,
    ),
    # (:Product)-[:REQUIRES]->(:Product)
    _relation(
        "REQUIRES",
        ("Product",),
        ("Product",),
        "Bill of materials: quantity per unit of the product.",
        (*AMOUNT, "substitutable"),
    ),
    # (:Plant)-[:EXPORTS_TO]->(:Country)
    _relation(
        "EXPORTS_TO",
        ACTORS,
        ("Country",),
        "Sells abroad to.",
        ("product", "basis", *AMOUNT, *MONEY, *SALES_SHARE, *PERIOD),
        trade=True,
    ),
    # (:Plant)-[:SELLS_TO]->(:Region)
    _relation(
        "SELLS_TO",
        ACTORS,
        ("Region", "City", "Country"),
        "Sells into a region.",
        ("product", "basis", *AMOUNT, *MONEY, *SALES_SHARE, *PERIOD),
        trade=True,
    ),
    # (:Company)-[:COOPERATES_WITH]-(:Company)
    _relation(
        "COOPERATES_WITH",
        ANYTHING,
        ANYTHING,
        "Works with, where direction or goods are not stated.",
        ("kind", "product", *AMOUNT, *MONEY, *PERIOD),
        trade=True,
        symmetric=True,
    ),
    # (:Company)-[:MEMBER_OF]->(:Cluster)
    _relation("MEMBER_OF", ANYTHING, ("Cluster", "Company", "Organization"), "Is a member of.", ("role",)),
    # (:Company)-[:PARTICIPATES_IN]->(:Project)
    _relation("PARTICIPATES_IN", ANYTHING, ("Project", "Stage"), "Takes part in.", ("role", *MONEY, *SHARE)),
    # (:Project)-[:HAS_STAGE]->(:Stage)
    _relation("HAS_STAGE", ("Project", "Cluster"), ("Stage",), "Is carried out in.", ("seq",)),
    # (:Person)-[:HAS_ROLE]->(:Company)
    _relation("HAS_ROLE", ("Person",), ANYTHING, "Holds the public role.", ("role",)),
    # (:Product)-[:USED_IN]->(:Product)
    _relation("USED_IN", ("Product",), ANYTHING, "Is used in; the use is `kind` where it is no node.", ("kind",)),
    # (:Project)-[:CREATED_BY]->(:Company)
    _relation("CREATED_BY", ANYTHING, ("Company", "Plant", "Organization", "Person"), "Was set up by.", ("kind",)),
    # (:PartnerGroup)-[:UNNAMED_SUPPLIERS_OF]->(:Plant)
    _relation(
        "UNNAMED_SUPPLIERS_OF",
        ("PartnerGroup",),
        ANYTHING,
        "Counted, unnamed suppliers of.",
        (*COUNT, "product", *AMOUNT, *MONEY, *BUYER_SHARE, *PERIOD),
        trade=True,
    ),
    # (:PartnerGroup)-[:UNNAMED_CUSTOMERS_OF]->(:Plant)
    _relation(
        "UNNAMED_CUSTOMERS_OF",
        ("PartnerGroup",),
        ANYTHING,
        "Counted, unnamed customers of.",
        (*COUNT, "product", *AMOUNT, *MONEY, *SALES_SHARE, *PERIOD),
        trade=True,
    ),
    # (:PartnerGroup)-[:UNNAMED_PARTNERS_OF]->(:Plant)
    _relation(
        "UNNAMED_PARTNERS_OF",
        ("PartnerGroup",),
        ANYTHING,
        "Counted, unnamed partners of.",
        (*COUNT, "kind", "product", *AMOUNT, *MONEY, *PERIOD),
        trade=True,
    ),
    # (:PartnerGroup)-[:UNNAMED_MARKETS_OF]->(:Plant)
    _relation(
        "UNNAMED_MARKETS_OF",
        ("PartnerGroup",),
        ANYTHING,
        "Counted, unnamed export countries of.",
        (*COUNT, "product", *AMOUNT, *MONEY, *SALES_SHARE, *PERIOD),
        trade=True,
    ),
    # (:Plant)-[:HAS]->(:Observation)
    _relation(
        "HAS",
        ANYTHING,
        ("Observation",),
        "A figure about one subject; one Observation per claim.",
        ("kind", "product", *AMOUNT, *MONEY, *SHARE, *COUNT, *PERIOD, "scope"),
    ),
    # (:Company)-[:DESCRIBED_IN]->(:Document)
    _relation("DESCRIBED_IN", ANYTHING, ("Document",), "What one record says of an entity.", ("attributes",)),
)

STATUSES = ("actual", "planned", "cancelled")
REVIEWS = ("confirmed", "asserted", "disputed")
HOWS = ("explicit", "coref", "implied", "inferred")
BASES = ("delivery", "rate")
RANKS = {
    1: "register or filing",
    2: "the party itself",
    3: "authority or news",
    4: "reprint or aggregator",
    5: "unknown",
}


def _field(
    name: str,
    kind: FieldKind,
    doc: str,
    *,
    statement: bool = True,
    derived: bool = False,
    choices: tuple[str, ...] = (),
) -> Field:
    return Field(name=name, kind=kind, doc=doc, statement=statement, derived=derived, choices=choices)


def _interval(name: str, doc: str) -> tuple[Field, Field]:
    return (
        _field(f"{name}_min", "number", f"{doc}, lower bound; empty = not stated."),
        _field(f"{name}_max", "number", f"{doc}, upper bound; empty = not stated."),
    )


FIELDS: tuple[Field, ...] = (
    _field("type", "term", "The relation type.", choices=tuple(r.name for r in RELATION_TYPES)),
    _field("from_raw", "ref", "The subject as stated, before any merging."),
    _field("to_raw", "ref", "The object as stated, before any merging; empty for HAS and DESCRIBED_IN."),
    _field("product", "ref", "The product that the statement is about."),
    _field("kind", "term", "What is counted or how the parties cooperate: Cost, Output, joint_venture …"),
    _field("role", "term", "The role of a participant or the title of a person."),
    _field("basis", "term", "delivery: dated, deliveries add up · rate: a standing statement.", choices=BASES),
    *_interval("quantity", "Amount in `unit`"),
    *_interval("capacity", "What could be made, in `unit`"),
    _field("unit", "term", "Unit of quantity and capacity; a rate carries its period: t/month."),
    *_interval("value", "Money in `currency`"),
    _field("currency", "term", "ISO 4217 code."),
    *_interval("buyer_share", "Share of the buyer's need of the product, 0 to 1"),
    *_interval("sales_share", "Share of the seller's sales, 0 to 1"),
    *_interval("share", "Share held, or another share that `kind` names, 0 to 1"),
    *_interval("count", "How many parties"),
    _field("seq", "integer", "Number of the stage."),
    _field("essential", "flag", "Output stops without this input."),
    _field("complete", "flag", "All suppliers of this need are known."),
    _field("substitutable", "flag", "Another input can replace this one."),
    _field("scope", "text", "What the figure covers where a source limits it; other scopes are no rivals."),
    _field("valid_from", "date", "The relation holds from this day."),
    _field("valid_to", "date", "The relation holds before this day (stated end dates are inclusive: stored + 1)."),
    _field("period_from", "date", "First day that the figure covers."),
    _field("period_to", "date", "The day after the last that the figure covers."),
    _field("status", "term", "actual, planned or cancelled.", choices=STATUSES),
    _field("record", "text", "The row's own key at the source, else a hash of its cells; never a row number."),
    _field("quote", "text", "The words of the document."),
    _field("char_start", "integer", "Offset of the quote in the document's text, in characters."),
    _field("char_end", "integer", "Offset after the quote."),
    _field("attributes", "text", "DESCRIBED_IN only: what the record says, as canonical JSON."),
    _field("dates", "text", "The dates as the source writes them.", statement=False),
    _field("note", "text", "A paraphrase or the editor's note.", statement=False),
    _field("row", "text", "File, sheet and row that it was read from.", statement=False),
    _field("confidence", "number", "0 to 1; 1 unless stated.", statement=False),
    _field("review", "term", "A person's word: asserted, confirmed, disputed.", statement=False, choices=REVIEWS),
    _field("how", "term", "explicit, coref, implied, inferred.", statement=False, choices=HOWS),
    _field("method", "term", "Loader and its version.", statement=False),
    _field("value_per_year_min", "number", "Money per year, lower bound.", statement=False, derived=True),
    _field("value_per_year_max", "number", "Money per year, upper bound.", statement=False, derived=True),
    _field(
        "quantity_per_year_min",
        "number",
        "Amount per year in `base_unit`, lower bound.",
        statement=False,
        derived=True,
    ),
    _field(
        "quantity_per_year_max",
        "number",
        "Amount per year in `base_unit`, upper bound.",
        statement=False,
        derived=True,
    ),
    _field("base_unit", "term", "Unit of the amount per year.", statement=False, derived=True),
)

ATTRIBUTES: dict[str, str] = {
    "label": "Label of the entity.",
    "name": "Name as the record writes it.",
    "name_ru": "Russian name.",
    "name_en": "English name.",
    "inn": "Russian tax number, checked.",
    "ogrn": "Russian registration number, checked.",
    "kpp": "Branch number; never identifies a plant.",
    "lei": "Legal entity identifier, checked.",
    "iso": "ISO 3166-1 or -2 code.",
    "okato": "OKATO code of a place.",
    "oktmo": "OKTMO code of a place.",
    "legal_form": "Legal form.",
    "okved2": "Activity code.",
    "okpd2": "Product code of the Russian classifier.",
    "hs": "Harmonized System code.",
    "unit": "Usual unit of a product.",
    "industry": "Industry as the record writes it.",
    "kind": "Kind: authority, university, park, district …",
    "url": "Address of its page.",
    "address": "Postal address as written.",
    "description": "Description in words.",
    "status_text": "State of a stage in the source's words.",
    "lat": "Latitude, degrees north (WGS 84).",
    "lon": "Longitude, degrees east (WGS 84).",
    "point_precision": "What the point stands for: site, town or region.",
    "revenue": "Revenue per year in `currency`.",
    "currency": "ISO 4217 code of the revenue.",
    "population": "Inhabitants of a town.",
    "same_as": "Ids that weaker keys of this record give to the same entity, or that a person says are it.",
    "other_than": "Ids that are another entity, whatever records say: a person's word.",
}
TIES: tuple[str, ...] = ("same_as", "other_than")
"""The attributes that say who is one; they are no values to show or to choose from."""

RELATION: dict[str, RelationType] = {relation.name: relation for relation in RELATION_TYPES}
FIELD: dict[str, Field] = {field.name: field for field in FIELDS}
LABEL_NAMES: frozenset[str] = frozenset(label.name for label in LABELS)
TRADE_TYPES: frozenset[str] = frozenset(r.name for r in RELATION_TYPES if r.trade)
GROUP_TYPES: tuple[str, ...] = (
    "UNNAMED_SUPPLIERS_OF",
    "UNNAMED_CUSTOMERS_OF",
    "UNNAMED_PARTNERS_OF",
    "UNNAMED_MARKETS_OF",
)
