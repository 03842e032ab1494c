"""Steps as passports tell them: who acts, and what is done.

Words decide: an applicant sends, chooses, pays and comes; an authority studies, inspects and draws
up; a system checks by itself. Where a sentence names a system and an official, the official
counts, for a draft must never look more automatic than its passport: what nobody says is done by
a system is done by people.

Source: passports of my.gov.uz as read in November 2026; the words are ours.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from marra.language.fold import fold


class Actor(StrEnum):
    """Who acts; the names of the lanes."""

    APPLICANT = "applicant"
    AUTHORITY = "authority"
    SYSTEM = "system"


class Deed(StrEnum):
    """What is done."""

    SIGN_IN = "sign-in"
    APPLY = "apply"
    PAY = "pay"
    COME = "come"
    WORK = "work"
    CHECK = "check"
    ISSUE = "issue"


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a passport."""

    told: str
    actor: Actor
    deed: Deed


def _words(*words: str) -> tuple[str, ...]:
    return tuple(map(fold, words))


BY_SYSTEM: Final = _words(
    "avtomat", "tizim", "AAT", "автомат", "систем", "shakllantiriladi", "raqam beriladi",
)  # fmt: skip
BY_AUTHORITY: Final = _words(
    "xodim", "inspeksiya", "oʻrganiladi", "oʻrganib", "koʻrib chiq", "ekspertiza", "dalolatnoma",
    "notarius maʼlumot", "bank YIDXP", "rasmiylashtiriladi", "imzolanadi", "tasdiqlanadi",
    "mutaxassis", "komissiya", "сотрудник", "рассматрив", "инспектор", "qabul qilinadi",
)  # fmt: skip
TO_AUTHORITY: Final = _words("vazirlikka", "qoʻmitasiga", "agentligiga", "idoraga", "organga")
PAYING: Final = _words("toʻlov", "toʻlan", "invoys", "оплат", "boj")
COMING: Final = _words("kelib", "tashrif", "shaxsan", "joyga borib", "приход")
SIGNING_IN: Final = _words("avtorizatsiya", "авторизац", "tizimga kir")
APPLYING: Final = _words(
    "ariza", "soʻrov", "soʻrovnoma", "anketa", "maydonlar", "toʻldiril", "заявлен", "запрос",
)  # fmt: skip
SENDING: Final = _words("yuboriladi", "toʻldiriladi", "подает", "подач")
ISSUING: Final = _words(
    "taqdim etiladi", "beriladi", "yuklab olinadi", "yuklab olish", "guvohnoma", "sertifikat",
    "polis", "выдает", "выдач",
)  # fmt: skip


def step(told: str) -> Step:
    """One step, with who acts and what is done.

    >>> step("inspeksiya xodimi texnik koʻrikdan oʻtkazadi").actor.value
    'authority'
    >>> step("tizim tekshiradi va qayta roʻyxatdan oʻtkazadi").actor.value
    'system'
    >>> step("invoys boʻyicha toʻlov").deed.value
    'pay'
    """
    text = fold(told)
    if _has(text, SIGNING_IN) and not _has(text, APPLYING):
        return Step(told, Actor.APPLICANT, Deed.SIGN_IN)
    if _has(text, PAYING):
        return Step(told, Actor.APPLICANT, Deed.PAY)
    if _has(text, BY_AUTHORITY):
        deed = Deed.ISSUE if _has(text, ISSUING) else Deed.WORK
        return Step(told, Actor.AUTHORITY, deed)
    if _has(text, APPLYING) and _has(text, SENDING):
        return Step(told, Actor.APPLICANT, Deed.APPLY)
    if _has(text, BY_SYSTEM):
        return Step(told, Actor.SYSTEM, Deed.CHECK)
    if _has(text, COMING):
        return Step(told, Actor.APPLICANT, Deed.COME)
    if _has(text, ISSUING):
        return Step(told, Actor.SYSTEM, Deed.ISSUE)
    return Step(told, Actor.APPLICANT, Deed.APPLY)


def decided_by_system(steps: tuple[Step, ...]) -> bool:
    """Whether the passport itself says that a system decides, and no official has a hand in it.

    >>> decided_by_system((step("anketa toʻldiriladi va vazirlikka yuboriladi"),))
    False
    >>> decided_by_system((step("hisobvaraq holati avtomatik shakllantiriladi"),))
    True
    """
    sent = any(_has(fold(each.told), TO_AUTHORITY) for each in steps)
    people = any(each.actor is Actor.AUTHORITY for each in steps)
    checks = any(each.actor is Actor.SYSTEM and each.deed is Deed.CHECK for each in steps)
    return checks and not people and not sent


def _has(text: str, words: tuple[str, ...]) -> bool:
    return any(word in text for word in words)
