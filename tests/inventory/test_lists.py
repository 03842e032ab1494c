"""The list of a body: entered, changed by two people, decided, approved, changed afterwards."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from marra.inventory.actions import approving, functions, processes, services
from marra.inventory.models.bodies import StateBody
from marra.inventory.queries import approvals, work
from marra.inventory.queries import functions as function_rows
from marra.inventory.rules.app_first import NoExceptionNeeded
from marra.inventory.rules.approvals import (
    ApprovedAlready,
    ListMoved,
    NotExact,
    NothingToApprove,
    digest,
)
from marra.inventory.rules.checks import Check
from marra.inventory.rules.cofog import UnknownCofog
from marra.inventory.rules.things import (
    Field,
    KnownHere,
    MergedIntoItself,
    NotYetSo,
    OfAnotherBody,
    OutOfRange,
    ReasonMissing,
    SharedWithItself,
    StillHasProcesses,
    TargetMissing,
    TargetNotNeeded,
    ThingChanged,
    TitleMissing,
)
from marra.people.rules.rights import Role, Stamp
from marra.store import NothingNamed
from tests.house.rights import World
from tests.inventory import make

pytestmark = pytest.mark.django_db

RULE = date(2024, 6, 1)


@pytest.fixture
def root():
    return World.root


def executor(body: str) -> Stamp:
    return Stamp("account-0000000e", World.at, frozenset({(Role.EXECUTOR, body)}))


def tally(body: str = "justice") -> work.Tally:
    return work.tallies()[StateBody.objects.get(code=body).pk]


@pytest.mark.parametrize(
    "twin", ["Никоҳни қайд этиш", "NIKOHNI  QAYD ETISH", "nikoh'ni qayd etish"]
)
def test_a_body_has_a_function_once_in_whatever_letters(root, twin):
    make.function(root)

    with pytest.raises(KnownHere):
        make.function(root, title=twin)

    assert make.function(root, "health", twin).body.code == "health"


def test_the_second_of_two_editors_is_told_which_fields_changed(root):
    made = make.function(root)
    functions.change_function(
        root, made.code, version=1, title=make.TITLE, cofog="01.3", shared_with=["health"]
    )

    with pytest.raises(ThingChanged) as told:
        functions.change_function(root, made.code, version=1, title="Boshqa")

    assert told.value.facts["fields"] == (Field.COFOG, Field.SHARED_WITH)
    made.refresh_from_db()
    assert (made.title, made.cofog) == (make.TITLE, "01.3")


@pytest.mark.parametrize(
    ("told", "refusal"),
    [
        ({"title": "x"}, TitleMissing),
        ({"cofog": "77"}, UnknownCofog),
        ({"shared_with": ["justice"]}, SharedWithItself),
    ],
)
def test_what_a_function_cannot_be_is_refused(root, told, refusal):
    with pytest.raises(refusal):
        make.function(root, **told)


def test_a_process_belongs_to_a_function_of_its_body_or_to_one_it_shares(root):
    alone = make.function(root)
    shared = make.function(root, title="Yer ajratish", shared_with=["health"])

    with pytest.raises(OfAnotherBody):
        make.process(root, alone, body="health")

    assert make.process(root, shared, body="health").function == shared


@pytest.mark.parametrize(
    ("told", "refusal"),
    [
        ({"decision": "abolish"}, ReasonMissing),
        ({"decision": "merge", "reason": "Bir xil."}, TargetMissing),
        ({"decision": "leave", "reason": "Kam.", "into": "Ikkinchi ish"}, TargetNotNeeded),
        ({"decision": "merge", "reason": "Bir xil.", "into": "Birinchi ish"}, MergedIntoItself),
    ],
)
def test_a_decision_has_its_reason_and_a_merge_its_target(root, told, refusal):
    one = make.process(root, make.function(root), "Birinchi ish")
    make.process(root, one.function, "Ikkinchi ish")

    with pytest.raises(refusal):
        processes.decide_process(root, one.code, version=1, **told)


def test_what_others_are_merged_into_is_neither_merged_nor_removed(root):
    one = make.process(root, make.function(root), "Birinchi ish")
    two = make.process(root, one.function, "Ikkinchi ish")
    processes.decide_process(
        root, one.code, version=1, decision="merge", reason="Bir xil.", into="Иккинчи иш"
    )

    with pytest.raises(StillHasProcesses):
        processes.remove_process(root, two.code)
    with pytest.raises(StillHasProcesses):
        processes.decide_process(root, two.code, version=1, decision="abolish", reason="Keraksiz.")


def test_a_function_with_processes_and_a_process_with_services_stay(root):
    made = make.exact(root)
    process = made.processes.get()

    with pytest.raises(StillHasProcesses):
        functions.remove_function(root, process.function.code)
    with pytest.raises(StillHasProcesses):
        processes.remove_process(root, process.code)

    services.remove_service(root, made.code)
    processes.remove_process(root, process.code)
    functions.remove_function(root, process.function.code)
    assert not function_rows.visible_to(root).exists()


@pytest.mark.parametrize(
    ("told", "refusal"),
    [
        ({"protected_share": 1.2}, OutOfRange),
        ({"effort": 0.0}, OutOfRange),
        ({"volume": -1}, OutOfRange),
        ({"in_app_since": date(2030, 1, 1)}, NotYetSo),
    ],
)
def test_a_service_has_no_number_out_of_its_range_and_no_past_to_come(root, told, refusal):
    with pytest.raises(refusal):
        make.service(root, **told)


def test_automated_in_full_is_what_takes_no_official_at_any_step(root):
    told = {None: None, 0.8: False, 1.0: True}

    for at, (share, full) in enumerate(told.items()):
        assert make.service(root, title=f"Xizmat {at}", automation=share).is_automated is full


def test_an_exception_is_made_beforehand_or_where_the_rule_was_not_followed(root):
    coming = make.service(root)
    first = make.service(root, title="Ikkinchi", in_app_since=date(2025, 1, 1))
    late = make.service(root, title="Uchinchi", on_portal_since=date(2025, 1, 1))

    services.except_service(root, coming.code, reason="Sabab bor.", since=RULE)
    with pytest.raises(NoExceptionNeeded):
        services.except_service(root, first.code, reason="Sabab bor.", since=RULE)
    services.except_service(root, late.code, reason="Sabab bor.", since=RULE)

    late.refresh_from_db()
    assert (late.exception_reason, late.exception_by) == ("Sabab bor.", root.by)


def test_a_list_is_approved_only_when_it_is_exact(root):
    with pytest.raises(NothingToApprove):
        approving.approve_list(root, "justice")
    made = make.function(root)
    with pytest.raises(NotExact):
        approving.approve_list(root, "justice")
    functions.change_function(
        root, made.code, version=1, title=make.TITLE, no_process="Siyosat, jarayon emas."
    )

    approved = approving.approve_list(root, "justice")

    assert (approved.functions, approved.services) == (1, 0)
    assert tally().is_approved
    with pytest.raises(ApprovedAlready):
        approving.approve_list(root, "justice")


def test_only_the_list_that_was_read_is_approved(root):
    made = make.exact(root)
    read = digest(approvals.document(made.owner))
    services.change_service(root, made.code, version=1, title="Boshqa guvohnoma")

    with pytest.raises(ListMoved):
        approving.approve_list(root, "justice", digest=read)


def test_a_later_change_is_shown_and_progress_is_none(root):
    approval = make.approval(root)
    service = approval.body.services.get()
    later = Stamp(root.by, root.at + timedelta(hours=1), root.roles)

    services.change_service(
        later, service.code, version=1, title=service.title, on_portal_since=date(2026, 3, 1)
    )
    assert not tally().has_changed
    assert approvals.changed_since(approval.body) == []

    services.change_service(later, service.code, version=2, title=service.title, volume=900)
    assert tally().has_changed
    changed = approvals.changed_since(approval.body)
    assert [(each.how, each.fields) for each in changed] == [("changed", ("volume",))]


def test_an_unapproved_list_is_for_staff_and_its_own_body(root, as_visitor):
    made = make.function(root)

    assert function_rows.visible_to(executor("justice")).named(made.code) == made
    for stranger in (executor("health"), as_visitor):
        with pytest.raises(NothingNamed):
            function_rows.visible_to(stranger).named(made.code)

    make.service(root, make.process(root, made), category="registration", deadline=make.DUE)
    approving.approve_list(root, "justice")
    assert function_rows.visible_to(as_visitor).named(made.code) == made


def test_the_numbers_of_the_database_are_those_of_the_checks(root):
    """Every kind of shortcoming, in several bodies, counted by both."""
    one = make.function(root)
    make.function(root, "health", "Никоҳни қайд этиш")
    for region in ("region-1703", "region-1706"):
        body = StateBody.objects.filter(region=region[-4:]).get().code
        make.function(root, body, "Hududiy ish")
    make.function(root, "tax", "Soliq siyosati", no_process="Siyosat.")
    make.process(root, one)
    make.process(root, body="tax")
    make.service(root, owner="tax", category="permit")
    make.service(root, title="Toʻliq", owner="tax", category="permit", deadline=make.DUE)

    found = {}
    for problem in work.problems_left():
        key = (problem.body, problem.check)
        found[key] = found.get(key, 0) + 1

    codes = dict(StateBody.objects.values_list("pk", "code"))
    counted = {
        (codes[pk], check): n
        for pk, each in work.tallies().items()
        for check, n in each.left.items()
        if n
    }
    assert counted == found
    assert counted["justice", Check.OWNED_TWICE] == 1
    assert [each.check for each in work.problems_left("health")] == [
        Check.FUNCTION_WITHOUT_PROCESS,
        Check.OWNED_TWICE,
    ]


def test_the_numbers_of_all_bodies_take_a_constant_number_of_questions(root):
    make.approval(root)

    with CaptureQueriesContext(connection) as few:
        work.tallies()
    for at in range(10):
        made = make.process(root, make.function(root, "tax", f"Ish {at}"))
        make.service(root, made, f"Xizmat {at}")
    with CaptureQueriesContext(connection) as many:
        work.tallies()

    assert len(many) == len(few) <= 12
