"""Where the headings of a sheet stand, and what is made of those that are unclear, double or unknown."""

from shaped import amounts, cell, codes, found, ignored, only_line, shaped

from etl.columns import NAMES


def test_the_canonical_table_is_read_as_it_stands():
    sheet = shaped("|".join(NAMES) + "\n" + "|".join(f"x{place}" for place in range(len(NAMES))))
    assert sheet.heading_rows == (1,)
    assert only_line(sheet).cells == {name: f"x{place}" for place, name in enumerate(NAMES)}
    assert sheet.findings == []


def test_columns_may_stand_in_any_order_and_in_the_words_people_use():
    sheet = shaped("Amount of saving|Local authority|Area of support|Project number\n5|Lambeth|x|P1")
    assert only_line(sheet).cells == {
        "amount_gbp": "5",
        "lead_council": "Lambeth",
        "skill_area": "x",
        "project_ref": "P1",
    }


def test_title_rows_stand_above_the_headings_and_are_not_counted():
    sheet = shaped("Savings return\nFinancial year|2014/15\n.\nProject|Saving (£)\nPayroll|5000")
    assert sheet.heading_rows == (4,)
    assert amounts(sheet) == [(5, None, "5000")]
    assert ignored(sheet) == []


def test_a_group_above_years_is_a_second_row_of_headings():
    sheet = shaped("Project ref|Council|Savings (£000)|\n||2014/15|2015/16\nP1|Lambeth|1|2")
    assert sheet.heading_rows == (1, 2)
    assert amounts(sheet) == [(3, "2014/15", "1"), (3, "2015/16", "2")]
    assert {line.unit for line in sheet.lines} == {"£000"}


def test_a_group_row_above_the_full_headings_is_read_too():
    sheet = shaped("||Projected|\nProject ref|Council|2014/15|2015/16\nP1|Lambeth|1|2")
    assert sheet.heading_rows == (1, 2)
    assert cell(sheet, "stage") == ["projected", "projected"]


def test_a_row_of_who_sends_it_is_no_group_of_headings():
    sheet = shaped("Council|Lambeth\nProject ref|Skill area|Amount\nP1|x|5")
    assert sheet.heading_rows == (2,)
    assert only_line(sheet).cells == {"project_ref": "P1", "skill_area": "x", "amount_gbp": "5"}


def test_merged_ranges_say_how_far_a_group_reaches():
    text = "||Savings|||\nProject ref|Council|2014/15|2015/16|2014/15\nP1|Lambeth|1|2|3"
    assert "heading_twice" not in codes(shaped(text, merged=((1, 3, 1, 4),)))
    assert cell(shaped(text, merged=((1, 3, 1, 4),)), "kind") == ["efficiency_saving", "efficiency_saving", ""]


def test_headings_repeated_down_the_sheet_are_ignored_and_counted():
    sheet = shaped("Project ref|Council|Amount\nP1|Lambeth|1\nPROJECT REF|Council|Amount\nP2|Derby|2")
    assert ignored(sheet) == [(3, "heading")]
    assert [line.row for line in sheet.lines] == [2, 4]


def test_a_second_table_is_read_by_its_own_headings():
    sheet = shaped("Project ref|Council|Amount\nP1|Lambeth|1\n.\nIncome (£m)|Council|Project ref\n2|Derby|P2")
    assert sheet.heading_rows == (1, 4)
    assert ignored(sheet) == [(3, "blank"), (4, "heading")]
    assert [line.unit for line in sheet.lines] == ["£", "£m"]
    assert cell(sheet, "lead_council") == ["Lambeth", "Derby"]


def test_of_two_headings_of_one_meaning_the_filled_one_is_read():
    sheet = shaped("Project ref|Council|Lead authority|Amount\nP1||Lambeth|1\nP2||Derby|2")
    assert cell(sheet, "lead_council") == ["Lambeth", "Derby"]
    assert found(sheet, "heading_twice") == [(None, None)]


def test_lines_where_two_headings_of_one_meaning_differ_are_quarantined():
    sheet = shaped("Project ref|Council|Council|Amount\nP1|Lambeth|Lambeth|1\nP2|Derby|York|2")
    assert found(sheet, "heading_twice") == [(None, None), (3, "quarantined")]
    assert len(sheet.lines) == 2


def test_lines_with_two_amounts_under_one_heading_are_quarantined_as_they_may_be_two_savings():
    sheet = shaped("Project ref|Council|Amount|Amount\nP1|Lambeth|1|1\nP2|Derby|2|3\nP3|York||7")
    assert found(sheet, "heading_twice") == [(None, None), (2, "quarantined"), (3, "quarantined")]
    assert len(sheet.lines) == 3


def test_several_columns_of_notes_are_joined():
    sheet = shaped("Project ref|Amount|Notes|Comments\nP1|1|one|two")
    assert cell(sheet, "notes") == ["one | two"]
    assert "heading_twice" not in codes(sheet)


def test_an_unknown_heading_is_named_with_a_suggestion_that_is_not_used():
    sheet = shaped("Project ref|Led councl|Amount\nP1|Lambeth|1")
    (finding,) = sheet.findings
    assert (finding.code, finding.suggestion, finding.fate) == ("heading_unknown", "lead_council", None)
    assert "lead_council" not in only_line(sheet).cells


def test_a_heading_like_none_has_no_suggestion():
    (finding,) = shaped("Project ref|Colour of door|Amount\nP1|red|1").findings
    assert (finding.code, finding.suggestion) == ("heading_unknown", None)


def test_a_year_is_the_benefit_year_where_one_project_has_several():
    sheet = shaped("Project ref|Council|Year|Amount\nP1|Lambeth|2014-15|1\nP1|Lambeth|2015-16|2")
    assert cell(sheet, "financial_year") == ["2014-15", "2015-16"]


def test_a_year_that_may_be_the_grant_year_is_refused():
    sheet = shaped("Project ref|Council|Year|Amount\nP1|Lambeth|2014-15|1\nP2|Lambeth|2015-16|2")
    assert cell(sheet, "financial_year") == ["", ""]
    assert found(sheet, "heading_ambiguous") == [(None, None)]


def test_a_type_is_what_its_words_say_and_nothing_else():
    assert cell(shaped("Project ref|Amount|Type\nP1|1|Cashable\nP2|1|Non-cashable"), "cashability") == [
        "Cashable",
        "Non-cashable",
    ]
    assert found(shaped("Project ref|Amount|Type\nP1|1|unclear"), "heading_ambiguous") == [(None, None)]


def test_a_lead_is_a_council_only_if_all_its_cells_are():
    assert cell(shaped("Project ref|Amount|Lead\nP1|1|Lambeth\nP2|1|Leeds"), "lead_council") == ["Lambeth", "Leeds"]
    assert "heading_ambiguous" in codes(shaped("Project ref|Amount|Lead\nP1|1|Lambeth\nP2|1|Jo Bloggs"))


def test_a_bare_value_is_an_amount_only_in_a_table_of_savings():
    assert amounts(shaped("Project ref|Stage|Value\nP1|achieved|5")) == [(2, None, "5")]
    sheet = shaped("Project ref|Council|Value\nP1|Lambeth|5")
    assert sheet.why_ignored
    assert "no_amount_column" in codes(sheet)


def test_columns_that_only_look_like_savings_are_left_alone():
    sheet = shaped(
        "Project ref|Savings (£)|Budget 2014/15|FTE|Savings %|Saving per household|Variance|Savings not achieved"
        "|Floor space\nP1|5|100|2|3%|4|5|6|70"
    )
    assert amounts(sheet) == [(2, None, "5")]
    assert found(sheet, "column_left_alone") == [(None, None)] * 7


def test_a_sheet_of_notes_holds_no_table():
    assert shaped("About this workbook\nIt has three sheets|and a cover").why_ignored
    assert shaped("").why_ignored


def test_a_sheet_whose_title_speaks_of_budgets_is_not_read_as_savings():
    text = "{}\nProject ref|Council|2014/15|2015/16\nP1|Lambeth|1|2"
    assert shaped(text.format("Staffing budgets")).lines == []
    assert len(shaped(text.format("Savings against budget")).lines) == 2


def test_rows_with_cells_beyond_the_last_heading_are_quarantined():
    sheet = shaped("Project ref|Council|Amount\nP1|Lambeth|1|000\nP2|Derby|2|")
    assert found(sheet, "too_many_cells") == [(2, "quarantined")]


def test_a_table_of_amounts_alone_needs_no_other_column():
    assert amounts(shaped("Amount\n5\n7", lead_council="Lambeth")) == [(2, None, "5"), (3, None, "7")]


def test_a_heading_repeated_at_once_says_nothing_of_the_cells_below():
    sheet = shaped("Project ref|Council|Amount\nProject ref|Council|Amount\nP1|Lambeth|")
    assert sheet.heading_rows == (1,)
    assert amounts(sheet) == [(3, None, "")]


def test_a_row_of_groups_may_open_with_a_label_of_its_own():
    sheet = shaped("Year|2014/15||2015/16|\nCouncil|Projected|Achieved|Projected|Achieved\nLambeth|1|2|3|4")
    assert cell(sheet, "financial_year") == ["2014/15", "2014/15", "2015/16", "2015/16"]
    assert cell(sheet, "stage") == ["projected", "achieved"] * 2
