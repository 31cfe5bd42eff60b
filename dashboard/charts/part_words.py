"""What the parts of a whole are, in words: shares and pounds of each, or why they make no whole."""

from collections.abc import Sequence
from decimal import Decimal

from dashboard.charts.rows import base_of, in_full, lower_first, shown
from dashboard.charts.whole import Bar, Part, bars_of, exact_share, kinds_of_parts, round_share
from dashboard.charts.words import alternative, joined, reported, spoken, unknown_note
from dashboard.style import plain_text
from dashboard.table import Setting, Table, Words


def parts_words(table: Table, setting: Setting) -> Words:
    """What the whole is made of; where there are several bars, that of all of them together."""
    bars = bars_of(table, setting)
    return spoken(_headline(table, bars, setting), _alternative(table, bars), setting)


def refusal_words(table: Table, refusal: str, setting: Setting) -> Words:
    """What was reported, and that it is not drawn as parts of a whole, with the reason."""
    alt = alternative("Not drawn as parts of a whole", table, refusal, unknown_note(table))
    return spoken(reported(table, setting), alt, setting)


def _headline(table: Table, bars: Sequence[Bar], setting: Setting) -> str:
    whole = sum((bar.total for bar in bars), start=Decimal(0))
    if not whole:
        return reported(table, setting)
    shares = []
    for kind in kinds_of_parts(table):
        amounts = [part.amount for bar in bars for part in bar.parts if part.place == kind and part.amount]
        if amounts:
            shares.append(f"{round_share(sum(amounts, start=Decimal(0)) / whole * 100)} {lower_first(kind.label)}")
    if len(table.measures) > 1 or not table.by:
        stage = f" {table.measures[0].stage}" if table.measures[0].stage else ""
        return f"Councils reported {shown(table.measures[0], whole)}{stage} in all: {joined(shares)}"
    return f"{reported(table, setting)}; by {lower_first(table.by[-1].label)}: {joined(shares)}"


def _alternative(table: Table, bars: Sequence[Bar]) -> str:
    what = joined([lower_first(measure.label) for measure in table.measures])
    split = joined([lower_first(dimension.label) for dimension in table.by])
    kind = "One bar" if len(bars) == 1 else f"{len(bars)} bars"
    opening = f"{kind}, split into the parts of a whole: {what}{f', by {split}' if split else ''}."
    rows = [_sentence(bar, len(bars) == 1) for bar in bars]
    totals = [f"Total {lower_first(m.label)}: {in_full(m, table.total(m))}." for m in table.measures]
    return plain_text(" ".join([opening, *rows, *totals, unknown_note(table)]))


def _sentence(bar: Bar, alone: bool) -> str:
    parts = "; ".join(_said(bar, part) for part in bar.parts)
    if alone:
        return f"{parts}."
    return f"{bar.label}: {parts}; {in_full(bar.parts[0].measure, bar.total)} in all."


def _said(bar: Bar, part: Part) -> str:
    share = exact_share(bar.share(part))
    base = ", ".join(filter(None, [share, base_of(part.row)]))
    return f"{part.place.label} {in_full(part.measure, part.amount)} ({base})"
