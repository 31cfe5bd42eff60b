"""Financial years as councils and spreadsheets write them: the year in which they start, or a finding."""

from datetime import date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.values import NOT_KNOWN
from etl.values.financial_year import FIRST_YEAR, LAST_YEAR, read_financial_year, write_financial_year, year_of

YEARS = st.integers(FIRST_YEAR, LAST_YEAR)
FRAGMENTS = st.lists(
    st.sampled_from(
        [
            "2014",
            "14",
            "15",
            "2015",
            "10",
            "11",
            "0",
            "/",
            "-",
            " ",
            " to ",
            "fy",
            "FY ",
            "nov",
            "Dec",
            "june",
            "–",
            "1",
            "'",
        ]
    ),
    max_size=7,
).map("".join)
TYPED_ON = ((10, 11), (11, 12), (12, 13))


def can_be_a_typed_year(day: date) -> bool:
    """May a spreadsheet have made this date of 10/11, 11/12 or 12/13?"""
    written = ((day.day, day.month), (day.month, day.day), (day.month, day.year % 100) if day.day == 1 else None)
    return any(pair in TYPED_ON for pair in written)


@pytest.mark.parametrize(
    "text",
    [
        *("2014/15", "2014-15", "14/15", "14-15", "FY15", "FY 15", "FY2015", "FY2014-15", "FY 14/15", "fy14-15"),
        *("2014-2015", "2014/2015", "2014 to 2015", "2014 - 15", "2014–15", "Financial year 2014-15", " 2014-15 "),
        *("2014-06-30", "2014-06-30 00:00:00", "2014-06-30T09:30:00", "30/06/2014", "30 June 2014", "30-Jun-14"),
        *("Jun-14", "June 2014", "March 2015", "2015-03-31", "01/04/2014"),
    ],
)
def test_every_certain_form_of_2014_15_is_2014(text: str) -> None:
    reading = read_financial_year(text)
    assert (reading.value, reading.code, reading.bad) == (2014, None, False)


def test_31_march_is_the_old_year_and_1_april_the_new() -> None:
    assert read_financial_year("31/03/2015").value == 2014
    assert read_financial_year("01/04/2015").value == 2015


@pytest.mark.parametrize("text", ["", " ", "n/a", "-", "TBC"])
def test_a_blank_year_is_not_known(text: str) -> None:
    assert read_financial_year(text) == NOT_KNOWN


@pytest.mark.parametrize("text", ["2014", "2014.0", "financial year 2014"])
def test_a_bare_year_is_ambiguous_and_names_both_readings(text: str) -> None:
    reading = read_financial_year(text)
    assert (reading.value, reading.code, reading.bad) == (None, "year_ambiguous", True)
    assert str(reading.message).endswith("can be read as 2013-14 or as 2014-15. Write 2013-14 or 2014-15.")


@pytest.mark.parametrize(
    ("text", "first", "second"),
    [
        ("2026-11-10", "2010-11", "2026-27"),
        ("2026-11-10 00:00:00", "2010-11", "2026-27"),
        ("10/11/2026", "2010-11", "2026-27"),
        ("2026-12-11", "2011-12", "2026-27"),
        ("2026-10-11", "2010-11", "2026-27"),
        ("2013-12-01", "2012-13", "2013-14"),
        ("Oct-11", "2010-11", "2011-12"),
        ("Dec-13", "2012-13", "2013-14"),
    ],
)
def test_a_date_that_may_be_a_typed_year_is_refused_with_both(text: str, first: str, second: str) -> None:
    reading = read_financial_year(text)
    assert (reading.value, reading.code, reading.bad) == (None, "year_ambiguous", True)
    assert f"{first} or as {second}" in str(reading.message)


def test_a_date_with_a_time_of_day_was_not_typed_as_a_year() -> None:
    assert read_financial_year("2026-11-10 10:30").value == 2026


def test_a_date_that_reads_the_same_both_ways_is_certain() -> None:
    assert read_financial_year("2010-11-10").value == 2010


def test_a_day_and_month_that_can_only_be_a_typed_year_are_read_with_a_remark() -> None:
    reading = read_financial_year("10-Nov")
    assert (reading.value, reading.code, reading.bad) == (2010, "year_was_a_date", False)


@pytest.mark.parametrize(
    ("text", "suggestion"),
    [
        ("2014-16", "period_start 2014-15, period_end 2015-16"),
        ("2014/2018", "period_start 2014-15, period_end 2017-18"),
        ("2014-99", None),
    ],
)
def test_several_years_are_refused_and_sent_to_the_period_columns(text: str, suggestion: str | None) -> None:
    reading = read_financial_year(text)
    assert (reading.value, reading.code, reading.bad) == (None, "year_not_one_year", True)
    assert reading.suggestion == suggestion
    assert "period_start" in str(reading.message)


@pytest.mark.parametrize(
    "text", ["2009-10", "2040-41", "99/00", "1999-2000", "FY10", "31/03/2010", "01/04/2040", "01-Feb"]
)
def test_a_year_outside_the_programme_is_refused(text: str) -> None:
    reading = read_financial_year(text)
    assert (reading.value, reading.code, reading.bad) == (None, "year_out_of_range", True)


@pytest.mark.parametrize(
    ("text", "suggestion"),
    [
        ("41944", "2014-15"),
        ("2014-15 (full year)", "2014-15"),
        ("Q1 2014/15", "2014-15"),
        ("2014/15 and 2015/16", None),
        *(
            (text, None)
            for text in ("2015-14", "2014-10", "2014-14", "14", "7000", "2014/5", "11-Oct", "Jun 14", "soon")
        ),
        *((text, None) for text in ("２０１４-15", "14-2015", "31/02/2015", "0000-01-01", "2014_15", "20141-5")),
    ],
)
def test_what_is_no_financial_year_is_refused(text: str, suggestion: str | None) -> None:
    reading = read_financial_year(text)
    assert (reading.value, reading.code, reading.bad) == (None, "year_unreadable", True)
    assert reading.suggestion == suggestion


def test_a_year_is_written_with_two_digits_for_its_end() -> None:
    assert write_financial_year(2014) == "2014-15"
    assert write_financial_year(1999) == "1999-00"
    assert write_financial_year(2008) == "2008-09"


@given(YEARS)
def test_every_year_reads_as_itself_in_every_form(year: int) -> None:
    short, end = f"{year % 100:02d}", f"{(year + 1) % 100:02d}"
    forms = [
        write_financial_year(year),
        f"{year}/{end}",
        f"{short}/{end}",
        f"{short}-{end}",
        f"FY{end}",
        f"fy {year + 1}",
    ]
    forms += [f"{year}-{year + 1}", f"{year} to {year + 1}", f"FY{year}-{end}", f"{year} – {end}", f"FY {short}/{end}"]
    assert [read_financial_year(form).value for form in forms] == [year] * len(forms)


@given(st.dates(date(FIRST_YEAR, 4, 1), date(LAST_YEAR + 1, 3, 31)))
def test_a_date_is_the_year_that_holds_it_or_is_refused(day: date) -> None:
    forms = [
        day.isoformat(),
        str(datetime.combine(day, time())),
        f"{day:%d/%m/%Y}",
        f"{day:%d %B %Y}",
        f"{day:%d-%b-%y}",
    ]
    for form in forms:
        reading = read_financial_year(form)
        assert reading.value == year_of(day) if not reading.bad else can_be_a_typed_year(day)


@given(st.one_of(st.text(), FRAGMENTS))
def test_no_text_crashes_or_gives_a_year_outside_the_programme(text: str) -> None:
    reading = read_financial_year(text)
    assert reading.value is None or (type(reading.value) is int and FIRST_YEAR <= reading.value <= LAST_YEAR)
    assert not reading.bad or (reading.value is None and reading.code and reading.message)
