"""The features that the survey looks for: its list of a country's portals and of a city's portal.

The list is packaged data (`features.csv`): the survey's codes and modules, our own short names.
The survey speaks of 183 features of a country; 181 codes are known to us. One code of the local
list stands twice in the survey's questions, so its second row is called `236-2` here.

Source: UN DESA, modules of the toolkit for e-government, 2024; `data/SOURCES.md` says more.
"""

import csv
import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Final

from marra.kit.errors import Conflict, Invalid, NotFound
from marra.kit.text import Text, gettext_noop
from marra.language.scripts import to_cyrillic

OSI: Final = "osi"
LOSI: Final = "losi"
ASKED_FOR: Final = {OSI: 183, LOSI: 95}
"""How many features the survey of 2024 says it looks for in each list."""

MOST_DAYS: Final = 366


class Module(StrEnum):
    """The parts of the list, each a sub-index; the last is counted among the skills of people."""

    INSTITUTIONAL = "institutional"
    CONTENT = "content"
    SERVICES = "services"
    PARTICIPATION = "participation"
    TECHNOLOGY = "technology"
    LITERACY = "literacy"


MODULES: Final[Mapping[Module, str]] = {
    Module.INSTITUTIONAL: gettext_noop("institutional framework"),
    Module.CONTENT: gettext_noop("content provision"),
    Module.SERVICES: gettext_noop("services provision"),
    Module.PARTICIPATION: gettext_noop("e-participation"),
    Module.TECHNOLOGY: gettext_noop("technology"),
    Module.LITERACY: gettext_noop("e-government literacy"),
}
"""The modules as pages say them."""


class State(StrEnum):
    """How far a feature is there."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"
    UNKNOWN = "unknown"


STATES: Final[Mapping[State, str]] = {
    State.YES: gettext_noop("there"),
    State.PARTLY: gettext_noop("partly there"),
    State.NO: gettext_noop("not there"),
    State.UNKNOWN: gettext_noop("not known"),
}
"""The states as pages say them."""


class NoSuchFeature(NotFound):
    """The list has no such feature."""

    sentence = gettext_noop("The list has no feature “{code}”. Look in the list of features.")


class NoSuchPortal(NotFound):
    """No region has that code."""

    sentence = gettext_noop("There is no portal of a region “{portal}”. Use a SOATO code: 1726.")


class UnknownState(Invalid):
    """A verdict is yes, partly or no."""

    sentence = gettext_noop("“{state}” is no verdict. Choose: there, partly there, not there.")


class WrongEffort(Invalid):
    """An effort is a number of person-days."""

    sentence = gettext_noop("The effort is a number of person-days above 0, at most 100 000.")


class WrongDays(Invalid):
    """How often a machine looks is a number of days."""

    sentence = gettext_noop("Write how often it is looked at in days, from 1 to 366.")


class FeatureChanged(Conflict):
    """Somebody was quicker."""

    sentence = gettext_noop(
        "Somebody changed this feature while you were writing. "
        "What stands now is shown beside what you wrote; save again to replace it."
    )


@dataclass(frozen=True, slots=True)
class Feature:
    """One thing that the survey looks for."""

    list: str  # osi or losi
    code: str  # as the survey writes it, without its #
    module: Module
    kind: str  # content, feature, transaction; empty where the source does not say
    of: str  # the sector or the group of people it is about, if any
    name: Text


@cache
def features(of_list: str) -> Mapping[str, Feature]:
    """The features of a list by their code, in the order of the list.

    >>> len(features("osi")), len(features("losi")), features("osi")["074"].name.en
    (181, 95, 'Secure connection (HTTPS)')
    """
    text = (files("marra.inventory.rules") / "features.csv").read_text(encoding="utf-8")
    rows = [row for row in csv.DictReader(text.splitlines()) if row["list"] == of_list]
    return MappingProxyType({row["code"]: _feature(row) for row in rows})


def named(code: str) -> tuple[Feature, str]:
    """The feature of a public code, and the region of its portal; refuses with `NoSuchFeature`.

    >>> feature, portal = named("losi-1726-281")
    >>> feature.name.en, portal, named("osi-074")[1]
    ('Official portal of the local government', '1726', '')
    """
    found = re.fullmatch(r"osi-(\w+)|losi-(\d{4})-([\w-]+)", code)
    if found:
        known = features(OSI if found[1] else LOSI).get(found[1] or found[3])
        if known:
            return known, found[2] or ""
    raise NoSuchFeature(code=code[:40])


def code_of(feature: Feature, portal: str) -> str:
    """The public code of a feature, of a region's portal for the local list.

    >>> code_of(features("losi")["281"], "1726"), code_of(features("osi")["074"], "")
    ('losi-1726-281', 'osi-074')
    """
    return "-".join(filter(None, (feature.list, portal, feature.code)))


def checked_effort(days: float | None) -> float | None:
    """Person-days to have a feature, or nothing; refuses with `WrongEffort`.

    >>> checked_effort(12.5)
    12.5
    """
    if days is not None and not 0 < days <= 100_000:
        raise WrongEffort
    return days


def checked_days(days: int | None) -> int | None:
    """Every how many days a machine looks, or nothing; refuses with `WrongDays`.

    >>> checked_days(7)
    7
    """
    if days is not None and not 1 <= days <= MOST_DAYS:
        raise WrongDays
    return days


def _feature(row: Mapping[str, str]) -> Feature:
    name = Text(row["uz"], to_cyrillic(row["uz"]), row["ru"], row["en"])
    return Feature(row["list"], row["code"], Module(row["module"]), row["kind"], row["of"], name)
