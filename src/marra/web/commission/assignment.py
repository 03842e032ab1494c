"""One assignment: what, who, by when; interim days, proof, verdicts, history, and what is next."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext, gettext_noop

from marra.commission.queries import assignments as queries
from marra.commission.queries import sessions
from marra.commission.queries.duplicates import similar
from marra.commission.queries.history import Event, history
from marra.commission.rules.assignments import OPEN, OWED, State, days_left
from marra.commission.rules.removals import GROUNDS, Ground
from marra.commission.rules.terms import beside_the_week
from marra.door import stamp
from marra.evidence.queries import observations
from marra.evidence.rules.indicators import indicators
from marra.people.queries import names
from marra.people.rules.rights import Role, Stamp, rights
from marra.store import NothingNamed
from marra.web.commission import ladder
from marra.web.commission.assignment_lines import SOON, line, value_in_words
from marra.web.commission.obligations import said
from marra.web.evidence import words
from marra.web.files import sent
from marra.web.gate import for_staff, may
from marra.web.journal import DEEDS

if TYPE_CHECKING:
    from marra.commission.models.assignments import Assignment, Submission


@dataclass(frozen=True, slots=True)
class Told:
    """One event of the history, in words."""

    at: datetime
    by: str
    deed: str
    text: str
    on_behalf_of: str
    percent: int | None


@dataclass(frozen=True, slots=True)
class Shown:
    """A submission with the observations it rests on, in words."""

    row: "Submission"
    by: str
    on_behalf_of: str
    observations: list[tuple[str, str]]  # code of the indicator, value in words


@for_staff
def show(request: HttpRequest, code: str) -> HttpResponse:
    """The whole of one assignment."""
    who = stamp(request)
    row = queries.whole(who, code)
    submitted, events = queries.submissions(row), history(row)
    told = ladder.told_of(row)
    known = names(_people(row, submitted, events) | ladder.accounts(told))
    removal = getattr(row, "removal", None)
    context = {
        "line": line(row, who.at.date()),
        "row": row,
        "helpers": [said(each.names) for each in row.co_executors.all()],
        "indicator": _indicator(row.indicator),
        "beside": beside_the_week(row.deadline) if row.state in OWED else None,
        "checkpoints": list(row.checkpoints.all()),
        "submissions": _shown(who, submitted, known),
        "asked": list(row.asked.all()),
        "removal": removal,
        "ground": gettext(GROUNDS[Ground(removal.ground)]) if removal else "",
        "names": known,
        "events": [_told(each, known) for each in events],
        "steps": steps(who, row),
        "told": ladder.lines(row, told, known),
        "coming": ladder.coming(row, who.at.date()),
        "session_known": row.decision and sessions.is_known(who, row.decision.session.code),
        "alike": _alike(who, row),
        "today": who.at.date(),
        "done": request.GET.get("done"),
    }
    return render(request, "commission/assignment.html", context)


@for_staff
def proof(request: HttpRequest, code: str, file: str) -> HttpResponse:
    """A file of a submission, for those who may know of the assignment."""
    row = queries.visible_to(stamp(request)).named(code)
    return sent(queries.file_of(row, file))


def _people(
    row: "Assignment", submitted: Iterable["Submission"], events: Iterable[Event]
) -> set[str]:
    found = {row.made_by, row.delegated_to}
    found |= {code for each in submitted for code in (each.made_by, each.on_behalf_of)}
    found |= {verdict.made_by for each in submitted for verdict in each.verdicts.all()}
    found |= {code for each in events for code in (each.by, each.on_behalf_of)}
    return found - {""}


def _indicator(code: str) -> str:
    known = indicators()
    return words.name(known[code]) if code in known else ""


def _shown(who: Stamp, submitted: Iterable["Submission"], known: dict[str, str]) -> list[Shown]:
    wanted = {code for each in submitted for code in each.observations}
    values = {each.code: each for each in observations.visible_to(who).filter(code__in=wanted)}
    every = indicators()
    return [
        Shown(
            row=each,
            by=known.get(each.made_by, ""),
            on_behalf_of=known.get(each.on_behalf_of, ""),
            observations=[
                (found.indicator, value_in_words(found))
                for code in each.observations
                if (found := values.get(code)) is not None and found.indicator in every
            ],
        )
        for each in submitted
    ]


def _told(event: Event, known: dict[str, str]) -> Told:
    percent = event.facts.get("percent")
    return Told(
        at=event.at,
        by=known.get(event.by, ""),
        deed=_deed(event),
        text=event.text,
        on_behalf_of=known.get(event.on_behalf_of, ""),
        percent=percent if isinstance(percent, int) else None,
    )


def _deed(event: Event) -> str:
    """What was done, with what came of it where the journal says so."""
    outcome = OUTCOMES.get((event.deed, event.facts.get("accepted", event.facts.get("granted"))))
    return gettext(outcome or DEEDS.get(event.deed, event.deed))


OUTCOMES: Final = {
    ("assignment.group-judged", True): gettext_noop("accepted it in the group"),
    ("assignment.group-judged", False): gettext_noop("returned it from the group"),
    ("assignment.judged", True): gettext_noop("accepted it for the Commission"),
    ("assignment.judged", False): gettext_noop("returned it from the Commission"),
    ("extension.answered", True): gettext_noop("gave more time"),
    ("extension.answered", False): gettext_noop("refused more time"),
}
"""What a verdict or an answer came to."""


def _alike(who: Stamp, row: "Assignment") -> list["Assignment"]:
    if row.state not in OPEN or not may(who, "commission", "assignment.removed"):
        return []
    return similar(who, row.title, lead=row.lead.code, besides=row.code, most=3)


STEPS: Final = (
    ("give", "assignment.given", gettext_noop("Give it to the body"), {State.DRAFT}),
    ("start", "assignment.started", gettext_noop("Start"), {State.NEW, State.RETURNED}),
    ("submit", "assignment.submitted", gettext_noop("Submit with proof"), OWED),
    ("report", "assignment.reported", gettext_noop("Report progress"), OWED),
    ("more-time", "extension.asked", gettext_noop("Ask for more time"), OWED),
    ("delegate", "assignment.delegated", gettext_noop("Charge somebody with it"), OPEN),
    ("answer", "extension.answered", gettext_noop("Answer about more time"), OPEN),
    ("judge-in-group", "assignment.group-judged", gettext_noop("Judge it"), {State.SUBMITTED}),
    ("judge", "assignment.judged", gettext_noop("Judge it"), {State.SUBMITTED}),
    ("judge", "assignment.judged", gettext_noop("Judge it"), {State.GROUP_ACCEPTED}),
    ("change", "assignment.changed", gettext_noop("Change it"), OPEN | {State.DRAFT}),
    ("remind", "assignment.reminded", gettext_noop("Remind the body now"), OWED),
    (
        "remove",
        "assignment.removed",
        gettext_noop("Take it from control"),
        OPEN | {State.DRAFT},
    ),
)
"""Steps by their word in the address, the deed, what the button says, and when they are open."""

OF_THE_GROUP: Final = frozenset(
    {
        "assignment.given",
        "assignment.group-judged",
        "assignment.changed",
        "assignment.reminded",
    }
)
OF_THE_COMMISSION: Final = frozenset(
    {"extension.answered", "assignment.judged", "assignment.removed"}
)


def steps(who: Stamp, row: "Assignment") -> list[tuple[str, str]]:
    """What this person may do next with an assignment: the address's word and the button's."""
    open_ones = [each for each in STEPS if row.state in each[3] and _holds(who, row, each[1])]
    if not open_ones:
        return []
    waits = row.asked.filter(granted=None).exists()
    over = who.at.date() > row.deadline
    return [
        (word, gettext(label))
        for word, _deed, label, _states in open_ones
        if _sensible(who, row, word, waits=waits, over=over)
    ]


def asks_for(who: Stamp, row: "Assignment", word: str) -> None:
    """Go on only if this person holds the role for a step, whatever state the thing is in."""
    deed = next((deed for each, deed, *_ in STEPS if each == word), None)
    if deed is None:
        raise NothingNamed(kind="page", code=word)
    who.require(*rights("commission")[deed], of=_scope(row, deed))


def _scope(row: "Assignment", deed: str) -> str:
    if deed in OF_THE_COMMISSION:
        return ""
    return queries.group_of(row) if deed in OF_THE_GROUP else row.lead.code


def _holds(who: Stamp, row: "Assignment", deed: str) -> bool:
    return may(who, "commission", deed, _scope(row, deed))


def _sensible(who: Stamp, row: "Assignment", word: str, *, waits: bool, over: bool) -> bool:
    """Whether a step makes sense now: no second question, no judge with another part in it."""
    match word:
        case "more-time":
            return not waits and not over
        case "remind":
            return days_left(row.deadline, who.at.date()) <= SOON
        case "answer":
            return waits
        case "judge-in-group":
            # who also is the Commission's secretary leaves this step to the group's own
            in_group = queries.group_of(row) in who.scopes(Role.SECRETARY) - {""}
            return in_group and not _has_a_part(who, row)
        case "judge":
            in_turn = row.group is None or row.state == State.GROUP_ACCEPTED
            return in_turn and not _has_a_part(who, row)
        case _:
            return True


def _has_a_part(who: Stamp, row: "Assignment") -> bool:
    """Whether this person submitted it, judged it before, or acts for a body that carries it."""
    latest = row.submissions.first()
    judged = latest is not None and latest.verdicts.filter(made_by=who.by).exists()
    own = latest is not None and who.by in {latest.made_by, latest.on_behalf_of}
    bodies = {row.lead.code, *(each.code for each in row.co_executors.all())}
    return judged or own or bool(who.scopes(Role.EXECUTOR) & bodies)
