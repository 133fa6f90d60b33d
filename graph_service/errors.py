"""Every error that a person can meet, in one table: its code, its HTTP status and whether to try again."""

from __future__ import annotations

from typing import Any


class ZvenoError(Exception):
    """What is wrong, where, and what to do; becomes a problem document (RFC 9457) or a line on stderr.

    Args:
        detail: one or two sentences for the person who gets it.
        parameter: the parameter or column at fault.
        extra: further members of the problem document (candidates, near matches, file, row …).
    """

    code = "error"
    status = 500
    is_retryable = False

    def __init__(self, detail: str, *, parameter: str | None = None, **extra: Any) -> None:
        super().__init__(detail)
        self.detail = detail
        self.parameter = parameter
        self.extra = extra


class BadParameter(ZvenoError):
    """A parameter is unknown, malformed or contradicts another one."""

    code = "bad-parameter"
    status = 400


class BadInput(ZvenoError):
    """A file, row or body does not say what it should."""

    code = "bad-input"
    status = 422


class BadSettings(ZvenoError):
    """The environment or the command line asks for something impossible."""

    code = "bad-settings"


class Unauthorised(ZvenoError):
    """No key, or one that is not known."""

    code = "unauthorised"
    status = 401


class Forbidden(ZvenoError):
    """The key's role does not allow this."""

    code = "forbidden"
    status = 403


class NotFound(ZvenoError):
    """Nothing by that id or name; ``near`` lists what is spelt like it."""

    code = "not-found"
    status = 404


class Ambiguous(ZvenoError):
    """A name means several entities; ``candidates`` lists them."""

    code = "ambiguous"
    status = 409


class Merged(ZvenoError):
    """The id was merged into another; ``location`` leads there."""

    code = "merged"
    status = 308


class WriterBusy(ZvenoError):
    """Another writer holds the lock; ``holder`` names it."""

    code = "writer-busy"
    status = 409
    is_retryable = True


class UnfinishedLoad(ZvenoError):
    """A load was cut off; it must be continued or dropped before another one starts."""

    code = "unfinished-load"
    status = 409


class StoreUnavailable(ZvenoError):
    """The store does not answer."""

    code = "store-unavailable"
    status = 503
    is_retryable = True


class StoreNewer(ZvenoError):
    """The database was written by a newer program."""

    code = "store-newer"
