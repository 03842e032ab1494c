"""Forms on pages: labels above, errors in a summary and beside the field, nothing lost on error.

Source: ours, after GOV.UK's patterns of error summary and error message.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from marra.door import sentence
from marra.kit.errors import Refusal


class PageForm(forms.Form):
    """A form as our pages draw it: no colon after labels, no browser bubbles."""

    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="field-%s", label_suffix="", **kwargs)


@contextmanager
def refusals_into(form: forms.Form) -> Iterator[None]:
    """What an action refuses stands above the form that asked for it."""
    try:
        yield
    except Refusal as refusal:
        form.add_error(None, sentence(refusal))


def answer(
    request: HttpRequest, template: str, form: forms.Form, **context: object
) -> HttpResponse:
    """The page of a form; 422 when something in it was wrong."""
    wrong = form.is_bound and bool(form.errors)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if wrong else HTTPStatus.OK
    return render(request, template, {"form": form, **context}, status=status)
