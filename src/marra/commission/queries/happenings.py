"""What happened, as the journal tells it, and whom it concerns."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db.models import Count
from django.utils import timezone

from marra.commission.models.assignments import Assignment
from marra.commission.models.groups import Member
from marra.commission.models.proposals import Proposal
from marra.commission.models.sessions import Session
from marra.commission.queries.addressees import Addressees
from marra.commission.queries.notices import Telling
from marra.commission.rules.assignments import State
from marra.commission.rules.events import FRESH, LISTED, Concerned, Event, told_of
from marra.commission.rules.ladder import Audience
from marra.people.rules.contacts import Way

if TYPE_CHECKING:
    from marra.journal.models import Entry

Thing = Assignment | Session | Proposal


@dataclass(frozen=True, slots=True)
class Known:
    """The things of some entries, by code, and who holds which role."""

    things: Mapping[str, Thing]
    who: Addressees


def happened(entries: "Iterable[tuple[int, Entry]]", now: datetime) -> Iterator[Telling]:
    """What entries of the journal give cause to tell; whoever did it is not told of it."""
    fresh = [(number, entry) for number, entry in entries if entry.at >= now - FRESH]
    telling = [(number, entry, told_of(entry.deed, entry.facts)) for number, entry in fresh]
    telling = [each for each in telling if each[2]]
    lists = [each for each in fresh if each[1].deed == LISTED]
    if not (telling or lists):
        return
    known = Known(_things({entry.thing for _, entry, _ in telling}), Addressees())
    for number, entry in lists:
        yield from _given_by_list(known.who, number, entry)
    for number, entry, events in telling:
        if entry.thing in known.things:
            yield from (_telling(known, number, entry, event) for event in events)


def _given_by_list(who: Addressees, number: int, entry: "Entry") -> Iterator[Telling]:
    """How many assignments a file gave to each body."""
    made = Assignment.objects.filter(made_at=entry.at, made_by=entry.by).order_by()
    rows = made.exclude(state=State.DRAFT).values("lead__code").annotate(n=Count("pk"))
    for row in rows.order_by("lead__code"):
        yield Telling(
            kind="given-many",
            thing="list",
            mark=f"{number}/given/{row['lead__code']}",
            to=tuple(code for code in who.acting_for(row["lead__code"]) if code != entry.by),
            ways=(Way.MAIL, Way.TELEGRAM),
            facts={"count": row["n"]},
        )


def _telling(known: Known, number: int, entry: "Entry", event: Event) -> Telling:
    thing = known.things[entry.thing]
    to = [code for each in event.to for code in _accounts(known, each, thing, entry)]
    return Telling(
        kind=event.kind,
        thing=entry.thing,
        mark=f"{number}/{event.kind}",
        to=tuple(code for code in to if code != entry.by),
        ways=event.ways,
        facts=_facts(thing, entry.facts),
    )


def _accounts(
    known: Known, audience: Audience | Concerned, thing: Thing, entry: "Entry"
) -> list[str]:
    match audience, thing:
        case Concerned.CHARGED, _:
            return [str(entry.facts["to"])]
        case Concerned.AUTHOR, Proposal():
            return [thing.made_by]
        case Concerned.MEMBERS, Session():
            return _members(thing)
        case Audience(), Assignment():
            return known.who.of(audience, thing)
        case _:
            return []


def _members(session: Session) -> list[str]:
    """The accounts of those who sit there now."""
    rows = Member.objects.filter(group=session.group, until=None).exclude(account="")
    return list(rows.values_list("account", flat=True))


def _facts(thing: Thing, said: Mapping[str, Any]) -> dict[str, object]:
    match thing:
        case Assignment():
            found: dict[str, object] = {"number": thing.number, "due": thing.deadline.isoformat()}
            return found | ({"until": said["until"]} if "until" in said else {})
        case Session():
            return {"starts": timezone.localtime(thing.starts_at).isoformat()}
        case _:
            return {}


def _things(codes: Iterable[str]) -> dict[str, Thing]:
    wanted = list(codes)
    given = Assignment.objects.filter(code__in=wanted).select_related("lead", "group")
    found: dict[str, Thing] = {
        each.code: each for each in given.prefetch_related("co_executors").defer("text")
    }
    held = Session.objects.filter(code__in=wanted).select_related("group").defer("document")
    found |= {each.code: each for each in held}
    return found | {each.code: each for each in Proposal.objects.filter(code__in=wanted)}
