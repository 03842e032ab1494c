"""How quick the search over services is: 100,000 of them by lot, questions with typos."""

import csv
from collections.abc import Iterator
from importlib.resources import files
from time import perf_counter, process_time

import numpy as np

from benchmarks.record import Measure
from marra.language.grams import Index, find, index

SERVICES = 100_000
QUESTIONS = 2_000
CONSONANTS = ("b", "d", "g", "l", "m", "n", "s", "t", "q", "x", "sh", "ch")
SYLLABLES = [one + two for one in CONSONANTS for two in "aoi"]
ENDINGS = ("", "ni", "ga", "lari", "larini", "ning", "dan", "lik", "chi", "boʻyicha")


def measures() -> Iterator[Measure]:
    """Building the index, a question among 700 and among 100,000, and whether it is answered."""
    rng = np.random.default_rng(0)
    words = _vocabulary(rng)
    for count in (700, SERVICES):
        titles = [_title(words, rng) for _ in range(count)]
        cpu, wall = process_time(), perf_counter()
        made = index([[(uz, 1.0), (ru, 1.0)] for uz, ru in titles])
        built = {"seconds_cpu": process_time() - cpu, "seconds": perf_counter() - wall}
        yield Measure(f"an index over {count:,} services", built["seconds_cpu"], "s CPU",
                      facts={**built, "words": len(made.words)})  # fmt: skip
        yield from _asked(made, titles, rng)


def _asked(
    made: Index, titles: list[tuple[str, str]], rng: np.random.Generator
) -> Iterator[Measure]:
    spent, first, five = [], 0, 0
    for place in rng.integers(0, len(titles), QUESTIONS).tolist():
        question = _spoilt(titles[place][rng.integers(0, 2)], rng)
        cpu = process_time()
        found = [hit.place for hit in find(made, question, 5)]
        spent.append(1000 * (process_time() - cpu))
        first += found[:1] == [place]
        five += place in found
    facts = {f"p{q}": float(np.percentile(spent, q)) for q in (50, 90, 99)}
    most = None if made.count < SERVICES else 10.0
    yield Measure(f"a question among {made.count:,} services: p99", facts["p99"], "ms CPU",
                  must=most, facts=facts)  # fmt: skip
    yield Measure(f"right in the first five among {made.count:,}: with a typo and a word left out",
                  five / QUESTIONS, "share",
                  facts={"first": first / QUESTIONS})  # fmt: skip


def _vocabulary(rng: np.random.Generator) -> tuple[list[str], list[str]]:
    """Words of services in Uzbek and Russian, and names that are rare."""
    text = (files("marra.language") / "concepts.csv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(text.splitlines()))
    known = [[w.lstrip("=") for row in rows for w in row[language].split("|")]
             for language in ("uz", "ru")]  # fmt: skip
    rare = ["".join(rng.choice(SYLLABLES, rng.integers(2, 5))) for _ in range(20_000)]
    return known[0] * 40 + rare, known[1] * 40 + rare


def _title(words: tuple[list[str], list[str]], rng: np.random.Generator) -> tuple[str, str]:
    """A service's name in two languages."""
    uz, ru = (
        " ".join(
            of[at] + ENDINGS[rng.integers(0, len(ENDINGS))]
            for at in rng.integers(0, len(of), rng.integers(4, 9))
        )
        for of in words
    )
    return uz, ru


def _spoilt(title: str, rng: np.random.Generator) -> str:
    """A title as somebody types it: a word left out, two letters swapped, no apostrophes."""
    told = title.replace("ʻ", "").split()
    if len(told) > 3:
        told.pop(rng.integers(0, len(told)))
    at = int(rng.integers(0, len(told)))
    word = told[at]
    if len(word) > 4:
        cut = int(rng.integers(1, len(word) - 2))
        told[at] = word[:cut] + word[cut + 1] + word[cut] + word[cut + 2 :]
    return " ".join(told)
