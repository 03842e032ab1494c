"""What a submission costs: 30 fields, a fee by DMN, a step of the process, durable on SQLite.

Once as the action alone, and once as the whole request of the API: session, rights, JSON.
"""

import io
import json
import os
import tempfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from statistics import median, quantiles
from time import perf_counter, process_time
from typing import Any

from benchmarks.record import Measure

TIMES, FIELDS = 400, 30
NOON = datetime(2026, 3, 2, 7, tzinfo=UTC)
KINDS: tuple[tuple[dict[str, object], object], ...] = (
    ({"type": "string", "minLength": 1, "maxLength": 80}, "Anora"),
    ({"type": "integer", "minimum": 0}, 5),
    ({"type": "string", "format": "date"}, "2026-01-01"),
)
BPMN = """<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:marra="urn:marra"
 targetNamespace="urn:t"><process id="p" isExecutable="true"><laneSet id="lanes">
<lane id="l1" name="applicant"><flowNodeRef>start</flowNodeRef>
<flowNodeRef>apply</flowNodeRef></lane>
<lane id="l2" name="authority"><flowNodeRef>decide</flowNodeRef>
<flowNodeRef>end</flowNodeRef></lane>
<lane id="l3" name="system"><flowNodeRef>fee</flowNodeRef></lane></laneSet>
<startEvent id="start"/><userTask id="apply" marra:formKey="apply"/>
<businessRuleTask id="fee" marra:decisionRef="fee"/><userTask id="decide"/><endEvent id="end"/>
<sequenceFlow id="a" sourceRef="start" targetRef="apply"/>
<sequenceFlow id="b" sourceRef="apply" targetRef="fee"/>
<sequenceFlow id="c" sourceRef="fee" targetRef="decide"/>
<sequenceFlow id="d" sourceRef="decide" targetRef="end"/></process></definitions>"""
DMN = """<definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" id="d" name="fee"
 namespace="urn:fee"><inputData id="i" name="f1"><variable name="f1" typeRef="number"/></inputData>
<decision id="x" name="fee"><variable name="fee" typeRef="number"/>
<informationRequirement id="r"><requiredInput href="#i"/></informationRequirement>
<decisionTable id="t" hitPolicy="FIRST"><input id="in"><inputExpression typeRef="number">
<text>f1</text></inputExpression></input><output id="out" typeRef="number"/>
<rule id="r1"><inputEntry id="e1"><text>&lt; 3</text></inputEntry><outputEntry id="o1">
<text>0.5</text></outputEntry></rule><rule id="r2"><inputEntry id="e2"><text>-</text></inputEntry>
<outputEntry id="o2"><text>0.9</text></outputEntry></rule></decisionTable></decision>
</definitions>"""


def measures() -> Iterator[Measure]:
    """CPU of one submission, and how long its answer takes, each with its commit on the disk."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"MARRA_DATA": folder, "DJANGO_SETTINGS_MODULE": "marra.settings"}
        import django

        django.setup()
        from django.core.management import call_command
        from django.db import connection

        call_command("migrate", verbosity=0)
        try:
            account, service = _house()
            yield from _told("a submission, the action alone", _action(account, service), 3.0)
            yield from _told("the same as a request of the API", _request(account, service), None)
        finally:
            connection.close()


def _told(what: str, act: Callable[[int], None], must: float | None) -> Iterator[Measure]:
    for number in range(20):
        act(number)
    cpu, wall = [], []
    for number in range(20, 20 + TIMES):
        began, came = process_time(), perf_counter()
        act(number)
        cpu.append(1000 * (process_time() - began))
        wall.append(1000 * (perf_counter() - came))
    facts = {"median": median(cpu), "p99": quantiles(cpu, n=100)[98], "wall": median(wall)}
    yield Measure(what, sum(cpu) / TIMES, "ms CPU", must=must, aim=must and must / 2, facts=facts)


def _house() -> tuple[Any, str]:
    """An account and a published service with a form of 30 fields."""
    from marra.door import terminal_stamp
    from marra.inventory.actions.bodies import adopt
    from marra.inventory.models.bodies import StateBody
    from marra.people import actions as people
    from marra.portal.models.catalogue import Service
    from marra.portal.models.definitions import Definition
    from marra.portal.rules.bundles import checked, digest

    adopt(terminal_stamp())
    account = people.register(terminal_stamp(), name="anora", password="olma anor behi uzum")
    times = {"entered_at": NOON, "changed_at": NOON}
    row = Service.objects.create(
        code="bench",
        names={"uz": "Namuna"},
        key="namuna",
        body=StateBody.objects.first(),
        term=3,
        state="published",
        entered_by=account.code,
        **times,
    )
    told = checked({"forms": {"apply": _form()}, "bpmn": BPMN, "dmn": {"fee": DMN}})
    Definition.objects.create(
        code="bench-1", service=row, number=1, bundle=told, digest=digest(told),
        made_at=NOON, made_by=account.code, frozen_at=NOON,
    )  # fmt: skip
    return account, row.code


def _form() -> dict[str, Any]:
    names = [f"f{number}" for number in range(FIELDS)]
    kinds = {name: KINDS[number % len(KINDS)][0] for number, name in enumerate(names)}
    pages = [
        {"id": f"p{number}", "title": "Sahifa", "fields": names[number : number + 3]}
        for number in range(0, FIELDS, 3)
    ]
    fields = {name: {"label": name} for name in names}
    return {
        "schema": {"type": "object", "properties": kinds, "required": names},
        "ui": {"pages": pages, "fields": fields},
    }


def _answers() -> dict[str, object]:
    return {f"f{number}": KINDS[number % len(KINDS)][1] for number in range(FIELDS)}


def _action(account: Any, service: str) -> Callable[[int], None]:
    from marra.people.rules.rights import Role, Stamp
    from marra.portal.actions import applying

    who = Stamp(account.code, NOON, frozenset({(Role.HOLDER, account.code)}))
    answers = _answers()

    def act(number: int) -> None:
        made = applying.apply(who, service, key=f"action-{number:06}", answers=answers)
        assert made.stage == "running"

    return act


def _request(account: Any, service: str) -> Callable[[int], None]:
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore
    from django.core.wsgi import get_wsgi_application

    session = SessionStore()
    session[SESSION_KEY] = str(account.pk)
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = account.get_session_auth_hash()
    session.save()
    body = json.dumps({"service": service, "answers": _answers()}).encode()
    token = "a" * 32
    carried = (
        f"{settings.SESSION_COOKIE_NAME}={session.session_key}; "
        f"{settings.CSRF_COOKIE_NAME}={token}"
    )
    serve = get_wsgi_application()

    def act(number: int) -> None:
        told: list[str] = []
        environ = {
            "REQUEST_METHOD": "POST", "PATH_INFO": "/api/v1/applications", "QUERY_STRING": "",
            "SERVER_NAME": "localhost", "SERVER_PORT": "80", "SERVER_PROTOCOL": "HTTP/1.1",
            "HTTP_HOST": "localhost", "CONTENT_TYPE": "application/json", "HTTP_COOKIE": carried,
            "CONTENT_LENGTH": str(len(body)), "HTTP_X_CSRFTOKEN": token,
            "HTTP_IDEMPOTENCY_KEY": f"request-{number:06}", "REMOTE_ADDR": "127.0.0.1",
            "wsgi.input": io.BytesIO(body), "wsgi.errors": io.StringIO(),
            "wsgi.url_scheme": "http",
        }  # fmt: skip
        answer = serve(environ, lambda status, _headers, *_: told.append(status))  # type: ignore[arg-type]
        sent = b"".join(answer)
        answer.close()  # type: ignore[attr-defined]
        assert told[0].startswith("201"), (told, sent)

    return act
