"""What stops, for certain and possibly, when units, places, products or export markets are switched off."""

from __future__ import annotations

from collections import Counter
from typing import Annotated, Any, Literal, NotRequired

import numpy as np
from pydantic import Field
from typing_extensions import TypedDict

from graph_service.analysis.links import links
from graph_service.analysis.needs import Needs
from graph_service.analysis.shocks import Fuse, Stopped, fuse, stop
from graph_service.domain.schema import ACTORS
from graph_service.questions.answer import Answer
from graph_service.questions.context import Context, EntityItem, words
from graph_service.questions.link_items import LinkItem, link_item
from graph_service.questions.need_items import LeftOut, left_out_of, left_out_words, needs_of_graph
from graph_service.questions.planning.what_if_words import Switched, sentence
from graph_service.questions.question import PageParams, Params, Question
from graph_service.questions.stop_items import CauseItem, cause_of
from graph_service.snapshot.snapshot import Ints

Certainty = Literal["certain", "possible"]
_SHOWN = 50

_SWITCHES = ("off", "off_region", "off_country", "off_product", "close_market")


class WhatIfParams(Params, PageParams):
    """What is switched off; at least one of them."""

    off: Annotated[str | None, Field(description="Plants or companies that stop, comma-separated.")] = None
    off_region: Annotated[str | None, Field(description="Regions whose plants and companies all stop.")] = None
    off_country: Annotated[str | None, Field(description="Countries whose plants and companies all stop.")] = None
    off_product: Annotated[str | None, Field(description="Products, and what lies inside them, nobody delivers.")] = (
        None
    )
    close_market: Annotated[str | None, Field(description="Countries that nobody can export to any more.")] = None


class StoppedItem(TypedDict):
    """A unit that stops, in which round after the shock, and by which need."""

    entity: EntityItem
    certainty: Certainty
    round: int
    because: CauseItem
    claims: list[str]


class TouchedMarket(TypedDict):
    """An export market of a unit that is switched off or stops, or one that is closed."""

    country: EntityItem
    exporter: EntityItem
    certainty: Certainty
    links: list[LinkItem]


class TouchedRegion(TypedDict):
    """How many units of a region stop; those switched off are not counted."""

    region: EntityItem
    certain: int
    possible: int


class WhatIf(TypedDict):
    """Units that stop: certain first, then by round and name."""

    switched_off: list[EntityItem]
    switched_off_total: int
    items: list[StoppedItem]
    total: int
    by_certainty: dict[str, int]
    exports: list[TouchedMarket]
    exports_total: int
    regions: list[TouchedRegion]
    region_unknown: NotRequired[int]
    upstream_of_exporters: NotRequired[int]
    left_out: NotRequired[LeftOut]


def answer(context: Context, params: WhatIfParams) -> Answer:
    """The least fixpoint for certain and possibly, and what it touches."""
    needs = needs_of_graph(context)
    switched = _switched(context, params)
    off = {*switched.units, *switched.inside}
    dead = _dead_edges(context, params, needs)
    fuses: dict[Certainty, Fuse] = {"certain": fuse(needs, certain=True), "possible": fuse(needs, certain=False)}
    found = {certainty: stop(needs, own, off, dead) for certainty, own in fuses.items()}
    certainties: dict[int, Certainty] = dict.fromkeys(found["possible"].units.tolist(), "possible")
    certainties |= dict.fromkeys(found["certain"].units.tolist(), "certain")
    order = sorted(certainties, key=lambda unit: _rank(context, found[certainties[unit]], unit, certainties[unit]))
    page = order[params.shown]
    items = [
        _item(context, needs, fuses[certainties[unit]], found[certainties[unit]], unit, certainties[unit])
        for unit in page
    ]
    closed = set(switched.markets)
    sold = context.kept(np.flatnonzero(context.snapshot.is_type("EXPORTS_TO")))
    exports = _exports(context, sold, closed, off, certainties)
    data: dict[str, Any] = {
        "switched_off": [context.item(unit) for unit in context.by_name(off)[:_SHOWN]], "switched_off_total": len(off),
        "items": items, "total": len(order), "by_certainty": dict(Counter(certainties[unit] for unit in order)),
        "exports": exports[:_SHOWN], "exports_total": len(exports),
    }  # fmt: skip
    data |= _regions(context, certainties)
    if params.close_market:
        data["upstream_of_exporters"] = _upstream(context, needs, sold, closed)
    left = left_out_of(context, _counted(context, switched))
    if left:
        data["left_out"] = left
    certain = sum(certainty == "certain" for certainty in certainties.values())
    claims = [claim for item in items for claim in item["claims"]]
    claims += [claim for market in exports[:_SHOWN] for link in market["links"] for claim in link["claims"]]
    return Answer(
        summary=sentence(
            context,
            switched,
            certain=certain,
            possible=len(order) - certain,
            exports=len(exports),
        )
        + left_out_words(left, context.lang),
        data=data,
        bounds={"certain": certain, "possible": len(order)},
        evidence=list(dict.fromkeys(claims)),
        explored={"needs": len(needs), "edges": len(needs.edge_need)},
        next_cursor=params.next_cursor(len(order)),
    )


def _switched(context: Context, params: WhatIfParams) -> Switched:
    def named(parameter: str, *types: str) -> list[int]:
        return [context.entity(word, types=types, parameter=parameter) for word in words(getattr(params, parameter))]

    regions, countries = named("off_region", "Region"), named("off_country", "Country")
    return Switched(
        units=sorted({context.snapshot.unit(entity) for entity in named("off", *ACTORS)}),
        regions=regions, countries=countries, inside=_inside(context, {*regions, *countries}),
        products=context.product_words(params.off_product, "off_product"),
        markets=sorted(set(named("close_market", "Country"))),
    )  # fmt: skip


def _inside(context: Context, places: set[int]) -> list[int]:
    """The units whose home is, or lies in, one of the places."""
    if not places:
        return []
    snapshot = context.snapshot
    homes, around = snapshot.homes, snapshot.places.around
    inside = [home for home in np.unique(homes).tolist() if home >= 0 and places & {home, *around(home)}]
    units = np.unique(snapshot.unit_positions[snapshot.of_type(*ACTORS)])
    found: list[int] = units[np.isin(homes[units], inside)].tolist()
    return found


def _dead_edges(context: Context, params: WhatIfParams, needs: Needs) -> np.ndarray[Any, np.dtype[np.int64]]:
    products = context.products(params.off_product, "off_product") or frozenset()
    return np.flatnonzero(np.isin(needs.product[needs.edge_need], sorted(products)))


def _rank(context: Context, stopped: Stopped, unit: int, certainty: Certainty) -> tuple[bool, int, str, str]:
    return certainty != "certain", int(stopped.round[unit]), context.name(unit), context.snapshot.entity_ids[unit]


def _item(context: Context, needs: Needs, own: Fuse, stopped: Stopped, unit: int, certainty: Certainty) -> StoppedItem:
    because = cause_of(context, needs, own, stopped, unit)
    assert because is not None  # it was not switched off itself
    return StoppedItem(
        entity=context.item(unit), certainty=certainty, round=int(stopped.round[unit]), because=because,
        claims=because["claims"],
    )  # fmt: skip


def _exports(
    context: Context, rows: Ints, closed: set[int], off: set[int], certainties: dict[int, Certainty]
) -> list[TouchedMarket]:
    """Exports of whoever is off or stops, and all exports into closed markets."""
    snapshot, c = context.snapshot, context.snapshot.claims
    touched = np.isin(c["from"][rows], [*off, *certainties]) | np.isin(c["to"][rows], sorted(closed))
    found: dict[tuple[int, int], list[LinkItem]] = {}
    for link in links(snapshot, rows[touched], context.valid_at):
        found.setdefault((link.target, link.source), []).append(link_item(context, link))
    items = [
        TouchedMarket(
            country=context.item(country), exporter=context.item(exporter), links=own,
            certainty="certain" if country in closed or exporter in off else certainties.get(exporter, "possible"),
        )
        for (country, exporter), own in found.items()
    ]  # fmt: skip
    return sorted(items, key=lambda x: (x["certainty"] != "certain", x["country"]["name"], x["exporter"]["name"]))


def _upstream(context: Context, needs: Needs, rows: Ints, closed: set[int]) -> int:
    """How many units supply, at any tier, those that export to the closed markets."""
    snapshot = context.snapshot
    hit = np.isin(snapshot.claims["to"][rows], sorted(closed))
    frontier = np.unique(snapshot.claims["from"][rows[hit]])
    seen = np.zeros(len(snapshot.entity_ids), bool)
    seen[frontier] = True
    exporters = len(frontier)
    while len(frontier):
        suppliers = np.unique(needs.edge_supplier[needs.by_need.of_all(needs.by_buyer.of_all(frontier))])
        frontier = suppliers[~seen[suppliers]]
        seen[frontier] = True
    return int(seen.sum()) - exporters


def _regions(context: Context, certainties: dict[int, Certainty]) -> dict[str, Any]:
    counts: dict[int, Counter[str]] = {}
    unknown = 0
    for unit, certainty in certainties.items():
        region = context.home(unit, "Region")
        if region is None:
            unknown += 1
        else:
            counts.setdefault(region, Counter())[certainty] += 1
    items = [
        TouchedRegion(
            region=context.item(region), certain=counts[region]["certain"], possible=counts[region]["possible"]
        )
        for region in context.by_name(counts)
    ]
    return {"regions": items} | ({"region_unknown": unknown} if unknown else {})


def _counted(context: Context, switched: Switched) -> Ints:
    """Claims that would count if they were no plans and not too old: exports to a closed market, else all supplies."""
    snapshot = context.snapshot
    if not switched.is_market_only:
        return np.flatnonzero(snapshot.is_type("SUPPLIES")).astype(np.int32)
    exports = np.flatnonzero(snapshot.is_type("EXPORTS_TO")).astype(np.int32)
    return exports[np.isin(snapshot.claims["to"][exports], switched.markets)]


QUESTION = Question(
    name="planning.what_if",
    route="/what-if",
    title={"en": "What if it stops", "ru": "Что если остановится"},
    doc={
        "en": (
            "What else stops when plants or companies, all units of a region or country, a product or an export market "
            "are switched off. For certain: a need fires that sources call essential and whose suppliers are all "
            "named, and each of them has stopped. Possibly: where sources say neither yes nor no. A need without known "
            "suppliers never fires; where supply goes in a circle it sustains itself. A closed market stops nobody by "
            "itself: its exporters are listed, and how many units supply them. Each unit comes with the need that "
            "failed. May be asked by GET, or by POST with the parameters as JSON."
        ),
        "ru": (
            "Что ещё остановится, если выключить заводы или компании, все предприятия региона или страны, продукт или "
            "рынок экспорта. Наверняка — если перестала закрываться потребность, которую источники называют "
            "незаменимой и у которой названы все поставщики. Возможно — где об этом не сказано. У каждого — какая "
            "потребность подвела."
        ),
    },
    params=WhatIfParams,
    result=WhatIf,
    answer=answer,
    default_statuses=("actual",),
    example={"off": "Волгабас Волжский,Праксайр Волгоград"},
    needs_any=_SWITCHES,
    takes_body=True,
)
