"""How quick a form of 30 fields is judged whole, without and with a page that has a condition."""

from collections.abc import Iterator
from typing import Any

from benchmarks.clock import in_turns
from benchmarks.record import Measure
from marra.flow.answers import complete
from marra.flow.forms import Form, read

FIELDS, TIMES, ROUNDS = 30, 2000, 5
KINDS: tuple[tuple[dict[str, object], object], ...] = (
    ({"type": "string", "minLength": 1, "maxLength": 80}, "Anora"),
    ({"type": "integer", "minimum": 0}, 5),
    ({"type": "string", "format": "date"}, "2026-01-01"),
)


def measures() -> Iterator[Measure]:
    """Microseconds of CPU for the whole form."""
    plain, answers = _form()
    asked, _answers = _form(when='f0 = "Anora"')
    spent = in_turns(
        {
            "plain": lambda: [complete(plain, answers) for _ in range(TIMES)],
            "asked": lambda: [complete(asked, answers) for _ in range(TIMES)],
        },
        ROUNDS,
    )
    yield Measure(
        "a form of 30 fields judged whole", min(spent["plain"]) / TIMES * 1e6, "µs CPU", must=20
    )
    yield Measure(
        "the same, one page with a condition", min(spent["asked"]) / TIMES * 1e6, "µs CPU"
    )


def _form(when: str = "") -> tuple[Form, dict[str, object]]:
    names = [f"f{number}" for number in range(FIELDS)]
    kinds = [KINDS[number % len(KINDS)] for number in range(FIELDS)]
    pages: list[dict[str, Any]] = [
        {"id": f"p{at}", "title": "Savollar", "fields": names[at : at + 3]}
        for at in range(0, FIELDS, 3)
    ]
    if when:
        pages[-1]["when"] = when
    document = {
        "schema": {
            "type": "object",
            "properties": {name: about for name, (about, _) in zip(names, kinds, strict=True)},
            "required": names,
        },
        "ui": {"pages": pages, "fields": {name: {"label": name} for name in names}},
    }
    return read(document), {name: said for name, (_, said) in zip(names, kinds, strict=True)}
