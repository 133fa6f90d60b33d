"""Find a place by name or code: countries and regions by ISO 3166, federal districts, towns.

Which region belongs to which country or district is data, not code: the folder of tables may be replaced as a whole.
`region_codes.csv` (regions with their Russian codes), `federal_districts.csv`, `country_names.csv` and `towns.csv`
(GeoNames, CC BY 4.0) lie beside this module. Countries and the regions of all others come from pycountry, their
names from CLDR by babel, other regions from iso3166-2; nothing is read before it is asked for.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from pathlib import Path
from typing import Literal

from graph_service.domain.names import fold, latin_shadow
from graph_service.errors import BadSettings

Label = Literal["Country", "Region", "City"]
Kind = Literal["country", "region", "district", "city"]

TABLES = Path(__file__).parent

# How regions, districts and towns are abbreviated in addresses, spelt out; and words that only say what a place is.
_SPELT_OUT = {
    **{"обл": "область", "респ": "республика", "аобл": "автономная область", "ао": "автономный округ"},
    **{"region": "oblast", "kray": "krai", "territory": "krai", "rep": "republic"},
}
_KINDS_OF_REGION = frozenset(
    "область край республика автономная автономный округ город г "
    "oblast krai republic of okrug autonomous city federal the".split()
)
_KINDS_OF_TOWN = frozenset("г гор город пгт рп п пос поселок с село ст станица ца д деревня city town".split())
_TABLE_ERROR = "The gazetteer's table {path} {trouble}. Mend the file, or leave the gazetteer's own tables in place."


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A country, region, federal district or town.

    Attributes:
        key: Its key in this gazetteer: `RU`, `RU-VGG`, `RU:district:southern`, `city:472231` (GeoNames).
        label: Its label in the graph; a federal district is a Region of kind `district`.
        kind: What it is.
        name_ru: Russian name; the English one where no Russian name is known.
        name_en: English name.
        iso: ISO 3166-1 or 3166-2 code of a country or region.
        okato: First digits of the OKATO codes inside a Russian region.
        oktmo: The same of OKTMO.
        lat: Latitude of a town in degrees (WGS 84).
        lon: Longitude of a town in degrees.
        parents: Keys of the smallest places that it is part of.
    """

    key: str
    label: Label
    kind: Kind
    name_ru: str
    name_en: str
    iso: str | None = None
    okato: str | None = None
    oktmo: str | None = None
    lat: float | None = None
    lon: float | None = None
    parents: tuple[str, ...] = ()


class Gazetteer:
    """Places by key, code and name. All look-ups return None where nothing, or more than one place, fits.

    Args:
        folder: The folder with the tables; the gazetteer's own by default.
    """

    def __init__(self, folder: Path = TABLES) -> None:
        self._folder = folder

    def place(self, key: str) -> Place | None:
        """Return the place with this key."""
        if key.startswith("city:"):
            return self._towns.get(key)
        return self._districts.get(key) or self.country(key) or self.region(key)

    def country(self, iso: str) -> Place | None:
        """Return a country by its two-letter ISO code."""
        return self._countries.get(iso.strip().upper())

    def region(self, iso: str) -> Place | None:
        """Return a region of any country by its ISO 3166-2 code."""
        code = iso.strip().upper()
        if code in self._regions:
            return self._regions[code]
        return self._other_regions(code.partition("-")[0]).get(code) if "-" in code else None

    def city(self, name: str, region_iso: str | None = None) -> Place | None:
        """Return a town by its Russian or English name.

        Args:
            name: As written, with or without «г.»; ё, case and Latin spellings do not matter.
            region_iso: ISO code of its region, or of its country. Without it only a name that a single town has finds
                that town. Of namesakes within one region the largest is meant.
        """
        wanted = {place for place in (region_iso or "").strip().upper().split() if place}
        for key in _town_keys(name):
            towns = self._towns_by_name.get(key, ())
            inside = [town for town in towns if not wanted or wanted & self._inside(town)]
            if inside and (len(inside) == 1 or (wanted and "-" in min(wanted))):
                return inside[0]
        return None

    def find_country(self, text: str) -> Place | None:
        """Return a country by code or name in Russian or English: `PK`, `PAK`, "China", "КНР", "РФ"."""
        return self.country(text) or self._countries.get(self._country_names.get(fold(text), ""))

    def find_region(self, text: str, country: str | None = None) -> Place | None:
        """Return a region by code or name.

        Args:
            text: `RU-VGG`, "Волгоградская обл", "Volgograd Oblast", "Адыгея Респ".
            country: ISO code of a country to look in. Regions outside `region_codes.csv` are found by name only if
                their country is given.
        """
        if found := self.region(text):
            return found
        if country is not None and country.upper() not in self._listed_countries:
            others = self._other_regions(country.upper())
            names = _index((code, (place.name_ru, place.name_en)) for code, place in others.items())
            return _find(text, names, others)
        return _find(text, self._region_names, self._regions)

    def region_of_oktmo(self, code: str) -> str | None:
        """Return the ISO code of the region that an OKTMO code lies in (8 or 11 digits, or their beginning)."""
        return self._region_by_prefix("oktmo", code, lengths=(8, 11))

    def region_of_okato(self, code: str) -> str | None:
        """Return the ISO code of the region that an OKATO code lies in (2 to 11 digits)."""
        return self._region_by_prefix("okato", code, lengths=(11,))

    def region_of_inn(self, inn: str) -> str | None:
        """Return the ISO code of the region whose tax office gave an INN (10 or 12 digits): where a firm was registered.

        That is where it was when it got the INN, which need not be where it is.
        """
        return self._region_by_prefix("tax_codes", inn, lengths=(10, 12))

    def _region_by_prefix(self, column: str, code: str, *, lengths: tuple[int, ...]) -> str | None:
        digits = re.sub(r"\D", "", code)
        if len(digits) + 1 in lengths:
            digits = "0" + digits  # a spreadsheet took it for a number
        prefixes = self._prefixes[column]
        return next((prefixes[digits[:n]] for n in (4, 3, 2) if digits[:n] in prefixes and len(digits) >= n), None)

    def _inside(self, place: Place) -> set[str]:
        """Return the keys of everything that a place is part of."""
        found: set[str] = set()
        waiting = list(place.parents)
        while waiting:
            key = waiting.pop()
            found.add(key)
            parent = self.place(key)
            waiting += parent.parents if parent and key != place.key else ()
        return found

    @cached_property
    def _countries(self) -> dict[str, Place]:
        import pycountry
        from babel import Locale

        russian, english = Locale("ru").territories, Locale("en").territories
        own = {row["iso"]: row for row in self._rows("country_names.csv", "iso", "name_ru", "name_en", "aliases")}
        countries = {}
        for country in pycountry.countries:
            iso = country.alpha_2
            names = own.get(iso, {})
            countries[iso] = Place(
                key=iso,
                label="Country",
                kind="country",
                name_ru=names.get("name_ru") or _in_full(russian.get(iso, country.name)),
                name_en=names.get("name_en") or _in_full(english.get(iso, country.name)),
                iso=iso,
            )
        return countries
