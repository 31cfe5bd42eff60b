"""Wide layouts made long: years, stages and kinds across, empty cells, and totals along the row."""

import pytest
from shaped import amounts, cell, codes, found, shaped

YEARS = "Project ref|Council|2014/15|2015/16|{}"


def test_a_column_a_year_makes_a_line_a_filled_cell():
    sheet = shaped("Project ref|2014/15|2015/16\nP1|1|2\nP2||4")
    assert amounts(sheet) == [(2, "2014/15", "1"), (2, "2015/16", "2"), (3, "2015/16", "4")]
    assert cell(sheet, "financial_year") == ["2014/15", "2015/16", "2015/16"]


@pytest.mark.parametrize("text", ["-", "n/a", "TBC", "0"])
def test_a_cell_that_says_something_makes_a_line(text):
    assert amounts(shaped(f"Project ref|2014/15|2015/16\nP0|1|1\nP1|{text}|"))[2:] == [(3, "2014/15", text)]


def test_a_row_without_any_value_makes_one_line_of_unknown_amount():
    sheet = shaped("Project ref|Council|2014/15|2015/16\nP1|Lambeth|1|2\nP2|Derby||")
    assert amounts(sheet)[2:] == [(3, None, "")]


def test_a_column_a_stage_makes_lines_of_each_stage():
    sheet = shaped("Project ref|Identified|Projected|Achieved\nP1|1|2|3")
    assert cell(sheet, "stage") == ["identified", "projected", "achieved"]


def test_one_bare_stage_is_no_column_of_amounts():
    assert shaped("Project ref|Council|Target\nP1|Lambeth|5").lines == []


def test_a_column_a_kind_makes_lines_of_each_kind():
    sheet = shaped("Project ref|Savings|Income\nP1|1|2")
    assert cell(sheet, "kind") == ["efficiency_saving", "income_generation"]


def test_stage_and_year_may_be_crossed_in_two_rows_of_headings():
    sheet = shaped("Project ref|Projected (£k)||Achieved (£k)|\n|2014/15|2015/16|2014/15|2015/16\nP1|1|2|3|4")
    assert cell(sheet, "stage") == ["projected", "projected", "achieved", "achieved"]
    assert cell(sheet, "financial_year") == ["2014/15", "2015/16", "2014/15", "2015/16"]
    assert len({line.column for line in sheet.lines}) == 4


def test_a_total_along_the_row_makes_no_line():
    sheet = shaped(YEARS.format("Total") + "\nP1|Lambeth|1|2|3")
    assert len(sheet.lines) == 2
    assert "row_total_differs" not in codes(sheet)


def test_a_total_along_the_row_that_differs_is_a_finding():
    sheet = shaped(YEARS.format("Total") + "\nP1|Lambeth|1|2|3\nP2|Derby|1|2|30")
    assert found(sheet, "row_total_differs") == [(3, None)]


def test_an_unlabelled_total_is_found_by_its_numbers():
    for text in (YEARS.format(""), YEARS.removesuffix("|{}")):
        sheet = shaped(text + "\nP1|Lambeth|1|2|3\nP2|Derby||5|5")
        assert len(sheet.lines) == 3
        assert sheet.findings == []


def test_an_unlabelled_column_that_is_no_sum_is_named():
    sheet = shaped(YEARS.format("") + "|Notes\nP1|Lambeth|1|2|3|a\nP2|Derby|1|5|7|b")
    assert len(sheet.lines) == 4
    assert found(sheet, "heading_unknown") == [(None, None)]


def test_savings_beside_years_are_their_total_where_the_numbers_say_so():
    sheet = shaped("Project ref|Savings|2014/15|2015/16\nP1|3|1|2\nP2|7|3|4")
    assert [line.column for line in sheet.lines] == ["2014/15", "2015/16"] * 2


def test_savings_beside_years_that_are_no_total_are_not_guessed():
    sheet = shaped("Project ref|Savings|2014/15|2015/16\nP1|3|1|2\nP2|99|3|4")
    assert found(sheet, "amount_columns_unclear") == [(2, "quarantined"), (3, "quarantined")]


def test_calendar_years_are_passed_on_as_typed():
    assert cell(shaped("Project ref|2014|2015\nP1|1|2"), "financial_year") == ["2014", "2015"]


def test_months_are_not_read_as_years():
    assert shaped("Project ref|Apr-14|May-14\nP1|1|2").lines == []


def test_staff_by_year_are_left_alone():
    sheet = shaped("Project ref|Savings||FTE|\n|2014/15|2015/16|2014/15|2015/16\nP1|1|2|3|4")
    assert amounts(sheet) == [(3, "2014/15", "1"), (3, "2015/16", "2")]


def test_one_amount_merged_over_two_years_is_quarantined():
    text = "Project ref|2014/15|2015/16\nP1|5|\nP2|1|2"
    assert found(shaped(text, merged=((2, 2, 2, 3),)), "amount_merged") == [(2, "quarantined")]
    assert found(shaped(text), "amount_merged") == []


def test_years_that_rise_to_the_total_of_their_row_may_be_cumulative_and_are_held():
    sheet = shaped("Project ref|Council|2014/15|2015/16|2016/17|Total\nP1|Derby|30|50|75|75\nP2|Derby|30|50|75|155")
    assert found(sheet, "cumulative") == [(2, "held")]
    assert found(sheet, "row_total_differs") == []
