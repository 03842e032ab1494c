"""On the way outside: one message to each person, tried again, never lost, never sent twice."""

import json
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marra.cli import post
from marra.commission.actions import notices, posting
from marra.commission.models.notices import Delivery, Notice
from marra.commission.queries.posting import Parcel, parcel
from marra.commission.rules.notices import KINDS, gaps
from marra.commission.rules.posting import PAUSES, Outcome, State, for_sms, sms_parts
from marra.door import say
from marra.journal.models import Entry
from marra.people import actions as people
from marra.people.rules.contacts import Way
from marra.people.rules.rights import Role, Stamp
from tests.commission import assignments as make
from tests.commission.test_notices import on
from tests.conftest import NOON
from tests.people.make import account

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 2)


@pytest.fixture(autouse=True)
def _stand_ins(tmp_path, settings):
    settings.DATA = tmp_path
    settings.MAIL = settings.TELEGRAM = settings.SMS = ""
    settings.ADDRESS = "https://marra.gov.uz"


@pytest.fixture
def clock(monkeypatch, as_administrator):
    """The stamp of the terminal, at a time that a test moves."""

    class Clock:
        stamp = on(as_administrator, DAY)

        def later(self, **much):
            self.stamp = replace(self.stamp, at=self.stamp.at + timedelta(**much))
            return self.stamp

    found = Clock()
    monkeypatch.setattr(post, "terminal_stamp", lambda: found.stamp)
    return found


def reached(stamp, *, language="en", is_quiet=True, **ways):
    """Somebody of a body, reached by these ways."""
    made = account(stamp, name="x.executor")
    people.appoint(stamp, made.code, role=Role.EXECUTOR, body="digital")
    own = Stamp(made.code, NOON, frozenset({(Role.HOLDER, made.code), (Role.VISITOR, "")}))
    wanted = {way: (ways.get(way, ""), way in ways) for way in Way}
    people.set_contacts(own, made.code, language=language, is_quiet=is_quiet, ways=wanted)
    return made.code


def owed(count=1, **told):
    for n in range(count):
        title = f"Open the register number {n}"
        make.assignment(make.secretary(), title=title, **{"deadline": DAY, **told})


def kept(folder, way):
    """What the stand-in of a way was given, by number."""
    found = folder / "sent" / way
    return {each.name: json.loads(each.read_text()) for each in sorted(found.glob("*.json"))}


def states():
    return sorted(Delivery.objects.values_list("way", "state", "tries", "fault"))


def test_one_message_by_each_way_in_ones_own_language(as_administrator, clock, tmp_path):
    reached(as_administrator, language="ru", mail="x@gov.uz", sms="+998901234567")
    owed()
    notices.remind(clock.stamp)

    sent = [post.send(way)(clock.stamp) for way in Way]

    (number,) = Notice.objects.values_list("facts__number", flat=True)
    (mail,), (sms,) = kept(tmp_path, "mail").values(), kept(tmp_path, "sms").values()
    assert sent == [1, 0, 1]
    assert mail["subject"].startswith(f"Срок поручения № {number} — 02.03.2026")
    assert "https://marra.gov.uz/ru/work/assignments/assignment-" in mail["text"]
    assert "https://marra.gov.uz/ru/account/notices/" in mail["text"]
    assert sms["text"] == f"Marra: {number}: срок 02.03.2026. https://marra.gov.uz/n"
    assert states() == [("mail", "sent", 1, ""), ("sms", "sent", 1, "")]


def test_nothing_leaves_that_says_what_it_is_about(as_administrator, clock, tmp_path):
    reached(as_administrator, mail="x@gov.uz", telegram="1234567", sms="+998901234567")
    owed(text="Karimov owes it.", head_name="A. Karimov")
    notices.remind(clock.stamp)

    for way in Way:
        post.send(way)(clock.stamp)

    told = "".join(each.read_text() for each in (tmp_path / "sent").rglob("*.json"))
    assert "register" not in told
    assert "Karimov" not in told


def test_many_notices_go_as_one_message(as_administrator, clock, tmp_path):
    reached(as_administrator, mail="x@gov.uz", sms="+998901234567")
    owed(7)
    notices.remind(clock.stamp)

    for way in Way:
        post.send(way)(clock.stamp)

    (mail,), (sms,) = kept(tmp_path, "mail").values(), kept(tmp_path, "sms").values()
    assert mail["subject"] == "Marra: new notices, 7"
    assert mail["text"].count("/work/assignments/assignment-") == 7
    assert sms["text"] == "Marra: new notices, 7. https://marra.gov.uz/n"


def test_by_night_it_waits_until_seven_unless_one_wants_otherwise(as_administrator, clock):
    reached(as_administrator, mail="x@gov.uz")
    owed()
    night = clock.later(hours=13)
    notices.remind(night)

    at_night = post.send(Way.MAIL)(night)
    at_six = post.send(Way.MAIL)(clock.later(hours=7))
    at_seven = post.send(Way.MAIL)(clock.later(hours=1))

    assert (at_night, at_six, at_seven) == (0, 0, 1)


def test_whoever_is_up_at_night_is_told_at_night(as_administrator, clock):
    reached(as_administrator, is_quiet=False, mail="x@gov.uz")
    owed()
    notices.remind(clock.later(hours=13))

    assert post.send(Way.MAIL)(clock.stamp) == 1


def test_a_service_that_is_away_is_asked_again_ever_more_seldom_and_stops_no_other(
    as_administrator, clock
):
    reached(as_administrator, is_quiet=False, mail="x@away.invalid", sms="+998901234567")
    owed()
    notices.remind(clock.stamp)

    tries = []
    for _ in range(len(PAUSES) * 2 + 4):
        for way in Way:
            post.send(way)(clock.stamp)
        waiting = Delivery.objects.get(way="mail")
        tries.append(waiting.tries)
        clock.later(minutes=1) if waiting.next_at is None else clock.later(
            seconds=max((waiting.next_at - clock.stamp.at).total_seconds(), 60)
        )

    assert tries == sorted(tries)
    assert states() == [("mail", "failed", 8, "away"), ("sms", "sent", 1, "")]


def test_what_is_refused_for_good_is_not_tried_again(as_administrator, clock):
    reached(as_administrator, mail="x@refused.invalid")
    owed()
    notices.remind(clock.stamp)

    for _ in range(3):
        post.send(Way.MAIL)(clock.later(days=1))

    assert states() == [("mail", "failed", 1, "refused")]


def test_one_bad_address_stops_nobody_else(as_administrator, clock, tmp_path):
    reached(as_administrator, mail="x@refused.invalid")
    other = account(as_administrator, name="y.executor")
    people.appoint(as_administrator, other.code, role=Role.EXECUTOR, body="digital")
    own = Stamp(other.code, NOON, frozenset({(Role.HOLDER, other.code)}))
    people.set_contacts(
        own, other.code, language="uz", is_quiet=True, ways={Way.MAIL: ("y@gov.uz", True)}
    )
    owed()
    notices.remind(clock.stamp)

    assert post.send(Way.MAIL)(clock.stamp) == 1
    assert [each["to"] for each in kept(tmp_path, "mail").values()] == ["y@gov.uz"]


def test_when_a_service_is_away_it_is_asked_once_for_all(as_administrator, clock, monkeypatch):
    asked = []

    class Away:
        def send(self, letter):
            asked.append(letter.number)
            raise post.WayAway

    monkeypatch.setitem(post.CHANNELS, Way.MAIL, Away)
    for n in range(4):
        made = account(as_administrator, name=f"x.{n}")
        people.appoint(as_administrator, made.code, role=Role.EXECUTOR, body="digital")
        own = Stamp(made.code, NOON, frozenset({(Role.HOLDER, made.code)}))
        people.set_contacts(
            own, made.code, language="uz", is_quiet=True, ways={Way.MAIL: (f"x{n}@gov.uz", True)}
        )
    owed()
    notices.remind(clock.stamp)

    assert post.send(Way.MAIL)(clock.stamp) == 0
    assert len(asked) == 1
    assert {state for _, state, _, _ in states()} == {"waiting"}


@pytest.mark.parametrize("step", ["parcel", "_handed", "settle"])
def test_wherever_the_process_dies_the_message_arrives_once(
    as_administrator, clock, tmp_path, monkeypatch, step
):
    reached(as_administrator, mail="x@gov.uz")
    owed()
    notices.remind(clock.stamp)

    def dies(*_args, **_told):
        raise KeyboardInterrupt

    monkeypatch.setattr(posting if step == "settle" else post, step, dies)
    with pytest.raises(KeyboardInterrupt):
        post.send(Way.MAIL)(clock.stamp)
    monkeypatch.setattr(posting if step == "settle" else post, step, BEFORE[step])
    at_once = post.send(Way.MAIL)(clock.stamp)
    later = post.send(Way.MAIL)(clock.later(minutes=11))
    again = post.send(Way.MAIL)(clock.later(days=1))

    assert (at_once, later, again) == (0, 1, 0)
    assert len(kept(tmp_path, "mail")) == 1
    assert states() == [("mail", "sent", 2, "")]


BEFORE = {"parcel": post.parcel, "_handed": post._handed, "settle": posting.settle}


def test_what_was_read_meanwhile_is_not_sent(as_administrator, clock, tmp_path):
    who = reached(as_administrator, mail="x@gov.uz")
    owed(2)
    notices.remind(clock.stamp)
    first = Notice.objects.first()
    notices.read(Stamp(who, NOON, frozenset({(Role.HOLDER, who)})), first.code)

    post.send(Way.MAIL)(clock.stamp)

    (mail,) = kept(tmp_path, "mail").values()
    assert mail["text"].count("/work/assignments/assignment-") == 1
    assert sorted(Delivery.objects.values_list("state", flat=True)) == [State.READ, State.SENT]


def test_an_address_that_was_taken_back_gets_nothing(as_administrator, clock):
    who = reached(as_administrator, mail="x@gov.uz")
    owed()
    notices.remind(clock.stamp)
    own = Stamp(who, NOON, frozenset({(Role.HOLDER, who)}))
    people.set_contacts(own, who, language="uz", is_quiet=True, ways={Way.MAIL: ("", False)})

    post.send(Way.MAIL)(clock.stamp)

    assert states() == [("mail", "failed", 1, "no-address")]


def test_what_failed_may_go_again_and_the_journal_knows_no_address(as_administrator, clock):
    who = reached(as_administrator, mail="x@refused.invalid")
    owed()
    notices.remind(clock.stamp)
    post.send(Way.MAIL)(clock.stamp)
    own = Stamp(who, NOON, frozenset({(Role.HOLDER, who)}))
    people.set_contacts(
        own, who, language="uz", is_quiet=True, ways={Way.MAIL: ("x@gov.uz", True)}
    )

    again = posting.retry(on(make.secretary(), DAY))
    sent = post.send(Way.MAIL)(clock.stamp)

    told = json.dumps(list(Entry.objects.values_list("facts", flat=True)))
    assert (again, sent) == (1, 1)
    assert "gov.uz" not in told


@given(st.sampled_from(sorted(KINDS)), st.sampled_from(["uz", "uz-cyrl", "ru", "en"]))
def test_every_sentence_has_its_gaps_filled_in_every_language(kind, language):
    facts = {
        "number": "2026/1", "due": "2026-03-02", "days": 3, "until": "2026-03-04",
        "count": 5, "overdue": 1,
        "starts": "2026-03-02T10:00:00+05:00",
    }  # fmt: skip
    for told in filter(None, (KINDS[kind].sentence, KINDS[kind].short)):
        said = say(told, gaps(facts), language)
        assert "{" not in said
        assert language == "en" or said != say(told, gaps(facts), "en") or told == "{number}"


@pytest.mark.parametrize("language", ["uz", "uz-cyrl", "ru", "en"])
@pytest.mark.parametrize("kind", [kind for kind, each in KINDS.items() if each.short])
def test_a_notice_fits_one_sms(settings, kind, language):
    settings.ADDRESS = "https://marra.gov.uz"
    facts = {"number": "2026/1234", "due": "2026-03-02", "days": 3}
    row = Notice(kind=kind, thing="assignment-1", facts=facts)
    found = Parcel("parcel-1", Way.SMS, "account-1", "+998901234567", language, (row,))

    text = post.written(found, make.secretary()).text

    assert sms_parts(text) == 1, (len(text), text)


@given(st.text(max_size=400))
def test_parts_of_an_sms_hold_its_text(text):
    plain = for_sms(text)
    parts = sms_parts(plain)

    room = 160 if parts == 1 else 153 * parts
    assert len(plain) <= room
    assert parts == 1 or len(plain.encode("utf-16-le")) > 2 * 67


def test_a_settled_message_is_not_settled_again(as_administrator, clock):
    reached(as_administrator, mail="x@gov.uz")
    owed()
    notices.remind(clock.stamp)
    (code,) = posting.claim(clock.stamp, way=Way.MAIL)
    posting.settle(clock.stamp, code, outcome=Outcome.SENT)

    assert parcel(code) is None
    with pytest.raises(posting.NothingNamed):
        posting.settle(clock.stamp, code, outcome=Outcome.AWAY)
