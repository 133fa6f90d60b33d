"""The language of a page: its address, else what was chosen before, else what the browser prefers, else our own."""

from __future__ import annotations

from flask import Response, current_app, request

from graph_service.api.labels import LANGUAGES

_COOKIE = "zveno_lang"
_SETTING = "ZVENO_LANG"
_YEAR_SECONDS = 365 * 24 * 3600


def language() -> str:
    """Ru or en."""
    for lang in (request.args.get("lang"), request.cookies.get(_COOKIE)):
        if lang in LANGUAGES:
            return str(lang)
    return str(request.accept_languages.best_match(LANGUAGES) or current_app.config[_SETTING])


def remember(response: Response) -> Response:
    """Keep a language that the address names for the pages that follow; say what else the page depends on."""
    response.vary.update(("Accept-Language", "Cookie"))
    lang = request.args.get("lang")
    if lang in LANGUAGES and lang != request.cookies.get(_COOKIE):
        response.set_cookie(
            _COOKIE, str(lang), max_age=_YEAR_SECONDS, httponly=True, samesite="Lax", secure=request.is_secure
        )
    return response


def default_setting(lang: str) -> dict[str, str]:
    """The application's setting that names the language where nobody chooses one."""
    return {_SETTING: lang}
