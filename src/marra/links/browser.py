"""A page as a browser shows it on a narrow telephone: width, weight, words, barriers.

What is measured is measured from a world of its own beside the page's, so a page cannot change
what we ask with; it can still show us another face than it shows to others.

Source: ours; axe-core for barriers (MPL 2.0, packaged unchanged in `axe/`).
"""

import json
from collections.abc import Mapping
from time import monotonic
from typing import Any, Final

from marra.inventory.rules.page_checks.facts import Barrier, Seen
from marra.inventory.rules.page_checks.safety import host_of
from marra.links.chromium import Browser, BrowserFailed, NotShown, axe, chromium
from marra.links.reach import NET, Net
from marra.links.relay import Relay

WIDTH: Final = 360
HEIGHT: Final = 740
SECONDS: Final = 75.0
LOADING: Final = 30.0
QUIET: Final = 1.5
"""Seconds without news after which a page is taken to have loaded."""

TAGS: Final = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa")

MEASURE: Final = """(() => {
  const named = (e) => {
    const told = e.id ? '#' + e.id : [...e.classList].slice(0, 2).map((c) => '.' + c).join('');
    return (e.tagName.toLowerCase() + told).slice(0, 120);
  };
  const inside = (e) => {
    for (let up = e.parentElement; up; up = up.parentElement)
      if (up !== document.documentElement && up !== document.body
          && getComputedStyle(up).overflowX !== 'visible') return true;
    return false;
  };
  const width = WIDTH, wide = [];
  for (const e of [...document.querySelectorAll('body *')].slice(0, 20000)) {
    const box = e.getBoundingClientRect();
    if (box.width && box.right > width + 1 && wide.length < 10 && !inside(e)) wide.push(named(e));
  }
  const text = (document.body ? document.body.innerText : '').slice(0, 1000000);
  const words = (text.match(/\\p{L}[\\p{L}\\p{M}\\p{N}'’ʻʼ‘`-]*/gu) || []).length;
  return JSON.stringify({
    needed: document.documentElement.scrollWidth, wide, words, scheme: location.protocol
  });
})()"""

BARRIERS: Final = """axe.run(document, {
  runOnly: {type: 'tag', values: TAGS}, iframes: false, resultTypes: ['violations']
}).then((found) => JSON.stringify({version: axe.version, found: found.violations.map((each) => ({
  rule: each.id, help: each.help, impact: each.impact || '', count: each.nodes.length,
  places: each.nodes.slice(0, 5).map((node) => node.target.flat().join(' ').slice(0, 120))
}))}))"""


def see(address: str, net: Net = NET, *, seconds: float = SECONDS) -> Seen:
    """What a browser shows at an address.

    Refuses with `NoBrowser`, `NoSandbox`, `NotShown` or `BrowserFailed`.
    """
    with Relay(net) as relay, chromium(relay.address, seconds=seconds) as browser:
        product = str(browser.ask("Browser.getVersion")["product"])
        session, frame = _opened(browser, address)
        _loaded(browser)
        world = browser.ask("Page.createIsolatedWorld", session, frameId=frame)
        context = int(world["executionContextId"])
        measured = _told(browser, session, context, MEASURE.replace("WIDTH", str(WIDTH)))
        if measured["scheme"] not in {"http:", "https:"}:
            raise NotShown  # it has left for where it may not go
        barriers = _barriers(browser, session, context)
        return _seen(browser.events, measured, barriers, product)


def _opened(browser: Browser, address: str) -> tuple[str, str]:
    """A page of its own as wide as a telephone, on its way to the address."""
    browser.ask("Browser.setDownloadBehavior", behavior="deny")
    target = browser.ask("Target.createTarget", url="about:blank")["targetId"]
    session = str(browser.ask("Target.attachToTarget", targetId=target, flatten=True)["sessionId"])
    for domain in ("Page", "Network"):
        browser.ask(f"{domain}.enable", session)
    browser.ask(
        "Emulation.setDeviceMetricsOverride",
        session,
        width=WIDTH,
        height=HEIGHT,
        deviceScaleFactor=2,
        mobile=True,
    )
    told = browser.ask("Page.navigate", session, url=address)
    if told.get("errorText"):
        raise NotShown
    return session, str(told["frameId"])


def _loaded(browser: Browser) -> None:
    """Wait until the page has loaded and no more comes, or the time for it is over."""
    until = monotonic() + LOADING
    while monotonic() < until:
        heard = browser.listen(QUIET)
        _close_dialogs(browser)
        has_loaded = any(e.get("method") == "Page.loadEventFired" for e in browser.events)
        if has_loaded and not heard:
            return


def _close_dialogs(browser: Browser) -> None:
    """A page that asks something waits for ever; nobody is there to answer."""
    last = browser.events[-1] if browser.events else {}
    if last.get("method") == "Page.javascriptDialogOpening":
        browser.ask("Page.handleJavaScriptDialog", str(last["sessionId"]), accept=False)


def _told(browser: Browser, session: str, context: int, expression: str) -> dict[str, Any]:
    """What a small program of ours finds in the page."""
    answer = browser.ask(
        "Runtime.evaluate",
        session,
        expression=expression,
        contextId=context,
        awaitPromise=True,
        returnByValue=True,
    )
    value = answer.get("result", {}).get("value")
    if not isinstance(value, str):
        raise BrowserFailed
    found: dict[str, Any] = json.loads(value)
    return found


def _barriers(browser: Browser, session: str, context: int) -> Mapping[str, Any] | None:
    """What axe-core finds; None if it was not packaged."""
    source = axe()
    if not source:
        return None
    browser.ask(
        "Runtime.evaluate", session, expression=f"{source};0", contextId=context, silent=True
    )
    return _told(browser, session, context, BARRIERS.replace("TAGS", json.dumps(TAGS)))


def _seen(
    events: list[dict[str, Any]],
    measured: Mapping[str, Any],
    barriers: Mapping[str, Any] | None,
    product: str,
) -> Seen:
    told = [(each.get("method"), each.get("params", {})) for each in events]
    asked = [
        str(facts["request"]["url"])
        for method, facts in told
        if method == "Network.requestWillBeSent"
    ]
    outside = [each for each in asked if each.startswith(("http://", "https://"))]
    sent = sum(
        float(facts["encodedDataLength"])
        for method, facts in told
        if method == "Network.loadingFinished"
    )
    return Seen(
        width=WIDTH,
        needed=int(measured["needed"]),
        wide=tuple(map(str, measured["wide"])),
        requests=len(outside),
        sent=int(sent),
        hosts=tuple(sorted({host_of(each) for each in outside})),
        words=int(measured["words"]),
        barriers=tuple(
            Barrier(
                str(each["rule"]),
                str(each["help"])[:200],
                str(each["impact"]),
                tuple(map(str, each["places"])),
                int(each["count"]),
            )
            for each in (barriers["found"] if barriers else ())
        ),
        axe=str(barriers["version"]) if barriers else "",
        browser=product,
    )
