"""Single traps: what a table must not be read as, found by hand and by the renderings."""

import csv
import io

import pytest
from typed_as import REFERENCE

from etl.check import check

NAMES = ["Ref", "Council", "Skill area", "Kind", "Stage", "Financial year"]
LINE = ["PEP-01", "Leeds", "Governance", "saving", "achieved", "2014-15"]
OTHER = ["PEP-02", "York", "Governance", "saving", "projected", "2014-15"]
WIDE, WIDE_LINE = NAMES[:5], LINE[:5]


def loaded(rows: list[list[str]], **given: str) -> list[tuple[str, str, str | None]]:
    """Kind, stage and amount of every line that is loaded."""
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    (file,) = check([("made.csv", out.getvalue().encode())], given, REFERENCE, False)["files"]
    return [(one["kind"], one["stage"], one["amount_gbp"]) for one in file["observations"] if one["fate"] == "loaded"]


@pytest.mark.parametrize(
    "title",
    ["All figures in US dollars", "Savings (€000)", "All figures in pence", "Figures in hundreds of pounds",
     "Figures in £10,000s", "Figures in tens of thousands of pounds", "All values in £100k", "All values in £bn",
     "Cumulative savings achieved", "All figures are cumulative"],
)  # fmt: skip
def test_a_title_of_another_scale_or_of_cumulative_figures_loads_nothing(title: str):
    assert loaded([[title], [*NAMES, "Savings"], [*LINE, "9000"]]) == []


def test_a_note_below_amounts_in_the_first_column_states_their_unit():
    rows = [["Savings", *NAMES], ["9", *LINE], ["8", *OTHER], ["All amounts in £000"]]
    assert [amount for _, _, amount in loaded(rows)] == ["9000.00", "8000.00"]


def test_a_unit_that_stands_among_the_lines_is_not_guessed():
    assert loaded([[*NAMES, "Savings"], [*LINE, "900"], ["£000"], [*OTHER, "9"]]) == []


@pytest.mark.parametrize(
    ("heading", "cells", "sums"),
    [
        ("Unit", ("£m", "£000"), []),
        ("£/£k/£m", ("m", "k"), []),
        ("Currency", ("EUR", "GBP"), ["900.00"]),
        ("+/-", ("-", "+"), []),
        ("Status", ("Withdrawn", "projected"), ["900.00"]),
    ],
)
def test_a_column_that_was_not_read_may_say_what_the_amounts_are(heading: str, cells: tuple[str, str], sums: list[str]):
    rows = [[*NAMES, "Savings", heading], [*LINE, "9", cells[0]], [*OTHER, "900", cells[1]]]
    assert [amount for _, _, amount in loaded(rows)] == sums


def test_a_type_of_which_only_some_words_are_known_is_the_kind():
    rows = [[*NAMES[:3], "Type", *NAMES[4:], "Savings (£)"]]
    rows += [[*LINE[:3], "Income", *LINE[4:], "500"], [*OTHER[:3], "Fees", *OTHER[4:], "600"]]
    assert loaded(rows) == [("income_generation", "achieved", "500.00")]


@pytest.mark.parametrize(
    "amounts",
    [["Budget 14/15", "Budget 15/16", "Total"], ["Clawback 14/15", "Clawback 15/16", "Sum"]],
)
def test_the_total_of_columns_that_were_not_read_is_no_saving(amounts: list[str]):
    assert loaded([[*WIDE, *amounts], [*WIDE_LINE, "4000", "5000", "9000"]]) == []


def test_years_below_a_group_that_is_not_known_are_no_savings():
    group = ["", "", "", "", "", "Reinvestment", ""]
    assert loaded([group, [*WIDE, "14/15", "15/16"], [*WIDE_LINE, "4000", "5000"]]) == []
    both = [*group, "Savings", ""]
    rows = [both, [*WIDE, "14/15", "15/16", "14/15", "15/16"], [*WIDE_LINE, "4000", "5000", "1000", "2000"]]
    assert [amount for _, _, amount in loaded(rows)] == ["1000.00", "2000.00"]


def test_income_beside_expenditure_is_that_of_a_budget():
    heads = [*NAMES[:3], *NAMES[4:], "Expenditure", "Income"]
    assert loaded([heads, [*LINE[:3], *LINE[4:], "9000", "4000"]]) == []


def test_what_is_to_be_achieved_is_not_achieved():
    assert loaded([[*NAMES, "Savings to be achieved"], [*LINE, "9000"]]) == []
    assert loaded([[*NAMES, "Value", "Savings to be achieved"], [*LINE, "9000", "100"]])[0][2] == "9000.00"


def test_a_line_that_says_total_in_its_notes_is_a_line():
    heads = ["Notes", "Skill area", "Council", "Kind", "Stage", "Savings"]
    rows = [heads, ["total", "Governance", "Leeds", "saving", "achieved", "500"]]
    assert len(loaded(rows, project_ref="PEP-9")) == 1


@pytest.mark.parametrize("title", ["Total", "Grand total", "Sub-total"])
def test_a_total_that_repeats_the_names_of_its_project_is_not_loaded(title: str):
    heads = [*NAMES, "Project", "Savings"]
    rows = [heads, [*LINE, "Waste", "500"], [*OTHER, "Print", "600"], [*LINE[:5], "", title, "1100"]]
    assert [amount for _, _, amount in loaded(rows)] == ["500.00", "600.00"]


def test_a_total_of_one_year_adds_up_no_other_year():
    heads = [*NAMES[:4], "15/16", "16/17", "Total saving identified 15/16", "Total saving identified 16/17"]
    assert loaded([heads, [*LINE[:4], "100", "200", "300", "400"]]) == []


def test_a_line_without_a_kind_is_not_loaded_beside_one_that_differs_from_its_heading():
    rows = [[*NAMES, "Savings"], [*LINE[:3], "income", *LINE[4:], "500"], [*OTHER[:3], "", *OTHER[4:], "600"]]
    assert loaded(rows) == [("income_generation", "achieved", "500.00")]


def test_somerset_council_of_no_date_may_be_the_county_before_it():
    rows = [[*NAMES[:5], "Year", "Savings"], ["PEP-01", "Somerset Council", *LINE[2:5], "2013-14", "500"]]
    assert loaded(rows) == []
    assert len(loaded([[*NAMES, "Savings"], ["PEP-01", "Somerset Council", *LINE[2:5], "2023-24", "500"]])) == 1
