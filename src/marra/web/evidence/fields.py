"""Fields that forms of evidence share: a day and a number as people write them.

Source: ours, docs/adr/0004.
"""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from marra.door import sentence
from marra.web.formats import NotANumber, parse_number


def day_field(label: Any, help_text: Any = "", *, required: bool = True) -> forms.DateField:
    """A day, written as everywhere on our pages; a browser's own field writes it as it likes."""
    return forms.DateField(
        label=label,
        help_text=help_text or _("Day, month, year, for example 23.11.2026."),
        required=required,
        input_formats=["%d.%m.%Y", "%Y-%m-%d"],
        widget=forms.DateInput(
            format="%d.%m.%Y", attrs={"autocomplete": "off", "inputmode": "decimal"}
        ),
        error_messages={"invalid": _("Write a day like 23.11.2026.")},
    )


class NumberField(forms.CharField):
    """A number with comma or point; spaces between thousands are allowed."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
        super().__init__(max_length=40, widget=widget, **kwargs)

    def clean(self, value: Any) -> Any:
        """The number; nothing where nothing was written and nothing is required."""
        written = super().clean(value)
        if not written:
            return None
        try:
            return parse_number(written)
        except NotANumber as refusal:
            raise ValidationError(sentence(refusal)) from None
