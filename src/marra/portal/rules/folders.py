"""A definition as a folder of files, as the programs that make them save them.

    service.toml      what the catalogue says of it; may be left out
    form-apply.json   one form for each page that asks; its key is “apply”
    process.bpmn      who does what, as a modeler of BPMN saves it
    eligibility.dmn   what is decided by a table; its key is “eligibility”
    personas.json     who tries it out

Together they are one bundle, the same document that is kept and published. A composite service has
only its `service.toml`, which names its parts: the folders of other services beside it.

Source: ours.
"""

import json
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from marra.kit.findings import Findings
from marra.kit.text import gettext_noop
from marra.portal.rules.bundles import LARGEST

ABOUT: Final = "service.toml"
PROCESS: Final = "process.bpmn"
PERSONAS: Final = "personas.json"
FORM: Final = re.compile(r"form-([a-z][a-z0-9-]{0,39})\.json")
TABLE: Final = re.compile(r"([A-Za-z][A-Za-z0-9_-]{0,59})\.dmn")
PART: Final = re.compile(r"[a-z0-9][a-z0-9-]{0,59}")
MOST: Final = 100
"""Files of one folder."""


@dataclass(frozen=True, slots=True)
class Folder:
    """What the files of a folder come to."""

    about: Mapping[str, Any]
    bundle: Mapping[str, Any]
    files: Mapping[str, str]  # the file of each part, such as forms.apply

    @property
    def parts(self) -> tuple[str, ...]:
        """The folders of the services that it consists of; none but for a composite one."""
        return tuple(self.about.get("parts", ()))


def assembled(name: str, files: Mapping[str, bytes]) -> Folder:
    """The files of a folder as one bundle; refuses with `FileRefused`, which tells each fault.

    >>> told = assembled("a", {"form-apply.json": b"{}", "process.bpmn": b"<a/>"})
    >>> told.bundle["forms"], told.files["bpmn"]
    ({'apply': {}}, 'process.bpmn')
    """
    found = Findings(name)
    _bounded(files, found)
    making = _Making(found)
    for file in sorted(files):
        making.take(file, files[file])
    if not making.bundle["bpmn"] and not making.about.get("parts"):
        found.refuse(NO_PROCESS, sheet=name)
    found.settle()
    return Folder(making.about, making.bundle, making.files)


@dataclass(slots=True)
class _Making:
    """A bundle that grows file by file."""

    found: Findings
    about: Mapping[str, Any] = field(default_factory=dict)
    bundle: dict[str, Any] = field(
        default_factory=lambda: {"forms": {}, "bpmn": "", "dmn": {}, "personas": []}
    )
    files: dict[str, str] = field(default_factory=dict)

    def take(self, file: str, content: bytes) -> None:
        """Put a file where it belongs; what belongs nowhere but looks as if it did is a fault."""
        if form := FORM.fullmatch(file):
            self.bundle["forms"][form[1]] = _json(file, content, self.found)
            self.files[f"forms.{form[1]}"] = file
        elif table := TABLE.fullmatch(file):
            self.bundle["dmn"][table[1]] = _text(file, content, self.found)
            self.files[f"dmn.{table[1]}"] = file
        elif file in WHOLE:
            part, reader = WHOLE[file]
            self.bundle[part], self.files[part] = reader(file, content, self.found), file
        elif file == ABOUT:
            self.about = _about(_text(file, content, self.found), self.found)
        elif file.endswith(KINDS):
            self.found.refuse(STRANGE, sheet=file, file=file)


STRANGE: Final = gettext_noop(
    "“{file}” is no part of a definition. Name files service.toml, form-NAME.json, process.bpmn, "
    "NAME.dmn and personas.json."
)
NO_PROCESS: Final = gettext_noop("Put the process beside the other files, as process.bpmn.")
TOO_MUCH: Final = gettext_noop(
    "The folder has {count} files of {size} bytes; at most {most} of {largest} are read."
)
NO_TEXT: Final = gettext_noop("The file is no text in UTF-8. Save it again in that encoding.")
NO_JSON: Final = gettext_noop("This is not well-formed JSON: {why}.")
NO_TOML: Final = gettext_noop("This is not well-formed TOML: {why}.")
NO_PARTS: Final = gettext_noop("“parts” lists the folders of other services beside this one.")
TOO_DEEP: Final = gettext_noop("The values stand too deep in one another.")


def _bounded(files: Mapping[str, bytes], found: Findings) -> None:
    """Nothing is read of a folder that is an archive."""
    size = sum(map(len, files.values()))
    if len(files) > MOST or size > LARGEST:
        found.refuse(TOO_MUCH, count=len(files), size=size, most=MOST, largest=LARGEST)
        found.settle()


def _text(file: str, content: bytes, found: Findings) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        line = content.count(b"\n", 0, fault.start) + 1
        found.refuse(NO_TEXT, sheet=file, line=line)
        return ""


def _json(file: str, content: bytes, found: Findings) -> Any:
    try:
        return json.loads(_text(file, content, found) or "null")
    except json.JSONDecodeError as fault:
        why = fault.msg[:1].lower() + fault.msg[1:]
        column = str(fault.colno)
        found.refuse(NO_JSON, sheet=file, line=fault.lineno, column=column, why=why)
    except RecursionError:
        found.refuse(TOO_DEEP, sheet=file)
    return {} if file != PERSONAS else []


def _about(text: str, found: Findings) -> Mapping[str, Any]:
    try:
        told = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as fault:
        place = re.search(r"\(at line (\d+)", str(fault))
        why = str(fault).partition(" (at")[0]
        line = int(place[1]) if place else 0
        found.refuse(NO_TOML, sheet=ABOUT, line=line, why=why[:1].lower() + why[1:])
        return {}
    parts = told.get("parts", [])
    whole = isinstance(parts, list) and all(isinstance(each, str) for each in parts)
    if not whole or not all(PART.fullmatch(each) for each in parts):
        found.refuse(NO_PARTS, sheet=ABOUT, column="parts")
        return {}
    return told


KINDS: Final = (".json", ".bpmn", ".dmn", ".toml")
WHOLE: Final = {PROCESS: ("bpmn", _text), PERSONAS: ("personas", _json)}
