"""Find a place by name or code: countries and regions by ISO 3166, federal districts, towns.

Which region belongs to which country or district is data, not code: the folder of tables may be replaced as a
whole. `region_codes.csv` (regions with their Russian codes), `federal_districts.csv`, `country_names.csv` and
`towns.csv` (GeoNames, CC BY 4.0) lie beside this module. Countries come from pycountry with their names from
CLDR (babel), regions that the table does not list from iso3166-2. Nothing is read before it is asked for.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Literal

from graph_service.domain.names import fold
from graph_service.errors import BadSettings
from loaders.gazetteer.place_names import SpellingIndex, index_names, spellings, town_keys
from loaders.gazetteer.tables import Row, read_table, split_cell

Label = Literal["Country", "Region", "City"]
Kind = Literal["country", "region", "district", "city"]

TABLES = Path(__file__).parent


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
            name: As written, with or without «г.»; case, ё and the Latin spelling do not matter.
            region_iso: ISO code of its region or country. The largest of the namesakes of a region is meant;
                within a country, or with no code at all, only a name that one town has finds it.
        """
        area = (region_iso or "").strip().upper()
        for key in town_keys(name):
            inside = [town for town in self._towns_by_name.get(key, ()) if not area or self._is_in(town, area)]
            if inside:
                return inside[0] if len(inside) == 1 or "-" in area else None
        return None

    def find_country(self, text: str) -> Place | None:
        """Return a country by code or name in Russian or English: `PK`, `PAK`, "China", "КНР", "РФ"."""
        return self.country(text) or self._countries.get(self._country_names.get(fold(text), ""))

    def find_region(self, text: str, country: str | None = None) -> Place | None:
        """Return a region by code or name.

        Args:
            text: `RU-VGG`, "Волгоградская обл", "Volgograd Oblast", "Адыгея Респ".
            country: ISO code of a country to look in. Regions outside `region_codes.csv` are found by name
                only if their country is given.
        """
        found = self.region(text) or _meant(text, self._region_names, self._regions | self._districts)
        if country is None or (found and self._is_in(found, country.upper())):
            return found
        others = self._other_regions(country.upper())
        names = index_names((iso, (place.name_ru, place.name_en)) for iso, place in others.items())
        return _meant(text, names, others)

    def region_of_oktmo(self, code: str) -> str | None:
        """Return the ISO code of the region of an OKTMO code (8 or 11 digits, or their beginning)."""
        return self._region_by_prefix("oktmo", code, lengths=(8, 11))

    def region_of_okato(self, code: str) -> str | None:
        """Return the ISO code of the region of an OKATO code (11 digits, or their beginning)."""
        return self._region_by_prefix("okato", code, lengths=(11,))

    def region_of_inn(self, inn: str) -> str | None:
        """Return the ISO code of the region whose tax office gave an INN (10 or 12 digits).

        A firm was there when it got the INN; it need not be there now.
        """
        return self._region_by_prefix("tax_codes", inn, lengths=(10, 12))

    def _region_by_prefix(self, column: str, code: str, *, lengths: tuple[int, ...]) -> str | None:
        digits = re.sub(r"\D", "", code)
        if len(digits) + 1 in lengths:
            digits = "0" + digits  # a spreadsheet took it for a number
        prefixes = self._prefixes[column]
        return next((prefixes[digits[:n]] for n in (4, 3, 2) if digits[:n] in prefixes and len(digits) >= n), None)

    def _is_in(self, place: Place, key: str) -> bool:
        """Tell whether a place is part of another one, directly or not."""
        return any(
            parent == key or ((above := self.place(parent)) is not None and self._is_in(above, key))
            for parent in place.parents
        )

    @cached_property
    def _country_table(self) -> dict[str, Row]:
        columns = ("iso", "name_ru", "name_en", "aliases")
        return {row["iso"]: row for row in read_table(self._folder / "country_names.csv", columns, dict)}

    @cached_property
    def _countries(self) -> dict[str, Place]:
        import pycountry
        from babel import Locale

        russian, english = Locale("ru").territories, Locale("en").territories
        countries = {}
        for country in pycountry.countries:
            iso = country.alpha_2
            own = self._country_table.get(iso, {})
            countries[iso] = Place(
                key=iso,
                label="Country",
                kind="country",
                name_ru=own.get("name_ru") or _in_full(russian.get(iso, country.name)),
                name_en=own.get("name_en") or _in_full(english.get(iso, country.name)),
                iso=iso,
            )
        return countries

    @cached_property
    def _country_names(self) -> dict[str, str]:
        """ISO code of each country by each of its names and codes, folded."""
        import gettext

        import pycountry
        from babel import Locale

        russian = gettext.translation("iso3166-1", pycountry.LOCALES_DIR, languages=["ru"]).gettext
        names: dict[str, str] = {}
        for country in pycountry.countries:
            iso, place = country.alpha_2, self._countries[country.alpha_2]
            known = [country.name, getattr(country, "common_name", ""), getattr(country, "official_name", "")]
            known += [russian(name) for name in known if name]
            known += [Locale(language).territories.get(iso, "") for language in ("ru", "en")]
            known += [country.alpha_3, place.name_ru, place.name_en]
            for name in filter(None, known):
                names.setdefault(fold(name), iso)
        # What the table says comes last, so that it can take a name from another country.
        for iso, row in self._country_table.items():
            names |= dict.fromkeys(map(fold, split_cell(row["aliases"])), iso)
        return names

    @cached_property
    def _region_table(self) -> list[Row]:
        columns = (
            "iso",
            "country",
            "name_ru",
            "name_en",
            "okato",
            "oktmo",
            "tax_codes",
            "geonames_admin1",
            "aliases",
        )
        return read_table(self._folder / "region_codes.csv", columns, dict)

    @cached_property
    def _district_table(self) -> list[Row]:
        columns = ("key", "country", "name_ru", "name_en", "aliases", "members")
        return read_table(self._folder / "federal_districts.csv", columns, dict)

    @cached_property
    def _districts(self) -> dict[str, Place]:
        return {
            row["key"]: Place(
                key=row["key"],
                label="Region",
                kind="district",
                name_ru=row["name_ru"],
                name_en=row["name_en"],
                parents=(row["country"],),
            )
            for row in self._district_table
        }

    @cached_property
    def _regions(self) -> dict[str, Place]:
        """The regions of `region_codes.csv`, inside their district where they have one."""
        district_of = {iso: row for row in self._district_table for iso in split_cell(row["members"])}
        regions = {}
        for row in self._region_table:
            district = district_of.pop(row["iso"], None)
            if district is not None and district["country"] != row["country"]:
                raise BadSettings(
                    f"In {self._folder}, region_codes.csv puts {row['iso']} in {row['country']}, but "
                    f"federal_districts.csv in {district['key']} of {district['country']}: make them agree."
                )
            regions[row["iso"]] = Place(
                key=row["iso"],
                label="Region",
                kind="region",
                name_ru=row["name_ru"],
                name_en=row["name_en"],
                iso=row["iso"],
                okato=row["okato"] or None,
                oktmo=row["oktmo"] or None,
                parents=(district["key"] if district is not None else row["country"],),
            )
        if district_of:
            raise BadSettings(
                f"In {self._folder}, federal_districts.csv has members that region_codes.csv does not list: "
                f"{', '.join(sorted(district_of))}. Add them there, or take them out here."
            )
        return regions

    @cached_property
    def _region_names(self) -> SpellingIndex:
        aliases = {row["iso"]: split_cell(row["aliases"]) for row in self._region_table}
        aliases |= {row["key"]: split_cell(row["aliases"]) for row in self._district_table}
        places = self._regions | self._districts
        return index_names((key, (p.name_ru, p.name_en, *aliases[key])) for key, p in places.items())

    def _other_regions(self, country: str) -> dict[str, Place]:
        """The regions of a country as ISO lists them, with the Russian names that the library has."""
        if country not in self._other_regions_by_country:
            self._other_regions_by_country[country] = self._read_other_regions(country)
        return self._other_regions_by_country[country]

    @cached_property
    def _other_regions_by_country(self) -> dict[str, dict[str, Place]]:
        return {}

    def _read_other_regions(self, country: str) -> dict[str, Place]:
        import iso3166_2

        if country not in self._countries:
            return {}
        listed: Any = iso3166_2.Subdivisions(country)[country]
        regions = {}
        for iso, region in listed.items():
            if iso in self._regions:
                continue
            russian = re.search(r"(?:^|, )([^,()]+) \(rus\)", region.localOtherName or "")
            regions[iso] = Place(
                key=iso,
                label="Region",
                kind="region",
                name_ru=russian.group(1) if russian else region.name,
                name_en=region.name,
                iso=iso,
                parents=(region.parentCode or country,),
            )
        return regions

    @cached_property
    def _prefixes(self) -> dict[str, dict[str, str]]:
        columns = ("okato", "oktmo", "tax_codes")
        return {
            column: {code: row["iso"] for row in self._region_table for code in split_cell(row[column])}
            for column in columns
        }

    @cached_property
    def _towns(self) -> dict[str, Place]:
        """The towns, the largest first."""
        columns = ("geonameid", "country", "region", "name_en", "name_ru", "lat", "lon", "population")
        towns = read_table(self._folder / "towns.csv", columns, _town)
        towns.sort(key=lambda sized: (-sized[0], sized[1].key))
        return {town.key: town for _, town in towns}

    @cached_property
    def _towns_by_name(self) -> dict[str, tuple[Place, ...]]:
        named: dict[str, dict[str, Place]] = {}
        for town in self._towns.values():
            for name in (town.name_ru, town.name_en):
                for key in town_keys(name):
                    named.setdefault(key, {})[town.key] = town
        return {key: tuple(towns.values()) for key, towns in named.items()}


def _town(row: Row) -> tuple[int, Place]:
    """Return a town with its population."""
    place = Place(
        key=f"city:{int(row['geonameid'])}",
        label="City",
        kind="city",
        name_ru=row["name_ru"] or row["name_en"],
        name_en=row["name_en"],
        lat=float(row["lat"]),
        lon=float(row["lon"]),
        parents=(row["region"] or row["country"],),
    )
    return int(row["population"]), place


def _in_full(name: str) -> str:
    """Spell out what CLDR abbreviates."""
    for short, full in (
        ("о-ва", "острова"),
        ("о-в", "остров"),
        ("Св.", "Святой"),
        ("&", "and"),
        ("St.", "Saint"),
    ):
        name = re.sub(rf"(?<!\w){re.escape(short)}(?!\w)", full, name)
    return name[:1].upper() + name[1:]


def _meant(text: str, names: SpellingIndex, places: Mapping[str, Place]) -> Place | None:
    """Return the one place that a text means at the strictest spelling that means any."""
    for spelling in spellings(text):
        if keys := names.get(spelling):
            return places[next(iter(keys))] if len(keys) == 1 else None
    return None
