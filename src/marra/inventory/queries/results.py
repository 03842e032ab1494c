"""Read how services stand by the standard: who said what of each requirement, and what holds."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from marra.inventory.models.standard import Assessment
from marra.inventory.queries import standards
from marra.inventory.rules.judgements import Said, Tally, result, tally, worst
from marra.inventory.rules.looks import COUNTS_FOR
from marra.inventory.rules.standard import By, Requirement, Verdict

if TYPE_CHECKING:
    from marra.inventory.models.functions import Service
    from marra.inventory.models.standard import Standard


@dataclass(frozen=True, slots=True)
class Standing:
    """One requirement with all that was said of it."""

    requirement: Requirement
    said: Mapping[By, Verdict]
    rows: Mapping[By, Assessment] = field(default_factory=dict)

    @property
    def result(self) -> Verdict:
        """What holds."""
        return result(self.requirement, self.said)


def of_service(service: "Service", standard: "Standard", at: datetime) -> list[Standing]:
    """Every requirement of the standard with what was said of it for a service."""
    words = _words([service.pk], standard, at)[service.pk]
    found = []
    for each in standards.requirements(standard).requirements:
        told = words.get(each.code, {})
        said = {by: worst(Verdict(row.verdict) for row in rows) for by, rows in told.items()}
        shown = {
            by: max(
                (row for row in rows if row.verdict == said[by]),
                key=lambda row: (row.made_at, row.pk),
            )
            for by, rows in told.items()
        }
        found.append(Standing(each, said, shown))
    return found


def tallies(services: Iterable["Service"], standard: "Standard", at: datetime) -> dict[int, Tally]:
    """How each of the services stands, by its key, in one query."""
    keys = [each.pk for each in services]
    asked = standards.requirements(standard)
    found = {}
    for key, words in _words(keys, standard, at).items():
        said = [
            Said(code, by, worst(Verdict(row.verdict) for row in rows))
            for code, told in words.items()
            for by, rows in told.items()
        ]
        found[key] = tally(asked, said)
    return found


def own(service: "Service", requirement: str) -> Assessment | None:
    """What the body says of a requirement now."""
    rows = Assessment.objects.filter(service=service, requirement=requirement)
    return rows.filter(by_kind=By.BODY, is_current=True).first()


Words = dict[str, dict[By, list[Assessment]]]


def _words(keys: list[int], standard: "Standard", at: datetime) -> dict[int, Words]:
    """What counts now of all that was said, by service, requirement and who said it."""
    counting = standards.counting(standard)
    found: dict[int, Words] = {key: defaultdict(lambda: defaultdict(list)) for key in keys}
    rows = Assessment.objects.filter(service__in=keys, is_current=True, standard__in=counting)
    for row in rows.select_related("run").order_by("made_at", "id"):
        by = By(row.by_kind)
        if row.requirement not in counting[row.standard_id]:
            continue
        if by is By.MACHINE and row.made_at <= at - COUNTS_FOR:
            continue
        found[row.service_id][row.requirement][by].append(row)
    return found
