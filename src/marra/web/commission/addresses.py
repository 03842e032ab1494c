"""Addresses of acts, obligations, working groups and readings.

Source: ours.
"""

from django.urls import path

from marra.web.commission import (
    acting,
    acts,
    assigning,
    assignment,
    assignments,
    duplicates,
    groups,
    obligations,
    proposals,
    proving,
    readings,
    reporting,
    seating,
    stepping,
)

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
    path("work/assignments/mine/", assignments.mine, name="assignments-mine"),
    path("work/assignments/to-judge/", assignments.queue, name="assignments-queue"),
    path("work/assignments/report/", reporting.many, name="assignments-report"),
    path("work/assignments/duplicates/", duplicates.show, name="assignments-alike"),
    path("work/assignments/new/", assigning.new, name="assignment-new"),
    path("work/assignments/<slug:code>/", assignment.show, name="assignment"),
    path("work/assignments/<slug:code>/change/", assigning.change, name="assignment-change"),
    path(
        "work/assignments/<slug:code>/files/<slug:file>/",
        assignment.proof,
        name="assignment-file",
    ),
    path("work/assignments/<slug:code>/<slug:word>/", stepping.step, name="assignment-step"),
    path("work/deputies/", acting.index, name="deputies"),
    path("work/deputies/new/", acting.new, name="deputy-new"),
    path("work/deputies/<slug:code>/end/", acting.end, name="deputy-end"),
    path("work/proposals/", proposals.index, name="proposals"),
    path("work/proposals/new/", proposals.new, name="proposal-new"),
    path("work/proposals/<slug:code>/", proposals.show, name="proposal"),
    path("work/proposals/<slug:code>/change/", proposals.change, name="proposal-change"),
    path("work/proposals/<slug:code>/<slug:word>/", proposals.step, name="proposal-step"),
    path("work/readings/", readings.index, name="readings"),
    path("work/readings/<slug:code>/", readings.show, name="reading"),
]
