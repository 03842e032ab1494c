"""Addresses of the catalogue, and of the work behind it.

Source: ours.
"""

from django.urls import path

from marra.web.portal import catalogue, data, doing, importing, results, work

pages = [
    path("services/", catalogue.index, name="services"),
    path("services/search/", catalogue.search, name="service-search"),
    path("services.<slug:form>", data.catalogue, name="catalogue-data"),
    path("services/<slug:code>/", catalogue.show, name="portal-service"),
    path("services/<slug:code>.<slug:form>", data.service, name="service-data"),
    path("definitions/<slug:code>.json", doing.bundle, name="definition-file"),
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
