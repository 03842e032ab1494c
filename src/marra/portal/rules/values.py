"""Values on their way between JSON and FEEL: numbers are exact inside, plain outside.

Days stay as they are written, as they do for personas: a table that needs one says `date(…)`.

Source: ours; OMG, Decision Model and Notation 1.5, table 43, for the types.
"""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from marra.flow.feel import Months
from marra.flow.feel.spelling import said


def as_value(told: Any) -> Any:
    """A value of JSON as expressions see it.

    >>> as_value({"n": [1, 0.5], "yes": True})
    {'n': [Decimal('1'), Decimal('0.5')], 'yes': True}
    """
    if isinstance(told, bool):
        return told
    if isinstance(told, (int, float)):
        return Decimal(str(told))
    if isinstance(told, Mapping):
        return {str(name): as_value(each) for name, each in told.items()}
    if isinstance(told, (list, tuple)):
        return [as_value(each) for each in told]
    return told


def as_json(value: Any) -> Any:
    """A value of FEEL as JSON; what JSON has no form for is written out.

    >>> as_json({"n": Decimal("2"), "half": Decimal("0.5"), "on": date(2026, 3, 2)})
    {'n': 2, 'half': 0.5, 'on': '2026-03-02'}
    """
    if isinstance(value, bool) or value is None or isinstance(value, (str, int)):
        return value
    if isinstance(value, (Decimal, float)):
        number = Decimal(value)
        if not number.is_finite():
            return None
        return int(number) if number == number.to_integral_value() else float(number)
    if isinstance(value, Mapping):
        return {str(name): as_json(each) for name, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [as_json(each) for each in value]
    if isinstance(value, (date, datetime, time)):
        return value.isoformat()
    return said(value) if isinstance(value, (timedelta, Months)) else str(value)
