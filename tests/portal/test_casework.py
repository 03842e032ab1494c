"""An application goes its way: begun, answered page by page, sent, worked on, decided."""

from datetime import date, timedelta

import pytest

from marra.cli.casework import go_on_with_cases
from marra.people.rules.rights import Stamp
from marra.portal.actions import applying, corresponding, deciding, settling
from marra.portal.models.cases import Case
from marra.portal.queries import cases, results
from marra.portal.rules import casework, writing
from marra.portal.rules.happenings import Happening
from marra.store import NothingNamed
from tests.conftest import NOON
from tests.portal import bundle as bundles
from tests.portal import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def service(as_administrator):
    return make.running(as_administrator, *bundles.PLAIN).code


def whats(case):
    return [each.what for each in cases.events(case)]


def task(stamp, case):
    return cases.open_work(stamp).get(case=case)


def test_a_draft_is_begun_once_and_found_again(service):
    anora = make.citizen()

    first, again = applying.begin(anora, service), applying.begin(anora, service)

    assert first.code == again.code
    assert first.stage == "draft"


def test_a_page_is_kept_though_an_answer_on_another_is_wrong(service):
    anora = make.citizen()
    made = applying.begin(anora, service)

    applying.save_page(anora, made.code, step="copies", answers={"copies": 99})
    applying.save_page(anora, made.code, step="who", answers={"full_name": "Anora"})

    desk = cases.desk(cases.own(anora).named(made.code))
    assert desk.answers == {"copies": 99, "full_name": "Anora"}


def test_only_the_questions_of_the_page_are_kept(service):
    anora = make.citizen()
    made = applying.begin(anora, service)

    applying.save_page(anora, made.code, step="who", answers={"copies": 2, "granted": True})

    assert cases.desk(cases.own(anora).named(made.code)).answers == {}


def test_what_is_not_answered_well_is_not_sent(service):
    anora = make.citizen()
    made = applying.begin(anora, service)
    applying.save_page(anora, made.code, step="copies", answers={"copies": 99})

    with pytest.raises(casework.NotAnswered) as refusal:
        applying.submit(anora, made.code)

    assert refusal.value.facts["count"] == 3
    assert Case.objects.get(code=made.code).stage == "draft"


def test_an_application_is_due_after_the_services_term_in_working_days(service):
    made = make.sent(make.citizen(), service)

    assert made.stage == "running"
    assert made.due_on == date(2026, 3, 5)  # Monday and three working days


def test_sending_twice_is_one_application(service):
    anora = make.citizen()
    made = make.sent(anora, service)

    again = applying.submit(anora, made.code)

    assert again.sent_at == made.sent_at
    assert whats(made).count("sent") == 1
    assert cases.open_work(make.official()).count() == 1


def test_an_official_takes_grants_and_the_result_is_noted(service):
    anora, clerk = make.citizen(), make.official()
    made = make.sent(anora, service)
    number = task(clerk, made).number

    deciding.take(clerk, made.code, number=number)
    done = deciding.decide(clerk, made.code, number=number, granted=True)

    assert (done.stage, done.outcome) == ("ended", "granted")
    assert done.result["copies"] == 2
    (paper,) = results.of_case(anora, made.code)
    told = results.shown(paper, NOON.date()).told
    assert told.holder == "Anora Karimova"
    assert next((each.label, each.value) for each in told.facts) == ("Nechta nusxa?", "2")
    assert results.of_case(make.citizen("b.begona"), made.code) == []
    assert whats(done) == ["sent", "opened", "taken", "finished", "issued", "granted"]
    assert not cases.open_work(clerk).exists()


def test_a_refusal_states_its_ground(service):
    clerk = make.official()
    made = make.sent(make.citizen(), service)
    number = task(clerk, made).number
    deciding.take(clerk, made.code, number=number)

    with pytest.raises(writing.Unwritten):
        deciding.decide(clerk, made.code, number=number, granted=False)
    done = deciding.decide(
        clerk, made.code, number=number, granted=False, ground="Oila kodeksi, 16-modda"
    )

    assert (done.outcome, done.ground) == ("refused", "Oila kodeksi, 16-modda")
    assert done.result is None


def test_work_is_done_by_whoever_took_it(service):
    clerk, other = make.official(), make.official(code="account-0ff1c1a2")
    made = make.sent(make.citizen(), service)
    number = task(clerk, made).number

    with pytest.raises(casework.NotTaken):
        deciding.decide(clerk, made.code, number=number, granted=True)
    deciding.take(clerk, made.code, number=number)
    with pytest.raises(casework.NotYours):
        deciding.take(other, made.code, number=number)
    deciding.give_back(clerk, made.code, number=number)

    assert deciding.take(other, made.code, number=number).taken_by == other.by


def test_nobody_decides_on_their_own_application(service, as_administrator):
    clerk = make.official()
    made = make.sent(clerk, service)

    with pytest.raises(casework.OwnCase):
        deciding.take(clerk, made.code, number=task(clerk, made).number)


def test_the_term_stands_still_while_the_applicant_corrects(service):
    anora, clerk = make.citizen(), make.official()
    made = make.sent(anora, service)
    number = task(clerk, made).number
    deciding.take(clerk, made.code, number=number)

    deciding.return_case(make.later(clerk, 1), made.code, number=number, why="Nusxa oʻqilmaydi.")
    waiting = Case.objects.get(code=made.code)
    after = make.later(anora, 3)  # Thursday
    applying.save_page(after, made.code, step="copies", answers={"copies": 5})
    back = applying.submit(after, made.code)

    assert waiting.waits_since == date(2026, 3, 3)
    assert (back.due_on, back.waits_since) == (date(2026, 3, 10), None)  # the 9th is free
    assert cases.data(back)["copies"] == 5
    assert task(clerk, made).taken_by == clerk.by
    assert whats(back)[-2:] == ["returned", "corrected"]


def test_the_whole_way_with_register_fee_and_payment(as_administrator):
    anora, clerk = make.citizen(), make.official()
    service = make.running(as_administrator, *bundles.WHOLE).code
    made = make.sent(anora, service, {"copies": 3, "abroad": True, "country": "Qozogʻiston"})

    known = cases.data(made)
    paid = settling.paid(make.terminal_stamp(), made.code, receipt="1")
    again = settling.paid(make.terminal_stamp(), made.code, receipt="1")
    checking = task(clerk, made)
    deciding.take(clerk, made.code, number=checking.number)
    with pytest.raises(casework.NotADecision):
        deciding.decide(clerk, made.code, number=checking.number, granted=True)
    deciding.finish(clerk, made.code, number=checking.number, answers={})

    assert known["full_name"] == "Anora Karimova"  # never asked, for a register knows it
    assert known["fee"] == 0.3
    assert made.waits_since == date(2026, 3, 2)
    assert (paid.waits_since, again.changed_at) == (None, paid.changed_at)
    assert task(clerk, made).element == "decide"
    assert Happening.PAID in whats(made)


def test_an_application_is_withdrawn_and_nobody_works_on_it_any_more(service):
    anora = make.citizen()
    made = make.sent(anora, service)

    gone = applying.withdraw(anora, made.code)

    assert (gone.stage, gone.outcome) == ("ended", "withdrawn")
    assert not cases.open_work(make.official()).exists()
    with pytest.raises(casework.CaseOver):
        applying.withdraw(anora, made.code)


def test_what_a_draft_held_is_forgotten_with_it(service):
    anora = make.citizen()
    made = applying.begin(anora, service)
    applying.save_page(anora, made.code, step="who", answers={"full_name": "Anora"})

    gone = applying.withdraw(anora, made.code)

    assert gone.answers == {}
    assert applying.begin(anora, service).code != made.code


def test_nobody_else_knows_of_an_application(service, as_administrator, as_analyst):
    anora, other = make.citizen(), make.citizen("b.boshqa")
    made = make.sent(anora, service)
    draft = applying.begin(anora, service)

    for who in (other, as_analyst, as_administrator, make.official("digital")):
        with pytest.raises(NothingNamed):
            cases.visible_to(who).named(made.code)
    with pytest.raises(NothingNamed):
        cases.visible_to(make.official()).named(draft.code)


def test_both_sides_write_to_each_other(service):
    anora, clerk = make.citizen(), make.official()
    made = make.sent(anora, service)

    corresponding.say(anora, made.code, text="Qachon tayyor boʻladi?")
    corresponding.say(clerk, made.code, text="Ertaga.")

    assert [(m.is_own, m.text) for m in made.messages.all()] == [
        (True, "Qachon tayyor boʻladi?"),
        (False, "Ertaga."),
    ]


def test_a_service_is_rated_and_a_refusal_appealed_against_after_the_end(service):
    anora, clerk = make.citizen(), make.official()
    made = make.sent(anora, service)
    with pytest.raises(casework.NotOver):
        corresponding.rate(anora, made.code, mark=5)
    number = task(clerk, made).number
    deciding.take(clerk, made.code, number=number)
    deciding.decide(clerk, made.code, number=number, granted=False, ground="16-modda")

    corresponding.rate(anora, made.code, mark=2)
    done = corresponding.appeal(anora, made.code, why="Hujjat bor edi.")

    assert (done.rating, done.appeal) == (2, "Hujjat bor edi.")
    with pytest.raises(casework.Appealed):
        corresponding.appeal(anora, made.code, why="Yana bir bor.")


def test_the_same_key_is_the_same_application(service):
    anora = make.citizen()
    told = {"service": service, "key": "request-1", "answers": bundles.ANSWERS}

    first = applying.apply(anora, **told)
    again = applying.apply(anora, **told)

    assert first.pk == again.pk
    assert first.stage == "running"
    with pytest.raises(writing.KeyTaken):
        applying.apply(anora, service, key="request-1", answers={**bundles.ANSWERS, "copies": 4})


def test_a_key_of_one_person_means_nothing_for_another(service):
    told = {"service": service, "key": "request-1", "answers": bundles.ANSWERS}

    first = applying.apply(make.citizen(), **told)
    other = applying.apply(make.citizen("b.boshqa"), **told)

    assert first.pk != other.pk


def test_a_running_case_is_moved_to_the_new_version_only_when_asked(service, as_administrator):
    clerk = make.official()
    made = make.sent(make.citizen(), service)
    make.definitions.keep_definition(
        as_administrator, service, bundle=bundles.bundle("apply", "fee", "decide", "issue")
    )
    make.publishing.publish(as_administrator, service, since=None)
    before = Case.objects.get(pk=made.pk).definition.number

    moved = deciding.move_version(clerk, made.code)

    assert (before, moved.definition.number) == (1, 2)
    deciding.take(clerk, made.code, number=task(clerk, made).number)
    with pytest.raises(casework.NewestAlready):
        deciding.move_version(clerk, made.code)


def test_a_paused_service_takes_no_applications(service, as_administrator):
    make.publishing.pause(as_administrator, service, why="Taʼmirda.")

    with pytest.raises(casework.NotOpen):
        applying.begin(make.citizen(), service)


def test_time_that_a_process_waits_for_comes_by_itself(as_administrator):
    service = make.running(as_administrator, "apply", "pause", "decide", "issue").code
    made = make.sent(make.citizen(), service)
    clock = make.terminal_stamp()

    early = go_on_with_cases(Stamp(clock.by, NOON + timedelta(days=1), clock.roles))
    waiting = cases.task_of(made)
    come = go_on_with_cases(Stamp(clock.by, NOON + timedelta(days=2), clock.roles))

    assert (early, waiting, come) == (0, None, 1)
    assert cases.task_of(made).element == "decide"
    assert go_on_with_cases(clock) == 0


def test_a_register_that_was_away_is_asked_again_by_the_work(as_administrator):
    service = make.running(as_administrator, *bundles.WHOLE).code
    made = applying.begin(make.citizen(), service)

    count = go_on_with_cases(make.terminal_stamp())

    assert count == 1
    assert cases.data(cases.every().named(made.code))["citizens"]["full_name"] == "Anora Karimova"


def test_the_answer_of_a_register_counts_once(as_administrator):
    service = make.running(as_administrator, *bundles.WHOLE).code
    made = applying.begin(make.citizen(), service)
    number = cases.calls(made).get().number
    told = {"number": number, "outputs": {"citizens": {"full_name": "Anora"}}}

    settling.settle(make.terminal_stamp(), made.code, **told)
    told["outputs"] = {"citizens": {"full_name": "Begona"}}
    settling.settle(make.terminal_stamp(), made.code, **told)

    assert cases.data(cases.every().named(made.code))["citizens"]["full_name"] == "Anora"
    with pytest.raises(casework.NotWaiting):
        settling.settle(make.terminal_stamp(), made.code, number=999)


def test_what_a_register_says_is_not_overwritten_by_the_applicant(as_administrator):
    anora = make.citizen()
    service = make.running(as_administrator, *bundles.WHOLE).code
    made = make.sent(anora, service, {"full_name": "Begona", "copies": 1, "abroad": False})

    assert cases.data(made)["full_name"] == "Anora Karimova"


def test_a_register_s_event_offers_a_service_and_the_person_only_confirms(service):
    anora = make.citizen()
    told = {"applicant": anora.by, "event": "start", "key": "birth-4711", "data": {"child": 1}}

    made = applying.offer(make.terminal_stamp(), service, **told)
    again = applying.offer(make.terminal_stamp(), service, **told)

    assert made.pk == again.pk
    assert cases.standing_of(cases.own(anora).named(made.code)) == "offered"
    assert cases.data(made) == {"child": 1}
