"""A map of equal hexagons, one for each council, from light to dark by one measure in five steps."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from statistics import median
from typing import Any

from dashboard.charts.frame import SMALL_SIZE, hover, layout, wrapped
from dashboard.charts.hexes import CORNERS, Cell, Ground, borders, corners, ground_of, middle
from dashboard.charts.rows import (
    FEWEST_TO_RANK,
    Row,
    base_of,
    drawable,
    in_full,
    known,
    label_of,
    lower_first,
    nothing_to_draw,
    shown,
    stands_last,
)
from dashboard.charts.steps import named_steps, starts_of, step_of
from dashboard.charts.words import alternative, amounts, joined, nothing, spoken, unknown_note
from dashboard.dimensions import COUNCIL_TYPE
from dashboard.measures import Measure
from dashboard.style import CLEAR, colour_of_kind, colours_of_steps, counted, palette
from dashboard.table import Setting, Table, Words

HEIGHT = 440
FOOT = 26
FILLED = 0.9
"""How much of its hexagon a fill takes: the rest lies open for the lines between regions."""
HATCHES = {"projected": "/", "identified": "."}
NONE, PARTNER = "None reported", "Not apportioned"


@dataclass(frozen=True)
class Hexmap:
    """The first measure by council, one hexagon each. Councils that share ground with others stand beside the map."""

    def draw(self, table: Table, setting: Setting) -> dict[str, Any] | None:
        """The map; None if no row knows an amount."""
        if nothing_to_draw(table):
            return None
        ground, measure = ground_of(table), measure_of(table)
        fills = _fills(table, measure, ground, setting)
        data = [*fills, _lines(ground, setting), *_marks(table, measure, ground, setting)]
        across, down = _reach(ground)
        frame = layout(
            setting,
            HEIGHT,
            [trace["name"] for trace in fills if trace["showlegend"]],
            [*_headings(ground, setting), *_foot(ground, setting)],
            margin={"b": FOOT, "l": 4, "r": 4, "pad": 0},
            xaxis=_axis(across, scaleanchor="y", scaleratio=1),
            yaxis=_axis(down[::-1], constraintoward="top"),
        )
        return {"data": data, "layout": frame}

    def describe(self, table: Table, setting: Setting) -> Words:
        """How many councils reported, their range and the middle one: nobody is put first."""
        if nothing_to_draw(table):
            return nothing(table, setting)
        ground, measure = ground_of(table), measure_of(table)
        partners = [label_of(table, row) for row in table.rows if _is_partner(row, measure)]
        shared = f"Partners in joint projects that are not apportioned: {joined(partners)}." if partners else ""
        rows = {str(row[table.by[0].id]): row for row in table.rows}
        apart = [
            f"Beside the map, {lower_first(block.heading)}: {joined([label_of(table, rows[code]) for code in named])}."
            for block in ground.blocks
            if (named := [code for code in block.cells if code in rows])
        ]
        alt = alternative("Map of equal hexagons", table, _bounds(ground), *apart, shared, unknown_note(table))
        return spoken(_message(table, measure, setting), alt, setting)


def measure_of(table: Table) -> Measure:
    """The measure that the map shows: the first of which anything is known."""
    return next(measure for measure in drawable(table) if known(table, measure))


def _is_partner(row: Row, measure: Measure) -> bool:
    return row[measure.id] is None and measure.id in row.get("unapportioned", ())


def _message(table: Table, measure: Measure, setting: Setting) -> str:
    rows = [row for row in known(table, measure) if not stands_last(table, row)]
    values = [row[measure.id] for row in rows]
    if not values:
        return f"No council alone reported {lower_first(measure.label)}"
    who = counted(len(rows), "council")
    if measure.adds_up:
        start = f"{who} reported {amounts(table, measure, sum(values, start=Decimal(0)))}"
    else:
        start = f"{measure.label} of {who}"
    if setting.examples:
        return f"{start} in these examples"
    low, high = shown(measure, min(values)), shown(measure, max(values))
    reach = f"from {low} to {high}" if low != high else f"{low} each"
    half = f", median {shown(measure, median(values))}" if len(values) >= FEWEST_TO_RANK else ""
    return f"{start}: {reach}{half}"


def _bounds(ground: Ground) -> str:
    """At which boundaries the councils are drawn."""
    if ground.since is None:
        return ""
    until = ground.until - timedelta(days=1) if ground.until else None
    return f"Boundaries {f'of {_day(ground.since)} to {_day(until)}' if until else f'since {_day(ground.since)}'}."


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def _fills(table: Table, measure: Measure, ground: Ground, setting: Setting) -> list[dict[str, Any]]:
    """A trace for each step and one for every outline, each with a sample of its hexagons for the legend."""
    cells, colours = ground.every, palette(setting.dark)
    values = {str(row[table.by[0].id]): Decimal(row[measure.id]) for row in known(table, measure)}
    starts = starts_of(list(values.values()))
    names, shades = named_steps(measure, starts), colours_of_steps(measure.kind, setting.dark)
    edge = colour_of_kind(measure.kind, colours)
    silent = [cell for code, cell in cells.items() if code not in values]
    traces = [_paths(silent, 1, CLEAR, colours.quiet, 0.6)] if silent else []
    for step, (name, shade) in enumerate(zip(names, _spread_out(shades, len(names)), strict=True)):
        reached = [cells[code] for code, value in values.items() if step_of(value, starts) == step]
        traces += [_hatched(_paths(reached, FILLED, shade, edge, 0.8), measure, colours.card)]
        traces += [_sample(name, "hexagon", shade, edge)]
    partners = any(_is_partner(row, measure) for row in table.rows)
    traces += [_sample(NONE, "hexagon", CLEAR, colours.quiet)] if silent else []
    return traces + ([_sample(PARTNER, "hexagon-open-dot", edge, edge)] if partners else [])


def _spread_out(shades: Sequence[str], number: int) -> list[str]:
    """As many shades as there are steps, the strongest always among them."""
    last = len(shades) - 1
    return [shades[last - round((number - 1 - step) * last / max(1, number - 1))] for step in range(number)]


def _paths(cells: Iterable[Cell], size: float, colour: str, edge: str, width: float) -> dict[str, Any]:
    """Hexagons as closed paths in one trace."""
    paths = [corners(cell, size) for cell in cells]
    points = [point for path in paths for point in (*path, path[0], None)][:-1]
    return {
        "type": "scatter",
        "mode": "lines",
        "fill": "toself",
        "x": [point and round(point[0], 2) for point in points],
        "y": [point and round(point[1], 2) for point in points],
        "fillcolor": colour,
        "line": {"width": width, "color": edge},
        "hoverinfo": "skip",
        "showlegend": False,
    }


def _hatched(trace: dict[str, Any], measure: Measure, card: str) -> dict[str, Any]:
    """The stage as everywhere: achieved solid, anything weaker hatched."""
    if measure.stage not in HATCHES:
        return trace
    pattern = {"shape": HATCHES[measure.stage], "size": 5, "solidity": 0.2, "fgcolor": card}
    return trace | {"fillpattern": pattern | {"fillmode": "replace", "bgcolor": trace["fillcolor"]}}


def _sample(name: str, symbol: str, colour: str, edge: str) -> dict[str, Any]:
    """What the legend shows of hexagons that are drawn as paths."""
    return {
        "type": "scatter",
        "mode": "markers",
        "name": name,
        "x": [None],
        "y": [None],
        "marker": {"symbol": symbol, "size": 14, "color": colour, "line": {"width": 1, "color": edge}},
        "hoverinfo": "skip",
        "showlegend": True,
    }


def _lines(ground: Ground, setting: Setting) -> dict[str, Any]:
    """The outlines of the regions."""
    sides = borders(ground)
    return {
        "type": "scatter",
        "mode": "lines",
        "x": [x for one, other in sides for x in (round(one[0], 3), round(other[0], 3), None)],
        "y": [y for one, other in sides for y in (round(one[1], 3), round(other[1], 3), None)],
        "line": {"width": 1.4, "color": palette(setting.dark).ink},
        "hoverinfo": "skip",
        "showlegend": False,
    }


def _marks(table: Table, measure: Measure, ground: Ground, setting: Setting) -> list[dict[str, Any]]:
    """What the pointer finds: each amount, each partner with a dot of its own, and everybody else."""
    dimension, cells = table.by[0], ground.every
    rows = {str(row[dimension.id]): row for row in table.rows}
    partners = [code for code in cells if code in rows and _is_partner(rows[code], measure)]
    amounts_at = [code for code in cells if code in rows and rows[code][measure.id] is not None]
    others = [code for code in cells if code not in {*partners, *amounts_at}]
    unseen = {"size": 14, "opacity": 0, "color": CLEAR}
    seen = {"size": 5, "color": colour_of_kind(measure.kind, palette(setting.dark))}
    words = {code: _hover(table, measure, code, rows.get(code)) for code in cells}
    found = _points([cells[code] for code in amounts_at], [words[code] for code in amounts_at], unseen)
    found["customdata"] = [float(rows[code][measure.id]) for code in amounts_at]
    shared = _points([cells[code] for code in partners], [words[code] for code in partners], seen)
    silent = _points([cells[code] for code in others], [words[code] for code in others], unseen)
    return [found, *([shared] if partners else []), *([silent] if others else [])]


def _points(cells: Sequence[Cell], words: Sequence[str], marker: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [round(middle(cell)[0], 3) for cell in cells],
        "y": [round(middle(cell)[1], 3) for cell in cells],
        "marker": dict(marker),
        "hoverinfo": "text",
        "hovertext": list(words),
        "cliponaxis": False,
        "showlegend": False,
    }


def _hover(table: Table, measure: Measure, code: str, row: Row | None) -> str:
    """Name, amount or why there is none, region or type, and base."""
    place = table.places.get(code)
    where = [place.region, dict(COUNCIL_TYPE.labels).get(place.council_type, "")] if place else []
    label = table.label(table.by[0], code)
    if row is None or (row[measure.id] is None and not _is_partner(row, measure)):
        amount = f"{measure.label}: none reported"
    elif row[measure.id] is None:
        amount = f"{measure.label}: joint, not apportioned"
    else:
        amount = f"{measure.label}: {in_full(measure, row[measure.id])}"
    return hover(label, amount, *filter(None, [base_of(row) if row else "", ", ".join(filter(None, where))]))


def _reach(ground: Ground) -> tuple[list[float], list[float]]:
    """From the left edge to the right, and from the top to the bottom, of everything that is drawn."""
    points = [middle(cell) for cell in ground.every.values()]
    points += [(middle(block.cell)[0], middle(block.cell)[1] - 1.6) for block in ground.blocks]
    xs, ys = [x for x, _ in points], [y for _, y in points]
    side, tip = 0.55, -CORNERS[0][1] + 0.05
    return [min(xs) - side, max(xs) + side], [min(ys) - tip, max(ys) + tip]


def _axis(ends: Sequence[float], **more: Any) -> dict[str, Any]:
    return {"range": list(ends), "visible": False, "fixedrange": True, "constrain": "domain", **more}


def _headings(ground: Ground, setting: Setting) -> list[dict[str, Any]]:
    """What stands over the blocks beside the map."""
    return [
        {
            "text": "<br>".join(wrapped(block.heading, 12)),
            "x": corners(block.cell)[5][0],
            "y": corners(block.cell)[0][1] - 0.1,
            "xanchor": "left",
            "yanchor": "bottom",
            "align": "left",
            "showarrow": False,
            "font": {"size": SMALL_SIZE, "color": palette(setting.dark).ink},
        }
        for block in ground.blocks
    ]


def _foot(ground: Ground, setting: Setting) -> list[dict[str, Any]]:
    """The boundaries that are drawn, under the map."""
    words = _bounds(ground).removesuffix(".")
    (left, _), (_, bottom) = _reach(ground)
    note = {
        "text": words,
        "x": left,
        "xanchor": "left",
        "y": bottom,
        "yanchor": "top",
        "yshift": -4,
        "showarrow": False,
        "font": {"size": SMALL_SIZE, "color": palette(setting.dark).quiet},
    }
    return [note] if words else []
