"""Quotes against the text they are from: offsets that are off by one would show other words as evidence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from graph_service.domain.said import Said, said
from loaders.loader import Reject, Row

_SHOWN = 60


def checked_quotes(items: Iterable[Row | Reject], texts: Mapping[str, str]) -> Iterator[Row | Reject]:
    """The items, with rows rejected whose quote does not stand in the document's text where they say.

    Args:
        items: what was read.
        texts: the text of each document that has one, by the document's key.
    """
    for item in items:
        reason = _problem(item, texts.get(item.document or "")) if isinstance(item, Row) else None
        yield Reject(where=item.where, reason=reason, cells=item.cells) if reason else item


def _problem(row: Row, text: str | None) -> Said | None:
    quote, start, end = (row.values.get(name) for name in ("quote", "char_start", "char_end"))
    if text is None or not isinstance(quote, str) or not isinstance(start, int) or not isinstance(end, int):
        return None
    if start >= 0 and text[start:end] == quote:
        return None
    found = text.find(quote)
    words = text[max(start, 0) : max(end, 0)]
    shown = words if len(words) <= _SHOWN else words[:_SHOWN] + "…"
    there = {"start": start, "end": end, "document": row.document, "words": shown}
    return (
        said("quote-elsewhere", **there, at=found, to=found + len(quote))
        if found >= 0
        else said("quote-nowhere", **there)
    )
