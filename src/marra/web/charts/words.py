"""Words that several charts share: names of measures, sources, citations.

Source: ours; terms follow the glossary of the translation files.
"""

from collections.abc import Mapping, Sequence
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from marra.index.survey import Survey
from marra.kit.places import PLACES
from marra.web.charts.canvas import width_of

MEASURE_NAMES: Final = {
    "egdi": gettext_noop("EGDI"),
    "osi": gettext_noop("Online services"),
    "tii": gettext_noop("Telecommunication infrastructure"),
    "hci": gettext_noop("Human capital"),
    "epi": gettext_noop("E-participation"),
}

INPUT_NAMES: Final = {
    "tii.internet": gettext_noop("Internet users"),
    "tii.mobile": gettext_noop("Mobile subscriptions"),
    "tii.mobile_broadband": gettext_noop("Mobile broadband"),
    "tii.fixed_broadband": gettext_noop("Fixed broadband"),
    "tii.fixed_telephone": gettext_noop("Fixed telephones"),
    "tii.affordability": gettext_noop("Price of internet access"),
    "tii.basket_fixed_broadband": gettext_noop("Price of fixed broadband"),
    "tii.basket_mobile": gettext_noop("Price of mobile data and voice"),
    "tii.fixed_internet": gettext_noop("Fixed internet subscriptions"),
    "tii.wireless_broadband": gettext_noop("Wireless broadband"),
    "tii.online_population": gettext_noop("Online population"),
    "tii.pc": gettext_noop("Computers"),
    "tii.tv": gettext_noop("Television sets"),
    "tii.unexplained": gettext_noop("Not explained by the inputs"),
    "hci.literacy": gettext_noop("Adult literacy"),
    "hci.enrolment": gettext_noop("Gross enrolment"),
    "hci.expected_years": gettext_noop("Expected years of schooling"),
    "hci.mean_years": gettext_noop("Mean years of schooling"),
    "hci.egov_literacy": gettext_noop("E-government literacy"),
    "hci.unexplained": gettext_noop("Not explained by the inputs"),
}

SHORT_NAMES: Final = {"egdi": "EGDI", "osi": "OSI", "tii": "TII", "hci": "HCI", "epi": "EPI"}


def measure(name: str) -> str:
    """The name of an index or input in the reader's language; the code where there is no name."""
    known = MEASURE_NAMES.get(name) or INPUT_NAMES.get(name)
    return _(known) if known else name


def measure_in_full(name: str) -> str:
    """The name with its abbreviation: "Online services (OSI)"."""
    if name == "egdi" or name not in SHORT_NAMES:
        return measure(name)
    return f"{measure(name)} ({SHORT_NAMES[name]})"


def fitting(name: str, room: float) -> str:
    """The name with its abbreviation where both fit, else without."""
    full = measure_in_full(name)
    return full if 1.08 * width_of(full) <= room else measure(name)


def country(code: str, language: str) -> str:
    """The name of a country in the reader's language."""
    return PLACES[code].name.into(language)


def of_100(share: float) -> str:
    """Odds as futures out of a hundred; draws show neither certainty nor impossibility."""
    if share < 0.01:
        return _("fewer than 1 of 100 futures")
    if share > 0.99:
        return _("more than 99 of 100 futures")
    return _("{n} of 100 futures").format(n=round(100 * share))


def source(years: Sequence[int]) -> str:
    """Where the figures come from."""
    span = f"{min(years)}–{max(years)}" if len(years) > 1 else f"{years[0]}"
    return _("UN DESA, E-Government Survey {span}, Data Center.").format(span=span)


def citation(title: str, surveys: Mapping[int, Survey], years: Sequence[int]) -> str:
    """How to cite the chart in a paper."""
    latest = surveys[max(years)]
    span = f"{min(years)}–{max(years)}" if len(years) > 1 else f"{years[0]}"
    return _(
        "United Nations, E-Government Survey {span}; chart “{title}”, Marra, "
        "data version {data}, edition file {edition}."
    ).format(span=span, title=title, data=latest.version, edition=latest.edition.version)
