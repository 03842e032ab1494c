"""Whether a definition can be run at all: its forms, process and tables are read as they will be.

What does not read is told by the reader that refuses it, with element, place or line; so nothing
is kept that no case could ever begin with. Whether it does what the ministry means is shown by its
personas.

Source: ours.
"""

from collections.abc import Mapping
from typing import Any

from marra.flow import bpmn, dmn, forms
from marra.language.scripts import to_cyrillic


def checked(bundle: Mapping[str, Any]) -> None:
    """Go on only if every part of the bundle reads; refuses as the reader of that part does.

    >>> checked({"forms": {}, "bpmn": "", "dmn": {}, "personas": []})
    """
    for form in bundle["forms"].values():
        forms.read(form, cyrillic=to_cyrillic)
    if bundle["bpmn"]:
        bpmn.read(bundle["bpmn"].encode())
    for table in bundle["dmn"].values():
        dmn.read(str(table).encode())
