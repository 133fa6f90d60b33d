"""One value of an answer as HTML: entities are links, amounts have units, every fact has the number of its source."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from urllib.parse import quote, urlsplit

from markupsafe import Markup

from graph_service.api import numerals
from graph_service.api.addresses import PLAIN
from graph_service.api.labels import known, ui, word
from graph_service.questions.tables import is_amount, is_bounds, is_entity
from graph_service.questions.wording import count as counted
from graph_service.questions.wording import number

GLYPHS = {
    "Plant": "plant", "Company": "company", "Organization": "company", "Person": "person", "Product": "product",
    "City": "region", "Region": "region", "Country": "market", "PartnerGroup": "group", "Cluster": "project",
    "Project": "project", "Stage": "project", "Observation": "fact", "Document": "source",
}  # fmt: skip
SHARES = ("share", "buyer_share", "sales_share")
AMOUNTS = ("value", "quantity", "capacity", "count")
_INDICES = ("hhi", "score")
_PROJECTS = ("Project", "Cluster")
_DAYS = ("last_seen", "published_on", "last_published", "valid_from", "valid_until", "valid_at")
_TERMS = (
    "change",
    "kind", "role", "status", "state", "status_text", "what", "event", "direction", "basis", "certainty", "how",
    "review", "distance_from", "point_precision", "known", "control",
)  # fmt: skip
CHIPS = {
    "disputed": ("dis", "differ"), "planned": ("plan", "dashes"), "cancelled": ("plan", "cross"),
    "retracted": ("plan", "cross"), "inferred": ("inf", "dots"), "confirmed": ("ok", "check"),
    "asserted": ("said", "ring"), "certain": ("ok", "check"), "possible": ("est", "dots"),
}  # fmt: skip
_REFS_SHOWN = 6
_NOTHING = Markup("")


class Cells:
    """Values of one answer as HTML.

    Args:
        envelope: the answer; its language, day and evidence decide how values are shown.
        numbers: the numbers that claims have already where several answers make one page; new ones are added.
    """

    def __init__(self, envelope: Mapping[str, Any], numbers: dict[str, int] | None = None) -> None:
        self.lang: str = envelope["meta"]["lang"]
        self.valid_at: str = envelope["meta"]["valid_at"]
        evidence = envelope["evidence"]
        self.numbers = {} if numbers is None else numbers
        for claim in evidence["claims"]:
            self.numbers.setdefault(claim, len(self.numbers) + 1)
        self.documents: dict[str, Mapping[str, Any]] = {item["id"]: item for item in evidence["documents"]}
        self.document_of: dict[str, str] = {
            quoted["claim"]: quoted["document"] for quoted in evidence.get("quotes", ())
        }

    def value(self, name: str, value: Any) -> Markup:
        """Any value by its name and shape."""
        if value is None or value in ("", []):
            return _NOTHING
        if is_entity(value):
            return self.entity(value)
        if is_amount(value):
            return self.amount(value)
        if is_bounds(value):
            return self._bounds(name, value)
        if isinstance(value, Mapping):
            return Markup("{}").format(value["text"]) if "text" in value else self._mapping(value)
        if isinstance(value, Sequence) and not isinstance(value, str):
            if all(is_entity(part) for part in value):
                return Markup('<span class="many">{}</span>').format(Markup(" ").join(map(self.entity, value)))
            return self._joined(self.value(name, part) for part in value)
        return self._scalar(name, value)

    def _bounds(self, name: str, value: Sequence[float]) -> Markup:
        """Bounds are of a share unless their name says otherwise."""
        if name == "distance_km":
            return Markup("{}").format(numerals.kilometres(value, self.lang))
        if name == "point":
            return Markup(", ").join(Markup("{}°").format(number(str(degrees), self.lang)) for degrees in value)
        if name in _INDICES:
            return Markup("{}").format(numerals.index(value, self.lang))
        return self.share(value)

    def _scalar(self, name: str, value: Any) -> Markup:
        lang = self.lang
        if isinstance(value, bool):
            text = ui(lang, "yes" if value else "no")
        elif name in _TERMS or (name == "by" and known("value", str(value))):
            text = word(lang, "value", value) if known("value", str(value)) else str(value).replace("_", " ")
        elif name in ("rank", "source_rank"):
            text = f"{value}: {word(lang, 'rank', value)}" if known("rank", str(value)) else str(value)
        elif name == "confidence":
            text = numerals.share([value, value], lang)
        elif name in _DAYS:
            text = numerals.day(str(value), lang)
        elif name == "at":
            text = numerals.moment(str(value), lang)
        elif name == "period":
            text = numerals.period(str(value), lang)
        elif name in ("type", "relation"):
            text = word(lang, "relation" if known("relation", str(value)) else "type", value)
        elif name == "url":
            return outside(str(value), str(value))
        elif isinstance(value, (int, float)):
            text = number(str(value), lang)
        else:
            text = str(value)
        return Markup("{}").format(text)

    def _mapping(self, value: Mapping[str, Any]) -> Markup:
        if "subject" in value and "stated" in value:
            return self.claim(value)
        if "entity" in value:
            rest = self._joined(
                self.value(name, part) for name, part in value.items() if name not in ("entity", "claims", "status")
            )
            return self.entity(value["entity"]) + (Markup(' <span class="t2">({})</span>').format(rest) if rest else "")
        return self._joined(
            Markup('<span class="t2">{}</span> {}').format(self.label(name), self.value(name, part))
            for name, part in value.items()
            if name != "claims"
        )

    @staticmethod
    def _joined(parts: Iterable[Markup]) -> Markup:
        return Markup("<br> ").join(part for part in parts if part)

    def label(self, name: str) -> str:
        """The words for a field."""
        return word(self.lang, "field", name)

    # --- parties

    def entity(self, item: Mapping[str, Any], *, with_place: bool = True) -> Markup:
        """An entity as a link to its page, with its sign and the place it lies in."""
        place = Markup(' <span class="place">{}</span>').format(item["place"]) if with_place and "place" in item else ""
        return Markup('<span class="ent">{}<span><a href="{}">{}</a>{}</span></span>').format(
            glyph(item["type"], word(self.lang, "type", item["type"])), entity_page(item), item["name"], place
        )

    # --- figures

    def amount(self, value: Mapping[str, Any]) -> Markup:
        """An amount, its exact value in the tooltip where it is shortened."""
        return self._titled(numerals.amount(value, self.lang), numerals.exact_amount(value, self.lang))

    def share(self, bounds: Sequence[float] | None) -> Markup:
        """A share in percent; unknown ones are said to be so."""
        text = numerals.share(bounds, self.lang)
        if bounds is None or text == ui(self.lang, "share_unknown"):
            return Markup('<span class="t3">{}</span>').format(text)
        return self._titled(text, numerals.exact_share(bounds, self.lang))

    @staticmethod
    def _titled(text: str, title: str) -> Markup:
        return Markup('<span class="nw" title="{}">{}</span>').format(title, text)

    def stated(self, claim: Mapping[str, Any]) -> Markup:
        """What a claim says: its figures first, then what limits them."""
        stated, parts = claim["stated"], []
        for name in (*AMOUNTS, *SHARES):
            if name in stated:
                text = self.value(name, stated[name])
                what = name if name in ("capacity", "buyer_share", "sales_share") else None
                parts.append(text + (Markup(' <span class="t2">{}</span>').format(self._small(what)) if what else ""))
        for name in ("essential", "complete", "substitutable"):
            if name in stated:
                parts.append(Markup("{}: {}").format(self.label(name), self.value(name, stated[name])))
        for name in ("kind", "role"):
            if name in stated and claim["type"] != "HAS":
                parts.append(self.value(name, stated[name]))
        if "scope" in stated:
            parts.append(Markup('<span class="t2">{}</span>').format(stated["scope"]))
        return self._joined(parts)

    def _small(self, name: str) -> str:
        return self.label(name)[0].lower() + self.label(name)[1:]

    def has_figure(self, claim: Mapping[str, Any]) -> bool:
        """Whether a claim states a number."""
        return any(name in claim["stated"] for name in (*AMOUNTS, *SHARES))

    def claim(self, item: Mapping[str, Any]) -> Markup:
        """A claim as a sentence: who, what, whom, which product."""
        parts = [self.entity(item["subject"], with_place=False)]
        if item["type"] == "HAS":
            parts.append(Markup('<span class="verb">{}</span>').format(self.value("kind", item["stated"].get("kind"))))
        else:
            parts.append(Markup('<span class="verb">{}</span>').format(word(self.lang, "relation", item["type"])))
        parts += [self.entity(item[name], with_place=False) for name in ("object", "product") if name in item]
        return Markup('<span class="says">{}</span>').format(Markup(" ").join(parts))

    # --- time

    def when(self, item: Mapping[str, Any]) -> Markup:
        """When it was or was last seen, and how long ago that is."""
        stated = item.get("stated", {})
        parts = []
        if "period" in stated:
            parts.append(numerals.period(stated["period"], self.lang))
        elif "valid_from" in item or "valid_until" in item:
            ends = (numerals.day(item[end], self.lang) if end in item else "…" for end in ("valid_from", "valid_until"))
            parts.append(" – ".join(ends))
        elif "last_seen" in item:
            parts.append(numerals.day(item["last_seen"], self.lang))
        if "last_seen" in item:
            parts.append(numerals.age_of(item["last_seen"], self.valid_at, self.lang))
        if not parts:
            parts.append(ui(self.lang, "undated"))
        first, *rest = (part for part in parts if part)
        more = Markup('<br> <span class="t2">{}</span>').format(", ".join(rest)) if rest else ""
        return Markup('<span class="nw">{}</span>').format(first) + more

    # --- evidence

    def chip(self, item: Mapping[str, Any], claims: Sequence[str] = ()) -> Markup:
        """One chip: disputed, planned or cancelled, inferred, confirmed, else how many sources."""
        if item.get("disputed") or item.get("rivals") or item.get("review") == "disputed":
            return self.chip_of("disputed")
        stated = item.get("stated", {})
        if "retracted" in item:
            return self.chip_of("retracted")
        if item.get("status") in ("planned", "cancelled"):
            return self.chip_of(item["status"])
        if stated.get("how") in ("inferred", "implied"):
            return self.chip_of("inferred")
        if "confirmed" in (item.get("review"), stated.get("review")):
            return self.chip_of("confirmed")
        sources = item.get("witnesses") or self._witnesses(claims)
        if sources is None:
            return self.chip_of("asserted")
        return self.mark("said", "ring", counted(sources, "source", self.lang))

    def chip_of(self, name: str) -> Markup:
        """The chip of a word."""
        style, sign = CHIPS.get(name, ("said", "ring"))
        return self.mark(style, sign, word(self.lang, "value", name))

    @staticmethod
    def mark(style: str, sign: str, text: str) -> Markup:
        """A chip: its sign and word tell as much as its colour."""
        return Markup('<span class="chip {}">{}{}</span>').format(style, icon(sign), text)

    def _witnesses(self, claims: Sequence[str]) -> int | None:
        documents = {self.document_of.get(claim) for claim in claims}
        return None if not claims or None in documents else len(documents)

    def refs(self, claims: Sequence[str]) -> Markup:
        """Numbers of the claims in the list of evidence; one that is not in it leads to its own page."""
        links = []
        for claim in claims[:_REFS_SHOWN]:
            place = self.numbers.get(claim)
            is_listed = claim in self.document_of
            href = f"#e-{claim}" if is_listed else f"{PLAIN}/claims/{quote(claim, safe='')}"
            text = str(place) if place is not None else ui(self.lang, "claim")
            links.append(Markup('<a class="ref" href="{}">{}</a>').format(href, text))
        if len(claims) > _REFS_SHOWN:
            links.append(Markup('<span class="t3">+{}</span>').format(len(claims) - _REFS_SHOWN))
        return Markup('<span class="refs">{}</span>').format(Markup(" ").join(links)) if links else _NOTHING


def entity_page(item: Mapping[str, Any]) -> str:
    """Address of an entity's page."""
    folder = "projects" if item["type"] in _PROJECTS else "entities"
    return f"{PLAIN}/{folder}/{quote(item['id'], safe='')}"


def glyph(label: str, title: str = "") -> Markup:
    """The sign of a type: told apart by shape, not only by colour."""
    name = GLYPHS.get(label, "fact")
    said = Markup("<title>{}</title>").format(title) if title else ""
    role = Markup('role="img"') if title else Markup('aria-hidden="true"')
    return Markup('<svg class="gl g-{}" viewBox="0 0 24 24" {}>{}<use href="/static/glyphs.svg#{}"/></svg>').format(
        name, role, said, name
    )


def icon(name: str) -> Markup:
    """A small sign in the colour of the text."""
    return Markup(
        '<svg class="i" viewBox="0 0 16 16" aria-hidden="true"><use href="/static/glyphs.svg#{}"/></svg>'
    ).format(name)


def outside(address: str, text: str) -> Markup:
    """A link that leaves the service; anything but http and https stays text."""
    if urlsplit(address).scheme not in ("http", "https"):
        return Markup("{}").format(text)
    return Markup('<a href="{}" rel="noreferrer noopener">{}</a>').format(address, text)
