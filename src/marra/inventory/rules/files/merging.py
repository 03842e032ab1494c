"""Merging: the decisions of a file held against each other and against those that stand.

Source: ours.
"""

from collections.abc import Mapping, Sequence

from marra.inventory.rules import things
from marra.inventory.rules.files.columns import Thing
from marra.inventory.rules.files.planned import Planned, Stands
from marra.inventory.rules.files.reader import Key
from marra.inventory.rules.things import Decision
from marra.kit.errors import Refusal
from marra.kit.findings import Findings
from marra.kit.text import gettext_noop
from marra.language.fold import fold

NO_TARGET = gettext_noop(
    "There is no single process “{title}” to merge into. Write the title of one that stays."
)

Target = Key | str
"""A process of the body by its key, or one of another body by its code."""


def targets(
    plan: Sequence[Planned],
    standing: Sequence[Stands],
    elsewhere: Mapping[str, str],
    findings: Findings,
) -> dict[Key, Target]:
    """Into which process each merged one goes; every fault of a decision is told.

    `elsewhere` are codes of processes of other bodies by folded titles that only one of them has.
    """
    says: dict[Key, dict[str, object]] = {
        each.key: dict(each.says) for each in standing if each.thing is Thing.PROCESS
    }
    touched = [each.told for each in plan if each.told.thing is Thing.PROCESS]
    for told in touched:
        says.setdefault(told.key, {}).update(told.says)
    found: dict[Key, Target] = {}
    for told in touched:
        own = says[told.key]
        into = str(own.get("merged_into") or "")
        if not _fits(own, told.line, told.sheet, findings) or not into:
            continue
        target = _target(into, told.key, says, elsewhere)
        if target is None:
            findings.refuse(NO_TARGET, line=told.line, sheet=told.sheet, title=into[:80])
        else:
            found[told.key] = target
    return found


def wanted(plan: Sequence[Planned]) -> set[str]:
    """The folded titles that the processes of a file are merged into."""
    told = (each.told.says.get("merged_into") for each in plan)
    return {fold(str(each))[:500] for each in told if each}


def _fits(own: Mapping[str, object], line: int, sheet: str, findings: Findings) -> bool:
    decision = str(own.get("decision") or Decision.UNDECIDED.value)
    try:
        things.checked_decision(
            decision, str(own.get("reason") or ""), target=bool(own.get("merged_into"))
        )
    except Refusal as refusal:
        findings.refuse(refusal.sentence, line=line, column="decision", sheet=sheet)
        return False
    return True


def _target(
    into: str, own: Key, says: Mapping[Key, Mapping[str, object]], elsewhere: Mapping[str, str]
) -> Target | None:
    title = fold(into)[:500]
    same = [key for key in says if key[1] == title and key != own]
    stay = [
        key for key in same if says[key].get("decision") not in (Decision.MERGE, Decision.ABOLISH)
    ]
    if len(stay) == 1:
        return stay[0]
    return None if same else elsewhere.get(title)
