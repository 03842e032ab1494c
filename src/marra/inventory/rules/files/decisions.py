"""Decisions as files write them: by our word, or in the words of our languages.

Source: ours.
"""

from typing import Final

from marra.inventory.rules.things import Decision, UnknownDecision
from marra.language.fold import fold

WORDS: Final = {
    Decision.UNDECIDED: ("qaror qilinmagan", "не решено", "not decided"),
    Decision.DIGITISE: ("raqamlashtirish", "цифровизировать", "digitize", "оцифровать"),
    Decision.MERGE: ("birlashtirish", "объединить"),
    Decision.ABOLISH: ("bekor qilish", "отменить", "упразднить"),
    Decision.LEAVE: ("oʻzgarishsiz qoldirish", "оставить без изменений", "leave as it is"),
}
"""What the template and the pages call each decision."""

_BY_WORD: Final = {
    fold(word): decision for decision, words in WORDS.items() for word in (decision.value, *words)
}


def decision_of(written: str) -> Decision:
    """The decision that a cell names; refuses with `UnknownDecision`.

    >>> decision_of("Бирлаштириш").value, decision_of("leave").value
    ('merge', 'leave')
    """
    found = _BY_WORD.get(fold(written))
    if found is None:
        raise UnknownDecision(decision=written[:40])
    return found
