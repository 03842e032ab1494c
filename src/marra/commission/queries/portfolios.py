"""Read portfolios and their versions."""

from typing import Final

from marra.commission.models.plans import Portfolio, PortfolioVersion
from marra.commission.rules.plans import AUTHORS, READERS
from marra.index.plan import document
from marra.index.plan.portfolio import Portfolio as Proposed
from marra.people.rules.rights import Stamp
from marra.store import Named

HEAVY: Final = ("content", "document")
"""Columns that a list does not need; they are read when they are asked for."""


def visible_to(stamp: Stamp) -> Named[Portfolio]:
    """The portfolios this person may read: all for those who work with them, else public ones."""
    return Portfolio.all() if reads(stamp) else Portfolio.all().filter(is_public=True)


def versions_for(stamp: Stamp) -> Named[PortfolioVersion]:
    """The versions this person may read, newest first, withdrawn ones too and marked as such."""
    versions = PortfolioVersion.all().select_related("portfolio").defer(*HEAVY)
    return versions if reads(stamp) else versions.filter(portfolio__is_public=True)


def current(portfolio: Portfolio) -> PortfolioVersion | None:
    """The latest version that is not withdrawn."""
    return portfolio.versions.filter(withdrawn_at=None).defer(*HEAVY).first()


def proposed(version: PortfolioVersion) -> Proposed:
    """What the file of a version says, ready for the planner."""
    return document.read(version.document)


def file(version: PortfolioVersion) -> bytes:
    """The file of a version, byte for byte as it was uploaded."""
    return bytes(version.content)


def works(stamp: Stamp) -> bool:
    """Whether this person makes portfolios and plans."""
    return any(stamp.holds(role) for role in AUTHORS)


def reads(stamp: Stamp) -> bool:
    """Whether this person may read every portfolio and plan: makers, deciders, auditors."""
    return any(stamp.holds(role) for role in READERS)
