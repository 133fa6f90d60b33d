"""`docker-compose.yml` against the compose specification's schema, and what it and the Dockerfile promise."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from graph_service.settings import VARIABLES, Settings
from graph_service.store.neo4j.local_jars import DEFAULT_VERSION

CHECKOUT = Path(__file__).parents[2]
COMPOSE = CHECKOUT / "docker-compose.yml"
SCHEMA_CHECK = Path(sys.executable).with_name("check-jsonschema")


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load(COMPOSE.read_text(encoding="utf-8"))
    return loaded


@pytest.fixture(scope="module")
def dockerfile() -> list[str]:
    """The Dockerfile's instructions, one a line."""
    text = (CHECKOUT / "Dockerfile").read_text(encoding="utf-8").replace("\\\n", " ")
    return [" ".join(line.split()) for line in text.splitlines() if line and not line.startswith("#")]


def check(path: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [SCHEMA_CHECK, "--builtin-schema", "vendor.compose-spec", path],
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_file_follows_the_compose_specification() -> None:
    done = check(COMPOSE)
    assert done.returncode == 0, done.stdout


def test_the_schema_notices_a_misspelt_key(tmp_path: Path) -> None:
    broken = tmp_path / "docker-compose.yml"
    broken.write_text(COMPOSE.read_text(encoding="utf-8").replace("healthcheck:", "healtcheck:", 1))
    done = check(broken)
    assert done.returncode != 0
    assert "healtcheck" in done.stdout


def test_neo4j_is_the_version_that_everything_is_tested_on(compose: dict[str, Any]) -> None:
    assert compose["services"]["neo4j"]["image"] == f"neo4j:{DEFAULT_VERSION}-community"


def test_the_service_waits_for_a_healthy_neo4j(compose: dict[str, Any]) -> None:
    services = compose["services"]
    assert services["zveno"]["depends_on"]["neo4j"]["condition"] == "service_healthy"
    assert services["zveno"]["environment"]["ZVENO_STORE"] == "neo4j://neo4j:7687"
    for service in services.values():
        assert service["healthcheck"]["test"]
        assert service["healthcheck"]["interval"]


def test_no_secret_is_written_down_and_a_missing_one_stops_the_start(compose: dict[str, Any]) -> None:
    services = compose["services"]
    needed = re.compile(r"(neo4j/)?\$\{[A-Z0-9_]+:\?[^}]+\}")
    assert needed.fullmatch(services["neo4j"]["environment"]["NEO4J_AUTH"])
    assert needed.fullmatch(services["zveno"]["environment"]["ZVENO_NEO4J_PASSWORD"])
    assert needed.fullmatch(compose["secrets"]["api-keys"]["file"])
    assert services["zveno"]["environment"]["ZVENO_API_KEYS"] == "/run/secrets/api-keys"


def test_data_outlive_the_containers(compose: dict[str, Any]) -> None:
    mounted = {each.partition(":")[0] for service in compose["services"].values() for each in service["volumes"]}
    assert mounted == set(compose["volumes"])
    assert "neo4j-data:/data" in compose["services"]["neo4j"]["volumes"]


def test_nothing_listens_beyond_this_machine(compose: dict[str, Any]) -> None:
    ports = [port for service in compose["services"].values() for port in service["ports"]]
    assert len(ports) == 3
    assert all(port.startswith("127.0.0.1:") for port in ports)


def test_the_service_runs_as_nobody_special_on_a_read_only_root(compose: dict[str, Any], dockerfile: list[str]) -> None:
    service = compose["services"]["zveno"]
    assert service["read_only"] is True
    assert service["tmpfs"] == ["/tmp"]  # noqa: S108
    assert service["cap_drop"] == ["ALL"]
    assert "no-new-privileges:true" in service["security_opt"]
    users = [line.removeprefix("USER ") for line in dockerfile if line.startswith("USER ")]
    assert users == [service["user"]]
    assert int(users[0].partition(":")[0]) >= 1000


def test_the_image_is_built_in_stages_from_a_base_that_can_be_chosen(dockerfile: list[str]) -> None:
    assert dockerfile[0].startswith("ARG BASE=")
    assert [line for line in dockerfile if line.startswith("FROM ")] == [
        "FROM ${BASE} AS build",
        "FROM ${BASE}",
    ]
    assert any("--constraint requirements.txt" in line for line in dockerfile)


def test_the_image_takes_every_file_it_copies_past_the_ignore_list(dockerfile: list[str]) -> None:
    allowed = {
        line[1:]
        for line in (CHECKOUT / ".dockerignore").read_text(encoding="utf-8").splitlines()
        if line.startswith("!")
    }
    copied = {
        source
        for line in dockerfile
        if line.startswith("COPY ") and "--from=" not in line
        for source in line.split()[1:-1]
    }
    assert copied == allowed


def test_the_service_in_the_image_gets_settings_that_it_knows(compose: dict[str, Any], dockerfile: list[str]) -> None:
    given = set(re.findall(r"\b(ZVENO_[A-Z0-9_]+)=", " ".join(dockerfile)))
    given |= {name for name in compose["services"]["zveno"]["environment"] if name.startswith("ZVENO_")}
    assert given <= set(VARIABLES)
    store = next(match[1] for line in dockerfile if (match := re.search(r"ZVENO_STORE=(\S+)", line)))
    assert Settings.from_environment({"ZVENO_STORE": store}).store == "sqlite:////data/zveno.sqlite"
