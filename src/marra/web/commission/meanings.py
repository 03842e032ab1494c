"""What each answer to a question of reading means, in a sentence.

Source: ours; the questions stand in marra.commission.rules.readings.
"""

from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext_noop

from marra.commission.rules.readings import AS_A_RULE, AUTOMATION, BY_2030, GROUPS_AND_TASKS

ANSWERS: Final[Mapping[str, Mapping[str, str]]] = {
    BY_2030: {
        "2030": gettext_noop("the 2030 edition, which bears the year's name"),
        "2028": gettext_noop("the 2028 edition, the last that is surely out when 2030 begins"),
    },
    AUTOMATION: {
        "share": gettext_noop("the share of services that are automated in full"),
        "mean": gettext_noop("the mean level of automation over all services"),
    },
    AS_A_RULE: {
        "all": gettext_noop(
            "every new service comes first in the application, but for recorded exceptions"
        ),
        "most": gettext_noop("at least half of the new services come first in the application"),
    },
    GROUPS_AND_TASKS: {
        "many": gettext_noop("a group may have several tasks, and a task several groups"),
        "one": gettext_noop("each group has exactly one task"),
    },
}
"""By question and answer; each ends the sentence "it means …"."""

WHY: Final[Mapping[str, str]] = {
    BY_2030: gettext_noop(
        "The survey appears every other year, in the second half of it. Pages always show both "
        "answers; the reading says which of them stands first."
    ),
    AUTOMATION: gettext_noop(
        "The text says “level of automation”, and not of what. Both ways of counting are kept; "
        "the reading says which of them is compared with the target."
    ),
    AS_A_RULE: gettext_noop(
        "“As a rule” allows exceptions, and the text does not say how many. The reading sets the "
        "share of new services that meets the obligation."
    ),
    GROUPS_AND_TASKS: gettext_noop(
        "The text names five groups and five tasks, and does not say that each group has one."
    ),
}
"""By question: why it is one, and what its answer changes."""
