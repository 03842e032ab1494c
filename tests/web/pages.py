"""Every page of the house, for tests that visit them all."""

from typing import Final

OPEN: Final = (
    "",
    "country/UZB/",
    "country/SOM/?edition=2005",
    "compare/",
    "compare/?places=UZB,KAZ,EST,UKR",
    "map/",
    "map/?of=osi",
    "climbers/",
    "climbers/?years=2&band=40-60",
    "climbers/?place=DNK",
    "climbers/SAU-2018-2024/",
    "climbers/UZB-2004-2010/",
    "what-if/",
    "what-if/?place=UZB&edition=2024&osi=0,9",
    "scenario/",
    "scenario/?osi=0,95&hci=0,9",
    "scenario/?place=SOM&tii.mobile=130&by=2028",
    "scenario/compare/",
    "scenario/compare/?s=osi%3D0.95&s=hci%3D0.9",
    "scenario/chart/scenario/?osi=0.95",
    "chart/trend/",
    "chart/gap/",
    "edition/2024/",
    "edition/2024/?region=asia&sort=egdi",
    "edition/2024/?q=zzzz",
    "edition/2003/",
    "method/",
    "method/2024/",
    "method/2003/",
    "data/",
    "search/",
    "search/?q=guin",
    "search/?q=zzzz",
    "about/",
    "parts/",
    "problems/people.weak-password/",
    "sign-in/",
    "no-such-page/",
    "country/XXX/",
)
"""For everybody."""

WORK: Final = (
    "account/",
    "scenario/mine/",
    "scenario/keep/?osi=0.95",
    "work/import/",
    "work/releases/",
    "work/accounts/",
    "work/accounts/new/",
    "work/journal/",
    "work/journal/?deed=account.registered",
)
"""For administrators."""
