"""Addresses of the pages of evidence: indicators, observations, the data desk, releases.

Source: ours.
"""

from typing import Final

from django.urls import URLPattern, path

from marra.web.evidence import (
    board,
    cases,
    desk,
    entering,
    fresh,
    indicator,
    keys,
    listing,
    releases,
    returns,
    steering,
    taking,
)
from marra.web.evidence import drawing as series

pages: Final[list[URLPattern]] = [
    path("evidence/", board.show, name="indicators"),
    path("evidence/chart/<slug:name>/", series.page, name="evidence-chart-page"),
    path("evidence/chart/<slug:name>.<slug:form>", series.file, name="evidence-chart"),
    path("evidence/indicator/<str:code>/", indicator.show, name="indicator"),
    path("evidence/observations/", listing.show, name="observations"),
    path("evidence/observations/<slug:code>/file/", entering.proof, name="observation-file"),
    path("evidence/fresh/", fresh.show, name="nowcast"),
    path("data/", releases.data, name="data"),
    path("work/import/", releases.take_in, name="import"),
    path("work/import/confirm/", releases.confirm, name="import-confirm"),
    path("work/releases/", releases.releases, name="releases"),
    path("work/releases/<slug:code>/withdraw/", releases.withdraw, name="withdraw"),
    path("work/observations/new/", entering.new, name="observation-new"),
    path("work/observations/upload/", taking.upload, name="observations-upload"),
    path("work/observations/confirm/", taking.confirm, name="observations-confirm"),
    path("evidence/template.<slug:form>", taking.template, name="observations-template"),
    path("work/keys/", keys.show, name="reporting-keys"),
    path("work/desk/", desk.show, name="desk"),
    path("work/desk/<slug:code>/<int:year>/open/", desk.open_return, name="return-open"),
    path("work/desk/returns/<slug:code>/", returns.show, name="return"),
    path("work/desk/returns/<slug:code>/approve/", returns.approve, name="return-approve"),
    path("work/desk/returns/<slug:code>/send/", returns.send, name="return-send"),
    path("work/desk/returns/<slug:code>.<slug:form>", returns.file, name="return-file"),
    path("work/desk/follow/<slug:code>/", cases.follow, name="case-open"),
    path("work/desk/cases/<slug:code>/", cases.show, name="case"),
    path("work/desk/cases/<slug:code>/file/<int:number>/", cases.proof, name="case-file"),
    path(
        "work/desk/cases/<slug:code>/letter.<slug:language>.<slug:form>",
        cases.written,
        name="case-letter",
    ),
    path("work/keys/new/", keys.make, name="reporting-key-new"),
    path("work/keys/<slug:code>/end/", keys.end, name="reporting-key-end"),
    path("work/observations/<slug:code>/correct/", entering.correct, name="observation-correct"),
    path(
        "work/observations/<slug:code>/withdraw/", entering.withdraw, name="observation-withdraw"
    ),
    path("work/targets/<str:code>/", steering.target, name="target-set"),
    path("work/targets/<slug:code>/withdraw/", steering.withdraw_target, name="target-withdraw"),
    path("work/responsible/<str:code>/", steering.responsible, name="responsible-set"),
]
