"""Submit assignments with proof, and judge them in two steps."""

from collections.abc import Sequence

from django.db import transaction

from marra.archive.actions import keep_file
from marra.commission.models.assignments import Assignment, Submission, Verdict
from marra.commission.queries import assignments as queries
from marra.commission.queries.deputies import acts_for
from marra.commission.rules import assignments as rules
from marra.commission.rules.assignments import Judged, State
from marra.evidence.queries import observations as evidence
from marra.journal.actions import record
from marra.people.rules.rights import Role, Stamp, rights
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
    """Submit what was done, with at least one proof; files are kept in the same transaction.

    A deputy submits on behalf of whom they act for; `observations` are codes of values.
    """
    row = queries.locked(stamp, code)
    stamp.require(*rights("commission")["assignment.submitted"], of=row.lead.code)
    proofs, values = rules.checked_links(links), _observed(stamp, observations)
    if not (proofs or files or values):
        raise rules.ProofMissing
    row.state = rules.step(State(row.state), "submit", number=row.number)
    row.submitted_at, row.percent = stamp.at, 100
    row.save(update_fields=["state", "submitted_at", "percent"])
    made = Submission.objects.create(
        code=fresh_code("submission"),
        assignment=row,
        text=rules.checked_reason(text),
        links=proofs,
        observations=values,
        on_behalf_of=acts_for(stamp, Role.EXECUTOR, row.lead.code),
        made_at=stamp.at,
        made_by=stamp.by,
    )
    made.files.set([keep_file(stamp, name=name, content=content) for name, content in files])
    record(stamp, "assignment.submitted", code, submission=made.code, files=len(files))
    return made


@transaction.atomic
def judge_in_group(stamp: Stamp, code: str, *, accept: bool, reason: str = "") -> Verdict:
    """The first step: the secretary of the group accepts it, or returns it with a reason."""
    row = queries.locked(stamp, code)
    stamp.require(
        *rights("commission")["assignment.group-judged"], of=queries.group_of(row) or "-"
    )
    rules.first_step_open(has_group=row.group is not None)
    made = _verdict(stamp, row, "group", accept=accept, reason=reason)
    _move(row, "accept-in-group" if accept else "return-in-group")
    record(stamp, "assignment.group-judged", code, accepted=accept, verdict=made.code)
    return made


@transaction.atomic
def judge(stamp: Stamp, code: str, *, accept: bool, reason: str = "") -> Verdict:
    """The last step: the secretary of the Commission accepts it, or returns it with a reason."""
    row = queries.locked(stamp, code)
    stamp.require(*rights("commission")["assignment.judged"])
    rules.last_step_open(State(row.state), has_group=row.group is not None)
    made = _verdict(stamp, row, "commission", accept=accept, reason=reason)
    _move(row, "accept" if accept else "return")
    if accept:
        submitted = made.submission.made_at.astimezone(stamp.at.tzinfo)  # a day is a national one
        row.done_at, row.delivered_on = stamp.at, submitted.date()
        row.save(update_fields=["done_at", "delivered_on"])
    record(stamp, "assignment.judged", code, accepted=accept, verdict=made.code)
    return made


def _move(row: Assignment, move: str) -> None:
    row.state = rules.step(State(row.state), move, number=row.number)
    row.returns += move in {"return", "return-in-group"}
    row.save(update_fields=["state", "returns"])


def _verdict(stamp: Stamp, row: Assignment, part: str, *, accept: bool, reason: str) -> Verdict:
    """One verdict on the newest submission, by somebody who has no other part in it."""
    latest = row.submissions.first()
    if latest is None or row.state not in {State.SUBMITTED, State.GROUP_ACCEPTED}:
        raise rules.StepNotOpen(number=row.number)
    own = {row.lead.code, *row.co_executors.values_list("code", flat=True)}
    rules.may_judge(
        stamp.by,
        authors={latest.made_by, latest.on_behalf_of},
        before=[Judged(each.step, each.made_by) for each in latest.verdicts.all()],
        in_body=bool(stamp.scopes(Role.EXECUTOR) & own),
    )
    return Verdict.objects.create(
        code=fresh_code("verdict"),
        submission=latest,
        step=part,
        accepted=accept,
        reason=rules.checked_text(reason)[:2000] if accept else rules.checked_reason(reason),
        made_at=stamp.at,
        made_by=stamp.by,
    )


def _observed(stamp: Stamp, codes: Sequence[str]) -> list[str]:
    """Values that there are, each once; refuses with `NoSuchObservation`."""
    wanted = list(dict.fromkeys(filter(None, codes)))
    rows = evidence.visible_to(stamp).filter(code__in=wanted, withdrawn_at=None)
    known = set(rows.values_list("code", flat=True))
    for code in wanted:
        if code not in known:
            raise rules.NoSuchObservation(code=code[:60])
    return wanted
