"""What each column of a table is: a column of the return, an amount, a row total, or left alone."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from rapidfuzz import fuzz, process

from etl.headings import heading_key, known_headings
from etl.shape.heading_rows import Headings, Row, is_figure
from etl.shape.looks_alike import COUNTS
from etl.shape.records import Finding
from etl.shape.unclear import UNCLEAR, decided, is_benefit_year
from etl.shape.wording import AMOUNT, MONEY_COLUMNS, Meaning
from etl.values.date import quoted
from etl.values.financial_year import read_financial_year

SUGGESTION_CUTOFF = 75
DISTINCT_READ = 400
SPENDING = re.compile(r"\bspend(?:ing)?\b|\bexpenditure\b")
BARE_INCOME = re.compile(r"(?:net |gross |total )?income(?: £\w*)?")


@dataclass(frozen=True)
class Amounts:
    """One column of amounts, or several under headings that say the same; `said` holds what its heading says."""

    places: tuple[int, ...]
    heading: str
    said: dict[str, str]
    units: tuple[str, ...]
    flags: frozenset[str]


@dataclass(frozen=True)
class RowTotal:
    """A column that adds up columns of amounts (by their numbers in the layout); `certain` if it says so itself."""

    place: int
    heading: str
    covers: tuple[int, ...]
    certain: bool


@dataclass(frozen=True)
class Layout:
    """The columns of one table. `identity` maps a canonical column to its places, of which the first filled counts."""

    identity: dict[str, tuple[int, ...]]
    amounts: tuple[Amounts, ...]
    totals: tuple[RowTotal, ...]
    headings: dict[str, str]
    width: int
    units: dict[str, tuple[str, ...]] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()

    @property
    def identity_places(self) -> frozenset[int]:
        """The places of all columns of the return but the amounts."""
        return frozenset(place for places in self.identity.values() for place in places)

    @property
    def is_wide(self) -> bool:
        """Do the amounts stand in several columns, or under a year?"""
        return len(self.amounts) > 1 or any("financial_year" in amounts.said for amounts in self.amounts)


def layout_of(headings: Headings, rows: Sequence[Row], reference: Path) -> Layout:
    """Decides every column of a table by its heading, and by its cells where the heading leaves it open."""
    cells = _Cells(rows, headings.typed)
    meanings, findings = _without_unclear(headings, cells, reference)
    identity, units = _identity(meanings)
    values, left = _values(meanings, identity, cells)
    findings += [_left_alone(headings.full[place], why) for place, why in left]
    findings += [_left_alone(headings.full[p], m.why or "") for p, m in enumerate(meanings) if m.sort == "alone"]
    findings += _unknown(headings, meanings, cells, reference)
    totals = [(place, one) for place, one in values if "total" in one.flags and len(values) > 1]
    kept = [pair for pair in values if pair not in totals]
    if not kept:
        kept, totals = totals, []
    amounts = _amounts(kept, headings)
    for name in ("amount_low_gbp", "amount_high_gbp") if len(amounts) > 1 else ():
        if places := identity.pop(name, None):
            findings.append(_left_alone(headings.full[places[0]], "it does not say which of the amounts it bounds"))
    named = {column: " | ".join(headings.full[place] for place in places) for column, places in identity.items()}
    if amounts:
        named[AMOUNT] = " | ".join(one.heading for one in amounts)
    return Layout(
        identity, amounts, _row_totals(totals, amounts, headings), named, headings.width, units, tuple(findings)
    )


class _Cells:
    """The distinct filled cells of each column, read when asked for."""

    def __init__(self, rows: Sequence[Row], headings: Sequence[str]) -> None:
        self.rows, self.headings = rows, [heading.casefold() for heading in headings]
        self._known: dict[int, list[str]] = {}

    def at(self, place: int) -> list[str]:
        """The distinct filled cells below a heading, in order, but bands, totals and the heading itself again."""
        if place not in self._known:
            rows = [row for row in self.rows if place < len(row) and row[place]]
            alone = len(self.headings) == 1
            cells = dict.fromkeys(row[place] for row in rows if alone or sum(map(bool, row)) > 1)
            again = self.headings[place] if place < len(self.headings) else ""
            self._known[place] = [cell for cell in cells if (low := cell.casefold()) != again and "total" not in low]
        return self._known[place]

    def are_figures(self, place: int) -> bool:
        """Are most of the cells amounts, in digits or words? True of an empty column."""
        cells = self.at(place)[:DISTINCT_READ]
        return 2 * sum(is_figure(cell) for cell in cells) >= len(cells)


def _without_unclear(headings: Headings, cells: _Cells, reference: Path) -> tuple[list[Meaning], list[Finding]]:
    """The meanings, those with two readings decided by their cells or left out with a finding."""
    meanings, findings = list(headings.meanings), []
    taken = {one.column for one in meanings if one.column}
    by = next((place for name in ("project_ref", "project_title") for place, m in enumerate(meanings)
               if m.column == name), None)  # fmt: skip
    for place, one in enumerate(meanings):
        if one.sort != "unclear":
            continue
        key = heading_key(one.text) if heading_key(one.text) in UNCLEAR else ""
        column = decided(key, cells.at(place), taken, reference) if key else None
        if UNCLEAR[key].columns == ("financial_year",) and is_benefit_year(cells.rows, place, by, taken):
            column = "financial_year"
        if column is None:
            findings.append(_ambiguous(headings.full[place], UNCLEAR[key].instead, bool(cells.at(place))))
            meanings[place] = replace(one, sort="blank")
        else:
            taken.add(column)
            meanings[place] = replace(one, sort="column", column=column)
    return meanings, findings


def _identity(meanings: Sequence[Meaning]) -> tuple[dict[str, tuple[int, ...]], dict[str, tuple[str, ...]]]:
    places: dict[str, tuple[int, ...]] = {}
    units: dict[str, tuple[str, ...]] = {}
    for place, one in enumerate(meanings):
        if one.sort == "column" and one.column:
            places[one.column] = (*places.get(one.column, ()), place)
            if one.column in MONEY_COLUMNS:
                units[one.column] = tuple(dict.fromkeys((*units.get(one.column, ()), *one.units)))
    return places, units


def _values(
    meanings: Sequence[Meaning], identity: dict[str, tuple[int, ...]], cells: _Cells
) -> tuple[list[tuple[int, Meaning]], list[tuple[int, str]]]:
    """Which columns of values hold the amounts, and which are left alone, with the reason."""
    candidates = [(place, one) for place, one in enumerate(meanings) if one.sort == "value"]
    left: list[tuple[int, str]] = []
    figures = [pair for pair in candidates if cells.are_figures(pair[0])]
    left += [(place, "its cells are words, not amounts") for place, one in candidates if (place, one) not in figures]
    if len(figures) > 1 and (rest := [pair for pair in figures if "to_be" in pair[1].flags]):
        left += [(place, "what is to be done may be the rest of another column") for place, _ in rest]
        figures = [pair for pair in figures if pair not in rest]
    sure = [one for _, one in figures if one.measure or one.said]
    bare = {one.said["stage"] for _, one in figures if "stage" in one.said and not one.measure}
    years = any("financial_year" in one.said for _, one in figures)
    unsure = not _all_read(meanings, cells)
    spending = any(SPENDING.search(m.text.lower()) for m in meanings if m.sort == "alone")
    kept = []
    for place, one in figures:
        if spending and BARE_INCOME.fullmatch(heading_key(one.text)):
            left.append((place, "beside spending it may be the income of a budget"))
            continue
        if unsure and "total" in one.flags and not one.measure and not sure:
            left.append((place, "it may add up columns that were not read"))
            continue
        others = [other for other in sure if other is not one]
        why = _why_not(one, others, bare, years, bool(identity.keys() & {"kind", "stage"}))
        if why:
            left.append((place, why))
        else:
            kept.append((place, one))
    return kept, left


def _all_read(meanings: Sequence[Meaning], cells: _Cells) -> bool:
    """Is no column of figures left alone, or unknown, but those that count something other than pounds?"""
    left = [
        (p, m) for p, m in enumerate(meanings) if m.sort == "unknown" or (m.sort == "alone" and m.why not in COUNTS)
    ]
    return not any(cells.at(place) and cells.are_figures(place) for place, _ in left)


def _why_not(one: Meaning, others: Sequence[Meaning], bare: set[str], years: bool, has_words: bool) -> str | None:
    """Why a column of figures is not taken as amounts; None if it is, or if it is a row total."""
    if "cumulative" in one.flags and any(_covers(one, other) for other in others if "cumulative" not in other.flags):
        return "it counts up other columns"
    if one.measure or "financial_year" in one.said:
        return None
    if "total" in one.flags and (len(others) > 1 or not (others or has_words)):
        return None if others else "its heading does not say what it totals"
    if "stage" in one.said:
        sure = len(bare) > 1 or years or one.units or any(other.measure for other in others)
        return None if sure else "its heading names a stage, not an amount"
    if others or not has_words:
        return "its heading does not say that it holds savings"
    return None


def _covers(wider: Meaning, other: Meaning) -> bool:
    """Does one heading say nothing but what the other says too, years left aside?"""
    said = {column: value for column, value in wider.said.items() if column != "financial_year"}
    return all(other.said.get(column, value if column == "kind" else None) == value for column, value in said.items())


def _amounts(kept: Sequence[tuple[int, Meaning]], headings: Headings) -> tuple[Amounts, ...]:
    """The columns of amounts; those whose headings say the same are one."""
    same: dict[tuple, list[tuple[int, Meaning]]] = {}
    for place, one in kept:
        apart = tuple(sorted(one.said.items())), one.flags & {"cumulative", "to_be"}
        same.setdefault(apart, []).append((place, one))
    typed = [headings.typed[group[0][0]] for group in same.values()]
    found = []
    for group in same.values():
        place, one = group[0]
        name = headings.typed[place] if typed.count(headings.typed[place]) == 1 else headings.full[place]
        row_units = {headings.row_units[p] for p, _ in group if p in headings.row_units}
        units = tuple(dict.fromkeys(unit for _, other in group for unit in other.units)) or tuple(sorted(row_units))
        if row_units - set(units):
            units = (*units, *sorted(row_units - set(units)))
        found.append(Amounts(tuple(p for p, _ in group), name, dict(one.said), units, one.flags))
    return tuple(found)


def _row_totals(
    totals: Sequence[tuple[int, Meaning]], amounts: Sequence[Amounts], headings: Headings
) -> tuple[RowTotal, ...]:
    found = []
    for place, one in totals:
        said = {column: value for column, value in one.said.items() if column != "financial_year"}
        covers = tuple(
            number
            for number, each in enumerate(amounts)
            if all(each.said.get(column, value) == value for column, value in said.items())
            and _may_share_year(one.said, each.said)
        )
        found.append(RowTotal(place, headings.full[place], covers, True))
    return tuple(found)


def _may_share_year(one: Mapping[str, str], other: Mapping[str, str]) -> bool:
    """Do two headings not name two different years? A stretch of years, or what may be one, names none."""
    years = [read_financial_year(said.get("financial_year", "")).value for said in (one, other)]
    return None in years or years[0] == years[1]


def _ambiguous(heading: str, instead: str, filled: bool) -> Finding:
    told = "was not read, as it has more than one meaning" if filled else "is empty below"
    return Finding(
        "heading_ambiguous", None, heading, heading, f"The column {quoted(heading)} {told}. Write {instead}.", instead
    )


def _left_alone(heading: str, why: str) -> Finding:
    message = f"The column {quoted(heading)} was left alone: {why}."
    return Finding("column_left_alone", None, heading, heading, message)


def _unknown(headings: Headings, meanings: Sequence[Meaning], cells: _Cells, reference: Path) -> list[Finding]:
    found = []
    for place, one in enumerate(meanings):
        if one.sort == "unknown":
            found.append(unknown_heading(headings.full[place], reference))
        elif one.sort == "blank" and not headings.full[place] and cells.at(place):
            message = f"Column {place + 1} has cells, but no heading; it was not read. Write a heading."
            found.append(Finding("heading_unknown", None, None, "", message))
    return found


def unknown_heading(heading: str, reference: Path) -> Finding:
    """The finding on a heading that is not known, with the nearest known one as a suggestion, never used."""
    known = known_headings(reference)
    near = process.extractOne(
        heading_key(heading), known.keys(), scorer=fuzz.token_sort_ratio, score_cutoff=SUGGESTION_CUTOFF
    )
    column = known[near[0]] if near else None
    told = f" Is it {column}? Then write {column}." if column else ""
    message = f"The heading {quoted(heading)} is not known; its column was not read.{told}"
    return Finding("heading_unknown", None, heading, heading, message, column)
