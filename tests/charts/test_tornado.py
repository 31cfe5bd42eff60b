"""Bars around a total: order, ends, the line of the total, and that every number of the table is in the drawing."""

from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.charts.tornado import Tornado
from dashboard.dimensions import ASSUMPTION, TOGETHER
from dashboard.measures import RANGES
from dashboard.style import DARK, LIGHT
from dashboard.table import Setting, Table

NAMES = dict(ASSUMPTION.labels)
ROWS = (
    ("evidence", 600, 1120),
    ("attribution", 500, 1000),
    ("persistence", 900, 1000),
    ("non_response", 1000, 1250),
    (TOGETHER, 300, 1500),
)


def made(rows=ROWS, plain=1000, kind="efficiency_saving") -> Table:
    """A table of (assumption, low, high) around a total, in thousands of pounds."""
    measures = RANGES[kind]
    found = tuple(
        {ASSUMPTION.id: name, "projects": None, "councils": None}
        | {m.id: Decimal(v) * 1000 for m, v in zip(measures, (plain, low, high), strict=True)}
        for name, low, high in rows
    )
    return Table((ASSUMPTION,), measures, found, {ASSUMPTION.id: NAMES})


def bars_of(figure):
    return [trace for trace in figure["data"] if trace["type"] == "bar"]


def names_of(figure):
    notes = [note for note in figure["layout"]["annotations"] if note.get("xref") == "paper" and note["x"] == 0]
    return [note["text"].partition(":")[0] for note in sorted(notes, key=lambda note: note["y"])]


def test_the_assumption_that_moves_the_total_most_is_on_top_and_all_together_at_the_bottom():
    figure = Tornado().draw(made(ROWS[::-1]), Setting())
    assert names_of(figure) == ["Evidence", "Attribution", "Non-response", "Persistence", "All together"]
    assert figure["layout"]["yaxis"]["range"][1] == 0, "the axis runs from the top down"


def test_all_together_is_set_apart_by_a_gap():
    places = bars_of(Tornado().draw(made(), Setting()))[0]["y"]
    steps = [after - before for before, after in pairwise(places)]
    assert steps[-1] > steps[0] == steps[1] == steps[2]


def test_each_bar_runs_from_the_total_to_its_ends():
    low, high = bars_of(Tornado().draw(made(), Setting()))
    assert low["base"] == high["base"] == [1_000_000.0] * 5
    assert [base + x for base, x in zip(low["base"], low["x"], strict=True)] == low["customdata"]
    assert [base + x for base, x in zip(high["base"], high["x"], strict=True)] == high["customdata"]
    assert low["customdata"] == [600_000.0, 500_000.0, 1_000_000.0, 900_000.0, 300_000.0]


def test_ends_are_labelled_in_pounds_but_not_where_the_bar_ends_at_the_total():
    texts = [trace["text"] for trace in Tornado().draw(made(), Setting())["data"] if trace.get("mode") == "text"]
    assert texts == [
        ["£600k\u00a0", "£500k\u00a0", "£900k\u00a0", "£300k\u00a0"],
        ["\u00a0£1.1m", "\u00a0£1.2m", "\u00a0£1.5m"],
    ]


def test_the_total_is_a_line_from_top_to_bottom_with_its_value():
    figure = Tornado().draw(made(), Setting())
    line = next(trace for trace in figure["data"] if trace.get("mode") == "lines" and "customdata" in trace)
    assert set(line["x"]) == {1_000_000.0}
    bars = bars_of(figure)[0]
    assert line["y"][0] < bars["y"][0] - bars["width"] / 2
    assert line["y"][-1] > bars["y"][-1] + bars["width"] / 2
    assert "<b>Reported: £1.0m</b>" in {note["text"] for note in figure["layout"]["annotations"]}


@pytest.mark.parametrize(("dark", "colours"), [(False, LIGHT), (True, DARK)])
def test_kind_is_hue_in_both_themes(dark, colours):
    for kind, hue in (("efficiency_saving", colours.saving), ("income_generation", colours.income)):
        figure = Tornado().draw(made(kind=kind), Setting(dark=dark))
        assert {trace["marker"]["color"] for trace in bars_of(figure)} == {hue}


def test_the_message_says_between_what_the_total_may_lie_and_what_moves_it_most():
    assert Tornado().describe(made(), Setting()).headline == (
        "Councils reported £1.0m of savings achieved: between £300k and £1.5m if all assumptions move together; "
        "evidence alone moves it most"
    )
    income = Tornado().describe(made(kind="income_generation"), Setting(illustrative=True)).headline
    assert income.startswith("ILLUSTRATIVE: Councils reported £1.0m of income achieved")


def test_hover_gives_both_ends_and_the_total_in_full():
    assert bars_of(Tornado().draw(made(), Setting()))[1]["hovertext"][0] == (
        "<b>Evidence: how well it is shown</b><br>From £600,000 to £1,120,000<br>"
        "Savings achieved, as reported: £1,000,000"
    )


def test_the_text_alternative_gives_every_assumption_with_its_ends():
    alt = Tornado().describe(made(), Setting()).alt
    assert alt.index("Evidence: how well") < alt.index("Attribution: how much") < alt.index("All together")
    assert "£500,000" in alt
    assert "project" not in alt.partition("All together")[2]


def test_without_a_range_nothing_is_drawn_and_the_words_say_what_is_missing():
    empty = made(())
    assert Tornado().draw(empty, Setting()) is None
    assert "No council reported" in Tornado().describe(empty, Setting()).headline


def test_a_total_that_nothing_moves_is_a_line_without_bars():
    figure = Tornado().draw(made([(name, 0, 0) for name in NAMES], plain=0), Setting())
    low, high = figure["layout"]["xaxis"]["range"]
    assert low < high


ENDS = st.integers(-(10**6), 10**6)


@given(ENDS, st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 10**6)), min_size=5, max_size=5))
def test_every_number_of_any_table_is_in_the_drawing(plain, swings):
    rows = [(name, plain - down, plain + up) for name, (down, up) in zip(NAMES, swings, strict=True)]
    table = made(rows, plain)
    drawn = [Decimal(v) for trace in Tornado().draw(table, Setting())["data"] for v in trace.get("customdata", [])]
    assert sorted(drawn) == sorted(row[measure.id] for row in table.rows for measure in table.measures)
