"""Comma-separated returns: bytes become rows of text, each with its number as a person sees it."""

import csv
import io

from etl.readers import Problem

LONGEST_CELL = 1_000_000


def read_rows(content: bytes) -> list[list[str]]:
    """Every row of a UTF-8 file, the first is row 1; a blank row is an empty list. Problem if it is no such file."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise Problem("unreadable", f"it is not UTF-8 text (line {line}). Save it as 'CSV UTF-8'.") from None
    if "\x00" in text:
        raise Problem("unreadable", "it holds NUL bytes, so it is not a text file. Save it as 'CSV UTF-8'.")
    csv.field_size_limit(LONGEST_CELL)
    try:
        return list(csv.reader(io.StringIO(text, newline=""), strict=True))
    except csv.Error as error:
        raise Problem("unreadable", f"its quoting is broken ({error}). Save it again as 'CSV UTF-8'.") from None
