"""Amounts as whole pence, for adding up only; a text that is no certain amount has none."""

import re
from collections.abc import Iterable
from functools import lru_cache

from etl.values.money import UNITS
from etl.values.plain_pounds import read_odd

PLAIN = re.compile(r"-?(?:0|[1-9]\d{0,11})(?:\.\d{1,2})?")
LAST_DIGIT = re.compile(r"\d[\d,]*(?:\.(\d+))? ?(k|thousand|m|mn|million|bn|billion)?\b", re.IGNORECASE)
MULTIPLES = {"k": 1_000, "t": 1_000, "m": 1_000_000, "b": 1_000_000_000}


@lru_cache(maxsize=65_536)
def pence_of(text: str, unit: str) -> int | None:
    """The pence of a cell; None where it is blank, not known, a range, or not readable."""
    if not text:
        return None
    if PLAIN.fullmatch(text):
        pounds, _, decimals = text.lstrip("-").partition(".")
        hundredths = int(pounds) * 100 + int(decimals.ljust(2, "0") or 0)
        return (-hundredths if text[0] == "-" else hundredths) * int(UNITS[unit])
    amount = read_odd(text, unit).amount
    return None if amount is None else int(amount * 100)


@lru_cache(maxsize=4_096)
def rounding_of(text: str, unit: str) -> int:
    """One unit of the last digit of an amount as written, in pence: £100,000 for `2.3` in £m."""
    found = LAST_DIGIT.search(text.lower())
    if not found:
        return 0
    scale = MULTIPLES[found[2][0]] if found[2] else int(UNITS[unit])
    return 100 * scale // 10 ** len(found[1] or "")


def first_filled(row: list[str], places: Iterable[int]) -> str:
    """The first filled cell of a row at these places; '' if there is none."""
    for place in places:
        if place < len(row) and row[place]:
            return row[place]
    return ""


def in_pounds(pence: int) -> str:
    """Pence as a message names them."""
    pounds, hundredths = divmod(abs(pence), 100)
    return f"{'-' if pence < 0 else ''}£{pounds:,}.{hundredths:02d}"
