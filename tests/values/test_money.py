"""Money as councils write it: exact pence, a range, a bound, or a finding that says what to write."""

import timeit
from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from etl.values.money import LARGEST, MULTIPLES, UNITS, Money, read_money, read_number, read_unit

PENCE = st.integers(-(10**14), 10**14).map(lambda pence: Decimal(pence).scaleb(-2))
POSITIVE = st.integers(0, 10**14).map(lambda pence: Decimal(pence).scaleb(-2))
WORDS = "c. approx up to over between and p.a. year a per each or more nil n/a tbc k m bn million thousand pounds p gbp"
DIGITS = "0 1 5 12 000 1,000 1.000 2.3 10 2014 e+06 1e6 １ ²"
FRAGMENTS = st.lists(st.sampled_from([*WORDS.split(), *DIGITS.split(), *"£$%,.-+()~<>/'#–=\n\t \u00a0"]), max_size=12)
TEXTS = st.one_of(st.text(), FRAGMENTS.map("".join))


def same(text: str, unit: str = "£") -> Decimal | None:
    """The amount of a text that carries no finding."""
    money = read_money(text, unit)
    assert not money.bad, money
    assert money.code is None
    return money.amount


def test_two_point_three_million_pounds_is_2300000_exactly() -> None:
    assert str(same("£2.3m")) == "2300000.00"


@pytest.mark.parametrize(
    ("text", "pounds"),
    [
        *(("2.3 million", "2300000"), ("£2.3 m", "2300000"), ("£1,250k", "1250000"), ("£1.25M", "1250000")),
        *(("£1.250m", "1250000"), ("1250000", "1250000"), ("1,250,000.50", "1250000.50"), ("1250.5", "1250.50")),
        *(("1 250 000", "1250000"), ("1\u202f250\u00a0000", "1250000"), ("1 000", "1000"), (" £7,000 ", "7000")),
        *(("£1.5bn", "1500000000"), ("1.5 billion", "1500000000"), ("30 thousand pounds", "30000"), ("GBP 500", "500")),
        *(("(500)", "-500"), ("-500", "-500"), ("−500", "-500"), ("500-", "-500"), ("- 500", "-500"), ("+500", "500")),
        *(("£(2.3)m", "-2300000"), ("(£2.3m)", "-2300000"), ("-£2.3m", "-2300000"), ("£-2.3m", "-2300000")),
    ],
)
def test_an_amount_in_pounds_is_read_exactly(text: str, pounds: str) -> None:
    assert same(text) == Decimal(pounds)


@pytest.mark.parametrize("text", ["0", "nil", "Nil", "£nil", "zero", "£0.00", "(0)", "-0", "£0k"])
def test_nil_and_nought_are_zero_and_not_unknown(text: str) -> None:
    assert str(same(text)) == "0.00"


@pytest.mark.parametrize(
    "text",
    ["", "  ", "-", "–", "—", "--", "n/a", "N/A", "na", "TBC", "tbd", "Not known", "unknown", "not yet known", "?"],
)
def test_an_unknown_amount_is_neither_zero_nor_a_finding(text: str) -> None:
    assert read_money(text) == Money()


@pytest.mark.parametrize(
    "ending",
    [" p.a.", " p.a", " pa", " per annum", " a year", "/yr", " / year", " annually", " each year", " per year"],
)
def test_an_amount_per_year_says_so_in_its_basis(ending: str) -> None:
    money = read_money(f"£6m{ending}")
    assert (money.amount, money.basis, money.code) == (Decimal(6_000_000), "per_year", None)


def test_an_amount_without_words_for_a_year_has_no_basis() -> None:
    assert read_money("£6m").basis is None


@pytest.mark.parametrize(
    "text", ["c. £6m", "c£6m", "c.£6m", "circa 6m", "approx. £6m", "about £6m", "~£6m", "£6m approx"]
)
def test_an_approximate_amount_is_read_with_a_remark(text: str) -> None:
    money = read_money(text)
    assert (money.amount, money.code, money.bad) == (Decimal(6_000_000), "amount_approximate", False)


@pytest.mark.parametrize(
    "text",
    ["£1m-£2m", "£1m – £2m", "£1m to £2m", "between £1m and £2m", "1-2m", "£1-2m", "1 to 2 million", "£1,000,000-£2m"],
)
def test_a_range_has_two_ends_and_no_amount(text: str) -> None:
    money = read_money(text)
    assert (money.low, money.high) == (Decimal(1_000_000), Decimal(2_000_000))
    assert (money.amount, money.code, money.bad) == (None, "amount_range", False)


@pytest.mark.parametrize("words", ["up to ", "a maximum of ", "less than ", "almost ", "nearly ", "no more than ", "<"])
def test_a_ceiling_is_the_high_end_only(words: str) -> None:
    money = read_money(f"{words}£5m")
    assert (money.amount, money.low, money.high) == (None, None, Decimal(5_000_000))
    assert money.code == "amount_bound"


@pytest.mark.parametrize(
    "words", ["over ", "more than ", "at least ", "in excess of ", "Just over ", ">", "minimum of "]
)
def test_a_floor_is_the_low_end_only(words: str) -> None:
    money = read_money(f"{words}£5m p.a.")
    assert (money.amount, money.low, money.high) == (None, Decimal(5_000_000), None)
    assert (money.code, money.basis) == ("amount_bound", "per_year")


def test_an_approximate_ceiling_tells_both() -> None:
    message = read_money("up to c. £5m").message
    assert message is not None
    assert "highest" in message
    assert "approximate" in message


@pytest.mark.parametrize(
    ("text", "readings"),
    [
        ("1.000", ("£1.00", "£1,000.00")),
        ("12.500", ("£12.50", "£12,500.00")),
        ("1.250k", ("£1,250.00", "£1,250,000.00")),
        ("2,50,000", ("£250,000.00", "£2,500,000.00")),
        ("1 000,00", ("£1,000.00", "£100,000.00")),
        ("1.000,00", ("£1,000.00", "£100,000.00")),
        ("1,5", ("£1.50", "£15.00")),
        ("12,34", ("£12.34", "£1,234.00")),
        ("£1,5m", ("£1,500,000.00", "£15,000,000.00")),
        ("£1-£2m", ("£1.00", "£1,000,000.00")),
        ("£12-15,000", ("£12.00", "£12,000.00")),
        ("none", ("zero", "not known")),
        ("£-", ("zero", "not known")),
    ],
)
def test_an_amount_with_two_readings_is_refused_and_names_both(text: str, readings: tuple[str, str]) -> None:
    money = read_money(text)
    assert (money.amount, money.code, money.bad) == (None, "amount_ambiguous", True)
    assert all(reading in str(money.message) for reading in readings)


def test_a_refusal_says_what_to_write_instead() -> None:
    message = "'1.000' can be read as £1.00 or as £1,000.00. Write 1.00 or 1000."
    assert read_money("1.000").message == message


@pytest.mark.parametrize(
    ("text", "code"),
    [
        *((text, "amount_other_currency") for text in ("$5m", "€1,000", "5m EUR", "US$1m", "£1m (€1.2m)")),
        *((text, "amount_is_percentage") for text in ("5%", "10 per cent", "5-10%")),
        *((text, "amount_spreadsheet_error") for text in ("#REF!", "#N/A", "#DIV/0!", "#####", "Err:502")),
        *((text, "amount_out_of_range") for text in ("10000000000000.01", "over £11000bn", "9e99")),
    ],
)
def test_what_is_no_amount_in_pounds_has_a_code_of_its_own(text: str, code: str) -> None:
    money = read_money(text)
    assert (money.amount, money.code, money.bad) == (None, code, True)


@pytest.mark.parametrize(
    "text",
    [
        *(
            "n/a?",
            "lots",
            "£",
            "k",
            "£m",
            "1.5.2",
            "50p",
            "1_000",
            "１００",
            "١٢٣",
            "²",
            "½",
            "0x10",
            "1e-7",
            "inf",
            "nan",
        ),
        *(
            "£2.3m over 4 years",
            "£2.3m (projected)",
            "£1.2m and £300k",
            "£6m per month",
            "over 4 years",
            "£6m*",
            "=A1+B1",
        ),
        *("30/06/2014", "2014-06-30", "2014-15", "2014-2015", "14-15", "6-2014", "1,250 (r)", "2m-1m", "500\n600"),
        *(
            "(-500)",
            "--500",
            "-500-",
            "over -500",
            "007",
            "01234 567890",
            "£5.",
            ".5",
            "c.5m",
            "1m-2",
            "1mm",
            "None known",
        ),
        *("100 pounds to 200 dozen", "£5m £", "up to £1m-£2m", "1 2", "12 34", "1,000 000"),
    ],
)
def test_what_cannot_be_read_is_refused(text: str) -> None:
    money = read_money(text)
    assert (money.amount, money.low, money.high) == (None, None, None)
    assert (money.code, money.bad) == ("amount_unreadable", True)


def test_a_refusal_names_the_value_and_the_way_out() -> None:
    message = "'n/a?' is not an amount in pounds. Leave it empty if it is not yet known."
    assert read_money("n/a?").message == message


def test_an_amount_among_words_is_suggested_and_never_used() -> None:
    money = read_money("£2.3m over 4 years")
    assert (money.amount, money.suggestion) == (None, "£2.3m")


def test_a_text_of_more_than_200_characters_is_refused() -> None:
    assert read_money("1" * 100_000).code == "amount_unreadable"


@pytest.mark.parametrize(
    ("text", "unit", "pounds"),
    [
        ("1,250", "£000", "1250000"),
        ("1,250", "£m", "1250000000"),
        ("2.345", "£m", "2345000"),
        ("(12.5)", "£000", "-12500"),
        ("£0", "£000", "0"),
        ("1250", "£'000s", "1250000"),
    ],
)
def test_a_plain_number_is_in_the_unit_of_its_column(text: str, unit: str, pounds: str) -> None:
    assert same(text, unit) == Decimal(pounds)


@pytest.mark.parametrize(("text", "pounds"), [("£2.3m", 2_300_000), ("450k", 450_000), ("1250 pounds", 1250)])
def test_a_cell_with_its_own_unit_keeps_it_and_says_so(text: str, pounds: int) -> None:
    money = read_money(text, "£000")
    assert (money.amount, money.code, money.bad) == (Decimal(pounds), "unit_in_cell", False)


@pytest.mark.parametrize("text", ["£1,250", "£100-£200", "2.345", "1-£2m"])
def test_a_unit_is_not_guessed_in_a_column_of_thousands(text: str) -> None:
    money = read_money(text, "£000")
    assert (money.amount, money.low, money.code) == (None, None, "amount_ambiguous")


def test_what_a_refusal_in_a_column_of_thousands_says_to_write_can_be_read() -> None:
    assert "Write 1250 pounds or 1250000 pounds." in str(read_money("£1,250", "£000").message)
    assert read_money("1250 pounds", "£000").amount == Decimal(1250)


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        *(("£", "£"), ("GBP", "£"), ("pounds", "£"), ("£k", "£000"), ("£'000", "£000"), ("£’000s", "£000")),
        *(("(£000s)", "£000"), ("£,000", "£000"), ("£ thousands", "£000"), ("£ million", "£m"), ("£M", "£m")),
        *(("m", None), ("k", None), ("€m", None), ("", None), ("hours", None)),
    ],
)
def test_a_unit_is_known_by_its_spellings(text: str, unit: str | None) -> None:
    assert read_unit(text) == unit


def test_a_unit_that_is_none_is_an_error() -> None:
    with pytest.raises(ValueError, match="No unit 'dozen'"):
        read_money("5", "dozen")


@pytest.mark.parametrize(("text", "pounds"), [("2.3E+06", "2300000"), ("1e6", "1000000"), ("-1.5E+03", "-1500")])
def test_a_number_that_a_spreadsheet_shortened_is_read_with_a_remark(text: str, pounds: str) -> None:
    money = read_money(text)
    assert (money.amount, money.code, money.bad) == (Decimal(pounds), "amount_scientific", False)


@pytest.mark.parametrize(
    ("text", "pounds", "code"),
    [
        ("0.125", "0.12", "amount_rounded"),
        ("1234.565", "1234.56", "amount_rounded"),
        ("1234.5751", "1234.58", "amount_rounded"),
        ("1234.5600", "1234.56", None),
        ("1234.5609", "1234.56", None),
        ("£1.23456789m", "1234567.89", None),
    ],
)
def test_an_amount_is_rounded_half_even_to_the_penny(text: str, pounds: str, code: str | None) -> None:
    money = read_money(text)
    assert (str(money.amount), money.code) == (pounds, code)


def test_an_amount_of_200_digits_is_rounded_once() -> None:
    assert str(read_money("0.005" + "0" * 190 + "1").amount) == "0.01"


@pytest.mark.parametrize(
    ("value", "unit", "pounds", "code"),
    [
        (0.1 + 0.2, "£", "0.30", None),
        (1234.567, "£", "1234.57", "amount_rounded"),
        (1250, "£000", "1250000.00", None),
        (2.345, "£m", "2345000.00", None),
        (1.15, "£m", "1150000.00", None),
        (-0.0, "£", "0.00", None),
        (2.675, "£", "2.68", "amount_rounded"),
    ],
)
def test_a_spreadsheet_number_is_its_shortest_decimal(value: float, unit: str, pounds: str, code: str | None) -> None:
    money = read_number(value, unit)
    assert (str(money.amount), money.code) == (pounds, code)


@pytest.mark.parametrize("value", [float("nan"), float("inf"), True, 1e14])
def test_a_spreadsheet_number_that_is_no_amount_is_bad(value: float) -> None:
    money = read_number(value)
    assert (money.amount, money.bad) == (None, True)


def test_a_number_of_5000_digits_is_out_of_range() -> None:
    assert read_number(10**5000).code == "amount_out_of_range"


@given(PENCE)
def test_an_amount_written_plainly_or_with_separators_reads_as_itself(amount: Decimal) -> None:
    size = abs(amount)
    sign = "-" if amount < 0 else ""
    for text in (f"{amount:.2f}", f"{sign}£{size:,.2f}", f"{size:,.2f}".replace(",", " ")):
        assert same(text) == (amount if sign and text.startswith("-") else size)


@given(POSITIVE)
def test_brackets_and_minus_signs_are_the_same_negative_amount(size: Decimal) -> None:
    for text in (f"({size:,.2f})", f"-{size}", f"{size:.2f}-", f"(£{size:.2f})", f"£({size:,.2f})", f"−£{size:.2f}"):
        assert same(text) == -size


@given(st.integers(0, 10**9), st.sampled_from(sorted(MULTIPLES)))
def test_an_amount_in_thousands_or_millions_reads_as_itself(hundredths: int, multiple: str) -> None:
    number = Decimal(hundredths).scaleb(-2)
    pounds = number * MULTIPLES[multiple]
    for text in (f"£{number:f}{multiple}", f"{number:,f} {multiple.upper()}", f"£{number:f} {multiple}"):
        money = read_money(text)
        assert money.amount == pounds if pounds <= LARGEST else money.code == "amount_out_of_range"


@given(st.integers(1, 10**6), st.integers(0, 10**6), st.sampled_from(["k", "m"]))
def test_a_range_reads_as_its_two_ends(low: int, more: int, multiple: str) -> None:
    scale = MULTIPLES[multiple]
    for text in (f"£{low}{multiple}-£{low + more}{multiple}", f"{low}{multiple} to {low + more}{multiple}"):
        money = read_money(text)
        assert (money.low, money.high, money.amount) == (low * scale, (low + more) * scale, None)


@given(st.floats(-1e12, 1e12), st.sampled_from(sorted(UNITS)))
def test_a_spreadsheet_number_and_its_text_agree(value: float, unit: str) -> None:
    number = read_number(value, unit)
    text = read_money(f"{Decimal(repr(value)):f}", unit)
    assert number.amount == text.amount or text.code == "amount_ambiguous" or text.code == "amount_unreadable"


def check_that_a_result_is_certain_or_empty(money: Money) -> None:
    amounts = [money.amount, money.low, money.high]
    assert all(amount is None or type(amount) is Decimal for amount in amounts)
    assert all(amount is None or amount == amount.quantize(Decimal("0.01")) for amount in amounts)
    assert all(amount is None or abs(amount) <= LARGEST for amount in amounts)
    assert money.amount is None or (money.low is None and money.high is None)
    assert money.low is None or money.high is None or money.low <= money.high
    assert not money.bad or (amounts == [None] * 3 and money.basis is None and money.code and money.message)


@given(TEXTS, st.sampled_from(sorted(UNITS)))
@example("£" * 200, "£")
@example("1 " * 100, "£")
@example("(" * 100 + ")" * 100, "£m")
@example("İ1", "£")
def test_no_text_crashes_or_leaves_an_amount_beside_a_refusal(text: str, unit: str) -> None:
    check_that_a_result_is_certain_or_empty(read_money(text, unit))


@given(st.floats(), st.sampled_from(sorted(UNITS)))
def test_no_number_crashes_or_leaves_an_amount_beside_a_refusal(value: float, unit: str) -> None:
    check_that_a_result_is_certain_or_empty(read_number(value, unit))


@given(TEXTS)
def test_a_text_reads_the_same_with_spaces_around_it(text: str) -> None:
    inner, outer = read_money(text), read_money(f"  {text}\n")
    assert (inner.amount, inner.low, inner.high, inner.code) == (outer.amount, outer.low, outer.high, outer.code)


@pytest.mark.parametrize(
    "text", ["1" * 200, "1 " * 100, "1," * 100, " " * 99 + "x" + "£ " * 50, "over " * 40, "c" * 200]
)
def test_the_longest_texts_are_read_in_under_five_milliseconds(text: str) -> None:
    assert min(timeit.repeat(lambda: read_money(text), number=1, repeat=5)) < 0.005
