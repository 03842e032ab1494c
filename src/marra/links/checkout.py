"""Where a payer is sent: the pages of Payme and Click, and a stand-in that behaves like them.

A system is offered once its key is set. With none set, the stand-in offers to pay, and says on
its page that no money moves; its calls go the same way as those of the real ones.

Source: Payme checkout (base64 of parameters) and Click (parameters in the address), recalled from
third-party clients; to be held against the owners' documents before production.
"""

import base64
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

from django.conf import settings

from marra.portal.rules.charges import TIYIN, System

PAYME: Final = "https://checkout.paycom.uz/"
CLICK: Final = "https://my.click.uz/services/pay"


@dataclass(frozen=True, slots=True)
class Offer:
    """A way to pay."""

    system: System
    name: str
    address: str


def offers(code: str, amount: int, back: str) -> tuple[Offer, ...]:
    """The systems that can be paid through here; none where only the stand-in is left."""
    found = []
    if settings.PAYME_KEY:
        told = f"m={settings.PAYME_MERCHANT};ac.charge={code};a={amount};c={back}"
        address = PAYME + base64.b64encode(told.encode()).decode()
        found.append(Offer(System.PAYME, "Payme", address))
    if settings.CLICK_SECRET:
        query = {
            "service_id": settings.CLICK_SERVICE,
            "merchant_id": settings.CLICK_MERCHANT,
            "amount": f"{amount // TIYIN}.{amount % TIYIN:02d}",
            "transaction_param": code,
            "return_url": back,
        }
        found.append(Offer(System.CLICK, "Click", f"{CLICK}?{urlencode(query)}"))
    return tuple(found)


def is_stand_in() -> bool:
    """Whether no system of payments is set up."""
    return not (settings.PAYME_KEY or settings.CLICK_SECRET)
