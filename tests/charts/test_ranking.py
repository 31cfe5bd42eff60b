"""Bars: order, the rest in one, what stands apart, and that no pound is lost between table and picture."""

from decimal import Decimal

import pytest
from built_tables import drawn_total, table, tables, total
from hypothesis import given

from dashboard.charts.ranking import Ranking
from dashboard.dimensions import COUNCIL, PROJECT, SKILL_AREA, STAGE
from dashboard.measures import (
    INCOME_ACHIEVED,
    MEDIAN_SAVING,
    PROJECTS,
    REPORTING_PROJECTS,
    SAVINGS,
    SAVINGS_ACHIEVED,
    SAVINGS_PROJECTED,
)
from dashboard.style import CLEAR, DARK, LIGHT
from dashboard.table import Setting, Table


def labels_of(figure):
    return figure["layout"]["yaxis"]["ticktext"]


def two_measures():
    rows = (
        {"skill_area": "a", "savings_achieved": Decimal(10), "income_achieved": None, "projects": 5},
        {"skill_area": "b", "savings_achieved": None, "income_achieved": Decimal(30), "projects": 5},
    )
    return Table((SKILL_AREA,), (SAVINGS_ACHIEVED, INCOME_ACHIEVED), rows)


def test_bars_stand_longest_first_and_ties_by_label():
    made = table(SKILL_AREA, SAVINGS_ACHIEVED, [("b", 5, 6), ("c", 9, 6), ("a", 5, 6)])
    assert [label[0] for label in labels_of(Ranking().draw(made, Setting()))] == ["c", "a", "b"]


def test_what_is_not_stated_stands_last_and_apart_however_large():
    made = table(SKILL_AREA, SAVINGS_ACHIEVED, [("not_stated", 90, 6), ("a", 5, 6), ("b", 4, 6), ("other", 70, 6)])
    figure = Ranking().draw(made, Setting())
    assert [label.split("\u00a0")[0] for label in labels_of(figure)] == ["a", "b", "other", "Not stated"]
    places = figure["layout"]["yaxis"]["tickvals"]
    assert places[2] - places[1] > places[1] - places[0]


def test_bars_after_the_most_are_one_bar_of_their_sum():
    made = table(SKILL_AREA, SAVINGS_ACHIEVED, [(f"a{n:02d}", 100 - n, 2) for n in range(15)])
    figure = Ranking().draw(made, Setting())
    assert labels_of(figure)[-1] == "3 others\u00a0·\u00a0n\u00a0=\u00a06"
    assert figure["data"][0]["x"][-1] == 88 + 87 + 86


def test_a_single_bar_after_the_most_keeps_its_name():
    made = table(SKILL_AREA, SAVINGS_ACHIEVED, [(f"a{n:02d}", 100 - n, 2) for n in range(13)])
    assert labels_of(Ranking().draw(made, Setting()))[-1].startswith("a12")


def test_medians_after_the_most_are_named_in_words_and_never_added_up():
    made = table(SKILL_AREA, MEDIAN_SAVING["achieved"], [(f"a{n}", Decimal(100 - n), 6) for n in range(5)])
    figure, words = Ranking(most=3).draw(made, Setting()), Ranking(most=3).describe(made, Setting())
    assert figure["data"][0]["x"] == [100.0, 99.0, 98.0]
    assert "2 rows after the first 3 are not drawn: they cannot be added up." in words.alt
    assert "a4: median saving achieved a project £96" in words.alt


def test_the_base_of_others_is_left_out_where_projects_would_count_twice():
    made = table(COUNCIL, SAVINGS_ACHIEVED, [(f"c{n:02d}", 100 - n, 2) for n in range(15)])
    assert labels_of(Ranking().draw(made, Setting()))[-1] == "3 others"


def test_chosen_examples_stand_by_label():
    made = table(SKILL_AREA, SAVINGS_ACHIEVED, [("b", 5, 6), ("c", 9, 6), ("a", 7, 6)])
    assert [label[0] for label in labels_of(Ranking().draw(made, Setting(examples=True)))] == ["a", "b", "c"]


def test_a_row_without_the_first_measure_stands_by_the_sum_of_the_others():
    figure = Ranking().draw(two_measures(), Setting())
    assert [label[0] for label in labels_of(figure)] == ["b", "a"]
    assert [trace["name"] for trace in figure["data"]] == ["Savings achieved", "Income achieved"]


def test_an_amount_that_is_not_known_has_no_bar_and_says_so():
    made = table(SKILL_AREA, SAVINGS_ACHIEVED, [("a", Decimal(5), 6), ("b", None, 6)])
    bars, notes = Ranking().draw(made, Setting())["data"]
    assert bars["x"] == [5.0]
    assert notes["text"] == ["\u00a0not known"]
    assert "b: savings achieved not known (6 projects, 6 councils)." in Ranking().describe(made, Setting()).alt


def test_zero_is_a_bar_that_says_nought_pounds():
    made = table(SKILL_AREA, SAVINGS_ACHIEVED, [("a", Decimal(0), 6)])
    assert Ranking().draw(made, Setting())["data"][0]["text"] == ["£0"]


@pytest.mark.parametrize(("stage", "pattern"), [("achieved", None), ("projected", "/"), ("identified", None)])
def test_stage_is_fill_and_never_hue(stage, pattern):
    made = table(SKILL_AREA, SAVINGS[stage], [("a", Decimal(5), 6)])
    marker = Ranking().draw(made, Setting())["data"][0]["marker"]
    assert marker.get("pattern", {}).get("shape") == pattern
    assert LIGHT.saving in (marker["color"], marker["line"].get("color"))


def test_kind_is_hue_in_both_themes():
    made = two_measures()
    for dark, colours in ((False, LIGHT), (True, DARK)):
        data = Ranking().draw(made, Setting(dark=dark))["data"]
        assert [trace["marker"]["color"] for trace in data] == [colours.saving, colours.income]


def test_bars_start_at_zero():
    made = table(SKILL_AREA, SAVINGS_ACHIEVED, [("a", Decimal(500), 6), ("b", Decimal(499), 6)])
    low, high = Ranking().draw(made, Setting())["layout"]["xaxis"]["range"]
    assert -0.01 * high < low <= 0


def test_one_trace_has_no_legend_and_two_have_one():
    one = table(SKILL_AREA, SAVINGS_ACHIEVED, [("a", Decimal(5), 6)])
    assert not Ranking().draw(one, Setting())["layout"]["showlegend"]
    assert Ranking().draw(two_measures(), Setting())["layout"]["showlegend"]


def test_amounts_and_counts_never_share_an_axis():
    rows = ({"skill_area": "a", "savings_achieved": Decimal(5), "projects": 6, "councils": 2},)
    made = Table((SKILL_AREA,), (SAVINGS_ACHIEVED, PROJECTS), rows)
    assert [trace["name"] for trace in Ranking().draw(made, Setting())["data"]] == ["Savings achieved"]
    assert "projects 6" in Ranking().describe(made, Setting()).alt


def test_made_up_data_are_marked_across_the_plot():
    made = table(SKILL_AREA, SAVINGS_ACHIEVED, [("a", Decimal(5), 6)])
    notes = Ranking().draw(made, Setting(illustrative=True))["layout"]["annotations"]
    assert [(note["text"], note["textangle"]) for note in notes] == [("ILLUSTRATIVE", -20)]


def test_text_from_data_is_escaped_in_labels_and_hover():
    made = table(PROJECT, SAVINGS_ACHIEVED, [("a", Decimal(5), 1)], {"a": "<b>$x$</b> & \x00\u202ey"})
    figure = Ranking().draw(made, Setting())
    assert labels_of(figure)[0].startswith("&lt;b&gt;&#36;x&#36;&lt;/b&gt; &amp; y")
    assert "&lt;b&gt;&#36;x&#36;&lt;/b&gt; &amp; y" in figure["data"][0]["hovertext"][0]


def test_hover_gives_the_label_the_full_amount_and_the_base():
    made = table(SKILL_AREA, SAVINGS_PROJECTED, [("a", Decimal("1234567.89"), 6)])
    text = Ranking().draw(made, Setting())["data"][0]["hovertext"][0]
    assert text == "<b>a</b><br>Savings projected: £1,234,567.89<br>6 projects, 6 councils"


MEDIAN = MEDIAN_SAVING["achieved"]


def medians() -> Table:
    rows = (
        {"skill_area": "a", MEDIAN.id: Decimal(40), f"{MEDIAN.id}_low": Decimal(10), f"{MEDIAN.id}_high": Decimal(90)},
        {"skill_area": "b", MEDIAN.id: Decimal(30), f"{MEDIAN.id}_low": None, f"{MEDIAN.id}_high": None},
    )
    return Table((SKILL_AREA,), (MEDIAN,), tuple(row | {"projects": 7, "councils": 7} for row in rows))


def test_an_interval_is_a_line_from_end_to_end_under_its_bar_and_within_the_axis():
    figure = Ranking().draw(medians(), Setting())
    bars, line = figure["data"]
    (value,), error = line["x"], line["error_x"]
    assert (value - error["arrayminus"][0], value + error["array"][0]) == (10.0, 90.0)
    assert line["y"][0] > bars["y"][0] + bars["width"] / 2
    assert figure["layout"]["xaxis"]["range"][1] >= 90
    assert bars["text"] == ["£40", "£30"]


def test_an_interval_is_said_in_hover_and_in_the_alternative_where_there_is_one():
    hovered = Ranking().draw(medians(), Setting())["data"][0]["hovertext"]
    assert ["95% interval £10 to £90" in text for text in hovered] == [True, False]
    alt = Ranking().describe(medians(), Setting()).alt
    assert "a: median saving achieved a project £40 (95% interval £10 to £90) (7 projects" in alt
    assert "b: median saving achieved a project £30 (7 projects" in alt


def stages(*numbers: int) -> Table:
    codes = ("achieved", "projected", "identified", "unclear")
    rows = tuple(
        {"stage": code, "reporting_projects": number, "projects": number, "councils": number}
        for code, number in zip(codes, numbers, strict=False)
    )
    return Table((STAGE,), (REPORTING_PROJECTS,), rows, {"stage": dict(STAGE.labels)})


def test_stages_stand_in_their_own_order_each_with_its_fill():
    figure = Ranking().draw(stages(7, 9, 8), Setting())
    assert [label.split("\u00a0")[0] for label in labels_of(figure)] == ["Achieved", "Projected", "Identified"]
    marker = figure["data"][0]["marker"]
    assert marker["pattern"]["shape"] == ["", "/", ""]
    assert marker["color"] == [LIGHT.unclear, LIGHT.unclear, CLEAR]


def test_stages_are_counted_beside_each_other_and_none_is_said_to_lead():
    words = Ranking().describe(stages(7, 9, 8), Setting())
    assert words.headline == "Projects that reported an amount: 7 achieved, 9 projected and 8 identified"


@given(made=tables(SKILL_AREA))
def test_every_pound_of_the_table_is_drawn(made):
    assert drawn_total(Ranking(most=4).draw(made, Setting()), "x") == total(made)
