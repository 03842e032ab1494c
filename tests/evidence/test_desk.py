"""The data desk: returns filled from observations, approved, sent; and figures that differ."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from marra.evidence.actions import collecting, desk, discrepancies
from marra.evidence.actions.observations import enter
from marra.evidence.models.desk import DiscrepancyStep, Return
from marra.evidence.queries import desk as queries
from marra.evidence.rules import desk as rules
from marra.evidence.rules import discrepancies as case_rules
from marra.evidence.rules.discrepancies import MOVES, Move, National, Published, State, differs
from marra.evidence.rules.fresh import worth
from marra.evidence.rules.indicators import indicator
from marra.evidence.rules.letters import NoSuchLetter, Told, letter
from marra.index.load import load
from marra.inventory.actions.bodies import adopt as adopt_bodies
from marra.inventory.rules.bodies import packaged
from marra.journal.models import Entry
from marra.people.rules import Role, RoleMissing, Stamp
from marra.store import NothingNamed
from tests.conftest import NOON

SUBSCRIBERS = {
    "indicator": "mobile.subscribers",
    "place": "UZB",
    "value": 35_000_000.0,
    "day": date(2025, 12, 31),
    "basis": "all-sim",
    "source": "National Statistics Committee",
}
YEARS = {
    "indicator": "hci.expected_years",
    "place": "UZB",
    "value": 13.3,
    "day": date(2024, 12, 31),
    "basis": "uis-method",
    "source": "National Statistics Committee",
}


@pytest.fixture
def chair():
    return Stamp("account-c", NOON, frozenset({(Role.CHAIR, ""), (Role.VISITOR, "")}))


@pytest.fixture
def executor():
    return Stamp("account-e", NOON, frozenset({(Role.EXECUTOR, "digital"), (Role.VISITOR, "")}))


# ── Rules of returns ─────────────────────────────────────────────────────────────────────────


def test_every_question_with_an_indicator_names_a_basis_that_the_indicator_has():
    for each in rules.collections().values():
        assert len({q.code for q in each.questions}) == len(each.questions)
        for question in each.questions:
            if question.indicator:
                assert indicator(question.indicator).basis(question.on)


def test_every_answering_body_is_a_body_of_the_country():
    known = {each.code for each in packaged()}

    assert {each.body for each in rules.collections().values()} <= known


def test_a_window_never_ends_before_it_opens():
    for each in rules.collections().values():
        for year in (2026, 2027, 2028):
            opens, due = each.window(year)
            assert opens < due < opens + timedelta(days=366)


def test_a_question_is_answered_on_its_own_basis_by_the_last_value_of_its_year():
    question = rules.collection("itu-short").question("i271")
    rows = [
        National("a", 1.0, date(2024, 12, 31), "all-sim", ""),
        National("b", 2.0, date(2026, 1, 1), "all-sim", ""),  # as 2025 ended
        National("c", 3.0, date(2026, 6, 30), "all-sim", ""),
        National("d", 4.0, date(2025, 12, 31), "persons", ""),
    ]

    assert rules.answer(question, 2025, rows).code == "b"
    assert rules.answer(question, 2024, rows).code == "a"
    assert rules.answer(question, 2023, rows) is None


# ── Returns ──────────────────────────────────────────────────────────────────────────────────


def opened(stamp, year=2026, code="itu-short"):
    return desk.open_return(stamp, code, year=year, place="UZB")


@pytest.mark.django_db
def test_a_return_is_filled_from_observations_and_says_from_which(as_analyst, as_administrator):
    adopt_bodies(as_administrator)
    row = enter(as_analyst, **SUBSCRIBERS)
    enter(as_analyst, **{**SUBSCRIBERS, "basis": "persons", "value": 30.0e6})

    made = opened(as_analyst)

    filled = {each.question: each for each in queries.items(made)}
    assert (filled["i271"].value, filled["i271"].observation) == ("35000000", row)
    assert "National Statistics Committee" in filled["i271"].note
    assert filled["population-covered"].value == ""
    assert made.body.code == "digital"
    with pytest.raises(rules.ReturnOpened):
        opened(as_analyst)


@pytest.mark.django_db
def test_what_no_observation_answers_is_taken_over_from_the_year_before(as_analyst):
    first = opened(as_analyst, code="un-msq")
    desk.fill(
        as_analyst,
        first.code,
        version=1,
        answers={"national-portal": ("https://gov.uz", "as every year")},
    )

    second = opened(as_analyst, year=2027, code="un-msq")

    answers = {each.question: each for each in queries.items(second)}
    assert answers["national-portal"].value == "https://gov.uz"
    assert answers["strategy"].value == ""


@pytest.mark.django_db
def test_an_answer_by_hand_takes_the_place_of_the_observation(as_analyst):
    enter(as_analyst, **SUBSCRIBERS)
    made = opened(as_analyst)

    desk.fill(as_analyst, made.code, version=1, answers={"i271": ("35 100 000", "newer count")})

    item = next(each for each in queries.items(made) if each.question == "i271")
    assert (item.value, item.observation, item.note) == ("35 100 000", None, "newer count")


@pytest.mark.django_db
def test_the_second_of_two_is_told_which_answers_differ_and_nothing_is_lost(as_analyst):
    made = opened(as_analyst)
    desk.fill(as_analyst, made.code, version=1, answers={"i271": ("1", "")})

    with pytest.raises(rules.ChangedMeanwhile) as told:
        desk.fill(as_analyst, made.code, version=1, answers={"i271": ("2", "")})

    assert told.value.facts["what"].en == "Mobile-cellular subscriptions"
    assert next(e.value for e in queries.items(made) if e.question == "i271") == "1"


@pytest.mark.django_db
def test_a_return_is_approved_when_each_question_has_an_answer_or_a_reason(as_analyst, chair):
    made = opened(as_analyst)
    with pytest.raises(rules.Unanswered):
        desk.approve(chair, made.code)
    answers = {each.question: ("", "not measured") for each in queries.items(made)}
    desk.fill(as_analyst, made.code, version=1, answers=answers)

    desk.approve(chair, made.code)
    desk.mark_sent(as_analyst, made.code, sent_as="No. 12 of 02.03.2026")

    sent = Return.objects.get()
    assert (sent.state, sent.sent_as) == ("sent", "No. 12 of 02.03.2026")
    with pytest.raises(rules.NotOpenAnyMore):
        desk.fill(as_analyst, made.code, version=sent.version, answers={"i271": ("1", "")})
    assert [each.deed for each in Entry.objects.filter(thing=made.code).order_by("id")] == [
        "return.opened",
        "return.filled",
        "return.approved",
        "return.sent",
    ]


@pytest.mark.django_db
def test_only_an_approved_return_is_sent_and_only_the_chair_or_the_secretary_approves(as_analyst):
    made = opened(as_analyst)

    with pytest.raises(rules.NotApproved):
        desk.mark_sent(as_analyst, made.code, sent_as="No. 12")
    with pytest.raises(RoleMissing):
        desk.approve(as_analyst, made.code)


@pytest.mark.django_db
def test_a_body_fills_its_own_return_and_a_stranger_knows_of_none(
    as_analyst, as_administrator, executor, as_visitor
):
    adopt_bodies(as_administrator)
    own, other = opened(as_analyst), opened(as_analyst, code="undp-hdr")

    desk.fill(executor, own.code, version=1, answers={"i271": ("1", "")})

    with pytest.raises(RoleMissing):
        desk.fill(executor, other.code, version=1, answers={"EYS": ("1", "")})
    with pytest.raises(NothingNamed):
        desk.fill(as_visitor, own.code, version=2, answers={})


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("answers", "refusal"),
    [
        ({"none": ("1", "")}, rules.NoSuchQuestion),
        ({"i271": ("x" * 1001, "")}, rules.AnswerTooLong),
    ],
)
def test_an_answer_to_nothing_or_without_end_is_refused(as_analyst, answers, refusal):
    made = opened(as_analyst)

    with pytest.raises(refusal):
        desk.fill(as_analyst, made.code, version=1, answers=answers)


@pytest.mark.django_db
def test_the_calendar_of_a_year_tells_what_is_due_first(as_analyst):
    made = opened(as_analyst)

    found = queries.calendar(as_analyst, 2026)

    assert [each.due for each in found] == sorted(each.due for each in found)
    assert [each.made for each in found if each.collection.code == "itu-short"] == [made]
    with pytest.raises(rules.NoSuchCollection):
        opened(as_analyst, code="none")
    with pytest.raises(rules.NotAskedThen):
        opened(as_analyst, year=2020)


# ── Rules of discrepancies ───────────────────────────────────────────────────────────────────

EYS = indicator("hci.expected_years")
THEIRS = Published(11.99, 2022, "UNDP")


def national(value, year, basis="uis-method"):
    return National(f"o{year}", value, date(year, 12, 31), basis, "SIAT")


def test_the_newest_comparable_value_stands_against_the_published_one():
    found = differs(EYS, [national(12.7, 2022), national(13.3, 2024)], THEIRS)

    assert (found.national.value, found.same_year.value) == (13.3, 12.7)
    assert found.by == pytest.approx(1.31)


def test_what_agrees_or_is_counted_otherwise_or_is_older_is_no_discrepancy():
    assert differs(EYS, [national(12.1, 2024)], THEIRS) is None
    assert differs(EYS, [national(13.3, 2024, "national")], THEIRS) is None
    assert differs(EYS, [national(13.3, 2021)], THEIRS) is None
    assert differs(EYS, [national(13.3, 2024)], None) is None
    assert differs(indicator("osi"), [national(0.9, 2024)], THEIRS) is None


def test_a_case_ends_only_after_an_answer_or_when_it_is_given_up():
    ends = {State.ACCEPTED, State.REFUSED}
    before = {state for state, moves in MOVES.items() if ends & set(moves.values())}

    assert before == {State.ANSWERED}
    assert MOVES[State.ACCEPTED] == {}


def test_thirteen_point_three_years_of_schooling_are_worth_four_places():
    found = worth(load(2024), "UZB", "hci.expected_years", 13.3)

    assert (found.rank_change, found.estimated) == (4, True)
    assert worth(load(2024), "UZB", "portal.services", 800) is None
    assert worth(load(2024), "XXX", "tii.internet", 80) is None


def test_a_letter_says_both_figures_and_what_the_difference_is_worth_in_each_language():
    told = Told(
        organisation="UNDP", country="Oʻzbekiston", indicator="Taʼlim davomiyligi",
        published="11,99", published_year="2022", published_source="HDR", national="13,30",
        national_day="31.12.2024", national_source="SIAT", basis="UIS", difference="+1,31",
        edition="2024", egdi_change="+0,0070", rank_change="+4", is_estimated=True,
        same_year="12,70",
    )  # fmt: skip

    for language in ("uz", "uz-cyrl", "ru", "en"):
        text = "\n".join(letter(language, told).paragraphs)
        for fact in ("11,99", "13,30", "+1,31", "+4", "12,70", "2024"):
            assert fact in text, (language, fact)
        assert "{" not in text
    assert "Таълим давомийлиги" in letter("uz-cyrl", told).title
    with pytest.raises(NoSuchLetter):
        letter("de", told)


def test_a_letter_without_a_value_of_that_year_has_no_empty_paragraph():
    told = Told(*(["x"] * 14), is_estimated=False)

    assert all(letter("en", told).paragraphs)
    assert len(letter("en", told).paragraphs) == 5


# ── Cases ────────────────────────────────────────────────────────────────────────────────────


def step(stamp, case, name, text="said so in a letter", **changed):
    told = {"day": NOON.date(), "version": case.version, **changed}
    return discrepancies.move(stamp, case.code, step=name, text=text, **told)


@pytest.mark.django_db
def test_figures_that_differ_are_proposed_by_themselves_with_what_they_are_worth(
    as_administrator, as_analyst
):
    collecting.adopt(as_administrator)

    (found,) = [
        each
        for each in queries.proposed("UZB", as_analyst)
        if each.differs.indicator == "hci.expected_years"
    ]

    assert (found.differs.national.value, found.differs.published.year) == (13.3, 2022)
    assert found.differs.same_year.value == 12.7
    assert found.worth.rank_change == 4


@pytest.mark.django_db
def test_a_case_goes_from_evidence_to_letter_answer_and_end(as_analyst, released):
    seen = enter(as_analyst, **YEARS)
    case = discrepancies.open_case(as_analyst, seen.code)

    for name in ("evidence", "letter", "answer", "accept"):
        case = step(as_analyst, case, name)

    assert case.state == "accepted"
    assert list(DiscrepancyStep.objects.values_list("move", flat=True)) == [
        "evidence", "letter", "answer", "accept",
    ]  # fmt: skip
    assert queries.proposed("UZB", as_analyst)[0].case is None
    with pytest.raises(case_rules.MoveNotOpen):
        step(as_analyst, case, "evidence")


@pytest.mark.django_db
def test_a_case_is_followed_once_at_a_time_and_only_where_figures_differ(as_analyst, released):
    seen = enter(as_analyst, **YEARS)
    case = discrepancies.open_case(as_analyst, seen.code)

    with pytest.raises(case_rules.CaseOpen):
        discrepancies.open_case(as_analyst, seen.code)
    step(as_analyst, case, "drop")
    discrepancies.open_case(as_analyst, seen.code)

    close = enter(as_analyst, **{**YEARS, "value": 12.0, "day": date(2023, 12, 31)})
    other = enter(as_analyst, **SUBSCRIBERS)
    with pytest.raises(case_rules.NothingDiffers):
        discrepancies.open_case(as_analyst, close.code)
    with pytest.raises(case_rules.NotPublished):
        discrepancies.open_case(as_analyst, other.code)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "changed", "refusal"),
    [
        ("letter", {"text": " "}, case_rules.TextMissing),
        ("letter", {"day": NOON.date() + timedelta(days=1)}, case_rules.DayToCome),
        ("letter", {"version": 7}, case_rules.MovedMeanwhile),
        ("accept", {}, case_rules.MoveNotOpen),
        ("leap", {}, case_rules.MoveNotOpen),
    ],
)
def test_a_step_that_was_not_taken_so_is_refused(as_analyst, released, name, changed, refusal):
    case = discrepancies.open_case(as_analyst, enter(as_analyst, **YEARS).code)

    with pytest.raises(refusal):
        step(as_analyst, case, name, **changed)
    assert DiscrepancyStep.objects.count() == 0


@pytest.mark.django_db
def test_a_case_is_moved_by_its_body_and_hidden_from_strangers(
    as_administrator, as_analyst, executor, as_visitor
):
    adopt_bodies(as_administrator)
    mine = discrepancies.open_case(as_analyst, enter(as_analyst, **YEARS).code, body="digital")

    moved = step(executor, mine, "evidence")

    other = replace(executor, roles=frozenset({(Role.EXECUTOR, "statistics")}))
    with pytest.raises(RoleMissing):
        step(other, moved, "evidence")
    with pytest.raises(NothingNamed):
        step(as_visitor, moved, "evidence")


def test_every_move_is_known_by_its_name():
    assert {each.name.lower() for each in Move} == {
        "evidence", "letter", "answer", "accept", "refuse", "drop",
    }  # fmt: skip
    assert all(len(each.name) <= 12 for each in State)


@pytest.mark.django_db
def test_what_may_be_answered_is_opened_by_itself_and_once(as_administrator):
    from marra.cli.work import _open_returns

    count = _open_returns(as_administrator)  # 2 March 2026

    assert sorted(Return.objects.values_list("code", flat=True)) == [
        "itu-short-2026",
        "un-msq-2026",
    ]
    assert (count, _open_returns(as_administrator)) == (2, 0)
