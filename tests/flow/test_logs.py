"""Logs of other systems give the same level as our own runs, and say what they cannot."""

import pytest

from marra.flow.automation import Level, level
from marra.flow.logs import LogRefused, runs, xes

ROWS = [
    {"case": "1", "step": "form", "actor": "applicant", "outcome": "", "prefilled": "2"},
    {"case": "1", "step": "look-up", "actor": "system", "outcome": ""},
    {"case": "1", "step": "decide", "actor": "system", "outcome": ""},
    {"case": "1", "step": "issue", "actor": "system", "outcome": "granted"},
]

XES = """<log xmlns="http://www.xes-standard.org/"><trace>
<string key="concept:name" value="1"/><string key="outcome" value="granted"/>
<string key="prefilled" value="2"/>
{events}</trace></log>"""
EVENT = """<event><string key="concept:name" value="{step}"/>
<string key="org:role" value="{actor}"/><string key="lifecycle:transition" value="{life}"/></event>
"""


def test_a_log_in_csv_proves_its_level():
    assert level(runs(ROWS)).level is Level.STRAIGHT


def test_a_log_in_xes_proves_the_same():
    events = "".join(EVENT.format(**row, life="complete") for row in ROWS)
    events += EVENT.format(step="task", actor="authority", life="schedule")

    found = xes(XES.format(events=events).encode())

    assert found == runs(ROWS)


@pytest.mark.parametrize(
    ("change", "column"),
    [
        ({"actor": "robot"}, "actor"),
        ({"step": "magic"}, "step"),
        ({"outcome": "maybe"}, "outcome"),
        ({"case": ""}, "case"),
        ({"prefilled": "-1"}, "prefilled"),
    ],
)
def test_a_word_that_is_not_known_is_told_with_its_line(change, column):
    with pytest.raises(LogRefused) as why:
        runs([ROWS[0], {**ROWS[1], **change}])

    assert [(each.line, each.column) for each in why.value.findings] == [(3, column)]


def test_an_empty_log_is_refused():
    with pytest.raises(LogRefused):
        runs([])
