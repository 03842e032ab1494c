"""What a plan uses each year of what there is: money by source, and the load of working groups.

Small multiples, one panel for each source or group: the dark bar is what the plan uses, the pale
one behind it the limit. Bars begin at zero; each panel has its own height.

Source: ours.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from marra.web.charts.canvas import Canvas, wrap
from marra.web.charts.chart import NARROW, Chart, Column, Table
from marra.web.charts.empty import says
from marra.web.charts.money import BILLION, money
from marra.web.charts.plan_frame import framed
from marra.web.charts.planned import Planned
from marra.web.charts.scales import Scale
from marra.web.formats import number

MONEY = "plan-money"
LOAD = "plan-load"
HIGH = 64


@dataclass(frozen=True, slots=True)
class Use:
    """What is used in one year, and how much there is; None without a limit."""

    year: int
    amount: float
    limit: float | None


@dataclass(frozen=True, slots=True)
class Panel:
    """One source or group over the years."""

    name: str
    uses: tuple[Use, ...]

    @property
    def total(self) -> float:
        """What is used in all years."""
        return sum(use.amount for use in self.uses)

    @property
    def highest(self) -> float:
        """The top of the panel."""
        return max(max(use.amount, use.limit or 0) for use in self.uses) or 1.0


def plan_money(planned: Planned) -> Chart:
    """What each source pays each year, against its limit."""
    spent = [
        (each.source, Use(each.year, each.amount, each.limit)) for each in planned.answer.spent
    ]
    panels = _panels(planned, spent)
    title = _money_finding(panels)
    columns = (
        Column("source", _("Source of money"), words=True),
        Column("year", _("Year")),
        Column("amount", _("Plan, bn soʻm"), digits=1),
        Column("limit", _("Limit, bn soʻm"), digits=1),
    )
    return framed(
        planned,
        name=MONEY,
        title=title,
        subtitle=_("Billion soʻm a year; strong: the plan, faint: the limit of the source."),
        told=_told(panels, BILLION),
        table=Table(columns, tuple(_records(panels, BILLION))),
        draw=lambda width: _draw(width, panels, BILLION) if panels else says(width, title),
    )


def plan_load(planned: Planned) -> Chart:
    """How much load each working group bears each year, against what it can bear."""
    borne = [
        (each.group, Use(each.year, each.amount, each.limit)) for each in planned.answer.borne
    ]
    panels = _panels(planned, borne)
    title = _load_finding(panels)
    columns = (
        Column("group", _("Working group"), words=True),
        Column("year", _("Year")),
        Column("amount", _("Load of the plan"), digits=1),
        Column("limit", _("Can bear"), digits=1),
    )
    return framed(
        planned,
        name=LOAD,
        title=title,
        subtitle=_(
            "Load a year, one initiative being about 1; strong: the plan, faint: the limit."
        ),
        told=_told(panels, 1.0),
        table=Table(columns, tuple(_records(panels, 1.0))),
        draw=lambda width: _draw(width, panels, 1.0) if panels else says(width, title),
    )


def _panels(planned: Planned, uses: Sequence[tuple[str, Use]]) -> list[Panel]:
    """Panels of those that the plan uses, the most used first; all over the same years."""
    by_name: dict[str, dict[int, Use]] = {}
    for code, use in uses:
        by_name.setdefault(code, {})[use.year] = use
    active = [use.year for _code, use in uses if use.amount > 0]
    if not active:
        return []
    years = range(min(active), max(active) + 1)
    panels = [
        Panel(planned.called(code), tuple(known.get(y, Use(y, 0.0, None)) for y in years))
        for code, known in by_name.items()
    ]
    return sorted((each for each in panels if each.total > 0), key=lambda each: -each.total)


def _money_finding(panels: Sequence[Panel]) -> str:
    if not panels:
        return _("The plan costs nothing")
    whole = sum(panel.total for panel in panels)
    by_year: dict[int, float] = {}
    for panel in panels:
        for use in panel.uses:
            by_year[use.year] = by_year.get(use.year, 0.0) + use.amount
    dearest = max(by_year, key=lambda year: by_year[year])
    return _("The plan costs {whole}; the dearest year is {year} with {most}").format(
        whole=money(whole), year=dearest, most=money(by_year[dearest])
    )


def _load_finding(panels: Sequence[Panel]) -> str:
    limited = [(p, u) for p in panels for u in p.uses if u.limit and u.amount > 0]
    if not limited:
        return _("No working group has a limit on its load")
    panel, use = max(
        limited, key=lambda each: (each[1].amount / (each[1].limit or 1), -each[1].year)
    )
    full = use.limit is not None and use.amount >= use.limit * 0.999
    words = (
        _("The load of “{group}” reaches its limit in {year}")
        if full
        else _("No group reaches its limit; nearest to it is “{group}” in {year}")
    )
    return words.format(group=panel.name, year=use.year)


def _records(
    panels: Iterable[Panel], unit: float
) -> Iterable[tuple[str | float | int | None, ...]]:
    for panel in panels:
        for use in panel.uses:
            limit = None if use.limit is None else use.limit / unit
            yield panel.name, use.year, use.amount / unit, limit


def _told(panels: Sequence[Panel], unit: float) -> str:
    return "; ".join(
        f"{panel.name}: "
        + ", ".join(f"{use.year} {number(use.amount / unit, 1)}" for use in panel.uses)
        for panel in panels
    )


def _draw(width: int, panels: Sequence[Panel], unit: float) -> Canvas:
    across = 1 if width <= NARROW or len(panels) == 1 else 2
    gap = 32
    room = (width - gap * (across - 1)) / across
    sheets = [_panel(room, panel, unit) for panel in panels]
    rows = [sheets[turn : turn + across] for turn in range(0, len(sheets), across)]
    canvas = Canvas(width, sum(max(each.height for each in row) for row in rows))
    top = 0.0
    for row in rows:
        deepest = max(each.height for each in row)
        for turn, each in enumerate(row):
            canvas.place(each, (turn * (room + gap), top + deepest - each.height))
        top += deepest
    return canvas


def _panel(width: float, panel: Panel, unit: float) -> Canvas:
    name = wrap(panel.name, width / 1.1)
    head = 24 + 18 * len(name)
    floor = head + HIGH
    canvas = Canvas(width, floor + 44)
    for turn, line in enumerate(name):
        canvas.words((0, 12 + 18 * turn), line, "strong halo")
    y = Scale(0, panel.highest, floor, head)
    step = width / len(panel.uses)
    bar = min(step * 0.62, 44)
    for turn, use in enumerate(panel.uses):
        middle = step * (turn + 0.5)
        if use.limit:
            canvas.bar((middle - bar / 2, y(use.limit)), bar, floor - y(use.limit), "band80")
        if use.amount > 0:
            canvas.bar((middle - bar / 2, y(use.amount)), bar, floor - y(use.amount), "focal")
        canvas.words(
            (middle, min(y(use.amount), floor - 2) - 10),  # on its own bar, not on the limit's
            number(use.amount / unit, _digits(panel, unit)),
            "strong" if use.amount > 0 else "muted",
            anchor="middle",
        )
        canvas.words((middle, floor + 14), str(use.year), "muted", anchor="middle")
    canvas.line((0, floor), (width, floor), "axis")
    return canvas


def _digits(panel: Panel, unit: float) -> int:
    """One decimal where the amounts are small and not whole."""
    shown = [use.amount / unit for use in panel.uses]
    return 0 if panel.highest / unit >= 10 or all(each == round(each) for each in shown) else 1
