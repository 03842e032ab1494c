"""A picture where there is nothing to draw: it says why.

Source: ours.
"""

from marra.web.charts.canvas import Canvas, wrap


def says(width: int, words: str) -> Canvas:
    """A sheet with one sentence."""
    lines = wrap(words, width - 32)
    canvas = Canvas(width, 40 + 20 * len(lines))
    for turn, line in enumerate(lines):
        canvas.words((16, 30 + 20 * turn), line, "muted")
    return canvas
