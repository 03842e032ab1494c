"""How somebody wants to be told: addresses are checked, kept, forgotten, and one's own."""

import pytest
from django.test import Client

from marra.people.models import ContactWay, Wishes
from marra.people.rules.rights import Role
from tests.web.test_assignments import signed_in

pytestmark = pytest.mark.django_db

ADDRESS = "/en/account/notices/"
GOOD = {"language": "ru", "quiet": "on", "mail": "a.karimov@gov.uz", "mail_on": "on"}


@pytest.fixture
def reader(as_administrator):
    return signed_in(as_administrator, "ijrochi", Role.EXECUTOR, "digital")


def test_ways_are_kept_in_one_form_and_forgotten_when_emptied(reader):
    kept = reader.post(ADDRESS, {**GOOD, "sms": "90 123-45-67"}, follow=True).content.decode()
    before = set(ContactWay.objects.values_list("way", "address", "is_on"))
    reader.post(ADDRESS, {**GOOD, "mail": "", "mail_on": ""})

    assert 'value="+998901234567"' in kept
    assert before == {("mail", "a.karimov@gov.uz", True), ("sms", "+998901234567", False)}
    assert not ContactWay.objects.exists()
    assert Wishes.objects.values_list("language", "is_quiet").get() == ("ru", True)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"mail": "a.karimov"}, "is no mail address"),
        ({"telegram": "@karimov"}, "is no number of a Telegram chat"),
        ({"sms": "+998 90 123"}, "is no telephone number"),
        ({"sms_on": "on"}, "Write the address that this way leads to"),
        ({"language": "de"}, "de is not one of the available choices"),
    ],
)
def test_what_is_wrong_stands_beside_its_field_and_nothing_is_lost(reader, wrong, said):
    answer = reader.post(ADDRESS, {**GOOD, **wrong})
    page = answer.content.decode()

    assert answer.status_code == 422
    assert said in page
    assert 'value="a.karimov' in page
    assert not ContactWay.objects.exists()


def test_the_short_address_leads_to_the_notices(reader):
    answer = reader.get("/n", follow=True)

    assert answer.redirect_chain[-1][0].endswith("/inbox/")
    assert Client().get(ADDRESS).status_code == 302
