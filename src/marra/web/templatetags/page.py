"""Tags and filters of all pages: assets, numbers, dates, ranks, names, parts.

Source: ours.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from functools import cache
from typing import Final

from django import template
from django.template import Context, Engine, Template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from marra.kit.places import place
from marra.kit.text import Text
from marra.web import assets, formats, layout
from marra.web.charts.cells import Shown, shown
from marra.web.charts.chart import Table

register = template.Library()

register.simple_tag(assets.asset, name="asset")


@register.filter
def number(value: float | None, digits: int = 0) -> str:
    """`{{ 0.79990|number:4 }}` writes 0,7999."""
    return formats.number(value, digits)


@register.filter
def plain(value: float | None) -> str:
    """`{{ 0.7999|plain }}` writes 0,7999: the digits that are there and no more."""
    return formats.NOTHING if value is None else formats.plain(value)


@register.filter
def signed(value: float | None, digits: int = 0) -> str:
    """`{{ 0.0208|signed:4 }}` writes +0,0208."""
    return formats.signed(value, digits)


_KEPT_TOGETHER: Final = (
    (re.compile(r"(?<=\d)-(?=\w)"), "\N{NON-BREAKING HYPHEN}"),
    (re.compile(r"(?<=\d)–(?=\d)"), "\N{WORD JOINER}–\N{WORD JOINER}"),
    (re.compile(r"(?<=\d) (?=[%→])|(?<=→) (?=\d)"), "\N{NO-BREAK SPACE}"),
)


@register.filter
def whole(sentence: str) -> str:
    """A heading in which no line ends inside 30-oʻrin, 50–75, 35 % or 59 → 40.

    >>> whole("30-oʻringacha") == "30\N{NON-BREAKING HYPHEN}oʻringacha"
    True
    >>> whole("59 → 40, 35 %").count("\N{NO-BREAK SPACE}")
    3
    """
    for broken, joined in _KEPT_TOGETHER:
        sentence = broken.sub(joined, sentence)
    return sentence


@register.filter
def rank(value: int | None) -> str:
    """`{{ 63|rank }}` writes 63-oʻrin in Uzbek."""
    if value is None:
        return formats.NOTHING
    return gettext("place %(rank)s") % {"rank": value}


@register.filter
def day(value: date) -> SafeString:
    """A date for people and for machines."""
    return format_html('<time datetime="{}">{}</time>', value.isoformat(), formats.day(value))


@register.filter
def moment(value: datetime) -> SafeString:
    """A moment for people and for machines."""
    written = formats.moment(value)
    return format_html('<time datetime="{}">{}</time>', value.isoformat(), written)


@register.filter
def day_of(value: datetime) -> SafeString:
    """The day of a moment, in national time."""
    return day(value.astimezone(formats.NATIONAL_TIME).date())


@register.filter
def said(word: str) -> str:
    """A word that a rule has marked, in the page's language."""
    return gettext(word)


@register.filter
def told(text: str) -> SafeString:
    """A sentence out of a file, in the page's language; what stands in backticks is code."""
    pieces = gettext(text).split("`") if text else []
    return format_html_join(
        "",
        "{}",
        ((format_html("<code>{}</code>", p) if at % 2 else p,) for at, p in enumerate(pieces)),
    )


@register.filter
def of(names: Mapping[str, str], code: str) -> str:
    """The name that stands for a code; the code in words where nothing stands for it."""
    return names.get(code) or gettext(code)


@register.filter
def cited(source: str) -> str:
    """Publishers and titles of the packaged sources in the page's language; others as written."""
    told = [
        ": ".join(gettext(word) for word in each.split(": ") if word)
        for each in source.split("; ")
    ]
    return "; ".join(told)


@register.filter
def with_code(words: str) -> SafeString:
    """What stands between backticks as code; everything is escaped first."""
    drawn = [
        format_html("<code>{}</code>" if at % 2 else "{}", part)
        for at, part in enumerate(str(words).split("`"))
    ]
    return format_html_join("", "{}", ((each,) for each in drawn))


@register.filter
def place_name(code: str) -> str:
    """`{{ "UZB"|place_name }}` writes the country's name in the page's language."""
    return place(code).name.into(layout.language())


@register.filter
def into(text: Text) -> str:
    """A text that carries its own languages, in the page's language."""
    return text.into(layout.language())


@register.simple_tag
def part(name: str, **parameters: object) -> SafeString:
    """Draw a part: `{% part "notice" kind="done" text=... %}`. It sees its parameters alone."""
    return part_with(name, parameters)


@register.simple_tag
def part_with(name: str, parameters: Mapping[str, object]) -> SafeString:
    """Draw a part with parameters that are at hand as a mapping."""
    return _part(name).render(Context(dict(parameters)))


@cache
def _part(name: str) -> Template:
    return Engine.get_default().get_template(f"{name}/{name}.html")


@register.simple_tag(takes_context=True)
def with_query(context: Context, **changes: object) -> str:
    """This page's address with some of its query changed; an empty value takes the key away."""
    query = context["request"].GET.copy()
    for key, value in changes.items():
        query.pop(key, None)
        if value not in (None, ""):
            query[key] = value
    written = query.urlencode()
    return f"?{written}" if written else context["request"].path


@register.filter
def cells(table: Table) -> Iterator[list[Shown]]:
    """The rows of a chart's table, written for reading."""
    return shown(table)
