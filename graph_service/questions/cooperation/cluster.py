"""A cluster: its members with their roles, the ties among them and with others."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Annotated, NotRequired

import numpy as np
from pydantic import Field
from typing_extensions import TypedDict

from graph_service.analysis.links import witnesses
from graph_service.questions.answer import Answer
from graph_service.questions.context import Context, EntityItem
from graph_service.questions.question import PageParams, Params, Question
from graph_service.questions.values import tally
from graph_service.questions.wording import count, say
from graph_service.snapshot.snapshot import Ints, Mask

RELATIONS = ("SUPPLIES", "COOPERATES_WITH", "OWNS", "OPERATES")
OUTSIDE_SHOWN = 100


class ClusterParams(PageParams, Params):
    """Which cluster."""

    id: Annotated[str, Field(description="The cluster or industrial park: id or name.")]


class MemberItem(TypedDict):
    """A member, as what, and with how many ties to other members and to others."""

    entity: EntityItem
    what: NotRequired[list[str]]
    status: str
    inside_total: int
    outside_total: int
    claims: list[str]


TieRow = TypedDict(
    "TieRow",
    {
        "from": EntityItem, "relation": str, "direction": str, "to": EntityItem, "product": NotRequired[EntityItem],
        "status": str, "witnesses": int, "claims": list[str],
    },
)  # fmt: skip
"""A tie as it is stated: of one relation, between two, about one product."""


class Cluster(TypedDict):
    """Members by name; ties among members; ties with others, the members' names first."""

    of: EntityItem
    items: list[MemberItem]
    total: int
    by_status: dict[str, int]
    inside: list[TieRow]
    inside_total: int
    outside: list[TieRow]
    outside_total: int


def answer(context: Context, params: ClusterParams) -> Answer:
    """The members as units, and every tie that has a member at one end."""
    snapshot = context.snapshot
    cluster = context.entity(params.id, types=("Cluster",))
    own = member_rows(context, cluster)
    members = context.by_name(own)
    is_member = np.zeros(len(snapshot.entity_ids), bool)
    is_member[members] = True
    ties = _ties(context, members)
    inside = [key for key in ties if is_member[key[0]] and is_member[key[1]]]
    outside = [key for key in ties if not (is_member[key[0]] and is_member[key[1]])]
    statuses = [context.status(own[member]) for member in members]
    page = members[params.shown]
    items = [_member(context, member, own[member], inside, outside) for member in page]
    within = [_tie(context, key, ties[key]) for key in _ordered(context, inside, is_member)]
    beyond = [_tie(context, key, ties[key]) for key in _ordered(context, outside, is_member)[:OUTSIDE_SHOWN]]
    claims = [claim for part in (items, within, beyond) for row in part for claim in row["claims"]]
    return Answer(
        summary=_summary(context, cluster, len(members), len(inside), len(outside)),
        data={
            "of": context.item(cluster), "items": items, "total": len(members),
            "by_status": tally(statuses),
            "inside": within, "inside_total": len(inside), "outside": beyond, "outside_total": len(outside),
        },
        evidence=list(dict.fromkeys(claims)),
        truncated=len(outside) > OUTSIDE_SHOWN,
        next_cursor=params.next_cursor(len(members)),
    )  # fmt: skip


def member_rows(context: Context, cluster: int) -> dict[int, list[int]]:
    """The claims that make each unit a member."""
    snapshot = context.snapshot
    found: dict[int, list[int]] = {}
    for row in context.kept(snapshot.rows_to(cluster, "MEMBER_OF")).tolist():
        found.setdefault(snapshot.unit(int(snapshot.claims["from"][row])), []).append(row)
    return found


_Key = tuple[int, int, str, int]


def _ties(context: Context, members: Sequence[int]) -> dict[_Key, list[int]]:
    """Claims by the two units, relation and product; a company and a plant that are one unit have none."""
    snapshot = context.snapshot
    c, unit_of = snapshot.claims, snapshot.unit_positions
    halves = snapshot.halves_of(np.array(members, np.int32))
    rows: Ints = np.unique(np.concatenate([snapshot.by_from.of_all(halves), snapshot.by_to.of_all(halves)]))
    counts: Mask = context.mask[rows] & snapshot.is_type(*RELATIONS)[rows]
    found: dict[_Key, list[int]] = {}
    for row in rows[counts].tolist():
        source, target = int(unit_of[c["from"][row]]), int(unit_of[c["to"][row]])
        if source != target:
            key = (source, target, snapshot.term("type", row) or "", int(c["product"][row]))
            found.setdefault(key, []).append(row)
    return found


def _ordered(context: Context, keys: Iterable[_Key], is_member: Mask) -> list[_Key]:
    """By the member that comes first, relation, the other side and product."""
    name, ids = context.name, context.snapshot.entity_ids

    def order(key: _Key) -> tuple[str, str, str, str, str]:
        source, target, relation, product = key
        own, other = (source, target) if is_member[source] else (target, source)
        return name(own), relation, name(other), ids[other], ids[product] if product >= 0 else ""

    return sorted(keys, key=order)


def _tie(context: Context, key: _Key, rows: list[int]) -> TieRow:
    source, target, relation, product = key
    item: TieRow = {
        "from": context.item(source), "relation": relation, "direction": "out", "to": context.item(target),
        "status": context.status(rows), "witnesses": witnesses(context.snapshot, rows),
        "claims": context.claim_ids(rows),
    }  # fmt: skip
    if product_item := context.product_item(product):
        item["product"] = product_item
    return item


def _member(
    context: Context, member: int, rows: list[int], inside: Sequence[_Key], outside: Sequence[_Key]
) -> MemberItem:
    item = MemberItem(
        entity=context.item(member),
        status=context.status(rows),
        inside_total=sum(member in key[:2] for key in inside),
        outside_total=sum(member in key[:2] for key in outside),
        claims=context.claim_ids(rows),
    )
    if roles := sorted({role for row in rows if (role := context.snapshot.term("role", row))}):
        item["what"] = roles
    return item


def _summary(context: Context, cluster: int, members: int, inside: int, outside: int) -> str:
    lang, name = context.lang, context.name(cluster)
    if not members:
        return say(
            lang, en=f"No member of {name} is known; that is no proof that there is none.",
            ru=f"{name}: участники неизвестны; это не значит, что их нет.",
        )  # fmt: skip
    return say(
        lang,
        en=f"{name}: {count(members, 'member', 'en')} named; {count(inside, 'link', 'en')} among them known, {outside} "
        "with others.",
        ru=f"{name}: названо участников {members}; известно связей между ними {inside}, с другими {outside}.",
    )


QUESTION = Question(
    name="cooperation.cluster",
    route="/clusters/{id}",
    title={"en": "Members of a cluster", "ru": "Участники кластера"},
    doc={
        "en": (
            "Who is a member of a cluster or industrial park, and as what; which ties among members are known "
            "(supplies, cooperation, ownership), and which with others. A member without known ties is listed all the "
            "same: nobody may have written them down. How far members supply each other is another question: "
            "self-sufficiency."
        ),
        "ru": (
            "Кто участник кластера или индустриального парка и в какой роли; какие связи известны между участниками "
            "(поставки, сотрудничество, владение) и какие с другими. Участник без известных связей тоже в списке. "
            "Насколько участники снабжают друг друга — отдельный вопрос, «Самообеспеченность»."
        ),
    },
    params=ClusterParams,
    result=Cluster,
    answer=answer,
    about=("Cluster",),
    example={"id": "Kaustik chemical park"},
)
