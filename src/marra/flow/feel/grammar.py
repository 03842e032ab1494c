"""The grammar of FEEL: from a text to its parts, by one function for each rule.

Source: OMG, Decision Model and Notation 1.5, section 10.3.1.2 (grammar rules 1 to 66).
"""

from collections.abc import Callable
from decimal import Decimal
from typing import Final

from marra.flow.feel.spelling import at_literal
from marra.flow.feel.syntax import (
    DEEPEST,
    LONGEST,
    NUMBER,
    WORD,
    Node,
    NotFeel,
    Text,
    TooLong,
    node,
)
from marra.flow.feel.textual import TEXTUAL
from marra.flow.feel.types import read_type
from marra.flow.feel.values import EXACT

COMPARE: Final = ("!=", "<=", ">=", "=", "<", ">")
LITERALS: Final = {"true": True, "false": False, "null": None}


def expression(text: Text) -> Node:
    """A whole expression; its level is counted."""
    text.level += 1
    if text.level > DEEPEST:
        raise TooLong(signs=LONGEST, levels=DEEPEST)
    try:
        for word, rule in TEXTUAL.items():
            if text.sees(word) and (found := rule(text)):
                return found
        return _disjunction(text)
    finally:
        text.level -= 1


def tests(text: Text) -> Node:
    """Unary tests, as they stand in a cell of a table of decisions."""
    if text.take("-"):
        if text.at < len(text.text):
            raise text.fail("the end")
        return node("any")
    if text.sees("not"):
        before = text.at
        text.word("not")
        if text.take("("):
            found = _listed(text, _test)
            text.need(")")
            if text.at == len(text.text):
                return node("not-tests", *found)
        text.at = before
    return node("tests", *_listed(text, _test))


def _test(text: Text) -> Node:
    return _half_range(text) or node("test", expression(text))


def _listed(text: Text, rule: Callable[[Text], Node]) -> list[Node]:
    found = [rule(text)]
    while text.take(","):
        found.append(rule(text))
    return found


def _half_range(text: Text) -> Node | None:
    """A comparison without its left side, such as `< 5`."""
    for sign in COMPARE:
        if text.take(sign):
            return node("half", sign, _sum(text))
    return None


def _disjunction(text: Text) -> Node:
    return _joined(text, "or", _conjunction)


def _conjunction(text: Text) -> Node:
    return _joined(text, "and", _comparison)


def _joined(text: Text, word: str, rule: Callable[[Text], Node]) -> Node:
    found = [rule(text)]
    while text.word(word):
        found.append(rule(text))
    return found[0] if len(found) == 1 else node(word, *found)


def _comparison(text: Text) -> Node:
    left = _sum(text)
    while True:
        if text.word("between"):
            low = _sum(text)
            text.need_word("and")
            left = node("between", left, low, _sum(text))
        elif text.word("in"):
            left = node("in", left, _in(text))
        elif sign := next((each for each in COMPARE if text.take(each)), ""):
            left = node("compare", sign, left, _sum(text))
        else:
            return left


def _in(text: Text) -> Node:
    """What stands after `in`: one test, or several in brackets."""
    if half := _half_range(text):
        return node("tests", half)
    before = text.at
    if text.take("("):
        found = [_half_range(text) or node("test", expression(text))]
        while text.take(","):
            found.append(_half_range(text) or node("test", expression(text)))
        if text.take(")") and not text.text.startswith("..", text.at):
            return node("tests", *found)
    text.at = before
    return node("tests", node("test", _sum(text)))


def _sum(text: Text) -> Node:
    return _chain(text, ("+", "-"), _product)


def _product(text: Text) -> Node:
    return _chain(text, ("*", "/"), _power)


def _power(text: Text) -> Node:
    return _chain(text, ("**",), _negation)


def _chain(text: Text, signs: tuple[str, ...], rule: Callable[[Text], Node]) -> Node:
    """Operators of one rank from left to right; kept flat, so that long sums are not deep."""
    first = rule(text)
    rest: list[tuple[str, Node]] = []
    while sign := next((each for each in signs if _operator(text, each)), ""):
        rest.append((sign, rule(text)))
    return node("chain", first, tuple(rest)) if rest else first


def _operator(text: Text, sign: str) -> bool:
    if sign == "*" and text.text.startswith("**", text.at):
        return False
    return text.take(sign)


def _negation(text: Text) -> Node:
    minus = 0
    while text.take("-"):
        minus += 1
    found = _postfix(text)
    for _ in range(minus % 2 or (2 if minus else 0)):
        found = node("minus", found)
    return found


def _postfix(text: Text) -> Node:
    found = _primary(text)
    while not text.text.startswith("..", text.at):
        further = _further(text, found)
        if further is None:
            return found
        found = further
    return found


def _further(text: Text, found: Node) -> Node | None:
    """What follows a value and takes it further: a part, a filter, a call, a question of type."""
    if text.take("."):
        name = text.name()
        if name is None:
            raise text.fail("a name")
        return node("path", found, name)
    if text.text.startswith("[", text.at):
        inner = _filter(text)
        return None if inner is None else node("filter", found, inner)
    if text.take("("):
        return _call(text, found)
    if text.word("instance"):
        text.need_word("of")
        return node("instance", found, read_type(text))
    return None


def _filter(text: Text) -> Node | None:
    """A filter; none where the sign only closes a range, as in `[1..10[`."""
    before = text.at
    text.need("[")
    try:
        with text.knowing("item"):
            inner = expression(text)
        text.need("]")
    except NotFeel:
        if not text.ranges:
            raise
        text.at = before
        return None
    return inner


def _call(text: Text, function: Node) -> Node:
    """The arguments of a call, by place or by name."""
    if text.take(")"):
        return node("call", function, (), ())
    names: list[str] = []
    values: list[Node] = []
    while True:
        before = text.at
        name = text.named_until((r"[,:(){}\[\]\"<>=@]",))
        if name is not None and text.take(":"):
            names.append(name)
        else:
            text.at = before
        values.append(expression(text))
        if text.take(")"):
            break
        text.need(",")
    if names and len(names) != len(values):
        raise text.fail("a name and “:”")
    return node("call", function, tuple(names), tuple(values))


def _primary(text: Text) -> Node:
    if found := _literal(text):
        return found
    if text.take("@"):
        written = text.string()
        value = at_literal(written) if written is not None else None
        if value is None:
            raise text.fail("a day, a time or a duration in quotes")
        return node("value", value)
    for sign, rule in BRACKETS.items():
        if text.text.startswith(sign, text.at):
            return rule(text)
    name = text.name()
    if name is None:
        raise text.fail("a value")
    return node("name", name)


def _literal(text: Text) -> Node | None:
    if found := text.match(NUMBER):
        value = EXACT.create_decimal(Decimal(found[0]) if len(found[0]) < 1000 else Decimal("NaN"))
        return node("value", value if value.is_finite() else None)
    if (told := text.string()) is not None:
        return node("value", told)
    for word, truth in LITERALS.items():
        if text.sees(word) and not _is_known(text, word):
            text.need_word(word)
            return node("value", truth)
    return None


def _is_known(text: Text, word: str) -> bool:
    """Whether a longer known name begins with this word here."""
    before = text.at
    name = text.name()
    text.at = before
    return name is not None and name != word


def _list(text: Text) -> Node:
    """A list, or a range that begins with `[`."""
    text.need("[")
    if text.take("]"):
        return node("list")
    first = expression(text)
    if text.take(".."):
        return _range(text, "[", first)
    found = [first]
    while text.take(","):
        found.append(expression(text))
    text.need("]")
    return node("list", *found)


def _bracket(text: Text) -> Node:
    """An expression in brackets, a range that begins with `(`, or a half range."""
    text.need("(")
    if half := _half_range(text):
        text.need(")")
        return node("half-range", *half.parts)
    first = expression(text)
    if text.take(".."):
        return _range(text, "(", first)
    text.need(")")
    return first


def _open_range(text: Text) -> Node:
    text.need("]")
    first = expression(text)
    text.need("..")
    return _range(text, "]", first)


def _range(text: Text, opening: str, low: Node) -> Node:
    text.ranges += 1
    high = expression(text)
    text.ranges -= 1
    for sign in ("]", ")", "["):
        if text.take(sign):
            return node("range", low, high, opening == "[", sign == "]")
    raise text.fail("“]” or “)”")


def _context(text: Text) -> Node:
    text.need("{")
    names: list[str] = []
    values: list[Node] = []
    known = len(text.known)
    while not text.take("}"):
        name = text.string()
        if name is None:
            name = text.named_until((":",))
        if name is None:
            raise text.fail("a name")
        text.need(":")
        values.append(expression(text))
        names.append(name)
        if not WORD.fullmatch(name):
            text.known.append(frozenset({name}))
        if not text.take(",") and not text.text.startswith("}", text.at):
            raise text.fail("“,” or “}”")
    del text.known[known:]
    return node("context", tuple(names), tuple(values))


BRACKETS: Final[dict[str, Callable[[Text], Node]]] = {
    "[": _list,
    "(": _bracket,
    "]": _open_range,
    "{": _context,
}
