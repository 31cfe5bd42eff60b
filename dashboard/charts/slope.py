"""Lines from stage to stage: the same projects identified, projected and achieved, a line a row, ends labelled."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise
from typing import Any

from dashboard.charts.apart import set_apart
from dashboard.charts.frame import SMALL_SIZE, hover, label_axis, layout, with_base
from dashboard.charts.marks import OF_STAGE, SOLID, Look, marker
from dashboard.charts.rows import Row, base_of, drawable, in_full, label_of, nothing_to_draw, shown
from dashboard.charts.words import alternative, amounts, joined, nothing, spoken, unknown_note
from dashboard.measures import STAGE_LABELS, Measure
from dashboard.style import colour_of_kind, counted, dash_of_stage, number_in_full, palette
from dashboard.table import Setting, Table, Words

HEIGHT = 340
EDGE = 14
LINE = 15
MARK = 13
LETTERS = 24
NAMES, AMOUNTS, HEADINGS = 170, 62, 42
"""Pixels for the names on the right, the amounts on the left and the headings on top."""
LEADER = 18
"""How many pixels beside the outer columns their labels begin."""


@dataclass(frozen=True)
class Slope:
    """A column a measure, a line a row from one to the next. At most `most` are named; the others are thin and grey."""

    most: int = 12

    def draw(self, table: Table, setting: Setting) -> dict[str, Any] | None:
        """The lines; None if no row knows an amount."""
        if nothing_to_draw(table):
            return None
        measures, rows = drawable(table), _ordered(table)
        whole = [row for row in rows if _whole(row, measures)]
        named = whole[: self.most]
        ends = [_left(named, measures[0]), _right(table, named, measures[-1])]
        high = max(HEIGHT, *(round(sum(map(_size, texts))) + 2 * EDGE for texts in ends))
        scale = _scale(rows, measures, high)
        data = [
            *_lines(whole[self.most :], measures, setting, focus=False),
            *_lines(named, measures, setting, focus=True),
            *(_marks(table, rows, measures, number, setting) for number in range(len(measures))),
        ]
        labels = [
            *_labels(named, measures[0], ends[0], 0, scale, setting),
            *_labels(named, measures[-1], ends[1], len(measures) - 1, scale, setting),
        ]
        return {"data": data, "layout": _layout(table, measures, scale, labels, setting)}

    def describe(self, table: Table, setting: Setting) -> Words:
        """What the same projects achieved of what they had projected and identified; examples have no such share."""
        if nothing_to_draw(table):
            return nothing(table, setting)
        ordered = replace(table, rows=tuple(_ordered(table)))
        alt = alternative("Lines from stage to stage", ordered, unknown_note(table))
        return spoken(_message(table, setting), alt, setting)


def _ordered(table: Table) -> list[Row]:
    """The rows, those that end highest first; what has no end last."""
    last = drawable(table)[-1]
    return sorted(
        table.rows,
        key=lambda row: (
            row[last.id] is None,
            -(row[last.id] or 0),
            label_of(table, row),
            *(str(row[dimension.id]) for dimension in table.by),
        ),
    )


def _whole(row: Row, measures: Sequence[Measure]) -> bool:
    return all(row[measure.id] is not None for measure in measures)


@dataclass(frozen=True)
class Scale:
    """Where an amount stands: pixels from the top of a plot so many high, and the amounts at its ends."""

    top: float
    bottom: float
    high: int

    def pixel(self, amount: float) -> float:
        """Pixels from the top of the plot."""
        return (self.top - amount) / (self.top - self.bottom) * self.high


def _scale(rows: Sequence[Row], measures: Sequence[Measure], high: int) -> Scale:
    """A scale with nought on it, so that a line that falls by half falls half of its way down."""
    values = [float(row[measure.id]) for row in rows for measure in measures if row[measure.id] is not None]
    low, top = min(0.0, *values), max(0.0, *values)
    edge = ((top - low) or 1.0) * EDGE / (high - 2 * EDGE)
    return Scale((top if top > low else 1.0) + edge, low - edge, high)


def _lines(rows: Sequence[Row], measures: Sequence[Measure], setting: Setting, focus: bool) -> list[dict[str, Any]]:
    """A trace from each column to the next, dashed as the stage that it leads to; a gap between two rows."""
    colours = palette(setting.dark)
    colour = colour_of_kind(measures[-1].kind, colours) if focus else colours.rest
    if not rows:
        return []
    return [
        {
            "type": "scatter",
            "mode": "lines",
            "x": [place for _ in rows for place in (number, number + 1, None)],
            "y": [value for row in rows for value in (float(row[start.id]), float(row[end.id]), None)],
            "line": {"color": colour, "width": 1.8 if focus else 1, "dash": dash_of_stage(end.stage)},
            "opacity": 0.75,
            "hoverinfo": "skip",
            "showlegend": False,
        }
        for number, (start, end) in enumerate(pairwise(measures))
    ]


def _marks(
    table: Table, rows: Sequence[Row], measures: Sequence[Measure], number: int, setting: Setting
) -> dict[str, Any]:
    measure, colours = measures[number], palette(setting.dark)
    known = [row for row in rows if row[measure.id] is not None]
    look: Look = OF_STAGE.get(measure.stage or "", SOLID)
    return {
        "type": "scatter",
        "mode": "markers+text",
        "name": measure.label,
        "x": [number] * len(known),
        "y": [float(row[measure.id]) for row in known],
        "customdata": [float(row[measure.id]) for row in known],
        "text": [f"<b>{look.sign}</b>" if look.sign else ""] * len(known),
        "textposition": "middle center",
        "textfont": {"size": MARK - 4, "color": colour_of_kind(measure.kind, colours)},
        "marker": marker(look, measure.kind, colours, MARK),
        "cliponaxis": False,
        "hoverinfo": "text",
        "hovertext": [
            hover(label_of(table, row), *(f"{_stage(m)}: {in_full(m, row[m.id])}" for m in measures), base_of(row))
            for row in known
        ],
        "showlegend": False,
    }


def _stage(measure: Measure) -> str:
    words = STAGE_LABELS.get(measure.stage or "", measure.label)
    return words[:1].upper() + words[1:]


def _left(rows: Sequence[Row], measure: Measure) -> list[str]:
    return [shown(measure, row[measure.id]) for row in rows]


def _right(table: Table, rows: Sequence[Row], measure: Measure) -> list[str]:
    """Amount and name of each line in a few lines of text, since a phone has little room beside the last column."""
    texts = []
    for row in rows:
        amount = shown(measure, row[measure.id])
        text = with_base(f"{amount} {label_of(table, row)}", row["projects"], LETTERS)
        texts.append(f"<b>{amount}</b>{text.removeprefix(amount)}")
    return texts


def _labels(
    rows: Sequence[Row], measure: Measure, texts: Sequence[str], column: int, scale: Scale, setting: Setting
) -> list[dict[str, Any]]:
    """The labels beside an outer column, apart from each other, each with a thin line to its mark."""
    colours = palette(setting.dark)
    wanted = [scale.pixel(float(row[measure.id])) for row in rows]
    found = set_apart(wanted, [_size(text) for text in texts], 0, scale.high)
    return [
        {
            "text": text,
            "x": column,
            "y": float(row[measure.id]),
            "ax": LEADER if column else -LEADER,
            "ay": middle - mark,
            "xanchor": "left" if column else "right",
            "yanchor": "middle",
            "align": "left",
            "showarrow": True,
            "arrowhead": 0,
            "arrowwidth": 0.8,
            "arrowcolor": colours.quiet,
            "standoff": MARK / 2 + 1,
            "borderpad": 0,
            "font": {"size": SMALL_SIZE, "color": colours.ink},
        }
        for row, text, middle, mark in zip(rows, texts, found, wanted, strict=True)
    ]


def _size(text: str) -> float:
    return LINE * (text.count("<br>") + 1) + 3.0


def _layout(
    table: Table, measures: Sequence[Measure], scale: Scale, labels: Sequence[dict[str, Any]], setting: Setting
) -> dict[str, Any]:
    colours, last = palette(setting.dark), len(measures) - 1
    headings = [f"{_stage(m)}<br><b>{shown(m, table.total(m))}</b>" if m.adds_up else _stage(m) for m in measures]
    columns = [
        {"type": "line", "yref": "paper", "x0": x, "x1": x, "y0": 0, "y1": 1, "layer": "below",
         "line": {"color": colours.rule, "width": 1}}
        for x in range(len(measures))
    ]  # fmt: skip
    heading_axis = label_axis(
        list(range(len(measures))),
        headings,
        side="top",
        range=[-0.01, last + 0.01],
        ticks="",
        automargin=False,
        tickfont={"size": SMALL_SIZE},
    )
    return layout(
        setting,
        scale.high + HEADINGS - 8,
        annotations=labels,
        margin={"l": AMOUNTS, "r": NAMES, "t": HEADINGS},
        xaxis=heading_axis,
        yaxis={"range": [scale.bottom, scale.top], "visible": False, "fixedrange": True},
        shapes=columns,
    )


def _message(table: Table, setting: Setting) -> str:
    *before, last = drawable(table)
    totals: Callable[[Measure], Decimal | None] = table.total
    alone = len(table.by) == 1 and table.by[0].level == "project" and not table.by[0].by_council
    projects = counted(sum(row["projects"] for row in table.rows), "project") if alone else "the same projects"
    achieved = totals(last)
    wholes = [(measure, totals(measure)) for measure in before]
    if setting.examples or achieved is None or not all(whole and whole > 0 for _, whole in wholes):
        sums = [amounts(table, measure, totals(measure)) for measure in (last, *before)]
        return f"Councils reported {joined(sums)} in {projects}, the same at each stage"
    of = [f"{_share(achieved, whole)} of the {shown(m, whole)} {m.stage}" for m, whole in reversed(wholes) if whole]
    return f"Councils reported {amounts(table, last, achieved)} in {projects}: {joined(of)} in the same projects"


def _share(part: Decimal, whole: Decimal) -> str:
    """A share in whole percent, or to a tenth where it would otherwise seem none or all."""
    share = part / whole * 100
    seems = round(share)
    return f"{seems}%" if seems not in (0, 100) or share == seems else number_in_full(share, "percent")
