"""Whether the text of a page is plain.

Source: ours; thresholds and phrases stand in `plain_language.toml`.
"""

from collections.abc import Iterator, Sequence
from typing import Final

from marra.inventory.rules.page_checks.facts import Found, bad, good, not_run
from marra.inventory.rules.plain_language import Plainness, language_of, limits, measure
from marra.kit.text import gettext_noop

MOST: Final = 300_000
"""Letters that are counted; a service that tells more has another trouble."""

RULES: Final = ("text.sentences", "text.long-words", "text.office-words")
TOO_LITTLE = gettext_noop(
    "The page has {words} words to read, too few to judge. Look at it by person."
)
NO_LANGUAGE = gettext_noop("The language of the text is not known, so it was not counted.")


def wording(blocks: Sequence[str]) -> Iterator[Found]:
    """What is found in the words of a page."""
    kept: list[str] = []
    for each in blocks:
        if sum(map(len, kept)) > MOST:
            break
        kept.append(each)
    language = language_of("\n".join(kept))
    if not language:
        yield from (not_run(rule, NO_LANGUAGE) for rule in RULES)
        return
    found = measure(kept, language)
    if not found.is_enough:
        yield from (not_run(rule, TOO_LITTLE, words=found.words) for rule in RULES)
        return
    yield from _sentences(found)
    yield _long_words(found)
    yield from _office(found)


def _sentences(found: Plainness) -> Iterator[Found]:
    mean = round(found.words_in_sentence, 1)
    facts: dict[str, float] = {
        "mean": mean,
        "most": limits().words_in_sentence,
        "words": found.words,
    }
    if found.words_in_sentence > limits().words_in_sentence:
        told = gettext_noop(
            "A sentence has {mean} words on average; {most} are enough. Part the long ones."
        )
        yield bad("text.sentences", told, **facts)
    for each in found.longest:
        told = gettext_noop("This sentence has more than {longest} words. Part it.")
        yield bad("text.sentences", told, each[:500], longest=limits().longest_sentence)
    if found.words_in_sentence <= limits().words_in_sentence and not found.longest:
        told = gettext_noop("A sentence has {mean} words on average, over {words} words.")
        yield good("text.sentences", told, **facts)


def _long_words(found: Plainness) -> Found:
    facts = {
        "share": round(100 * found.long_share),
        "most": round(100 * limits().long_share),
        "letters": limits().long_word,
    }
    if found.long_share <= limits().long_share:
        told = gettext_noop("{share} % of the words have more than {letters} letters.")
        return good("text.long-words", told, **facts)
    told = gettext_noop(
        "{share} % of the words have more than {letters} letters; {most} % are enough."
    )
    return bad("text.long-words", told, ", ".join(found.long_words)[:500], **facts)


def _office(found: Plainness) -> Iterator[Found]:
    for each in found.office:
        told = gettext_noop("Instead of “{phrase}” write: {better}.")
        yield bad("text.office-words", told, each.sentence, phrase=each.phrase, better=each.better)
    if not found.office:
        yield good("text.office-words", gettext_noop("None of the phrases on the list is there."))
