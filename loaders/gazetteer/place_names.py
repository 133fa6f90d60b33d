"""Names of places as people write them: «Волгоградская обл», "Volgogradskaya oblast'", «г. Волжский»."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from graph_service.domain.names import fold, latin_shadow

SpellingIndex = dict[str, frozenset[str]]

_SPELT_OUT = {
    **{"обл": "область", "респ": "республика", "аобл": "автономная область", "ао": "автономный округ"},
    **{"region": "oblast", "kray": "krai", "territory": "krai", "rep": "republic"},
}
_KINDS_OF_REGION = frozenset(
    {
        *("область", "край", "республика", "автономная", "автономный", "округ", "город", "г"),
        *("oblast", "krai", "republic", "okrug", "autonomous", "federal", "city", "of", "the"),
    }
)
_KINDS_OF_TOWN = frozenset(
    {
        *("г", "гор", "город", "пгт", "рп", "р", "п", "пос", "поселок", "с", "село", "ст", "станица", "ца"),
        *("д", "деревня", "city", "town"),
    }
)


def index_names(names: Iterable[tuple[str, Iterable[str]]]) -> SpellingIndex:
    """Index regions by every way to write their names.

    Args:
        names: Pairs of a region's key and its names.

    Returns:
        The keys of the regions that each of `spellings` may mean; several where it leaves out what tells them
        apart («Волгоградская» means one region, "Altai" two).
    """
    index: dict[str, set[str]] = {}
    for key, texts in names:
        for text in texts:
            for spelling in spellings(text):
                index.setdefault(spelling, set()).add(key)
    return {spelling: frozenset(keys) for spelling, keys in index.items()}


def spellings(text: str) -> Iterator[str]:
    """Yield the keys of a region's name, the strictest first."""
    words = " ".join(_SPELT_OUT.get(word, word) for word in _words(text)).split()
    # Order does not matter («Адыгея Респ»), nor does a word said twice («Чувашская Республика Респ»).
    yield "=" + " ".join(sorted(set(words)))
    yield "~" + " ".join(sorted({latin_shadow(word) for word in words}))
    telling = sorted({word for word in words if word not in _KINDS_OF_REGION})
    if telling:
        yield "-" + " ".join(telling)
        yield "?" + " ".join(sorted({latin_shadow(word) for word in telling}))


def town_keys(name: str) -> Iterator[str]:
    """Yield the keys of a town's name, the strictest first, without the word for its kind («г.», «рп»)."""
    words = _words(name)
    while len(words) > 1 and words[0] in _KINDS_OF_TOWN:
        words = words[1:]
    if len(words) > 1 and words[-1] in _KINDS_OF_TOWN:
        words = words[:-1]
    yield "=" + " ".join(words)
    yield "~" + latin_shadow(" ".join(words)).replace(" ", "")


def _words(text: str) -> list[str]:
    # Folded name by name part: a whole name would have «АО» moved to its front as a legal form.
    return [fold(word) for word in re.findall(r"[^\W_]+", text)]
