"""A project or cluster: its stages, what it costs by source and scope, who takes part."""

from __future__ import annotations

from typing import Annotated, NotRequired

from pydantic import Field
from typing_extensions import TypedDict

from graph_service.questions.answer import Answer
from graph_service.questions.context import Context, EntityItem
from graph_service.questions.figures import FigureItem, figure_claims, figure_items
from graph_service.questions.question import Params, Question
from graph_service.questions.wording import count, say

_SHOWN = ("Project", "Cluster")


class ProjectParams(Params):
    """Which project."""

    id: Annotated[str, Field(description="The project or cluster: id or name.")]


class StageItem(TypedDict):
    """One stage."""

    entity: EntityItem
    seq: NotRequired[int]
    state: NotRequired[str]
    status: str
    participants: list[ParticipantItem]
    claims: list[str]


class ParticipantItem(TypedDict):
    """Who takes part, and as what."""

    entity: EntityItem
    role: NotRequired[str]
    status: str
    claims: list[str]


class ProjectCard(TypedDict):
    """Stages in their order; figures with rivals side by side; figures of other scopes apart."""

    of: EntityItem
    places: list[EntityItem]
    stages: list[StageItem]
    participants: list[ParticipantItem]
    parts: list[EntityItem]
    part_of: list[EntityItem]
    figures: list[FigureItem]


def answer(context: Context, params: ProjectParams) -> Answer:
    """The project with the figures of its parts, which are of another scope."""
    snapshot, c = context.snapshot, context.snapshot.claims
    project = context.entity(params.id, types=_SHOWN)
    stage_rows = context.kept(snapshot.rows_from(project, "HAS_STAGE")).tolist()
    stages = _stages(context, stage_rows)
    part_rows = context.kept(snapshot.rows_to(project, "PART_OF"))
    parts = context.by_name({int(c["from"][row]) for row in part_rows})
    part_of = context.by_name({int(c["to"][row]) for row in context.kept(snapshot.rows_from(project, "PART_OF"))})
    subjects = [project, *parts, *(int(c["to"][row]) for row in stage_rows)]
    figures = figure_items(
        context,
        [
            row
            for subject in dict.fromkeys(subjects)
            for row in context.kept(snapshot.rows_from(subject, "HAS")).tolist()
        ],
        about=project,
    )
    figures.sort(
        key=lambda figure: (
            "about" in figure,
            figure["kind"] != "Cost",
            figure["kind"],
            figure.get("scope", ""),
        )
    )
    participants = _participants(context, project)
    card = ProjectCard(
        of=context.item(project), places=[context.item(place) for place in snapshot.places.around(project)],
        stages=stages, participants=participants, parts=[context.item(part) for part in parts],
        part_of=[context.item(whole) for whole in part_of], figures=figures,
    )  # fmt: skip
    claims = figure_claims(figures) + [claim for stage in stages for claim in stage["claims"]]
    claims += [claim for participant in participants for claim in participant["claims"]]
    claims += [claim for stage in stages for participant in stage["participants"] for claim in participant["claims"]]
    return Answer(
        summary=_summary(context, project, card),
        data=card,
        evidence=list(dict.fromkeys([*claims, *context.claim_ids(part_rows.tolist())])),
    )


def _stages(context: Context, rows: list[int]) -> list[StageItem]:
    snapshot, c = context.snapshot, context.snapshot.claims
    found: dict[int, list[int]] = {}
    for row in sorted(rows, key=lambda row: int(c["choice"][row])):
        found.setdefault(int(c["to"][row]), []).append(row)
    items = []
    for stage, own in found.items():
        item = StageItem(
            entity=context.item(stage), status=context.status(own),
            participants=_participants(context, stage), claims=context.claim_ids(own),
        )  # fmt: skip
        if c["seq"][own[0]] >= 0:
            item["seq"] = int(c["seq"][own[0]])
        if state := snapshot.attributes[stage].get("status_text"):
            item["state"] = str(state)
        items.append(item)
    return sorted(items, key=lambda item: (item.get("seq", 10**9), item["entity"]["name"]))


def _participants(context: Context, venue: int) -> list[ParticipantItem]:
    snapshot, c = context.snapshot, context.snapshot.claims
    found: dict[tuple[int, str | None], list[int]] = {}
    for row in context.kept(snapshot.rows_to(venue, "PARTICIPATES_IN", "MEMBER_OF")).tolist():
        found.setdefault((int(c["from"][row]), snapshot.term("role", row)), []).append(row)
    items = []
    for (entity, role), rows in found.items():
        item = ParticipantItem(
            entity=context.item(entity),
            status=context.status(rows),
            claims=context.claim_ids(rows),
        )
        if role:
            item["role"] = role
        items.append(item)
    return sorted(items, key=lambda item: (item["entity"]["name"], item.get("role", "")))


def _summary(context: Context, project: int, card: ProjectCard) -> str:
    lang = context.lang
    text = f"{context.name(project)}: {count(len(card['stages']), 'stage', lang)}"
    costs = [figure for figure in card["figures"] if figure["kind"] == "Cost" and "about" not in figure]
    rival = next((figure for figure in costs if figure["rivals"]), None)
    if rival is not None:
        text += say(
            lang,
            en=f"; sources disagree about its cost ({1 + len(rival['agree'])} for the chosen figure, "
            f"{len(rival['rivals'])} against)",
            ru=f"; о стоимости источники расходятся (за выбранную цифру {1 + len(rival['agree'])}, "
            f"против {len(rival['rivals'])})",
        )
    elif not costs:
        text += say(lang, en="; its cost is not known", ru="; стоимость неизвестна")
    return text + "."


QUESTION = Question(
    name="cooperation.project",
    route="/projects/{id}",
    title={"en": "Project", "ru": "Проект"},
    doc={
        "en": (
            "A project or cluster with its stages in order, participants and roles, and its figures: rival figures "
            "side by side with the one chosen and the rule, figures of another scope (“two stages of three”, one part "
            "alone) apart, since they are no rivals."
        ),
        "ru": (
            "Проект или кластер: этапы по порядку, участники и роли, показатели. Спорные цифры стоят рядом, с "
            "выбранной и правилом; цифры другого охвата («два этапа из трёх») — отдельно, они не спорят."
        ),
    },
    params=ProjectParams,
    result=ProjectCard,
    answer=answer,
    about=("Project", "Cluster"),
    example={"id": "Создание химико-фармацевтического кластера"},
)
