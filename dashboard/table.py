"""The table that answers a question: rows of codes and numbers, their labels, and the base of each row."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from dashboard.dimensions import NOT_STATED, Dimension
from dashboard.measures import Measure


@dataclass(frozen=True)
class Place:
    """Where a map shows a council: {first day of a set of boundaries: (half hexagons from left, rows from top)}.

    `hexagons` is empty for a council that shares its ground with others, such as a county. It existed from `since`
    (None: from before the first boundaries) to `until`, its last day (None: it stands).
    """

    council_type: str
    region: str
    since: date | None
    until: date | None
    hexagons: dict[date, tuple[int, int]]


@dataclass(frozen=True)
class Table:
    """One row for each combination of `by` that holds anything, in a total order.

    A row maps each dimension's id to a code (`not_stated` where there is none), each measure's id to a
    Decimal in pounds, a count, or None (not known), and `projects` and `councils` to the base behind the row.
    `unapportioned` names the measures in which a council stands as a partner whose share is not apportioned.
    `labels` maps a dimension's id to {code: label}. `details` are further columns of text (key, heading) that describe
    the last dimension's codes, such as a source. `places` are all councils, where the rows are councils.
    """

    by: tuple[Dimension, ...]
    measures: tuple[Measure, ...]
    rows: tuple[Mapping[str, Any], ...]
    labels: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    details: tuple[tuple[str, str], ...] = ()
    places: Mapping[str, Place] = field(default_factory=dict)

    def label(self, dimension: Dimension, code: str) -> str:
        """How a code of a dimension is called on screen."""
        if code == NOT_STATED:
            return dimension.not_stated
        return self.labels.get(dimension.id, {}).get(code, code)

    @property
    def based(self) -> bool:
        """Whether each row's base says something: not where rows are single lines, or count projects themselves."""
        return not {measure.source for measure in self.measures} & {"observations", "claims", "projects", "assumptions"}

    def total(self, measure: Measure) -> Decimal | None:
        """The sum of a measure that adds up, over all rows; None if no row knows it. ValueError otherwise."""
        if not measure.adds_up:
            raise ValueError(f"'{measure.id}' does not add up over rows.")
        known = [row[measure.id] for row in self.rows if row[measure.id] is not None]
        return sum(known, start=Decimal(0)) if known else None


@dataclass(frozen=True)
class Setting:
    """What a drawing must know beyond its rows.

    `dark` is the theme; `illustrative` marks made-up data; `examples` marks chosen examples, which are
    neither ranked nor averaged nor read as a trend. `focus` is the code of the row that is set apart from the others.
    """

    dark: bool = False
    illustrative: bool = False
    examples: bool = False
    focus: str = ""


@dataclass(frozen=True)
class Words:
    """What a drawing says in words: the message, and the same with its numbers for who cannot see it."""

    headline: str
    alt: str


def place_of(dimension: Dimension, code: str, labels: Mapping[str, str]) -> tuple[bool, int, str, str]:
    """Where a row stands: not stated last; declared values in their declared order, others by label."""
    declared = [value for value, _ in dimension.labels]
    place = declared.index(code) if code in declared else len(declared)
    return (code == NOT_STATED, place, code if dimension.ordered else labels.get(code, code), code)
