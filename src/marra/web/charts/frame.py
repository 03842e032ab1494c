"""What stands around a picture that travels alone: finding, unit, source.

On a page these are text of the page; in a file they must be in the picture.

Source: ours.
"""

from typing import Final

from django.utils import translation
from django.utils.translation import gettext as _

from marra.web.charts.canvas import Canvas, wrap
from marra.web.charts.chart import Chart, Look
from marra.web.charts.themes import SIZE, THEMES

MARGIN: Final = 16
TITLE_SIZE: Final = 19
BOLD: Final = 1.1
"""How much wider bold letters are than the guess of `width_of`."""
LINE: Final = 20
TITLE_LINE: Final = 25


def svg(chart: Chart, look: Look) -> str:
    """The picture as SVG text."""
    with translation.override(chart.language):
        canvas = _whole(chart, look.width) if look.whole else chart.draw(look.width)
    return canvas.svg(
        THEMES[look.theme].style(),
        title=chart.title,
        description=chart.alternative,
        language=chart.language,
    )


def _whole(chart: Chart, width: int) -> Canvas:
    room = width - 2 * MARGIN
    title = wrap(chart.title, room / BOLD, TITLE_SIZE)
    subtitle = wrap(chart.subtitle, room, SIZE)
    foot = [
        line
        for words in (_source(chart), chart.note)
        for line in (wrap(words, room, SIZE) if words else [])
    ]
    inner = chart.draw(room)
    head = MARGIN + TITLE_LINE * len(title) + LINE * len(subtitle) + 12
    canvas = Canvas(width, head + inner.height + LINE * len(foot) + 12 + MARGIN)
    for turn, line in enumerate(title):
        canvas.words((MARGIN, MARGIN + 10 + turn * TITLE_LINE), line, "title")
    below = MARGIN + TITLE_LINE * len(title)
    for turn, line in enumerate(subtitle):
        canvas.words((MARGIN, below + 10 + turn * LINE), line, "muted")
    canvas.place(inner, (MARGIN, head))
    for turn, line in enumerate(foot):
        canvas.words((MARGIN, head + inner.height + 18 + turn * LINE), line, "muted")
    return canvas


def _source(chart: Chart) -> str:
    return _("Source: {source} Computed by Marra, data version {version}.").format(
        source=chart.source, version=chart.data_version
    )
