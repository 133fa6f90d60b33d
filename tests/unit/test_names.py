"""Folding of names, their Latin shadows, and the order in which the index answers."""

import numpy as np
import pytest

from graph_service.domain.names import fold, latin_shadow, search_key, shadow_readings, split_name
from graph_service.snapshot.names import NameIndex


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ООО «Изопан Рус»", 'Общество с ограниченной ответственностью "ИЗОПАН РУС"'),
        ("ООО «Изопан Рус»", "Изопан Рус, ООО"),
        ('ООО""ЭЛСТРОЙ-ЯМАЛ""', "О.О.О. Элстрой Ямал"),
        ("общества с ограниченной ответственностью «Шёлк»", "ООО Шелк"),
        ("ПАО «Северсталь»", "Публичное акционерное общество «Северсталь»"),
        ("ООО «Север»", "OOO «Cевер»"),  # the second has Latin O and C
        ("ИП Иванов", "Индивидуальный предприниматель Иванов"),
        ('СПК (КОЛХОЗ) "РОДИНА"', 'Сельскохозяйственный производственный кооператив (колхоз) "Родина"'),
        ("Manni Group S.p.A.", "MANNI GROUP SPA"),
        ("Müller GmbH & Co. KG", "Muller GmbH & Co KG"),
        ("Kuzbass Co., Ltd.", "KUZBASS COMPANY LIMITED"),
        ("Кузба\u0301сс", "Кузбасс"),
    ],
)
def test_names_of_one_firm_fold_alike(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ООО «Ромашка»", "АО «Ромашка»"),
        ("ООО «Ромашка»", "Ромашка"),
        ("ПАО «Северсталь»", "ОАО «Северсталь»"),
        ("ООО «Завод 1»", "ООО «Завод 2»"),
        ("ООО «Майский»", "ООО «Маиский»"),
        ("ООО «Стройторг»", "ООО «Торгстрой»"),
        ("Isopan Rus LLC", "ООО «Изопан Рус»"),
    ],
)
def test_names_of_two_firms_stay_apart(one: str, other: str) -> None:
    assert fold(one) != fold(other)


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("АО «Волжский Оргсинтез»", "волжский оргсинтез"),
        ("ПО «Вымпел»", "вымпел"),
        ("Комитет по делам молодёжи", "комитет по делам молодежи"),  # a preposition, not a legal form
        ("Филиал «Волгоградский» АО «Северсталь канаты»", "филиал волгоградский северсталь канаты"),
        ("Limited Edition Foods Inc.", "limited edition foods"),
        ("McDonald’s", "mcdonalds"),
        ("ООО", "ооо"),
        ("«»", ""),
    ],
)
def test_search_key(name: str, key: str) -> None:
    assert search_key(name) == key


def test_forms_are_named_once_and_in_order() -> None:
    assert split_name('ООО КФХ "Приуралье" ООО').forms == ("ооо", "кфх")


@pytest.mark.parametrize(
    "spellings",
    [
        "Волжский Volzhsky Volzhskiy Volzhskii Volzhskij Volžskij",
        "Ульяновск Ulyanovsk Uljanovsk Ulianovsk Ul’janovsk",
        "Щёлково Shchelkovo Schelkovo Ŝelkovo Shhelkovo",
        "Царицын Tsaritsyn Caricyn Czaricyn Tzaritsyn",
        "Юлия Yuliya Iuliia Julija Yulia Ûliâ",
        "Объект Obieekt Obekt Obyekt",
        "Железо Zhelezo Železo",
        "Хлеб Khleb Hleb",
        "Чайка Chayka Čajka Tchaika",
        "Фотон Photon",
    ],
)
def test_latin_spellings_of_a_word_share_its_shadow(spellings: str) -> None:
    assert len({latin_shadow(word) for word in spellings.split()}) == 1, [
        (word, latin_shadow(word)) for word in spellings.split()
    ]


@pytest.mark.parametrize(
    ("latin", "russian"),
    [("Xladokombinat", "Хладокомбинат"), ("Lux", "Люкс"), ("Caustic", "Каустик"), ("Caricyn", "Царицын")],
)
def test_a_query_is_read_both_ways_where_a_letter_has_two_sounds(latin: str, russian: str) -> None:
    assert tuple(latin_shadow(russian).split()) in shadow_readings(split_name(latin))


@pytest.mark.parametrize("pair", ["Пар Бар", "Лес Вес", "Чаша Каша", "Цех Чех", "Мир Мар"])
def test_other_words_keep_other_shadows(pair: str) -> None:
    one, other = pair.split()
    assert latin_shadow(one) != latin_shadow(other)


NAMES = [
    (0, "АО «Каустик»"),
    (0, "Kaustik JSC"),
    (1, "ООО «Каустик Логистика»"),
    (2, "Химпарк «Каустик»"),
    (3, "Волжский трубный завод"),
    (4, "Завод труб малого диаметра"),
    (5, "ООО «Мир»"),
    (6, "ООО «Миг»"),
    (7, "АО «Мир»"),
]
CODES = [(0, "3448003962"), (3, "1023401997101"), (8, "RU"), (9, "RU-VGG")]
PRODUCT_CODES = [(10, "25.11.23.110"), (11, "25.11"), (12, "251110"), (13, "7306")]


@pytest.fixture(scope="module")
def index() -> NameIndex:
    return NameIndex.build(NAMES, CODES, PRODUCT_CODES)


def found(index: NameIndex, query: str, limit: int = 10) -> list[tuple[int, str]]:
    return [(hit.entity, hit.kind) for hit in index.search(query, limit)]


def test_the_whole_name_comes_first_then_longer_ones_then_words_inside(index: NameIndex) -> None:
    assert found(index, "Каустик") == [(0, "exact"), (1, "prefix"), (2, "words")]


def test_an_entity_with_two_names_is_found_once_by_the_better(index: NameIndex) -> None:
    hits = index.search("kaustik")
    assert [hit.entity for hit in hits].count(0) == 1
    assert (hits[0].matched, hits[0].kind) == ("Kaustik JSC", "exact")


def test_a_latin_query_finds_a_russian_name(index: NameIndex) -> None:
    assert found(index, "Volzhsky trubny zavod")[0] == (3, "spelling")


def test_words_in_another_order_and_unfinished(index: NameIndex) -> None:
    assert found(index, "завод волж")[0] == (3, "words")


def test_a_slip_in_one_word_of_several(index: NameIndex) -> None:
    assert found(index, "трубнй завод")[0][0] == 3
    assert found(index, "волжскийтрубный завод")[0] == (3, "spelling")


def test_equal_scores_are_ordered_by_name_then_entity(index: NameIndex) -> None:
    assert found(index, "мир")[:3] == [(7, "exact"), (5, "exact"), (6, "spelling")]
    reverse = NameIndex.build(reversed(NAMES), CODES, PRODUCT_CODES)
    for query in ("мир", "каустик", "завод", "труб"):
        assert reverse.search(query) == index.search(query)
        assert reverse.search(query, 2) == index.search(query, 10)[:2]


def test_the_legal_form_asked_for_comes_first(index: NameIndex) -> None:
    assert [entity for entity, _ in found(index, "ООО Мир", 2)] == [5, 7]
    assert [entity for entity, _ in found(index, "акционерное общество Мир", 2)] == [7, 5]


@pytest.mark.parametrize(
    ("query", "entities"),
    [
        ("3448003962", [0]),
        ("ИНН 3448003962", [0]),
        ("ОГРН: 1023401997101", [3]),
        ("344800", []),  # an INN is found whole only
        ("ru-vgg", [9]),
        ("25.11", [11, 10]),
        ("ОКПД2 25.11.23", [10]),
        ("2511", [11, 12, 10]),
        ("73", [13]),
    ],
)
def test_codes(index: NameIndex, query: str, entities: list[int]) -> None:
    hits = index.search(query)
    assert [hit.entity for hit in hits if hit.kind == "code"] == entities


@pytest.mark.parametrize("query", ["Каустик", "kaustik", "мир", "ООО Мир", "3448003962", "25.11", "трубнй завод", ""])
def test_what_is_named_whole_is_found_without_looking_further(index: NameIndex, query: str) -> None:
    for among in (None, np.arange(20) % 2 == 1):
        asked = index.search(query, among=among)
        assert index.whole(query, among=among) == [hit for hit in asked if hit.kind in ("exact", "code")]


def test_nothing_alike_finds_nothing(index: NameIndex) -> None:
    for query in ("ыыыыыыыы", "ззз", "zzz", "ккккк", "zzzzqqq"):
        assert index.search(query) == [], query
    assert index.search("") == []
    assert NameIndex.build([]).search("каустик") == []


@pytest.mark.parametrize("query", ["ыыыыы", "iiii", "ММММ"])
def test_one_letter_said_many_times_does_not_find_all_names_that_begin_with_it(query: str) -> None:
    found = NameIndex.build(enumerate(["Ытык", "Инд", "Мир и мрамор", "Металл", "ММММ"])).search(query)
    assert [hit.matched for hit in found] == ["ММММ"][: query == "ММММ"]


def test_near_reaches_further_than_search(index: NameIndex) -> None:
    assert index.search("каустеги") == []
    assert [hit.entity for hit in index.near("каустеги")] == [0]
