"""The demo: sourced facts on the industry of Volgograd Oblast, shipped in ``loaders/demo`` in the claims format."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from loaders.claims_csv import ClaimsLoader
from loaders.loader import Batch, Options

FOLDER = Path(__file__).parent / "demo"
_NAMESPACE = "Zveno demo"


class DemoLoader:
    """Loads the facts that ship with the package; takes no files."""

    name = "demo"
    summary = "199 organisations of Volgograd Oblast and around, shipped with Zveno"
    example = "zveno load demo"

    def files(self, paths: Sequence[Path], options: Options) -> list[Path]:
        """The shipped tables."""
        return ClaimsLoader().files([FOLDER], options)

    def dataset(self, paths: Sequence[Path], options: Options) -> str:
        """One data set, whatever the options."""
        return _NAMESPACE

    def batches(self, paths: Sequence[Path], options: Options) -> Iterator[Batch]:
        """The shipped facts as claims."""
        return ClaimsLoader().batches([FOLDER], replace(options, source=_NAMESPACE, namespace=_NAMESPACE))


LOADER = DemoLoader()
