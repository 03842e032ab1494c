"""Judge what was fetched of an address: every rule says something, if only that it was not run.

Source: ours.
"""

from collections.abc import Iterable, Iterator

from marra.inventory.rules.page_checks import markup, safety
from marra.inventory.rules.page_checks.facts import Facts, Fetched, Found, bad, not_run
from marra.inventory.rules.page_checks.rules import BY_BROWSER, RULES
from marra.inventory.rules.page_checks.shown import shown
from marra.inventory.rules.page_checks.wording import wording
from marra.inventory.rules.plain_language import words
from marra.kit.text import gettext_noop

NOT_OK = gettext_noop("The server answers {status} instead of the page.")
NO_HTML = gettext_noop("What stands there is “{kind}” and no page.")


def judge(facts: Facts) -> tuple[Found, ...]:
    """Every finding of every rule, in the order of the rules.

    >>> from datetime import UTC, datetime
    >>> found = judge(Facts(datetime(2026, 3, 2, tzinfo=UTC)))
    >>> {each.rule for each in found} == set(RULES), {each.passed for each in found}
    (True, {None})
    """
    found = [*safety.connection(facts)]
    if facts.fetched is not None:
        found += _page(facts.fetched, facts)
    told = {each.rule for each in found}
    for rule in RULES:
        if rule not in told:
            found.append(_missing(rule, facts))
    order = {rule: number for number, rule in enumerate(RULES)}
    return tuple(sorted(found, key=lambda each: order[each.rule]))


def passed(found: Iterable[Found]) -> dict[str, bool | None]:
    """What each rule says in the end: kept, not kept, or not run.

    >>> passed([not_run("phone.width", ""), bad("valid.ids", "")])
    {'phone.width': None, 'valid.ids': False}
    """
    told: dict[str, bool | None] = {}
    for each in found:
        before = told.get(each.rule, each.passed)
        told[each.rule] = False if False in (before, each.passed) else each.passed
    return told


def _page(page: Fetched, facts: Facts) -> Iterator[Found]:
    yield from safety.headers(page)
    kind = page.header("content-type").split(";")[0].strip().lower()
    if page.status >= 400 or (kind and "html" not in kind):
        sentence, told = (NOT_OK, page.status) if page.status >= 400 else (NO_HTML, kind[:60])
        name = "status" if page.status >= 400 else "kind"
        yield bad("valid.syntax", sentence, page.address[:500], **{name: told})
        return
    tree = markup.parsed(page.text)
    yield markup.packing(page)
    if tree is None:
        for rule in RULES:
            if rule.startswith(("valid.", "languages.", "text.")) or rule == "phone.viewport":
                yield not_run(rule, markup.TOO_LARGE, most=markup.LARGEST)
        return
    blocks = markup.blocks(tree)
    yield from markup.code(tree)
    yield from markup.languages(tree, blocks)
    yield from wording(blocks)
    if facts.seen is not None:
        count = sum(len(words(each)) for each in markup.every_text(tree))
        yield from shown(facts.seen, page.address, count)


def _missing(rule: str, facts: Facts) -> Found:
    if rule in BY_BROWSER and facts.unseen:
        return not_run(rule, facts.unseen)
    return not_run(rule, safety.NO_PAGE)
