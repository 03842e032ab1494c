"""Write the pages of docs/method that are read from the edition files and from the checks.

    python scripts/make_method.py           # write
    python scripts/make_method.py --check   # say whether they are up to date

`editions.md` says what each edition file says; `checks.md` what recomputing each edition showed. A
test runs `--check`, so neither can drift from the files and figures.
"""

import sys
from collections.abc import Iterator
from pathlib import Path

from marra.index import definition, known, load, recompute, verify
from marra.index.edition import Edition, Pillar, Statement

METHOD = Path(__file__).parent.parent / "docs/method"
HEAD = "<!-- Written by scripts/make_method.py. Change the edition files, then run it. -->\n"
SCALING = {
    "min-max": "stretched from 0 for the lowest to 1 for the highest member state",
    "ratio-to-max": "divided by the highest",
    "raw": "as computed, not stretched",
}


def editions() -> Iterator[str]:
    yield f"# The method of each edition\n\n{HEAD}"
    yield (
        "Each edition is one file in `src/marra/index/editions/`. Every statement says how well "
        "it is known: **proved** (reproduced from published figures), **quoted** (read in a text, "
        "which is named), **recalled** (from memory of the printed survey, no text at hand) or "
        "**assumed** (ours, until the method is known).\n"
    )
    for year in reversed(known()):
        yield from edition_of(definition(year))


def edition_of(edition: Edition) -> Iterator[str]:
    weights = ", ".join(f"{p.name.upper()} {p.weight}" for p in edition.pillars)
    yield f"## {edition.year}\n"
    yield (
        f"{edition.title}, {edition.members} member states. Weights: {weights}. "
        f"EGDI printed with {edition.digits} decimals; a recomputed one may differ by at most "
        f"{edition.tolerance:.0e}.\n"
    )
    if edition.breaks:
        yield f"Changed against the edition before: {' '.join(edition.breaks)}\n"
    yield from (said(each) for each in edition.statements)
    yield ""
    for pillar in edition.pillars:
        yield from pillar_of(pillar)


def pillar_of(pillar: Pillar) -> Iterator[str]:
    scores = "inputs become z-scores; " if pillar.standardised else ""
    yield f"### {pillar.name.upper()}: {scores}{SCALING[pillar.scaling]} ({pillar.basis})\n"
    yield from (said(each) for each in pillar.statements)
    if pillar.statements:
        yield ""
    if pillar.inputs:
        yield "| input | weight | unit | cut at | better | data of | known | source |"
        yield "|---|---|---|---|---|---|---|---|"
        for each in pillar.inputs:
            cut = f"{each.cap:g}" if each.cap is not None else "–"
            better = "more" if each.direction > 0 else "less"
            cells = (each.name, each.weight, each.unit, cut, better, each.data_year or "–")
            yield f"| {' | '.join(map(str, cells))} | {each.basis} | {each.source} |"
        yield ""


def said(statement: Statement) -> str:
    return f"- {statement.says} (**{statement.basis}**: {statement.source})"


def checks() -> Iterator[str]:
    yield f"# What recomputing showed\n\n{HEAD}"
    yield (
        "EGDI from the published parts, largest error; ranks from the published EGDI, countries "
        "without an index left out, flagged rows ranked but not counted. “Other ranks” are those "
        "that differ when the recomputed EGDI is ranked instead.\n"
    )
    yield "| edition | ranked | error of EGDI | rank mismatches | exceptions | other ranks |"
    yield "|---|---|---|---|---|---|"
    found = [verify(load(year)) for year in known()]
    for each in found:
        yield (
            f"| {each.edition} | {each.countries} | {each.max_abs_error:.1e} | "
            f"{each.rank_mismatches} | {len(each.exceptions)} | "
            f"{len(each.recomputed_rank_differences)} |"
        )
    yield "\n## Ranks that differ when the recomputed EGDI is ranked\n"
    yield "| edition | country | published | recomputed | why |"
    yield "|---|---|---|---|---|"
    for each in found:
        for one in each.recomputed_rank_differences:
            yield (
                f"| {each.edition} | {one.place} | {one.published} | {one.recomputed} | "
                f"{one.explanation} |"
            )
    yield "\n## Exceptions\n"
    yield from (
        f"- {each.edition} {one.place}: {one.reason}" for each in found for one in each.exceptions
    )
    yield "\n## Parts recomputed from raw inputs\n"
    yield "| edition | part | countries | median error | mean error | without inputs |"
    yield "|---|---|---|---|---|---|"
    for each in found:
        for one in each.inputs:
            result = recompute(load(each.edition), one.pillar)
            mean = sum(map(abs, result.errors.values())) / len(result.errors)
            fitted = ", fitted" if result.fitted else ""
            yield (
                f"| {each.edition} | {one.pillar.upper()}{fitted} | {one.countries} | "
                f"{one.median_abs_error:.4f} | {mean:.4f} | {len(one.missing)} |"
            )
    yield (
        "\n“Fitted”: the countries with the lowest published values have no inputs, so the ends "
        "of the scale are not known; the line from the inputs to the published part is then "
        "fitted by least squares, and errors look smaller than a direct formula's would."
    )


def main() -> None:
    pages = {"editions.md": editions(), "checks.md": checks()}
    stale = []
    for name, lines in pages.items():
        path, text = METHOD / name, "\n".join(lines).rstrip() + "\n"
        if "--check" not in sys.argv:
            path.write_text(text, encoding="utf8")
        elif not path.exists() or path.read_text(encoding="utf8") != text:
            stale.append(f"docs/method/{name}")
    if stale:
        sys.exit(f"Out of date: {', '.join(stale)}. Run python scripts/make_method.py.")


if __name__ == "__main__":
    main()
