"""Text files: encodings, delimiters, ends of lines, quoting, and amounts parted by their own commas."""

import pytest

from etl.readers import Problem, Remark, Sheet
from etl.readers.delimited import read_rows
from etl.readers.files import read_sheets


def read(content: bytes | str, name: str = "return.csv") -> Sheet:
    sheets = read_sheets(name, content if isinstance(content, bytes) else content.encode())
    assert len(sheets) == 1
    return sheets[0]


def noticed(sheet: Sheet) -> list[tuple[str, int | None, str | None]]:
    return [(remark.code, remark.row, remark.fate) for remark in sheet.remarks]


def only(sheet: Sheet) -> Remark:
    assert len(sheet.remarks) == 1
    return sheet.remarks[0]


TABLE = [["lead_council", "stage", "amount_gbp"], ["Bath & N. E. Somerset", "achieved", "£1,250"], ["Süd", "", "-"]]


@pytest.mark.parametrize("delimiter", [",", "\t", ";", "|", "^", "\x1f"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"])
def test_a_table_reads_the_same_however_it_is_written(delimiter: str, end: str, encoding: str):
    lines = [delimiter.join(f'"{cell}"' if delimiter in cell else cell for cell in row) for row in TABLE]
    sheet = read((end.join(lines) + end).encode(encoding))
    assert sheet.rows == TABLE
    assert [remark.code for remark in sheet.remarks] == (["encoding_assumed"] if encoding == "cp1252" else [])


def test_a_pound_sign_in_windows_1252_is_a_pound_sign_and_said_to_be_assumed():
    sheet = read(b"council,amount\r\nLeeds,\xa3500\r\n")
    assert sheet.rows[1] == ["Leeds", "£500"]
    assert only(sheet).fate is None
    assert "Windows-1252" in only(sheet).message


def test_a_file_of_two_encodings_is_read_line_by_line_and_its_rows_named():
    sheet = read("council,amount\nLeeds,£5\n".encode() + b"York,\xa36\n" + "Bath,£7\n".encode())
    assert [row[1] for row in sheet.rows[1:]] == ["£5", "£6", "£7"]
    assert "elsewhere: 3." in only(sheet).message


def test_bytes_of_no_encoding_quarantine_their_row_and_no_other():
    sheet = read(b"council,amount\nLe\x81ds,5\nYork,6\n")
    assert noticed(sheet) == [("bytes_unreadable", 2, "quarantined")]
    assert sheet.rows[2] == ["York", "6"]


def test_rows_are_named_as_a_person_counts_them_after_a_cell_of_two_lines():
    sheet = read(b'council,amount\n"Leeds\nand York",5\nB\x81th,6\n')
    assert sheet.rows[1] == ["Leeds\nand York", "5"]
    assert noticed(sheet) == [("bytes_unreadable", 3, "quarantined")]


def test_utf_16_that_breaks_off_is_refused():
    with pytest.raises(Problem, match="damaged at byte") as problem:
        read("council,amount\nLeeds,5\n".encode("utf-16")[:-1])
    assert problem.value.code == "unreadable"


def test_the_line_that_names_the_delimiter_is_a_blank_row_and_keeps_its_number():
    assert read("sep=;\r\ncouncil;amount\r\nLeeds, York;5\r\n").rows == [
        [],
        ["council", "amount"],
        ["Leeds, York", "5"],
    ]


def test_semicolons_within_cells_do_not_make_a_comma_file_a_semicolon_file():
    text = "project_ref,partner_councils,amount_gbp\nP1,Leeds;York;Bath,5\nP2,Derby;Boston,6\n"
    assert read(text).rows[1] == ["P1", "Leeds;York;Bath", "5"]


def test_decimal_commas_do_not_make_a_semicolon_file_a_comma_file():
    assert read("council;amount;share\nLeeds;1,5;2,5\nYork;3,5;4,5\n").rows[1] == ["Leeds", "1,5", "2,5"]


def test_prose_above_a_table_does_not_decide_the_delimiter():
    text = "Savings, income, and more, by council\n\ncouncil;stage;amount\nLeeds;achieved;5\nYork;achieved;6\n"
    assert read(text).rows[3] == ["Leeds", "achieved", "5"]


def test_a_column_alone_is_a_table():
    assert read("amount_gbp\n500\n600\n").rows == [["amount_gbp"], ["500"], ["600"]]


def test_a_blank_line_is_an_empty_row():
    assert read("council,amount\n\nLeeds,5\n").rows == [["council", "amount"], [], ["Leeds", "5"]]


def test_doubled_quotes_and_quoted_line_ends_stay_in_their_cell():
    text = 'council,notes,amount\r\nLeeds,"said ""yes""\r\non Monday",5\r\nYork,,6\r\n'
    assert read(text).rows[1] == ["Leeds", 'said "yes"\r\non Monday', "5"]
    assert read(text).remarks == []


def test_a_quote_that_is_never_closed_costs_its_row_and_swallows_no_line():
    sheet = read('council,notes,amount\nLeeds,"as agreed,5\nYork,x,6\nBath,y,7\n')
    assert [row[0] for row in sheet.rows] == ["council", "Leeds", "York", "Bath"]
    assert noticed(sheet) == [("quoting_broken", 2, "quarantined")]


def test_a_quote_that_is_closed_lines_below_swallows_no_line():
    sheet = read('council,notes,amount\nLeeds,"as agreed,5\nYork,x,6\nBath,"y",7\nDerby,,8\n')
    assert [row[0] for row in sheet.rows] == ["council", "Leeds", "York", "Bath", "Derby"]
    assert noticed(sheet) == [("quoting_broken", 2, "quarantined")]


def test_lines_joined_by_two_stray_quotes_are_quarantined_by_name():
    sheet = read('council,notes,amount\nLeeds,"as agreed,5\nYork,x",6\nBath,y,7\nDerby,z,8\n')
    assert noticed(sheet) == [("lines_in_one_cell", 2, "quarantined")]


def test_quoting_broken_everywhere_is_a_problem():
    with pytest.raises(Problem, match="many rows") as problem:
        read("council,amount\n" + '"Leeds" York,5\n' * 100)
    assert problem.value.code == "unreadable"


def test_a_quotation_mark_within_a_cell_is_a_character():
    assert read('council,notes\nLeeds,6" pipe\n').rows[1] == ["Leeds", '6" pipe']


@pytest.mark.parametrize(
    ("line", "code"),
    [("Leeds,412,350.75,", True), ("Leeds,£412,350,", True), ("Leeds,412350.75,", False), ("Leeds,412,late", False)],
)
def test_an_amount_parted_by_its_comma_is_quarantined(line: str, code: bool):
    sheet = read(f"council,amount,notes\n{line}\nYork,5000,late\nBath,6000,early\n")
    assert noticed(sheet) == ([("cells_may_be_split", 2, "quarantined")] if code else [])


def test_an_amount_parted_by_its_comma_is_seen_where_blank_ends_of_rows_are_left_out():
    sheet = read("council,amount,notes\nLeeds,412,350.75\nYork,5000\nBath,6000,early\nDerby,7000,late\n")
    assert noticed(sheet) == [("cells_may_be_split", 2, "quarantined")]


def test_short_numbers_side_by_side_are_no_parted_amounts():
    wide = "council,2014/15,2015/16,2016/17\nLeeds,120,250,300\nYork,100,200\nBath,10,110,120\n"
    assert noticed(read(wide)) == []
    with_commas_at_the_end = "council,days,amount\nLeeds,12,700,\nYork,10,600,\nBath,11,500,\n"
    assert noticed(read(with_commas_at_the_end)) == []


def test_text_saved_as_a_spreadsheet_is_read_by_what_it_is():
    assert read("council\tamount\nLeeds\t5\n", "return.xls").rows[1] == ["Leeds", "5"]


def test_more_columns_than_any_return_has_are_refused():
    with pytest.raises(Problem, match="2,500 cells") as problem:
        read(",".join(f"c{number}" for number in range(2_500)) + "\n")
    assert problem.value.code == "too_large"


def test_blank_cells_beyond_the_last_column_are_no_columns():
    assert len(read("council,amount" + "," * 3_000 + "\nLeeds,5\n").rows) == 2


def test_the_rows_of_a_delimited_file_can_be_read_alone():
    assert read_rows(b"a,b\n1,2\n") == [["a", "b"], ["1", "2"]]
