"""Tables of the inventory, by subject; named here so that Django knows them all."""

from marra.inventory.models import bodies, checks, features, functions, standard  # noqa: F401
