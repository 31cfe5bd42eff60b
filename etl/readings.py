"""What may stand in each column, how an unreadable cell is judged, and councils read at the date concerned."""

from collections.abc import Sequence
from decimal import Decimal

import duckdb
import pyarrow as pa

from etl.values import Reading
from etl.values.council import Councils

MONEY_COLUMNS = ("amount_gbp", "amount_low_gbp", "amount_high_gbp", "grant_gbp", "council_cost_gbp")
YEAR_COLUMNS = ("financial_year", "period_start", "period_end", "grant_year")
WORD_COLUMNS = (
    "kind",
    "stage",
    "basis",
    "recurrence",
    "cashability",
    "net_or_gross",
    "evidence_grade",
    "expert_type",
    "publishable",
)
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


def read_days(text: str) -> Reading:
    """A number of days, as a decimal."""
    cleaned = text.strip().removesuffix("days").strip()
    if not cleaned:
        return Reading()
    if cleaned.replace(".", "", 1).isascii() and cleaned.replace(".", "", 1).isdigit() and len(cleaned) < 8:
        return Reading(Decimal(cleaned))
    return Reading(
        code="days_unreadable",
        bad=True,
        message=f"'{text}' is not a number of days. Write a number, like 12.",
    )


def read_councils(con: duckdb.DuckDBPyConnection, councils: Councils) -> None:
    """Fills `council_readings` from `typed`: each distinct spelling at each date, as lead and as partners.

    The codes of a joint body stand in one text, separated by spaces.
    """
    con.execute(
        "create temp table council_readings (role varchar, text varchar, at_date date, codes varchar, code varchar, "
        "bad boolean, message varchar, suggestion varchar)"
    )
    for role, resolve in (("lead", councils.resolve_lead), ("partner", councils.resolve_partners)):
        pairs = con.execute(
            f"select distinct {role}_council{'s' if role == 'partner' else ''} as text, at_date from typed "
            "where text is not null order by all"
        ).fetchall()
        insert(con, "council_readings", [(role, text, at, *_stored(resolve(text, at))) for text, at in pairs])


def _stored(reading: Reading) -> tuple[str | None, str | None, bool, str | None, str | None]:
    codes = " ".join(reading.value) if reading.value else None
    return (codes, reading.code, reading.bad, reading.message, reading.suggestion)


def insert(con: duckdb.DuckDBPyConnection, table: str, rows: Sequence[tuple]) -> None:
    """Appends rows to a table in one set-based step; the values are in the order of the table's columns."""
    if rows:
        columns = zip(*rows, strict=True)
        incoming = pa.table({f"c{place}": pa.array(column) for place, column in enumerate(columns)})
        insert_table(con, table, incoming)


def insert_table(con: duckdb.DuckDBPyConnection, table: str, incoming: pa.Table) -> None:
    """Appends an Arrow table to a table whose columns stand in the same order."""
    con.register("incoming", incoming)
    con.execute(f"insert into {table} select * from incoming")
    con.unregister("incoming")
