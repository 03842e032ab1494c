"""Uzbek in Latin letters becomes Uzbek in Cyrillic letters by rule."""

import csv
import os
import re
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marra.kit import places
from marra.language.scripts import to_cyrillic

WORDS = st.text("abdefghijklmnopqrstuvxyz", min_size=1, max_size=12)


@pytest.mark.parametrize(
    ("latin", "cyrillic"),
    [
        ("Oʻzbekiston", "Ўзбекистон"),
        ("yoʻl, yozuv, dunyo, yil, daryo", "йўл, ёзув, дунё, йил, дарё"),
        ("Yevropa, yer, obyekt, premyera", "Европа, ер, объект, премьера"),
        ("elektron, poema, koeffitsiyent", "электрон, поэма, коэффициент"),
        ("sanʼat, masʼul, meʼyor, Isʼhoq", "санъат, масъул, меъёр, Исҳоқ"),
        ("aksiya, stansiya, konsepsiya, tashkilotsiz", "акция, станция, концепция, ташкилотсиз"),
        ("pensiya, versiya, komissiya", "пенсия, версия, комиссия"),
        ("ketsa, davlatsiz", "кетса, давлатсиз"),
        ("SHAHAR, Shahar, CHOʻL, YaIDXP", "ШАҲАР, Шаҳар, ЧЎЛ, ЯИДХП"),
        ("BMTning hisoboti", "БМТнинг ҳисоботи"),
        ("kun.oy.yil", "кун.ой.йил"),
    ],
)
def test_letters_follow_the_two_alphabets(latin, cyrillic):
    assert to_cyrillic(latin) == cyrillic


def test_months_end_with_a_soft_sign_only_where_no_ending_follows():
    assert to_cyrillic("2026-yil 1-yanvar") == "2026-йил 1-январь"
    assert to_cyrillic("1-yanvardan 30-aprelgacha") == "1-январдан 30-апрелгача"
    assert to_cyrillic("Sentabr, OKTABR, may") == "Сентябрь, ОКТЯБРЬ, май"


@pytest.mark.parametrize(
    "kept",
    [
        "https://my.gov.uz/uz?a=1",
        "my.gov.uz",
        "info@stat.uz",
        "%(rank)s",
        "%d",
        "%(share).1f",
        "{country}",
        '<a class="link" href="/uz/data/">',
        "</a>",
        "&nbsp;",
        "<code>marra data status</code>",
        "`marra data`",
        "«marra data status»",
        "--json",
        "MARRA_PORT",
        "/api/v1/places/",
        "EGDI_2024.csv",
        "M49",
        "XXI",
        "CSV",
        "Windows",
        "OSI, TII, HCI, EPI",
    ],
)
def test_what_is_not_uzbek_stays_as_it_is(kept):
    assert to_cyrillic(kept) == kept
    assert to_cyrillic(f"soʻz {kept} soʻz") == f"сўз {kept} сўз"


def test_an_ending_on_a_kept_name_or_placeholder_is_cyrillic():
    assert to_cyrillic("EGDIning {rank}-oʻrni, CSVda") == "EGDIнинг {rank}-ўрни, CSVда"


def test_other_kinds_of_apostrophe_inside_a_word_are_understood():
    assert to_cyrillic("o'rin, o‘rin, ma’lumot, ma'lumot") == "ўрин, ўрин, маълумот, маълумот"


@given(WORDS)
def test_no_latin_letter_remains_in_an_uzbek_word(word):
    cyrillic = to_cyrillic(word)

    assert re.fullmatch("[а-яёўқғҳ]+", cyrillic)


@given(st.text())
def test_cyrillic_text_and_everything_without_latin_letters_is_left_alone(text):
    text = re.sub("[A-Za-z]", "", text)

    assert to_cyrillic(text) == text


def named() -> list[places.Text]:
    groups = (places.REGIONS, places.SUBREGIONS, places.INCOMES, places.STATUSES)
    names = [name for group in groups for name in group.values()]
    return names + [each.name for each in places.PLACES.values()]


@pytest.mark.parametrize("name", named(), ids=lambda name: name.en)
def test_every_name_of_a_place_is_its_latin_name_by_rule(name):
    assert to_cyrillic(name.uz) == name.uz_cyrl


def test_the_glossary_that_was_written_by_hand_in_both_scripts_is_reproduced():
    folder = os.environ.get("MARRA_REFERENCE_DATA")
    if not folder:
        pytest.skip("MARRA_REFERENCE_DATA is not set: the glossary was not compared")
    with Path(folder, "glossary.csv").open(encoding="utf-8") as file:
        rows = [(row["uz_latn"], row["uz_cyrl"]) for row in csv.DictReader(file)]

    wrong = [(latin, cyrillic) for latin, cyrillic in rows if to_cyrillic(latin) != cyrillic]

    sys.stdout.write(f"glossary: {len(rows) - len(wrong)} of {len(rows)} terms reproduced\n")
    assert (len(rows) > 200, wrong) == (True, [])
