"""Forms of functions, processes and services, and what stands now beside what was typed."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from django import forms
from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext_lazy as _

from marra.inventory.queries import functions
from marra.inventory.queries.bodies import bodies
from marra.inventory.rules.cofog import purposes
from marra.inventory.rules.lists import categories, channels
from marra.inventory.rules.things import DECISIONS
from marra.people.rules.rights import Stamp
from marra.web import layout
from marra.web.commission.proving import NumberField, day_field
from marra.web.forms import PageForm

if TYPE_CHECKING:
    from marra.inventory.models.bodies import StateBody

LINES: Final = {"rows": 3}


def lines_field(label: str, help_text: str = "") -> forms.CharField:
    """A text of a few lines that may be left empty."""
    return forms.CharField(
        label=_(label),
        help_text=_(help_text) if help_text else "",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs=LINES),
    )


def choose(form: forms.Form, choices: Mapping[str, list[tuple[str, str]]]) -> None:
    """Give the fields of a form what they offer."""
    for name, found in choices.items():
        field = form.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = found


class WholeNumberField(NumberField):
    """A number without a fraction."""

    def clean(self, value: Any) -> Any:
        """The whole number, or None."""
        told = super().clean(value)
        if told is not None and told != int(told):
            raise forms.ValidationError(_("Write a whole number."))
        return None if told is None else int(told)


class PercentField(NumberField):
    """A share, written in per cent."""

    def clean(self, value: Any) -> Any:
        """The share from 0 to 1, or None."""
        told = super().clean(value)
        if told is not None and not 0 <= told <= 100:
            raise forms.ValidationError(_("Write per cent from 0 to 100."))
        return None if told is None else told / 100


class FunctionForm(PageForm):
    """What a body is charged with."""

    title = forms.CharField(label=_("What the body is charged with"), max_length=500)
    cofog = forms.ChoiceField(label=_("Purpose (COFOG)"), required=False)
    legal_basis = forms.CharField(
        label=_("Legal basis"),
        help_text=_("The act and its article, for example: Law ORQ-395, article 10."),
        required=False,
        max_length=500,
    )
    no_process = lines_field(
        gettext_noop("Why it has no process"),
        gettext_noop("Only if it has none: policy, representation and the like."),
    )
    shared_with = forms.MultipleChoiceField(
        label=_("Shared with"), required=False, widget=forms.CheckboxSelectMultiple
    )
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, body: "StateBody", cofog: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = layout.language()
        others = [(b.code, b.name.into(language)) for b in bodies() if b.pk != body.pk]
        groups = [
            (code, f"{code} {each.name.into(language)}")
            for code, each in purposes().items()
            if code.count(".") < 2 or code == cofog
        ]
        choose(
            self,
            {
                "cofog": [("", gettext("not known")), *groups],
                "shared_with": sorted(others, key=lambda each: each[1]),
            },
        )


class ProcessForm(PageForm):
    """How a function is carried out."""

    title = forms.CharField(label=_("How it is carried out"), max_length=500)
    function = forms.ChoiceField(label=_("Function it carries out"), required=False)
    volume = WholeNumberField(label=_("Cases a year"), required=False, max_length=20)
    minutes = NumberField(
        label=_("Minutes for one case today"),
        help_text=_("Of the user and of officials together."),
        required=False,
        max_length=20,
    )
    steps = WholeNumberField(label=_("Steps"), required=False, max_length=6)
    documents = WholeNumberField(
        label=_("Documents that the user must bring"), required=False, max_length=6
    )
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, who: Stamp, body: "StateBody", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = functions.open_to(who, body).values_list("code", "title")
        choose(self, {"function": [("", gettext("none yet")), *own]})


class Deciding(PageForm):
    """What becomes of a process."""

    decision = forms.ChoiceField(label=_("Decision"), widget=forms.RadioSelect)
    reason = lines_field(gettext_noop("Why"), gettext_noop("Needed with every decision."))
    into = forms.CharField(
        label=_("Process that stays"),
        help_text=_("Only for merge: its title, as it stands on the page of its body."),
        required=False,
        max_length=500,
    )
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, {"decision": [(each.value, gettext(t)) for each, t in DECISIONS.items()]})


class ServiceForm(PageForm):
    """What users ask for."""

    title = forms.CharField(label=_("What users ask for"), max_length=500)
    processes = forms.MultipleChoiceField(
        label=_("Processes it carries out"),
        help_text=_("Hold Ctrl to choose several."),
        required=False,
        widget=forms.SelectMultiple(attrs={"size": 6}),
    )
    category = forms.ChoiceField(label=_("Category"), required=False)
    deadline = day_field(gettext_noop("Digital by (day.month.year)"), required=False)
    volume = WholeNumberField(label=_("Cases a year"), required=False, max_length=20)
    minutes = NumberField(
        label=_("Minutes for one case today"),
        help_text=_("Of the user and of officials together."),
        required=False,
        max_length=20,
    )
    minutes_after = NumberField(
        label=_("Minutes for one case when it is digital"), required=False, max_length=20
    )
    protected_share = PercentField(
        label=_("Users needing social protection, per cent"), required=False, max_length=8
    )
    channel = forms.ChoiceField(label=_("How it is asked for today"), required=False)
    effort = NumberField(label=_("Effort, person-days"), required=False, max_length=20)
    address = forms.CharField(label=_("Address in the web"), required=False, max_length=500)
    on_portal_since = day_field(
        gettext_noop("On the Single Portal since (day.month.year)"), required=False
    )
    in_app_since = day_field(
        gettext_noop("In the mobile application since (day.month.year)"), required=False
    )
    automation = PercentField(
        label=_("Steps that take no official, per cent"),
        help_text=_("100 is automated in full."),
        required=False,
        max_length=8,
    )
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, processes: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = layout.language()
        nothing = ("", gettext("not known"))
        choose(
            self,
            {
                "processes": processes,
                "category": [nothing, *((c, n.into(language)) for c, n in categories().items())],
                "channel": [nothing, *((c, n.into(language)) for c, n in channels().items())],
            },
        )


class Excepting(PageForm):
    """Why a service was not first in the app."""

    reason = forms.CharField(
        label=_("Why it was not first in the app"),
        help_text=_("Everybody who reads the list sees the reason and who allowed it."),
        max_length=1000,
        widget=forms.Textarea(attrs=LINES),
    )


class Sure(PageForm):
    """Nothing to write, only to confirm."""
