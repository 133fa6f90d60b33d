"""A file that another program keeps locked is a store that cannot be written to, and says so."""

from __future__ import annotations

from pathlib import Path

import apsw
import pytest

from graph_service.errors import StoreUnavailable
from graph_service.store.sqlite.schema import transaction


def test_a_lock_that_is_not_given_back_is_told_and_leaves_nothing(tmp_path: Path) -> None:
    own, other = (apsw.Connection(str(tmp_path / "x.sqlite")) for _ in range(2))
    own.execute("CREATE TABLE t (n)")
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreUnavailable, match="nothing was written"), transaction(own):
        own.execute("INSERT INTO t VALUES (1)")
    other.execute("ROLLBACK")
    assert own.execute("SELECT count(*) FROM t").fetchone() == (0,)
