"""Writes the return template: a workbook with notes, drop-downs and marked tables that `savings check` reads back."""

import io
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from math import ceil
from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from etl.template_fields import COUNCIL, FIELDS, Field, choices, council_lives

TEMPLATE_VERSION = "1.0"
MADE_ON = datetime(2026, 11, 25)
LINES = 1000
HEADING_ROW = 2
FIRST_CHOICE = HEADING_ROW + 2
A3, A4 = 8, 9
LINE_HEIGHT = 15
READ_ME_WIDTH = 110
RETURN, NOTES, LISTS, READ_ME = "Return", "Notes", "Lists", "Read me"
TITLE = "Return to the Productivity Experts programme: savings and income"
INK, BLUE = "#1D2733", "#12436D"
FORMS = {"text": "@", "money": "#,##0.00", "number": "General", "date": "yyyy-mm-dd"}
LONGEST_MESSAGE = 255
GUIDE = (
    ("What this is for", ""),
    (
        "",
        "It tells the programme what one or more projects saved or earned. One line is one amount of one project at "
        "one stage. A project that projected £200,000 and has achieved £120,000 so far takes two lines.",
    ),
    ("How to fill it in", ""),
    ("", f"1. Go to the sheet '{RETURN}' and write one line for each amount. Headings that end in * are needed."),
    ("", "2. Choose from the lists where a cell offers one. A note appears when you enter a cell."),
    (
        "",
        "3. Write amounts in pounds: 125000.50, not 125.5 in thousands. Leave an amount empty if it is not yet known; "
        "write 0 only if it is nothing. Leave out totals and subtotals.",
    ),
    ("", "4. Leave a cell empty if you do not know: nothing is guessed from it."),
    ("", "5. Before you send it: 'savings check FILE.xlsx' says what to mend, and stores nothing."),
    ("What may not stand in it", ""),
    ("", "Names, telephone numbers or e-mail addresses of persons."),
    ("The sheets", ""),
)
SHEETS = {
    RETURN: f"The lines, {LINES:,} at most. Its headings are protected, without a password; the cells below are free.",
    NOTES: "Each column explained, with an example. The example is made up and is not a saving.",
    LISTS: "What may be chosen in the columns that offer a list.",
}
EXAMPLE = f"The last column shows one example, made up. It is never read as a line: only the sheet '{RETURN}' is."
HOW = "One line for each amount of a project at a stage, in pounds. A heading that ends in * is needed; see Notes."
Line = Mapping[str, Any]


def template(reference: Path, lines: Sequence[Line] = ()) -> bytes:
    """The template as the bytes of an XLSX file, the same on every run; `lines` fill it, by canonical column.

    Numbers and dates become cells of those types, everything else text. ValueError if there are too many lines.
    """
    if len(lines) > LINES:
        raise ValueError(f"The template holds {LINES:,} lines; there are {len(lines):,}. Use two files.")
    target = io.BytesIO()
    with xlsxwriter.Workbook(
        target, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    ) as book:
        _properties(book)
        looks = _looks(book)
        sheets = {name: book.add_worksheet(name) for name in (READ_ME, RETURN, NOTES, LISTS)}
        _read_me(sheets[READ_ME], looks)
        places = _lists(book, sheets[LISTS], looks, reference)
        _return(sheets[RETURN], looks, places, lines)
        _notes(sheets[NOTES], looks, reference)
    return target.getvalue()


def _properties(book: xlsxwriter.Workbook) -> None:
    book.set_properties(
        {
            "title": TITLE,
            "subject": "Return template",
            "comments": f"Template version {TEMPLATE_VERSION}. Made by Savings Impact; no macros.",
            "created": MADE_ON,
        }
    )
    book.set_custom_property("Template version", TEMPLATE_VERSION, "text")


def _looks(book: xlsxwriter.Workbook) -> dict[str, Format]:
    plain = {"font_name": "Arial", "font_size": 11, "font_color": INK, "valign": "top"}
    looks = {
        "plain": plain,
        "wrapped": plain | {"text_wrap": True},
        "link": plain | {"font_color": BLUE, "underline": 1, "text_wrap": True},
        "title": plain | {"bold": True, "font_size": 16},
        "part": plain | {"bold": True, "font_size": 13},
        "heading": plain | {"bold": True, "font_color": "#FFFFFF", "bg_color": BLUE, "text_wrap": True, "border": 1},
    }
    looks |= {form: plain | {"num_format": code, "locked": False} for form, code in FORMS.items()}
    return {name: book.add_format(look) for name, look in looks.items()}


def _read_me(sheet: Worksheet, looks: dict[str, Format]) -> None:
    sheet.hide_gridlines(2)
    sheet.set_column(0, 0, READ_ME_WIDTH, looks["plain"])
    sheet.write_string(0, 0, TITLE, looks["title"])
    sheet.write_string(1, 0, f"Template version {TEMPLATE_VERSION}, {MADE_ON.day} {MADE_ON:%B %Y}.", looks["plain"])
    for row, (heading, text) in enumerate(GUIDE, 2):
        sheet.write_string(row, 0, heading or text, looks["part" if heading else "wrapped"])
        sheet.set_row(row, 24 if heading else _height((text,), (READ_ME_WIDTH,)))
    for row, (name, text) in enumerate(SHEETS.items(), len(GUIDE) + 2):
        sheet.write_url(row, 0, f"internal:'{name}'!A1", looks["link"], f"{name}: {text}")
    _printed(sheet)
    sheet.activate()


def _lists(book: xlsxwriter.Workbook, sheet: Worksheet, looks: dict[str, Format], reference: Path) -> dict[str, str]:
    """Writes what may be chosen, one table for all lists; gives the name of each list by the column that offers it."""
    lives = council_lives(reference)
    offered = {field: choices(field.name, reference) for field in FIELDS}
    lists: dict[tuple[str, ...], list[Field]] = {}
    for field, words in sorted(offered.items(), key=lambda one: one[0].name == COUNCIL):
        if words:
            lists.setdefault(words, []).append(field)
    rows: list[list[str]] = []
    for words, fields in lists.items():
        first, last = len(rows) + FIRST_CHOICE, len(rows) + FIRST_CHOICE + len(words) - 1
        book.define_name(_list_name(fields[0]), f"={LISTS}!$B${first}:$B${last}")
        named = "Choose for: " + (fields[0].label if len(fields) == 1 else "every column of years")
        rows += [[named, word, *lives.get(word, ("", ""))] for word in words]
    sheet.write_string(
        0, 0, "What may be chosen, list by list; of a council, its first and its last day", looks["title"]
    )
    _table(sheet, looks, "Choices", ("List", "What may be chosen", "First day", "Last day"), (52, 60, 14, 14), rows)
    return {field.name: _list_name(fields[0]) for fields in lists.values() for field in fields}


def _list_name(field: Field) -> str:
    return f"choose_{field.name}"


def _table(
    sheet: Worksheet,
    looks: dict[str, Format],
    name: str,
    headings: Sequence[str],
    widths: Sequence[int],
    rows: Sequence[Sequence[str]],
) -> None:
    """A marked table whose headings stand in the third row, frozen."""
    for place, width in enumerate(widths):
        sheet.set_column(place, place, width, looks["wrapped"])
    columns = [{"header": text, "header_format": looks["heading"], "format": looks["wrapped"]} for text in headings]
    options = {"name": name, "style": "Table Style Light 15", "autofilter": False, "columns": columns, "data": rows}
    sheet.add_table(HEADING_ROW, 0, HEADING_ROW + len(rows), len(headings) - 1, options)
    for number, row in enumerate(rows, HEADING_ROW + 1):
        sheet.set_row(number, _height(row, widths))
    sheet.freeze_panes(HEADING_ROW + 1, 1)
    sheet.set_landscape()
    sheet.repeat_rows(HEADING_ROW)
    _printed(sheet)


def _return(sheet: Worksheet, looks: dict[str, Format], places: Mapping[str, str], lines: Sequence[Line]) -> None:
    last = HEADING_ROW + LINES
    sheet.write_string(0, 0, TITLE, looks["title"])
    sheet.write_string(1, 0, f"Template version {TEMPLATE_VERSION}. {HOW}", looks["plain"])
    for place, field in enumerate(FIELDS):
        sheet.set_column(place, place, field.width, looks[field.form])
        sheet.data_validation(HEADING_ROW + 1, place, last, place, _validation(field, places.get(field.name)))
    headings = [{"header": field.heading, "header_format": looks["heading"]} for field in FIELDS]
    sheet.add_table(
        HEADING_ROW,
        0,
        last,
        len(FIELDS) - 1,
        {"name": "Return_lines", "style": "Table Style Light 15", "autofilter": False, "columns": headings},
    )
    for row, line in enumerate(lines, HEADING_ROW + 1):
        for place, field in enumerate(FIELDS):
            _write(sheet, row, place, line.get(field.name), looks[field.form])
    sheet.set_row(HEADING_ROW, 34)
    sheet.freeze_panes(HEADING_ROW + 1, 1)
    sheet.protect("", {"format_columns": True, "format_rows": True, "format_cells": True})
    sheet.set_landscape()
    sheet.repeat_rows(HEADING_ROW)
    sheet.repeat_columns(0, 0)
    _printed(sheet, A3, across=3)


def _write(sheet: Worksheet, row: int, place: int, value: Any, look: Format) -> None:
    if value is None or value == "":
        return
    if isinstance(value, int | float | Decimal):
        sheet.write_number(row, place, float(value), look)
    elif isinstance(value, date):
        sheet.write_datetime(row, place, datetime(value.year, value.month, value.day), look)
    else:
        sheet.write_string(row, place, str(value), look)


def _validation(field: Field, named: str | None) -> dict[str, Any]:
    """The note that shows on entering a cell, and the list to choose from where the column has one."""
    message = {
        "input_title": field.label[:32],
        "input_message": _message(field),
        "validate": "list" if named else "any",
    }
    if named is None:
        return message
    free = field.name in (COUNCIL, "skill_area")
    return message | {
        "source": f"={named}",
        "error_type": "information" if free else "stop",
        "error_title": "Not in the list",
        "error_message": "Other spellings are read where they are certain; what is not is asked about."
        if free
        else f"Choose from the list, or leave it empty. The sheet '{LISTS}' shows what may be chosen.",
    }


def _message(field: Field) -> str:
    needed = "" if not field.column.needed or field.form == "money" else "Needed. "
    return f"{needed}{field.meaning}"[:LONGEST_MESSAGE]


def _notes(sheet: Worksheet, looks: dict[str, Format], reference: Path) -> None:
    sheet.write_string(0, 0, f"The columns of the sheet '{RETURN}', explained", looks["title"])
    sheet.write_string(1, 0, EXAMPLE, looks["plain"])
    rows = [
        [
            f"{xl_col_to_name(place)}: {field.label}",
            "needed" if field.column.needed else "optional",
            _message(field),
            _offered(choices(field.name, reference)),
            f"Example: {field.example}" if field.example else "Empty in this example",
        ]
        for place, field in enumerate(FIELDS)
    ]
    headings = ("Column", "Needed?", "What to write", "What may be chosen", "EXAMPLE, made up: not a saving")
    _table(sheet, looks, "Columns", headings, (28, 11, 62, 44, 52), rows)


def _offered(words: Sequence[str]) -> str:
    if len(words) > 12:
        return f"{words[0]} to {words[-1]}: see the sheet '{LISTS}'"
    return "; ".join(words)


def _height(cells: Sequence[str], widths: Sequence[int]) -> float:
    """The height of a row whose cells wrap: office programs differ in whether they work it out themselves."""
    return LINE_HEIGHT * max(ceil(len(cell) / (width * 0.9)) or 1 for cell, width in zip(cells, widths, strict=True))


def _printed(sheet: Worksheet, paper: int = A4, across: int = 1) -> None:
    sheet.set_paper(paper)
    sheet.fit_to_pages(across, 0)
    sheet.set_footer(f"&LTemplate version {TEMPLATE_VERSION}&RPage &P of &N")
