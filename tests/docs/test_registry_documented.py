"""Nothing that a user can name is missing from the docs."""

from __future__ import annotations

import inspect
import re

import pytest

from docs.commands import commands
from docs.generate import CHECKOUT, FOLDER
from graph_service import errors
from graph_service.api.openapi import document
from graph_service.domain.schema import ATTRIBUTES, FIELDS, LABELS, RELATION_TYPES, TIES
from graph_service.questions.ask import known_parameters
from graph_service.questions.question import registry
from graph_service.settings import VARIABLES
from loaders.cells import known_columns
from loaders.formats import formats

PAGES = {path.name: path.read_text(encoding="utf-8") for path in [*FOLDER.glob("*.md"), *CHECKOUT.glob("*.md")]}
EVERYTHING = "\n".join(PAGES.values())


@pytest.mark.parametrize("name", sorted(VARIABLES))
def test_variable(name: str) -> None:
    assert f"`{name}`" in PAGES["configuration.md"]


@pytest.mark.parametrize("path", [" ".join(path) for path, _, _ in commands()])
def test_command(path: str) -> None:
    assert f"\n## {path}\n" in PAGES["commands.md"]


@pytest.mark.parametrize("name", sorted(registry()))
def test_question_with_its_route_and_parameters(name: str) -> None:
    question = registry()[name]
    sections = re.split(r"^## ", PAGES["questions.md"], flags=re.MULTILINE)
    (section,) = [part for part in sections if part.startswith(f"{question.title['en']}\n")]
    assert f"`GET /api/v1{question.route}`" in section
    assert f"`zveno ask {question.command}`" in section
    shared = next(part for part in sections if part.startswith("Parameters that many questions share"))
    missing = [name for name in known_parameters(question) if f"| `{name}` |" not in section + shared]
    assert missing == []


@pytest.mark.parametrize("path", sorted(document()["paths"]))
def test_route(path: str) -> None:
    assert re.sub(r"\{\w+\}", "{id}", path) in re.sub(r"\{\w+\}", "{id}", PAGES["api.md"])


def test_every_error_code() -> None:
    kinds = [kind for _, kind in inspect.getmembers(errors, inspect.isclass) if issubclass(kind, errors.ZvenoError)]
    assert [k.code for k in kinds if k is not errors.ZvenoError and f"`{k.code}`" not in PAGES["api.md"]] == []


def test_every_column_of_the_claims_format() -> None:
    # Bounds of intervals stand beside their exact column; what only loaders fill in is no column to write.
    own = {"row", "method", "dates", "attributes", "label", *TIES, "period_from", "period_to"}
    missing = [n for n in known_columns() if n not in own and f"`{n}`" not in PAGES["claims-format.md"]]
    assert missing == []


def test_every_name_of_the_schema() -> None:
    page = PAGES["schema.md"]
    names = [*(label.name for label in LABELS), *(field.name for field in FIELDS), *ATTRIBUTES]
    assert [name for name in names if f"`{name}`" not in page] == []
    assert [relation.name for relation in RELATION_TYPES if f"\n### {relation.name}\n" not in page] == []


@pytest.mark.parametrize("name", sorted(formats()))
def test_format(name: str) -> None:
    assert f"zveno load {name}" in EVERYTHING


def test_changelog_has_this_version() -> None:
    project = (CHECKOUT / "pyproject.toml").read_text(encoding="utf-8")
    version = re.search(r'^version = "(.+)"$', project, re.MULTILINE)
    assert version
    assert f"\n## {version[1]}\n" in PAGES["CHANGELOG.md"]
