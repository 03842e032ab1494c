"""Keeping: a state as bytes and back, equal and small.

The first line holds numbers: where tokens rest, scopes, timers. The second holds the case's data,
and one more line follows for each scope with variables of its own. Numbers keep every digit; what
JSON has no form for is marked by a key that begins with “@”.

Source: ours; IETF RFC 8259 (JSON).
"""

import json
from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from json.encoder import encode_basestring as quoted
from typing import Any, Final

from marra.flow.bpmn.values import Value
from marra.flow.engine.limits import LIMITS, TooLarge
from marra.flow.engine.state import STATUSES, Log, Scope, State, Timer, Token
from marra.flow.feel import Months, Range
from marra.flow.feel.spelling import duration, said
from marra.kit.errors import Invalid
from marra.kit.text import gettext_noop

_MOST: Final = 4 * LIMITS.size
_ALWAYS: Final = 5
_USUAL: Final[list[Any]] = [[], [], [], ""]
"""How many parts of the first line always stand, and what the rest is where it does not."""


class NotAState(Invalid):
    """The bytes are no case that was kept."""

    sentence = gettext_noop(
        "These bytes are not a kept case. Take them from where they were kept."
    )


class NotKept(Invalid):
    """A value that cannot be kept."""

    sentence = gettext_noop(
        "A value of type {type} cannot be kept in a case. Give texts, numbers, days, times, "
        "durations, ranges, lists and contexts."
    )


_COMPACT: Final = json.JSONEncoder(separators=(",", ":"), check_circular=False).encode


_PLAIN_SCOPES: Final = (Scope(0),)


def dump(state: State) -> bytes:
    """The state as bytes; `load` gives the same state again."""
    scopes = () if state.scopes == _PLAIN_SCOPES else state.scopes
    tokens = ",".join(["[" + ",".join(map(str, _short(each))) + "]" for each in state.tokens])
    status = STATUSES.index(state.status)
    head = f"[{quoted(state.process)},{quoted(state.version)},{state.serial},{status},[{tokens}]"
    rest = ""
    if scopes or state.timers or state.marks or state.code:
        rest = "," + _rest(state, scopes)
    try:
        lines = [f"{head}{rest}]", _context(state.data)]
        lines += [_context(each.data) for each in scopes if each.data is not None]
    except RecursionError:
        raise NotKept(type="a list in a list in a list, and so on") from None
    kept = "\n".join(lines).encode()
    if len(kept) > _MOST:
        raise TooLarge(most=_MOST)
    return kept


def _rest(state: State, scopes: tuple[Scope, ...]) -> str:
    """Scopes, timers, marks and the code, as far as there are any."""
    parts: list[object] = [
        [[*each[:4], each.data is not None, *each[5:]] for each in scopes],
        [[*each[:3], each.due and each.due.isoformat(), *each[4:]] for each in state.timers],
        state.marks,
        state.code,
    ]
    while not parts[-1]:
        parts.pop()
    return _COMPACT(parts)[1:-1]


def _short(token: Token) -> tuple[int, ...]:
    """A token without what is as usual at its end."""
    if token[4] != -1:
        return token
    return token[:4] if token[3] else token[:3] if token[2] else token[:2]


def load(kept: bytes) -> State:
    """The state that was kept as these bytes."""
    if len(kept) > _MOST:
        raise NotAState
    try:
        first, *rest = kept.decode().split("\n")
        head = json.loads(first)
        head += _USUAL[len(head) - _ALWAYS :]
        process, version, serial, status, tokens, scopes, timers, marks, code = head
        data = [_read(line) for line in rest]
        return State(
            process,
            version,
            serial,
            STATUSES[status],
            tuple(Token(*each) for each in tokens),
            data[0],
            tuple(_scopes(scopes, data)) or _PLAIN_SCOPES,
            tuple(_timer(each) for each in timers),
            tuple(tuple(each) for each in marks),
            code,
        )
    except (ValueError, TypeError, LookupError, RecursionError, AttributeError):
        raise NotAState from None


def _scopes(said: list[list[Any]], data: list[dict[str, Value]]) -> list[Scope]:
    rest = iter(data[1:])
    return [
        Scope(number, node, host, kind, next(rest) if own else None, _log(log), closed, (*counts,))
        for number, node, host, kind, own, log, closed, counts in said
    ]


def _log(said: list[Any]) -> Log:
    return tuple((node, _log(inside)) for node, inside in said)


def _timer(said: list[Any]) -> Timer:
    number, owner, node, due, every, left = said
    return Timer(number, owner, node, due and datetime.fromisoformat(due), every, left)


# ── Values ───────────────────────────────────────────────────────────────────────────────────────


def _context(value: Mapping[str, Value]) -> str:
    pairs = []
    for name, each in value.items():
        marked = "@" + name if name[:1] == "@" else name
        pairs.append(f"{quoted(marked)}:{_written(each)}")
    return "{" + ",".join(pairs) + "}"


def _written(value: Value) -> str:
    write = _WRITE.get(type(value))
    if write is None:
        raise NotKept(type=type(value).__name__)
    return write(value)


def _number(value: Decimal) -> str:
    if not value.is_finite():
        raise NotKept(type=str(value))
    return str(value)


def _list(value: list[Value]) -> str:
    return "[" + ",".join(map(_written, value)) + "]"


def _duration(value: timedelta | Months) -> str:
    return f'{{"@duration":{quoted(said(value) or "")}}}'


def _range(value: Range) -> str:
    ends = f"[{_written(value.low)},{_written(value.high)}"
    signs = (value.low_closed, value.high_closed, value.half)
    return f'{{"@range":{ends},{",".join("true" if each else "false" for each in signs)}]}}'


def _marked(mark: str) -> Callable[[Any], str]:
    return lambda value: f'{{"@{mark}":{quoted(value.isoformat())}}}'


_WRITE: Final[Mapping[type, Callable[[Any], str]]] = {
    str: quoted,
    Decimal: _number,
    bool: lambda value: "true" if value else "false",
    type(None): lambda _: "null",
    int: str,
    list: _list,
    dict: _context,
    datetime: _marked("datetime"),
    date: _marked("date"),
    time: _marked("time"),
    timedelta: _duration,
    Months: _duration,
    Range: _range,
}

_READ: Final[Mapping[str, Callable[[Any], Value]]] = {
    "@datetime": datetime.fromisoformat,
    "@date": date.fromisoformat,
    "@time": time.fromisoformat,
    "@duration": duration,
    "@range": lambda parts: Range(*parts),
}


def _unmarked(found: dict[str, Any]) -> Value:
    if len(found) == 1:
        ((name, value),) = found.items()
        if name in _READ:
            return _READ[name](value)
    return {name[1:] if name[:1] == "@" else name: value for name, value in found.items()}


_PLAIN: Final = json.JSONDecoder(parse_float=Decimal, parse_int=Decimal).decode
_MARKED: Final = json.JSONDecoder(
    parse_float=Decimal, parse_int=Decimal, object_hook=_unmarked
).decode


def _read(line: str) -> dict[str, Value]:
    found: dict[str, Value] = _MARKED(line) if '"@' in line else _PLAIN(line)
    return found
