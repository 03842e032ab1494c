"""What a result says of a case: the answers and outcomes that have a label in one of its forms.

A step that issues may name what goes on the paper by its input mapping; without one, all that the
case knows goes there. Whatever no form has a label for stays inside; a form that is shown to
nobody may give labels to what tables and registers answer.

Source: ours.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Final

from marra.flow.forms import Field, Form
from marra.flow.screens import shown
from marra.portal.rules.results import Fact

HOLDER: Final = ("holder", "full_name")
UNTIL: Final = "valid_until"
"""Names of data that have a place of their own on the paper."""


def facts(forms: Mapping[str, Form], data: Mapping[str, Any], language: str) -> tuple[Fact, ...]:
    """The lines of the paper, in the order of the forms.

    >>> from marra.flow.examples import FORM
    >>> facts({"a": FORM}, {"name": "Anora", "married": True, "score": 3}, "en")[0].value
    'Anora'
    """
    found = []
    for name, field in _fields(forms):
        value = data.get(name)
        if name in data and name not in (*HOLDER, UNTIL) and not isinstance(value, dict):
            found.append(Fact(field.label.into(language), shown(field, value, language)))
    return tuple(each for each in found if each.value)


def holder(data: Mapping[str, Any], otherwise: str) -> str:
    """Whose the paper is: as the case says it, or as the account is called.

    >>> holder({"full_name": "Qodirova Anora"}, "anora")
    'Qodirova Anora'
    """
    said = next((data[name] for name in HOLDER if isinstance(data.get(name), str)), "")
    return (said.strip() or otherwise)[:200]


def until(data: Mapping[str, Any]) -> date | None:
    """The last day of the paper, where the case says one.

    >>> until({"valid_until": "2027-01-31"}), until({"valid_until": "soon"})
    (datetime.date(2027, 1, 31), None)
    """
    try:
        return date.fromisoformat(str(data.get(UNTIL, "")))
    except ValueError:
        return None


def _fields(forms: Mapping[str, Form]) -> Iterator[tuple[str, Field]]:
    seen: set[str] = set()
    for form in forms.values():
        for page in form.pages:
            for name in page.fields:
                if name not in seen:
                    seen.add(name)
                    yield name, form.fields[name]
