"""A certificate reproduces an answer whatever is learnt later, and says when it cannot."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
import rfc8785

from graph_service.errors import BadParameter, NotFound
from graph_service.graph import Graph
from graph_service.store.sqlite.store import SqliteStore
from loaders.by_hand import Edit
from loaders.loader import Options


def _opened(graph: Graph, address: str, **more: str) -> dict[str, Any]:
    return graph.ask("certificate", lang="en", **dict(parse_qsl(urlsplit(address).query)), **more)


def test_an_answer_is_reproduced_after_the_graph_has_moved_on(own_demo: Graph) -> None:
    first = own_demo.ask("suppliers", id="Волжский трубный завод", lang="en")
    issued = _opened(own_demo, first["links"]["certificate"])["data"]
    assert "reproduced" not in issued
    assert issued["now"]["same"]
    kept = _opened(own_demo, issued["certificate"])["data"]
    assert (kept["reproduced"], kept["hash"]) == (True, issued["hash"])
    claim = first["evidence"]["claims"][0]
    own_demo.retract_claim(claim, Edit(editor="Tester", note="wrong"))
    again = _opened(own_demo, issued["certificate"])
    assert again["data"]["reproduced"]
    assert not again["data"]["now"]["same"]
    assert again["data"]["now"]["claims_gone"] == [claim]
    assert again["summary"].startswith("Reproduced; now 0 claims more and 1 fewer")


def test_another_answer_is_not_reproduced(own_demo: Graph) -> None:
    address = own_demo.ask("partners", id="Каустик")["links"]["certificate"]
    data = _opened(own_demo, address, hash="0" * 64)["data"]
    assert data["reproduced"] is False
    assert "at the same clocks" in data["why_not"]
    later = address.replace("known_at%3D1", "known_at%3D99")
    assert later != address
    data = _opened(own_demo, later, hash="0" * 64)["data"]
    assert "older than the certificate" in data["why_not"]


def test_the_hash_is_of_canonical_json() -> None:
    assert rfc8785.dumps({"b": 1.0, "a": 1e-7, "é": "é"}) == '{"a":1e-7,"b":1,"é":"é"}'.encode()


def test_what_cannot_be_certified_is_said(own_demo: Graph) -> None:
    with pytest.raises(NotFound, match="no question"):
        own_demo.ask("certificate", question="suppliars")
    with pytest.raises(BadParameter, match="unknown parameter 'tears'"):
        own_demo.ask("certificate", question="suppliers", parameters="id=Каустик&tears=2")
    with pytest.raises(BadParameter, match="another question"):
        own_demo.ask("certificate", question="certificate")


def test_only_the_day_asked_makes_no_other_answer(own_demo: Graph) -> None:
    for question in ("suppliers", "partners", "neighbours"):
        own = "id=Волжский трубный завод&valid_at=2026-11-24"
        answer = own_demo.ask("certificate", question=question, parameters=own, lang="en")
        assert (answer["data"]["now"]["same"], answer["data"]["now"]["fields_changed"]) == (True, []), question
        assert answer["summary"].endswith("; the same holds now.")


def test_what_differs_without_a_claim_is_named(tmp_path: Path) -> None:
    (tmp_path / "claims.csv").write_text(
        "type,from,from_label,to,to_label,basis,quantity,unit,period_from,period_to\n"
        "SUPPLIES,Seller,Company,Buyer,Company,delivery,100,t,2020-01-01,2020-03-01\n"
    )
    with Graph(SqliteStore(tmp_path / "x.sqlite")) as graph:
        assert graph.load("claims", [tmp_path / "claims.csv"], Options(source="Test")).rows_rejected == 0
        answer = graph.ask("certificate", question="suppliers", parameters="id=Buyer&valid_at=2020-06-01", lang="en")
    now = answer["data"]["now"]
    assert (now["same"], now["claims_new"], now["claims_gone"]) == (False, [], [])
    assert now["fields_changed"] == ["items.links.quantity"]
    assert answer["summary"].endswith("; now the same claims count, and items.links.quantity differ.")


@pytest.mark.parametrize("clock", [{"valid_at": "2010-01-01"}, {"known_at": "1"}])
def test_a_certificate_has_the_clocks_of_its_answer(own_demo: Graph, clock: dict[str, str]) -> None:
    with pytest.raises(BadParameter, match=f"write {next(iter(clock))} into parameters"):
        own_demo.ask("certificate", question="suppliers", parameters="id=Каустик", **clock)


def test_an_answer_of_a_later_version_is_not_certified(own_demo: Graph) -> None:
    with pytest.raises(BadParameter, match="there is no version 99 yet: the newest version of the graph is 1"):
        own_demo.ask("certificate", question="suppliers", parameters="id=Каустик&known_at=99")
