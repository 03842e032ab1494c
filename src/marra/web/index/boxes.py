"""Boxes that are written by hand: what cannot be read stays in its box, what is wrong beside it.

Source: ours, after GOV.UK's pattern of error messages.
"""

from collections.abc import Callable
from http import HTTPStatus
from typing import Final, TypeVar

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from marra.door import sentence
from marra.index.reference_class import AlreadyThere, NotABand, WrongBand
from marra.kit.errors import Refusal
from marra.web.charts.asked import NoSuchRank
from marra.web.forms import PageForm

State = TypeVar("State")

BOX_OF: Final[dict[type[Refusal], str]] = {
    NoSuchRank: "to",
    NotABand: "band",
    WrongBand: "band",
    AlreadyThere: "band",
}
"""Which box a refusal is about."""


class Boxes(PageForm):
    """The goal, and the places from which others climbed."""

    to = forms.Field(label=_("Goal: place"), required=False)
    band = forms.Field(label=_("Starting places"), required=False)

    @property
    def status(self) -> HTTPStatus:
        """How the page is answered."""
        return HTTPStatus.UNPROCESSABLE_ENTITY if self.errors else HTTPStatus.OK

    def said(self, box: str) -> list[str]:
        """What is wrong with one box."""
        return [str(each) for each in self.errors.get(box, [])]


def readable(query: QueryDict, ask: Callable[[QueryDict], State]) -> tuple[State, Boxes]:
    """What `ask` reads of the address without the boxes that it refuses, and all the boxes.

    A refusal that is about none of the boxes goes on.
    """
    kept, boxes = query.copy(), Boxes(query)
    while True:
        try:
            return ask(kept), boxes
        except tuple(BOX_OF) as refusal:
            box = BOX_OF[type(refusal)]
            if box not in kept:
                raise
            boxes.add_error(box, sentence(refusal))
            del kept[box]
