"""How the catalogue is told: costs in soʻm of a day, terms, channels, states, what is lacking."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from marra.flow.automation import DAYS, Verdict
from marra.portal.queries import amounts
from marra.portal.rules.events import events
from marra.portal.rules.lacks import LACKS, NEEDED
from marra.portal.rules.levels import LEVELS
from marra.portal.rules.money import Amount, Fee, in_soum, standing
from marra.portal.rules.services import (
    AUDIENCES,
    CHANNELS,
    KINDS,
    STATES,
    Audience,
    Channel,
    Kind,
    State,
)
from marra.web import formats, layout

if TYPE_CHECKING:
    from marra.portal.models.catalogue import Fee as FeeRow
    from marra.portal.models.catalogue import Opening, Service


@dataclass(frozen=True, slots=True)
class Price:
    """One fee as it is told: soʻm of the day, and the multiple it comes from."""

    soum: str
    multiple: str
    what: str


@dataclass(frozen=True, slots=True)
class Way:
    """A channel as it is told."""

    name: str
    since: date | None
    address: str


def prices(rows: Iterable["FeeRow"], day: date, amount: Amount) -> list[Price]:
    """What a service costs on a day."""
    return [_price(each, amount) for each in standing(amounts.fees(rows), day)]


def _price(fee: Fee, amount: Amount) -> Price:
    what = " ".join(filter(None, (fee.what, f"/ {fee.per}" if fee.per else "")))
    if fee.is_free:
        return Price(_("free of charge"), "", what)
    ends = [fee.least] if fee.least == fee.most else [fee.least, fee.most]
    soum = "–".join(formats.number(in_soum(each, amount)) for each in ends)
    multiple = "–".join(_multiple(each) for each in ends)
    return Price(_("%(n)s soʻm") % {"n": soum}, f"{multiple} × {_('BHM')}", what)


def _multiple(value: Decimal) -> str:
    return formats.plain(float(value))


def term(days: int | None) -> str:
    """A term in words; a dash where it is not known."""
    if days is None:
        return formats.NOTHING
    if not days:
        return _("at once or on the same day")
    return ngettext("%(n)s working day", "%(n)s working days", days) % {"n": days}


def audience(code: str) -> str:
    """Whom a service is for, in words."""
    return _(AUDIENCES[Audience(code)]) if code else formats.NOTHING


def kind(code: str) -> str:
    """What kind of service it is, in words."""
    return _(KINDS[Kind(code)])


def state(code: str) -> str:
    """How far a service is, in words."""
    return _(STATES[State(code)])


def ways(openings: Iterable["Opening"]) -> list[Way]:
    """The channels of a service, mobile first."""
    order = [each.value for each in Channel]
    told = sorted(openings, key=lambda each: order.index(each.channel))
    return [Way(_(CHANNELS[Channel(o.channel)]), o.since, o.address) for o in told]


def lacks(codes: Sequence[str]) -> list[tuple[str, bool]]:
    """What is lacking in words, and whether it keeps a service from being published."""
    return [(_(LACKS[code]), code in NEEDED) for code in codes if code in LACKS]


@dataclass(frozen=True, slots=True)
class Reached:
    """How far a service runs by itself, as it is told."""

    number: int | None  # none where nothing is proven
    name: str
    why: list[str]  # it is not higher


def level(verdict: Verdict) -> Reached:
    """A level in words, and why it is not higher."""
    why = [_(each).format(days=DAYS) for each in verdict.why]
    if verdict.level is None:
        return Reached(None, _("not proven"), why)
    return Reached(int(verdict.level), _(LEVELS[verdict.level]), why)


def event_names(codes: Iterable[str]) -> list[tuple[str, str]]:
    """Events by code with their names in the page's language."""
    known = events()
    return [(code, known[code].name.into(layout.language())) for code in codes if code in known]


def body_name(row: "Service") -> str:
    """The body that answers for a service, as far as anybody knows."""
    return row.body.name.into(layout.language()) if row.body else row.body_named
