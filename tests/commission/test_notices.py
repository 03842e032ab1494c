"""Notices: who is told what, once, whatever happens in between."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from marra.commission.actions import (
    assignments,
    extensions,
    judging,
    notices,
    progress,
    proposals,
    removing,
    sessions,
)
from marra.commission.actions.assignment_files import import_assignments
from marra.commission.actions.members import add_member
from marra.commission.models.notices import Notice
from marra.commission.queries import notices as queries
from marra.commission.rules.assignments import StepNotOpen
from marra.commission.rules.reminders import NobodyActs, RemindedToday
from marra.journal.actions import seal
from marra.journal.queries import tree
from marra.kit.days import add_working
from marra.people import actions as people
from marra.people.rules.rights import Role, Stamp
from tests.commission import assignments as make
from tests.conftest import NOON
from tests.people.make import account

pytestmark = pytest.mark.django_db

TASHKENT = ZoneInfo("Asia/Tashkent")
GROUP = "WG-2"


@pytest.fixture(autouse=True)
def _own_key(tmp_path, settings):
    settings.DATA = tmp_path


@pytest.fixture
def staff(as_administrator):
    """One account for each part, by its name; the stamp of each."""
    parts = {
        "executor": (Role.EXECUTOR, "digital"),
        "helper": (Role.EXECUTOR, "health"),
        "group": (Role.SECRETARY, GROUP),
        "head": (Role.GROUP_HEAD, GROUP),
        "secretary": (Role.SECRETARY, ""),
        "chair": (Role.CHAIR, ""),
    }
    found = {}
    for name, (role, scope) in parts.items():
        made = account(as_administrator, name=f"x.{name}")
        people.appoint(as_administrator, made.code, role=role, body=scope)
        own = {(role, scope), (Role.HOLDER, made.code), (Role.VISITOR, "")}
        found[name] = Stamp(made.code, NOON, frozenset(own))
    return found


def on(stamp, day):
    """The stamp, at ten in the morning of a day."""
    return replace(stamp, at=datetime(day.year, day.month, day.day, 10, tzinfo=TASHKENT))


def given(staff, **changed):
    told = {"group": GROUP, "lead": "digital", "co_executors": ("health",), **changed}
    return make.assignment(staff["secretary"], **told)


def told(staff, **wanted):
    """What each part was told: kinds by name, in the order in which they came."""
    names = {stamp.by: name for name, stamp in staff.items()}
    found = {}
    for each in Notice.objects.filter(**wanted).order_by("id"):
        found.setdefault(names.get(each.account, each.account), []).append(each.kind)
    return found


def hear(stamp):
    seal(stamp.at)
    return notices.hear(stamp)


def test_the_ladder_climbs_from_the_executor_to_the_chair(as_administrator, staff):
    given(staff, deadline=date(2026, 4, 30))

    day = date(2026, 3, 2)
    while day < date(2026, 6, 1):
        notices.remind(on(as_administrator, day))
        day += timedelta(days=1)

    assert told(staff, rung__gt=0) == {
        "executor": ["due", "due", "due", "today", "over", "over", "over"],
        "helper": ["due", "due"],
        "group": ["over"],
        "head": ["over"],
        "secretary": ["over"],
        "chair": ["over"],
    }


def test_after_a_long_standstill_each_is_told_once_and_by_the_highest_rung(
    as_administrator, staff
):
    made = given(staff, deadline=date(2026, 8, 28))
    notices.remind(on(as_administrator, add_working(made.deadline, 20)))
    after = [
        notices.remind(on(as_administrator, made.deadline + timedelta(days=n)))
        for n in range(31, 60)
    ]

    assert told(staff) == {
        "executor": ["over"],
        "chair": ["over"],
        "head": ["over"],
        "secretary": ["over"],
        "group": ["over"],
    }
    assert set(after) == {0}


def test_the_list_of_what_falls_due_goes_round_twice_a_week_with_ones_own_numbers(
    as_administrator, staff
):
    given(staff, deadline=date(2026, 3, 31), co_executors=())
    given(
        staff, title="Close it again", deadline=date(2026, 4, 30), lead="health", co_executors=()
    )
    given(staff, title="In the summer", deadline=date(2026, 5, 4), co_executors=())
    for days in range(7):
        for _ in range(2):
            notices.send_round(on(as_administrator, date(2026, 3, 2) + timedelta(days=days)))

    lists = Notice.objects.filter(kind="list")
    assert told(staff, kind="list") == {
        "executor": ["list"] * 2, "helper": ["list"] * 2, "secretary": ["list"] * 2
    }  # fmt: skip
    assert lists.filter(account=staff["secretary"].by).first().facts == {
        "until": "2026-04-30", "count": 2, "overdue": 0
    }  # fmt: skip
    assert lists.filter(account=staff["executor"].by).first().facts["count"] == 1


def test_however_often_it_is_called_a_day_tells_once(as_administrator, staff):
    given(staff, deadline=date(2026, 3, 9))
    today = on(as_administrator, date(2026, 3, 3))

    counts = [notices.remind(today) for _ in range(3)]

    assert counts == [2, 0, 0]


def test_what_a_fault_interrupts_is_told_whole_the_next_time(as_administrator, staff, monkeypatch):
    given(staff, deadline=date(2026, 3, 2))
    given(staff, title="Close the register of forms", deadline=date(2026, 3, 2))
    today = on(as_administrator, date(2026, 3, 2))

    def dies(*_args, **_told):
        raise KeyboardInterrupt

    monkeypatch.setattr(notices, "record", dies)
    with pytest.raises(KeyboardInterrupt):
        notices.remind(today)
    monkeypatch.undo()
    left = Notice.objects.count()

    assert (left, notices.remind(today), notices.remind(today)) == (0, 2, 0)


def test_what_was_submitted_waits_for_its_judges(as_administrator, staff):
    made = given(staff, deadline=date(2026, 3, 9))
    judging.submit(staff["executor"], made.code, **make.PROOF)

    for days in range(14):
        notices.remind(on(as_administrator, date(2026, 3, 2) + timedelta(days=days)))

    assert told(staff, rung__gt=0) == {
        "group": ["verdict", "verdict"],
        "secretary": ["verdict"],
    }


def test_interim_days_are_told_until_they_are_reported(as_administrator, staff):
    made = given(staff, deadline=date(2026, 8, 28))
    first, second = made.checkpoints.all()[:2]
    progress.report(staff["executor"], made.code, percent=20, text="Half.", checkpoint=first.code)

    for days in range((second.due - date(2026, 3, 2)).days + 4):
        notices.remind(on(as_administrator, date(2026, 3, 2) + timedelta(days=days)))

    assert told(staff, rung__gt=0) == {
        "executor": ["interim-due", "interim-today", "interim-over"],
        "group": ["interim-over"],
    }


def test_more_time_begins_the_steps_anew(as_administrator, staff):
    made = given(staff, deadline=date(2026, 3, 4))
    notices.remind(on(as_administrator, date(2026, 3, 3)))
    until = date(2026, 3, 13)
    extensions.ask_extension(staff["executor"], made.code, until=until, reason="Floods.")
    extensions.answer_extension(staff["secretary"], made.code, grant=True)

    notices.remind(on(as_administrator, date(2026, 3, 5)))
    notices.remind(on(as_administrator, date(2026, 3, 12)))

    dues = [each.facts["due"] for each in Notice.objects.filter(account=staff["executor"].by)]
    assert sorted(dues) == ["2026-03-04", "2026-03-13", "2026-03-13"]


@pytest.mark.parametrize("end", ["remove", "accept"])
def test_nothing_is_told_after_the_end(as_administrator, staff, end):
    made = given(staff, deadline=date(2026, 3, 4), group="")
    if end == "remove":
        removing.remove(
            staff["chair"], made.code, ground="not-needed", text="Ended.", document="PQ-1"
        )
    else:
        judging.submit(staff["executor"], made.code, **make.PROOF)
        judging.judge(staff["secretary"], made.code, accept=True)

    for days in range(30):
        notices.remind(on(as_administrator, date(2026, 3, 2) + timedelta(days=days)))

    assert not Notice.objects.exists()


def test_who_is_charged_is_reminded_alone_and_a_delay_concerns_the_whole_body(
    as_administrator, staff
):
    colleague = account(as_administrator, name="y.colleague")
    people.appoint(as_administrator, colleague.code, role=Role.EXECUTOR, body="digital")
    made = given(staff, deadline=date(2026, 3, 4), co_executors=())
    assignments.delegate(staff["executor"], made.code, to=colleague.code)

    notices.remind(on(as_administrator, date(2026, 3, 4)))
    notices.remind(on(as_administrator, date(2026, 3, 5)))

    assert told(staff, rung__gt=0) == {
        colleague.code: ["today", "over"],
        "executor": ["over"],
        "group": ["over"],
    }


def test_a_step_that_reached_nobody_is_told_once_somebody_holds_the_role(as_administrator, staff):
    made = given(staff, lead="culture", deadline=date(2026, 3, 4), co_executors=())
    notices.remind(on(as_administrator, date(2026, 3, 4)))
    people.appoint(as_administrator, staff["helper"].by, role=Role.EXECUTOR, body=made.lead.code)

    notices.remind(on(as_administrator, date(2026, 3, 4)))

    assert told(staff, rung__gt=0) == {"helper": ["today"]}


def test_each_step_of_the_way_is_told_to_whom_it_concerns_and_not_to_who_took_it(
    as_administrator, staff
):
    made = given(staff, give=False)
    assignments.give(staff["secretary"], made.code)
    judging.submit(staff["executor"], made.code, **make.PROOF)
    judging.judge_in_group(staff["group"], made.code, accept=False, reason="The file is empty.")
    judging.submit(staff["executor"], made.code, **make.PROOF)
    judging.judge_in_group(staff["group"], made.code, accept=True)
    hear(as_administrator)
    judging.judge(staff["secretary"], made.code, accept=True)
    hear(as_administrator)

    assert told(staff) == {
        "executor": ["given", "returned", "group-accepted", "done"],
        "helper": ["helps", "done"],
        "secretary": ["to-judge", "to-judge", "to-judge"],
    }


def test_a_list_that_is_taken_in_is_told_to_each_body_once(as_administrator, staff):
    rows = "".join(f"Task number {n};digital;30.06.2026\n" for n in range(3))
    content = f"title;lead;deadline\n{rows}Something else;health;30.06.2026\n".encode()
    import_assignments(staff["secretary"], name="x.csv", content=content, give=True)
    later = replace(staff["secretary"], at=NOON + timedelta(minutes=1))
    drafts = content.replace(b"umber", b"o.")
    import_assignments(later, name="y.csv", content=drafts, give=False)
    hear(as_administrator)

    assert told(staff) == {"executor": ["given-many"], "helper": ["given-many"]}
    assert Notice.objects.get(account=staff["executor"].by).facts == {"count": 3}


def test_more_time_asked_and_answered(as_administrator, staff):
    made = given(staff, co_executors=())
    for grant in (False, True):
        extensions.ask_extension(
            staff["executor"], made.code, until=date(2026, 6, 1), reason="Floods."
        )
        extensions.answer_extension(staff["secretary"], made.code, grant=grant, answer="So be it.")
    hear(as_administrator)

    assert told(staff) == {
        "executor": ["given", "time-refused", "time-given"],
        "secretary": ["time-asked", "time-asked"],
    }


def test_members_are_asked_to_sessions_and_authors_learn_what_was_decided(as_administrator, staff):
    add_member(
        as_administrator,
        GROUP,
        full_name="Karimov A.",
        seat="member",
        account="x.executor",
        since=date(2026, 1, 1),
    )
    called = sessions.call_session(
        staff["group"], title="First meeting", group=GROUP, starts_at=NOON + timedelta(days=9)
    )
    sessions.cancel_session(staff["group"], called.code)
    proposal = proposals.make(
        staff["group"], title="Open data", problem="Nobody finds it.", remedy="A portal.",
        place="UZB", group=GROUP,
    )  # fmt: skip
    proposals.put_forward(staff["group"], proposal.code)
    proposals.take(staff["secretary"], proposal.code)
    proposals.decide(staff["secretary"], proposal.code, accepted=True, reason="It helps.")
    hear(as_administrator)

    assert told(staff) == {
        "executor": ["session-called", "session-cancelled"],
        "group": ["proposal-accepted"],
    }


def test_the_journal_is_read_once_and_its_history_is_not_told(as_administrator, staff):
    given(staff, co_executors=())

    late = hear(replace(as_administrator, at=NOON + timedelta(days=8)))
    given(staff, co_executors=())
    first, again = hear(as_administrator), hear(as_administrator)

    assert (late, first, again) == (0, 1, 0)


def test_an_entry_that_is_gone_holds_nothing_up(as_administrator, staff, monkeypatch):
    given(staff, co_executors=())
    seal(NOON)
    monkeypatch.setattr(tree.Entry.objects, "in_bulk", lambda _ids: {})

    assert queries.is_behind()
    assert notices.hear(as_administrator) == 0
    assert not queries.is_behind()


def test_a_fault_between_two_steps_loses_and_doubles_nothing(as_administrator, staff, monkeypatch):
    given(staff, co_executors=())
    seal(NOON)
    before = queries.heard()

    def dies(*_args, **_told):
        raise KeyboardInterrupt

    for step in ("_deliveries", "record"):
        monkeypatch.setattr(notices, step, dies)
        with pytest.raises(KeyboardInterrupt):
            notices.hear(as_administrator)
        assert (queries.heard(), Notice.objects.count()) == (before, 0)
        monkeypatch.undo()

    assert (notices.hear(as_administrator), notices.hear(as_administrator)) == (1, 0)


def test_a_reminder_by_hand_goes_to_the_body_at_most_once_a_day(as_administrator, staff):
    made = given(staff, co_executors=())
    hear(as_administrator)

    notices.remind_now(staff["secretary"], made.code)
    with pytest.raises(RemindedToday):
        notices.remind_now(staff["chair"], made.code)
    notices.remind_now(on(staff["chair"], date(2026, 3, 3)), made.code)
    hear(as_administrator)

    assert told(staff, kind="reminder") == {"executor": ["reminder", "reminder"]}


def test_a_reminder_that_would_reach_nobody_is_refused(staff):
    made = given(staff, lead="culture")

    with pytest.raises(NobodyActs):
        notices.remind_now(staff["secretary"], made.code)


def test_what_is_submitted_needs_no_reminder(staff):
    made = given(staff)
    judging.submit(staff["executor"], made.code, **make.PROOF)

    with pytest.raises(StepNotOpen):
        notices.remind_now(staff["secretary"], made.code)


def test_reading_is_noted_once(as_administrator, staff):
    given(staff, co_executors=())
    hear(as_administrator)
    mine = queries.visible_to(staff["executor"]).get()

    first = notices.read(staff["executor"], mine.code).read_at
    notices.read(replace(staff["executor"], at=NOON + timedelta(days=1)), mine.code)
    mine.refresh_from_db()

    assert mine.read_at == first
    assert queries.unread(staff["executor"].by) == 0
