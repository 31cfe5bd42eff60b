"""Amounts that SQL types without reading them must say what the reader of money would say."""

import re
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from etl.typed import PLAIN_POUNDS
from etl.values.money import read_money


@given(st.from_regex(re.compile(rf"\A{PLAIN_POUNDS}\Z", re.ASCII)).filter(lambda text: "\n" not in text))
def test_a_plain_amount_is_what_the_reader_of_money_reads(text):
    money = read_money(text)
    assert (money.amount, money.code) == (Decimal(text), None)
