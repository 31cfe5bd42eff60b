"""A map of equal hexagons, one for each council, from light to dark by one measure in five steps."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from dashboard.charts.frame import SMALL_SIZE, layout, wrapped
from dashboard.charts.hexes import CORNERS, Cell, Ground, borders, corners, ground_of, middle
from dashboard.charts.hexmap_words import bounds, headline, is_partner, measure_of, notes, pointed_at
from dashboard.charts.rows import known, nothing_to_draw
from dashboard.charts.steps import named_steps, starts_of, step_of
from dashboard.charts.words import alternative, nothing, spoken, unknown_note
from dashboard.measures import Measure
from dashboard.style import CLEAR, colour_of_kind, colours_of_steps, palette
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
        alt = alternative("Map of equal hexagons", table, *notes(table, ground_of(table)), unknown_note(table))
        return spoken(headline(table, setting), alt, setting)


def _fills(table: Table, measure: Measure, ground: Ground, setting: Setting) -> list[dict[str, Any]]:
    """A trace for each step and one for every outline, each with a sample of its hexagons for the legend."""
    cells, colours = ground.every, palette(setting.dark)
    values = {str(row[table.by[0].id]): Decimal(row[measure.id]) for row in known(table, measure)}
    starts = starts_of(list(values.values()))
    names, shades = named_steps(measure, starts), colours_of_steps(measure.kind, setting.dark)
    edge = colour_of_kind(measure.kind, colours)
    partners = {str(row[table.by[0].id]) for row in table.rows if is_partner(row, measure)}
    without = [cell for code, cell in cells.items() if code not in values]
    traces = [_paths(without, 1, CLEAR, colours.quiet, 0.6)] if without else []
    for step, (name, shade) in enumerate(zip(names, _spread_out(shades, len(names)), strict=True)):
        reached = [cells[code] for code, value in values.items() if step_of(value, starts) == step]
        traces += [_hatched(_paths(reached, FILLED, shade, edge, 0.8), measure, colours.card)]
        traces += [_sample(name, "hexagon", shade, edge)]
    traces += [_sample(NONE, "hexagon", CLEAR, colours.quiet)] if len(without) > len(partners) else []
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
    partners = [code for code in cells if code in rows and is_partner(rows[code], measure)]
    amounts_at = [code for code in cells if code in rows and rows[code][measure.id] is not None]
    others = [code for code in cells if code not in {*partners, *amounts_at}]
    unseen = {"size": 14, "opacity": 0, "color": CLEAR}
    seen = {"size": 5, "color": colour_of_kind(measure.kind, palette(setting.dark))}
    words = {code: pointed_at(table, measure, code, rows.get(code)) for code in cells}
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
    words = bounds(ground).removesuffix(".")
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
