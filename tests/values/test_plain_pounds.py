"""Amounts that SQL types without reading them must say what the reader of money would say."""

import re
from decimal import Decimal

import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from etl.values.money import read_money
from etl.values.plain_pounds import PLAIN_POUNDS, pence_of_pounds, plain_pounds


@given(st.from_regex(re.compile(rf"\A{PLAIN_POUNDS}\Z", re.ASCII)).filter(lambda text: "\n" not in text))
def test_a_plain_amount_is_what_the_reader_of_money_reads(text):
    money = read_money(text)
    assert (money.amount, money.code) == (Decimal(text), None)


@given(st.lists(st.decimals(0, 10**12 - 1, places=2), min_size=1))
def test_a_column_of_plain_amounts_has_the_same_amounts_and_pence(amounts: list[Decimal]):
    found, odd = plain_pounds(pa.array([*map(str, amounts), None, "£5", "1.000"]))
    assert found.to_pylist() == [*amounts, None, None, None]
    assert odd.tolist() == [len(amounts) + 1, len(amounts) + 2]
    assert pence_of_pounds(found).tolist() == [*(int(amount * 100) for amount in amounts), 0, 0, 0]
