"""The cells of a line as they were sent: a release keeps what was read of them, the archive the bytes."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

from etl.archive import active, stored
from etl.home import Place
from etl.read import read_return
from etl.readers import Sheet
from etl.readers.files import read_sheets
from etl.readers.places import column_letters

Spot = tuple[str | None, int]
"""A row of a return: its sheet (None where the format has none), and its number as a person sees it."""


@dataclass(frozen=True)
class Cell:
    """One filled cell as sent: its column's letters, what heads it, and its text."""

    column: str
    heading: str
    text: str


def cells_as_sent(place: Place, sha256: str, spots: Collection[Spot], reference: Path) -> Mapping[Spot, list[Cell]]:
    """The filled cells of rows of an archived return. ValueError if it is no longer in the archive, or was altered."""
    sent = next((one for one in active(place) if one.sha256 == sha256), None)
    if sent is None:
        raise ValueError(f"The return {sha256[:12]} is not in the archive of '{place.collection}'.")
    with stored(place, sent) as stream:
        content = stream.read()
    headings = {
        sheet.name: sheet.heading_rows for sheet in read_return(sent.file, content, sent.given, reference).sheets
    }
    found: dict[Spot, list[Cell]] = {}
    for sheet in read_sheets(sent.file, content):
        wanted = [row for name, row in spots if name == sheet.name]
        for row in wanted:
            found[sheet.name, row] = _cells(sheet, row, headings.get(sheet.name, ()))
    return found


def _cells(sheet: Sheet, row: int, heading_rows: Collection[int]) -> list[Cell]:
    texts = sheet.rows[row - 1] if row <= len(sheet.rows) else []
    return [
        Cell(column_letters(place + 1), _heading(sheet, place, heading_rows), text)
        for place, text in enumerate(texts)
        if text.strip()
    ]


def _heading(sheet: Sheet, place: int, heading_rows: Collection[int]) -> str:
    parts = [sheet.rows[row - 1][place] for row in heading_rows if place < len(sheet.rows[row - 1])]
    return " ".join(filter(None, (part.strip() for part in parts)))
