"""Tables of evidence, by subject; named here so that Django knows them all."""

from marra.evidence.models import desk, observations, releases  # noqa: F401
