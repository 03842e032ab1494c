"""Pictures can be read: contrast of every colour on its paper, and breaks that keep apart."""

from itertools import pairwise

import pytest

from marra.web.charts.breaks import broken
from marra.web.charts.canvas import width_of, wrap
from marra.web.charts.rounding import rounded_together
from marra.web.charts.scales import spread, ticks
from marra.web.charts.themes import THEMES


def luminance(colour):
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
def test_words_reach_seven_to_one_and_marks_with_a_meaning_three_to_one(theme):
    for name in ("ink", "muted"):
        assert contrast(getattr(theme, name), theme.paper) >= 7, name
    for name in ("focal", "rival"):
        assert contrast(getattr(theme, name), theme.paper) >= 4.5, name
    assert contrast(theme.warm, theme.paper) >= 3


@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
def test_bands_are_told_from_each_other_and_from_the_bar_of_the_focal_country(theme):
    assert contrast(theme.band50, theme.focal) >= 2
    assert contrast(theme.band50, theme.paper) >= 1.5


@pytest.mark.parametrize("wanted", [[5, 5, 5], [0, 100, 50], [99, 98, 97, 96], [10.0]])
def test_labels_keep_apart_and_within_the_sheet(wanted):
    placed = sorted(spread(wanted, 14, 0, 100))

    assert all(b - a >= 14 - 1e-9 for a, b in pairwise(placed))
    assert placed[0] >= -1e-9
    assert placed[-1] <= 100 + 1e-9


def test_lines_break_between_words_and_lose_none():
    words = "Telekommunikatsiya infratuzilmasi koʻrsatkichi boʻyicha eng katta farq"

    lines = wrap(words, 200)

    assert " ".join(lines) == words
    assert len(lines) > 2
    assert all(width_of(line) <= 200 or " " not in line for line in lines)


@pytest.mark.parametrize(
    ("values", "whole"),
    [([0.123456, -0.023456], 0.1), ([1 / 3] * 3, 1.0), ([0.00004, 0.00004, 0.00004], 0.00012)],
)
def test_printed_parts_add_up_and_none_is_off_by_a_whole_digit(values, whole):
    printed = rounded_together(values, whole, 4)

    assert round(sum(printed), 4) == round(whole, 4)
    assert all(abs(p - v) < 1e-4 for p, v in zip(printed, values, strict=True))


def test_ticks_are_round_and_within_the_scale():
    assert ticks(0.0, 0.41, 4) == [0.0, 0.2, 0.4]
    assert ticks(5, 5, 4) == [5]


def test_a_break_names_the_parts_that_its_sentences_name():
    said = ["The EGDI weighs its parts by one third each again.", "TII and HCI are standardised."]

    assert broken(said) == "EGDI, TII, HCI"
    assert broken([]) == ""
