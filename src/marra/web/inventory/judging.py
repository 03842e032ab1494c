"""Say how a service meets the standard, one requirement at a time; ask for a look at a page."""

from typing import TYPE_CHECKING, Any, Final

from django import forms
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext_lazy as _

from marra.door import sentence, stamp
from marra.inventory.actions import judging as actions
from marra.inventory.actions import looks as look_actions
from marra.inventory.queries import results, services, standards
from marra.inventory.queries.results import Standing
from marra.inventory.rules import judgements
from marra.inventory.rules.judgements import SAID
from marra.inventory.rules.standard import By, How, Verdict
from marra.kit.errors import Refusal
from marra.links.pages import net
from marra.links.reach import parted
from marra.people.rules.rights import Stamp, rights
from marra.web import layout
from marra.web.commission.proving import NumberField
from marra.web.forms import PageForm, answer, refusals_into
from marra.web.gate import for_deed
from marra.web.inventory.fields import WholeNumberField
from marra.web.inventory.forms import given
from marra.web.inventory.meeting import VERDICTS, Line

if TYPE_CHECKING:
    from marra.inventory.models.functions import Service
    from marra.inventory.models.standard import Standard

TEMPLATE: Final = "inventory/judge.html"
HEADINGS: Final = {
    By.BODY: gettext_noop("Assess your service"),
    By.REVIEW: gettext_noop("Review a service"),
}


class Judging(PageForm):
    """What is said of one requirement."""

    verdict = forms.ChoiceField(label=_("Does the service meet it?"), widget=forms.RadioSelect)
    evidence = forms.CharField(
        label=_("Where it is seen"),
        help_text=_("The address of a page, or the name of a document."),
        required=False,
        max_length=500,
    )
    note = forms.CharField(
        label=_("Note"),
        help_text=_("What is missing, and by when it will be there."),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: object, of: Standing, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["verdict"]
        people = of.requirement.how is How.REVIEW
        offered = SAID if people else (Verdict.NOT_APPLICABLE,)
        if isinstance(field, forms.ChoiceField):
            field.choices = [(each.value, gettext(VERDICTS[each])) for each in offered]


def _judge(request: HttpRequest, code: str, by: By) -> HttpResponseBase:
    """The next requirement that this side has not spoken of, or the one the address names."""
    who, row, standard = _who(request, code)
    scope = row.owner.code if by is By.BODY else standard.group
    deed = "service.assessed" if by is By.BODY else "service.reviewed"
    who.require(*rights("inventory")[deed], of=scope)
    every = results.of_service(row, standard, who.at)
    asked = [each for each in every if each.requirement.how is How.REVIEW]
    left = [each for each in asked if by not in each.said]
    chosen = _chosen(request.GET.get("requirement", ""), every, left)
    if chosen is None:
        return redirect(f"{reverse('meeting', args=[code])}?done=all")
    form = Judging(given(request), initial=_initial(chosen, by), of=chosen)
    goes_on = bool(request.GET.get("go")) or not request.GET.get("requirement")
    onward = _onward(asked, chosen) if goes_on else ""
    if form.is_valid():
        act = actions.assess_service if by is By.BODY else actions.review_service
        with refusals_into(form):
            act(who, code, requirement=chosen.requirement.code, **form.cleaned_data)
            if onward:
                return redirect(f"{request.path}?requirement={onward}&go=on")
            return redirect(f"{reverse('meeting', args=[code])}?done=saved")
    context: dict[str, Any] = {
        "row": row,
        "owner": row.owner.name.into(layout.language()),
        "heading": gettext(HEADINGS[by]),
        "asked": chosen.requirement,
        "line": Line(chosen),
        "others": [word for word in Line(chosen).words if word.by is not by],
        "number": asked.index(chosen) + 1 if chosen in asked else 0,
        "count": len(asked),
        "left": len(left),
        "onward": onward,
    }
    return answer(request, TEMPLATE, form, **context)


def _who(request: HttpRequest, code: str) -> tuple[Stamp, "Service", "Standard"]:
    who = stamp(request)
    row = services.visible_to(who).named(code)
    return who, row, standards.needed(who.at.date())


def _chosen(named: str, every: list[Standing], left: list[Standing]) -> Standing | None:
    """The requirement the address names, or the first of those left."""
    if not named:
        return left[0] if left else None
    found = next((each for each in every if each.requirement.code == named), None)
    if found is None:
        raise judgements.NoSuchRequirement(code=named[:60])
    return found


def _initial(chosen: Standing, by: By) -> dict[str, str]:
    row = chosen.rows.get(by)
    if row is None:
        return {}
    return {"verdict": row.verdict, "evidence": row.evidence, "note": row.note}


def _onward(asked: list[Standing], chosen: Standing) -> str:
    """The requirement after this one; "" after the last."""
    if chosen not in asked:
        return ""
    after = asked[asked.index(chosen) + 1 :]
    return after[0].requirement.code if after else ""


@for_deed("inventory", "service.assessed")
def assess(request: HttpRequest, code: str) -> HttpResponseBase:
    """The body says how far its service is, one requirement at a time."""
    return _judge(request, code, By.BODY)


@for_deed("inventory", "service.reviewed")
def review(request: HttpRequest, code: str) -> HttpResponseBase:
    """The group says what it found, one requirement at a time."""
    return _judge(request, code, By.REVIEW)


class Trying(PageForm):
    """What a trial with users showed."""

    requirement = forms.ChoiceField(label=_("What was tried"))
    users = WholeNumberField(label=_("Users who tried"))
    finished = WholeNumberField(label=_("Of them, finished without help"))
    protected = WholeNumberField(
        label=_("Of them, need social protection"), required=False, initial="0"
    )
    minutes = NumberField(
        label=_("Minutes: half of them took no longer"), required=False, max_length=10
    )
    note = forms.CharField(
        label=_("Where they got stuck"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


@for_deed("inventory", "service.tried")
def trial(request: HttpRequest, code: str) -> HttpResponseBase:
    """Enter what a trial with users showed."""
    who, row, standard = _who(request, code)
    who.require(*rights("inventory")["service.tried"], of=(row.owner.code, standard.group))
    asked = standards.requirements(standard)
    form = Trying(given(request))
    field = form.fields["requirement"]
    if isinstance(field, forms.ChoiceField):
        field.choices = [
            (each.code, each.text.into(layout.language()))
            for each in asked.requirements
            if each.how is How.USERS
        ]
    if form.is_valid():
        told = dict(form.cleaned_data)
        told["protected"] = told["protected"] or 0
        with refusals_into(form):
            actions.enter_trial(who, code, **told)
            return redirect(f"{reverse('meeting', args=[code])}?done=saved")
    context: dict[str, Any] = {
        "row": row,
        "limits": asked.trial,
        "share": round(asked.trial.finish * 100),
    }
    return answer(request, "inventory/trial.html", form, **context)


class Asking(PageForm):
    """Which page the machine is to look at."""

    address = forms.CharField(
        label=_("Address of the page"),
        help_text=_("As everybody opens it, without signing in: https://…"),
        max_length=500,
        widget=forms.TextInput(attrs={"inputmode": "url", "autocomplete": "url"}),
    )

    def clean_address(self) -> str:
        """The address, if it is one that can be looked at."""
        written = str(self.cleaned_data["address"]).strip()
        try:
            parted(written, net())
        except Refusal as refusal:
            raise forms.ValidationError(sentence(refusal)) from None
        return written


@for_deed("inventory", "check.asked")
def ask(request: HttpRequest, code: str) -> HttpResponseBase:
    """Ask that the machine look at a page of the service."""
    who, row, standard = _who(request, code)
    who.require(*rights("inventory")["check.asked"], of=(row.owner.code, standard.group))
    form = Asking(given(request), initial={"address": row.address})
    if form.is_valid():
        with refusals_into(form):
            made = look_actions.ask_check(who, code, address=form.cleaned_data["address"])
            return redirect("look", code=code, look=made.code)
    return answer(request, "inventory/look_ask.html", form, row=row)
