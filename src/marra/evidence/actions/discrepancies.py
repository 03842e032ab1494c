"""Follow a discrepancy: open a case, and take it from evidence to letter, answer and end."""

from datetime import date

from django.db import transaction

from marra.archive.actions import keep_file
from marra.evidence.models.desk import Discrepancy, DiscrepancyStep
from marra.evidence.queries import desk as queries
from marra.evidence.queries import observations, releases
from marra.evidence.rules import discrepancies as rules
from marra.evidence.rules.discrepancies import ENDED, Move, National, State
from marra.evidence.rules.indicators import indicator
from marra.evidence.rules.observations import checked_link
from marra.inventory.queries import bodies
from marra.journal.actions import record
from marra.people.rules import Stamp, rights
from marra.store import fresh_code


@transaction.atomic
def open_case(stamp: Stamp, observation: str, *, body: str = "") -> Discrepancy:
    """Follow the difference between an observation and the published figure of its input."""
    seen = observations.visible_to(stamp).named(observation)
    stamp.require(*rights("evidence")["discrepancy.opened"], of=body or seen.reporter)
    measured = indicator(seen.indicator)
    theirs = queries.published(measured, seen.place)
    edition = releases.latest()
    if theirs is None:
        raise rules.NotPublished(indicator=measured.code, edition=edition, place=seen.place)
    ours = National(seen.code, seen.value, seen.day, seen.basis, seen.source)
    if rules.differs(measured, [ours], theirs) is None:
        raise rules.NothingDiffers(tolerance=f"{measured.tolerance or 0:g}")
    same = Discrepancy.objects.filter(indicator=seen.indicator, place=seen.place, edition=edition)
    if before := same.exclude(state__in=[each.name.lower() for each in ENDED]).first():
        raise rules.CaseOpen(code=before.code)
    made = Discrepancy.objects.create(
        code=fresh_code("case"),
        indicator=seen.indicator,
        place=seen.place,
        edition=edition,
        national=seen.value,
        national_day=seen.day,
        national_source=seen.source,
        observation=seen,
        published=theirs.value,
        published_year=theirs.year,
        published_source=theirs.source[:500],
        organisation=measured.organisation,
        body=bodies.named(body) if body else bodies.known([seen.reporter]).first(),
        state=State.OPEN.name.lower(),
        opened_at=stamp.at,
        opened_by=stamp.by,
    )
    record(stamp, "discrepancy.opened", made.code, indicator=seen.indicator, edition=edition)
    return made


@transaction.atomic
def move(
    stamp: Stamp,
    code: str,
    *,
    step: str,
    text: str,
    day: date,
    version: int,
    link: str = "",
    file: tuple[str, bytes] | None = None,
) -> Discrepancy:
    """Take a step in a case; each stays, with its text and what proves it."""
    case = queries.cases_for(stamp).select_for_update(of=("self",)).named(code)
    stamp.require(*rights("evidence")["discrepancy.moved"], of=case.body.code if case.body else "")
    chosen = Move[step.upper()] if step.upper() in Move.__members__ else None
    state = State[case.state.upper()]
    if chosen is None:
        raise rules.MoveNotOpen(state=state, move=step[:20], moves="–")
    if version != case.version:
        raise rules.MovedMeanwhile(state=state)
    case.state = rules.step(state, chosen).name.lower()
    told = rules.checked_step(text, day, stamp.at.date())
    kept = keep_file(stamp, name=file[0], content=file[1]) if file else None
    DiscrepancyStep.objects.create(
        case=case,
        move=chosen.name.lower(),
        text=told,
        link=checked_link(link),
        file=kept,
        day=day,
        made_at=stamp.at,
        made_by=stamp.by,
    )
    case.version += 1
    case.save(update_fields=["state", "version"])
    record(stamp, "discrepancy.moved", code, move=chosen.name.lower(), state=case.state)
    return case
