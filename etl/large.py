"""A return too large for memory: read and typed piece by piece, its lines kept on disk."""

from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

import numpy as np
import pyarrow as pa

from etl.batch import batch_of
from etl.on_disk import OnDisk
from etl.read import ReadReturn, read_in_pieces
from etl.readers.pieces import PIECE, NotPlain

LARGE = 256 << 20
"""Bytes of a return that is read in pieces if it can be; a smaller one is faster whole."""


@dataclass
class LargeReturn:
    """A return that was read in pieces. `read` has no lines; there are `count` of them, on disk.

    `noted`, `below` and `above` are those of its batches.
    """

    read: ReadReturn
    count: int = 0
    noted: list[pa.Table] = field(default_factory=list)
    below: int = 0
    above: int = 0

    def take(self, piece: ReadReturn, return_no: int, first: int, reference: Path) -> pa.Table:
        """Types the lines of the next piece and gives them. `first` is the number of lines of the returns before."""
        start = first + self.count + 1
        line_no = np.arange(start, start + piece.lines.num_rows)
        batch = batch_of(piece.lines, np.full(len(line_no), return_no, np.int16), line_no, (), reference)
        self.count += len(line_no)
        self.noted.append(batch.noted)
        self.below += int(batch.below[return_no])
        self.above += int(batch.above[return_no])
        return batch.lines


def read_large(
    stream: BinaryIO, return_no: int, first: int, reference: Path, on_disk: OnDisk, size: int = PIECE
) -> LargeReturn | None:
    """Reads a return of which nothing is given in pieces of this size; None where that must be read whole.

    `first` is the number of lines of the returns before it.
    """
    try:
        # One thread reads and types, another stores: neither Arrow nor DuckDB holds the other up.
        with on_disk.growing(f"lines_of_{return_no}") as table, ThreadPoolExecutor(1) as beside:
            found: LargeReturn | None = None
            storing: Future[None] | None = None
            for read in read_in_pieces(stream, reference, size):
                found = found or LargeReturn(read.without_lines())
                lines = found.take(read, return_no, first, reference)
                if storing:
                    storing.result()
                storing = beside.submit(table.add, lines)
            if storing:
                storing.result()
    except NotPlain:
        return None
    return found
