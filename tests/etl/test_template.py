"""The return template: what it is called and offers reads back with certainty, and nothing in it is a saving yet."""

import io
import re
import zipfile
from datetime import date
from decimal import Decimal

import pytest
from python_calamine import CalamineWorkbook

from etl.columns import NAMES
from etl.headings import heading_key, known_headings
from etl.home import shipped
from etl.readings import WORD_COLUMNS, YEAR_COLUMNS
from etl.shape import shape_of
from etl.template import LINES, LISTS, NOTES, READ_ME, RETURN, TEMPLATE_VERSION, template
from etl.template_fields import FIELDS, choices, council_lives
from etl.typed import readers
from etl.values.council import load_councils
from etl.values.words import skill_area_labels, vocabulary

REFERENCE = shipped("reference")
EMPTY = template(REFERENCE)
LINE = {
    "project_ref": "PEP-2014-017",
    "skill_area": "Shared services",
    "lead_council": "Leeds City Council",
    "kind": "Efficiency saving",
    "stage": "Achieved",
    "financial_year": "2015-16",
    "amount_gbp": Decimal("125000.50"),
    "reported_on": date(2016, 5, 31),
}


def shaped(content: bytes) -> dict:
    """Each sheet of a workbook, as the program takes it."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    sheets = {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names}
    return {name: shape_of([[str(cell) for cell in row] for row in rows], REFERENCE) for name, rows in sheets.items()}


def part(content: bytes, name: str) -> str:
    """A part of a workbook, as XML."""
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        return book.read(name).decode()


def test_every_column_of_a_return_stands_in_it_once_and_in_order():
    assert tuple(field.name for field in FIELDS) == NAMES


@pytest.mark.parametrize("field", FIELDS, ids=lambda field: field.name)
def test_a_heading_reads_back_as_its_column(field):
    assert known_headings(REFERENCE)[heading_key(field.heading)] == field.name


@pytest.mark.parametrize("name", [*WORD_COLUMNS, *YEAR_COLUMNS, "skill_area"])
def test_what_may_be_chosen_reads_back_without_a_remark(name):
    read, _ = readers(REFERENCE)[name]
    readings = [read(word) for word in choices(name, REFERENCE)]
    assert [reading for reading in readings if reading.bad or reading.code or reading.value is None] == []
    assert len({reading.value for reading in readings}) == len(readings)


@pytest.mark.parametrize("name", WORD_COLUMNS)
def test_every_value_of_a_closed_column_may_be_chosen(name):
    read, _ = readers(REFERENCE)[name]
    offered = {read(word).value for word in choices(name, REFERENCE)}
    assert offered == set(vocabulary(REFERENCE, name).values())


def test_every_skill_area_and_every_year_of_the_programme_may_be_chosen():
    known = skill_area_labels(REFERENCE)
    assert {known[word.casefold()] for word in choices("skill_area", REFERENCE)} == set(known.values())
    years = choices("financial_year", REFERENCE)
    assert (years[0], years[-1], len(years)) == ("2010-11", "2039-40", 30)


def test_every_council_that_may_be_chosen_is_one_council_at_a_date_at_which_it_existed():
    councils = load_councils(REFERENCE)
    for name, (first, last) in council_lives(REFERENCE).items():
        at = date.fromisoformat(last or first or "2020-04-01")
        reading = councils.resolve_lead(name, at)
        assert (reading.bad, reading.code, len(reading.value)) == (False, None, 1), name


def test_it_is_the_same_bytes_on_every_run():
    assert template(REFERENCE) == EMPTY


def test_the_empty_template_holds_no_line_and_no_remark():
    sheets = shaped(EMPTY)
    assert list(sheets) == [READ_ME, RETURN, NOTES, LISTS]
    assert [sheet.lines + sheet.findings + sheet.ignored for sheet in sheets.values()] == [[]] * 4
    assert sheets[RETURN].heading_rows == (3,)
    assert sheets[RETURN].columns == {field.name: field.heading for field in FIELDS}


def test_the_example_stands_on_the_notes_marked_as_one_and_is_no_line():
    assert shaped(EMPTY)[NOTES].why_ignored == "no row of headings was found in it"
    rows = CalamineWorkbook.from_filelike(io.BytesIO(EMPTY)).get_sheet_by_name(NOTES).to_python()
    assert rows[2][-1] == "EXAMPLE, made up: not a saving"
    assert {str(row[-1]).partition(":")[0] for row in rows[3:]} == {"Example", "Empty in this example"}


def test_a_filled_line_comes_back_as_it_was_written():
    sheets = shaped(template(REFERENCE, [LINE]))
    (line,) = sheets[RETURN].lines
    assert (line.row, line.unit) == (4, "£")
    filled = {name: text for name, text in line.cells.items() if text}
    assert filled == {name: str(value) for name, value in LINE.items()} | {"amount_gbp": "125000.5"}
    assert sheets[RETURN].findings == sheets[RETURN].ignored == []


def test_headings_are_protected_without_a_password_and_the_cells_below_are_free():
    sheet, styles = part(EMPTY, "xl/worksheets/sheet2.xml"), part(EMPTY, "xl/styles.xml")
    assert "<sheetProtection " in sheet
    assert "password" not in sheet
    looks = re.findall(r"<xf [^>]*?(?:/>|>.*?</xf>)", styles.partition("<cellXfs")[2].partition("</cellXfs>")[0])
    free = {number for number, look in enumerate(looks) if 'locked="0"' in look}
    assert {int(number) for number in re.findall(r'<col [^>]*style="(\d+)"', sheet)} <= free
    headings = sheet.partition('<row r="3"')[2].partition("</row>")[0]
    assert {int(number) for number in re.findall(r'<c [^>]*s="(\d+)"', headings)} & free == set()


def test_every_column_has_a_note_and_every_closed_one_a_list():
    notes = part(EMPTY, "xl/worksheets/sheet2.xml")
    validations = re.findall(r"<dataValidation .*?(?:</dataValidation>|/>)", notes)
    assert len(validations) == len(FIELDS)
    assert all(re.search(r'prompt="[^"]{10,}"', validation) for validation in validations)
    closed = [field for field in FIELDS if choices(field.name, REFERENCE)]
    assert sum('type="list"' in validation for validation in validations) == len(closed)
    named = set(re.findall(r"<formula1>(\w+)</formula1>", notes))
    assert named <= set(re.findall(r'<definedName name="(\w+)"', part(EMPTY, "xl/workbook.xml")))


def test_notes_are_not_cut_off():
    assert [field.name for field in FIELDS if len(field.meaning) > 240] == []


def test_the_version_is_shown_and_stands_in_the_properties_and_there_are_no_macros():
    with zipfile.ZipFile(io.BytesIO(EMPTY)) as book:
        assert [name for name in book.namelist() if "vba" in name.lower()] == []
    assert f">{TEMPLATE_VERSION}<" in part(EMPTY, "docProps/custom.xml")
    assert f"Template version {TEMPLATE_VERSION}" in part(EMPTY, "xl/sharedStrings.xml")


def test_headings_and_the_first_column_stay_in_sight():
    assert '<pane xSplit="1" ySplit="3"' in part(EMPTY, "xl/worksheets/sheet2.xml")


def test_text_that_looks_like_a_formula_is_written_as_text():
    content = template(REFERENCE, [LINE | {"notes": "=cmd|' /C calc'!A0"}])
    assert "<f>" not in part(content, "xl/worksheets/sheet2.xml")


def test_more_lines_than_it_holds_are_refused_with_what_to_do():
    with pytest.raises(ValueError, match=r"holds 1,000 lines; there are 1,001\. Use two files"):
        template(REFERENCE, [LINE] * (LINES + 1))
