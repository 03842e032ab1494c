"""Nothing that a reader sees is left untranslated; Cyrillic is what the rule makes of Latin."""

from importlib import import_module
from pkgutil import walk_packages

import polib
import pytest
from scripts import messages

import marra
from marra.kit.errors import Refusal


def test_every_message_is_translated_into_every_language():
    assert messages.faults() == []


def test_messages_are_collected_from_python_and_from_templates(tmp_path):
    (tmp_path / "rules.py").write_text(
        'sentence = gettext_noop("One " "sentence.")\nnote = f"{note} {_(\'Inside another.\')}"\n'
    )
    (tmp_path / "page.html").write_text(
        "  {% translate 'Save' %} {{ _(\"Back\") }}\n"
        "{% blocktranslate count n=rows|length %}{{ n }} row{% plural %}{{ n }} rows"
        "{% endblocktranslate %}{% translate 'May' context 'month' %}"
    )

    found = messages.collect(tmp_path)

    assert set(found) == {
        ("", "One sentence."),
        ("", "Inside another."),
        ("", "Save"),
        ("", "Back"),
        ("", "%(n)s row"),
        ("month", "May"),
    }
    assert found["", "%(n)s row"].plural == "%(n)s rows"


def test_a_new_message_waits_untranslated_and_an_old_one_keeps_its_translation():
    known = next(entry for entry in messages.read("uz") if entry.msgstr)
    found = {
        ("", known.msgid): messages.Message("", known.msgid),
        ("", "Quite new"): messages.Message("", "Quite new"),
    }

    catalogue = messages.updated("uz", found)

    assert {entry.msgid: entry.msgstr for entry in catalogue} == {
        known.msgid: known.msgstr,
        "Quite new": "",
    }


@pytest.mark.parametrize(
    ("message", "said", "language", "fault"),
    [
        ("Save", "", "uz", "not translated"),
        ("Place {rank}", "Oʻrin {oʻrin}", "uz", "other gaps or tags"),
        ("<a>Here</a>", "Bu yerda", "uz", "other gaps or tags"),
        ("In %(n)s %% of", "%(n)s % ida", "uz", "a percent sign that is not doubled"),
        ("Place", "O'rin", "uz", "not the official apostrophes"),
        ("Place", "Мarra", "uz", "a Cyrillic letter in Latin"),
        ("Place", "Ўрин", "ru", "not a Russian letter"),
        ("Done.", "Готово", "ru", "another closing sign"),
        ("Done", " Готово", "ru", "other blanks at the ends"),
    ],
)
def test_a_wrong_translation_is_told(message, said, language, fault):
    entry = polib.POEntry(msgid=message, msgstr=said)

    told = list(messages._faults(entry, language))

    assert [line.split(":")[0] for line in told] == [fault]


def test_too_few_plural_forms_are_told():
    entry = polib.POEntry(
        msgid="row", msgid_plural="rows", msgstr_plural={0: "строка", 1: "строки"}
    )

    assert list(messages._faults(entry, "ru")) == ["2 plural forms, not 3: row"]


def test_every_sentence_of_a_refusal_is_collected():
    names = {each.name for each in walk_packages(marra.__path__, "marra.")}
    modules = [import_module(name) for name in sorted(names - {"marra.wsgi", "marra.__main__"})]
    sentences = {
        thing.sentence
        for module in modules
        for thing in vars(module).values()
        if isinstance(thing, type) and issubclass(thing, Refusal)
    }

    assert len(sentences) > 40
    assert sentences - {text for _, text in messages.collect()} == set()
