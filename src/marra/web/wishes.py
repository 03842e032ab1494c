"""How somebody wants to be told outside: in which language, by which ways, and not at night."""

from typing import Any

from django import forms
from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from marra.door import sentence, signed_in, stamp
from marra.kit.errors import Refusal
from marra.people import actions, queries
from marra.people.rules.contacts import Way, checked_way
from marra.web import layout
from marra.web.commission.ladder import WAYS
from marra.web.forms import PageForm, answer, refusals_into


class Wishes(PageForm):
    """Language, hours, and for each way an address and whether it is on."""

    language = forms.ChoiceField(
        label=_("Language of mails and messages"),
        choices=[(code, name) for code, (_tag, name, _short) in layout.LANGUAGE_NAMES.items()],
    )
    quiet = forms.BooleanField(
        label=_("Nothing from 22:00 to 7:00, Tashkent time"),
        help_text=_("What comes at night is sent at seven."),
        required=False,
    )
    mail = forms.CharField(
        label=_("Mail address"),
        required=False,
        max_length=120,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    mail_on = forms.BooleanField(label=_("Send me mail"), required=False)
    telegram = forms.CharField(
        label=_("Number of the Telegram chat"),
        help_text=_("Write to the bot of this house; it answers with the number."),
        required=False,
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    telegram_on = forms.BooleanField(label=_("Write to me on Telegram"), required=False)
    sms = forms.CharField(
        label=_("Telephone for SMS"),
        help_text=_("For example +998 90 123 45 67. SMS come on the last day and after it."),
        required=False,
        max_length=30,
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "tel"}),
    )
    sms_on = forms.BooleanField(label=_("Send me SMS"), required=False)

    def clean(self) -> dict[str, Any]:
        """Addresses in the form in which they are kept; what is wrong stands beside its field."""
        given = super().clean() or {}
        for way in Way:
            try:
                given[way] = checked_way(way, given.get(way, ""), given.get(f"{way}_on", False))
            except Refusal as refusal:
                self.add_error(way, sentence(refusal))
        return given


@signed_in
def show(request: HttpRequest) -> HttpResponseBase:
    """One's own ways to be told."""
    who = stamp(request)
    known, ways = queries.wishes_of(who), queries.ways_of(who)
    initial: dict[str, object] = {
        "language": known.language if known else layout.language(),
        "quiet": known.is_quiet if known else True,
    }
    for way, row in ways.items():
        initial |= {way: row.address, f"{way}_on": row.is_on}
    form = Wishes(request.POST or None, initial=initial)
    if form.is_valid():
        given = form.cleaned_data
        with refusals_into(form):
            actions.set_contacts(
                who,
                who.by,
                language=given["language"],
                is_quiet=given["quiet"],
                ways={way: (given[way], given[f"{way}_on"]) for way in Way},
            )
            return redirect(f"{reverse('notice-wishes')}?done=set")
    context = {
        "parts": [
            (WAYS[way], form[way], form[f"{way}_on"], not unset)
            for way, unset in zip(
                Way, (settings.MAIL, settings.TELEGRAM, settings.SMS), strict=True
            )
        ],
        "done": request.GET.get("done"),
    }
    return answer(request, "people/wishes.html", form, None, **context)
