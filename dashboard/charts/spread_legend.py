"""What the marks of a spread mean: hues, fills and the tick of a median, in words."""

from collections.abc import Sequence
from typing import Any

from dashboard.charts.bands import Band, Mark, banded_by, heading, marked_by
from dashboard.charts.frame import hover
from dashboard.charts.marks import OF_STAGE, OF_STANDING, Look, kind_of, kind_words, legend_words, look_of, marker
from dashboard.charts.rows import lower_first
from dashboard.dimensions import COUNCIL, PROJECT, STAGE, STANDING
from dashboard.style import colour_of_kind, palette
from dashboard.table import Setting, Table


def kind_legend(marks: Sequence[Mark], setting: Setting) -> list[dict[str, Any]]:
    """The hues in words, where there is more than one."""
    colours = palette(setting.dark)
    used = {kind_of(mark.row, mark.measure) for mark in marks}
    kinds = {kind_words(kind): kind for kind in used}
    if len(kinds) < 2:
        return []
    return [
        _proxy(words, {"color": colour_of_kind(kinds[words], colours), "size": 10, "symbol": "square"})
        for words in sorted(kinds)
    ]


def look_legend(table: Table, marks: Sequence[Mark], setting: Setting) -> list[dict[str, Any]]:
    """The fills in words, save those that the bands say; where there is only one, what a mark is."""
    used = {look_of(mark.row, mark.measure) for mark in marks}
    kinds = {kind_of(mark.row, mark.measure) for mark in marks}
    kind, colours = kinds.pop() if len(kinds) == 1 else None, palette(setting.dark)
    if len(used) == 1 and STANDING not in table.by:
        grain = marked_by(table)
        name = f"One mark a {lower_first(grain.label)}" if grain in (PROJECT, COUNCIL) else "One mark an amount"
        return [_proxy(name, marker(used.pop(), kind, colours, 10))]
    said = [] if banded_by(table) == STAGE else list(OF_STAGE.values())
    drawn: dict[tuple[Any, ...], list[Look]] = {}
    for look in [*said, *OF_STANDING.values()]:
        if look in used:
            drawn.setdefault((look.symbol, look.sign, look.hollow, look.small), []).append(look)
    return [_proxy(legend_words(looks), marker(looks[0], kind, colours, 10)) for looks in drawn.values()]


def median_ticks(bands: Sequence[Band], starts: Sequence[float], setting: Setting) -> list[dict[str, Any]]:
    """A tick at the median of each band that has one; a log axis has no place for one of zero or less."""
    ticked = [(band, start) for band, start in zip(bands, starts, strict=True) if (band.middle or 0) > 0]
    if not ticked:
        return []
    ink = palette(setting.dark).ink
    trace = {
        "type": "scatter",
        "mode": "markers",
        "name": "Median, where n is five or more",
        "x": [float(band.middle or 0) for band, _ in ticked],
        "y": [start for _, start in ticked],
        "marker": {"symbol": "line-ns", "size": 34, "line": {"color": ink, "width": 2.5}},
        "hoverinfo": "text",
        "hovertext": [hover(band.label or "All", heading(band).removeprefix(f"{band.label} · ")) for band, _ in ticked],
        "showlegend": True,
    }
    return [trace]


def _proxy(name: str, mark: dict[str, Any]) -> dict[str, Any]:
    return {"type": "scatter", "mode": "markers", "x": [None], "y": [None], "name": name, "marker": mark} | {
        "hoverinfo": "skip",
        "showlegend": True,
    }
