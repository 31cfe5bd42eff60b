"""What the words of one heading say: a column, an amount with its stage, kind, year and unit, or nothing certain."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path
from typing import Literal

from etl.headings import heading_key, known_headings
from etl.shape.looks_alike import why_left_alone
from etl.shape.unclear import UNCLEAR
from etl.shape.units import take_units
from etl.values.date import plain_text, written_date
from etl.values.financial_year import read_financial_year
from etl.values.words import vocabulary

Sort = Literal["blank", "column", "value", "alone", "unclear", "unknown"]
AMOUNT = "amount_gbp"
MONEY_COLUMNS = (AMOUNT, "amount_low_gbp", "amount_high_gbp", "grant_gbp", "council_cost_gbp")
SAID_COLUMNS = ("kind", "stage", "basis", "recurrence", "cashability", "net_or_gross")
LONGEST_HEADING = 120
SPAN = r"(?:20)?\d\d ?[-/] ?(?:20)?\d\d(?! ?[-/] ?\d)"
YEAR = re.compile(
    rf"(?<![\d/.-])(?:fy ?'?)?{SPAN}(?:(?: ?- ?| to | and | & )(?:fy)?{SPAN})?(?![\d/])"
    r"|\bfy ?'?\d{2}(?:\d\d)?\b|\b20[1-3]\d\b"
)
DATE = re.compile(r"\d{4}-\d\d-\d\d|\d{1,2}[/.]\d{1,2}[/.]\d{2,4}")
PHRASES: dict[str, tuple[str, str]] = {
    **dict.fromkeys(("actual", "actuals", "outturn"), ("stage", "achieved")),
    **dict.fromkeys(("expected", "anticipated", "budgeted", "planned", "business case"), ("stage", "projected")),
    **dict.fromkeys(("potential", "possible"), ("stage", "identified")),
    **dict.fromkeys(
        ("cost reduction", "cost reductions", "cost savings", "efficiencies"), ("kind", "efficiency_saving")
    ),
    **dict.fromkeys(
        ("extra income", "additional revenue", "extra revenue", "new revenue"), ("kind", "income_generation")
    ),
    **dict.fromkeys(("benefit", "benefits", "amount", "amounts"), ("measure", "")),
    **dict.fromkeys(("savings or income", "savings income", "saving income", "saving or income"), ("measure", "")),
    **dict.fromkeys(("value", "values", "figure", "figures"), ("weak", "")),
    **dict.fromkeys(("total", "totals", "grand total", "overall", "all years", "sum"), ("total", "")),
    **dict.fromkeys(("cumulative", "to date", "running total", "running totals", "ytd", "so far"), ("cumulative", "")),
    **dict.fromkeys(("cumulatively", "year to date", "cum"), ("cumulative", "")),
    **dict.fromkeys(("to be", "yet to be"), ("to_be", "")),
    **dict.fromkeys(("a year", "each year", "yearly", "annually"), ("basis", "per_year")),
    **dict.fromkeys(("one off", "once off", "non recurring", "non recurrent"), ("recurrence", "one_off")),
    **dict.fromkeys(("of", "the", "in", "for", "from", "by", "and", "financial", "year", "yr", "fy"), ("", "")),
    **dict.fromkeys(("reported", "claimed", "made", "secured", "generated", "estimated", "proposed"), ("", "")),
    **dict.fromkeys(("agreed", "approved", "new", "additional", "programme", "project", "cash"), ("", "")),
}
LEFT_OUT_WORDS = frozenset(["both", "total", "in total", "private", "y", "n"])
LONGEST_PHRASE = 4


@dataclass(frozen=True)
class Meaning:
    """One heading read. `said` holds what its words say of the amounts, by canonical column.

    `measure`: it names savings, income or amounts; `weak`: only a value or a unit, which may be anything.
    `why` says why a column is left alone.
    """

    text: str
    sort: Sort
    column: str | None = None
    said: Mapping[str, str] = field(default_factory=dict)
    units: tuple[str, ...] = ()
    flags: frozenset[str] = frozenset()
    why: str | None = None

    @property
    def measure(self) -> bool:
        """Does it name savings, income, benefits or amounts?"""
        return "measure" in self.flags

    @property
    def known(self) -> bool:
        """Is anything certain known of it?"""
        return self.sort not in ("blank", "unknown")


def meaning_of(text: str, reference: Path) -> Meaning:
    """Reads one heading; what is not certain is `unclear` or `unknown`."""
    return _meaning_of(" ".join(text.split()), reference)


@lru_cache(maxsize=4096)
def _meaning_of(text: str, reference: Path) -> Meaning:
    plain = plain_text(text) or text.casefold()
    key = heading_key(text)
    if not text:
        return Meaning(text, "blank")
    if len(text) > LONGEST_HEADING:
        return Meaning(text, "unknown")
    if column := known_headings(reference).get(key):
        return _column(text, column, tuple(take_units(plain.replace("_", " "))[1]) if column in MONEY_COLUMNS else ())
    if key in UNCLEAR:
        return Meaning(text, "unclear", units=())
    rest, units = take_units(plain)
    column = known_headings(reference).get(heading_key(rest))
    if column in MONEY_COLUMNS and units:
        return _column(text, column, tuple(units))
    if why := why_left_alone(plain, rest):
        return Meaning(text, "alone", why=why)
    return _value(text, rest, tuple(units), reference) or Meaning(text, "unknown")


def _column(text: str, column: str, units: tuple[str, ...]) -> Meaning:
    if column == AMOUNT:
        return Meaning(text, "value", said={}, units=units, flags=frozenset(["measure", "sure"]))
    return Meaning(text, "column", column, units=units)


def _value(text: str, rest: str, units: tuple[str, ...], reference: Path) -> Meaning | None:
    """A heading all of whose words are known and agree; None if one is not known, or two contradict each other."""
    if DATE.match(rest):
        return _dated(text, rest, units)
    years = [found[0] for found in YEAR.finditer(rest)]
    if len(years) > 1 or (not years and not rest and not units):
        return None
    if not years and re.search(r"\d", rest):
        return _dated(text, rest, units)
    said: dict[str, str] = {"financial_year": _as_typed(text, years[0])} if years else {}
    flags: set[str] = set()
    for category, value in _phrases(YEAR.sub(" ", rest), reference):
        if category == "unknown" or said.get(category, value) != value:
            return None
        if category in SAID_COLUMNS:
            said[category] = value
        flags |= {"measure"} if category == "kind" else {category} if category not in SAID_COLUMNS else set()
    if "to_be" in flags and said.get("stage", "achieved") != "achieved":
        return None
    if "to_be" in flags and "stage" in said:
        said["stage"] = "projected"
    if not said and not flags & {"measure", "weak", "total", "cumulative"} and not units:
        return None
    return Meaning(text, "value", said=said, units=units, flags=frozenset(flags - {""}))


def _dated(text: str, rest: str, units: tuple[str, ...]) -> Meaning | None:
    """A heading that a spreadsheet turned into a date may have been a year; another date is none."""
    reading = read_financial_year(rest)
    day = written_date(rest)
    typed = day is not None and abs(day[0].month - day[0].day) == 1 and reading.value is not None
    if typed or reading.code in ("year_was_a_date", "year_ambiguous"):
        return Meaning(text, "value", said={"financial_year": rest}, units=units)
    if reading.value is not None:
        return Meaning(text, "alone", why="a month or a date is not a financial year")
    return None


def _as_typed(text: str, year: str) -> str:
    place = text.lower().find(year)
    return text[place : place + len(year)] if place >= 0 else year


def _phrases(rest: str, reference: Path) -> list[tuple[str, str]]:
    """What each phrase of the words says, the longest phrase first; `unknown` for a word that is not known."""
    words = re.findall(r"[^\W_]+|[%$€]", rest.replace("'", ""))
    known, said, place = _known_phrases(reference), [], 0
    while place < len(words):
        for length in range(min(LONGEST_PHRASE, len(words) - place), 0, -1):
            found = known.get(" ".join(words[place : place + length]))
            if found or length == 1:
                said.append(found or ("unknown", ""))
                place += length
                break
    return said


@cache
def _known_phrases(reference: Path) -> dict[str, tuple[str, str]]:
    known: dict[str, tuple[str, str]] = {}
    for column in SAID_COLUMNS:
        for key, value in vocabulary(reference, column).items():
            if key not in LEFT_OUT_WORDS and value not in ("unclear", "withdrawn"):
                known[re.sub(r"[_&' ]+", " ", key)] = (column, value)
    return known | PHRASES
