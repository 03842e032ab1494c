"""How exactly the published index is reproduced."""

from collections.abc import Iterator

from benchmarks.record import Measure
from marra.index import known, load, recompute, verify

TII = {2018: 0.002, 2020: 0.002, 2022: 0.003, 2024: 0.007}


def measures() -> Iterator[Measure]:
    """Every edition held against what was published."""
    found = [verify(load(year)) for year in known()]
    errors = {each.edition: each.max_abs_error for each in found}
    yield Measure("EGDI from published parts, 12 editions: largest error", max(errors.values()),
                  "EGDI", must=7e-5, facts=errors)  # fmt: skip
    mismatches = {each.edition: each.rank_mismatches for each in found}
    yield Measure("ranks of 2020 that differ (four printed ties)", mismatches[2020], "countries",
                  must=4)  # fmt: skip
    yield Measure("ranks that differ in all other editions", sum(mismatches.values())
                  - mismatches[2020], "countries", must=0, facts=mismatches)  # fmt: skip
    unexplained = {
        each.edition: [one.place for one in each.recomputed_rank_differences if not one.explained]
        for each in found
    }
    yield Measure("differences of recomputed ranks left unexplained",
                  sum(map(len, unexplained.values())), "countries", must=0,
                  facts=unexplained)  # fmt: skip
    for year, bound in TII.items():
        told = recompute(load(year), "tii")
        yield Measure(f"TII of {year} from raw inputs: median error", told.median_error, "TII",
                      must=bound, facts={"countries": len(told.errors)})  # fmt: skip
