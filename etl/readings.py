"""Each distinct text of the staged lines is read once; the lines are then typed by joining to what was read."""

from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal
from functools import partial
from pathlib import Path

import duckdb
import pyarrow as pa

from etl.values import Reading
from etl.values.council import Councils
from etl.values.date import read_date
from etl.values.financial_year import read_financial_year
from etl.values.money import read_money
from etl.values.percent import read_percent, read_shares
from etl.values.words import read_skill_area, read_word

MONEY_COLUMNS = ("amount_gbp", "amount_low_gbp", "amount_high_gbp", "grant_gbp", "council_cost_gbp")
PLAIN_POUNDS = r"(0|[1-9][0-9]{0,11})(\.[0-9]{1,2})?"
"""Amounts that need no reading: they are typed where they stand, and say exactly what `read_money` would."""
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


def readers(reference: Path) -> dict[str, Callable[[str], Reading]]:
    """The reading function of each column whose text stands for a value other than money or a council."""
    found: dict[str, Callable[[str], Reading]] = dict.fromkeys(YEAR_COLUMNS, read_financial_year)
    for column in WORD_COLUMNS:
        found[column] = partial(read_word, column=column, reference=reference)
    found["skill_area"] = partial(read_skill_area, reference=reference)
    found["reported_on"] = read_date
    found["attribution_share"] = read_percent
    found["partner_shares"] = read_shares
    found["expert_days"] = read_days
    return found


def read_texts(con: duckdb.DuckDBPyConnection, reference: Path) -> None:
    """Fills `readings` (column_name, text, value, code, bad, message, suggestion) and `money_readings`."""
    con.execute(
        "create table readings (column_name varchar, text varchar, value varchar, code varchar, bad boolean, "
        "message varchar, suggestion varchar)"
    )
    con.execute(
        "create table money_readings (text varchar, amount decimal(18, 2), low decimal(18, 2), "
        "high decimal(18, 2), basis varchar, code varchar, bad boolean, message varchar, suggestion varchar)"
    )
    for column, read in readers(reference).items():
        rows = [(column, text, *_stored(read(text))) for text in _distinct(con, (column,))]
        insert(con, "readings", rows)
    odd = f"not regexp_full_match(text, '{PLAIN_POUNDS}')"
    insert(con, "money_readings", [_money_row(text) for text in _distinct(con, MONEY_COLUMNS, odd)])


def read_councils(con: duckdb.DuckDBPyConnection, councils: Councils) -> None:
    """Fills `council_readings`: each distinct spelling at each date concerned, as lead and as partners.

    The codes of a joint body stand in one text, separated by spaces.
    """
    con.execute(
        "create table council_readings (role varchar, text varchar, at_date date, codes varchar, code varchar, "
        "bad boolean, message varchar, suggestion varchar)"
    )
    for role, resolve in (("lead", councils.resolve_lead), ("partner", councils.resolve_partners)):
        pairs = con.execute(
            f"select distinct {role}_council{'s' if role == 'partner' else ''} as text, at_date from typed "
            "where text is not null order by all"
        ).fetchall()
        rows = [(role, text, at, *_stored(_joined(resolve(text, at)))) for text, at in pairs]
        insert(con, "council_readings", rows)


def _joined(reading: Reading) -> Reading:
    codes = " ".join(reading.value) if reading.value else None
    return Reading(codes, reading.code, reading.bad, reading.message, reading.suggestion)


def _distinct(con: duckdb.DuckDBPyConnection, columns: Iterable[str], condition: str = "true") -> list[str]:
    texts = " union ".join(f"select {column} as text from staged" for column in columns)
    return [
        text
        for (text,) in con.execute(
            f"select distinct text from ({texts}) where text is not null and {condition} order by text"
        ).fetchall()
    ]


def _stored(reading: Reading) -> tuple[str | None, str | None, bool, str | None, str | None]:
    return (_text(reading.value), reading.code, reading.bad, reading.message, reading.suggestion)


def _text(value: object) -> str | None:
    if isinstance(value, tuple):
        return ";".join(str(part) for part in value)
    if isinstance(value, date):
        return value.isoformat()
    return None if value is None else str(value)


def _money_row(text: str) -> tuple:
    money = read_money(text)
    return (
        text,
        money.amount,
        money.low,
        money.high,
        money.basis,
        money.code,
        money.bad,
        money.message,
        money.suggestion,
    )


def insert(con: duckdb.DuckDBPyConnection, table: str, rows: list[tuple]) -> None:
    """Appends rows to a table in one set-based step; the values are in the order of the table's columns."""
    if rows:
        columns = zip(*rows, strict=True)
        incoming = pa.table({f"c{place}": pa.array(column) for place, column in enumerate(columns)})
        con.register("incoming", incoming)
        con.execute(f"insert into {table} select * from incoming")
        con.unregister("incoming")
