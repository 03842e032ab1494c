"""Tables of the commission, by subject; named here so that Django knows them all."""

from marra.commission.models import (  # noqa: F401
    acts,
    assignments,
    followup,
    groups,
    notices,
    plans,
    proposals,
    sessions,
)
