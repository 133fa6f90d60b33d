"""A certificate of an answer: a link that asks again at the pinned time, and says whether the same comes out."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Annotated, Any, NotRequired
from urllib.parse import parse_qsl, urlencode

import rfc8785
from pydantic import Field
from typing_extensions import TypedDict

from graph_service.errors import BadParameter
from graph_service.questions.answer import Answer
from graph_service.questions.ask import check_parameters, find_question, pinned
from graph_service.questions.context import Context
from graph_service.questions.question import Params, Question
from graph_service.questions.wording import count, say

_SHOWN = 50
_OF_THE_DAY = ("age_days", "valid_at", "known_at")
"""Fields that only say when it was asked: an answer is the same without them."""

_VERSION = re.compile(r"[0-9]{1,18}")


class CertificateParams(Params):
    """Which answer."""

    question: Annotated[str, Field(description="The question's name or command: dependency.suppliers, suppliers.")]
    parameters: Annotated[
        str, Field(description="Its parameters as in its address: `id=…&tiers=2&valid_at=2026-11-24&known_at=7`.")
    ] = ""
    hash: Annotated[
        str | None,
        Field(
            pattern="^[0-9a-f]{64}$",
            description="The hash that the answer had, 64 hex digits; without one it is given out.",
        ),
    ] = None


class Now(TypedDict):
    """The same question asked now."""

    summary: str
    same: bool
    claims_new: list[str]
    claims_new_total: int
    claims_gone: list[str]
    claims_gone_total: int
    fields_changed: list[str]


class Certificate(TypedDict):
    """The pinned answer's hash and whether it is the one that was certified; and what differs now."""

    question: str
    parameters: str
    summary: str
    hash: str
    reproduced: NotRequired[bool]
    why_not: NotRequired[str]
    certificate: str
    now: Now


def answer(context: Context, params: CertificateParams) -> Answer:
    """Ask at the pinned clocks and now, and compare."""
    question = find_question(params.question)
    if question is QUESTION:
        raise BadParameter("a certificate is of another question than this one", parameter="question")
    for clock in ("valid_at", "known_at"):
        if getattr(params, clock) is not None:
            raise BadParameter(
                f"a certificate has the clocks of its answer: write {clock} into parameters", parameter=clock
            )
    given = {"lang": params.lang, **dict(parse_qsl(params.parameters, strict_parsing=bool(params.parameters)))}
    missing = params.hash is not None and _is_later(context, given.get("known_at", ""))
    if missing:
        given["known_at"] = str(context.snapshot.version.number)
    then = _context(context, question, given)
    fixed = pinned(question, then)
    then = _context(context, question, fixed)
    found = question.answer(then, then.params)
    own_hash = answer_hash(question, then, found)
    free = {name: value for name, value in given.items() if name not in ("valid_at", "known_at")}
    today = _context(context, question, free)
    now = question.answer(today, today.params)
    stated = urlencode(sorted(fixed.items()))
    data: dict[str, Any] = {
        "question": question.name, "parameters": stated, "summary": found.summary, "hash": own_hash,
        "certificate": "/api/v1/certificate?" + urlencode(
            {"question": question.name, "parameters": stated, "hash": own_hash}
        ),
        "now": _now(found, now),
    }  # fmt: skip
    if params.hash is not None:
        data["reproduced"] = own_hash == params.hash
        if own_hash != params.hash:
            data["why_not"] = _why_not(context, is_older=missing)
    return Answer(
        summary=_summary(context, params.hash, own_hash, data["now"]), data=data, evidence=found.evidence,
        truncated=found.truncated,
    )  # fmt: skip


def answer_hash(question: Question[Any], context: Context, answer: Answer) -> str:
    """SHA-256 over the canonical JSON (RFC 8785) of question, parameters with defaults, data and claim ids."""
    parameters = context.params.model_dump(mode="json", by_alias=True, exclude_none=True)
    content: Any = {
        "question": question.name, "parameters": parameters, "data": answer.data, "claims": sorted(answer.evidence),
    }  # fmt: skip
    return hashlib.sha256(rfc8785.dumps(content)).hexdigest()


def _context(context: Context, question: Question[Any], given: Mapping[str, str]) -> Context:
    return replace(context, params=check_parameters(question, given), statuses=question.default_statuses)


def _now(then: Answer, now: Answer) -> Now:
    gone = [claim for claim in then.evidence if claim not in set(now.evidence)]
    new = [claim for claim in now.evidence if claim not in set(then.evidence)]
    changed = list(dict.fromkeys(_changed(then.data, now.data)))
    return Now(
        summary=now.summary, same=not changed and not gone and not new, claims_new=new[:_SHOWN],
        claims_new_total=len(new), claims_gone=gone[:_SHOWN], claims_gone_total=len(gone), fields_changed=changed,
    )  # fmt: skip


def _changed(then: Any, now: Any, name: str = "") -> Iterator[str]:
    """Names of the fields of the data that differ: ``items.links.value``."""
    if isinstance(then, Mapping) and isinstance(now, Mapping):
        for key in dict.fromkeys([*then, *now]):
            if key not in _OF_THE_DAY:
                yield from _changed(then.get(key), now.get(key), f"{name}.{key}".lstrip("."))
    elif isinstance(then, list) and isinstance(now, list) and len(then) == len(now):
        for one, other in zip(then, now, strict=True):
            yield from _changed(one, other, name)
    elif then != now:
        yield name


def _is_later(context: Context, known_at: str) -> bool:
    """Whether a version is none that this graph has yet."""
    return bool(_VERSION.fullmatch(known_at)) and int(known_at) > context.snapshot.version.number


def _why_not(context: Context, *, is_older: bool) -> str:
    if is_older:
        return say(
            context.lang, en="this graph is older than the certificate: it does not have that version",
            ru="этот граф старше свидетельства: такой версии в нём нет",
        )  # fmt: skip
    return say(
        context.lang,
        en="the answer at the same clocks is another one: since then entities were merged or split or a claim was "
        "reviewed, or the certificate is of another graph or program version",
        ru="ответ на те же моменты другой: с тех пор объекты объединили или разделили, утверждение проверили, или "
        "свидетельство от другого графа или другой версии программы",
    )


def _summary(context: Context, expected: str | None, own_hash: str, now: Now) -> str:
    lang = context.lang
    changed = _change(lang, now)
    if expected is None:
        return say(lang, en=f"Certified as {own_hash[:12]}…; {changed}.", ru=f"Отпечаток {own_hash[:12]}…; {changed}.")
    if expected == own_hash:
        return say(lang, en=f"Reproduced; {changed}.", ru=f"Воспроизведено; {changed}.")
    return say(lang, en=f"Not reproduced; {changed}.", ru=f"Не воспроизведено; {changed}.")


def _change(lang: str, now: Now) -> str:
    if now["same"]:
        return say(lang, en="the same holds now", ru="сейчас ответ тот же")
    more, fewer = now["claims_new_total"], now["claims_gone_total"]
    if more or fewer:
        return say(
            lang,
            en=f"now {count(more, 'claim', 'en')} more and {fewer} fewer count",
            ru=f"сейчас учитывается больше на {more} и меньше на {fewer}",
        )
    fields = ", ".join(now["fields_changed"])
    return say(
        lang,
        en=f"now the same claims count, and {fields} differ",
        ru=f"сейчас учитываются те же утверждения, отличается: {fields}",
    )


QUESTION = Question(
    name="evidence.certificate",
    route="/certificate",
    title={"en": "Certificate", "ru": "Свидетельство"},
    doc={
        "en": (
            "Proves an answer later. The link `certificate` of an answer is the question with its parameters and both "
            "clocks pinned; opening it gives the SHA-256 hash of what it answers (RFC 8785 JSON of question, "
            "parameters, data and claim ids) and the link with that hash, to be kept. Opening that one asks again at "
            "the pinned clocks and says whether the same comes out, else why not, and what differs from now. Nothing "
            "is stored."
        ),
        "ru": (
            "Чтобы доказать ответ позже. Ссылка certificate у ответа — тот же вопрос с закреплёнными параметрами и "
            "временем; она даёт отпечаток SHA-256 ответа и ссылку с ним. Открытая потом, она спрашивает снова на то же "
            "время и говорит, тот же ли ответ, и чем отличается нынешний. Ничего не хранится."
        ),
    },
    params=CertificateParams,
    result=Certificate,
    answer=answer,
    example={"question": "suppliers", "parameters": "id=Волжский трубный завод&tiers=2&valid_at=2026-11-24"},
)
