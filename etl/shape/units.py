"""Units that headings, titles and the row below the headings state: £, £000, £m."""

import re
from functools import lru_cache

from etl.values.date import plain_text
from etl.values.money import read_unit

# A digit beside it makes it an amount (£2m, £1 million), not a unit.
THOUSANDS = (
    r"(?:£|gbp) ?1,?000s"
    r"|(?:£|gbp)[ ,']{0,2}(?:0?[ ,']?000s?|k|thousands?)|(?<![\d.,])'?000s?|(?:in )?thousands?(?: of pounds)?"
)
MILLIONS = r"(?:£|gbp) ?(?:0\.0{1,3} ?)?(?:million|mn|m)s?|(?:in )?millions?(?: of pounds)?"
POUNDS = r"(?:£|gbp)s?(?! ?\d)|(?:in )?(?<!of )pounds(?: sterling)?"
UNIT = re.compile(
    rf"(?<![a-z0-9])(?:(?P<thousands>{THOUSANDS})|(?P<millions>{MILLIONS})|(?P<pounds>{POUNDS}))(?![a-z0-9])"
)
SURE = re.compile(r"£ ?'?000|£ ?k\b|£ ?m\b|£ ?mn\b|£ ?(?:thousand|million)s?\b|\bgbp\b")
STATED = re.compile(
    r"(?:\b(?:figures|amounts|values|savings|sums|numbers|money|all|shown|stated|expressed|reported|are|in)\b[^.]{0,60}|\()$"
)
OTHER_SCALE = re.compile(
    r"[$€¥]|\b(?:usd|eur|euros?|dollars)\b"
    r"|\b(?:tens|hundreds) of (?:thousands|pounds|millions)|\bin (?:hundreds|pence)\b"
    r"|£ ?bn\b|\b(?:in|£) ?billions?\b|£ ?'?00s?\b|(?:\b(?:in|as) |\()(?:£|gbp) ?10+(?:,000)*(?: ?[km])?s?\b"
    r"|(?:£|gbp) ?10{2,}s\b|(?:£|gbp) ?1?0{1,2},000s\b"
)
CUMULATIVE = re.compile(r"(?<!not )(?<!non-)(?<!non )\b(?:cumulative(?:ly)?|running totals?)\b")
CODES = {"thousands": "£000", "millions": "£m", "pounds": "£"}
LONGEST_UNIT = 40
MAY_BE_UNIT = re.compile(r"^[^1-9]*(?:£|0|gbp|pound|thousand|million)[^1-9]*$", re.IGNORECASE)
OTHER_UNITS = frozenset(["%", "no", "no.", "number", "fte", "ftes", "days", "text", "date", "yes/no", "y/n", "year"])


def take_units(plain: str) -> tuple[str, list[str]]:
    """A plain heading without its units, and the units that it states, each once."""
    cleaned = plain.replace("'", "")
    units = [CODES[found.lastgroup or ""] for found in UNIT.finditer(cleaned)]
    without = UNIT.sub(" ", cleaned)
    return re.sub(r"\(\s*\)", " ", without).strip(), list(dict.fromkeys(units))


@lru_cache(maxsize=4096)
def unit_of_cell(text: str) -> str | None:
    """The unit that a cell names and nothing else, as in a row of units below the headings."""
    if not text or len(text) > LONGEST_UNIT or not MAY_BE_UNIT.search(text):
        return None
    plain = plain_text(text) or ""
    return read_unit(text) or _whole(plain)


def is_unit_row(cells: list[str]) -> bool:
    """Do all filled cells of a row name units, and at least one a unit of money?"""
    money = False
    for cell in cells:
        if cell and cell.lower() not in OTHER_UNITS:
            if not unit_of_cell(cell):
                return False
            money = True
    return money


def stated_unit(text: str, strict: bool) -> str | None:
    """The unit that a title or a note states for the figures of the sheet; None if it states none, or two.

    `strict` asks for words such as `figures in` or `(` before the unit, as a note under a table needs.
    """
    plain = (plain_text(text) or "").replace("'", "")
    if not any(word in plain for word in ("£", "000", "gbp", "thousand", "million", "pounds")):
        return None
    units = [_stated(plain, found, strict) for found in UNIT.finditer(plain)]
    certain = {unit for unit in units if unit}
    return certain.pop() if len(certain) == 1 else None


def is_other_scale(text: str) -> bool:
    """Does a title or a note speak of a currency other than pounds, or of a scale that is no unit of ours?"""
    plain = (text.strip().lower() if plain_text(text) is None else plain_text(text)) or ""
    found = OTHER_SCALE.search(plain)
    return bool(found) and not UNIT.match(found[0].lstrip("( ").removeprefix("in ").removeprefix("as "))


def says_cumulative(text: str) -> bool:
    """Does a title or a note call the figures cumulative?"""
    return bool(CUMULATIVE.search(text.lower()))


def _stated(plain: str, found: re.Match[str], strict: bool) -> str | None:
    before = plain[: found.start()]
    sure = SURE.match(found[0]) and not strict
    alone = found[0] == plain.strip(" ()")
    worded = STATED.search(before) and not re.search(r"\d ?$", before)
    return CODES[found.lastgroup or ""] if sure or alone or worded else None


def _whole(plain: str) -> str | None:
    rest, units = take_units(plain)
    return units[0] if len(units) == 1 and not rest.strip(" ()[]-") else None
