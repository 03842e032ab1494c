"""Events in a life or a business for which people look for services.

Source: ours, after the classes LifeEvent and BusinessEvent of CPSV-AP 3.2; `events.toml`.
"""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from marra.kit.errors import Invalid
from marra.kit.text import Text, gettext_noop
from marra.language.scripts import to_cyrillic


class UnknownEvent(Invalid):
    """There is no such event."""

    sentence = gettext_noop("There is no life event “{code}”. Choose one of the list.")


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happens, and brings people to the state."""

    code: str
    name: Text
    of_business: bool


@cache
def events() -> Mapping[str, Event]:
    """The events by code, in their order.

    >>> events()["birth"].name.ru, events()["closing-business"].of_business, len(events())
    ('Рождение ребёнка', True, 22)
    """
    text = (files("marra.portal.rules") / "events.toml").read_text(encoding="utf-8")
    return MappingProxyType(
        {
            row["code"]: Event(
                code=row["code"],
                name=Text(row["uz"], to_cyrillic(row["uz"]), row["ru"], row["en"]),
                of_business=row["kind"] == "business",
            )
            for row in tomllib.loads(text)["events"]
        }
    )


def checked_events(codes: Iterable[str]) -> tuple[str, ...]:
    """The codes in the order of the list, each once; refuses with `UnknownEvent`.

    >>> checked_events(["school", "birth", "school"])
    ('birth', 'school')
    """
    told = set(codes)
    for code in sorted(told - events().keys()):
        raise UnknownEvent(code=code[:40])
    return tuple(code for code in events() if code in told)
