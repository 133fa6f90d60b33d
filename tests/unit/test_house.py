"""Rules of the house that no linter knows: settings, errors, layout, and what the files may not contain."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from graph_service import errors
from graph_service.errors import BadSettings, ZvenoError
from graph_service.settings import VARIABLES, Settings

CHECKOUT = Path(__file__).parents[2]
OURS = ("graph_service", "loaders", "tests", "bench")
LONGEST_MODULE = 400


def sources() -> Iterator[Path]:
    for folder in OURS:
        yield from sorted((CHECKOUT / folder).rglob("*.py"))


def text_files() -> list[Path]:
    """Every file of the project that git would take, without those it ignores."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=CHECKOUT,
        capture_output=True,
        text=True,
        check=False,
    )
    names = listed.stdout.split("\0") if listed.returncode == 0 else []
    paths = [CHECKOUT / name for name in names if name] or list(sources())
    return [path for path in paths if path.is_file()]


def all_errors(root: type[ZvenoError] = ZvenoError) -> Iterator[type[ZvenoError]]:
    for kind in root.__subclasses__():
        yield kind
        yield from all_errors(kind)


# --- settings


def test_without_variables_the_store_is_a_file_in_this_folder() -> None:
    settings = Settings.from_environment({"HOME": "/root"})
    assert settings == Settings()
    assert settings.store == "sqlite:///zveno.sqlite"
    assert settings.is_sqlite
    assert Settings.from_environment({"ZVENO_STORE": "", "ZVENO_ENGINE": " "}) == Settings()


def test_everything_can_be_set(tmp_path: Path) -> None:
    keys = tmp_path / "keys"
    keys.touch()
    settings = Settings.from_environment(
        {
            "ZVENO_STORE": "neo4j+s://db:7687",
            "ZVENO_ENGINE": "cypher",
            "ZVENO_LANG": "en",
            "ZVENO_API_KEYS": str(keys),
            "ZVENO_SNAPSHOT_DIR": str(tmp_path),
            "ZVENO_NEO4J_USER": "zveno",
            "ZVENO_NEO4J_PASSWORD": "secret",
            "ZVENO_NEO4J_DATABASE": "graph",
        }
    )
    assert settings == Settings(
        store="neo4j+s://db:7687",
        engine="cypher",
        lang="en",
        api_keys=keys,
        snapshot_dir=tmp_path,
        neo4j_user="zveno",
        neo4j_password="secret",  # noqa: S106
        neo4j_database="graph",
    )
    assert not settings.is_sqlite
    assert "secret" not in repr(settings)


def test_a_named_store_outranks_the_environment_and_its_password_is_taken_out_of_the_address() -> None:
    environ = {"ZVENO_STORE": "sqlite:///other.sqlite", "ZVENO_NEO4J_USER": "u", "ZVENO_NEO4J_PASSWORD": "p"}
    settings = Settings.from_environment(environ, store="bolt://me:a%40b@db:7687")
    assert (settings.store, settings.neo4j_user, settings.neo4j_password) == ("bolt://db:7687", "me", "a@b")
    plain = Settings.from_environment(environ, store="bolt://db:7687")
    assert (plain.neo4j_user, plain.neo4j_password) == ("u", "p")


def test_a_password_can_come_from_a_file(tmp_path: Path) -> None:
    path = tmp_path / "password"
    path.write_text("secret\n")
    assert Settings.from_environment({"ZVENO_NEO4J_PASSWORD_FILE": str(path)}).neo4j_password == "secret"  # noqa: S105
    with pytest.raises(BadSettings, match=r"ZVENO_NEO4J_PASSWORD_FILE names .*missing, which cannot be read"):
        Settings.from_environment({"ZVENO_NEO4J_PASSWORD_FILE": str(tmp_path / "missing")})


@pytest.mark.parametrize(
    ("environ", "said"),
    [
        ({"ZVENO_STOER": "x"}, "ZVENO_STOER, which is not a setting. Did you mean ZVENO_STORE?"),
        ({"ZVENO_QQQQQQQQQQQ": ""}, "Known are: ZVENO_STORE, ZVENO_ENGINE"),
        ({"ZVENO_ENGINE": "spark"}, "ZVENO_ENGINE is 'spark'; it may be snapshot or cypher"),
        ({"ZVENO_LANG": "de"}, "it may be ru or en"),
        ({"ZVENO_API_KEYS": "/no/such/file"}, "there is no such file"),
        ({"ZVENO_STORE": "postgres://db"}, "is not an address I can open"),
        ({"ZVENO_STORE": "neo4j://"}, "is not an address I can open"),
        ({"ZVENO_STORE": "sqlite://zveno.sqlite"}, "names no file"),
        ({"ZVENO_STORE": "sqlite:///"}, "names no file"),
    ],
)
def test_an_impossible_setting_is_named_with_what_it_may_be(environ: dict[str, str], said: str) -> None:
    with pytest.raises(BadSettings, match=re.escape(said)) as caught:
        Settings.from_environment(environ)
    assert caught.value.parameter in environ


def test_every_variable_that_is_read_anywhere_is_a_known_one() -> None:
    here = Path(__file__)
    files = [*sources(), CHECKOUT / "Makefile", CHECKOUT / "docker-compose.yml", CHECKOUT / "Dockerfile"]
    read = {name for path in files if path != here for name in re.findall(r"\bZVENO_[A-Z0-9_]+\b", path.read_text())}
    assert read == set(VARIABLES)


# --- errors


def test_every_error_has_its_own_code_and_a_fitting_status() -> None:
    kinds = list(all_errors())
    codes = [kind.code for kind in kinds]
    assert len(kinds) >= 12
    assert len(set(codes)) == len(codes)
    assert ZvenoError.code not in codes
    assert all(re.fullmatch(r"[a-z]+(-[a-z]+)*", code) for code in codes)
    assert {kind.code: kind.status for kind in kinds if kind.is_retryable}.keys() >= {
        "writer-busy",
        "store-unavailable",
    }
    assert all(300 <= kind.status < 600 for kind in kinds)
    assert all(kind.__module__ == errors.__name__ for kind in kinds), "errors live in one table"


def test_an_error_carries_what_its_reader_needs() -> None:
    error = errors.NotFound("There is no firm 'Изопан'.", parameter="entity", near=["Изопан Рус"])
    assert (str(error), error.detail, error.parameter) == (
        error.detail,
        "There is no firm 'Изопан'.",
        "entity",
    )
    assert error.extra == {"near": ["Изопан Рус"]}
    assert (error.status, error.is_retryable) == (404, False)


# --- layout


def test_no_module_is_long_or_vaguely_named() -> None:
    paths = [path for path in sources() if path.is_relative_to(CHECKOUT / "graph_service") or "loaders" in path.parts]
    long = {str(path): count for path in paths if (count := len(path.read_text().splitlines())) > LONGEST_MODULE}
    assert long == {}
    assert [path for path in paths if path.stem in {"utils", "util", "helpers", "common", "manager"}] == []


def test_every_package_says_what_it_is_for() -> None:
    packages = [path for path in sources() if path.name == "__init__.py" and "tests" not in path.parts]
    assert packages
    assert [str(path) for path in packages if not ast.get_docstring(ast.parse(path.read_text()))] == []


def test_the_command_line_loads_nothing_heavy_before_it_is_needed() -> None:
    program = "import sys, graph_service.cli.main; print(*sorted({name.partition('.')[0] for name in sys.modules}))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    loaded = set(done.stdout.split())
    assert "typer" in loaded
    heavy = {
        "neo4j",
        "apsw",
        "polars",
        "numpy",
        "flask",
        "pydantic",
        "networkx",
        "pint",
        "jgo",
        "psutil",
        "pycountry",
    }
    assert loaded & heavy == set()


def test_no_file_tells_where_or_how_it_was_written() -> None:
    here = Path(__file__)
    registries = r"(repo1?\.maven|pypi|registry\.npmjs|files\.pythonhosted|deb\.debian)\.(org|apache\.org)"
    private = re.compile(rf"https?://{registries}|(?<![\w.])/(work|root|home)/|-----BEGIN [A-Z ]*PRIVATE KEY")
    found = {}
    for path in text_files():
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        if path != here and (match := private.search(text)):
            found[str(path.relative_to(CHECKOUT))] = match[0]
    assert found == {}
