"""tbd"""

from __future__ import annotations

from typing import Any


def adopt(store: Any, connection: Any) -> Any:
    """X"""
    return None
