"""Addresses of the pages. One address is one state, and the language is its first word.

Source: ours.
"""

from django.urls import path

from marra.web import about, cockpit, journal, people, problems, search, showcase, wishes
from marra.web.commission import addresses as commission
from marra.web.evidence import addresses as evidence
from marra.web.forecast import ledger, sealing, skill
from marra.web.forecast import page as forecast
from marra.web.index import chart, climbers, compare, country, edition, method, what_if
from marra.web.index import map as world
from marra.web.inventory import addresses as inventory
from marra.web.plan import drawing, export, portfolios, records
from marra.web.plan import page as plan
from marra.web.portal import addresses as portal
from marra.web.safety import addresses as safety
from marra.web.scenario import comparing, exports, keeping
from marra.web.scenario import drawing as scenario_chart
from marra.web.scenario import page as scenario

urlpatterns = [
    path("", cockpit.show, name="cockpit"),
    path("country/", country.choose, name="country-choice"),
    path("country/<str:code>/", country.show, name="country"),
    path("compare/", compare.show, name="compare"),
    path("map/", world.show, name="map"),
    path("forecast/", forecast.show, name="forecast"),
    path("forecast/skill/", skill.show, name="forecast-skill"),
    path("forecast/ledger/", ledger.index, name="ledger"),
    path("forecast/ledger/<slug:code>/", ledger.show, name="sealed-forecast"),
    path("forecast/ledger/<slug:code>.json", ledger.text, name="sealed-text"),
    path("work/seal/", sealing.seal, name="seal"),
    path("climbers/", climbers.show, name="climbers"),
    path("climbers/<str:code>-<int:since>-<int:until>/", climbers.one, name="climb"),
    path("what-if/", what_if.show, name="what-if"),
    path("scenario/", scenario.show, name="scenario"),
    path("scenario/keep/", keeping.keep, name="scenario-keep"),
    path("scenario/mine/", keeping.mine, name="scenarios"),
    path("scenario/compare/", comparing.show, name="scenario-compare"),
    path("scenario/file.<slug:form>", exports.file, name="scenario-file"),
    path("scenario/chart/<slug:name>/", scenario_chart.page, name="scenario-chart-page"),
    path("scenario/chart/<slug:name>.<slug:form>", scenario_chart.file, name="scenario-chart"),
    path("scenario/<slug:code>/", keeping.show, name="scenario-kept"),
    path("scenario/<slug:code>/rename/", keeping.rename, name="scenario-rename"),
    path("scenario/<slug:code>/share/", keeping.share, name="scenario-share"),
    path("scenario/<slug:code>/archive/", keeping.archive, name="scenario-archive"),
    path("chart/<slug:name>/", chart.page, name="chart-page"),
    path("chart/<slug:name>.<slug:form>", chart.file, name="chart"),
    path("edition/", edition.latest, name="editions"),
    path("edition/<int:year>/", edition.show, name="edition"),
    path("edition/<int:year>.<slug:form>", edition.file, name="edition-file"),
    path("method/", method.index, name="methods"),
    path("method/<int:year>/", method.show, name="method"),
    path("plan/", plan.show, name="plan"),
    path("plan/again/", plan.again, name="plan-again"),
    path("plan/plan.<slug:form>", export.file, name="plan-file"),
    path("plan/initiative/<str:code>/", plan.initiative, name="plan-initiative"),
    path("plan/chart/<slug:name>/", drawing.page, name="plan-chart-page"),
    path("plan/chart/<slug:name>.<slug:form>", drawing.file, name="plan-chart"),
    path("search/", search.show, name="search"),
    path("about/", about.show, name="about"),
    path("parts/", showcase.show, name="parts"),
    path("problems/<str:code>/", problems.explain, name="problem"),
    path("sign-in/", people.sign_in, name="sign-in"),
    path("sign-out/", people.sign_out, name="sign-out"),
    path("account/", people.account, name="account"),
    path("account/notices/", wishes.show, name="notice-wishes"),
    path("work/portfolios/", portfolios.index, name="portfolios"),
    path("work/portfolios/upload/", portfolios.upload, name="portfolio-upload"),
    path("work/portfolios/confirm/", portfolios.confirm, name="portfolio-confirm"),
    path("work/portfolios/columns/", portfolios.columns, name="portfolio-columns"),
    path("work/portfolios/template.<slug:form>", portfolios.blank, name="portfolio-template"),
    path("work/portfolios/<slug:code>/", portfolios.show, name="portfolio"),
    path("work/portfolios/<slug:code>/rename/", portfolios.rename, name="portfolio-rename"),
    path("work/portfolios/<slug:code>/readers/", portfolios.publish, name="portfolio-publish"),
    path("work/portfolios/<slug:code>/file/", portfolios.original, name="portfolio-file"),
    path("work/portfolios/<slug:code>/withdraw/", portfolios.withdraw, name="portfolio-withdraw"),
    path("work/plans/", records.index, name="plans"),
    path("work/plans/record/", records.keep, name="plan-keep"),
    path("work/plans/beside/", records.compare, name="plans-compare"),
    path("work/plans/<slug:code>/", records.show, name="plan-of"),
    path("work/plans/<slug:code>/move/", records.move, name="plan-move"),
    path("work/plans/<slug:code>/correct/", records.revise, name="plan-revise"),
    *commission.pages,
    *evidence.pages,
    *inventory.pages,
    *portal.pages,
    path("work/journal/", journal.show, name="journal"),
    *safety.pages,
    path("work/accounts/", people.accounts, name="accounts"),
    path("work/accounts/new/", people.register, name="register"),
    path("work/accounts/<slug:code>/", people.account_of, name="account-of"),
    path("work/accounts/<slug:code>/appoint/", people.appoint, name="appoint"),
    path("work/accounts/<slug:code>/dismiss/", people.dismiss, name="dismiss"),
    path("work/accounts/<slug:code>/password/", people.reset_password, name="reset-password"),
    path("work/accounts/<slug:code>/close/", people.close, name="close-account"),
]
