"""The sentences of charts: messages that claim no more than their rows, and alternatives that list them."""

from collections.abc import Sequence
from decimal import Decimal

from dashboard.charts.rows import (
    FEWEST_TO_RANK,
    Row,
    base_of,
    drawable,
    in_full,
    known,
    label_of,
    lower_first,
    measures_known,
    parts_of_whole,
    shown,
    stands_last,
)
from dashboard.dimensions import STAGE
from dashboard.measures import Measure
from dashboard.style import counted, plain_text
from dashboard.table import Setting, Table, Words

FRACTIONS = {
    100: "all",
    75: "three quarters",
    67: "two thirds",
    50: "half",
    33: "a third",
    25: "a quarter",
    20: "a fifth",
    10: "a tenth",
}


def spoken(headline: str, alt: str, setting: Setting) -> Words:
    """The words of a drawing, marked where its data are made up."""
    mark = "ILLUSTRATIVE: " if setting.illustrative else ""
    return Words(mark + headline, mark + alt)


def joined(parts: Sequence[str]) -> str:
    """A list in a sentence: `a`, `a and b`, `a, b and c`."""
    return " and ".join([", ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts)


def nothing(table: Table, setting: Setting) -> Words:
    """What is missing when no row knows anything."""
    stages = list(dict.fromkeys(measure.stage for measure in table.measures))
    if all(stages):
        what = "an amount " + " or ".join(str(stage) for stage in stages)
    else:
        what = joined([measure.worded or lower_first(measure.label) for measure in table.measures])
    sentence = f"No council reported {what} in this selection."
    rows = " ".join(row_sentences(table))
    return spoken(sentence.rstrip("."), f"{sentence} {rows}".strip(), setting)


def share_of(part: Decimal, whole: Decimal) -> str:
    """A share in words: `a third of the total` only where it rounds to it, else `31% of the total`."""
    share = part / whole * 100
    percent = round(share)
    if percent == 100 and part != whole:
        return "over 99% of the total"
    if percent == 0:
        return "under 1% of the total"
    name = FRACTIONS.get(percent)
    return f"{name} of the total" if name else f"{percent}% of the total"


def amounts(table: Table, measure: Measure, value: Decimal | int | None) -> str:
    """A value as something councils reported: `£1.0m achieved`, `£50k of income projected`, `34 projects`."""
    if measure.unit == "GBP" and measure.adds_up and measure.stage:
        several = len(table.measures) > 1
        kind = {"income_generation": " of income", "efficiency_saving": " of savings" if several else ""}
        return f"{shown(measure, value)}{kind.get(measure.kind or '', '')} {measure.stage}"
    return f"{shown(measure, value)} {measure.worded or lower_first(measure.label)}"


def reported(table: Table, setting: Setting) -> str:
    """What councils reported in all, without ranking it."""
    adding = [measure for measure in measures_known(table) if measure.adds_up]
    if not adding:
        split = joined([lower_first(dimension.label) for dimension in table.by])
        what = joined(
            [
                measure.label if not place else lower_first(measure.label)
                for place, measure in enumerate(measures_known(table))
            ]
        )
        return f"{what}, by {split}" if split else what
    sums = joined([amounts(table, measure, table.total(measure)) for measure in adding])
    return f"Councils reported {sums}{_of_examples(table) if setting.examples else ''}"


def _of_examples(table: Table) -> str:
    grain = table.by[0] if len(table.by) == 1 else None
    if len(table.measures) > 1 or not grain or grain.level != "project" or grain.by_council:
        return " in these examples"
    number = sum(row["projects"] for row in known(table, table.measures[0]))
    return f" in {number:,} of these examples"


def message(table: Table, setting: Setting) -> str:
    """The headline of a comparison: who has most, by rows with a base large enough, or what was reported."""
    known_measures = [measure for measure in drawable(table) if known(table, measure)]
    measure = known_measures[0]
    stated = [row for row in known(table, measure) if not stands_last(table, row)]
    if table.by[0] is STAGE and len(known_measures) == 1:
        each = [f"{shown(measure, row[measure.id])} {lower_first(label_of(table, row))}" for row in stated]
        return f"{measure.label}: {joined(each)}"
    alone = measure.adds_up and len(table.rows) == 1
    if setting.examples or not stated or alone:
        return reported(table, setting)
    ranked = [row for row in stated if row["projects"] >= FEWEST_TO_RANK]
    if not ranked:
        return _too_few(table, measure, setting) + _carried(table, measure)
    top = max(row[measure.id] for row in ranked)
    first = [row for row in ranked if row[measure.id] == top]
    if top <= 0 or len(first) > 2:
        return reported(table, setting) + _carried(table, measure)
    also = [measure for measure in known_measures[1:] if measure.adds_up]
    others = joined([amounts(table, other, table.total(other)) for other in also])
    in_all = f"; councils also reported {others} in all" if others else ""
    return _crowned(table, measure, first) + _apart(table, measure, top) + _carried(table, measure) + in_all


def _crowned(table: Table, measure: Measure, first: Sequence[Row]) -> str:
    top = first[0][measure.id]
    larger = any(
        row[measure.id] > top and not stands_last(table, row)
        for row in known(table, measure)
        if row["projects"] < FEWEST_TO_RANK
    )
    where = "Of the years with five projects or more" if table.by[0].ordered else "Where five projects or more reported"
    opening = f"{where}, " if larger else ""
    names = joined([label_of(table, row) for row in first])
    total = parts_of_whole(table, measure)
    each = " each" if len(first) > 1 else ""
    share = f", {share_of(top, total)}" if total and not each else ""
    if table.by[0].ordered and not _is_rate(measure):
        if measure.unit == "count":
            return f"{opening}{shown(measure, top)} {measure.worded} fall in {names}{each}, the most of any year"
        alone = len(table.measures) == 1 and not each
        base = f" from {counted(first[0]['projects'], 'project')}" if alone else each
        start = f"{opening}councils reported {_most(table, measure)} for {names}"
        return f"{start[0].upper()}{start[1:]}: {shown(measure, top)}{base}{share}"
    verb = "have" if each or _plural(names) else "has"
    return f"{opening}{names} {verb} {_most(table, measure)}: {shown(measure, top)}{each}{share}"


def _most(table: Table, measure: Measure) -> str:
    """The object of `has` or, of a year, of `reported`."""
    if _is_rate(measure):
        return f"the highest {lower_first(measure.label)}"
    if not measure.adds_up and measure.unit == "GBP":
        return f"the highest {measure.worded or lower_first(measure.label)}"
    if not measure.stage:
        return f"most {measure.worded or lower_first(measure.label)}"
    income = measure.kind == "income_generation"
    noun = " income" if income else " savings" if len(table.measures) > 1 else ""
    return f"achieved most{noun}" if _claims(table, measure) else f"most{noun} {measure.stage}"


def _is_rate(measure: Measure) -> bool:
    return measure.unit in ("percent", "pounds_per_pound")


def _claims(table: Table, measure: Measure) -> bool:
    """Whether it is said of a place or an area that it `has achieved`; of a year councils report it."""
    return measure.stage == "achieved" and not table.by[0].ordered


def _plural(name: str) -> bool:
    return name.endswith("s") and not name.endswith(("ss", "us", "is"))


def _apart(table: Table, measure: Measure, top: Decimal) -> str:
    """What stands under `not stated` or `other`, where it is more than the first."""
    larger = [row for row in known(table, measure) if stands_last(table, row) and row[measure.id] > top]
    return "".join(f"; {shown(measure, row[measure.id])} under “{label_of(table, row)}”" for row in larger)


def _too_few(table: Table, measure: Measure, setting: Setting) -> str:
    name = lower_first(table.by[0].label) if table.by else "row"
    if name == "project":
        return reported(table, setting)
    none = f"each {name} has fewer than five projects"
    return f"{reported(table, setting)}; {none}" if measure.adds_up else none.capitalize()


def _carried(table: Table, measure: Measure) -> str:
    """That one project carries over half, where a row shows it."""
    total = parts_of_whole(table, measure)
    alone = [row for row in known(table, measure) if row["projects"] == 1]
    if total and measure.unit == "GBP" and any(row[measure.id] * 2 > total for row in alone):
        return "; one project carries over half of it"
    return ""


def row_sentences(table: Table) -> list[str]:
    """Every row in words: its label, each measure in full, its base."""
    sentences = []
    for row in table.rows:
        values = [f"{lower_first(m.label)} {in_full(m, row[m.id])}" for m in table.measures]
        base = base_of(row)
        sentences.append(f"{label_of(table, row)}: {', '.join(values)}{f' ({base})' if base else ''}.")
    return sentences


def alternative(opening: str, table: Table, *notes: str) -> str:
    """The text alternative: what it is a picture of, every row, totals where they are allowed, then notes."""
    what = joined([lower_first(measure.label) for measure in table.measures])
    split = joined([lower_first(dimension.label) for dimension in table.by])
    totals = [
        f"Total {lower_first(measure.label)}: {in_full(measure, table.total(measure))}."
        for measure in table.measures
        if measure.adds_up and known(table, measure)
    ]
    start = f"{opening}: {what}{f', by {split}' if split else ''}."
    return plain_text(" ".join([start, *row_sentences(table), *totals, *(note for note in notes if note)]))


def unknown_note(table: Table) -> str:
    """How many rows do not know an amount that others do."""
    notes = [
        f"{counted(missing, 'row')}: {lower_first(measure.label)} not known."
        for measure in measures_known(table)
        if (missing := len(table.rows) - len(known(table, measure)))
    ]
    return " ".join(notes)
