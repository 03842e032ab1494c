"""The first page: where the country stands, what changed, what separates it from the goal."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def show(request: HttpRequest) -> HttpResponse:
    """The overview."""
    return render(request, "cockpit.html")
