"""Breaks of method: which parts of the index an edition counts otherwise than the one before.

Source: ours; read from the edition files, whose sources stand in them.
"""

from marra.index.edition import Pillar
from marra.web.charts.reading import Surveys
from marra.web.charts.words import SHORT_NAMES


def broken_by(surveys: Surveys, year: int) -> str:
    """The parts that changed against the edition before, "TII, HCI"; empty when none did."""
    earlier = [other for other in surveys if other < year]
    if not earlier:
        return ""
    edition, before = surveys[year].edition, surveys[max(earlier)].edition
    changed = [
        SHORT_NAMES[pillar.name]
        for pillar, old in zip(edition.pillars, before.pillars, strict=True)
        if _method(pillar) != _method(old)
    ]
    if [pillar.weight for pillar in edition.pillars] != [old.weight for old in before.pillars]:
        changed.insert(0, SHORT_NAMES["egdi"])
    return ", ".join(changed)


def _method(pillar: Pillar) -> tuple[object, ...]:
    inputs = tuple((i.name, i.weight, i.cap, i.direction, i.of) for i in pillar.inputs)
    return (pillar.scaling, pillar.standardised, inputs)
