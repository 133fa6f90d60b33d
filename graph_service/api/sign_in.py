"""In a browser a key is exchanged for a cookie that scripts cannot read and other sites cannot send."""

from __future__ import annotations

from urllib.parse import urlencode

from flask import Blueprint, redirect, render_template, request
from werkzeug.wrappers import Response

from graph_service.api import access
from graph_service.api.key_file import Keys
from graph_service.errors import Unauthorised

_PATH = "/sign-in"


def add_routes(routes: Blueprint, keys: Keys | None) -> None:
    """The page with the key's form, what it is sent to, and the way out."""

    @routes.get(_PATH)
    def sign_in_form() -> str | Response:
        return redirect("/", 303) if keys is None else render_template("sign_in.html", then=_own(request.args))

    @routes.post(_PATH)
    def sign_in() -> str | Response | tuple[str, int]:
        then = _own(request.form)
        if keys is None:
            return redirect(then, 303)
        try:
            access.sign_in(keys, request.form.get("key", ""))
        except Unauthorised as problem:
            return render_template("sign_in.html", then=then, is_wrong=True), problem.status
        return redirect(then, 303)

    @routes.post("/sign-out")
    def sign_out() -> Response:
        access.sign_out()
        return redirect("/" if keys is None else _PATH, 303)


def address() -> str:
    """The sign-in page that leads back to where this request wanted to go, in the language that it names."""
    given = {"then": request.full_path.rstrip("?")}
    if "lang" in request.args:
        given["lang"] = request.args["lang"]
    return f"{_PATH}?{urlencode(given)}"


def _own(given: dict[str, str]) -> str:
    """Where to go afterwards: a path of this service, never another one."""
    then = given.get("then", "/")
    is_own = then.startswith("/") and not then.startswith(("//", "/\\")) and then.isprintable()
    return then if is_own else "/"
