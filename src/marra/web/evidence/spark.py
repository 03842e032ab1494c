"""Sparklines: the trend of an indicator as a word-sized picture, one line for each basis.

Lines of two bases are never joined. The picture stands beside the same facts in words, so those
who do not see it lose nothing; its title says where it begins and where it ends.

Source: ours; E. Tufte, Beautiful Evidence, for word-sized graphics.
"""

from collections.abc import Sequence
from typing import Final

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from marra.evidence.rules.indicators import Indicator
from marra.evidence.rules.observations import Seen
from marra.web import formats
from marra.web.charts.scales import Scale
from marra.web.evidence import words

WIDTH: Final = 112
HEIGHT: Final = 28
EDGE: Final = 4


def spark(measured: Indicator, points: Sequence[Seen]) -> SafeString | str:
    """The picture; nothing for fewer than two values."""
    if len(points) < 2:
        return ""
    days = [each.day.toordinal() for each in points]
    values = [each.value for each in points]
    x = Scale(min(days), max(days), EDGE, WIDTH - EDGE)
    low, high = (min(values), max(values)) if measured.up else (max(values), min(values))
    y = Scale(low, high, HEIGHT - EDGE, EDGE)
    lines = []
    for basis in dict.fromkeys(each.basis for each in points):
        same = [each for each in points if each.basis == basis]
        spots = " ".join(f"{x(each.day.toordinal()):.1f},{y(each.value):.1f}" for each in same)
        kind = "now" if basis == points[-1].basis else "other"
        lines.append((kind, spots))
    last = (f"{x(days[-1]):.1f}", f"{y(values[-1]):.1f}")
    return format_html(
        '<svg class="spark" viewBox="0 0 {} {}" width="{}" height="{}" role="img">'
        '<title>{}</title>{}<circle cx="{}" cy="{}" r="3"/></svg>',
        WIDTH,
        HEIGHT,
        WIDTH,
        HEIGHT,
        _told(measured, points),
        format_html_join("", '<polyline class="{}" points="{}"/>', lines),
        *last,
    )


def _told(measured: Indicator, points: Sequence[Seen]) -> str:
    first, last = points[0], points[-1]
    return _("from {first} on {since} to {last} on {until}").format(
        first=words.value(measured, first.value),
        since=formats.day(first.day),
        last=words.value(measured, last.value),
        until=formats.day(last.day),
    )
