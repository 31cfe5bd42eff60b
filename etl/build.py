"""From staged lines to the tables of a release: typed, judged, each with one fate, in set-based steps."""

from importlib.resources import files

import duckdb
import pyarrow as pa

from etl.readings import read_councils
from etl.rules import HELD, HELD_RULES, KEY_RULES, LINE_RULES, OVERLAP_RULES, SERIES_RULES, THRESHOLDS, Rule
from etl.values.council import Councils

PUBLISHED_TABLES = (
    "returns",
    "observations",
    "schedule",
    "council_schedule",
    "projects",
    "project_councils",
    "findings",
    "ignored_rows",
    "claims",
    "decisions",
    "skill_areas",
    "councils",
    "deflators",
)


def create(con: duckdb.DuckDBPyConnection, table: str, temporary: bool = True) -> None:
    """Makes the table of `tables/TABLE.sql`: one file, one statement, one table, same name."""
    query = files("etl").joinpath("tables", f"{table}.sql").read_text("utf-8")
    con.execute(f"create {'temp ' if temporary else ''}table {table} as {query}")


def build(con: duckdb.DuckDBPyConnection, typed_cells: pa.Table, councils: Councils, publishable: bool) -> None:
    """Makes every table of a release from the staged lines, `returns`, `ignored_rows` and the reference tables.

    `publishable` is what a blank cell of that column means in this collection.
    """
    con.execute("set variable publishable_by_default = ?", [publishable])
    for threshold in THRESHOLDS:
        con.execute(f"set variable {threshold.name} = {threshold.value}")
    con.execute("create temp macro financial_year(start) as start || '-' || lpad(((start + 1) % 100)::varchar, 2, '0')")
    con.register("typed_cells", typed_cells)
    create(con, "typed")
    con.unregister("typed_cells")
    read_councils(con, councils)
    create(con, "lines")
    _note_councils(con)
    _free_decided(con)
    _apply(con, LINE_RULES)
    for table in ("readable", "contradictions", "fivefold_pairs", "outliers", "duplicates"):
        create(con, table)
    _apply(con, HELD_RULES)
    for table in ("plausible", "crowded", "reports", "keys", "repeats", "undecided"):
        create(con, table)
    _apply(con, KEY_RULES)
    for table in ("withdrawn", "chosen", "spans", "overlapping", "overfull", "overfull_lines", "parts"):
        create(con, table)
    _apply(con, OVERLAP_RULES + SERIES_RULES)
    create(con, "standings")
    for table in ("projects", "project_councils", "observations", "schedule", "council_schedule"):
        create(con, table, temporary=False)
    _count_fates(con)


def _apply(con: duckdb.DuckDBPyConnection, rules: tuple[Rule, ...]) -> None:
    for rule in rules:
        con.execute(
            f"insert into findings select line_no, return_no, sheet, row, ?, ?, {_fate_of(rule)}, {rule.found}, "
            f"{rule.message}, {rule.suggestion} from {rule.relation} where {rule.condition} order by line_no",
            [rule.column, rule.id],
        )


def _fate_of(rule: Rule) -> str:
    """The fate as SQL: a line that a person decided on is held by nothing, and its findings stay as remarks."""
    if rule.fate == HELD:
        return "case when verdict is null then 'held' end"
    return "null" if rule.fate is None else f"'{rule.fate}'"


def _note_councils(con: duckdb.DuckDBPyConnection) -> None:
    for role, column in (("lead", "lead_council"), ("partner", "partner_councils")):
        con.execute(
            f"insert into findings select typed.line_no, typed.return_no, typed.sheet, typed.row, '{column}', "
            f"reading.code, case when reading.bad then 'quarantined' end, typed.{column}, reading.message, "
            f"reading.suggestion from typed join council_readings reading on reading.role = '{role}' "
            f"and reading.text = typed.{column} and reading.at_date is not distinct from typed.at_date "
            "where reading.code is not null order by typed.line_no"
        )


def _free_decided(con: duckdb.DuckDBPyConnection) -> None:
    """What was found while reading holds no line that a person decided on."""
    con.execute(
        "update findings set fate = null where fate = 'held' "
        "and line_no in (select line_no from lines where verdict is not null)"
    )


def _count_fates(con: duckdb.DuckDBPyConnection) -> None:
    con.execute(
        "create or replace table returns as select returns.*, "
        "coalesce(loaded, 0) as loaded, coalesce(held, 0) as held, coalesce(quarantined, 0) as quarantined, "
        "(select count(*) from ignored_rows where ignored_rows.return_no = returns.return_no) as ignored "
        "from returns left join (select return_no, count(*) filter (fate = 'loaded') as loaded, "
        "count(*) filter (fate = 'held') as held, count(*) filter (fate = 'quarantined') as quarantined "
        "from observations group by return_no) using (return_no) order by return_no"
    )
