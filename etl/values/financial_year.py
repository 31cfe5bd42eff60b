"""A financial year, April to March, as councils write it, becomes the year in which it starts."""

import re
from datetime import date

from etl.values import NOT_KNOWN, Reading
from etl.values.date import (
    FIRST_YEAR,
    LAST_YEAR,
    MONTH,
    MONTHS,
    full_year,
    plain_text,
    quoted,
    says_not_known,
    serial_date,
    written_date,
)

FIRST_MONTH = 4
YEAR = "[0-9]{4}|[0-9]{2}"
NAMED = r"(?:(?:financial|fiscal) year|fy)[ :]?"
SPAN = re.compile(rf"(?:{NAMED})?([0-9]{{4}}|[0-9]{{2}})(?: ?[-/] ?| to )({YEAR})")
YEAR_ENDING = re.compile(rf"fy[ :]?'?({YEAR})")
BARE_YEAR = re.compile(rf"(?:{NAMED})?((?:19|20)[0-9]{{2}})(?:\.0+)?")
MONTH_OF_YEAR = re.compile(rf"({MONTH})[-/ ,']{{0,2}}([0-9]{{4}})|({MONTH})[-'/]([0-9]{{2}})")
DAY_OF_MONTH = re.compile(rf"([0-9]{{1,2}})-({MONTH})")
WITHIN = re.compile(rf"(?<![0-9])(?:{YEAR})[-/](?:{YEAR})(?![0-9])")
HOW_TO_WRITE = "Write the year like 2014-15."


def year_of(day: date) -> int:
    """The year in which the financial year of a day starts: 31 March is the old year, 1 April the new."""
    return _holding(day.year, day.month)


def write_financial_year(start: int) -> str:
    """The financial year that starts in that year, as this programme writes it: 2014 is `2014-15`."""
    return f"{start}-{(start + 1) % 100:02d}"


def read_financial_year(text: str) -> Reading:
    """The year in which a financial year starts: 2014 for `2014-15`, `14/15`, `FY15`, or a date within it.

    A year that a spreadsheet may have turned into a date is bad where it can be read in two ways.
    """
    plain = plain_text(text)
    if plain is None:
        return _unreadable(text, "")
    if says_not_known(plain):
        return NOT_KNOWN
    if found := SPAN.fullmatch(plain):
        return _read_span(found[1], found[2], text)
    if found := YEAR_ENDING.fullmatch(plain):
        return _within_bounds(full_year(found[1]) - 1, text)
    if found := BARE_YEAR.fullmatch(plain):
        return _two_years(int(found[1]) - 1, int(found[1]), text)
    return _read_month(plain, text) or _read_day(plain, text) or _unreadable(text, plain)


def _read_span(first: str, last: str, text: str) -> Reading:
    """Two years that must follow one another; the second may have two digits only."""
    start = full_year(first)
    end = int(last) if len(last) == 4 else start - start % 100 + int(last)
    end += 100 if len(last) == 2 and end < start and start % 100 == 99 else 0
    if len(last) > len(first) or end <= start:
        return _unreadable(text, "")
    if end == start + 1:
        return _within_bounds(start, text)
    known = start >= FIRST_YEAR and end - 1 <= LAST_YEAR
    years = f"period_start {write_financial_year(start)}, period_end {write_financial_year(end - 1)}"
    return Reading(
        code="year_not_one_year",
        bad=True,
        message=f"{quoted(text)} is more than one financial year. "
        "Write the first and the last year under period_start and period_end.",
        suggestion=years if known else None,
    )


def _read_month(plain: str, text: str) -> Reading | None:
    """A month of a year, or a day of a month, which is how a spreadsheet shows a typed 10/11."""
    if found := MONTH_OF_YEAR.fullmatch(plain):
        name, digits = (found[1], found[2]) if found[1] else (found[3], found[4])
        start = _holding(full_year(digits), MONTHS[name])
        typed = _typed_year(date(full_year(digits), MONTHS[name], 1)) if len(digits) == 2 else None
        return _within_bounds(start, text) if typed is None else _two_years(typed, start, text)
    found = DAY_OF_MONTH.fullmatch(plain)
    if not found or MONTHS[found[2]] != int(found[1]) + 1:
        return None
    reading = _within_bounds(full_year(found[1].zfill(2)), text)
    if reading.bad:
        return reading
    year = write_financial_year(reading.value)
    message = f"A spreadsheet turned a year into {quoted(text)}; it was read as {year}."
    return Reading(reading.value, "year_was_a_date", message=message)


def _read_day(plain: str, text: str) -> Reading | None:
    """A date is the financial year that holds it, unless it may be a typed year."""
    written = written_date(plain)
    if written is None:
        return None
    day, time = written
    typed = None if time and time.strip("0:.") else _typed_year(day)
    if typed is None or typed == year_of(day):
        return _within_bounds(year_of(day), text)
    return _two_years(typed, year_of(day), text)


def _typed_year(day: date) -> int | None:
    """The year of the programme that a spreadsheet may have turned into this date, if there is one.

    A typed 10/11 becomes 10 November or 11 October of the year of typing, or 1 October 2011.
    """
    pairs = [(day.day, day.month), (day.month, day.day)] + ([(day.month, day.year % 100)] if day.day == 1 else [])
    starts = [2000 + first for first, second in pairs if second == first + 1]
    return next((start for start in starts if FIRST_YEAR <= start <= LAST_YEAR), None)


def _holding(year: int, month: int) -> int:
    return year if month >= FIRST_MONTH else year - 1


def _within_bounds(start: int, text: str) -> Reading:
    if FIRST_YEAR <= start <= LAST_YEAR:
        return Reading(start)
    first, last = write_financial_year(FIRST_YEAR), write_financial_year(LAST_YEAR)
    message = f"{quoted(text)} is not a year from {first} to {last}, the years of the programme. {HOW_TO_WRITE}"
    return Reading(code="year_out_of_range", bad=True, message=message)


def _two_years(first: int, second: int, text: str) -> Reading:
    if _within_bounds(first, text).bad and _within_bounds(second, text).bad:
        return _within_bounds(first, text)
    years = f"{write_financial_year(first)} or {{}}{write_financial_year(second)}"
    message = f"{quoted(text)} can be read as {years.format('as ')}. Write {years.format('')}."
    return Reading(code="year_ambiguous", bad=True, message=message)


def _unreadable(text: str, plain: str) -> Reading:
    """Says how to write a year; suggests the one that stands among other words, or of a date's serial number."""
    serial = serial_date(plain)
    within = [read_financial_year(span) for span in WITHIN.findall(plain) if span != plain]
    start = year_of(serial) if serial else within[0].value if len(within) == 1 else None
    return Reading(
        code="year_unreadable",
        bad=True,
        message=f"{quoted(text)} is not a financial year. {HOW_TO_WRITE}",
        suggestion=write_financial_year(start) if start else None,
    )
