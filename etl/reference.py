"""Reference tables as they stand in a release: councils, skill areas, deflators, spending power."""

import csv
from pathlib import Path

import duckdb

WORD_TYPES = ("kind", "cashability", "stage", "basis", "recurrence", "net_or_gross", "evidence_grade", "expert_type")


def reference_types(con: duckdb.DuckDBPyConnection, reference: Path) -> None:
    """Makes a type of every closed list, in alphabetical order, so that a column of it takes a byte or two a line."""
    words = _rows(reference / "words.csv")
    councils = _rows(reference / "councils.csv")
    closed = {name: {row["value"] for row in words if row["column"] == name} for name in WORD_TYPES}
    closed["skill_area"] = {row["skill_area"] for row in _rows(reference / "skill_areas.csv")}
    for name, column in (("council", "gss_code"), ("region", "region"), ("council_type", "type")):
        closed[name] = {row[column] for row in councils}
    for name, values in closed.items():
        listed = ", ".join("'" + value.replace("'", "''") + "'" for value in sorted(values - {""}))
        con.execute(f"create type {name} as enum ({listed})")


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def reference_tables(con: duckdb.DuckDBPyConnection, reference: Path) -> None:
    """Makes `skill_areas`, `councils`, `deflators` and `spending_power` (2015-16, pounds) from a reference folder."""
    reference_types(con, reference)

    def table(name: str, columns: str, file: str, condition: str = "true") -> None:
        con.execute(
            f"create table {name} as select {columns} from {_text(reference / file)} where {condition} order by 1"
        )

    table("skill_areas", "skill_area as code, label, description", "skill_areas.csv")
    table(
        "councils",
        "gss_code as council, name, short_name, type, region, county, start_date::date as start_date, "
        "end_date::date as end_date, string_split(successor_gss, ';') as successors, "
        "latitude::double as latitude, longitude::double as longitude",
        "councils.csv",
    )
    table("deflators", "financial_year, index::decimal(9, 4) as index, status", "gdp_deflators.csv")
    power = "gss_code as council, core_spending_power_gbp::bigint as core_spending_power_gbp"
    table("spending_power", power, "council_finance.csv", "financial_year = '2015-16'")


def _text(path: Path) -> str:
    """A CSV of ours as a table of text, in SQL: nothing of it is left to be guessed, which would take the longest."""
    with path.open(encoding="utf-8", newline="") as stream:
        names = next(csv.reader(stream))
    columns = ", ".join(f"'{name}': 'varchar'" for name in names)
    quoted = str(path).replace("'", "''")
    return (
        f"read_csv('{quoted}', header = true, auto_detect = false, delim = ',', quote = '\"', escape = '\"', "
        f"columns = {{{columns}}})"
    )
