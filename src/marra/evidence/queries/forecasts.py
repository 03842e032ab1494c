"""Read sealed forecasts, and how the figures that came judged them."""

from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache

from django.db.models import Prefetch

from marra.evidence.models.releases import Forecast, Release, Score
from marra.evidence.queries.releases import surveys
from marra.evidence.rules.forecasts import Sealed, digest, drawn_alike, read
from marra.index.components import components
from marra.journal.queries import entries as journal
from marra.people.rules import Stamp
from marra.store import Named


@dataclass(frozen=True, slots=True)
class Judged:
    """A forecast by the figures of one release: its score, and that of persistence beside it."""

    release: Release
    projection: Score
    persistence: Score

    @property
    def withdrawn(self) -> bool:
        """Whether the figures that judged it were taken back since."""
        return self.release.withdrawn_at is not None


def forecasts() -> Named[Forecast]:
    """Every sealed forecast, newest first, with its scores by release: open to all.

    A score of a withdrawn release stays, and its `release.withdrawn_at` says so. The sealed text
    is read when it is asked for.
    """
    found = Forecast.all().defer("document")
    return found.prefetch_related(Prefetch("scores", Score.objects.select_related("release")))


def sealed(forecast: Forecast) -> Sealed:
    """What was sealed, as distributions; kept by the process, for it never changes."""
    return _sealed(forecast.digest)


def judged(forecast: Forecast) -> list[Judged]:
    """How a forecast was scored, by release, the first one first; costs nothing after `forecasts`.

    More than one where an edition was taken in more than once; a withdrawn release stays.
    """
    found: dict[int, dict[str, Score]] = defaultdict(dict)
    for score in forecast.scores.all():
        found[score.release_id][score.subject] = score
    return [
        Judged(each["projection"].release, each["projection"], each["persistence"])
        for _, each in sorted(found.items())
    ]


def is_intact(forecast: Forecast) -> bool:
    """Whether the sealed text still has the digest it was sealed under."""
    return digest(forecast.document) == forecast.digest


def is_in_journal(stamp: Stamp, forecast: Forecast) -> bool:
    """Whether the journal has the same digest, from the same moment."""
    entries = journal.about(stamp, forecast.code).filter(deed="forecast.sealed")
    noted = [(entry.at, entry.facts["digest"]) for entry in entries]
    return noted == [(forecast.sealed_at, forecast.digest)]


def comes_again(forecast: Forecast) -> bool | None:
    """Whether the same text comes out when it is drawn anew; takes about a second.

    None where that cannot be asked: the figures or the method are not those of the sealing any
    more.
    """
    return drawn_alike(forecast.document, surveys(), components())


@lru_cache(maxsize=32)
def _sealed(digest: str) -> Sealed:
    return read(Forecast.objects.get(digest=digest).document)
