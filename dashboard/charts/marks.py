"""How one amount looks as a mark: hue of its kind, fill of its stage, or its standing."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from dashboard.charts.rows import Row, lower_first
from dashboard.dimensions import KIND, STAGE, STANDING
from dashboard.measures import KIND_LABELS, STAGE_LABELS, Measure
from dashboard.style import Palette, colour_of_kind


@dataclass(frozen=True)
class Look:
    """A fill. `sign` is written inside the mark; `small` marks are those that another amount stands for."""

    words: str
    symbol: str = "circle"
    hollow: bool = True
    sign: str = ""
    small: bool = False


SOLID = Look("Achieved", hollow=False)
OF_STAGE = {
    "achieved": SOLID,
    "projected": Look("Projected", sign="/"),
    "identified": Look("Identified"),
    "withdrawn": Look("Withdrawn", sign="—"),
    "unclear": Look("At no stated stage", symbol="circle-open-dot"),
}
OF_STANDING = {
    "held": Look("Held for a person to decide", sign="?"),
    "quarantined": Look("Quarantined", sign="×"),
    "superseded": Look("Superseded", small=True),
    "part_of": Look("Part of a wider amount", small=True),
    "left_out": Look("Left out of totals", symbol="circle-open-dot"),
}
IN_LABELS = {
    "held": "held",
    "quarantined": "quarantined",
    "superseded": "superseded",
    "part_of": "part of another",
    "left_out": "left out",
}


def stage_of(row: Row, measure: Measure) -> str | None:
    """The stage of an amount: its row's, or what its measure is restricted to."""
    return row.get(STAGE.id) or measure.stage


def kind_of(row: Row, measure: Measure) -> str | None:
    """The kind of an amount: its row's, or what its measure is restricted to."""
    return row.get(KIND.id) or measure.kind


def kind_words(kind: str | None) -> str:
    """The kind as the legend says it; hue tells savings and income from everything else."""
    certain = ("efficiency_saving", "income_generation")
    return KIND_LABELS[kind] if kind in certain else "Not split or kind unclear"


def look_of(row: Row, measure: Measure) -> Look:
    """The fill of an amount: standing first where it is held, withdrawn or not counted, then stage."""
    standing, stage = row.get(STANDING.id), stage_of(row, measure)
    if stage == "withdrawn" and standing != "held":
        return OF_STAGE["withdrawn"]
    if standing in OF_STANDING:
        return OF_STANDING[standing]
    return OF_STAGE.get(stage or "", SOLID)


def standing_words(row: Row, measure: Measure) -> str:
    """What a direct label adds: nothing where the amount counts."""
    if stage_of(row, measure) == "withdrawn" and row.get(STANDING.id) != "held":
        return STAGE_LABELS["withdrawn"]
    return IN_LABELS.get(row.get(STANDING.id, ""), "")


def legend_words(looks: Sequence[Look]) -> str:
    """What the legend says of looks that are drawn alike: the sign inside the mark, then each in words."""
    first, *others = looks
    words = " or ".join([first.words, *(lower_first(look.words) for look in others)])
    return f"{first.sign} {words}".strip()


def in_focus(row: Row, focus: str) -> bool:
    """Whether a row is the one that is set apart from the others; all are where none is."""
    return not focus or focus in row.values()


def marker(look: Look, kind: str | None, colours: Palette, size: int, focused: bool = True) -> dict[str, Any]:
    """The Plotly marker of a look; marks cannot be hatched: a projected one is hollow with a stroke."""
    colour = colour_of_kind(kind, colours) if focused else colours.rest
    size = round(size * 0.62) if look.small else size
    if look.symbol != "circle":
        return {"symbol": look.symbol, "size": size, "color": colour, "line": {"width": 1.5, "color": colour}}
    if look.hollow:
        return {
            "symbol": "circle",
            "size": size,
            "color": colours.card,
            "line": {"width": 1.5, "color": colour},
        }
    return {
        "symbol": "circle",
        "size": size,
        "color": colour,
        "opacity": 0.85 if size < 12 else 1,
        "line": {"width": 1, "color": colours.card},
    }
