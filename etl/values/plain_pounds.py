"""Columns of amounts, most of which are plain pounds: those are typed all at once, exactly as `read_money` would."""

from functools import lru_cache

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from etl.values.money import Money, read_money

POUNDS = pa.decimal128(18, 2)
PLAIN_POUNDS = r"^(?:0|[1-9][0-9]{0,11})(?:\.[0-9]{1,2})?$"
"""Amounts that can be read in one way only, in a column of pounds."""


@lru_cache(maxsize=65_536)
def read_odd(text: str, unit: str) -> Money:
    """What `read_money` says of an amount that is not plain: it is asked for the totals first, then for the lines."""
    return read_money(text, unit)


def plain_pounds(texts: pa.Array, in_pounds: np.ndarray | bool = True) -> tuple[pa.Array, np.ndarray]:
    """The amounts in pounds of those texts that are plain, null elsewhere; and which texts are neither plain nor null.

    `in_pounds` says of which texts the column's unit is the pound.
    """
    is_plain = matches(texts, PLAIN_POUNDS) & in_pounds
    plain = pc.call_function("if_else", [pa.array(is_plain), texts, pa.nulls(len(texts), texts.type)])
    return plain.cast(POUNDS), np.flatnonzero(~is_plain & texts.is_valid().to_numpy(zero_copy_only=False))


def pence_of_pounds(amounts: pa.Array) -> np.ndarray:
    """Amounts in pounds as whole pence, 0 where there is none."""
    scaled = pc.call_function("multiply", [amounts.cast(pa.decimal128(20, 2)), pa.scalar(100, pa.int16())])
    return scaled.cast(pa.int64()).fill_null(0).to_numpy(zero_copy_only=False)


def matches(texts: pa.Array, pattern: str) -> np.ndarray:
    """Which texts match a pattern somewhere (RE2); a missing text does not."""
    found = pc.call_function("match_substring_regex", [texts], pc.MatchSubstringOptions(pattern))
    return found.fill_null(False).to_numpy(zero_copy_only=False)
