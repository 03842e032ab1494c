"""Columns of a list in a file: what each is called in our languages, and what it means.

One sheet holds everything, one row for each service of a process of a function; or three sheets
hold functions, processes and services. The same columns serve both.

Source: ours.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Final

from marra.kit.text import gettext_noop
from marra.language.fold import fold


class Thing(StrEnum):
    """What a column speaks of."""

    FUNCTION = "function"
    PROCESS = "process"
    SERVICE = "service"


class Kind(StrEnum):
    """How a cell is read."""

    WORDS = "words"
    NAMES = "names"  # several, parted by ;
    NUMBER = "number"
    PERCENT = "percent"
    DAY = "day"


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name in the rows of our tables, its heads, and what it means."""

    name: str
    thing: Thing
    uz: str
    ru: str
    en: str
    means: str
    example: str = ""
    kind: Kind = Kind.WORDS

    def head(self, language: str) -> str:
        """The head in a language; Uzbek in Latin letters for both scripts of Uzbek."""
        return {"ru": self.ru, "en": self.en}.get(language, self.uz)


COLUMNS: Final = (
    Column(
        "function", Thing.FUNCTION, "funksiya", "функция", "function",
        gettext_noop("What the body is charged with. The same function may stand on many rows."),
        "Fuqarolik holati dalolatnomalarini qayd etish",
    ),
    Column(
        "cofog", Thing.FUNCTION, "COFOG kodi", "код КФОГ", "COFOG code",
        gettext_noop("Code of the functions of government, such as 07 or 07.4."), "01.3",
    ),
    Column(
        "legal_basis", Thing.FUNCTION, "huquqiy asos", "правовое основание", "legal basis",
        gettext_noop("Act and article that charge the body with it."),
    ),
    Column(
        "no_process", Thing.FUNCTION, "jarayoni yoʻqligi sababi", "почему нет процесса",
        "why there is no process",
        gettext_noop("Only for a function without a process: why it has none."),
    ),
    Column(
        "shared_with", Thing.FUNCTION, "hamkor organlar", "совместно с", "shared with",
        gettext_noop("Names of the other bodies that own the same function, parted by ;"),
        kind=Kind.NAMES,
    ),
    Column(
        "process", Thing.PROCESS, "jarayon", "процесс", "process",
        gettext_noop("How the function is carried out. Its function stands on the same row."),
        "Nikoh tuzilganligini qayd etish",
    ),
    Column(
        "decision", Thing.PROCESS, "qaror", "решение", "decision",
        gettext_noop("digitise, merge, abolish or leave; empty: not decided."), "digitise",
    ),
    Column(
        "reason", Thing.PROCESS, "qaror sababi", "причина решения", "reason",
        gettext_noop("Why it was decided so; needed with a decision."),
        "Yiliga 300 000 ta murojaat",
    ),
    Column(
        "merged_into", Thing.PROCESS, "qaysi jarayonga birlashtiriladi",
        "с каким процессом объединяется", "merged into",
        gettext_noop("Only for merge: the title of the process that stays."),
    ),
    Column(
        "process_volume", Thing.PROCESS, "jarayon: yiliga holatlar", "процесс: случаев в год",
        "process: cases a year", gettext_noop("How often a year the process runs."),
        kind=Kind.NUMBER,
    ),
    Column(
        "process_minutes", Thing.PROCESS, "jarayon: daqiqa", "процесс: минут",
        "process: minutes", gettext_noop("Minutes for one case today, of users and officials."),
        kind=Kind.NUMBER,
    ),
    Column(
        "steps", Thing.PROCESS, "qadamlar soni", "число шагов", "steps",
        gettext_noop("Steps of the process today."), kind=Kind.NUMBER,
    ),
    Column(
        "documents", Thing.PROCESS, "soʻraladigan hujjatlar soni", "число требуемых документов",
        "documents asked for", gettext_noop("Documents that a user must bring today."),
        kind=Kind.NUMBER,
    ),
    Column(
        "service", Thing.SERVICE, "xizmat", "услуга", "service",
        gettext_noop("What users ask for. Its process stands on the same row."),
        "Nikoh tuzilganligi haqida guvohnoma",
    ),
    Column(
        "category", Thing.SERVICE, "toifa", "категория", "category",
        gettext_noop("One of the categories below."), "registration",
    ),
    Column(
        "deadline", Thing.SERVICE, "muddat", "срок", "deadline",
        gettext_noop("By when it is digital: 31.12.2027 or 2027-12-31."), "31.12.2027",
        Kind.DAY,
    ),
    Column(
        "volume", Thing.SERVICE, "yiliga murojaatlar soni", "обращений в год", "cases a year",
        gettext_noop("How often a year it is asked for."), "300000", Kind.NUMBER,
    ),
    Column(
        "minutes", Thing.SERVICE, "hozir, daqiqa", "сейчас, минут", "minutes now",
        gettext_noop("Minutes for one case today, of users and officials."), "90", Kind.NUMBER,
    ),
    Column(
        "minutes_after", Thing.SERVICE, "keyin, daqiqa", "после, минут", "minutes afterwards",
        gettext_noop("Minutes for one case when it is digital."), "15", Kind.NUMBER,
    ),
    Column(
        "protected_share", Thing.SERVICE, "ijtimoiy himoyaga muhtoj foydalanuvchilar, %",
        "нуждающиеся в социальной защите пользователи, %", "users needing social protection, %",
        gettext_noop("Per cent of the users, from 0 to 100."), "12", Kind.PERCENT,
    ),
    Column(
        "channel", Thing.SERVICE, "hozir qanday soʻraladi", "как запрашивается сейчас",
        "asked for today", gettext_noop("One of the ways below."), "centre",
    ),
    Column(
        "effort", Thing.SERVICE, "mehnat sarfi, kishi-kun", "трудозатраты, человеко-дней",
        "effort, person-days", gettext_noop("Person-days to make it digital."), "120",
        Kind.NUMBER,
    ),
    Column(
        "address", Thing.SERVICE, "manzil", "адрес", "address",
        gettext_noop("Address of the service in the web, if it has one."),
    ),
    Column(
        "on_portal_since", Thing.SERVICE, "portalda (sanadan)", "на портале с",
        "on the portal since", gettext_noop("The day it appeared on the Single Portal."),
        kind=Kind.DAY,
    ),
    Column(
        "in_app_since", Thing.SERVICE, "ilovada (sanadan)", "в приложении с", "in the app since",
        gettext_noop("The day it appeared in the mobile application."), kind=Kind.DAY,
    ),
    Column(
        "automation", Thing.SERVICE, "avtomatlashganlik darajasi, %", "уровень автоматизации, %",
        "automation, %",
        gettext_noop("Per cent of its steps that take no official; 100 is automated in full."),
        kind=Kind.PERCENT,
    ),
)  # fmt: skip
"""Every column, in the order of the template; each thing begins with its title."""

BY_NAME: Final[Mapping[str, Column]] = {each.name: each for each in COLUMNS}

TITLES: Final = {each.value: each for each in Thing}
"""The column with the title of each thing bears the thing's own name."""

SHEETS: Final[Mapping[Thing, tuple[str, str, str]]] = {
    Thing.FUNCTION: ("funksiyalar", "функции", "functions"),
    Thing.PROCESS: ("jarayonlar", "процессы", "processes"),
    Thing.SERVICE: ("xizmatlar", "услуги", "services"),
}
"""What the three sheets of a workbook are called in Uzbek, Russian and English."""

STORED: Final[Mapping[str, str]] = {"process_volume": "volume", "process_minutes": "minutes"}
"""Columns whose row in our tables bears another name."""


def stored(name: str) -> str:
    """What a column is called in our tables.

    >>> stored("process_volume"), stored("steps")
    ('volume', 'steps')
    """
    return STORED.get(name, name)


@cache
def by_head() -> Mapping[str, Column]:
    """Columns by their folded heads in every language, and by their own names.

    >>> by_head()[fold("Ҳозир, дақиқа")].name
    'minutes'
    """
    return {
        fold(head): each
        for each in COLUMNS
        for head in (each.uz, each.ru, each.en, each.name.replace("_", " "))
    }
