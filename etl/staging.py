"""Returns of an archive, staged into DuckDB as text: `staged`, `returns`, `ignored_rows`, `claims`."""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pyarrow as pa

from etl.archive import Return
from etl.claims import CLAIM_COLUMNS, claims_of, is_claims
from etl.columns import NAMES
from etl.read import StagedSheet, staged_sheet
from etl.readers import Problem
from etl.readings import insert

Content = Callable[[Return], bytes]


class Unreadable(ValueError):
    """Files that cannot be read, all of them at once: (file, Problem)."""

    def __init__(self, problems: list[tuple[str, Problem]]) -> None:
        super().__init__("\n".join(f"{file} cannot be read: {problem}" for file, problem in problems))
        self.problems = problems


@dataclass(frozen=True)
class Staging:
    """What was staged: the table of each return by its number, and the problem of each file that is none."""

    sheets: dict[int, StagedSheet]
    problems: dict[int, Problem]


def stage(con: duckdb.DuckDBPyConnection, returns: Iterable[Return], content: Content, reference: Path) -> Staging:
    """Stages every return that can be read; the others are named with their problem, and nothing of them is staged."""
    _empty_tables(con)
    sheets: dict[int, StagedSheet] = {}
    problems: dict[int, Problem] = {}
    line_no = 0
    for return_no, sent in enumerate(returns, 1):
        try:
            sheet = _stage_one(con, return_no, sent, content(sent), line_no, reference)
        except Problem as problem:
            problems[return_no] = problem
            continue
        if sheet:
            sheets[return_no] = sheet
            line_no += len(sheet.lines)
    return Staging(sheets, problems)


def _empty_tables(con: duckdb.DuckDBPyConnection) -> None:
    cells = ", ".join(f"{name} varchar" for name in NAMES)
    con.execute(
        "create table staged (line_no integer, return_no smallint, sheet varchar, row integer, "
        f"cell_column varchar, shifted boolean, {cells})"
    )
    con.execute("create table returns (return_no smallint, sha256 varchar, file varchar, given varchar)")
    con.execute(
        "create table ignored_rows (return_no smallint, sheet varchar, row integer, reason varchar, found varchar)"
    )
    con.execute(
        "create table decisions (line_id varchar, verdict varchar, why varchar, source varchar, "
        "amount_gbp decimal(18, 2))"
    )
    con.execute(f"create table claims ({', '.join(f'{name} {kind}' for name, kind in CLAIM_COLUMNS)})")


def _stage_one(
    con: duckdb.DuckDBPyConnection, return_no: int, sent: Return, content: bytes, line_no: int, reference: Path
) -> StagedSheet | None:
    claims = claims_of(content, return_no) if is_claims(content) else None
    sheet = None if claims is not None else staged_sheet(sent.file, content, reference)
    given = json.dumps(dict(sent.given), sort_keys=True)
    insert(con, "returns", [(return_no, sent.sha256, sent.file, given)])
    if sheet is None:
        insert(con, "claims", claims or [])
        return None
    con.register("incoming", _arrow(sheet, return_no, line_no))
    con.execute("insert into staged select * from incoming")
    con.unregister("incoming")
    insert(con, "ignored_rows", [(return_no, sheet.sheet, row.row, row.reason, row.found) for row in sheet.ignored])
    return sheet


def _arrow(sheet: StagedSheet, return_no: int, line_no: int) -> pa.Table:
    count = len(sheet.lines)
    columns = {
        "line_no": pa.array(range(line_no + 1, line_no + count + 1), pa.int32()),
        "return_no": pa.array([return_no] * count, pa.int16()),
        "sheet": pa.array([sheet.sheet] * count, pa.string()),
        "row": pa.array([row for row, _ in sheet.lines], pa.int32()),
        "cell_column": pa.nulls(count, pa.string()),
        "shifted": pa.array([row in sheet.too_long for row, _ in sheet.lines], pa.bool_()),
    }
    for name, cells in zip(NAMES, zip(*(cells for _, cells in sheet.lines), strict=True), strict=True):
        columns[name] = pa.array([cell or None for cell in cells], pa.string())
    return pa.table(columns)
