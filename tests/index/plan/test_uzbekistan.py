"""The worked example is whole, says where each number is from, and passes nothing off as fact."""

import re

from marra.index.edition import Basis
from marra.index.load import load
from marra.index.plan.files import packaged
from marra.index.plan.files.packaged import content
from marra.index.plan.portfolio import Portfolio
from marra.index.projection.levers import levers
from marra.kit.text import Text
from marra.language.scripts import to_cyrillic

WHOLE: Portfolio = packaged("uzbekistan")


def test_every_number_is_an_assumption_with_its_reasoning():
    for each in WHOLE.initiatives:
        assert each.basis is Basis.ASSUMED
        assert isinstance(each.reasoning, Text)
        assert len(each.reasoning.en) > 40
    assert "assumption" in WHOLE.note.en
    assert b"illustrative assumption" in content("uzbekistan")


def test_it_is_in_four_languages_and_cyrillic_follows_by_rule():
    words = [WHOLE.title, WHOLE.prices, WHOLE.note]
    words += [text for each in WHOLE.initiatives for text in (each.title, each.reasoning)]
    words += [each.title for each in WHOLE.names]

    for text in words:
        assert text.uz_cyrl == to_cyrillic(text.uz)
        assert len({text.uz, text.ru, text.en}) == 3
        assert not re.search("[а-яА-Я]", text.uz + text.en)
        assert re.search("[а-яА-Я]", text.ru)


def test_every_group_body_and_source_has_a_name_and_every_effect_a_lever():
    named = {each.code for each in WHOLE.names}
    known = levers(load(2024), "UZB")

    for each in WHOLE.initiatives:
        assert {each.group, each.body, each.source} <= named
        assert {effect.indicator for effect in each.effects} <= set(known)
    assert {each.group for each in WHOLE.initiatives} == {f"WG-{n}" for n in range(1, 6)}
    assert {each.source for each in WHOLE.budgets} == {each.source for each in WHOLE.initiatives}


def test_it_moves_all_three_parts_and_has_what_a_plan_must_weigh():
    parts = {e.indicator.split(".")[0] for each in WHOLE.initiatives for e in each.effects}

    assert parts == {"osi", "tii", "hci"}
    assert 25 <= len(WHOLE.initiatives) <= 35
    assert {year for each in WHOLE.initiatives for year in each.starts} == set(range(2026, 2030))
    assert any(each.needs for each in WHOLE.initiatives)
    assert any(each.excludes for each in WHOLE.initiatives)
    assert any(effect.overlap for each in WHOLE.initiatives for effect in each.effects)
    assert sum(each.cost for each in WHOLE.initiatives if each.source == "budget") > sum(
        each.amount for each in WHOLE.budgets if each.source == "budget" and each.year == 2027
    )
