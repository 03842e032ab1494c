"""Acts in files, and the packaged ones taken in, for tests of what they ask for."""

from marra.commission.models.acts import Act, Clause, Obligation
from marra.commission.models.groups import Group
from marra.people.rules.rights import Role, Stamp

FILE = """
code = "vmq-1"
kind = "resolution"
number = { uz = "VMQ-1", ru = "ПКМ-1", en = "VMQ-1" }
title = { uz = "Sinov toʻgʻrisida", ru = "Об испытании", en = "On a trial" }
language = "uz"
address = "https://lex.uz/docs/1"
basis = "quoted"
signed_on = 2025-01-10
in_force_from = 2025-01-20

[[clauses]]
number = "1"
original = "Asl matn."
text.uz = "Xizmatlar soni oshiriladi."
text.ru = "Число услуг увеличивается."
text.en = "The number of services grows."

[[clauses]]
number = "1-a"
parent = "1"
text = { uz = "Sinov oʻtkaziladi.", ru = "Проводится испытание.", en = "A trial is held." }

[[obligations]]
code = "V-01"
clause = "1"
what = { uz = "Xizmatlar", ru = "Услуги", en = "Services" }
who = { uz = "Vazirlik", ru = "Министерство", en = "Ministry" }
who_basis = "quoted"
due = 2025-12-31
proof = "measure"
measure = "portal.services"
relation = "ge"
target = 900
unit = "services"

[[obligations]]
code = "V-02"
clause = "1-a"
what = { uz = "Sinov", ru = "Испытание", en = "Trial" }
who = { uz = "Vazirlik", ru = "Министерство", en = "Ministry" }
who_basis = "assumed"
proof = "acceptance"
"""
"""An act with one measured obligation and one that is accepted."""


def file(**changed: str) -> bytes:
    """The file with words replaced, each of which must be there."""
    text = FILE
    for old, new in changed.items():
        assert old in text, old
        text = text.replace(old, new)
    return text.encode()


def without_acts() -> None:
    """As before the first start: no act, no obligation and no group."""
    for table in (Group, Obligation, Clause, Act):
        table.objects.all().delete()


def secretary(of: Stamp, group: str = "") -> Stamp:
    """The stamp of the Commission's secretary, or of a group's, at the same moment."""
    code = "account-5ec4e7a4"
    held = {(Role.SECRETARY, group), (Role.HOLDER, code), (Role.VISITOR, "")}
    return Stamp(code, of.at, frozenset(held))
