"""Columns that were not read, but bear on the amounts beside them: units, currencies, signs, another stage or kind."""

from collections.abc import Sequence
from pathlib import Path

from etl.headings import heading_key
from etl.shape.heading_rows import Headings, Row
from etl.shape.layout import Layout
from etl.shape.records import Finding
from etl.shape.unclear import UNCLEAR
from etl.shape.wording import AMOUNT
from etl.values.words import vocabulary, word_key

UNIT_OF_WORD = {
    **dict.fromkeys(("£", "gbp", "pounds", "sterling", "£s", "pounds sterling"), "£"),
    **dict.fromkeys(
        ("£000", "£000s", "£'000", "£k", "k", "000", "000s", "thousand", "thousands", "£ thousand"), "£000"
    ),
    **dict.fromkeys(("£m", "m", "mn", "£mn", "million", "millions", "£ million"), "£m"),
}
OTHER_WORDS = frozenset(
    [*("eur", "€", "euro", "euros", "usd", "$", "us$", "dollars", "p", "pence", "%", "£bn", "bn", "billion"),
     *("cr", "dr", "credit", "debit", "+", "-", "+ve", "-ve", "fte", "hours", "days", "number", "no", "no.")]
)  # fmt: skip
UNIT_WORDS = frozenset([*UNIT_OF_WORD, *OTHER_WORDS])
SIGNS = frozenset(["+", "-", "+ve", "-ve", "cr", "dr", "credit", "debit"])
RIVALS = ("stage", "kind")


def conflicts_beside(
    lines: Sequence[tuple[int, Row]], headings: Headings, layout: Layout, units: Sequence[str], reference: Path
) -> list[Finding]:
    """The lines whose cell in a column that was not read says another unit, sign, stage or kind than was read."""
    used = layout.identity_places | {place for one in layout.amounts for place in one.places}
    used |= {total.place for total in layout.totals}
    found: list[Finding] = []
    for place in range(headings.width):
        if place in used:
            continue
        if are_unit_words({row[place].casefold() for _, row in lines if place < len(row) and row[place]}):
            found += _units_apart(lines, place, headings.full[place], set(units))
        elif headings.meanings[place].sort == "unclear":
            found += _words_apart(lines, place, headings.full[place], layout, reference)
    return found


def are_unit_words(cells: set[str]) -> bool:
    """Do the distinct cells of a column, in lower case, all name units, currencies or signs?"""
    if not cells or not cells <= UNIT_WORDS or cells in ({"-"}, {"+"}):
        return False
    return cells <= SIGNS or not cells.isdisjoint(UNIT_OF_WORD) or not cells.isdisjoint(OTHER_WORDS - SIGNS)


def _units_apart(lines: Sequence[tuple[int, Row]], place: int, heading: str, units: set[str]) -> list[Finding]:
    found = []
    for number, row in lines:
        cell = row[place] if place < len(row) else ""
        if cell and {UNIT_OF_WORD.get(cell.casefold())} != units:
            message = (
                f"The column '{heading}' says '{cell}', but the amount was read as plain pounds or in the unit of its "
                "heading. Write the amount with its unit and sign."
            )
            found.append(Finding("unit_conflict", number, AMOUNT, cell, message, fate="quarantined"))
    return found


def _words_apart(
    lines: Sequence[tuple[int, Row]], place: int, heading: str, layout: Layout, reference: Path
) -> list[Finding]:
    key = heading_key(heading)
    rivals = [name for name in RIVALS if key in UNCLEAR and name in UNCLEAR[key].columns and name in layout.identity]
    found = []
    for name in rivals:
        known, own = vocabulary(reference, name), layout.identity[name][0]
        for number, row in lines:
            said, read = (known.get(word_key(row[p])) if p < len(row) else None for p in (place, own))
            if said and read and said != read:
                message = f"{name} is '{row[own]}', but the column '{heading}' says '{row[place]}'. Say which is right."
                found.append(Finding("heading_conflicts", number, name, row[place], message, fate="held"))
    return found
