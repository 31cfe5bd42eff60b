"""HTML and XML of 2003 that are saved as XLS: tables as a person sees them."""

import pytest

from etl.readers import Problem, Sheet
from etl.readers.files import read_sheets

PAGE = "<html><head><meta charset=utf-8><title>no</title><script>'<table>'</script></head><body>{}</body></html>"


def page(body: str) -> list[Sheet]:
    return read_sheets("return.xls", PAGE.format(body).encode())


def test_a_table_with_spans_entities_and_nested_markup_is_read():
    (sheet,) = page(
        "<table><thead><tr><th rowspan=2>Council<th colspan='2'>Savings</tr><tr><td>2014/15</td><td>2015/16</td></tr>"
        "<tr><td><b>Leeds</b> &amp;\n York<br>both<td>&pound;1,000<td>2&nbsp;000<!-- no --></table>"
    )
    assert sheet.name is None
    assert sheet.rows == [["Council", "Savings"], ["", "2014/15", "2015/16"], ["Leeds & York\nboth", "£1,000", "2 000"]]
    assert sheet.merged == ((1, 1, 2, 1), (1, 2, 1, 3))


def test_text_above_a_table_stands_in_rows_above_it():
    (sheet,) = page("<h1>Savings (&pound;000)</h1><p>2014-15</p><table><tr><td>Leeds<td>5</table>")
    assert sheet.rows == [["Savings (£000)"], ["2014-15"], ["Leeds", "5"]]


def test_each_table_is_a_sheet_also_one_within_another():
    sheets = page("<table><tr><td>outer<table><tr><td>inner</table></table><table><tr><td>next</table>")
    assert [(sheet.name, sheet.rows) for sheet in sheets] == [
        ("Table 1", [["outer"]]),
        ("Table 2", [["inner"]]),
        ("Table 3", [["next"]]),
    ]


def test_a_row_that_is_not_displayed_is_a_hidden_row():
    (sheet,) = page('<table><tr><td>a</tr><tr style="display: none"><td>b</tr></table>')
    assert sheet.rows == [["a"], ["b"]]
    assert [(remark.code, remark.found) for remark in sheet.remarks] == [("hidden_rows", "2")]


def test_a_page_in_windows_1252_that_does_not_say_so_is_remarked_on():
    (sheet,) = read_sheets("return.xls", b"<table><tr><td>\xa35</table>")
    assert sheet.rows == [["£5"]]
    assert [remark.code for remark in sheet.remarks] == ["encoding_assumed"]
    (sheet,) = read_sheets("return.xls", b'<meta charset="windows-1252"><table><tr><td>\xa35</table>')
    assert (sheet.rows, sheet.remarks) == ([["£5"]], [])


def test_a_page_in_utf_16_is_read():
    assert read_sheets("return.xls", "<table><tr><td>£5</table>".encode("utf-16"))[0].rows == [["£5"]]


NAMES = 'xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"'
STYLES = (
    '<Styles><Style ss:ID="a"><NumberFormat ss:Format="Percent"/></Style><Style ss:ID="b" ss:Parent="a"/>'
    '<Style ss:ID="c"><NumberFormat ss:Format="#,##0,"/></Style></Styles>'
)


STYLED = 'ss:StyleID="{}"'
OPTIONS = '<WorksheetOptions xmlns="urn:schemas-microsoft-com:office:excel">{}</WorksheetOptions>'


def workbook(table: str, after: str = "", start: str = '<?xml version="1.0"?>') -> Sheet:
    sheet = f'<Worksheet ss:Name="Returns"><Table>{table}</Table>{after}</Worksheet>'
    text = f"{start}<Workbook {NAMES}>{STYLES}{sheet}</Workbook>"
    (read,) = read_sheets("return.xml", text.encode())
    assert read.name == "Returns"
    return read


def cell(value: str, kind: str = "String", said: str = "") -> str:
    return f'<Cell {said}><Data ss:Type="{kind}">{value}</Data></Cell>'


def test_a_workbook_of_2003_is_read_at_its_rows_and_columns():
    merged = cell("a &amp; b", said='ss:Index="2" ss:MergeAcross="1"')
    sheet = workbook(f'<Row ss:Index="3">{merged}{cell("1234.50", "Number")}</Row><Row>{cell("1", "Boolean")}</Row>')
    assert sheet.rows == [[], [], ["", "a & b", "", "1234.5"], ["TRUE"]]
    assert sheet.merged == ((3, 2, 3, 3),)


def test_dates_formats_errors_and_formulas_of_a_workbook_of_2003_are_read():
    sheet = workbook(
        f"<Row>{cell('2014-03-31T00:00:00.000', 'DateTime')}{cell('0.5', 'Number', STYLED.format('b'))}"
        f"{cell('2300000', 'Number', STYLED.format('c'))}{cell('#REF!', 'Error')}"
        '<Cell><ss:Data ss:Type="String"><B>rich</B> text</ss:Data><Comment><Data>no</Data></Comment></Cell>'
        '<Cell ss:Formula="=R1C1"/></Row>'
    )
    assert sheet.rows == [["2014-03-31", "50%", "£2300000", "#REF!", "rich text", "=R1C1"]]
    assert [(remark.code, remark.row) for remark in sheet.remarks] == [
        ("formula_not_calculated", 1),
        ("shown_in_thousands", None),
    ]


def test_what_is_hidden_in_a_workbook_of_2003_is_remarked_on():
    hidden = OPTIONS.format("<Visible>SheetHidden</Visible>")
    sheet = workbook(f'<Column ss:Index="2" ss:Hidden="1"/><Row ss:Hidden="1">{cell("a")}</Row>', hidden)
    assert [(remark.code, remark.found) for remark in sheet.remarks] == [
        ("hidden_sheet", "Returns"),
        ("hidden_rows", "1"),
        ("hidden_columns", "B"),
    ]


def test_a_workbook_of_2003_that_declares_entities_is_refused():
    with pytest.raises(Problem, match="entities") as problem:
        workbook(f"<Row>{cell('&a;')}</Row>", start='<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a SYSTEM "x">]>')
    assert problem.value.code == "unreadable"


def test_a_flat_opendocument_sheet_is_read():
    office = "urn:oasis:names:tc:opendocument:xmlns:"
    names = " ".join(f'xmlns:{name}="{office}{name}:1.0"' for name in ("office", "table", "text"))
    text = (
        f'<?xml version="1.0"?><office:document {names}><office:body><office:spreadsheet><table:table table:name="A">'
        '<table:table-row><table:table-cell office:value-type="string"><text:p>£5</text:p></table:table-cell>'
        "</table:table-row></table:table></office:spreadsheet></office:body></office:document>"
    )
    (sheet,) = read_sheets("return.fods", text.encode())
    assert (sheet.name, sheet.rows) == ("A", [["£5"]])
