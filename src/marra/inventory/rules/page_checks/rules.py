"""The rules that a machine tries on a page, by their codes, with what each asks for.

Source: ours; `standard.toml` says which requirement each belongs to.
"""

from collections.abc import Mapping
from typing import Final

from marra.kit.text import gettext_noop

RULES: Final[Mapping[str, str]] = {
    "ciphered.https": gettext_noop("The page opens by HTTPS"),
    "ciphered.certificate": gettext_noop("The certificate stands"),
    "ciphered.expiry": gettext_noop("The certificate is good for two weeks more"),
    "ciphered.version": gettext_noop("TLS 1.2 or newer"),
    "ciphered.redirect": gettext_noop("http:// leads to https://"),
    "ciphered.hsts": gettext_noop("Browsers are told to stay with HTTPS"),
    "headers.policy": gettext_noop("A policy says which scripts may run"),
    "headers.sniffing": gettext_noop("Browsers do not guess the kind of a file"),
    "headers.framing": gettext_noop("Other sites cannot put the page into a frame"),
    "headers.referrer": gettext_noop("Addresses are not told to other sites"),
    "headers.cookies": gettext_noop("Cookies are guarded"),
    "valid.syntax": gettext_noop("The code keeps the syntax of HTML"),
    "valid.ids": gettext_noop("No id stands twice"),
    "valid.title": gettext_noop("The page has a title"),
    "valid.headings": gettext_noop("The page has a main heading"),
    "phone.viewport": gettext_noop("The page fits itself to the screen and lets readers zoom"),
    "phone.width": gettext_noop("Nothing sticks out at 360 pixels"),
    "languages.said": gettext_noop("The language of the page is said in its code"),
    "languages.true": gettext_noop("The language said is that of the text"),
    "languages.uzbek": gettext_noop("The page is there in Uzbek"),
    "languages.russian": gettext_noop("The page is there in Russian"),
    "text.sentences": gettext_noop("Sentences are short"),
    "text.long-words": gettext_noop("Few words are long"),
    "text.office-words": gettext_noop("No office language"),
    "light.bytes": gettext_noop("The page weighs at most 1 MB"),
    "light.requests": gettext_noop("The page is made of at most 50 files"),
    "light.packed": gettext_noop("Text is sent packed"),
    "bare.text": gettext_noop("The text is there without scripts"),
    "parties.hosts": gettext_noop("Nothing is loaded from other sites"),
    "accessible.axe": gettext_noop("No barrier that a program can find"),
}
"""What each rule asks for, in one line."""

BY_BROWSER: Final = frozenset(
    {
        "phone.width",
        "light.bytes",
        "light.requests",
        "bare.text",
        "parties.hosts",
        "accessible.axe",
    }
)
"""The rules that need a browser."""
