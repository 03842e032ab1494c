"""Scenarios on pages: odds before and after, nothing lost on errors, kept, compared, exported."""

import io
import json
import re
from urllib.parse import quote

import openpyxl
import pypdf
import pytest

from marra.commission.models.plans import Scenario as Kept
from marra.evidence.queries import releases as queries
from marra.index.edition import PILLARS
from marra.index.what_if import changeable
from marra.web.charts.future import futures
from marra.web.scenario.asking import Question, answer, whole
from marra.web.scenario.sides import _cut
from tests.web.make import administrator, sign_in

pytestmark = pytest.mark.django_db

ASKED = (("osi", 0.95), ("hci", 0.9))
QUERY = "osi=0,95&hci=0.9"


def page(client, address, status=200):
    answered = client.get(f"/en/scenario/{address}")
    assert answered.status_code == status
    return answered.content.decode()


def found(*changes, place="UZB", to=30, by=2030):
    return answer(Question(place, to, by, changes or ASKED), futures())


def in_100(share):
    return f"{round(100 * share)} of 100 futures"


def test_the_odds_before_and_after_are_the_engines_own_in_both_meanings_of_the_goal(client):
    text = page(client, f"?{QUERY}")

    at = found().at(2030)
    title = f"Uzbekistan: place 30 or better in 2030 in {in_100(at.after.p_top)}"
    assert f"{title}, instead of {in_100(at.before.p_top)}" in text
    for year in (2028, 2030):
        told = found().at(year)
        assert f"Odds of place 30 in {year}, %" in text
        assert f"{told.before.rank_median} → {told.after.rank_median}" in text
        assert f"{told.after.rank_p10}–{told.after.rank_p90}" in text


def test_nothing_moved_is_the_forecast_and_offers_examples(client):
    text = page(client, "?place=KAZ")

    before = found(("osi", 0.9), place="KAZ").at(2030).before
    assert f"if nothing changes: place 30 or better in 2030 in {in_100(before.p_top)}" in text
    assert "For example:" in text
    assert "Which part carries what" not in text


def test_every_figure_of_the_country_has_a_box_and_a_slider_that_is_not_sent(client):
    text = page(client, "")

    boxes = set(re.findall(r'<input type="text" name="([a-z_.]+)"', text))
    sliders = re.findall(r'<input type="range"[^>]*>', text)
    assert boxes == set(changeable(queries.survey(2024)))
    assert len(sliders) == len(boxes)
    assert not [each for each in sliders if " name=" in each or " hidden" not in each]


def test_a_slider_shows_now_and_where_it_goes_by_itself_and_where_it_no_longer_counts(client):
    text = page(client, "")

    own = queries.survey(2024)
    now = own.pillars[own.at("UZB"), PILLARS.index("osi")]
    assert f"now {f'{now:.4f}'.replace('.', ',')}, by itself 0," in text
    assert "counts up to 120" in text
    assert 'class="beyond"' in text


def test_what_parts_carry_adds_up_on_the_page(client):
    text = page(client, f"?{QUERY}")

    for at in (found().at(2028), found().at(2030)):
        points = sum(part.points for part in at.parts)
        assert f"+{f'{points:.4f}'.replace('.', ',')}" in text


@pytest.mark.parametrize(
    ("query", "field", "words"),
    [
        ("osi=abc", "osi", "“abc” is not a number"),
        ("osi=1,2", "osi", "1,2 is outside 0 to 1"),
        ("tii.internet=101", "tii.internet", "101 is outside 0 to 100"),
    ],
)
def test_a_wrong_number_is_told_beside_its_box_and_nothing_is_lost(client, query, field, words):
    text = page(client, f"?{query}&hci=0,9", status=422)

    beside = re.search(rf'id="field-{re.escape(field)}_error">(.*?)</p>', text, re.S)[1]
    assert words in beside
    assert words in re.search(r'class="errors".*?</div>', text, re.S)[0]
    assert 'name="hci" value="0,9"' in text


def test_a_part_and_its_input_are_refused_together(client):
    text = page(client, "?tii=0,9&tii.internet=95", status=422)

    assert "Telecommunication infrastructure and Internet users are both given" in text


@pytest.mark.parametrize("query", ["by=2027", "to=0", "place=XXX", "by=later"])
def test_an_address_that_makes_no_sense_is_told_so(client, query):
    assert client.get(f"/en/scenario/?{query}").status_code in (404, 422)


def test_a_goal_that_is_no_place_stays_in_its_box_and_the_sliders_stay_where_they_were(client):
    text = page(client, f"?{QUERY}&to=999", status=422)

    assert "“999” is not a place in the ranking" in text
    assert re.search(r'id="field-to" name="to"[^>]* value="999"[^>]* aria-invalid="true"', text)
    assert re.search(r'name="osi"[^>]* value="0,95"|value="0,95"[^>]* name="osi"', text)


def test_boxes_left_empty_do_not_stand_in_the_address(client):
    answered = client.get("/en/scenario/?osi=0,9&tii=&place=UZB")

    assert answered.status_code == 302
    assert answered["Location"] == "/en/scenario/?osi=0%2C9&place=UZB"


def test_a_question_is_read_back_from_its_address():
    question = Question("KAZ", 20, 2028, (("osi", 0.95), ("tii.internet", 97.5)))

    assert whole(question.query, futures()) == question


@pytest.mark.parametrize("name", ["scenario", "scenarios"])
@pytest.mark.parametrize("form", ["svg", "png", "csv", "json", "xlsx", "pdf"])
def test_charts_are_files_too(client, name, form):
    answered = client.get(f"/uz/scenario/chart/{name}.{form}?s={quote('osi=0.95')}&s=hci%3D0.9")

    assert answered.status_code == 200
    assert len(answered.content) > 500


def test_a_chart_has_both_fans_and_the_rows_of_both(client):
    address = f"/en/scenario/chart/scenario.{{}}?{QUERY}"
    picture = client.get(address.format("svg")).content.decode()
    rows = json.loads(client.get(address.format("json")).content)["rows"]

    assert picture.count("<polygon") == 4
    last = found().at(2030)
    told = [row["rank_median"] for row in rows if row["edition"] == 2030]
    assert told == [last.before.rank_median, last.after.rank_median]
    assert client.get("/en/scenario/chart/none.svg").status_code == 404


# ── Files ────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("language", ["uz", "uz-cyrl", "ru", "en"])
def test_the_paper_says_question_answer_sources_versions_seed_and_day(client, language):
    answered = client.get(f"/{language}/scenario/file.pdf?{QUERY}")

    file = pypdf.PdfReader(io.BytesIO(answered.content))
    text = " ".join(" ".join(each.extract_text() for each in file.pages).split())
    last = found()
    assert [float(side) for side in file.pages[0].mediabox[2:]] == pytest.approx([595.28, 841.89])
    for told in ("0,9500", last.data_version, last.method_version, "30", f"1 / {len(file.pages)}"):
        assert told in text
    for each in file.pages:
        assert re.search(r"\d\d\.\d\d\.20\d\d\. ", each.extract_text())  # in the foot
    assert "http://testserver" in text.replace(" ", "")
    assert len(file.outline) == 6


def test_the_workbook_has_inputs_results_and_sources_and_runs_no_formula(client):
    answered = client.get(f"/en/scenario/file.xlsx?{QUERY}&tii.mobile=150")
    book = openpyxl.load_workbook(io.BytesIO(answered.content))

    assert book.sheetnames == ["Changes", "Editions", "Parts", "Sources"]
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f"]
    changes = {row[1]: row for row in book["Changes"].iter_rows(min_row=2, values_only=True)}
    assert changes["tii.mobile"][4:6] == (150, 120)
    heads = [cell.value for cell in book["Editions"][1]]
    assert heads[3:5] == ["Odds of place 30, 0 to 1", "Median place"]
    assert not [head for head in heads if "_" in head]
    told = dict(book["Sources"].iter_rows(min_row=2, values_only=True))
    assert told["Address"].startswith("http://testserver/en/scenario/?place=UZB&to=30&by=2030&osi")
    odds = [row[3] for row in book["Editions"].iter_rows(min_row=2, values_only=True)]
    editions = found(*ASKED, ("tii.mobile", 150.0)).editions
    assert odds == [p for at in editions for p in (at.before.p_top, at.after.p_top)]
    assert client.get("/en/scenario/file.docx").status_code == 404


# ── Kept ─────────────────────────────────────────────────────────────────────────────────────


def keep(client, title="=Better services", query=QUERY):
    made = client.post(f"/en/scenario/keep/?{query}", {"title": title})
    assert made.status_code == 302
    return re.search(r"scenario-[0-9a-f]+", made["Location"])[0]


def test_a_stranger_signs_in_before_keeping(client):
    answered = client.get(f"/en/scenario/keep/?{QUERY}")

    assert answered.status_code == 302
    assert "/sign-in/?next=" in answered["Location"]


def test_a_kept_scenario_is_shown_with_its_answer_listed_and_private(client):
    administrator(client)
    code = keep(client)

    text = page(client, f"{code}/?done=kept")
    mine = page(client, "mine/")
    client.logout()

    assert "=Better services" in text
    assert in_100(found().at(2030).after.p_top) in text
    assert "The scenario is saved." in text
    assert "Other figures stand now." not in text
    assert code in mine
    assert client.get(f"/en/scenario/{code}/").status_code == 404
    assert client.get(f"/en/scenario/file.xlsx?s={code}").status_code == 404


def test_a_kept_scenario_says_when_other_figures_stand(client):
    administrator(client)
    code = keep(client)
    row = Kept.objects.get(code=code)
    row.result["data_version"] = "of another time"
    row.save()

    assert "Other figures stand now." in page(client, f"{code}/")


def test_a_shared_one_is_read_by_its_address_until_it_is_closed(client):
    administrator(client)
    code = keep(client)
    client.post(f"/en/scenario/{code}/share/", {"public": "yes"})
    client.logout()

    text = page(client, f"{code}/")
    book = client.get(f"/en/scenario/file.xlsx?s={code}")

    assert "Who reads it" not in text
    assert book.status_code == 200
    assert not [
        cell
        for sheet in openpyxl.load_workbook(io.BytesIO(book.content))
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f"
    ]
    assert client.get(f"/en/scenario/{code}/")["Cache-Control"] == "private, no-store"
    sign_in(client, "b.boshliq")
    client.post(f"/en/scenario/{code}/share/", {"public": "no"})
    client.logout()
    assert client.get(f"/en/scenario/{code}/").status_code == 404


def test_its_owner_renames_and_archives_it(client):
    administrator(client)
    code = keep(client)

    client.post(f"/en/scenario/{code}/rename/", {"title": "Schools first"})
    renamed = page(client, f"{code}/")
    wrong = client.post(f"/en/scenario/{code}/rename/", {"title": ""})
    client.post(f"/en/scenario/{code}/archive/")

    assert "Schools first" in renamed
    assert wrong.status_code == 422
    assert "1 archived scenario" in page(client, "mine/")
    assert client.post(f"/en/scenario/{code}/archive/").status_code == 422


def test_nothing_changed_is_not_kept(client):
    administrator(client)

    answered = client.post("/en/scenario/keep/?place=UZB", {"title": "Nothing"})

    assert "Nothing is changed yet" in page(client, "keep/?place=UZB")
    assert answered.status_code == 422
    assert "Nothing is changed in this scenario" in answered.content.decode()


# ── Compared ─────────────────────────────────────────────────────────────────────────────────


def test_given_and_kept_ones_stand_side_by_side(client):
    administrator(client)
    code = keep(client, "Both")

    text = page(client, f"compare/?s={quote('osi=0.95')}&s={code}")

    best = found().at(2030).after.p_top
    assert f"“Both” has the best odds in 2030: place 30 or better in {in_100(best)}" in text
    assert "Scenario 1: Uzbekistan, OSI 0,95" in text
    assert client.get(f"/en/scenario/compare/?s={code}")["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("written", ["zzz", "http://[", "osi=abc", "osi=7", "scenario-00ff"])
def test_what_cannot_be_added_stays_in_its_box_and_the_others_stay(client, written):
    text = page(client, f"compare/?s={quote('osi=0.95')}&s={quote(written)}", status=422)

    assert "Scenario 1: Uzbekistan, OSI 0,95" in text
    assert re.search(rf'name="s" value="{re.escape(written)}"[^>]* aria-invalid="true"', text)


def test_the_address_of_the_untouched_page_is_the_focal_country_as_it_goes(client):
    text = page(client, f"compare/?s={quote('https://marra.uz/uz/scenario/')}")

    assert "nothing changes" in text
    assert "Scenario 1: Uzbekistan" in text


def test_different_goals_are_pointed_out_and_five_are_too_many(client):
    text = page(client, f"compare/?s={quote('osi=0.95')}&s={quote('osi=0.95&to=40')}")

    assert "different goals" in text
    many = "&".join(f"s={quote(f'osi=0.9{n}')}" for n in range(5))
    assert client.get(f"/en/scenario/compare/?{many}").status_code == 422


def test_a_comparison_begins_empty(client):
    assert "Two to 4 scenarios will stand here" in page(client, "compare/")


@pytest.mark.parametrize("written", ["gdp=1", "x" * 700, "osi=much", "scenario-ffff"])
def test_what_is_no_scenario_is_told_so(client, written):
    answered = client.get(f"/en/scenario/compare/?s={quote(written)}")

    assert answered.status_code in (404, 422)


def test_a_copied_address_is_cut_to_its_question():
    assert _cut("https://marra.uz/uz/scenario/?place=UZB&osi=0.9#x") == "place=UZB&osi=0.9"
    assert _cut("https://marra.uz/ru/scenario/scenario-1f2e/?done=kept") == "scenario-1f2e"
    assert _cut("osi=0.9") == "osi=0.9"
