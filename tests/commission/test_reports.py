"""Quarterly reports: what they say, that they stay as they were made, and who may publish them."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from marra.commission.actions import extensions, judging, progress, reports
from marra.commission.queries import reports as queries
from marra.commission.rules import reports as rules
from marra.commission.rules.execution import Ending, QuarterUnclear
from marra.commission.rules.reports import CauseKind, ProblemKind
from marra.kit import frozen
from marra.people.rules.rights import Role
from marra.store import NothingNamed
from tests.commission import assignments as make

pytestmark = pytest.mark.django_db


def at(stamp, month: int, day: int):
    """The same person on a day of 2026."""
    return replace(stamp, at=datetime(2026, month, day, 7, tzinfo=UTC))


def secretary(month: int, day: int):
    return at(make.secretary(), month, day)


def given(deadline: date, title: str, **changed: object):
    return make.assignment(secretary(3, 2), deadline=deadline, title=title, **changed)


def accepted(deadline: date, day: date, title: str):
    row = given(deadline, title)
    judging.submit(at(make.executor(), day.month, day.day), row.code, **make.PROOF)
    judging.judge(secretary(day.month, day.day), row.code, accept=True)


@pytest.fixture
def quarter():
    """One in time, one late, three overdue: one asked for time, one was returned, one silent."""
    accepted(date(2026, 4, 30), date(2026, 4, 20), "Open the first register")
    accepted(date(2026, 5, 15), date(2026, 5, 20), "Open the second register")
    asked = given(date(2026, 5, 29), "Move the archive of deeds")
    who = at(make.executor(), 5, 20)
    extensions.ask_extension(who, asked.code, until=date(2026, 9, 1), reason="Floods in May.")
    progress.report(at(make.executor(), 5, 25), asked.code, percent=40, text="The roof is wet.")
    back = given(date(2026, 6, 15), "Teach operators of the centre")
    judging.submit(at(make.executor(), 6, 10), back.code, **make.PROOF)
    judging.judge(secretary(6, 12), back.code, accept=False, reason="No list of names.")
    given(date(2026, 6, 1), "Write the rules of exchange")
    given(date(2026, 8, 20), "Join the third region")


def report(month: int = 7, day: int = 3, written: tuple[int, int] = (2026, 2)):
    return queries.report(secretary(month, day), *written)


def test_what_is_overdue_stands_with_its_causes_or_with_none(quarter):
    told = {each.title: each for each in report().delayed}

    assert [(each.title, each.days) for each in report().delayed] == [
        ("Move the archive of deeds", 32),
        ("Write the rules of exchange", 29),
        ("Teach operators of the centre", 15),
        ("Open the second register", 5),
    ]
    archive = told["Move the archive of deeds"]
    assert [(each.kind, each.text) for each in archive.causes] == [
        (CauseKind.ASKED, "Floods in May."),
        (CauseKind.REPORTED, "The roof is wet."),
    ]
    assert told["Teach operators of the centre"].causes[0].text == "No list of names."
    assert told["Write the rules of exchange"].causes == ()
    assert told["Open the second register"].ending is Ending.LATE


def test_causes_are_counted_and_silence_too(quarter):
    assert rules.told(report().delayed) == {
        CauseKind.ASKED: 1,
        CauseKind.RETURNED: 1,
        CauseKind.REPORTED: 1,
        None: 2,
    }


def test_what_happens_three_times_is_a_problem_and_twice_is_none(quarter):
    (found,) = report().problems

    assert (found.kind, found.code, found.n, found.m) == (ProblemKind.BODY, "digital", 4, 5)
    assert found.days == 32 + 29 + 15 + 5


def test_the_next_quarter_lists_what_falls_due_in_it(quarter):
    found = report()

    assert [each.title for each in found.tasks] == ["Join the third region"]
    assert all(date(2026, 7, 1) <= each.due <= date(2026, 9, 30) for each in found.duties)


def test_targets_are_told_with_plan_fact_difference_and_state():
    found = {each.code: each for each in report().targets}

    rank = found["O-02"]
    assert (rank.relation, rank.target, rank.measure) == ("le", 30, "egdi.rank")
    assert rank.value is not None
    assert rank.gap == rank.value - 30
    assert rank.source
    assert rank.day is not None


def test_a_target_is_told_as_it_stood_on_the_last_day():
    before, after = queries.report(secretary(11, 1), 2024, 1), report()

    value = {when: {t.code: t for t in told.targets}["O-02"].day for when, told in
             (("before", before), ("after", after))}  # fmt: skip
    assert value["before"] < date(2024, 4, 1) < value["after"]


def test_a_running_quarter_is_told_by_today_and_not_published(quarter):
    made = reports.make_report(secretary(6, 3), "2026Q2")

    assert queries.read(made).on == date(2026, 6, 3)
    with pytest.raises(rules.QuarterRuns):
        reports.publish_report(secretary(6, 3), made.code)


def test_the_last_day_of_a_quarter_still_belongs_to_it():
    assert not queries.report(secretary(6, 30), 2026, 2).is_whole
    assert queries.report(secretary(7, 1), 2026, 2).is_whole


def test_a_quarter_to_come_has_no_report():
    with pytest.raises(rules.QuarterToCome):
        reports.make_report(secretary(6, 3), "2026Q3")
    with pytest.raises(QuarterUnclear):
        reports.make_report(secretary(6, 3), "2026-3")


def test_a_report_stays_as_it_was_made(quarter):
    made = reports.make_report(secretary(7, 3), "2026Q2", own_problems=" Staff is lacking. ")
    given(date(2026, 6, 2), "Found out later")

    again = queries.read(made)

    assert again == replace(report(), own_problems="Staff is lacking.", delayed=again.delayed,
                            execution=again.execution, problems=again.problems)  # fmt: skip
    assert len(again.delayed) == 4
    assert frozen.written(again) == made.document
    assert queries.is_intact(made)


def test_a_changed_document_is_told(quarter):
    made = reports.make_report(secretary(7, 3), "2026Q2")

    made.document = made.document.replace("Write the rules", "Write no rules")

    assert not queries.is_intact(made)


def test_the_report_published_last_counts(quarter):
    first = reports.make_report(secretary(7, 3), "2026Q2")
    second = reports.make_report(secretary(7, 9), "2026Q2")
    assert queries.published(2026, 2) is None

    reports.publish_report(secretary(7, 10), second.code)
    reports.publish_report(secretary(7, 11), first.code)

    assert queries.published(2026, 2) == first
    with pytest.raises(rules.PublishedBefore):
        reports.publish_report(secretary(7, 12), first.code)


@pytest.mark.parametrize(
    "who",
    [
        make.executor(),
        make.secretary("WG-1"),
        make.somebody(14, (Role.GROUP_HEAD, "WG-1")),
        make.somebody(15),
    ],
)
def test_whole_reports_are_for_those_who_read_every_assignment(who, quarter):
    made = reports.make_report(secretary(7, 3), "2026Q2")

    assert not queries.visible_to(who).exists()
    with pytest.raises(NothingNamed):
        reports.publish_report(who, made.code)


def test_it_asks_as_often_for_many_as_for_few(quarter, django_assert_max_num_queries):
    for number in range(40):
        given(date(2026, 6, 5), f"Task of the year, number {number}")

    with django_assert_max_num_queries(30):
        found = report()

    assert len(found.delayed) == 44
