"""The unit of plain numbers: from headings, the row below them, titles, notes and statements."""

import pytest
from shaped import REFERENCE, codes, found, ignored, shaped

from etl.shape.units import stated_unit, unit_of_cell

TABLE = "Project ref|Council|{}\nP1|Lambeth|5"


def units(sheet) -> list[str]:
    return [line.unit for line in sheet.lines]


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("All figures in £000", "£000"),
        ("Savings by council (£m)", "£m"),
        ("figures are in £ thousands", "£000"),
        ("Amounts in thousands", "£000"),
        ("£'000", "£000"),
        ("(£)", "£"),
        ("Values are shown in £ million", "£m"),
        ("Savings of £2m were found", None),
        ("Savings over £500", None),
        ("Over £1 million saved", None),
        ("Thousands of residents gained", None),
        ("Savings return 2014/15", None),
        ("Figures in £000 and in £m", None),
    ],
)
def test_a_title_states_a_unit_only_in_so_many_words(text, unit):
    assert stated_unit(text, strict=False) == unit


def test_a_cell_is_a_unit_only_by_itself():
    assert [unit_of_cell(text) for text in ("£000", "(£m)", "£k", "5000", "£5", "Lambeth", "")] == [
        *("£000", "£m", "£000"),
        *(None, None, None, None),
    ]


def test_no_unit_means_pounds():
    assert units(shaped(TABLE.format("Savings"))) == ["£"]


def test_a_title_gives_the_unit_that_the_heading_leaves_out():
    assert units(shaped("All figures in £000\n" + TABLE.format("Savings"))) == ["£000"]


def test_a_note_below_gives_the_unit_too():
    assert units(shaped(TABLE.format("Savings") + "\nNote: all figures are in £000")) == ["£000"]
    assert units(shaped(TABLE.format("Savings") + "\nNote: £000 was the old grant")) == ["£"]


def test_the_heading_goes_before_the_title_and_says_so():
    sheet = shaped("All figures in £000\n" + TABLE.format("Savings (£m)"))
    assert units(sheet) == ["£m"]
    assert found(sheet, "unit_conflict") == [(None, None)]


def test_pounds_in_the_heading_and_thousands_in_the_title_are_held():
    sheet = shaped("All figures in £000\n" + TABLE.format("Savings (£)"))
    assert found(sheet, "unit_conflict") == [(None, None), (3, "held")]


def test_two_titles_that_differ_leave_the_lines_unread():
    sheet = shaped("All figures in £000\nSavings (£m)\n" + TABLE.format("Savings"))
    assert found(sheet, "unit_conflict") == [(4, "quarantined")]


def test_a_row_of_units_below_the_headings_is_ignored_and_counts():
    sheet = shaped("Project ref|Council|Savings|Days of expert\n||£000|days\nP1|Lambeth|5|10")
    assert ignored(sheet) == [(2, "unit")]
    assert units(sheet) == ["£000"]


def test_a_unit_of_one_year_is_not_guessed_for_another():
    sheet = shaped("Project ref|2014/15 (£000)|2015/16\nP1|1|2")
    assert found(sheet, "unit_conflict") == [(2, "quarantined")]
    assert [finding.heading for finding in sheet.findings] == ["2015/16"]


def test_a_statement_fills_the_unit_only_where_none_is_stated():
    assert units(shaped(TABLE.format("Savings"), unit="£000")) == ["£000"]
    sheet = shaped(TABLE.format("Savings (£m)"), unit="£000")
    assert units(sheet) == ["£m"]
    assert "given_conflicts" in codes(sheet)


def test_the_grant_has_its_own_unit():
    sheet = shaped("All figures in £000\nProject ref|Savings|Grant (£)|Council cost\nP1|5|7000|1")
    assert sheet.units == {"grant_gbp": "£", "council_cost_gbp": "£000"}
    assert REFERENCE.is_dir()
