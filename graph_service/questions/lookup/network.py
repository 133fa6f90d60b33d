"""A picture of the network around some entities: who stands in which tier, and every link between those shown."""

from __future__ import annotations

from typing import Annotated, NotRequired

from pydantic import Field
from typing_extensions import TypedDict

from graph_service.analysis.links import links
from graph_service.analysis.network import RIGHT, Neighbours, Network, Reach, network
from graph_service.domain.schema import ANYTHING
from graph_service.errors import BadParameter
from graph_service.questions.answer import Answer
from graph_service.questions.context import Context, EntityItem
from graph_service.questions.groups import group_items
from graph_service.questions.lookup.neighbours import relation_types
from graph_service.questions.placed import PlacedItem, put_point
from graph_service.questions.question import PlaceParams, ProductParams, Question
from graph_service.questions.values import AmountItem, amount_item, tally
from graph_service.questions.wording import count, noun, say

MOST_BEGUN_WITH = 50
MOST_ENTITIES = 5_000
DRAWN = (
    "SUPPLIES", "EXPORTS_TO", "SELLS_TO", "COOPERATES_WITH", "NEEDS", "PRODUCES", "REQUIRES", "OWNS", "OPERATES",
    "PARTICIPATES_IN", "MEMBER_OF", "HAS_STAGE", "UNNAMED_SUPPLIERS_OF", "UNNAMED_CUSTOMERS_OF",
    "UNNAMED_PARTNERS_OF", "UNNAMED_MARKETS_OF",
)  # fmt: skip
"""Relations of trade, cooperation and control; places and posts only where somebody asks for them."""
CLAIMS_SHOWN = 3


class NetworkParams(ProductParams, PlaceParams):
    """Whom it begins with, and how far it goes."""

    id: Annotated[str, Field(description="Whom it begins with: ids or names, comma-separated.")]
    upstream: Annotated[int, Field(ge=0, le=5, description="Tiers of suppliers, owners and inputs.")] = 1
    downstream: Annotated[int, Field(ge=0, le=5, description="Tiers of customers, markets and products.")] = 1
    relation: Annotated[
        str | None,
        Field(description="Only these relation types, comma-separated; trade, cooperation and control unless given."),
    ] = None
    fan: Annotated[
        int, Field(ge=1, le=1000, description="Neighbours of one by one relation on one side; the others are counted.")
    ] = 20
    most: Annotated[int, Field(ge=1, le=MOST_ENTITIES, description="Entities shown at most.")] = 300
    claims: Annotated[
        bool, Field(description="Name the claims of each link; without them a large picture is half the size.")
    ] = True


class NodeItem(PlacedItem):
    """One entity: its tier (0 = begun with, negative = upstream) and how many neighbours of each kind it has."""

    entity: EntityItem
    tier: int
    count_min: NotRequired[int]
    count_max: NotRequired[int]
    relations: dict[str, dict[str, int]]


EdgeItem = TypedDict(
    "EdgeItem",
    {
        "from": int, "to": int, "relation": str, "status": str, "disputed": NotRequired[bool],
        "products": NotRequired[list[str]], "value": NotRequired[AmountItem], "quantity": NotRequired[AmountItem],
        "basis": NotRequired[str], "claims": NotRequired[list[str]], "claims_total": int,
        "undated": NotRequired[bool],
    },
)  # fmt: skip
"""A link; ``from`` and ``to`` are places in ``items``, as thousands of ids would be most of a picture. Where ``basis``
is delivery, its figures are what was delivered in the twelve months up to the day, else a rate. ``undated``: no claim
says since or until when, so it is there on any day."""


class FanItem(TypedDict):
    """More neighbours by one relation than are shown."""

    entity: str
    relation: str
    direction: str
    shown: int
    total: int


class NetworkList(TypedDict):
    """Entities by tier and name, the links between them, and how many neighbours stand beside those begun with."""

    around: list[EntityItem]
    neighbours_total: int
    items: list[NodeItem]
    total: int
    by_status: dict[str, int]
    edges: list[EdgeItem]
    more: list[FanItem]


def answer(context: Context, params: NetworkParams) -> Answer:
    """Walk, draw, and say what is left out."""
    snapshot = context.snapshot
    named = context.entities(params.id, parameter="id")
    if not named or len(named) > MOST_BEGUN_WITH:
        raise BadParameter(f"name 1 to {MOST_BEGUN_WITH} entities to begin with", parameter="id")
    begun = list(dict.fromkeys(snapshot.unit(entity) for entity in named))
    neighbours = Neighbours(snapshot, context.kept, context.in_place)
    reach = Reach(
        left=params.upstream, right=params.downstream, fan=params.fan, most=max(params.most, len(begun)),
        relations=frozenset(relation_types(params.relation) or DRAWN),
    )  # fmt: skip
    found = network(snapshot, neighbours, begun, reach, context.by_name)
    shown = sorted(found.tiers, key=lambda unit: (found.tiers[unit], int(snapshot.name_ranks[context.lang][unit])))
    edges = _edges(context, found, {unit: place for place, unit in enumerate(shown)}, with_claims=params.claims)
    beside = {
        other for unit in begun for relation, _, other, _ in neighbours.claims(unit) if relation in reach.relations
    }
    return Answer(
        summary=_summary(context, begun, found),
        data={
            "around": [context.item(unit) for unit in begun],
            "neighbours_total": len(beside.difference(begun)),
            "items": [_node(context, neighbours, unit, found) for unit in shown],
            "total": len(shown),
            "by_status": tally(edge["status"] for edge in edges),
            "edges": edges,
            "more": [
                FanItem(
                    entity=snapshot.entity_ids[fan.of], relation=fan.relation, shown=fan.shown, total=fan.total,
                    direction="downstream" if fan.side == RIGHT else "upstream",
                )
                for fan in found.fans
            ],
        },
        evidence=list(dict.fromkeys(claim for edge in edges for claim in edge.get("claims", ()))),
        truncated=found.is_cut,
        explored={"nodes": len(found.tiers), "edges": len(edges)},
    )  # fmt: skip


def _node(context: Context, neighbours: Neighbours, unit: int, found: Network) -> NodeItem:
    snapshot = context.snapshot
    item = NodeItem(entity=context.item(unit), tier=found.tiers[unit], relations=neighbours.counts(unit))
    put_point(context, item, unit)
    if snapshot.label(unit) == "PartnerGroup":
        for group in group_items(context, context.kept(snapshot.rows_from(unit)).tolist()):
            for name in ("count_min", "count_max"):
                if name in group:
                    item.setdefault(name, group[name])
    return item


def _edges(context: Context, found: Network, places: dict[int, int], *, with_claims: bool) -> list[EdgeItem]:
    snapshot, items = context.snapshot, []
    for (source, target, relation), rows in sorted(found.links.items()):
        own = links(snapshot, rows, context.valid_at)
        item: EdgeItem = {
            "from": places[source], "to": places[target], "relation": relation, "status": context.status(rows),
            "claims_total": len(rows),
        }  # fmt: skip
        if any(link.is_disputed or link.rivals for link in own):
            item["disputed"] = True
        if all(link.is_undated for link in own):
            item["undated"] = True
        if products := list(dict.fromkeys(context.name(link.product) for link in own if link.product >= 0)):
            item["products"] = products
        if len(own) == 1:
            if value := amount_item(own[0].value):
                item["value"] = value
            if quantity := amount_item(own[0].quantity):
                item["quantity"] = quantity
            if value or quantity:
                item["basis"] = own[0].basis
        if with_claims:
            item["claims"] = context.claim_ids(rows)[:CLAIMS_SHOWN]
        items.append(item)
    return items


def _summary(context: Context, begun: list[int], found: Network) -> str:
    lang, around = context.lang, len(found.tiers) - len(begun)
    names = ", ".join(context.name(unit) for unit in begun[:3]) + ("…" if len(begun) > 3 else "")
    left_out = sum(fan.total - fan.shown for fan in found.fans)
    return say(
        lang,
        en=f"{names}: {count(around, 'entity', 'en')} around, {count(len(found.links), 'relation', 'en')}"
        + (f"; only counted: {left_out} more {noun('neighbour', left_out, 'en')}" if left_out else "") + ".",
        ru=f"{names}: вокруг {count(around, 'entity', 'ru')}, {count(len(found.links), 'relation', 'ru')}"
        + (f"; только сосчитано: ещё {count(left_out, 'neighbour', 'ru')}" if left_out else "") + ".",
    )  # fmt: skip


QUESTION = Question(
    name="lookup.network",
    route="/network",
    title={"en": "Network around", "ru": "Сеть вокруг"},
    doc={
        "en": (
            "The network around one or more entities, for a picture: who stands how many tiers upstream or downstream, "
            "and every link between those who are shown, with up to three of its claims. Of a hub the first "
            "neighbours by name are shown and the others counted. A walk goes on through plants, companies and "
            "organisations alone."
        ),
        "ru": (
            "Сеть вокруг одного или нескольких объектов, для рисунка: кто на сколько уровней выше или ниже и все связи "
            "между показанными. У больших узлов показаны первые соседи, остальные сосчитаны."
        ),
    },
    params=NetworkParams,
    result=NetworkList,
    answer=answer,
    about=ANYTHING,
    example={"id": "Изопан Рус"},
)
