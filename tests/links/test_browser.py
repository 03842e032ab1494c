"""A browser looks at a page for us, and a hostile page gets nothing by it."""

import os
import time
from pathlib import Path

import pytest

from marra.inventory.rules.page_checks.judging import judge, passed
from marra.links import chromium
from marra.links.browser import see
from marra.links.pages import gather
from marra.links.reach import Net, PrivateAddress
from tests.conftest import NOON
from tests.links.hostile import SITE, Site, net, site
from tests.links.post_office import certificate
from tests.web.chromium import CHROMIUM

pytestmark = [pytest.mark.browser, pytest.mark.once]
HEAD = (
    '<!doctype html><html lang="uz"><head><title>Xizmat</title>'
    '<meta name="viewport" content="width=device-width"></head><body><h1>Xizmat</h1>'
)


@pytest.fixture(autouse=True)
def browser(settings):
    if not CHROMIUM.exists():
        pytest.skip(f"{CHROMIUM} is not there: apt-get install chromium")
    if not chromium.axe():
        pytest.skip("axe-core was not built: python hatch_build.py")
    settings.CHROMIUM, settings.CHROMIUM_SANDBOX = str(CHROMIUM), False


@pytest.fixture
def port():
    with site() as number:
        yield number


def seen(port: int, body: str, **options: float):
    Site.pages["/page"] = (200, {}, f"{HEAD}{body}</body></html>".encode())
    return see(f"http://{SITE}:{port}/page", net(port), **options)


def test_width_words_weight_and_barriers_are_seen_as_a_reader_has_them(port):
    found = seen(
        port,
        "<p style='color:#bbb'>Xira matn</p><div id='keng' style='width:500px'>x</div>"
        "<script>document.body.append(' yana besh soʻz shu yerda')</script>",
    )

    assert (found.width, found.needed, found.wide) == (360, 508, ("div#keng",))
    assert found.words == 9
    assert [(each.rule, each.places, each.count) for each in found.barriers] == [
        ("color-contrast", ("p",), 1)
    ]
    assert found.hosts == (SITE,)
    assert 200 < found.sent < 5000
    assert found.axe.startswith("4.")


def test_what_scrolls_inside_a_box_of_its_own_is_not_wide(port):
    found = seen(
        port, "<div tabindex=0 style='overflow-x:auto'><table style='width:900px'></table></div>"
    )

    assert (found.needed, found.wide) == (360, ())


def test_a_page_cannot_lead_the_browser_to_this_machine(port):
    with site() as inside:
        inner = f"127.0.0.1:{inside}"
        found = seen(
            port,
            f"<img src='http://{inner}/a.png'><iframe src='http://{inner}/b'></iframe>"
            f"<script src='http://localhost:{inside}/c.js'></script>"
            f"<script>fetch('http://{inner}/d').catch(()=>0); new WebSocket('ws://{inner}/e');"
            f"navigator.sendBeacon('http://{inner}/f'); window.open('http://{inner}/g')</script>",
        )
        asked = [path for path, host in Site.asked if host != f"{SITE}:{port}"]

    assert asked == []
    assert "127.0.0.1" in found.hosts


def test_a_page_that_leaves_for_a_private_address_is_not_followed(port):
    with site() as inside:
        with pytest.raises(chromium.NotShown):
            seen(port, f"<script>location = 'http://127.0.0.1:{inside}/secret'</script>")

        assert "/secret" not in {path for path, _ in Site.asked}


@pytest.mark.parametrize(
    "body",
    [
        "<script>for (;;) {}</script>",
        "<script>setTimeout(() => { for (;;) {} }, 50)</script>",
    ],
)
def test_a_page_that_never_rests_is_left(port, body):
    began = time.monotonic()

    with pytest.raises(chromium.BrowserFailed):
        seen(port, body, seconds=6)

    assert time.monotonic() - began < 15


def test_a_page_that_asks_without_end_is_answered_and_measured(port):
    found = seen(port, "<script>alert(1); confirm(2); prompt(3)</script><p>Matn</p>", seconds=30)

    assert found.words == 2


def test_a_page_cannot_change_what_we_measure_with(port):
    found = seen(
        port,
        "<script>JSON.stringify = () => 'x'; Array.prototype.slice = () => [];"
        "window.axe = {run: () => Promise.resolve({violations: []})};"
        "document.querySelectorAll = () => []</script><img src=x>",
    )

    assert [each.rule for each in found.barriers] == ["image-alt"]


def test_a_page_that_is_not_there_is_told(port):
    with pytest.raises(chromium.NotShown):
        see("http://nowhere.example/", net(port))


def test_no_process_and_no_file_is_left_behind(port, tmp_path, monkeypatch):
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", None)

    stale, fresh = tmp_path / "marra-look-killed", tmp_path / "marra-look-at-work"
    for each in (stale, fresh):
        each.mkdir()
    os.utime(stale, (0, 0))

    seen(port, "<p>Matn</p>")

    assert list(tmp_path.iterdir()) == [fresh]
    left = [each for each in Path("/proc").glob("[0-9]*/cmdline") if str(tmp_path) in _line(each)]
    assert left == []


def _line(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8", "replace")
    except OSError:
        return ""


def test_without_a_browser_the_other_rules_are_judged_all_the_same(port, settings):
    settings.CHROMIUM = "/nowhere/chromium"

    found = judge(gather(f"http://{SITE}:{port}/", NOON, net(port)))

    told = passed(found)
    assert told["valid.title"] is True
    assert told["phone.width"] is None
    assert {e.sentence for e in found if e.rule == "phone.width"} == {chromium.NoBrowser.sentence}


@pytest.mark.skipif(os.geteuid() != 0, reason="only root lacks the sandbox")
def test_root_without_a_sandbox_is_not_a_place_to_look_from(port, settings):
    settings.CHROMIUM_SANDBOX = True

    with pytest.raises(chromium.NoSandbox):
        seen(port, "")


def test_a_private_address_is_refused_before_a_browser_is_started(port):
    with pytest.raises(PrivateAddress):
        gather("http://127.0.0.1/", NOON, Net())


def test_a_certificate_that_does_not_stand_is_told_and_nothing_else_is_guessed(tmp_path):
    file = certificate(tmp_path)
    with site(file) as port:
        good = passed(judge(gather(f"https://127.0.0.1:{port}/", NOON, _at(port, trust=file))))
        found = judge(gather(f"https://127.0.0.1:{port}/", NOON, _at(port)))

    bad = [each for each in found if each.rule == "ciphered.certificate"]
    assert good["ciphered.certificate"] is True
    assert good["phone.width"] is None  # the browser does not trust it
    assert [each.passed for each in bad] == [False]
    assert "self" in str(bad[0].facts["reason"])
    assert passed(found)["valid.syntax"] is None


def _at(port: int, trust: Path | None = None) -> Net:
    return net(port, host="127.0.0.1", trust=trust)
