"""XLSB: calamine reads the values of the cells. Number formats are not looked at."""

import io
from collections.abc import Iterator

from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from etl.readers import Problem
from etl.readers.calamine_rows import stream_of
from etl.readers.noticed import Noticed
from etl.readers.stream import Stream
from etl.readers.xml_elements import BROKEN_XML
from etl.readers.zip_parts import Parts


def read_xlsb(content: bytes, parts: Parts) -> Iterator[Stream]:
    """The sheets of an XLSB workbook, one at a time."""
    parts.check_others()
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
        for number, sheet in enumerate(workbook.sheets_metadata):
            if sheet.typ == SheetTypeEnum.WorkSheet:
                hidden = sheet.visible != SheetVisibleEnum.Visible
                yield stream_of("xlsx", workbook.get_sheet_by_index(number), hidden, Noticed())
    except CalamineError:
        raise Problem("unreadable", BROKEN_XML) from None
