"""A certificate reproduces an answer whatever is learnt later, and says when it cannot."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
import rfc8785

from graph_service.errors import BadParameter, NotFound
from graph_service.graph import Graph
from loaders.by_hand import Edit


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
