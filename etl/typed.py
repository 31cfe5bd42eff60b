"""Staged text becomes typed columns: each distinct text is read once, and its value is taken to every line of it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from etl.readers.columns import whole
from etl.readings import MONEY_COLUMNS, QUARANTINES_IF_UNREADABLE, WORD_COLUMNS, YEAR_COLUMNS, read_days
from etl.values import Reading
from etl.values.date import read_date
from etl.values.financial_year import read_financial_year
from etl.values.money import Money
from etl.values.percent import read_percent, read_shares
from etl.values.plain_pounds import POUNDS, matches, plain_pounds, read_odd
from etl.values.words import read_skill_area, read_word

PERCENT = pa.decimal128(9, 4)
NOBODY = -1
FINDINGS = pa.schema(
    [
        ("line", pa.int64()),
        ("column_name", pa.string()),
        ("code", pa.string()),
        ("fate", pa.string()),
        ("found", pa.string()),
        ("message", pa.string()),
        ("suggestion", pa.string()),
    ]
)


@dataclass
class Typed:
    """Typed columns by name, all of one length, and what was found in cells (`line` is the place of a line, from 0)."""

    columns: dict[str, pa.Array]
    findings: list[pa.Table] = field(default_factory=list)

    def noted(self) -> pa.Table:
        """All findings as one table in the order of FINDINGS."""
        return pa.concat_tables(self.findings) if self.findings else FINDINGS.empty_table()


def typed(staged: pa.Table, reference: Path) -> Typed:
    """Types the text columns of staged lines; what could not be read is null, and a finding says so.

    `staged` has the canonical columns as text (null where empty) and `amount_unit`, `grant_unit`, `cost_unit`.
    """
    found = Typed({})
    for column, (read, kind) in readers(reference).items():
        _read_column(found, column, staged[column], read, kind)
    for column in MONEY_COLUMNS:
        _read_money_column(found, column, staged)
    return found


def readers(reference: Path) -> dict[str, tuple[Callable[[str], Reading], pa.DataType]]:
    """The reading function of each column whose text stands for a value other than money or a council, and its type."""
    words = pa.dictionary(pa.int16(), pa.string())
    found: dict[str, tuple[Callable[[str], Reading], pa.DataType]] = {
        column: (read_financial_year, pa.int16()) for column in YEAR_COLUMNS
    }
    for column in WORD_COLUMNS:
        found[column] = (partial(read_word, column=column, reference=reference), words)
    found["skill_area"] = (partial(read_skill_area, reference=reference), words)
    found["reported_on"] = (read_date, pa.date32())
    found["attribution_share"] = (read_percent, PERCENT)
    found["partner_shares"] = (read_shares, pa.list_(PERCENT))
    found["expert_days"] = (read_days, pa.decimal128(9, 2))
    return found


def encoded(column: pa.ChunkedArray) -> tuple[list[str], np.ndarray]:
    """The distinct texts of a column, and for each line which of them it has; NOBODY where it has none."""
    if column.null_count == len(column):
        return [], np.full(len(column), NOBODY, np.int32)
    if not pa.types.is_dictionary(column.type):
        column = column.dictionary_encode()
    one = whole(column.unify_dictionaries())
    indices = one.indices.fill_null(NOBODY).to_numpy(zero_copy_only=False).astype(np.int32, copy=False)
    return one.dictionary.to_pylist(), indices


def _read_column(
    found: Typed, column: str, texts: pa.ChunkedArray, read: Callable[[str], Reading], kind: pa.DataType
) -> None:
    values, indices = encoded(texts)
    readings = [read(text) for text in values]
    found.columns[column] = taken([reading.value for reading in readings], indices, kind)
    fate = "quarantined" if column in QUARANTINES_IF_UNREADABLE else None
    _note(found, column, values, indices, readings, fate)


def taken(values: Sequence[object], indices: np.ndarray, kind: pa.DataType) -> pa.Array:
    """The value of each line as an array of this type: `values[index]`, null where the index is NOBODY."""
    if not values or all(value is None for value in values):
        return nothing(len(indices), kind)
    places = pa.array(indices, mask=indices < 0)
    if not pa.types.is_dictionary(kind):
        return pa.array(values, kind).take(places)
    distinct = list(dict.fromkeys(value for value in values if value is not None))
    place_of = {value: place for place, value in enumerate(distinct)}
    codes = pa.array([place_of.get(value) for value in values], kind.index_type)
    return pa.DictionaryArray.from_arrays(codes.take(places), pa.array(distinct, kind.value_type))


def nothing(count: int, kind: pa.DataType) -> pa.Array:
    """No value on any line. Amounts that nobody states take no memory: theirs is the type that only has nulls."""
    return pa.nulls(count) if pa.types.is_decimal(kind) or pa.types.is_string(kind) else pa.nulls(count, kind)


def either(which: pa.Array, one: pa.Array, other: pa.Array) -> pa.Array:
    """Of two arrays, the first where `which` is true, else the second; either may be of nulls only."""
    if one.type != other.type:
        kind = other.type if pa.types.is_null(one.type) else one.type
        one, other = one.cast(kind), other.cast(kind)
    return pc.call_function("if_else", [which, one, other])


def references(texts: pa.ChunkedArray) -> pa.Array:
    """References of projects in capitals, with single blanks, so that those that differ in nothing else are one."""
    found = whole(texts)
    if matches(found, r"\s\s|[\t\r\n]").any():
        options = pc.ReplaceSubstringOptions(r"\s+", " ")
        found = pc.call_function("replace_substring_regex", [found], options)
    return pc.call_function("utf8_upper", [found]) if matches(found, r"\p{Ll}").any() else found


def _note(
    found: Typed,
    column: str,
    values: Sequence[str],
    indices: np.ndarray,
    readings: Sequence[Reading | Money],
    fate: str | None,
) -> None:
    """Adds the findings of a column: those of each text that has one, at every line of that text."""
    told = [place for place, reading in enumerate(readings) if reading.code]
    if not told:
        return
    is_told = np.zeros(len(values) + 1, bool)
    is_told[told] = True
    lines = np.flatnonzero(is_told[indices])
    row_of = np.zeros(len(values), np.int64)
    row_of[told] = np.arange(len(told))
    texts = {
        "code": [readings[place].code for place in told],
        "fate": [fate if readings[place].bad else None for place in told],
        "found": [values[place] for place in told],
        "message": [readings[place].message for place in told],
        "suggestion": [readings[place].suggestion for place in told],
    }
    rows = pa.table({name: pa.array(texts[name], pa.string()) for name in texts}).take(row_of[indices[lines]])
    columns = {"line": pa.array(lines, pa.int64()), "column_name": pa.array([column] * len(lines), pa.string())}
    found.findings.append(pa.table(columns | dict(zip(rows.column_names, rows.columns, strict=True)), FINDINGS))


UNIT_COLUMNS: Mapping[str, str] = {"grant_gbp": "grant_unit", "council_cost_gbp": "cost_unit"}


def _read_money_column(found: Typed, column: str, staged: pa.Table) -> None:
    """Fills the column, and for an amount `low`, `high` and `basis` as its own cell states them."""
    count, kinds = staged.num_rows, {"amount": POUNDS, "low": POUNDS, "high": POUNDS, "basis": pa.string()}
    read: dict[str, pa.Array] = {name: nothing(count, kind) for name, kind in kinds.items()}
    if staged[column].null_count < count:
        texts = whole(staged[column].cast(pa.string()))
        units, unit_of = encoded(staged[UNIT_COLUMNS.get(column, "amount_unit")])
        units, unit_of = [*units, "£"], np.where(unit_of < 0, len(units), unit_of)
        in_pounds = np.array([unit == "£" for unit in units], bool)[unit_of]
        read["amount"], odd = plain_pounds(texts, in_pounds)
        if len(odd):
            _read_odd_money(found, column, read, (texts.take(pa.array(odd)), odd, units, unit_of[odd]))
    found.columns[column] = read["amount"]
    if column == "amount_gbp":
        found.columns |= {f"cell_{name}": read[name] for name in ("low", "high", "basis")}


def _read_odd_money(
    found: Typed, column: str, read: dict[str, pa.Array], odd: tuple[pa.Array, np.ndarray, list[str], np.ndarray]
) -> None:
    """Reads the amounts that are no plain pounds, each distinct text and unit once."""
    texts, rows, units, unit_of = odd
    values, indices = encoded(pa.chunked_array([texts]))
    pairs, places = np.unique(indices.astype(np.int64) * len(units) + unit_of, return_inverse=True)
    said = [divmod(int(pair), len(units)) for pair in pairs]
    readings = [read_odd(values[text], units[unit]) for text, unit in said]
    which = np.full(len(read["amount"]), NOBODY, np.int32)
    which[rows] = places
    is_odd = pa.array(which >= 0)
    for name, known in read.items():
        kind = pa.string() if name == "basis" else POUNDS
        read[name] = either(is_odd, taken([getattr(one, name) for one in readings], which, kind), known)
    fate = "quarantined" if column in QUARANTINES_IF_UNREADABLE else None
    _note(found, column, [values[text] for text, _ in said], which, readings, fate)
