"""Values of a case: what FEEL has, with no language of ours beside it.

Source: OMG, Decision Model and Notation 1.5, section 10.3.1 (FEEL).
"""

from marra.flow.feel import Value

__all__ = ["Value"]
