"""The form of a scenario: a slider and a box for every part and input, empty for "as it goes".

The box holds the value; the slider beside it is there for those whose browser runs our script, and
moves the box. Marks under the slider say where the figure is now, where it goes by itself, and
from where on the survey does not count more.

Source: ours; limits are those of the published scales and of the units.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marra.index.edition import PILLARS
from marra.index.projection.change import input_of
from marra.index.projection.ground import Still
from marra.index.survey import Survey
from marra.index.what_if import changeable
from marra.web.charts.words import measure_in_full
from marra.web.formats import number
from marra.web.forms import PageForm
from marra.web.index.changes import NumberField, limit_of, now

STEPS: Final = {"osi": 0.005, "tii": 0.005, "hci": 0.005}
PRICE_STEP: Final = 0.05
STEP: Final = 0.5
TRACK: Final = 1000
"""Units of the little picture under a slider."""

BEYOND_A_CAP: Final = 1.25
"""How far a slider reaches beyond the value up to which the survey counts."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A place under a slider, from 0 to `TRACK`."""

    at: int
    kind: str  # now, self


@dataclass(frozen=True, slots=True)
class Slider:
    """One figure that may be moved; numbers with a point, as inputs of a page take them."""

    field: BoundField
    high: str
    step: str
    start: str  # where it stands
    by_itself: str  # where it stands while the box is empty
    digits: int
    marks: tuple[Mark, ...]
    capped_at: int | None  # from here to the end of the track nothing more counts
    is_given: bool


class ScenarioForm(PageForm):
    """The goal, and a box for each figure of the latest edition that the country has."""

    to = forms.Field(label=gettext_lazy("Goal: place"), required=False)

    def __init__(self, data: Any, survey: Survey, code: str, own: Still) -> None:
        self.survey, self.code, self.own = survey, code, own
        super().__init__(data)
        for name in self.names():
            self.fields[name] = NumberField(
                limit_of(name), label=measure_in_full(name), help_text=self._help(name)
            )

    def blame(self, box: str, said: Iterable[str]) -> None:
        """Take in what was wrong with a box that is read elsewhere."""
        for each in said:
            self.add_error(box, each)

    def names(self) -> list[str]:
        """What may be moved: parts, and inputs whose figure is known."""
        names = changeable(self.survey)
        return [n for n in names if n in PILLARS or now(self.survey, self.code, n) is not None]

    def changes(self) -> tuple[tuple[str, float], ...]:
        """What was written, in the order of the boxes."""
        given = ((name, self.cleaned_data.get(name)) for name in self.names())
        return tuple((name, value) for name, value in given if value is not None)

    def sliders(self) -> tuple[list[Slider], list[Slider]]:
        """Those of the parts, and those of the inputs."""
        made = [self._slider(name) for name in self.names()]
        return made[: len(PILLARS)], made[len(PILLARS) :]

    def _help(self, name: str) -> str:
        value = now(self.survey, self.code, name)
        digits = digits_of(name)
        told = [_("now {value}").format(value=number(value, digits))]
        if name in PILLARS:
            middle = float(self.own.medians[PILLARS.index(name)])
            words = _("by itself {value} in {year}")
            told.append(words.format(value=number(middle, digits), year=self.own.edition))
        else:
            cap = input_of(self.survey, name).cap
            if cap is not None and not _is_price(self.survey, name) and cap < limit_of(name).high:
                told.append(_("counts up to {value}").format(value=number(cap)))
        return ", ".join(told)

    def _slider(self, name: str) -> Slider:
        value = now(self.survey, self.code, name) or 0.0
        high, cap = self._ends(name, value)
        by_itself = float(self.own.medians[PILLARS.index(name)]) if name in PILLARS else value
        step = STEPS.get(name, PRICE_STEP if _is_price(self.survey, name) else STEP)
        given = self.data.get(name, "") if self.is_bound else ""
        return Slider(
            field=self[name],
            high=f"{high:g}",
            step=f"{step:g}",
            start=_started(given) or f"{by_itself:.4g}",
            by_itself=f"{by_itself:.4g}",
            digits=3 if name in PILLARS else 2,
            marks=tuple(self._marks(name, value, by_itself, high)),
            capped_at=round(TRACK * cap / high) if cap is not None and cap < high else None,
            is_given=bool(given),
        )

    def _ends(self, name: str, value: float) -> tuple[float, float | None]:
        """Where the slider ends, and up to where the survey counts."""
        most = limit_of(name).high
        if name in PILLARS:
            return most, None
        if _is_price(self.survey, name):
            return max(5.0, round(1.5 * value)), None
        cap = input_of(self.survey, name).cap
        if cap is None or cap >= most:
            return most, cap
        return max(BEYOND_A_CAP * cap, round(value + 5)), cap

    def _marks(self, name: str, value: float, by_itself: float, high: float) -> Iterator[Mark]:
        yield Mark(round(TRACK * value / high), "now")
        if name in PILLARS:
            yield Mark(round(TRACK * by_itself / high), "self")


def digits_of(name: str) -> int:
    """How many decimals of a figure a page shows."""
    return 4 if name in PILLARS else 1


def _is_price(survey: Survey, name: str) -> bool:
    return name not in PILLARS and input_of(survey, name).direction < 0


def _started(given: str) -> str:
    """What was written, as a slider takes it; nothing where it is no number."""
    plain = given.strip().replace(",", ".")
    return plain if plain.replace(".", "", 1).isdigit() else ""
