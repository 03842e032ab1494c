"""Values of a case: what FEEL has, with no language of ours beside it.

Source: OMG, Decision Model and Notation 1.5, section 10.3.1 (FEEL).
"""

from typing import Any

Value = Any
"""Nothing, a truth, a number (`Decimal`), a text, a date or time, a list, a context (`dict`)."""
