"""Which portfolio a question is about: the packaged example, or a recorded one.

The example stands in until the house shows a portfolio of its own to everybody. A version has a
code of its own, so that what was shown once can be shown again.
"""

from dataclasses import dataclass
from functools import cache
from typing import Final

from django.conf import settings

from marra.commission.queries import portfolios
from marra.commission.rules.portfolios import digest
from marra.commission.rules.questions import NoPortfolio
from marra.index.plan import document
from marra.index.plan.files import packaged
from marra.index.plan.portfolio import Portfolio
from marra.people.rules import Stamp

EXAMPLE: Final = "example"
EXAMPLES: Final = {"UZB": "uzbekistan"}
"""The packaged example of each country that has one."""


@dataclass(frozen=True, slots=True)
class Source:
    """A portfolio as doors show it; `code` is that of the version, as it stands in addresses."""

    code: str
    portfolio: Portfolio
    digest: str
    number: int = 0
    is_public: bool = True

    @property
    def is_example(self) -> bool:
        """Whether these are the packaged assumptions."""
        return self.code == EXAMPLE


def source(who: Stamp, code: str = "") -> Source:
    """The portfolio of that code as far as this person may read it; the house's own without one.

    Refuses with `NothingNamed` or `NoPortfolio`.
    """
    if code == EXAMPLE:
        return example()
    if not code:
        return _own(who) or example()
    portfolio = portfolios.visible_to(who).filter(code=code).first()
    version = portfolios.current(portfolio) if portfolio else None
    return _recorded(version.code if version else code, who)


def example() -> Source:
    """The packaged example; refuses with `NoPortfolio` where there is none."""
    if settings.COUNTRY not in EXAMPLES:
        raise NoPortfolio
    return _packaged(EXAMPLES[settings.COUNTRY])


@cache
def _packaged(name: str) -> Source:
    found = packaged(name)
    return Source(EXAMPLE, found, digest(document.written(found)))


def _own(who: Stamp) -> Source | None:
    """The newest portfolio of the country in focus that is shown to everybody."""
    for each in portfolios.visible_to(who).filter(place=settings.COUNTRY, is_public=True):
        if version := portfolios.current(each):
            return _recorded(version.code, who)
    return None


def _recorded(code: str, who: Stamp) -> Source:
    version = portfolios.versions_for(who).named(code)
    return Source(
        code=version.code,
        portfolio=portfolios.proposed(version),
        digest=version.digest,
        number=version.number,
        is_public=version.portfolio.is_public,
    )
