"""Bytes to text: UTF-8, UTF-16, cp1251, KOI8-R, cp866, and UTF-8 mixed with one of them line by line."""

from __future__ import annotations

from collections.abc import Mapping
from math import log

from charset_normalizer import from_bytes

from graph_service.domain.said import said, under
from graph_service.errors import BadInput

UNREADABLE = "\N{REPLACEMENT CHARACTER}"
"""Stands where a byte could not be decoded."""

_USUAL = "cp1251"
_OTHERS = ("koi8-r", "cp866")
_MARGIN = 5.0  # nats by which another encoding must beat the usual one: a few letters prove nothing
_SAMPLE = 1 << 16
# Letters of Russian texts in parts per thousand. The encodings swap letters and cases, so that upper-case words in one
# are lower-case words in another: only how frequent the letters are tells them apart.
_FREQUENT = {
    "о": 109.7, "е": 84.5, "а": 80.1, "и": 73.5, "н": 67.0, "т": 62.6, "с": 54.7, "р": 47.3, "в": 45.4, "л": 44.0,
    "к": 34.9, "м": 32.1, "д": 29.8, "п": 28.1, "у": 26.2, "я": 20.1, "ы": 19.0, "ь": 17.4, "г": 17.0, "з": 16.5,
    "б": 15.9, "ч": 14.4, "й": 12.1, "х": 9.7, "ж": 9.4, "ш": 7.3, "ю": 6.4, "ц": 4.8, "щ": 3.6, "э": 3.2, "ф": 2.6,
    "ъ": 0.4, "ё": 0.4,
}  # fmt: skip
_SCORES = {letter: log(share / 1000) for letter, share in _FREQUENT.items()}
_SCORES |= dict.fromkeys("«»№–—“”„…•’°\u00a0", log(0.002))
_STRANGE = -10.0  # frames, letters of other languages, bytes that mean nothing
_ODD_CASE = -5.0  # «кАУСТИК»


def decode(data: bytes) -> str:
    """Text of a file: UTF-8 where it is, else line by line (files glued together mix encodings), else a guess.

    Raises:
        BadInput: the bytes are no text.
    """
    for encoding in ("utf-8-sig", "utf-16") if data[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig",):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    if b"\x00" in data:
        best = from_bytes(data).best()
        if best is None:
            raise BadInput("this is no text: a broken or binary file")
        return str(best)
    lines = [(line, _as_utf8(line)) for line in data.splitlines(keepends=True)]
    encoding = _encoding(b"".join(line for line, text in lines if text is None or not _is_sure(line, text))[:_SAMPLE])
    return "".join(
        text if text is not None and (encoding == _USUAL or _is_sure(line, text)) else line.decode(encoding, "replace")
        for line, text in lines
    )


def refuse_unreadable(cells: Mapping[str, str]) -> None:
    """Refuse a row with bytes that belong to no encoding: nobody knows what they said.

    Raises:
        BadInput: a cell holds such bytes.
    """
    for name, text in cells.items():
        if UNREADABLE in text:
            raise BadInput(under(name, said("unreadable", text=text)), parameter=name)


def _as_utf8(line: bytes) -> str | None:
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError:
        broken = line.decode("utf-8", errors="replace")
        # Damaged UTF-8 still has more whole letters than broken ones; cp1251 hardly ever forms one by chance.
        whole = sum(character > "\x7f" and character != UNREADABLE for character in broken)
        return broken if whole > broken.count(UNREADABLE) else None


def _is_sure(line: bytes, text: str) -> bool:
    """Whether a line is UTF-8 beyond chance: words in cp866 may form signs of it, but never Cyrillic letters."""
    return line.isascii() or any("\u0400" <= character <= "\u04ff" for character in text)


def _encoding(sample: bytes) -> str:
    scores = {encoding: _score(sample.decode(encoding, "replace")) for encoding in (_USUAL, *_OTHERS)}
    best = max(_OTHERS, key=scores.__getitem__)
    return best if scores[best] > scores[_USUAL] + _MARGIN else _USUAL


def _score(text: str) -> float:
    """How likely the characters outside ASCII are in a Russian text, as a sum of logarithms."""
    total, after_lower = 0.0, False
    for character in text:
        if character > "\x7f":
            total += _SCORES.get(character.lower(), _STRANGE)
            if after_lower and character.isupper():
                total += _ODD_CASE
        after_lower = character.islower() and character > "\x7f"
    return total
