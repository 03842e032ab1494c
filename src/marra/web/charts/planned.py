"""What the charts of a plan share: the answer they draw, and the words around it.

Source: ours.
"""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from marra.commission.rules.answers import Answer, Frontier
from marra.index.plan.portfolio import Portfolio
from marra.web.charts.money import said
from marra.web.formats import NO_BREAK_SPACE, number


@dataclass(frozen=True, slots=True)
class Planned:
    """An answer with its portfolio, in a language; `query` is the state in addresses."""

    portfolio: Portfolio
    answer: Answer
    frontier: Frontier | None
    query: str
    language: str
    is_example: bool
    edited: str  # which version of the portfolio, in words

    def title_of(self, code: str) -> str:
        """The title of an initiative."""
        return said(self.portfolio.named(code).title, self.language)

    def called(self, code: str) -> str:
        """The name of a group, a body or a source of money."""
        return said(self.portfolio.called(code), self.language) or _("not named")

    @property
    def source(self) -> str:
        """Where the figures of a chart come from."""
        return _(
            "Portfolio “{title}”, {version}; futures simulated from the published editions of the "
            "UN DESA E-Government Survey."
        ).format(title=said(self.portfolio.title, self.language), version=self.edited)

    @property
    def note(self) -> str:
        """How well the figures are known."""
        words = (
            _("Computed from illustrative assumptions, not facts. {futures} futures, seed {seed}.")
            if self.is_example
            else _("Computed from what the portfolio assumes. {futures} futures, seed {seed}.")
        )
        grounds = self.answer.grounds
        return words.format(seed=grounds.seed, futures=number(grounds.futures))

    def citation(self, title: str) -> str:
        """How to cite a chart in a paper."""
        return _(
            "Chart “{title}”, Marra; {source} Data version {data}, edition file {edition}."
        ).format(
            title=title,
            source=self.source,
            data=self.answer.grounds.data_version,
            edition=self.answer.grounds.edition_version,
        )


def percent(odds: float) -> str:
    """Odds for reading, in whole percent; never a promise: simulations show no certainty."""
    value = 100 * odds
    if value > 99:
        return _kept(_("more than 99 %"))
    if value < 1:
        return _kept(_("less than 1 %"))
    return _kept(_("{percent} %").format(percent=number(value)))


def _kept(words: str) -> str:
    """Words that no line breaks apart."""
    return words.replace(" ", NO_BREAK_SPACE)
