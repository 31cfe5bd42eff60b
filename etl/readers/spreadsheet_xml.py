"""XML of Excel 2003."""

from collections.abc import Iterator

from etl.readers import Problem
from etl.readers.stream import Stream


def read_spreadsheet_xml(content: bytes) -> Iterator[Stream]:
    """Not read yet."""
    raise Problem("unreadable", f"it is XML of {len(content):,} bytes. Open it, and save it as XLSX.")
