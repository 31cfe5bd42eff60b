"""Returns of an archive, read and typed: tables of returns, ignored rows, claims and findings, and typed lines."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from etl.archive import Return
from etl.claims import CLAIM_COLUMNS, claims_of, is_claims
from etl.progress import Progress, reading, unwatched
from etl.read import STAGED, Found, ReadReturn, ReadSheet, placed, read_return
from etl.readers import Problem
from etl.readings import insert, insert_table
from etl.shape import Finding
from etl.statements import AS_SENT, REVERSED, reverses_signs
from etl.typed import Typed, either, references, typed
from etl.values.plain_pounds import POUNDS

Content = Callable[[Return], bytes]
TURNED = (("amount_gbp", "amount_gbp"), ("amount_low_gbp", "amount_high_gbp"), ("amount_high_gbp", "amount_low_gbp"))
KEPT = ("project_ref", "project_title", "lead_council", "partner_councils", "source_title", "source_url")
BATCH = 122_880
"""Lines a batch: what DuckDB takes in one piece, so that its threads share the work."""


class Unreadable(ValueError):
    """Files that cannot be read, all of them at once: (file, Problem)."""

    def __init__(self, problems: list[tuple[str, Problem]]) -> None:
        super().__init__("\n".join(f"{file} cannot be read: {problem}" for file, problem in problems))
        self.problems = problems


@dataclass
class Staging:
    """What was staged: the sheets of each return by its number, the problem of each file that is none, and the lines.

    `lines` has a row for each line, with its place and its cells as typed values.
    """

    sheets: dict[int, Sequence[ReadSheet]]
    problems: dict[int, Problem]
    lines: pa.Table | None

    def hand_over(self) -> pa.Table:
        """The lines, which are kept here no longer, so that their memory is free once they are stored."""
        lines, self.lines = self.lines, None
        if lines is None:
            raise RuntimeError("the staged lines were handed over before")
        return lines


def stage(
    con: duckdb.DuckDBPyConnection,
    returns: Sequence[Return],
    content: Content,
    reference: Path,
    progress: Progress = unwatched,
) -> Staging:
    """Stages every return that can be read; the others are named with their problem, and nothing of them is staged."""
    # Arrow's own pools keep what was freed; at a million lines that is as much again as is in use.
    pa.set_memory_pool(pa.system_memory_pool())
    _empty_tables(con)
    problems: dict[int, Problem] = {}
    read: dict[int, ReadReturn] = {}
    turned: set[int] = set()
    asked: set[int] = set()
    for return_no, sent in enumerate(returns, 1):
        progress(reading(sent.file, return_no, len(returns)))
        try:
            found = _read_one(con, return_no, sent, content(sent), reference)
        except Problem as problem:
            problems[return_no] = problem
            continue
        if found:
            read[return_no] = found
            turned |= {return_no} if reverses_signs(sent.given) else set()
            asked |= {return_no} if "signs" not in sent.given else set()
    lines = _lines(con, read, turned, asked, reference)
    sheets = {number: one.sheets for number, one in read.items()}
    del read
    pa.default_memory_pool().release_unused()
    return Staging(sheets, problems, lines)


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


def _read_one(
    con: duckdb.DuckDBPyConnection, return_no: int, sent: Return, content: bytes, reference: Path
) -> ReadReturn | None:
    claims = claims_of(content, return_no, _claims_known(con)) if is_claims(content) else None
    read = None if claims is not None else read_return(sent.file, content, sent.given, reference)
    given = json.dumps(dict(sent.given), sort_keys=True)
    insert(con, "returns", [(return_no, sent.sha256, sent.file, given)])
    if read is None:
        insert(con, "claims", claims or [])
        return None
    insert(con, "ignored_rows", [(return_no, *row) for row in read.ignored])
    return read


def _lines(
    con: duckdb.DuckDBPyConnection, read: dict[int, ReadReturn], turned: set[int], asked: set[int], reference: Path
) -> pa.Table:
    """Types the lines of all returns together, so that each distinct text is read once, and notes what was found."""
    staged = pa.concat_tables([STAGED.empty_table(), *(one.lines for one in read.values())])
    sizes = [one.lines.num_rows for one in read.values()]
    return_no = np.repeat(np.array(list(read), np.int16), sizes)
    cells = typed(staged, reference)
    _turn_signs(cells, return_no, turned)
    first = 0
    for number, one in read.items():
        insert(con, "findings", [_row(found, number, first) for found in one.findings])
        first += one.lines.num_rows
    insert_table(con, "findings", _placed(cells.noted(), staged, return_no))
    insert(con, "findings", _signs_asked(cells, return_no, asked))
    return _table(staged, cells, return_no)


def _row(found: Found, return_no: int, first: int) -> tuple:
    line_no = None if found.line is None else first + found.line + 1
    return (line_no, return_no, *found[1:])


def _placed(noted: pa.Table, staged: pa.Table, return_no: np.ndarray) -> pa.Table:
    """Findings on cells in the columns of `findings`."""
    places = noted["line"]
    at = {"sheet": staged["sheet"].cast(pa.string()).take(places), "row": staged["row"].take(places)}
    numbers = pa.array(return_no).take(places.combine_chunks())
    line_no = pa.array(places.to_numpy() + 1, pa.int32())
    rest = ("column_name", "code", "fate", "found", "message", "suggestion")
    return pa.table({"line_no": line_no, "return_no": numbers, **at, **{name: noted[name] for name in rest}})


def _turn_signs(cells: Typed, return_no: np.ndarray, turned: set[int]) -> None:
    """Turns the amounts of the returns in which a minus means a saving; the ends of a range change places."""
    if not turned:
        return
    those = pa.array(np.isin(return_no, list(turned)))
    pairs = (*TURNED, ("cell_low", "cell_high"), ("cell_high", "cell_low"))
    turned_of = {name: pc.call_function("negate", [cells.columns[name].cast(POUNDS)]) for name, _ in pairs}
    cells.columns |= {name: either(those, turned_of[other], cells.columns[name]) for name, other in pairs}


def _signs_asked(cells: Typed, return_no: np.ndarray, asked: set[int]) -> list[tuple]:
    """All lines of a return most of whose amounts are negative, held until someone says what its signs mean."""
    amounts = cells.columns["amount_gbp"].cast(pa.float64()).fill_null(0).to_numpy(zero_copy_only=False)
    below = np.bincount(return_no[amounts < 0], minlength=1)
    other = np.bincount(return_no[amounts > 0], minlength=len(below))
    found: list[tuple] = []
    for number in sorted(asked & set(np.flatnonzero(below).tolist())):
        if below[number] <= other[number]:
            continue
        message = (
            f"{below[number]} of {below[number] + other[number]} amounts are negative. If a minus or brackets mean a "
            f"saving here, give signs={REVERSED}; if they mean a loss, give signs={AS_SENT}."
        )
        share = f"{below[number]} of {below[number] + other[number]}"
        asked_of = Finding("signs_unclear", None, "amount_gbp", share, message, f"signs={REVERSED}", "held")
        places = np.flatnonzero(return_no == number).tolist()
        found += [_row(placed(None, asked_of, place), number, 0) for place in places]
    return found


def _table(staged: pa.Table, cells: Typed, return_no: np.ndarray) -> pa.Table:
    """The lines for the table `typed`: places, texts that are kept as typed, and typed values."""
    columns = {name: staged[name] for name in ("sheet", "sheet_no", "row", "cell_column", "given", *KEPT)}
    columns |= {f"{name}_typed": staged[name] for name in ("skill_area", "publishable")}
    columns |= {name: staged[name] for name in ("source_quote", "notes")}
    columns |= {name: pa.chunked_array([array]) for name, array in cells.columns.items()}
    columns["project_ref"] = pa.chunked_array([references(staged["project_ref"])])
    columns["line_no"] = pa.chunked_array([pa.array(np.arange(1, len(return_no) + 1), pa.int32())])
    columns["return_no"] = pa.chunked_array([pa.array(return_no)])
    table = pa.table(columns)
    return pa.Table.from_batches(table.to_batches(BATCH), table.schema)
