"""What filters may not say: a word that is none of those allowed, or the same thing both asked for and excluded."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence

from graph_service.domain.nearest import nearest
from graph_service.errors import BadParameter


def allowed_words(given: Iterable[str], allowed: Sequence[str], parameter: str) -> tuple[str, ...]:
    """The words, each once.

    Raises:
        BadParameter: one of them is not allowed; the nearest that is, is named.
    """
    found = tuple(dict.fromkeys(given))
    for word in found:
        if word not in allowed:
            raise BadParameter(
                f"{parameter} {word!r} is none of {', '.join(allowed)}{nearest(word, allowed)}", parameter=parameter
            )
    return found


def refuse_excluded(wanted: Collection[int] | None, unwanted: Collection[int], parameter: str) -> None:
    """Raises BadParameter where everything that a filter asks for is excluded by its opposite."""
    if wanted and set(wanted) <= set(unwanted):
        raise BadParameter(f"the same {parameter} is both asked for and excluded", parameter=parameter)


def refuse_places(
    regions: set[int],
    countries: set[int],
    unwanted: set[int],
    around: Callable[[int], Collection[int]],
    all_countries: Collection[int],
) -> None:
    """Raises BadParameter where no place can be kept: each lies in one that is excluded, or in another country.

    A region of which no country is known may lie in any.
    """
    for parameter, wanted in (("region", regions), ("country", countries)):
        if wanted and all({place, *around(place)} & unwanted for place in wanted):
            raise BadParameter("the same place is both asked for and excluded", parameter=parameter)
    homes = [set(around(region)) & set(all_countries) for region in regions]
    if regions and countries and all(home and not home & countries for home in homes):
        raise BadParameter("the region that is asked for lies in another country", parameter="country")
