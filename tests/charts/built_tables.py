"""Tables built by hand and at random, for the tests of charts."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from dashboard.dimensions import NOT_STATED, Dimension
from dashboard.measures import INCOME_ACHIEVED, SAVINGS_ACHIEVED, SAVINGS_PROJECTED, Measure
from dashboard.table import Table

CODES = tuple(f"area_{number:02d}" for number in range(20))
YEARS = tuple(f"{year}-{(year + 1) % 100:02d}" for year in range(2010, 2030))
AMOUNT = st.none() | st.decimals("-1000000000", "1000000000", places=2) | st.just(Decimal(0))
TEXT = st.text(st.characters(codec="utf-8"), max_size=60)


def table(
    dimension: Dimension,
    measure: Measure,
    rows: Sequence[tuple[str, Any, int]],
    labels: dict[str, str] | None = None,
) -> Table:
    """A table of one measure: rows of code, value and number of projects."""
    made = [
        {
            dimension.id: code,
            measure.id: None if value is None else Decimal(value),
            "projects": projects,
            "councils": projects,
        }
        for code, value, projects in rows
    ]
    return Table((dimension,), (measure,), tuple(made), {dimension.id: labels or {}})


@st.composite
def tables(draw: st.DrawFn, dimension: Dimension, codes: Sequence[str] = CODES) -> Table:
    """A random table of one to three measures, `not stated` and `other` sometimes among its rows."""
    measures = (SAVINGS_ACHIEVED, INCOME_ACHIEVED, SAVINGS_PROJECTED)[: draw(st.integers(1, 3))]
    chosen = draw(st.lists(st.sampled_from([*codes, NOT_STATED, "other"]), unique=True))
    rows = tuple(
        {dimension.id: code, "projects": draw(st.integers(0, 40)), "councils": draw(st.integers(0, 40))}
        | {measure.id: draw(AMOUNT) for measure in measures}
        for code in sorted(chosen)
    )
    return Table((dimension,), measures, rows, {dimension.id: {code: draw(TEXT) for code in chosen}})


def total(table: Table) -> Decimal:
    """The sum of every known amount of a table."""
    return sum((row[m.id] for row in table.rows for m in table.measures if row[m.id] is not None), Decimal(0))


def drawn_total(figure: dict[str, Any] | None, axis: str) -> Decimal:
    """The sum of the bars of a figure, to the penny."""
    values = [value for trace in figure["data"] if trace["type"] == "bar" for value in trace[axis]] if figure else []
    return sum((Decimal(value).quantize(Decimal("0.01")) for value in values), Decimal(0))


def grid(
    by: tuple[Dimension, Dimension],
    measure: Measure,
    cells: Sequence[tuple[str, str, Any, int]],
    labels: dict[str, dict[str, str]] | None = None,
) -> Table:
    """A table of one measure by two dimensions: rows of two codes, value and number of projects."""
    down, across = by
    rows = [
        {down.id: row, across.id: column, measure.id: None if value is None else Decimal(value)}
        | {"projects": projects, "councils": projects}
        for row, column, value, projects in cells
    ]
    return Table(by, (measure,), tuple(rows), labels or {})


@st.composite
def grids(
    draw: st.DrawFn,
    by: tuple[Dimension, Dimension],
    codes: Sequence[str] = YEARS,
    measure: Measure = SAVINGS_ACHIEVED,
    amounts: st.SearchStrategy[Any] = AMOUNT,
) -> Table:
    """A random table by two dimensions, `not stated` and `other` sometimes among its rows and columns."""
    pairs = st.tuples(st.sampled_from([*CODES[:5], NOT_STATED, "other"]), st.sampled_from([*codes, NOT_STATED]))
    chosen = draw(st.lists(pairs, unique=True, min_size=1, max_size=25))
    cells = [(row, column, draw(amounts), draw(st.integers(0, 9))) for row, column in chosen]
    return grid(by, measure, cells, {by[0].id: {code: draw(TEXT) for code in CODES[:5]}})


def luminance(colour: str) -> float:
    """How light a colour is, as WCAG reckons it."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """The contrast of two colours, as WCAG reckons it: 1 to 21."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)
