"""XLSX: values as a person sees them, at the rows and columns where a person sees them."""

import datetime
import io
from collections.abc import Callable

import pytest
import xlsxwriter
from made_files import xlsx, xlsx_parts, zipped

from etl.readers import Problem, Remark, Sheet
from etl.readers.files import read_sheets


def made(fill: Callable[[xlsxwriter.Workbook], None]) -> list[Sheet]:
    """The sheets of a workbook that a function fills, written by xlsxwriter and read back."""
    out = io.BytesIO()
    workbook = xlsxwriter.Workbook(out, {"in_memory": True})
    fill(workbook)
    workbook.close()
    return read_sheets("return.xlsx", out.getvalue())


def one(rows: str, before: str = "", after: str = "", **workbook: str) -> Sheet:
    """The one sheet of a workbook written by hand."""
    sheets = read_sheets("return.xlsx", xlsx(rows, before, after, **workbook))
    assert [sheet.name for sheet in sheets] == ["Returns"]
    return sheets[0]


def noticed(sheet: Sheet) -> list[tuple[str, int | None, str | None]]:
    return [(remark.code, remark.row, remark.fate) for remark in sheet.remarks]


def test_values_become_text_and_rows_keep_the_numbers_that_a_person_sees():
    def fill(workbook: xlsxwriter.Workbook) -> None:
        sheet = workbook.add_worksheet("Returns")
        sheet.write_row("C5", ["council", "amount", "sure"])
        sheet.write_row("C6", ["Leeds", 1234.0, True])
        sheet.write_row("C8", ["York", 0.1 + 0.2, False])

    (sheet,) = made(fill)
    assert sheet.name == "Returns"
    assert sheet.rows == [
        *[[], [], [], []],
        ["", "", "council", "amount", "sure"],
        ["", "", "Leeds", "1234", "TRUE"],
        [],
        ["", "", "York", "0.3", "FALSE"],
    ]


def test_dates_are_iso_text_with_a_time_only_where_there_is_one():
    def fill(workbook: xlsxwriter.Workbook) -> None:
        sheet, day = workbook.add_worksheet(), workbook.add_format({"num_format": "dd/mm/yyyy"})
        sheet.write_datetime("A1", datetime.datetime(2014, 3, 31), day)
        sheet.write_datetime("B1", datetime.datetime(2014, 3, 31, 12, 30), day)
        sheet.write_number("C1", 0.5, workbook.add_format({"num_format": "hh:mm"}))
        sheet.write_number("D1", 1.5, workbook.add_format({"num_format": "[h]:mm"}))

    assert made(fill)[0].rows == [["2014-03-31", "2014-03-31 12:30:00", "12:00:00", "36:00:00"]]


def test_a_workbook_that_counts_days_from_1904_shows_the_same_dates():
    def fill(workbook: xlsxwriter.Workbook) -> None:
        day = workbook.add_format({"num_format": "dd/mm/yyyy"})
        workbook.add_worksheet().write_datetime("A1", datetime.datetime(2014, 3, 31), day)

    out = io.BytesIO()
    workbook = xlsxwriter.Workbook(out, {"date_1904": True})
    fill(workbook)
    workbook.close()
    assert read_sheets("x", out.getvalue())[0].rows == [["2014-03-31"]]


def test_hidden_sheets_rows_and_columns_are_read_and_remarked_on():
    def fill(workbook: xlsxwriter.Workbook) -> None:
        shown, hidden = workbook.add_worksheet("Shown"), workbook.add_worksheet("Old")
        shown.write_column("A1", ["council", "Leeds", "York", "Bath"])
        shown.write_column("C1", ["amount", 1, 2, 3])
        for row in (1, 2):
            shown.set_row(row, None, None, {"hidden": True})
        shown.set_column("C:D", None, None, {"hidden": True})
        hidden.write("A1", "council")
        hidden.hide()
        workbook.add_worksheet("Older").very_hidden()

    shown, old, older = made(fill)
    assert shown.rows[2] == ["York", "", "2"]
    assert [(remark.code, remark.found) for remark in shown.remarks] == [
        ("hidden_rows", "2-3"),
        ("hidden_columns", "C-D"),
    ]
    assert (old.rows, noticed(old)) == ([["council"]], [("hidden_sheet", None, None)])
    assert (older.rows, noticed(older)) == ([], [("hidden_sheet", None, None)])


def test_merged_cells_are_ranges_counted_from_one():
    def fill(workbook: xlsxwriter.Workbook) -> None:
        workbook.add_worksheet().merge_range("B2:D3", "2014/15")

    (sheet,) = made(fill)
    assert sheet.merged == ((2, 2, 3, 4),)
    assert sheet.rows == [[], ["", "2014/15"]]


def test_formulas_give_the_values_that_the_spreadsheet_had_calculated():
    sheet = one(
        '<row r="1"><c r="A1"><f>1+1</f><v>2</v></c><c r="B1" t="str"><f>A1&amp;"x"</f><v>2x</v></c>'
        '<c r="C1" t="str"><f>""</f><v></v></c><c r="D1" t="b"><f>TRUE()</f><v>1</v></c></row>'
    )
    assert sheet.rows == [["2", "2x", "", "TRUE"]]
    assert sheet.remarks == []


@pytest.mark.parametrize("result", ["", "<v/>", "<v></v>", "<v> </v>"])
def test_a_formula_without_a_result_is_its_own_text_and_quarantines_its_row(result: str):
    sheet = one(f'<row r="1"><c r="A1"><v>1</v></c></row><row r="2"><c r="B2"><f>A1&gt;2</f>{result}</c></row>')
    assert sheet.rows == [["1"], ["", "=A1>2"]]
    assert noticed(sheet) == [("formula_not_calculated", 2, "quarantined")]


def test_a_nought_that_no_spreadsheet_has_calculated_is_no_result():
    def fill(workbook: xlsxwriter.Workbook) -> None:
        workbook.add_worksheet().write_formula("A1", "=1+1")

    (sheet,) = made(fill)
    assert sheet.rows == [["=1+1"]]
    assert noticed(sheet) == [("formula_not_calculated", 1, "quarantined")]


def test_errors_are_shown_as_errors():
    sheet = one(
        '<row r="1"><c r="A1" t="e"><v>#REF!</v></c><c r="B1" t="e"><f>1/0</f><v>#DIV/0!</v></c>'
        '<c r="C1" s="0" t="e"><v>#N/A</v></c></row>'
    )
    assert sheet.rows == [["#REF!", "#DIV/0!", "#N/A"]]


def test_an_error_beyond_the_last_value_is_not_lost():
    sheet = one('<row r="1"><c r="A1"><v>1</v></c></row><row r="3"><c r="C3" t="e"><v>#REF!</v></c></row>')
    assert sheet.rows == [["1"], [], ["", "", "#REF!"]]


def test_inline_rich_and_shared_texts_are_texts():
    strings = "<si><t>shared</t></si><si><r><t>ri</t></r><r><rPr><b/></rPr><t>ch &amp; more</t></r></si>"
    sheet = one(
        '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c>'
        '<c r="C1" t="inlineStr"><is><r><t>in</t></r><r><t>line</t></r></is></c></row>',
        strings=strings,
    )
    assert sheet.rows == [["shared", "rich & more", "inline"]]


def test_cells_and_rows_that_do_not_say_their_place_follow_one_another():
    sheet = one("<row><c><v>1</v></c><c t='e'><v>#N/A</v></c></row><row><c/><c><f>A1</f></c><c><v>3</v></c></row>")
    assert sheet.rows == [["1", "#N/A"], ["", "=A1", "3"]]


def test_a_workbook_with_prefixes_in_its_xml_is_read():
    parts = xlsx_parts()
    parts["xl/worksheets/sheet1.xml"] = (
        '<?xml version="1.0"?><x:worksheet xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        '<x:sheetData><x:row r="2" hidden="1"><x:c r="B2"><x:v>5</x:v></x:c><x:c r="C2" t="e"><x:v>#REF!</x:v></x:c>'
        '<x:c r="D2"><x:f>B2</x:f></x:c></x:row></x:sheetData></x:worksheet>'
    )
    (sheet,) = read_sheets("x.xlsx", zipped(parts))
    assert sheet.rows == [[], ["", "5", "#REF!", "=B2"]]
    assert [remark.code for remark in sheet.remarks] == ["hidden_rows", "formula_not_calculated"]


def test_a_comment_in_the_xml_is_no_cell():
    comment = '<!-- <c r="Z9" t="e"><v>#REF!</v></c> -->'
    assert one(f'<row r="1"><c r="A1"><v>5</v></c>{comment}</row>').rows == [["5"]]


def test_dates_written_as_iso_text_are_dates():
    sheet = one('<row r="1"><c r="A1" t="d"><v>2014-03-31</v></c><c r="B1" t="d"><v>2014-03-31T12:00:00</v></c></row>')
    assert sheet.rows == [["2014-03-31", "2014-03-31 12:00:00"]]


def shown(code: str, *values: float) -> tuple[list[str], list[Remark]]:
    """What cells of a number format are read as."""

    def fill(workbook: xlsxwriter.Workbook) -> None:
        workbook.add_worksheet().write_row("A1", values, workbook.add_format({"num_format": code}))

    (sheet,) = made(fill)
    return sheet.rows[0], sheet.remarks


@pytest.mark.parametrize(
    ("code", "value", "text"),
    [
        ("0%", 0.5, "50%"),
        ("0.00%", 0.12345, "12.345%"),
        ('0.0"m"', 2.3, "2.3m"),
        (r"0.0\m", 2.349, "2.3490m"),
        ('"£"0.0"m"', 2.3, "£2.3m"),
        ('#,##0"k"', 250, "250k"),
        ('0.0 "million"', -2.5, "-2.5 million"),
        ('"$"#,##0.00', 12, "$12"),
        ("[$€-2] #,##0", 12, "€12"),
        ("#,##0 [$EUR]", 12, "12 EUR"),
        ('0;-0;"TBC"', 0, "TBC"),
        ('0" days"', 5, "5 days"),
    ],
)
def test_a_number_is_read_with_what_its_format_shows_beside_it(code: str, value: float, text: str):
    assert shown(code, value) == ([text], [])


@pytest.mark.parametrize(
    "code",
    [
        "General",
        "0.00",
        "#,##0",
        '"£"#,##0.00',
        "[$£-809]#,##0",
        '_-"£"* #,##0_-;-"£"* #,##0_-;_-"£"* "-"??_-;_-@_-',
        "#,##0;[Red](#,##0)",
        "0.00E+00",
        "# ?/?",
        "@",
    ],
)
def test_a_plain_number_or_one_in_pounds_is_read_as_the_number(code: str):
    assert shown(code, 2_300_000, -1.5) == (["2300000", "-1.5"], [])


@pytest.mark.parametrize("code", ["#,##0,", '0.0,,"m"', '"£"0.0,"k"', "[>=1000000]0.0,,;[>=1000]0.0,;0"])
def test_a_number_shown_in_thousands_or_millions_is_read_in_pounds(code: str):
    texts, remarks = shown(code, 2_300_000)
    assert texts == ["£2300000"]
    assert [(remark.code, remark.found, remark.fate) for remark in remarks] == [("shown_in_thousands", "A1", None)]


def test_a_sheet_that_is_exactly_full_is_remarked_on():
    sheet = one('<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="A1048576"><v>2</v></c></row>')
    assert len(sheet.rows) == 1_048_576
    assert noticed(sheet) == [("sheet_is_full", None, None)]


def test_a_sheet_formatted_to_its_last_column_is_read():
    blank = "".join(f'<c r="{column}1" s="0"/>' for column in ("B", "ZZ", "XFD"))
    assert one(f'<row r="1"><c r="A1"><v>1</v></c>{blank}</row>').rows == [["1"]]


def test_charts_are_passed_over():
    def fill(workbook: xlsxwriter.Workbook) -> None:
        workbook.add_worksheet("Returns").write("A1", 5)
        chart = workbook.add_chart({"type": "bar"})
        chart.add_series({"values": "=Returns!$A$1:$A$1"})
        workbook.add_chartsheet("Chart").set_chart(chart)

    assert [sheet.name for sheet in made(fill)] == ["Returns"]


def test_a_spreadsheet_named_as_text_is_read_by_what_it_is():
    assert read_sheets("return.csv", xlsx('<row r="1"><c r="A1"><v>5</v></c></row>'))[0].rows == [["5"]]


def test_a_missing_sheet_is_named():
    parts = xlsx_parts()
    del parts["xl/worksheets/sheet1.xml"]
    with pytest.raises(Problem, match=r"sheet1\.xml' is missing") as problem:
        read_sheets("return.xlsx", zipped(parts))
    assert problem.value.code == "unreadable"
