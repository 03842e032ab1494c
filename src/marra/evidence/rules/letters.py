"""Letters: the draft that asks an organisation to look at its figure again.

What a letter says follows from the case alone: two figures with day, basis and source, what the
difference is worth, and what is asked for. Officials correct and sign it.

Source: `letter.toml` beside this file; the wording is ours, and a draft.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any, Final

from marra.kit.errors import NotFound
from marra.kit.text import gettext_noop
from marra.language.scripts import to_cyrillic

WRITTEN_IN: Final = ("uz", "uz-cyrl", "ru", "en")


class NoSuchLetter(NotFound):
    """The letter is not written in that language."""

    sentence = gettext_noop("The letter is not written in “{language}”. Choose one of: {known}.")


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter in one language."""

    language: str
    to: str
    title: str
    paragraphs: tuple[str, ...]
    annex: str
    position: str


@dataclass(frozen=True, slots=True)
class Told:
    """What a case gives a letter, already written in its language."""

    organisation: str
    country: str
    indicator: str
    published: str
    published_year: str
    published_source: str
    national: str
    national_day: str
    national_source: str
    basis: str
    difference: str
    edition: str
    egdi_change: str
    rank_change: str
    is_estimated: bool
    same_year: str = ""  # the national value of the published year, if there is one


def letter(language: str, told: Told) -> Letter:
    """The draft of a letter; refuses with `NoSuchLetter`.

    >>> told = Told("UNDP", "Uzbekistan", "Expected years of schooling", "11.99", "2022", "HDR",
    ...     "13.3", "31.12.2024", "SIAT", "UIS", "1.31", "2024", "+0.0070", "+4", True)
    >>> letter("en", told).title
    'Expected years of schooling: a national and a published figure that differ'
    """
    if language not in WRITTEN_IN:
        raise NoSuchLetter(language=language[:20], known=", ".join(WRITTEN_IN))
    form = _forms()["uz" if language == "uz-cyrl" else language]
    gaps = _gaps(form, told)
    made = Letter(
        language=language,
        to=form["to"].format(**gaps),
        title=form["title"].format(**gaps),
        paragraphs=tuple(
            filled for each in form["paragraphs"] if (filled := each.format(**gaps).strip())
        ),
        annex=form["annex"],
        position=form["position"],
    )
    return _in_cyrillic(made) if language == "uz-cyrl" else made


def _gaps(form: Mapping[str, Any], told: Told) -> dict[str, str]:
    gaps = {
        name: getattr(told, name)
        for name in Told.__dataclass_fields__
        if name not in {"same_year", "is_estimated"}
    }
    same = form["same_year"].format(value=told.same_year, **gaps) if told.same_year else ""
    return {
        **gaps,
        "same_year": same,
        "estimated": form["estimated"] if told.is_estimated else "",
    }


def _in_cyrillic(made: Letter) -> Letter:
    return Letter(
        language=made.language,
        to=made.to,
        title=to_cyrillic(made.title),
        paragraphs=tuple(map(to_cyrillic, made.paragraphs)),
        annex=to_cyrillic(made.annex),
        position=to_cyrillic(made.position),
    )


@cache
def _forms() -> Mapping[str, Mapping[str, Any]]:
    text = (files("marra.evidence.rules") / "letter.toml").read_text(encoding="utf-8")
    return MappingProxyType(tomllib.loads(text))
