"""The reference models of the Model Interchange Working Group run to their ends."""

import os
from pathlib import Path

import pytest
from click.testing import CliRunner

from marra.cli.flow import flow
from marra.flow.miwg import judge
from tests.flow import make


def models():
    folder = os.environ.get("MARRA_REFERENCE_DATA")
    return sorted((Path(folder) / "portal" / "bpmn-miwg").glob("*.bpmn")) if folder else []


def test_reference_models_are_there():
    if not models():
        pytest.skip("MARRA_REFERENCE_DATA is not set: no reference model was run")


@pytest.mark.parametrize("path", models(), ids=lambda path: path.stem)
def test_every_process_ends_and_every_element_is_reached(path):
    verdict = judge(path.read_bytes(), at=make.NOON)

    assert verdict.executed, verdict.without_end
    assert [each.id for each in verdict.unreached] == []


def test_a_process_that_cannot_end_is_not_executed():
    xml = make.file(
        make.process(
            '<startEvent id="s"/><exclusiveGateway id="x"/><parallelGateway id="j"/>'
            '<task id="a"/><task id="b"/><endEvent id="e"/>',
            "s>x", "x>a", "x>b", "a>j", "b>j", "j>e",
        )
    )  # fmt: skip

    verdict = judge(xml, at=make.NOON)

    assert verdict.loaded
    assert not verdict.executed
    assert [each.id for each in verdict.unreached] == ["e"]


def test_the_command_counts_what_is_loaded_written_and_run(tmp_path):
    good = make.process('<startEvent id="s"/><endEvent id="e"/>', "s>e")
    (tmp_path / "good.bpmn").write_bytes(make.file(good))
    (tmp_path / "bad.bpmn").write_bytes(b"<a>")

    ran = CliRunner().invoke(flow, ["miwg", str(tmp_path), "--json"])

    assert ran.exit_code == 1
    assert ran.stdout.split() == (
        ["{", '"loaded":', "1,", '"round_trip":', "1,", '"executed":', "1,", '"total":', "2", "}"]
    )
    assert "bad.bpmn: Line 1" in ran.stderr
