"""Take releases in and withdraw them; a release scores the forecasts of its edition."""

from collections.abc import Iterable
from dataclasses import asdict

from django.db import transaction

from marra.evidence.models.releases import Figure, Forecast, Release, Score
from marra.evidence.queries import releases as queries
from marra.evidence.rules import forecasts, packaged, reader
from marra.evidence.rules.figures import VALUES, Published
from marra.evidence.rules.reader import Parsed
from marra.evidence.rules.releases import (
    FIGURES,
    IMPORTED,
    PACKAGED,
    AlreadyTakenIn,
    AlreadyWithdrawn,
    NoMethodForInputs,
    PackagedStays,
)
from marra.index.survey import NO_INDEX
from marra.journal.actions import record
from marra.people.rules.rights import Stamp, rights


@transaction.atomic
def adopt(stamp: Stamp) -> tuple[Release, ...]:
    """Take the packaged figures in; those taken in before are left as they are."""
    stamp.require(*rights("evidence")["release.adopted"])
    version = packaged.version()
    ours = Release.objects.filter(origin=PACKAGED)
    if ours.filter(version=version).exists():
        return ()
    _one_at_a_time()
    same = {(each.edition, each.kind, each.digest): each for each in ours}
    made = []
    for each in packaged.editions():
        found = same.get((each.edition, each.kind, each.digest))
        if found is None:
            source = packaged.source(each)
            made.append(_keep(stamp, each, PACKAGED, version, packaged.NAMES[each.kind], source))
        else:
            found.version = version
            found.save(update_fields=["version"])
    record(stamp, "release.adopted", "packaged", version=version, count=len(made))
    return tuple(made)


@transaction.atomic
def import_release(
    stamp: Stamp, *, name: str, content: bytes, source: str = ""
) -> tuple[Release, ...]:
    """Take in every edition of a file, or refuse the file whole with all its faults."""
    stamp.require(*rights("evidence")["release.imported"])
    parsed = reader.read(name[:255], content)
    _one_at_a_time()
    made = tuple(
        _keep(stamp, each, IMPORTED, f"{each.edition}-{each.digest[:8]}", name, source)
        for each in parsed
        if _is_new(each, alone=len(parsed) == 1)
    )
    for release in made:
        record(
            stamp,
            "release.imported",
            release.code,
            edition=release.edition,
            kind=release.kind,
            places=release.places,
            provisional=release.provisional,
            digest=release.digest,
        )
    return made


@transaction.atomic
def withdraw_release(stamp: Stamp, code: str) -> Release:
    """Take an imported release back; the one before it stands again."""
    release = Release.all().select_for_update().named(code)
    stamp.require(*rights("evidence")["release.withdrawn"])
    if release.origin == PACKAGED:
        raise PackagedStays(code=code, edition=release.edition)
    if release.withdrawn_at is not None:
        raise AlreadyWithdrawn(code=code)
    release.withdrawn_at, release.withdrawn_by = stamp.at, stamp.by
    release.save(update_fields=["withdrawn_at", "withdrawn_by"])
    record(stamp, "release.withdrawn", code, edition=release.edition, kind=release.kind)
    return release


def _score(stamp: Stamp, release: Release, parsed: Parsed) -> None:
    """Score every forecast of the edition, good or bad, as soon as there are figures."""
    ranks = {row.place: row.rank for row in parsed.rows if NO_INDEX not in row.flags}
    for forecast in Forecast.objects.filter(edition=release.edition).order_by("id"):
        found = forecasts.outcomes(forecasts.read(forecast.document), ranks)
        for subject, outcome in found.items():
            Score.objects.create(
                forecast=forecast,
                release=release,
                subject=subject,
                countries=outcome.countries,
                rank=outcome.rank,
                log_score=outcome.log_score,
                scored_at=stamp.at,
                **asdict(outcome.scores),
            )
        record(
            stamp,
            "forecast.scored",
            forecast.code,
            release=release.code,
            **{name: round(each.scores.rank_crps, 4) for name, each in found.items()},
        )


def _one_at_a_time() -> None:
    """Wait for other imports: what is new must not change before it is kept."""
    Release.objects.select_for_update().filter(origin=PACKAGED).order_by("pk").first()


def _is_new(parsed: Parsed, *, alone: bool) -> bool:
    if parsed.kind != FIGURES and parsed.edition not in queries.years():
        raise NoMethodForInputs(edition=parsed.edition)
    codes = queries.current_codes()
    same = Release.objects.filter(
        code__in=codes, edition=parsed.edition, kind=parsed.kind, digest=parsed.digest
    ).first()
    if same is not None and alone:
        raise AlreadyTakenIn(edition=parsed.edition, code=same.code)
    return same is None


def _keep(
    stamp: Stamp, parsed: Parsed, origin: str, version: str, name: str, source: str
) -> Release:
    base = f"{parsed.edition}-{parsed.kind}-{parsed.digest[:8]}"
    before = Release.objects.filter(code__startswith=base).count()
    release = Release.objects.create(
        code=f"{base}-{before + 1}" if before else base,
        edition=parsed.edition,
        kind=parsed.kind,
        origin=origin,
        version=version,
        name=name[:255],
        source=source[:1000],
        digest=parsed.digest,
        places=parsed.places,
        provisional=parsed.provisional,
        warnings=[remark.as_json() for remark in parsed.remarks],
        taken_at=stamp.at,
        taken_by=stamp.by,
    )
    Figure.objects.bulk_create(_figures(release, parsed), batch_size=500)
    if parsed.kind == FIGURES:
        _score(stamp, release, parsed)
    return release


def _figures(release: Release, parsed: Parsed) -> Iterable[Figure]:
    for row in parsed.rows:
        for indicator in ("rank", *VALUES):
            yield Figure(
                release=release,
                place=row.place,
                indicator=indicator,
                value=getattr(row, indicator),
                flag=_flag(row, indicator),
            )
    for given in parsed.given:
        yield Figure(
            release=release,
            place=given.place,
            indicator=given.indicator,
            value=given.value,
            unit=given.unit,
            source=given.source,
            data_year=given.data_year,
        )


def _flag(row: Published, indicator: str) -> str:
    own = {flag for flag in row.flags if flag.startswith(f"{indicator}_")}
    if indicator == "egdi":
        own |= {flag for flag in row.flags if flag == "no_index"}
    return ";".join(sorted(own))
