"""Open portfolios, add versions to them, take versions back."""

from dataclasses import asdict

from django.db import transaction

from marra.commission.models.plans import Portfolio, PortfolioVersion
from marra.commission.queries import portfolios as queries
from marra.commission.rules.portfolios import (
    Kept,
    OtherCountry,
    VersionWithdrawn,
    checked_name,
    digest,
    kind,
    next_number,
)
from marra.index.plan import document
from marra.index.plan.files import read
from marra.index.plan.portfolio import Portfolio as Proposed
from marra.journal.actions import record
from marra.kit.places import place
from marra.kit.text import Text
from marra.kit.titles import checked_note, checked_title
from marra.people.rules.rights import Stamp, rights
from marra.store import fresh_code


@transaction.atomic
def open_portfolio(
    stamp: Stamp, *, name: str, content: bytes, title: str = "", note: str = ""
) -> PortfolioVersion:
    """Open a portfolio with its first version; country and, if not given, title are the file's."""
    stamp.require(*rights("commission")["portfolio.opened"])
    proposed = read(checked_name(name), content)
    own = title or proposed.title
    portfolio = Portfolio.objects.create(
        code=fresh_code("portfolio"),
        title=checked_title(own.uz if isinstance(own, Text) else own),
        titles=asdict(own) if isinstance(own, Text) else {},
        place=place(proposed.place).iso3,
        owner=stamp.by,
        opened_at=stamp.at,
    )
    made = _keep(stamp, portfolio, proposed, name, content, note)
    record(stamp, "portfolio.opened", portfolio.code, version=made.code, digest=made.digest)
    return made


@transaction.atomic
def add_version(
    stamp: Stamp, code: str, *, name: str, content: bytes, note: str = ""
) -> PortfolioVersion:
    """Add a new version to a portfolio; the same initiatives are refused."""
    portfolio = queries.visible_to(stamp).select_for_update().named(code)
    stamp.require(*rights("commission")["portfolio.updated"])
    proposed = read(checked_name(name), content)
    if proposed.place != portfolio.place:
        raise OtherCountry(given=place(proposed.place).name, place=place(portfolio.place).name)
    made = _keep(stamp, portfolio, proposed, name, content, note)
    record(stamp, "portfolio.updated", code, version=made.code, digest=made.digest)
    return made


@transaction.atomic
def withdraw_version(stamp: Stamp, code: str) -> PortfolioVersion:
    """Take a version back: no new plan is made from it, and those there are stay."""
    version = queries.versions_for(stamp).select_for_update(of=("self",)).named(code)
    stamp.require(*rights("commission")["portfolio.withdrawn"])
    if version.withdrawn_at is not None:
        raise VersionWithdrawn(number=version.number)
    version.withdrawn_at, version.withdrawn_by = stamp.at, stamp.by
    version.save(update_fields=["withdrawn_at", "withdrawn_by"])
    record(stamp, "portfolio.withdrawn", version.portfolio.code, version=code)
    return version


@transaction.atomic
def rename_portfolio(stamp: Stamp, code: str, *, title: str) -> Portfolio:
    """Give a portfolio another title."""
    portfolio = queries.visible_to(stamp).select_for_update().named(code)
    stamp.require(*rights("commission")["portfolio.renamed"])
    portfolio.title, portfolio.titles = checked_title(title), {}
    portfolio.save(update_fields=["title", "titles"])
    record(stamp, "portfolio.renamed", code)
    return portfolio


@transaction.atomic
def show_portfolio(stamp: Stamp, code: str, *, is_public: bool) -> Portfolio:
    """Let everybody read a portfolio and its plans, drafts excepted; or only its makers."""
    portfolio = queries.visible_to(stamp).select_for_update().named(code)
    stamp.require(*rights("commission")["portfolio.shown"])
    portfolio.is_public = is_public
    portfolio.save(update_fields=["is_public"])
    record(stamp, "portfolio.shown", code, public=is_public)
    return portfolio


def _keep(
    stamp: Stamp, portfolio: Portfolio, proposed: Proposed, name: str, content: bytes, note: str
) -> PortfolioVersion:
    text = document.written(proposed)
    known = portfolio.versions.defer("content", "document")
    number = next_number(map(_kept, known), digest(text))
    return PortfolioVersion.objects.create(
        code=f"{portfolio.code}-{number}",
        portfolio=portfolio,
        number=number,
        name=checked_name(name),
        format=kind(name),
        content=content,
        document=text,
        digest=digest(text),
        initiatives=len(proposed.initiatives),
        note=checked_note(note),
        taken_at=stamp.at,
        taken_by=stamp.by,
    )


def _kept(version: PortfolioVersion) -> Kept:
    return Kept(
        version.number,
        version.digest,
        f"{version.taken_at:%d.%m.%Y}",
        withdrawn=version.withdrawn_at is not None,
    )
