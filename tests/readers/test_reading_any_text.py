"""Any rows of text come back the same, however they were written; no bytes make the reader fail."""

import csv
import io

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from etl.readers import Problem
from etl.readers.delimited import read_delimited

HEADINGS = ["project_ref", "lead_council", "stage", "amount_gbp"]
LETTERS = st.characters(codec="cp1252", exclude_categories=["Cc"])
CELLS = st.text(LETTERS | st.sampled_from(",;|\t\"'\n £€"), max_size=12)
ROWS = st.lists(st.lists(CELLS, min_size=4, max_size=4), min_size=1, max_size=12)
DELIMITERS = st.sampled_from([",", ";", "\t", "|"])
ENDS = st.sampled_from(["\n", "\r\n", "\r"])
ENCODINGS = st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])


def is_certain(content: bytes, encoding: str) -> bool:
    """Some lines of Windows-1252, like A3 behind C2, are good UTF-8 too: nobody can tell which was meant."""
    lines = [line for line in content.splitlines() if not line.isascii()]
    return encoding != "cp1252" or not any("\ufffd" not in line.decode("utf-8", "replace") for line in lines)


def written(rows: list[list[str]], delimiter: str, end: str, quoting: int = csv.QUOTE_ALL) -> str:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter, lineterminator=end, quoting=quoting).writerows(rows)
    return out.getvalue()


@settings(max_examples=120, deadline=None)
@given(ROWS, DELIMITERS, ENDS, ENCODINGS)
def test_rows_written_in_quotes_come_back_the_same(rows, delimiter, end, encoding):
    content = written([HEADINGS, *rows], delimiter, end).encode(encoding)
    assume(is_certain(content, encoding))
    assert read_delimited(content).rows == [HEADINGS, *rows]


@settings(max_examples=80, deadline=None)
@given(ROWS, DELIMITERS, ENDS, ENCODINGS)
def test_rows_written_with_few_quotes_come_back_the_same(rows, delimiter, end, encoding):
    plain = [[cell.translate(dict.fromkeys(map(ord, ",;|\t\n"))) for cell in row] for row in rows]
    content = written([HEADINGS, *plain], delimiter, end, csv.QUOTE_MINIMAL).encode(encoding)
    assume(is_certain(content, encoding))
    assert read_delimited(content).rows == [HEADINGS, *plain]


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=200) | st.text(max_size=100).map(str.encode))
def test_any_bytes_are_rows_or_a_problem(content: bytes):
    try:
        rows = read_delimited(content).rows
    except Problem as problem:
        rows = [[str(problem)]]
    assert all(isinstance(cell, str) for row in rows for cell in row)


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252"])
def test_a_row_is_lost_to_no_broken_quote(encoding: str):
    lines = ["ref,council,notes,amount", *(f"{n},Leeds,{'“' if n % 3 else chr(34)}late,5" for n in range(40))]
    rows = read_delimited("\n".join(lines).encode(encoding)).rows
    assert [row[0] for row in rows] == ["ref", *map(str, range(40))]
