"""How the table of rights is tried: each deed by each role, in its own scope and in another.

A room says in `tests/<room>/rights_<subject>.py` how each of its deeds is done:

    RIGHTS: Registry = {"assignment.submitted": submitted, …}

    def submitted(world: World) -> Deed:
        made = make.assignment(world.root, lead=world.body, group=world.group)
        return Deed(
            do=lambda stamp: assignments.submit(stamp, made.code, text="Done."),
            seen=lambda stamp: queries.visible_to(stamp).filter(code=made.code).exists(),
        )

The function is called once for a deed: it makes, as `world.root` (every role, everywhere), what
the deed is done to, so that it belongs to `world.body` and `world.group`. Then `do` is called
once for each cell, as a stamp of that one role in that one scope, and everything it did is rolled
back. So `do` must succeed if rights were no matter, and not count on what an earlier cell did.

What is expected stands in the room's rights.csv. A cell with a right: `do` goes through and
leaves its deed in the journal. A cell without: RoleMissing (SignInFirst for a visitor) if `seen`
says that this person may know of the thing, else NotFound. Leave `seen` out where there is
nothing to know of beforehand, or where everybody may.

The column `own` says what a role must be held in for a thing of `world`: "" everywhere, "body",
"group", "account", several joined by "+"; "self" is what each person makes for themselves. A role
held everywhere always counts.

Source: ours.
"""

import csv
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from importlib import import_module
from importlib.resources import files
from pathlib import Path

from marra.commission.models.groups import Group
from marra.inventory.models.bodies import StateBody
from marra.people.models import Account
from marra.people.rules.rights import APPOINTED, HELD_IN, VISITOR, Role, Stamp
from tests.conftest import NOON

TESTS = Path(__file__).parents[1]
ROOMS = ("archive", "commission", "evidence", "inventory", "people", "portal")
STRANGER = "account-57a49e00"


@dataclass(frozen=True)
class Deed:
    """How a deed is done, and who may know of the thing it is done to."""

    do: Callable[[Stamp], object]
    seen: Callable[[Stamp], bool] = lambda _stamp: True


class World:
    """Two bodies, two working groups and two accounts; all of them, or when first asked for."""

    at = NOON
    everywhere = frozenset((role, "") for role in APPOINTED) | {(Role.VISITOR, "")}
    root = Stamp("account-40070000", NOON, everywhere)
    """Every role, everywhere: for making things."""

    @classmethod
    def whole(cls) -> "World":
        """A world in which nothing is left to be made in a cell that is rolled back."""
        made = cls()
        parts = (made.body, made.other_body, made.group, made.other_group)
        assert all((*parts, made.account, made.other_account))
        return made

    @cached_property
    def body(self) -> str:
        """The code of the body that things belong to."""
        return _body("world-body")

    @cached_property
    def other_body(self) -> str:
        """The code of another body."""
        return _body("world-other-body")

    @cached_property
    def group(self) -> str:
        """The code of the group that things belong to."""
        return _group("world-group", 901)

    @cached_property
    def other_group(self) -> str:
        """The code of another group."""
        return _group("world-other-group", 902)

    @cached_property
    def account(self) -> str:
        """The code of the account that things belong to."""
        return _account("a.egasi")

    @cached_property
    def other_account(self) -> str:
        """The code of another account."""
        return _account("b.boshqa")

    def owner(self) -> Stamp:
        """The stamp of whoever holds the account."""
        return self.stamp(Role.HOLDER, self.account)

    def stamp(self, role: Role, of: str = "") -> Stamp:
        """The stamp of somebody with one role and no other, their own account's left out."""
        by = {Role.VISITOR: VISITOR, Role.HOLDER: of}.get(role, STRANGER)
        return Stamp(by, self.at, frozenset({(role, of), (Role.VISITOR, "")}))


Arrange = Callable[[World], Deed]
Registry = Mapping[str, Arrange]


@dataclass(frozen=True)
class Cell:
    """One question to the table."""

    stamp: Stamp
    role: Role
    scope: str
    allowed: bool

    def __str__(self) -> str:
        return f"{self.role} {self.scope}"


def table(room: str) -> dict[str, dict[str, str]]:
    """The rows of a room's rights.csv, by deed."""
    text = (files(f"marra.{room}.rules") / "rights.csv").read_text("utf-8")
    rows = list(csv.DictReader(text.splitlines()))
    assert len({row["deed"] for row in rows}) == len(rows), f"A deed stands twice in {room}."
    return {row["deed"]: row for row in rows}


def registry() -> dict[str, Arrange]:
    """Every deed that some room says how to do."""
    found: dict[str, Arrange] = {}
    for path in sorted(TESTS.glob("*/rights_*.py")):
        module = import_module(f"tests.{path.parent.name}.{path.stem}")
        twice = found.keys() & module.RIGHTS.keys()
        assert not twice, f"{path}: {twice} stand in another registry too."
        found |= module.RIGHTS
    return found


def cells(row: Mapping[str, str], world: World) -> Iterator[Cell]:
    """Each role in each scope it can be held in, with what the row says of it."""
    own = set(filter(None, row["own"].split("+")))
    for role in Role:
        for scope, code, is_own in _scopes(role, world):
            kind = scope.split()[-1]
            counts = kind == "everywhere" or (is_own and kind in own)
            counts |= kind == "account" and "self" in own
            allowed = row.get(Role.VISITOR.value) == "x" or (row[role.value] == "x" and counts)
            yield Cell(world.stamp(role, code), role, scope, allowed)


def _scopes(role: Role, world: World) -> Iterator[tuple[str, str, bool]]:
    for kind in HELD_IN[role]:
        if not kind:
            yield "everywhere", "", True
        elif kind == "body":
            yield "in own body", world.body, True
            yield "in other body", world.other_body, False
        elif kind == "group":
            yield "in own group", world.group, True
            yield "in other group", world.other_group, False
        else:
            yield "of own account", world.account, True
            yield "of other account", world.other_account, False


def _body(code: str) -> str:
    names = dict.fromkeys(("uz", "uz_cyrl", "ru", "en"), code)
    StateBody.objects.create(code=code, names=names, kind="ministry", key=code, opened_at=NOON)
    return code


def _group(code: str, number: int) -> str:
    names = dict.fromkeys(("uz", "uz_cyrl", "ru", "en"), code)
    Group.objects.create(code=code, number=number, names=names, opened_at=NOON)
    return code


def _account(name: str) -> str:
    code = f"account-{name.replace('.', '-')}"
    Account.objects.create(code=code, name=name, since=NOON)
    return code
