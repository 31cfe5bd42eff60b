"""Parts of a whole: shares and pounds, fills that differ without colour, and what is refused."""

from decimal import Decimal
from itertools import pairwise
from typing import Any

import plotly.graph_objects as go
import pytest
from built_tables import contrast, grid, grids, table, total
from hypothesis import given
from hypothesis import strategies as st

from dashboard.charts.part_fills import fills_of
from dashboard.charts.parts import Parts
from dashboard.charts.rows import in_full
from dashboard.charts.whole import bars_of, kinds_of_parts, round_share, why_not, with_shares
from dashboard.dimensions import CASHABILITY, EVIDENCE_GRADE, FINANCIAL_YEAR, SKILL_AREA
from dashboard.measures import INCOME_ACHIEVED, MEDIAN_SAVING, SAVINGS_ACHIEVED, SAVINGS_PROJECTED
from dashboard.measures.years import CONTINUING, NEW
from dashboard.style import CLEAR
from dashboard.table import Setting, Table

GRADES = {"sufficient": "Sufficient", "partial": "Partial", "insufficient": "Insufficient"}
PARTS = st.none() | st.just(Decimal(0)) | st.decimals("0", "1000000000", places=2)
BY_GRADE = (SKILL_AREA, EVIDENCE_GRADE)


def graded(*rows: tuple[str, Any, int], measure: Any = SAVINGS_ACHIEVED) -> Table:
    return table(EVIDENCE_GRADE, measure, rows, GRADES)


ALL_GRADES = graded(("sufficient", 500, 5), ("partial", 250, 4), ("insufficient", 150, 3), ("not_stated", 100, 9))


def of_both(rows: list[tuple[str, Any, Any]]) -> Table:
    """New and continuing savings by year."""
    made = tuple(
        {"financial_year": year, NEW[0].id: new, CONTINUING[0].id: on, "projects": 6, "councils": 6}
        for year, new, on in rows
    )
    return Table((FINANCIAL_YEAR,), (NEW[0], CONTINUING[0]), made)


def test_a_single_bar_is_all_of_the_total_and_its_legend_carries_every_number():
    figure = Parts().draw(ALL_GRADES, Setting())
    assert [trace["x"] for trace in figure["data"]] == [[50.0], [25.0], [15.0], [10.0]]
    assert [trace["base"] for trace in figure["data"]] == [[0.0], [50.0], [75.0], [90.0]]
    assert [trace["name"] for trace in figure["data"]] == [
        "Sufficient: £500, 50%",
        "Partial: £250, 25%",
        "Insufficient: £150, 15%",
        "Evidence not graded: £100, 10%",
    ]
    assert figure["layout"]["showlegend"]
    assert figure["data"][0]["text"] == ["Sufficient<br>50%<br>£500"]
    assert figure["data"][0]["hovertext"] == [
        "<b>Sufficient</b><br>Savings achieved: £500<br>50.0% of £1,000<br>5 projects, 5 councils"
    ]


def test_each_row_is_a_bar_of_its_own_whole_with_its_sum():
    made = grid(
        BY_GRADE, SAVINGS_ACHIEVED, [("a", "partial", 30, 1), ("a", "sufficient", 10, 1), ("b", "partial", 500, 1)]
    )
    figure = Parts().draw(made, Setting())
    notes = [note["text"] for note in figure["layout"]["annotations"]]
    assert notes == ["<b>b</b>\u2002£500", "<b>a</b>\u2002£40"]
    partial, sufficient = sorted(figure["data"], key=lambda trace: trace["name"])
    assert partial["x"] == [100.0, 75.0]
    assert sufficient["x"] == [25.0]
    assert sufficient["hovertext"][0].startswith("<b>a, sufficient</b>")


def test_measures_of_one_stage_and_kind_are_parts_too():
    made = of_both([("2014-15", Decimal(30), Decimal(10)), ("2015-16", Decimal(5), Decimal(15))])
    figure = Parts().draw(made, Setting())
    assert [trace["x"] for trace in figure["data"]] == [[75.0, 25.0], [25.0, 75.0]]
    assert "Councils reported £60 achieved in all: 58% new savings" in Parts().describe(made, Setting()).headline


def test_what_does_not_add_up_is_refused_with_the_reason():
    medians = graded(("sufficient", 5, 5), ("partial", 7, 5), measure=MEDIAN_SAVING["achieved"])
    figure = Parts().draw(medians, Setting())
    assert figure["data"] == []
    (note,) = figure["layout"]["annotations"]
    assert "Median saving achieved a project does not add up" in note["text"].replace("<br>", " ")
    assert "does not add up" in Parts().describe(medians, Setting()).alt


def test_a_part_below_zero_is_refused_and_named():
    below = graded(("sufficient", 500, 5), ("partial", -20, 5))
    assert why_not(below) == "Partial is below zero (−£20)."
    assert Parts().draw(below, Setting())["data"] == []


def test_more_than_four_parts_are_refused():
    five = table(SKILL_AREA, SAVINGS_ACHIEVED, [(f"area_{number}", 5, 5) for number in range(5)])
    assert why_not(five) == "There are 5 parts; at most 4 can be told apart."
    four = table(SKILL_AREA, SAVINGS_ACHIEVED, [(f"area_{number}", 5, 5) for number in range(4)])
    assert why_not(four) == ""


@pytest.mark.parametrize("other", [INCOME_ACHIEVED, SAVINGS_PROJECTED], ids=["income", "another stage"])
def test_kinds_and_stages_are_never_parts_of_one_whole(other):
    rows = ({"skill_area": "a", SAVINGS_ACHIEVED.id: Decimal(1), other.id: Decimal(1), "projects": 1, "councils": 1},)
    assert "never added" in why_not(Table((SKILL_AREA,), (SAVINGS_ACHIEVED, other), rows))


def test_evidence_runs_from_dark_to_light_and_what_is_not_graded_is_an_outline():
    fills = fills_of(kinds_of_parts(ALL_GRADES), "efficiency_saving", dark=False)
    colours = [fills[grade].marker["color"] for grade in GRADES]
    apart = [contrast(colour, "#FFFFFF") for colour in colours]
    assert apart == sorted(apart, reverse=True)
    assert fills["not_stated"].marker["color"] == CLEAR
    assert fills["not_stated"].marker["line"]["width"] > 0


def test_other_parts_differ_by_pattern_and_what_is_unclear_is_dotted():
    made = table(CASHABILITY, SAVINGS_ACHIEVED, [("cashable", 5, 5), ("non_cashable", 3, 5), ("unclear", 2, 5)])
    fills = fills_of(kinds_of_parts(made), "efficiency_saving", dark=False)
    shapes = {code: fill.marker.get("pattern", {}).get("shape") for code, fill in fills.items()}
    assert shapes == {"cashable": None, "non_cashable": "/", "unclear": "."}


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("kind", ["efficiency_saving", "income_generation", None])
def test_labels_are_legible_on_every_fill_and_faint_fills_have_an_outline(kind, dark):
    card = "#171E26" if dark else "#FFFFFF"
    for dimension, codes in ((EVIDENCE_GRADE, [*GRADES, "not_stated"]), (CASHABILITY, ["a", "b", "c", "d", "unclear"])):
        made = table(dimension, SAVINGS_ACHIEVED, [(code, 1, 1) for code in codes])
        for fill in fills_of(kinds_of_parts(made)[:5], kind, dark).values():
            pattern = fill.marker.get("pattern", {"bgcolor": fill.marker["color"], "fgcolor": fill.marker["color"]})
            for ground in (pattern["bgcolor"], pattern["fgcolor"]):
                assert contrast(fill.ink, card if ground == CLEAR else ground) >= 4.5
            edges = (fill.marker["line"]["color"], card if fill.marker["color"] == CLEAR else fill.marker["color"])
            assert max(contrast(edge, card) for edge in edges) >= 3


def test_an_unknown_part_is_named_and_takes_no_room():
    made = graded(("sufficient", 500, 5), ("partial", None, 1))
    figure = Parts().draw(made, Setting())
    assert [trace["x"] for trace in figure["data"]] == [[100.0]]
    assert "£500; not known: Partial" in figure["layout"]["annotations"][0]["text"]
    assert "Partial not known" in Parts().describe(made, Setting()).alt


def test_a_whole_of_nothing_has_no_shares():
    made = graded(("sufficient", 0, 5), ("partial", 0, 1))
    assert {share["share"] for share in with_shares(made).rows} == {""}
    assert Parts().describe(made, Setting()).headline == "Councils reported £0 achieved"
    assert Parts().draw(graded(("sufficient", None, 5)), Setting()) is None


def test_a_share_never_rounds_to_none_or_all_of_the_whole():
    assert [round_share(Decimal(text)) for text in ("0", "0.2", "49.6", "99.9", "100")] == [
        "0%",
        "under 1%",
        "50%",
        "over 99%",
        "100%",
    ]


def test_the_headline_says_what_the_whole_is_made_of():
    assert Parts().describe(ALL_GRADES, Setting()).headline == (
        "Councils reported £1k achieved; by evidence grade: 50% sufficient, 25% partial, 15% insufficient and "
        "10% evidence not graded"
    )


def test_the_table_gets_the_shares_of_each_row_within_its_whole():
    assert [row["share"] for row in with_shares(ALL_GRADES).rows] == ["50.0%", "25.0%", "15.0%", "10.0%"]
    assert with_shares(ALL_GRADES).details == (("share", "Share of the total"),)
    made = grid(
        BY_GRADE, SAVINGS_ACHIEVED, [("a", "partial", 30, 1), ("a", "sufficient", 10, 1), ("b", "partial", 7, 1)]
    )
    assert [row["share"] for row in with_shares(made).rows] == ["75.0%", "25.0%", "100.0%"]
    assert with_shares(made).details == (("share", "Share within its skill area"),)


def test_a_table_that_is_no_whole_gets_no_shares():
    below = graded(("sufficient", 500, 5), ("partial", -20, 5))
    assert with_shares(below) is below


@given(made=grids(BY_GRADE, tuple(GRADES), amounts=PARTS), dark=st.booleans())
def test_every_amount_is_one_part_to_the_penny(made, dark):
    figure = Parts().draw(made, Setting(dark))
    marks = [mark for trace in figure["data"] for mark in trace["customdata"]] if figure else []
    assert sum((Decimal(mark).quantize(Decimal("0.01")) for mark in marks), Decimal(0)) == total(made)
    assert not figure or go.Figure(figure).data


@given(made=grids(BY_GRADE, tuple(GRADES), amounts=PARTS))
def test_parts_lie_end_to_end_and_fill_their_bar(made):
    for bar in bars_of(made, Setting()):
        shares = [share for part in bar.parts if (share := bar.share(part)) is not None]
        assert not shares or abs(sum(shares) - 100) < Decimal("1e-20")
    figure = Parts().draw(made, Setting())
    ends: dict[float, list[tuple[float, float]]] = {}
    for trace in figure["data"] if figure else ():
        for middle, start, size in zip(trace["y"], trace["base"], trace["x"], strict=True):
            ends.setdefault(middle, []).append((start, start + size))
    for pieces in ends.values():
        pieces.sort()
        assert all(one[1] == pytest.approx(other[0]) for one, other in pairwise(pieces))


@given(made=grids(BY_GRADE, tuple(GRADES)))
def test_the_alternative_carries_every_amount_whether_drawn_or_refused(made):
    alt = Parts().describe(made, Setting()).alt
    if Parts().draw(made, Setting()) is not None:
        assert all(in_full(SAVINGS_ACHIEVED, row[SAVINGS_ACHIEVED.id]) in alt for row in made.rows)
