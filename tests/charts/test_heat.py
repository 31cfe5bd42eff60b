"""Grids of cells: gaps, what is not stated, what is no amount, legible steps, and that no pound is lost."""

from decimal import Decimal
from typing import Any

import plotly.graph_objects as go
import pytest
from built_tables import AMOUNT, YEARS, contrast, grid, grids, luminance, total
from hypothesis import given
from hypothesis import strategies as st

from dashboard.charts.heat import BELOW, NO_LINE, UNKNOWN, ZERO, Heat
from dashboard.charts.rows import in_full
from dashboard.charts.shades import RAMPS, ink_on, ramp, step_of, steps_of, stripe_on
from dashboard.dimensions import EVIDENCE_GRADE, FINANCIAL_YEAR, GRANT_YEAR, SKILL_AREA
from dashboard.measures import INCOME_ACHIEVED, MEDIAN_SAVING, SAVINGS_ACHIEVED, SAVINGS_IDENTIFIED, SAVINGS_PROJECTED
from dashboard.style import CLEAR, DARK, LIGHT
from dashboard.table import Setting, Table

AREAS_AND_YEARS = (SKILL_AREA, FINANCIAL_YEAR)
THEMES = pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])


def areas(*cells: tuple[str, str, Any, int], measure: Any = SAVINGS_ACHIEVED, **labels: str) -> Table:
    return grid(AREAS_AND_YEARS, measure, cells, {"skill_area": labels})


GAPPED = areas(
    ("a", "2014-15", 100, 6),
    ("a", "2017-18", 900, 2),
    ("b", "2014-15", None, 1),
    ("b", "not_stated", 4000, 3),
    ("not_stated", "2015-16", 0, 1),
    ("other", "2015-16", -50, 1),
)


def cells_of(figure: dict[str, Any]) -> dict[str, str]:
    """{first line under the pointer: what is written in the cell}."""
    return {
        hover.split("<br>")[0].removeprefix("<b>").removesuffix("</b>"): text
        for trace in figure["data"]
        for hover, text in zip(trace["hovertext"], trace["text"], strict=True)
    }


def trace_of(figure: dict[str, Any], name: str) -> dict[str, Any]:
    return next(trace for trace in figure["data"] if trace["name"] == name)


def labels_above(figure: dict[str, Any]) -> list[str]:
    return [note["text"] for note in figure["layout"]["annotations"] if "<b>" in note["text"]]


def test_every_row_crosses_every_year_from_the_first_to_the_last():
    figure = Heat().draw(GAPPED, Setting())
    headings = figure["layout"]["xaxis"]["ticktext"]
    assert headings == ["2014-<br>15", "2015-<br>16", "2016-<br>17", "2017-<br>18", "Year<br>not<br>stated"]
    assert len(cells_of(figure)) == 4 * 5


def test_zero_unknown_negative_and_unreported_are_four_different_marks():
    figure = Heat().draw(GAPPED, Setting())
    written = {name: trace_of(figure, name)["text"] for name in (ZERO, UNKNOWN, BELOW, NO_LINE)}
    assert (written[ZERO], written[UNKNOWN], written[BELOW]) == (["£0"], ["?"], ["−£50"])
    assert set(written[NO_LINE]) == {""}
    assert all(trace_of(figure, name)["marker"]["color"] == CLEAR for name in written)
    widths = {name: trace_of(figure, name)["marker"]["line"]["width"] for name in written}
    assert widths[BELOW] > max(widths[ZERO], widths[NO_LINE])


def test_a_cell_that_no_line_reports_says_so_and_has_no_amount():
    trace = trace_of(Heat().draw(GAPPED, Setting()), NO_LINE)
    assert "<b>a, 2016-17</b><br>No amount reported" in trace["hovertext"]
    assert "customdata" not in trace


def test_what_is_not_stated_stands_last_and_apart_in_both_directions():
    figure = Heat().draw(GAPPED, Setting())
    across = figure["layout"]["xaxis"]["tickvals"]
    assert across[-1] - across[-2] > across[1] - across[0]
    down = figure["layout"]["yaxis"]["tickvals"]
    assert [label.split("<br>")[0] for label in figure["layout"]["yaxis"]["ticktext"]] == [
        "b",
        "a",
        "other",
        "Not stated",
    ]
    assert down[2] - down[1] > down[1] - down[0] == down[3] - down[2]


def test_rows_stand_largest_first_but_chosen_examples_by_label():
    assert [label[0] for label in Heat().draw(GAPPED, Setting())["layout"]["yaxis"]["ticktext"][:2]] == ["b", "a"]
    examples = Heat().draw(GAPPED, Setting(examples=True))
    assert [label[0] for label in examples["layout"]["yaxis"]["ticktext"][:2]] == ["a", "b"]


def test_years_down_stand_in_order_with_what_they_are_the_year_of():
    made = grid(
        (GRANT_YEAR, FINANCIAL_YEAR), SAVINGS_ACHIEVED, [("2012-13", "2013-14", 1, 1), ("2014-15", "2014-15", 9, 1)]
    )
    labels = Heat().draw(made, Setting())["layout"]["yaxis"]["ticktext"]
    assert [label.replace("<br>", " ") for label in labels] == [
        "Year of grant 2012-13 £1",
        "Year of grant 2013-14",
        "Year of grant 2014-15 £9",
    ]


def test_labels_stand_above_the_rows_where_a_phone_has_no_room_beside_them():
    wide = areas(*(("a", year, 1_000_000, 6) for year in YEARS[:8]), a="Contract renegotiation")
    figure = Heat().draw(wide, Setting())
    assert labels_above(figure) == ["<b>Contract renegotiation</b>\u2002£8.0m"]
    assert figure["layout"]["yaxis"]["visible"] is False
    assert labels_above(Heat().draw(GAPPED, Setting())) == []


def test_many_years_are_shortened_and_their_values_may_stand_upright():
    many = areas(*(("a", year, 1_000_000, 6) for year in (*YEARS[:12], "not_stated")))
    figure = Heat().draw(many, Setting())
    assert figure["layout"]["xaxis"]["ticktext"][0] == "10-11"
    assert figure["layout"]["xaxis"]["ticktext"][-1] == "Not<br>stated"
    assert {trace.get("textangle") for trace in figure["data"]} == {None}
    assert {trace.get("textangle") for trace in Heat().draw(GAPPED, Setting())["data"]} == {0}


def test_the_sum_of_a_row_is_left_out_where_the_measure_does_not_add_up():
    made = areas(("a", "2014-15", 5, 6), ("a", "2015-16", 7, 6), measure=MEDIAN_SAVING["achieved"])
    assert Heat().draw(made, Setting())["layout"]["yaxis"]["ticktext"] == ["a"]
    alt = Heat().describe(made, Setting()).alt
    assert "in all" not in alt
    assert "Total" not in alt


def test_no_word_of_a_label_or_heading_is_broken():
    made = grid((SKILL_AREA, EVIDENCE_GRADE), SAVINGS_ACHIEVED, [("a", "insufficient", 5, 6), ("a", "partial", 5, 6)])
    made = Table(
        made.by,
        made.measures,
        made.rows,
        {"skill_area": {"a": "Commercialisationing"}, "evidence_grade": {"insufficient": "Insufficient"}},
    )
    figure = Heat().draw(made, Setting())
    assert "Insufficient" in figure["layout"]["xaxis"]["ticktext"]
    assert figure["layout"]["yaxis"]["ticktext"] == ["Commercialisationing<br>£10"]


def test_labels_from_data_are_shown_as_typed():
    named = Heat().draw(areas(("a", "2014-15", 5, 6), a="<b>$x$ & co"), Setting())
    assert "&lt;b&gt;&#36;x&#36; &amp; co" in named["layout"]["yaxis"]["ticktext"][0].replace("<br>", " ")


@THEMES
def test_projected_cells_are_hatched_and_identified_ones_are_frames(dark):
    cells = [("a", "2014-15", 10, 6), ("a", "2015-16", 900, 6)]
    projected = Heat().draw(areas(*cells, measure=SAVINGS_PROJECTED), Setting(dark))["data"]
    assert {trace["marker"]["pattern"]["shape"] for trace in projected} == {"/"}
    identified = Heat().draw(areas(*cells, measure=SAVINGS_IDENTIFIED), Setting(dark))["data"]
    assert {trace["marker"]["color"] for trace in identified} == {CLEAR}
    assert len({trace["marker"]["line"]["color"] for trace in identified}) == 2
    assert "pattern" not in Heat().draw(areas(*cells), Setting(dark))["data"][0]["marker"]


def test_income_is_orange_and_savings_are_blue():
    (income,) = Heat().draw(areas(("a", "2014-15", 10, 6), measure=INCOME_ACHIEVED), Setting())["data"]
    (saving,) = Heat().draw(areas(("a", "2014-15", 10, 6)), Setting())["data"]
    assert income["marker"]["color"] in RAMPS["income_generation"][0]
    assert saving["marker"]["color"] in RAMPS["efficiency_saving"][0]


@THEMES
@pytest.mark.parametrize("kind", RAMPS)
def test_values_are_legible_on_every_step_and_on_its_stripes(kind, dark):
    for place, colour in enumerate(ramp(kind, dark)):
        assert contrast(ink_on(place, dark), colour) >= 4.5
        assert contrast(ink_on(place, dark), stripe_on(place, kind, dark)) >= 4.5


@pytest.mark.parametrize("kind", RAMPS)
def test_the_most_stands_out_most_from_the_page_in_both_themes(kind):
    for dark, card in ((False, LIGHT.card), (True, DARK.card)):
        apart = [contrast(colour, card) for colour in ramp(kind, dark)]
        assert apart == sorted(apart)
        assert apart[-1] > 7
    assert luminance(ramp(kind, False)[-1]) < luminance(ramp(kind, True)[-1])


@given(values=st.lists(st.decimals("-1000", "100000000", places=2), max_size=40))
def test_steps_part_all_amounts_above_zero_and_none_of_them_is_empty(values):
    steps = steps_of(values)
    positive = [value for value in values if value > 0]
    assert len(steps) <= 5
    assert {step_of(value, steps) for value in positive} == set(steps)
    for value in positive:
        step = step_of(value, steps)
        assert step.over is None or value > step.over
        assert step.upto is None or value <= step.upto
    assert [step.place for step in steps] == sorted({step.place for step in steps})


def test_the_legend_gives_the_steps_in_pounds():
    values = [Decimal(value) for value in (10_000, 40_000, 90_000, 300_000, 2_500_000)]
    words = [step.words(SAVINGS_ACHIEVED) for step in steps_of(values)]
    assert words == ["Up to £10k", "£10k to £50k", "£50k to £100k", "£100k to £500k", "Over £500k"]


def test_the_headline_names_the_cell_with_most_of_those_with_five_projects():
    made = areas(("a", "2014-15", 100, 5), ("b", "2015-16", 900, 2), ("b", "not_stated", 3000, 9), a="Assets")
    assert Heat().describe(made, Setting()).headline == (
        "Where five projects or more reported, Assets in 2014-15 have achieved most: £100 from 5 projects, "
        "2% of the total; £3k stands under “Year not stated”"
    )


def test_a_share_is_left_out_where_one_cell_is_below_zero():
    made = areas(("a", "2014-15", 100, 5), ("a", "2015-16", -10, 5))
    words = Heat().describe(made, Setting())
    assert words.headline == "a in 2014-15 has achieved most: £100 from 5 projects"
    assert not any(
        "of the total" in text for trace in Heat().draw(made, Setting())["data"] for text in trace["hovertext"]
    )


def test_cells_of_few_projects_are_not_ranked():
    made = areas(("a", "2014-15", 100, 4), ("b", "2015-16", 900, 2))
    headline = Heat().describe(made, Setting()).headline
    assert headline == "Councils reported £1k achieved; each cell has fewer than five projects"


def test_chosen_examples_are_neither_ranked_nor_said_to_rise():
    made = areas(("a", "2014-15", 100, 6), ("b", "2015-16", 900, 6))
    assert Heat().describe(made, Setting(examples=True)).headline == "Councils reported £1k achieved in these examples"


def test_of_years_councils_report_and_the_year_has_not_achieved():
    made = grid(
        (GRANT_YEAR, FINANCIAL_YEAR), SAVINGS_ACHIEVED, [("2012-13", "2013-14", 10, 6), ("2013-14", "2013-14", 4, 6)]
    )
    assert Heat().describe(made, Setting()).headline == (
        "Councils reported most achieved for year of grant 2012-13 in 2013-14: £10 from 6 projects, 71% of the total"
    )


def test_the_alternative_names_years_that_nobody_reported():
    alt = Heat().describe(GAPPED, Setting()).alt
    assert "a: 2014-15 £100 (6 projects, 6 councils); 2017-18 £900 (2 projects, 2 councils); £1,000 in all." in alt
    assert "No amount reported: 2016-17." in alt
    assert "1 row: savings achieved not known." in alt


def test_a_grid_that_knows_no_amount_is_not_drawn():
    unknown = areas(("a", "2014-15", None, 1))
    assert Heat().draw(unknown, Setting()) is None
    assert Heat().describe(unknown, Setting()).headline == "No council reported an amount achieved in this selection"


@given(made=grids(AREAS_AND_YEARS), dark=st.booleans())
def test_every_amount_of_the_table_is_one_cell_to_the_penny(made, dark):
    figure = Heat().draw(made, Setting(dark))
    marks = [mark for trace in figure["data"] for mark in trace.get("customdata", [])] if figure else []
    assert sum((Decimal(mark).quantize(Decimal("0.01")) for mark in marks), Decimal(0)) == total(made)
    assert len(marks) == sum(row[SAVINGS_ACHIEVED.id] is not None for row in made.rows)
    assert not figure or go.Figure(figure).data


@given(made=grids((SKILL_AREA, EVIDENCE_GRADE), ("sufficient", "partial"), amounts=AMOUNT))
def test_the_alternative_carries_every_amount(made):
    alt = Heat().describe(made, Setting()).alt
    if Heat().draw(made, Setting()) is not None:
        assert all(in_full(SAVINGS_ACHIEVED, row[SAVINGS_ACHIEVED.id]) in alt for row in made.rows)
