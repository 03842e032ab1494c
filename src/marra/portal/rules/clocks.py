"""Clocks of applications: a term in working days that stands still while the applicant is asked.

It runs from the day on which the application was sent.

Source: ours; terms in working days as passports of services state them.
"""

from dataclasses import dataclass
from datetime import date

from marra.kit.days import add_working, next_working, working_days


@dataclass(frozen=True, slots=True)
class Clock:
    """The term of a case: when it is due, and since when it waits for the applicant."""

    due: date | None
    waits_since: date | None = None

    def paused(self, day: date) -> "Clock":
        """The clock that stands still from a day on.

        >>> Clock(date(2026, 3, 5)).paused(date(2026, 3, 3)).waits_since
        datetime.date(2026, 3, 3)
        """
        return self if self.waits_since else Clock(self.due, day)

    def resumed(self, day: date) -> "Clock":
        """The clock that runs again; the working days that passed are added to the term.

        >>> Clock(date(2026, 3, 5), date(2026, 3, 3)).resumed(date(2026, 3, 6)).due
        datetime.date(2026, 3, 11)
        """
        if self.waits_since is None or self.due is None:
            return Clock(self.due)
        return Clock(add_working(self.due, working_days(self.waits_since, day)))


def due_on(day: date, term: int | None) -> date | None:
    """The last day of the term of what was sent on a day; none where no term is known.

    >>> due_on(date(2026, 3, 6), 2)
    datetime.date(2026, 3, 11)
    >>> due_on(date(2026, 3, 7), 0)
    datetime.date(2026, 3, 10)
    """
    if term is None:
        return None
    return add_working(day, term) if term else next_working(day)


def left(due: date | None, day: date) -> int | None:
    """Working days left until the term ends; negative when it has passed.

    >>> left(date(2026, 3, 6), date(2026, 3, 2)), left(date(2026, 3, 2), date(2026, 3, 6))
    (4, -4)
    """
    return None if due is None else working_days(day, due)
