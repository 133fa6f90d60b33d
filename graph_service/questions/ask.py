"""One way to an answer: parameters are checked, the question reads the snapshot, the envelope is filled in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from time import perf_counter
from typing import Any
from urllib.parse import quote, urlencode

from pydantic import ValidationError

from graph_service.domain import clocks
from graph_service.domain.nearest import nearest
from graph_service.errors import BadParameter, NotFound, StoreUnavailable
from graph_service.questions.answer import Answer
from graph_service.questions.context import Context, shorten
from graph_service.questions.question import Params, Question, registry
from graph_service.questions.sources import document_item
from graph_service.questions.twins import answer_from_server, browser_text, evidence_of, twin_of
from graph_service.snapshot.live import LiveSnapshot, View
from graph_service.store.port import CypherServer

EVIDENCE_SHOWN = 50
"""Quotes that come with an answer; the ids of all claims always do."""


def find_question(name: str) -> Question[Any]:
    """A question by name (``dependency.suppliers``) or command (``suppliers``).

    Raises:
        NotFound: there is none; the nearest name is given.
    """
    questions = registry()
    if name in questions:
        return questions[name]
    by_command = {question.command: question for question in questions.values()}
    if name in by_command:
        return by_command[name]
    near = nearest(name, [*by_command, *questions])
    raise NotFound(f"there is no question {name!r}{near or '; zveno ask --help and docs/questions.md list all'}")


def check_parameters(question: Question[Any], given: Mapping[str, Any]) -> Params:
    """The question's parameters, checked; an empty value is none, as in an address.

    Raises:
        BadParameter: an unknown parameter (naming the nearest known one), a value that does not fit, or none of those
            of which one is needed.
    """
    known = known_parameters(question)
    for name in given:
        if name not in known:
            raise BadParameter(f"unknown parameter {name!r}{nearest(name, known)}", parameter=name)
    try:
        stated = {name: value for name, value in given.items() if not _is_empty(value)}
        params: Params = question.params.model_validate(stated)
    except ValidationError as problem:
        first = problem.errors(include_url=False)[0]
        field = str(first["loc"][0]) if first["loc"] else "parameters"
        raise BadParameter(f"{field}: {_misfit(question, field, first)}", parameter=field) from problem
    if question.needs_any and not any(getattr(params, name) for name in question.needs_any):
        raise BadParameter(f"give at least one of {', '.join(question.needs_any)}", parameter=question.needs_any[0])
    return params


def _is_empty(value: object) -> bool:
    return value is None or (isinstance(value, str) and not value.strip()) or value in ([], ())


def _misfit(question: Question[Any], field: str, error: Any) -> str:
    """What is wrong with a value, in words."""
    if error["type"].startswith("date"):
        return f"{shorten(str(error['input']))!r} is no day; write it like 2026-11-24"
    if error["type"] == "string_pattern_mismatch":
        fields = dict(zip(known_parameters(question), question.params.model_fields.values(), strict=True))
        return f"{shorten(error['input'])!r} is not what belongs here: {fields[field].description}"
    return str(error["msg"])


def known_parameters(question: Question[Any]) -> tuple[str, ...]:
    """Every name that the question takes, as it is written in an address."""
    return tuple(field.serialization_alias or name for name, field in question.params.model_fields.items())


def ask(live: LiveSnapshot, name: str, given: Mapping[str, Any], server: CypherServer | None = None) -> dict[str, Any]:
    """Answer a question: the whole envelope of docs/api.md, ready to be written as JSON.

    Args:
        live: the snapshots.
        name: the question.
        given: its parameters.
        server: computes what has a twin and a way from the twin's rows to the answer; the snapshot does the rest.
    """
    started = perf_counter()
    question = find_question(name)
    view = live.view()
    context = _context(live, view, question, given)
    answer, stale = None, view.stale
    if server is not None and not stale:
        try:
            answer = answer_from_server(question, context, server)
        except StoreUnavailable:
            stale = True
    engine = "snapshot" if answer is None else "cypher"
    answer = answer or question.answer(context, context.params)
    return _envelope(question, context, answer, engine=engine, stale=stale, started=started)


def cypher(live: LiveSnapshot, name: str, given: Mapping[str, Any]) -> str:
    """The Cypher that reproduces an answer, ready for Neo4j Browser."""
    question = find_question(name)
    context = context_of(live, question, given)
    twin = twin_of(question, context)
    return browser_text(*(twin or evidence_of(question.answer(context, context.params))))


def context_of(live: LiveSnapshot, question: Question[Any], given: Mapping[str, Any]) -> Context:
    """What a question with these parameters works with now."""
    return _context(live, live.view(), question, given)


def _context(live: LiveSnapshot, view: View, question: Question[Any], given: Mapping[str, Any]) -> Context:
    return Context(
        snapshot=view.snapshot,
        params=check_parameters(question, given),
        sources=view.sources,
        store=live.store,
        statuses=question.default_statuses,
        today=clocks.today(),
    )


def _envelope(
    question: Question[Any], context: Context, answer: Answer, *, engine: str, stale: bool, started: float
) -> dict[str, Any]:
    envelope: dict[str, Any] = {"summary": answer.summary, "data": answer.data}
    if answer.bounds is not None:
        envelope["bounds"] = answer.bounds
    if answer.coverage is not None:
        envelope["coverage"] = answer.coverage
    try:
        envelope["evidence"] = _evidence(context, answer.evidence, stale=stale)
    except StoreUnavailable:  # it went down after the snapshot was looked at
        stale = True
        envelope["evidence"] = _evidence(context, answer.evidence, stale=stale)
    known_at = context.known_at
    times = {version.number: version.committed_at for version in context.snapshot.versions}
    envelope["meta"] = {
        "question": question.name,
        "graph_version": context.snapshot.version.number,
        "valid_at": context.valid_at.isoformat(),
        "known_at": known_at,
        "known_at_time": times.get(known_at),
        "lang": context.lang,
        "engine": engine,
        "truncated": answer.truncated,
        "explored": dict(answer.explored),
        "stale": stale,
        "elapsed_ms": round((perf_counter() - started) * 1000, 1),
    }
    envelope["links"] = _links(question, context, answer)
    return envelope


def _evidence(context: Context, claim_ids: Sequence[str], *, stale: bool) -> dict[str, Any]:
    evidence: dict[str, Any] = {"claims": list(claim_ids)}
    if stale or not claim_ids:
        return evidence | {"documents": []}
    stored = context.store.claims(claim_ids[:EVIDENCE_SHOWN], ("quote", "note"))
    sources = {source.source_id: source for source in context.store.sources()}
    documents = context.store.documents({claim.document_id for claim in stored})
    evidence["documents"] = [document_item(document, sources[document.source_id]) for document in documents]
    evidence["quotes"] = [
        {"claim": claim.claim_id, "document": claim.document_id}
        | {name: claim.fields[name] for name in ("quote", "note") if name in claim.fields}
        for claim in stored
    ]
    if len(claim_ids) > EVIDENCE_SHOWN:
        evidence["quotes_shown"] = EVIDENCE_SHOWN
    return evidence


def pinned(question: Question[Any], context: Context) -> dict[str, str]:
    """The parameters that are stated, with the clocks of this answer: the same question for ever."""
    stated = context.params.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    return {"lang": context.lang} | {name: str(value) for name, value in stated.items()} | _clocks(context)


def _clocks(context: Context) -> dict[str, str]:
    """Both clocks as they were read, but the one that the question's own parameters set."""
    clocks = {"valid_at": context.valid_at.isoformat(), "known_at": str(context.known_at)}
    return {name: value for name, value in clocks.items() if name != context.params.clock_named}


def _links(question: Question[Any], context: Context, answer: Answer) -> dict[str, str]:
    params = context.params
    certified = {"question": question.name, "parameters": urlencode(sorted(pinned(question, context).items()))}
    links = {
        "self": address(question, params),
        "cypher": address(question, params, format="cypher"),
        "certificate": f"/api/v1/certificate?{urlencode(certified)}",
    }
    if answer.next_cursor is not None:
        # The next page is of the same graph and day, whatever is written meanwhile and whenever it is turned.
        links["next"] = address(question, params, cursor=answer.next_cursor, **_clocks(context))
    return links


def address(question: Question[Any], params: Params, **changes: str) -> str:
    """The relative address that asks this question with these parameters; defaults are left out, but the language."""
    stated = params.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    given = {"lang": params.lang, **stated, **changes}  # a service may have another language of its own
    path = question.route
    for name in question.path_parameters:
        path = path.replace("{" + name + "}", quote(str(given.pop(name, "")), safe=""))
    query = urlencode(sorted(given.items()))
    return f"/api/v1{path}" + (f"?{query}" if query else "")
