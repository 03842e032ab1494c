"""A page of a service's form, drawn with the parts of the house.

What is sent is read and judged by `marra.flow.answers`; here it only becomes boxes, and what is
wrong becomes sentences at its question.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Final

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from marra.door import say
from marra.flow.answers import Problem, check, sent
from marra.flow.forms import Field, Form, Page, Widget
from marra.flow.screens import YES_NO, rule_words, shown
from marra.web import layout
from marra.web.files import ACCEPTED
from marra.web.forms import PageForm

HELP: Final = _("PDF, DOCX, XLSX, CSV, TXT, PNG or JPG, at most 10 megabytes.")
CHOOSING: Final = frozenset({Widget.YES_NO, Widget.CHOICE, Widget.CHOICES})


class Asking(PageForm):
    """The questions of some pages; nothing is judged by Django."""

    def __init__(
        self,
        form: Form,
        pages: Sequence[Page],
        *,
        answers: Mapping[str, Any],
        given: Mapping[str, Any] | None = None,
        data: QueryDict | None = None,
        names: Mapping[str, str] | None = None,
    ) -> None:
        self.form, self.pages, self.held = form, pages, given or {}
        self.answers = answers
        language = layout.language()
        asked = [name for page in pages for name in page.fields if name not in self.held]
        initial = {name: _written(form.fields[name], answers.get(name)) for name in asked}
        super().__init__(data, initial=initial)
        for name in asked:
            self.fields[name] = _box(form.fields[name], language, (names or {}).get(name, ""))
        self.told = [
            (form.fields[name].label.into(language), shown(form.fields[name], each, language))
            for page in pages
            for name, each in ((n, self.held[n]) for n in page.fields if n in self.held)
        ]

    def read(self, data: QueryDict) -> dict[str, Any]:
        """The answers as they were read; what cannot be read stands at its question."""
        values: dict[str, Any] = {}
        for page in self.pages:
            found, problems = sent(self.form, page, dict(data.lists()))
            values |= found
            self.tell(problems)
        return values

    def judge(self, answers: Mapping[str, Any], now: Any) -> bool:
        """Whether the pages are answered well; what is wrong stands at its question."""
        for page in self.pages:
            self.tell(check(self.form, page, answers, now=now))
        return not self.errors

    def tell(self, problems: Iterable[Problem]) -> None:
        """Put what is wrong at its question, the first thing of each."""
        language = layout.language()
        for each in problems:
            if each.field not in self.fields or each.field in self.errors:
                continue
            rule = rule_words(self.form, each)
            told = rule.into(language) if rule else say(each.sentence, each.facts)
            self.add_error(each.field, told)

    def for_files(self) -> list[str]:
        """The questions that are answered by a file."""
        return [n for n in self.fields if self.form.fields[n].widget is Widget.FILE]


def _box(field: Field, language: str, kept: str) -> forms.Field:
    label = field.label.into(language)
    hint = field.hint.into(language) if field.hint else ""
    if field.widget is Widget.FILE:
        hint = f"{hint} {HELP}".strip()
    if kept:
        hint = f"{hint} {gettext('Kept: %(file)s') % {'file': kept}}".strip()
    if not field.required:
        label = gettext("%(label)s (not required)") % {"label": label}
    return forms.Field(
        label=label, help_text=hint, required=False, widget=_widget(field, language)
    )


def _widget(field: Field, language: str) -> forms.Widget:
    if field.widget is Widget.YES_NO:
        yes, no = YES_NO.get(language, YES_NO["uz"])
        return forms.RadioSelect(choices=[("yes", yes.capitalize()), ("no", no.capitalize())])
    if field.widget in CHOOSING:
        choices = [(str(each.value), each.label.into(language)) for each in field.choices]
        one = field.widget is Widget.CHOICE
        return (forms.RadioSelect if one else forms.CheckboxSelectMultiple)(choices=choices)
    return PLAIN.get(field.widget, forms.TextInput)()


PLAIN: Final[Mapping[Widget, Callable[[], forms.Widget]]] = {
    Widget.CONFIRM: forms.CheckboxInput,
    Widget.FILE: lambda: forms.FileInput(attrs={"accept": ACCEPTED}),
    Widget.LINES: lambda: forms.Textarea(attrs={"rows": 6}),
    Widget.NUMBER: lambda: forms.TextInput(attrs={"inputmode": "decimal", "class": "short"}),
    Widget.DATE: lambda: forms.TextInput(attrs={"placeholder": "31.12.2025", "class": "short"}),
}


def _written(field: Field, value: Any) -> Any:
    """An answer as its box holds it."""
    if value is None or field.widget is Widget.FILE:
        return None
    if field.widget is Widget.YES_NO:
        return "yes" if value else "no"
    if field.widget is Widget.CHOICES and isinstance(value, list):
        return [str(each) for each in value]
    if field.widget in {Widget.CHOICE, Widget.CONFIRM}:
        return value if isinstance(value, bool) else str(value)
    if field.widget is Widget.DATE:
        return ".".join(reversed(str(value).split("-")))
    return str(value).replace(".", ",") if isinstance(value, float) else value
