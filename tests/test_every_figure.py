"""Every figure over both collections: drawing, table, words, files and a second reckoning say the same."""

import csv
import io
from decimal import Decimal
from functools import cache
from typing import Any

import oracle_answers as oracle
import plotly.graph_objects as go
import pytest

from dashboard.charts.listing import Listing
from dashboard.charts.ranking import Ranking
from dashboard.charts.rows import drawable
from dashboard.charts.tiles import Tiles
from dashboard.figure import Answer, Figure, answer
from dashboard.measures import Measure
from dashboard.outputs.files import ENDINGS, csv_of, figure_json, file_name, json_of
from dashboard.release import Release
from dashboard.selection import Selection, selection_of
from dashboard.topics import FIGURES

COLLECTIONS = ("published", "illustrative")
CLAIMS = "published-claims"
WORKS = "what-works-by-skill-area"
EVERY = [(name, collection) for name in FIGURES for collection in COLLECTIONS]
every_figure = pytest.mark.parametrize(("name", "collection"), EVERY, ids=[" of ".join(pair) for pair in EVERY])
RANGES = ("range-of-savings-achieved", "range-of-income-achieved")
"""Figures of assumptions about a total: see `test_sureness`."""
OF_RETURNS = (
    "median-saving-by-skill-area",
    "what-works-by-skill-area",
    "savings-of-the-same-projects-from-stage-to-stage",
    "savings-projected-and-achieved-by-the-same-projects",
    "income-of-the-same-projects-from-stage-to-stage",
    "delivery-rate-of-savings-by-skill-area",
    *RANGES,
)
"""Figures that chosen examples refuse."""
ANSWERED = [
    pair
    for pair in EVERY
    if pair not in {*((name, "published") for name in OF_RETURNS), (CLAIMS, "illustrative")} and pair[0] != WORKS
]
BASED = [pair for pair in ANSWERED if pair[0] not in (CLAIMS, *RANGES)]
RECKONED = [pair for pair in ANSWERED if pair[0] not in RANGES]
every_reckoned = pytest.mark.parametrize(("name", "collection"), RECKONED, ids=[" of ".join(pair) for pair in RECKONED])
every_answer = pytest.mark.parametrize(("name", "collection"), ANSWERED, ids=[" of ".join(pair) for pair in ANSWERED])

Codes = tuple[str, ...]


@pytest.fixture(scope="module")
def asked(published: Release, illustrative: Release):
    """The answer of a figure over a collection, everything selected."""
    releases = {"published": published, "illustrative": illustrative}

    @cache
    def answered(name: str, collection: str) -> Answer:
        return answer(FIGURES[name], releases[collection], Selection(collection))

    return answered


def codes(found: Answer, row: Any) -> Codes:
    return tuple(row[dimension.id] for dimension in found.table.by)


def values_of(found: Answer) -> dict[Codes, dict[str, Any]]:
    """{codes of the split: {measure: value}}, and None where a row does not know a measure."""
    return {codes(found, row): {m.id: row[m.id] for m in found.table.measures} for row in found.table.rows}


def reckoned(found: Answer, collection: str) -> dict[Codes, dict[str, Any]]:
    """The same, by the second reckoning; a measure that holds nothing is unknown, or a count of 0."""
    measures = {measure.id: measure.unit for measure in found.table.measures}
    by = tuple(dimension.id for dimension in found.table.by)
    return {
        key: {name: values.get(name, 0 if unit == "count" else None) for name, unit in measures.items()}
        for key, values in oracle.expected(collection, measures, by).items()
    }


def known(found: Answer, measure: Measure) -> list[Decimal]:
    return [Decimal(row[measure.id]) for row in found.table.rows if row[measure.id] is not None]


def pence(values: Any) -> list[Decimal]:
    return [Decimal(value).quantize(Decimal("0.01")) for value in values]


def in_words(measure: Measure, value: Any) -> str:
    if value is None:
        return "not known"
    if measure.unit == "count":
        return f"{value:,}"
    if measure.unit == "percent":
        return f"{value.quantize(Decimal('0.1')):,}%"
    return f"£{value:,.2f}" if value % 1 else f"£{value:,.0f}"


def read_csv(found: Answer) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(csv_of(found).decode("utf-8-sig"))))


@every_reckoned
def test_the_table_holds_what_a_second_reckoning_from_the_returns_gives(asked, name, collection):
    found = asked(name, collection)
    assert found.refused is None
    assert values_of(found) == reckoned(found, collection)


@pytest.mark.parametrize(("name", "collection"), BASED, ids=[" of ".join(pair) for pair in BASED])
def test_every_row_states_the_projects_and_councils_behind_it(asked, name, collection):
    found = asked(name, collection)
    by = tuple(dimension.id for dimension in found.table.by)
    bases = oracle.base(collection, [measure.id for measure in found.table.measures], by)
    stated = {codes(found, row): (row["projects"], row["councils"]) for row in found.table.rows}
    assert stated == {key: bases.get(key, (0, 0)) for key in stated}


@every_reckoned
def test_a_query_for_the_same_measures_gives_the_same_numbers(asked, name, collection):
    found = asked(name, collection)
    query = Figure("query", "Query", "", found.figure.measures, Listing(), by=found.figure.by, follows_stage=False)
    document = json_of(answer(query, found.release, found.selection))
    rows = {
        tuple(row[dimension.id] for dimension in found.table.by): {
            m.id: row[m.id] if m.unit == "count" or row[m.id] is None else Decimal(row[m.id])
            for m in found.table.measures
        }
        for row in document["rows"]
    }
    assert rows == reckoned(found, collection)


@every_answer
def test_what_is_drawn_adds_up_to_the_table_for_every_measure(asked, name, collection):
    found = asked(name, collection)
    drawing = found.drawing()
    if isinstance(found.figure.chart, Tiles | Listing):
        assert drawing is None
        return
    assert drawing is not None
    marks = [value for trace in drawing["data"] for value in trace.get("customdata", [])]
    if marks:
        assert sorted(pence(marks)) == sorted(pence(v for m in found.table.measures for v in known(found, m)))
        return
    for measure in drawable(found.table):
        assert_bars_are(found, measure, drawing)


def assert_bars_are(found: Answer, measure: Measure, drawing: dict[str, Any]) -> None:
    bars = [trace for trace in drawing["data"] if trace["type"] == "bar" and trace["name"] == measure.label]
    steps = [trace for trace in drawing["data"] if trace.get("name") == f"{measure.label}, added up"]
    dated = [row for row in found.table.rows if codes(found, row)[0] != "not_stated" and row[measure.id] is not None]
    if steps:
        assert pence(steps[0]["y"][-1:]) == pence([sum(row[measure.id] for row in dated)] if dated else [])
        return
    drawn = [Decimal(v).quantize(Decimal("0.01")) for t in bars for v in (t["x"] if "orientation" in t else t["y"])]
    if measure.adds_up:
        assert sum(drawn) == sum(known(found, measure))
    else:
        assert sorted(drawn) == sorted(pence(known(found, measure)))


def test_what_works_withholds_small_areas_and_says_where_one_project_carries_the_result(asked):
    found = asked(WORKS, "illustrative")
    whole = found.release.table(found.figure.measures, found.figure.by, found.selection)
    small = [row for row in whole.rows if row["projects"] < 5]
    assert small
    assert len(found.table.rows) + len(small) == len(whole.rows)
    assert all(
        f"{whole.label(whole.by[0], row['skill_area'])} (n = {row['projects']})" in found.caption for row in small
    )
    carried = [row for row in found.table.rows if row["largest_share_of_savings_achieved"] >= 50]
    assert carried
    assert {row["skill_area"] for row in found.table.rows if "One project carries" in row["verdict"]} == {
        row["skill_area"] for row in carried
    }
    assert [line["verdict"] for line in read_csv(found)] == [row["verdict"] for row in found.table.rows]


@every_answer
def test_plotly_takes_the_drawing_in_both_themes(asked, name, collection):
    for dark in (False, True):
        drawing = asked(name, collection).drawing(dark)
        if drawing is not None:
            assert len(go.Figure(drawing).data) == len(drawing["data"])


@every_answer
def test_the_text_alternative_names_every_row_with_every_amount(asked, name, collection):
    found = asked(name, collection)
    for row in found.table.rows:
        for measure in found.table.measures:
            assert in_words(measure, row[measure.id]) in found.words.alt


@every_answer
def test_the_csv_parses_back_to_the_same_numbers(asked, name, collection):
    found = asked(name, collection)
    parsed = {
        tuple(row[dimension.id] for dimension in found.table.by): {
            m.id: (Decimal(text) if (text := row[m.id + ENDINGS.get(m.unit, "")]) else None)
            for m in found.table.measures
        }
        for row in read_csv(found)
    }
    assert parsed == values_of(found)


@every_answer
def test_every_row_of_the_csv_carries_base_caption_and_release(asked, name, collection):
    found = asked(name, collection)
    assert len(read_csv(found)) == len(found.table.rows)
    for line, row in zip(read_csv(found), found.table.rows, strict=True):
        assert (line["caption"], line["release"]) == (found.caption, found.release.id)
        if name != CLAIMS:
            base = tuple("" if row[name] is None else str(row[name]) for name in ("projects", "councils"))
            assert (line["base_projects"], line["base_councils"]) == base


@every_answer
def test_the_same_figure_gives_the_same_bytes_twice(asked, name, collection):
    found = asked(name, collection)
    again = answer(FIGURES[name], found.release, Selection(collection))
    assert csv_of(again) == csv_of(found)


@every_figure
def test_the_caption_names_the_release_and_its_date(asked, name, collection):
    found = asked(name, collection)
    assert f"Source: Release {found.release.id} of " in found.caption


@every_figure
def test_a_figure_has_words_and_a_statistical_title_whatever_it_holds(asked, name, collection):
    found = asked(name, collection)
    assert all((found.words.headline, found.words.alt, found.statistical_title, found.caption))


@pytest.mark.parametrize("name", FIGURES)
def test_made_up_data_say_so_in_headline_alt_title_caption_file_name_and_data(asked, name):
    found = asked(name, "illustrative")
    said = (found.words.headline, found.words.alt, found.statistical_title, found.caption, file_name(found, "csv"))
    assert all("ILLUSTRATIVE" in text for text in said)
    assert figure_json(found)["illustrative"] is True
    assert all("ILLUSTRATIVE" in row["caption"] for row in read_csv(found))


@pytest.mark.parametrize("name", FIGURES)
def test_made_up_data_say_so_inside_the_drawing(asked, name):
    drawing = asked(name, "illustrative").drawing()
    if drawing is not None:
        assert "ILLUSTRATIVE" in {note["text"] for note in drawing["layout"]["annotations"]}


@pytest.mark.parametrize("name", FIGURES)
def test_real_data_never_say_illustrative(asked, name):
    found = asked(name, "published")
    assert b"ILLUSTRATIVE" not in csv_of(found)
    assert not any("ILLUSTRATIVE" in text for text in (found.words.alt, found.statistical_title, found.caption))


@pytest.mark.parametrize("name", [name for name in FIGURES if name != CLAIMS])
def test_the_published_collection_says_that_it_is_chosen_examples(asked, name):
    assert "Chosen examples: not a trend, a ranking of councils, or an average" in asked(name, "published").caption


@pytest.mark.parametrize("name", FIGURES)
def test_published_examples_are_never_said_to_lead_or_to_be_the_most(asked, name):
    headline = asked(name, "published").words.headline
    assert not any(word in headline for word in (" most", "Half of", "highest", "over half"))


def test_the_median_of_examples_is_refused_because_they_are_examples(asked):
    found = asked("median-saving-by-skill-area", "published")
    assert found.refused is not None
    assert found.refused.code == "examples_not_averaged"
    assert "examples" in found.words.headline


def test_a_release_without_claims_says_that_none_is_listed(asked):
    found = asked(CLAIMS, "illustrative")
    assert found.table.rows == ()
    assert found.drawing() is None


def test_claims_have_no_base_of_projects_and_no_sum(asked):
    found = asked(CLAIMS, "published")
    assert len(found.table.rows) == 12
    assert not found.table.based
    assert "(0 projects" not in found.words.alt
    assert "Total" not in found.words.alt


@pytest.mark.parametrize("name", [name for name in FIGURES if name not in (CLAIMS, *OF_RETURNS)])
def test_an_exported_figure_never_forgets_its_filters(published, name):
    selection = selection_of("published", None, {"council": ["E07000045"], "kind": ["efficiency_saving"]})
    found = answer(FIGURES[name], published, selection)
    said = "Restricted to Council: Teignbridge District Council; Kind: Efficiency saving."
    assert said in found.caption
    assert all(said in row["caption"] for row in read_csv(found))


def test_a_long_ranking_adds_the_rest_up_in_one_bar_of_the_same_pounds(asked):
    found = asked("savings-by-council", "illustrative")
    assert isinstance(found.figure.chart, Ranking)
    (bars,) = [trace for trace in found.drawing()["data"] if trace["type"] == "bar"]
    assert len(bars["x"]) < len(found.table.rows)
    assert sum(pence(bars["x"])) == sum(known(found, found.table.measures[0]))
