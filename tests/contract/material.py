"""What the contract suite writes: claims of every kind, made from few words.

An entity is named by a key and has the id that the key gives, so that tests can be read: ``key("Каустик")``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

import orjson
import polars as pl

from graph_service.domain.claims import ClaimBatch, Document, Source, document_id, frame, identify, source_id
from graph_service.domain.identity import entity_id
from graph_service.domain.schema import FIELDS
from graph_service.store.port import GraphStore, Load, LoadRequest, Scan, Written

Claim = dict[str, Any]

REGISTER = Source(source_id=source_id("Реестр"), name="Реестр", rank=1, licence="CC BY 4.0")
NEWS = Source(source_id=source_id("News"), name="News", rank=3)


def page(source: Source, name: str, **about: Any) -> Document:
    """A document of a source."""
    return Document(document_id=document_id(source.source_id, name), source_id=source.source_id, key=name, **about)


EXTRACT = page(
    REGISTER, "extract", title="Выписка", url="https://example.org/1", published_on=date(2024, 3, 1),
    retrieved_on=date(2025, 1, 2), licence="CC BY 4.0", language="ru", sha256="ab" * 32, text="ООО «Ёж» — завод.\n",
)  # fmt: skip
ARTICLE = page(NEWS, "article", title="Article", published_on=date(2025, 6, 1))
UNDATED = page(NEWS, "undated")
DOCUMENTS = {d.document_id: d for d in (EXTRACT, ARTICLE, UNDATED)}
SOURCES = {s.source_id: s for s in (REGISTER, NEWS)}


def key(name: str) -> str:
    """The id of the entity of that name."""
    return entity_id("test", name)


def claim(relation: str, start: str, end: str | None = None, *, document: Document = ARTICLE, **fields: Any) -> Claim:
    """One claim; ``product`` is a name too."""
    if "product" in fields:
        fields["product"] = key(fields["product"])
    ends = {"from_raw": key(start), "to_raw": None if end is None else key(end)}
    return {"document_id": document.document_id, "type": relation, **ends, **fields}


def described(name: str, *, document: Document = ARTICLE, same_as: Sequence[str] = (), **attributes: Any) -> Claim:
    """A description; ``same_as`` are names of weaker keys of the same entity."""
    if same_as:
        attributes["same_as"] = [key(other) for other in same_as]
    said = {"name": name, **attributes}
    text = orjson.dumps(said, option=orjson.OPT_SORT_KEYS).decode()
    return claim("DESCRIBED_IN", name, document=document, record=name, attributes=text)


def batch(*claims: Claim, documents: Sequence[Document] = (), sources: Sequence[Source] = ()) -> ClaimBatch:
    """A batch of these claims with the documents and sources that they name."""
    given = {d.document_id: d for d in documents}
    named = {
        row["document_id"]: given.get(row["document_id"]) or DOCUMENTS[row["document_id"]] for row in claims
    } | given
    owners = {s.source_id: s for s in sources}
    for document in named.values():
        owners.setdefault(document.source_id, SOURCES.get(document.source_id) or NEWS)
    return ClaimBatch(claims=frame(claims), documents=list(named.values()), sources=list(owners.values()))


def ids(*claims: Claim) -> list[str]:
    """The claim_ids of these claims."""
    found: list[str] = identify(frame(claims))["claim_id"].to_list()
    return found


def request(name: str, **given: Any) -> LoadRequest:
    """A load request; the name is its fingerprint and, unless another is given, its data set."""
    wanted = {"format": "claims", "dataset": name, "mode": "incremental", "holder": "tests", "files": (f"{name}.csv",)}
    return LoadRequest(fingerprint=given.pop("fingerprint", name), **{**wanted, **given})


def load(store: GraphStore, name: str, *claims: Claim, **given: Any) -> tuple[Load, Written]:
    """Load these claims as a whole."""
    running = store.begin(request(name, **given))
    written = store.write(running, batch(*claims))
    return store.complete(running), written


def retract(store: GraphStore, name: str, *claims: Claim) -> Load:
    """Withdraw these claims by hand."""
    running = store.begin(request(name, mode="hand", files=()))
    assert store.retract(running, ids(*claims)) == len(claims)
    return store.complete(running)


def decoded(scan: Scan) -> pl.DataFrame:
    """The claims of a scan with texts in place of positions, columns by name."""
    claims = scan.claims
    references = ["from", "to", "from_raw", "to_raw", "product"]
    terms = [field.name for field in FIELDS if field.kind == "term" and field.name in claims.columns]
    lists = {**dict.fromkeys(references, scan.entities), **dict.fromkeys(terms, scan.terms), "document": scan.documents}
    texts = [
        pl.Series(name, [None if code < 0 else texts[code] for code in claims[name].to_list()], dtype=pl.String)
        for name, texts in lists.items()
    ]
    return claims.with_columns(texts).select(sorted(claims.columns))


def live(store: GraphStore) -> list[str]:
    """The claim_ids of the live claims."""
    claims = store.scan().claims
    found: list[str] = claims.filter(pl.col("retracted").is_null())["claim_id"].sort().to_list()
    return found


def rich() -> Iterator[Claim]:
    """Claims with parallel, planned, ended, disputed, confirmed, doubtful and group ones, in every relation type."""
    for number, document in enumerate((EXTRACT, ARTICLE, UNDATED)):
        yield described(
            "Завод", document=document, label="Plant", name_ru=f"Завод № {number}", lat=48.7, lon=44.5 + number,
            revenue=1.5e9, currency="RUB", kind="works", unit="t", inn="3448003962",
        )  # fmt: skip
        yield claim(
            "SUPPLIES", "Каустик", "Завод", document=document, product="Хлор", basis="rate", quantity_min=100.0,
            quantity_max=120.5, unit="t/month", value_min=1e6, value_max=1e6, currency="RUB", buyer_share_min=0.25,
            period_from=date(2020, 1, 1), period_to=date(2021, 1, 1),
        )  # fmt: skip
    yield described("Каустик", document=EXTRACT, label="Company", same_as=["caustic"], name_en="Caustic")
    yield described("Хлор", label="Product", okpd2="20.13.21", unit="t")
    yield claim("SUPPLIES", "caustic", "Завод", product="Хлор", basis="delivery", quantity_min=5.0, quantity_max=5.0,
                unit="t", valid_from=date(2025, 2, 3), record="r1")  # fmt: skip
    yield claim("SUPPLIES", "Завод", "Фирма", status="planned", confidence=0.5)
    yield claim("SUPPLIES", "Завод", "Фирма", status="cancelled")
    yield claim("SUPPLIES", "Завод", "Фирма", valid_to=date(2019, 1, 1), review="disputed", document=EXTRACT)
    yield claim("SUPPLIES", "Завод", "Фирма", valid_from=date(2030, 1, 1), review="confirmed", how="implied")
    yield claim("OPERATES", "Фирма", "Завод", document=EXTRACT)
    yield claim("OWNS", "Холдинг", "Фирма", share_min=0.51, share_max=1.0)
    yield claim("LOCATED_IN", "Завод", "Волжский")
    yield claim("PART_OF", "Волжский", "Область")
    yield claim("BORDERS", "Область", "Сосед")
    yield claim("BORDERS", "Сосед", "Область", document=EXTRACT)
    yield claim(
        "PRODUCES", "Завод", "Хлор", capacity_max=5000.0, quantity_min=3000.0, unit="t/year", scope="первая очередь"
    )
    yield claim("NEEDS", "Завод", "Хлор", essential=True, complete=False)
    yield claim("REQUIRES", "Хлор", "Соль", quantity_min=1.7, quantity_max=1.7, unit="t/t", substitutable=False)
    yield claim("EXPORTS_TO", "Завод", "Армения", sales_share_min=0.1, sales_share_max=0.2)
    yield claim("SELLS_TO", "Фирма", "Область", product="Хлор")
    yield claim("COOPERATES_WITH", "Завод", "Институт", kind="research")
    yield claim("COOPERATES_WITH", "Институт", "Завод", kind="research", document=EXTRACT)
    yield claim("MEMBER_OF", "Завод", "Кластер", role="resident")
    yield claim("PARTICIPATES_IN", "Фирма", "Проект", role="investor", value_min=7e9, value_max=8e9, currency="RUB")
    yield claim("HAS_STAGE", "Проект", "Этап", seq=1)
    yield claim("HAS_ROLE", "Иванов", "Фирма", role="director")
    yield claim("USED_IN", "Хлор", kind="water treatment")
    yield claim("USED_IN", "Хлор", "ПВХ")
    yield claim("CREATED_BY", "Завод", "Холдинг", kind="joint venture")
    for relation in ("UNNAMED_SUPPLIERS_OF", "UNNAMED_CUSTOMERS_OF", "UNNAMED_PARTNERS_OF", "UNNAMED_MARKETS_OF"):
        yield claim(relation, f"group {relation}", "Завод", count_min=30.0)
    yield claim("HAS", "Завод", kind="Output", quantity_min=3e6, quantity_max=3e6, unit="m2", period_from=date(2017, 1, 1),
                period_to=date(2018, 1, 1))  # fmt: skip
    yield claim("HAS", "Завод", kind="market share", share_min=0.35, share_max=0.35, product="Хлор", scope="Россия")
