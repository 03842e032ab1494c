"""Addresses of state bodies, their lists, and the services that become digital.

Source: ours.
"""

from django.urls import path

from marra.web.inventory import (
    app_first,
    approving,
    bodies,
    body,
    editing,
    feature,
    feature_desk,
    features,
    importing,
    overview,
    services,
    serving,
)

pages = [
    path("inventory/", overview.index, name="inventory"),
    path("inventory/approvals/<slug:code>.json", approving.document, name="approval-file"),
    path("inventory/<slug:code>/", body.show, name="inventory-body"),
    path("inventory/<slug:code>/alike/", body.alike, name="inventory-alike"),
    path("inventory/<slug:code>/list.<slug:form>", importing.file, name="inventory-file"),
    path("services-list/", services.index, name="services-list"),
    path("services-list/app-first/", app_first.index, name="app-first"),
    path("services-list/<slug:code>/", services.show, name="service"),
    path("features/", features.index, name="features"),
    path("features/next/", features.cheapest, name="features-next"),
    path("features/<slug:code>/", feature.show, name="feature"),
    path("work/features/", feature_desk.show, name="features-desk"),
    path("work/features/share/", feature.share, name="features-share"),
    path("work/features/<slug:code>/change/", feature.change, name="feature-change"),
    path("work/features/<slug:code>/assess/", feature.assess, name="feature-assess"),
    path("work/features/<slug:code>/review/", feature.review, name="feature-review"),
    path("work/bodies/new/", bodies.new, name="body-new"),
    path("work/bodies/<slug:code>/change/", bodies.change, name="body-change"),
    path("work/bodies/<slug:code>/close/", bodies.close, name="body-close"),
    path("work/bodies/<slug:code>/approve/", approving.approve, name="list-approve"),
    path("work/bodies/<slug:code>/import/", importing.upload, name="list-import"),
    path("work/bodies/<slug:code>/import/confirm/", importing.confirm, name="list-confirm"),
    path("work/bodies/<slug:code>/functions/new/", editing.function_new, name="function-new"),
    path("work/bodies/<slug:code>/processes/new/", editing.process_new, name="process-new"),
    path("work/bodies/<slug:code>/services/new/", serving.service_new, name="service-new"),
    path("work/inventory-template.<slug:form>", importing.blank, name="list-template"),
    path("work/functions/<slug:code>/", editing.function_change, name="function-change"),
    path("work/functions/<slug:code>/remove/", editing.function_remove, name="function-remove"),
    path("work/processes/<slug:code>/", editing.process_change, name="process-change"),
    path("work/processes/<slug:code>/decide/", editing.process_decide, name="process-decide"),
    path("work/processes/<slug:code>/remove/", editing.process_remove, name="process-remove"),
    path("work/services/<slug:code>/", serving.service_change, name="service-change"),
    path("work/services/<slug:code>/remove/", serving.service_remove, name="service-remove"),
    path("work/services/<slug:code>/except/", serving.service_except, name="service-except"),
]
