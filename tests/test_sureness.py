"""The range of a total: worked by hand, wider where evidence is weaker, and ranked by what moves it most."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_returns import line, selected

from dashboard.dimensions import DIMENSIONS
from dashboard.figure import answer
from dashboard.measures import MEASURES, RANGES
from dashboard.selection import Selection, selection_of
from dashboard.sureness import ASSUMPTIONS, NAMES, TOGETHER, Cell, Silence, ranges
from dashboard.topics import FIGURES, TOPICS

GRADES = ["sufficient", "partial", "insufficient", "not_graded"]
NOBODY = Silence(0, None)
CELLS = st.lists(
    st.builds(
        Cell,
        st.sampled_from(GRADES),
        st.none() | st.decimals(0, 100, places=2),
        st.sampled_from(["new", "continuing", "not_stated"]),
        st.decimals(-(10**7), 10**9, places=2),
    ),
    min_size=1,
    max_size=8,
)


def ends(cells: list[Cell], silence: Silence = NOBODY) -> dict[str, tuple[Decimal, Decimal]]:
    return {one.assumption: (one.low_gbp, one.high_gbp) for one in ranges(cells, silence)}


def test_a_case_worked_by_hand():
    cells = [
        Cell("sufficient", Decimal(100), "new", Decimal(1000)),
        Cell("partial", None, "continuing", Decimal(2000)),
    ]
    assert ends(cells, Silence(4, Decimal(500))) == {
        "evidence": (Decimal(2550), Decimal(3250)),  # 950 + 1,600; 1,050 + 2,200
        "attribution": (Decimal(2000), Decimal(3000)),  # 1,000 + half of 2,000
        "persistence": (Decimal(2600), Decimal(3000)),  # 1,000 + four fifths of 2,000
        "non_response": (Decimal(3000), Decimal(3500)),  # a quarter of 4 times 500 more
        "together": (Decimal(1590), Decimal(3750)),  # 950 + 2,000 x 0.8 x 0.5 x 0.8; 3,250 + 500
    }


def test_amounts_of_one_sort_have_the_range_of_their_sum_times_the_bounds():
    amounts = [Decimal(amount) for amount in (10, 200, 3000)]
    cells = [Cell("insufficient", Decimal(100), "new", amount) for amount in amounts]
    assert ends(cells)[TOGETHER] == (sum(amounts) * Decimal("0.5"), sum(amounts) * Decimal("1.2"))


@given(CELLS, st.integers(0, 7), st.sampled_from(GRADES))
def test_weaker_evidence_never_gives_a_narrower_range(cells, place, weaker):
    place %= len(cells)
    stronger = cells[place]
    if GRADES.index(weaker) < GRADES.index(stronger.grade):
        return
    weak = [*cells[:place], Cell(weaker, stronger.share, stronger.persistence, stronger.pounds), *cells[place + 1 :]]
    for name in ("evidence", TOGETHER):
        (low, high), (weak_low, weak_high) = ends(cells)[name], ends(weak)[name]
        assert weak_low <= low
        assert weak_high >= high


@given(CELLS, st.integers(0, 500), st.none() | st.decimals(-1000, 10**6, places=2))
def test_every_range_holds_the_plain_total_and_the_one_of_all_together_holds_the_others(cells, silent, median):
    found = ends(cells, Silence(silent, median))
    total = sum((cell.pounds for cell in cells), Decimal(0))
    widest = found.pop(TOGETHER)
    assert all(low <= total <= high for low, high in [*found.values(), widest])


@given(CELLS, st.integers(0, 500), st.none() | st.decimals(0, 10**6, places=2))
def test_the_assumption_that_moves_the_total_most_comes_first(cells, silent, median):
    found = ranges(cells, Silence(silent, median))
    swings = [one.high_gbp - one.low_gbp for one in found[:-1]]
    assert swings == sorted(swings, reverse=True)
    assert {one.assumption for one in found} == {*NAMES, TOGETHER}
    assert found[-1].assumption == TOGETHER


def test_the_bounds_widen_from_grade_to_grade_and_hold_the_amount_itself():
    bounds = [(one.low, one.high) for one in ASSUMPTIONS if one.id == "evidence"]
    assert [one.sort for one in ASSUMPTIONS if one.id == "evidence"] == GRADES
    lows, highs = zip(*bounds, strict=True)
    assert list(lows) == sorted(lows, reverse=True)
    assert list(highs) == sorted(highs)
    assert all(one.low <= 1 <= one.high for one in ASSUMPTIONS if one.id != "non_response")


def test_the_range_of_a_release_is_made_of_its_lines(release_of):
    release = release_of(
        [
            line("a", project_ref="A", evidence_grade="sufficient", attribution_share="100", recurrence="one-off",
                 financial_year="2015-16", amount_gbp="1000"),
            line("b", project_ref="B", amount_gbp=""),
            line("c", project_ref="C", amount_gbp="500", stage="projected"),
        ]
    )  # fmt: skip
    measures = (MEASURES["low_savings_achieved"], MEASURES["high_savings_achieved"])
    rows = release.table(measures, (DIMENSIONS["assumption"],), selected()).rows
    found = {row["assumption"]: (row["low_savings_achieved"], row["high_savings_achieved"]) for row in rows}
    assert found[TOGETHER] == (950, 1050 + 500)  # two silent projects, a quarter of the median 1,000 each
    assert found["attribution"] == found["persistence"] == (1000, 1000)


@pytest.mark.parametrize("measure", ["low_savings_achieved", "high_income_achieved"])
def test_a_range_stands_on_one_topic_and_no_total_carries_it(illustrative, measure):
    (row,) = illustrative.table((MEASURES["savings_achieved"],), (), selected()).rows
    assert measure not in row
    shown = {t.id for t in TOPICS for figure in t.figures if measure in {one.id for one in figure.measures}}
    assert shown == {"confidence"}


def test_the_plain_total_stands_beside_the_ends_of_every_assumption(illustrative):
    everything = selection_of("illustrative", None, {})
    for kind, total in (("efficiency_saving", "savings_achieved"), ("income_generation", "income_achieved")):
        (whole,) = illustrative.table((MEASURES[total],), (), everything).rows
        rows = illustrative.table(RANGES[kind], (DIMENSIONS["assumption"],), everything).rows
        assert [row[f"plain_{total}"] for row in rows] == [whole[total]] * 5
        assert all(row[f"low_{total}"] <= whole[total] <= row[f"high_{total}"] for row in rows)


def test_where_nothing_was_reported_there_is_no_range_and_not_one_of_nought(release_of):
    release = release_of([line("a", project_ref="A", stage="projected")])
    assert release.table(RANGES["efficiency_saving"], (DIMENSIONS["assumption"],), selected()).rows == ()


def test_the_caption_of_a_range_is_that_of_its_total(illustrative):
    found = answer(FIGURES["range-of-savings-achieved"], illustrative, Selection("illustrative"))
    total = answer(FIGURES["savings-by-skill-area"], illustrative, Selection("illustrative"))
    assert found.left_out == total.left_out
    assert found.base == total.base
    assert f"Base: {total.base.projects} projects" in found.caption
    assert "Savings achieved as reported: " in found.caption


def test_a_range_in_the_prices_of_a_year_says_so_and_is_around_the_total_in_them(illustrative):
    real = Selection("illustrative", real="2024-25")
    found = answer(FIGURES["range-of-savings-achieved"], illustrative, real)
    (total,) = illustrative.table((MEASURES["savings_achieved"],), (), real).rows
    assert found.table.rows[0]["plain_savings_achieved"] == total["savings_achieved"]
    assert ", 2024-25 prices" in found.statistical_title
