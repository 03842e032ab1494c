"""The journal: what was done, to what, by whom, when; filtered by its address."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext_lazy as _

from marra.door import signed_in, stamp
from marra.journal.queries import entries as queries
from marra.journal.queries import tree
from marra.people import queries as people
from marra.people.rules import TERMINAL, VISITOR
from marra.web.formats import NATIONAL_TIME
from marra.web.forms import PageForm

PAGE: Final = 50

DEEDS: Final = {
    "account.registered": gettext_noop("opened an account"),
    "account.appointed": gettext_noop("gave a role"),
    "account.dismissed": gettext_noop("took a role"),
    "account.closed": gettext_noop("closed an account"),
    "account.password-changed": gettext_noop("changed the own password"),
    "account.password-reset": gettext_noop("set a password for somebody"),
    "factor.begun": gettext_noop("began to set up a second step"),
    "factor.confirmed": gettext_noop("set up a second step"),
    "passkey.added": gettext_noop("added a passkey"),
    "spare-codes.made": gettext_noop("made spare codes"),
    "factor.removed": gettext_noop("removed a second step"),
    "factors.reset": gettext_noop("reset the second step of somebody"),
    "code.taken": gettext_noop("signed in with a code"),
    "passkey.used": gettext_noop("signed in with a passkey"),
    "sessions.swept": gettext_noop("removed ended sessions"),
    "sign-in.tried": gettext_noop("tried to sign in"),
    "sign-in.succeeded": gettext_noop("signed in"),
    "file.kept": gettext_noop("kept a file"),
    "files.swept": gettext_noop("swept the archive"),
    "release.adopted": gettext_noop("took in the packaged figures"),
    "release.imported": gettext_noop("imported figures"),
    "release.withdrawn": gettext_noop("withdrew a release"),
    "forecast.sealed": gettext_noop("sealed a forecast"),
    "forecast.scored": gettext_noop("scored a forecast"),
    "portfolio.opened": gettext_noop("opened a portfolio"),
    "portfolio.updated": gettext_noop("added a version of a portfolio"),
    "portfolio.withdrawn": gettext_noop("withdrew a version of a portfolio"),
    "portfolio.renamed": gettext_noop("renamed a portfolio"),
    "portfolio.shown": gettext_noop("changed who reads a portfolio"),
    "plan.kept": gettext_noop("kept a plan"),
    "plan.revised": gettext_noop("revised a draft of a plan"),
    "plan.proposed": gettext_noop("proposed a plan"),
    "plan.adopted": gettext_noop("adopted a plan"),
    "plan.rejected": gettext_noop("rejected a plan"),
    "plan.assigned": gettext_noop("opened the assignments of a plan"),
    "plan.superseded": gettext_noop("superseded a plan"),
    "scenario.kept": gettext_noop("kept a scenario"),
    "scenario.renamed": gettext_noop("renamed a scenario"),
    "scenario.shared": gettext_noop("changed who reads a scenario"),
    "scenario.archived": gettext_noop("archived a scenario"),
    "reading.decided": gettext_noop("decided how a question is read"),
    "acts.adopted": gettext_noop("took in the packaged acts"),
    "act.imported": gettext_noop("imported an act"),
    "obligation.day-set": gettext_noop("set a deadline of an obligation"),
    "obligation.proved": gettext_noop("accepted a proof of an obligation"),
    "obligation.unproved": gettext_noop("withdrew a proof of an obligation"),
    "groups.adopted": gettext_noop("opened the packaged working groups"),
    "group.opened": gettext_noop("opened a working group"),
    "group.changed": gettext_noop("changed a working group"),
    "group.closed": gettext_noop("closed a working group"),
    "member.added": gettext_noop("entered a member"),
    "member.ended": gettext_noop("ended a membership"),
    "body.opened": gettext_noop("entered a state body"),
    "body.changed": gettext_noop("changed a state body"),
    "body.closed": gettext_noop("closed a state body"),
    "bodies.adopted": gettext_noop("took in the packaged state bodies"),
    "function.entered": gettext_noop("entered a function"),
    "function.changed": gettext_noop("changed a function"),
    "function.removed": gettext_noop("removed a function"),
    "process.entered": gettext_noop("entered a process"),
    "process.changed": gettext_noop("changed a process"),
    "process.decided": gettext_noop("decided what becomes of a process"),
    "process.removed": gettext_noop("removed a process"),
    "service.entered": gettext_noop("entered a service"),
    "service.changed": gettext_noop("changed a service"),
    "service.removed": gettext_noop("removed a service"),
    "service.launched": gettext_noop("noted since when a service is digital"),
    "service.excepted": gettext_noop("excepted a service from the app"),
    "list.imported": gettext_noop("imported a list of functions"),
    "list.approved": gettext_noop("approved a list of functions"),
    "standard.adopted": gettext_noop("adopted a service standard"),
    "service.assessed": gettext_noop("assessed an own service"),
    "service.reviewed": gettext_noop("reviewed a service"),
    "service.tried": gettext_noop("entered a trial with users"),
    "check.asked": gettext_noop("asked for an automatic check"),
    "checks.asked": gettext_noop("let a machine look at pages of services again"),
    "check.begun": gettext_noop("began an automatic check"),
    "check.finished": gettext_noop("finished an automatic check"),
    "feature.changed": gettext_noop("changed a feature of the Survey"),
    "features.shared": gettext_noop("said who answers for features of the Survey"),
    "feature.assessed": gettext_noop("assessed a feature of the Survey"),
    "features.answered": gettext_noop("took answers on features of the Survey in from a file"),
    "features.written": gettext_noop("took in from a file what features of the Survey take"),
    "feature.reviewed": gettext_noop("reviewed a feature of the Survey"),
    "feature.look-asked": gettext_noop("asked a machine to look at a feature of the Survey"),
    "features.looks-asked": gettext_noop("let a machine look at features of the Survey"),
    "feature.looked": gettext_noop("noted what a machine saw of a feature of the Survey"),
    "observation.entered": gettext_noop("entered an observation"),
    "observation.imported": gettext_noop("imported observations"),
    "observation.reported": gettext_noop("reported an observation from a system"),
    "observation.corrected": gettext_noop("corrected an observation"),
    "observation.withdrawn": gettext_noop("withdrew an observation"),
    "measures.taken": gettext_noop("collected measures"),
    "target.set": gettext_noop("set a target"),
    "target.withdrawn": gettext_noop("withdrew a target"),
    "responsible.set": gettext_noop("named a responsible body"),
    "key.made": gettext_noop("made a key for reporting"),
    "key.ended": gettext_noop("ended a key for reporting"),
    "return.opened": gettext_noop("opened an international return"),
    "return.filled": gettext_noop("filled in an international return"),
    "return.approved": gettext_noop("approved an international return"),
    "return.sent": gettext_noop("sent an international return"),
    "discrepancy.opened": gettext_noop("opened a case on a differing figure"),
    "discrepancy.moved": gettext_noop("moved a case on a differing figure"),
    "contacts.set": gettext_noop("set how to be told outside"),
    "notices.made": gettext_noop("reminded of what falls due"),
    "notices.listed": gettext_noop("sent the list of what falls due round"),
    "notices.heard": gettext_noop("told people what happened"),
    "notice.read": gettext_noop("read a notice"),
    "notices.read": gettext_noop("read all notices"),
    "assignment.reminded": gettext_noop("reminded a body by hand"),
    "deliveries.claimed": gettext_noop("took up messages to send"),
    "delivery.tried": gettext_noop("sent a message"),
    "deliveries.retried": gettext_noop("let messages be sent again"),
    "session.called": gettext_noop("called a session"),
    "session.changed": gettext_noop("changed a session"),
    "session.cancelled": gettext_noop("cancelled a session"),
    "session.opened": gettext_noop("opened a session"),
    "session.closed": gettext_noop("closed a session"),
    "session.signed": gettext_noop("signed minutes"),
    "item.added": gettext_noop("added an item to an agenda"),
    "item.changed": gettext_noop("changed an item of an agenda"),
    "item.removed": gettext_noop("removed an item from an agenda"),
    "minutes.written": gettext_noop("wrote minutes"),
    "attendance.marked": gettext_noop("noted who came to a session"),
    "decision.made": gettext_noop("recorded a decision"),
    "decision.changed": gettext_noop("changed the words of a decision"),
    "decision.removed": gettext_noop("struck a decision out"),
    "proposal.made": gettext_noop("made a proposal"),
    "proposal.changed": gettext_noop("changed a proposal"),
    "proposal.put-forward": gettext_noop("put a proposal forward"),
    "proposal.planned": gettext_noop("said which plan carries a proposal"),
    "proposal.taken": gettext_noop("took a proposal on an agenda"),
    "proposal.left": gettext_noop("let a proposal wait for another session"),
    "proposal.decided": gettext_noop("decided on a proposal"),
    "proposal.withdrawn": gettext_noop("withdrew a proposal"),
    "assignment.made": gettext_noop("made an assignment"),
    "assignment.changed": gettext_noop("changed an assignment"),
    "assignment.given": gettext_noop("gave an assignment"),
    "assignment.started": gettext_noop("took up an assignment"),
    "assignment.reported": gettext_noop("reported on an assignment"),
    "assignment.submitted": gettext_noop("submitted an assignment"),
    "assignment.group-judged": gettext_noop("judged an assignment in the group"),
    "assignment.judged": gettext_noop("judged an assignment"),
    "extension.asked": gettext_noop("asked for more time"),
    "extension.answered": gettext_noop("answered a request for more time"),
    "assignment.delegated": gettext_noop("delegated an assignment"),
    "assignment.removed": gettext_noop("took an assignment from control"),
    "assignments.imported": gettext_noop("imported assignments"),
    "assignments.reported": gettext_noop("reported on several assignments"),
    "deputy.appointed": gettext_noop("appointed a deputy"),
    "deputy.ended": gettext_noop("ended a deputyship"),
    "deputies.settled": gettext_noop("began and ended deputyships"),
    "report.made": gettext_noop("made a report"),
    "report.published": gettext_noop("published a report"),
    "review.made": gettext_noop("reviewed the promises of a plan"),
    "catalogue.entered": gettext_noop("entered a service of the portal"),
    "catalogue.described": gettext_noop("wrote what a service is"),
    "catalogue.imported": gettext_noop("took in passports of services"),
    "catalogue.adopted": gettext_noop("took in the packaged passports"),
    "catalogue.published": gettext_noop("published a service"),
    "catalogue.paused": gettext_noop("paused a service"),
    "catalogue.resumed": gettext_noop("let a service go on"),
    "catalogue.withdrawn": gettext_noop("withdrew a service"),
    "definition.kept": gettext_noop("kept the definition of a service"),
    "base-amount.entered": gettext_noop("entered the basic calculation amount"),
    "case.begun": gettext_noop("began an application"),
    "case.offered": gettext_noop("offered a service to somebody"),
    "case.saved": gettext_noop("kept a page of an application"),
    "case.sent": gettext_noop("sent an application"),
    "case.applied": gettext_noop("applied for a service"),
    "case.withdrawn": gettext_noop("withdrew an application"),
    "case.message-sent": gettext_noop("wrote about an application"),
    "case.rated": gettext_noop("rated a service"),
    "case.appealed": gettext_noop("appealed against a decision"),
    "case.taken": gettext_noop("took an application up"),
    "case.given-back": gettext_noop("gave an application back"),
    "case.returned": gettext_noop("returned an application to be corrected"),
    "case.finished": gettext_noop("finished a step of an application"),
    "case.decided": gettext_noop("decided on an application"),
    "case.moved": gettext_noop("moved an application to a new version"),
    "case.settled": gettext_noop("brought an answer for an application"),
    "case.paid": gettext_noop("noted a payment"),
    "result.issued": gettext_noop("issued a document"),
    "result.written": gettext_noop("sealed a document"),
    "result.revoked": gettext_noop("revoked a document"),
    "charge.called": gettext_noop("answered a system of payments"),
    "case.woken": gettext_noop("told an application that its time had come"),
}
"""What was done, in words."""

FACTS: Final = {
    "account": gettext_noop("account"),
    "anew": gettext_noop("computed anew"),
    "answer": gettext_noop("answer"),
    "body": gettext_noop("state body"),
    "count": gettext_noop("how many"),
    "digest": gettext_noop("digest"),
    "due": gettext_noop("deadline"),
    "edition": gettext_noop("edition"),
    "fields": gettext_noop("what was changed"),
    "factor": gettext_noop("second step"),
    "futures": gettext_noop("futures"),
    "group": gettext_noop("working group"),
    "instead_of": gettext_noop("instead of"),
    "kind": gettext_noop("kind"),
    "met": gettext_noop("is met"),
    "method": gettext_noop("method"),
    "name": gettext_noop("file"),
    "nowcast": gettext_noop("nowcast"),
    "origin": gettext_noop("from edition"),
    "persistence": gettext_noop("rank CRPS of persistence"),
    "place": gettext_noop("country"),
    "places": gettext_noop("countries"),
    "projection": gettext_noop("rank CRPS of the projection"),
    "proof": gettext_noop("proof"),
    "provisional": gettext_noop("provisional"),
    "public": gettext_noop("open to all"),
    "reading": gettext_noop("decision"),
    "release": gettext_noop("release"),
    "role": gettext_noop("role"),
    "seat": gettext_noop("seat"),
    "seed": gettext_noop("seed"),
    "version": gettext_noop("version"),
}
"""The circumstances of a deed, in words."""

TOLD: Final = frozenset({"role", "kind"})
"""Circumstances whose value is a word that a rule has marked."""


def _day(label: str) -> forms.DateField:
    """A day, written as everywhere on our pages; a browser's own field writes it as it likes."""
    return forms.DateField(
        label=_(label),
        required=False,
        input_formats=["%d.%m.%Y", "%Y-%m-%d"],
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "decimal"}),
        error_messages={"invalid": _("Write a day like 23.11.2026.")},
    )


class Filters(PageForm):
    """What to show of the journal."""

    by = forms.ChoiceField(label=_("Who"), required=False)
    deed = forms.ChoiceField(label=_("What was done"), required=False)
    thing = forms.CharField(label=_("To what (code)"), required=False, max_length=80)
    since = _day(gettext_noop("From (day.month.year)"))
    until = _day(gettext_noop("To (day.month.year)"))
    page = forms.IntegerField(required=False, min_value=1, max_value=10_000)

    def __init__(self, data: QueryDict, accounts: dict[str, str]) -> None:
        super().__init__(data)
        anyone = [("", _("all"))]
        known = {TERMINAL: gettext(TERMINAL), VISITOR: gettext(VISITOR), **accounts}
        if sought := data.get("by"):
            known.setdefault(sought, sought)  # somebody whose account this reader may not know
        by, deed = self.fields["by"], self.fields["deed"]
        if isinstance(by, forms.ChoiceField) and isinstance(deed, forms.ChoiceField):
            by.choices = anyone + list(known.items())
            deed.choices = anyone + [(each, gettext(says)) for each, says in DEEDS.items()]


@dataclass(frozen=True, slots=True)
class Line:
    """One entry as the page writes it."""

    at: datetime
    by: str
    who: str
    deed: str
    thing: str
    facts: list[tuple[str, object]]
    number: int | None  # once it is sealed


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), NATIONAL_TIME)


def _filtered(entries: QuerySet, wanted: dict[str, object]) -> QuerySet:  # type: ignore[type-arg]
    for name in ("by", "deed", "thing"):
        if wanted.get(name):
            entries = entries.filter(**{name: wanted[name]})
    if isinstance(since := wanted.get("since"), date):
        entries = entries.filter(at__gte=_midnight(since))
    if isinstance(until := wanted.get("until"), date):
        entries = entries.filter(at__lt=_midnight(until + timedelta(days=1)))
    return entries


def _facts(facts: dict[str, object]) -> Iterator[tuple[str, object]]:
    for name, fact in facts.items():
        if fact in ("", None) or fact is False:
            continue
        told = gettext("yes") if fact is True else fact
        word = str(fact).replace("-", " ") if name == "role" else str(fact)
        yield gettext(FACTS.get(name, name)), gettext(word) if name in TOLD else told


@signed_in
def show(request: HttpRequest) -> HttpResponse:
    """Entries, newest first, as far as this person may read them."""
    who = stamp(request)
    accounts = dict(people.visible_to(who).values_list("code", "name"))
    form = Filters(request.GET, accounts)
    wanted = form.cleaned_data if form.is_valid() else {}
    page = wanted.get("page") or 1
    found = _filtered(queries.visible_to(who), wanted)
    entries = list(found[(page - 1) * PAGE : page * PAGE + 1])
    numbers = tree.numbers(entries)
    lines = [
        Line(
            at=entry.at,
            by=entry.by,
            who=accounts.get(entry.by, gettext(entry.by)),
            deed=gettext(DEEDS.get(entry.deed, entry.deed)),
            thing=entry.thing,
            facts=list(_facts(entry.facts)),
            number=numbers.get(entry.pk),
        )
        for entry in entries[:PAGE]
    ]
    told = {
        "form": form,
        "lines": lines,
        "page": page,
        "filtered": any(wanted.get(name) for name in ("by", "deed", "thing", "since", "until")),
        "more": page + 1 if len(entries) > PAGE else None,
        "less": page - 1 if page > 1 else None,
    }
    return render(request, "journal/journal.html", told, status=200 if form.is_valid() else 422)
