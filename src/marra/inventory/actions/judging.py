"""Say how a service meets the standard: for its body, for the group, after a trial with users."""

from django.db import transaction

from marra.inventory.models.functions import Service
from marra.inventory.models.standard import Assessment, Standard
from marra.inventory.queries import results, services, standards
from marra.inventory.rules import judgements as rules
from marra.inventory.rules.judgements import Tried
from marra.inventory.rules.standard import By, Requirement, Verdict
from marra.journal.actions import record
from marra.people.rules.rights import Stamp, rights
from marra.store import fresh_code


@transaction.atomic
def assess_service(
    stamp: Stamp,
    code: str,
    *,
    requirement: str,
    verdict: str,
    note: str = "",
    evidence: str = "",
) -> Assessment:
    """Say for the body whether its service meets a requirement, and where it is seen."""
    row = services.locked(stamp, code)
    stamp.require(*rights("inventory")["service.assessed"], of=row.owner.code)
    standard = standards.needed(stamp.at.date())
    wanted = rules.requirement(standards.requirements(standard), requirement)
    told, said, proof = rules.checked(verdict, note, evidence)
    _by_people(wanted, told)
    made = _kept(stamp, row, standard, wanted.code, By.BODY, told, note=said, evidence=proof)
    record(stamp, "service.assessed", code, requirement=wanted.code, verdict=told)
    return made


@transaction.atomic
def review_service(
    stamp: Stamp,
    code: str,
    *,
    requirement: str,
    verdict: str,
    note: str = "",
    evidence: str = "",
) -> Assessment:
    """Say for the group whether a service meets a requirement; nobody reviews their own word."""
    row = services.locked(stamp, code)
    standard = standards.needed(stamp.at.date())
    stamp.require(*rights("inventory")["service.reviewed"], of=standard.group)
    wanted = rules.requirement(standards.requirements(standard), requirement)
    told, said, proof = rules.checked(verdict, note, evidence)
    _by_people(wanted, told)
    own = results.own(row, wanted.code)
    if own is not None and own.made_by == stamp.by:
        raise rules.OwnAssessment
    made = _kept(stamp, row, standard, wanted.code, By.REVIEW, told, note=said, evidence=proof)
    record(stamp, "service.reviewed", code, requirement=wanted.code, verdict=told)
    return made


@transaction.atomic
def enter_trial(
    stamp: Stamp,
    code: str,
    *,
    requirement: str,
    users: int,
    finished: int,
    protected: int = 0,
    minutes: float | None = None,
    note: str = "",
) -> Assessment:
    """Enter what a trial with users showed; the verdict follows from its numbers."""
    row = services.locked(stamp, code)
    standard = standards.needed(stamp.at.date())
    stamp.require(*rights("inventory")["service.tried"], of=(row.owner.code, standard.group))
    asked = standards.requirements(standard)
    wanted = rules.requirement(asked, requirement)
    tried = Tried(users, finished, protected, minutes)
    verdict = rules.judged(asked, wanted, tried)
    facts = {"users": users, "finished": finished, "protected": protected, "minutes": minutes}
    said = note.strip()[: rules.LONGEST_NOTE]
    made = _kept(stamp, row, standard, wanted.code, By.USERS, verdict, note=said, facts=facts)
    record(stamp, "service.tried", code, requirement=wanted.code, verdict=verdict, users=users)
    return made


def _by_people(wanted: Requirement, verdict: Verdict) -> None:
    """Go on if people may say this; that a requirement does not apply, they always may."""
    if wanted.checks and verdict is not Verdict.NOT_APPLICABLE:
        raise rules.NotByPeople


def _kept(
    stamp: Stamp,
    row: Service,
    standard: Standard,
    requirement: str,
    by: By,
    verdict: Verdict,
    **told: object,
) -> Assessment:
    """One verdict; what the same kind said before stays and counts no longer."""
    before = Assessment.objects.filter(service=row, requirement=requirement, by_kind=by)
    before.filter(is_current=True).update(is_current=False)
    return Assessment.objects.create(
        code=fresh_code("assessment", size=6),
        service=row,
        standard=standard,
        requirement=requirement,
        by_kind=by,
        verdict=verdict,
        made_at=stamp.at,
        made_by=stamp.by,
        **told,
    )
