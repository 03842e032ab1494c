"""One feature of the survey: its state, who answers, its rounds of assessment; and its forms."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext_lazy as _

from marra.commission.queries import groups
from marra.door import stamp
from marra.inventory.actions import features as actions
from marra.inventory.queries import feature_looks
from marra.inventory.queries import features as queries
from marra.inventory.queries.bodies import choices as body_choices
from marra.inventory.queries.features import Entry, Round
from marra.inventory.rules.assessing import PARTS, STAGES, Stage
from marra.inventory.rules.features import MODULES, OSI, STATES, State, named
from marra.people import queries as people
from marra.people.rules.rights import Stamp
from marra.web import layout
from marra.web.commission.proving import NumberField
from marra.web.forms import PageForm, Refused, answer, refusals_into
from marra.web.gate import for_deed, may
from marra.web.inventory.feature_next import step_of
from marra.web.inventory.features import ABOUT, SEEN, SIGNS, line, lists, seen_of_row, which
from marra.web.inventory.fields import WholeNumberField, choose, lines_field
from marra.web.inventory.forms import given, must, written
from marra.web.kept import rests_on_records

if TYPE_CHECKING:
    from marra.inventory.models.features import FeatureState

LEAVE: Final = "leave"
NOBODY: Final = "nobody"

DONE: Final = {
    "saved": gettext_noop("The page shows it."),
    "asked": gettext_noop("A machine will look within minutes. This page then tells what it saw."),
}


class Changing(PageForm):
    """What a body says of a feature."""

    address = forms.CharField(label=_("Address where it can be seen"), required=False)
    effort = NumberField(label=_("Effort to have it, person-days"), required=False, max_length=12)
    every_days = WholeNumberField(
        label=_("A machine looks at the address every so many days"), required=False, max_length=3
    )
    note = lines_field(gettext_noop("Note"), gettext_noop("Read by those who hold a role."))
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)


class Judging(PageForm):
    """What an assessor or a reviewer found."""

    verdict = forms.ChoiceField(label=_("Is it there?"), widget=forms.RadioSelect)
    address = forms.CharField(
        label=_("Address where it can be seen"),
        help_text=_("Needed for what is there or partly there."),
        required=False,
    )
    note = lines_field(gettext_noop("What you saw"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        told = [(s.value, gettext(w)) for s, w in STATES.items() if s is not State.UNKNOWN]
        choose(self, {"verdict": told})


class Sharing(PageForm):
    """Who answers for features, and which group assesses them."""

    module = forms.ChoiceField(label=_("Module"), required=False)
    only = forms.BooleanField(
        label=_("Only those that no body answers for yet"), required=False, initial=True
    )
    body = forms.ChoiceField(label=_("The body that answers"))
    group = forms.ChoiceField(label=_("The group that assesses"))

    def __init__(self, *args: Any, who: Stamp, single: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if single:
            del self.fields["module"], self.fields["only"]
        language = layout.language()
        as_is = [(LEAVE, gettext("leave as it is")), (NOBODY, gettext("nobody"))]
        told = [(each.code, each.name.into(language)) for each in groups.standing(who)]
        choose(
            self,
            {"body": as_is + body_choices(language), "group": as_is + told}
            | ({} if single else {"module": _modules()}),
        )


def _modules() -> list[tuple[str, str]]:
    names = [(code.value, gettext(name)) for code, name in MODULES.items()]
    return [("", gettext("all")), *names]


@rests_on_records
def show(request: HttpRequest, code: str) -> HttpResponse:
    """One feature: where it stands, what it would bring, and how it was assessed."""
    return page(request, code)


def page(request: HttpRequest, code: str, wrong: Refused | None = None) -> HttpResponse:
    """The page of a feature, with what was refused above it."""
    who = stamp(request)
    entry = queries.one(who, code)
    row, region = entry.row, named(code)[1]
    found = queries.rounds(who, row) if row else []
    body, group = (row.body.code if row and row.body else ""), (row.group if row else "")
    reads = queries.reads_verdicts(who)
    context = {
        "entry": entry,
        "line": line(entry),
        "row": row,
        "about": gettext(ABOUT.get(entry.feature.of, "")) if entry.feature.of else "",
        "region": region,
        "portal": dict(lists()).get(region, "") if region else "",
        "group": _group(who, group),
        "step": step_of(who, entry) if entry.feature.list == OSI else None,
        "rounds": [_told(each) for each in found],
        "reads": reads,
        "names": people.names({s.verdict.by for r in found for s in r.said}) if reads else {},
        "waits": bool(found) and found[0].stage is Stage.DIFFER,
        "may_change": may(who, "inventory", "feature.changed", body),
        "may_share": may(who, "inventory", "features.shared"),
        "may_assess": may(who, "inventory", "feature.assessed", group),
        "may_review": may(who, "inventory", "feature.reviewed", group),
        "done": DONE.get(request.GET.get("done", ""), ""),
        **_machine(who, row, body, group),
    }
    return answer(request, "inventory/feature.html", wrong or Refused(), **context)


def _machine(who: Stamp, row: "FeatureState | None", body: str, group: str) -> dict[str, Any]:
    """What a machine saw, whether it was asked, and whether this person may ask it."""
    has_address = row is not None and bool(row.address)
    return {
        "seen": gettext(SEEN[seen_of_row(row)]) if has_address else "",
        "is_asked": row is not None and feature_looks.waits(row),
        "may_look": has_address and may(who, "inventory", "feature.look-asked", (body, group)),
    }


def _group(who: Stamp, code: str) -> str:
    found = groups.visible_to(who).filter(code=code).first() if code else None
    return found.name.into(layout.language()) if found else ""


def _told(each: Round) -> dict[str, Any]:
    """A round in words: its stage, what it came to, and the verdicts that may be read."""
    return {
        "round": each,
        "stage": gettext(STAGES[each.stage]),
        "outcome": gettext(STATES[each.outcome]) if each.outcome else "",
        "sign": SIGNS[each.outcome] if each.outcome else "",
        "said": [
            (said, gettext(PARTS[said.verdict.part]), gettext(STATES[said.verdict.state]))
            for said in each.said
        ],
    }


@for_deed("inventory", "feature.changed")
def change(request: HttpRequest, code: str) -> HttpResponseBase:
    """Say where a feature is, what it takes, and how often a machine looks."""
    who = stamp(request)
    entry = queries.one(who, code)
    row = entry.row
    must(who, "feature.changed", row.body.code if row and row.body else "")
    names = ("address", "effort", "every_days", "note", "version")
    now = written({name: getattr(row, name) for name in names}) if row else {"version": 1}
    return _form(
        request,
        entry,
        Changing(given(request), initial=now),
        lambda told: actions.change_feature(
            who, code, **{**told, "version": told["version"] or 0}
        ),
        gettext_noop("Change what is said of this feature"),
        gettext_noop("Save"),
    )


@for_deed("inventory", "feature.assessed")
def assess(request: HttpRequest, code: str) -> HttpResponseBase:
    """Give the own verdict, without knowing another one."""
    who = stamp(request)
    entry = queries.one(who, code)
    must(who, "feature.assessed", entry.row.group if entry.row else "")
    return _form(
        request,
        entry,
        Judging(given(request), initial={"address": entry.row.address if entry.row else ""}),
        lambda told: actions.assess_feature(who, code, **told),
        gettext_noop("Is this feature there?"),
        gettext_noop("Give your verdict"),
        begins=queries.next_round(entry.row) if entry.row else 0,
    )


@for_deed("inventory", "feature.reviewed")
def review(request: HttpRequest, code: str) -> HttpResponseBase:
    """Settle what two assessors see differently; both verdicts stand beside the form."""
    who = stamp(request)
    entry = queries.one(who, code)
    must(who, "feature.reviewed", entry.row.group if entry.row else "")
    found = queries.rounds(who, entry.row) if entry.row else []
    return _form(
        request,
        entry,
        Judging(given(request)),
        lambda told: actions.review_feature(who, code, **told),
        gettext_noop("Settle what the two assessors see differently"),
        gettext_noop("Settle it"),
        rounds=[_told(each) for each in found[:1]],
    )


@for_deed("inventory", "features.shared")
def share(request: HttpRequest) -> HttpResponseBase:
    """Say who answers for one feature, or for a module, or for a whole list."""
    who = stamp(request)
    code = request.GET.get("feature", "")
    entry = queries.one(who, code) if code else None
    of_list, portal = which(request.GET.get("of", ""))
    form = Sharing(given(request), who=who, single=entry is not None)

    def act(told: dict[str, Any]) -> object:
        meant = [entry] if entry else queries.register(who, of_list, portal)
        codes = [each.code for each in meant if entry or _is_meant(each, told)]
        kept = {name: told[name] for name in ("body", "group") if told[name] != LEAVE}
        meant_by = {name: "" if code == NOBODY else code for name, code in kept.items()}
        return actions.share_features(who, codes, **meant_by)

    back = "" if entry else f"{reverse('features')}?of={portal}"
    heading = gettext_noop("Who answers for it, and who assesses it?")
    return _form(request, entry, form, act, heading, gettext_noop("Save"), back=back)


def _is_meant(entry: Entry, told: dict[str, Any]) -> bool:
    is_free = not (entry.row and entry.row.body)
    return told["module"] in ("", entry.feature.module.value) and (is_free or not told["only"])


def _form(
    request: HttpRequest,
    entry: Entry | None,
    form: forms.Form,
    act: Callable[[dict[str, Any]], object],
    heading: str,
    button: str,
    *,
    back: str = "",
    rounds: list[dict[str, Any]] | None = None,
    begins: int = 0,
) -> HttpResponseBase:
    """The page of a form; what is refused stands above it, and what was typed stays."""
    home = back or (reverse("feature", args=[entry.code]) if entry else reverse("features"))
    if form.is_valid():
        with refusals_into(form):
            act(dict(form.cleaned_data))
            return redirect(home if back else f"{home}?done=saved")
        if entry and entry.row:
            entry.row.refresh_from_db()
    context: dict[str, Any] = {
        "entry": entry,
        "line": line(entry) if entry else None,
        "heading": gettext(heading),
        "button": gettext(button),
        "home": home,
        "rounds": rounds or [],
        "begins": begins,
        "clash": bool(form.errors) and "version" in form.fields,
    }
    return answer(request, "inventory/feature_form.html", form, **context)
