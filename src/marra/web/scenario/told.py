"""The answer of a scenario in words and rows, for the page, the paper and the workbook.

Source: ours.
"""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from marra.index.edition import PILLARS
from marra.index.projection.change import Given
from marra.index.projection.scenario import Ahead, Scenario
from marra.web.charts.chart import Column, Table
from marra.web.charts.future import GOAL_YEARS
from marra.web.charts.scenario_fan import finding
from marra.web.charts.two_fans import percent
from marra.web.charts.words import country, measure, measure_in_full, of_100
from marra.web.formats import number
from marra.web.scenario.sliders import digits_of


@dataclass(frozen=True, slots=True)
class Key:
    """What is said first of one edition."""

    at: Ahead
    before: str  # odds, percent
    after: str
    words: str


@dataclass(frozen=True, slots=True)
class Told:
    """Everything that a page says of an answer."""

    found: Scenario
    name: str
    finding: str
    lines: tuple[str, ...]  # what is changed, in words
    keys: tuple[Key, ...]

    @property
    def changes(self) -> str:
        """What is changed, in one line; empty where nothing is."""
        return "; ".join(self.lines)

    @property
    def carried(self) -> list[tuple[Ahead, Table]]:
        """Which part carries what, in the editions that the goal can mean."""
        return [(key.at, carried(key.at)) for key in self.keys]


def told(found: Scenario, language: str) -> Told:
    """The answer in words."""
    return Told(
        found=found,
        name=country(found.place, language),
        finding=finding(found, language),
        lines=tuple(change(each) for each in found.given),
        keys=tuple(_key(found, at) for at in _meant(found)),
    )


def change(given: Given) -> str:
    """One value in words: "Online services 0,9500"."""
    return f"{measure(given.name)} {number(given.value, digits_of(given.name))}"


def _meant(found: Scenario) -> list[Ahead]:
    """The editions that the goal can mean; the last two once those are past."""
    meant = [at for at in found.editions if at.edition in GOAL_YEARS]
    return meant or list(found.editions[-2:])


def _key(found: Scenario, at: Ahead) -> Key:
    if found.given:
        words = _(
            "{year}: place {rank} or better in {after}, instead of {before}; median place "
            "{median} instead of {still}, 8 of 10 futures from {best} to {worst}."
        )
    else:
        words = _(
            "{year}: place {rank} or better in {before}; median place {still}, "
            "8 of 10 futures from {best} to {worst}."
        )
    said = words.format(
        year=at.edition,
        rank=found.k,
        before=of_100(at.before.p_top),
        after=of_100(at.after.p_top),
        median=at.after.rank_median,
        still=at.before.rank_median,
        best=at.after.rank_p10,
        worst=at.after.rank_p90,
    )
    return Key(at, percent(at.before.p_top), percent(at.after.p_top), said)


def editions(found: Scenario) -> Table:
    """Every edition, before and after in one cell."""
    columns = (
        Column("edition", _("Edition")),
        Column("odds", _("Odds, %"), words=True),
        Column("median", _("Median place"), words=True),
        Column("half", _("Half of the futures"), words=True),
        Column("most", _("8 of 10 futures"), words=True),
    )
    return Table(columns, tuple(_edition(at, changed=bool(found.given)) for at in found.editions))


def _edition(at: Ahead, *, changed: bool) -> tuple[str | int, ...]:
    before, after = at.before, at.after
    pairs = (
        (percent(before.p_top), percent(after.p_top)),
        (str(before.rank_median), str(after.rank_median)),
        (f"{before.rank_p25}–{before.rank_p75}", f"{after.rank_p25}–{after.rank_p75}"),
        (f"{before.rank_p10}–{before.rank_p90}", f"{after.rank_p10}–{after.rank_p90}"),
    )
    return (at.edition, *(f"{one} → {two}" if changed else one for one, two in pairs))


def carried(at: Ahead) -> Table:
    """Which part carries what in one edition; points of the index and of the odds add up."""
    columns = (
        Column("part", _("Part"), words=True),
        Column("before", _("By itself"), digits=3),
        Column("after", _("Scenario"), digits=3),
        Column("points", _("EGDI"), digits=4, signed=True),
        Column("odds", _("Odds, points of %"), digits=1, signed=True),
    )
    rows = [
        (measure_in_full(part.part), part.before, part.after, part.points, 100 * part.odds)
        for part in at.parts
    ]
    points = sum(part.points for part in at.parts)
    odds = 100 * (at.after.p_top - at.before.p_top)
    return Table(columns, (*rows, (_("Together"), None, None, points, odds)))


def values(found: Scenario) -> Table:
    """What was changed, and what each value is worth."""
    columns = (
        Column("name", _("Figure"), words=True),
        Column("today", _("Now")),
        Column("nothing", _("By itself")),
        Column("value", _("Scenario")),
        Column("points", _("Moves its part"), digits=4, signed=True),
        Column("remark", _("Remark"), words=True),
    )
    return Table(columns, tuple(_value(each) for each in found.given))


def _value(each: Given) -> tuple[str | float | None, ...]:
    digits = digits_of(each.name)
    by_itself = number(each.nothing, digits) if each.name in PILLARS else None
    remark = None
    if each.counted < each.value:
        remark = _("counts up to {value}").format(value=number(each.counts_to))
    elif each.name not in PILLARS:
        remark = _("moves {part} beyond what comes by itself").format(part=each.part.upper())
    now = number(each.today, digits)
    return (
        measure_in_full(each.name),
        now,
        by_itself,
        number(each.value, digits),
        each.points,
        remark,
    )


def grounds(found: Scenario) -> list[tuple[str, str]]:
    """What the answer stands on, as names and values."""
    return [
        (_("Edition by which the values are reached"), str(found.by)),
        (_("Latest published edition"), str(found.origin)),
        (_("Futures"), number(found.futures)),
        (_("Seed"), str(found.seed)),
        (_("Method"), found.method_version),
        (_("Data version"), found.data_version),
    ]


def method() -> list[str]:
    """How the answer is made, in three sentences."""
    return [
        _(
            "Everyone's parts are simulated together from changes that history has shown; the "
            "competitors of a future stand there whatever is changed here."
        ),
        _(
            "A value of a part is where its median comes to lie: what is missing to it is added "
            "in every future, and a part ends at 1. A value of an input is counted from today's "
            "figure and moves its part by what the method gives for one unit; what the input "
            "would reach by itself is not known, so some ordinary growth may count twice."
        ),
        _(
            "The change grows in equal steps from the latest edition to the one by which it is "
            "reached. Odds are shares of futures, not a promise; the second digit means nothing."
        ),
    ]
