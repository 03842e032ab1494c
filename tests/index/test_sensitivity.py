"""Which uncertainty moves a rank, and the odds of reaching a place."""

import math

import numpy as np
import pytest

from marra.index.load import load
from marra.index.noise import Sizes, sizes
from marra.index.ranks import NoScore
from marra.index.sensitivity import WORDS, sensitivity
from marra.index.sobol import WrongSize
from marra.index.uncertainty import WrongPlace, uncertainty


def found(year=2024, place="UZB", seed=0, n=256, k=62, **options):
    return sensitivity(load(year), place, rng=np.random.default_rng(seed), n=n, k=k, **options)


@pytest.mark.parametrize(("year", "count"), [(2003, 10), (2018, 15), (2020, 14), (2024, 14)])
def test_every_edition_has_its_factors_each_named_in_plain_words(year, count):
    result = found(year, "KAZ", n=64)

    assert len(result.factors) == count
    assert result.evaluations == 64 * (count + 2)
    assert all(factor.says == WORDS[factor.name] for factor in result.factors)


def test_the_shares_of_a_rank_explain_its_variance():
    result = found(n=1024)

    first = sum(factor.rank.first for factor in result.factors)
    total = sum(factor.rank.total for factor in result.factors)
    assert 0.6 < first <= 1.05
    assert total >= 0.95
    for factor in result.factors:
        for share in (factor.rank, factor.chance):
            assert share.total >= share.first - 3 * (share.first_error + share.total_error)
            assert share.total >= 0


def test_mean_and_odds_agree_with_the_plain_draws():
    survey = load(2024)
    plain = uncertainty(survey, "UZB", rng=np.random.default_rng(1), draws=20_000, k=62)

    result = found(n=2048)

    assert result.rank_mean == pytest.approx(plain.mean, abs=0.3)
    assert result.chance == pytest.approx(plain.chance, abs=0.03)


def test_only_what_is_uncertain_has_a_share():
    survey = load(2024)
    only_own = Sizes(math.inf, sizes(survey).normalisations[:1], (0.05, 0.0, 0.0), 0.0, ())

    result = found(assumed=only_own)

    others = [f.rank.total for f in result.factors if f.name not in {"own.osi", "others.osi"}]
    assert max(others) == 0
    assert result.strongest()[0].name == "own.osi"
    assert result.strongest()[0].rank.first > 0.8


def test_odds_that_never_change_have_no_shares_rather_than_zeros():
    result = found(k=1, n=64)

    assert result.chance == 0
    assert all(math.isnan(factor.chance.total) for factor in result.factors)
    assert not any(math.isnan(factor.rank.total) for factor in result.factors)


def test_seed_zero_is_a_seed_and_the_result_names_it():
    one, two, other = found(seed=0, n=64), found(seed=0, n=64), found(seed=1, n=64)

    assert one.factors == two.factors
    assert one.factors != other.factors
    assert (one.seed, other.seed) == (0, 1)
    assert one.data_version == load(2024).version


def test_progress_hears_of_every_evaluation():
    heard = []

    result = found(n=64, progress=heard.append)

    assert sum(heard) == result.evaluations


def test_what_cannot_be_told_is_refused():
    with pytest.raises(NoScore):
        found(2003, "UZB")
    with pytest.raises(WrongPlace):
        found(k=0)
    with pytest.raises(WrongSize):
        found(n=1000)
