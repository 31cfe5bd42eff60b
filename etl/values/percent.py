"""Percentages of 0 to 100, one or several; a half written as 0.5 may be half a percent, and is refused."""

import re
from collections.abc import Sequence
from decimal import Decimal

from etl.values import NOT_KNOWN, Reading
from etl.values.date import LONGEST_TEXT, plain_text, quoted, says_not_known

WHOLE = Decimal(100)
PERCENT = re.compile(r"(-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?)( ?(?:%|per ?cent|pct))?")
OTHER_SEPARATOR = re.compile(r" ?[/:,|+&] ?")


def read_percent(text: str) -> Reading:
    """The percent that a cell names, a decimal of 0 to 100: `50%`, `50`, `50 per cent`.

    A bare number above 0 and up to 1 may be a share of one, and is bad.
    """
    plain = plain_text(text) if len(text.strip()) <= LONGEST_TEXT else None
    if plain is not None and says_not_known(plain):
        return NOT_KNOWN
    return _percent(plain or "", text, bare_is_percent=False)


def read_shares(text: str) -> Reading:
    """The shares in percent that a cell lists, lead first, as a tuple of decimals: `60;40`. Their sum is not checked.

    A bare number up to 1 is a percent only beside a bare number above 1: `99;1` is certain, `0.6;0.4` is not.
    """
    plain = plain_text(text) if len(text.strip()) <= LONGEST_TEXT else None
    if plain is not None and says_not_known(plain):
        return NOT_KNOWN
    parts = [part.strip() for part in (plain or "").split(";")]
    if any(PERCENT.fullmatch(part) is None for part in parts):
        return _no_shares(text, plain or "")
    percents = any(part[-1].isdigit() and Decimal(part) > 1 for part in parts)
    readings = [_percent(part, part, bare_is_percent=percents) for part in parts]
    return next((reading for reading in readings if reading.bad), None) or _listed(readings)


def _percent(plain: str, text: str, *, bare_is_percent: bool) -> Reading:
    found = PERCENT.fullmatch(plain)
    if found is None:
        message = f"{quoted(text)} is not a percentage. Write it like 50%, or leave it empty if it is not known."
        return Reading(code="percent_unreadable", bad=True, message=message)
    number = Decimal(found[1])
    if not 0 <= number <= WHOLE:
        message = f"{quoted(text)} is not between 0% and 100%. Write a percentage like 50%."
        return Reading(code="percent_out_of_range", bad=True, message=message)
    if found[2] is None and 0 < number <= 1 and not bare_is_percent:
        return _fraction_or_percent(number, text)
    return Reading(number.copy_abs())


def _listed(readings: Sequence[Reading]) -> Reading:
    return Reading(tuple(reading.value for reading in readings))


def _no_shares(text: str, plain: str) -> Reading:
    divided = OTHER_SEPARATOR.sub(";", plain)
    return Reading(
        code="percent_unreadable",
        bad=True,
        message=f"{quoted(text)} is not a list of shares in percent. Write one for each council, like 60;40.",
        suggestion=divided if all(PERCENT.fullmatch(part) for part in divided.split(";")) else None,
    )


def _fraction_or_percent(number: Decimal, text: str) -> Reading:
    readings = f"{number}% or {{}}{number.scaleb(2):f}%"
    return Reading(
        code="percent_ambiguous",
        bad=True,
        message=f"{quoted(text)} can be read as {readings.format('as ')}. Write {readings.format('')}.",
    )
