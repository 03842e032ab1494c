"""Expressions that begin with a word: `if`, `for`, `some`, `every` and `function`.

Source: OMG, Decision Model and Notation 1.5, section 10.3.1.2 (grammar rules 45 to 47 and 57).
"""

from collections.abc import Callable
from typing import Final

from marra.flow.feel.syntax import Node, Text, node
from marra.flow.feel.types import read_type


def _if(text: Text) -> Node:
    text.need_word("if")
    condition = text.inner()
    text.need_word("then")
    then = text.inner()
    text.need_word("else")
    return node("if", condition, then, text.inner())


def _for(text: Text) -> Node:
    text.need_word("for")
    names, sources = _iterators(text, "return")
    with text.knowing(*names, "partial"):
        text.need_word("return")
        return node("for", tuple(names), tuple(sources), text.inner())


def _quantified(text: Text) -> Node:
    word = "some" if text.word("some") else "every"
    if word == "every":
        text.need_word("every")
    names, sources = _iterators(text, "satisfies")
    with text.knowing(*names):
        text.need_word("satisfies")
        return node(word, tuple(names), tuple(sources), text.inner())


def _iterators(text: Text, end: str) -> tuple[list[str], list[Node]]:
    names: list[str] = []
    sources: list[Node] = []
    while True:
        name = text.named_until((r"\bin\b",))
        if name is None:
            raise text.fail("a name")
        text.need_word("in")
        with text.knowing(*names):
            source = text.inner()
            if text.take(".."):
                source = node("steps", source, text.inner())
        names.append(name)
        sources.append(source)
        if text.take(","):
            continue
        if not text.sees(end):
            raise text.fail(f"“{end}”")
        return names, sources


def _function(text: Text) -> Node | None:
    before = text.at
    text.need_word("function")
    if not text.take("("):
        text.at = before
        return None
    names: list[str] = []
    kinds = []
    while not text.take(")"):
        name = text.named_until((r"[,):]",))
        if name is None:
            raise text.fail("a name")
        names.append(name)
        kinds.append(read_type(text) if text.take(":") else None)
        if not text.take(",") and not text.text.startswith(")", text.at):
            raise text.fail("“,”")
    if text.word("external"):
        return node("external", tuple(names), text.inner())
    with text.knowing(*names):
        return node("function", tuple(names), tuple(kinds), text.inner())


TEXTUAL: Final[dict[str, Callable[[Text], Node | None]]] = {
    "if": _if,
    "for": _for,
    "some": _quantified,
    "every": _quantified,
    "function": _function,
}
