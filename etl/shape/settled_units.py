"""The unit of each column of amounts, from its heading, the row below, titles, notes and statements."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from etl.shape.layout import Amounts, Layout
from etl.shape.records import Finding
from etl.shape.rows import Mark
from etl.shape.units import is_other_scale, says_cumulative, stated_unit
from etl.values.money import read_unit

OF_FIGURES = re.compile(r"\b(?:figures|amounts|values|savings|sums|all|money)\b.{0,40}\b(?:in|are)\b")
RANGE = ("amount_low_gbp", "amount_high_gbp")


@dataclass(frozen=True)
class Doubt:
    """Why no line of a column can be loaded as it stands: a finding that each of its lines is given."""

    code: str
    message: str
    fate: Literal["held", "quarantined"]


@dataclass(frozen=True)
class Units:
    """The unit of each column of amounts, in order; of other columns of money; and what is in doubt of the first."""

    amounts: tuple[str, ...]
    others: dict[str, str]
    doubts: dict[int, Doubt]
    findings: tuple[Finding, ...]


def settled_units(layout: Layout, titles: Sequence[str], marks: Sequence[Mark], given: str | None) -> Units:
    """Settles the units: a heading goes before a title, a title before a statement; nothing stated is pounds.

    `marks` are the notes and bands below the headings.
    """
    marks = _different(marks)
    notes = [mark.found for mark in marks]
    found = [stated_unit(title, strict=False) for title in titles] + [stated_unit(note, strict=True) for note in notes]
    stated = list(dict.fromkeys(unit for unit in found if unit))
    told = read_unit(given) if given else None
    doubts: dict[int, Doubt] = {}
    units: list[str] = []
    headed = {one.units[0] for one in layout.amounts if len(one.units) == 1}
    for number, one in enumerate(layout.amounts):
        unit, doubt = _settle(one, stated, told, headed)
        units.append(unit)
        if doubt:
            doubts[number] = doubt
    if of_sheet := _of_sheet(titles, marks):
        doubts = {number: doubts.get(number, of_sheet) for number in range(len(units))}
    others = {name: (*own, *stated, "£")[0] for name, own in layout.units.items()}
    doubts |= _ranges(layout, units)
    return Units(tuple(units), others, doubts, tuple(_remarks(layout, units, stated, told)))


def _different(marks: Sequence[Mark]) -> list[Mark]:
    """Of marks that say the same, for the same reason and alike among the lines or above them, the first."""
    first: dict[tuple[str | None, bool, str], Mark] = {}
    for mark in marks:
        first.setdefault((mark.reason, mark.place > 0, mark.found), mark)
    return list(first.values())


def _settle(one: Amounts, stated: Sequence[str], told: str | None, headed: set[str]) -> tuple[str, Doubt | None]:
    if len(one.units) > 1:
        return one.units[0], _unsure(f"'{one.heading}' states two units, {' and '.join(one.units)}. State one.")
    if one.units:
        unit = one.units[0]
        against = [other for other in stated if other != unit]
        if unit == "£" and against:
            message = f"The heading '{one.heading}' says £, but the sheet says its figures are in {against[0]}."
            return unit, Doubt("unit_conflict", f"{message} Say which is meant.", "held")
        return unit, None
    if len(stated) > 1:
        return stated[0], _unsure(f"The sheet states its figures in {' and in '.join(stated)}. State one unit.")
    if stated or told:
        return (*stated, told or "£")[0], None
    other = sorted(headed - {"£"})
    if other:
        return "£", _unsure(f"'{one.heading}' states no unit, and another column is in {other[0]}. State its unit.")
    return "£", None


def _of_sheet(titles: Sequence[str], marks: Sequence[Mark]) -> Doubt | None:
    """What titles, notes and bands say that puts every amount of the table in doubt."""
    stated = [mark.found for mark in marks if mark.reason != "note" or OF_FIGURES.search(mark.found.lower())]
    for text in (*titles, *stated):
        if is_other_scale(text):
            return _unsure(
                f"The sheet says '{text[:100]}', which is no unit that can be read. Write amounts in pounds."
            )
    for text in (*titles, *(mark.found for mark in marks)):
        if says_cumulative(text):
            message = f"The sheet says '{text[:100]}', so its figures may be cumulative. Say what falls in each year."
            return Doubt("cumulative", message, "held")
    for mark in marks:
        if mark.reason != "note" and mark.place and stated_unit(mark.found, strict=True):
            return _unsure(
                f"Row {mark.row} states a unit, '{mark.found[:40]}', among the lines. Write it in the heading."
            )
    return None


def _unsure(message: str) -> Doubt:
    return Doubt("unit_conflict", message, "quarantined")


def _ranges(layout: Layout, units: Sequence[str]) -> dict[int, Doubt]:
    """The ends of a range are read in the unit of the amount, so another unit of theirs puts all in doubt."""
    for name in RANGE:
        own = layout.units.get(name, ())
        if own and units and any(unit != units[0] for unit in own):
            return {0: _unsure(f"The range is in {own[0]} and the amount in {units[0]}. Write both in one unit.")}
    return {}


def _remarks(layout: Layout, units: Sequence[str], stated: Sequence[str], told: str | None) -> list[Finding]:
    """What the sheet says of units in two places, and how it was read."""
    found = []
    for one, unit in zip(layout.amounts, units, strict=True):
        against = [other for other in stated if other != unit]
        if one.units and against:
            message = (
                f"The heading '{one.heading}' says {unit} and the sheet says {against[0]}; the heading goes before."
            )
            found.append(Finding("unit_conflict", None, one.heading, one.heading, message))
    if told and any(unit != told for unit in units):
        other = next(unit for unit in units if unit != told)
        message = f"The unit given is {told}, but the sheet says {other}; the sheet goes before."
        found.append(Finding("given_conflicts", None, "unit", other, message, told))
    return found
