"""A survey: one edition's method together with its published figures.

Arrays run over the edition's member states in the order of `places`. A value that was not
published is NaN here and named in `missing`; it is never dropped and never set to 0.

Source: ours; the figures' sources stand in `figures/SOURCES.toml`.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from marra.index.edition import Edition

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Survey:
    """The figures of one edition, as published, and the raw inputs known for it.

    Shapes: n member states; `pillars` is (n, 3) in the order OSI, TII, HCI; `inputs` is
    (n, k) in the order of `input_names`, raw (uncapped), NaN where unknown.
    """

    edition: Edition
    places: tuple[str, ...]  # ISO 3166 alpha-3, in alphabetical order
    ranks: Ints  # as published
    egdi: Floats  # as published
    pillars: Floats  # as published
    epi: Floats  # as published
    flags: tuple[frozenset[str], ...]  # no_index, hci_missing, egdi_inconsistent, ...
    input_names: tuple[str, ...]  # qualified: "tii.internet"
    inputs: Floats
    version: str  # data version: what figures these are, printed in every output

    def at(self, place: str) -> int:
        """The row of a place; refuses with `NoSuchPlace` when it is not in the edition."""
        raise NotImplementedError
