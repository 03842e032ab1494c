"""How an obligation stands, in words: always a word, a number, a day and a source.

Source: ours.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from marra.commission.queries.obligations import Line
from marra.commission.rules.acts.act import RELATIONS
from marra.commission.rules.obligations import Asked, Standing, State
from marra.evidence.rules.indicators import indicator
from marra.web import formats, layout
from marra.web.evidence import words

SIGNS: Final[Mapping[State, str]] = {
    State.MET: "good",
    State.OVERDUE: "bad",
    State.IN_TIME: "calm",
    State.NOT_MEASURED: "warn",
    State.NO_DEADLINE: "soft",
}
"""The colour that goes with each word; never alone."""

RANK: Final = "egdi.rank"
YES: Final = "1 = yes, 0 = no"

STATED: Final = gettext_noop("stated by the text itself")
NOTHING_SEEN: Final = gettext_noop("nothing has been measured")


@dataclass(frozen=True, slots=True)
class Told:
    """How one obligation stands, as a page writes it."""

    word: str
    sign: str
    days: str  # how long after or before the deadline, and what else is to be said at once
    value: str  # the number that decides
    day: date | None  # of the value, or of the proof
    source: str
    link: str
    target: str
    due: date | None
    due_from: str


def told(line: Line) -> Told:
    """How an obligation stands, in the reader's language."""
    found, row = line.standing, line.row
    value, day, source, link = _shown(line)
    days = _days(found)
    return Told(
        word=_(found.state.value),
        sign=_sign(found, is_whole=bool((value or days) and (day or found.due) and source)),
        days="; ".join(filter(None, (days, _remark(line)))),
        value=value,
        day=day,
        source=source,
        link=link,
        target=target(line.asked, row.unit),
        due=found.due,
        due_from=_(found.due_from.value) if found.due else "",
    )


def _sign(found: Standing, *, is_whole: bool) -> str:
    """The colour; none that shouts where a number, a day or a source is missing."""
    sign = "warn" if found.is_near else SIGNS[found.state]
    return sign if is_whole or sign == "soft" else "calm"


def target(asked: Asked, unit: str) -> str:
    """What is to be reached, with its unit; nothing where the text has no number."""
    if asked.target is None or not asked.relation:
        return ""
    if asked.measure == RANK:
        return _("place %(rank)s or better") % {"rank": int(asked.target)}
    if unit == YES:
        return _("yes") if asked.target else _("no")
    return f"{RELATIONS[asked.relation]} {formats.plain(asked.target)} {_(unit)}".strip()


def amount(measure: str, value: float | None, unit: str) -> str:
    """A value with its unit, as the indicator writes it."""
    if value is None:
        return formats.NOTHING
    if measure == RANK:
        return _("place %(rank)s") % {"rank": int(value)}
    if measure:
        return words.with_unit(indicator(measure), value)
    return f"{formats.plain(value)} {_(unit)}".strip() if unit else formats.plain(value)


def _shown(line: Line) -> tuple[str, date | None, str, str]:
    """The number that decides, its day, its source and a link to it.

    Where nothing was proved or seen, the text that sets the deadline is the source.
    """
    found, row = line.standing, line.row
    text = row.act.named.into(layout.language()), row.act.address
    if row.proof == "fact":
        return "", found.due, *text
    if found.proof is not None:
        proof = found.proof
        value = "" if proof.value is None else amount(row.measure, proof.value, row.unit)
        return value, proof.day, proof.text, proof.link
    if found.seen is not None:
        seen = found.seen
        return amount(row.measure, seen.value, row.unit), seen.day, _(seen.source), seen.link
    return "", None, *text


def _remark(line: Line) -> str:
    if line.row.proof == "fact":
        return _(STATED)
    unseen = line.row.proof == "measure" and line.standing.seen is None
    told_already = line.standing.state is State.NOT_MEASURED or line.standing.proof is not None
    return _(NOTHING_SEEN) if unseen and not told_already else ""


def _days(found: Standing) -> str:
    n = found.days
    match found.state:
        case State.OVERDUE:
            said = ngettext("%(n)s day overdue", "%(n)s days overdue", n)
        case State.IN_TIME:
            said = ngettext("%(n)s day left", "%(n)s days left", n)
        case State.MET if n:
            said = ngettext(
                "seen %(n)s day after the deadline", "seen %(n)s days after the deadline", n
            )
        case State.MET if found.due and found.since and found.since < found.due:
            n = (found.due - found.since).days
            said = ngettext(
                "seen %(n)s day before the deadline", "seen %(n)s days before the deadline", n
            )
        case _:
            return ""
    return said % {"n": formats.number(n)}
