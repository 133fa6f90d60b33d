"""Russian files in the encodings of four decades, told apart by their letters."""

from __future__ import annotations

import pytest

from loaders.decoding import UNREADABLE, decode

ROWS = {
    "as written": [
        "Поставщик;Покупатель;Товар;Сумма", "АО «Каустик»;ООО «Новый завод»;Сода каустическая;1 200,50",
        "ОАО «Волжский трубный завод»;ПАО «Газпром»;Трубы стальные № 5;7",
    ],
    "upper case": ["ПОСТАВЩИК;ПОКУПАТЕЛЬ;ТОВАР", "АО КАУСТИК;ООО НОВЫЙ ЗАВОД;СОДА", "ФГУП ЦНИИ ЧЕРМЕТ;ФКУ;ЩЁЛОЧЬ"],
    "lower case": ["type,from,to,product", "SUPPLIES,каустик,новый завод,щёлочь", "SUPPLIES,химпром,каустик,хлор"],
    "one short row": ["type,from,to", "SUPPLIES,Каустик,Завод труб"],
    "words that look like signs of UTF-8": ["тип;рад;стр", "тип", "Каустик;Новый завод", "рак"],
}  # fmt: skip


def _text(rows: list[str], encoding: str) -> str:
    """What the encoding can hold."""
    return "\r\n".join(rows).encode(encoding, "replace").decode(encoding)


@pytest.mark.parametrize("rows", ROWS.values(), ids=ROWS)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1251", "koi8-r", "cp866"])
def test_a_russian_file_is_read_in_its_encoding(rows: list[str], encoding: str) -> None:
    text = _text(rows, encoding)
    assert decode(text.encode(encoding)) == text


@pytest.mark.parametrize("word", ["ЦЕХ", "Цех", "ФГУП", "ООО", "ё", "№", "Щ", "ПХГ", "ЭФКО"])
def test_a_few_letters_are_read_in_the_usual_encoding(word: str) -> None:
    assert decode(f"a,{word}\n".encode("cp1251")) == f"a,{word}\n"


@pytest.mark.parametrize("encoding", ["cp1251", "koi8-r", "cp866"])
def test_files_glued_together_are_read_line_by_line(encoding: str) -> None:
    other = ["SUPPLIES,Пласт,Новый завод", "SUPPLIES,КАУСТИК,ЗАВОД ТРУБ", "SUPPLIES,Химпром,Волжский"]
    data = "SUPPLIES,Каустик,Завод\n".encode() + "\n".join(other).encode(encoding) + "\nSUPPLIES,Сода,Щёлочь\n".encode()
    assert decode(data) == "\n".join(["SUPPLIES,Каустик,Завод", *other, "SUPPLIES,Сода,Щёлочь\n"])


def test_damaged_utf8_stays_damaged() -> None:
    line = "SUPPLIES,Каустик,Завод труб\n".encode()
    cut = line.replace("у".encode(), "у".encode()[:1], 1)
    text = decode(line + cut)
    assert text.count(UNREADABLE) == 1
    assert text.splitlines()[0] == line.decode().strip()
