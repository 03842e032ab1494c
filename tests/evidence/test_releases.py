"""Releases are taken in whole or not at all, stand or give way, and are seen at once."""

import pytest

from marra.evidence.actions import releases as actions
from marra.evidence.models.releases import Figure, Release
from marra.evidence.queries import releases as queries
from marra.evidence.rules.releases import (
    AlreadyTakenIn,
    AlreadyWithdrawn,
    NoSuchEdition,
    PackagedStays,
)
from marra.index.load import known, load
from marra.journal.queries.entries import about
from marra.kit.findings import FileRefused
from marra.people.rules import RoleMissing
from marra.store import NothingNamed
from tests.evidence import make

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("released")]

EGDI = 3
OTHER = make.export(changed={"Denmark": {EGDI: 0.98475}})


def import_(stamp, content: bytes = OTHER):
    (release,) = actions.import_release(
        stamp, name="export.csv", content=content, source="UN Data Center"
    )
    return release


@pytest.mark.parametrize("year", known())
def test_what_came_along_is_the_same_from_the_database_and_from_the_package(year):
    ours, packaged = queries.survey(year), load(year)

    assert ours.version == packaged.version
    assert (ours.places, ours.flags, ours.input_names) == (
        packaged.places,
        packaged.flags,
        packaged.input_names,
    )
    for name in ("ranks", "egdi", "pillars", "epi", "inputs"):
        mine, theirs = getattr(ours, name), getattr(packaged, name)
        assert ((mine == theirs) | (mine != mine) & (theirs != theirs)).all(), name


def test_taking_in_what_came_along_a_second_time_changes_nothing(
    as_administrator, django_assert_max_num_queries
):
    before = list(Release.objects.values_list("code", flat=True))

    with django_assert_max_num_queries(3):
        made = actions.adopt(as_administrator)

    assert made == ()
    assert list(Release.objects.values_list("code", flat=True)) == before


def test_an_imported_file_stands_over_the_packaged_one_and_is_in_the_journal(as_administrator):
    before = queries.data_version()

    release = import_(as_administrator)

    survey = queries.survey(2024)
    assert survey.egdi[survey.at("DNK")] == 0.98475
    assert survey.version != load(2024).version
    assert queries.data_version() != before
    (entry,) = about(as_administrator, release.code)
    assert (entry.deed, entry.facts["edition"]) == ("release.imported", 2024)


def test_a_withdrawn_file_gives_way_to_the_one_before(as_administrator):
    first = import_(as_administrator)
    version = queries.data_version()
    second = import_(as_administrator, make.export(changed={"Denmark": {EGDI: 0.98476}}))

    actions.withdraw_release(as_administrator, second.code)
    assert queries.data_version() == version
    actions.withdraw_release(as_administrator, first.code)

    assert queries.survey(2024).version == load(2024).version
    with pytest.raises(AlreadyWithdrawn):
        actions.withdraw_release(as_administrator, first.code)


def test_an_update_of_the_package_does_not_override_an_import(as_administrator):
    release = import_(as_administrator)

    Release.objects.filter(origin="packaged").update(version="an older package")
    Release.objects.filter(origin="packaged", edition=2024).update(digest="of older figures")
    made = actions.adopt(as_administrator)

    assert {(each.edition, each.kind) for each in made} == {(2024, "figures"), (2024, "inputs")}
    assert release.code in queries.current_codes()


def test_a_refused_file_leaves_no_trace(as_administrator):
    spoiled = make.tidy(2022, 2024).replace(b"2024,UZB,Uzbekistan", b"2024,UZB,Kazakhstan")
    before = Release.objects.count(), Figure.objects.count(), queries.data_version()

    with pytest.raises(FileRefused):
        actions.import_release(as_administrator, name="tidy.csv", content=spoiled)

    assert (Release.objects.count(), Figure.objects.count(), queries.data_version()) == before


def test_the_same_figures_are_not_taken_in_twice(as_administrator):
    import_(as_administrator)

    with pytest.raises(AlreadyTakenIn):
        import_(as_administrator)
    with pytest.raises(AlreadyTakenIn):
        import_(as_administrator, OTHER.replace(b",", b";"))


def test_a_withdrawn_file_can_be_taken_in_again(as_administrator):
    first = import_(as_administrator)
    actions.withdraw_release(as_administrator, first.code)

    again = import_(as_administrator)

    assert again.code != first.code
    assert again.code in queries.current_codes()


def test_an_edition_to_come_is_there_until_it_is_withdrawn(as_administrator):
    release = import_(as_administrator, make.export(2024, year=2026))
    assert queries.survey(2026).edition.provisional
    assert queries.latest() == 2026

    actions.withdraw_release(as_administrator, release.code)

    with pytest.raises(NoSuchEdition, match="2024"):
        queries.survey(2026)


def test_what_came_along_cannot_be_withdrawn(as_administrator):
    code = Release.objects.filter(edition=2024, kind="figures").get().code

    with pytest.raises(PackagedStays):
        actions.withdraw_release(as_administrator, code)
    with pytest.raises(NothingNamed):
        actions.withdraw_release(as_administrator, "2024-figures-nowhere")


def test_only_administrators_change_figures(as_analyst):
    with pytest.raises(RoleMissing):
        import_(as_analyst)
    with pytest.raises(RoleMissing):
        actions.adopt(as_analyst)


def test_the_status_says_from_when_from_whom_and_whether_the_checks_pass(as_administrator):
    import_(as_administrator)

    rows = {each.release.edition: each for each in queries.status()}

    assert set(rows) == set(known())
    assert rows[2024].release.taken_by == as_administrator.by
    assert rows[2024].release.source == "UN Data Center"
    assert rows[2024].checks.max_abs_error <= 7e-5
    assert all(each.release.taken_at and each.release.source for each in rows.values())


def test_reading_all_surveys_costs_one_query_once_they_are_known(django_assert_num_queries):
    queries.surveys()

    with django_assert_num_queries(1):
        queries.surveys()
