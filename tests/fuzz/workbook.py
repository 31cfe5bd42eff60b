"""Grids of typed cells as an XLSX workbook: numbers, dates, formulas with their cached values, number formats."""

import io
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from random import Random

import xlsxwriter
from typed_as import Cell


def workbook(rng: Random, sheets: Sequence[tuple[str, Sequence[Sequence[Cell]]]]) -> bytes:
    """The workbook of some sheets; a cell with a value behind it is written as that value."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    formats = {}
    for name, grid in sheets:
        sheet = book.add_worksheet(name)
        for row, cells in enumerate(grid):
            for column, cell in enumerate(cells):
                style = formats.setdefault(
                    cell.shown, book.add_format({"num_format": cell.shown} if cell.shown else {})
                )
                _write(sheet, row, column, cell, style)
    book.close()
    return out.getvalue()


def _write(sheet: xlsxwriter.worksheet.Worksheet, row: int, column: int, cell: Cell, style: object) -> None:
    if isinstance(cell.value, date):
        sheet.write_datetime(row, column, cell.value, style)
    elif isinstance(cell.value, Decimal) and cell.formula:
        sheet.write_formula(row, column, cell.formula, style, float(cell.value))
    elif isinstance(cell.value, Decimal):
        sheet.write_number(row, column, float(cell.value), style)
    elif cell.text:
        sheet.write_string(row, column, cell.text)
