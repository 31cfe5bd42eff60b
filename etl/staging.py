"""Returns of an archive, read and typed: tables of returns, ignored rows, claims and findings, and typed lines."""

import io
import json
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import duckdb
import numpy as np
import pyarrow as pa

from etl.archive import Return
from etl.batch import batch_of
from etl.claims import CLAIM_COLUMNS, LOOKED_AT, claims_of, is_claims
from etl.large import LARGE, LargeReturn, read_large
from etl.on_disk import OnDisk
from etl.progress import Progress, reading, unwatched
from etl.read import STAGED, Found, ReadReturn, ReadSheet, placed, read_return
from etl.readers import Problem
from etl.readings import insert, insert_table
from etl.shape import Finding
from etl.statements import AS_SENT, REVERSED, reverses_signs

Content = Callable[[Return], AbstractContextManager[BinaryIO]]


class Unreadable(ValueError):
    """Files that cannot be read, all of them at once: (file, Problem)."""

    def __init__(self, problems: list[tuple[str, Problem]]) -> None:
        super().__init__("\n".join(f"{file} cannot be read: {problem}" for file, problem in problems))
        self.problems = problems


@dataclass
class Staging:
    """What is known beside the lines: sheets of each return by its number, and the problem of a file that is none."""

    sheets: dict[int, Sequence[ReadSheet]]
    problems: dict[int, Problem]


def stage(
    con: duckdb.DuckDBPyConnection,
    returns: Sequence[Return],
    content: Content,
    reference: Path,
    aside: Path,
    progress: Progress = unwatched,
) -> Staging:
    """Stages every return that can be read; the others are named with their problem, and nothing of them is staged.

    Makes `typed_cells`: every line with its place and its cells as typed values. Those of large returns stand in the
    DuckDB file `aside`.
    """
    # Arrow's own pools keep what was freed; at a million lines that is as much again as is in use.
    pa.set_memory_pool(pa.system_memory_pool())
    _empty_tables(con)
    problems: dict[int, Problem] = {}
    stager = _Stager(con, reference, aside)
    for return_no, sent in enumerate(returns, 1):
        progress(reading(sent.file, return_no, len(returns)))
        try:
            with content(sent) as stream:
                stager.read(return_no, sent, stream)
        except Problem as problem:
            problems[return_no] = problem
    stager.type()
    sheets = {number: one.sheets for number, one in stager.returns.items()}
    del stager
    pa.default_memory_pool().release_unused()
    return Staging(sheets, problems)


def _empty_tables(con: duckdb.DuckDBPyConnection) -> None:
    con.execute("create table returns (return_no smallint, sha256 varchar, file varchar, given varchar)")
    con.execute(
        "create table ignored_rows (return_no smallint, sheet varchar, row integer, reason varchar, found varchar)"
    )
    con.execute(
        "create table decisions (line_id varchar, verdict varchar, why varchar, source varchar, "
        "amount_gbp decimal(18, 2))"
    )
    con.execute(f"create table claims ({', '.join(f'{name} {kind}' for name, kind in CLAIM_COLUMNS)})")
    con.execute(
        "create table findings (line_no integer, return_no smallint, sheet varchar, row integer, "
        "column_name varchar, code varchar, fate varchar, found varchar, message varchar, suggestion varchar)"
    )


def _claims_known(con: duckdb.DuckDBPyConnection) -> set[str]:
    return {ref for (ref,) in con.execute("select claim_ref from claims").fetchall()}


class _Stager:
    """Returns on their way to staged lines. Those that are `large` have no lines in `returns`: theirs are on disk."""

    def __init__(self, con: duckdb.DuckDBPyConnection, reference: Path, aside: Path) -> None:
        self.con, self.reference, self.on_disk = con, reference, OnDisk(aside)
        self.returns: dict[int, ReadReturn] = {}
        self.large: dict[int, LargeReturn] = {}
        self.first: dict[int, int] = {}
        self.lines = 0
        self.turned: set[int] = set()
        self.asked: set[int] = set()

    def read(self, return_no: int, sent: Return, stream: BinaryIO) -> None:
        """Reads one return. Problem, and nothing of it is staged, if it cannot be read."""
        start = stream.read(LOOKED_AT)
        size = stream.seek(0, io.SEEK_END)
        stream.seek(0)
        claims, large, read = None, None, None
        if is_claims(start):
            claims = claims_of(stream.read(), return_no, _claims_known(self.con))
        elif size > LARGE and not sent.given:
            large = read_large(stream, return_no, self.lines, self.reference, self.on_disk)
            stream.seek(0)
        if claims is None:
            read = large.read if large else read_return(sent.file, stream.read(), sent.given, self.reference)
        given = json.dumps(dict(sent.given), sort_keys=True)
        insert(self.con, "returns", [(return_no, sent.sha256, sent.file, given)])
        insert(self.con, "claims", claims or [])
        if read is None:
            return
        insert(self.con, "ignored_rows", [(return_no, *row) for row in read.ignored])
        self.returns[return_no], self.first[return_no] = read, self.lines
        self.lines += large.count if large else read.lines.num_rows
        self.large |= {return_no: large} if large else {}
        self.turned |= {return_no} if reverses_signs(sent.given) else set()
        self.asked |= {return_no} if "signs" not in sent.given else set()

    def type(self) -> None:
        """Types the lines in memory together, so that each distinct text is read once, and notes what was found."""
        staged = pa.concat_tables([STAGED.empty_table(), *(one.lines for one in self.returns.values())])
        sizes = [one.lines.num_rows for one in self.returns.values()]
        return_no = np.repeat(np.array(list(self.returns), np.int16), sizes)
        places = [np.arange(size) + self.first[number] for number, size in zip(self.returns, sizes, strict=True)]
        line_no = np.concatenate([*places, np.zeros(0, np.int64)]) + 1
        batch = batch_of(staged, return_no, line_no, self.turned, self.reference)
        for number, one in self.returns.items():
            insert(self.con, "findings", [_row(found, number, self.first[number]) for found in one.findings])
        for noted in (batch.noted, *(table for one in self.large.values() for table in one.noted)):
            insert_table(self.con, "findings", noted)
        insert(self.con, "findings", self._signs_asked(batch.below, batch.above))
        self._hand_over(batch.lines)

    def _signs_asked(self, below: np.ndarray, above: np.ndarray) -> list[tuple]:
        """All lines of a return most of whose amounts are negative, held until someone says what its signs mean."""
        found: list[tuple] = []
        for number in sorted(self.asked):
            large = self.large.get(number)
            minus, plus = (large.below, large.above) if large else (int(below[number]), int(above[number]))
            if minus <= plus:
                continue
            message = (
                f"{minus} of {minus + plus} amounts are negative. If a minus or brackets mean a saving here, give "
                f"signs={REVERSED}; if they mean a loss, give signs={AS_SENT}."
            )
            share = f"{minus} of {minus + plus}"
            asked_of = Finding("signs_unclear", None, "amount_gbp", share, message, f"signs={REVERSED}", "held")
            first = self.first[number]
            count = large.count if large else self.returns[number].lines.num_rows
            found += [_row(placed(None, asked_of, first + place), number, 0) for place in range(count)]
        return found

    def _hand_over(self, lines: pa.Table) -> None:
        """Makes `typed_cells` of the lines in memory and those on disk."""
        tables = self.on_disk.attach(self.con)
        self.con.register("typed_in_memory" if tables else "typed_cells", lines)
        if tables:
            parts = " union all by name ".join(f"select * from {table}" for table in ("typed_in_memory", *tables))
            self.con.execute(f"create temp view typed_cells as {parts}")


def _row(found: Found, return_no: int, first: int) -> tuple:
    line_no = None if found.line is None else first + found.line + 1
    return (line_no, return_no, *found[1:])
