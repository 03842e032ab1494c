"""What a service still lacks, and what of that keeps it from being published.

Nothing is guessed for what nobody wrote: it is told, thing by thing, until somebody writes it.

Source: ours; what CPSV-AP 3.2 and the service standard ask of a published service.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from marra.kit.errors import Conflict
from marra.kit.text import Text, gettext_noop

LACKS: Final[Mapping[str, str]] = {
    "name": gettext_noop("a name in Uzbek and Russian"),
    "name-en": gettext_noop("a name in English"),
    "about": gettext_noop("what one gets, in a sentence or two"),
    "body": gettext_noop("the state body that answers for it"),
    "audience": gettext_noop("whom it is for"),
    "events": gettext_noop("a life event by which people find it"),
    "term": gettext_noop("a term in working days"),
    "fee": gettext_noop("what it costs"),
    "documents": gettext_noop("which documents are asked for"),
    "legal": gettext_noop("its legal basis"),
    "channels": gettext_noop("a channel through which it is asked for"),
    "row": gettext_noop("its row in the inventory"),
    "parts": gettext_noop("the services it consists of"),
    "steps": gettext_noop("the steps from the request to the result"),
    "form": gettext_noop("a form, or the address of the system it runs in"),
    "process": gettext_noop("a process that says who does what"),
    "proof": gettext_noop("steps that bear out that it is declared automatic"),
    "personas": gettext_noop("personas that try it out"),
    "review": gettext_noop("a look at the definition that was drafted from its passport"),
}
"""What may be lacking, in the order in which it is told."""

NEEDED: Final = frozenset(LACKS) - {"name-en", "about", "events", "steps", "proof"}
"""Without these nothing is published."""


class StillLacks(Conflict):
    """What people need to know, or what has to run, is not there."""

    sentence = gettext_noop(
        "“{name}” cannot be published yet. It lacks {count} things; the work list names them."
    )


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a service, as far as it matters here."""

    names: Mapping[str, str] = field(default_factory=dict)
    about: bool = False
    body: bool = False
    audience: bool = False
    events: bool = False
    term: bool = False
    fees: bool = False
    documents: bool = False
    legal: bool = False
    channels: bool = False
    elsewhere: bool = False  # a channel names the system it runs in
    row: bool = False
    is_composite: bool = False
    parts: bool = False
    steps: bool = False
    forms: bool = False
    process: bool = False
    proof: bool = True  # nothing is declared that the steps do not bear out
    personas: bool = False
    is_generated: bool = False


def lacking(known: Known) -> tuple[str, ...]:
    """The codes of what a service lacks.

    >>> lacking(Known(names={"uz": "Nikoh"}, elsewhere=True, fees=True))[:4]
    ('name', 'name-en', 'about', 'body')
    """
    names = known.names
    runs = known.elsewhere or known.is_composite
    there = {
        "name": bool(names.get("uz") and names.get("ru")),
        "name-en": bool(names.get("en")),
        "about": known.about,
        "body": known.body,
        "audience": known.audience,
        "events": known.events,
        "term": known.term,
        "fee": known.fees,
        "documents": known.documents,
        "legal": known.legal,
        "channels": known.channels,
        "row": known.row,
        "parts": known.parts or not known.is_composite,
        "steps": known.steps,
        "form": known.forms or runs,
        "process": known.process or runs,
        "proof": known.proof,
        "personas": known.personas or runs,
        "review": not known.is_generated or runs,
    }
    return tuple(code for code in LACKS if not there[code])


def needed(codes: Iterable[str]) -> tuple[str, ...]:
    """Of what is lacking, what keeps a service from being published.

    >>> needed(["name-en", "term"])
    ('term',)
    """
    return tuple(code for code in codes if code in NEEDED)


def checked(codes: Sequence[str], name: Text) -> None:
    """Go on only if nothing needed is lacking; refuses with `StillLacks`.

    >>> checked(["name-en"], Text("Nikoh", "Никоҳ", "Брак", "Marriage"))
    """
    if missing := needed(codes):
        raise StillLacks(name=name, count=len(missing))
