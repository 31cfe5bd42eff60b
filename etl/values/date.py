"""The text of a cell in one plain form, and dates as written in England become dates: the day stands first."""

import re
from datetime import date, timedelta

from etl.values import NOT_KNOWN, Reading

FIRST_YEAR = 2010
LAST_YEAR = 2039
FIRST_DATE = date(FIRST_YEAR, 4, 1)
LAST_DATE = date(LAST_YEAR + 1, 3, 31)
LONGEST_TEXT = 200

NOT_KNOWN_WORDS = frozenset(
    [
        *("", "n/a", "na", "n.a", "n.a.", "n/k", "nk", "tbc", "tbd", "to be confirmed", "to be determined"),
        *("not known", "not yet known", "unknown", "not available", "not applicable"),
    ]
)
SAME_CHARACTER = str.maketrans(
    {
        **dict.fromkeys("\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f", " "),
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe63", "-"),
        "‘": "'",
        "’": "'",
        "≈": "~",
        "≤": "<=",
        "≥": ">=",
    }
)
MONTH_NAMES = (
    *("january", "february", "march", "april", "may", "june", "july", "august", "september", "october"),
    *("november", "december"),
)
MONTHS = {
    **{name: month for month, name in enumerate(MONTH_NAMES, 1)},
    **{name[:3]: month for month, name in enumerate(MONTH_NAMES, 1)},
    "sept": 9,
}
MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
TIME = r"(?:[t ](?P<time>(?:[01][0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9](?:\.[0-9]+)?)?)(?:z|[+-][0-9]{2}:?[0-9]{2})?)?"
ORDINAL = "(?:st|nd|rd|th)?"
FORMS = (
    re.compile(rf"(?P<year>[0-9]{{4}})(?P<gap>[-/])(?P<month>[0-9]{{2}})(?P=gap)(?P<day>[0-9]{{2}}){TIME}"),
    re.compile(
        rf"(?P<day>[0-9]{{1,2}})(?P<gap>[-/.])(?P<month>[0-9]{{1,2}})(?P=gap)(?P<year>[0-9]{{4}}|[0-9]{{2}}){TIME}"
    ),
    re.compile(rf"(?P<day>[0-9]{{1,2}}){ORDINAL}[-/ ]?(?P<name>{MONTH})[-/ ,]{{0,2}}(?P<year>[0-9]{{4}}|[0-9]{{2}})"),
    re.compile(rf"(?P<name>{MONTH}) (?P<day>[0-9]{{1,2}}){ORDINAL},? (?P<year>[0-9]{{4}})"),
)
YEAR = "(?:[0-9]{4}|[0-9]{2})"
MONTH_ONLY = re.compile(rf"(?:(?:{MONTH})[-/ ]?'?{YEAR}|[0-9]{{1,2}}/[0-9]{{4}}|[0-9]{{4}}-[0-9]{{2}})")
SERIAL = re.compile(r"[0-9]{5}(?:\.0+)?")
SERIAL_DAY_NOUGHT = date(1899, 12, 30)


def plain_text(text: str) -> str | None:
    """The text in lower case, with one kind of space, dash and quote; None if it has letters or digits of
    other alphabets, which look like ours and are not.
    """
    plain = text.strip().translate(SAME_CHARACTER)
    return plain.lower() if plain.replace("£", "").isascii() else None


def says_not_known(plain: str) -> bool:
    """Does a plain text say that a value is not yet known: blank, a dash, n/a, TBC and the like?"""
    return plain in NOT_KNOWN_WORDS or not plain.strip("-? ")


def quoted(text: str) -> str:
    """The text as a message names it: in quotes, on one line, and not too long."""
    line = " ".join(text.split())
    return f"'{line[:60]}…'" if len(line) > 60 else f"'{line}'"


def written_date(plain: str) -> tuple[date, str | None] | None:
    """The date that a plain text writes out, and its time of day if it has one; None if it is no date."""
    if len(plain) > LONGEST_TEXT:
        return None
    for form in FORMS:
        if found := form.fullmatch(plain):
            parts = found.groupdict()
            month = MONTHS[parts["name"]] if parts.get("name") else int(parts["month"])
            day = calendar_day(full_year(parts["year"]), month, int(parts["day"]))
            return (day, parts.get("time")) if day else None
    return None


def full_year(digits: str) -> int:
    """A year of two digits in full: 00 to 69 are 2000 to 2069; a year of four digits as it is."""
    year = int(digits)
    return year if len(digits) > 2 else year + (2000 if year < 70 else 1900)


def calendar_day(year: int, month: int, day: int) -> date | None:
    """The day of that year and month; None if there is none."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def serial_date(plain: str) -> date | None:
    """The date that a spreadsheet's serial number may stand for, if it is one of the years of the programme."""
    if not SERIAL.fullmatch(plain):
        return None
    day = SERIAL_DAY_NOUGHT + timedelta(days=int(plain.split(".")[0]))
    return day if FIRST_DATE <= day <= LAST_DATE else None


def shown_date(day: date) -> str:
    """A date as a sentence names it: 1 April 2014."""
    return f"{day.day} {MONTH_NAMES[day.month - 1].capitalize()} {day.year}"


def read_date(text: str) -> Reading:
    """The day that a cell names, as a date; day first, so that 03/04/2014 is 3 April. A time of day is dropped."""
    plain = plain_text(text)
    if plain is not None and says_not_known(plain):
        return NOT_KNOWN
    written = written_date(plain) if plain else None
    if written is None:
        return _not_a_date(plain or "", text)
    if not FIRST_DATE <= written[0] <= LAST_DATE:
        return Reading(
            code="date_out_of_range",
            bad=True,
            message=f"{quoted(text)} is not between {shown_date(FIRST_DATE)} and {shown_date(LAST_DATE)}. "
            "Write the date with its year in full.",
        )
    return Reading(written[0])


def _not_a_date(plain: str, text: str) -> Reading:
    day = _month_first(plain) or serial_date(plain)
    if MONTH_ONLY.fullmatch(plain):
        message = f"{quoted(text)} names a month and no day. Write the day too, like 17/07/2014."
    else:
        message = f"{quoted(text)} is not a date. Write day, month and year, like 17/07/2014."
    suggestion = shown_date(day) if day else None
    return Reading(code="date_unreadable", bad=True, message=message, suggestion=suggestion)


def _month_first(plain: str) -> date | None:
    """The date that a text may mean if its month stands first, as in 04/17/2014."""
    found = FORMS[1].fullmatch(plain)
    return calendar_day(full_year(found["year"]), int(found["day"]), int(found["month"])) if found else None
