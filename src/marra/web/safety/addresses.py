"""Addresses of the pages of safety.

Source: ours.
"""

from typing import Final

from django.urls import path

from marra.web.safety import factors, holders, rights, seals, second

pages: Final = (
    path("about/rights/", rights.show, name="rights"),
    path("about/journal/", seals.head, name="journal-head"),
    path("about/journal/head.txt", seals.head_file, name="journal-head-file"),
    path("sign-in/second/", second.step, name="second-step"),
    path("account/second-step/", factors.index, name="second-steps"),
    path("account/second-step/begin/", factors.begin, name="second-step-begin"),
    path("account/second-step/application/", factors.application, name="second-step-application"),
    path("account/second-step/passkey/", factors.passkey, name="second-step-passkey"),
    path("account/second-step/first-codes/", factors.first_codes, name="spare-codes-first"),
    path("account/second-step/codes/", factors.codes, name="spare-codes"),
    path("account/second-step/<slug:code>/remove/", factors.remove, name="second-step-remove"),
    path("work/holders/", holders.show, name="holders"),
    path("work/accounts/<slug:code>/second-step/", factors.reset, name="factors-reset"),
    path("work/journal/<int:number>/", seals.entry, name="journal-entry"),
)
