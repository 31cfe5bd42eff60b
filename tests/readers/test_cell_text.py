"""Numbers of spreadsheets as text: read by the readers of cells, they are the same numbers."""

import datetime
import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.readers.cell_text import NOT_A_NUMBER, number_text, percent_text, text_of
from etl.readers.number_formats import parse_format
from etl.values.money import read_money, read_number

UNITS = ("£", "£000", "£m")
NUMBERS = st.floats(-1e14, 1e14) | st.integers(-(10**12), 10**12) | st.decimals(-(10**7), 10**7, places=3).map(float)


@settings(max_examples=2_000, deadline=None)
@given(NUMBERS, st.sampled_from(UNITS))
def test_a_number_of_a_spreadsheet_is_read_from_its_text_as_from_the_number(number: float, unit: str):
    text, as_number = read_money(number_text(number), unit), read_number(number, unit)
    assert (text.amount, text.bad) == (as_number.amount, as_number.bad)


@given(st.floats(allow_nan=True, allow_infinity=True))
def test_no_number_is_written_with_an_exponent(number: float):
    text = number_text(number)
    assert "e" not in text.lower()
    assert text == NOT_A_NUMBER or math.isclose(float(text), number, rel_tol=1e-15, abs_tol=1e-40)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (1234.0, "1234"),
        (1.234, "1.2340"),
        (-0.0, "0"),
        (0.1 + 0.2, "0.30000000000000004"),
        (1e20, "100000000000000000000"),
        (1e-300, "0"),
        (1e15, "1000000000000000"),
        (math.nan, NOT_A_NUMBER),
        (True, "TRUE"),
        (7, "7"),
        (datetime.date(2014, 3, 31), "2014-03-31"),
        (datetime.datetime(2014, 3, 31), "2014-03-31"),
        (datetime.datetime(2014, 3, 31, 9, 5), "2014-03-31 09:05:00"),
        (datetime.time(9, 5), "09:05:00"),
        (datetime.timedelta(hours=-36), "-36:00:00"),
        ("£5", "£5"),
    ],
)
def test_a_value_is_written_in_one_way(value: object, text: str):
    assert text_of(value) == text


def test_percentages_keep_all_their_digits():
    assert [percent_text(share) for share in (0.5, 1, 0.12345, -0.1, 0)] == ["50%", "100%", "12.345%", "-10%", "0%"]


@given(st.text(max_size=40) | st.text('0#?.,;%[]"\\_*$£€kmdhys@ >=<1', max_size=40))
def test_any_code_of_a_format_is_understood_or_left_alone(code: str):
    shown = parse_format(code)
    if shown is not None:
        assert all(isinstance(shown.section_for(value).text(value), str) for value in (-1.5, 0, 2, 1e6))
