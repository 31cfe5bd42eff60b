"""Dates as councils write them: the day stands first, and what is no certain day is refused."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.values import NOT_KNOWN
from etl.values.date import FIRST_DATE, LAST_DATE, plain_text, quoted, read_date, says_not_known

FRAGMENTS = st.lists(
    st.sampled_from(
        ["2014", "17", "07", "4", "31", "00", "/", "-", ".", " ", "jul", "July", "th", ",", "t00:00", "z", "99"]
    ),
    max_size=8,
).map("".join)


@pytest.mark.parametrize(
    "text",
    [
        *("2014-07-17", "2014/07/17", "2014-07-17 00:00:00", "2014-07-17T23:59:59.5Z", "2014-07-17T10:00:00+01:00"),
        *("17/07/2014", "17/7/14", "17.07.2014", "17-07-2014", "17/07/2014 10:00", "17–07–2014", " 17/07/2014 "),
        *("17 July 2014", "17th July 2014", "17 JULY 2014", "17-Jul-14", "17 Jul 2014", "17July2014"),
        *("July 17, 2014", "July 17th 2014", "Jul 17, 2014"),
    ],
)
def test_every_form_of_17_july_2014_is_that_day(text: str) -> None:
    reading = read_date(text)
    assert (reading.value, reading.code, reading.bad) == (date(2014, 7, 17), None, False)


def test_the_day_stands_before_the_month() -> None:
    assert read_date("03/04/2014").value == date(2014, 4, 3)


@pytest.mark.parametrize("text", ["04/17/2014", "4/17/14", "04-17-2014"])
def test_a_month_before_the_day_is_refused_with_the_date_it_may_mean(text: str) -> None:
    reading = read_date(text)
    assert (reading.value, reading.code, reading.suggestion) == (None, "date_unreadable", "17 April 2014")


@pytest.mark.parametrize("text", ["", "  ", "n/a", "-", "TBC", "not known"])
def test_a_blank_date_is_not_known(text: str) -> None:
    assert read_date(text) == NOT_KNOWN


@pytest.mark.parametrize(
    "text", ["31/02/2014", "30 February 2014", "2014-02-30", "00/01/2014", "29/02/2015", "17/13/2014"]
)
def test_an_impossible_day_is_refused(text: str) -> None:
    assert (read_date(text).value, read_date(text).code) == (None, "date_unreadable")


@pytest.mark.parametrize("text", ["July 2014", "Jul-14", "07/2014", "2014-07"])
def test_a_month_without_a_day_is_refused_with_what_to_write(text: str) -> None:
    reading = read_date(text)
    assert (reading.value, reading.bad) == (None, True)
    assert "names a month and no day. Write the day too" in str(reading.message)


@pytest.mark.parametrize("text", ["31/03/2010", "01/04/2040", "17/07/70", "17/07/69", "17/07/1999", "0001-01-01"])
def test_a_day_outside_the_programme_is_refused(text: str) -> None:
    assert (read_date(text).value, read_date(text).code) == (None, "date_out_of_range")


def test_the_first_and_the_last_day_of_the_programme_are_read() -> None:
    assert [read_date(day.isoformat()).value for day in (FIRST_DATE, LAST_DATE)] == [FIRST_DATE, LAST_DATE]


@pytest.mark.parametrize(
    "text", ["2014", "soon", "17/07-2014", "2014-07-17 25:00", "１7/07/2014", "17/07", "17/07/201", "2014-7-17"]
)
def test_what_is_no_date_is_refused(text: str) -> None:
    reading = read_date(text)
    assert (reading.value, reading.code, reading.bad) == (None, "date_unreadable", True)


def test_a_serial_number_is_refused_with_the_date_it_may_mean() -> None:
    reading = read_date("41944")
    assert (reading.value, reading.suggestion) == (None, "1 November 2014")


def test_a_message_names_a_long_text_on_one_short_line() -> None:
    assert quoted("a\nb") == "'a b'"
    assert len(quoted("x" * 500)) < 70


@pytest.mark.parametrize("text", ["１", "К", "½", "é"])
def test_letters_and_digits_of_other_alphabets_are_not_taken_for_ours(text: str) -> None:
    assert plain_text(text) is None


@pytest.mark.parametrize("text", ["", "-", "?", "n/a", "tbc"])
def test_the_words_for_not_known_are_the_same_in_every_column(text: str) -> None:
    assert says_not_known(text)


@given(st.dates(FIRST_DATE, LAST_DATE))
def test_every_day_reads_as_itself_in_every_form(day: date) -> None:
    written = ("%Y-%m-%d", "%Y-%m-%d 00:00:00", "%d/%m/%Y", "%d.%m.%Y", "%d-%m-%y", "%d %B %Y", "%d-%b-%y", "%B %d, %Y")
    assert [read_date(day.strftime(form)).value for form in written] == [day] * len(written)


@given(st.one_of(st.text(), FRAGMENTS))
def test_no_text_crashes_or_gives_a_day_outside_the_programme(text: str) -> None:
    reading = read_date(text)
    assert reading.value is None or FIRST_DATE <= reading.value <= LAST_DATE
    assert not reading.bad or (reading.value is None and reading.code and reading.message)
