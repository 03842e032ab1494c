"""The gap to a place, in steps that add up: parts of the index and, where known, their inputs.

Where the country is ahead, the same picture shows what its lead is made of. Figures are rounded
together, so that what is printed adds up to what is printed.

Source: ours; attribution by exact Shapley values (marra.index.gap).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from marra.index import explain
from marra.index.edition import PILLARS
from marra.web.charts.asked import Asked
from marra.web.charts.chart import Chart, Column, Table
from marra.web.charts.empty import says
from marra.web.charts.reading import Surveys, at_rank, figures
from marra.web.charts.rounding import rounded_together
from marra.web.charts.steps import Bar, draw
from marra.web.charts.words import citation, country, measure, measure_in_full, source
from marra.web.formats import number, signed

TAKES = ("place", "edition", "to")
DIGITS = 4


@dataclass(frozen=True, slots=True)
class Step:
    """One bar: where it begins, how far it goes, and what it is."""

    name: str
    value: float
    shown: float  # rounded so that the printed steps add up
    start: float
    kind: str  # "pillar", "input" or "whole"

    @property
    def end(self) -> float:
        """Where the bar ends."""
        return self.start + self.value


@dataclass(frozen=True, slots=True)
class Gap:
    """A gap or a lead, always positive as a whole, in steps."""

    whole: float
    is_lead: bool
    steps: tuple[Step, ...]

    def of(self, kind: str) -> list[Step]:
        """The steps of one kind."""
        return [step for step in self.steps if step.kind == kind]


def gap_of(surveys: Surveys, asked: Asked) -> Gap | None:
    """The gap in steps; None where one of the two countries has no index."""
    survey = surveys[asked.edition]
    if figures(survey, asked.place).rank is None:
        return None
    rival = survey.places[at_rank(survey, asked.to)]
    explained = explain(survey, asked.place, to_place=rival)
    turn = -1.0 if explained.gap < 0 else 1.0
    parts = {
        pillar: [(c.name, turn * c.value) for c in explained.contributions if c.pillar == pillar]
        for pillar in PILLARS
    }
    return Gap(turn * explained.gap, turn < 0, tuple(_steps(parts, turn * explained.gap)))


def _steps(parts: dict[str, list[tuple[str, float]]], whole: float) -> Iterator[Step]:
    sums = {pillar: sum(value for _name, value in inside) for pillar, inside in parts.items()}
    shown = dict(zip(sums, rounded_together(list(sums.values()), whole, DIGITS), strict=True))
    start = 0.0
    for pillar in sorted(sums, key=lambda name: -sums[name]):
        yield Step(pillar, sums[pillar], shown[pillar], start, "pillar")
        inside = sorted(parts[pillar], key=lambda part: -part[1])
        if len(inside) > 1:
            values = rounded_together([value for _name, value in inside], shown[pillar], DIGITS)
            within = start
            for (name, value), printed in zip(inside, values, strict=True):
                yield Step(name, value, printed, within, "input")
                within += value
        start += sums[pillar]
    yield Step("whole", whole, round(whole, DIGITS), 0.0, "whole")


def gap_waterfall(surveys: Surveys, asked: Asked, language: str) -> Chart:
    """The steps from the country to the target place."""
    survey = surveys[asked.edition]
    rival = survey.places[at_rank(survey, asked.to)]
    gap = gap_of(surveys, asked)
    alone = rival == asked.place
    title = _finding(gap, asked, language, rival, alone=alone)
    steps = gap.steps if gap and not alone else ()
    kinds = {"pillar": _("part"), "input": _("input"), "rest": _("remainder"), "whole": _("whole")}
    columns = (
        Column("name", _("Part"), words=True),
        Column("kind", _("Kind"), words=True),
        Column("contribution", _("Points of EGDI"), digits=DIGITS, signed=True),
    )
    rows = tuple((_name(step, gap), kinds[_kind(step)], step.shown) for step in steps)
    return Chart(
        name="gap",
        language=language,
        title=title,
        subtitle=_("What the difference is made of, in points of EGDI, {year}.").format(
            year=asked.edition
        ),
        alternative=f"{title}. {_spoken(gap, steps)}".strip(),
        table=Table(columns, rows),
        source=source([asked.edition]),
        note=_(
            "Shares are exact Shapley values. Inputs are an estimate from figures of the time; "
            "what they do not explain is a step of its own."
        )
        if gap and gap.of("input")
        else _("Shares are exact Shapley values. No inputs are known for this edition."),
        citation=citation(title, surveys, [asked.edition]),
        query=asked.query(TAKES),
        data_version=survey.version,
        edition_version=survey.edition.version,
        draw=lambda width: (
            draw(width, [_bar(step, gap) for step in steps], DIGITS)
            if gap and steps
            else says(width, title)
        ),
    )


def _finding(gap: Gap | None, asked: Asked, language: str, rival: str, *, alone: bool) -> str:
    facts: dict[str, object] = {
        "country": country(asked.place, language),
        "rival": country(rival, language),
        "rank": asked.to,
        "year": asked.edition,
    }
    if gap is None:
        return _("{country}: no index in {year}").format(**facts)
    if alone:
        return _("{country} is itself at place {rank} in {year}").format(**facts)
    if gap.is_lead:
        words = _(
            "{country}: {gap} ahead of place {rank} ({rival}). Largest part: {part}, {share}"
        )
    else:
        words = _("{country}: {gap} behind place {rank} ({rival}). Largest part: {part}, {share}")
    largest = max(gap.of("pillar"), key=lambda step: step.value)
    return words.format(
        **facts,
        gap=number(gap.whole, DIGITS),
        part=measure(largest.name),
        share=number(largest.shown, DIGITS),
    )


def _kind(step: Step) -> str:
    return "rest" if step.name.endswith(".unexplained") else step.kind


def _name(step: Step, gap: Gap | None) -> str:
    if step.kind == "whole":
        return _("Whole lead") if gap and gap.is_lead else _("Whole gap")
    return measure_in_full(step.name) if step.kind == "pillar" else measure(step.name)


def _spoken(gap: Gap | None, steps: Sequence[Step]) -> str:
    return "; ".join(
        f"{_name(step, gap)}: {signed(step.shown, DIGITS)}"
        for step in steps
        if step.kind != "input"
    )


def _bar(step: Step, gap: Gap) -> Bar:
    names = [_name(step, gap)]
    if step.kind == "pillar":
        names.append(measure(step.name))
    kind = {"pillar": "step", "input": "inner", "whole": "whole"}[step.kind]
    return Bar(tuple(names), step.value, step.shown, step.start, kind)
