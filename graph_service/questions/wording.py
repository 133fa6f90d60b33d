"""Sentences in Russian and English: plurals by CLDR (Babel), numbers as a person writes them."""

from __future__ import annotations

from functools import cache

from babel import Locale
from babel.numbers import format_decimal

_NOUNS: dict[str, dict[str, tuple[str, ...]]] = {
    "supplier": {"en": ("supplier", "suppliers"), "ru": ("поставщик", "поставщика", "поставщиков")},
    "customer": {"en": ("customer", "customers"), "ru": ("покупатель", "покупателя", "покупателей")},
    "partner": {"en": ("partner", "partners"), "ru": ("партнёр", "партнёра", "партнёров")},
    "market": {
        "en": ("export market", "export markets"),
        "ru": ("рынок экспорта", "рынка экспорта", "рынков экспорта"),
    },
    "claim": {"en": ("claim", "claims"), "ru": ("утверждение", "утверждения", "утверждений")},
    "document": {"en": ("document", "documents"), "ru": ("документ", "документа", "документов")},
    "source": {"en": ("source", "sources"), "ru": ("источник", "источника", "источников")},
    "entity": {"en": ("entity", "entities"), "ru": ("объект", "объекта", "объектов")},
    "stage": {"en": ("stage", "stages"), "ru": ("этап", "этапа", "этапов")},
    "contradiction": {
        "en": ("contradiction", "contradictions"),
        "ru": ("противоречие", "противоречия", "противоречий"),
    },
    "figure": {"en": ("figure", "figures"), "ru": ("цифра", "цифры", "цифр")},
    "relation": {"en": ("relation", "relations"), "ru": ("связь", "связи", "связей")},
    "match": {"en": ("match", "matches"), "ru": ("совпадение", "совпадения", "совпадений")},
    "maker": {"en": ("maker", "makers"), "ru": ("изготовитель", "изготовителя", "изготовителей")},
    "row": {"en": ("row", "rows"), "ru": ("строка", "строки", "строк")},
    "version": {"en": ("version", "versions"), "ru": ("версия", "версии", "версий")},
    "event": {"en": ("event", "events"), "ru": ("событие", "события", "событий")},
    "kind": {"en": ("kind", "kinds"), "ru": ("вид", "вида", "видов")},
    "quote": {"en": ("quote", "quotes"), "ru": ("цитата", "цитаты", "цитат")},
}
_TYPES = {
    "Company": ("company", "компания"),
    "Plant": ("plant", "завод"),
    "Organization": ("organisation", "организация"),
    "Person": ("person", "лицо"),
    "Product": ("product", "продукт"),
    "City": ("town", "город"),
    "Region": ("region", "регион"),
    "Country": ("country", "страна"),
    "PartnerGroup": ("unnamed group", "группа без имён"),
    "Cluster": ("cluster", "кластер"),
    "Project": ("project", "проект"),
    "Stage": ("stage", "этап"),
    "Observation": ("figure", "показатель"),
}
_FORMS = {"ru": {"one": 0, "few": 1, "many": 2, "other": 2}, "en": {"one": 0, "other": 1}}


@cache
def _locale(lang: str) -> Locale:
    return Locale(lang)


def count(number: int, noun: str, lang: str) -> str:
    """``4 suppliers``, ``4 поставщика``."""
    form = _locale(lang).plural_form(number)
    return f"{number} {_NOUNS[noun][lang][_FORMS[lang][form]]}"


def noun(word: str, number: int, lang: str) -> str:
    """The noun alone, in the form that the number asks for."""
    return count(number, word, lang).partition(" ")[2]


def type_word(label: str, lang: str) -> str:
    """The word for a type of entity; a label without one is shown as it is."""
    english, russian = _TYPES.get(label, (label, label))
    return say(lang, en=english, ru=russian)


def say(lang: str, *, en: str, ru: str) -> str:
    """The text of the language asked for."""
    return ru if lang == "ru" else en


def number(value: str, lang: str) -> str:
    """A decimal string with the separators of the language."""
    return str(format_decimal(value, locale=lang, decimal_quantization=False))
