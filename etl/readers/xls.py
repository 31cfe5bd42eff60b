"""XLS of Excel 95 to 2003: calamine reads the values of the cells; what it leaves out is read from the records."""

import io
from collections.abc import Iterator

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum

from etl.readers import Problem
from etl.readers.biff import PASSWORD, notice, read_globals
from etl.readers.calamine_rows import stream_of
from etl.readers.noticed import Noticed
from etl.readers.ole import Compound
from etl.readers.stream import Stream
from etl.readers.zip_parts import DAMAGED

WORKBOOKS = ("Workbook", "Book", "WORKBOOK", "BOOK")
ENCRYPTED = ("EncryptedPackage", "EncryptionInfo")
OTHERS = {
    "WordDocument": "a Word document",
    "PowerPoint Document": "a presentation",
    "__properties_version1.0": "a mail",
}
WORKSHEET = 0


def read_xls(content: bytes) -> Iterator[Stream]:
    """The sheets of an XLS workbook, one at a time. Raises Problem for another document, or one with a password."""
    compound = Compound(content)
    if any(name in compound.entries for name in ENCRYPTED):
        raise Problem("password_protected", PASSWORD)
    name = next((name for name in WORKBOOKS if name in compound.entries), None)
    if name is None:
        what = next((what for stream, what in OTHERS.items() if stream in compound.entries), "not a workbook")
        raise Problem("unreadable", f"it is {what}. Save the table as XLSX or as 'CSV UTF-8'.")
    stream = compound.read(name)
    workbook = read_globals(stream)
    try:
        cells = CalamineWorkbook.from_filelike(io.BytesIO(content))
        alike = len(cells.sheets_metadata) == len(workbook.sheets)
        for number, sheet in enumerate(cells.sheets_metadata):
            if sheet.typ == SheetTypeEnum.WorkSheet:
                place, _, hidden = workbook.sheets[number] if alike else (0, WORKSHEET, False)
                noticed = notice(stream, place, workbook) if alike else Noticed()
                yield stream_of("xls", cells.get_sheet_by_index(number), hidden, noticed)
    except PasswordError:
        raise Problem("password_protected", PASSWORD) from None
    except (CalamineError, OSError):
        raise Problem("unreadable", DAMAGED) from None
