"""Read state bodies: which there are, and the one of a code."""

from collections.abc import Iterable

from marra.inventory.models.bodies import StateBody
from marra.language.fold import fold
from marra.store import Named


def bodies() -> Named[StateBody]:
    """Every body that is open, in the order of the folded names: open to all."""
    return StateBody.all().filter(closed_at=None)


def named(code: str) -> StateBody:
    """The body of that code, closed ones too; refuses with `NothingNamed`."""
    return StateBody.all().named(code)


def known(codes: Iterable[str]) -> Named[StateBody]:
    """The bodies of these codes, closed ones too."""
    return StateBody.all().filter(code__in=codes)


def by_name(text: str) -> StateBody | None:
    """The open body of that code, or of that name in whatever letters and of any language."""
    if found := bodies().filter(code=text.strip()).first():
        return found
    wanted = fold(text)
    if found := bodies().filter(key=wanted[:300]).first():
        return found
    return next(
        (each for each in bodies() if wanted and wanted in map(fold, each.names.values())), None
    )


def choices(language: str) -> list[tuple[str, str]]:
    """Codes and names of the open bodies for a form, in the order of their names."""
    return sorted(((each.code, each.name.into(language)) for each in bodies()), key=lambda e: e[1])
