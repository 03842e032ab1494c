"""Whatever address somebody gives, we look only at public pages, and only within limits."""

import socket
import ssl
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marra.kit.errors import Refusal
from marra.links import outside, reach
from marra.links.outside import Limits, fetch
from marra.links.reach import Net, is_public, judged
from tests.links.hostile import GOOD, SITE, Site, net, site
from tests.links.post_office import certificate

QUICK = Limits(steps=5, seconds=1.0, most_bytes=1024 * 1024)
PRIVATE = (
    "127.0.0.1", "127.9.9.9", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254",
    "100.64.0.1", "0.0.0.0", "255.255.255.255", "224.0.0.1", "240.0.0.1", "192.0.2.1",
    "198.18.0.1", "192.88.99.1", "::1", "::", "::127.0.0.1", "::ffff:127.0.0.1",
    "::ffff:195.158.0.1", "fe80::1", "fe80::1%eth0", "fc00::1", "fd00:ec2::254", "fec0::1",
    "ff02::1", "64:ff9b::10.0.0.1", "64:ff9b::195.158.0.1", "64:ff9b:1::1", "2001::1",
    "2001:db8::1", "2002:7f00:1::1", "2002:c39e:1::1",
)  # fmt: skip


def leads_to(*addresses: str) -> Net:
    return Net(lambda _host, _port: addresses)


@pytest.fixture
def port():
    with site() as number:
        yield number


@pytest.mark.parametrize("address", PRIVATE)
def test_a_name_that_leads_to_a_private_address_is_refused(address):
    assert not is_public(address)
    with pytest.raises(reach.PrivateAddress):
        fetch(f"https://{SITE}/", net=leads_to(address))


@pytest.mark.parametrize("address", ["195.158.0.1", "84.54.64.10", "2a00:1450:4001::1"])
def test_public_addresses_are_judged_public(address):
    assert judged(f"https://{SITE}/", leads_to(address)).peers == (address,)


def test_one_private_address_among_public_ones_is_enough_to_refuse():
    with pytest.raises(reach.PrivateAddress):
        judged(f"https://{SITE}/", leads_to("195.158.0.1", "10.0.0.1"))


@pytest.mark.parametrize(
    "address",
    [
        "http://127.1/", "http://2130706433/", "http://0x7f000001/", "http://017700000001/",
        "http://localhost/", "http://[::1]/", "http://[::ffff:7f00:1]/",
    ],
)  # fmt: skip
def test_other_ways_to_write_this_machine_are_refused_by_the_real_resolver(address):
    with pytest.raises((reach.PrivateAddress, reach.NoSuchName)):
        judged(address)


@pytest.mark.parametrize(
    "address",
    [
        "", "xizmat.uz", "ftp://xizmat.uz/", "file:///etc/passwd", "gopher://xizmat.uz/",
        "https://user:word@xizmat.uz/", "https://@xizmat.uz/", "https://xizmat.uz:8443/",
        "http://xizmat.uz:443/", "https:///path", "https://xizmat.uz\\@127.0.0.1/",
        "https://xizmat.uz/\r\nHost: 127.0.0.1", "https://xizmat uz/", "https://[::1/",
        "https://xizmat.uz:99999/", "javascript:alert(1)", "https://" + "a" * 3000,
        "https://" + "a" * 64 + ".uz/", "https://..uz/ў", "https://ў..uz/",
    ],
)  # fmt: skip
def test_what_is_no_plain_web_address_is_refused_before_anything_is_resolved(address):
    def resolve(_host, _port):
        raise AssertionError("asked for a name")

    with pytest.raises(reach.UnfitAddress) as refused:
        judged(address, Net(resolve))
    assert str(refused.value)


@given(st.text(max_size=40), st.sampled_from(["", "https://", "http://", "https://xizmat.uz/"]))
def test_whatever_is_written_is_judged_or_refused_in_words(text, before):
    try:
        found = judged(before + text, leads_to("195.158.0.1")).address
    except Refusal as refusal:
        found = refusal.code()

    assert found.isascii()
    assert found.startswith(("http://", "https://", "links."))


def test_a_page_comes_with_what_was_said_about_it(port):
    page = fetch(f"http://{SITE}:{port}/a?b=ў", net=net(port))

    assert (page.status, page.body, page.peer) == (200, GOOD, "127.0.0.1")
    assert page.header("Content-Type") == "text/html; charset=utf-8"
    assert (page.sent, page.protocol, page.steps) == (len(GOOD), "", ())
    assert Site.asked == [("/a?b=%D1%9E", f"{SITE}:{port}")]


def test_a_packed_page_is_unpacked_and_its_weight_is_what_was_sent(port):
    page = fetch(f"http://{SITE}:{port}/packed", net=net(port))

    assert page.body == GOOD * 10
    assert page.sent < len(page.body)


def test_redirects_are_followed_and_told(port):
    Site.pages["/old"] = (301, {"Location": f"//{SITE}:{port}/new"}, b"")

    page = fetch(f"http://{SITE}:{port}/old", net=net(port))

    assert page.address == f"http://{SITE}:{port}/new"
    assert [(each.address, each.status) for each in page.steps] == [
        (f"http://{SITE}:{port}/old", 301)
    ]


@pytest.mark.parametrize(
    ("location", "refusal"),
    [
        ("http://169.254.169.254/latest/meta-data/", reach.PrivateAddress),
        ("http://127.0.0.1/", reach.PrivateAddress),
        ("http://[::1]/", reach.PrivateAddress),
        ("http://user@195.158.0.1/", reach.UnfitAddress),
        ("http://195.158.0.1:22/", reach.UnfitAddress),
        ("file:///etc/passwd", reach.UnfitAddress),
        ("http://nowhere.example/", reach.NoSuchName),
    ],
)
def test_every_step_of_a_redirect_is_judged_anew(port, location, refusal):
    Site.pages["/on"] = (302, {"Location": location}, b"")

    def resolve(host, number):
        return net(port).resolve(host, number) if host == SITE else reach.resolved(host, number)

    with pytest.raises(refusal):
        fetch(f"http://{SITE}:{port}/on", net=Net(resolve, net(port).also))


def test_a_port_that_is_not_the_webs_is_refused_after_a_redirect_too(port):
    with site() as other:
        Site.pages["/on"] = (302, {"Location": f"http://{SITE}:{other}/"}, b"")

        with pytest.raises(reach.UnfitAddress):
            fetch(f"http://{SITE}:{port}/on", net=net(port))


def test_a_name_that_answers_otherwise_the_second_time_is_asked_once(port):
    answers = iter([["195.158.0.1"], ["127.0.0.1"]])
    tried = []

    def connect(address, timeout):
        tried.append(address)
        raise OSError

    rebinding = Net(lambda _host, _port: next(answers))
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(socket, "create_connection", connect)
        with pytest.raises(reach.NotReached):
            fetch("http://rebinding.example/", net=rebinding)

    assert tried == [("195.158.0.1", 80)]


def test_endless_redirects_end(port):
    with pytest.raises(outside.TooManySteps):
        fetch(f"http://{SITE}:{port}/endless", net=net(port))

    assert len(Site.asked) == 6


@pytest.mark.parametrize("path", ["huge", "bomb"])
def test_what_is_too_large_is_read_no_further(port, path):
    with pytest.raises(outside.TooLarge):
        fetch(f"http://{SITE}:{port}/{path}", net=net(port), limits=QUICK)


@pytest.mark.parametrize("path", ["slow", "drip"])
def test_what_is_too_slow_is_waited_for_no_longer(port, path):
    began = time.monotonic()

    with pytest.raises(outside.TookTooLong):
        fetch(f"http://{SITE}:{port}/{path}", net=net(port), limits=QUICK)

    assert time.monotonic() - began < 3


def test_a_handshake_that_never_comes_is_waited_for_no_longer():
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]

        with pytest.raises(outside.TookTooLong):
            fetch(f"https://{SITE}:{port}/", net=net(port), limits=QUICK)


def test_a_resolver_that_never_answers_is_waited_for_no_longer():
    def resolve(_host, _port):
        time.sleep(5)
        return []

    began = time.monotonic()
    with pytest.raises(reach.NoSuchName):
        fetch(f"https://{SITE}/", net=Net(resolve), limits=QUICK)

    assert time.monotonic() - began < 3


@pytest.mark.parametrize("path", ["garbage", "cut"])
def test_what_is_no_answer_is_refused_in_words(port, path):
    with pytest.raises(outside.NoAnswer):
        fetch(f"http://{SITE}:{port}/{path}", net=net(port), limits=QUICK)


def test_nobody_there_is_refused_in_words():
    with socket.create_server(("127.0.0.1", 0)) as closing:
        port = closing.getsockname()[1]

    with pytest.raises(reach.NotReached):
        fetch(f"http://{SITE}:{port}/", net=net(port), limits=QUICK)


def test_a_certificate_is_checked_for_the_name_that_was_asked_for(tmp_path):
    file = certificate(tmp_path)  # of 127.0.0.1
    with site(file) as port:
        itself = Net(lambda *_: ["127.0.0.1"], frozenset({("127.0.0.1", port)}))
        trusting = Net(itself.resolve, itself.also, net(port, trust=file).trust)

        page = fetch(f"https://127.0.0.1:{port}/", net=trusting)
        with pytest.raises(outside.CertificateRefused, match="self"):
            fetch(f"https://127.0.0.1:{port}/", net=itself)
        with pytest.raises(outside.CertificateRefused, match=SITE):
            fetch(f"https://{SITE}:{port}/", net=net(port, trust=file))

    assert page.protocol == "TLSv1.3"
    assert isinstance(trusting.trust(), ssl.SSLContext)
