"""Amounts as marks in bands: which band, in which order, with which median."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from statistics import median

from dashboard.charts.rows import FEWEST_TO_RANK, LAST, Row, drawable, shown
from dashboard.dimensions import OBSERVATION, PROJECT, Dimension
from dashboard.measures import Measure
from dashboard.style import plain_text
from dashboard.table import Setting, Table


@dataclass(frozen=True)
class Mark:
    """One known amount: its row, the measure it is of, and what it is called."""

    row: Row
    measure: Measure
    label: str

    @property
    def amount(self) -> Decimal:
        """The amount, exact."""
        return self.row[self.measure.id]


@dataclass(frozen=True)
class Band:
    """The marks that stand together, `middle` is None where a median would say too much."""

    label: str
    marks: tuple[Mark, ...]
    middle: Decimal | None
    last: bool = False


def marked_by(table: Table) -> Dimension:
    """The dimension whose values are the marks: project or line where there is one, otherwise the last."""
    grain = [dimension for dimension in table.by if dimension in (PROJECT, OBSERVATION)]
    return grain[0] if grain else table.by[-1]


def banded_by(table: Table) -> Dimension | None:
    """The dimension whose values are the bands: the first, unless it is that of the marks."""
    return table.by[0] if table.by and table.by[0] != marked_by(table) else None


def bands_of(table: Table, setting: Setting) -> list[Band]:
    """The bands: in their declared or natural order if they have one, otherwise the highest median first."""
    dimension, groups = banded_by(table), {}
    for mark in marks_of(table):
        groups.setdefault(mark.row[dimension.id] if dimension else "", []).append(mark)
    bands = {code: _band(table, dimension, code, marks, setting) for code, marks in groups.items()}
    return [bands[code] for code in sorted(bands, key=lambda code: _order(dimension, code, bands[code]))]


def marks_of(table: Table) -> list[Mark]:
    """Every known amount that can stand on the axis, one mark each."""
    grain = marked_by(table)
    return [
        Mark(row, measure, plain_text(table.label(grain, row[grain.id])))
        for row in table.rows
        for measure in drawable(table)
        if row[measure.id] is not None
    ]


def _band(table: Table, dimension: Dimension | None, code: str, marks: Sequence[Mark], setting: Setting) -> Band:
    alike = len({(mark.measure.id, mark.row.get("stage"), mark.row.get("kind")) for mark in marks}) == 1
    enough = len(marks) >= FEWEST_TO_RANK and alike and not setting.examples
    middle = median([mark.amount for mark in marks]) if enough else None
    label = plain_text(table.label(dimension, code)) if dimension else ""
    return Band(label, tuple(_in_order(marks, setting)), middle, code in LAST)


def _in_order(marks: Sequence[Mark], setting: Setting) -> list[Mark]:
    if setting.examples:
        return sorted(marks, key=lambda mark: (mark.label, -mark.amount, mark.measure.id))
    return sorted(marks, key=lambda mark: (-mark.amount, mark.label, mark.measure.id))


def _order(dimension: Dimension | None, code: str, band: Band) -> tuple:
    declared = [name for name, _ in dimension.labels] if dimension else []
    last = code in LAST and code not in declared
    if dimension and (declared or dimension.ordered):
        return (last, declared.index(code) if code in declared else len(declared), code)
    return (last, band.middle is None, -(band.middle or 0), band.label, code)


def heading(band: Band, with_median: bool = True) -> str:
    """A band's label with its base, and its median where there is one."""
    start = f"{band.label} · " if band.label else ""
    middle = f" · median {shown(band.marks[0].measure, band.middle)}" if band.middle is not None else ""
    return f"{start}n = {len(band.marks):,}{middle if with_median else ''}"
