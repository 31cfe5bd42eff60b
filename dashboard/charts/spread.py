"""Each project or line a mark on a log axis, in bands; few marks are named beside them."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count
from textwrap import wrap
from typing import Any

from dashboard.charts.bands import Band, Mark, banded_by, bands_of, heading
from dashboard.charts.frame import SMALL_SIZE, TEXT_SIZE, hover, label_axis, layout, wrapped
from dashboard.charts.log_axis import Axis, axis_of, log_axis
from dashboard.charts.marks import (
    in_focus,
    kind_of,
    look_of,
    marker,
    standing_words,
)
from dashboard.charts.rows import base_of, in_full, label_of, mark_id, nothing_to_draw, shown
from dashboard.charts.spread_legend import kind_legend, look_legend, median_ticks
from dashboard.charts.spread_words import spread_words
from dashboard.charts.words import nothing
from dashboard.dimensions import STANDING
from dashboard.style import colour_of_kind, palette, plotly_text
from dashboard.table import Setting, Table, Words

NAMED_MOST = 25
LINE = 15
HEADING = 28
BAND = 52
SWARM_STEP = 0.17
NARROWEST_PLOT = 328
LETTER = 5.8


@dataclass(frozen=True)
class Spread:
    """Marks in bands by the first dimension, one for each project or line of the second."""

    def draw(self, table: Table, setting: Setting) -> dict[str, Any] | None:
        """The marks; None if no row knows an amount."""
        if nothing_to_draw(table):
            return None
        bands = bands_of(table, setting)
        marks = [mark for band in bands for mark in band.marks]
        axis = axis_of(marks)
        return (_named if len(marks) <= NAMED_MOST else _crowded)(table, bands, axis, setting)

    def describe(self, table: Table, setting: Setting) -> Words:
        """How many amounts there are and how far they lie apart; examples have neither median nor rank."""
        return nothing(table, setting) if nothing_to_draw(table) else spread_words(table, setting)


def _named(table: Table, bands: Sequence[Band], axis: Axis, setting: Setting) -> dict[str, Any]:
    """A lane for each mark, its name beside it, and a heading over each band."""
    places, names, annotations, top = [], [], [], 0.0
    for band in bands:
        if band.label:
            annotations.append(_heading(band, top + HEADING / 2, palette(setting.dark).ink))
            top += HEADING
        for mark in band.marks:
            names.append(_name(mark, axis))
            lane = LINE * len(names[-1]) + 9
            places.append(top + lane / 2)
            top += lane
        top += 6
    marks = [mark for band in bands for mark in band.marks]
    standings = look_legend(table, marks, setting) if STANDING in table.by else []
    data = [
        *kind_legend(marks, setting),
        *standings,
        _marks(table, marks, places, axis, setting, 15),
        _names(marks, names, places, axis, setting),
    ]
    yaxis = {"range": [top, 0], "visible": False, "fixedrange": True}
    return _figure(data, axis, setting, round(top), annotations, yaxis, marks)


def _crowded(table: Table, bands: Sequence[Band], axis: Axis, setting: Setting) -> dict[str, Any]:
    """A band for each value, its marks set off up and down from the middle so that they show."""
    marks = [mark for band in bands for mark in band.marks]
    starts = [number + (0.4 if band.last else 0) for number, band in enumerate(bands)]
    places = [start + offset for start, band in zip(starts, bands, strict=True) for offset in _offsets(band, axis)]
    legend = [*kind_legend(marks, setting), *look_legend(table, marks, setting)]
    drawn = [_marks(table, marks, places, axis, setting, 10), *median_ticks(bands, starts, setting)]
    focused = [(mark, place) for mark, place in zip(marks, places, strict=True) if setting.focus in mark.row.values()]
    if focused:
        names = [_name(mark, axis) for mark, _ in focused]
        drawn.append(_names([mark for mark, _ in focused], names, [place for _, place in focused], axis, setting))
    data = [*legend, *drawn]
    labels = ["<br>".join(line for part in _band_lines(band) for line in wrapped(part, 22)) for band in bands]
    yaxis = label_axis(starts, labels, range=[starts[-1] + 0.55, -0.55], ticks="", tickfont={"size": SMALL_SIZE})
    return _figure(data, axis, setting, round(BAND * (starts[-1] + 1.1)), [], yaxis, marks)


def _band_lines(band: Band) -> list[str]:
    _, _, rest = heading(band).rpartition("n = ")
    return [band.label, f"n = {rest}"] if band.label else [f"n = {rest}"]


def _figure(
    data: Sequence[dict[str, Any]],
    axis: Axis,
    setting: Setting,
    height: int,
    annotations: Sequence[dict[str, Any]],
    yaxis: dict[str, Any],
    marks: Sequence[Mark],
) -> dict[str, Any]:
    colours = palette(setting.dark)
    names = [trace["name"] for trace in data if trace.get("showlegend")]
    line = {"type": "line", "yref": "paper", "y0": 0, "y1": 1, "layer": "below"}
    slot = [{**line, "x0": 10**axis.low, "x1": 10**axis.low, "line": {"color": colours.rule, "width": 1}}]
    frame = layout(
        setting,
        height,
        names,
        annotations,
        margin={"b": 64},
        xaxis=log_axis(axis, marks, setting),
        yaxis=yaxis,
        shapes=slot if axis.below and not annotations else [],
    )
    return {"data": list(data), "layout": frame}


def _heading(band: Band, y: float, ink: str) -> dict[str, Any]:
    return {
        "text": f"<b>{plotly_text(band.label)}</b> {plotly_text(heading(band).removeprefix(band.label))}",
        "xref": "paper",
        "x": 0,
        "xanchor": "left",
        "yref": "y",
        "y": y,
        "yanchor": "middle",
        "showarrow": False,
        "font": {"size": TEXT_SIZE, "color": ink},
    }


def _marks(
    table: Table, marks: Sequence[Mark], places: Sequence[float], axis: Axis, setting: Setting, size: int
) -> dict[str, Any]:
    colours = palette(setting.dark)
    looks = [look_of(mark.row, mark.measure) for mark in marks]
    kinds = [kind_of(mark.row, mark.measure) for mark in marks]
    made = [
        marker(look, kind, colours, size, in_focus(mark.row, setting.focus))
        for look, kind, mark in zip(looks, kinds, marks, strict=True)
    ]
    return {
        "type": "scatter",
        "mode": "markers+text",
        "x": [float(mark.amount) if mark.amount > 0 else 10 ** axis.place(mark) for mark in marks],
        "y": list(places),
        "customdata": [float(mark.amount) for mark in marks],
        "meta": [mark_id(table, mark.row) for mark in marks],
        "text": [f"<b>{look.sign}</b>" if look.sign else "" for look in looks],
        "textposition": "middle center",
        "textfont": {"size": size - 4, "color": [colour_of_kind(kind, colours) for kind in kinds]},
        "marker": {
            "symbol": [each["symbol"] for each in made],
            "size": [each["size"] for each in made],
            "color": [each["color"] for each in made],
            "opacity": [each.get("opacity", 1) for each in made],
            "line": {
                "width": [each["line"]["width"] for each in made],
                "color": [each["line"]["color"] for each in made],
            },
        },
        "cliponaxis": False,
        "hoverinfo": "text",
        "hovertext": [_hover(table, mark) for mark in marks],
        "showlegend": False,
    }


def _hover(table: Table, mark: Mark) -> str:
    words = standing_words(mark.row, mark.measure)
    where = banded_by(table)
    band = [f"{where.label}: {table.label(where, mark.row[where.id])}"] if where else []
    amount = f"{mark.measure.label}: {in_full(mark.measure, mark.amount)}{f' ({words})' if words else ''}"
    return hover(mark.label or label_of(table, mark.row), amount, *band, base_of(mark.row))


def _names(
    marks: Sequence[Mark], names: Sequence[list[str]], places: Sequence[float], axis: Axis, setting: Setting
) -> dict[str, Any]:
    """The amount and name of each mark, on the side where there is more room."""
    pad = "\u00a0" * 4
    rightward = [axis.share(mark) < 0.5 for mark in marks]
    padded = [
        "<br>".join(f"{pad}{line}" if right else f"{line}{pad}" for line in lines)
        for lines, right in zip(names, rightward, strict=True)
    ]
    return {
        "type": "scatter",
        "mode": "text",
        "x": [float(mark.amount) if mark.amount > 0 else 10 ** axis.place(mark) for mark in marks],
        "y": list(places),
        "text": padded,
        "textposition": ["middle right" if right else "middle left" for right in rightward],
        "textfont": {"size": SMALL_SIZE, "color": palette(setting.dark).ink},
        "cliponaxis": False,
        "hoverinfo": "skip",
        "showlegend": False,
    }


def _name(mark: Mark, axis: Axis) -> list[str]:
    """The lines beside a mark: its amount, its standing, and its name in three lines that a phone has room for."""
    words = standing_words(mark.row, mark.measure)
    amount = shown(mark.measure, mark.amount) + (f", {words}" if words else "")
    unbroken = amount.replace(" ", "\u00a0")
    share, text = axis.share(mark), f"{unbroken} {mark.label}".strip()
    letters = max(len(unbroken), int((max(share, 1 - share) * NARROWEST_PLOT - 24) / LETTER))
    needed = len(wrap(text, letters))
    even = max(len(unbroken), len(text) // needed + 8)
    lines = wrap(text, min(letters, even), max_lines=3, placeholder="…")
    rest = "<br>".join(plotly_text(line) for line in lines).removeprefix(plotly_text(unbroken))
    return f"<b>{plotly_text(unbroken)}</b>{rest}".split("<br>")


def _offsets(band: Band, axis: Axis) -> list[float]:
    """How far marks stand off the middle of their band, so that none hides another: 0, then by turns up and down."""
    apart = (axis.high - axis.start) * 0.03
    filled: dict[int, float] = {}
    levels = dict.fromkeys(range(len(band.marks)), 0)
    for number in sorted(levels, key=lambda number: axis.place(band.marks[number])):
        place = axis.place(band.marks[number])
        turn = next(turn for turn in count() if place - filled.get(turn, -99.0) >= apart)
        filled[turn] = place
        levels[number] = (turn + 1) // 2 * (1 if turn % 2 else -1)
    step = min(SWARM_STEP, 0.44 / max(1, *(abs(level) for level in levels.values())))
    return [level * step for level in levels.values()]
