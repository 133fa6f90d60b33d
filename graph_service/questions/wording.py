"""Sentences in Russian and English: plurals by CLDR (Babel), numbers as a person writes them."""

from __future__ import annotations

from datetime import date
from functools import cache

from babel import Locale
from babel.dates import format_date
from babel.numbers import format_decimal

_NOUNS: dict[str, dict[str, tuple[str, ...]]] = {
    "supplier": {"en": ("supplier", "suppliers"), "ru": ("поставщик", "поставщика", "поставщиков")},
    "customer": {"en": ("customer", "customers"), "ru": ("покупатель", "покупателя", "покупателей")},
    "seller": {"en": ("seller", "sellers"), "ru": ("продавец", "продавца", "продавцов")},
    "known seller": {
        "en": ("known seller", "known sellers"),
        "ru": ("известный продавец", "известных продавца", "известных продавцов"),
    },
    "owner": {"en": ("owner", "owners"), "ru": ("владелец", "владельца", "владельцев")},
    "member": {"en": ("member", "members"), "ru": ("участник", "участника", "участников")},
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
    "neighbour": {"en": ("neighbour", "neighbours"), "ru": ("сосед", "соседа", "соседей")},
    "maker": {"en": ("maker", "makers"), "ru": ("изготовитель", "изготовителя", "изготовителей")},
    "row": {"en": ("row", "rows"), "ru": ("строка", "строки", "строк")},
    "version": {"en": ("version", "versions"), "ru": ("версия", "версии", "версий")},
    "event": {"en": ("event", "events"), "ru": ("событие", "события", "событий")},
    "kind": {"en": ("kind", "kinds"), "ru": ("вид", "вида", "видов")},
    "link": {"en": ("link", "links"), "ru": ("связь", "связи", "связей")},
    "export link": {
        "en": ("export link", "export links"),
        "ru": ("связь экспорта", "связи экспорта", "связей экспорта"),
    },
    "path": {"en": ("path", "paths"), "ru": ("путь", "пути", "путей")},
    "need": {"en": ("need", "needs"), "ru": ("потребность", "потребности", "потребностей")},
    "product": {"en": ("product", "products"), "ru": ("продукт", "продукта", "продуктов")},
    "region": {"en": ("region", "regions"), "ru": ("регион", "региона", "регионов")},
    "country": {"en": ("country", "countries"), "ru": ("страна", "страны", "стран")},
    "missing fact": {
        "en": ("missing fact", "missing facts"),
        "ru": ("недостающий факт", "недостающих факта", "недостающих фактов"),
    },
    "exporter": {"en": ("exporter", "exporters"), "ru": ("экспортёр", "экспортёра", "экспортёров")},
    "level": {"en": ("level", "levels"), "ru": ("уровень", "уровня", "уровней")},
    "line": {"en": ("line", "lines"), "ru": ("строка", "строки", "строк")},
    "material": {"en": ("material", "materials"), "ru": ("материал", "материала", "материалов")},
    "share": {"en": ("share", "shares"), "ru": ("доля", "доли", "долей")},
    "tier": {"en": ("tier", "tiers"), "ru": ("уровень", "уровня", "уровней")},
    "unit": {"en": ("plant or company", "plants and companies"), "ru": ("предприятие", "предприятия", "предприятий")},
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
_RELATIONS = {
    "SUPPLIES": ("supplies", "поставляет"),
    "OPERATES": ("operates", "управляет"),
    "OWNS": ("owns", "владеет"),
    "LOCATED_IN": ("is located in", "находится в"),
    "PART_OF": ("is part of", "входит в"),
    "BORDERS": ("borders", "граничит с"),
    "PRODUCES": ("makes", "производит"),
    "NEEDS": ("needs", "нуждается в"),
    "REQUIRES": ("requires", "требует"),
    "EXPORTS_TO": ("exports to", "экспортирует в"),
    "SELLS_TO": ("sells to", "продаёт в"),
    "COOPERATES_WITH": ("cooperates with", "сотрудничает с"),
    "MEMBER_OF": ("is a member of", "участник"),
    "PARTICIPATES_IN": ("takes part in", "участвует в"),
    "HAS_STAGE": ("has the stage", "включает этап"),
    "HAS_ROLE": ("holds a post at", "занимает должность в"),
    "USED_IN": ("is used in", "применяется в"),
    "CREATED_BY": ("was set up by", "создан кем"),
    "UNNAMED_SUPPLIERS_OF": ("are suppliers of", "поставщики для"),
    "UNNAMED_CUSTOMERS_OF": ("are customers of", "покупатели у"),
    "UNNAMED_PARTNERS_OF": ("are partners of", "партнёры для"),
    "UNNAMED_MARKETS_OF": ("are export markets of", "рынки экспорта для"),
    "HAS": ("figure", "показатель"),
    "DESCRIBED_IN": ("description", "описание"),
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


def relation_word(relation: str, lang: str) -> str:
    """What a relation says of its subject; one without words is shown as it is."""
    english, russian = _RELATIONS.get(relation, (relation, relation))
    return say(lang, en=english, ru=russian)


def say(lang: str, *, en: str, ru: str) -> str:
    """The text of the language asked for."""
    return ru if lang == "ru" else en


def number(value: str, lang: str) -> str:
    """A decimal string with the separators of the language."""
    return str(format_decimal(value, locale=lang, decimal_quantization=False))


def day_words(day: date, lang: str) -> str:
    """``21.03.2017``, ``21 Mar 2017``."""
    return str(format_date(day, "dd.MM.y" if lang == "ru" else "d MMM y", locale=lang))


def quoted(name: str) -> str:
    """A name in Russian quotes, unless it has its own: АО «Каустик»."""
    return name if "«" in name else f"«{name}»"
