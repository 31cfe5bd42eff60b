"""The value of a spreadsheet's cell becomes text that the readers of cells read as exactly that value."""

import datetime
from decimal import Decimal

MOST_DIGITS = 60
EXACT_WHOLE = 1e15
NOT_A_NUMBER = "#NUM!"
LONGEST_NUMBER = 400


def number_text(value: float) -> str:
    """A number as its shortest decimal in plain notation: 1234.0 is '1234', never '1.234e3'.

    Three decimals get a nought behind: '1.234' typed may mean 1,234, but a spreadsheet's number is certain.
    """
    if -EXACT_WHOLE < value < EXACT_WHOLE and (whole := int(value)) == value:
        return str(whole)
    return decimal_text(Decimal(str(value)))


def decimal_text(number: Decimal) -> str:
    """As number_text, for an exact decimal."""
    if not number.is_finite():
        return NOT_A_NUMBER
    text = f"{number:f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    if len(text) > MOST_DIGITS and abs(number) < 1:
        return "0"
    if text in ("-0", ""):
        return "0"
    return f"{text}0" if text[-4:-3] == "." else text


def percent_text(value: float) -> str:
    """A number that is shown as a percentage: 0.5 is '50%'."""
    return percent_of(Decimal(str(value)))


def percent_of(number: Decimal) -> str:
    """As percent_text, for an exact decimal."""
    if not number.is_finite():
        return NOT_A_NUMBER
    text = f"{number * 100:f}"
    return f"{text.rstrip('0').rstrip('.') if '.' in text else text}%"


def day_text(value: datetime.date) -> str:
    """A day as 2014-03-31, with its time of day behind a space if that is not midnight."""
    if not isinstance(value, datetime.datetime):
        return value.isoformat()
    if value.time() == datetime.time():
        return value.date().isoformat()
    return value.isoformat(" ", "auto")


def duration_text(value: datetime.timedelta) -> str:
    """A duration as hours, minutes and seconds: 36:00:00."""
    seconds = round(value.total_seconds())
    hours, rest = divmod(abs(seconds), 3600)
    return f"{'-' if seconds < 0 else ''}{hours:02d}:{rest // 60:02d}:{rest % 60:02d}"


def text_of(value: object) -> str:
    """Any value that calamine gives for a cell, as text."""
    match value:
        case str():
            return value
        case bool():
            return "TRUE" if value else "FALSE"
        case int() | float():
            return number_text(value)
        case datetime.date():
            return day_text(value)
        case datetime.time():
            return value.isoformat("auto")
        case datetime.timedelta():
            return duration_text(value)
    return str(value)


def decimal_number(text: str) -> float | None:
    """The number that the XML of a spreadsheet writes; None if it writes none."""
    try:
        return float(text) if len(text) < LONGEST_NUMBER and "_" not in text else None
    except ValueError:
        return None
