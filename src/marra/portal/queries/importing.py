"""What a file of passports would change: each becomes a draft, or leaves what people wrote."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum

from marra.inventory.queries.bodies import bodies
from marra.kit.findings import Finding, Findings
from marra.kit.text import gettext_noop
from marra.language.fold import fold
from marra.portal.models.catalogue import Service
from marra.portal.rules.bundles import digest
from marra.portal.rules.lacks import Known, lacking
from marra.portal.rules.passport_files import passports
from marra.portal.rules.passports import Draft, Passport, bears_out, draft
from marra.portal.rules.services import texts


class Fate(StrEnum):
    """What becomes of a passport."""

    NEW = gettext_noop("new")
    CHANGED = gettext_noop("changed")
    SAME = gettext_noop("the same")
    KEPT = gettext_noop("left as people wrote it")


@dataclass(frozen=True, slots=True)
class Planned:
    """One passport, what becomes of it, and what its draft lacks."""

    draft: Draft
    fate: Fate
    digest: str
    body: int | None
    lacks: tuple[str, ...]

    @property
    def passport(self) -> Passport:
        """The passport."""
        return self.draft.passport

    @property
    def code(self) -> str:
        """What its service is called in addresses."""
        return self.draft.passport.number.lower()


@dataclass(frozen=True, slots=True)
class Prepared:
    """A file that can be taken in."""

    plan: tuple[Planned, ...]
    remarks: tuple[Finding, ...]

    def count(self, fate: Fate) -> int:
        """How many passports have that fate."""
        return sum(each.fate is fate for each in self.plan)

    @property
    def empty(self) -> int:
        """How many passports say nothing."""
        return sum(each.passport.is_empty for each in self.plan)

    @property
    def changes_anything(self) -> bool:
        """Whether taking it in would change something."""
        return any(each.fate in (Fate.NEW, Fate.CHANGED) for each in self.plan)


def prepare(name: str, content: bytes) -> Prepared:
    """Read a file of passports and say what it would change; refuses with `FileRefused`."""
    findings = Findings(name[:255])
    return planned(passports(content, findings), tuple(findings.remarks))


def planned(told: tuple[Passport, ...], remarks: tuple[Finding, ...] = ()) -> Prepared:
    """What these passports would change."""
    codes = [each.number.lower() for each in told]
    there = dict(Service.objects.filter(code__in=codes).values_list("code", "taken"))
    known = _bodies()
    return Prepared(tuple(_planned(each, there, known) for each in told), remarks)


def _planned(told: Passport, there: Mapping[str, str], known: Mapping[str, int]) -> Planned:
    made, own = draft(told), digest(asdict(told))
    code = told.number.lower()
    fate = Fate.NEW
    if code in there:
        before = there[code]
        fate = Fate.SAME if before == own else Fate.CHANGED if before else Fate.KEPT
    body = known.get(fold(told.organisation)) if told.organisation else None
    return Planned(made, fate, own, body, lacking(_known(made, has_body=body is not None)))


def _bodies() -> dict[str, int]:
    """The keys of the open bodies by each of their folded names."""
    return {fold(name): each.pk for each in bodies() for name in each.names.values()}


def _known(made: Draft, *, has_body: bool) -> Known:
    told, bundle = made.told, made.bundle or {}
    return Known(
        names=texts(told["names"], 500, lines=False),
        body=has_body,
        audience=bool(told["audience"]),
        term=told["term"] is not None,
        fees=bool(told["fees"]),
        documents=told["documents"] is not None,
        steps=bool(told["steps"]),
        forms=bool(bundle.get("forms")),
        process=bool(bundle.get("bpmn")),
        proof=bears_out(told["declared_automatic"], told["steps"]),
        is_generated=bool(bundle),
    )
