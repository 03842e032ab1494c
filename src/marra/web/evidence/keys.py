"""Reporting keys: which systems may report for which body; a new key is shown once."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from marra.door import stamp
from marra.evidence.actions import steering as actions
from marra.evidence.queries import keys as queries
from marra.evidence.rules.indicators import indicators
from marra.inventory.queries.bodies import choices
from marra.web import layout
from marra.web.evidence import words
from marra.web.forms import PageForm, Refused, answer, refusals_into
from marra.web.gate import for_deed


class NewKey(PageForm):
    """For whom a key is, and what it may report."""

    body = forms.ChoiceField(label=_("State body"))
    title = forms.CharField(
        label=_("System"),
        help_text=_("What reports with it; values without a source of their own name it so."),
        max_length=120,
    )
    indicators = forms.MultipleChoiceField(
        label=_("Indicators"),
        help_text=_("Those that it may report. None chosen: all."),
        required=False,
        widget=forms.SelectMultiple(attrs={"size": "8"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        body, codes = self.fields["body"], self.fields["indicators"]
        if isinstance(body, forms.ChoiceField) and isinstance(codes, forms.ChoiceField):
            body.choices = choices(layout.language())
            codes.choices = [(each.code, words.name(each)) for each in indicators().values()]


@for_deed("evidence", "key.made")
def show(request: HttpRequest) -> HttpResponse:
    """Every key, with what it delivered last."""
    rows = [
        (key, key.body.name.into(layout.language()), queries.deliveries(key)[:1])
        for key in queries.visible_to(stamp(request))
    ]
    return render(request, "evidence/keys.html", {"rows": rows, "done": request.GET.get("done")})


@for_deed("evidence", "key.made")
def make(request: HttpRequest) -> HttpResponse:
    """Make a key; its secret stands on the answer, and never again."""
    form = NewKey(request.POST or None)
    if form.is_valid():
        given = dict(form.cleaned_data)
        with refusals_into(form):
            key, secret = actions.make_key(stamp(request), given.pop("body"), **given)
            shown = render(request, "evidence/key_made.html", {"key": key, "secret": secret})
            shown["Cache-Control"] = "no-store"
            return shown
    return answer(request, "evidence/key_new.html", form)


@for_deed("evidence", "key.ended")
def end(request: HttpRequest, code: str) -> HttpResponse:
    """Ask, then end a key."""
    key = queries.visible_to(stamp(request)).named(code)
    refused = Refused()
    if request.method == "POST":
        with refusals_into(refused):
            actions.end_key(stamp(request), code)
            return redirect(f"{reverse('reporting-keys')}?done=ended")
    return answer(request, "evidence/key_end.html", refused, key=key)
