"""Horizontal bars: one dimension, one to three measures, longest first, the rest in one bar."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from dashboard.charts.frame import SMALL_SIZE, bare_axis, hover, label_axis, layout, with_base
from dashboard.charts.rows import (
    Row,
    base_of,
    drawable,
    in_full,
    label_of,
    mark_id,
    nothing_to_draw,
    shown,
    stands_last,
)
from dashboard.charts.words import alternative, message, nothing, spoken, unknown_note
from dashboard.dimensions import STAGE
from dashboard.measures import Measure
from dashboard.style import colour_of_kind, counted, marker_of_stage, marker_of_stages, palette
from dashboard.table import Setting, Table, Words

BAR = 24
BAR_IN_GROUP = 20
LINE = 17
VALUE = 66
LABEL_WIDTH = 24
GAP = 20


@dataclass(frozen=True)
class Bar:
    """One place on the axis. `values` are by measure id; `note` stands where there is no bar; `id` is its row.

    `stage` is that of its row, where rows are of stages.
    """

    label: str
    base: str
    projects: int | None
    values: Mapping[str, Decimal | int | None]
    apart: bool = False
    note: str = ""
    id: str = ""
    stage: str | None = None


@dataclass(frozen=True)
class Ranking:
    """Bars by one dimension. At most `most` are named; the rest are added up in one, if they may be."""

    most: int = 12

    def draw(self, table: Table, setting: Setting) -> dict[str, Any] | None:
        """The bars; None if no row knows an amount."""
        if nothing_to_draw(table):
            return None
        bars, measures = self.bars(table, setting), drawable(table)
        places = _places(bars, _thickness(measures) * len(measures))
        data = [_trace(bars, places, measures, number, setting) for number in range(len(measures))]
        data += [_notes(bars, places, setting)] if any(bar.note for bar in bars) else []
        end = places[-1] + places[0]
        labels = [with_base(bar.label, bar.projects, LABEL_WIDTH) for bar in bars]
        reach = _reach(bars, measures)
        left = VALUE if any(trace["x"] and min(trace["x"]) < 0 for trace in data) else 0
        frame = layout(
            setting,
            round(end),
            [measure.label for measure in measures],
            margin={"r": VALUE},
            xaxis=bare_axis(setting, range=reach),
            yaxis=label_axis(places, labels, range=[end, 0], ticks="", ticklabelstandoff=left),
            barmode="overlay",
        )
        return {"data": data, "layout": frame}

    def describe(self, table: Table, setting: Setting) -> Words:
        """Who has most, by rows of five projects or more; chosen examples are listed, not ranked."""
        if nothing_to_draw(table):
            return nothing(table, setting)
        named, rest, last = self.split(table, setting)
        note = ""
        if rest:
            sums = [f"{m.label} {in_full(m, _sum(rest, m))}" for m in drawable(table) if m.adds_up]
            drawn = f"drawn as one bar ({', '.join(sums)})" if sums else "not drawn: they cannot be added up"
            note = f"{counted(len(rest), 'row')} after the first {len(named)} are {drawn}."
        ordered = Table(table.by, table.measures, (*named, *rest, *last), table.labels)
        alt = alternative("Bar chart", ordered, note, unknown_note(table))
        return spoken(message(table, setting), alt, setting)

    def split(self, table: Table, setting: Setting) -> tuple[list[Row], list[Row], list[Row]]:
        """The rows that are named, those in one bar, and those set apart at the end, each in order."""
        rows = sorted(table.rows, key=lambda row: _order(table, row, setting))
        stated = [row for row in rows if not stands_last(table, row)]
        last = [row for row in rows if stands_last(table, row)]
        last.sort(key=lambda row: row[table.by[0].id] != "other")
        most = self.most if len(stated) > self.most + 1 else len(stated)
        return stated[:most], stated[most:], last

    def bars(self, table: Table, setting: Setting) -> list[Bar]:
        """The bars from the top down."""
        named, rest, last = self.split(table, setting)
        bars = [_bar(table, row) for row in named]
        bars += [_others(table, rest)] if rest else []
        return bars + [_bar(table, row, apart=not place) for place, row in enumerate(last)]


def _order(table: Table, row: Row, setting: Setting) -> tuple[Any, ...]:
    if table.by[0] is STAGE:
        return (table.rows.index(row),)
    label = (label_of(table, row), *(str(row[dimension.id]) for dimension in table.by))
    if setting.examples:
        return label
    first, *others = (row[measure.id] for measure in drawable(table))
    known = [value for value in others if value is not None]
    size = sum(known) if first is None and known else first
    return (size is None, -(size or 0), *label)


def _bar(table: Table, row: Row, apart: bool = False) -> Bar:
    values = {measure.id: row[measure.id] for measure in drawable(table)}
    note = "" if any(value is not None for value in values.values()) else "not known"
    stage = row.get(STAGE.id)
    return Bar(label_of(table, row), base_of(row), row["projects"], values, apart, note, mark_id(table, row), stage)


def _others(table: Table, rest: Sequence[Row]) -> Bar:
    values = {m.id: _sum(rest, m) if m.adds_up else None for m in drawable(table)}
    dimension = table.by[0]
    disjoint = len(table.by) == 1 and dimension.level == "project" and not dimension.by_council
    projects = sum(row["projects"] for row in rest) if disjoint else None
    note = "" if any(value is not None for value in values.values()) else "in the table"
    base = counted(projects, "project") if projects is not None else ""
    return Bar(f"{len(rest):,} others", base, projects, values, note=note)


def _sum(rows: Sequence[Row], measure: Measure) -> Decimal | None:
    known = [row[measure.id] for row in rows if row[measure.id] is not None]
    return sum(known, start=Decimal(0)) if known else None


def _thickness(measures: Sequence[Measure]) -> int:
    return BAR if len(measures) == 1 else BAR_IN_GROUP


def _places(bars: Sequence[Bar], thick: int) -> list[float]:
    """The middle of each bar in pixels from the top: a label of more lines has more room."""
    places, end = [], 0.0
    for bar in bars:
        lines = with_base(bar.label, bar.projects, LABEL_WIDTH).count("<br>") + 1
        slot = max(thick + 10, LINE * lines + 6)
        end += slot + (GAP if bar.apart and places else 0)
        places.append(end - slot / 2)
    return places


def _reach(bars: Sequence[Bar], measures: Sequence[Measure]) -> list[float]:
    values = [float(v) for bar in bars for m in measures if (v := bar.values[m.id]) is not None]
    low, high = min(0.0, *values), max(0.0, *values)
    edge = ((high - low) or 1.0) * 0.004
    return [low - edge, (high if high > low else 1.0) + edge]


def _trace(
    bars: Sequence[Bar],
    places: Sequence[float],
    measures: Sequence[Measure],
    number: int,
    setting: Setting,
) -> dict[str, Any]:
    measure, thick, colours = measures[number], _thickness(measures), palette(setting.dark)
    drawn = [(bar, place) for bar, place in zip(bars, places, strict=True) if bar.values[measure.id] is not None]
    return {
        "type": "bar",
        "orientation": "h",
        "name": measure.label,
        "x": [float(bar.values[measure.id] or 0) for bar, _ in drawn],
        "y": [place for _, place in drawn],
        "ids": [bar.id for bar, _ in drawn],
        "width": thick - 1,
        "offset": thick * (number - len(measures) / 2),
        "text": [shown(measure, bar.values[measure.id]) for bar, _ in drawn],
        "textposition": "outside",
        "textangle": 0,
        "constraintext": "none",
        "cliponaxis": False,
        "textfont": {"color": colours.ink},
        "hoverinfo": "text",
        "hovertext": [
            hover(bar.label, f"{measure.label}: {in_full(measure, bar.values[measure.id])}", bar.base)
            for bar, _ in drawn
        ],
        "marker": _marker([bar for bar, _ in drawn], measure, colour_of_kind(measure.kind, colours)),
    }


def _marker(bars: Sequence[Bar], measure: Measure, colour: str) -> dict[str, Any]:
    if measure.stage is None and any(bar.stage for bar in bars):
        return marker_of_stages([bar.stage for bar in bars], colour)
    return marker_of_stage(measure.stage, colour)


def _notes(bars: Sequence[Bar], places: Sequence[float], setting: Setting) -> dict[str, Any]:
    noted = [(bar.note, place) for bar, place in zip(bars, places, strict=True) if bar.note]
    return {
        "type": "scatter",
        "mode": "text",
        "x": [0.0] * len(noted),
        "y": [place for _, place in noted],
        "text": [f"\u00a0{note}" for note, _ in noted],
        "textposition": "middle right",
        "textfont": {"color": palette(setting.dark).quiet, "size": SMALL_SIZE},
        "cliponaxis": False,
        "hoverinfo": "skip",
        "showlegend": False,
    }
