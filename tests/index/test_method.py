"""Edition files: read rightly, or refused with path and line."""

import re
from fractions import Fraction
from pathlib import Path

import pytest

import marra.index
from marra.index import definition, known, provisional
from marra.index.edition import Basis
from marra.index.method import NoSuchEdition, WrongEdition, read

FOLDER = Path(marra.index.__file__).parent / "editions"
GOOD = (FOLDER / "2024.toml").read_text(encoding="utf8")


def line_of(pattern):
    return next(n for n, line in enumerate(GOOD.splitlines(), 1) if re.match(pattern, line))


@pytest.mark.parametrize("year", known())
def test_weights_add_up_on_every_level(year):
    edition = definition(year)

    assert sum(pillar.weight for pillar in edition.pillars) == 1
    for pillar in edition.pillars:
        assert sum((each.weight for each in pillar.inputs), Fraction(0)) in (0, 1)


@pytest.mark.parametrize("year", known())
def test_every_statement_says_how_well_it_is_known_and_from_where(year):
    edition = definition(year)
    statements = [*edition.statements, *(s for p in edition.pillars for s in p.statements)]

    assert statements
    assert all(each.basis in Basis and each.source and each.says for each in statements)


def test_an_edition_that_nobody_knows_is_refused_with_those_there_are():
    with pytest.raises(NoSuchEdition, match="2024"):
        definition(2007)


def test_a_coming_edition_has_pillars_only_and_says_that_its_weights_are_assumed():
    edition = provisional(2026, 193)

    assert edition.provisional
    assert [pillar.weight for pillar in edition.pillars] == [Fraction(1, 3)] * 3
    assert all(p.basis is Basis.ASSUMED and not p.inputs for p in edition.pillars)


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ('weight = "1/3"\nscaling', 'weight = "1/0"\nscaling', r"weight"),
        ('scaling = "min-max"', 'scaling = "guess"', r"scaling"),
        ('basis = "proved"', 'basis = "certain"', r"basis"),
        ("direction = 1", "direction = 2", r"direction"),
        ("cap = 120", 'cap = "high"', r"cap"),
        ("members = 193", "members = true", r"members"),
        ("ties_apart = false", "ties_apart = 0", r"ties_apart"),
        ("digits = 5", "digits = 5\nbeauty = 3", r"digits"),
        ("digits = 5", "digits == 5", r"digits"),
        ("digits = 5", "digits = -5", r"digits"),
        ("year = 2024", "year = 2022", r"year"),
        ("tolerance = 7e-5", "tolerance = nan", r"tolerance"),
        ("members = 193", "members = 0", r"members"),
        ("cap = 120", "cap = -5", r"cap"),
        ('name = "tii.mobile"', 'name = "tii.internet"', r'name = "tii.internet"'),
        ('of = ["tii.internet"]', 'of = ["hci.internet"]', r"of = "),
        ('of = ["tii.internet"]', "of = [3]", r"of = "),
        ("[pillars.hci]", "[pillars.charm]", r"\[pillars.hci\]"),
        ("breaks = [", "breaks = [3,", r"breaks"),
    ],
)
def test_a_wrong_file_is_refused_with_its_path_and_line(old, new, line):
    wrong = GOOD.replace(old, new, 1)
    expected = line_of(line) + new.count("beauty")

    with pytest.raises(WrongEdition) as refused:
        read(wrong, "editions/2024.toml")

    assert refused.value.facts["path"] == "editions/2024.toml"
    assert refused.value.facts["line"] == expected


def test_weights_that_do_not_add_up_are_refused():
    with pytest.raises(WrongEdition, match="add up"):
        read(GOOD.replace('weight = "1/3"', 'weight = "1/4"', 1), "x.toml")


def test_a_list_of_something_else_than_tables_is_refused():
    wrong = GOOD.replace("[pillars.osi]\n", "[pillars.osi]\ninputs = [3]\n")

    with pytest.raises(WrongEdition, match="“inputs” must be a list of tables"):
        read(wrong, "x.toml")
