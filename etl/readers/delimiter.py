"""Which character parts the cells of a text file: found from how evenly it parts the first rows."""

import csv
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

USUAL = (",", "\t", ";", "|")
UNUSUAL = ("\x1f", "^", "~", "¬", "¦", ":", "#", "*", "!", "$")
ROWS_LOOKED_AT = 200
DECLARED = re.compile(r'"?sep=(.)"?[\r\n]*', re.I)
EVEN = 0.9
LIKE_PROSE = 0.6


class Parting(NamedTuple):
    """How a character parts the first rows: the commonest number of cells, the share of rows that have it.

    `spaced` is the share of cells that begin with a space, as words after a comma of prose do.
    """

    delimiter: str
    width: int
    share: float
    spaced: float
    leads: bool

    @property
    def score(self) -> float:
        """Higher is better; nothing if it parts no row."""
        return self.share * (self.width - 1) ** 0.5 * (1 - self.spaced) * (1.5 if self.leads else 1)


def declared_delimiter(line: str) -> str | None:
    """The delimiter that a first line like `sep=;` declares for Excel; None if it is an ordinary line."""
    found = DECLARED.fullmatch(line)
    return found[1] if found and not found[1].isalnum() and found[1] != '"' else None


def find_delimiter(lines: Sequence[str]) -> str | None:
    """The delimiter of these lines; None if they are not parted, as in prose or a single column."""
    sample = [line for line in lines[: ROWS_LOOKED_AT * 5] if line.strip()][:ROWS_LOOKED_AT]
    usual = [parting for each in USUAL if (parting := _parting(sample, each)).width > 1]
    best = max(usual, key=lambda parting: parting.score, default=None)
    if best and not (best.spaced > LIKE_PROSE and best.share < EVEN):
        if best.share >= LIKE_PROSE or len(sample) > 2:
            certain = [parting for each in UNUSUAL if _is_certain(parting := _parting(sample, each), best)]
            return max(certain, key=lambda parting: parting.score, default=best).delimiter
        return best.delimiter
    others = [parting for each in UNUSUAL if _is_certain(parting := _parting(sample, each), None)]
    return max(others, key=lambda parting: parting.score).delimiter if others else None


def _is_certain(parting: Parting, best: Parting | None) -> bool:
    """An unusual character is the delimiter only where it parts every row evenly, and no usual one does."""
    even = parting.width > 2 and parting.share == 1 and parting.leads and not parting.spaced
    return even and (best is None or best.share < EVEN or best.width * 2 < parting.width)


def _parting(sample: Sequence[str], delimiter: str) -> Parting:
    rows = [row for row in _rows(sample, delimiter) if row]
    counts = Counter(len(row) for row in rows if len(row) > 1)
    if not counts:
        return Parting(delimiter, 1, 0, 0, False)
    width, number = max(counts.items(), key=lambda pair: (pair[1] * (pair[0] - 1) ** 0.5, pair[0]))
    behind = [cell for row in rows for cell in row[1:] if cell]
    spaced = sum(cell[0] == " " for cell in behind) / max(1, len(behind))
    leads = len(rows[0]) == width
    return Parting(delimiter, width, number / len(rows), spaced, leads)


def _rows(sample: Iterable[str], delimiter: str) -> list[list[str]]:
    try:
        return list(csv.reader(sample, delimiter=delimiter))
    except csv.Error:
        return [line.split(delimiter) for line in sample]
