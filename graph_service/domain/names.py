"""Names of firms, goods and places made comparable: case, ё, quotes, legal forms, Latin spellings.

Three views of one name, from strict to loose:

* `fold` decides that two names *in one source* mean one firm: everything that a typist may write in two
  ways is levelled, the legal form is kept (ООО «Ромашка» is not АО «Ромашка»).
* `search_key` is what a person looks for: the same without the legal form.
* `latin_shadow` is one coarse Latin spelling shared by the usual romanisations of Russian (BGN/PCGN,
  ISO 9, GOST 7.79, ICAO, ALA-LC, the everyday mixtures), so that «Волжский», Volzhsky, Volzhskiy and
  Volžskij are equal.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

# Letters that look the same in both alphabets; a word that mixes them was typed with the wrong layout.
_LATIN_TO_CYRILLIC = str.maketrans("abcehkmoptxy", "авсенкмортху")
_CYRILLIC_TO_LATIN = str.maketrans("авсенкмортху", "abcehkmoptxy")
_LATIN_ONLY = re.compile(r"[a-z]")
_CYRILLIC_ONLY = re.compile(r"[а-яё]")

_APOSTROPHES = dict.fromkeys(map(ord, "'’‘`´ʹʺʼ″′"))
_WORD = re.compile(r"[^\W_]+|&")
_COMBINING = re.compile(r"[\u0300-\u036f\ufe20-\ufe2f]")

_PLAIN_LETTERS = str.maketrans({**dict(zip("ёøđłı", "еodli", strict=True)), "æ": "ae", "œ": "oe", "&": "and"})


def _letter_table(letters: str, spellings: str) -> dict[str, str]:
    return dict(zip(letters.split(), spellings.split(), strict=True))


_ROMAN = str.maketrans(
    {
        **_letter_table("а б в г д е ё з и й к л м н о п р с т", "a b v g d e e z i y k l m n o p r s t"),
        **_letter_table("у ф ы э ж х ц ч ш щ ю я", "u f y e zh kh ts ch sh shch yu ya"),
        **_letter_table("і ї є ґ ў ә ғ қ ң ө ұ ү һ", "i yi ye g u a g k n o u u h"),
        **{"ъ": "", "ь": ""},
        # Marks that carry a sound; the others are only dropped.
        **_letter_table("š ş č ć ž ŝ", "sh sh ch ch zh shch"),
    }
)
# One pass, longest first. `q` and `w` are free after it, so they stand for ч and ш/щ: a slip there stays
# one edit.
_SOUNDS = re.compile(r"shch|sch|shh|sh|tch|ch|ck|zh|kh|ph|ts|tz|cz|[qwx]")
_SOUND = {
    **dict.fromkeys(("shch", "sch", "shh", "sh"), "w"),
    **dict.fromkeys(("tch", "ch"), "q"),
    **dict.fromkeys(("ts", "tz", "cz"), "c"),
    **{"zh": "z", "kh": "h", "ph": "f", "ck": "k", "q": "k", "w": "v", "x": "ks"},
}
_SOFT_BEFORE_VOWEL = re.compile(r"[yij]+(?=[aeou])")
_SOFT = re.compile(r"[yij]+")
_DOUBLED = re.compile(r"(.)\1")  # a pair: no word has three of a letter, and "zzz" is not meant to be any word with z

# Latin letters that stand for two sounds: GOST 7.79 writes х as x, ISO 9 writes ц as c; people write
# Maxim and Caustic.
_TWO_READINGS = ((re.compile("x"), "kh"), (re.compile("c(?![hkz])"), "k"))


# Legal forms (OKOPF and the usual ones elsewhere): how one is called in a folded name; words that
# abbreviate it; phrases that spell it out. Phrases are beginnings of words, so that cases («общества с
# ограниченной…»), slips in endings and Latin spellings fit too. The forms of this table count anywhere in
# a name; those below only at its beginning or end, since elsewhere the same letters may be a word.
_FORMS_ANYWHERE = """
ооо  | ооо ooo   | общест с огранич ответств
зао  | зао zao   | закрыт акционер общест
оао  | оао oao   | открыт акционер общест
пао  | пао pao   | публич акционер общест
нао  |           | непублич акционер общест
ао   | ао        | акционер общест
аозт | аозт aozt | акционер общест закрыт тип
аоот | аоот aoot | акционер общест открыт тип
тоо  | тоо       | товарищест с огранич ответств
одо  | одо       | общест с дополнит ответств
иооо | иооо      | иностран общест с огранич ответств
сооо | сооо      | совмест общест с огранич ответств
ип   |           | индивидуальн предпринимат
кфх  | кфх       | глав крестьян фермер хозяйст, крестьян фермер хозяйст
кх   |           | крестьян хозяйст
фгуп | фгуп fgup | федеральн государствен унитарн предприят
огуп | огуп      | областн государствен унитарн предприят
гуп  | гуп gup   | государствен унитарн предприят
муп  | муп mup   | муниципальн унитарн предприят
руп  |           | республиканск унитарн предприят
чуп  |           | част унитарн предприят
мп   |           | муниципальн предприят
фкп  |           | федеральн казен предприят
кп   |           | казен предприят
фгбоу| фгбоу     | федеральн государствен бюджет образоват учрежден
фгаоу| фгаоу     | федеральн государствен автоном образоват учрежден
фгбу | фгбу      | федеральн государствен бюджет учрежден
фгау | фгау      | федеральн государствен автоном учрежден
фгку | фгку      | федеральн государствен казен учрежден
фку  | фку       | федеральн казен учрежден
гбуз | гбуз      | государствен бюджет учрежден здравоохранен
гбу  | гбу       | государствен бюджет учрежден
гау  | гау       | государствен автоном учрежден
гку  | гку       | государствен казен учрежден
мбоу | мбоу      | муниципальн бюджет общеобразоват учрежден, муниципальн бюджет образоват учрежден
мбу  | мбу       | муниципальн бюджет учрежден
мау  | мау       | муниципальн автоном учрежден
мку  | мку       | муниципальн казен учрежден
нко  | нко       | некоммерч организац, небанковск кредит организац
ано  | ано       | автоном некоммерч организац
нп   |           | некоммерч партнерст
тсж  | тсж       | товарищест собственник жил
тсн  | тсн       | товарищест собственник недвижим
снт  | снт       | садовод некоммерч товарищест, садов некоммерч товарищест
спк  | спк       | сельскохозяйствен производствен кооперат
спк-колхоз |     | спк колхоз, сельскохозяйствен производствен кооперат колхоз
спок |           | сельскохозяйствен потребительск кооперат
сппк | сппк      | сельскохозяйствен перерабатыв потребительск кооперат
скпк | скпк кспк | сельскохозяйствен кредит потребительск кооперат
скпк |           | кредит сельскохозяйствен потребительск кооперат
кпк  | кпк       | кредит потребительск кооперат
жск  | жск       | жилищн строительн кооперат
гск  | гск       | гаражн строительн кооперат
гк-гаражный |    | гаражн кооперат
пк   |           | производствен кооперат
по   |           | потребительск общест
llc  | llc       | limited liability company
pjsc | pjsc      | public joint stock company
ojsc | ojsc      | open joint stock company
cjsc | cjsc      | closed joint stock company
jsc  | jsc       | joint stock company
plc  |           | public limited company
gmbh | gmbh      | gesellschaft mit beschrankter haftung
spa  |           | societa per azioni
"""
_FORMS_AT_EDGES = "ип ип=ip ао=ao"
_FORMS_FIRST = "кх мп кп фкп нп пк по спок руп чуп нао"
_FORMS_LAST = (
    "llp ltd ltd=limited plc inc inc=incorporated corp corp=corporation co co=company pte pty kg kgaa "
    "ag ag=aktiengesellschaft se spa srl sa sas sarl nv bv ab as oy oyj aps sro kft"
)
_FORMS_LAST_PHRASES = "co=&|co spzoo=sp|z|oo spzoo=sp|z|o|o sdnbhd=sdn|bhd kk=kabushiki|kaisha"
# Written with dots, these arrive as single letters (S.p.A., ООО as О.О.О.).
_FORMS_DOTTED = "llc llp plc spa srl sa sas sarl ag kg nv bv as sro ооо зао оао"


@dataclass(frozen=True, slots=True, kw_only=True)
class NameParts:
    """A name taken apart.

    Attributes:
        forms: Codes of its legal forms (`ооо`, `gmbh`), in order of appearance, each once.
        words: The other words: lower case, no punctuation, marks and ё still in place.
    """

    forms: tuple[str, ...]
    words: tuple[str, ...]


_FOLDINGS = 4
"""A word without its marks may be a legal form («ÀO»), so a name is folded until it stays the same."""


def split_name(name: str) -> NameParts:
    """Take a name apart into legal forms and words.

    A name made of legal forms only («ООО „АО“») is all words: something has to be looked for.
    """
    words = [_one_alphabet(word) for word in _words(name)]
    forms, rest = _take_forms(words)
    if not rest and words:
        return NameParts(forms=(), words=tuple(words))
    return NameParts(forms=forms, words=tuple(rest))


def fold(name: str) -> str:
    """Return the form in which two names of one source are compared for identity.

    Levelled: case, ё, quotes and punctuation, Latin marks, look-alike letters, where the legal form stands
    and whether it is spelt out. Kept: the legal form itself, й, every other word and the order of words.

    >>> fold('ОБЩЕСТВО С ОГРАНИЧЕННОЙ ОТВЕТСТВЕННОСТЬЮ "Шёлк-2"')
    'ооо шелк 2'
    >>> fold("Manni Group S.p.A.")
    'spa manni group'
    """
    folded = name
    for _ in range(_FOLDINGS):
        parts = split_name(folded)
        before, folded = folded, " ".join((*sorted(parts.forms), *map(_plain, parts.words)))
        if folded == before:
            break
    return folded


def search_key(name: str) -> str:
    """Return the name as it is searched: like `fold`, without legal forms.

    >>> search_key("АО «Волжский Оргсинтез»")
    'волжский оргсинтез'
    """
    return key_of(split_name(name))


def key_of(parts: NameParts) -> str:
    """Return the search key of a name that is already taken apart."""
    return " ".join(map(_plain, parts.words))


def is_cyrillic(key: str) -> bool:
    """Whether a search key has a letter of the Cyrillic alphabet."""
    return any("\u0400" <= letter <= "\u04ff" for letter in key)


def latin_shadow(name: str) -> str:
    """Return the coarse Latin spelling of a name without its legal forms, one shadow per word.

    It is made to be compared, not read: ч is `q`, ш and щ are `w`, soft signs and й before vowels are gone.

    >>> latin_shadow("Волжский") == latin_shadow("Volzhsky") == latin_shadow("Volžskij")
    True
    """
    return " ".join(shadow_words(split_name(name)))


def shadow_words(parts: NameParts) -> tuple[str, ...]:
    """Return the shadow of each word of a name, words without a sound (a lone ь) left out."""
    return tuple(filter(None, map(word_shadow, parts.words)))


def shadow_readings(parts: NameParts) -> tuple[tuple[str, ...], ...]:
    """Return the shadows under which a *query* may be meant; the first is the plain one.

    The Latin letters x and c have two readings each (`Maxim` or GOST's `Xolod`, `Caricyn` or `Caustic`); a
    query is read both ways, the names in an index only one way.
    """
    readings = [parts.words]
    for letter, sound in _TWO_READINGS:
        readings += [tuple(letter.sub(sound, word) for word in words) for words in readings]
    shadows = (tuple(filter(None, map(word_shadow, words))) for words in readings)
    return tuple(dict.fromkeys(shadows))


@lru_cache(maxsize=200_000)
def word_shadow(word: str) -> str:
    """Return the shadow of one word as `split_name` gives it."""
    latin = _without_marks(word.translate(_ROMAN)).translate(_PLAIN_LETTERS)
    latin = _SOUNDS.sub(lambda found: _SOUND[found.group()], latin)
    latin = _SOFT.sub("i", _SOFT_BEFORE_VOWEL.sub("", latin))
    return _DOUBLED.sub(r"\1", latin) if not latin.isdigit() else latin


def _words(name: str) -> list[str]:
    """Split into lower-case words; apostrophes join, everything else that is no letter or digit separates."""
    text = unicodedata.normalize("NFKC", name).casefold().translate(_APOSTROPHES)
    if not text.isascii():
        text = _COMBINING.sub("", text)
    return _WORD.findall(text)


@lru_cache(maxsize=200_000)
def _one_alphabet(word: str) -> str:
    """Mend a word typed in two alphabets (Cеверсталь with a Latin C), where that is certain."""
    if not (_LATIN_ONLY.search(word) and _CYRILLIC_ONLY.search(word)):
        return word
    cyrillic = word.translate(_LATIN_TO_CYRILLIC)
    if not _LATIN_ONLY.search(cyrillic):
        return cyrillic
    latin = word.translate(_CYRILLIC_TO_LATIN)
    return word if _CYRILLIC_ONLY.search(latin) else latin


@lru_cache(maxsize=200_000)
def _plain(word: str) -> str:
    """Level ё and Latin marks; й is a letter of its own and stays."""
    plain = word.translate(_PLAIN_LETTERS)
    return plain if plain.isascii() else _without_marks(plain)


def _without_marks(word: str) -> str:
    """Drop accents from Latin letters and leave Cyrillic letters whole."""
    if word.isascii():
        return word
    return "".join(
        letter if "\u0400" <= letter <= "\u04ff" else _COMBINING.sub("", unicodedata.normalize("NFD", letter))
        for letter in word
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Pattern:
    """One way to write a legal form: as given words, or as beginnings of words in their shadows."""

    code: str
    words: tuple[str, ...]
    stems: bool = False
    first: bool = False
    last: bool = False
    anywhere: bool = False

    def fits(self, words: list[str], shadows: list[str], start: int) -> bool:
        end = start + len(self.words)
        if end > len(words):
            return False
        if not self.stems:
            return tuple(words[start:end]) == self.words
        return all(map(str.startswith, shadows[start:end], self.words))


def _patterns() -> Iterator[_Pattern]:
    """Read the tables above."""
    for line in _FORMS_ANYWHERE.strip().splitlines():
        code, abbreviations, phrases = (cell.strip() for cell in line.split("|"))
        for word in abbreviations.split():
            yield _Pattern(code=code, words=(word,), anywhere=True)
        for phrase in filter(None, phrases.split(",")):
            yield _Pattern(code=code, words=_stems(phrase.split()), stems=True, anywhere=True)
    for code, word in map(_code_and_word, _FORMS_AT_EDGES.split()):
        yield _Pattern(code=code, words=(word,), first=True, last=True)
    for code, word in map(_code_and_word, _FORMS_FIRST.split()):
        yield _Pattern(code=code, words=(word,), first=True)
    for code, word in map(_code_and_word, _FORMS_LAST.split()):
        yield _Pattern(code=code, words=(word,), last=True)
    for code, phrase in map(_code_and_word, _FORMS_LAST_PHRASES.split()):
        yield _Pattern(code=code, words=tuple(phrase.split("|")), last=True)
    for code in _FORMS_DOTTED.split():
        yield _Pattern(code=code, words=tuple(code), last=True, first=not code.isascii())


def _code_and_word(entry: str) -> tuple[str, str]:
    code, _, word = entry.partition("=")
    return code, word or code


def _stems(words: list[str]) -> tuple[str, ...]:
    return tuple(map(word_shadow, words))


def _by_head() -> dict[str, tuple[_Pattern, ...]]:
    """Index the patterns by the beginning of their first word."""
    index: dict[str, list[_Pattern]] = {}
    for pattern in _patterns():
        index.setdefault(pattern.words[0][:3], []).append(pattern)
    return {head: tuple(group) for head, group in index.items()}


_PATTERNS = _by_head()


def _take_forms(words: list[str]) -> tuple[tuple[str, ...], list[str]]:
    """Separate the legal forms from the other words."""
    shadows = [word_shadow(word) for word in words]
    found: dict[int, _Pattern] = {}
    covered = 0
    for start, (word, shadow) in enumerate(zip(words, shadows, strict=True)):
        if start < covered or not (word[:3] in _PATTERNS or shadow[:3] in _PATTERNS):
            continue
        if pattern := _pattern_at(words, shadows, start):
            found[start] = pattern
            covered = start + len(pattern.words)
    if not found:
        return (), words
    kept = _in_place(found, len(words))
    inside = {at for start in kept for at in range(start, start + len(found[start].words))}
    forms = tuple(dict.fromkeys(found[start].code for start in sorted(kept)))
    return forms, [word for at, word in enumerate(words) if at not in inside]


def _pattern_at(words: list[str], shadows: list[str], start: int) -> _Pattern | None:
    """Return the longest legal form that begins at this word, if any."""
    best = None
    for head in dict.fromkeys((words[start][:3], shadows[start][:3])):
        for pattern in _PATTERNS.get(head, ()):
            longer = best is None or len(pattern.words) > len(best.words)
            if longer and pattern.fits(words, shadows, start):
                best = pattern
    return best


def _in_place(found: dict[int, _Pattern], length: int) -> set[int]:
    """Keep the forms that count where they stand: in a run at the beginning or the end, or anywhere."""
    kept = {start for start, pattern in found.items() if pattern.anywhere}
    at = 0
    while at in found:
        if found[at].first:
            kept.add(at)
        at += len(found[at].words)
    ends = {start + len(pattern.words): start for start, pattern in found.items()}
    at = length
    while at in ends:
        at = ends[at]
        if found[at].last:
            kept.add(at)
    return kept
