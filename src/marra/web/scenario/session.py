"""The paper of a scenario for a session: question, answer, picture, tables, method and source.

Source: ours.
"""

from datetime import datetime

from django.utils.translation import gettext as _

from marra.evidence.queries import releases as queries
from marra.web.charts.scenario_fan import Seen, scenario_fan
from marra.web.formats import day, moment
from marra.web.paper.paper import Paper
from marra.web.scenario.told import Told, editions, grounds, method, told, values


def paper(seen: Seen, language: str, at: datetime, address: str) -> Paper:
    """The paper in one language, dated by whoever asks for it, with the address it is from."""
    found = seen.found
    words = told(found, language)
    chart = scenario_fan(queries.surveys(), seen, language)
    made = Paper(
        language,
        title=seen.title
        or _("{country}: a scenario for {year}").format(country=words.name, year=found.by),
        foot=_foot(chart.source, at),
        over=_("Marra · scenario, a forecast, not official · {day}").format(day=day(at.date())),
    )
    made.lead(f"{words.finding}.")
    made.text(_question(words))
    made.text(" ".join(key.words for key in words.keys))
    made.heading(_("The rank if nothing changes, and in the scenario")).chart(chart)
    made.heading(_("Before and after, by edition")).table(editions(found))
    if found.given:
        made.heading(_("What was changed")).table(values(found))
        made.heading(_("Which part carries what"))
        for ahead, table in words.carried:
            made.table(table, _("In {year}").format(year=ahead.edition))
    made.heading(_("How this is computed, and how firm it is"))
    for sentence in method():
        made.text(sentence)
    made.heading(_("Sources and versions"))
    made.facts([*grounds(found), (_("Made"), moment(at)), (_("Address"), address)])
    made.small(chart.citation)
    return made


def _question(words: Told) -> str:
    found = words.found
    if not found.given:
        return _("The question: where will {country} stand if nothing changes?").format(
            country=words.name
        )
    return _(
        "The question: what are the odds of place {rank} or better if by {year} {country} has: "
        "{changes}?"
    ).format(rank=found.k, year=found.by, country=words.name, changes=words.changes)


def _foot(source: str, at: datetime) -> str:
    """Two lines at most, in any language; the versions stand at the end of the paper."""
    return _("{day}. Computed by Marra. Source: {source}").format(
        source=source, day=day(at.date())
    )
