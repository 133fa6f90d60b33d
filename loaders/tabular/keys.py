"""The key of each row at its source: never a row number, so that a sorted spreadsheet is the same spreadsheet."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from hashlib import blake2b

from graph_service.domain.said import Said, said
from loaders.loader import Reject, named_rows
from loaders.tabular.header import TableRow


def keyed(
    rows: Iterable[TableRow], columns: Sequence[str], *, are_lines: bool
) -> Iterator[tuple[TableRow, str] | Reject]:
    """Each row of one document with its record key, or why it has none.

    With key columns, rows that share a key and differ are all rejected, whatever their order; identical ones are one
    record. With ``are_lines`` they are lines of one record: the key is followed by a hash of the line's cells and, for
    identical lines, their number. Without key columns the key is the hash and the number alone.
    """
    found = list(rows)
    keys = {id(row): " / ".join(row.mapped[name] for name in columns if name in row.mapped) for row in found}
    if columns and not are_lines:
        yield from _unique(found, keys, columns)
        return
    seen: Counter[str] = Counter()
    for row in found:
        lacking = [name for name in columns if name not in row.mapped]
        if lacking:
            yield _without_key(row, lacking)
            continue
        line = "/".join(filter(None, (keys[id(row)], _digest(row))))
        seen[line] += 1
        yield row, line if seen[line] == 1 else f"{line}#{seen[line]}"


def _unique(
    rows: Sequence[TableRow], keys: dict[int, str], columns: Sequence[str]
) -> Iterator[tuple[TableRow, str] | Reject]:
    same: dict[str, list[TableRow]] = defaultdict(list)
    for row in rows:
        same[keys[id(row)]].append(row)
    for row in rows:
        lacking = [name for name in columns if name not in row.mapped]
        alike = same[keys[id(row)]]
        if lacking:
            yield _without_key(row, lacking)
        elif len({_digest(other) for other in alike}) > 1:
            yield Reject(where=row.where, reason=_twice(keys[id(row)], columns, alike), cells=row.cells)
        else:
            yield row, keys[id(row)]


def _without_key(row: TableRow, lacking: Sequence[str]) -> Reject:
    return Reject(where=row.where, reason=said("record-key-empty", columns=", ".join(lacking)), cells=row.cells)


def _twice(key: str, columns: Sequence[str], alike: Sequence[TableRow]) -> Said:
    return said("key-twice", key=key, columns=", ".join(columns), rows=named_rows([row.where for row in alike]))


def _digest(row: TableRow) -> str:
    text = "\x1f".join(f"{name}\x1e{cell}" for name, cell in sorted(row.mapped.items()))
    return blake2b(text.encode(), digest_size=6).hexdigest()
