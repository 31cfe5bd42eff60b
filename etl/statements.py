"""Statements: what the person who loads a return knows of it and its table leaves unsaid."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from rapidfuzz import fuzz, process

from etl.columns import NAMES
from etl.readings import WORD_COLUMNS, YEAR_COLUMNS
from etl.shape.unclear import councils_of
from etl.values import Reading
from etl.values.date import read_date
from etl.values.financial_year import read_financial_year
from etl.values.money import UNITS, read_unit
from etl.values.percent import read_percent, read_shares
from etl.values.words import read_word

NOT_GIVEN = ("amount_gbp", "amount_low_gbp", "amount_high_gbp")
COLUMNS = (*(name for name in NAMES if name not in NOT_GIVEN), "unit", "signs")
REVERSED, AS_SENT = "reversed", "as_sent"
SIGNS = (REVERSED, AS_SENT)


class BadStatement(ValueError):
    """A statement that cannot be used; the message says why and what may be given."""


def read_statements(pairs: Iterable[str], reference: Path) -> dict[str, str]:
    """The statements of `COLUMN=VALUE` texts, by column, as they are archived. BadStatement names the first bad one."""
    found: dict[str, str] = {}
    for pair in pairs:
        column, sign, value = (part.strip() for part in pair.partition("="))
        if not sign or not value:
            raise BadStatement(f"'{pair}' is no statement. Write COLUMN=VALUE, like financial_year=2015-16.")
        if column in found and found[column] != value:
            raise BadStatement(f"{column} is given twice, as '{found[column]}' and as '{value}'. Give it once.")
        found[column] = checked(column, value, reference)
    return dict(sorted(found.items()))


def checked(column: str, value: str, reference: Path) -> str:
    """The value of one statement. BadStatement if the column is none, or the value cannot be read in one way."""
    if column not in COLUMNS:
        near = process.extractOne(column, COLUMNS, scorer=fuzz.ratio, score_cutoff=70)
        meant = f" Did you mean {near[0]}?" if near else f" There are: {', '.join(COLUMNS)}."
        raise BadStatement(f"'{column}' cannot be given.{meant}")
    if column == "unit":
        if (unit := read_unit(value)) is None:
            raise BadStatement(f"'{value}' is no unit. Give one of: {', '.join(UNITS)}.")
        return unit
    if column == "signs":
        if value not in SIGNS:
            raise BadStatement(
                f"'{value}' is no statement of signs. Give signs={REVERSED} if a minus or brackets mean a saving, "
                f"signs={AS_SENT} if they mean a loss."
            )
        return value
    reading = _reading(column, value, reference)
    if reading.bad:
        meant = f" Did you mean '{reading.suggestion}'?" if reading.suggestion else ""
        raise BadStatement(f"{column} cannot be given so: {reading.message}{meant}")
    return value


def _reading(column: str, value: str, reference: Path) -> Reading:
    if column in YEAR_COLUMNS:
        return read_financial_year(value)
    if column in WORD_COLUMNS:
        return read_word(value, column, reference)
    if column == "reported_on":
        return read_date(value)
    if column == "attribution_share":
        return read_percent(value)
    if column == "partner_shares":
        return read_shares(value)
    if column in ("lead_council", "partner_councils"):
        return _council(value, reference)
    return Reading(value)


def _council(value: str, reference: Path) -> Reading:
    """A council is read at each line's date; here only a name that no body bears at any date is refused."""
    reading = councils_of(reference).resolve_partners(value, None)
    return Reading(value) if reading.code in ("council_ambiguous", "council_not_at_date") else reading


def reverses_signs(given: Mapping[str, str]) -> bool:
    """Do the statements say that a minus or brackets mean a saving?"""
    return given.get("signs") == REVERSED
