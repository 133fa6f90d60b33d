"""The formats that ``zveno load`` knows; a new loader is added to this list."""

from __future__ import annotations

from loaders.claims_csv import ClaimsLoader
from loaders.demo_facts import DemoLoader
from loaders.loader import Loader

LOADERS: dict[str, Loader] = {loader.name: loader for loader in (ClaimsLoader(), DemoLoader())}
