"""Odd rows of a plain table: rows that differ in nothing, or in an ordinary amount only, are looked at once."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from etl.readers.columns import Columns, distinct_of, whole
from etl.shape.heading_rows import Row
from etl.values.plain_pounds import matches

FIRST_ROW = 2
ORDINARY = r"^[1-9](?:[0-9]{0,2}|[0-9]{4,11})(?:\.[0-9]{1,2})?$"
"""Amounts that are nothing else for certain: no years, and no zeros that may name a unit."""


@dataclass(frozen=True)
class OddRows:
    """The odd rows: their places, the cells of one row of each kind, the kind of each row, and its own cells."""

    places: np.ndarray
    kinds: list[Row]
    kind_of: np.ndarray
    cells: list[Row]


def odd_rows(columns: Columns, places: np.ndarray, amount: int) -> OddRows:
    """The rows at these places of a table, sorted into kinds. `amount` is the place of the column of amounts."""
    taken = columns.rows.take(places)
    amounts = whole(taken.column(amount).cast(pa.string()))
    ordinary = matches(amounts, ORDINARY)
    first_of, kind_of = _kinds(columns, taken, places, np.where(ordinary, 0, _codes(taken.column(amount)) + 1), amount)
    kinds = rows_at(columns, places[first_of])
    cells = [kinds[kind] for kind in kind_of.tolist()]
    texts = amounts.to_pylist()
    for number in np.flatnonzero(ordinary).tolist():
        own = cells[number] = cells[number].copy()
        own[amount] = texts[number]
    return OddRows(places, kinds, kind_of, cells)


def _kinds(
    columns: Columns, taken: pa.Table, places: np.ndarray, amounts: np.ndarray, amount: int
) -> tuple[np.ndarray, np.ndarray]:
    """The number of the first row of each kind, and the kind of each row."""
    kind_of = np.zeros(len(places), np.int64)
    beyond = np.isin(places + FIRST_ROW, list(columns.beyond))
    kind_of[beyond] = np.arange(1, np.count_nonzero(beyond) + 1)
    for place, column in enumerate(taken.columns):
        if column.null_count < len(places):
            codes = amounts if place == amount else _codes(column)
            _, kind_of = np.unique(kind_of * (codes.max() + 1) + codes, return_inverse=True)
    _, first_of, kind_of = np.unique(kind_of, return_index=True, return_inverse=True)
    return first_of, kind_of


def _codes(column: pa.ChunkedArray) -> np.ndarray:
    """A number for each cell, the same for the same text; 0 where it is blank."""
    if not pa.types.is_dictionary(column.type):
        column = column.dictionary_encode()
    codes = whole(column.unify_dictionaries()).indices.fill_null(-1)
    return codes.to_numpy(zero_copy_only=False).astype(np.int64) + 1


def rows_at(columns: Columns, places: np.ndarray) -> list[Row]:
    """The cells of some rows, '' where blank, with those beyond the headings."""
    if not len(places):
        return []
    taken = columns.rows.take(places)
    rows = [list(row) for row in zip(*map(_texts_of, taken.columns), strict=True)]
    return [row + columns.beyond.get(int(place) + FIRST_ROW, []) for place, row in zip(places, rows, strict=True)]


def _texts_of(column: pa.ChunkedArray) -> list[str]:
    """The cells of a column, '' where blank."""
    distinct = distinct_of(column)
    if distinct is None:
        return ["" if text is None else text for text in column.to_pylist()]
    texts = [*distinct[0].to_pylist(), ""]
    return [texts[place] for place in distinct[1].fill_null(len(texts) - 1).to_pylist()]
