"""The values that calamine reads of a sheet become rows of text, with what it leaves out put back in its place."""

from collections.abc import Iterator
from typing import Any

from python_calamine import CalamineSheet

from etl.readers import Remark
from etl.readers.cell_text import number_text, text_of
from etl.readers.noticed import Noticed, check_extent, full_sheet
from etl.readers.stream import Stream


def stream_of(kind: str, sheet: CalamineSheet, hidden: bool, noticed: Noticed) -> Stream:
    """One sheet of a workbook; `kind` (xls, xlsx) says how many rows it may have."""
    last = sheet.end or (-1, -1)
    check_extent(sheet.name, last[0] + 1, last[1] + 1)
    ranges = sheet.merged_cell_ranges or []
    merged = [(top + 1, left + 1, low + 1, right + 1) for (top, left), (low, right) in ranges]

    def remarks() -> list[Remark]:
        return noticed.remarks(sheet.name, hidden) + full_sheet(kind, last[0] + 1)

    return Stream(sheet.name, rows_of(sheet, noticed), remarks, merged)


def rows_of(sheet: CalamineSheet, noticed: Noticed) -> Iterator[list[str]]:
    """The rows of a sheet from its row 1 on; a blank row is empty, and blank cells at the end of a row are left out."""
    touched = noticed.texts.keys() | noticed.formats.keys()
    last = max(noticed.texts, default=0)
    passed = 0
    left = [""] * (sheet.start or (0, 0))[1]
    for number, values in enumerate(_from_first_row(sheet), 1):
        passed = number
        if left:
            values = [*left, *values]
        if number in touched:
            values = _with_noticed(values, number, noticed)
        cells = [
            value if type(value) is str else number_text(value) if type(value) is float else text_of(value)
            for value in values
        ]
        while cells and not cells[-1]:
            cells.pop()
        yield cells
    for number in range(passed + 1, last + 1):
        yield list(map(str, _with_noticed([], number, noticed)))


def _from_first_row(sheet: CalamineSheet) -> Iterator[list[Any]]:
    return iter(sheet.iter_rows()) if sheet.height else iter(())


def _with_noticed(values: list[Any], row: int, noticed: Noticed) -> list[Any]:
    """The values of a row with the texts that stand instead of some, and with formats applied to others."""
    for column, shown in noticed.formats.get(row, {}).items():
        value = values[column - 1] if column <= len(values) else ""
        if isinstance(value, int | float) and not isinstance(value, bool):
            section = shown.section_for(value)
            values[column - 1] = section.text(value)
            if section.scaled and not section.percent:
                noticed.scaled.append((row, column))
    for column, text in noticed.texts.get(row, {}).items():
        values += [""] * (column - len(values))
        values[column - 1] = text
    return values
