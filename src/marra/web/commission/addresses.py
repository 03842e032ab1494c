"""Addresses of acts, obligations, working groups and readings.

Source: ours.
"""

from django.urls import path

from marra.web.commission import (
    acts,
    assigning,
    assignments,
    groups,
    obligations,
    proposals,
    proving,
    readings,
    seating,
)
from marra.web.plan import carrying

pages = [
    path("obligations/", obligations.show, name="obligations"),
    path("obligations/proofs/<slug:code>/file/", obligations.proof_file, name="proof-file"),
    path("obligations/proofs/<slug:code>/withdraw/", proving.unprove, name="proof-withdraw"),
    path("obligations/<slug:code>/", obligations.one, name="obligation"),
    path("obligations/<slug:code>/prove/", proving.prove, name="obligation-prove"),
    path("obligations/<slug:code>/day/", proving.set_day, name="obligation-day"),
    path("groups/", groups.index, name="groups"),
    path("groups/commission/", groups.commission, name="commission"),
    path("groups/new/", seating.new, name="group-new"),
    path("groups/members/<slug:code>/end/", seating.end, name="member-end"),
    path("groups/<slug:code>/", groups.show, name="group"),
    path("groups/<slug:code>/change/", seating.change, name="group-change"),
    path("groups/<slug:code>/close/", seating.close, name="group-close"),
    path("groups/<slug:code>/members/new/", seating.add, name="member-add"),
    path("acts/", acts.index, name="acts"),
    path("acts/import/", acts.upload, name="act-import"),
    path("acts/import/confirm/", acts.confirm, name="act-confirm"),
    path("acts/<slug:code>.toml", acts.file, name="act-file"),
    path("acts/<slug:code>/", acts.show, name="act"),
    path("work/assignments/", assignments.index, name="assignments"),
    path("work/assignments/new/", assigning.new, name="assignment-new"),
    path("work/assignments/<slug:code>/", assignments.show, name="assignment"),
    path("work/assignments/<slug:code>/change/", assigning.change, name="assignment-change"),
    path(
        "work/assignments/<slug:code>/files/<slug:file>/",
        assignments.proof,
        name="assignment-file",
    ),
    path("work/assignments/<slug:code>/<slug:word>/", assigning.step, name="assignment-step"),
    path("work/plans/<slug:code>/assign/", carrying.assign, name="plan-assign"),
    path("work/proposals/", proposals.index, name="proposals"),
    path("work/proposals/new/", proposals.new, name="proposal-new"),
    path("work/proposals/<slug:code>/", proposals.show, name="proposal"),
    path("work/proposals/<slug:code>/change/", proposals.change, name="proposal-change"),
    path("work/proposals/<slug:code>/<slug:word>/", proposals.step, name="proposal-step"),
    path("work/readings/", readings.index, name="readings"),
    path("work/readings/<slug:code>/", readings.show, name="reading"),
]
