"""Who may do what: keys, sessions of browsers, and the headers that keep other sites out."""

from __future__ import annotations

import ipaddress
from datetime import timedelta
from urllib.parse import urlsplit

from flask import Flask, Response, g, request, session
from flask.sessions import SecureCookieSessionInterface

from graph_service.api.key_file import Key, Keys
from graph_service.errors import Forbidden, Unauthorised
from loaders.run import user_name

SESSION_HOURS = 12
FREE_PATHS = ("/healthz", "/readyz", "/sign-in")
STATIC_PREFIX = "/static/"
_SAFE_METHODS = ("GET", "HEAD", "OPTIONS")
_SESSION_KEY = "key"

SECURITY_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'self'; img-src 'self' blob:; "  # blob: a picture on its way into a file
        "base-uri 'none'; object-src 'none'; form-action 'self'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


class _Sessions(SecureCookieSessionInterface):
    """Flask's signed cookie, sent over TLS alone wherever the request came over TLS."""

    def get_cookie_secure(self, app: Flask) -> bool:
        return request.is_secure


def register(app: Flask, keys: Keys | None) -> None:
    """Let requests in or not, and say who makes them in ``flask.g.editor`` and ``flask.g.role``.

    Args:
        app: the application.
        keys: None = everybody who can reach the service is an editor, by the name of the user that runs it. Then it
            answers only to the names of this machine: a page of another site that has its own name point here is
            refused.
    """
    if keys is not None:
        app.session_interface = _Sessions()
        app.config.update(
            SECRET_KEY=keys.secret,
            SESSION_COOKIE_NAME="zveno_session",
            SESSION_COOKIE_HTTPONLY=True,
            SESSION_COOKIE_SAMESITE="Strict",
            SESSION_REFRESH_EACH_REQUEST=False,
            PERMANENT_SESSION_LIFETIME=timedelta(hours=SESSION_HOURS),
        )

    @app.before_request
    def _enter() -> None:
        g.editor = g.role = None
        if keys is None:
            _refuse_foreign_hosts()
            g.editor, g.role = user_name(), "editor"
        elif (key := _key(keys)) is not None:
            g.editor, g.role = key.name, key.role
        elif not _is_free():
            raise Unauthorised(
                "an API key is needed: send it as `Authorization: Bearer KEY`, or sign in at /sign-in; "
                "the operator makes keys with `zveno keys add`"
            )
        if request.method not in _SAFE_METHODS:
            _refuse_other_sites(has_session=keys is not None and g.role is not None)
            if g.role != "editor" and not _needs_no_editor():
                raise Forbidden(f"the key of {g.editor} may ask but not change anything; an editor's key is needed")

    @app.after_request
    def _guard(response: Response) -> Response:
        for name, value in SECURITY_HEADERS.items():
            response.headers.setdefault(name, value)
        if not request.path.startswith(STATIC_PREFIX):
            response.headers.setdefault("Cache-Control", "no-cache" if keys is None else "no-store")
        if response.status_code == Unauthorised.status:
            response.headers["WWW-Authenticate"] = 'Bearer realm="zveno"'
        return response


def sign_in(keys: Keys, text: str) -> Key:
    """Exchange a key for a session in this browser.

    Raises:
        Unauthorised: nobody has this key.
    """
    key = keys.find(text)
    if key is None:
        raise Unauthorised("nobody has this key: it may be mistyped or removed", parameter="key")
    session.clear()
    session.permanent = True
    session[_SESSION_KEY] = key.hash
    return key


def sign_out() -> None:
    """End the session in this browser."""
    session.clear()


def _is_free() -> bool:
    return request.path in FREE_PATHS or request.path.startswith(STATIC_PREFIX)


def _needs_no_editor() -> bool:
    """Whether a POST changes nothing: coming and going, and questions."""
    return request.path in ("/sign-in", "/sign-out") or str(request.endpoint).startswith("questions.")


def _bearer() -> str | None:
    scheme, _, text = request.headers.get("Authorization", "").partition(" ")
    return text.strip() if scheme.lower() == "bearer" and text.strip() else None


def _key(keys: Keys) -> Key | None:
    """Whose request it is; a wrong key is an error even where a session would do."""
    text = _bearer()
    if text is None:
        wanted = session.get(_SESSION_KEY)
        return keys.by_hash(wanted) if isinstance(wanted, str) else None
    key = keys.find(text)
    if key is None and not _is_free():
        raise Unauthorised("nobody has this API key: it may be mistyped or removed")
    return key


def _refuse_foreign_hosts() -> None:
    host = urlsplit(f"//{request.host}").hostname or ""
    if host == "localhost" or host.endswith(".localhost"):
        return
    try:
        if ipaddress.ip_address(host).is_loopback:
            return
    except ValueError:
        pass
    raise Forbidden(
        f"without API keys this service answers on this machine only, not as {host!r}: open http://127.0.0.1, or make "
        "a key with `zveno keys add NAME --role editor --file keys.json` and start it with ZVENO_API_KEYS=keys.json"
    )


def _refuse_other_sites(*, has_session: bool) -> None:
    """A page of another site may make a browser send a form here, with its cookie; the browser says who did."""
    if _bearer() is not None:
        return  # no other site can make a browser add this header
    fetched, origin = request.headers.get("Sec-Fetch-Site"), request.headers.get("Origin")
    if fetched is not None:
        is_own = fetched in ("same-origin", "none")
    elif origin is not None:
        is_own = urlsplit(origin).netloc == request.host
    else:
        is_own = not has_session  # no browser: browsers send one of the two with every POST
    if not is_own:
        raise Forbidden("this change was asked for by a page of another site; do it on the pages of this service")
