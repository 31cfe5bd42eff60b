"""Reference tables as they stand in a release: councils, skill areas, deflators, spending power."""

from pathlib import Path

import duckdb


def reference_tables(con: duckdb.DuckDBPyConnection, reference: Path) -> None:
    """Makes `skill_areas`, `councils`, `deflators` and `spending_power` (2015-16, pounds) from a reference folder."""

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
