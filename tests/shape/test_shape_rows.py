"""Which rows are lines, and which are blank, totals, bands and notes."""

import pytest
from shaped import amounts, codes, found, ignored, shaped

HEAD = "Project ref|Council|Project title|Amount\n"
TWO = "P1|Lambeth|Payroll|100\nP2|Derby|Libraries|200\n"


def test_blank_rows_between_are_counted_and_trailing_ones_are_not():
    sheet = shaped(HEAD + "P1|Lambeth|Payroll|100\n.\nP2|Derby|Libraries|200\n.\n|||")
    assert ignored(sheet) == [(3, "blank")]


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("Total|||300", "total"),
        ("|Grand total||300", "total"),
        ("||TOTAL SAVINGS:|300", "total"),
        ("||Sub-total|300", "subtotal"),
        ("|||300", "total"),
        ("|||300.00", "total"),
        ("||All of them|300", "total"),
        ("|Lambeth Total||100", "subtotal"),
        ("Total for 2014/15|||300", "total"),
        ("Source: budget monitoring|||", "note"),
        ("* subject to audit|||", "note"),
        ("Note|figures rounded||", "note"),
        ("This was prepared by the finance team and has not been audited yet, so take care|||", "note"),
    ],
)
def test_rows_that_are_no_lines_are_ignored_with_the_reason(row, reason):
    sheet = shaped(HEAD + TWO + row)
    assert ignored(sheet) == [(4, reason)]
    assert len(sheet.lines) == 2
    assert "total_differs" not in codes(sheet)


@pytest.mark.parametrize(
    "row",
    [
        "P3|York|Total facilities management|300",
        "P3|York|Total|300",
        "P3|York||",
        "|York|Total place|5",
        "|||301",
        "P3|||300",
        "|York|Payroll|300",
        "P3|York|Sum of the parts|300",
        "|||TBC",
    ],
)
def test_a_line_is_never_lost(row):
    sheet = shaped(HEAD + TWO + row)
    assert len(sheet.lines) == 3
    assert ignored(sheet) == []


def test_a_band_is_ignored_and_a_text_below_the_lines_is_a_note():
    sheet = shaped(HEAD + "District councils\n" + TWO + "County councils|||\nP3|Kent|x|5\nApproved by the board")
    assert ignored(sheet) == [(2, "band"), (5, "band"), (7, "note")]


def test_a_total_of_each_band_is_compared_with_its_lines():
    sheet = shaped(HEAD + "Districts\n" + TWO + "Total|||300\nCounties\nP3|Kent|x|5\nTotal|||5\nGrand total|||305")
    assert [reason for _, reason in ignored(sheet)] == ["band", "total", "band", "total", "total"]
    assert "total_differs" not in codes(sheet)


def test_a_printed_total_that_differs_is_a_finding_with_its_gap():
    sheet = shaped(HEAD + TWO + "Total|||350")
    (finding,) = sheet.findings
    assert (finding.code, finding.row, finding.fate) == ("total_differs", 4, None)
    assert "£50.00" in finding.message
    assert ignored(sheet) == [(4, "total")]


def test_a_total_rounded_in_its_last_digit_does_not_differ():
    assert shaped("Project ref|Council|Amount (£m)\nP1|Lambeth|1.25\nP2|Derby|1.14\nTotal||2.4").findings == []


def test_a_total_may_stand_above_its_lines():
    sheet = shaped(HEAD + "Total|||300\n" + TWO)
    assert ignored(sheet) == [(2, "total")]
    assert sheet.findings == []
    assert ignored(shaped(HEAD + "|||300\n" + TWO)) == [(2, "total")]


def test_one_line_alone_makes_no_unlabelled_total():
    assert len(shaped(HEAD + "P1|Lambeth|x|100\n|||100").lines) == 2


def test_an_unlabelled_total_of_each_group_and_of_all_is_found():
    sheet = shaped(HEAD + TWO + "|||300\nP3|Kent|x|5\nP4|Kent|x|6\n|||11\n|||311")
    assert [row for row, _ in ignored(sheet)] == [4, 7, 8]


def test_totals_of_a_wide_table_are_compared_column_by_column():
    text = "Project ref|Council|2014/15|2015/16\nP1|Lambeth|1|2\nP2|Derby|3|4\n"
    assert found(shaped(text + "Total||4|6"), "total_differs") == []
    assert found(shaped(text + "Total||4|7"), "total_differs") == [(4, None)]
    assert ignored(shaped(text + "||4|6")) == [(4, "total")]
    assert ignored(shaped(text + "||4|60")) == []


def test_a_project_of_unknown_amount_in_a_small_table_is_a_line():
    assert amounts(shaped("Council|2014/15|2015/16\nLambeth|1|2\nDerby||\nLondon councils||\nKent|5|6")) == [
        (2, "2014/15", "1"),
        (2, "2015/16", "2"),
        (3, None, ""),
        (5, "2014/15", "5"),
        (5, "2015/16", "6"),
    ]


def test_a_basis_of_total_is_no_label_of_a_total():
    sheet = shaped("Council|Project title|Basis|Amount\nLambeth|Payroll|Total|5\nDerby|Post|total|6")
    assert len(sheet.lines) == 2


def test_a_series_that_rises_to_its_stated_total_may_be_cumulative_and_is_held():
    sheet = shaped("Project ref|Council|Year of benefit|Amount\nP1|Derby|2014-15|30\nP1|Derby|2015-16|50\n"
                   "P1|Derby|2016-17|75\nTotal|||75")  # fmt: skip
    assert found(sheet, "cumulative") == [(2, "held"), (3, "held"), (4, "held")]
    assert found(sheet, "total_differs") == []


def test_lines_of_several_projects_that_end_with_their_total_are_no_series():
    sheet = shaped("Project ref|Council|Year of benefit|Amount\nP1|Derby|2014-15|30\nP2|Derby|2015-16|50\n"
                   "P3|Derby|2016-17|75\nTotal|||75")  # fmt: skip
    assert found(sheet, "cumulative") == []
    assert found(sheet, "total_differs") == [(5, None)]
