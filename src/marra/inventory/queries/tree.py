"""Read the list of a body as a tree: functions, their processes, the services of these."""

from django.db.models import Prefetch, Q, QuerySet

from marra.inventory.models.bodies import StateBody
from marra.inventory.models.functions import Function, Process, Service
from marra.language.fold import fold


def functions(body: StateBody, words: str = "") -> QuerySet[Function]:
    """The functions of a body with processes and services at hand, in the order of their titles.

    With words, those in whose titles each word stands, or in that of a process or service.
    """
    services = Service.objects.filter(removed_at=None)
    processes = Process.objects.filter(removed_at=None).select_related("merged_into", "body")
    rows = Function.objects.filter(body=body, removed_at=None)
    for word in fold(words).split():
        of_process = Q(processes__key__contains=word, processes__removed_at=None)
        of_service = Q(processes__services__key__contains=word)
        rows = rows.filter(Q(key__contains=word) | of_process | of_service)
    return rows.distinct().prefetch_related(
        "shared_with",
        Prefetch("processes", processes.prefetch_related(Prefetch("services", services))),
    )


def loose_processes(body: StateBody) -> QuerySet[Process]:
    """The processes of a body that no function of its own or a shared one has."""
    services = Service.objects.filter(removed_at=None)
    rows = Process.objects.filter(body=body, removed_at=None).exclude(function__body=body)
    return rows.select_related("merged_into", "body", "function__body").prefetch_related(
        Prefetch("services", services)
    )


def loose_services(body: StateBody) -> QuerySet[Service]:
    """The services of a body that no process of its own has."""
    own = Process.objects.filter(body=body, removed_at=None)
    rows = Service.objects.filter(owner=body, removed_at=None)
    return rows.exclude(pk__in=rows.filter(processes__in=own).values("pk"))
