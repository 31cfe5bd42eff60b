"""Lines that are typed together: their values for the table `typed`, what was found in their cells, and their signs."""

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from etl.typed import Typed, either, references, typed
from etl.values.plain_pounds import POUNDS

TURNED = (("amount_gbp", "amount_gbp"), ("amount_low_gbp", "amount_high_gbp"), ("amount_high_gbp", "amount_low_gbp"))
KEPT = ("project_ref", "project_title", "lead_council", "partner_councils", "source_title", "source_url")
BATCH = 122_880
"""Lines that DuckDB takes in one piece, so that its threads share the work."""


@dataclass(frozen=True)
class Batch:
    """Typed `lines`; findings on their cells, in the columns of `findings`; and by return number, counts of signs.

    `below` counts amounts below zero, `above` those above it.
    """

    lines: pa.Table
    noted: pa.Table
    below: np.ndarray
    above: np.ndarray


def batch_of(
    staged: pa.Table, return_no: np.ndarray, line_no: np.ndarray, turned: Collection[int], reference: Path
) -> Batch:
    """Types staged lines. In the returns that are `turned`, by number, a minus means a saving."""
    cells = typed(staged, reference)
    _turn_signs(cells, return_no, turned)
    lines = _table(staged, cells, return_no, line_no)
    amounts = cells.columns["amount_gbp"].cast(pa.float64()).fill_null(0).to_numpy(zero_copy_only=False)
    returns = int(return_no.max(initial=0)) + 1
    below, above = (np.bincount(return_no[which], minlength=returns) for which in (amounts < 0, amounts > 0))
    return Batch(lines, _placed(cells.noted(), staged, return_no, line_no), below, above)


def _placed(noted: pa.Table, staged: pa.Table, return_no: np.ndarray, line_no: np.ndarray) -> pa.Table:
    """Findings on cells in the columns of `findings`."""
    places = noted["line"]
    at = {"sheet": staged["sheet"].cast(pa.string()).take(places), "row": staged["row"].take(places)}
    numbers, of_line = (pa.array(each[places.to_numpy()]) for each in (return_no, line_no))
    rest = ("column_name", "code", "fate", "found", "message", "suggestion")
    return pa.table({"line_no": of_line, "return_no": numbers, **at, **{name: noted[name] for name in rest}})


def _turn_signs(cells: Typed, return_no: np.ndarray, turned: Collection[int]) -> None:
    """Turns the amounts of the returns in which a minus means a saving; the ends of a range change places."""
    if not turned:
        return
    those = pa.array(np.isin(return_no, list(turned)))
    pairs = (*TURNED, ("cell_low", "cell_high"), ("cell_high", "cell_low"))
    turned_of = {name: pc.call_function("negate", [cells.columns[name].cast(POUNDS)]) for name, _ in pairs}
    cells.columns |= {name: either(those, turned_of[other], cells.columns[name]) for name, other in pairs}


def _table(staged: pa.Table, cells: Typed, return_no: np.ndarray, line_no: np.ndarray) -> pa.Table:
    """The lines for the table `typed`: places, texts that are kept as typed, and typed values."""
    columns = {name: staged[name] for name in ("sheet", "sheet_no", "row", "cell_column", "given", *KEPT)}
    columns |= {f"{name}_typed": staged[name] for name in ("skill_area", "publishable")}
    columns |= {name: staged[name] for name in ("source_quote", "notes")}
    columns |= {name: pa.chunked_array([array]) for name, array in cells.columns.items()}
    columns["project_ref"] = pa.chunked_array([references(staged["project_ref"])])
    columns["line_no"] = pa.chunked_array([pa.array(line_no, pa.int32())])
    columns["return_no"] = pa.chunked_array([pa.array(return_no)])
    table = pa.table(columns)
    return pa.Table.from_batches(table.to_batches(BATCH), table.schema)
