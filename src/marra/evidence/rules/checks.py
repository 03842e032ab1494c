"""Checks of an edition's rows against each other and against its method.

The published order follows the EGDI; four ties of 2020 were ranked apart, which is remarked, and
a rank that contradicts its EGDI is refused. The EGDI of Cambodia and Cameroon in 2008 does not
follow from their parts: such rows are kept as published, flagged and remarked. When more than a
twentieth of the rows do so, columns were mixed up, and the file is refused.

Zeros: an EGDI of 0 means that the survey gave no index. In the editions until 2010 a TII or HCI of
0 stands for "no data" (confirmed for 2010, presumed before); from 2012 on it is a true minimum.

Source: United Nations E-Government Survey 2003-2024, tables of country rankings; ours for limits.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from marra.evidence.rules.figures import Published
from marra.evidence.rules.members import members
from marra.index.edition import PILLARS, Edition
from marra.kit.findings import Findings
from marra.kit.text import gettext_noop

LAST_WITH_ZERO_AS_MISSING: Final = 2010
LAST_PRESUMED: Final = 2008
MOST_CONTRADICTIONS: Final = 20  # one row in twenty

TWICE = gettext_noop(
    "{place} stands in edition {edition} twice, first in line {first}. Remove one of the rows."
)
NOT_A_MEMBER = gettext_noop(
    "{place} was not a member state in {edition}, so it cannot have figures. Check the year."
)
PLACEHOLDER = gettext_noop(
    "{place} was not a member state in {edition}; its row of zeros is left out."
)
INCOMPLETE = gettext_noop(
    "Edition {edition} has {found} of {expected} member states; missing: {missing}. "
    "Export the whole edition again."
)
NO_ORDER = gettext_noop(
    "{place} has rank {rank}, but by its EGDI it would be {computed}. "
    "Correct the row, or check whether columns were mixed up."
)
TIE_APART = gettext_noop(
    "{place} shares its EGDI with another country and is ranked apart from it, at {rank}."
)
NO_SUM = gettext_noop(
    "{place}: the EGDI is {egdi}, but its parts give {computed}. "
    "Check whether columns were mixed up."
)
KEPT_SUM = gettext_noop(
    "{place}: the EGDI is {egdi}, but its parts give {computed}. It is kept as published."
)
UNKNOWN_METHOD = gettext_noop(
    "The method of edition {edition} is not known here yet. It is taken in as provisional, with "
    "the three parts weighing the same; {different} of {found} countries differ from that."
)


def checked(
    edition: Edition, rows: Sequence[Published], findings: Findings
) -> tuple[Published, ...]:
    """The rows of one edition, flagged, in the order of the countries' codes."""
    rows = _members_only(edition.year, rows, findings)
    rows = [_zeros_explained(edition.year, row) for row in rows]
    if findings.wrong:
        return ()
    _in_order(rows, findings)
    rows = _summing_up(edition, rows, findings)
    return tuple(sorted(rows, key=lambda row: row.place))


def _members_only(year: int, rows: Sequence[Published], findings: Findings) -> list[Published]:
    expected = members(year)
    kept: dict[str, Published] = {}
    for row in rows:
        if row.place not in expected:
            holds = any((row.egdi, row.osi, row.tii, row.hci, row.epi))
            note = findings.refuse if holds else findings.remark
            says = NOT_A_MEMBER if holds else PLACEHOLDER
            note(says, line=row.line, place=row.place, edition=year)
        elif row.place in kept:
            first = kept[row.place].line
            findings.refuse(TWICE, line=row.line, place=row.place, edition=year, first=first)
        else:
            kept[row.place] = row
    if missing := sorted(expected - kept.keys()):
        named = ", ".join(missing[:10]) + (", …" if len(missing) > 10 else "")
        findings.refuse(
            INCOMPLETE, edition=year, found=len(kept), expected=len(expected), missing=named
        )
    return list(kept.values())


def _zeros_explained(year: int, row: Published) -> Published:
    flags = set(row.flags)
    if row.egdi == 0:
        flags.add("no_index")
    if year <= LAST_WITH_ZERO_AS_MISSING:
        ending = "_missing_presumed" if year <= LAST_PRESUMED else "_missing"
        flags |= {f"{name}{ending}" for name in ("tii", "hci") if getattr(row, name) == 0}
    return replace(row, flags=frozenset(flags))


def _in_order(rows: Sequence[Published], findings: Findings) -> None:
    standing = [row.egdi or 0.0 for row in rows]
    for row, own in zip(rows, standing, strict=True):
        best = 1 + sum(other > own for other in standing)
        worst = sum(other >= own for other in standing)
        if best < row.rank <= worst:
            findings.remark(TIE_APART, line=row.line, place=row.place, rank=row.rank)
        elif row.rank != best:
            findings.refuse(NO_ORDER, line=row.line, place=row.place, rank=row.rank, computed=best)


def _summing_up(
    edition: Edition, rows: Sequence[Published], findings: Findings
) -> list[Published]:
    wrong: dict[str, float] = {}
    for row in rows:
        sum_ = _from_parts(edition, row)
        if sum_ is not None and row.egdi and abs(sum_ - row.egdi) > edition.tolerance:
            wrong[row.place] = round(sum_, 5)
    if edition.provisional:
        findings.remark(
            UNKNOWN_METHOD, edition=edition.year, different=len(wrong), found=len(rows)
        )
        return list(rows)
    too_many = len(wrong) * MOST_CONTRADICTIONS > len(rows)
    note, says = (findings.refuse, NO_SUM) if too_many else (findings.remark, KEPT_SUM)
    for row in rows:
        if row.place in wrong and row.egdi is not None:
            computed = wrong[row.place]
            note(says, line=row.line, place=row.place, egdi=row.egdi, computed=computed)
    return _flagged(rows, wrong, "egdi_inconsistent")


def _from_parts(edition: Edition, row: Published) -> float | None:
    weights = [float(edition.pillar(name).weight) for name in PILLARS]
    sum_ = 0.0
    for weight, part in zip(weights, (row.osi, row.tii, row.hci), strict=True):
        if part is None:
            return None
        sum_ += weight * part
    return sum_


def _flagged(rows: Sequence[Published], wrong: Mapping[str, object], flag: str) -> list[Published]:
    return [replace(row, flags=row.flags | {flag}) if row.place in wrong else row for row in rows]
