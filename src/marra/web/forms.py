"""Forms on pages: labels above, errors in a summary and beside the field, nothing lost on error.

Source: ours, after GOV.UK's patterns of error summary and error message.
"""

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
        super().__init__(*args, **{"auto_id": "field-%s", "label_suffix": "", **kwargs})


class Refused(PageForm):
    """A form without fields: room for what an action refuses, where no field is to blame."""

    def __init__(self, said: str = "") -> None:
        super().__init__(data={})
        if said:
            self.add_error(None, said)


class refusals_into:  # noqa: N801  read as a phrase: with refusals_into(form)
    """What an action refuses stands above the form that asked for it."""

    def __init__(self, form: forms.Form) -> None:
        self.form = form

    def __enter__(self) -> None:
        """Go on."""

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: object
    ) -> bool:
        """Take a refusal in; anything else goes on."""
        if isinstance(fault, Refusal):
            self.form.add_error(None, sentence(fault))
            return True
        return False


def answer(
    request: HttpRequest,
    template: str,
    form: forms.Form,
    wrong: forms.Form | None = None,
    **context: object,
) -> HttpResponse:
    """The page of a form; 422 when something in it, or in `wrong`, was wrong."""
    told = wrong or form
    is_wrong = told.is_bound and bool(told.errors)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if is_wrong else HTTPStatus.OK
    return render(request, template, {"form": form, "wrong": told, **context}, status=status)
