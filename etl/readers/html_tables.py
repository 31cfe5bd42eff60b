"""HTML saved as XLS."""

from collections.abc import Iterator

from etl.readers import Problem
from etl.readers.stream import Stream


def read_html(content: bytes) -> Iterator[Stream]:
    """Not read yet."""
    raise Problem("unreadable", f"it is a web page of {len(content):,} bytes. Open it, and save it as XLSX.")
