"""What a sheet of a return becomes: its lines, its ignored rows, its findings."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

Reason = Literal["blank", "total", "subtotal", "heading", "note", "band", "unit", "other_table"]

Fate = Literal["held", "quarantined"]


@dataclass(frozen=True, slots=True)
class Line:
    """One amount of one project: the text of its cells by canonical column, and the unit of its plain numbers.

    `row` is the row of the sheet, the first being 1. `column` is the heading that the amount stood under in a wide
    layout. `given` names the columns that were filled by a statement. A column that the sheet lacks has no cell.
    """

    row: int
    column: str | None
    cells: dict[str, str]
    unit: str
    given: tuple[str, ...] = ()


class IgnoredRow(NamedTuple):
    """A row below the headings that holds no line, and why; `other_table` if it belongs to a table not of savings."""

    row: int
    reason: Reason
    found: str


class Finding(NamedTuple):
    """What was found in a sheet or a row. `fate` is what it makes of its lines: held, quarantined, or None.

    With `row` None it is about the sheet. With `heading` it is about the line of that row which stood under that
    heading (`Line.column`), without it about every line of the row. `column` is a canonical column, or a heading
    that has none.
    """

    code: str
    row: int | None
    column: str | None
    found: str
    message: str
    suggestion: str | None = None
    fate: Fate | None = None
    heading: str | None = None


@dataclass(frozen=True)
class Shaped:
    """A sheet as staged lines. `why_ignored` says why a sheet holds none, and is None where it holds a table.

    `columns` are the headings as typed by canonical column, several joined by ` | `. `units` are the units of the
    other columns of money (grant, council's cost); their cells are text as sent.
    """

    heading_rows: tuple[int, ...] = ()
    columns: Mapping[str, str] = field(default_factory=dict)
    lines: list[Line] = field(default_factory=list)
    ignored: list[IgnoredRow] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    why_ignored: str | None = None
    units: Mapping[str, str] = field(default_factory=dict)
