"""Disturbed: everyone's score when weights, normalisation and figures are other than published.

A block of draws says what is otherwise; the model gives scores. With nothing disturbed they are
those of the published parts. Other weights of the inputs of TII move the published TII by what the
change moves the recomputed one; a country whose inputs are not all known keeps its TII and is
named. A part that was not published counts as 0, as in the survey, and has no error.

Source: ours; stretching as in `compute`, percentiles and z-scores as in `noise`.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from marra.index.compute import composite, has_inputs, prepared, stretch, weights
from marra.index.edition import PILLARS, Scaling
from marra.index.fast_ranks import BEST, REACH, Singles
from marra.index.noise import Normalisation
from marra.index.survey import Floats, Ints, Survey

TII: Final = PILLARS.index("tii")
TRIM: Final = (5.0, 95.0)


@dataclass(frozen=True, slots=True, eq=False)
class Draws:
    """What is otherwise in each of m draws."""

    weights: Floats  # of the parts, (m, 3)
    input_weights: Floats  # of the inputs of TII, (m, k); k is 0 where they are not known
    errors: Singles  # added to the published parts, (m, 3, n)
    normalisation: Ints  # position in the model's list, (m,)


class Model:
    """Scores of the countries of a survey under draws."""

    def __init__(self, survey: Survey, normalisations: tuple[Normalisation, ...]) -> None:
        self.normalisations = normalisations
        self.rows = np.flatnonzero(survey.ranked)
        self.places = tuple(survey.places[row] for row in self.rows)
        self.known = (~np.isnan(survey.pillars)).T.astype(np.float32)  # (3, n)
        self.weights = weights(survey.edition)
        self.inputs, self.input_weights, self._moves = _inputs(survey)
        self.held = tuple(
            survey.places[row]
            for row in self.rows
            if self.inputs and not self._moves[:, row].any()
        )
        self._pillars = np.nan_to_num(survey.pillars).T.astype(np.float32)
        self._scalings = tuple(pillar.scaling for pillar in survey.edition.pillars)

    @property
    def shape(self) -> tuple[int, int]:
        """Parts and members, the shape of one draw's errors."""
        return (len(PILLARS), self._pillars.shape[1])

    def scores(self, draws: Draws) -> Singles:
        """The scores of the ranked countries, (m, ranked); the higher the better."""
        parts = self._pillars + draws.errors
        if self.inputs:
            shifts = (draws.input_weights - self.input_weights) @ self._moves
            parts[:, TII] += shifts.astype(np.float32)
        for number, kind in enumerate(self.normalisations):
            chosen = np.flatnonzero(draws.normalisation == number)
            if len(chosen) == len(parts):
                parts = self._normalised(parts, kind)
            elif len(chosen):
                parts[chosen] = self._normalised(parts[chosen], kind)
        shares = draws.weights.astype(np.float32)[:, None, :]
        scores: Singles = np.matmul(shares, parts[:, :, self.rows])[:, 0]
        return scores

    def _normalised(self, parts: Singles, kind: Normalisation) -> Singles:
        if kind is Normalisation.PUBLISHED:
            return self._as_published(parts)
        if kind is Normalisation.Z_SCORES:
            return _stretched(parts, parts.mean(axis=2), parts.std(axis=2))
        low, high = np.percentile(parts, TRIM, axis=2).astype(np.float32)
        return np.clip(_stretched(parts, low, high - low), 0, 1)

    def _as_published(self, parts: Singles) -> Singles:
        low, reach = np.zeros(parts.shape[:2], np.float32), np.ones(parts.shape[:2], np.float32)
        for column, scaling in enumerate(self._scalings):
            if scaling is Scaling.RAW:
                continue
            high = parts[:, column].max(axis=1)
            if scaling is Scaling.MIN_MAX:
                low[:, column] = parts[:, column].min(axis=1)
            reach[:, column] = high - low[:, column]
        return _stretched(parts, low, reach)


def deficits(scores: Singles, out: Singles) -> None:
    """How far each country is behind the best of its draw, for sorting."""
    high = scores.max(axis=1, keepdims=True)
    reach = high - scores.min(axis=1, keepdims=True)
    factor = np.divide(np.float32(REACH), reach, out=np.zeros_like(reach), where=reach > 0)
    np.subtract(high, scores, out=out)
    np.multiply(out, factor, out=out)
    np.add(out, np.float32(BEST), out=out)


def _stretched(parts: Singles, low: Singles, reach: Singles) -> Singles:
    factor = np.divide(1, reach, out=np.zeros_like(reach), where=reach > 0)
    made: Singles = (parts - low[:, :, None]) * factor[:, :, None]
    return made


def _inputs(survey: Survey) -> tuple[tuple[str, ...], Floats, Floats]:
    """Names and weights of the inputs of TII, and what one unit of weight moves TII, (k, n)."""
    pillar = survey.edition.pillar("tii")
    if not has_inputs(survey, "tii"):
        return (), np.zeros(0), np.zeros((0, len(survey.places)))
    columns = prepared(pillar, survey, survey.inputs)
    slope = stretch(survey, pillar, composite(pillar, columns)).slope
    scores = (columns - np.nanmean(columns, axis=0)) / np.nanstd(columns, axis=0)
    scores[np.isnan(scores).any(axis=1)] = 0.0
    shares = np.array([float(each.weight) for each in pillar.inputs])
    return tuple(each.name for each in pillar.inputs), shares, slope * scores.T
