"""The root of all addresses: pages under a language, the API beside them."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import URLPattern, URLResolver, include, path
from django.views.generic.base import RedirectView

from marra.api.docs import page
from marra.api.root import api
from marra.web.problems import bad_request, broken, forbidden, in_own_language, not_found, refused

urlpatterns: list[URLPattern | URLResolver] = [
    path("", RedirectView.as_view(url="/uz/"), name="start"),
    path("n", RedirectView.as_view(pattern_name="inbox"), name="notices-short"),
    path("problems/<str:code>", in_own_language, name="problem-type"),
    path("api/v1/docs", page, name="api-docs"),
    path("api/v1/", api.urls),
    *i18n_patterns(path("", include("marra.web.urls"))),
]

handler_refusal = refused
handler400 = bad_request
handler403 = forbidden
handler404 = not_found
handler500 = broken
