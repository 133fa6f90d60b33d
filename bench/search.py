"""Search by name at 100,000 names: time to build the index and to answer, as JSON on standard output.

Names are made of Russian word parts with a fixed seed, so that every run asks the same; queries are names of
the index changed as people change them: a slip, a Latin spelling, a word left out, a beginning.
"""

import argparse
import json
import random
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from graph_service.snapshot.names import NameIndex

FORMS = (
    "ООО",
    "ООО",
    "ООО",
    "ООО",
    "АО",
    "ПАО",
    "ЗАО",
    "ИП",
    "ФГУП",
    "Общество с ограниченной ответственностью",
)
BEGINNINGS = """
Волго Урал Сибир Север Юг Восток Запад Донск Кам Нев Балт Кавказ Степ Лес Пром Строй Тех Маш Энерго Хим
Агро Метал Нефте Газ Транс Авто Эко Био Инвест Мега Гран Альфа Вита Глобал Центр Спец Гидро Электро Тепло
Стекло Кирпич Бетон Цемент Труб Кабель Прибор Станко Инстру Пищ Мясо Молоч Хлеб Рыб Зерно Масло Тексти Швей
"""
MIDDLES = "о а и ь ин ор ар ел ен ат ост янс ург оград амск инск"
ENDINGS = """
завод комбинат строй монтаж сервис торг снаб проект инвест трейд групп пром маш тех газ нефть металл сталь
бетон продукт фарм логистик транс авто агро экспорт система ресурс холдинг мастер
"""
WORDS = """
завод комбинат фабрика компания группа холдинг центр управление трест Волжский торговый дом фирма научный
производственная институт объединение опытный механический литейный химический трубный первый новый
"""
LATIN = dict(
    zip(
        "абвгдеёжзийклмнопрстуфхцчшщъыьэюя",
        "a b v g d e e zh z i y k l m n o p r s t u f kh ts ch sh shch _ y _ e yu ya".replace("_", "").split(" "),
        strict=True,
    )
)


def make_name(rng: random.Random) -> str:
    """Return one made-up company name."""
    word = "".join(rng.choice(parts.split()) for parts in (BEGINNINGS, MIDDLES, ENDINGS))
    words = [word, *rng.sample(WORDS.split(), rng.choice((0, 0, 1, 1, 2)))]
    if rng.random() < 0.3:
        words.append(str(rng.randint(1, 99)))
    return f"{rng.choice(FORMS)} «{' '.join(words)}»"


def slip(text: str, rng: random.Random) -> str:
    """Leave out, double, replace or swap one letter."""
    at = rng.randrange(len(text) - 1)
    other = rng.choice("абвгдежзиклмнопрстуфхцчш")
    changed = (
        text[at + 1 :],
        text[at] + text[at:],
        other + text[at + 1 :],
        text[at + 1] + text[at] + text[at + 2 :],
    )
    return text[:at] + rng.choice(changed)


def latin(text: str, rng: random.Random) -> str:
    """Spell in Latin letters."""
    return "".join(LATIN.get(letter, letter) for letter in text.lower())


def bare(name: str) -> str:
    """Return the part between the quotes."""
    return name.partition("«")[2].removesuffix("»")


ASKS: dict[str, Callable[[str, random.Random], str]] = {
    "whole name": lambda name, rng: name,
    "slip": lambda name, rng: slip(bare(name), rng),
    "slip in one word": lambda name, rng: slip(bare(name).split()[0], rng),
    "Latin": lambda name, rng: latin(bare(name), rng),
    "Latin with a slip": lambda name, rng: slip(latin(bare(name), rng), rng),
    "beginning": lambda name, rng: bare(name)[: rng.randint(2, 6)],
    "last word": lambda name, rng: bare(name).split()[-1],
    "not there": lambda name, rng: "".join(rng.sample(bare(name) * 2, 9)),
}


def percentile(times: list[float], share: float) -> float:
    """Return a percentile in milliseconds."""
    return round(sorted(times)[min(len(times) - 1, int(len(times) * share))] * 1e3, 2)


def main() -> None:
    """Build, ask, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--names", type=int, default=100_000)
    parser.add_argument("--queries", type=int, default=200, help="of each kind")
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    rng = random.Random(asked.seed)
    names = [make_name(rng) for _ in range(asked.names)]
    start = time.perf_counter()
    index = NameIndex.build(enumerate(names))
    build_seconds = time.perf_counter() - start
    result: dict[str, object] = {
        "names": asked.names,
        "distinct_names": len(set(names)),
        "build_seconds": round(build_seconds, 2),
    }
    everything: list[float] = []
    for kind, ask in ASKS.items():
        times = []
        for name in rng.choices(names, k=asked.queries):
            query = ask(name, rng)
            start = time.perf_counter()
            index.search(query, 10)
            times.append(time.perf_counter() - start)
        result[kind] = {"p50_ms": percentile(times, 0.5), "p95_ms": percentile(times, 0.95)}
        everything += times
    result["all"] = {"p50_ms": percentile(everything, 0.5), "p95_ms": percentile(everything, 0.95)}
    result["peak_memory_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(json.dumps(result, ensure_ascii=False, indent=2))


if __name__ == "__main__":
    main()
