"""The bytes of an entry that are sealed: the same on every database, and written by anybody.

They are JSON in UTF-8 without blanks: the keys at, by, deed, facts and thing in this order, the
facts by their names in order of code points. A time is in UTC with six digits after the second. A
number is written in full: whole numbers as they are, others with the fewest digits that read back
as the same double, never with an exponent; 2.0 is 2. So `{"a": 1.50}` in one database and
`{"a": 1.5}` in another are the same bytes. Letters are escaped as JSON must and no further.

The number that a database gives a row is left out: a move to another database may change it, and
what an entry says does not depend on it.

Source: ours, after RFC 8785; numbers differ from it, since exponents are where databases differ.
"""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from decimal import Decimal

from marra.journal.rules.facts import Fact


def canonical(*, at: datetime, by: str, deed: str, thing: str, facts: Mapping[str, Fact]) -> bytes:
    """The bytes that are hashed for an entry.

    >>> when = datetime(2026, 3, 2, 7, tzinfo=UTC)
    >>> canonical(at=when, by="terminal", deed="a.b", thing="c", facts={"n": 1.5, "m": 2.0})
    b'{"at":"2026-03-02T07:00:00.000000Z","by":"terminal","deed":"a.b","facts":{"m":2,"n":1.5},"thing":"c"}'
    """
    told = ",".join(f"{_text(name)}:{_value(facts[name])}" for name in sorted(facts))
    return (
        f'{{"at":"{moment(at)}","by":{_text(by)},"deed":{_text(deed)},'
        f'"facts":{{{told}}},"thing":{_text(thing)}}}'
    ).encode()


def moment(at: datetime) -> str:
    """A time in UTC with microseconds.

    >>> moment(datetime(2026, 3, 2, 7, tzinfo=UTC))
    '2026-03-02T07:00:00.000000Z'
    """
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%S.%f}Z"


def _value(fact: Fact) -> str:
    match fact:
        case None | bool():
            return {None: "null", True: "true", False: "false"}[fact]
        case int():
            return str(fact)
        case float():
            return _number(fact)
        case _:
            return _text(fact)


def _number(value: float) -> str:
    """A double in full.

    >>> _number(1e-7), _number(-0.0), _number(2.50)
    ('0.0000001', '0', '2.5')
    """
    if value.is_integer():
        return str(int(value))
    return format(Decimal(repr(value)), "f")


def _text(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
