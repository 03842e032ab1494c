"""What is asked of applicants where a step of theirs has no form: that it is done.

Source: ours.
"""

from functools import lru_cache
from typing import Final

from marra.flow.forms import Form, read
from marra.language.scripts import to_cyrillic

DONE: Final = "done"


@lru_cache(maxsize=512)
def confirmation(name: str) -> Form:
    """A form of one page, titled by the step, on which one confirms that it is done.

    >>> confirmation("Markazga kelish").pages[0].title.uz
    'Markazga kelish'
    """
    label = {"uz": "Men buni bajardim", "ru": "Я это сделал(а)", "en": "I have done this"}
    return read(
        {
            "schema": {
                "type": "object",
                "properties": {DONE: {"type": "boolean", "const": True}},
                "required": [DONE],
            },
            "ui": {
                "pages": [{"id": DONE, "title": name[:500] or label, "fields": [DONE]}],
                "fields": {DONE: {"label": label}},
            },
        },
        cyrillic=to_cyrillic,
    )
