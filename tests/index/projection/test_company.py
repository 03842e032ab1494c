"""The countries about a place are those that stand there in each future."""

import numpy as np
import pytest

from marra.index.projection.company import company
from marra.index.projection.futures import NoSuchGoal
from marra.index.projection.project import project
from tests.index.projection.make import surveys


@pytest.fixture(scope="module")
def found():
    return project(surveys(), to=2028, rng=np.random.default_rng(4), futures=60)


@pytest.mark.parametrize("k", [1, 2, 30, 192, 193])
def test_it_is_the_mean_of_those_ranked_about_the_place(found, k):
    world = found.world(2028)
    parts = np.stack([world.parts(row) for row in range(len(found.places))], axis=1)
    order = np.argsort(-world.scores, axis=1, kind="stable")
    about = slice(max(k - 3, 0), min(k + 2, len(found.places)))
    chosen = np.take_along_axis(parts, order[:, about, None], axis=1)

    assert company(found, 2028, k) == pytest.approx(chosen.mean(axis=(0, 1)), abs=2e-3)


def test_a_place_that_nobody_holds_is_refused(found):
    with pytest.raises(NoSuchGoal):
        company(found, 2028, 194)
