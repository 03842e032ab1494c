"""Figures of a page, drawn once: a chart's frame and table change only with the figures.

Source: ours.
"""

from collections.abc import Sequence
from functools import lru_cache

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from marra.evidence.queries import releases as queries
from marra.web.charts.asked import Asked
from marra.web.charts.catalogue import chart


def figures(names: Sequence[str], state: Asked, language: str) -> list[SafeString]:
    """The figures of these charts in one state; the first is loaded at once."""
    version = queries.data_version()
    return [_figure(name, state, language, version, turn == 0) for turn, name in enumerate(names)]


@lru_cache(maxsize=1024)
def _figure(
    name: str,
    state: Asked,
    language: str,
    _data_version: str,
    first: bool,  # noqa: FBT001
) -> SafeString:
    shown = {"chart": chart(name, state, language), "eager": first}
    return render_to_string("figure/figure.html", shown)
