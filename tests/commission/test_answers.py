"""Questions wait as files, are answered once by whoever holds the lock, and never go stale."""

import fcntl
import json
import time
from dataclasses import replace

import pytest

from marra.commission.queries import answers
from marra.commission.queries.answers import Progress
from marra.commission.rules.answers import Answer, Frontier, Unanswered, read, written
from marra.commission.rules.changes import What, changes
from marra.commission.rules.questions import (
    MOST_WAITING,
    NotOffered,
    Question,
    TooManyQuestions,
    WrongOdds,
    check_offered,
    checked,
)
from marra.index.plan.files import read as read_file
from marra.kit.errors import Refusal
from tests.web.planning import file, question

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    """A data folder of its own for each test."""
    settings.DATA = tmp_path
    return tmp_path / "plans"


def road(content: bytes | None = None):
    return read_file("road.toml", content or file())


def test_a_plan_has_the_odds_it_promises_and_its_parts_add_up():
    answers.ask(question(), road())
    answers.work()

    found = answers.find(question())
    assert isinstance(found, Answer)
    assert found.feasible
    assert found.odds >= 0.8
    assert abs(found.odds - found.odds_check) < 0.03
    assert sum(step.cost for step in found.steps) == pytest.approx(found.cost)
    assert sum(each.amount for each in found.spent) == pytest.approx(found.cost)
    assert sum(step.share for step in found.steps) == pytest.approx(found.odds - found.nothing)
    assert all(step.fails <= found.odds for step in found.steps)
    assert all(each.amount <= each.limit for each in found.spent if each.limit is not None)


def test_the_frontier_holds_the_very_plan_that_is_told_for_the_odds():
    answers.ask(question(), road())
    answers.ask(question().frontier(), road())
    answers.work()

    plan, frontier = answers.find(question()), answers.find(question().frontier())
    assert isinstance(frontier, Frontier)
    assert (plan.cost, plan.odds) in [(each.cost, each.odds) for each in frontier.points]
    costs = [each.cost for each in frontier.points]
    odds = [each.odds for each in frontier.points]
    assert costs == sorted(costs)
    assert odds == sorted(odds)
    assert costs[0] == 0


def test_out_of_reach_tells_the_best_there_is_and_what_gives_way_alone():
    tight = file().replace(b"amount = 2\n", b"amount = 0\n").replace(b"amount = 3", b"amount = 1")
    asked = question(tight, odds=0.9)

    answers.ask(asked, road(tight))
    answers.work()

    found = answers.find(asked)
    assert not found.feasible
    assert found.odds == found.best < 0.9
    assert {each.kind for each in found.relax} == {"capacity"}
    assert all(each.odds >= 0.9 and each.amount > 0 for each in found.relax)


def test_a_budget_is_kept_to():
    asked = question(odds=None, budget=150e9)

    answers.ask(asked, road())
    answers.work()

    found = answers.find(asked)
    assert found.cost <= 150e9
    assert found.odds > found.nothing


def test_what_is_kept_reads_back_the_same():
    answers.ask(question(), road())
    answers.work()

    found = answers.find(question())
    assert read(written(found)) == found


def test_a_question_is_answered_once():
    answers.ask(question(), road())
    answers.ask(question(), road())
    assert len(answers.waiting()) == 1

    assert answers.work() == 1
    answers.ask(question(), road())
    assert answers.work() == 0


def test_progress_is_told_from_unasked_over_waiting_to_answered():
    asked = question(odds=0.5)

    told = [answers.progress(asked)]
    answers.ask(asked, road())
    told.append(answers.progress(asked))
    answers.work()
    told.append(answers.progress(asked))

    assert told == [Progress.UNASKED, Progress.WAITING, Progress.ANSWERED]


def test_only_so_many_questions_wait():
    for k in range(1, MOST_WAITING + 1):
        answers.ask(question(k=k), road())

    with pytest.raises(TooManyQuestions):
        answers.ask(question(k=100), road())
    answers.ask(question(k=1), road())  # waits already


def test_a_task_that_broke_twice_is_left_alone_until_somebody_asks_again(folder):
    answers.ask(question(), road())
    task = answers.waiting()[0]
    task.write_text(json.dumps({**json.loads(task.read_text()), "tries": 2}))

    assert answers.progress(question()) is Progress.FAILED
    assert answers.work() == 0

    answers.ask_again(question())
    answers.ask(question(), road())
    assert answers.work() == 1


def test_a_task_about_figures_that_changed_is_dropped():
    answers.ask(question(), road())
    task = answers.waiting()[0]
    task.write_text(json.dumps({**json.loads(task.read_text()), "data_version": "older"}))

    assert answers.work() == 0
    assert answers.progress(question()) is Progress.UNASKED


def test_nobody_answers_beside_whoever_holds_the_lock(folder):
    answers.ask(question(), road())

    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        assert answers.work() == 0

    assert answers.work() == 1


def test_what_the_planner_refuses_is_an_answer_too():
    asked = question(edition=2031)

    answers.ask(asked, road())
    answers.work()

    found = answers.find(asked)
    assert isinstance(found, Unanswered)
    assert found.code
    assert found.sentence.format(**found.facts)


@pytest.mark.parametrize("changed", [{"odds": 0.55}, {"k": 31}, {"odds": None, "budget": 1e9}])
def test_strangers_ask_only_what_is_offered(changed):
    asked = replace(Question("1f2e", "UZB", 30, 2030, 0.8), **changed)

    check_offered(Question("1f2e", "UZB", 30, 2030, 0.8), goal=30)
    with pytest.raises(NotOffered):
        check_offered(asked, goal=30)


@pytest.mark.parametrize("changed", [{"odds": 1.0}, {"k": 0}, {"k": 194}, {"budget": -1.0}])
def test_questions_without_sense_are_refused(changed):
    asked = replace(Question("1f2e", "UZB", 30, 2030, 0.8), **changed)

    with pytest.raises(Refusal):
        checked(asked, last=193)


def test_odds_are_refused_in_percent_as_people_write_them():
    with pytest.raises(WrongOdds, match=r"99\.5 %"):
        checked(Question("1f2e", "UZB", 30, 2030, 0.995), last=193)


def test_what_changed_between_two_versions_is_told_whole():
    before, after = road(), road(file(cost=200).replace(b'code = "work-4"', b'code = "work-5"'))

    found = changes(before, after)

    assert {(each.code, each.what, each.field) for each in found} == {
        ("work-1", What.CHANGED, "costs"),
        ("work-2", What.CHANGED, "costs"),
        ("work-3", What.CHANGED, "costs"),
        ("work-5", What.ADDED, ""),
        ("work-4", What.REMOVED, ""),
    }
    assert changes(before, before) == ()


def test_a_crowd_starts_one_process_and_not_many(settings, folder, monkeypatch):
    started = folder.parent / "started"
    program = folder.parent / "planner"
    program.write_text(f"#!/bin/sh\necho started >> {started}\nsleep 1\n")
    program.chmod(0o755)
    monkeypatch.setattr("sys.executable", str(program))
    settings.PLANNER = True
    answers.ask(question(), road())

    for _ in range(20):
        answers.start_work()
    time.sleep(0.5)

    assert started.read_text() == "started\n"
    assert answers.work() == 0  # the process that was started holds the lock
    time.sleep(1)
    assert answers.work() == 1  # and lets go of it when it ends


def test_nothing_is_started_where_the_settings_leave_it_to_others(settings, folder, monkeypatch):
    started = folder.parent / "started"
    program = folder.parent / "planner"
    program.write_text(f"#!/bin/sh\necho started >> {started}\n")
    program.chmod(0o755)
    monkeypatch.setattr("sys.executable", str(program))
    settings.PLANNER = False
    answers.ask(question(), road())

    answers.start_work()
    answers.start_warm()
    time.sleep(0.3)

    assert not started.exists()
