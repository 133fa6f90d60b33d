"""Search by code: found whole, and classifier codes by their beginning too."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from graph_service.snapshot.texts import Texts

_AFTER_ALL = "\U0010ffff"
_CODE_QUERY = re.compile(
    r"(?:инн|огрн(?:ип)?|окпд ?2?|тн ?вэд|inn|ogrn|lei|okpd ?2?|hs)?[\s:№]*([0-9a-z][0-9a-z.\- ]*)",
    re.IGNORECASE,
)
_WHOLE = 1.0
_PREFIX, _PREFIX_SPAN = 0.80, 0.10


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeTable:
    """Codes in the order of their bare form (no dots, dashes or spaces)."""

    bare: Texts
    entity: npt.NDArray[np.int32]
    code: Texts

    @classmethod
    def build(cls, rows: Iterable[tuple[str, int, str]]) -> CodeTable:
        """Order rows of bare code, entity and code."""
        ordered = sorted(rows)
        return cls(
            bare=Texts.pack(row[0] for row in ordered),
            entity=np.array([row[1] for row in ordered], dtype=np.int32),
            code=Texts.pack(row[2] for row in ordered),
        )

    def between(self, first: int, last: int) -> list[tuple[str, int, str]]:
        """Some rows."""
        return [(self.bare[at], int(self.entity[at]), self.code[at]) for at in range(first, last)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Codes:
    """All codes, and those of classifiers apart."""

    whole: CodeTable
    products: CodeTable

    @classmethod
    def build(cls, codes: Iterable[tuple[int, str]], product_codes: Iterable[tuple[int, str]]) -> Codes:
        """Index pairs of an entity and one of its codes."""
        products = [(_bare(code), entity, code) for entity, code in product_codes]
        others = [(_bare(code), entity, code) for entity, code in codes]
        return cls(whole=CodeTable.build([*others, *products]), products=CodeTable.build(products))

    def search(self, query: str) -> list[tuple[float, int, str]]:
        """Score, entity and code for each code that a query means.

        One written with dots (OKPD2) never means one without (HS).
        """
        found = _CODE_QUERY.fullmatch(query.strip())
        if found is None:
            return []
        asked = found.group(1)
        bare = _bare(asked)
        first = bisect_left(self.whole.bare, bare)
        last = bisect_right(self.whole.bare, bare, lo=first)
        hits = [(_WHOLE, entity, code) for _, entity, code in self.whole.between(first, last)]
        if bare[:2].isdigit():
            first = bisect_right(self.products.bare, bare)
            last = bisect_left(self.products.bare, bare + _AFTER_ALL, lo=first)
            for longer, entity, code in self.products.between(first, last):
                hits.append((_PREFIX + _PREFIX_SPAN * len(bare) / len(longer), entity, code))
        return [(score, entity, code) for score, entity, code in hits if "." in code or "." not in asked]


def _bare(code: str) -> str:
    return re.sub(r"[\s.\-]", "", code).upper()
