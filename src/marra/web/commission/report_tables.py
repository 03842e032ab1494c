"""The tables of a quarterly report: the same rows on pages, on paper and in workbooks.

Source: ours, after the usual form of quarterly reports.
"""

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _

from marra.commission.rules.execution import Ending, Line
from marra.commission.rules.obligations import Asked
from marra.commission.rules.proposals import TOLD
from marra.commission.rules.proposals import State as ProposalState
from marra.commission.rules.reports import Delayed, Offered, Problem, Report, Target, Task
from marra.door import say
from marra.kit.text import Text
from marra.web import formats, layout
from marra.web.charts.chart import Column, Table
from marra.web.commission.standing import RANK, amount
from marra.web.commission.standing import target as planned
from marra.web.templatetags.page import cited


def words(text: Text | None) -> str:
    """A name in the reader's language."""
    return text.into(layout.language()) if text else ""


def targets(found: Iterable[Target]) -> Table:
    """Part one: plan, fact, difference, state, with the day and the source of each fact."""
    columns = (
        Column("code", _("Obligation"), words=True),
        Column("what", _("What"), words=True),
        Column("plan", _("Plan"), words=True),
        Column("fact", _("Fact"), words=True),
        Column("gap", _("Difference"), words=True),
        Column("state", _("State"), words=True),
    )
    return Table(columns, tuple(_target(each) for each in found))


def _target(found: Target) -> tuple[str, ...]:
    asked = Asked(
        found.code, "measure", None, measure=found.measure, relation=found.relation,
        target=found.target,
    )  # fmt: skip
    due = f"\n{formats.day(found.due)}" if found.due else ""
    fact = amount(found.measure, found.value, found.unit)
    if found.day is not None:
        fact += f"\n{formats.day(found.day)}; {cited(found.source)}"
    return (
        found.code,
        words(found.what),
        f"{planned(asked, found.unit)}{due}",
        fact,
        _gap(found),
        _(found.state.value),
    )


def _gap(found: Target) -> str:
    if found.gap is None:
        return formats.NOTHING
    if found.measure == RANK:
        return formats.signed(found.gap)
    digits = len(formats.plain(round(found.gap, 4)).partition(",")[2])
    return formats.signed(found.gap, digits)


def bodies(lines: Iterable[Line], *, lead: bool) -> Table:
    """Part two: what became of what each body led, or helped with."""
    columns = (
        Column("body", _("Body"), words=True),
        Column("share", _("Share on time, per cent"), 0),
        Column("on_time", _("On time")),
        Column("late", _("Late")),
        Column("overdue", _("Overdue")),
        Column("waiting", _("Waits for a verdict")),
        Column("returned", _("Returned")),
        Column("overdue_days", _("Overdue days")),
    )
    rows = []
    for each in lines:
        told = each.led if lead else each.helped
        share = told.share_on_time
        if told.total:
            rows.append(
                (
                    words(each.name),
                    None if share is None else round(100.0 * share, 1),
                    told.on_time,
                    told.late,
                    told.overdue,
                    told.waiting,
                    told.returned,
                    told.overdue_days,
                )
            )
    return Table(columns, tuple(rows))


def delayed(found: Iterable[Delayed]) -> Table:
    """Part three: what is overdue or was done late, and why."""
    columns = (
        Column("number", _("Number"), words=True),
        Column("title", _("Assignment"), words=True),
        Column("lead", _("Body that leads"), words=True),
        Column("deadline", _("Deadline"), words=True),
        Column("days", _("Overdue days")),
        Column("cause", _("Cause"), words=True),
    )
    return Table(columns, tuple(_delay(each) for each in found))


def _delay(found: Delayed) -> tuple[str | int, ...]:
    head = f" ({found.head})" if found.head else ""
    title = f"{found.title}\n{_('done late')}" if found.ending is Ending.LATE else found.title
    deadline = formats.day(found.deadline)
    if found.first_deadline != found.deadline:
        first = _("first: {day}").format(day=formats.day(found.first_deadline))
        deadline = f"{deadline}\n{first}"
    return (
        found.number,
        title,
        f"{words(found.lead)}{head}",
        deadline,
        found.days,
        causes(found),
    )


def causes(found: Delayed) -> str:
    """The causes of one delay, each on a line; that there is none is said."""
    if not found.causes:
        return _("Nobody told a cause.")
    told = (f"{formats.day(c.day)}, {_(c.kind.value)}: {c.text}" for c in found.causes)
    return "\n".join(told)


def problem(found: Problem) -> str:
    """What repeats, as a sentence."""
    facts = {
        "name": found.name,
        "code": found.code,
        "n": found.n,
        "m": found.m,
        "days": formats.number(found.days),
    }
    return say(found.kind.value, facts)


def offered(found: Sequence[Offered]) -> Table:
    """Part four: what was proposed in the quarter."""
    columns = (
        Column("title", _("Proposal"), words=True),
        Column("body", _("Body"), words=True),
        Column("remedy", _("What is proposed"), words=True),
        Column("state", _("State"), words=True),
    )
    rows = (
        (each.title, words(each.body), each.remedy, _(TOLD[ProposalState(each.state)]))
        for each in found
    )
    return Table(columns, tuple(rows))


def tasks(found: Iterable[Task]) -> Table:
    """Part five: what falls due in the next quarter."""
    columns = (
        Column("number", _("Number"), words=True),
        Column("title", _("Assignment"), words=True),
        Column("lead", _("Body that leads"), words=True),
        Column("head", _("First head"), words=True),
        Column("deadline", _("Deadline"), words=True),
    )
    rows = (
        (each.number, each.title, words(each.lead), each.head, formats.day(each.deadline))
        for each in found
    )
    return Table(columns, tuple(rows))


def duties(report: Report) -> Table:
    """Part five: obligations of the next quarter, and what whoever made the report adds."""
    columns = (
        Column("code", _("Obligation"), words=True),
        Column("what", _("What"), words=True),
        Column("due", _("Deadline"), words=True),
    )
    rows = [(each.code, words(each.what), formats.day(each.due)) for each in report.duties]
    own = [("", report.own_tasks, "")] if report.own_tasks else []
    return Table(columns, (*rows, *own))
