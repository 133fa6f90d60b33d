"""API keys: shown once when they are made, kept as hashes in one JSON file."""

from __future__ import annotations

import hmac
import os
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from graph_service.errors import BadParameter, BadSettings

Role = Literal["viewer", "editor"]
ROLES: tuple[Role, ...] = ("viewer", "editor")
PREFIX = "zveno_"
"""Makes a key that leaked into a log or a repository easy to find."""

KEY_BYTES = 32
"""256 random bits: nothing to guess, so one SHA-256 guards it as well as a slow hash would."""


class Key(BaseModel):
    """One key of the file.

    Attributes:
        name: whose it is; edits made with it carry this name.
        role: what it allows.
        hash: SHA-256 of the key, hexadecimal.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)

    name: Annotated[str, Field(min_length=1, max_length=100)]
    role: Role
    hash: Annotated[str, Field(pattern="^[0-9a-f]{64}$")]


_KEYS = TypeAdapter(list[Key])


@dataclass(frozen=True, slots=True, kw_only=True)
class Keys:
    """All keys of a service.

    Attributes:
        keys: in the order of the file; none means that nobody may enter yet.
        secret: signs the sessions of browsers. Made anew at every start, so that a restart ends them all.
    """

    keys: Sequence[Key]
    secret: bytes = field(default_factory=lambda: secrets.token_bytes(KEY_BYTES), repr=False)

    def find(self, text: str) -> Key | None:
        """Whose key this is; all are compared, so that time tells nothing."""
        wanted, found = hash_of(text), None
        for key in self.keys:
            if hmac.compare_digest(key.hash, wanted):
                found = key
        return found

    def by_hash(self, wanted: str) -> Key | None:
        """The key with this hash; None once it has been removed."""
        return next((key for key in self.keys if hmac.compare_digest(key.hash, wanted)), None)


def read_keys(path: Path) -> Keys:
    """The keys of a file; an empty file has none.

    Raises:
        BadSettings: it cannot be read or is no list of keys.
    """
    try:
        content = path.read_bytes()
        return Keys(keys=_KEYS.validate_json(content) if content.strip() else [])
    except OSError as problem:
        raise BadSettings(
            f"the API keys in {path} cannot be read: {problem.strerror}", parameter="ZVENO_API_KEYS"
        ) from problem
    except ValidationError as problem:
        first = problem.errors(include_url=False)[0]
        where = ".".join(str(part) for part in first["loc"]) or "the file"
        raise BadSettings(
            f"{path} is no list of API keys ({where}: {first['msg']}); `zveno keys add NAME --file FILE` makes one",
            parameter="ZVENO_API_KEYS",
        ) from problem


def add_key(path: Path, name: str, role: Role) -> str:
    """Make a key and keep its hash.

    Returns:
        The key itself. It is nowhere else: who loses it makes another one.

    Raises:
        BadParameter: the name has a key already.
    """
    keys = list(read_keys(path).keys) if path.exists() else []
    if any(key.name == name for key in keys):
        raise BadParameter(
            f"{name} has a key already: `zveno keys remove {name} --file {path}` first, or choose another name",
            parameter="name",
        )
    text = PREFIX + secrets.token_urlsafe(KEY_BYTES)
    try:
        keys.append(Key(name=name, role=role, hash=hash_of(text)))
    except ValidationError as problem:
        raise BadParameter("a name has 1 to 100 characters", parameter="name") from problem
    _write(path, keys)
    return text


def remove_key(path: Path, name: str) -> None:
    """Take a key away.

    Raises:
        BadParameter: nobody by that name has one.
    """
    keys = list(read_keys(path).keys)
    kept = [key for key in keys if key.name != name]
    if len(kept) == len(keys):
        known = ", ".join(key.name for key in keys) or "nobody"
        raise BadParameter(f"{name!r} has no key in {path}; keys have {known}", parameter="name")
    _write(path, kept)


def hash_of(text: str) -> str:
    """The hash that the file keeps of a key."""
    return sha256(text.strip().encode()).hexdigest()


def _write(path: Path, keys: list[Key]) -> None:
    """Only its owner may read the file, from its first byte on; a killed process leaves the old one."""
    part = path.with_name(f".{path.name}.part")
    try:
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            file.write(_KEYS.dump_json(keys, indent=1) + b"\n")
        part.replace(path)
    except OSError as problem:
        raise BadSettings(f"{path} cannot be written: {problem.strerror}", parameter="file") from problem
    finally:
        part.unlink(missing_ok=True)
