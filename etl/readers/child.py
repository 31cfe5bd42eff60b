"""The process that reads one spreadsheet: bytes on standard input become lines of JSON on standard output.

It runs under limits of memory and time, so that a hostile file can harm nothing but this process.
"""

import gc
import sys
from collections.abc import Callable, Iterator
from itertools import islice
from typing import BinaryIO

import orjson

from etl.readers import Problem
from etl.readers.stream import Stream

ROWS_AT_ONCE = 2_000
MOST_OUTPUT = 400_000_000


def limit(memory: int, seconds: int) -> None:
    """Caps the memory and the processor time of this process, where the platform can."""
    try:
        import resource
    except ImportError:
        return
    wanted = {resource.RLIMIT_CPU: seconds}
    if sys.platform != "darwin":
        wanted[resource.RLIMIT_AS] = memory
    for what, most in wanted.items():
        hard = resource.getrlimit(what)[1]
        own = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(what, (own, own))


def reader_of(kind: str) -> Callable[[bytes], Iterator[Stream]]:
    """The reader of a kind of file; only that one is imported."""
    if kind == "zip":
        from etl.readers.zipped import read_zipped

        return read_zipped
    if kind == "ole":
        from etl.readers.xls import read_xls

        return read_xls
    if kind == "html":
        from etl.readers.html_tables import read_html

        return read_html
    from etl.readers.spreadsheet_xml import read_spreadsheet_xml

    return read_spreadsheet_xml


def write_sheets(sheets: Iterator[Stream], out: BinaryIO) -> None:
    """Writes each sheet as it is read: its rows in portions, then a line on the sheet itself."""
    written = 0
    for sheet in sheets:
        while portion := list(islice(sheet.rows, ROWS_AT_ONCE)):
            line = orjson.dumps(portion)
            written += len(line)
            if written > MOST_OUTPUT:
                raise Problem("too_large", "it holds more text than a return does. Send it in parts.")
            out.write(line + b"\n")
        remarks = [(each.code, each.row, each.found, each.message, each.fate) for each in sheet.remarks()]
        out.write(orjson.dumps({"name": sheet.name, "merged": sheet.merged, "remarks": remarks}) + b"\n")


def main() -> int:
    """Reads standard input as the kind of file that the first argument names, within the limits of the others."""
    kind, memory, seconds = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    content = sys.stdin.buffer.read()
    # Rows are many and make no circles: looking for some costs a fifth of the time.
    gc.disable()
    limit(memory, seconds)
    out = sys.stdout.buffer
    try:
        write_sheets(reader_of(kind)(content), out)
        out.write(b'{"end":true}\n')
    except Problem as problem:
        out.write(orjson.dumps({"problem": problem.code, "message": str(problem)}) + b"\n")
    except (MemoryError, RecursionError):
        out.write(orjson.dumps({"problem": "too_large", "message": ""}) + b"\n")
    out.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main())
