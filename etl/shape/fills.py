"""Cells filled from elsewhere: merged cells, "as above", statements, and references made from a project's names."""

import hashlib
from collections.abc import Collection, Mapping, Sequence
from functools import lru_cache
from pathlib import Path

from etl.shape.heading_rows import Headings, Merged, Row
from etl.shape.layout import Layout
from etl.shape.records import Finding
from etl.shape.unclear import councils_of
from etl.values.council_names import key_of
from etl.values.financial_year import read_financial_year
from etl.values.words import OTHER_AREA, read_skill_area, read_word, vocabulary, word_key

DITTO_WORDS = ("as above", "ditto", "see above", "same as above", "as per above", "-do-", "do.", "(as above)", "above")
DITTO = frozenset(
    [*('"', "''", "“", "”", "〃", '""', "``", ",,", "^"), *DITTO_WORDS]
    + [form(word) for word in DITTO_WORDS for form in (str.upper, str.capitalize, str.title)]
)
NEVER_ABOVE = ("notes", "source_title", "source_url", "source_quote")
"""Columns of free text: nothing is filled into them, and several of one meaning are joined."""
NOT_COLUMNS = frozenset(["unit", "signs", "amount_gbp", "amount_low_gbp", "amount_high_gbp"])
YEARS = ("financial_year", "period_start", "period_end", "grant_year")
AUTO = "auto"


def fill_merged(rows: list[Row], headings: Headings, layout: Layout, merged: Merged) -> list[Finding]:
    """Fills the merged cells of columns that name things down their rows; amounts are never repeated."""
    named = {
        place: name
        for name, places in layout.identity.items()
        for place in places
        if not name.endswith("_gbp") and name not in NEVER_ABOVE
    }
    found = []
    for first, first_column, last, _ in merged:
        place = first_column - 1
        if first <= headings.last_row or last <= first or place not in named or first > len(rows):
            continue
        value = rows[first - 1][place] if place < len(rows[first - 1]) else ""
        for number in range(first + 1, min(last, len(rows)) + 1):
            row = rows[number - 1]
            if value and any(row) and not (place < len(row) and row[place]):
                rows[number - 1] = [*row[:place], *[""] * (place - len(row)), value, *row[place + 1 :]]
                found.append(_filled(number, named[place], value, f"merged cell in row {first}"))
    return found


def merged_amounts(layout: Layout, merged: Merged) -> dict[tuple[int, int], str]:
    """Rows and columns of amounts (by number in the layout) whose one cell spans several, and what it spans."""
    found = {}
    for first, first_column, last, last_column in merged:
        for number, amounts in enumerate(layout.amounts):
            touched = [place for place in amounts.places if first_column <= place + 1 <= last_column]
            if touched and (last > first or last_column > first_column):
                span = f"rows {first} to {last}" if last > first else "several columns"
                found |= {(row, number): span for row in range(first, min(last, first + 1000) + 1)}
    return found


class Above:
    """Fills `as above` from the line before; a total or a band between them leaves the cell as it is."""

    def __init__(self, layout: Layout, bounds: Collection[int]) -> None:
        self.names = tuple(n for n in layout.identity if not n.endswith("_gbp") and n not in NEVER_ABOVE)
        self.bounds = bounds
        self.last: dict[str, str] = {}

    def fill(self, place: int, number: int, cells: dict[str, str]) -> list[Finding]:
        """Fills the cells of the line at this place of the table; the remarks on it."""
        if place in self.bounds:
            self.last = {}
        found = []
        for name in self.names:
            text = cells[name]
            if text in DITTO and self.last.get(name):
                cells[name] = self.last[name]
                found.append(_filled(number, name, self.last[name], f"{text!r} stands for the row above", text))
        self.last = {name: cells[name] for name in self.names if cells[name] not in DITTO}
        return found


def _filled(row: int, column: str, value: str, why: str, found: str = "") -> Finding:
    message = f"{column} was read as '{value}': {why}."
    return Finding("filled_from_above", row, column, found, message)


def fill_given(
    cells: dict[str, str], row: int, given: Mapping[str, str], reference: Path
) -> tuple[tuple[str, ...], list[Finding]]:
    """Fills what is absent or blank from the statements; the columns filled, and remarks on cells that differ."""
    filled: list[str] = []
    found = []
    for column, value in given.items():
        if column in NOT_COLUMNS or (column == "project_ref" and value.casefold() == AUTO):
            continue
        cell = cells.get(column, "")
        if cell and not same_value(column, cell, value, reference):
            message = f"{column} was given as '{value}', but the cell says '{cell}'; the cell stands."
            found.append(Finding("given_conflicts", row, column, cell, message, value))
        elif not cell and not _year_is_said(column, cells):
            cells[column] = value
            filled.append(column)
    automatic = given.get("project_ref", "").casefold() == AUTO and not cells.get("project_ref")
    if automatic and (made := automatic_reference(cells, reference)):
        cells["project_ref"] = made
        filled.append("project_ref")
    return tuple(filled), found


def _year_is_said(column: str, cells: Mapping[str, str]) -> bool:
    """Does a line state its years in the other way, as a period or as one year?"""
    if column == "financial_year":
        return bool(cells.get("period_start") or cells.get("period_end"))
    return column in ("period_start", "period_end") and bool(cells.get("financial_year"))


@lru_cache(maxsize=8192)
def same_value(column: str, one: str, other: str, reference: Path) -> bool:
    """Do two texts of a column mean the same?"""
    if word_key(one) == word_key(other):
        return True
    if column in YEARS:
        years = [read_financial_year(text).value for text in (one, other)]
        return years[0] is not None and years[0] == years[1]
    if column == "lead_council":
        codes = [councils_of(reference).resolve(text, None).value for text in (one, other)]
        return codes[0] is not None and codes[0] == codes[1]
    if not vocabulary(reference, column):
        return False
    values = [read_word(text, column, reference).value for text in (one, other)]
    return values[0] is not None and values[0] == values[1]


def automatic_reference(cells: Mapping[str, str], reference: Path) -> str:
    """A reference made from lead council, skill area and title, the same in every return; '' if too little is known."""
    council, area, title = (cells.get(name, "") for name in ("lead_council", "skill_area", "project_title"))
    if not council or not (area or title):
        return ""
    code = read_skill_area(area, reference).value
    named = _same_words(area) if code in (None, OTHER_AREA) else code
    lead = councils_of(reference).resolve(council, None).value or key_of(council)
    key = "\n".join((lead, named, _same_words(title)))
    return f"AUTO-{hashlib.sha256(key.encode()).hexdigest()[:10]}"


def _same_words(text: str) -> str:
    return word_key(text.replace("&", " and "))


def has_ditto(lines: Sequence[tuple[int, Row]]) -> bool:
    """Does any line say `as above`?"""
    return any(not DITTO.isdisjoint(row) for _, row in lines)
