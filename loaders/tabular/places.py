"""Places that columns name, found in the gazetteer: the smallest one counts."""

from __future__ import annotations

from collections.abc import Mapping

from graph_service.domain.said import said
from graph_service.errors import BadInput
from loaders.gazetteer.gazetteer import Gazetteer
from loaders.loader import Ref
from loaders.tabular.mapping import Location


class Places:
    """Finds what the cells of a location mean."""

    def __init__(self) -> None:
        self._gazetteer = Gazetteer()
        self._known: dict[tuple[str | None, ...], Ref | None] = {}

    def find(self, location: Location, cells: Mapping[str, str]) -> Ref | None:
        """The reference to the place, or None where all its cells are empty.

        A town that the gazetteer lacks gives its region or country; with neither it becomes a town of this data set.

        Raises:
            BadInput: a country, region or code is not known, or the code lies in another region than the one named.
        """
        columns = (location.city, location.region, location.country, location.oktmo)
        key = tuple(cells.get(column) if column else None for column in columns)
        if key not in self._known:
            self._known[key] = self._find(*key)
        return self._known[key]

    def _find(self, city: str | None, region: str | None, country: str | None, oktmo: str | None) -> Ref | None:
        country_iso = self._country(country) if country else None
        region_iso = self._region(region, country_iso) if region else None
        if oktmo:
            by_code = self._gazetteer.region_of_oktmo(oktmo)
            if by_code is None:
                raise BadInput(said("no-oktmo", text=oktmo))
            if region_iso and region_iso != by_code:
                raise BadInput(said("other-oktmo", text=oktmo, own=by_code, region=region, iso=region_iso))
            region_iso = by_code
        area = region_iso or country_iso
        if city and self._gazetteer.city(city, area) is not None:
            return Ref(text=f"city:{city}, {area or ''}", label="City")
        if area:
            return Ref(text=f"iso:{area}", label="Region" if "-" in area else "Country")
        return Ref(text=city, label="City") if city else None

    def _country(self, text: str) -> str:
        place = self._gazetteer.find_country(text)
        if place is None or place.iso is None:
            raise BadInput(said("no-country", text=text))
        return place.iso

    def _region(self, text: str, country: str | None) -> str:
        place = self._gazetteer.find_region(text, country)
        if place is None or place.iso is None:
            raise BadInput(said("no-region", text=text))
        return place.iso
