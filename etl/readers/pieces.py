"""A very large CSV file read in pieces of whole lines, so that no more of it is held at a time; else nothing is."""

import io
from collections.abc import Iterator
from typing import BinaryIO

import pyarrow as pa

from etl.readers.columns import HEAD, MARK, Columns, end_of, head_of, is_regular, parsed, unmarked, without_blank_end

PIECE = 64 << 20
"""Bytes in a piece."""


class NotPlain(ValueError):
    """A file that must be read whole: what one of its pieces says depends on the others."""


def read_pieces(stream: BinaryIO, size: int = PIECE) -> Iterator[Columns]:
    """The columns of a UTF-8 file with the headings in row 1, by pieces; together they are what `read_columns` gives.

    NotPlain where it has quotation marks, since a cell may then go on in the next line, or where any row is uneven.
    """
    head = head_of(unmarked(stream.read(len(MARK) + HEAD)))
    if head is None:
        raise NotPlain
    delimiter, rows = head
    stream.seek(0)
    carriage = None
    for piece, is_last in _whole_lines(stream, size):
        is_first = carriage is None
        carriage = b"\r" in piece if is_first else carriage
        if b'"' in piece or not is_regular(piece) or carriage != (b"\r" in piece):
            raise NotPlain
        body = unmarked(piece) if is_first else memoryview(piece)
        try:
            table = parsed(body[: end_of(body)] if is_last else body, delimiter, rows, skip=int(is_first))
        except pa.ArrowInvalid:
            raise NotPlain from None
        yield Columns(rows, without_blank_end(table) if is_last else table)


def _whole_lines(stream: BinaryIO, size: int) -> Iterator[tuple[bytes, bool]]:
    """Pieces of a file that end with a line, and whether each is the last."""
    while piece := stream.read(size):
        if len(piece) < size:
            yield piece, True
            return
        end = piece.rfind(b"\n") + 1
        if not end:
            raise NotPlain
        stream.seek(end - len(piece), io.SEEK_CUR)
        yield piece[:end], False
