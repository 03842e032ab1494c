"""Small models for tests, written as one would say them."""

from datetime import UTC, datetime
from decimal import Decimal
from importlib.util import find_spec

import pytest

from marra.flow.bpmn import read
from marra.flow.engine.compiling import graph
from marra.flow.engine.messages import Begin, Done
from marra.flow.engine.stepping import start, step, waiting

NOON = datetime(2026, 3, 2, 7, tzinfo=UTC)

FEEL = pytest.mark.skipif(find_spec("marra.flow.feel") is None, reason="FEEL is not there")

HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"
  xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" id="d" targetNamespace="urn:test">
"""


def file(processes, *, beside=""):
    """A file of BPMN as bytes."""
    return f"{HEAD}{beside}{processes}</definitions>".encode()


def flows(*pairs):
    """Sequence flows, each `source>target`, `source>target:condition`, with ids f1, f2, …"""
    told = []
    for number, pair in enumerate(pairs, start=1):
        ends, _, condition = pair.partition(":")
        source, target = ends.split(">")
        inner = ""
        if condition:
            escaped = condition.replace("&", "&amp;").replace("<", "&lt;")
            inner = (
                f'<conditionExpression xsi:type="tFormalExpression">{escaped}'
                "</conditionExpression>"
            )
        told.append(
            f'<sequenceFlow id="f{number}" sourceRef="{source}" targetRef="{target}">{inner}'
            "</sequenceFlow>"
        )
    return "".join(told)


def process(body, *pairs, name="p"):
    """One executable process."""
    return f'<process id="{name}" isExecutable="true">{body}{flows(*pairs)}</process>'


def compiled(body, *pairs, beside="", asked=False):
    """A process ready to run."""
    return graph(read(file(process(body, *pairs), beside=beside)), asked=asked)


def begun(of, data=None, *, by="", at=NOON):
    """A case after its first step: the state and what it wants."""
    return step(of, start(of, data or {}, at=at, by=by), Begin(), at=at)


def told(of, state, event, *, at=NOON):
    """The state after an event, and the commands."""
    return step(of, state, event, at=at)


def open_at(of, state, at=NOON):
    """Which elements want something, in order."""
    return [each.element for each in waiting(of, state, at=at)]


def wanted(of, state, element, at=NOON):
    """The open command of an element."""
    return next(each for each in waiting(of, state, at=at) if each.element == element)


def do(of, state, *elements, at=NOON, **data):
    """The state after the work of these elements is done, one after another."""
    for element in elements:
        state, _ = step(of, state, Done(wanted(of, state, element).id, data), at=at)
    return state


def number(text):
    """A number as cases have them."""
    return Decimal(text)


def event(kind, name, definition="", more=""):
    """An event with its definition, such as `event("endEvent", "e", "terminate")`."""
    inner = f"<{definition}EventDefinition{more}/>" if definition else ""
    return f'<{kind} id="{name}">{inner}</{kind}>'
