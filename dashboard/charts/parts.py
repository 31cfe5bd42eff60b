"""Stacked bars of the parts of a whole: each bar is all of its row, each part labelled with its share and pounds."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from dashboard.charts.frame import LEGEND, NARROWEST, SMALL_SIZE, TEXT_SIZE, hover, layout, wrapped
from dashboard.charts.grid import Place
from dashboard.charts.part_fills import Fill, fills_of
from dashboard.charts.part_words import parts_words, refusal_words
from dashboard.charts.rows import base_of, in_full, mark_id, nothing_to_draw, shown
from dashboard.charts.whole import Bar, Part, bars_of, exact_share, kinds_of_parts, round_share, why_not
from dashboard.charts.words import nothing
from dashboard.style import palette, plotly_text
from dashboard.table import Setting, Table, Words

LABEL, BETWEEN, GAP = 22, 10, 14
ALONE, ONE_OF_MANY = 78, 36
ENTRY = 22
NAME_WIDTH = 12
HIDDEN_AXIS = {"visible": False, "fixedrange": True}


@dataclass(frozen=True)
class Parts:
    """A bar a row of the first dimension, split by the second; a single bar where there is only one dimension.

    Several measures of one stage and kind are parts too. What is no whole is not drawn: a note says why.
    """

    def draw(self, table: Table, setting: Setting) -> dict[str, Any] | None:
        """The bars, a part a trace, or the note why there are none; None if no row knows an amount."""
        if nothing_to_draw(table):
            return None
        refusal = why_not(table)
        if refusal:
            return _note(refusal, setting)
        bars, kinds = bars_of(table, setting), kinds_of_parts(table)
        high = ALONE if len(bars) == 1 else ONE_OF_MANY
        tops, end = _tops(bars, high)
        fills = fills_of(kinds, table.measures[0].kind, setting.dark)
        drawn = [(kind, list(_pieces(bars, tops, kind))) for kind in kinds]
        data = [_trace(table, kind, pieces, high, fills[kind.code]) for kind, pieces in drawn if pieces]
        return {"data": data, "layout": _layout(bars, tops, end, data, setting)}

    def describe(self, table: Table, setting: Setting) -> Words:
        """What the whole is made of, in shares and pounds."""
        if nothing_to_draw(table):
            return nothing(table, setting)
        refusal = why_not(table)
        return refusal_words(table, refusal, setting) if refusal else parts_words(table, setting)


@dataclass(frozen=True)
class Piece:
    """A part where it is drawn: in which bar, from which percent, at which pixels from the top."""

    bar: Bar
    part: Part
    start: Decimal
    top: float
    alone: bool


def _tops(bars: Sequence[Bar], high: int) -> tuple[list[float], float]:
    """The top of each bar in pixels, under its label, and the end of the last."""
    tops, end = [], 0.0
    for number, bar in enumerate(bars):
        end += GAP if bar.last and number and not bars[number - 1].last else 0
        tops.append(end + LABEL)
        end += LABEL + high + BETWEEN
    return tops, end


def _pieces(bars: Sequence[Bar], tops: Sequence[float], kind: Place) -> Iterator[Piece]:
    for bar, top in zip(bars, tops, strict=True):
        start = Decimal(0)
        for part in bar.parts:
            if part.place == kind and part.amount is not None:
                yield Piece(bar, part, start, top, len(bars) == 1)
            start += bar.share(part) or 0


def _trace(table: Table, kind: Place, pieces: Sequence[Piece], high: int, fill: Fill) -> dict[str, Any]:
    return {
        "type": "bar",
        "orientation": "h",
        "name": _entry(kind, pieces),
        "x": [float(piece.bar.share(piece.part) or 0) for piece in pieces],
        "base": [float(piece.start) for piece in pieces],
        "y": [piece.top + high / 2 for piece in pieces],
        "width": high,
        "customdata": [float(piece.part.amount or 0) for piece in pieces],
        "meta": [mark_id(table, piece.part.row) for piece in pieces],
        "text": [_written(piece) for piece in pieces],
        "textposition": "inside",
        "insidetextanchor": "middle",
        "textangle": 0,
        "textfont": {"color": fill.ink, "size": SMALL_SIZE},
        "hoverinfo": "text",
        "hovertext": [_hover(piece) for piece in pieces],
        "marker": dict(fill.marker),
    }


def _entry(kind: Place, pieces: Sequence[Piece]) -> str:
    """A part in the legend: with its numbers where there is a single bar."""
    name = plotly_text(kind.label)
    if not pieces[0].alone:
        return name
    piece = pieces[0]
    return f"{name}: {shown(piece.part.measure, piece.part.amount)}, {round_share(piece.bar.share(piece.part))}"


def _written(piece: Piece) -> str:
    amount, share = shown(piece.part.measure, piece.part.amount), round_share(piece.bar.share(piece.part))
    if not piece.part.amount:
        return ""
    name = wrapped(piece.part.place.label, NAME_WIDTH) if piece.alone else []
    return "<br>".join([*name, plotly_text(share), plotly_text(amount)])


def _hover(piece: Piece) -> str:
    part, share = piece.part, exact_share(piece.bar.share(piece.part))
    name = part.place.label if piece.alone else f"{piece.bar.label}, {part.place.label}"
    of_all = f"{share} of {in_full(part.measure, piece.bar.total)}" if share else ""
    return hover(
        name, *filter(None, [f"{part.measure.label}: {in_full(part.measure, part.amount)}", of_all]), base_of(part.row)
    )


def _layout(
    bars: Sequence[Bar], tops: Sequence[float], end: float, data: Sequence[dict[str, Any]], setting: Setting
) -> dict[str, Any]:
    """One bar has its legend below it, a line a part, so that every number can be read at any width."""
    alone, names = len(bars) == 1, [trace["name"] for trace in data]
    frame = layout(
        setting,
        round(end) + (ENTRY * len(names) if alone else 0),
        [] if alone else names,
        [_above(bar, top) for bar, top in zip(bars, tops, strict=True)],
        margin={"l": 6, "r": 6},
        xaxis=HIDDEN_AXIS | {"range": [0, 100]},
        yaxis=HIDDEN_AXIS | {"range": [end, 0]},
        barmode="overlay",
        uniformtext={"mode": "hide", "minsize": 10},
    )
    below = LEGEND | {"orientation": "v", "xref": "paper", "yref": "paper", "x": 0, "y": 0}
    return frame | ({"showlegend": True, "legend": below} if alone else {})


def _above(bar: Bar, top: float) -> dict[str, Any]:
    """A bar's label with its sum, and that a part of it is not known."""
    known = [part for part in bar.parts if part.amount is not None]
    missing = [part.place.label for part in bar.parts if part.amount is None]
    amount = shown(bar.parts[0].measure, bar.total if known else None)
    without = f"; not known: {', '.join(missing)}" if known and missing else ""
    at = {"xref": "paper", "x": 0, "xanchor": "left", "yref": "y", "y": top, "yanchor": "bottom"}
    text = f"<b>{plotly_text(bar.label)}</b>\u2002{plotly_text(amount + without)}"
    return {"text": text, "showarrow": False, "font": {"size": TEXT_SIZE}, **at}


def _note(refusal: str, setting: Setting) -> dict[str, Any]:
    """The note that stands where bars would."""
    lines = wrapped(f"Not drawn as parts of a whole. {refusal} The table has every amount.", NARROWEST // 8)
    at = {"xref": "paper", "x": 0, "xanchor": "left", "yref": "paper", "y": 0.5, "yanchor": "middle"}
    quiet = {"size": TEXT_SIZE, "color": palette(setting.dark).quiet}
    note = {"text": "<br>".join(lines), "showarrow": False, "align": "left", "font": quiet, **at}
    return {
        "data": [],
        "layout": layout(setting, 18 * len(lines) + 24, (), [note], xaxis=HIDDEN_AXIS, yaxis=HIDDEN_AXIS),
    }
