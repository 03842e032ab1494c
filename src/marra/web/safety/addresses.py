"""Addresses of the pages of safety.

Source: ours.
"""

from typing import Final

from django.urls import path

from marra.web.safety import rights, seals

pages: Final = (
    path("about/rights/", rights.show, name="rights"),
    path("about/journal/", seals.head, name="journal-head"),
    path("about/journal/head.txt", seals.head_file, name="journal-head-file"),
    path("work/journal/<int:number>/", seals.entry, name="journal-entry"),
)
