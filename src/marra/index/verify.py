"""Verify: does our engine give what the survey published, and where not, why?

The published order must follow the published EGDI, and the EGDI recomputed from the published
parts must lie within the edition's tolerance. Rows that contradict themselves are ranked but
listed as exceptions with their reason. A rank that differs only because printed digits are rounded
is explained by the countries it changes places with and how near they are.

Source: ours; tolerances and flags come from the edition files and the figures.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np

from marra.index.compute import has_inputs, recompute, totals
from marra.index.edition import PILLARS
from marra.index.ranks import ranks_of
from marra.index.survey import Floats, Ints, Survey
from marra.kit.text import gettext_noop

REASONS: Final = {
    "hci_missing": gettext_noop("HCI was not published and counts as 0."),
    "tii_missing": gettext_noop("TII was not published and counts as 0."),
    "hci_missing_presumed": gettext_noop("HCI is 0, presumably not published; it counts as 0."),
    "tii_missing_presumed": gettext_noop("TII is 0, presumably not published; it counts as 0."),
    "osi_missing": gettext_noop("OSI was not published and counts as 0."),
    "epi_missing": gettext_noop("EPI was not published; it is not a term of the EGDI."),
    "hci_above_1": gettext_noop("HCI was published above 1."),
    "egdi_inconsistent": gettext_noop("The published EGDI does not follow from its parts."),
}
"""Why a flagged row is an exception."""

BOTH_PRESUMED: Final = gettext_noop(
    "TII and HCI are 0, presumably not published; they count as 0."
)
OTHER: Final = gettext_noop("The row is flagged, so it is not held against the method.")

TIE_APART: Final = gettext_noop("Shares its printed EGDI with another country, ranked apart.")
EQUAL_IN_PRINT: Final = gettext_noop(
    "Equal in print with {others}; the digits of the parts put them apart."
)
WITHIN_ROUNDING: Final = gettext_noop(
    "Changes places with {others}, {apart} apart in print; rounded digits allow {allowed}."
)
INCONSISTENT: Final = gettext_noop(
    "Changes places with {others}, because a published EGDI does not follow from its parts."
)
BEYOND_ROUNDING: Final = gettext_noop(
    "Changes places with {others}, {apart} apart in print; rounding does not explain it."
)


@dataclass(frozen=True, slots=True)
class Exempt:
    """A row that is ranked but not held against the method, and why."""

    place: str
    reason: str


@dataclass(frozen=True, slots=True)
class RankDifference:
    """A country whose recomputed EGDI gives another rank than the published one."""

    place: str
    published: int
    recomputed: int
    others: tuple[str, ...]  # with whom it changes places
    apart: float  # the widest distance to one of them, in published EGDI
    explained: bool
    explanation: str


@dataclass(frozen=True, slots=True)
class InputCheck:
    """A pillar recomputed from raw inputs."""

    pillar: str
    countries: int
    median_abs_error: float
    fitted: bool  # the stretch is fitted to the published values
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Verification:
    """What recomputing an edition showed."""

    edition: int
    countries: int  # with an index, ranked
    max_abs_error: float  # of recomputed against published EGDI, exceptions left out
    tolerance: float
    rank_mismatches: int  # published EGDI order against published rank, exceptions left out
    mismatched: tuple[str, ...]
    unexplained_mismatches: tuple[str, ...]
    exceptions: tuple[Exempt, ...]
    recomputed_rank_differences: tuple[RankDifference, ...]
    no_index: tuple[str, ...]
    inputs: tuple[InputCheck, ...]
    provisional: bool
    data_version: str
    edition_version: str

    @property
    def passed(self) -> bool:
        """Within tolerance, and every difference of rank explained.

        Of a provisional edition only the published order is judged: its weights are assumed.
        """
        if self.unexplained_mismatches or self.provisional:
            return not self.unexplained_mismatches
        return self.max_abs_error <= self.tolerance and all(
            each.explained for each in self.recomputed_rank_differences
        )


def verify(survey: Survey) -> Verification:
    """Recompute an edition and hold it against what was published.

    >>> from marra.index.load import load
    >>> found = verify(load(2020))
    >>> found.passed, found.rank_mismatches, found.mismatched
    (True, 4, ('HUN', 'MKD', 'AND', 'TLS'))
    """
    rows = np.flatnonzero(survey.ranked)
    exempt = tuple(_exempt(survey, rows))
    held = np.array([not survey.flags[row] for row in rows])
    scores = totals(survey.edition, survey.pillars)[rows]
    published = survey.egdi[rows]
    errors = np.abs(scores - published)[held]
    differs = (ranks_of(published) != survey.ranks[rows]) & held
    mismatched = rows[differs][np.argsort(survey.ranks[rows[differs]], kind="stable")]
    return Verification(
        edition=survey.year,
        countries=len(rows),
        max_abs_error=float(errors.max()) if len(errors) else 0.0,
        tolerance=survey.edition.tolerance,
        rank_mismatches=len(mismatched),
        mismatched=tuple(survey.places[row] for row in mismatched),
        unexplained_mismatches=tuple(_unexplained(survey, mismatched, published)),
        exceptions=exempt,
        recomputed_rank_differences=tuple(_differences(survey, rows, scores)),
        no_index=tuple(survey.places[row] for row in np.flatnonzero(~survey.ranked)),
        inputs=tuple(_inputs(survey)),
        provisional=survey.edition.provisional,
        data_version=survey.version,
        edition_version=survey.edition.version,
    )


def _exempt(survey: Survey, rows: Ints) -> Iterator[Exempt]:
    for row in rows:
        if flags := survey.flags[row]:
            yield Exempt(survey.places[row], _reason(flags))


def _reason(flags: frozenset[str]) -> str:
    if flags >= {"tii_missing_presumed", "hci_missing_presumed"}:
        return BOTH_PRESUMED
    return next((says for flag, says in REASONS.items() if flag in flags), OTHER)


def _unexplained(survey: Survey, mismatched: Ints, published: Floats) -> Iterator[str]:
    for row in mismatched:
        tied = int((published == survey.egdi[row]).sum()) > 1
        if not (tied and (survey.edition.ties_apart or survey.edition.provisional)):
            yield survey.places[row]


def _differences(survey: Survey, rows: Ints, scores: Floats) -> Iterator[RankDifference]:
    recomputed, ranks, published = ranks_of(scores), survey.ranks[rows], survey.egdi[rows]
    doubtful = np.array(["egdi_inconsistent" in survey.flags[row] for row in rows])
    allowed = 2 * survey.edition.tolerance
    for at in np.flatnonzero(recomputed != ranks):
        # Places change where the two orders disagree, a tie on one side included.
        differ = np.sign(scores - scores[at]) != np.sign(ranks[at] - ranks)
        swapped = np.flatnonzero(differ)
        apart = float(np.abs(published[swapped] - published[at]).max()) if len(swapped) else 0.0
        others = tuple(survey.places[rows[other]] for other in swapped)
        inconsistent = bool(doubtful[at] or doubtful[swapped].all())
        explained = bool(others) and (inconsistent or apart <= allowed)
        says = BEYOND_ROUNDING
        if explained:
            near = WITHIN_ROUNDING if apart else EQUAL_IN_PRINT
            says = INCONSISTENT if inconsistent else near
        yield RankDifference(
            place=survey.places[rows[at]],
            published=int(ranks[at]),
            recomputed=int(recomputed[at]),
            others=others,
            apart=apart,
            explained=explained,
            explanation=says.format(
                others=", ".join(others), apart=f"{apart:.5f}", allowed=f"{allowed:.5f}"
            ),
        )


def _inputs(survey: Survey) -> Iterator[InputCheck]:
    for name in PILLARS:
        if has_inputs(survey, name):
            found = recompute(survey, name)
            yield InputCheck(
                pillar=name,
                countries=len(found.values),
                median_abs_error=found.median_error,
                fitted=found.fitted,
                missing=tuple(found.missing),
            )
