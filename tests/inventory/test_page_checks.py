"""What a machine finds on a page: every rule says something, and each finding has its place."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marra.inventory.rules.page_checks import markup
from marra.inventory.rules.page_checks.facts import Barrier, Certificate, Facts, Fetched, Seen
from marra.inventory.rules.page_checks.judging import judge, passed
from marra.inventory.rules.page_checks.rules import BY_BROWSER, RULES
from marra.inventory.rules.standard import packaged

NOW = datetime(2026, 3, 2, 7, tzinfo=UTC)
WORDS = "Ariza berish uchun hujjat kerak emas. Faqat telefon raqamini yozing va kuting. " * 8
GOOD_PAGE = f"""<!doctype html><html lang="uz"><head><title>Nikoh guvohnomasi</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="alternate" hreflang="ru" href="/ru/"></head>
<body><nav><a href="/menyu">Menyu</a></nav><main><h1>Nikoh guvohnomasi</h1><p>{WORDS}</p></main>
</body></html>"""
GOOD_HEADERS = (
    ("content-type", "text/html; charset=utf-8"),
    ("content-encoding", "gzip"),
    ("strict-transport-security", "max-age=31536000; includeSubDomains"),
    ("content-security-policy", "default-src 'self'; frame-ancestors 'self'"),
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "same-origin"),
    ("set-cookie", "sessionid=1; Secure; HttpOnly; SameSite=Lax"),
)
PAGE = Fetched("https://xizmat.uz/", 200, GOOD_HEADERS, GOOD_PAGE, 700, len(GOOD_PAGE), ())
CERTIFICATE = Certificate(
    True, "", "Milliy markaz", ("xizmat.uz",), NOW - timedelta(90), NOW + timedelta(90), "TLSv1.3"
)
SEEN = Seen(360, 360, (), 4, 90_000, ("xizmat.uz", "static.xizmat.uz"), 110, (), "4.14.1", "140")
GOOD = Facts(NOW, PAGE, CERTIFICATE, "https://xizmat.uz/", SEEN)


def with_headers(**changed: str) -> Facts:
    names = {name.replace("_", "-"): value for name, value in changed.items()}
    kept = tuple((n, v) for n, v in GOOD_HEADERS if n not in names)
    more = tuple((name, value) for name, value in names.items() if value)
    return replace(GOOD, fetched=replace(PAGE, headers=kept + more))


def with_page(text: str) -> Facts:
    return replace(GOOD, fetched=replace(PAGE, text=text, size=len(text)))


def wrong(facts: Facts, rule: str) -> list[tuple[str, str]]:
    return [
        (each.place, each.sentence.format(**each.facts))
        for each in judge(facts)
        if each.rule == rule and each.passed is False
    ]


def test_a_good_page_passes_every_rule():
    assert passed(judge(GOOD)) == dict.fromkeys(RULES, True)


def test_every_rule_belongs_to_a_requirement_of_the_standard():
    assert packaged().by_check().keys() == RULES.keys()


def test_without_a_browser_its_rules_are_not_run_and_say_why():
    found = judge(replace(GOOD, seen=None, unseen="Chromium is not installed."))

    assert {each.rule for each in found if each.passed is None} == BY_BROWSER
    assert {each.sentence for each in found if each.passed is None} == {
        "Chromium is not installed."
    }


@pytest.mark.parametrize(
    ("headers", "rule"),
    [
        ({"strict_transport_security": ""}, "ciphered.hsts"),
        ({"strict_transport_security": "max-age=60"}, "ciphered.hsts"),
        ({"strict_transport_security": "max-age=" + "9" * 5000}, "ciphered.hsts"),
        ({"content_security_policy": ""}, "headers.policy"),
        ({"content_security_policy": "script-src *; frame-ancestors 'self'"}, "headers.policy"),
        ({"content_security_policy": "default-src 'self' 'unsafe-inline'"}, "headers.policy"),
        ({"content_security_policy": "default-src 'self'"}, "headers.framing"),
        ({"x_content_type_options": ""}, "headers.sniffing"),
        ({"referrer_policy": "unsafe-url"}, "headers.referrer"),
        ({"set_cookie": "sessionid=1; Secure; SameSite=Lax"}, "headers.cookies"),
        ({"set_cookie": "til=uz"}, "headers.cookies"),
        ({"content_encoding": ""}, None),
    ],
)
def test_a_header_that_fails_is_named_with_its_place(headers, rule):
    facts = with_headers(**headers)

    told = passed(judge(facts))

    failed = {name for name, value in told.items() if value is False}
    assert rule is None or rule in failed
    assert all(place for name in failed for place, _ in wrong(facts, name))


def test_a_policy_with_a_nonce_may_name_what_old_browsers_need():
    policy = "script-src 'nonce-abc' 'unsafe-inline'; frame-ancestors 'none'"

    assert passed(judge(with_headers(content_security_policy=policy)))["headers.policy"]


@pytest.mark.parametrize(
    ("certificate", "rule"),
    [
        ({"stands": False, "reason": "certificate has expired"}, "ciphered.certificate"),
        ({"not_after": NOW + timedelta(13)}, "ciphered.expiry"),
        ({"protocol": "TLSv1.1"}, "ciphered.version"),
    ],
)
def test_a_weak_certificate_fails_its_rule_alone(certificate, rule):
    told = passed(judge(replace(GOOD, certificate=replace(CERTIFICATE, **certificate))))

    assert [name for name, value in told.items() if value is False] == [rule]


def test_a_page_in_the_clear_is_told():
    facts = replace(
        GOOD, fetched=replace(PAGE, address="http://xizmat.uz/"), certificate=None, plain=None
    )

    told = passed(judge(facts))

    assert told["ciphered.https"] is False
    assert told["ciphered.certificate"] is None
    assert passed(judge(replace(GOOD, plain="")))["ciphered.redirect"] is True
    assert passed(judge(replace(GOOD, plain="http://xizmat.uz/")))["ciphered.redirect"] is False


@pytest.mark.parametrize(
    ("before", "after", "rule", "place"),
    [
        ("<main>", "<main><p><b>x</p></b>", "valid.syntax", "4:"),
        ("<h1>", '<i id="a"></i><b id="a"></b><h1>', "valid.ids", "#a"),
        ("<title>Nikoh guvohnomasi</title>", "", "valid.title", "title"),
        ("h1>", "h2>", "valid.headings", "h1"),
        ("width=device-width, ", "", "phone.viewport", "meta"),
        ("initial-scale=1", "user-scalable=no", "phone.viewport", "meta"),
        ("initial-scale=1", "maximum-scale=1.0", "phone.viewport", "meta"),
        (' lang="uz"', "", "languages.said", "html"),
        (' lang="uz"', ' lang="ru"', "languages.true", "html lang"),
        ('hreflang="ru"', "", "languages.russian", "a hreflang"),
    ],
)
def test_a_fault_in_the_code_is_found_where_it_is(before, after, rule, place):
    facts = with_page(GOOD_PAGE.replace(before, after))

    found = wrong(facts, rule)

    assert found
    assert found[0][0].startswith(place)


def test_another_language_is_found_by_the_name_of_its_link():
    page = GOOD_PAGE.replace('hreflang="ru"', "").replace("</nav>", '<a href="/r">Рус</a></nav>')

    assert passed(judge(with_page(page)))["languages.russian"] is True


def test_office_language_is_found_with_what_to_write_instead():
    page = GOOD_PAGE.replace("</p>", " Mazkur ariza belgilangan tartibda taqdim etiladi.</p>")

    found = wrong(with_page(page), "text.office-words")

    assert {place for place, _ in found} == {"Mazkur ariza belgilangan tartibda taqdim etiladi."}
    assert "Instead of “mazkur” write: bu, shu." in {told for _, told in found}


def test_too_little_text_is_left_to_people():
    page = GOOD_PAGE.replace(WORDS, "Kiring va yuboring.")

    assert passed(judge(with_page(page)))["text.sentences"] is None


@pytest.mark.parametrize(
    ("changed", "rule", "place"),
    [
        ({"needed": 412, "wide": ("table.narx",)}, "phone.width", "table.narx"),
        ({"sent": 1_000_001}, "light.bytes", ""),
        ({"requests": 51}, "light.requests", ""),
        ({"hosts": ("xizmat.uz", "cdn.example.com")}, "parties.hosts", "cdn.example.com"),
        ({"words": 1000}, "bare.text", ""),
    ],
)
def test_what_a_browser_shows_is_judged(changed, rule, place):
    facts = replace(GOOD, seen=replace(SEEN, **changed))

    assert [found[0] for found in wrong(facts, rule)] == [place]


def test_a_barrier_is_told_in_words_with_its_place():
    barriers = (
        Barrier("color-contrast", "Elements must…", "serious", ("p.xira", "a.xira"), 2),
        Barrier("some-new-rule", "Something new", "minor", ("div",), 1),
    )

    found = wrong(replace(GOOD, seen=replace(SEEN, barriers=barriers)), "accessible.axe")

    assert found[0] == (
        "p.xira; a.xira",
        "Letters are too pale on their ground. Make the contrast 4.5 to 1. Places: 2.",
    )
    assert "Something new" in found[1][1]


def test_an_error_of_the_server_is_no_page():
    told = passed(judge(replace(GOOD, fetched=replace(PAGE, status=503), seen=None)))

    assert told["valid.syntax"] is False
    assert told["text.sentences"] is None


def test_a_page_too_large_to_parse_says_so():
    told = passed(judge(with_page("<!doctype html>" + "x" * markup.LARGEST)))

    assert told["valid.syntax"] is None
    assert told["headers.policy"] is True


def test_a_page_thousands_of_elements_deep_is_read():
    page = GOOD_PAGE.replace("<p>", "<div>" * 3_000 + "<p>", 1)

    assert passed(judge(with_page(page)))["text.sentences"] is True


@given(st.text(st.sampled_from("<>/=\"' abhtmlpdivscript!-&;#1"), max_size=300))
def test_whatever_is_sent_every_rule_says_something(text):
    found = judge(with_page(text))

    assert {each.rule for each in found} == RULES.keys()
    assert all(each.sentence.format(**each.facts) for each in found)
    assert all(len(each.place) <= 500 and len(each.sentence) <= 500 for each in found)
