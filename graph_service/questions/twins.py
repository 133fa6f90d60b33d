"""The Cypher that reproduces an answer on Neo4j: the question's twin, or the evidence by claim ids."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from graph_service.questions.answer import Answer
from graph_service.questions.context import Context
from graph_service.questions.question import Params, PlaceParams, Question
from graph_service.snapshot.filters import oldest_day
from graph_service.store.cypher_files import read_cypher
from graph_service.store.port import CypherServer

EVIDENCE = "evidence"


def evidence_of(answer: Answer) -> tuple[str, dict[str, Any]]:
    """The file that shows the claims of an answer, and its parameters."""
    return EVIDENCE, {"claims": list(answer.evidence)}


def twin_of(question: Question[Any], context: Context) -> tuple[str, dict[str, Any]] | None:
    """Name of the question's own file under ``cypher/questions`` and its parameters; None where no file says it all."""
    if question.twin is None or _filters_places(context.params):
        return None
    twin = question.twin(context, context.params)
    if twin is None:
        return None
    name, own = twin
    declared = read_cypher(f"questions/{name}").parameters
    return name, {key: value for key, value in {**filter_parameters(context), **own}.items() if key in declared}


def answer_from_server(question: Question[Any], context: Context, server: CypherServer) -> Answer | None:
    """The answer from the rows of the twin; None where the question or these parameters leave it to the snapshot.

    Raises:
        StoreUnavailable: the server does not answer.
    """
    twin = twin_of(question, context) if question.from_server else None
    if question.from_server is None or twin is None:
        return None
    name, parameters = twin

    def run(**changes: Any) -> list[dict[str, Any]]:
        return server.run_question(name, {**parameters, **changes})

    return question.from_server(context, context.params, run)


def _filters_places(params: Params) -> bool:
    return any(getattr(params, name, None) is not None for name in PlaceParams.model_fields)


def filter_parameters(context: Context) -> dict[str, Any]:
    """The filters as the twins take them; a neutral value where a filter is not used."""
    filters, snapshot = context.filters, context.snapshot

    def ids(positions: frozenset[int] | None, names: Sequence[str]) -> list[str] | None:
        return None if positions is None else sorted(names[position] for position in positions)

    return {
        "valid_at": filters.valid_at.isoformat(),
        "known_at": filters.known_at,
        "statuses": list(filters.statuses),
        "min_confidence": filters.min_confidence,
        "reviews": list(filters.reviews) or None,
        "oldest_seen": oldest_day(filters),
        "documents": ids(filters.documents, snapshot.documents),
        "excluded_documents": ids(filters.without_documents, snapshot.documents),
        "products": ids(filters.products, snapshot.entity_ids),
        "excluded_products": ids(filters.without_products, snapshot.entity_ids),
    }


def browser_text(name: str, parameters: Mapping[str, Any]) -> str:
    """What a person pastes into Neo4j Browser: the parameters, then the query with its documentation."""
    file = read_cypher(f"questions/{name}")
    given = ", ".join(f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in parameters.items())
    comment = "\n".join(f"// {line}" for line in file.doc.splitlines())
    return f":params {{{given}}}\n\n{comment}\n{file.text.strip()}\n"
