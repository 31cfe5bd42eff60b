"""XLS, XLSB and ODS: the same sheet in each, and what each has of its own."""

import struct
from pathlib import Path

import pytest
from hostile import compound, record
from made_files import ods, ods_cell, zipped

from etl.readers import Problem, Sheet
from etl.readers.files import read_sheets

FIXTURES = Path(__file__).parent / "fixtures"
ROWS = [
    *([], []),
    ["", "", "council", "amount", "paid", "share", "notes", "more"],
    ["", "", "Leeds", "1234", "2014-03-31", "50%", "“late”, £5 & more"],
    ["", "", "York", "2.3m", "2014-03-31 12:30:00", "12.5%"],
    ["", "", "Bath", "£2300000", "", "$12"],
    ["", "", "Derby", "2468", "#DIV/0!", "Leeds too", "TRUE"],
    ["", "", "Boston", "1.2340", "-0.5", "123456.78"],
    ["", "", "merged"],
    [],
    ["", "", "Gone"],
]


def noticed(sheet: Sheet) -> list[tuple[str, int | None, str]]:
    return [(remark.code, remark.row, remark.found) for remark in sheet.remarks]


def one(table: str, styles: str = "", **others: bytes | str) -> Sheet:
    (sheet,) = read_sheets("return.ods", ods(table, styles, **others))
    return sheet


def row(*cells: str, said: str = "") -> str:
    return f"<table:table-row {said}>{''.join(cells)}</table:table-row>"


def text(shown: str) -> str:
    return ods_cell(shown, value_type="string")


def test_a_messy_ods_is_read_as_a_person_sees_it():
    returns, old = read_sheets("return.ods", (FIXTURES / "messy.ods").read_bytes())
    assert (returns.name, returns.rows, returns.merged) == ("Returns", ROWS, ((9, 3, 10, 4),))
    assert noticed(returns) == [
        ("hidden_rows", None, "11"),
        ("hidden_columns", None, "H"),
        ("shown_in_thousands", None, "D6"),
    ]
    assert (old.rows, noticed(old)) == ([["x"]], [("hidden_sheet", None, "Old")])


def test_a_messy_xls_is_read_as_a_person_sees_it():
    returns, old = read_sheets("return.xls", (FIXTURES / "messy.xls").read_bytes())
    assert (returns.name, returns.rows, returns.merged) == ("Returns", ROWS, ((9, 3, 10, 4),))
    assert noticed(returns) == [
        ("hidden_rows", None, "11"),
        ("hidden_columns", None, "H"),
        ("shown_in_thousands", None, "D6"),
    ]
    assert (old.rows, noticed(old)) == ([["x"]], [("hidden_sheet", None, "Old")])


def xls(*cells: bytes) -> bytes:
    """An XLS of one sheet, Returns, with these records."""
    begin = record(0x0809, struct.pack("<HHHHII", 0x0600, 5, 0, 0, 0, 0x0600))
    name = record(0x0085, struct.pack("<IBBBB", len(begin) + 8 + 4 + 8 + 4, 0, 0, 7, 0) + b"Returns")
    place = len(begin) + len(name) + 4
    name = record(0x0085, struct.pack("<IBBBB", place, 0, 0, 7, 0) + b"Returns")
    sheet = record(0x0809, struct.pack("<HHHHII", 0x0600, 16, 0, 0, 0, 0x0600)) + b"".join(cells) + record(0x000A)
    return compound("Workbook", content=begin + name + record(0x000A) + sheet)


def test_the_text_of_a_formula_in_an_xls_is_its_text():
    formula = record(0x0006, struct.pack("<HHH", 1, 1, 0) + b"\x00" * 6 + b"\xff\xff" + b"\x00" * 8)
    result = record(0x0207, struct.pack("<HB", 6, 0) + b"\xa3500 k")
    number = record(0x0203, struct.pack("<HHHd", 0, 0, 0, 12.5))
    (sheet,) = read_sheets("return.xls", xls(number, formula, result))
    assert sheet.rows == [["12.5"], ["", "£500 k"]]


def test_an_xls_that_is_exactly_full_is_remarked_on():
    numbers = [record(0x0203, struct.pack("<HHHd", at, 0, 0, 1.0)) for at in (0, 65_535)]
    (sheet,) = read_sheets("return.xls", xls(*numbers))
    assert len(sheet.rows) == 65_536
    assert [code for code, *_ in noticed(sheet)] == ["sheet_is_full"]


def test_repeated_rows_and_cells_of_an_ods_are_written_out():
    twice = text("x").replace("table-cell ", 'table-cell table:number-columns-repeated="2" ')
    blank = '<table:table-cell table:number-columns-repeated="3"/>'
    blank_rows = row(blank, said='table:number-rows-repeated="2"')
    table = blank_rows + row(blank, twice, said='table:number-rows-repeated="2"') + blank_rows
    assert one(table).rows == [[], [], *[["", "", "", "x", "x"]] * 2]


@pytest.mark.parametrize(
    ("cell", "read"),
    [
        (ods_cell("50%", value_type="percentage", value="0.5"), "50%"),
        (ods_cell("£1,234.50", value_type="currency", currency="GBP", value="1234.5"), "1234.5"),
        (ods_cell("€12", value_type="currency", currency="EUR", value="12"), "12 EUR"),
        (ods_cell("2.3m", value_type="float", value="2.3"), "2.3m"),
        (ods_cell("2,3m", value_type="float", value="2.3"), "2.3m"),
        (ods_cell("£2.3m", value_type="float", value="2300000"), "£2300000"),
        (ods_cell("2,300", value_type="float", value="2300000"), "£2300000"),
        (ods_cell("7m", value_type="float", value="2.3"), "2.3 (shown as 7m)"),
        (ods_cell("2.35E+06", value_type="float", value="2349000"), "2349000"),
        (ods_cell("TBC", value_type="float", value="0"), "TBC"),
        (ods_cell("-", value_type="float", value="0"), "0"),
        (ods_cell("1.23", value_type="float", value="1.234"), "1.2340"),
        (ods_cell("31 March", value_type="date", date_value="2014-03-31T00:00:00"), "2014-03-31"),
        (ods_cell("12:30", value_type="time", time_value="PT12H30M00S"), "12:30:00"),
        (ods_cell("YES", value_type="boolean", boolean_value="true"), "TRUE"),
        (ods_cell("a</text:p><text:p>b<text:s text:c='2'/>c<text:tab/>d", value_type="string"), "a\nb  c\td"),
        (text("x<office:annotation><text:p>a comment</text:p></office:annotation>"), "x"),
        ("<table:table-cell office:value-type='string'><office:annotation><text:p>no</text:p></office:annotation>"
         "<text:p>yes</text:p></table:table-cell>", "yes"),
    ],
)  # fmt: skip
def test_a_cell_of_an_ods_is_read_as_a_person_sees_it(cell: str, read: str):
    assert one(row(cell)).rows == [[read]]


def test_a_formula_of_an_ods_without_a_result_quarantines_its_row():
    sheet = one(row(text("x")) + row('<table:table-cell table:formula="of:=[.A1]*2"/>'))
    assert sheet.rows == [["x"], ["=[.A1]*2"]]
    assert noticed(sheet) == [("formula_not_calculated", 2, "=[.A1]*2")]


def test_filtered_rows_of_an_ods_are_hidden_rows():
    hidden = row(text("y"), said='table:visibility="filter" table:number-rows-repeated="2"')
    assert noticed(one(row(text("x")) + hidden)) == [("hidden_rows", None, "2-3")]


def text_record(body: str) -> bytes:
    return struct.pack("<I", len(body)) + body.encode("utf-16-le")


def binary(kind: int, body: bytes = b"") -> bytes:
    """A record of an XLSB part."""
    head = bytes([kind]) if kind < 0x80 else bytes([kind & 0x7F | 0x80, kind >> 7])
    return head + bytes([len(body)]) + body


def xlsb(*cells: bytes) -> bytes:
    """An XLSB of one sheet, Returns, with these records."""
    listed = binary(156, struct.pack("<II", 0, 1) + text_record("rId1") + text_record("Returns"))
    dimension = binary(148, struct.pack("<IIII", 0, 9, 0, 9))
    sheet = binary(129) + dimension + binary(145) + b"".join(cells) + binary(146) + binary(130)
    package = "http://schemas.openxmlformats.org/package/2006/relationships"
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet"
    relations = (
        f'<?xml version="1.0"?><Relationships xmlns="{package}">'
        f'<Relationship Id="rId1" Type="{kind}" Target="worksheets/sheet1.bin"/></Relationships>'
    )
    return zipped(
        {
            "[Content_Types].xml": "<Types/>",
            "xl/workbook.bin": binary(131) + binary(143) + listed + binary(144) + binary(132),
            "xl/_rels/workbook.bin.rels": relations,
            "xl/worksheets/sheet1.bin": sheet,
        }
    )


def row_record(number: int, hidden: bool = False) -> bytes:
    return binary(0, struct.pack("<IIHBB", number, 0, 300, 0, 0x10 if hidden else 0) + b"\x00" * 5)


def test_values_and_errors_of_an_xlsb_are_read():
    sheet = read_sheets(
        "return.xlsb",
        xlsb(
            row_record(1) + binary(6, struct.pack("<II", 1, 0) + text_record("£2.3m")),
            binary(5, struct.pack("<IId", 2, 0, 1234.5)) + binary(4, struct.pack("<IIB", 3, 0, 1)),
            row_record(2, hidden=True) + binary(3, struct.pack("<IIB", 1, 0, 0x17)),
        ),
    )[0]
    assert sheet.rows == [[], ["", "£2.3m", "1234.5", "TRUE"], ["", "#REF!"]]
    assert noticed(sheet) == [("hidden_rows", None, "3")]


def test_an_xlsb_without_its_sheet_is_refused():
    content = xlsb(row_record(1)).replace(b"xl/worksheets/sheet1.bin", b"xl/worksheets/sheet2.bin")
    with pytest.raises(Problem, match="is missing") as problem:
        read_sheets("return.xlsb", content)
    assert problem.value.code == "unreadable"
