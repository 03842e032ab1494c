"""A standard is data, its versions stay, and only the way a requirement names settles it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from marra.inventory.actions import judging, looks, standards
from marra.inventory.models.checks import CheckFinding, CheckRun
from marra.inventory.queries import looks as look_rows
from marra.inventory.queries import results
from marra.inventory.queries import services as service_rows
from marra.inventory.queries import standards as queries
from marra.inventory.rules import judgements
from marra.inventory.rules.looks import (
    GONE_AFTER,
    OF_SERVICE,
    AskedAlready,
    AskedTooOften,
    Since,
    State,
    again,
)
from marra.inventory.rules.page_checks.facts import bad, good, not_run
from marra.inventory.rules.standard import By, How, Verdict, packaged, packaged_file, read
from marra.inventory.rules.things import WrongAddress
from marra.journal.models import Entry
from marra.kit.findings import FileRefused
from marra.store import NothingNamed
from tests.house.rights import World
from tests.inventory import make

PAGE = "https://xizmat.example/ariza"
LATER = timedelta(hours=25)


def changed(before: str, after: str, number: int = 1) -> bytes:
    text = packaged_file().decode()
    assert before in text
    return text.replace(before, after, 1).replace("number = 1\n", f"number = {number}\n").encode()


@pytest.fixture
def root():
    return World.root


@pytest.fixture
def service(db, root):
    standards.adopt_standard(root)
    return make.service(root)


def standing(service, code, at):
    standard = queries.in_force(at.date())
    every = results.of_service(service, standard, at)
    return next(each for each in every if each.requirement.code == code)


def test_the_packaged_standard_speaks_four_languages_and_has_each_way_of_checking():
    found = packaged()

    assert 25 <= len(found.requirements) <= 35
    assert {each.how for each in found.requirements} == set(How)
    assert all(found.of_part(part.code) for part in found.parts)
    assert len(found.of_part("protected")) >= 6
    for each in found.requirements:
        assert all(
            text.into(tongue) for text in (each.text, each.reason) for tongue in ("ru", "en")
        )
        assert bool(each.checks) == (each.how is How.AUTOMATIC)


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ('how = "review"', 'how = "guess"', "“guess” is not known here"),
        ('part = "found"', 'part = "lost"', "“lost” is not known here"),
        ('checks = ["phone.width"', 'checks = ["phone.size"', "no check “phone.size”"),
        ('checks = ["bare.text"]\n', "", "names its checks"),
        ('how = "users"', 'how = "users"\nchecks = ["bare.text"]', "Only what is checked auto"),
        ('code = "who-may"', 'code = "own-words"', "stands twice"),
        ("finish = 0.8", "finish = 8", "share from 0 to 1"),
        ("users = 5", "users = 0.5", "whole number from 1"),
        ("number = 1\n", 'number = "one"\n', "number"),
        ('basis = "assumed"\n\n# What', 'basis = "sure"\n\n# What', "“sure” is not known"),
        ('code = "own-words"', 'kode = "own-words"', "nearest is “code”"),
        (', en = "Found and understood"', "", "missing in en"),
        ("[[parts]]", "[[parts]", "cannot be read as TOML"),
    ],
)
def test_a_fault_in_the_file_is_told_at_its_line(before, after, told):
    with pytest.raises(FileRefused) as refused:
        read("own.toml", changed(before, after))

    said = [(str(each), each.line) for each in refused.value.findings]
    assert any(told in sentence and line for sentence, line in said), said


def test_a_version_is_adopted_once_and_the_next_needs_a_higher_number(db, root):
    first = standards.adopt_standard(root)

    with pytest.raises(judgements.StandardKnown, match="number 2"):
        standards.adopt_standard(root)
    second = standards.adopt_standard(root, content=changed("4b", "4b", 2))

    assert (first.number, second.number) == (1, 2)
    assert queries.in_force(root.at.date()) == second
    assert queries.requirements(first) == packaged()


def test_a_version_that_is_not_in_force_yet_waits(db, root):
    first = standards.adopt_standard(root)
    later = root.at.date() + timedelta(30)

    standards.adopt_standard(root, content=changed("4b", "4b", 2), in_force_from=later)

    assert queries.in_force(root.at.date()) == first
    assert queries.in_force(later).number == 2


def test_nothing_is_assessed_before_a_standard_is_adopted(db, root):
    made = make.service(root)

    with pytest.raises(judgements.NoStandardYet):
        judging.assess_service(root, made.code, requirement="keyboard", verdict="met", note="Ha.")


def test_the_word_of_the_body_is_a_claim_until_the_group_has_looked(service, root):
    other = replace(root, by="account-00000077")
    judging.assess_service(
        root, service.code, requirement="keyboard", verdict="met", evidence=PAGE
    )
    before = standing(service, "keyboard", root.at)

    judging.review_service(
        other, service.code, requirement="keyboard", verdict="partly", note="Fokus koʻrinmaydi."
    )

    after = standing(service, "keyboard", root.at)
    assert (before.result, before.said[By.BODY]) == (Verdict.UNKNOWN, Verdict.MET)
    assert (after.result, after.rows[By.REVIEW].note) == (Verdict.PARTLY, "Fokus koʻrinmaydi.")


def test_nobody_reviews_their_own_word(service, root):
    judging.assess_service(
        root, service.code, requirement="keyboard", verdict="met", evidence=PAGE
    )

    with pytest.raises(judgements.OwnAssessment):
        judging.review_service(
            root, service.code, requirement="keyboard", verdict="met", evidence=PAGE
        )


@pytest.mark.parametrize(
    ("told", "refusal"),
    [
        ({"verdict": "good", "note": "Ha, shunday."}, judgements.NoSuchVerdict),
        ({"verdict": "met"}, judgements.ProofMissing),
        ({"verdict": "met", "note": "x" * 3000}, judgements.NoteTooLong),
        ({"verdict": "met", "note": "Ha.", "requirement": "none"}, judgements.NoSuchRequirement),
    ],
)
def test_a_verdict_without_proof_or_sense_is_refused(service, root, told, refusal):
    with pytest.raises(refusal):
        judging.assess_service(root, service.code, **{"requirement": "keyboard"} | told)


def test_people_do_not_settle_what_a_machine_checks_but_may_say_that_it_does_not_apply(
    service, root
):
    with pytest.raises(judgements.NotByPeople):
        judging.review_service(
            root, service.code, requirement="phone", verdict="met", note="Telefonda koʻrdim."
        )
    judging.review_service(
        root, service.code, requirement="phone", verdict="not-applicable", note="Sahifasi yoʻq."
    )

    assert standing(service, "phone", root.at).result is Verdict.NOT_APPLICABLE


@pytest.mark.parametrize(
    ("requirement", "numbers", "verdict"),
    [
        ("users-trial", (5, 4, 0), Verdict.MET),
        ("users-trial", (4, 4, 0), Verdict.PARTLY),
        ("users-trial", (10, 4, 0), Verdict.NOT_MET),
        ("protected-trial", (5, 5, 1), Verdict.PARTLY),
        ("protected-trial", (5, 4, 2), Verdict.MET),
    ],
)
def test_the_numbers_of_a_trial_make_its_verdict(service, root, requirement, numbers, verdict):
    users, finished, protected = numbers

    judging.enter_trial(
        root,
        service.code,
        requirement=requirement,
        users=users,
        finished=finished,
        protected=protected,
    )

    assert standing(service, requirement, root.at).result is verdict


@pytest.mark.parametrize("numbers", [(0, 0, 0), (5, 6, 0), (5, 5, 6), (5, -1, 0)])
def test_numbers_of_a_trial_that_do_not_fit_are_refused(service, root, numbers):
    with pytest.raises(judgements.StrangeTrial):
        judging.enter_trial(
            root,
            service.code,
            requirement="users-trial",
            users=numbers[0],
            finished=numbers[1],
            protected=numbers[2],
        )


def test_a_new_version_keeps_what_was_said_of_requirements_that_say_the_same(service, root):
    for code in ("keyboard", "no-puzzle"):
        judging.assess_service(root, service.code, requirement=code, verdict="met", evidence=PAGE)

    standards.adopt_standard(
        root, content=changed("Signing in asks for no puzzle", "Signing in needs no puzzle", 2)
    )

    assert By.BODY in standing(service, "keyboard", root.at).said
    assert By.BODY not in standing(service, "no-puzzle", root.at).said


def test_what_was_said_before_stays_and_counts_no_longer(service, root):
    for verdict in ("met", "not-met"):
        judging.assess_service(
            root, service.code, requirement="keyboard", verdict=verdict, evidence=PAGE
        )

    assert service.assessments.count() == 2
    assert standing(service, "keyboard", root.at).said == {By.BODY: Verdict.NOT_MET}
    tally = results.tallies([service], queries.in_force(root.at.date()), root.at)[service.pk]
    assert (tally.unknown, tally.claimed) == (len(packaged().requirements), 0)


# ── Looks ────────────────────────────────────────────────────────────────────────────────────


def look(root, service, *found, address=PAGE, at=None):
    stamp = replace(root, at=at or root.at)
    made = looks.ask_check(stamp, service.code, address=address)
    assert looks.begin_check(stamp) == made.code
    return looks.finish_check(stamp, made.code, found=found, facts={"axe": "4.14.1"})


def test_what_a_look_finds_settles_the_requirements_it_belongs_to(service, root):
    made = look(
        root,
        service,
        good("phone.width", "Fits."),
        bad("phone.viewport", "Tiny.", "meta"),
        good("bare.text", "Words."),
        not_run("accessible.axe", "No browser."),
    )

    assert made.state == State.DONE
    assert standing(service, "phone", root.at).result is Verdict.NOT_MET
    assert standing(service, "bare", root.at).result is Verdict.MET
    assert standing(service, "accessible", root.at).result is Verdict.UNKNOWN
    finding = CheckFinding.objects.get(run=made, rule="phone.viewport")
    assert (finding.requirement, finding.place, finding.passed) == ("phone", "meta", False)
    assert Entry.objects.filter(deed="check.finished", thing=made.code).exists()


def test_the_worst_page_counts_and_the_newest_look_at_each(service, root):
    other = "https://xizmat.example/natija"
    fits = (good("phone.width", ""), good("phone.viewport", ""))
    wide = (bad("phone.width", ""), good("phone.viewport", ""))

    look(root, service, *fits)
    look(root, service, *wide, address=other)
    assert standing(service, "phone", root.at).result is Verdict.NOT_MET
    look(root, service, *fits, address=other, at=root.at + timedelta(hours=1))

    assert standing(service, "phone", root.at + timedelta(hours=2)).result is Verdict.MET
    assert standing(service, "phone", root.at + timedelta(days=200)).result is Verdict.UNKNOWN


@pytest.mark.parametrize(
    "address", ["", "xizmat.uz", "ftp://xizmat.uz/", "https://", "https:///x"]
)
def test_what_is_no_address_is_not_asked_for(service, root, address):
    with pytest.raises(WrongAddress):
        looks.ask_check(root, service.code, address=address)


def test_looks_are_limited_by_service_and_by_day(service, root):
    looks.ask_check(root, service.code, address=PAGE)
    with pytest.raises(AskedAlready):
        looks.ask_check(root, service.code, address=PAGE)
    for number in range(1, OF_SERVICE):
        looks.ask_check(root, service.code, address=f"{PAGE}/{number}")
    with pytest.raises(AskedTooOften):
        looks.ask_check(root, service.code, address=f"{PAGE}/more")

    looks.ask_check(replace(root, at=root.at + LATER), service.code, address=f"{PAGE}/more")


def test_one_host_is_looked_at_by_one_worker_and_two_work_at_once(service, root):
    one = looks.ask_check(root, service.code, address=PAGE)
    looks.ask_check(root, service.code, address=f"{PAGE}/2")
    other = looks.ask_check(root, service.code, address="https://other.example/")
    looks.ask_check(root, service.code, address="https://third.example/")

    begun = [looks.begin_check(root) for _ in range(3)]

    assert begun == [one.code, other.code, ""]


def test_a_look_whose_worker_is_gone_is_taken_up_once_more_and_then_given_up(service, root):
    made = looks.ask_check(root, service.code, address=PAGE)
    stamps = [
        replace(root, at=root.at + n * (GONE_AFTER + timedelta(seconds=1))) for n in range(3)
    ]

    begun = [looks.begin_check(stamp) for stamp in stamps]

    assert begun == [made.code, made.code, ""]
    assert CheckRun.objects.get(code=made.code).state == State.LOST
    with pytest.raises(NothingNamed):
        looks.finish_check(stamps[-1], made.code, refused="links.no-answer")


def test_a_look_that_was_refused_says_nothing_of_the_service(service, root):
    made = looks.ask_check(root, service.code, address=PAGE)
    looks.begin_check(root)

    looks.finish_check(root, made.code, refused="links.private-address")

    assert CheckRun.objects.get(code=made.code).refused == "links.private-address"
    assert not service.assessments.exists()


def test_looks_at_services_nobody_may_know_of_are_not_seen(service, root, as_visitor):
    made = looks.ask_check(root, service.code, address=PAGE)

    assert not service_rows.visible_to(as_visitor).exists()
    assert not look_rows.visible_to(as_visitor).filter(code=made.code).exists()


def test_results_of_many_services_take_as_many_queries_as_of_one(
    service, root, django_assert_num_queries
):
    others = [make.service(root, title=f"Xizmat {n}") for n in range(20)]
    for each in others:
        judging.assess_service(root, each.code, requirement="keyboard", verdict="met", note="Ha.")
    standard = queries.in_force(root.at.date())

    with django_assert_num_queries(2):
        results.tallies([service], standard, root.at)
    with django_assert_num_queries(2):
        found = results.tallies([service, *others], standard, root.at)

    assert sum(each.claimed for each in found.values()) == 20


# ── Looks again ──────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def after(root):
    def told(**times):
        return replace(root, at=root.at + timedelta(**times))

    return told


def test_a_page_is_looked_at_again_when_its_time_has_come_and_once(service, root, after):
    first = look(root, service, good("phone.width", ""))
    days = again().after.days

    assert looks.ask_due_checks(after(days=days, seconds=-1)) == 0
    assert looks.ask_due_checks(after(days=days)) == 1
    assert looks.ask_due_checks(after(days=days + 1)) == 0  # it waits
    later = after(days=days + 1)
    made = looks.begin_check(later)
    looks.finish_check(later, made, found=[good("phone.width", "")])
    assert looks.ask_due_checks(after(days=2 * days - 1)) == 0
    assert looks.ask_due_checks(after(days=2 * days)) == 1

    row = CheckRun.objects.get(code=made)
    assert (row.address, row.subject, row.host) == (PAGE, service.code, first.host)
    assert Entry.objects.get(deed="checks.asked", at=after(days=days).at).facts == {"count": 1}


def test_what_could_never_be_looked_at_or_has_gone_is_left_alone(service, root, after):
    made = looks.ask_check(root, service.code, address=PAGE)
    looks.begin_check(root)
    looks.finish_check(root, made.code, refused="links.no-answer")
    assert looks.ask_due_checks(after(days=31)) == 0

    look(root, service, good("phone.width", ""), address=f"{PAGE}/2")
    assert looks.ask_due_checks(after(days=181)) == 0
    assert [each.address for each in look_rows.due(after(days=31).at)] == [f"{PAGE}/2"]
    service.removed_at = root.at
    service.save()
    assert looks.ask_due_checks(after(days=31)) == 0


def test_half_of_the_room_is_left_to_whoever_asks(service, root, after):
    for number in range(OF_SERVICE):
        look(root, service, good("phone.width", ""), address=f"{PAGE}/{number}")

    assert looks.ask_due_checks(after(days=31)) == OF_SERVICE // 2
    looks.ask_check(after(days=31), service.code, address=f"{PAGE}/more")
    assert looks.ask_due_checks(after(days=32, hours=1)) == OF_SERVICE // 2


def test_what_is_better_and_worse_since_the_look_before_is_told(service, root, after):
    old = look(root, service, good("phone.width", ""), bad("valid.ids", ""), bad("text.long", ""))
    look(root, service, bad("phone.width", ""), address=f"{PAGE}/other")
    new = look(
        root,
        service,
        bad("phone.width", ""),
        good("valid.ids", ""),
        not_run("text.long", ""),
        at=after(days=30).at,
    )

    assert look_rows.before(old) is None
    assert look_rows.before(new) == old
    assert look_rows.changes(old, new) == Since(better=("valid.ids",), worse=("phone.width",))
