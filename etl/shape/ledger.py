"""Running sums of the amounts of a table's lines, so that what any stretch of them comes to costs one subtraction."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np


@dataclass(slots=True)
class Sums:
    """The pence of each column of amounts over some lines, how many of them have an amount there, and their number."""

    pence: tuple[int, ...]
    known: tuple[int, ...]
    lines: int

    def __add__(self, other: "Sums") -> "Sums":
        return Sums(
            tuple(map(sum, zip(self.pence, other.pence, strict=True))),
            tuple(map(sum, zip(self.known, other.known, strict=True))),
            self.lines + other.lines,
        )

    def __sub__(self, other: "Sums") -> "Sums":
        return Sums(
            tuple(one - less for one, less in zip(self.pence, other.pence, strict=True)),
            tuple(one - less for one, less in zip(self.known, other.known, strict=True)),
            self.lines - other.lines,
        )


class Ledger:
    """Running sums over the lines of a table; a line that turns out to be a total can be dropped."""

    def __init__(self, pence: Sequence[np.ndarray], known: Sequence[np.ndarray]) -> None:
        """`pence` and `known`: an array for each column of amounts, with one entry for each line."""
        self.pence = [_running(column) for column in pence]
        self.known = [_running(column) for column in known]
        self.dropped: list[int] = []
        self.lost = [Sums((0,) * len(self.pence), (0,) * len(self.pence), 0)]

    @classmethod
    def of(cls, amounts: Sequence[Sequence[int | None]], columns: int) -> "Ledger":
        """The ledger of lines whose amounts are lists, None where one is not known.

        Pence are Python's own whole numbers where they might not fit into 64 bits.
        """
        largest = max((abs(amount) for row in amounts for amount in row if amount is not None), default=0)
        kind = np.int64 if largest * (len(amounts) + 1) < 2**62 else object
        pence = [np.array([row[each] or 0 for row in amounts], kind) for each in range(columns)]
        known = [np.array([row[each] is not None for row in amounts], np.int64) for each in range(columns)]
        return cls(pence, known)

    def __len__(self) -> int:
        return len(self.pence[0]) - 1 if self.pence else 0

    def drop(self, place: int) -> None:
        """Leaves the line of a place out of every sum from now on; places are dropped from the top down."""
        self.lost.append(self.lost[-1] + self._between(place, place + 1))
        self.dropped.append(place)

    def sums(self, first: int, last: int) -> Sums:
        """The sums of the lines from `first` up to, not including, `last`."""
        last = max(first, last)
        if not self.dropped:
            return self._between(first, last)
        lost_before, lost = self.lost[bisect_left(self.dropped, first)], self.lost[bisect_left(self.dropped, last)]
        return self._between(first, last) - (lost - lost_before)

    def lines(self, first: int, last: int) -> int:
        """How many lines there are from `first` up to, not including, `last`."""
        last = max(first, last)
        return last - first - bisect_left(self.dropped, last) + bisect_left(self.dropped, first)

    def _between(self, first: int, last: int) -> Sums:
        pence = tuple([column[last] - column[first] for column in self.pence])
        return Sums(pence, tuple([column[last] - column[first] for column in self.known]), last - first)


def _running(column: np.ndarray) -> Sequence[int]:
    """The sum of all before each place, as Python's own whole numbers, which a view gives faster than an array."""
    sums = np.concatenate((np.zeros(1, column.dtype), np.cumsum(column)))
    return sums.tolist() if column.dtype == object else sums.data
