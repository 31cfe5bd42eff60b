"""The visual grammar: palette, fonts, the chart template, and the one money formatter."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Any


@dataclass(frozen=True)
class Palette:
    """Colours of one theme, as hex. Hue is kind; `focus` and `rest` set one thing apart from the others."""

    paper: str
    card: str
    ink: str
    quiet: str
    rule: str
    saving: str
    income: str
    unclear: str
    focus: str
    rest: str
    warn: str


LIGHT = Palette(
    paper="#FBFAF8",
    card="#FFFFFF",
    ink="#1D2733",
    quiet="#55606B",
    rule="#D9D6D0",
    saving="#12436D",
    income="#F46A25",
    unclear="#3D3D3D",
    focus="#12436D",
    rest="#BFBFBF",
    warn="#801650",
)
DARK = Palette(
    paper="#11161C",
    card="#171E26",
    ink="#E8E6E1",
    quiet="#A9B1B9",
    rule="#333C46",
    saving="#6BACE6",
    income="#F46A25",
    unclear="#BFBFBF",
    focus="#6BACE6",
    rest="#5B6570",
    warn="#E58FBF",
)
FONT = '"Source Sans", "Source Sans 3", "Source Sans Pro", "Liberation Sans", Arial, sans-serif'


def palette(dark: bool) -> Palette:
    """The palette of the theme."""
    return DARK if dark else LIGHT


def colour_of_kind(kind: str | None, colours: Palette) -> str:
    """Kind is hue: savings blue, income orange, everything else grey."""
    return {"efficiency_saving": colours.saving, "income_generation": colours.income}.get(kind or "", colours.unclear)


_LITTLE_TO_MUCH = {
    "efficiency_saving": ("#CDE2F6", "#9FC9EE", "#6BACE6", "#2073BC", "#12436D"),
    "income_generation": ("#FCE0D2", "#F9B592", "#F46A25", "#B44711", "#74290A"),
}
_OF_UNCLEAR_KIND = ("#E6E6E6", "#C6C6C6", "#999999", "#666666", "#3D3D3D")


def colours_of_steps(kind: str | None, dark: bool) -> tuple[str, ...]:
    """Five shades of a kind's hue from little to much, so that more stands out more from the page."""
    shades = _LITTLE_TO_MUCH.get(kind or "", _OF_UNCLEAR_KIND)
    return shades[::-1] if dark else shades


_STEPS = (
    (Decimal(10) ** 9, "billion", "bn"),
    (Decimal(10) ** 6, "million", "m"),
    (Decimal(10) ** 3, "", "k"),
)


def money(amount: Decimal | None, prose: bool = False) -> str:
    """An amount in pounds as a reader sees it: `£2.0m` in charts, `£1.95 million` in prose.

    Rounded half-even at the last step, never cut. Pounds below a million stay whole in prose (`£565,000`), and
    are thousands in charts (`£565k`). None is `not known`; zero is `£0`.
    """
    if amount is None:
        return "not known"
    sign, size = ("−" if amount < 0 else ""), abs(amount)
    for place, (step, word, letter) in enumerate(_STEPS):
        if size < step or (prose and not word):
            continue
        text = _rounded(size / step, 2 if prose else (1 if letter != "k" else 0))
        if Decimal(text.replace(",", "")) >= 1000 and place:
            step, word, letter = _STEPS[place - 1]
            text = _rounded(size / step, 2 if prose else 1)
        return f"{sign}£{_trim(text)} {word}" if prose else f"{sign}£{text}{letter}"
    return _small(size, sign, prose)


def _small(size: Decimal, sign: str, prose: bool) -> str:
    pounds = Decimal(_rounded(size, 0).replace(",", ""))
    if pounds >= (Decimal(10) ** 6 if prose else Decimal(10) ** 3):
        return money(pounds if not sign else -pounds, prose)
    return f"{sign}£{pounds:,}"


def _rounded(value: Decimal, places: int) -> str:
    return f"{value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_EVEN):,}"


def _trim(text: str) -> str:
    return text.rstrip("0").rstrip(".") if "." in text else text


def pounds(amount: Decimal | None) -> str:
    """An amount to the pound, or to the penny where it has pence: `£1,015,000`; None is `not known`."""
    if amount is None:
        return "not known"
    sign, size = ("−" if amount < 0 else ""), abs(amount)
    return f"{sign}£{size:,.2f}" if size % 1 else f"{sign}£{size:,.0f}"


def number(value: Decimal | int | None, unit: str) -> str:
    """A value as charts show it: `£2.0m`, `1,234`, `26.4%`, `£3.20`, `not known`."""
    return money(Decimal(value)) if value is not None and unit == "GBP" else number_in_full(value, unit)


def number_in_full(value: Decimal | int | None, unit: str) -> str:
    """A value to the pound or penny, as a whole number, to a tenth of a percent, or in pounds and pence per £1."""
    if value is None or unit == "GBP":
        return pounds(None if value is None else Decimal(value))
    if unit == "percent":
        return f"{_rounded(Decimal(value), 1)}%"
    return f"£{_rounded(Decimal(value), 2)}" if unit == "pounds_per_pound" else f"{value:,}"


UNIT_MARKS = {"GBP": " (£)", "percent": " (%)", "pounds_per_pound": " (£ per £1)"}
"""What stands after a heading over numbers of a unit; counts stand without."""


def counted(number: int, noun: str, plural: str | None = None) -> str:
    """A number with its noun in the right form: `1 project`, `12 projects`, `0 councils`."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


CLEAR = "rgba(0,0,0,0)"
_PATTERNS = {"projected": "/", "unclear": ".", "withdrawn": "-"}
_DASHES = {"projected": "dash", "identified": "dot", "unclear": "dot", "withdrawn": "dot"}


def marker_of_stage(stage: str | None, colour: str) -> dict[str, Any]:
    """Stage is fill, as the `marker` of a Plotly bar: solid, hatched, outline only, or dotted."""
    outline = {"color": colour, "width": 1.5}
    if stage == "identified":
        return {"color": CLEAR, "line": outline}
    if stage not in _PATTERNS:
        return {"color": colour, "line": {"width": 0}}
    pattern = {"shape": _PATTERNS[stage], "fillmode": "replace", "fgcolor": colour, "bgcolor": CLEAR}
    return {"color": colour, "line": outline, "pattern": pattern | {"size": 7, "solidity": 0.35}}


def marker_of_stages(stages: Sequence[str | None], colour: str) -> dict[str, Any]:
    """The `marker` of a Plotly bar whose bars are of several stages, each filled as its own."""
    each = [marker_of_stage(stage, colour) for stage in stages]
    pattern = {"fillmode": "replace", "fgcolor": colour, "bgcolor": CLEAR, "size": 7, "solidity": 0.35}
    return {
        "color": [one["color"] for one in each],
        "line": {"color": colour, "width": [one["line"]["width"] for one in each]},
        "pattern": pattern | {"shape": [one.get("pattern", {}).get("shape", "") for one in each]},
    }


def dash_of_stage(stage: str | None) -> str:
    """Stage as the dash of a line: achieved solid, projected dashed, everything weaker dotted."""
    return _DASHES.get(stage or "", "solid")


_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\xad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff]"
)


def plain_text(text: str) -> str:
    """Text from data on one line, without control characters and marks that turn or hide letters."""
    return " ".join(_UNSEEN.sub("", text).split())


def plotly_text(text: str) -> str:
    """Text from data where Plotly reads tags, entities and formulas between dollars: shown as typed."""
    plain = plain_text(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return plain.replace("$", "&#36;")
