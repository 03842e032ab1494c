"""Evidence moves what it is evidence of, as far as it was right before, and nothing else."""

from dataclasses import replace

import numpy as np
import pytest

from marra.index.components import components
from marra.index.projection.evidence import HCI, TII, Evidence, gather
from marra.index.projection.informed import informed
from marra.index.projection.model import Learnt, learn
from marra.index.projection.nowcast import nowcast
from marra.index.projection.panel import Panel
from marra.index.projection.project import CHOSEN, project
from marra.index.ranks import NoScore
from tests.index.projection.make import futures, known_panel, surveys


def told(whole: Panel, evidence: Evidence, horizon: int = 2) -> tuple[Learnt, Learnt]:
    learnt = learn(whole, whole.years[-1], horizon, CHOSEN)
    return learnt, informed(learnt, whole, horizon, CHOSEN, evidence)


def foreseen(whole: Panel, target: int) -> Evidence:
    """Evidence that has always been exactly what then came."""
    later = known_panel().standing
    columns = {
        year: {TII: later[row][:, TII : TII + 1], HCI: later[row][:, HCI : HCI + 1]}
        for row, year in enumerate(known_panel().years)
        if 2010 <= year <= target
    }
    return Evidence(target, target, known_panel().places, (), columns, "made")


def test_evidence_that_was_always_right_is_believed():
    whole = known_panel(2022)
    came = known_panel().standing[-1]

    _, found = told(whole.whole(), foreseen(whole, 2024))

    for part in (TII, HCI):
        assert np.abs(found.expected[:, part] - came[:, part]).mean() < 0.01
        assert found.surprises[:, part].std() < 0.01


def test_evidence_that_says_nothing_is_not_believed():
    whole, chance = known_panel(2022), np.random.default_rng(1)
    right = foreseen(whole, 2024)
    noise = {
        year: {part: chance.standard_normal(column.shape) for part, column in columns.items()}
        for year, columns in right.columns.items()
    }

    before, after = told(whole.whole(), replace(right, columns=noise))

    for part in (TII, HCI):
        assert np.abs(after.expected[:, part] - before.expected[:, part]).std() < 0.1
        assert after.surprises[:, part].std() > 0.9 * before.surprises[:, part].std()


def test_online_services_stay_as_learnt_and_surprises_keep_their_donor():
    whole = known_panel().whole()

    before, after = told(whole, gather(components(), known_panel(), 2026))

    osi = dict(zip(before.donors.tolist(), before.surprises[:, 0].tolist(), strict=True))
    assert (after.expected[:, 0] == before.expected[:, 0]).all()
    assert all(
        osi[donor % 10_000_000] == value
        for donor, value in zip(after.donors.tolist(), after.surprises[:, 0].tolist(), strict=True)
    )
    assert np.allclose(after.likeness.sum(axis=1), 1.0)
    assert after.surprises[:, TII].std() < before.surprises[:, TII].std()


def test_a_country_without_evidence_keeps_what_was_learnt_without_it():
    whole = known_panel().whole()
    row = whole.places.index("PRK")

    before, after = told(whole, gather(components(), known_panel(), 2026))

    assert after.expected[row, TII] == before.expected[row, TII]
    donors = after.likeness[row] > 0
    alike = before.likeness[row] @ before.surprises[:, TII]
    assert after.likeness[row, donors] @ after.surprises[donors, TII] == pytest.approx(
        alike, abs=0.01
    )


def test_what_became_known_after_the_origin_changes_nothing():
    known = {year: inputs for year, inputs in components().items() if year <= 2020}
    whole = known_panel(2018).whole()

    _, found = told(whole, gather(components(), known_panel(2018), 2020), 4)
    _, again = told(whole, gather(known, known_panel().until(2018), 2020), 4)

    assert (found.expected == again.expected).all()
    assert (found.surprises == again.surprises).all()


def test_the_projection_with_components_says_so_and_can_be_repeated():
    made = [
        project(surveys(), to=2028, rng=np.random.default_rng(0), futures=500, components=each)
        for each in (components(), components(), None)
    ]

    assert (made[0].counts(2028) == made[1].counts(2028)).all()
    assert (made[0].counts(2028) != made[2].counts(2028)).any()
    assert made[0].evidence is not None
    assert made[0].evidence.version in made[0].data_version
    assert made[2].evidence is None
    assert made[2].data_version == futures().data_version


def test_a_nowcast_names_what_it_rests_on_and_what_it_lacks():
    found = nowcast(2026, components(), surveys())

    assert (found.origin, found.formula) == (2024, 2024)
    assert [place in found.missing["tii"] for place in ("PRK", "UZB")] == [True, False]
    assert [found.of(place)[0].from_inputs for place in ("PRK", "UZB")] == [False, True]
    assert {each.name for each in found.late()} >= {"tii.mobile_broadband", "hci.mean_years"}
    assert found.evidence.version in found.data_version
    for tii, hci in found.parts.values():
        assert 0.0 <= tii.low <= tii.high <= 1.0
        assert hci.low <= hci.high
        assert tii.change == tii.expected - tii.published
    with pytest.raises(NoScore):
        found.of("XXX")


def test_a_nowcast_of_an_edition_that_appeared_does_not_see_it():
    then = {year: survey for year, survey in surveys().items() if year < 2022}

    assert nowcast(2022, components(), surveys()).parts == nowcast(2022, components(), then).parts


def test_the_middle_80_percent_of_a_nowcast_held_four_fifths_of_what_came():
    inside = []
    for target in (2018, 2020, 2022):
        found = nowcast(target, components(), surveys())
        now, came = known_panel(), known_panel().at(target)
        before = came - 1
        for row, place in enumerate(now.places):
            for part, each in zip((TII, HCI), found.of(place), strict=True):
                scale = now.spread[before, part] * now.standing[came, row, part]
                inside.append(each.low <= now.mean[before, part] + scale <= each.high)

    assert 0.75 < np.mean(inside) < 0.92
