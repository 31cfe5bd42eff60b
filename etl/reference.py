"""Reference tables as they stand in a release: councils, skill areas, deflators, spending power."""

from pathlib import Path

import duckdb

WORD_TYPES = ("kind", "cashability", "stage", "basis", "recurrence", "net_or_gross", "evidence_grade", "expert_type")


def reference_types(con: duckdb.DuckDBPyConnection, reference: Path) -> None:
    """Makes a type of every closed list, in alphabetical order, so that a column of it takes a byte or two a line."""

    def closed(name: str, column: str, file: str, condition: str = "true") -> None:
        con.execute(
            f"create type {name} as enum (select distinct {column} from read_csv('{_quoted(reference / file)}', "
            f"header = true, all_varchar = true) where {condition} and {column} is not null order by 1)"
        )

    for name in WORD_TYPES:
        closed(name, "value", "words.csv", f"\"column\" = '{name}'")
    closed("skill_area", "skill_area", "skill_areas.csv")
    closed("council", "gss_code", "councils.csv")
    closed("region", "region", "councils.csv")
    closed("council_type", "type", "councils.csv")


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")


def reference_tables(con: duckdb.DuckDBPyConnection, reference: Path) -> None:
    """Makes `skill_areas`, `councils`, `deflators` and `spending_power` (2015-16, pounds) from a reference folder."""

    reference_types(con, reference)

    def table(name: str, columns: str, file: str) -> None:
        con.execute(
            f"create table {name} as select {columns} from read_csv(?, header = true, all_varchar = true) order by 1",
            [str(reference / file)],
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
    con.execute(
        "create table spending_power as select gss_code as council, core_spending_power_gbp::bigint "
        "as core_spending_power_gbp from read_csv(?, all_varchar = true, header = true) "
        "where financial_year = '2015-16'",
        [str(reference / "council_finance.csv")],
    )
