"""Percentages and lists of shares: 0 to 100, and a bare number up to one is refused."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.values import NOT_KNOWN
from etl.values.percent import read_percent, read_shares

FRAGMENTS = st.lists(
    st.sampled_from(["0", "1", "5", "50", "100", ".", "%", ";", " ", "-", "per cent", ","]), max_size=9
)


@pytest.mark.parametrize(
    ("text", "percent"),
    [
        *(("50%", "50"), ("50", "50"), ("50 %", "50"), ("50 per cent", "50"), ("50 percent", "50"), ("12.5", "12.5")),
        *(("0.5%", "0.5"), ("1%", "1"), ("0", "0"), ("0%", "0"), ("100", "100")),
    ],
)
def test_a_percentage_is_read_exactly(text: str, percent: str) -> None:
    reading = read_percent(text)
    assert (reading.value, reading.code) == (Decimal(percent), None)
    assert type(reading.value) is Decimal


@pytest.mark.parametrize(
    ("text", "first", "second"), [("0.5", "0.5%", "50%"), ("1", "1%", "100%"), ("0.25", "0.25%", "25%")]
)
def test_a_bare_number_up_to_one_is_refused_with_both_readings(text: str, first: str, second: str) -> None:
    reading = read_percent(text)
    assert (reading.value, reading.code, reading.bad) == (None, "percent_ambiguous", True)
    assert f"{first} or as {second}. Write {first} or {second}." in str(reading.message)


@pytest.mark.parametrize("text", ["101", "150%", "-5", "100.0001%"])
def test_a_percentage_outside_0_to_100_is_refused(text: str) -> None:
    assert (read_percent(text).value, read_percent(text).code) == (None, "percent_out_of_range")


@pytest.mark.parametrize("text", ["half", "12,5%", "5e1", "050", "c. 50%", "50%%", "５0", "%", "£50", "9" * 300])
def test_what_is_no_percentage_is_refused(text: str) -> None:
    assert (read_percent(text).value, read_percent(text).code) == (None, "percent_unreadable")


@pytest.mark.parametrize("text", ["", " ", "n/a", "TBC", "-"])
def test_a_blank_percentage_is_not_known_and_not_100(text: str) -> None:
    assert read_percent(text) == NOT_KNOWN
    assert read_shares(text) == NOT_KNOWN


@pytest.mark.parametrize(
    ("text", "shares"),
    [
        *(("60;40", ("60", "40")), ("60% ; 40%", ("60", "40")), ("60%;40", ("60", "40")), ("99;1", ("99", "1"))),
        *(("60;39.5;0.5", ("60", "39.5", "0.5")), ("100", ("100",)), ("60;60", ("60", "60"))),
    ],
)
def test_shares_are_read_in_their_order_and_not_summed(text: str, shares: tuple[str, ...]) -> None:
    assert read_shares(text).value == tuple(Decimal(share) for share in shares)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        *(("0.6;0.4", "percent_ambiguous"), ("60%;0.4", "percent_ambiguous"), ("60;140", "percent_out_of_range")),
        *((text, "percent_unreadable") for text in ("60;", "60;;40", "60;n/a", ";", "60/40", "60, 40")),
    ],
)
def test_shares_that_are_not_certain_are_refused(text: str, code: str) -> None:
    assert (read_shares(text).value, read_shares(text).code) == (None, code)


def test_shares_divided_by_another_sign_are_suggested_with_semicolons() -> None:
    assert read_shares("60 / 40").suggestion == "60;40"


@given(st.integers(1001, 100_000).map(lambda thousandths: Decimal(thousandths).scaleb(-3)))
def test_a_percentage_above_one_reads_as_itself_in_every_form(percent: Decimal) -> None:
    forms = (f"{percent}", f"{percent}%", f"{percent} %", f"{percent} per cent")
    assert [read_percent(form).value for form in forms] == [percent] * len(forms)


@given(st.one_of(st.text(), FRAGMENTS.map("".join)))
def test_no_text_crashes_or_gives_a_percentage_outside_0_to_100(text: str) -> None:
    for reading in (read_percent(text), read_shares(text)):
        values = reading.value if isinstance(reading.value, tuple) else (reading.value,)
        assert all(value is None or (type(value) is Decimal and 0 <= value <= 100) for value in values)
        assert not reading.bad or (reading.value is None and reading.code and reading.message)
