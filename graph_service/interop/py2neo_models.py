"""Models of our labels for notebooks that use py2neo: a Neo4j store read as objects.

Example::

    from py2neo.ogm import Repository
    from graph_service.interop.py2neo_models import Plant

    repository = Repository("bolt://127.0.0.1:7687", auth=("neo4j", "…"))
    plant = repository.match(Plant).where("_.name CONTAINS 'трубный'").first()
    [supplier.name for supplier in plant.suppliers]
    [(seller.name, link["product"]) for seller, link, _ in plant.links("SUPPLIES")]

Iterating a relation gives each entity at its other end once, as the model of its label; ``links`` gives every link,
one per product. Each relation has a twin ``planned_…`` for what is only planned. Links hold what is true today and are
drawn from claims, so the models read and never write: facts are added and corrected with ``zveno claim``.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NoReturn

from py2neo.ogm import Model, Property, Related, RelatedFrom, RelatedTo

from graph_service.domain.schema import ATTRIBUTES, TIES
from graph_service.errors import BadInput

# By its full name, so that models made elsewhere on top of these find it too.
_ENTITY = "graph_service.interop.py2neo_models.Entity"
_NOT_ON_NODES = ("label", "name_ru", "lat", "lon", *TIES)


def _to(relation: str) -> RelatedTo:
    return RelatedTo(_ENTITY, relation)


def _from(relation: str) -> RelatedFrom:
    return RelatedFrom(_ENTITY, relation)


class Entity(Model):  # type: ignore[misc]
    """Anything in the graph, with the attributes that were chosen for it; what is not known is None."""

    __primarylabel__ = "Entity"
    __primarykey__ = "id"

    id = Property()
    names = Property()
    point = Property()

    cooperates_with = Related(_ENTITY, "COOPERATES_WITH")
    member_of = _to("MEMBER_OF")
    participates_in = _to("PARTICIPATES_IN")
    created_by = _to("CREATED_BY")
    officers = _from("HAS_ROLE")
    uses = _from("USED_IN")
    unnamed_suppliers = _from("UNNAMED_SUPPLIERS_OF")
    unnamed_customers = _from("UNNAMED_CUSTOMERS_OF")
    unnamed_partners = _from("UNNAMED_PARTNERS_OF")
    unnamed_markets = _from("UNNAMED_MARKETS_OF")
    figures = _to("HAS")
    documents = _to("CLAIM_DESCRIBED_IN")

    @classmethod
    def wrap(cls, node: Any) -> Any:
        """The node as the model of its label, which may be more than ``cls`` says."""
        found = None if node is None else next((model for name, model in MODELS.items() if node.has_label(name)), cls)
        if found is None or not issubclass(found, cls):
            found = cls
        return super(Entity, found).wrap(node)

    @property
    def lat(self) -> float | None:
        """Degrees north (WGS 84)."""
        return None if self.point is None else float(self.point[1])

    @property
    def lon(self) -> float | None:
        """Degrees east (WGS 84)."""
        return None if self.point is None else float(self.point[0])

    def links(self, relation: str) -> Iterator[tuple[Any, dict[str, Any], Any]]:
        """Every link of one type at either end of this entity, as (from, properties, to).

        Args:
            relation: the type as Neo4j has it: ``SUPPLIES``, ``PLANNED_SUPPLIES``, ``CLAIM_SUPPLIES`` for the claims.
        """
        node = self.__node__
        for link in node.graph.match(nodes={node, None}, r_type=relation):
            yield Entity.wrap(link.start_node), dict(link), Entity.wrap(link.end_node)

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.id} {self.name!r}>"

    def _refuse(self, transaction: object) -> NoReturn:
        raise BadInput(
            "these models read the graph and do not write it: what is true follows from claims; "
            "state or correct one with zveno claim add, or draw a relationship in Neo4j Browser"
        )

    __db_create__ = __db_merge__ = __db_push__ = __db_delete__ = _refuse


class _Placed(Entity):
    """What lies somewhere."""

    __primarylabel__ = "Entity"

    located_in = _to("LOCATED_IN")


class _Actor(_Placed):
    """Who trades, makes, owns."""

    __primarylabel__ = "Entity"

    suppliers = _from("SUPPLIES")
    customers = _to("SUPPLIES")
    owners = _from("OWNS")
    owns = _to("OWNS")
    produces = _to("PRODUCES")
    needs = _to("NEEDS")
    exports_to = _to("EXPORTS_TO")
    sells_to = _to("SELLS_TO")
    created = _from("CREATED_BY")


class Company(_Actor):
    """A legal entity."""

    operates = _to("OPERATES")
    members = _from("MEMBER_OF")


class Plant(_Actor):
    """A site that makes things."""

    operators = _from("OPERATES")


class Organization(_Actor):
    """An authority, university, fund."""

    operates = _to("OPERATES")
    members = _from("MEMBER_OF")


class Person(_Placed):
    """A person in a public role."""

    owns = _to("OWNS")
    roles = _to("HAS_ROLE")
    created = _from("CREATED_BY")


class Product(Entity):
    """Goods or a service."""

    makers = _from("PRODUCES")
    needed_by = _from("NEEDS")
    requires = _to("REQUIRES")
    required_by = _from("REQUIRES")
    used_in = _to("USED_IN")
    part_of = _to("PART_OF")
    parts = _from("PART_OF")


class _Place(Entity):
    """Where things lie and are sold."""

    __primarylabel__ = "Entity"

    located_here = _from("LOCATED_IN")
    sellers = _from("SELLS_TO")


class City(_Place):
    """A town."""

    located_in = _to("LOCATED_IN")
    part_of = _to("PART_OF")


class Region(_Place):
    """A subdivision of a country, or a federal district."""

    part_of = _to("PART_OF")
    parts = _from("PART_OF")
    borders = Related(_ENTITY, "BORDERS")


class Country(_Place):
    """A country."""

    parts = _from("PART_OF")
    borders = Related(_ENTITY, "BORDERS")
    exporters = _from("EXPORTS_TO")


class PartnerGroup(_Placed):
    """Counted or described, unnamed partners."""

    unnamed_suppliers_of = _to("UNNAMED_SUPPLIERS_OF")
    unnamed_customers_of = _to("UNNAMED_CUSTOMERS_OF")
    unnamed_partners_of = _to("UNNAMED_PARTNERS_OF")
    unnamed_markets_of = _to("UNNAMED_MARKETS_OF")


class Cluster(_Placed):
    """A cluster or an industrial park."""

    members = _from("MEMBER_OF")
    part_of = _to("PART_OF")
    parts = _from("PART_OF")
    stages = _to("HAS_STAGE")


class Project(_Placed):
    """An investment project."""

    participants = _from("PARTICIPATES_IN")
    part_of = _to("PART_OF")
    parts = _from("PART_OF")
    stages = _to("HAS_STAGE")


class Stage(_Placed):
    """A numbered stage of a project."""

    participants = _from("PARTICIPATES_IN")
    part_of = _to("PART_OF")
    stage_of = _from("HAS_STAGE")


class Observation(Entity):
    """A figure about one subject; ``name`` says it in words, numbers and units are beside it."""

    about = _from("HAS")
    product = Property()
    value_min = Property()
    value_max = Property()
    quantity_min = Property()
    quantity_max = Property()
    share_min = Property()
    share_max = Property()
    count_min = Property()
    count_max = Property()
    period_from = Property()
    period_to = Property()
    scope = Property()
    status = Property()


class Document(Entity):
    """One page, file or table of a source."""

    title = Property()
    publisher = Property()
    published_on = Property()
    describes = _from("CLAIM_DESCRIBED_IN")


MODELS: dict[str, type[Entity]] = {
    model.__name__: model
    for model in (
        Company, Plant, Organization, Person, Product, City, Region, Country, PartnerGroup, Cluster, Project, Stage,
        Observation, Document,
    )
}  # fmt: skip
"""The model of each label."""

for _name in ATTRIBUTES:
    if _name not in _NOT_ON_NODES:
        setattr(Entity, _name, Property(_name))
for _model in (Entity, _Placed, _Actor, _Place, *MODELS.values()):
    for _name, _relation in list(vars(_model).items()):
        if isinstance(_relation, Related) and not _relation.relationship_type.startswith("CLAIM_"):
            _twin = type(_relation)(_ENTITY, f"PLANNED_{_relation.relationship_type}")
            setattr(_model, f"planned_{_name}", _twin)
