"""How the parts of a bar look: evidence dark to light, other parts by fill, none by colour alone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dashboard.charts.grid import Place
from dashboard.charts.shades import ink_on, ramp
from dashboard.dimensions import NOT_STATED
from dashboard.style import CLEAR, palette

EVIDENCE = {"sufficient": "dark", "partial": "mid", "insufficient": "light"}
OF_OTHERS = ("dark", "striped", "mid", "crossed")
UNCLEAR = "unclear"
PLACES = {"dark": 4, "mid": 3, "light": 1, "striped": 1, "crossed": 1, "dotted": 0}
"""Which colour of the ramp each fill has."""
SHAPES = {"striped": "/", "crossed": "x", "dotted": "."}
FIRST_SOLID = 3
"""From which place in the ramp a fill stands out from the page without an outline."""


@dataclass(frozen=True)
class Fill:
    """A fill of a bar, and the colour of what is written on it."""

    marker: Mapping[str, Any]
    ink: str


def fills_of(parts: Sequence[Place], kind: str | None, dark: bool) -> dict[str, Fill]:
    """The fill of each part by its code: what is not stated is an outline, what is unclear is dotted."""
    others = iter(OF_OTHERS)
    return {part.code: _fill(_name(part.code) or next(others), kind, dark) for part in parts}


def _name(code: str) -> str:
    return {**EVIDENCE, NOT_STATED: "outline", UNCLEAR: "dotted"}.get(code, "")


def _fill(name: str, kind: str | None, dark: bool) -> Fill:
    colours = ramp(kind, dark)
    edge = {"color": colours[4], "width": 1.5}
    if name == "outline":
        return Fill({"color": CLEAR, "line": edge}, palette(dark).ink)
    place = PLACES[name]
    line = {"color": palette(dark).card, "width": 2} if place >= FIRST_SOLID else edge
    if name not in SHAPES:
        return Fill({"color": colours[place], "line": line}, ink_on(place, dark))
    pattern = {"shape": SHAPES[name], "fillmode": "replace", "bgcolor": colours[0], "fgcolor": colours[1]}
    return Fill({"color": colours[1], "line": line, "pattern": pattern | {"size": 8, "solidity": 0.4}}, ink_on(0, dark))
