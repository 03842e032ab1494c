"""The standard of simple services: what it asks, its versions, and how services stand by it."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext_lazy as _

from marra.commission.queries import groups
from marra.door import finding, stamp
from marra.inventory.actions import standards as actions
from marra.inventory.queries import results, services
from marra.inventory.queries import standards as queries
from marra.inventory.queries.bodies import bodies
from marra.inventory.rules.judgements import Tally
from marra.inventory.rules.page_checks.rules import RULES
from marra.inventory.rules.standard import (
    How,
    Part,
    Requirement,
    Requirements,
    packaged,
    packaged_file,
)
from marra.kit.findings import FileRefused
from marra.people.rules.rights import Stamp
from marra.web import layout
from marra.web.commission.proving import day_field
from marra.web.forms import PageForm, answer, refusals_into
from marra.web.gate import for_deed, may
from marra.web.kept import rests_on_records

if TYPE_CHECKING:
    from marra.inventory.models.functions import Service
    from marra.inventory.models.standard import Standard

PAGE: Final = 50
PACKAGED: Final = "packaged"

HOWS: Final = {
    How.AUTOMATIC: gettext_noop("checked by machine"),
    How.REVIEW: gettext_noop("looked at by the group"),
    How.USERS: gettext_noop("tried with users"),
}
"""How a requirement is checked, in words."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One requirement as the page tells it."""

    requirement: Requirement

    @property
    def how(self) -> str:
        """How it is checked."""
        return gettext(HOWS[self.requirement.how])

    @property
    def checks(self) -> list[str]:
        """What the machine looks at."""
        return [gettext(RULES[each]) for each in self.requirement.checks]


def parts_of(asked: Requirements) -> list[tuple[Part, list[Asked]]]:
    """The parts with their requirements."""
    return [(part, [Asked(each) for each in asked.of_part(part.code)]) for part in asked.parts]


@rests_on_records
def show(request: HttpRequest, code: str = "") -> HttpResponse:
    """The standard in force, or the version of that code; the packaged one before any is."""
    who = stamp(request)
    row = queries.visible_to(who).named(code) if code else queries.in_force(who.at.date())
    asked = queries.requirements(row) if row else packaged()
    context: dict[str, Any] = {
        "row": row,
        "asked": asked,
        "count": len(asked.requirements),
        "hows": [
            (gettext(told), sum(each.how is how for each in asked.requirements))
            for how, told in HOWS.items()
        ],
        "parts": parts_of(asked),
        "versions": [each for each in queries.visible_to(who) if not row or each.pk != row.pk],
        "group": _group(who, row),
        "may_adopt": may(who, "inventory", "standard.adopted"),
        "done": request.GET.get("done"),
    }
    return render(request, "inventory/standard.html", context)


def _group(who: Stamp, row: "Standard | None") -> str:
    found = groups.visible_to(who).filter(code=row.group).first() if row and row.group else None
    return found.name.into(layout.language()) if found else ""


def file(request: HttpRequest, code: str) -> HttpResponse:
    """The file of a version, to read by machine or to begin the next with."""
    if code == PACKAGED:
        content = packaged_file()
    else:
        content = queries.visible_to(stamp(request)).named(code).document.encode()
    answer = HttpResponse(content, content_type="application/toml; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{code}.toml"'
    return answer


class Filter(PageForm):
    """Which services are asked for."""

    body = forms.ChoiceField(label=_("State body"), required=False)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        language = layout.language()
        owners = sorted(((b.code, b.name.into(language)) for b in bodies()), key=lambda e: e[1])
        field = self.fields["body"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", gettext("all")), *owners]


@dataclass(frozen=True, slots=True)
class Line:
    """One service with how it stands."""

    row: "Service"
    owner: str
    tally: Tally


@rests_on_records
def overview(request: HttpRequest) -> HttpResponse:
    """How each service stands by the standard in force."""
    who = stamp(request)
    form = Filter(request.GET or None)
    form.is_valid()
    body = form.cleaned_data.get("body", "") if form.is_bound else ""
    rows = services.visible_to(who).order_by("owner__key", "key", "pk")
    if body:
        rows = rows.filter(owner__code=body)
    sheet = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    standard = queries.in_force(who.at.date())
    shown = list(sheet)
    found = results.tallies(shown, standard, who.at) if standard else {}
    language = layout.language()
    context = {
        "form": form,
        "standard": standard,
        "lines": [
            Line(each, each.owner.name.into(language), found[each.pk])
            for each in shown
            if each.pk in found
        ],
        "count": sheet.paginator.count,
        "asked": len(queries.requirements(standard).requirements) if standard else 0,
        "page": sheet.number,
        "pages": sheet.paginator.num_pages,
    }
    return render(request, "inventory/standard_results.html", context)


class Adopting(PageForm):
    """Which version is put into force, since when, and who reviews by it."""

    file = forms.FileField(
        label=_("File of the requirements (TOML)"),
        widget=forms.ClearableFileInput(attrs={"accept": ".toml"}),
    )
    in_force_from = day_field(gettext_noop("In force from (day.month.year)"))
    group = forms.ChoiceField(label=_("Working group that reviews services"), required=False)

    def __init__(self, *args: object, who: Stamp, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        if queries.latest_number() < packaged().number:
            self.fields["file"].required = False
            self.fields["file"].help_text = gettext(
                "Leave it empty to adopt the version that comes along."
            )
        found = [(g.code, g.name.into(layout.language())) for g in groups.standing(who)]
        field = self.fields["group"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", gettext("none: the secretary of the Commission")), *found]


@for_deed("inventory", "standard.adopted")
def adopt(request: HttpRequest) -> HttpResponseBase:
    """Put a version of the standard into force."""
    who = stamp(request)
    initial = {"in_force_from": who.at.date()}
    form = Adopting(request.POST or None, request.FILES or None, initial=initial, who=who)
    told: list[str] = []
    if form.is_valid():
        given = form.cleaned_data
        content = given["file"].read(2 << 20) if given["file"] else None
        with refusals_into(form):
            try:
                actions.adopt_standard(
                    who,
                    content=content,
                    name=given["file"].name if given["file"] else "standard.toml",
                    in_force_from=given["in_force_from"],
                    group=given["group"],
                )
            except FileRefused as refused:
                told = [finding(each) for each in refused.findings]
                raise
            return redirect(f"{reverse('standard')}?done=adopted")
    latest = queries.latest_number()
    context: dict[str, Any] = {
        "told": told,
        "latest": latest,
        "next": latest + 1,
        "packaged": packaged(),
    }
    return answer(request, "inventory/standard_adopt.html", form, **context)
