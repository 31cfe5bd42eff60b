"""A large plain file is read in columns, with the same outcome as row by row; anything else is left to the rows."""

import csv
import io
import random
from collections.abc import Callable, Sequence

import numpy as np
import pytest
from xlsxwriter import Workbook

from etl.columns import NAMES
from etl.home import shipped
from etl.read import FREE_TEXT, ReadReturn, read_in_columns, read_in_rows, read_return
from etl.readers.columns import columns_of_rows, read_columns
from etl.readers.files import read_sheets
from etl.shape.heading_rows import find_headings
from etl.shape.layout import layout_of
from etl.shape.odd_rows import odd_rows, rows_at
from etl.shape.rows import Sorter

REFERENCE = shipped("reference")
LINES = 1_200
COUNCILS = ("Leeds City Council", "Cornwall", "Adur and Worthing", "Nowhere Council", "Total Council", "E07000026")
AMOUNTS = ("1200", "£1.25m", "1.000", "", "TBC", "(500)", "35", "£1m-£2m", "12,000", " 17 ")
Rows = list[list[str]]


def plain_rows(seed: int) -> Rows:
    chance = random.Random(seed)
    return [list(NAMES), *(ordinary(chance, number) for number in range(LINES))]


def ordinary(chance: random.Random, number: int) -> list[str]:
    cells = dict.fromkeys(NAMES, "") | {
        "project_ref": f"PEP-{number:05}",
        "project_title": f"Project, number {number}" if number % 5 == 0 else f" Project {number}",
        "skill_area": chance.choice(("Shared services", "governance", "Basket weaving")),
        "lead_council": chance.choice(COUNCILS),
        "kind": "efficiency saving",
        "stage": chance.choice(("achieved", "Projected ", "Achieved?")),
        "financial_year": chance.choice(("2014-15", "14/15", "2014", "")),
        "amount_gbp": chance.choice(AMOUNTS),
        "notes": 'says "so"' if number % 7 == 0 else "",
    }
    return list(cells.values())


def row_of(**cells: str) -> list[str]:
    return [cells.get(name, "") for name in NAMES]


def with_blank_rows(rows: Rows) -> Rows:
    return [*rows[:100], [], rows[100], ["", "", ""], *rows[101:], [], []]


def with_totals(rows: Rows) -> Rows:
    pounds = [row_of(project_ref=f"P-{n}", lead_council="Leeds City Council", amount_gbp=f"{n}.50") for n in (1, 2, 3)]
    total = row_of(project_ref="Total", amount_gbp="7.50")
    wrong = row_of(project_ref="Sub-total Leeds City Council", amount_gbp="8")
    nameless = row_of(amount_gbp="7.50")
    return [rows[0], *pounds, total, *rows[1:50], *pounds, nameless, *rows[50:80], wrong, *rows[80:]]


def with_notes_and_bands(rows: Rows) -> Rows:
    band, note = row_of(project_ref="Districts"), row_of(project_ref="Source: the finance team")
    return [*rows[:30], band, *rows[30:60], note, *rows[60:], row_of(lead_council="*provisional")]


def with_headings_again(rows: Rows) -> Rows:
    return [*rows[:40], rows[0], *rows[40:]]


def with_ragged_rows(rows: Rows) -> Rows:
    short, beyond = rows[70][:20], [*rows[71], "", "350.75"]
    return [*rows[:70], short, beyond, [*rows[72], "", ""], *rows[73:]]


def unchanged(rows: Rows) -> Rows:
    return rows


def in_thousands_by_a_note(rows: Rows) -> Rows:
    headings = [name.removesuffix("_gbp") for name in rows[0]]
    return [headings, *rows[1:], row_of(project_ref="All figures are in £000")]


def content_of(rows: Sequence[Sequence[str]], delimiter: str = ",", end: str = "\n") -> bytes:
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter, lineterminator=end).writerows(rows)
    return text.getvalue().encode()


def told(read: ReadReturn) -> dict:
    """All that a reading says, in a form that can be compared."""
    return {
        "lines": {name: read.lines[name].to_pylist() for name in read.lines.column_names},
        "ignored": list(read.ignored),
        "findings": sorted(map(str, read.findings)),
        "columns": [dict(sheet.columns) for sheet in read.sheets],
    }


SHAPES = (
    unchanged,
    with_blank_rows,
    with_totals,
    with_notes_and_bands,
    with_headings_again,
    with_ragged_rows,
    in_thousands_by_a_note,
)


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.__name__)
@pytest.mark.parametrize("seed", range(3))
def test_reading_in_columns_gives_what_reading_row_by_row_gives(shape: Callable[[Rows], Rows], seed: int):
    content = content_of(shape(plain_rows(seed)))
    in_columns = read_in_columns(content, REFERENCE)
    assert in_columns is not None
    assert told(in_columns) == told(read_in_rows("x.csv", content, {}, REFERENCE))


ODD_REFERENCES = (
    "",
    "Total",
    "Sub-total",
    "Leeds total",
    "Source: us",
    "Districts",
    "Grand total",
    "P-9",
    "*",
    "Project",
)
ODD_COUNCILS = ("", "", "Total", "Leeds City Council", "*")
ODD_AMOUNTS = ("", "2014", "2014.0", "0", "1200", "35", "99999", "12.50", "no", "total", "£1.25m")
UNITS = ("000", "£", "£000")


def with_odd_rows(seed: int, beyond: Sequence[list[str]], councils: Sequence[str], amounts: Sequence[str]) -> bytes:
    chance = random.Random(seed)
    rows = plain_rows(seed)
    for _ in range(150):
        cells = row_of(
            project_ref=chance.choice(ODD_REFERENCES),
            lead_council=chance.choice(councils),
            amount_gbp=chance.choice((*amounts, str(chance.randrange(10**5)))),
            notes=chance.choice(("", "", "", "provisional")),
        )
        rows.insert(chance.randrange(1, len(rows)), [*cells, *chance.choice(beyond)])
    return content_of(rows)


@pytest.mark.parametrize("seed", range(10))
def test_odd_rows_of_one_kind_are_no_lines_for_one_reason(seed: int):
    columns = read_columns(
        with_odd_rows(seed, ([], ["", "4"], ["x"]), (*ODD_COUNCILS, "Note", "lead_council"), (*ODD_AMOUNTS, *UNITS))
    )
    assert columns is not None
    headings = find_headings(columns.head, 0, (), REFERENCE)
    assert headings is not None
    sorter = Sorter(headings, layout_of(headings, columns.head[1:], REFERENCE), REFERENCE, columns.head)
    places = np.arange(columns.rows.num_rows)
    odd = odd_rows(columns, places, NAMES.index("amount_gbp"))
    assert odd.cells == rows_at(columns, places)
    assert [sorter.reason(odd.kinds[kind]) for kind in odd.kind_of] == [sorter.reason(cells) for cells in odd.cells]


@pytest.mark.parametrize("seed", range(20))
def test_odd_rows_come_to_the_same_in_columns_and_row_by_row(seed: int):
    content = with_odd_rows(seed, ([],), ODD_COUNCILS, ODD_AMOUNTS)
    in_columns = read_in_columns(content, REFERENCE)
    assert in_columns is not None
    assert told(in_columns) == told(read_in_rows("x.csv", content, {}, REFERENCE))


@pytest.mark.parametrize(("delimiter", "end"), [(";", "\n"), ("\t", "\r\n"), ("|", "\n")])
def test_other_delimiters_and_line_ends_are_read_in_columns_too(delimiter: str, end: str):
    content = b"\xef\xbb\xbf" + content_of(plain_rows(9), delimiter, end)
    in_columns = read_in_columns(content, REFERENCE)
    assert in_columns is not None
    assert told(in_columns) == told(read_in_rows("x.csv", content, {}, REFERENCE))


TEXT = content_of(plain_rows(1))
OTHERS = {
    "small": content_of(plain_rows(1)[:20]),
    "Windows-1252": TEXT.replace(b"Project 1,", b"Project \xa3,"),
    "UTF-16": TEXT.decode().encode("utf-16"),
    "NUL": TEXT.replace(b"Project 3,", b"Project \x00,"),
    "as above": TEXT.replace(b"Cornwall", b"as above"),
    "an open quotation mark": TEXT.replace(b"PEP-00033", b'"PEP-00033'),
    "a cell over two rows": TEXT.replace(b"PEP-00033", b'"PEP-0003\n3"'),
    "a title row": b"Savings in 2014-15\n" + TEXT,
    "two columns of amounts": TEXT.replace(b"amount_low_gbp", b"savings 2015/16"),
    "a heading with two meanings": TEXT.replace(b"financial_year", b"year"),
    "a second table": TEXT + b"Project reference,Lead council,Kind,Stage,Savings\nP,Leeds,saving,achieved,5\n",
}


@pytest.mark.parametrize("name", OTHERS)
def test_what_is_not_plain_is_left_to_the_rows(name: str):
    assert read_in_columns(OTHERS[name], REFERENCE) is None


def test_columns_of_free_text_are_columns_of_a_return():
    assert set(FREE_TEXT) <= set(NAMES)


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.__name__)
def test_a_large_sheet_is_read_in_columns_with_the_same_outcome(shape: Callable[[Rows], Rows]):
    rows = shape(plain_rows(4))
    content = workbook_of(rows)
    assert columns_of_rows(read_sheets("x.xlsx", content)[0].rows) is not None
    read = read_return("x.xlsx", content, {}, REFERENCE)
    assert told(read) == told(read_in_rows("x.xlsx", content, {}, REFERENCE))


def workbook_of(rows: Rows) -> bytes:
    stream = io.BytesIO()
    with Workbook(stream, {"strings_to_numbers": True}) as book:
        sheet = book.add_worksheet("Return")
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    return stream.getvalue()
