"""Entity ids: opaque, short, with a check digit, derived from the best key that a record states.

The order of keys is INN, OGRN, LEI, ISO code, then the record's own key inside its name space. The same key
gives the same id everywhere, so the graph depends neither on the order of loading nor on the store.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from hashlib import blake2b

from stdnum import lei as stdnum_lei
from stdnum.exceptions import InvalidChecksum, InvalidLength, ValidationError
from stdnum.iso7064 import mod_37_36
from stdnum.ru import inn as stdnum_inn
from stdnum.ru import ogrn as stdnum_ogrn

from graph_service.domain.said import said
from graph_service.errors import BadInput

IDENTIFYING: tuple[str, ...] = ("inn", "ogrn", "lei", "iso")
"""Keys that identify by themselves, best first."""

Tied = tuple[tuple[object, ...], str]
"""How a weaker id is tied: the order of choice and the stronger id."""

_ALPHABET = "0123456789abcdefghijklmnopqrstuvwxyz"
_BODY_LENGTH = 12  # 62 bits: ten million entities collide with a probability of about 1e-5


def entity_id(issuer: str, key: str) -> str:
    """The id of whatever ``key`` names for ``issuer`` (``inn``, ``ogrn``, ``lei``, ``iso`` or a name space).

    Returns twelve characters 0-9a-z and an ISO 7064 mod 37,36 check character.
    """
    number = int.from_bytes(blake2b(f"{issuer}\x1f{key}".encode(), digest_size=8).digest()) >> 2
    body = []
    for _ in range(_BODY_LENGTH):
        number, digit = divmod(number, 36)
        body.append(_ALPHABET[digit])
    text = "".join(body)
    return text + str(mod_37_36.calc_check_digit(text.upper())).lower()


def is_entity_id(text: str) -> bool:
    """Whether ``text`` has the form and the check digit of an entity id."""
    return len(text) == _BODY_LENGTH + 1 and text.islower() | text.isdigit() and mod_37_36.is_valid(text.upper())


def checked_identifier(kind: str, text: str) -> str:
    """The identifier without spaces, its check digits verified.

    Args:
        kind: ``inn``, ``ogrn`` or ``lei`` (other kinds are returned stripped).
        text: as written; spaces are allowed.

    Raises:
        BadInput: the number has the wrong length or check digit, so it identifies nobody.
    """
    compact = "".join(text.split())
    try:
        if kind == "inn":
            return str(stdnum_inn.validate(compact))
        if kind == "ogrn":
            return str(stdnum_ogrn.validate(compact))
        if kind == "lei":
            return str(stdnum_lei.validate(compact))
    except ValidationError as problem:
        wrong = {InvalidChecksum: "bad-check-digit", InvalidLength: "bad-length"}.get(type(problem), "bad-identifier")
        what = said(wrong, kind=said(f"kind-{kind}"), text=text)
        raise BadInput(what, parameter=kind) from problem
    return compact


def best_id(keys: Mapping[str, str], namespace: str, own_key: str | None) -> tuple[str, list[str]]:
    """The id by the best key, and the ids that the weaker keys give (to be redirected to it).

    Args:
        keys: identifying keys that the record states, by issuer.
        namespace: who issues ``own_key``: a source or data set.
        own_key: the record's own key or folded name there.
    """
    ids = [entity_id(issuer, keys[issuer]) for issuer in IDENTIFYING if keys.get(issuer)]
    if own_key:
        ids.append(entity_id(namespace, own_key))
    if not ids:
        raise BadInput(said("no-key"))
    return ids[0], ids[1:]


def redirects(
    ties: Iterable[tuple[tuple[object, ...], str, str]], apart: Collection[tuple[str, str]] = ()
) -> dict[str, str]:
    """Where each weaker id leads.

    Args:
        ties: (order of choice, weaker id, stronger id); the smallest order wins where a weaker id is
            tied to several stronger ones.
        apart: pairs of ids that are not one, whatever the ties say; read after all ties. The first of a pair leaves by
            giving up its own tie, and takes along what is tied to it; if the second one is tied to the first, that one
            leaves. Who leaves is led by its next best tie, if it has one.

    Returns:
        The final id for each redirected id; chains are followed, and a loop keeps its smallest id.
    """
    chosen: dict[str, Tied] = {}
    rivals: dict[str, list[Tied]] = {}
    for order, weaker, stronger in ties:
        if weaker == stronger:
            continue
        known = chosen.setdefault(weaker, (order, stronger))
        better, worse = sorted((known, (order, stronger)))
        chosen[weaker] = better
        if worse[1] != better[1]:
            rivals.setdefault(weaker, []).append(worse)
    _part(chosen, rivals, apart)
    final: dict[str, str] = {}
    for start in sorted(chosen):
        path, end = _path(chosen, start)
        for step in path:
            if step != end:
                final[step] = end
    return final


def _path(chosen: Mapping[str, Tied], start: str) -> tuple[list[str], str]:
    """The ids on the way from ``start``, and where it ends."""
    path, here = [start], start
    while here in chosen:
        here = chosen[here][1]
        if here in path:
            return path, min(path[path.index(here) :])
        path.append(here)
    return path, here


def _part(chosen: dict[str, Tied], rivals: dict[str, list[Tied]], apart: Collection[tuple[str, str]]) -> None:
    """Give up ties until no pair is one."""
    pairs = sorted({(one, other) for one, other in apart if one != other})
    is_settled = False
    while not is_settled:
        is_settled = True
        for one, other in pairs:
            (_, end), (way, other_end) = _path(chosen, one), _path(chosen, other)
            if end != other_end:
                continue
            leaver = other if one in way else one
            _, gone = chosen.pop(leaver)
            rivals[leaver] = [rival for rival in rivals.get(leaver, ()) if rival[1] != gone]
            if rivals[leaver]:
                chosen[leaver] = min(rivals[leaver])
            is_settled = False  # its next tie, or what it took along, may join another pair
