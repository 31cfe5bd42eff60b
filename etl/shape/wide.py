"""Columns that add up others along each row: found by their numbers where their heading does not say so."""

from collections.abc import Sequence
from dataclasses import replace

from etl.shape.heading_rows import Headings
from etl.shape.layout import Amounts, Layout, RowTotal
from etl.shape.pence import first_filled, in_pounds, pence_of, rounding_of
from etl.shape.records import Finding

Lines = Sequence[tuple[int, list[str]]]
UNCLEAR_FLAG = "unclear"


def with_row_totals(layout: Layout, headings: Headings, lines: Lines) -> Layout:
    """The layout with its unlabelled totals found, and its columns of amounts that may overlap others marked."""
    layout = _labelled(layout, lines)
    layout = _less_said(layout, lines)
    if len(layout.amounts) < 2:
        return layout
    covers = tuple(range(len(layout.amounts)))
    found = []
    for place in range(layout.width + 1):
        blank = place >= len(headings.full) or not headings.full[place]
        if blank and _equals_sums(layout, place, covers, lines):
            found.append(RowTotal(place, "", covers, False))
    if not found:
        return layout
    told = {f"Column {total.place + 1} has cells" for total in found}
    kept = tuple(one for one in layout.findings if not any(one.message.startswith(start) for start in told))
    width = max(layout.width, *(total.place + 1 for total in found))
    return replace(layout, totals=layout.totals + tuple(found), width=width, findings=kept)


def differing_totals(layout: Layout, units: Sequence[str], lines: Lines) -> list[Finding]:
    """Row totals that say something else than the columns that they add up come to."""
    found = []
    for total in layout.totals:
        unit = {units[number] for number in total.covers}
        if len(unit) != 1:
            continue
        for row_number, row in lines:
            text = first_filled(row, (total.place,))
            if text and (finding := _gap(layout, total, units, unit, row_number, row, text)):
                found.append(finding)
    return found


def _gap(
    layout: Layout, total: RowTotal, units: Sequence[str], unit: set[str], number: int, row: list[str], text: str
) -> Finding | None:
    """The finding on one row total, if it differs by more than the rounding of its last digit."""
    printed = pence_of(text, next(iter(unit)))
    parts = [pence_of(first_filled(row, layout.amounts[each].places), units[each]) for each in total.covers]
    known = [part for part in parts if part is not None]
    if printed is None or abs(printed - sum(known)) <= (rounding_of(text, next(iter(unit))) if len(known) > 1 else 0):
        return None
    if _counts_up(layout, total, parts, printed):
        message = (
            f"The row's total, {in_pounds(printed)}, is what its last column says, so its figures may be cumulative. "
            "Say what falls in each year."
        )
        return Finding("cumulative", number, "amount_gbp", text, message, fate="held")
    message = (
        f"The row's total under '{total.heading}' says {in_pounds(printed)}, but its columns come to "
        f"{in_pounds(sum(known))}: a gap of {in_pounds(abs(printed - sum(known)))}."
    )
    return Finding("row_total_differs", number, "amount_gbp", text, message)


def _counts_up(layout: Layout, total: RowTotal, parts: Sequence[int | None], printed: int) -> bool:
    """Do columns that differ in their years rise to what the row states as its total?"""
    said = [{**layout.amounts[each].said} for each in total.covers]
    years = [one.pop("financial_year", None) for one in said]
    known = [part for part in parts if part]
    series = None not in years and all(one == said[0] for one in said)
    return series and len(known) > 1 and known == sorted(known) and known[-1] == printed


def _labelled(layout: Layout, lines: Lines) -> Layout:
    """A total that covers one column, or none, is no row total unless it repeats it: its amounts may be others."""
    totals, extra = [], []
    for total in layout.totals:
        if len(total.covers) > 1 or (total.covers and _equals_sums(layout, total.place, total.covers, lines, 1)):
            totals.append(total)
        else:
            extra.append(Amounts((total.place,), total.heading, {}, (), frozenset([UNCLEAR_FLAG])))
    return replace(layout, totals=tuple(totals), amounts=(*layout.amounts, *extra))


def _less_said(layout: Layout, lines: Lines) -> Layout:
    """A column whose heading says less than others' is their total if its numbers say so, else unclear."""
    kept, sums = [], []
    for one in layout.amounts:
        covers = tuple(number for number, other in enumerate(layout.amounts) if _says_less(one, other))
        if not covers or UNCLEAR_FLAG in one.flags:
            kept.append(one)
        elif len(covers) > 1 and _equals_sums(layout, one.places[0], covers, lines):
            sums.append((one, covers))
        else:
            kept.append(replace(one, flags=one.flags | {UNCLEAR_FLAG}))
    if not sums:
        return replace(layout, amounts=tuple(kept))
    numbers = {one.places: number for number, one in enumerate(kept)}
    totals = [*layout.totals, *(RowTotal(one.places[0], one.heading, covers, True) for one, covers in sums)]
    moved = [
        tuple(numbers[p] for each in total.covers if (p := layout.amounts[each].places) in numbers) for total in totals
    ]
    totals = [replace(total, covers=covers) for total, covers in zip(totals, moved, strict=True)]
    return replace(layout, amounts=tuple(kept), totals=tuple(totals))


def _says_less(one: Amounts, other: Amounts) -> bool:
    """Does a heading say what another says too, and no more, so that its amounts may hold the other's?"""
    if one is other or UNCLEAR_FLAG in other.flags:
        return False
    same = all(other.said.get(column, value if column == "kind" else "") == value for column, value in one.said.items())
    return same and bool(other.said.keys() - one.said.keys())


def _equals_sums(layout: Layout, place: int, covers: Sequence[int], lines: Lines, fewest: int = 2) -> bool:
    """Does a column equal the sum of others in every row, and add up some of them at least once?"""
    several = False
    for _, row in lines:
        text = row[place] if place < len(row) else ""
        parts = [pence_of(first_filled(row, layout.amounts[number].places), "£") for number in covers]
        known = [part for part in parts if part is not None]
        printed = pence_of(text, "£")
        if (printed is None and known) or (printed is not None and printed != sum(known)):
            return False
        several = several or (printed is not None and len(known) >= fewest)
    return several
