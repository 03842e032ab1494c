"""Columns of a list of assignments, with the names they may bear and what each means.

The names follow the tables of execution that officials keep. Each column is recognised by any of
its names in any language and script; another one is refused, for a column that is silently passed
over may have held the point.

Source: ours, after the table of execution in use: number, content, basis, executors, deadline,
state.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

from marra.commission.rules.assignments import State
from marra.kit.text import Text, gettext_noop
from marra.language.fold import fold
from marra.language.scripts import to_cyrillic


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the list."""

    name: Text
    means: str
    example: str = ""
    needed: bool = False
    others: tuple[str, ...] = ()  # further names it may bear
    width: int = 18


def _text(uz: str, ru: str, en: str) -> Text:
    return Text(uz, to_cyrillic(uz), ru, en)


COLUMNS: Final[Mapping[str, Column]] = {
    "number": Column(
        _text("T/r", "№", "Number"),
        gettext_noop(
            "May be empty or count the rows: assignments get numbers of their own. A number of "
            "ours, such as 2026/17, says that the row stands here already."
        ),
        others=("raqam", "raqami", "номер", "п/п", "№ п/п"),
        width=10,
    ),
    "ijro": Column(
        _text("Ijro raqami", "Номер в ijro.gov.uz", "Ijro number"),
        gettext_noop("The registration number in ijro.gov.uz."),
        "05-1234/26",
        others=("ijro", "ijro.gov.uz raqami", "номер ижро"),
        width=16,
    ),
    "title": Column(
        _text("Topshiriq mazmuni", "Содержание поручения", "What is to be done"),
        gettext_noop("What is to be done, in one line of 5 to 500 characters."),
        "Davlat xizmatlari reyestrini ochish",
        needed=True,
        others=(
            "topshiriq",
            "chora-tadbir",
            "поручение",
            "мероприятие",
            "title",
            "что нужно сделать",
        ),
        width=60,
    ),
    "basis": Column(
        _text("Asos (bayon, band)", "Основание (протокол, пункт)", "Basis (minutes, clause)"),
        gettext_noop(
            "What it rests on. An act and a clause that stand here are recognised, such as "
            "PQ-308, P4-b; anything else is kept as it is written."
        ),
        "PQ-308, P4-b",
        others=("asos", "hujjat", "основание", "документ", "basis", "act"),
        width=24,
    ),
    "lead": Column(
        _text("Masʼul ijrochi", "Ответственный исполнитель", "Body that leads"),
        gettext_noop("The state body that answers, by its name in any language or its code."),
        "Raqamli texnologiyalar vazirligi",
        needed=True,
        others=("masʼul", "исполнитель", "lead", "lead body"),
        width=34,
    ),
    "co-executors": Column(
        _text("Hamkor ijrochilar", "Соисполнители", "Co-executors"),
        gettext_noop("Further bodies, with a semicolon between them."),
        "Adliya vazirligi; Moliya vazirligi",
        others=("hamkorlar", "co executors", "helpers"),
        width=34,
    ),
    "head": Column(
        _text("Birinchi rahbar", "Первый руководитель", "First head"),
        gettext_noop("Who answers personally, by name; empty takes the head of the body."),
        others=("rahbar", "руководитель", "head", "birinchi rahbar, ismi"),
        width=24,
    ),
    "given": Column(
        _text("Berilgan sana", "Дата поручения", "Given on"),
        gettext_noop("The day it was given; empty takes today, or the deadline if that is past."),
        "15.01.2026",
        others=("sana", "given"),
        width=14,
    ),
    "deadline": Column(
        _text("Ijro muddati", "Срок исполнения", "Deadline"),
        gettext_noop("The day by which it is to be done, with all extensions."),
        "30.06.2026",
        needed=True,
        others=("muddat", "muddati", "срок"),
        width=14,
    ),
    "first-deadline": Column(
        _text("Dastlabki muddat", "Первоначальный срок", "First deadline"),
        gettext_noop("The day that was set first, if the deadline was extended."),
        others=("dastlabki muddati", "birinchi muddat"),
        width=14,
    ),
    "group": Column(
        _text("Ishchi guruh", "Рабочая группа", "Working group"),
        gettext_noop("The working group whose secretary judges first: its number, code or name."),
        "WG-2",
        others=("guruh", "группа", "group"),
        width=16,
    ),
    "indicator": Column(
        _text("Koʻrsatkich", "Показатель", "Indicator"),
        gettext_noop("The indicator it is to move: its code or its name."),
        "portal.services",
        width=20,
    ),
    "state": Column(
        _text("Ijro holati", "Состояние исполнения", "State"),
        gettext_noop(
            "Being drafted, new or in progress. What is done cannot be taken from a file: it is "
            "submitted here with its proof."
        ),
        "Ijroda",
        others=("holat", "holati", "состояние", "статус", "status"),
        width=18,
    ),
    "percent": Column(
        _text("Bajarilishi, foiz", "Выполнено, процентов", "Done, per cent"),
        gettext_noop("How much is done, from 0 to 100."),
        "40",
        others=("foiz", "процент", "percent", "bajarilishi"),
        width=10,
    ),
    "note": Column(
        _text("Izoh", "Примечание", "Note"),
        gettext_noop("Details, kept with the assignment."),
        others=("izohlar", "примечания", "notes", "batafsil"),
        width=30,
    ),
}
"""Every column by its own name, in the order in which lists are written."""

STATES: Final[Mapping[State, tuple[str, ...]]] = {
    State.DRAFT: ("loyiha", "проект", "черновик", "draft", "being drafted"),
    State.NEW: ("yangi", "новое", "новый", "новая", "new"),
    State.IN_PROGRESS: (
        "ijroda", "bajarilmoqda", "muddati oʻtgan", "qaytarilgan", "qayta ishlashga qaytarilgan",
        "на исполнении", "в работе", "исполняется", "просрочено", "возвращено",
        "возвращено на доработку", "in progress", "overdue", "returned", "returned for revision",
    ),
}  # fmt: skip
"""The states that a file may say, in words; what is overdue or was returned is in progress."""


@cache
def by_name() -> Mapping[str, str]:
    """Each folded name with the column it stands for.

    >>> by_name()[fold("Масъул ижрочи")], by_name()["deadline"]
    ('lead', 'deadline')
    """
    return {
        _plain(name): code
        for code, column in COLUMNS.items()
        for name in (
            code,
            column.name.uz,
            column.name.ru,
            column.name.en,
            *column.others,
        )
    }


def column_of(head: str) -> str | None:
    """The column that a head names; None if it names none.

    >>> column_of("№ п/п"), column_of("Asos (bayon, band)"), column_of("Rang")
    ('number', 'basis', None)
    """
    return by_name().get(_plain(head))


def state_of(cell: str) -> State | None:
    """The state a cell says; None for one that no file may say.

    >>> state_of("ИЖРОДА").value, state_of("Bajarilgan")
    ('in-progress', None)
    """
    wanted = fold(cell)
    for state, names in STATES.items():
        if wanted in {fold(name) for name in (state.value, *names)}:
            return state
    return None


def _plain(head: str) -> str:
    return fold(head) or head.strip()
