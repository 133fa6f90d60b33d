"""`requirements.txt` is made from `pyproject.toml`; these tests notice when one changes without the other."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).parents[2]
PROJECT = tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
REQUIREMENTS = (CHECKOUT / "requirements.txt").read_text(encoding="utf-8")

DECLARED = sorted(
    {
        *PROJECT["dependencies"],
        *(each for extra in PROJECT["optional-dependencies"].values() for each in extra),
    }
)
PIN = re.compile(r"^(?P<name>[\w.-]+)(\[[\w,-]+\])?==(?P<version>\S+)(?P<rest>.*?)(?=^\S|\Z)", re.MULTILINE | re.DOTALL)
LOCKED = {match["name"].lower(): match for match in PIN.finditer(REQUIREMENTS)}


@pytest.mark.parametrize("requirement", DECLARED)
def test_every_declared_package_is_pinned_alike_in_both(requirement: str) -> None:
    name, _, version = requirement.partition("==")
    assert version, f"pyproject.toml must pin {requirement}"
    locked = LOCKED.get(re.sub(r"\[.*\]", "", name).lower())
    assert locked, f"{name} is not in requirements.txt; run: make requirements"
    assert locked["version"].rstrip(" \\") == version


def test_every_locked_package_is_declared_or_wanted_by_another_one() -> None:
    # The resolver writes for whom a package is there: "# via zveno (pyproject.toml)" for the declared ones.
    declared = {re.sub(r"\[.*\]", "", each.partition("==")[0]).lower() for each in DECLARED}
    ours = {name for name, match in LOCKED.items() if "zveno" in match["rest"]}
    assert ours == declared
    assert all("# via" in match["rest"] for match in LOCKED.values())


def test_every_locked_package_has_digests_and_none_an_address() -> None:
    assert len(LOCKED) > len(DECLARED)
    assert [name for name, match in LOCKED.items() if "--hash=sha256:" not in match["rest"]] == []
    assert "://" not in REQUIREMENTS
    assert "--index" not in REQUIREMENTS


def test_the_build_backend_is_the_locked_one() -> None:
    build = tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))["build-system"]["requires"]
    assert build == [f"hatchling=={LOCKED['hatchling']['version']}"]
