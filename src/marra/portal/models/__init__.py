"""Tables of the portal, by subject; named here so that Django knows them all."""

from marra.portal.models import cases, catalogue, definitions, payments, results  # noqa: F401
