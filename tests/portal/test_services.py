"""Services of the portal: what is said of them, when they are published, and what stays frozen."""

from datetime import date
from decimal import Decimal

import pytest

from marra.inventory.actions import services as listed
from marra.kit.errors import Refusal
from marra.people.rules.rights import Role, Stamp
from marra.portal.actions import amounts, definitions, publishing, services
from marra.portal.queries import amounts as amount_rows
from marra.portal.queries import catalogue
from marra.portal.queries import definitions as versions
from marra.portal.rules.bundles import NotABundle
from marra.portal.rules.discounts import TABLE
from marra.portal.rules.gate import NotMobileFirst
from marra.portal.rules.lacks import StillLacks
from marra.portal.rules.money import Fee, in_soum
from marra.portal.rules.services import MoveNotOpen, PartOfItself, ServiceChanged, WhyMissing
from marra.portal.rules.told import Opened
from tests.conftest import NOON
from tests.house.rights import World
from tests.inventory import make as inventory
from tests.portal import make

pytestmark = pytest.mark.django_db

RULE = date(2024, 6, 1)


@pytest.fixture
def root():
    return World.root


def test_a_draft_says_what_it_lacks_and_is_not_published(root):
    made = make.draft(root)

    assert {"term", "fee", "documents", "legal", "row", "form", "personas"} <= set(made.lacks)
    assert "name" not in made.lacks
    with pytest.raises(StillLacks):
        publishing.publish(root, made.code, since=RULE)


def test_publication_opens_channels_freezes_the_definition_and_closes_the_row(root):
    made = make.complete(root)

    shown = publishing.publish(root, made.code, since=RULE)

    shown.row.refresh_from_db()
    assert shown.state == "published"
    assert {each.channel: each.since for each in shown.openings.all()} == {
        "mobile": make.TODAY,
        "web": make.TODAY,
    }
    assert (shown.row.on_portal_since, shown.row.in_app_since) == (make.TODAY, make.TODAY)
    assert versions.standing(shown).frozen_at == NOON


def test_a_frozen_version_stays_and_what_changes_is_the_next_one(root):
    made = make.published(root)
    first = versions.standing(made)

    definitions.keep_definition(
        root, made.code, bundle={**make.BUNDLE, "dmn": {"discount": TABLE}}
    )

    first.refresh_from_db()
    assert first.bundle == make.BUNDLE
    assert [each.number for each in versions.versions(made)] == [2, 1]
    assert versions.standing(made) == first


def test_a_new_service_is_not_published_on_the_web_before_it_is_in_the_application(root):
    made = make.complete(root, openings=[Opened("web"), Opened("centre")])

    with pytest.raises(NotMobileFirst):
        publishing.publish(root, made.code, since=RULE)

    made.refresh_from_db()
    assert made.state == "draft"


def test_a_service_that_comes_to_the_application_later_than_to_the_web_is_refused(root):
    made = make.complete(
        root, openings=[Opened("mobile", date(2026, 4, 1)), Opened("web", date(2026, 3, 2))]
    )

    with pytest.raises(NotMobileFirst):
        publishing.publish(root, made.code, since=RULE)


def test_an_exception_on_record_lets_the_web_come_first(root):
    made = make.complete(root, openings=[Opened("web")])
    listed.except_service(root, made.row.code, reason="Faqat kompyuterda ishlaydi.", since=RULE)

    shown = publishing.publish(root, made.code, since=RULE)

    shown.row.refresh_from_db()
    assert shown.state == "published"
    assert (shown.row.on_portal_since, shown.row.in_app_since) == (make.TODAY, None)


def test_a_service_that_was_there_before_the_rule_may_stay_on_the_web_alone(root):
    made = make.complete(root, openings=[Opened("web", date(2023, 5, 1))])

    assert publishing.publish(root, made.code, since=RULE).state == "published"


def test_a_paused_service_stays_in_sight_with_its_reason(root, as_visitor):
    made = make.published(root)

    with pytest.raises(WhyMissing):
        publishing.pause(root, made.code, why=" ")
    publishing.pause(root, made.code, why="Reyestr taʼmirda.")

    row = catalogue.visible_to(as_visitor).named(made.code)
    assert (row.state, row.state_why) == ("paused", "Reyestr taʼmirda.")
    with pytest.raises(MoveNotOpen):
        publishing.pause(root, made.code, why="Yana.")
    assert publishing.resume(root, made.code).state_why == ""


def test_what_is_withdrawn_is_no_longer_shown(root, as_visitor):
    made = make.published(root)

    publishing.withdraw(root, made.code, why="Bekor qilindi.")

    assert not catalogue.visible_to(as_visitor).exists()


def test_drafts_are_read_by_their_own_body_alone(root):
    make.draft(root)
    own = Stamp("account-1", NOON, frozenset({(Role.EXECUTOR, "justice")}))
    other = Stamp("account-2", NOON, frozenset({(Role.EXECUTOR, "digital")}))

    assert catalogue.visible_to(own).count() == 1
    assert not catalogue.visible_to(other).exists()


def test_whoever_is_slower_is_told_what_is_otherwise(root):
    made = make.draft(root)
    services.describe(root, made.code, version=1, term=5, audience="both")

    with pytest.raises(ServiceChanged) as told:
        services.describe(root, made.code, version=1, term=3, audience="both")

    assert told.value.facts["fields"] == "term"


def test_what_is_published_stays_complete(root):
    made = make.published(root)

    with pytest.raises(StillLacks):
        services.describe(root, made.code, version=made.version, term=None)


def test_a_composite_service_consists_of_others_and_needs_no_form_of_its_own(root):
    part = make.published(root)
    names = {"uz": "Yangi oila", "ru": "Новая семья"}

    whole = make.draft(root, names=names, kind="composite", parts=[part.code])

    assert "form" not in whole.lacks
    assert "parts" not in whole.lacks
    with pytest.raises(PartOfItself):
        services.describe(root, whole.code, version=1, parts=[whole.code])


def test_fees_are_multiples_and_an_amount_of_a_later_decree_changes_what_is_paid(root):
    fee = Fee(Decimal("0.9"), Decimal("0.9"))
    made = make.draft(root, fees=[fee])
    before = in_soum(made.fees.get().least, amount_rows.amount(date(2027, 1, 1)))

    amounts.enter_amount(root, since=date(2027, 1, 1), soum=450_000, source="Farmon")

    after = in_soum(made.fees.get().least, amount_rows.amount(date(2027, 1, 1)))
    assert (before, after) == (370_800, 405_000)
    assert amount_rows.amount(date(2026, 12, 31)).soum == 412_000


@pytest.mark.parametrize("bundle", [None, [], {"forms": []}, {"javascript": "1"}, {"bpmn": 1}])
def test_what_is_no_bundle_is_refused(root, bundle):
    made = make.draft(root)

    with pytest.raises(NotABundle):
        definitions.keep_definition(root, made.code, bundle=bundle)


@pytest.mark.parametrize(
    "part",
    [
        {"forms": {"apply": {"schema": {"type": "object"}}}},
        {"bpmn": "<definitions"},
        {"bpmn": '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'},
        {"bpmn": "<html/>"},
        {"dmn": {"discount": "<a/>"}},
        {"dmn": {"discount": 7}},
    ],
)
def test_a_definition_that_cannot_be_read_is_not_kept(root, part):
    made = make.draft(root)

    with pytest.raises(Refusal):
        definitions.keep_definition(root, made.code, bundle={**make.BUNDLE, **part})

    assert versions.newest(made) is None


def test_a_launch_does_not_write_over_days_that_are_known(root):
    row = inventory.service(root, on_portal_since=date(2023, 1, 1))

    listed.launch_service(root, row.code, portal=make.TODAY, app=make.TODAY)

    row.refresh_from_db()
    assert (row.on_portal_since, row.in_app_since) == (date(2023, 1, 1), make.TODAY)
