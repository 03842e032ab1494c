"""Readings: an answer is assumed until somebody decides, and every decision is kept."""

from datetime import timedelta

import pytest

from marra.commission.actions.readings import decide_reading
from marra.commission.queries.readings import history, reading, readings, visible_to
from marra.commission.rules.readings import (
    BY_2030,
    QUESTIONS,
    Basis,
    DecidedSo,
    NoSuchAnswer,
    NoSuchQuestion,
    ReasonMissing,
)
from marra.journal.queries.entries import about
from marra.kit.errors import NotAllowed
from marra.people.rules import Stamp

pytestmark = pytest.mark.django_db
WHY = "Minutes 4 of the Commission."


def test_until_somebody_decides_by_2030_means_the_edition_of_2030():
    found = reading(BY_2030)

    assert (found.answer, found.others, found.basis) == ("2030", ("2028",), Basis.ASSUMED)
    assert readings()[0] == found
    assert [each.question for each in readings()] == list(QUESTIONS)
    assert history(BY_2030) == []


def test_a_decision_stands_with_its_reason_and_those_before_are_kept(as_administrator, as_visitor):
    later = Stamp(
        as_administrator.by, as_administrator.at + timedelta(days=1), as_administrator.roles
    )
    decide_reading(as_administrator, BY_2030, answer="2028", reason=WHY)
    decide_reading(later, BY_2030, answer="2030", reason="Minutes 5.")

    found = reading(BY_2030)

    assert (found.answer, found.others, found.basis) == ("2030", ("2028",), Basis.DECIDED)
    assert (found.reason, found.decided_at, found.decided_by) == ("Minutes 5.", later.at, later.by)
    assert readings()[0] == found
    assert [each.answer for each in history(BY_2030)] == ["2030", "2028"]
    assert visible_to(as_visitor).count() == 2
    assert [entry.facts["answer"] for entry in about(as_visitor, BY_2030)] == ["2030", "2028"]


def test_what_was_assumed_may_be_decided(as_administrator):
    decide_reading(as_administrator, BY_2030, answer="2030", reason=WHY)

    assert reading(BY_2030).basis is Basis.DECIDED
    with pytest.raises(DecidedSo):
        decide_reading(as_administrator, BY_2030, answer="2030", reason="Again.")


@pytest.mark.parametrize(
    ("question", "answer", "reason", "refusal"),
    [
        ("by-2031", "2030", WHY, NoSuchQuestion),
        (BY_2030, "2026", WHY, NoSuchAnswer),
        (BY_2030, "2028", " \n", ReasonMissing),
    ],
)
def test_a_decision_needs_a_question_an_answer_and_a_reason(
    as_administrator, question, answer, reason, refusal
):
    with pytest.raises(refusal):
        decide_reading(as_administrator, question, answer=answer, reason=reason)

    assert history(BY_2030) == []


def test_only_administrators_decide(as_analyst, as_visitor):
    for stamp in (as_analyst, as_visitor):
        with pytest.raises(NotAllowed):
            decide_reading(stamp, BY_2030, answer="2028", reason=WHY)
