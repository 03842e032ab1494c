"""The root of all addresses: pages under a language, the API beside them."""

from importlib.util import find_spec

from django.conf.urls.i18n import i18n_patterns
from django.urls import URLPattern, URLResolver, include, path
from django.views.generic.base import RedirectView

urlpatterns: list[URLPattern | URLResolver] = [
    path("", RedirectView.as_view(url="/uz/"), name="start"),
]

if find_spec("marra.web.urls"):
    urlpatterns += i18n_patterns(path("", include("marra.web.urls")))
