"""The sentences of a spread: how many amounts, how far apart, what does not count, and each of them."""

from collections import Counter
from statistics import median

from dashboard.charts.bands import Mark, bands_of, heading, marked_by, marks_of
from dashboard.charts.marks import OF_STANDING
from dashboard.charts.rows import FEWEST_TO_RANK, in_full, lower_first, parts_of_whole, shown
from dashboard.charts.words import alternative, joined, spoken, unknown_note
from dashboard.dimensions import COUNCIL, PROJECT, STANDING
from dashboard.style import counted
from dashboard.table import Setting, Table, Words


def spread_words(table: Table, setting: Setting) -> Words:
    """The words of a table in which at least one amount is known."""
    marks = marks_of(table)
    headline = _of_focus(table, marks, setting) or _headline(table, marks, setting) + _standings(marks)
    medians = [
        f"{heading(band, with_median=False)}: median {in_full(band.marks[0].measure, band.middle)}."
        for band in bands_of(table, setting)
        if band.middle is not None
    ]
    below = sum(mark.amount <= 0 for mark in marks)
    slot = f"{counted(below, 'amount')} of £0 or less cannot stand on a log axis: shown in a slot at its left."
    alt = alternative("Marks on a log axis", table, *medians, slot if below else "", unknown_note(table))
    return spoken(headline, alt, setting)


def _of_focus(table: Table, marks: list[Mark], setting: Setting) -> str:
    """What the row in focus reported, beside the middle of all that reported; empty where it did not, or none is."""
    own = [mark for mark in marks if setting.focus in mark.row.values()]
    if not own or setting.examples:
        return ""
    measure, amounts = own[0].measure, [mark.amount for mark in marks if mark.measure == own[0].measure]
    said = f"{own[0].label} reported {shown(measure, own[0].amount)} {measure.stage or lower_first(measure.label)}"
    if len(amounts) < FEWEST_TO_RANK:
        return f"{said}; {counted(len(amounts), _noun(table))} of its group reported any"
    middle = shown(measure, median(amounts))
    return f"{said}; the middle of the {counted(len(amounts), _noun(table))} that reported is {middle}"


def _headline(table: Table, marks: list[Mark], setting: Setting) -> str:
    amounts = sorted(mark.amount for mark in marks)
    measure = marks[0].measure
    alike = len({(m.measure.id, m.row.get("stage"), m.row.get("kind")) for m in marks}) == 1
    low, high = shown(measure, amounts[0]), shown(measure, amounts[-1])
    reach = f"from {low} to {high}" if low != high else f"of {low}" if len(marks) == 1 else f"of {low} each"
    counted_marks = counted(len(marks), _noun(table))
    if setting.examples:
        return f"{_reported(table, counted_marks)} in these examples, {reach}"
    if not alike or len(marks) < FEWEST_TO_RANK or not measure.stage:
        return f"{_reported(table, counted_marks)}, {reach}"
    middle = shown(measure, median(amounts))
    half = f"Half of the {counted_marks} with an amount {measure.stage} reported {middle} or less"
    if _noun(table) == "amount":
        half = f"Half of the {counted_marks} {measure.stage} are {middle} or less"
    total = parts_of_whole(table, measure)
    over = total is not None and amounts[-1] * 2 > total and _noun(table) != "amount"
    return f"{half}; they run {reach}" + (f"; one {_noun(table)} carries over half of it all" if over else "")


def _reported(table: Table, counted_marks: str) -> str:
    return f"{counted_marks} reported" if _noun(table) == "council" else f"Councils reported {counted_marks}"


def _noun(table: Table) -> str:
    one_each = len(table.by) <= 2 and len(table.measures) == 1
    return marked_by(table).id if marked_by(table) in (PROJECT, COUNCIL) and one_each else "amount"


def _standings(marks: list[Mark]) -> str:
    standings = Counter(mark.row.get(STANDING.id) for mark in marks)
    if not any(standing in OF_STANDING for standing in standings):
        return ""
    parts = [f"{standings['counts']:,} in totals"] if standings["counts"] else ["none in totals"]
    parts += [
        f"{standings[code]:,} {lower_first(look.words).removesuffix(' for a person to decide')}"
        for code, look in OF_STANDING.items()
        if standings[code]
    ]
    return f"; {joined(parts)}"
