"""Tests that share a server or a site run in one process: newer versions of pytest have quietly undone that."""

from __future__ import annotations

import os

import pytest


@pytest.mark.skipif("PYTEST_XDIST_WORKER" not in os.environ, reason="all tests run in one process")
def test_this_one_is_in_a_group(request: pytest.FixtureRequest) -> None:
    assert request.node.nodeid.endswith(f"@{request.path.as_posix()}")
