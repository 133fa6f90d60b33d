"""Pages for people: one view asks, one renderer shows; home, forms and problems around them."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from flask import Blueprint, Response, g, redirect, render_template, request, send_from_directory, url_for
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response as AnyResponse

from graph_service.api import api_docs, problems, sign_in
from graph_service.api.addresses import PLAIN, cursor_of, form_of, page_of, questions_about, with_parameters
from graph_service.api.cells import entity_page, glyph, icon
from graph_service.api.forms import form_fields
from graph_service.api.home import overview
from graph_service.api.key_file import Keys
from graph_service.api.labels import LANGUAGES, ui, word
from graph_service.api.language import default_setting, language, remember
from graph_service.api.question_routes import query_parameters
from graph_service.api.rendering import render
from graph_service.api.report import report_of
from graph_service.api.responses import FORMATS
from graph_service.domain.said import in_language
from graph_service.errors import Merged, Unauthorised, ZvenoError
from graph_service.graph import Graph
from graph_service.questions.ask import find_question, known_parameters
from graph_service.questions.question import Question

logger = logging.getLogger(__name__)

Page = Response | AnyResponse | str | tuple[str, int]
_STATIC = Path(__file__).with_name("static")
_SUBJECTS = ("of", "entity")


def blueprint(graph: Graph, default_lang: str, keys: Keys | None) -> Blueprint:
    """All pages.

    Args:
        graph: what they ask.
        default_lang: language where neither the address nor a cookie names one.
        keys: the keys that the sign-in page takes; None where nobody needs one.
    """
    routes = Blueprint("pages", __name__)

    def show(question: Question[Any], given: dict[str, str]) -> Page:
        """The answer; what went wrong stands above the form, so that nothing has to be typed again."""
        problem: ZvenoError | None = None
        envelope = None
        if _is_asked(question, given):
            try:
                envelope = graph.ask(question.name, **{"lang": language(), **given})
            except Merged as merged:
                old, new = merged.extra["id"], merged.extra["location"]
                moved = {name: new if value == old else value for name, value in given.items()}
                if moved != given:
                    return redirect(page_of(question, moved), 308)
                problem = merged  # the old id is one of a list
            except ZvenoError as error:
                problem = error
        content = _question_page(question, given, envelope, problem)
        # Who comes from an entity's page has given its id only; what else is needed is said, and is no mistake.
        is_begun = problem is not None and given.keys() <= {"id", "lang"} and problem.parameter not in given
        if problem is None or is_begun:
            return content
        return content, 409 if isinstance(problem, Merged) else problem.status

    def ask_with(name: str) -> Any:
        return lambda **path: show(find_question(name), query_parameters() | path)

    routes.add_url_rule(f"{PLAIN}/search", "search", ask_with("lookup.search"))
    routes.add_url_rule(f"{PLAIN}/entities/<id>", "entity", ask_with("lookup.entity"))
    routes.add_url_rule(f"{PLAIN}/projects/<id>", "project", ask_with("cooperation.project"))
    routes.add_url_rule(f"{PLAIN}/claims/<id>", "claim", ask_with("evidence.claim"))
    routes.add_url_rule(f"{PLAIN}/documents/<path:id>", "document", ask_with("evidence.document"))

    routes.record_once(lambda state: state.app.config.update(default_setting(default_lang)))
    routes.after_request(remember)

    @routes.app_context_processor
    def _everywhere() -> dict[str, Any]:
        lang = language()
        return {
            "lang": lang,
            "ui": lambda key, **values: ui(lang, key, **values),
            "word": lambda group, key: word(lang, group, key),
            "glyph": glyph,
            "icon": icon,
            "entity_page": entity_page,
            "switch": {other: with_parameters(request.full_path.rstrip("?"), lang=other) for other in LANGUAGES},
            "signed_in": g.get("editor") if keys is not None else None,
        }

    @routes.get(PLAIN)
    def home() -> Page:
        return render_template("home.html", page=overview(graph, language()))

    @routes.get(f"{PLAIN}/ask")
    def questions() -> Page:
        return render_template("questions.html", groups=overview(graph, language()).groups)

    @routes.get(f"{PLAIN}/report/<id>")
    def report(id: str) -> Page:
        asked = query_parameters()
        try:
            return render_template("report.html", report=report_of(graph, {"lang": language(), **asked, "id": id}))
        except Merged as merged:
            return redirect(with_parameters(url_for(".report", id=merged.extra["location"]), **asked), 308)

    @routes.get(f"{PLAIN}/ask/<command>")
    def ask(command: str) -> Page:
        question = find_question(command)
        return show(question, query_parameters())

    @routes.get("/docs")
    def docs() -> Page:
        return render_template("docs.html", groups=api_docs.groups(language()))

    @routes.get("/docs/try/<name>")
    def try_it(name: str) -> Page:
        return redirect(api_docs.request_address(name, query_parameters()), 303)

    @routes.get("/static/<path:name>")
    def static(name: str) -> Response:
        return send_from_directory(_STATIC, name)

    sign_in.add_routes(routes, keys)

    @routes.errorhandler(ZvenoError)
    def _ours(error: ZvenoError) -> Page:
        if not wants_html():
            return problems.from_error(error)
        if isinstance(error, Unauthorised) and request.method == "GET":
            return redirect(sign_in.address(), 303)
        return _problem_page(error.status, error.code, in_language(error.detail, language()), error)

    routes.app_errorhandler(405)(http_problem)

    @routes.errorhandler(Exception)
    def _bug(error: Exception) -> Page:
        logger.exception("unexpected error at %s", request.path)
        detail = "Something went wrong in Zveno itself; the log has the details."
        return (
            _problem_page(500, "internal", detail, None) if wants_html() else problems.problem(500, "internal", detail)
        )

    return routes


def http_problem(error: HTTPException) -> Page:
    """What Flask refuses by itself, as a page for people and as a problem document for programs."""
    if request.path.startswith("/api/") or not wants_html():
        return problems.from_http(error)
    detail = ui(language(), "problem_404_text") if error.code == 404 else error.description or ""
    return _problem_page(error.code or 404, error.name.lower().replace(" ", "-"), detail, None)


def wants_html() -> bool:
    """Whether a browser asks: programs that take anything get JSON."""
    return "text/html" in request.accept_mimetypes.values()


def _is_asked(question: Question[Any], given: Mapping[str, str]) -> bool:
    """A form that nobody has filled in yet is no mistake."""
    needed = [
        alias
        for field, alias in zip(question.params.model_fields.values(), known_parameters(question), strict=True)
        if field.is_required()
    ]
    filled = given.keys() - {"lang"}
    if question.needs_any:
        return bool(filled)
    return not needed or bool(filled - {"id"}) or set(needed) <= filled


def _question_page(
    question: Question[Any], given: dict[str, str], envelope: dict[str, Any] | None, problem: ZvenoError | None
) -> str:
    lang = language()
    subject = (
        next((envelope["data"][name] for name in _SUBJECTS if name in envelope["data"]), None) if envelope else None
    )
    document = envelope["data"].get("document") if envelope else None
    following = cursor_of(envelope["links"].get("next", "")) if envelope else None
    own = envelope["links"]["self"] if envelope else ""
    return render_template(
        "answer.html",
        question=question,
        title=question.title[lang],
        doc=question.doc[lang],
        subject=subject,
        document=document if question.name == "evidence.document" else None,
        about=_about(question, subject),
        fields=form_fields(question, given, lang),
        form=form_of(question),
        is_card=question.name in ("lookup.entity", "cooperation.project", "evidence.claim", "evidence.document"),
        page=render(envelope) if envelope else None,
        problem=problem,
        near=_near(question, given, problem),
        example=page_of(question, question.example) if question.example else None,
        total=envelope["data"].get("total") if envelope else None,
        shown=len(envelope["data"].get("items", ())) if envelope else 0,
        next=page_of(question, {**given, "cursor": following}) if following else None,
        first=page_of(question, {**given, "cursor": ""}) if given.get("cursor") else None,
        formats={name: with_parameters(own, lang=lang, format=name) for name in FORMATS} if envelope else {},
    )


def _about(question: Question[Any], subject: Mapping[str, Any] | None) -> list[tuple[str, str, bool]]:
    """Every question about the same entity: its title, its page, whether it is this one."""
    if subject is None:
        return []
    return [
        (other.title[language()], page_of(other, {"id": subject["id"]}), other.name == question.name)
        for other in questions_about(subject["type"])
    ]


def _near(
    question: Question[Any], given: Mapping[str, str], problem: ZvenoError | None
) -> list[tuple[Mapping[str, Any], str]]:
    """Whom a name may have meant, each with the same question asked about it."""
    if problem is None:
        return []
    parameter = problem.parameter or "id"
    found = problem.extra.get("candidates") or problem.extra.get("near") or []
    return [(item, page_of(question, {**given, parameter: item["id"]})) for item in found]


def _problem_page(status: int, code: str, detail: str, error: ZvenoError | None) -> tuple[str, int]:
    found = (error.extra.get("candidates") or error.extra.get("near") or []) if error else []
    key = f"problem_{status}" if status in (400, 401, 403, 404, 405, 409, 503) else "problem_other"
    near = [(item, entity_page(item)) for item in found]
    return render_template("problem.html", title=ui(language(), key), code=code, detail=detail, near=near), status
