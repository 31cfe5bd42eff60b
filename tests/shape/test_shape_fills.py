"""Cells filled from elsewhere: as above, merged cells, statements, automatic references."""

import pytest
from shaped import REFERENCE, cell, codes, found, only_line, shaped

from etl.shape.fills import automatic_reference

HEAD = "Project ref|Council|Skill area|Amount\n"


@pytest.mark.parametrize("text", ["as above", "Ditto", '"', "''", "see above", "SAME AS ABOVE"])
def test_as_above_takes_the_value_of_the_line_above(text):
    sheet = shaped(HEAD + f"P1|Lambeth|x|1\nP1|{text}|y|2\nP2|{text}|z|3")
    assert cell(sheet, "lead_council") == ["Lambeth"] * 3
    assert found(sheet, "filled_from_above") == [(3, None), (4, None)]


def test_as_above_is_not_filled_across_a_total_nor_into_amounts():
    sheet = shaped(HEAD + 'P1|Lambeth|x|1\nTotal|||1\nP2|as above|y|"')
    assert cell(sheet, "lead_council") == ["Lambeth", "as above"]
    assert cell(sheet, "amount_gbp") == ["1", '"']


def test_merged_cells_are_filled_down_only_where_they_are_merged():
    text = HEAD + "P1|Lambeth|x|1\n||y|2\n||z|3"
    assert cell(shaped(text), "lead_council") == ["Lambeth", "", ""]
    sheet = shaped(text, merged=((2, 1, 3, 1), (2, 2, 3, 2)))
    assert cell(sheet, "lead_council") == ["Lambeth", "Lambeth", ""]
    assert cell(sheet, "project_ref") == ["P1", "P1", ""]


def test_an_amount_merged_over_rows_is_not_repeated():
    sheet = shaped(HEAD + "P1|Lambeth|x|1\nP2|Derby|y|", merged=((2, 4, 3, 4),))
    assert cell(sheet, "amount_gbp") == ["1", ""]
    assert (2, "quarantined") in found(sheet, "amount_merged")


def test_statements_fill_what_is_absent_or_blank():
    sheet = shaped(HEAD + "P1||x|1", lead_council="Lambeth", stage="achieved")
    assert only_line(sheet).cells["lead_council"] == "Lambeth"
    assert only_line(sheet).cells["stage"] == "achieved"
    assert only_line(sheet).given == ("lead_council", "stage")


def test_a_statement_never_overrides_a_cell():
    sheet = shaped(HEAD + "P1|Derby|x|1\nP2|London Borough of Lambeth|x|1", lead_council="Lambeth")
    assert cell(sheet, "lead_council") == ["Derby", "London Borough of Lambeth"]
    assert found(sheet, "given_conflicts") == [(2, None)]


def test_a_statement_against_a_heading_is_one_remark():
    sheet = shaped("Project ref|Savings achieved\nP1|1\nP2|2", stage="projected")
    assert cell(sheet, "stage") == ["achieved", "achieved"]
    assert found(sheet, "given_conflicts") == [(None, None)]


def test_a_given_year_does_not_join_a_stated_period():
    sheet = shaped("Project ref|Period start|Amount\nP1|2014-15|1\nP2||2", financial_year="2015-16")
    assert cell(sheet, "financial_year") == ["", "2015-16"]


def test_signs_and_unit_are_no_columns():
    assert not {"signs", "unit"} & only_line(shaped(HEAD + "P1|Derby|x|1", signs="reversed", unit="£")).cells.keys()


def test_an_automatic_reference_depends_on_names_only():
    rows = "|Lambeth|{}|1\n|Derby|commercialisation|1"
    first = shaped(HEAD + rows.format("service review"), project_ref="auto")
    second = shaped(HEAD + "P7|York|x|1\n" + rows.format("Service efficiency review"), project_ref="auto")
    assert cell(first, "project_ref") == cell(second, "project_ref")[1:]
    assert cell(second, "project_ref")[0] == "P7"
    assert len(set(cell(second, "project_ref"))) == 3


def test_an_automatic_reference_needs_a_council():
    assert automatic_reference({"project_title": "Payroll"}, REFERENCE) == ""
    assert automatic_reference({"lead_council": "Lambeth"}, REFERENCE) == ""
    assert automatic_reference({"lead_council": "Lambeth", "project_title": "Pay"}, REFERENCE).startswith("AUTO-")


def test_a_clean_table_has_nothing_to_remark_on():
    assert codes(shaped(HEAD + "P1|Lambeth|x|1\nP2|Derby|y|2")) == set()
