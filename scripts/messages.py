"""Keep the catalogues of translations: python scripts/messages.py [--check | --compile]

Collects every message from Python and templates, brings the catalogues `uz` and `ru` up to date
without losing a translation, writes `uz_Cyrl` from `uz` by rule, and compiles all three. With
--check it changes nothing and fails, saying what is wrong; with --compile it only compiles.

English is the language of the messages themselves. Django's own messages that we show are listed
in `src/marra/locale/borrowed.txt`, because Django has no Uzbek in Cyrillic and little in Latin.
"""

import ast
import csv
import io
import re
import runpy
import sys
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import polib
from babel.messages.extract import extract_python
from django.utils.translation.template import templatize

from marra.language.scripts import to_cyrillic

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src" / "marra"
LOCALE = SOURCE / "locale"
WRITTEN = ("uz", "ru")
WIDTH = 99
PLURALS = {
    "uz": "nplurals=1; plural=0;",
    "uz_Cyrl": "nplurals=1; plural=0;",
    "ru": "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 "
    "&& (n%100<10 || n%100>=20) ? 1 : 2);",
}
KEYWORDS: dict[str, None] = dict.fromkeys(
    f"{name}{kind}"
    for name in ("gettext", "pgettext", "ngettext", "npgettext")
    for kind in ("", "_lazy", "_noop")
) | {"_": None}
SAID_IN_DATA = frozenset({"title", "says", "breaks", "unit", "source", "publisher"})

Key = tuple[str, str]  # context, message


@dataclass
class Message:
    """A message as the code asks for it: its plural if it has one, and the files it stands in."""

    context: str
    text: str
    plural: str = ""
    files: set[str] = field(default_factory=set)


# ── Collecting ───────────────────────────────────────────────────────────────────────────────


SAID_IN: Final = {"inputs.csv": "unit", "national.csv": "note"}
"""Columns of packaged tables that readers see translated."""


def collect(source: Path = SOURCE) -> dict[Key, Message]:
    """Every message of the package, by context and text."""
    found: dict[Key, Message] = {}
    for path in sorted(source.rglob("*")):
        name = path.relative_to(source).as_posix()
        for context, text, plural in _messages_of(path):
            message = found.setdefault((context, text), Message(context, text))
            message.plural = message.plural or plural
            message.files.add(name)
    return found


def _messages_of(path: Path) -> Iterator[tuple[str, str, str]]:
    if path.suffix == ".py" and "migrations" not in path.parts:
        yield from _from_python(path.read_text(encoding="utf-8"))
    elif path.suffix == ".html":
        yield from _from_template(templatize(path.read_text("utf-8"), origin=str(path)))
    elif path.suffix == ".toml" and "index" in path.parts and "portfolios" not in path.parts:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
        yield from (("", text, "") for text in _said(data))
    elif path.name in SAID_IN:
        column = SAID_IN[path.name]
        with path.open(encoding="utf-8") as file:
            yield from (
                ("", said, "") for said in {row[column] for row in csv.DictReader(file)} - {""}
            )
    elif path.name == "borrowed.txt":
        for line in path.read_text(encoding="utf-8").splitlines():
            text, _, plural = line.partition(" | ")
            if text and not text.startswith("#"):
                yield "", text, plural


def _from_python(code: str) -> Iterator[tuple[str, str, str]]:
    """From the syntax tree, since a call may also stand inside an f-string."""
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Call):
            function = getattr(node.func, "attr", getattr(node.func, "id", ""))
            words = [each.value for each in node.args if isinstance(each, ast.Constant)]
            yield from _message(function, words)


def _from_template(code: str) -> Iterator[tuple[str, str, str]]:
    lines = "\n".join(line.strip() for line in code.splitlines())
    found = extract_python(io.BytesIO(lines.encode()), KEYWORDS, [], {"encoding": "utf-8"})
    for _, function, words, _ in found:
        given = words if isinstance(words, tuple) else (words,)
        yield from _message(str(function), given)


def _message(function: str, words: Sequence[object]) -> Iterator[tuple[str, str, str]]:
    given = [word for word in words if isinstance(word, str) and word]
    if function in KEYWORDS and given:
        context = given.pop(0) if "pgettext" in function else ""
        yield context, given[0], given[1] if "ngettext" in function else ""


def _said(part: object, key: str = "") -> Iterator[str]:
    """The sentences of an edition's or a source's file that are shown to readers."""
    if isinstance(part, dict):
        for name, value in part.items():
            yield from _said(value, name)
    elif isinstance(part, list):
        for value in part:
            yield from _said(value, key)
    elif isinstance(part, str) and key in SAID_IN_DATA:
        yield part


# ── Writing ──────────────────────────────────────────────────────────────────────────────────


def path_of(language: str) -> Path:
    """Where the catalogue of a language lies."""
    return LOCALE / language / "LC_MESSAGES" / "django.po"


def read(language: str) -> polib.POFile:
    """The catalogue of a language; an empty one if there is none yet."""
    path = path_of(language)
    return polib.pofile(str(path), wrapwidth=WIDTH) if path.exists() else polib.POFile()


def updated(language: str, found: dict[Key, Message]) -> polib.POFile:
    """The catalogue of a language with just the messages that the code asks for."""
    known = {(entry.msgctxt or "", entry.msgid): entry for entry in read(language)}
    catalogue = _empty(language)
    for key in sorted(found, key=lambda key: (key[1].casefold(), key)):
        entry = _entry(found[key])
        if old := known.get(key):
            entry.msgstr, entry.tcomment = old.msgstr, old.tcomment
            entry.msgstr_plural = dict(old.msgstr_plural)
        if entry.msgid_plural and not entry.msgstr_plural:
            entry.msgstr_plural = dict.fromkeys(range(forms(language)), "")
        catalogue.append(entry)
    return catalogue


def in_cyrillic(latin: polib.POFile) -> polib.POFile:
    """The catalogue of Uzbek in Cyrillic letters, made from the one in Latin letters."""
    catalogue = _empty("uz_Cyrl")
    for entry in latin:
        made = _entry(Message(entry.msgctxt or "", entry.msgid, entry.msgid_plural))
        made.occurrences = entry.occurrences
        made.msgstr = to_cyrillic(entry.msgstr)
        made.msgstr_plural = {n: to_cyrillic(form) for n, form in entry.msgstr_plural.items()}
        catalogue.append(made)
    return catalogue


def forms(language: str) -> int:
    """How many plural forms a language has."""
    return int(PLURALS[language][len("nplurals=")])


def _empty(language: str) -> polib.POFile:
    catalogue = polib.POFile(wrapwidth=WIDTH)
    catalogue.metadata = {
        "Language": language,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": PLURALS[language],
    }
    return catalogue


def _entry(message: Message) -> polib.POEntry:
    flags = ["python-format"] if re.search(r"%\(\w+\)", message.text) else []
    return polib.POEntry(
        msgctxt=message.context or None,
        msgid=message.text,
        msgid_plural=message.plural,
        occurrences=[(name, "") for name in sorted(message.files)],
        flags=flags,
    )


def compile_all() -> None:
    """Compile every catalogue into the form that Django reads, as the build does."""
    runpy.run_path(str(ROOT / "hatch_build.py"))["compile_catalogues"](LOCALE)


# ── Checking ─────────────────────────────────────────────────────────────────────────────────


def faults() -> list[str]:
    """What is wrong with the catalogues, one line each."""
    found = collect()
    wrong = [f"{language}: {fault}" for language in WRITTEN for fault in _lacks(language, found)]
    if str(read("uz_Cyrl")) != str(in_cyrillic(read("uz"))):
        wrong.append("uz_Cyrl: not what the rule makes of uz")
    return wrong


def _lacks(language: str, found: dict[Key, Message]) -> Iterator[str]:
    catalogue = read(language)
    entries = {(entry.msgctxt or "", entry.msgid) for entry in catalogue}
    yield from (f"not collected: {key[1]}" for key in sorted(found.keys() - entries))
    yield from (f"no longer used: {key[1]}" for key in sorted(entries - found.keys()))
    for entry in catalogue:
        yield from _faults(entry, language)
    if entries == found.keys() and str(catalogue) != str(updated(language, found)):
        yield "not in order: run python scripts/messages.py"


def _faults(entry: polib.POEntry, language: str) -> Iterator[str]:
    said = list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]
    if entry.fuzzy or entry.obsolete:
        yield f"unsure or out of use: {entry.msgid}"
    if not all(said):
        yield f"not translated: {entry.msgid}"
        return
    if entry.msgid_plural and len(said) != forms(language):
        yield f"{len(said)} plural forms, not {forms(language)}: {entry.msgid}"
    for text in said:
        yield from (f"{fault}: {entry.msgid}" for fault in _differences(entry, text))
        yield from (f"{fault}: {text}" for fault in _misspelt(text, language))


GAP = re.compile(r"%\(\w+\)[a-z]|\{\w*[^{}]*\}|</?\w+[^>]*>|%[sd]")


def _differences(entry: polib.POEntry, text: str) -> Iterator[str]:
    """Gaps, tags, outer blanks and the closing sign must be those of the message."""
    allowed = [
        sorted(GAP.findall(each)) for each in (entry.msgid, entry.msgid_plural or entry.msgid)
    ]
    if sorted(GAP.findall(text)) not in allowed:
        yield "other gaps or tags"
    if "%(" in entry.msgid and "%" in GAP.sub("", text).replace("%%", ""):
        yield "a percent sign that is not doubled"
    for end in (0, -1):
        if entry.msgid[end].isspace() != text[end].isspace():
            yield "other blanks at the ends"
    if (entry.msgid[-1] in ".:?…") != (text[-1] in ".:?…"):
        yield "another closing sign"


def _misspelt(text: str, language: str) -> Iterator[str]:
    bare = GAP.sub("", text)
    if language == "uz" and re.search(r"[oOgG]['’‘`ʼ]|[a-z]['‘`’][a-z]", bare):
        yield "not the official apostrophes"
    if language == "uz" and re.search("[А-Яа-яЁё]", bare):
        yield "a Cyrillic letter in Latin"
    if language == "ru" and re.search("[ЎўҚқҒғҲҳ]|[А-яё][A-Za-z]|[A-Za-z][А-яё]", bare):
        yield "not a Russian letter"


def main(asked: list[str]) -> int:
    """Bring the catalogues up to date, or say what is wrong with them."""
    if asked == ["--check"]:
        wrong = faults()
        print("\n".join(wrong) or "Every message is translated.")
        return min(len(wrong), 1)
    if asked not in ([], ["--compile"]):
        print(__doc__)
        return 2
    if not asked:
        found = collect()
        for language in WRITTEN:
            path_of(language).parent.mkdir(parents=True, exist_ok=True)
            updated(language, found).save(str(path_of(language)))
        path_of("uz_Cyrl").parent.mkdir(parents=True, exist_ok=True)
        in_cyrillic(read("uz")).save(str(path_of("uz_Cyrl")))
    compile_all()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
