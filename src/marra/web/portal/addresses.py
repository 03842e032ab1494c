"""Addresses of the catalogue, and of the work behind it.

Source: ours.
"""

from django.urls import path

from marra.web.portal import (
    applications,
    applying,
    casework,
    catalogue,
    data,
    doing,
    eligibility,
    importing,
    paying,
    results,
    work,
)

pages = [
    path("services/", catalogue.index, name="services"),
    path("services/search/", catalogue.search, name="service-search"),
    path("services.<slug:form>", data.catalogue, name="catalogue-data"),
    path("services/<slug:code>/check/", eligibility.check, name="service-check"),
    path("services/<slug:code>/apply/", applying.begin, name="service-apply"),
    path("applications/", applications.index, name="applications"),
    path("applications/<slug:code>/", applications.show, name="application"),
    path("applications/<slug:code>/fill/", applying.fill, name="application-fill"),
    path("applications/<slug:code>/fill/<str:step>/", applying.page, name="application-page"),
    path("applications/<slug:code>/withdraw/", applications.withdraw, name="application-withdraw"),
    path("applications/<slug:code>/rate/", applications.rate, name="application-rate"),
    path("applications/<slug:code>/appeal/", applications.appeal, name="application-appeal"),
    path(
        "applications/<slug:code>/files/<slug:file>/", applications.file, name="application-file"
    ),
    path(
        "work/applications/<slug:code>/files/<slug:file>/", casework.file, name="case-attachment"
    ),
    path("work/applications/", casework.index, name="casework"),
    path("work/applications/<slug:code>/", casework.show, name="case-work"),
    path("work/applications/<slug:code>/take/", casework.take, name="case-take"),
    path("work/applications/<slug:code>/give-back/", casework.give_back, name="case-give-back"),
    path("work/applications/<slug:code>/return/", casework.return_case, name="case-return"),
    path("work/applications/<slug:code>/decide/", casework.decide, name="case-decide"),
    path("work/applications/<slug:code>/say/", casework.say, name="case-say"),
    path("work/applications/<slug:code>/move/", casework.move, name="case-move"),
    path("services/<slug:code>/", catalogue.show, name="portal-service"),
    path("services/<slug:code>.<slug:form>", data.service, name="service-data"),
    path("definitions/<slug:code>.json", doing.bundle, name="definition-file"),
    path("applications/<slug:code>/pay/", paying.show, name="application-pay"),
    path("applications/<slug:code>/pay/try/", paying.stand_in, name="application-pay-try"),
    path("check/", results.ask, name="check"),
    path("check/<slug:number>/", results.check, name="result-check"),
    path("check/<slug:number>/paper.pdf", results.paper, name="result-paper"),
    path("check/<slug:number>/revoke/", results.revoke, name="result-revoke"),
    path("work/catalogue/", work.index, name="catalogue-work"),
    path("work/catalogue/new/", doing.new, name="catalogue-new"),
    path("work/catalogue/import/", importing.upload, name="passports-import"),
    path("work/catalogue/import/confirm/", importing.confirm, name="passports-confirm"),
    path("work/catalogue/amounts/", doing.base_amounts, name="base-amounts"),
    path("work/catalogue/<slug:code>/", work.show, name="catalogue-draft"),
    path("work/catalogue/<slug:code>/describe/", doing.describe, name="catalogue-describe"),
    path("work/catalogue/<slug:code>/definition/", doing.keep, name="definition-keep"),
    path("work/catalogue/<slug:code>/publish/", doing.publish, name="catalogue-publish"),
    path("work/catalogue/<slug:code>/pause/", doing.pause, name="catalogue-pause"),
    path("work/catalogue/<slug:code>/resume/", doing.resume, name="catalogue-resume"),
    path("work/catalogue/<slug:code>/withdraw/", doing.withdraw, name="catalogue-withdraw"),
]
