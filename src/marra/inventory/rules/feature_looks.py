"""What a machine can say of a feature: whether its address opens, and what rules it keeps.

A machine never says that a feature is there: people do. It says that what they saw can still be
opened by everybody, and, for the few features that are rules themselves, whether the page keeps
them. An address that no longer opens is what an assessor of the survey would find, too.

Source: ours; codes of the survey in `features.csv`, rules in `page_checks/rules.py`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from marra.inventory.rules.features import Feature
from marra.kit.errors import Conflict
from marra.kit.text import gettext_noop

ON_PHONES: Final = ("phone.viewport", "phone.width")
IN_ORDER: Final = ("valid.syntax", "valid.ids")

RULES_OF: Final[Mapping[tuple[str, str], tuple[str, ...]]] = {
    ("osi", "071"): ON_PHONES,
    ("osi", "074"): ("ciphered.https", "ciphered.certificate"),
    ("osi", "196"): IN_ORDER,
    ("losi", "204"): ON_PHONES,
    ("losi", "208"): IN_ORDER,
    ("losi", "210"): ("accessible.axe",),
}
"""The features of which a machine can try something, with the rules that it tries."""

NOT_THE_PAGE: Final = "inventory.look-too-long"
"""A look that was stopped says nothing of the page."""


class NoAddressYet(Conflict):
    """There is nothing to look at."""

    sentence = gettext_noop(
        "No address is known for this feature. Write where it can be seen, "
        "then let a machine look."
    )


@dataclass(frozen=True, slots=True)
class Seen:
    """What a machine saw: None is not known."""

    opens: bool | None
    kept: bool | None


def seen(
    feature: Feature, status: int | None, rules: Mapping[str, bool | None], refused: str = ""
) -> Seen:
    """What a look says of a feature: its status, what its rules say, or why it was refused.

    >>> from marra.inventory.rules.features import named
    >>> seen(named("osi-074")[0], 200, {"ciphered.https": True, "ciphered.certificate": False})
    Seen(opens=True, kept=False)
    >>> seen(named("osi-010")[0], 404, {}), seen(named("osi-010")[0], None, {}, NOT_THE_PAGE)
    (Seen(opens=False, kept=None), Seen(opens=None, kept=None))
    """
    if refused == NOT_THE_PAGE:
        return Seen(None, None)
    told = [rules.get(each) for each in RULES_OF.get((feature.list, feature.code), ())]
    kept = None if None in told or not told else all(told)
    if False in told:
        kept = False
    return Seen(status is not None and status < 400, kept)
