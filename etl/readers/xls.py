"""XLS"""

import io
from collections.abc import Iterator

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

from etl.readers import Problem
from etl.readers.calamine_rows import stream_of
from etl.readers.noticed import Noticed
from etl.readers.stream import Stream
from etl.readers.zip_parts import DAMAGED


def read_xls(content: bytes) -> Iterator[Stream]:
    """The sheets of an XLS workbook, one at a time."""
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
        for number, sheet in enumerate(workbook.sheets_metadata):
            if sheet.typ == SheetTypeEnum.WorkSheet:
                hidden = sheet.visible != SheetVisibleEnum.Visible
                yield stream_of("xls", workbook.get_sheet_by_index(number), hidden, Noticed())
    except PasswordError:
        raise Problem("password_protected", "it is protected by a password. Save it without one.") from None
    except CalamineError:
        raise Problem("unreadable", DAMAGED) from None
