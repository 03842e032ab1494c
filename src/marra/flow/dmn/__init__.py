"""DMN: decisions as models, read whole and evaluated purely.

Source: OMG, Decision Model and Notation 1.1 to 1.5.
"""

from marra.flow.dmn.boxed import NotDmn
from marra.flow.dmn.model import Model, NoSuchDecision
from marra.flow.dmn.reading import imported, namespace, read

__all__ = ["Model", "NoSuchDecision", "NotDmn", "imported", "namespace", "read"]
