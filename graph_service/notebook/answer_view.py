"""An answer in Python: the sentence, the data, a frame, a graph, a table for Jupyter."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from html import escape
from typing import TYPE_CHECKING, Any, Protocol

import polars as pl

from graph_service.questions.tables import FACETS, FlatRow, columns_of, flat_rows

if TYPE_CHECKING:
    from graph_service.interop.networkx_graph import EntityGraph

_ROWS_SHOWN = 50
_LINES_PRINTED = 20
_TEXT_PRINTED = 60
_TEXT_SHOWN = 300
_NOISE = ("claims", "rule", "decided", "evidence", *FACETS)


class Asked(Protocol):
    """Who was asked: a graph at hand or a service."""

    def ask(self, question: str, /, **parameters: Any) -> dict[str, Any]:
        """The envelope of an answer."""

    def cypher(self, question: str, /, **parameters: Any) -> str:
        """The Cypher that reproduces an answer."""


class AnswerView:
    """What a question found; shows itself as a table in Jupyter and on a terminal.

    Attributes:
        envelope: the whole answer as docs/api.md describes it.
    """

    def __init__(self, envelope: Mapping[str, Any], asked: Asked, parameters: Mapping[str, Any]) -> None:
        self.envelope = envelope
        self._asked = asked
        self._parameters = dict(parameters)

    @property
    def summary(self) -> str:
        """One sentence: the answer first, then what is not known."""
        return str(self.envelope["summary"])

    @property
    def data(self) -> Mapping[str, Any]:
        """``items`` and ``total`` for a list, else the thing itself."""
        data: Mapping[str, Any] = self.envelope["data"]
        return data

    @property
    def bounds(self) -> Mapping[str, Any] | None:
        """``certain`` and ``possible``; None where they do not differ."""
        return self.envelope.get("bounds")

    @property
    def coverage(self) -> Mapping[str, Any] | None:
        """Named against counted, known shares; None where nothing is counted."""
        return self.envelope.get("coverage")

    @property
    def evidence(self) -> Mapping[str, Any]:
        """Ids of all claims that the answer rests on, their documents, and their words."""
        evidence: Mapping[str, Any] = self.envelope["evidence"]
        return evidence

    @property
    def meta(self) -> Mapping[str, Any]:
        """How it was asked and answered: clocks, version, limits reached."""
        meta: Mapping[str, Any] = self.envelope["meta"]
        return meta

    @property
    def links(self) -> Mapping[str, str]:
        """Addresses below the service: this answer, the next page."""
        links: Mapping[str, str] = self.envelope["links"]
        return links

    @cached_property
    def cypher(self) -> str | None:
        """The Cypher that reproduces the answer, ready for Neo4j Browser; None if there is none."""
        if "cypher" not in self.links:
            return None
        return self._asked.cypher(self.meta["question"], **self._parameters)

    def to_frame(self) -> pl.DataFrame:
        """The answer as a table: one row per item and link, amounts as numbers with their unit beside them."""
        rows = flat_rows(self.data)
        columns = columns_of(rows)
        frame = pl.DataFrame({name: pl.Series(name, [row.get(name) for row in rows], strict=False) for name in columns})
        amounts = [name.removesuffix("_per_year") for name in columns if name.endswith("_per_year")]
        bounds = [f"{name}_{end}" for name in amounts for end in ("low", "high") if f"{name}_{end}" in columns]
        return frame.with_columns(pl.selectors.by_dtype(pl.Null).cast(pl.String)).with_columns(
            pl.col(bounds).cast(pl.Float64)
        )

    def to_networkx(self) -> EntityGraph:
        """The entities that the answer names, and the claims it rests on as edges, keyed by claim id.

        An edge carries what its claim states, by the field names of ``OpenGraph.to_networkx``; a claim that the answer
        does not show whole is asked for.
        """
        from graph_service.interop.answer_graph import answer_graph, claims_in

        shown = {claim["id"]: claim for claim in claims_in(self.data)}
        lang = self.meta["lang"]
        asked = [
            shown.get(claim_id) or self._asked.ask("evidence.claim", id=claim_id, lang=lang)["data"]["claim"]
            for claim_id in self.evidence["claims"]
        ]
        return answer_graph(self.data, {claim["id"]: claim for claim in [*asked, *shown.values()]}.values())

    def __repr__(self) -> str:
        columns, rows = self._shown(_LINES_PRINTED, _TEXT_PRINTED)
        if not rows:
            return self.summary
        lines = [columns, *rows] if columns else rows
        widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
        table = "\n".join(
            "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip() for line in lines
        )
        return "\n".join(part for part in (self.summary, "", table, self._left_out(len(rows))) if part is not None)

    def _repr_html_(self) -> str:
        """A table for Jupyter, summary first."""
        columns, rows = self._shown(_ROWS_SHOWN, _TEXT_SHOWN)
        head = "".join(f"<th>{escape(name)}</th>" for name in columns)
        body = "".join(f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>" for row in rows)
        table = f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>" if rows else ""
        left_out = self._left_out(len(rows))
        notes = [*([left_out] if left_out else []), _proof(self.evidence)]
        return (
            f"<div><p><strong>{escape(self.summary)}</strong></p>{table}"
            f"{''.join(f'<p><small>{escape(note)}</small></p>' for note in notes)}</div>"
        )

    def _shown(self, limit: int, width: int) -> tuple[list[str], list[list[str]]]:
        """Columns and cells that a person reads: no ids, no empty columns; a single thing is set upright."""
        rows = flat_rows(self.data)
        named = columns_of(rows)
        columns = [name for name in named if not _is_noise(name, named, rows)]
        if "items" not in self.data:
            return [], [[name, _cell(rows[0][name], width)] for name in columns]
        return columns, [[_cell(row.get(name), width) for name in columns] for row in rows[:limit]]

    def _left_out(self, shown: int) -> str | None:
        if "items" not in self.data:
            return None
        here, total = len(flat_rows(self.data)), self.data.get("total", 0)
        said = []
        if here > shown:
            said.append(f"{here - shown} more rows: .to_frame() has them")
        if "next" in self.links:
            said.append(f"{len(self.data['items'])} of {total} items are on this page: limit and cursor give more")
        return "; ".join(said) or None


def _is_noise(name: str, columns: Sequence[str], rows: Sequence[FlatRow]) -> bool:
    entity, _, detail = name.rpartition("_")
    return (
        name in _NOISE
        or name.endswith("_claims")
        or (detail in ("id", "type") and entity in columns)
        or all(row.get(name) in (None, "") for row in rows)
    )


def _cell(value: object, width: int) -> str:
    if value is None:
        return ""
    text = f"{value:g}" if isinstance(value, float) else str(value)
    text = " ".join(text.split())
    return text if len(text) <= width else text[: width - 1] + "…"


def _proof(evidence: Mapping[str, Any]) -> str:
    claims, documents = len(evidence["claims"]), len(evidence.get("documents", ()))
    return f"rests on {claims} claims" + (f" from {documents} documents" if documents else "")
