"""Columns by year, or the running sum of years as steps; what has no year stands apart at the end."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise
from typing import Any

from dashboard.charts.frame import (
    SMALL_SIZE,
    TEXT_SIZE,
    bare_axis,
    hover,
    label_axis,
    layout,
    on_axis,
    round_steps,
    with_base,
)
from dashboard.charts.rows import (
    Row,
    base_of,
    drawable,
    in_full,
    known,
    label_of,
    lower_first,
    mark_id,
    nothing_to_draw,
    shown,
    stands_last,
)
from dashboard.charts.words import (
    alternative,
    amounts,
    joined,
    message,
    nothing,
    reported,
    spoken,
    unknown_note,
)
from dashboard.measures import Measure
from dashboard.style import colour_of_kind, dash_of_stage, marker_of_stage, palette
from dashboard.table import Setting, Table, Words

LABELLED_MOST = 10
ALWAYS_FIT = 6
HEIGHT = 260
TICK_SIZE = 11
YEAR = re.compile(r"(\d{4})-(\d{2})")


@dataclass(frozen=True)
class Column:
    """One place on the axis of years; `row` is None for a year in the range that no row reports, `id` then empty."""

    label: str
    place: float
    row: Row | None
    id: str = ""


@dataclass(frozen=True)
class Trend:
    """Columns by an ordered dimension, a trace a measure; `cumulative` draws running sums as steps."""

    cumulative: bool = False

    def draw(self, table: Table, setting: Setting) -> dict[str, Any] | None:
        """The columns or steps; None if no row knows an amount."""
        if nothing_to_draw(table):
            return None
        columns, measures = columns_of(table), drawable(table)
        running = self._runs(table)
        if running:
            columns = [column for column in columns if column.row is None or not stands_last(table, column.row)]
            data = _apart([_steps(columns, measure, setting) for measure in measures])
        else:
            data = [_columns(columns, measures, number, setting) for number in range(len(measures))]
            data += _absent(columns, measures, setting)
        return {"data": data, "layout": _layout(columns, measures, data, setting, running)}

    def describe(self, table: Table, setting: Setting) -> Words:
        """What was reported for which year; never that amounts rose or fell, since reporting does too."""
        if nothing_to_draw(table):
            return nothing(table, setting)
        columns = columns_of(table)
        ordered = replace(table, rows=tuple(column.row for column in columns if column.row is not None))
        empty = [column.label for column in columns if column.row is None]
        gaps = f"No amount reported: {joined(empty)}." if empty else ""
        if not self._runs(table):
            alt = alternative("Column chart", ordered, gaps, unknown_note(table))
            return spoken(message(table, setting), alt, setting)
        sums = " ".join(_running_sentence(columns, measure, table) for measure in drawable(table))
        alt = alternative("Running sums as steps", ordered, gaps, sums, unknown_note(table))
        return spoken(_running_headline(table, columns, setting), alt, setting)

    def _runs(self, table: Table) -> bool:
        dated = any(not stands_last(table, row) for m in drawable(table) for row in known(table, m))
        return self.cumulative and dated and all(measure.adds_up for measure in drawable(table))


def columns_of(table: Table) -> list[Column]:
    """The years from the first to the last, those without a row among them; then what has none stated."""
    dimension = table.by[0]
    dated = {row[dimension.id]: row for row in table.rows if not stands_last(table, row)}
    years = _years(sorted(dated))
    columns = [
        _column(table, float(place), table.label(dimension, year), dated.get(year)) for place, year in enumerate(years)
    ]
    start = len(columns) + (0.6 if columns else 0)
    last = [row for row in table.rows if stands_last(table, row)]
    return columns + [_column(table, start + place, label_of(table, row), row) for place, row in enumerate(last)]


def _column(table: Table, place: float, label: str, row: Row | None) -> Column:
    return Column(label, place, row, "" if row is None else mark_id(table, row))


def _years(codes: Sequence[str]) -> list[str]:
    starts = [int(match[1]) for code in codes if (match := YEAR.fullmatch(code))]
    written = [f"{start}-{(start + 1) % 100:02d}" for start in starts]
    if not codes or written != list(codes) or starts[-1] - starts[0] > 60:
        return list(codes)
    return [f"{start}-{(start + 1) % 100:02d}" for start in range(starts[0], starts[-1] + 1)]


def _hover(column: Column, measure: Measure, *more: str) -> str:
    row = column.row or {}
    return hover(column.label, f"{measure.label}: {in_full(measure, row.get(measure.id))}", *more, base_of(row))


def _columns(columns: Sequence[Column], measures: Sequence[Measure], number: int, setting: Setting) -> dict[str, Any]:
    measure, colours = measures[number], palette(setting.dark)
    drawn = [(c, c.row[measure.id]) for c in columns if c.row is not None and c.row[measure.id] is not None]
    thick = 0.74 / len(measures)
    few = len(columns) * len(measures)
    text = [shown(measure, value) for _, value in drawn] if few <= LABELLED_MOST else []
    return {
        "type": "bar",
        "name": measure.label,
        "x": [column.place for column, _ in drawn],
        "y": [float(value) for _, value in drawn],
        "ids": [column.id for column, _ in drawn],
        "width": thick * (0.94 if len(measures) > 1 else 1),
        "offset": thick * (number - len(measures) / 2),
        "text": text,
        "textposition": "outside" if text else "none",
        "textangle": 0,
        "constraintext": "none" if few <= ALWAYS_FIT else "both",
        "cliponaxis": False,
        "textfont": {"color": colours.ink, "size": SMALL_SIZE},
        "hoverinfo": "text",
        "hovertext": [_hover(column, measure) for column, _ in drawn],
        "marker": marker_of_stage(measure.stage, colour_of_kind(measure.kind, colours)),
    }


def _absent(columns: Sequence[Column], measures: Sequence[Measure], setting: Setting) -> list[dict[str, Any]]:
    """A dash where a column would stand: no row for that year, or none that knows an amount."""
    silent = [
        (column, "no amount reported" if column.row is None else "amount not known")
        for column in columns
        if column.row is None or all(column.row[measure.id] is None for measure in measures)
    ]
    if not silent:
        return []
    trace = {
        "type": "scatter",
        "mode": "text",
        "x": [column.place for column, _ in silent],
        "y": [0.0] * len(silent),
        "text": ["–" if column.row is None else "?" for column, _ in silent],
        "textposition": "top center",
        "textfont": {"color": palette(setting.dark).quiet},
        "cliponaxis": False,
        "hoverinfo": "text",
        "hovertext": [hover(column.label, words) for column, words in silent],
        "showlegend": False,
    }
    return [trace]


def _steps(columns: Sequence[Column], measure: Measure, setting: Setting) -> dict[str, Any]:
    colours = palette(setting.dark)
    colour = colour_of_kind(measure.kind, colours)
    points = _running(columns, measure)
    text = [""] * (len(points) - 1) + [f"\u00a0{shown(measure, points[-1][1])}"] if points else []
    return {
        "type": "scatter",
        "mode": "lines+markers+text",
        "name": f"{measure.label}, added up",
        "x": [column.place for column, _ in points],
        "y": [float(total) for _, total in points],
        "ids": [column.id for column, _ in points],
        "line": {"shape": "hv", "color": colour, "width": 2.5, "dash": dash_of_stage(measure.stage)},
        "marker": {"color": colour, "size": 8},
        "text": text,
        "textposition": "middle right",
        "textfont": {"color": colours.ink, "size": TEXT_SIZE},
        "cliponaxis": False,
        "hoverinfo": "text",
        "hovertext": [_hover(c, measure, f"Added up so far: {in_full(measure, total)}") for c, total in points],
    }


def _apart(lines: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The same lines, with the labels at their ends moved up and down where two would meet."""
    ends = sorted((line for line in lines if line["y"]), key=lambda line: line["y"][-1])
    near = max((abs(value) for line in lines for value in line["y"]), default=0.0) * 0.1
    for lower, upper in pairwise(ends):
        if upper["y"][-1] - lower["y"][-1] < near:
            upper["textposition"] = "top right"
            lower["textposition"] = "middle right" if lower["textposition"] == "top right" else "bottom right"
    return lines


def _running(columns: Sequence[Column], measure: Measure) -> list[tuple[Column, Decimal]]:
    """The running sum at each year that knows an amount."""
    total, points = Decimal(0), []
    for column in columns:
        if column.row is not None and column.row[measure.id] is not None:
            total += column.row[measure.id]
            points.append((column, total))
    return points


def _layout(
    columns: Sequence[Column],
    measures: Sequence[Measure],
    data: Sequence[dict[str, Any]],
    setting: Setting,
    running: bool,
) -> dict[str, Any]:
    values = [value for trace in data for value in trace["y"]]
    low, high = min(0.0, *values), max(0.0, *values)
    span = (high - low) or 1.0
    numbered = running or len(columns) * len(measures) > ALWAYS_FIT
    steps = round_steps(low, high) if numbered else []
    labels = [with_base(c.label, c.row["projects"] if c.row is not None else None, 9) for c in columns]
    return layout(
        setting,
        HEIGHT,
        [trace["name"] for trace in data if "name" in trace],
        margin={"r": 66 if running else 12},
        xaxis=label_axis(
            [column.place for column in columns],
            labels,
            range=[-0.55, columns[-1].place + (0.12 if running else 0.55)],
            autotickangles=[0, -90],
            tickfont={"size": TICK_SIZE},
            ticks="",
        ),
        yaxis=bare_axis(
            setting,
            range=[low - span * (0.14 if low < 0 else 0), (high if high > low else 1.0) + span * 0.12],
            showticklabels=numbered,
            tickmode="array",
            tickvals=steps,
            ticktext=[on_axis(measures[0], step) for step in steps],
            tickfont={"size": SMALL_SIZE, "color": palette(setting.dark).quiet},
        ),
        barmode="overlay",
        uniformtext={"mode": "hide", "minsize": 10},
    )


def _undated(table: Table, measure: Measure) -> Decimal | None:
    amounts_known = [row[measure.id] for row in known(table, measure) if stands_last(table, row)]
    return sum(amounts_known, start=Decimal(0)) if amounts_known else None


def _running_headline(table: Table, columns: Sequence[Column], setting: Setting) -> str:
    dated = [column for column in columns if column.row is not None and not stands_last(table, column.row)]
    runs = {measure: _running(dated, measure) for measure in drawable(table)}
    sums = joined([amounts(table, measure, run[-1][1]) for measure, run in runs.items() if run])
    undated = {measure: _undated(table, measure) for measure in runs}
    outside = [amounts(table, measure, value) for measure, value in undated.items() if value is not None]
    verbs = ("has", "is") if len(outside) == 1 else ("have", "are")
    note = f"; {joined(outside)} {verbs[0]} no stated year and {verbs[1]} not in the line" if outside else ""
    if setting.examples:
        return reported(table, setting) + note
    return f"Councils reported {sums} by {dated[-1].label}, year added to year{note}"


def _running_sentence(columns: Sequence[Column], measure: Measure, table: Table) -> str:
    dated = [column for column in columns if column.row is not None and not stands_last(table, column.row)]
    points = "; ".join(f"{c.label} {in_full(measure, total)}" for c, total in _running(dated, measure))
    undated = _undated(table, measure)
    outside = f" Not in the line, no year stated: {in_full(measure, undated)}." if undated is not None else ""
    return f"Running sum of {lower_first(measure.label)}: {points or 'none'}.{outside}"
