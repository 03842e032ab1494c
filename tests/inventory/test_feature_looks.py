"""A machine looks at addresses of features: on request, by schedule, and for other trials."""

from dataclasses import replace
from datetime import timedelta

import pytest

from marra.inventory.actions import feature_looks as actions
from marra.inventory.actions import features, looks
from marra.inventory.models.checks import CheckRun
from marra.inventory.models.features import FeatureState
from marra.inventory.queries import feature_looks as queries
from marra.inventory.queries.feature_history import Kind, history
from marra.inventory.rules.feature_looks import RULES_OF, NoAddressYet, seen
from marra.inventory.rules.features import features as listed
from marra.inventory.rules.features import named
from marra.inventory.rules.looks import OF_HOST, AskedAlready, AskedTooOften
from marra.inventory.rules.page_checks.facts import bad, good
from marra.inventory.rules.page_checks.rules import RULES
from tests.house.rights import World

CODE = "osi-074"
PAGE = "https://example.uz/"

pytestmark = pytest.mark.django_db


@pytest.fixture
def root():
    return World.root


def at(stamp, days: float):
    return replace(stamp, at=stamp.at + timedelta(days=days))


def placed(stamp, code: str = CODE, address: str = PAGE, every: int | None = None):
    row = FeatureState.objects.filter(code=code).first()
    version = row.version if row else 1
    return features.change_feature(stamp, code, version=version, address=address, every_days=every)


def looked(stamp, **told):
    code = looks.begin_check(stamp)
    return looks.finish_check(stamp, code, **told)


def test_every_rule_that_is_tried_for_a_feature_is_a_rule_and_every_feature_a_feature():
    for (of_list, code), rules in RULES_OF.items():
        assert code in listed(of_list)
        assert set(rules) <= RULES.keys()


def test_what_was_not_run_says_nothing_and_what_failed_is_not_kept():
    feature = named("osi-071")[0]

    assert seen(feature, 200, {"phone.viewport": True, "phone.width": None}).kept is None
    assert seen(feature, 200, {"phone.viewport": False, "phone.width": None}).kept is False
    assert seen(feature, 200, {"phone.viewport": True, "phone.width": True}).kept is True


def test_what_the_machine_saw_stands_at_the_feature(root):
    placed(root)
    actions.ask_look(root, CODE)
    assert queries.waits(FeatureState.objects.get())

    looked(
        root,
        found=[good("ciphered.https", ""), bad("ciphered.certificate", "")],
        facts={"status": 200},
    )

    row = FeatureState.objects.get()
    assert (row.opens, row.kept, row.looked_at) == (True, False, root.at)
    assert (row.state, row.checked_at) == ("unknown", None)  # a machine judges no feature


def test_what_does_not_open_is_told(root):
    placed(root)
    actions.ask_look(root, CODE)

    looked(root, refused="links.private-address", facts={"sentence": "…"})

    assert FeatureState.objects.get().opens is False


def test_one_look_is_for_all_features_at_the_address(root):
    for code in (CODE, "osi-071"):
        placed(root, code, every=7)

    assert actions.ask_due_looks(root) == 1
    looked(root, facts={"status": 404})

    assert set(FeatureState.objects.values_list("opens", flat=True)) == {False}
    assert actions.ask_due_looks(at(root, 6)) == 0
    assert actions.ask_due_looks(at(root, 7)) == 1


def test_nothing_is_due_without_an_address_or_a_schedule_or_while_it_waits(root):
    placed(root)
    placed(root, "osi-071", address="", every=1)
    placed(root, "osi-072", address="https://other.example/", every=1)

    assert actions.ask_due_looks(root) == 1
    assert actions.ask_due_looks(at(root, 3)) == 0


def test_no_host_is_asked_for_more_than_its_share(root):
    for number, code in enumerate(list(listed("osi"))[: OF_HOST + 5]):
        placed(root, f"osi-{code}", f"https://example.uz/{number}", every=1)

    assert actions.ask_due_looks(root) == OF_HOST
    assert actions.ask_due_looks(at(root, 0.5)) == 0
    CheckRun.objects.update(state="done")
    assert actions.ask_due_looks(at(root, 1.5)) == OF_HOST


def test_nobody_asks_for_what_waits_or_has_no_address_or_was_asked_too_often(root):
    with pytest.raises(NoAddressYet):
        actions.ask_look(root, CODE)
    placed(root)
    actions.ask_look(root, CODE)
    with pytest.raises(AskedAlready):
        actions.ask_look(root, CODE)
    for _ in range(9):
        looked(root, facts={"status": 200})
        actions.ask_look(root, CODE)
    looked(root, facts={"status": 200})
    with pytest.raises(AskedTooOften):
        actions.ask_look(root, CODE)


def test_what_was_seen_at_another_address_says_nothing_of_a_new_one(root):
    placed(root)
    actions.ask_look(root, CODE)
    placed(root, address="https://new.example/")

    looked(root, facts={"status": 200})

    assert FeatureState.objects.get().opens is None
    actions.note_check(root, CODE, address="https://new.example/", opens=True)
    assert placed(root, address=PAGE).opens is None


def test_the_trial_of_a_portal_is_noted_and_gives_an_address_where_none_was(root):
    row = actions.note_check(root, CODE, address=PAGE, opens=True, kept=True)
    assert (row.address, row.opens, row.kept) == (PAGE, True, True)

    other = actions.note_check(root, CODE, address="https://other.example/", opens=False)

    assert (other.address, other.opens) == (PAGE, True)
    with pytest.raises(NoAddressYet):
        actions.note_check(root, CODE, address=" ", opens=True)


def test_what_was_noted_of_one_feature_says_nothing_of_another_at_the_address(root):
    actions.note_check(root, CODE, address=PAGE, opens=True)
    other = actions.note_check(root, "osi-071", address=PAGE, opens=False)

    assert [run.subject for run in queries.of_feature(other)] == ["osi-071"]


def test_history_tells_what_was_settled_changed_shared_and_seen(root, as_visitor):
    placed(root)
    features.share_features(root, [CODE, "osi-071"], body="digital")
    features.share_features(root, ["osi-072"], body="justice")
    actions.note_check(root, CODE, address=PAGE, opens=True)
    for by in ("account-40070001", "account-40070002"):
        features.assess_feature(replace(at(root, 1), by=by), CODE, verdict="no")
    features.assess_feature(at(root, 2), CODE, verdict="yes", address=PAGE)
    row = FeatureState.objects.get(code=CODE)

    told = history(root, row)

    assert told[0].kind is Kind.SETTLED  # the open round is not told
    assert sorted(each.kind for each in told) == ["changed", "looked", "settled", "shared"]
    assert next(e for e in told if e.kind is Kind.CHANGED).facts["fields"] == "address"
    assert {e.kind for e in history(as_visitor, row)} == {Kind.SETTLED, Kind.LOOKED}
    assert all(not e.by for e in history(as_visitor, row))
