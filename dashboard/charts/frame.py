"""What every drawing stands in: its layout, legend, axes, wrapped labels, and the mark of made-up data."""

import textwrap
from collections.abc import Sequence
from decimal import Decimal
from math import ceil, floor, log10
from typing import Any

from dashboard.measures import Measure
from dashboard.style import CLEAR, FONT, money, palette, plotly_text
from dashboard.table import Setting

NARROWEST = 334
TEXT_SIZE = 13
SMALL_SIZE = 12
LEGEND = {
    "orientation": "h",
    "traceorder": "normal",
    "xref": "container",
    "yref": "container",
    "x": 0.01,
    "y": 1,
    "xanchor": "left",
    "yanchor": "top",
    "itemclick": False,
    "itemdoubleclick": False,
    "bgcolor": CLEAR,
}
SEEN_ON_ALL = "#8A8F94"
"""A grey between light and dark: the mark of made-up data shows on the page and on every bar and cell."""
OWN_TEMPLATE = {"layout": {"separators": ".,"}}


def layout(
    setting: Setting,
    height: int,
    legend: Sequence[str] = (),
    annotations: Sequence[dict[str, Any]] = (),
    **more: Any,
) -> dict[str, Any]:
    """A layout for a plot `height` pixels high (without its legend): no grid, no title, see-through paper."""
    colours = palette(setting.dark)
    top = 8 + _legend_height(legend)
    margin = {"l": 8, "r": 12, "t": 8, "b": 8, "pad": 4} | more.pop("margin", {})
    marks = _illustrative(height) if setting.illustrative else []
    return {
        "template": dict(OWN_TEMPLATE),
        "height": height + top + margin["b"],
        "autosize": True,
        "margin": margin,
        "font": {"family": FONT, "size": TEXT_SIZE, "color": colours.ink},
        "paper_bgcolor": CLEAR,
        "plot_bgcolor": CLEAR,
        "separators": ".,",
        "dragmode": False,
        "hovermode": "closest",
        "hoverlabel": {
            "bgcolor": colours.card,
            "bordercolor": colours.quiet,
            "align": "left",
            "font": {"family": FONT, "size": TEXT_SIZE, "color": colours.ink},
        },
        "showlegend": len(legend) > 1,
        "legend": dict(LEGEND),
        "annotations": [*annotations, *marks],
        **more,
    }


def _legend_height(names: Sequence[str]) -> int:
    if len(names) < 2:
        return 0
    widest = max(len(name) for name in names) * 7 + 44
    columns = max(1, NARROWEST // widest)
    return 24 * ceil(len(names) / columns) + 8


def _illustrative(height: int) -> list[dict[str, Any]]:
    times = max(1, round(height / 340))
    return [
        {
            "text": "ILLUSTRATIVE",
            "xref": "paper",
            "yref": "paper",
            "x": 0.5,
            "y": (time + 0.5) / times,
            "xanchor": "center",
            "yanchor": "middle",
            "showarrow": False,
            "textangle": -20,
            "opacity": 0.38,
            "font": {"size": 32, "color": SEEN_ON_ALL},
        }
        for time in range(times)
    ]


def bare_axis(setting: Setting, **more: Any) -> dict[str, Any]:
    """An axis of amounts without grid, ticks or numbers: only the line at zero."""
    zero = {"zeroline": True, "zerolinecolor": palette(setting.dark).quiet, "zerolinewidth": 1}
    return {
        "showgrid": False,
        "showticklabels": False,
        "fixedrange": True,
        "automargin": True,
        **zero,
        **more,
    }


def label_axis(places: Sequence[float], labels: Sequence[str], **more: Any) -> dict[str, Any]:
    """An axis of labels that stand at given places."""
    ticks = {"tickmode": "array", "tickvals": list(places), "ticktext": list(labels)}
    quiet = {"showgrid": False, "zeroline": False, "fixedrange": True, "automargin": True}
    return {**quiet, **ticks, **more}


def wrapped(text: str, width: int) -> list[str]:
    """The lines of a label, each escaped for Plotly."""
    lines = [text] if len(text) <= width else textwrap.wrap(text, width)
    return [plotly_text(line) for line in lines]


def with_base(label: str, projects: int | None, width: int) -> str:
    """A category with its base: `Shared services · n = 6`, on more lines if it is long."""
    if projects is None:
        return "<br>".join(wrapped(label, width))
    base = f"n\u00a0=\u00a0{projects:,}"
    lines = wrapped(label, width)
    if len(lines[-1]) + len(base) + 3 <= width + 2:
        return "<br>".join([*lines[:-1], f"{lines[-1]}\u00a0·\u00a0{base}"])
    return "<br>".join([*lines, base])


def on_axis(measure: Measure, value: float) -> str:
    """A round amount as a tick: `£500k`, `£10m`."""
    if measure.unit == "percent":
        return f"{value:,.0f}%"
    if measure.unit == "pounds_per_pound":
        return f"£{value:,.2f}"
    if measure.unit != "GBP":
        return f"{value:,.0f}"
    return money(Decimal(str(value))).replace(".0", "")


def round_steps(low: float, high: float) -> list[float]:
    """Four to seven round numbers from `low` to `high`, zero among them if it lies between."""
    span = (high - low) or 1.0
    size = 10.0 ** floor(log10(span / 4))
    step = next(size * times for times in (1, 2, 5, 10) if span / (size * times) <= 6)
    return [place * step for place in range(ceil(low / step), floor(high / step) + 1)]


def hover(label: str, *lines: str) -> str:
    """The text under the pointer: what it is, then its numbers and base."""
    return "<br>".join([f"<b>{'<br>'.join(wrapped(label, 44))}</b>", *(plotly_text(line) for line in lines)])
