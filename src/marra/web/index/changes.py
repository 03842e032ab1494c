"""The form of the what-if page: every part and input of a country as a box, empty for "as it is".

Numbers may be written with comma or point. A change of another country is written in three boxes
and kept in the address as `also=KAZ:osi:0.95`.

Source: ours; limits are those of the published scales and of the units.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.forms.utils import flatatt
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from marra.door import sentence
from marra.index import changeable
from marra.index.edition import PILLARS
from marra.index.survey import Survey
from marra.kit.errors import Invalid, Refusal
from marra.kit.places import place
from marra.kit.text import gettext_noop
from marra.web.charts.reading import figures, has_index, row_of
from marra.web.charts.words import country, measure, measure_in_full
from marra.web.formats import MINUS, number, parse_number
from marra.web.forms import PageForm
from marra.web.index.choices import options

Change = tuple[tuple[str, str], float]

MOST_OTHERS: Final = 12
LIMITS: Final = {
    "tii.internet": 100.0,
    "hci.literacy": 100.0,
    "hci.enrolment": 200.0,
    "hci.expected_years": 30.0,
    "hci.mean_years": 30.0,
}
WIDEST: Final = 500.0  # subscriptions per 100 people; Macao, the highest known, has about 450


class OutOfRange(Invalid):
    """A figure that the survey could not print."""

    sentence = gettext_noop("{value} is outside {low} to {high}. Write a number between them.")


class UnreadableChange(Invalid):
    """A change of another country that the address writes wrongly."""

    sentence = gettext_noop(
        "“{written}” is not a change. Write country, part and value, for example KAZ:osi:0,95."
    )


class HalfAChange(Invalid):
    """A change of another country that lacks its part or its value."""

    sentence = gettext_noop("Choose the country, the part and its new value, all three.")


@dataclass(frozen=True, slots=True)
class Limit:
    """Between which values a figure may lie."""

    low: float
    high: float

    def check(self, value: float) -> float:
        """The value, refused with `OutOfRange` when it lies outside."""
        if not self.low <= value <= self.high:
            told = f"{value:.6g}".replace(".", ",").replace("-", MINUS)
            raise OutOfRange(value=told, low=number(self.low), high=number(self.high))
        return value


class CountrySelect(forms.Select):
    """A select of all member states; its lines are drawn once, not one by one each time."""

    def __init__(self, language: str) -> None:
        super().__init__()
        self.language = language

    def render(
        self,
        name: str,
        value: Any,
        attrs: Any = None,
        renderer: Any = None,  # noqa: ARG002 Django's name
    ) -> SafeString:
        """The select with the chosen country."""
        told = flatatt({**self.attrs, **(attrs or {}), "name": name})
        return format_html("<select{}>{}</select>", told, options(self.language, value or ""))


class CountryField(forms.CharField):
    """A member state, held against the list without making 193 choices of it each time."""

    def clean(self, value: Any) -> str:
        """The code; a code that is none is refused with a sentence."""
        code = str(super().clean(value))
        try:
            return place(code).iso3 if code else ""
        except Refusal as refusal:
            raise ValidationError(sentence(refusal)) from None


class NumberBox(forms.TextInput):
    """A box written at once: a dozen of them through templates cost more than the answer."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:  # noqa: ARG002  Django's signature
        """The input element."""
        box = self.get_context(name, value, attrs)["widget"]
        value = "" if box["value"] is None else format_html(' value="{}"', box["value"])
        return format_html(
            '<input type="text" name="{}"{}{}>', box["name"], value, flatatt(box["attrs"])
        )


class NumberField(forms.CharField):
    """A number with comma or point, within limits; None when the box is empty."""

    def __init__(self, limit: Limit, **kwargs: Any) -> None:
        attributes = {"inputmode": "decimal", "autocomplete": "off", "size": 8}
        widget = NumberBox(attrs=attributes)
        super().__init__(required=False, max_length=20, widget=widget, **kwargs)
        self.limit = limit

    def clean(self, value: Any) -> Any:
        """The number, or what is wrong with it as a sentence."""
        written = super().clean(value)
        if not written:
            return None
        try:
            return self.limit.check(parse_number(written))
        except Refusal as refusal:
            raise ValidationError(sentence(refusal)) from None


def limit_of(name: str) -> Limit:
    """The limits of a part (0 to 1) or of an input."""
    return Limit(0.0, 1.0 if name in PILLARS else LIMITS.get(name, WIDEST))


class ChangeForm(PageForm):
    """The boxes of one country in one edition."""

    def __init__(self, data: Any, survey: Survey, code: str, language: str) -> None:
        self.survey = survey
        self.code = code
        super().__init__(data)
        for name in changeable(survey):
            self.fields[name] = NumberField(
                limit_of(name),
                label=measure_in_full(name),
                help_text=_now(survey, code, name),
            )
        parts = [("", ""), *((name, measure(name)) for name in changeable(survey))]
        self.fields["also_place"] = CountryField(
            label=_("Another country"),
            required=False,
            widget=CountrySelect(language),
        )
        self.fields["also_name"] = forms.ChoiceField(
            label=_("Part or input"), choices=parts, required=False
        )
        self.fields["also_value"] = NumberField(Limit(0.0, WIDEST), label=_("New value"))

    def clean(self) -> dict[str, Any]:
        """All three boxes of another country's change, or none."""
        cleaned = dict(super().clean() or {})
        three = [cleaned.get(name) for name in ("also_place", "also_name", "also_value")]
        given = [value not in (None, "") for value in three]
        if any(given) and not all(given):
            wrong = ("also_place", "also_name", "also_value")[given.index(False)]
            if wrong not in self.errors:
                self.add_error(wrong, sentence(HalfAChange()))
        elif all(given):
            try:
                limit_of(str(three[1])).check(float(three[2] or 0))
            except OutOfRange as refusal:
                self.add_error("also_value", sentence(refusal))
        return cleaned

    def own(self) -> dict[tuple[str, str], float]:
        """The changes of this country."""
        return {
            (self.code, name): self.cleaned_data[name]
            for name in changeable(self.survey)
            if self.cleaned_data.get(name) is not None
        }

    def added(self) -> str:
        """The change of another country that was just written, as the address keeps it."""
        told = self.cleaned_data
        if told.get("also_place") and told.get("also_name") and not self.errors:
            return f"{told['also_place']}:{told['also_name']}:{told['also_value']:g}"
        return ""


def others(written: Sequence[str], survey: Survey) -> list[Change]:
    """Changes of other countries, as the address keeps them.

    Refuses with `UnreadableChange`, `OutOfRange`, `NotANumber`, `NoSuchPlace`.
    """
    return [_other(each, survey) for each in written[:MOST_OTHERS] if each]


def _other(written: str, survey: Survey) -> Change:
    parts = written.split(":")
    if len(parts) != 3 or parts[1] not in changeable(survey):
        raise UnreadableChange(written=written[:40])
    code = place(parts[0]).iso3
    value = limit_of(parts[1]).check(parse_number(parts[2]))
    return (code, parts[1]), value


def told(change: Change, language: str) -> str:
    """A change in words: "Kazakhstan: Online services 0,9500"."""
    (code, name), value = change
    digits = 4 if name in PILLARS else 1
    return f"{country(code, language)}: {measure(name)} {number(value, digits)}"


def _now(survey: Survey, code: str, name: str) -> str:
    value = now(survey, code, name)
    if value is None:
        return _("no figure")
    return _("now {value}").format(value=number(value, 4 if name in PILLARS else 1))


def now(survey: Survey, code: str, name: str) -> float | None:
    """The published value of a part or input of a country, None where there is none."""
    if name in PILLARS:
        return figures(survey, code).values[name]
    row = row_of(survey, code)
    if row is None or not has_index(survey, row):
        return None
    value = float(survey.inputs[row, survey.input_names.index(name)])
    return None if value != value else value
