"""Forms: read whole, asked page by page, judged, and never sent with what was not asked."""

import copy

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marra.flow.answers import check, complete, first_open, kept, path, sent
from marra.flow.examples import DOCUMENT, FORM
from marra.flow.form_faults import FormRefused
from marra.flow.forms import Widget, read
from marra.flow.screens import NoSuchStep, screen

RICH = {
    "schema": {
        "type": "object",
        "properties": {
            "kind": {"type": "string", "enum": ["new", "lost"]},
            "born": {"type": "string", "format": "date"},
            "children": {"type": "integer", "minimum": 0, "maximum": 20},
            "income": {"type": "number", "minimum": 0},
            "needs": {
                "type": "array",
                "items": {"type": "string", "enum": ["ramp", "sign"]},
                "minItems": 1,
                "uniqueItems": True,
            },
            "pin": {"type": "string", "pattern": "^[0-9]{14}$"},
            "agree": {"type": "boolean", "const": True},
        },
        "required": ["kind", "born", "agree"],
    },
    "ui": {
        "pages": [
            {"id": "kind", "title": "Nima?", "fields": ["kind"]},
            {"id": "you", "title": "Siz", "fields": ["born", "children", "income"]},
            {"id": "needs", "title": "Qulaylik", "fields": ["needs"], "when": 'kind = "new"'},
            {"id": "agree", "title": "Rozilik", "fields": ["pin", "agree"]},
        ],
        "fields": {
            "kind": {"label": "Turi", "choices": {"new": "Yangi", "lost": "Yoʻqolgan"}},
            "born": {"label": "Tugʻilgan kun", "prefill": "person.birth_date"},
            "children": {"label": "Farzandlar"},
            "income": {"label": "Daromad"},
            "needs": {"label": "Nima kerak?", "choices": {"ramp": "Pandus", "sign": "Imo"}},
            "pin": {"label": "JShShIR"},
            "agree": {"label": "Roziman"},
        },
        "rules": [
            {"holds": 'born < date("2020-01-01")', "field": "born", "say": "Kattalar uchun."}
        ],
    },
}


@pytest.fixture
def rich():
    return read(RICH)


def spoilt(**changes):
    """The rich form with parts put elsewhere: dotted places and what stands there."""
    made = copy.deepcopy(RICH)
    for place, value in changes.items():
        *way, last = place.split("__")
        part = made
        for step in way:
            part = part[int(step) if step.isdigit() else step]
        part[int(last) if last.isdigit() else last] = value
    return made


def test_each_type_is_asked_in_a_way_that_suits_it(rich):
    assert {name: field.widget for name, field in rich.fields.items()} == {
        "kind": Widget.CHOICE,
        "born": Widget.DATE,
        "children": Widget.NUMBER,
        "income": Widget.NUMBER,
        "needs": Widget.CHOICES,
        "pin": Widget.TEXT,
        "agree": Widget.CONFIRM,
    }


def test_what_a_browser_sends_is_read(rich):
    raw = {"born": ["5.03.1990"], "children": ["2"], "income": ["1 500,50"]}

    assert sent(rich, rich.page("you"), raw) == (
        {"born": "1990-03-05", "children": 2, "income": 1500.5},
        (),
    )


def test_a_day_may_be_sent_in_three_parts(rich):
    assert sent(rich, rich.page("you"), {"born": ["5", "3", "1990"]})[0] == {"born": "1990-03-05"}


@pytest.mark.parametrize(
    ("page", "raw", "field"),
    [
        ("you", {"born": ["30.02.1990"]}, "born"),
        ("you", {"children": ["2,5"]}, "children"),
        ("you", {"children": ["many"]}, "children"),
        ("you", {"income": ["9" * 400]}, "income"),
        ("kind", {"kind": ["stolen"]}, "kind"),
        ("needs", {"needs": ["ramp", "wings"]}, "needs"),
        ("agree", {"pin": ["1" * 30_000]}, "pin"),
        ("agree", {"pin": ["1\x002"]}, "pin"),
    ],
)
def test_what_cannot_be_read_is_told_at_its_question(rich, page, raw, field):
    _values, problems = sent(rich, rich.page(page), raw)

    assert [each.field for each in problems] == [field]


@pytest.mark.parametrize(
    ("page", "answers", "wrong"),
    [
        ("you", {}, ["born"]),
        ("you", {"born": "1990-01-01", "children": 21}, ["children"]),
        ("you", {"born": "2021-01-01"}, ["born"]),
        ("you", {"born": "no day", "income": -1}, ["born", "income"]),
        ("needs", {"needs": []}, ["needs"]),
        ("agree", {"agree": False, "pin": "12"}, ["pin", "agree"]),
    ],
)
def test_each_question_has_one_problem_at_most_in_the_order_asked(rich, page, answers, wrong):
    assert [each.field for each in check(rich, rich.page(page), answers)] == wrong


def test_a_page_whose_condition_does_not_hold_is_neither_asked_nor_sent(rich):
    answers = {"kind": "lost", "born": "1990-01-01", "needs": ["ramp"], "agree": True}

    assert [page.id for page in path(rich, answers)] == ["kind", "you", "agree"]
    assert "needs" not in kept(rich, answers)
    assert complete(rich, answers) == ()
    assert first_open(rich, {**answers, "kind": "new", "needs": []}).id == "needs"


@pytest.mark.parametrize(
    ("changes", "place"),
    [
        ({"schema__properties__kind__type": "object"}, "schema.properties.kind"),
        ({"schema__properties": {}}, "schema.properties"),
        ({"schema__properties__Born": {"type": "string"}}, "schema.properties.Born"),
        ({"schema__properties__pin__pattern": "(?<=a)b("}, "schema"),
        ({"schema__properties__pin__$ref": "http://elsewhere/x"}, "schema.properties.pin.$ref"),
        ({"ui__pages__0__fields": ["wings"]}, "ui.pages[0].fields[0]"),
        ({"ui__pages__0__fields": []}, "ui.pages[0].fields"),
        ({"ui__pages__1__fields": ["kind"]}, "ui.pages[1].fields[0]"),
        ({"ui__pages__1__id": "kind"}, "ui.pages[1].id"),
        ({"ui__pages__2__when": "kind ="}, "ui.pages[2].when"),
        ({"ui__pages__2__when": "agree"}, "ui.pages[2].when"),
        ({"ui__pages__0__title": {"en": "What?"}}, "ui.pages[0].title"),
        ({"ui__fields__pin__widget": "date-picker"}, "ui.fields.pin.widget"),
        ({"ui__fields__wings": {"label": "Qanot"}}, "ui.fields.wings"),
        ({"ui__fields__kind__choices": {"new": "Yangi"}}, "ui.fields.kind.choices.lost"),
        ({"ui__fields__born__prefill": "../../etc/passwd"}, "ui.fields.born.prefill"),
        ({"ui__rules__0__field": "wings"}, "ui.rules[0].field"),
        ({"ui": []}, "ui"),
    ],
)
def test_a_fault_is_told_with_its_place(changes, place):
    with pytest.raises(FormRefused) as why:
        read(spoilt(**changes))

    assert place in [each.column for each in why.value.findings]


def test_a_form_that_is_too_deep_or_large_is_refused():
    deep: object = {}
    for _ in range(2000):
        deep = {"a": deep}
    for document in (deep, {"a": "x" * 600_000}, object(), None, []):
        with pytest.raises(FormRefused):
            read(document)


def test_a_screen_tells_an_app_all_it_needs(rich):
    answers = {"kind": "new"}
    _values, problems = sent(rich, rich.page("you"), {"born": ["x"]})

    told = screen(rich, "you", answers, "uz", problems=problems)

    assert (told["number"], told["of"], told["previous"], told["next"]) == (2, 4, "kind", "needs")
    assert told["fields"][0]["prefill"] == "person.birth_date"
    assert told["fields"][0]["problem"]["facts"] == {"written": "x"}


def test_all_answers_are_read_again_before_they_are_sent(rich):
    told = screen(rich, "check", {"kind": "new", "needs": ["ramp", "sign"]}, "uz")

    assert (told["complete"], told["next"]) == (False, "you")
    assert {"Pandus, Imo", "Yangi"} <= {row["shown"] for row in told["rows"]}


def test_a_step_that_the_answers_do_not_lead_to_is_refused(rich):
    with pytest.raises(NoSuchStep):
        screen(rich, "needs", {"kind": "lost"}, "uz")


@given(st.dictionaries(st.sampled_from([*FORM.fields]), st.none() | st.booleans() | st.text()))
def test_any_answers_are_judged_without_a_fault_of_ours(answers):
    problems = complete(FORM, answers)

    assert bool(problems) is (first_open(FORM, answers) is not None)
    assert set(kept(FORM, answers)) <= set(answers)


def test_the_example_is_read_as_it_stands():
    assert read(DOCUMENT).pages[0].id == FORM.pages[0].id
