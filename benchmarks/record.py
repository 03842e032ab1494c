"""What was measured, against what must and what should be."""

from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(frozen=True)
class Measure:
    """One figure. `at_most` says on which side of must and aim it has to lie."""

    what: str
    value: float
    unit: str
    must: float | None = None
    aim: float | None = None
    at_most: bool = True
    facts: dict[str, Any] = field(default_factory=dict)

    def reaches(self, bound: float | None) -> bool:
        """Whether a bound is kept; no bound is always kept."""
        if bound is None:
            return True
        return self.value <= bound if self.at_most else self.value >= bound

    @property
    def verdict(self) -> str:
        """missed, met (the must), reached (the aim too), or noted (no bound at all)."""
        if self.must is None and self.aim is None:
            return "noted"
        if not self.reaches(self.must):
            return "missed"
        return "reached" if self.reaches(self.aim) else "met"

    def as_json(self) -> dict[str, Any]:
        """The figure with its verdict."""
        return {**asdict(self), "verdict": self.verdict}

    def line(self) -> str:
        """The figure as one line of a table."""
        sign = "<=" if self.at_most else ">="
        bounds = [
            f"{name} {sign} {bound:g}"
            for name, bound in (("must", self.must), ("aim", self.aim))
            if bound is not None
        ]
        return f"{self.verdict:8} {self.value:>12.4g} {self.unit:14} {self.what}; " + ", ".join(
            bounds
        )
