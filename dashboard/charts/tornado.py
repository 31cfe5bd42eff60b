"""How far each assumption moves a total: bars from low to high around it, the longest on top, all together apart."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from dashboard.charts.frame import TEXT_SIZE, hover, layout
from dashboard.charts.rows import Row, in_full, label_of, lower_first, nothing_to_draw, shown
from dashboard.charts.words import alternative, nothing, spoken
from dashboard.dimensions import TOGETHER
from dashboard.measures import Measure
from dashboard.style import colour_of_kind, palette, plotly_text
from dashboard.table import Setting, Table, Words

TOP, HEADING, BAR, BETWEEN, APART = 30, 22, 20, 12, 16
"""Pixels: the name of the total, the name of an assumption, its bar, and the room after it."""
ENDS = 62
"""Pixels on both sides, for the amounts at the ends of the longest bar."""


@dataclass(frozen=True)
class Tornado:
    """A bar a row. The table's measures are the plain total, its low end and its high end, in this order."""

    def draw(self, table: Table, setting: Setting) -> dict[str, Any] | None:
        """The bars; None if there is no range."""
        if nothing_to_draw(table):
            return None
        plain, low, high = table.measures
        rows = _ordered(table)
        middles = _middles(rows)
        end = middles[-1] + BAR / 2 + 4
        data = [
            _side(table, rows, middles, low, setting),
            _side(table, rows, middles, high, setting),
            *_total(rows, middles, end, plain, setting),
            *(_amounts(rows, middles, measure, plain, setting) for measure in (low, high)),
        ]
        notes = [_name(label_of(table, row), middle, setting) for row, middle in zip(rows, middles, strict=True)]
        notes.append(_name_of_total(rows[0][plain.id], plain))
        frame = layout(
            setting,
            round(end),
            annotations=notes,
            margin={"l": ENDS, "r": ENDS},
            xaxis={"range": _reach(rows, low, high), "visible": False, "fixedrange": True},
            yaxis={"range": [end, 0], "visible": False, "fixedrange": True},
            barmode="overlay",
        )
        return {"data": data, "layout": frame}

    def describe(self, table: Table, setting: Setting) -> Words:
        """Between what the total may lie if all assumptions move, and which of them alone moves it most."""
        if nothing_to_draw(table):
            return nothing(table, setting)
        rows = _ordered(table)
        ordered = replace(table, rows=tuple(rows))
        return spoken(_message(table, rows), alternative("Bars around a total", ordered), setting)


def _ordered(table: Table) -> list[Row]:
    """The assumption that moves the total most first, all together last."""
    _, low, high = table.measures
    dimension = table.by[0].id
    known = [row for row in table.rows if all(row[measure.id] is not None for measure in table.measures)]
    return sorted(known, key=lambda row: (row[dimension] == TOGETHER, row[low.id] - row[high.id]))


def _middles(rows: Sequence[Row]) -> list[float]:
    """The middle of each bar, in pixels from the top; the last stands apart from the others."""
    step = HEADING + BAR + BETWEEN
    middles = [TOP + HEADING + BAR / 2 + number * step for number in range(len(rows))]
    return [*middles[:-1], middles[-1] + (APART if len(rows) > 1 else 0)]


def _reach(rows: Sequence[Row], low: Measure, high: Measure) -> list[float]:
    start, end = (float(found) for found in (min(row[low.id] for row in rows), max(row[high.id] for row in rows)))
    return [start, end if end > start else start + 1]


def _side(
    table: Table, rows: Sequence[Row], middles: Sequence[float], measure: Measure, setting: Setting
) -> dict[str, Any]:
    """The part of each bar from the total to one of its ends."""
    plain, low, high = table.measures
    colour = colour_of_kind(measure.kind, palette(setting.dark))
    return {
        "type": "bar",
        "orientation": "h",
        "name": measure.label,
        "base": [float(row[plain.id]) for row in rows],
        "x": [float(row[measure.id] - row[plain.id]) for row in rows],
        "y": list(middles),
        "customdata": [float(row[measure.id]) for row in rows],
        "width": BAR,
        "marker": {"color": colour, "line": {"width": 0}},
        "hoverinfo": "text",
        "hovertext": [
            hover(
                label_of(table, row),
                f"From {in_full(low, row[low.id])} to {in_full(high, row[high.id])}",
                f"{plain.label}: {in_full(plain, row[plain.id])}",
            )
            for row in rows
        ],
        "showlegend": False,
    }


def _total(
    rows: Sequence[Row], middles: Sequence[float], end: float, plain: Measure, setting: Setting
) -> list[dict[str, Any]]:
    """The plain total as a line through all bars, with a gap on both sides of it."""
    colours = palette(setting.dark)
    line = {
        "type": "scatter",
        "mode": "lines",
        "x": [float(row[plain.id]) for row in rows],
        "y": [TOP - 6, *middles[1:-1], end] if len(rows) > 1 else [end],
        "cliponaxis": False,
        "hoverinfo": "skip",
        "showlegend": False,
    }
    exact = {"customdata": [float(row[plain.id]) for row in rows]}
    return [
        line | {"line": {"color": colours.card, "width": 5}},
        line | {"line": {"color": colours.ink, "width": 1.5}} | exact,
    ]


def _amounts(
    rows: Sequence[Row], middles: Sequence[float], measure: Measure, plain: Measure, setting: Setting
) -> dict[str, Any]:
    """The amounts beside one end of the bars; none where the bar ends at the total, which has its own name."""
    ends = [(row, middle) for row, middle in zip(rows, middles, strict=True) if row[measure.id] != row[plain.id]]
    below = any(row[measure.id] < row[plain.id] for row, _ in ends)
    return {
        "type": "scatter",
        "mode": "text",
        "x": [float(row[measure.id]) for row, _ in ends],
        "y": [middle for _, middle in ends],
        "text": [f"{shown(measure, row[measure.id])}\u00a0" if below else f"\u00a0{shown(measure, row[measure.id])}"
                 for row, _ in ends],
        "textposition": "middle left" if below else "middle right",
        "textfont": {"size": TEXT_SIZE, "color": palette(setting.dark).ink},
        "cliponaxis": False,
        "hoverinfo": "skip",
        "showlegend": False,
    }  # fmt: skip


def _name(label: str, middle: float, setting: Setting) -> dict[str, Any]:
    """The name of an assumption above its bar, from the left edge of the whole drawing: a phone has no room beside."""
    return {
        "text": plotly_text(label),
        "xref": "paper",
        "x": 0,
        "xshift": -ENDS + 8,
        "xanchor": "left",
        "y": middle - BAR / 2 - HEADING / 2,
        "yanchor": "middle",
        "showarrow": False,
        "bgcolor": palette(setting.dark).card,
        "borderpad": 0,
        "font": {"size": TEXT_SIZE, "color": palette(setting.dark).ink},
    }


def _name_of_total(total: Decimal, plain: Measure) -> dict[str, Any]:
    return {
        "text": f"<b>Reported: {plotly_text(shown(plain, total))}</b>",
        "x": float(total),
        "xanchor": "center",
        "y": TOP - 8,
        "yanchor": "bottom",
        "showarrow": False,
        "font": {"size": TEXT_SIZE},
    }


def _message(table: Table, rows: Sequence[Row]) -> str:
    plain, low, high = table.measures
    first, together = rows[0], rows[-1]
    noun = " of income" if plain.kind == "income_generation" else " of savings"
    reported = f"Councils reported {shown(plain, first[plain.id])}{noun} {plain.stage}"
    between = f"between {shown(low, together[low.id])} and {shown(high, together[high.id])}"
    mover = label_of(table, first).partition(":")[0]
    return f"{reported}: {between} if all assumptions move together; {lower_first(mover)} alone moves it most"
