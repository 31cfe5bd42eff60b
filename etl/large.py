"""A return too large for memory: read and typed piece by piece, its lines kept on disk."""

import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

import numpy as np
import pyarrow as pa

from etl.batch import batch_of
from etl.on_disk import OnDisk, Spilled
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


def read_large(
    stream: BinaryIO, return_no: int, first: int, reference: Path, on_disk: OnDisk, size: int = PIECE
) -> LargeReturn | None:
    """Reads a return of which nothing is given in pieces of this size; None where that must be read whole.

    `first` is the number of lines of the returns before it.
    """
    found: LargeReturn | None = None
    with tempfile.TemporaryFile(dir=on_disk.path.parent) as file:
        pieces = Spilled(file)
        try:
            for read in read_in_pieces(stream, reference, size):
                found = found or LargeReturn(read.without_lines())
                line_no = np.arange(first + found.count + 1, first + found.count + 1 + read.lines.num_rows)
                batch = batch_of(read.lines, np.full(len(line_no), return_no, np.int16), line_no, (), reference)
                pieces.add(batch.lines)
                found.count += len(line_no)
                found.noted.append(batch.noted)
                found.below += int(batch.below[return_no])
                found.above += int(batch.above[return_no])
        except NotPlain:
            return None
        on_disk.store(f"lines_of_{return_no}", pieces)
    return found
