"""Whether the code of a page is valid, fits a telephone, and says its languages truly.

What is read is the page as it was sent, by the parser that the HTML standard describes; its
errors are those of syntax. What else the standard asks for (which element may stand where) is
looked at only as far as the rules below say.

Source: HTML standard (WHATWG), 13.2 parsing; WCAG 2.2, 1.4.4, 1.4.10, 3.1.1; RFC 5646 (languages);
RFC 9110 (content coding). The length below which packing is not asked for is ours.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final
from xml.etree.ElementTree import Element  # nosec B405  a type; nothing is parsed by it

import html5lib

from marra.inventory.rules.page_checks.facts import (
    MOST_PLACES,
    Fetched,
    Found,
    bad,
    first,
    good,
    not_run,
)
from marra.inventory.rules.plain_language import language_of
from marra.kit.text import gettext_noop

LARGEST: Final = 1_000_000
"""Letters of a page that are parsed."""

SHORT: Final = 1400
TOO_LARGE = gettext_noop("The page has more than {most} letters, so its code was not looked at.")
SKIPPED: Final = frozenset(
    {"script", "style", "template", "nav", "header", "footer", "svg", "select", "head", "iframe"}
)
UNSEEN: Final = frozenset({"script", "style", "template", "head"})
_BLOCKS = """
    p li dt dd td th h1 h2 h3 h4 h5 h6 label legend button summary caption figcaption div section
    article main form fieldset blockquote body aside ul ol dl table tr tbody br hr pre
"""
BLOCKS: Final = frozenset(_BLOCKS.split())
NAMES: Final = {
    "uz": frozenset({"uz", "oʻz", "o'z", "oʻzbekcha", "o'zbekcha", "oʻzbek", "o'zbek", "ўз"})
    | {"o‘zbekcha", "o‘z", "o‘zbek", "ўзбекча", "ўзб", "uzb", "oʻzb", "o'zb", "o‘zb"},
    "ru": frozenset({"ru", "rus", "рус", "русский", "русский язык", "по-русски"}),
}
"""How links to another language are called."""


@dataclass(frozen=True, slots=True)
class Parsed:
    """A page with its tree and the errors met on the way."""

    tree: Element
    errors: tuple[tuple[int, int, str, str], ...]  # line, column, code, name

    def every(self, name: str) -> list[Element]:
        """The elements of a name, in their order."""
        return list(self.tree.iter(name))


def parsed(text: str) -> Parsed | None:
    """The tree of a page; None if it is too large to be parsed."""
    if len(text) > LARGEST:
        return None
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    tree = parser.parse(text)
    errors = tuple(
        (line, column, code, str((facts or {}).get("name", "")))
        for (line, column), code, facts in parser.errors[:10_000]
    )
    return Parsed(tree, errors)


def code(page: Parsed) -> Iterator[Found]:
    """What is found in the code of a page."""
    yield from _syntax(page)
    yield from _ids(page)
    titles = [(each.text or "").strip() for each in page.every("title")]
    yield (
        good(
            "valid.title", gettext_noop("The title is “{title}”."), "title", title=titles[0][:120]
        )
        if titles and titles[0]
        else bad("valid.title", gettext_noop("The page has no title. Give it one."), "title")
    )
    heads = sum(bool("".join(each.itertext()).strip()) for each in page.every("h1"))
    yield (
        good("valid.headings", gettext_noop("Main headings: {count}."), "h1", count=heads)
        if heads
        else bad(
            "valid.headings",
            gettext_noop("The page has no heading h1, by which many find their place."),
            "h1",
        )
    )
    yield _viewport(page)


def packing(page: Fetched) -> Found:
    """Whether the text was sent packed."""
    told = page.header("content-encoding").strip().lower()
    if told in {"gzip", "x-gzip", "br", "zstd", "deflate"}:
        sentence = gettext_noop("{sent} bytes were sent for {size}.")
        return good("light.packed", sentence, sent=page.sent, size=page.size)
    if page.size <= SHORT:
        return good("light.packed", gettext_noop("The page is too short to be packed."))
    return bad(
        "light.packed",
        gettext_noop("The page is sent as it is, {size} bytes. Let the server pack it (gzip)."),
        "Content-Encoding",
        size=page.size,
    )


def languages(page: Parsed, blocks: list[str]) -> Iterator[Found]:
    """What the page says of its language, and which others it leads to."""
    said = (page.tree.get("lang") or "").strip().lower()
    text = "\n".join(blocks)
    found = language_of(text[:20_000])
    yield (
        good(
            "languages.said", gettext_noop("The code says “{said}”."), "html lang", said=said[:20]
        )
        if said.replace("-", "").isalnum()
        else bad("languages.said", gettext_noop("The element html has no lang. Add it."), "html")
    )
    if not said or not found:
        yield not_run("languages.true", gettext_noop("There is no language to compare."))
    elif said.split("-")[0] == found.split("-")[0]:
        yield good("languages.true", gettext_noop("The text is in that language."), "html lang")
    else:
        yield bad(
            "languages.true",
            gettext_noop("The code says “{said}”, and the text is “{found}”. Correct lang."),
            "html lang",
            said=said[:20],
            found=found,
        )
    led = _led_to(page)
    for rule, language in (("languages.uzbek", "uz"), ("languages.russian", "ru")):
        yield _is_there(rule, language, found, led)


def _is_there(rule: str, language: str, found: str, led: dict[str, str]) -> Found:
    if found.split("-")[0] == language:
        return good(rule, gettext_noop("This page is in it."))
    if language in led:
        return good(rule, gettext_noop("The page leads to it."), led[language][:500])
    return bad(
        rule,
        gettext_noop("No link to it was found on the page. Add one with hreflang and lang."),
        "a hreflang",
    )


def _led_to(page: Parsed) -> dict[str, str]:
    """Languages that links lead to, each with a link that does."""
    led: dict[str, str] = {}
    links = [*page.every("link"), *page.every("a"), *page.every("button"), *page.every("option")]
    for each in links:
        marks = (each.get("hreflang"), each.get("lang"))
        told = {str(mark).lower().split("-")[0] for mark in marks if mark}
        name = (
            " ".join("".join(each.itertext()).split()).lower()[:40] if each.tag != "link" else ""
        )
        for language, names in NAMES.items():
            if language in told or name in names:
                led.setdefault(language, each.get("href") or name)
    return led


def blocks(page: Parsed) -> list[str]:
    """The text a reader reads, block by block: of the main part, without menus and scripts."""
    mains = page.every("main")
    return _gathered(mains[0] if mains else page.tree, SKIPPED)


def every_text(page: Parsed) -> list[str]:
    """All text of the page that a browser would show, menus too."""
    return _gathered(page.tree, UNSEEN)


def _gathered(root: Element, skipped: frozenset[str]) -> list[str]:
    """Texts in their order, walked without recursion: pages may be as deep as they like."""
    found: list[str] = [""]
    waiting: list[tuple[str, Any]] = [("open", root)]
    while waiting:
        step, thing = waiting.pop()
        if step != "open":
            found[-1:] = [found[-1] + thing] if step == "text" else [found[-1], ""]
            continue
        tag = thing.tag if isinstance(thing.tag, str) else "!"
        if tag in skipped or tag == "!" or thing.get("hidden") is not None:
            continue
        if tag in BLOCKS:
            found.append("")
            waiting.append(("end", thing))
        for child in reversed(list(thing)):
            waiting += [("text", child.tail or ""), ("open", child)]
        found[-1] += thing.text or ""
    return [told for each in found if (told := " ".join(each.split()))]


def _syntax(page: Parsed) -> Iterator[Found]:
    for number, (line, column, error, name) in enumerate(page.errors[:MOST_PLACES]):
        sentence = gettext_noop("Line {line}, column {column} breaks the syntax: {error}.")
        if not number and len(page.errors) > 1:
            sentence = gettext_noop(
                "Line {line}, column {column} breaks the syntax: {error}. Such places: {count}."
            )
        told = error.replace("-", " ") + (f" <{name[:40]}>" if name else "")
        facts = {"line": line, "column": column, "count": len(page.errors)}
        yield bad("valid.syntax", sentence, f"{line}:{column}", error=told, **facts)
    if not page.errors:
        yield good("valid.syntax", gettext_noop("The parser of the standard meets no error."))


def _ids(page: Parsed) -> Iterator[Found]:
    counts = Counter(each.get("id") for each in page.tree.iter() if each.get("id"))
    twice = [str(each) for each, count in counts.items() if count > 1]
    for each in first(twice):
        told = gettext_noop("The id stands {count} times. Give each element its own.")
        yield bad("valid.ids", told, f"#{each}"[:500], count=counts[each])
    if not twice:
        yield good("valid.ids", gettext_noop("Ids: {count}, each once."), count=len(counts))


def _viewport(page: Parsed) -> Found:
    told = next(
        (e.get("content") or "" for e in page.every("meta") if e.get("name") == "viewport"), ""
    )
    said = {
        key.strip().lower(): value.strip().lower()
        for key, _, value in (part.partition("=") for part in told.replace(";", ",").split(","))
    }
    place = "meta name=viewport"
    if said.get("width") != "device-width":
        return bad(
            "phone.viewport",
            gettext_noop("The page is shown tiny on telephones. Add width=device-width."),
            place,
        )
    if said.get("user-scalable") in {"no", "0"} or _number(said.get("maximum-scale", "10")) < 2:
        return bad(
            "phone.viewport",
            gettext_noop("Readers cannot make the page larger. Take the limit of zoom away."),
            place,
        )
    return good("phone.viewport", gettext_noop("The page fits itself to the screen."), place)


def _number(written: str) -> float:
    try:
        return float(written)
    except ValueError:
        return 10.0
