"""Read cases: one's own, those of the bodies one acts for, and the work on them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Final

from django.db.models import Q, QuerySet

from marra.archive import queries as archive
from marra.flow.answers import first_open
from marra.flow.engine.keeping import load
from marra.flow.forms import Form, Widget
from marra.flow.screens import CHECK
from marra.people.rules.rights import Role, Stamp, rights
from marra.portal.models.cases import Case, CaseEvent, CaseTask
from marra.portal.queries.definitions import standing as standing_version
from marra.portal.queries.running import ready_of
from marra.portal.rules.casework import Origin, Stage, Standing, WorkState, filled, standing
from marra.portal.rules.confirming import confirmation
from marra.portal.rules.keeper import Kind
from marra.portal.rules.running import Ready
from marra.portal.rules.values import as_json
from marra.store import Named

if TYPE_CHECKING:
    from marra.archive.models import StoredFile

OPEN: Final = (WorkState.OPEN, WorkState.RETURNED)


def every() -> Named[Case]:
    """Every application, for systems that bring an answer; nobody's list."""
    rows = Case.all().select_related("service", "service__body", "definition")
    return rows.defer("definition__bundle")


def own(stamp: Stamp) -> Named[Case]:
    """The applications of whoever asks; drafts too."""
    return every().filter(applicant=stamp.by)


def visible_to(stamp: Stamp) -> Named[Case]:
    """The applications this person may know of: their own, and what was sent to their bodies."""
    rows = every()
    mine = Q(applicant=stamp.by) if _is_somebody(stamp) else Q(pk=None)
    bodies = stamp.scopes(Role.EXECUTOR)
    if not bodies:
        return rows.filter(mine)
    theirs = ~Q(stage=Stage.DRAFT) & ~Q(sent_at=None)
    if "" not in bodies:
        theirs &= Q(service__body__code__in=bodies)
    return rows.filter(mine | theirs)


def _is_somebody(stamp: Stamp) -> bool:
    return any(role is Role.HOLDER for role, _ in stamp.roles)


def locked(stamp: Stamp, code: str) -> Case:
    """The case of that code for a change, if this person may know of it."""
    return visible_to(stamp).select_for_update(of=("self",)).named(code)


def worked_on(stamp: Stamp, code: str) -> Case:
    """The case of that code, if this person works for the body it was sent to."""
    bodies = stamp.scopes(*rights("portal")["case.taken"])
    rows = visible_to(stamp).exclude(Q(stage=Stage.DRAFT) | Q(sent_at=None))
    return (rows if "" in bodies else rows.filter(service__body__code__in=bodies)).named(code)


def open_work(stamp: Stamp) -> QuerySet[CaseTask]:
    """The tasks that wait for the bodies this person acts for; what is due first comes first."""
    bodies = stamp.scopes(*rights("portal")["case.taken"])
    rows = CaseTask.objects.filter(
        kind=Kind.TASK, state=WorkState.OPEN, case__stage=Stage.RUNNING
    ).select_related("case", "case__service", "body")
    if "" not in bodies:
        rows = rows.filter(body__code__in=bodies)
    return rows.order_by("case__due_on", "id")


def may_call(case: Case) -> bool:
    """Whether the process of a case ever asks another system."""
    process = ready_of(case.definition).process
    return process is not None and any(each.kind == "serviceTask" for each in process.nodes)


def is_calling(code: str) -> bool:
    """Whether a case waits for another system."""
    rows = CaseTask.objects.filter(case__code=code, kind=Kind.CALL, state=WorkState.OPEN)
    return rows.order_by().exists()


def calls(case: Case) -> QuerySet[CaseTask]:
    """What other systems are asked for a case."""
    return case.tasks.filter(kind=Kind.CALL, state=WorkState.OPEN)


def events(case: Case, *, inside: bool = False) -> QuerySet[CaseEvent]:
    """What happened, oldest first; with what only officials read if asked."""
    rows = CaseEvent.objects.filter(case=case)
    return rows if inside else rows.filter(is_public=True)


def data(case: Case) -> dict[str, Any]:
    """What the process of a case knows, as JSON."""
    kept: dict[str, Any] = as_json(dict(load(bytes(case.state)).data))
    return kept


@dataclass(frozen=True, slots=True)
class Desk:
    """What the applicant is asked now: a form, what was answered, what registers say."""

    task: CaseTask
    name: str  # of the form in the bundle
    form: Form
    answers: Mapping[str, Any]
    given: Mapping[str, Any]  # filled in from registers: told, not asked
    is_plain: bool = False  # the process names no form; one confirms that it is done

    @property
    def whole(self) -> dict[str, Any]:
        """All that the form is judged by."""
        return {**self.answers, **self.given}


def desk(case: Case) -> Desk | None:
    """The form that waits for the applicant; None if nothing does."""
    task = asked_of_applicant(case.tasks.all())
    return at_desk(case, task) if task else None


def at_desk(case: Case, task: CaseTask) -> Desk:
    """What the applicant is asked by a piece of work, whether it was written down yet or not."""
    form = ready_of(case.definition).forms.get(task.does)
    if form is None:
        asked, held = confirmation(task.name), case.answers.get(task.element, {})
        return Desk(task, task.element, asked, held, {}, is_plain=True)
    prefilled = {name: each.prefill for name, each in form.fields.items() if each.prefill}
    given = filled(prefilled, data(case)) if prefilled else {}
    return Desk(task, task.does, form, case.answers.get(task.does, {}), given)


def asked_of_applicant(tasks: Iterable[CaseTask]) -> CaseTask | None:
    """The form that is open; or where the body returned its work, the form sent last."""
    rows = list(tasks)
    forms = [each for each in rows if each.kind == Kind.FORM]
    waiting = next((each for each in forms if each.state == WorkState.OPEN), None)
    if waiting is None and any(each.state == WorkState.RETURNED for each in rows):
        return next((e for e in reversed(forms) if e.state == WorkState.DONE and e.does), None)
    return waiting


def standing_of(case: Case) -> Standing:
    """Where a case stands, by the work that is open on it."""
    rows = [each for each in case.tasks.all() if each.state in OPEN]
    return standing(
        case.stage,
        case.outcome,
        {each.kind for each in rows if each.state == WorkState.OPEN},
        returned=any(each.state == WorkState.RETURNED for each in rows),
        sent=case.sent_at is not None,
        offered=case.origin == Origin.REGISTER,
    )


def task_of(case: Case) -> CaseTask | None:
    """The task that waits for the body, open or returned."""
    return case.tasks.filter(kind=Kind.TASK, state__in=OPEN).first()


def personas(case: Case) -> tuple[Mapping[str, Any], ...]:
    """The personas of the service, for the stand-in of registers."""
    return ready_of(case.definition).personas


def why_returned(case: Case) -> str:
    """Why the body returned the application, if it did and still waits."""
    task = case.tasks.filter(state=WorkState.RETURNED).first()
    return task.why if task else ""


def answered(case: Case) -> list[tuple[Form, dict[str, Any]]]:
    """Each form that was answered, with what registers said for it too."""
    forms, known = ready_of(case.definition).forms, data(case)
    found = []
    for name, answers in case.answers.items():
        if (form := forms.get(name)) is not None:
            prefilled = {n: each.prefill for n, each in form.fields.items() if each.prefill}
            found.append((form, {**answers, **filled(prefilled, known)}))
    return found


def ready(case: Case) -> Ready:
    """The definition that the case runs on, compiled."""
    return ready_of(case.definition)


def newer(case: Case) -> int | None:
    """The number of the version that stands now, where a running case has an older one."""
    if case.stage != Stage.RUNNING:
        return None
    found = standing_version(case.service)
    return found.number if found and found.pk != case.definition_id else None


def of_work(rows: QuerySet[CaseTask], asked: str, *, by: str, day: date) -> QuerySet[CaseTask]:
    """Of open work what is asked for: `free`, `mine`, `overdue`, or all."""
    if asked == "free":
        return rows.filter(taken_by="")
    if asked == "mine":
        return rows.filter(taken_by=by)
    return late(rows, day) if asked == "overdue" else rows


def late(rows: QuerySet[CaseTask], day: date) -> QuerySet[CaseTask]:
    """Work whose term has passed; one that waits for the applicant is not late."""
    return rows.filter(case__due_on__lt=day, case__waits_since=None)


def next_step(case: Case, at: datetime) -> str | None:
    """The page of the open form to be shown next, or the check; None if nothing is asked."""
    found = desk(case) if case.stage != Stage.ENDED else None
    if found is None:
        return None
    page = first_open(found.form, found.whole, now=at)
    return page.id if page else CHECK


def to_wake(at: datetime, most: int) -> list[str]:
    """The codes of cases whose timers have come, the longest waiting first."""
    rows = Case.objects.filter(wakes_at__lte=at).exclude(stage=Stage.ENDED)
    return list(rows.order_by("wakes_at", "id").values_list("code", flat=True)[:most])


def calling(most: int) -> list[str]:
    """The codes of cases that wait for another system, each once."""
    rows = CaseTask.objects.filter(kind=Kind.CALL, state=WorkState.OPEN)
    codes = rows.exclude(case__stage=Stage.ENDED).values_list("case__code", flat=True)
    return list(dict.fromkeys(codes.order_by("id")[:most]))


def files_in(form: Form, answers: Mapping[str, Any]) -> dict[str, str]:
    """The codes of files among answers, by the name of the question."""
    return {
        name: str(answers[name])
        for name, each in form.fields.items()
        if each.widget is Widget.FILE and answers.get(name)
    }


def file_names(codes: Iterable[str]) -> dict[str, str]:
    """What files are called, by code."""
    wanted = list(codes)
    rows = archive.files(wanted).values_list("code", "name") if wanted else ()
    return dict(rows)


def file_of(case: Case, code: str) -> "StoredFile":
    """A file that was attached to a case; refuses with `NothingNamed`."""
    known = {each for form, told in answered(case) for each in files_in(form, told).values()}
    return archive.files(known).named(code)


def own_files(stamp: Stamp, form: Form, answers: Mapping[str, Any]) -> None:
    """Go on only if every file among the answers was sent by this person."""
    for code in files_in(form, answers).values():
        archive.files([code]).filter(kept_by=stamp.by).named(code)
