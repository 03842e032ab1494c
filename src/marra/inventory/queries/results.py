"""Read how services stand by the standard: who said what of each requirement, and what holds."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Final, TypeVar

from django.db.models import Q

from marra.inventory.models.standard import Assessment
from marra.inventory.queries import standards
from marra.inventory.rules.judgements import Tally, result, tally_of, worst
from marra.inventory.rules.looks import COUNTS_FOR
from marra.inventory.rules.standard import By, Requirement, Verdict

if TYPE_CHECKING:
    from marra.inventory.models.functions import Service
    from marra.inventory.models.standard import Standard


T = TypeVar("T")
Words = dict[str, dict[By, list[T]]]
"""What was said, by requirement and by who said it."""

_BY: Final = {each.value: each for each in By}
_VERDICTS: Final = {each.value: each for each in Verdict}


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
    words: Words[Assessment] = defaultdict(lambda: defaultdict(list))
    rows = Assessment.objects.filter(_counting(standard, at), service=service)
    for row in rows.select_related("run").order_by("made_at", "id"):
        words[row.requirement][By(row.by_kind)].append(row)
    found = []
    for each in standards.requirements(standard).requirements:
        told = words.get(each.code, {})
        said = {by: worst(Verdict(row.verdict) for row in rows) for by, rows in told.items()}
        shown = {
            by: [row for row in rows if row.verdict == said[by]][-1] for by, rows in told.items()
        }
        found.append(Standing(each, said, shown))
    return found


def tallies(services: Iterable["Service"], standard: "Standard", at: datetime) -> dict[int, Tally]:
    """How each of the services stands, by its key, in two queries however many there are."""
    words: dict[int, Words[Verdict]] = {
        each.pk: defaultdict(lambda: defaultdict(list)) for each in services
    }
    rows = Assessment.objects.filter(_counting(standard, at), service__in=words).order_by()
    for key, code, by, verdict in rows.values_list(
        "service_id", "requirement", "by_kind", "verdict"
    ):
        words[key][code][_BY[by]].append(_VERDICTS[verdict])
    asked = standards.requirements(standard).requirements
    return {
        key: tally_of(
            (
                each,
                {
                    by: found[0] if len(found) == 1 else worst(found)
                    for by, found in told.get(each.code, {}).items()
                },
            )
            for each in asked
        )
        for key, told in words.items()
    }


def own(service: "Service", requirement: str) -> Assessment | None:
    """What the body says of a requirement now."""
    rows = Assessment.objects.filter(service=service, requirement=requirement)
    return rows.filter(by_kind=By.BODY, is_current=True).first()


def _counting(standard: "Standard", at: datetime) -> Q:
    """What counts now: the latest word of each kind, on requirements that still say the same."""
    same = Q(pk=None)
    for version, codes in standards.counting(standard).items():
        same |= Q(standard=version, requirement__in=codes)
    old = Q(by_kind=By.MACHINE, made_at__lte=at - COUNTS_FOR)
    return same & ~old & Q(is_current=True)
