"""About: what this is, under which licence, and how open it is to every reader."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def show(request: HttpRequest) -> HttpResponse:
    """The page about licence and accessibility."""
    return render(request, "about.html")
