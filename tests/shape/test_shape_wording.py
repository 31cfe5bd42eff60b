"""What the words of one heading say."""

import pytest
from shaped import REFERENCE, amounts, cell, codes, found, only_line, shaped

from etl.shape.wording import meaning_of

SAVING = {"kind": "efficiency_saving"}


@pytest.mark.parametrize(
    ("heading", "said", "units"),
    [
        ("Savings", SAVING, ()),
        ("Saving (£)", SAVING, ("£",)),
        ("Value of saving", SAVING, ()),
        ("Savings achieved (£000)", {**SAVING, "stage": "achieved"}, ("£000",)),
        ("Projected savings", {**SAVING, "stage": "projected"}, ()),
        ("Income generated", {"kind": "income_generation"}, ()),
        ("Savings £m", SAVING, ("£m",)),
        ("Savings (£'000s)", SAVING, ("£000",)),
        ("Savings (£ million)", SAVING, ("£m",)),
        ("Annual saving (£k)", {**SAVING, "basis": "per_year"}, ("£000",)),
        ("Non-cashable savings", {**SAVING, "cashability": "non_cashable"}, ()),
        ("Net savings in thousands", {**SAVING, "net_or_gross": "net"}, ("£000",)),
        ("One-off savings", {**SAVING, "recurrence": "one_off"}, ()),
        ("Savings achieved in 2014/15", {**SAVING, "stage": "achieved", "financial_year": "2014/15"}, ()),
        ("2014-15 Actual", {"stage": "achieved", "financial_year": "2014-15"}, ()),
        ("FY15", {"financial_year": "FY15"}, ()),
        ("2014", {"financial_year": "2014"}, ()),
        ("2010-11-10 00:00:00", {"financial_year": "2010-11-10 00:00:00"}, ()),
        ("Savings to be achieved", SAVING | {"stage": "projected"}, ()),
        ("Estimated savings", SAVING, ()),
    ],
)
def test_words_say_what_is_certain_of_an_amount(heading, said, units):
    meaning = meaning_of(heading, REFERENCE)
    assert (meaning.sort, dict(meaning.said), meaning.units) == ("value", said, units)


@pytest.mark.parametrize(
    "heading",
    [
        "Savings not achieved",
        "Undelivered savings",
        "Savings still to be achieved",
        "Savings shortfall",
        "Savings as % of budget",
        "Unit cost",
        "Savings ($000)",
        "Contract value",
        "Staff saved",
        "Apr-14",
        "Grant spent",
        "Savings at risk",
    ],
)
def test_what_only_looks_like_savings_is_left_alone(heading):
    assert meaning_of(heading, REFERENCE).sort == "alone"


@pytest.mark.parametrize(
    "heading", ["Savings achieved or projected", "Procurement savings", "Savings (£bn)", "Savings to 31 March 2015"]
)
def test_a_heading_with_a_word_that_is_not_certain_is_not_known(heading):
    assert meaning_of(heading, REFERENCE).sort == "unknown"


def test_the_stage_of_a_heading_is_taken_where_the_table_has_no_stage():
    sheet = shaped("Project ref|Savings achieved\nP1|5")
    assert cell(sheet, "stage") == ["achieved"]
    assert only_line(sheet).column is None


def test_a_cell_against_the_stage_of_its_heading_is_held():
    sheet = shaped("Project ref|Stage|Savings achieved\nP1|Projected|5\nP2|delivered|6\nP3||7")
    assert cell(sheet, "stage") == ["Projected", "delivered", ""]
    assert found(sheet, "heading_conflicts") == [(2, "held")]


def test_income_under_a_heading_of_savings_is_one_remark():
    sheet = shaped("Project ref|Kind|Savings (£)\nP1|income|5\nP2|income|6\nP3|saving|6")
    assert found(sheet, "heading_conflicts") == [(None, None)]


def test_what_is_to_be_achieved_is_left_alone_beside_what_is():
    sheet = shaped("Project ref|Savings achieved|Savings to be achieved\nP1|5|6")
    assert amounts(sheet) == [(2, None, "5")]
    assert "column_left_alone" in codes(sheet)


def test_a_column_of_words_is_no_column_of_amounts():
    sheet = shaped("Project ref|Savings|Amount (£)\nP1|Yes|5\nP2|No|6")
    assert amounts(sheet) == [(2, None, "5"), (3, None, "6")]


def test_cumulative_figures_are_held():
    sheet = shaped("Project ref|Cumulative savings\nP1|5\nP2|6")
    assert found(sheet, "cumulative") == [(2, "held"), (3, "held")]


def test_a_running_total_beside_its_amounts_is_left_alone():
    sheet = shaped("Project ref|Savings|Running total\nP1|5|5\nP2|6|11")
    assert amounts(sheet) == [(2, None, "5"), (3, None, "6")]
    assert "cumulative" not in codes(sheet)
