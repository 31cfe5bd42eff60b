"""Reference tables as they stand in a release: councils, their hexagons, skill areas, deflators, spending power."""

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path

import duckdb

from etl.readings import insert

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
    """Makes `skill_areas`, `councils`, `council_spellings`, `hexes`, `deflators` and `spending_power` (2015-16)."""
    reference_types(con, reference)

    def table(name: str, columns: str, file: str, condition: str = "true") -> None:
        con.execute(
            f"create table {name} as select {columns} from {_text(reference / file)} where {condition} order by 1"
        )

    table("skill_areas", "skill_area as code, label, description", "skill_areas.csv")
    power = "gss_code as council, core_spending_power_gbp::bigint as core_spending_power_gbp"
    table("spending_power", power, "council_finance.csv", "financial_year = '2015-16'")
    con.execute("create temp table todays (council varchar, today varchar)")
    insert(con, "todays", list(todays(_rows(reference / "councils.csv")).items()))
    table(
        "councils",
        "gss_code as council, name, short_name, type, region, county, start_date::date as start_date, "
        "end_date::date as end_date, string_split(successor_gss, ';') as successors, "
        "latitude::double as latitude, longitude::double as longitude, "
        "(select today::council from todays where council = gss_code) as today, "
        "(select core_spending_power_gbp from spending_power where council = gss_code) as core_spending_power_gbp",
        "councils.csv",
    )
    con.execute("drop table todays")
    _spellings(con, reference)
    hexes = "boundaries_from::date as boundaries_from, gss_code::council as council, across::utinyint as across, "
    table("hexes", hexes + "down::utinyint as down", "hexes.csv")
    table("deflators", "financial_year, index::decimal(9, 4) as index, status", "gdp_deflators.csv")


def _spellings(con: duckdb.DuckDBPyConnection, reference: Path) -> None:
    """Makes `council_spellings`: what a reader may type to find a council, in any of its names and codes."""
    names = "[name, short_name, replace(slug, '-', ' '), gss_code, ecode]"
    con.execute(
        "create table council_spellings as select distinct spelling, council from ("
        f"select unnest(list_concat({names}, string_split(former_gss, ';'))) as spelling, gss_code as council "
        f"from {_text(reference / 'councils.csv')} "
        f"union all select alias, gss_code from {_text(reference / 'council_aliases.csv')}"
        ") where spelling <> '' order by all"
    )


def todays(councils: Sequence[Mapping[str, str]]) -> dict[str, str]:
    """{code: code of the one council that stands in its place today}, from the rows of `councils.csv`.

    A council without an end stands for itself; others are followed through their successors, however many there are
    one after another. One that was split among several that still stand is not in it.
    """
    following = {row["gss_code"]: tuple(filter(None, row["successor_gss"].split(";"))) for row in councils}
    ended = {row["gss_code"] for row in councils if row["end_date"]}

    def standing(code: str) -> set[str]:
        return {code} if code not in ended else {last for next_ in following[code] for last in standing(next_)}

    found = {code: standing(code) for code in following}
    return {code: last.pop() for code, last in found.items() if len(last) == 1}


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
