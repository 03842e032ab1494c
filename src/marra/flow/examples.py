"""A small form that the examples in the documentation are run with.

Source: ours.
"""

from typing import Final

from marra.flow.forms import read

DOCUMENT: Final = {
    "schema": {
        "type": "object",
        "properties": {
            "name": {"type": "string", "minLength": 1, "maxLength": 80},
            "married": {"type": "boolean"},
            "spouse_born": {"type": "string", "format": "date"},
        },
        "required": ["name", "married", "spouse_born"],
    },
    "ui": {
        "pages": [
            {"id": "who", "title": {"uz": "Ismingiz", "en": "Your name"}, "fields": ["name"]},
            {"id": "family", "title": {"uz": "Oila", "en": "Family"}, "fields": ["married"]},
            {
                "id": "spouse",
                "title": {"uz": "Turmush oʻrtogʻingiz", "en": "Your spouse"},
                "fields": ["spouse_born"],
                "when": "married",
            },
        ],
        "fields": {
            "name": {"label": {"uz": "Ism", "en": "Name"}},
            "married": {"label": {"uz": "Oilalimisiz?", "en": "Are you married?"}},
            "spouse_born": {"label": {"uz": "Tugʻilgan kuni", "en": "Day of birth"}},
        },
    },
}

FORM: Final = read(DOCUMENT)
