"""Enter, change and remove functions and processes, and decide what becomes of a process."""

from typing import Final

from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext_noop

from marra.door import stamp
from marra.inventory.actions import functions as function_actions
from marra.inventory.actions import processes as process_actions
from marra.inventory.queries import functions, processes
from marra.inventory.queries.bodies import named
from marra.inventory.rules.things import OF_FUNCTION, OF_PROCESS, Field
from marra.web.gate import for_deed
from marra.web.inventory.fields import Deciding, FunctionForm, ProcessForm, Sure
from marra.web.inventory.forms import edit, given, must, written

SAVE: Final = gettext_noop("Save")
OF_DECISION: Final = (Field.TITLE, Field.DECISION, Field.REASON, Field.MERGED_INTO)


@for_deed("inventory", "function.entered")
def function_new(request: HttpRequest, code: str) -> HttpResponseBase:
    """Enter a function of a body."""
    who, body = stamp(request), named(code)
    must(who, "function.entered", code)

    def act(told: dict[str, object]) -> object:
        told.pop("version")
        return function_actions.enter_function(who, code, **told)  # type: ignore[arg-type]

    heading = gettext_noop("Enter a function")
    form = FunctionForm(given(request), body=body)
    return edit(request, form, act, body=body, heading=heading, button=SAVE)


@for_deed("inventory", "function.changed")
def function_change(request: HttpRequest, code: str) -> HttpResponseBase:
    """Change what is said of a function."""
    who = stamp(request)
    row = functions.visible_to(who).named(code)
    must(who, "function.changed", row.body.code)
    names = ("title", "cofog", "legal_basis", "no_process", "version")
    initial = {name: getattr(row, name) for name in names}
    initial["shared_with"] = [each.code for each in row.shared_with.all()]
    form = FunctionForm(given(request), initial=initial, body=row.body, cofog=row.cofog)
    return edit(
        request,
        form,
        lambda told: function_actions.change_function(who, code, **told),
        body=row.body,
        heading=gettext_noop("Change a function"),
        button=SAVE,
        row=row,
        fields=OF_FUNCTION,
    )


@for_deed("inventory", "function.removed")
def function_remove(request: HttpRequest, code: str) -> HttpResponseBase:
    """Ask, then take a function off the list."""
    who = stamp(request)
    row = functions.visible_to(who).named(code)
    must(who, "function.removed", row.body.code)
    return edit(
        request,
        Sure(given(request)),
        lambda _told: function_actions.remove_function(who, code),
        body=row.body,
        heading=gettext_noop("Take this function off the list?"),
        button=gettext_noop("Take it off the list"),
        row=row,
    )


@for_deed("inventory", "process.entered")
def process_new(request: HttpRequest, code: str) -> HttpResponseBase:
    """Enter a process of a body; the address may name its function."""
    who, body = stamp(request), named(code)
    must(who, "process.entered", code)

    def act(told: dict[str, object]) -> object:
        told.pop("version")
        return process_actions.enter_process(who, code, **told)  # type: ignore[arg-type]

    initial = {"function": request.GET.get("function", "")}
    form = ProcessForm(given(request), initial=initial, who=who, body=body)
    heading = gettext_noop("Enter a process")
    return edit(request, form, act, body=body, heading=heading, button=SAVE)


@for_deed("inventory", "process.changed")
def process_change(request: HttpRequest, code: str) -> HttpResponseBase:
    """Change what is said of a process."""
    who = stamp(request)
    row = processes.visible_to(who).named(code)
    must(who, "process.changed", row.body.code)
    names = ("title", "volume", "minutes", "steps", "documents", "version")
    initial = written({name: getattr(row, name) for name in names})
    initial["function"] = row.function.code if row.function else ""
    form = ProcessForm(given(request), initial=initial, who=who, body=row.body)
    return edit(
        request,
        form,
        lambda told: process_actions.change_process(who, code, **told),
        body=row.body,
        heading=gettext_noop("Change a process"),
        button=SAVE,
        row=row,
        fields=OF_PROCESS,
    )


@for_deed("inventory", "process.decided")
def process_decide(request: HttpRequest, code: str) -> HttpResponseBase:
    """Decide what becomes of a process."""
    who = stamp(request)
    row = processes.visible_to(who).named(code)
    must(who, "process.decided", row.body.code)
    initial = {"decision": row.decision, "reason": row.reason, "version": row.version}
    initial["into"] = row.merged_into.title if row.merged_into else ""
    return edit(
        request,
        Deciding(given(request), initial=initial),
        lambda told: process_actions.decide_process(who, code, **told),
        body=row.body,
        heading=gettext_noop("Decide what becomes of this process"),
        button=gettext_noop("Keep the decision"),
        row=row,
        fields=OF_DECISION,
    )


@for_deed("inventory", "process.removed")
def process_remove(request: HttpRequest, code: str) -> HttpResponseBase:
    """Ask, then take a process off the list."""
    who = stamp(request)
    row = processes.visible_to(who).named(code)
    must(who, "process.removed", row.body.code)
    return edit(
        request,
        Sure(given(request)),
        lambda _told: process_actions.remove_process(who, code),
        body=row.body,
        heading=gettext_noop("Take this process off the list?"),
        button=gettext_noop("Take it off the list"),
        row=row,
    )
