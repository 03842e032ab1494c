"""Barriers that axe-core finds most often, in our own words.

Source: rules of axe-core 4.14; what it asks for is WCAG 2.2, level AA.
"""

from collections.abc import Mapping
from typing import Final

from marra.kit.text import gettext_noop

BARRIERS: Final[Mapping[str, str]] = {
    "color-contrast": gettext_noop(
        "Letters are too pale on their ground. Make the contrast 4.5 to 1. Places: {count}."
    ),
    "image-alt": gettext_noop("A picture says nothing to who does not see it. Places: {count}."),
    "label": gettext_noop("A field has no label that a program can read. Places: {count}."),
    "select-name": gettext_noop("A list to choose from has no label. Places: {count}."),
    "link-name": gettext_noop("A link has no words in it. Places: {count}."),
    "button-name": gettext_noop("A button has no words in it. Places: {count}."),
    "html-has-lang": gettext_noop("The page does not say its language."),
    "html-lang-valid": gettext_noop("The language of the page is no known code."),
    "valid-lang": gettext_noop("A language is said by no known code. Places: {count}."),
    "document-title": gettext_noop("The page has no title."),
    "meta-viewport": gettext_noop("Readers cannot make the page larger."),
    "frame-title": gettext_noop("A frame has no title. Places: {count}."),
    "list": gettext_noop("A list holds what is no item. Places: {count}."),
    "listitem": gettext_noop("An item stands outside a list. Places: {count}."),
    "target-size": gettext_noop(
        "What is to be touched is smaller than 24 pixels. Places: {count}."
    ),
    "link-in-text-block": gettext_noop(
        "A link in a text differs from it by colour alone. Places: {count}."
    ),
    "nested-interactive": gettext_noop("A button or link lies inside another. Places: {count}."),
    "scrollable-region-focusable": gettext_noop(
        "What can be scrolled is not reached by keyboard. Places: {count}."
    ),
    "aria-required-attr": gettext_noop("A role lacks what it needs. Places: {count}."),
    "aria-allowed-attr": gettext_noop("A role has what it may not have. Places: {count}."),
    "aria-hidden-focus": gettext_noop(
        "What is hidden from readers can be reached by keyboard. Places: {count}."
    ),
    "aria-valid-attr-value": gettext_noop("A mark for screen readers is wrong. Places: {count}."),
    "duplicate-id-aria": gettext_noop(
        "A label points to an id that stands twice. Places: {count}."
    ),
    "autocomplete-valid": gettext_noop(
        "A field says wrongly what browsers may fill in. Places: {count}."
    ),
    "video-caption": gettext_noop("A film has no subtitles. Places: {count}."),
}
"""What is wrong, by the rule of axe-core."""
