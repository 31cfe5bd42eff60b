"""Finds rows of a comma-separated file in which an amount like 412,350.75 was parted by its own comma."""

import re
from collections import Counter
from collections.abc import Sequence

from etl.readers import Remark

FIRST = re.compile(r" {0,3}[-+(]?£? ?[1-9][0-9]{0,2} {0,3}")
REST = re.compile(r"[0-9]{3}(?:\.[0-9]{1,2})?\)? {0,3}")
NUMERIC = re.compile(r"[-+(£ ]{0,4}[0-9][0-9,. ]*[)%]?")
LOOKED_AT = 2_000
MOSTLY = 0.5

Row = Sequence[str]


def split_rows(rows: Sequence[Row]) -> list[Remark]:
    """A remark for each row that would have one cell fewer, as its neighbours have, were two cells one amount."""
    head = _heading_row(rows)
    if head is None:
        return []
    width = _filled_width(rows[head])
    below = [row for row in rows[head + 1 :] if any(row)]
    lengths = Counter(map(len, below))
    ragged = any(length < width for length in lengths if length > 1)
    longer = {length for length in lengths if length > width}
    rare = {length for length in longer if lengths[length] < MOSTLY * len(below)}
    if not longer and not ragged:
        return []
    numeric = _numeric_columns(below, width)
    remarks = []
    for number, row in enumerate(rows[head + 1 :], head + 2):
        if len(row) < width or any(map(str.strip, row[width:])) or (len(row) == width and not ragged):
            continue
        pair = next((at for at in _pairs(row) if len(row) in rare or at + 1 not in numeric), None)
        if pair is not None:
            remarks.append(_remark(number, row, pair))
    return remarks


def _heading_row(rows: Sequence[Row]) -> int | None:
    """The first row that fills as many cells as most rows do, near enough."""
    counts = Counter(sum(map(bool, row)) for row in rows[:LOOKED_AT] if len(row) > 1)
    if not counts:
        return None
    usual = counts.most_common(1)[0][0]
    return next((at for at, row in enumerate(rows[:LOOKED_AT]) if sum(map(bool, row)) * 5 >= usual * 4 > 0), None)


def _filled_width(row: Row) -> int:
    return max((place for place, cell in enumerate(row, 1) if cell.strip()), default=0)


def _numeric_columns(rows: Sequence[Row], width: int) -> set[int]:
    """Places of columns whose filled cells are numbers, for the most part."""
    numeric = set()
    sample = rows[:LOOKED_AT]
    for place in range(width):
        filled = [row[place] for row in sample if place < len(row) and row[place].strip()]
        if filled and sum(NUMERIC.fullmatch(cell.strip()) is not None for cell in filled) >= MOSTLY * len(filled):
            numeric.add(place)
    return numeric


def _pairs(row: Row) -> list[int]:
    return [place for place in range(len(row) - 1) if FIRST.fullmatch(row[place]) and REST.fullmatch(row[place + 1])]


def _remark(number: int, row: Row, place: int) -> Remark:
    found = f"{row[place]},{row[place + 1]}".strip()
    told = (
        f"Row {number}: '{found}' may be one amount, parted by its comma. Put amounts in quotes, or leave commas out."
    )
    return Remark("cells_may_be_split", number, found, told, "quarantined")
