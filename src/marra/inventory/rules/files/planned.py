"""What a file would change: each thing new, changed or the same, and what looks like a double.

Source: ours.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from marra.inventory.rules.checks import LEAST_ALIKE
from marra.inventory.rules.files.columns import Thing
from marra.inventory.rules.files.reader import Key, Told
from marra.kit.errors import Conflict
from marra.kit.findings import Findings
from marra.kit.text import gettext_noop
from marra.language.fold import fold
from marra.language.likeness import alike


class Fate(StrEnum):
    """What becomes of a thing that a file names."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"


AMBIGUOUS = gettext_noop(
    "Several processes are called “{title}”. Name the function on the same row."
)


class DoublesUnseen(Conflict):
    """Things that look like doubles are taken in only by somebody who has looked."""

    sentence = gettext_noop(
        "{count} things look like others under nearly the same title. Look at them and say that "
        "they are different, or correct the file."
    )


@dataclass(frozen=True, slots=True)
class Stands:
    """A thing of the body as it stands; `says` has the columns of its table."""

    code: str
    thing: Thing
    key: Key
    title: str
    says: Mapping[str, object]
    processes: frozenset[Key] = frozenset()


@dataclass(frozen=True, slots=True)
class Planned:
    """A thing of a file with what would become of it."""

    told: Told
    fate: Fate
    code: str  # of what stands; "" for a new thing
    fields: tuple[str, ...] = ()  # that would change
    before: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Double:
    """A new thing whose title is nearly that of another."""

    share: float
    told: Told
    title: str
    body: str  # of the other, "" for one of the same file


def planned(
    found: Iterable[Told], standing: Sequence[Stands], findings: Findings
) -> list[Planned]:
    """What would become of each thing of a file, in the order of the file.

    A process that is named without its function is the one of the body that is called so.
    """
    by_key = {(each.thing, each.key): each for each in standing}
    loose: dict[str, list[Stands]] = {}
    for each in standing:
        if each.thing is Thing.PROCESS:
            loose.setdefault(each.key[1], []).append(each)
    result: list[Planned] = []
    homes: dict[Key, Key] = {}
    for told in found:
        if told.thing is Thing.PROCESS and not told.key[0]:
            same = loose.get(told.key[1], [])
            if len(same) > 1:
                findings.refuse(AMBIGUOUS, line=told.line, sheet=told.sheet, title=told.title)
            if same:
                homes[told.key] = told.key = same[0].key
        told.processes = [homes.get(key, key) for key in told.processes]
        result.append(_planned(told, by_key.get((told.thing, told.key))))
    return result


def _planned(told: Told, stands: Stands | None) -> Planned:
    if stands is None:
        return Planned(told, Fate.NEW, "", before={})
    fields = [name for name, value in told.says.items() if _differs(name, value, stands)]
    if told.title != stands.title:
        fields.insert(0, "title")
    if set(told.processes) - stands.processes:
        fields.append("processes")
    before = {**stands.says, "title": stands.title}
    fate = Fate.CHANGED if fields else Fate.SAME
    return Planned(told, fate, stands.code, tuple(fields), before)


def _differs(name: str, value: object, stands: Stands) -> bool:
    before = stands.says.get(name)
    if name == "merged_into":  # a title: what it is called in other letters is the same
        return fold(str(value)) != fold(str(before or ""))
    return before != value


def doubles(
    plan: Sequence[Planned], others: Sequence[tuple[Thing, str, str, str]]
) -> list[Double]:
    """New functions and services that nearly bear the title of another, the likest first.

    `others` are all functions and services that stand: the thing, its key, title and body.
    """
    found: list[Double] = []
    for thing in (Thing.FUNCTION, Thing.SERVICE):
        new = [each.told for each in plan if each.fate is Fate.NEW and each.told.thing is thing]
        known = [each for each in others if each[0] is thing]
        texts = {at: each[1] for at, each in enumerate(known)}
        texts |= {len(known) + at: told.key[-1] for at, told in enumerate(new)}
        for share, one, other in alike(texts, LEAST_ALIKE) if new else ():
            if other < len(known):
                continue
            told = new[other - len(known)]
            if one < len(known):
                found.append(Double(share, told, known[one][2], known[one][3]))
            else:
                found.append(Double(share, told, new[one - len(known)].title, ""))
    return sorted(found, key=lambda each: (-each.share, each.told.line))
