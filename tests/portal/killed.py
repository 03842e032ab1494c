"""A house of its own whose process is killed at every statement of a submission; run by a test.

    python -m tests.portal.killed FOLDER

Children are forked from one that has everything ready; each kills itself, as `kill -9` would, at
its number of the statements it sends, or right after its answer. What it prints is JSON.
"""

import json
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path

if __name__ == "__main__":  # a database of its own, whatever the tests run on
    os.environ.pop("MARRA_TEST_DATABASE", None)
    os.environ["MARRA_DATA"] = sys.argv[1]
    os.environ["MARRA_DATABASE"] = f"sqlite:///{sys.argv[1]}/killed.sqlite3"
    os.environ["DJANGO_SETTINGS_MODULE"] = "marra.settings"

    import django

    django.setup()

from django.core.management import call_command
from django.db import connection

from marra.door import terminal_stamp
from marra.inventory.actions.bodies import adopt
from marra.portal.actions import applying
from marra.portal.models.cases import Case, CaseTask
from marra.portal.queries import cases
from tests.portal import bundle as bundles
from tests.portal import make

ROUNDS = 400


def in_a_child(do: Callable[[], None]) -> int:
    """Fork, do it there, and say how the child ended: 0, or the signal that killed it."""
    connection.close()
    child = os.fork()
    if not child:
        try:
            do()
        finally:
            os._exit(0)  # the connection is left as it is, as by a process that dies
    _, status = os.waitpid(child, 0)
    return os.WTERMSIG(status)


def killed_at(number: int, do: Callable[[], object]) -> None:
    """Do it, and die before the statement of that number is sent."""
    left = number

    def count(execute, sql, params, many, context):
        nonlocal left
        left -= 1
        if left < 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(count):
        do()


def whole(case: Case) -> bool:
    """Whether nothing of an application that was sent is missing."""
    tasks = CaseTask.objects.filter(case=case, kind="task", state="open").count()
    whats = list(cases.events(case).values_list("what", flat=True))
    return bool(case.sent_at and tasks == 1 and whats == ["sent", "opened"] and case.answers)


def killed_everywhere(service: str) -> dict[str, int]:
    """Submissions killed at each statement, then repeated: how many, and how many were wrong."""
    tried = half = lost = 0
    for number in range(1, ROUNDS):
        who = make.holder(f"account-{number:08x}")

        def apply(who=who):
            applying.apply(who, service, key="request-1", answers=bundles.ANSWERS)

        ended = in_a_child(lambda do=apply, n=number: killed_at(n, do))
        found = list(Case.objects.filter(applicant=who.by))
        half += any(not whole(each) for each in found)
        apply()
        again = Case.objects.filter(applicant=who.by)
        lost += again.count() != 1 or not whole(again.get())
        tried += 1
        if ended == 0:
            break
    return {"tried": tried, "half": half, "lost": lost}


def killed_after_the_answer(service: str) -> bool:
    """Whether an application is there whose process died as soon as it had answered."""
    who, box = make.holder("account-after"), Path(sys.argv[1]) / "answered"

    def apply() -> None:
        made = applying.apply(who, service, key="request-1", answers=bundles.ANSWERS)
        box.write_text(made.code)
        os.kill(os.getpid(), signal.SIGKILL)

    ended = in_a_child(apply)
    found = Case.objects.filter(code=box.read_text()).first()
    return ended == signal.SIGKILL and found is not None and whole(found)


def at_the_same_moment(service: str) -> dict[str, int]:
    """The same request by six processes at once: how many answers, and how many applications."""
    who, folder = make.holder("account-0000once"), Path(sys.argv[1]) / "once"
    folder.mkdir()
    start, go = os.pipe()
    connection.close()
    children = []
    for number in range(6):
        child = os.fork()
        if not child:
            os.close(go)
            os.read(start, 1)  # until the parent closes its end
            made = applying.apply(who, service, key="request-1", answers=bundles.ANSWERS)
            (folder / str(number)).write_text(made.code)
            os._exit(0)
        children.append(child)
    os.close(go)
    for child in children:
        os.waitpid(child, 0)
    codes = {each.read_text() for each in folder.iterdir()}
    return {
        "answers": len(list(folder.iterdir())),
        "codes": len(codes),
        "applications": Case.objects.filter(applicant=who.by).count(),
    }


def main() -> None:
    """Prepare the house, and write what became of it."""
    call_command("migrate", verbosity=0)
    adopt(terminal_stamp())
    service = make.running(make.everybody(), *bundles.PLAIN).code
    told = {
        "killed": killed_everywhere(service),
        "after": killed_after_the_answer(service),
        "at_once": at_the_same_moment(service),
    }
    sys.stdout.write(json.dumps(told))


if __name__ == "__main__":
    main()
