"""Agenda and minutes as documents in the official form, drawn from the minutes alone.

Source: ours, after the usual form of minutes: heading with number, day and place, who chaired and
kept them, agenda, what was heard, numbered clauses each with executor and day, signatures.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Final

from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from marra.commission.queries import minutes as minuted
from marra.commission.queries import sessions as queries
from marra.commission.queries import signatures
from marra.commission.rules.minutes import Body, Clause, Given, Minutes, Person
from marra.commission.rules.sessions import OUTCOMES, Outcome, State
from marra.commission.rules.signing import ADAPTERS, Adapter, Position
from marra.door import stamp
from marra.store import NothingNamed
from marra.web import layout
from marra.web.formats import day, moment
from marra.web.gate import for_staff
from marra.web.paper import document as paper
from marra.web.paper import pages, word

if TYPE_CHECKING:
    from marra.commission.models.sessions import Session, Signature

WRITERS: Final[Mapping[str, Callable[[paper.Document], bytes]]] = {
    "pdf": pages.pdf,
    "docx": word.docx,
}
"""How each kind of file is written."""

TYPES: Final = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "json": "application/json; charset=utf-8",
}


@for_staff
def file(request: HttpRequest, code: str, name: str, form: str) -> HttpResponse:
    """Agenda or minutes of a session as a file; closed minutes also as the frozen document."""
    who = stamp(request)
    row = queries.visible_to(who).named(code)
    if form == "json" and name == "minutes" and row.document:
        content = row.document.encode()
    elif form in WRITERS and name in {"agenda", "minutes"}:
        content = WRITERS[form](made(row, name, layout.language(), who.at))
    else:
        raise NothingNamed(kind="file", code=f"{name}.{form}"[:40])
    answer = HttpResponse(content, content_type=TYPES[form])
    number = f"-{row.number}" if row.number else ""
    answer["Content-Disposition"] = f'attachment; filename="{name}-{row.year}{number}.{form}"'
    return answer


def made(row: "Session", name: str, language: str, at: datetime) -> paper.Document:
    """The agenda or the minutes of a session as a document in a language."""
    with translation.override(language):
        told = minuted.of(row)
        if name == "agenda":
            return agenda(told, language, at, is_final=row.state != State.PLANNED)
        is_closed = row.state == State.CLOSED
        return minutes(told, language, at, row.digest if is_closed else "", _signed(row))


def agenda(
    told: Minutes, language: str, at: datetime, *, is_final: bool = False
) -> paper.Document:
    """The agenda: what, by whom, where and when."""
    return paper.Document(
        language,
        title=_("AGENDA"),
        foot=_("Source: Marra, agenda as of {moment}").format(moment=moment(at)),
        made_at=at,
        draft="" if is_final else _("DRAFT"),
        blocks=(
            paper.Words(_whose(told.body), centred=True, strong=True),
            paper.Words(told.title, centred=True),
            paper.Sides(moment(told.starts_at), told.venue),
            *_items(told),
            paper.Signatures((paper.Signer(_("Secretary"), told.kept_by),)),
        ),
    )


def minutes(
    told: Minutes,
    language: str,
    at: datetime,
    digest: str,
    signed: Mapping[str, Sequence[str]],
) -> paper.Document:
    """The minutes: those who came, the agenda, what was heard, what was decided, signatures."""
    title = _("MINUTES No. {number}").format(number=told.number) if digest else _("MINUTES")
    return paper.Document(
        language,
        title=title,
        foot=_foot(told, at, digest),
        made_at=at,
        draft="" if digest else _("DRAFT"),
        blocks=(
            paper.Sides(day(told.starts_at), told.venue),
            paper.Words(_whose(told.body), centred=True, strong=True),
            paper.Words(told.title, centred=True),
            *_present(told),
            paper.Heading(_("AGENDA:")),
            *_items(told),
            paper.Heading(_("HEARD:")),
            *_heard(told),
            paper.Heading(_("DECIDED:")),
            *_decided(told),
            paper.Signatures(tuple(_signers(told, signed))),
        ),
    )


def _whose(body: Body) -> str:
    if body.name is None:
        return _(
            "Session of the Commission for Coordinating the Implementation of the "
            "“Digital Uzbekistan – 2030” Strategy"
        )
    told = _("Meeting of working group {number}, “{name}”")
    return told.format(number=body.number, name=body.name.into(layout.language()))


def _foot(told: Minutes, at: datetime, digest: str) -> str:
    if digest and told.closed_at:
        words = _("Source: Marra, minutes closed on {moment}, SHA-256 {digest}")
        return words.format(moment=moment(told.closed_at), digest=digest)
    return _("Source: Marra, draft of {moment}; it may still change").format(moment=moment(at))


def _present(told: Minutes) -> Iterable[paper.Block]:
    count = len(told.present)
    came = ngettext("Present: {n} person", "Present: {n} people", count).format(n=count)
    names = _people(told.present)
    yield paper.Words(f"{_('Chaired by:')} {told.chaired_by or '–'}")
    yield paper.Words(f"{_('Secretary:')} {told.kept_by or '–'}")
    if told.present:
        yield paper.Words(f"{came}: {names}.")
    elif told.absent:
        yield paper.Words(f"{_('Asked to come')}: {_people(told.absent)}.")
    if told.present and told.absent:
        yield paper.Words(f"{_('Did not come:')} {_people(told.absent)}.")


def _people(people: Iterable[Person]) -> str:
    told = (f"{each.name} ({each.position})" if each.position else each.name for each in people)
    return "; ".join(told)


def _items(told: Minutes) -> list[paper.Clause]:
    found = []
    for each in told.items:
        about = [
            (_("Speaker:"), each.speaker),
            (_("Proposal:"), each.proposal if each.proposal != each.title else ""),
            (_("Plan:"), each.plan if each.plan != each.title else ""),
        ]
        notes = tuple(f"{label} {what}" for label, what in about if what)
        found.append(paper.Clause(f"{each.number}.", each.title, notes))
    return found


def _heard(told: Minutes) -> Iterable[paper.Clause]:
    for each in told.items:
        lines = tuple(line.strip() for line in each.minutes.splitlines() if line.strip())
        speaker = f" ({each.speaker})" if each.speaker else ""
        yield paper.Clause(f"{each.number}.", f"{each.title}{speaker}", lines)


def _decided(told: Minutes) -> Iterable[paper.Block]:
    if not told.clauses:
        yield paper.Words(_("Nothing was decided."))
    for clause in told.clauses:
        yield from _clause(clause)


def _clause(clause: Clause) -> Iterable[paper.Clause]:
    """A decision; what it gives stands below as clauses of their own, unless it says the same."""
    outcome = _(OUTCOMES[Outcome(clause.outcome)])
    words = _("On item {number} of the agenda. Outcome: {outcome}.")
    note = words.format(number=clause.item, outcome=outcome.lower())
    first = clause.tasks[0] if len(clause.tasks) == 1 else None
    if first is not None and first.title.rstrip(".") == clause.text.rstrip("."):
        yield paper.Clause(f"{clause.number}.", clause.text, (note, *_duties(first)))
        return
    yield paper.Clause(f"{clause.number}.", clause.text, (note,))
    for turn, task in enumerate(clause.tasks, start=1):
        yield paper.Clause(f"{clause.number}.{turn}.", task.title, tuple(_duties(task)))


def _duties(task: Given) -> Iterable[str]:
    yield _executors(task)
    told = _("Deadline: {day}. Assignment {number}.")
    yield told.format(day=day(task.deadline), number=task.number)


def _executors(task: Given) -> str:
    language = layout.language()
    head = f" ({task.head})" if task.head else ""
    told = f"{_('Executor:')} {task.lead.into(language)}{head}."
    if task.helpers:
        helpers = "; ".join(each.into(language) for each in task.helpers)
        told += f" {_('Co-executors:')} {helpers}."
    return told


def _signers(told: Minutes, signed: Mapping[str, Sequence[str]]) -> Iterable[paper.Signer]:
    for position, label, name in (
        (Position.CHAIR, _("Chair"), told.chaired_by),
        (Position.KEEPER, _("Secretary"), told.kept_by),
    ):
        yield paper.Signer(label, name, "; ".join(signed.get(position, ())))
    for note in signed.get(Position.MEMBER, ()):
        yield paper.Signer(_("Member"), "", note)


def _signed(row: "Session") -> dict[str, list[str]]:
    """The electronic signatures that still hold, in words, by position."""
    found: dict[str, list[str]] = {}
    for each in signatures.under(row.code):
        if signatures.still_holds(each, row):
            found.setdefault(each.position, []).append(in_words(each))
    return found


def in_words(signature: "Signature") -> str:
    """By whom, when and with which certificate it was signed."""
    words = _("Signed electronically: {signer}, {moment}, certificate {certificate} ({adapter})")
    return words.format(
        signer=signature.signer,
        moment=moment(signature.signed_at),
        certificate=signature.certificate,
        adapter=_(ADAPTERS[Adapter(signature.adapter)]),
    )
