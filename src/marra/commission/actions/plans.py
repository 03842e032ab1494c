"""Keep plans, change drafts, and take plans from proposal to decision."""

from dataclasses import asdict
from typing import Any

from django.db import transaction

from marra.commission.models.followup import Promise
from marra.commission.models.plans import PlanVersion, Portfolio, PortfolioVersion
from marra.commission.queries import portfolios as queries
from marra.commission.queries.plans import visible_to
from marra.commission.rules import plans
from marra.commission.rules.followup import promised
from marra.commission.rules.plans import DEEDS, Made, State
from marra.commission.rules.portfolios import OtherCountry, VersionWithdrawn
from marra.evidence.queries import releases
from marra.index.plan import document
from marra.journal.actions import record
from marra.kit.places import place
from marra.kit.titles import checked_note, checked_title
from marra.people.rules.rights import Stamp, rights
from marra.store import fresh_code


@transaction.atomic
def keep_plan(
    stamp: Stamp, version: str, *, made: Made, title: str, note: str = ""
) -> PlanVersion:
    """Keep a computed plan as a draft, from a version of a portfolio that stands."""
    source = queries.versions_for(stamp).select_for_update(of=("self",)).named(version)
    stamp.require(*rights("commission")["plan.kept"])
    if source.withdrawn_at is not None:
        raise VersionWithdrawn(number=source.number)
    plan = PlanVersion.objects.create(
        code=fresh_code("plan"),
        version=source,
        state=State.DRAFT,
        title=checked_title(title),
        note=checked_note(note),
        created_at=stamp.at,
        created_by=stamp.by,
        moved_at=stamp.at,
        moved_by=stamp.by,
        **_told(made, source),
    )
    record(stamp, "plan.kept", plan.code, version=version, edition=plan.edition, place=plan.place)
    return plan


@transaction.atomic
def revise_plan(
    stamp: Stamp, code: str, *, title: str, note: str = "", made: Made | None = None
) -> PlanVersion:
    """Change what a draft says: its title, its note and, if computed anew, its content."""
    plan = _locked(stamp, code)
    stamp.require(*rights("commission")["plan.revised"])
    plans.still_draft(State(plan.state), title=plan.title)
    plan.title, plan.note = checked_title(title), checked_note(note)
    for name, value in _told(made, plan.version).items() if made else ():
        setattr(plan, name, value)
    plan.save()
    record(stamp, "plan.revised", code, anew=made is not None)
    return plan


@transaction.atomic
def move_plan(stamp: Stamp, code: str, *, move: str) -> PlanVersion:
    """Propose, adopt, reject or supersede a plan; adopting one supersedes the one in force."""
    plans.move_named(move)
    plan = _locked(stamp, code)
    stamp.require(*rights("commission")[DEEDS[move]])
    after = plans.step(State(plan.state), move, title=plan.title)
    before = _give_way(stamp, plan) if after is State.ADOPTED else None
    if after is State.ADOPTED:
        _freeze(stamp, plan)
    _enter(stamp, plan, after)
    record(stamp, DEEDS[move], code, instead_of=before)
    return plan


def _locked(stamp: Stamp, code: str) -> PlanVersion:
    """The plan, if this person may know of it, with nobody else changing it."""
    return visible_to(stamp).select_for_update(of=("self",)).named(code)


def _freeze(stamp: Stamp, plan: PlanVersion) -> None:
    """Keep what each initiative promises to each indicator, seen from the latest edition."""
    survey = releases.survey(releases.latest())
    chosen = [(each["initiative"], each["start"]) for each in plan.chosen]
    told = promised(document.read(plan.version.document), chosen, survey, plan.place)
    years = range(survey.year + 2, plan.edition + 3, 2)
    Promise.objects.bulk_create(
        Promise(
            code=fresh_code("promise"),
            plan=plan,
            **{
                **asdict(each),
                "title": each.title if isinstance(each.title, str) else asdict(each.title),
            },
            path={str(year): (each.base or 0.0) + each.by(year) for year in years},
            frozen_at=stamp.at,
        )
        for each in told
    )


def _give_way(stamp: Stamp, plan: PlanVersion) -> str | None:
    """Supersede the plan in force; its code, if there was one."""
    Portfolio.objects.select_for_update().filter(place=plan.place).order_by("pk").first()
    before = PlanVersion.objects.filter(place=plan.place, state=State.ADOPTED).first()
    if before is None:
        return None
    _enter(stamp, before, plans.step(State.ADOPTED, "supersede", title=before.title))
    record(stamp, DEEDS["supersede"], before.code, by_plan=plan.code)
    return before.code


def _enter(stamp: Stamp, plan: PlanVersion, state: State) -> None:
    plan.state, plan.moved_at, plan.moved_by = state, stamp.at, stamp.by
    plan.save(update_fields=["state", "moved_at", "moved_by"])


def _told(made: Made, source: PortfolioVersion) -> dict[str, Any]:
    """The columns of a plan, its price worked out from the portfolio."""
    if made.goal.place != source.portfolio.place:
        raise OtherCountry(
            given=place(made.goal.place).name, place=place(source.portfolio.place).name
        )
    portfolio = document.read(source.document)
    sound = plans.checked(made, portfolio)
    spent = plans.spending(sound.chosen, portfolio)
    return {
        "place": sound.goal.place,
        "k": sound.goal.k,
        "edition": sound.goal.edition,
        "odds_asked": sound.goal.odds,
        "budget_asked": sound.goal.budget,
        "chosen": [{"initiative": code, "start": start} for code, start in sound.chosen],
        "spending": [asdict(each) for each in spent],
        "cost": sum(each.amount for each in spent),
        "odds": sound.odds,
        "odds_check": sound.odds_check,
        "seed": sound.seed,
        "seed_check": sound.seed_check,
        "futures": sound.futures,
        "data_version": sound.data_version,
        "edition_version": sound.edition_version,
        "method_version": sound.method_version,
    }
