"""Seal forecasts before their edition appears."""

from typing import Final

from django.db import transaction

from marra.evidence.models.releases import Forecast, Release
from marra.evidence.queries import releases as queries
from marra.evidence.rules import forecasts
from marra.evidence.rules.forecasts import EditionKnown, SealedBefore, digest
from marra.evidence.rules.releases import FIGURES, PACKAGED
from marra.index.components import components
from marra.journal.actions import record
from marra.kit.titles import checked_title
from marra.people.rules.rights import Stamp, rights


@transaction.atomic
def seal_forecast(
    stamp: Stamp,
    *,
    title: str,
    edition: int,
    place: str,
    k: int,
    seed: int,
    futures: int,
    nowcast: bool = False,
) -> Forecast:
    """Draw a forecast of an edition to come from the figures that stand, and keep it for ever.

    With `nowcast` the inputs of the next edition that are out already are taken into account.
    """
    stamp.require(*rights("evidence")["forecast.sealed"])
    called = checked_title(title)
    _one_at_a_time()
    _still_to_come(edition)
    made = forecasts.drawn(
        queries.surveys(),
        edition=edition,
        place=place,
        k=k,
        seed=seed,
        futures=futures,
        components=components() if nowcast else None,
    )
    text = forecasts.written(made)
    if same := Forecast.objects.filter(digest=digest(text)).first():
        raise SealedBefore(code=same.code)
    forecast = Forecast.objects.create(
        code=f"forecast-{edition}-{digest(text)[:8]}",
        title=called,
        document=text,
        digest=digest(text),
        sealed_at=stamp.at,
        sealed_by=stamp.by,
        **{name: getattr(made, name) for name in SEALED},
    )
    record(stamp, "forecast.sealed", forecast.code, digest=forecast.digest, **_facts(forecast))
    return forecast


SEALED: Final = (
    "edition",
    "origin",
    "place",
    "k",
    "futures",
    "seed",
    "nowcast",
    "method_version",
    "data_version",
    "edition_version",
)
"""What a list shows of a forecast, in columns beside the sealed text that has it too."""


def _facts(forecast: Forecast) -> dict[str, int | str | bool]:
    """What the journal keeps of a forecast, besides its digest."""
    return {
        "edition": forecast.edition,
        "origin": forecast.origin,
        "futures": forecast.futures,
        "seed": forecast.seed,
        "nowcast": forecast.nowcast,
        "method": forecast.method_version,
    }


def _still_to_come(edition: int) -> None:
    """Refuse an edition whose figures were ever here, withdrawn ones too: they were seen."""
    seen = Release.objects.filter(edition=edition, kind=FIGURES).order_by("id").first()
    if seen is not None:
        raise EditionKnown(edition=edition, code=seen.code)


def _one_at_a_time() -> None:
    """Wait for imports: what is known must not change before it is sealed."""
    Release.objects.select_for_update().filter(origin=PACKAGED).order_by("pk").first()
