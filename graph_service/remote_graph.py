"""A graph behind a running service: asked over HTTP, answering and failing as a graph at hand does."""

from __future__ import annotations

import http.client
import threading
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

import orjson

from graph_service import errors
from graph_service.domain.said import Said
from graph_service.errors import BadSettings, StoreUnavailable, ZvenoError
from graph_service.questions.ask import find_question

TIMEOUT_S = 60
_ERRORS = {kind.code: kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, ZvenoError)}
_PROBLEM_MEMBERS = frozenset({"type", "title", "status", "code", "detail", "instance", "parameter", "words"})


class RemoteGraph:
    """A service to ask.

    Args:
        uri: its address, ``http://127.0.0.1:8000``.
        key: API key, where it wants one.

    Raises:
        BadSettings: the address names no host.
    """

    def __init__(self, uri: str, *, key: str | None = None) -> None:
        parts = urlsplit(uri)
        if parts.hostname is None:
            raise BadSettings(f"{uri!r} names no host: write http://127.0.0.1:8000", parameter="uri")
        self.uri = uri.rstrip("/")
        self._path = parts.path.rstrip("/")
        connect = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
        self._connection = connect(parts.hostname, parts.port, timeout=TIMEOUT_S)
        self._headers = {"Accept": "application/json"} | ({"Authorization": f"Bearer {key}"} if key else {})
        self._lock = threading.Lock()  # one connection carries one exchange at a time

    def ask(self, question: str, /, **parameters: Any) -> dict[str, Any]:
        """See ``Graph.ask``.

        Raises:
            StoreUnavailable: the service does not answer.
        """
        envelope: dict[str, Any] = orjson.loads(self._get(question, parameters))
        return envelope

    def cypher(self, question: str, /, **parameters: Any) -> str:
        """See ``Graph.cypher``."""
        return self._get(question, {**parameters, "format": "cypher"}).decode()

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()

    def _get(self, name: str, parameters: dict[str, Any]) -> bytes:
        question = find_question(name)
        path = question.route
        given = {key: value for key, value in parameters.items() if value is not None}
        for part in question.path_parameters:
            if part not in given:
                raise errors.BadParameter(f"{question.name} needs {part}", parameter=part)
            path = path.replace("{" + part + "}", quote(str(given.pop(part)), safe=""))
        query = f"?{urlencode(sorted(given.items()))}" if given else ""
        status, body = self._exchange(f"{self._path}/api/v1{path}{query}")
        if status != http.client.OK:
            raise self._error(status, body)
        return body

    def _exchange(self, target: str) -> tuple[int, bytes]:
        with self._lock:
            for is_last in (False, True):
                try:
                    self._connection.request("GET", target, headers=self._headers)
                    response = self._connection.getresponse()
                    return response.status, response.read()
                except (http.client.HTTPException, OSError) as problem:
                    # A service closes connections that rest; the first failure may be no more than that.
                    self._connection.close()
                    if is_last or isinstance(problem, TimeoutError):
                        raise StoreUnavailable(
                            f"{self.uri} does not answer: {str(problem) or type(problem).__name__}"
                        ) from (problem)
        raise AssertionError("the loop returns or raises")

    def _error(self, status: int, body: bytes) -> ZvenoError:
        """The error that the service met, of the kind that a graph at hand would raise."""
        try:
            problem = orjson.loads(body)
            detail, kind = problem["detail"], _ERRORS.get(problem["code"], ZvenoError)
        except (orjson.JSONDecodeError, KeyError, TypeError):
            return StoreUnavailable(f"{self.uri} answers {status} and is no Zveno service: {body[:80]!r}")
        extra = {name: value for name, value in problem.items() if name not in _PROBLEM_MEMBERS}
        if words := problem.get("words"):
            detail = Said(words["en"], words["ru"])
        return kind(detail, parameter=problem.get("parameter"), **extra)
