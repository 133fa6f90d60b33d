"""Cypher texts live in files under ``cypher/``; this is the only way to them, and it checks their headers.

A file begins with comment lines::

    // name: create_claims
    // mode: write
    // parameters:
    //   ids: list<string> — which claims
    // returns:
    //   claim_id: string — one row a claim
    // doc: What it does and why so.

and the Cypher text follows. A recipe of the cookbook also has ``ru:`` and ``en:``, the question in words.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from graph_service.errors import BadInput, NotFound

Mode = Literal["read", "write", "schema"]

_PACKAGE = Path(__file__).resolve().parents[1]
_PLACES = (_PACKAGE.parent / "cypher", _PACKAGE / "_cypher")  # a checkout, an installed wheel
_KEYS = ("name", "mode", "parameters", "returns", "doc", "ru", "en")
_REQUIRED = ("name", "mode", "parameters", "returns", "doc")
_KEY_LINE = re.compile(r"^// ?([a-z]+):[ ]?(.*)$")
_ENTRY = re.compile(r"^(\w+): (.+?) — (.+)$")
_COMMENT_OR_TEXT = re.compile(r"//[^\n]*|/\*.*?\*/|'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\"", re.DOTALL)
_PARAMETER = re.compile(r"\$(\w+)\b(?!\()")
_SCHEMA_WORDS = re.compile(r"\b(?:CREATE|DROP)\s+(?:[A-Z]+\s+)*(?:INDEX|CONSTRAINT)\b", re.IGNORECASE)
_WRITE_WORDS = re.compile(r"\b(?:CREATE|MERGE|SET|DELETE|REMOVE|FOREACH)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Declared:
    """A parameter or a returned column: its Cypher type and what it means."""

    type: str
    doc: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CypherFile:
    """One Cypher text with its checked header."""

    name: str
    mode: Mode
    parameters: Mapping[str, Declared]
    returns: Mapping[str, Declared]
    doc: str
    text: str
    ru: str = ""
    en: str = ""

    @property
    def statements(self) -> list[str]:
        """The statements of a schema file, which are separated by semicolons at the ends of lines."""
        return [part.strip() for part in re.split(r";[ \t]*(?:\n|$)", self.text) if part.strip()]


def cypher_folder() -> Path:
    """The folder with the Cypher files: beside the package in a checkout, inside it in an installed wheel.

    Raises:
        NotFound: the installation lacks them.
    """
    for place in _PLACES:
        if (place / "schema").is_dir():
            return place
    raise NotFound(f"the Cypher files are missing: neither {_PLACES[0]} nor {_PLACES[1]} is there; install Zveno again")


def cypher_paths(subfolder: str) -> list[str]:
    """The files of one subfolder as ``read_cypher`` takes them, in the order of their names."""
    return [f"{subfolder}/{path.stem}" for path in sorted((cypher_folder() / subfolder).glob("*.cypher"))]


@cache
def read_cypher(path: str) -> CypherFile:
    """The file at ``path`` (``write/create_claims``), checked.

    Raises:
        NotFound: there is no such file.
        BadInput: its header is wrong; the message says what and where.
    """
    file = cypher_folder() / f"{path}.cypher"
    try:
        content = file.read_text(encoding="utf-8")
    except FileNotFoundError as problem:
        raise NotFound(f"there is no Cypher file {path}.cypher") from problem
    return parse_cypher(content, file.name)


def parse_cypher(content: str, filename: str) -> CypherFile:
    """Read and check one file.

    Args:
        content: header and Cypher text.
        filename: must be the declared name; migrations carry their number before it.

    Raises:
        BadInput: see ``read_cypher``.
    """
    lines = content.splitlines()
    length = next((n for n, line in enumerate(lines) if not line.startswith("//")), len(lines))
    header = _header(lines[:length], filename)
    text = "\n".join(lines[length:]).strip()
    name, mode = " ".join(header["name"]), " ".join(header["mode"])
    parameters = _entries(header["parameters"], "parameters", filename)
    bare = _COMMENT_OR_TEXT.sub(" ", text)
    if name != re.sub(r"^\d+_", "", filename.removesuffix(".cypher")):
        raise BadInput(f"{filename}: its name is declared as {name!r}, the two must agree")
    found: Mode = "schema" if _SCHEMA_WORDS.search(bare) else "write" if _WRITE_WORDS.search(bare) else "read"
    if mode != found:
        raise BadInput(f"{filename}: declared as {mode!r}, but the text is of mode {found!r}")
    used = set(_PARAMETER.findall(bare))
    if unknown := sorted(used - parameters.keys()):
        raise BadInput(f"{filename}: uses ${', $'.join(unknown)} without declaring it")
    if unused := sorted(parameters.keys() - used):
        raise BadInput(f"{filename}: declares {', '.join(unused)} without using it")
    return CypherFile(
        name=name,
        mode=found,
        parameters=parameters,
        returns=_entries(header["returns"], "returns", filename),
        doc=" ".join(header["doc"]),
        text=text,
        ru=" ".join(header["ru"]),
        en=" ".join(header["en"]),
    )


def _header(lines: list[str], filename: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    current: list[str] | None = None
    for line in lines:
        key = _KEY_LINE.match(line)
        if key and not line.startswith("//  "):
            if key[1] not in _KEYS or key[1] in found:
                raise BadInput(f"{filename}: header line {line!r} is unknown or comes twice; known: {', '.join(_KEYS)}")
            current = found[key[1]] = [key[2].strip()] if key[2].strip() else []
        elif current is not None:
            current.append(line.removeprefix("//").strip())
    missing = [key for key in _REQUIRED if key not in found]
    if missing:
        raise BadInput(f"{filename}: the header lacks {', '.join(missing)}")
    if not found["doc"]:
        raise BadInput(f"{filename}: doc is empty: say what the file is for")
    return {key: found.get(key, []) for key in _KEYS}


def _entries(lines: list[str], what: str, filename: str) -> dict[str, Declared]:
    entries: dict[str, Declared] = {}
    for line in lines:
        match = _ENTRY.match(line)
        if match:
            entries[match[1]] = Declared(type=match[2], doc=match[3])
        elif line != "none":
            raise BadInput(f"{filename}: {line!r} under {what} should read 'name: type — what it means', or 'none'")
    return entries
