"""Forecasts are sealed before a survey, stay as they were, and are scored when it appears."""

import json
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from click.testing import CliRunner
from django.db import connection, transaction
from django.db.utils import DatabaseError
from hypothesis import given
from hypothesis import strategies as st

from marra.__main__ import marra
from marra.door import terminal_stamp
from marra.evidence.actions import releases as actions
from marra.evidence.actions.forecasts import seal_forecast
from marra.evidence.models.releases import Forecast, Release, Score
from marra.evidence.queries import forecasts as ledger
from marra.evidence.queries import releases as queries
from marra.evidence.rules import forecasts
from marra.evidence.rules.forecasts import EditionKnown, SealedBefore, TooFewFutures
from marra.index.components import components, components_version
from marra.index.load import known, load
from marra.index.projection.futures import NoSuchGoal
from marra.index.projection.panel import panel
from marra.index.projection.project import NoSuchFuture
from marra.index.projection.rivals import persistence
from marra.index.projection.scores import rank_scores
from marra.index.ranks import NoScore
from marra.journal.queries.entries import about, visible_to
from marra.kit.errors import NotAllowed
from marra.kit.titles import UnfitTitle
from tests.evidence import make
from tests.house.source import PACKAGE
from tests.journal.make import cut_at

released = pytest.mark.usefixtures("released")
database = pytest.mark.django_db

SEALED = {"edition": 2026, "place": "UZB", "k": 30, "seed": 5, "futures": 1000, "title": "First"}


def seal(stamp, **changed):
    return seal_forecast(stamp, **{**SEALED, **changed})


def take_in(stamp, year: int = 2026, **changed):
    content = make.export(2024, year=year, **changed)
    (release,) = actions.import_release(stamp, name="export.csv", content=content)
    return release


@pytest.fixture(scope="module")
def drawn():
    surveys = {year: load(year) for year in known() if year < 2024}
    return forecasts.drawn(surveys, edition=2024, place="UZB", k=30, seed=5, futures=1000)


# ── The sealed text ──────────────────────────────────────────────────────────────────────────


def test_a_sealed_text_is_read_back_without_loss(drawn):
    text = forecasts.written(drawn)

    again = forecasts.read(text)

    assert forecasts.written(again) == text
    assert (again.places, again.seed, again.data_version) == (
        drawn.places,
        drawn.seed,
        drawn.data_version,
    )
    assert (again.counts == drawn.counts).all()
    assert (again.persistence == drawn.persistence).all()
    assert (again.egdi == drawn.egdi).all()


def test_every_country_has_a_rank_in_all_futures(drawn):
    for counts in (drawn.counts, drawn.persistence):
        assert counts.shape == (193, 193)
        assert (counts.sum(axis=1) == 1000).all()


def test_the_same_figures_and_seed_give_the_same_text_and_another_seed_another(drawn):
    surveys = {year: load(year) for year in known() if year < 2024}
    asked = {"edition": 2024, "place": "UZB", "k": 30, "futures": 1000}

    same = forecasts.drawn(surveys, seed=5, **asked)
    other = forecasts.drawn(surveys, seed=6, **asked)

    assert forecasts.written(same) == forecasts.written(drawn)
    assert forecasts.written(other) != forecasts.written(drawn)


def test_it_cannot_be_asked_whether_a_text_comes_again_when_figures_are_others(drawn):
    text = forecasts.written(drawn)
    surveys = {year: load(year) for year in known()}
    fewer = {year: survey for year, survey in surveys.items() if year != 2012}

    forged = text.replace('"ranks":[1,', '"ranks":[2,', 1)
    assert forecasts.drawn_alike(text, surveys, {}) is True
    assert forecasts.drawn_alike(text, fewer, {}) is None
    assert forecasts.drawn_alike(forged, surveys, {}) is False


def test_the_scores_are_those_of_the_published_ranks(drawn):
    survey = load(2024)
    ranks = {place: int(survey.ranks[row]) for place, row in survey.rows.items()}

    found = forecasts.outcomes(drawn, ranks)

    observed = np.array([ranks[place] for place in drawn.places])
    assert found["projection"].scores == rank_scores(drawn.counts, observed, 30)
    assert found["persistence"].scores == rank_scores(drawn.persistence, observed, 30)
    assert {each.countries for each in found.values()} == {193}
    assert {each.rank for each in found.values()} == {63}
    share = (drawn.counts[drawn.places.index("UZB"), 62] + 0.5) / (1000 + 0.5 * 193)
    assert found["projection"].log_score == pytest.approx(-np.log(share))


def test_countries_that_left_the_survey_are_counted_out_and_new_ones_do_no_harm(drawn):
    survey = load(2024)
    ranks = {place: int(survey.ranks[row]) for place, row in survey.rows.items() if place != "UZB"}

    found = forecasts.outcomes(drawn, {**ranks, "TWN": 194, "AFG": 194})

    assert found["projection"].countries == 192
    assert (found["projection"].rank, found["projection"].log_score) == (None, None)
    assert forecasts.outcomes(drawn, {"TWN": 1}) == {}


@given(st.lists(st.integers(0, 50), min_size=2, max_size=30).filter(any), st.integers(1, 40))
def test_the_log_score_is_finite_and_better_for_what_was_likelier(counts, rank):
    found = forecasts.log_score(np.array(counts), rank)

    best = forecasts.log_score(np.array(counts), 1 + int(np.argmax(counts)))
    assert np.isfinite(found)
    assert found >= best > 0 or found == best


# ── Sealing ──────────────────────────────────────────────────────────────────────────────────


@database
@released
def test_a_sealed_forecast_says_what_it_follows_from_and_its_digest_is_in_the_journal(
    as_administrator, as_visitor
):
    forecast = seal(as_administrator)

    (entry,) = about(as_visitor, forecast.code)
    assert (entry.deed, entry.facts["digest"]) == ("forecast.sealed", forecast.digest)
    assert (forecast.edition, forecast.origin, forecast.seed) == (2026, 2024, 5)
    assert forecast.data_version == load(2024).version
    sealed = ledger.sealed(Forecast.objects.get())
    assert sealed.counts[sealed.places.index("UZB"), :30].sum() / 1000 == sealed.chance("UZB", 30)
    assert ledger.is_intact(forecast)
    assert ledger.is_in_journal(as_visitor, forecast)
    assert ledger.comes_again(forecast) is True


@database
@released
def test_persistence_is_sealed_beside_it_as_the_backtest_draws_it(as_administrator):
    sealed = ledger.sealed(seal(as_administrator))

    rng = np.random.default_rng([5, 2024, 2026])
    drawn = persistence(panel(queries.surveys()).whole(), 2, rng, 1000)
    assert (sealed.persistence == drawn).all()


@database
@released
def test_a_forecast_with_a_nowcast_says_so_and_is_another_one(as_administrator):
    without, informed = seal(as_administrator), seal(as_administrator, nowcast=True)

    assert (without.nowcast, informed.nowcast) == (False, True)
    assert informed.data_version.split()[:-1] == without.data_version.split()
    assert informed.data_version.split()[-1] == components_version(components())
    assert (ledger.sealed(informed).counts != ledger.sealed(without).counts).any()
    assert ledger.comes_again(informed) is True
    other = {year: given for year, given in components().items() if year != 2026}
    assert forecasts.drawn_alike(informed.document, queries.surveys(), other) is None


@database
@released
def test_a_known_edition_is_not_forecast_even_when_its_release_was_withdrawn(as_administrator):
    with pytest.raises(EditionKnown, match="2024-figures"):
        seal(as_administrator, edition=2024)
    release = take_in(as_administrator)
    with pytest.raises(EditionKnown, match=release.code):
        seal(as_administrator)
    actions.withdraw_release(as_administrator, release.code)

    with pytest.raises(EditionKnown, match=release.code):
        seal(as_administrator)


@database
@released
def test_the_same_forecast_is_sealed_once(as_administrator):
    first = seal(as_administrator)

    with pytest.raises(SealedBefore, match=first.code):
        seal(as_administrator, title="Another title")

    assert seal(as_administrator, seed=6).code != first.code


@database
@released
@pytest.mark.parametrize(
    ("changed", "refusal"),
    [
        ({"edition": 2027}, NoSuchFuture),
        ({"edition": 2002}, NoSuchFuture),
        ({"place": "XXX"}, NoScore),
        ({"k": 0}, NoSuchGoal),
        ({"k": 194}, NoSuchGoal),
        ({"futures": 999}, TooFewFutures),
        ({"title": "two\nlines"}, UnfitTitle),
    ],
)
def test_a_forecast_that_makes_no_sense_is_refused_and_leaves_no_trace(
    as_administrator, changed, refusal
):
    entries = visible_to(as_administrator).count()

    with pytest.raises(refusal):
        seal(as_administrator, **changed)

    assert Forecast.objects.count() == 0
    assert visible_to(as_administrator).count() == entries


@database
@released
def test_only_administrators_seal(as_analyst, as_visitor):
    for stamp in (as_analyst, as_visitor):
        with pytest.raises(NotAllowed):
            seal(stamp)

    assert Forecast.objects.count() == 0


@database
@released
def test_the_database_refuses_to_change_a_forecast_or_a_score(as_administrator):
    seal(as_administrator)
    take_in(as_administrator)

    for table, change in ((Forecast, {"title": "Better"}), (Score, {"rank_crps": 0})):
        with pytest.raises(DatabaseError, match="stay as they were"), transaction.atomic():
            table.objects.update(**change)


@database
@released
@pytest.mark.skipif(connection.vendor == "sqlite", reason="taken away there; see conftest.py")
def test_the_database_refuses_to_remove_a_forecast_or_a_score(as_administrator):
    seal(as_administrator)
    take_in(as_administrator)

    for table in (Score, Forecast):
        with pytest.raises(DatabaseError, match="stay as they were"), transaction.atomic():
            table.objects.all()._raw_delete("default")


@pytest.mark.once
def test_the_triggers_that_guard_removal_are_set_by_the_migration(tmp_path):
    code = (
        "import django; django.setup()\n"
        "from django.core.management import call_command\n"
        "from django.db import connection\n"
        "call_command('migrate', 'evidence', verbosity=0)\n"
        'names = connection.cursor().execute("SELECT name FROM sqlite_master '
        "WHERE type = 'trigger' AND name LIKE 'evidence%' ORDER BY name\")\n"
        "print(*[name for name, in names])\n"
        "call_command('migrate', 'evidence', 'zero', verbosity=0)\n"
    )
    environment = {
        "MARRA_DATABASE": f"sqlite:///{tmp_path}/fresh.sqlite3",
        "MARRA_DATA": str(tmp_path),
        "PYTHONPATH": str(PACKAGE.parent),
        "DJANGO_SETTINGS_MODULE": "marra.settings",
    }

    done = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True
    )

    assert done.stdout.split() == [
        f"evidence_{table}_{deed}"
        for table in ("forecast", "score")
        for deed in ("DELETE", "UPDATE")
    ], done.stderr


# ── Scoring ──────────────────────────────────────────────────────────────────────────────────


@database
@released
def test_a_forecast_is_scored_when_its_edition_is_taken_in(as_administrator, as_visitor):
    forecast, later = seal(as_administrator), seal(as_administrator, edition=2028)

    release = take_in(as_administrator)

    scores = {each.subject: each for each in Score.objects.all()}
    assert set(scores) == {"projection", "persistence"}
    observed = queries.survey(2026)
    ranks = {place: int(observed.ranks[row]) for place, row in observed.rows.items()}
    for name, outcome in forecasts.outcomes(ledger.sealed(forecast), ranks).items():
        kept = scores[name]
        assert (kept.forecast, kept.release) == (forecast, release)
        assert (kept.rank_mae, kept.rank_crps) == (
            outcome.scores.rank_mae,
            outcome.scores.rank_crps,
        )
        assert (kept.coverage_80, kept.width_80) == (
            outcome.scores.coverage_80,
            outcome.scores.width_80,
        )
        assert (kept.brier, kept.rank) == (outcome.scores.brier, 63)
        assert kept.log_score == pytest.approx(outcome.log_score)
    entry = about(as_visitor, forecast.code).get(deed="forecast.scored")
    assert entry.facts["release"] == release.code
    assert entry.facts["projection"] == round(scores["projection"].rank_crps, 4)
    assert not later.scores.exists()


@database
@released
def test_every_release_is_scored_and_the_score_of_a_withdrawn_one_stays(as_administrator):
    forecast = seal(as_administrator)
    first = take_in(as_administrator)
    second = take_in(as_administrator, changed={"Denmark": {3: 0.98475}})

    actions.withdraw_release(as_administrator, first.code)

    (listed,) = ledger.forecasts()
    assert listed == forecast
    by_release = {(s.release.code, s.release.withdrawn_at is None) for s in listed.scores.all()}
    assert by_release == {(first.code, False), (second.code, True)}
    told = ledger.judged(listed)
    assert [(each.release, each.withdrawn) for each in told] == [(first, True), (second, False)]
    assert {each.persistence.subject for each in told} == {"persistence"}
    assert listed.scores.count() == 4


@database
@released
def test_figures_that_come_with_the_program_score_a_forecast_too(as_administrator):
    first = Release.objects.filter(edition=2024)
    figures = first.get(kind="figures")
    Release.objects.filter(pk=figures.pk).update(edition=1999)
    first.update(edition=1998)
    forecast = seal(as_administrator, edition=2024)
    Release.objects.filter(origin="packaged").update(version="an older package")

    made = actions.adopt(as_administrator)

    assert forecast.origin == 2022
    scored = {each.release for each in Score.objects.all()}
    assert scored == {each for each in made if (each.edition, each.kind) == (2024, "figures")}
    assert len(scored) == 1


@database
@released
def test_an_import_that_breaks_off_at_its_last_line_leaves_no_score(as_administrator):
    forecast = seal(as_administrator)
    cut_at("release.imported")

    with pytest.raises(DatabaseError, match="power is cut"), transaction.atomic():
        take_in(as_administrator)

    assert not forecast.scores.exists()
    assert 2026 not in queries.years()


@database
@released
def test_the_list_of_forecasts_costs_as_many_queries_as_one(
    as_administrator, django_assert_num_queries
):
    for seed in range(3):
        seal(as_administrator, seed=seed)
    take_in(as_administrator)

    with django_assert_num_queries(2):
        told = [[s.release.code for s in each.scores.all()] for each in ledger.forecasts()]

    assert [len(each) for each in told] == [2, 2, 2]


# ── Two at once ──────────────────────────────────────────────────────────────────────────────


def sealing(_: int) -> str:
    try:
        seal(terminal_stamp())
    except (SealedBefore, EditionKnown) as refusal:
        return refusal.code()
    finally:
        connection.close()
    return "sealed"


def importing(_: int) -> str:
    try:
        take_in(terminal_stamp())
    finally:
        connection.close()
    return "taken in"


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(
    connection.vendor == "sqlite", reason="a test database in memory has one writer"
)
def test_of_sealing_and_taking_in_at_once_one_comes_first():
    with ThreadPoolExecutor(4) as pool:
        sealed = [pool.submit(sealing, n) for n in range(3)]
        taken = pool.submit(importing, 0)
        said = sorted(each.result() for each in sealed)
        assert taken.result() == "taken in"

    count = Forecast.objects.count()
    assert said.count("sealed") == count <= 1
    assert Score.objects.count() == 2 * count


# ── The terminal ─────────────────────────────────────────────────────────────────────────────


@database
@released
@pytest.mark.parametrize(
    ("changed", "intact", "in_journal"),
    [({"document": "{}"}, False, True), ({"digest": "0" * 64}, False, False)],
)
def test_a_forecast_changed_behind_the_guards_is_found_out(
    as_administrator, changed, intact, in_journal
):
    forecast = seal(as_administrator)
    where = "" if connection.vendor == "sqlite" else " ON evidence_forecast"
    guard = "UPDATE" if connection.vendor == "sqlite" else "stays"
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER evidence_forecast_{guard}{where}")
    Forecast.objects.update(**changed)

    forecast.refresh_from_db()

    assert ledger.is_intact(forecast) is intact
    assert ledger.is_in_journal(as_administrator, forecast) is in_journal


@database
@released
def test_the_terminal_fails_when_a_forecast_is_not_in_the_journal(as_administrator):
    forecast = seal(as_administrator)
    copied = {f.name: getattr(forecast, f.name) for f in Forecast._meta.concrete_fields}
    text = forecast.document.replace('"seed":5', '"seed":6')
    forged = {"id": None, "code": "forecast-forged", "document": text}
    Forecast.objects.create(**{**copied, **forged, "digest": forecasts.digest(text)})

    done = CliRunner().invoke(marra, ["data", "forecasts", "--verify"])

    assert done.exit_code == 1
    assert done.stderr.endswith("Not as it was sealed: forecast-forged\n")


@database
@released
def test_the_terminal_seals_lists_and_verifies():
    def run(*words: str):
        done = CliRunner().invoke(marra, ["data", *words, "--json"])
        return json.loads(done.stdout)

    made = run("seal", "--edition", "2026", "--title", "First", "--futures", "1000")
    take_in(terminal_stamp())
    (row,) = run("forecasts", "--verify")["forecasts"]

    assert (row["forecast"], row["title"], row["sha256"]) == (
        made["forecast"],
        "First",
        made["sha256"],
    )
    assert (row["intact"], row["in_journal"], row["comes_again"]) == (True, True, True)
    assert {each["of"] for each in row["scores"]} == {"projection", "persistence"}
    shown = CliRunner().invoke(marra, ["data", "forecasts"])
    assert made["forecast"] in shown.stdout
