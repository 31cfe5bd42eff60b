"""Which rows of a sheet are its headings, and what each column's heading says: one row, or two with groups above."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from etl.shape.units import is_unit_row, unit_of_cell
from etl.shape.wording import AMOUNT, LONGEST_HEADING, Meaning, meaning_of
from etl.values.date import plain_text, says_not_known

Row = list[str]
Merged = Sequence[tuple[int, int, int, int]]
NUMBER = re.compile(r"[-+(]? ?£? ?[-+(]?\d[\d,. ]*\)?(?: ?(?:k|m|mn|bn|million|thousand|%))?", re.IGNORECASE)
BARE_YEAR = re.compile(r"20[1-3]\d(?:\.0)?")
SEARCHED_ROWS = 500
WINDOW = 60
ROWS_BENEATH = 12
GROUP_LABELS = ("financial_year", "stage", "kind")
BLANK = Meaning("", "blank")


@dataclass(frozen=True)
class Headings:
    """The headings of one table: their rows (first row 1), and the meaning of each place, from the left.

    `typed` is what each heading says, as typed; `full` puts the group above before it. `unit_row` stands below.
    """

    rows: tuple[int, ...]
    meanings: tuple[Meaning, ...]
    typed: tuple[str, ...]
    full: tuple[str, ...]
    unit_row: int | None = None
    row_units: dict[int, str] = field(default_factory=dict)

    @property
    def last_row(self) -> int:
        """The last row of the headings, their units included."""
        return max(*self.rows, self.unit_row or 0) if len(self.rows) > 1 or self.unit_row else self.rows[0]

    @property
    def width(self) -> int:
        """Places up to the last heading."""
        return max((place + 1 for place, meaning in enumerate(self.meanings) if meaning.text), default=0)


def is_number(text: str) -> bool:
    """Is a cell a plain number or amount, and not a year?"""
    return bool(NUMBER.fullmatch(text)) and not BARE_YEAR.fullmatch(text)


def is_figure(text: str) -> bool:
    """Could a cell stand under a heading of amounts: an amount, in digits or words, or not known?"""
    return any(sign.isdigit() for sign in text) or says_not_known(plain_text(text) or "") or text.lower() == "nil"


def find_headings(rows: Sequence[Row], start: int, merged: Merged, reference: Path) -> Headings | None:
    """The first headings at or after an index with figures below them; else the likeliest of the first rows."""
    best: tuple[int, int] | None = None
    for index in range(start, min(len(rows), start + SEARCHED_ROWS)):
        if best and index > best[1] + WINDOW:
            break
        meanings = read_row(rows[index], reference)
        if meanings is None:
            continue
        beneath = _has_figures(rows, index, meanings, reference)
        score = _score(meanings, beneath, alone=_is_one_column(rows))
        if score and beneath and (best is None or _names_a_column(meanings)):
            return read_headings(rows, index, merged, reference)
        if score and (best is None or score > best[0]):
            best = (score, index)
    return read_headings(rows, best[1], merged, reference) if best else None


def _names_a_column(meanings: Sequence[Meaning]) -> bool:
    """Does a row name a column for certain? Below likely headings, one that does not is one of their lines."""
    return any(meaning.sort == "column" for meaning in meanings)


def is_new_heading(row: Row, reference: Path) -> bool:
    """Is a row among the lines the heading row of another table? It names two columns, and hardly anything else."""
    meanings = read_row(row, reference)
    filled = [meaning for meaning in meanings or () if meaning.text]
    columns = {meaning.column for meaning in filled if meaning.sort == "column"}
    known = sum(meaning.known for meaning in filled)
    return len(columns) >= 2 and known * 3 >= len(filled) * 2


def read_row(row: Row, reference: Path) -> tuple[Meaning, ...] | None:
    """The meaning of each cell read as a heading; None where a number or long text says that the row is none."""
    if any(len(cell) > LONGEST_HEADING or is_number(cell) for cell in row if cell) or not any(row):
        return None
    return tuple(meaning_of(cell, reference) if cell else BLANK for cell in row)


def _score(meanings: Sequence[Meaning], beneath: bool, alone: bool) -> int:
    filled = [meaning for meaning in meanings if meaning.text]
    known = [meaning for meaning in filled if meaning.known]
    columns = sum(meaning.sort == "column" for meaning in known)
    amounts = sum(meaning.measure for meaning in known)
    certain = columns or "sure" in {flag for meaning in known for flag in meaning.flags}
    enough = len(known) >= 2 and (certain or len(known) * 3 >= len(filled) * 2 or (amounts and beneath))
    one = amounts and beneath and (len(filled) > 1 or alone)
    return len(known) + 2 * columns if enough or one else 0


def _is_one_column(rows: Sequence[Row]) -> bool:
    return all(not any(row[1:]) for row in rows)


def _has_figures(rows: Sequence[Row], index: int, meanings: Sequence[Meaning], reference: Path) -> bool:
    """Does a figure stand right below a heading of values, units and a second row of headings left aside?"""
    first = index + 2 if _is_lower(rows, index, meanings, reference) else index + 1
    values = [place for place, meaning in enumerate(meanings) if meaning.sort == "value"]
    if first > index + 1:
        values += [place for place, cell in enumerate(rows[index + 1]) if cell]
    return any(_first_below(rows, index, first, place, reference) for place in values)


def _first_below(rows: Sequence[Row], index: int, first: int, place: int, reference: Path) -> bool:
    for row in rows[first : first + ROWS_BENEATH]:
        cell = row[place] if place < len(row) else ""
        if cell and not unit_of_cell(cell) and cell != (rows[index][place] if place < len(rows[index]) else None):
            return is_number(cell) or (is_figure(cell) and not meaning_of(cell, reference).known)
    return False


def read_headings(rows: Sequence[Row], index: int, merged: Merged, reference: Path) -> Headings:
    """Reads the headings at an index, with a row of groups above or a second row below, and the units beneath."""
    own = read_row(rows[index], reference) or ()
    upper, lower = index, index
    if _is_lower(rows, index, own, reference):
        lower = index + 1
    elif index and _is_upper(rows[index - 1], rows[index], own, reference):
        upper = index - 1
    beneath = rows[lower + 1] if lower + 1 < len(rows) else []
    unit_row = lower + 2 if is_unit_row(beneath) else None
    row_units = {place: unit for place, cell in enumerate(beneath) if unit_row and (unit := unit_of_cell(cell))}
    if upper == lower:
        return Headings((index + 1,), own, tuple(rows[index]), tuple(rows[index]), unit_row, row_units)
    groups = _groups(rows[upper], rows[lower], merged, upper + 1)
    width = max(len(groups), len(rows[lower]))
    under = [*rows[lower], *[""] * (width - len(rows[lower]))]
    over = [*groups, *[""] * (width - len(groups))]
    meanings = tuple(_combined(one, other, reference) for one, other in zip(over, under, strict=True))
    typed = tuple(other or one for one, other in zip(over, under, strict=True))
    full = tuple(_full(one, other, reference) for one, other in zip(over, under, strict=True))
    return Headings((upper + 1, lower + 1), meanings, typed, full, unit_row, row_units)


def _full(group: str, heading: str, reference: Path) -> str:
    """A heading with its group before it, where the group says something of it."""
    grouped = group != heading and meaning_of(heading, reference).sort not in ("column", "unclear")
    return f"{group} {heading}".strip() if grouped else heading


def _is_lower(rows: Sequence[Row], index: int, upper: Sequence[Meaning], reference: Path) -> bool:
    """Is the next row a second row of headings: years, stages, kinds, totals, and nothing below a known column?"""
    row = rows[index + 1] if index + 1 < len(rows) else []
    meanings = read_row(row, reference)
    if meanings is None or is_unit_row(row):
        return False
    filled = [(place, meaning) for place, meaning in enumerate(meanings) if meaning.text]
    places = [upper[place] if place < len(upper) else BLANK for place, _ in filled]
    free = all(above.sort != "column" or above.column in GROUP_LABELS for above in places)
    if not free or not all(meaning.sort == "value" for _, meaning in filled):
        return False
    values = [place for place, above in enumerate(upper) if above.sort in ("value", "alone", "unknown")]
    labels = [place for place, above in enumerate(upper) if above.column in GROUP_LABELS]
    return len(filled) > 1 and filled[0][0] in {*values, *labels}


def _is_upper(above: Row, row: Row, own: Sequence[Meaning], reference: Path) -> bool:
    """Does the row above hold groups, rather than a title or a note of who sends it?"""
    meanings = read_row(above, reference)
    if meanings is None:
        return False
    filled = [place for place, cell in enumerate(above) if cell]
    first = next(place for place, cell in enumerate(row) if cell)
    if len(filled) == 1 and filled[0] <= first:
        return False
    groups = [place for place in filled if meanings[place].sort == "value" and place < len(own)]
    if len(groups) > 1 and all(own[place].sort in ("value", "blank") for place in groups):
        return True
    if any(_heads_a_run(place, meanings, own) for place in filled):
        return True
    for place in filled:
        below = own[place] if place < len(own) else BLANK
        if meanings[place].sort in ("column", "unclear") and below.sort not in ("blank", "value"):
            return False
    return any(meanings[place].sort in ("value", "alone", "column") for place in filled)


def _heads_a_run(place: int, above: Sequence[Meaning], own: Sequence[Meaning]) -> bool:
    """Does a text that is not known stand over the first of several columns that name only years?"""
    bare = [one.sort == "value" and not one.measure and "financial_year" in one.said for one in own]
    run = place + 1 < len(own) and bare[place] and bare[place + 1] and not (place and bare[place - 1])
    return run and place > 0 and above[place].sort == "unknown"


def _groups(above: Row, row: Row, merged: Merged, number: int) -> list[str]:
    """The upper headings, each over the columns that it spans: as merged, else up to the next one."""
    spans = {first_column - 1: last_column for first, first_column, _, last_column in merged if first == number}
    groups, current, end = [], "", 0
    for place in range(max(len(above), len(row))):
        cell = above[place] if place < len(above) else ""
        if cell:
            current, end = cell, spans.get(place, place + 1 if spans else max(len(above), len(row)))
        below = row[place] if place < len(row) else ""
        groups.append(cell or (current if place < end and below else ""))
    return groups


def _combined(group: str, heading: str, reference: Path) -> Meaning:
    """What a heading says under its group; the two read as one text where that is certain."""
    upper, lower = meaning_of(group, reference), meaning_of(heading, reference)
    if lower.sort == "blank" or upper.sort == "blank" or group == heading:
        return upper if lower.sort == "blank" else lower
    if lower.sort == "column" or (lower.sort == "alone" and upper.sort != "value"):
        return lower
    if upper.sort == "alone" and lower.known:
        return upper
    joined = meaning_of(f"{group} {heading}", reference)
    if upper.sort == "value" and (joined.sort in ("value", "alone") or lower.sort != "value"):
        return joined if joined.sort in ("value", "alone") else lower
    if upper.sort == "column" and upper.column not in (*GROUP_LABELS, AMOUNT):
        return Meaning(heading, "alone", why=f"it stands under '{group}'")
    if upper.sort == "unknown" and lower.sort == "value" and not lower.measure:
        return Meaning(heading, "unknown")
    return lower if upper.sort != "value" else Meaning(heading, "unknown")
