"""From staged lines to the tables of a release: typed, judged, each with one fate, in set-based steps."""

from importlib.resources import files
from pathlib import Path

import duckdb

from etl.columns import NAMES
from etl.readings import MONEY_COLUMNS, PLAIN_POUNDS, read_councils, read_texts
from etl.rules import HELD, HELD_RULES, KEY_RULES, LINE_RULES, OVERLAP_RULES, SERIES_RULES, THRESHOLDS, Rule
from etl.values.council import Councils

QUARANTINES_IF_UNREADABLE = (
    "amount_gbp",
    "amount_low_gbp",
    "amount_high_gbp",
    "kind",
    "stage",
    "skill_area",
    "lead_council",
    "partner_councils",
    "partner_shares",
    "financial_year",
    "period_start",
    "period_end",
    "grant_year",
)
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


def build(con: duckdb.DuckDBPyConnection, councils: Councils, reference: Path, publishable: bool) -> None:
    """Makes every table of a release from `staged`, `returns`, `ignored_rows` and the reference tables.

    `publishable` is what a blank cell of that column means in this collection.
    """
    con.execute("set variable publishable_by_default = ?", [publishable])
    for threshold in THRESHOLDS:
        con.execute(f"set variable {threshold.name} = {threshold.value}")
    con.execute("create temp macro financial_year(start) as start || '-' || lpad(((start + 1) % 100)::varchar, 2, '0')")
    con.execute(
        f"create temp macro plain_pounds(text) as case when regexp_full_match(text, '{PLAIN_POUNDS}') "
        "then text::decimal(18, 2) end"
    )
    _empty_findings(con)
    read_texts(con, reference)
    create(con, "typed")
    read_councils(con, councils)
    create(con, "lines")
    _note_readings(con)
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


def _empty_findings(con: duckdb.DuckDBPyConnection) -> None:
    con.execute(
        "create table findings (line_no integer, return_no smallint, sheet varchar, row integer, "
        "column_name varchar, code varchar, fate varchar, found varchar, message varchar, suggestion varchar)"
    )


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


def _note_readings(con: duckdb.DuckDBPyConnection) -> None:
    read_columns = [name for name in NAMES if name not in MONEY_COLUMNS]
    for column in read_columns:
        _note(con, column, f"(select * from readings where column_name = '{column}')")
    for column in MONEY_COLUMNS:
        _note(con, column, "money_readings")
    for role, column in (("lead", "lead_council"), ("partner", "partner_councils")):
        at_date = "and reading.at_date is not distinct from typed.at_date"
        _note(con, column, f"(select * from council_readings where role = '{role}')", at_date)


def _note(con: duckdb.DuckDBPyConnection, column: str, readings: str, also: str = "") -> None:
    fate = "'quarantined'" if column in QUARANTINES_IF_UNREADABLE else "null"
    con.execute(
        f"insert into findings select staged.line_no, staged.return_no, staged.sheet, staged.row, '{column}', "
        f"reading.code, case when reading.bad then {fate} end, staged.{column}, reading.message, "
        f"reading.suggestion from staged join typed using (line_no) join {readings} reading "
        f"on reading.text = staged.{column} {also} where reading.code is not null order by staged.line_no"
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
