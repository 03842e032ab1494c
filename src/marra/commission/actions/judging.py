"""Submit assignments with proof, judge them in two steps, and give more time."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction

from marra.archive.actions import keep_file
from marra.commission.models.assignments import Assignment, Extension, Submission, Verdict
from marra.commission.queries import assignments as queries
from marra.commission.rules import assignments as rules
from marra.commission.rules.assignments import Judged, State
from marra.journal.actions import record
from marra.people.rules.rights import Stamp, rights
from marra.store import fresh_code


@transaction.atomic
def submit(
    stamp: Stamp,
    code: str,
    *,
    text: str,
    links: Sequence[str] = (),
    files: Sequence[tuple[str, bytes]] = (),
    observations: Sequence[str] = (),
) -> Submission:
    """Submit what was done, with at least one proof; files are kept in the same transaction."""
    row = _locked(stamp, code)
    stamp.require(*rights("commission")["assignment.submitted"], of=row.lead.code)
    proofs = rules.checked_links(links)
    if not (proofs or files or observations):
        raise rules.ProofMissing
    _move(row, "submit")
    row.submitted_at, row.percent = stamp.at, 100
    row.save(update_fields=["submitted_at", "percent"])
    made = Submission.objects.create(
        code=fresh_code("submission"),
        assignment=row,
        text=rules.checked_reason(text),
        links=proofs,
        observations=list(observations),
        made_at=stamp.at,
        made_by=stamp.by,
    )
    made.files.set([keep_file(stamp, name=name, content=content) for name, content in files])
    record(stamp, "assignment.submitted", code, submission=made.code, files=len(files))
    return made


@transaction.atomic
def judge_in_group(stamp: Stamp, code: str, *, accept: bool, reason: str = "") -> Verdict:
    """The first step: the secretary of the group accepts it, or returns it with a reason."""
    row = _locked(stamp, code)
    stamp.require(
        *rights("commission")["assignment.group-judged"], of=queries.group_of(row) or "-"
    )
    made = _verdict(stamp, row, "group", accept=accept, reason=reason)
    _move(row, "accept-in-group" if accept else "return")
    record(stamp, "assignment.group-judged", code, accepted=accept, verdict=made.code)
    return made


@transaction.atomic
def judge(stamp: Stamp, code: str, *, accept: bool, reason: str = "") -> Verdict:
    """The last step: the secretary of the Commission accepts it, or returns it with a reason."""
    row = _locked(stamp, code)
    stamp.require(*rights("commission")["assignment.judged"])
    rules.last_step_open(State(row.state), has_group=row.group is not None)
    made = _verdict(stamp, row, "commission", accept=accept, reason=reason)
    _move(row, "accept" if accept else "return")
    if accept:
        row.done_at, row.delivered_on = stamp.at, made.submission.made_at.date()
        row.save(update_fields=["done_at", "delivered_on"])
    record(stamp, "assignment.judged", code, accepted=accept, verdict=made.code)
    return made


@transaction.atomic
def ask_extension(stamp: Stamp, code: str, *, until: date, reason: str) -> Extension:
    """Ask for more time, with a reason; one question at a time."""
    row = _locked(stamp, code)
    stamp.require(*rights("commission")["extension.asked"], of=row.lead.code)
    if row.state not in rules.OWED:
        raise rules.StepNotOpen(number=row.number)
    if row.asked.filter(granted=None).exists():
        raise rules.AskedAlready
    made = Extension.objects.create(
        code=fresh_code("extension"),
        assignment=row,
        before=row.deadline,
        until=rules.checked_until(until, row.deadline),
        reason=rules.checked_reason(reason),
        asked_at=stamp.at,
        asked_by=stamp.by,
    )
    record(stamp, "extension.asked", code, until=until.isoformat())
    return made


@transaction.atomic
def answer_extension(
    stamp: Stamp, code: str, *, grant: bool, answer: str = "", until: date | None = None
) -> Extension:
    """Grant more time, as asked or until another day, or refuse it with a reason."""
    row = _locked(stamp, code)
    stamp.require(*rights("commission")["extension.answered"])
    asked = row.asked.filter(granted=None).first()
    if asked is None:
        raise rules.NothingAsked
    asked.granted, asked.answered_at, asked.answered_by = grant, stamp.at, stamp.by
    asked.answer = rules.checked_text(answer)[:2000] if grant else rules.checked_reason(answer)
    if grant:
        asked.until = rules.checked_until(until or asked.until, row.deadline)
        row.deadline, row.extensions = asked.until, row.extensions + 1
        row.version += 1
        row.save(update_fields=["deadline", "extensions", "version"])
    asked.save()
    record(stamp, "extension.answered", code, granted=grant, until=asked.until.isoformat())
    return asked


def _locked(stamp: Stamp, code: str) -> Assignment:
    return queries.visible_to(stamp).select_for_update(of=("self",)).named(code)


def _move(row: Assignment, move: str) -> None:
    row.state = rules.step(State(row.state), move, number=row.number)
    row.version += 1
    if move == "return":
        row.returns += 1
    row.save(update_fields=["state", "version", "returns"])


def _verdict(stamp: Stamp, row: Assignment, part: str, *, accept: bool, reason: str) -> Verdict:
    """One verdict on the newest submission, by somebody who has no other part in it."""
    latest = row.submissions.first()
    if latest is None or row.state not in {State.SUBMITTED, State.GROUP_ACCEPTED}:
        raise rules.StepNotOpen(number=row.number)
    before = [Judged(each.step, each.made_by) for each in latest.verdicts.all()]
    rules.may_judge(stamp.by, submitted_by=latest.made_by, before=before)
    return Verdict.objects.create(
        code=fresh_code("verdict"),
        submission=latest,
        step=part,
        accepted=accept,
        reason=rules.checked_text(reason)[:2000] if accept else rules.checked_reason(reason),
        made_at=stamp.at,
        made_by=stamp.by,
    )
