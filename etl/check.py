"""Judges returns without loading them: what would become of each line, and what the council can mend."""

import hashlib
import io
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import duckdb

from etl.archive import Return
from etl.build import build
from etl.reference import reference_tables
from etl.shape import Finding
from etl.staging import Staging, stage
from etl.values.council import load_councils
from etl.values.financial_year import write_financial_year

FATES = ("loaded", "held", "quarantined")
OBSERVATION = (
    "line_id, sheet, row, cell_column, fate, standing, project_ref, lead_council, partner_councils, "
    "skill_area, skill_area_label, grant_year, financial_year, period_start, period_end, kind, stage, "
    "basis, recurrence, cashability, net_or_gross, attribution_share, evidence_grade, reported_on, publishable, "
    "amount_gbp, amount_low_gbp, amount_high_gbp, given"
)
RENAMED = {"cell_column": "column"}
YEARS = ("grant_year", "financial_year", "period_start", "period_end")


def check(
    files: list[tuple[str, bytes]], given: Mapping[str, str], reference: Path, publishable: bool
) -> dict[str, Any]:
    """What would become of the files' lines if they were loaded together, as the document of `check --json`.

    A file that is there twice is judged once; its second entry counts nothing and says so.
    """
    sent = [Return(hashlib.sha256(content).hexdigest(), name, given) for name, content in files]
    contents = {one.sha256: content for one, (_, content) in zip(sent, files, strict=True)}
    once = sorted({one.sha256: one for one in reversed(sent)}.values(), key=lambda one: one.sha256)
    numbers = {one.sha256: number for number, one in enumerate(once, 1)}
    with TemporaryDirectory() as folder, duckdb.connect() as con:
        staging = stage(con, once, lambda one: io.BytesIO(contents[one.sha256]), reference, Path(folder) / "lines")
        reference_tables(con, reference)
        build(con, load_councils(reference), publishable)
        checked, first = [], {}
        for one in sent:
            earlier = first.setdefault(one.sha256, one)
            checked.append(
                _sent_twice(one, earlier) if earlier is not one else _file(con, numbers[one.sha256], one, staging)
            )
    lines = {name: sum(file["lines"][name] for file in checked) for name in ("in", *FATES, "ignored")}
    return {"files": checked, "lines": lines}


def _sent_twice(sent: Return, earlier: Return) -> dict[str, Any]:
    """A file that was judged under another name already: it adds nothing."""
    message = f"This is the same file as {earlier.file}, to the byte; its lines count once, and stand there."
    found = Finding("sent_twice", None, None, sent.file, message)
    names = ("code", "fate", "row", "column", "found", "message", "suggestion")
    return {
        "file": sent.file,
        "sha256": sent.sha256,
        "problem": None,
        "given": dict(sent.given),
        "sheets": [],
        "lines": dict.fromkeys(("in", *FATES, "ignored"), 0),
        "unknown_amounts": dict.fromkeys(("loaded", "held"), 0),
        "amount_gbp": dict.fromkeys(FATES, "0.00"),
        "ignored_rows": [],
        "findings": [{"sheet": None} | {name: getattr(found, name) for name in names}],
        "observations": [],
    }


def _file(con: duckdb.DuckDBPyConnection, number: int, sent: Return, staging: Staging) -> dict[str, Any]:
    problem, sheets = staging.problems.get(number), staging.sheets.get(number, ())
    fates = {fate: (0, 0, Decimal(0)) for fate in FATES}
    for fate, lines, unknown, pounds in _rows(con, _COUNTS, number):
        fates[fate] = (lines, unknown, pounds)
    ignored = _rows(con, "select sheet, row, reason from ignored_rows where return_no = ?", number)
    counts = {fate: fates[fate][0] for fate in FATES} | {"ignored": len(ignored)}
    return {
        "file": sent.file,
        "sha256": sent.sha256,
        "problem": {"code": problem.code, "message": str(problem)} if problem else None,
        "given": dict(sent.given),
        "sheets": [
            {
                "sheet": sheet.name,
                "heading_rows": list(sheet.heading_rows),
                "columns": dict(sheet.columns),
                "ignored": sheet.ignored,
            }
            for sheet in sheets
        ],
        "lines": {"in": sum(counts.values()), **counts},
        "unknown_amounts": {fate: fates[fate][1] for fate in ("loaded", "held")},
        "amount_gbp": {fate: f"{fates[fate][2]:.2f}" for fate in FATES},
        "ignored_rows": [dict(zip(("sheet", "row", "reason"), row, strict=True)) for row in ignored],
        "findings": _findings(con, number),
        "observations": _observations(con, number),
    }


_COUNTS = """
select fate, count(*), count(*) filter (amount_gbp is null), coalesce(sum(amount_gbp), 0)
from observations where return_no = ? group by fate
"""


def _rows(con: duckdb.DuckDBPyConnection, sql: str, number: int) -> list[tuple[Any, ...]]:
    return con.execute(sql, [number]).fetchall()


def _findings(con: duckdb.DuckDBPyConnection, number: int) -> list[dict[str, Any]]:
    """The findings of a file, each once: what is about a whole row or sheet stands at each of its lines."""
    names = ("code", "fate", "sheet", "row", "column", "found", "message", "suggestion")
    found = _rows(
        con,
        "select code, fate, sheet, row, column_name, found, message, suggestion from findings where return_no = ? "
        "group by all order by min(line_no) nulls first, row nulls first, column_name, code, message",
        number,
    )
    return [dict(zip(names, row, strict=True)) for row in found]


def _observations(con: duckdb.DuckDBPyConnection, number: int) -> list[dict[str, Any]]:
    names = OBSERVATION.split(", ")
    found = _rows(con, f"select {OBSERVATION} from observations where return_no = ? order by line_no", number)
    return [{RENAMED.get(name, name): _value(name, value) for name, value in zip(names, row, strict=True)}
            for row in found]  # fmt: skip


def _value(name: str, value: Any) -> Any:
    if name in YEARS and value is not None:
        return write_financial_year(value)
    if name == "given":
        return value.split() if value else []
    if name == "partner_councils":
        return value or []
    if name == "attribution_share" and value is not None:
        return f"{value.normalize():f}"
    return str(value) if isinstance(value, Decimal) or hasattr(value, "isoformat") else value
