"""Why one of several claims was chosen: the rule in general, and what of it decided between these."""

from __future__ import annotations

from collections.abc import Iterable

from graph_service.questions.context import Context
from graph_service.questions.wording import day_words, number, say
from graph_service.snapshot.snapshot import to_date

RULE = {
    "en": "chosen: confirmed first, then the better source rank, the newest publication, the higher confidence",
    "ru": "выбрано: сначала подтверждённое, затем лучший ранг источника, новейшая публикация, большая достоверность",
}
_REVIEWS = {"confirmed": 0, "disputed": 2}


def decided(context: Context, chosen: int, rivals: Iterable[int]) -> str:
    """One sentence: what puts the chosen claim before its rivals (docs/semantics.md, The chosen value)."""
    lang = context.lang
    against: dict[str, list[str]] = {}
    for rival in rivals:
        criterion, value = _difference(context, chosen, rival)
        if value not in (values := against.setdefault(criterion, [])):
            values.append(value)
    parts = []
    for criterion, values in against.items():
        own, others = _value(context, criterion, chosen), _joined(lang, [value for value in values if value])
        versus = say(lang, en=f": {own} against {others}", ru=f": {own} против {others}") if others else ""
        parts.append(_WORDS[criterion][lang] + versus)
    text = "; ".join(parts)
    return f"{text[:1].upper()}{text[1:]}."


_WORDS = {
    "review": {"en": "a person's word decided", "ru": "решило слово человека"},
    "rank": {"en": "the rank of the source decided", "ru": "решил ранг источника"},
    "date": {"en": "the newer publication decided", "ru": "решила более новая публикация"},
    "dated": {
        "en": "a date of publication decided: not all have one",
        "ru": "решила дата публикации: она есть не у всех",
    },
    "confidence": {"en": "the higher confidence decided", "ru": "решила достоверность"},
    "order": {
        "en": "by the rule they are equal: the first by number was taken",
        "ru": "по правилу равны: взята первая по номеру",
    },
}


def _difference(context: Context, chosen: int, rival: int) -> tuple[str, str]:
    """The first step of the rule in which the two differ, and the rival's value where there is one to show."""
    snapshot = context.snapshot
    reviews = [_REVIEWS.get(snapshot.term("review", row) or "", 1) for row in (chosen, rival)]
    if reviews[0] != reviews[1]:
        return "review", ""
    for criterion in ("rank", "date", "confidence"):
        own, other = _value(context, criterion, chosen), _value(context, criterion, rival)
        if own != other:
            return (criterion, other) if other else ("dated", "")
    return "order", ""


def _value(context: Context, criterion: str, row: int) -> str:
    c, lang = context.snapshot.claims, context.lang
    if criterion == "rank":
        return str(int(c["source_rank"][row]))
    if criterion == "date":
        published = to_date(int(c["published_on"][row]))
        return day_words(published, lang) if published else ""
    if criterion == "confidence":
        return number(f"{float(c['confidence'][row]):.6g}", lang)
    return ""


def _joined(lang: str, values: list[str]) -> str:
    return say(lang, en=" and ", ru=" и ").join([", ".join(values[:-1]), values[-1]] if len(values) > 1 else values)
