"""What a chart reads off the rows of a table: labels, known values, totals, and who carries them."""

import json
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from dashboard.dimensions import NOT_STATED
from dashboard.measures import Measure
from dashboard.style import counted, number, number_in_full, plain_text
from dashboard.table import Table

Row = Mapping[str, Any]
LAST = (NOT_STATED, "other")
FEWEST_TO_RANK = 5


def label_of(table: Table, row: Row) -> str:
    """How a row is called: the labels of its dimensions, in one line."""
    names = [table.label(dimension, row[dimension.id]) for dimension in table.by]
    return plain_text(", ".join(names)) or "All"


def stands_last(table: Table, row: Row) -> bool:
    """Whether a row is what was not stated, or mapped to no value: it stands at the end, set apart."""
    return bool(table.by) and row[table.by[0].id] in LAST


def mark_id(table: Table, row: Row) -> str:
    """What a mark of a row is called, so that a click on it can be followed: its codes as a JSON list."""
    return json.dumps([row[dimension.id] for dimension in table.by], ensure_ascii=False)


def codes_of_mark(drawing: Mapping[str, Any], curve: int, point: int) -> list[str]:
    """The codes of the mark that was clicked, by its trace and place there; none where it stands for no single row."""
    traces = drawing["data"]
    ids = traces[curve].get("ids", ()) if 0 <= curve < len(traces) else ()
    return json.loads(ids[point]) if 0 <= point < len(ids) and ids[point] else []


def known(table: Table, measure: Measure) -> list[Row]:
    """The rows that know a measure."""
    return [row for row in table.rows if row[measure.id] is not None]


def measures_known(table: Table) -> list[Measure]:
    """The measures that at least one row knows."""
    return [measure for measure in table.measures if known(table, measure)]


def drawable(table: Table) -> list[Measure]:
    """The measures that can share an axis: the unit of the first, each stage and kind once."""
    unit, told = table.measures[0].unit, {}
    for measure in table.measures:
        if measure.unit == unit:
            told.setdefault((measure.stage, measure.kind), measure)
    return list(told.values())


def nothing_to_draw(table: Table) -> bool:
    """Whether no row knows any measure that could be drawn."""
    return not any(known(table, measure) for measure in drawable(table))


def parts_of_whole(table: Table, measure: Measure) -> Decimal | None:
    """The total that shares may be taken of: the measure adds up, without a minus, to more than zero."""
    values = [row[measure.id] for row in known(table, measure)]
    if not measure.adds_up or not values or min(values) < 0:
        return None
    return Decimal(sum(values)) or None


def shown(measure: Measure, value: Any) -> str:
    """A value as charts show it: `£2.0m`, `1,234`, `not known`."""
    return number(value, measure.unit)


def in_full(measure: Measure, value: Any) -> str:
    """A value to the pound (or penny), as a whole number, or to a tenth of a percent."""
    return number_in_full(value, measure.unit)


def base_of(row: Row) -> str:
    """The base behind a row: `6 projects, 5 councils`."""
    names = (("projects", "project"), ("councils", "council"))
    return ", ".join(counted(row[key], noun) for key, noun in names if row.get(key) is not None)


def lower_first(text: str) -> str:
    """A label inside a sentence."""
    return text[:1].lower() + text[1:]
