"""Forms of the work on services: what the catalogue says, and what is done to a service."""

import json
from typing import TYPE_CHECKING, Any, Final

from django import forms
from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext_lazy as _

from marra.inventory.queries import services as listed
from marra.inventory.queries.bodies import choices as body_choices
from marra.people.rules.rights import Stamp, rights
from marra.portal.queries.amounts import fees
from marra.portal.rules.events import events
from marra.portal.rules.lines import (
    act_lines,
    acts_of,
    fee_lines,
    fees_of,
    text_lines,
    texts_of,
)
from marra.portal.rules.services import AUDIENCES, CHANNELS, KINDS
from marra.portal.rules.told import Opened
from marra.web import layout
from marra.web.commission.proving import day_field
from marra.web.formats import day as written_day
from marra.web.forms import PageForm
from marra.web.inventory.fields import WholeNumberField, choose
from marra.web.portal.words import event_names

if TYPE_CHECKING:
    from marra.portal.models.catalogue import Service

FEW: Final = {"rows": 3}
AS_THEY_ARE: Final = ("body", "row", "audience", "kind", "term", "events")


def _box(label: Any, hint: Any = "", most: int = 4000) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=hint,
        required=False,
        max_length=most,
        widget=forms.Textarea(attrs=FEW),
    )


class Describing(PageForm):
    """What the catalogue says of a service."""

    name_uz = forms.CharField(label=_("Name in Uzbek"), max_length=500)
    name_ru = forms.CharField(label=_("Name in Russian"), required=False, max_length=500)
    name_en = forms.CharField(label=_("Name in English"), required=False, max_length=500)
    about_uz = _box(_("What one gets, in Uzbek"), _("One or two sentences."))
    about_ru = _box(_("What one gets, in Russian"))
    about_en = _box(_("What one gets, in English"))
    body = forms.ChoiceField(label=_("State body"), required=False)
    row = forms.ChoiceField(
        label=_("Row in the inventory"),
        help_text=_("Publication notes there since when the service is digital."),
        required=False,
    )
    audience = forms.ChoiceField(label=_("For whom"), required=False)
    kind = forms.ChoiceField(label=_("Kind"))
    parts = _box(
        _("Services it consists of"),
        _("For a composite service: their codes, one a line."),
    )
    term = WholeNumberField(
        label=_("Term, working days"),
        help_text=_("0 is at once or on the same day."),
        required=False,
        max_length=4,
    )
    fees = _box(
        _("Fees, in multiples of the basic calculation amount"),
        _("One a line: 0,9 or 0,02–0,64 / page : for whom @ 01.01.2026. Free of charge is 0."),
    )
    no_documents = forms.BooleanField(label=_("No document is asked for"), required=False)
    documents = _box(
        _("Documents that are asked for"), _("One a line: Uzbek | Russian | English.")
    )
    legal = _box(_("Legal basis"), _("One act a line: title and article | address."))
    steps = _box(_("Steps"), _("One a line, from the request to the result."))
    events = forms.MultipleChoiceField(
        label=_("Life events"), required=False, widget=forms.CheckboxSelectMultiple
    )
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, who: Stamp, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = layout.language()
        nothing = ("", gettext("not known"))
        own = who.scopes(*rights("portal")["catalogue.described"])
        everywhere = "" in own
        bodies = [each for each in body_choices(language) if everywhere or each[0] in own]
        rows = listed.visible_to(who).values_list("code", "title")[:2000]
        choose(
            self,
            {
                "body": [*([nothing] if everywhere else []), *bodies],
                "row": [nothing, *rows],
                "audience": [nothing, *((c.value, gettext(n)) for c, n in AUDIENCES.items())],
                "kind": [(c.value, gettext(n)) for c, n in KINDS.items()],
                "events": event_names(events()),
            },
        )
        for code, name in CHANNELS.items():
            self.fields[f"open_{code}"] = forms.BooleanField(label=gettext(name), required=False)
            self.fields[f"since_{code}"] = day_field(SINCE, required=False)
            self.fields[f"since_{code}"].label = f"{gettext(name)}: {gettext(SINCE)}"
            self.fields[f"address_{code}"] = forms.CharField(
                label=f"{gettext(name)}: {gettext(ELSEWHERE)}",
                required=False,
                max_length=500,
            )

    def told(self) -> dict[str, Any]:
        """What was written, as the action takes it; refuses with `LineUnread`."""
        given = self.cleaned_data
        documents = texts_of(given["documents"])
        return {
            "names": {each: given[f"name_{each}"] for each in ("uz", "ru", "en")},
            "about": {each: given[f"about_{each}"] for each in ("uz", "ru", "en")},
            **{
                name: given[name] for name in ("body", "row", "audience", "kind", "term", "events")
            },
            "parts": given["parts"].split(),
            "fees": fees_of(given["fees"]),
            "documents": documents or ([] if given["no_documents"] else None),
            "legal": acts_of(given["legal"]),
            "steps": given["steps"].splitlines(),
            "openings": [
                Opened(code.value, given[f"since_{code}"], given[f"address_{code}"])
                for code in CHANNELS
                if given[f"open_{code}"]
            ],
        }


SINCE: Final = gettext_noop("since (day.month.year); empty: with the publication")
ELSEWHERE: Final = gettext_noop("address, if it runs in another system")


def written(row: "Service") -> dict[str, Any]:
    """What stands in the row, as the form writes it."""
    openings = {each.channel: each for each in row.openings.all()}
    told: dict[str, Any] = {
        **{f"name_{each}": row.names.get(each, "") for each in ("uz", "ru", "en")},
        **{f"about_{each}": row.about.get(each, "") for each in ("uz", "ru", "en")},
        "body": row.body.code if row.body else "",
        "row": row.row.code if row.row else "",
        "audience": row.audience,
        "kind": row.kind,
        "parts": "\n".join(row.parts.values_list("code", flat=True)),
        "term": "" if row.term is None else str(row.term),
        "fees": fee_lines(fees(row.fees.all())),
        "no_documents": row.documents == [],
        "documents": text_lines(row.documents or []),
        "legal": act_lines(row.legal),
        "steps": "\n".join(row.steps),
        "events": list(row.occasions.values_list("event", flat=True)),
        "version": row.version,
    }
    for channel, each in openings.items():
        told[f"open_{channel}"] = True
        told[f"since_{channel}"] = written_day(each.since) if each.since else ""
        told[f"address_{channel}"] = each.address
    return told


class Uploading(PageForm):
    """A file of passports."""

    file = forms.FileField(
        label=_("File"),
        help_text=_("JSON lines, JSON, a workbook (.xlsx) or CSV; at most 10 megabytes."),
        widget=forms.ClearableFileInput(attrs={"accept": ".jsonl,.json,.xlsx,.csv"}),
        allow_empty_file=True,
    )


class Bundle(PageForm):
    """A definition as one file."""

    file = forms.FileField(
        label=_("Definition (.json)"),
        help_text=_("One object with forms, bpmn, dmn and personas; at most 2 megabytes."),
        widget=forms.ClearableFileInput(attrs={"accept": ".json"}),
    )

    def document(self) -> Any:
        """What the file says; None if it is no JSON, which the action refuses."""
        try:
            return json.loads(self.cleaned_data["file"].read(2_000_001))
        except (ValueError, RecursionError):
            return None


class Why(PageForm):
    """A reason that everybody reads."""

    why = forms.CharField(
        label=_("Why"),
        help_text=_("Everybody who looks for the service reads it."),
        max_length=1000,
        widget=forms.Textarea(attrs=FEW),
    )


class Sure(PageForm):
    """Nothing to write, only to confirm."""


class BaseAmount(PageForm):
    """The basic calculation amount that a decree set."""

    since = day_field(gettext_noop("In force since (day.month.year)"))
    soum = WholeNumberField(label=_("Amount, soʻm"), max_length=20)
    source = forms.CharField(label=_("Act that sets it"), max_length=300)
