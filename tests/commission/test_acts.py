"""Acts taken in: the packaged ones once, files as new versions that keep what hangs on them."""

from datetime import date

import pytest

from marra.commission.actions.acts import adopt_acts, import_act
from marra.commission.actions.obligations import prove, set_day
from marra.commission.models.acts import Act, Obligation
from marra.commission.queries import acts as queries
from marra.commission.queries import obligations
from marra.commission.rules.taking import ActKnown, ObligationTaken
from marra.journal.models import Entry
from marra.kit.errors import NotAllowed, NotFound
from marra.kit.findings import FileRefused
from tests.commission.acts import file, secretary, without_acts

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def bare(db: None) -> None:
    """No act has been taken in yet."""
    without_acts()


def test_the_packaged_acts_are_taken_in_once(as_administrator):
    first = adopt_acts(as_administrator)
    again = adopt_acts(as_administrator)

    assert [act.code for act in first] == ["pq-308", "spot-2023-09-20", "yuz-2023-09-13"]
    assert again == ()
    assert Entry.objects.filter(deed="acts.adopted", by=as_administrator.by).count() == 1
    assert Obligation.objects.count() == 36


def test_a_file_is_taken_in_by_an_administrator_or_the_secretary(as_administrator, as_visitor):
    made = import_act(secretary(as_administrator), name="act.toml", content=file())

    assert queries.standing(as_visitor).named("vmq-1") == made
    assert (made.version, made.origin, made.number) == (1, "imported", "VMQ-1")
    assert [each.original for each in made.clauses.all()] == ["Asl matn.", ""]
    with pytest.raises(NotAllowed):
        import_act(as_visitor, name="act.toml", content=file(**{"900": "901"}))


def test_a_file_with_a_fault_changes_nothing(as_administrator):
    with pytest.raises(FileRefused):
        import_act(as_administrator, name="act.toml", content=file(**{"target = 900": ""}))

    assert not Act.objects.exists()


def test_a_new_version_keeps_proofs_and_days_of_the_same_codes(as_administrator):
    import_act(as_administrator, name="act.toml", content=file())
    clerk = secretary(as_administrator)
    set_day(clerk, "V-02", due=date(2027, 1, 1), reason="Minutes 3.")
    prove(clerk, "V-02", text="The trial was held.", day=date(2026, 3, 1), link="https://a.uz/1")
    clause = Obligation.objects.get(code="V-02").clause_id

    made = import_act(as_administrator, name="act.toml", content=file(**{"900": "950"}))

    found = obligations.one(clerk, "V-02")
    assert (made.version, found.line.row.act) == (2, made)
    assert [each.due for each in found.days] == [date(2027, 1, 1)]
    assert found.line.standing.proof.text == "The trial was held."
    assert found.line.row.clause_id == clause
    assert obligations.one(clerk, "V-01").line.asked.target == 950
    old = queries.visible_to(clerk).named("vmq-1-v1")
    assert (old.replaced_by, queries.whole(old).obligations[0].target) == (made, 900)
    assert [each.version for each in queries.versions(old)] == [2, 1]


def test_what_a_new_version_leaves_out_goes_and_comes_back_with_its_history(as_administrator):
    import_act(as_administrator, name="act.toml", content=file())
    prove(
        secretary(as_administrator),
        "V-02",
        text="The trial was held.",
        day=date(2026, 3, 1),
        link="https://a.uz/1",
    )
    without = file().decode()
    without = without[: without.index('[[obligations]]\ncode = "V-02"')].encode()
    import_act(as_administrator, name="act.toml", content=without)

    with pytest.raises(NotFound):
        obligations.one(as_administrator, "V-02")
    import_act(as_administrator, name="act.toml", content=file(**{"900": "950"}))

    assert obligations.one(as_administrator, "V-02").line.standing.proof is not None


def test_the_same_text_is_not_taken_in_twice(as_administrator):
    import_act(as_administrator, name="act.toml", content=file())

    with pytest.raises(ActKnown):
        import_act(as_administrator, name="again.toml", content=file() + b"\n# a remark\n")


def test_another_act_cannot_take_over_an_obligation(as_administrator):
    adopt_acts(as_administrator)

    with pytest.raises(ObligationTaken):
        import_act(as_administrator, name="a.toml", content=file(**{'"V-01"': '"O-10"'}))

    assert not Act.objects.filter(code="vmq-1").exists()


def test_what_somebody_imported_stands_over_what_is_packaged(as_administrator):
    official = file(**{'"vmq-1"': '"pq-308"', '"V-01"': '"O-10"', '"V-02"': '"O-11"'})
    import_act(as_administrator, name="official.toml", content=official)

    made = adopt_acts(as_administrator)

    assert "pq-308" not in {act.code for act in made}
    assert queries.standing(as_administrator).named("pq-308").origin == "imported"
