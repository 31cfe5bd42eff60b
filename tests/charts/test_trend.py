"""Columns by year and running sums: gaps, what has no year, and that no pound is lost."""

from decimal import Decimal

from built_tables import YEARS, drawn_total, table, tables, total
from hypothesis import given

from dashboard.charts.trend import Trend
from dashboard.dimensions import FINANCIAL_YEAR
from dashboard.measures import MEDIAN_SAVING, SAVINGS_ACHIEVED, SAVINGS_PROJECTED
from dashboard.table import Setting


def years(*rows):
    return table(FINANCIAL_YEAR, SAVINGS_ACHIEVED, [(code, value, 6) for code, value in rows])


GAPPED = years(("2014-15", Decimal(100)), ("2016-17", Decimal(300)), ("not_stated", Decimal(50)))


def test_a_year_without_a_row_is_an_empty_slot_and_not_a_zero():
    figure = Trend().draw(GAPPED, Setting())
    assert [label[:7] for label in figure["layout"]["xaxis"]["ticktext"][:3]] == ["2014-15", "2015-16", "2016-17"]
    assert figure["data"][0]["x"][:2] == [0.0, 2.0]
    assert figure["data"][1]["hovertext"] == ["<b>2015-16</b><br>no amount reported"]
    assert "No amount reported: 2015-16." in Trend().describe(GAPPED, Setting()).alt


def test_what_has_no_year_stands_at_the_end_set_apart():
    places = Trend().draw(GAPPED, Setting())["layout"]["xaxis"]["tickvals"]
    assert places[-1] - places[-2] > 1


def test_years_over_the_turn_of_a_century_follow_each_other():
    figure = Trend().draw(years(("2098-99", Decimal(1)), ("2100-01", Decimal(1))), Setting())
    assert figure["layout"]["xaxis"]["ticktext"][1] == "2099-00"


def test_codes_that_are_not_financial_years_are_drawn_as_they_are():
    figure = Trend().draw(years(("2014", Decimal(1)), ("2019", Decimal(1))), Setting())
    assert len(figure["layout"]["xaxis"]["ticktext"]) == 2


def test_columns_carry_their_amounts_up_to_ten_and_an_axis_beyond():
    few = years(*((year, Decimal(1_000_000)) for year in YEARS[:10]))
    many = years(*((year, Decimal(1_000_000)) for year in YEARS[:11]))
    assert Trend().draw(few, Setting())["data"][0]["text"] == ["£1.0m"] * 10
    figure = Trend().draw(many, Setting())
    assert figure["data"][0]["textposition"] == "none"
    assert figure["layout"]["yaxis"]["showticklabels"]


def test_a_running_sum_leaves_out_what_has_no_year_and_says_so():
    chart = Trend(cumulative=True)
    figure, words = chart.draw(GAPPED, Setting()), chart.describe(GAPPED, Setting())
    assert figure["data"][0]["y"] == [100.0, 400.0]
    assert "£50 achieved has no stated year and is not in the line" in words.headline
    assert "Not in the line, no year stated: £50." in words.alt


def test_a_running_sum_of_projected_amounts_is_a_dashed_line():
    made = table(FINANCIAL_YEAR, SAVINGS_PROJECTED, [("2014-15", Decimal(5), 6)])
    assert Trend(cumulative=True).draw(made, Setting())["data"][0]["line"]["dash"] == "dash"


def test_medians_are_never_run_up():
    made = table(FINANCIAL_YEAR, MEDIAN_SAVING["achieved"], [("2014-15", Decimal(5), 6), ("2015-16", Decimal(5), 6)])
    assert Trend(cumulative=True).draw(made, Setting())["data"][0]["y"] == [5.0, 5.0]


def test_amounts_without_any_year_are_columns_even_when_sums_are_asked():
    figure = Trend(cumulative=True).draw(years(("not_stated", Decimal(5))), Setting())
    assert figure["data"][0]["type"] == "bar"


def test_the_headline_names_a_year_and_never_says_that_amounts_rose_or_fell():
    headline = Trend().describe(GAPPED, Setting()).headline
    assert headline == "Councils reported most achieved for 2016-17: £300 from 6 projects, two thirds of the total"


@given(made=tables(FINANCIAL_YEAR, YEARS))
def test_every_pound_of_the_table_is_drawn(made):
    assert drawn_total(Trend().draw(made, Setting()), "y") == total(made)


@given(made=tables(FINANCIAL_YEAR, YEARS))
def test_running_sums_end_at_the_sum_of_all_stated_years(made):
    figure = Trend(cumulative=True).draw(made, Setting())
    for trace in figure["data"] if figure else ():
        if trace["type"] == "scatter" and trace["mode"].startswith("lines") and trace["y"]:
            measure = next(m for m in made.measures if trace["name"].startswith(m.label))
            stated = [row[measure.id] for row in made.rows if row["financial_year"] in YEARS]
            assert trace["y"][-1] == float(sum(value for value in stated if value is not None))
