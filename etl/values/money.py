"""Money as councils write it becomes exact pence, a range or a bound, or a finding; a unit is never guessed."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Context, Decimal
from typing import Literal, NamedTuple, NoReturn

from etl.values.date import LONGEST_TEXT, plain_text, quoted, says_not_known

PENNY = Decimal("0.01")
NOTHING = Decimal("0.00")
LARGEST = Decimal(10) ** 13
UNNOTICED = Decimal("0.001")
# Wide enough for every digit of the longest text, so that a number is rounded once, to the penny.
EXACT = Context(prec=LONGEST_TEXT + 100, rounding=ROUND_HALF_EVEN)

UNITS = {"£": Decimal(1), "£000": Decimal(1_000), "£m": Decimal(1_000_000)}
UNIT_SPELLINGS = {
    "£": ("£", "£s", "gbp", "pounds"),
    "£000": ("£000", "£k", "£thousand", "£thousands", "000", "thousands", "thousandpounds", "gbp000", "gbpk"),
    "£m": ("£m", "£mn", "£million", "£millions", "millions", "millionpounds", "gbpm", "gbpmillion"),
}
UNIT_OF = {spelling: unit for unit, spellings in UNIT_SPELLINGS.items() for spelling in spellings}
MULTIPLES = {
    **dict.fromkeys(("k", "thousand"), Decimal(1_000)),
    **dict.fromkeys(("m", "mn", "million"), Decimal(1_000_000)),
    **dict.fromkeys(("bn", "billion"), Decimal(1_000_000_000)),
}
BOUNDS: dict[str, Literal["low", "high"]] = {
    **dict.fromkeys(("up to", "upto", "no more than", "not more than", "not exceeding", "less than"), "high"),
    **dict.fromkeys(("at most", "under", "below", "almost", "nearly", "maximum", "max", "<=", "<"), "high"),
    **dict.fromkeys(("in excess of", "more than", "at least", "no less than", "not less than"), "low"),
    **dict.fromkeys(("greater than", "upwards of", "over", "above", "minimum", "min", ">=", ">"), "low"),
}
NO_AMOUNT = "is not an amount in pounds. Leave it empty if it is not yet known."
ZERO_WORDS = frozenset(("nil", "zero", "£nil"))


def _any_of(words: Sequence[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


NUMBER = r"(?:[1-9][0-9]{0,2}(?:,[0-9]{3})+|[1-9][0-9]{0,2}(?: [0-9]{3})+|[1-9][0-9]*|0)(?:\.[0-9]+)?"
MULTIPLE = _any_of(tuple(MULTIPLES))
PART = rf"(£?) {{0,3}}({NUMBER}) {{0,3}}({MULTIPLE})?( {{0,3}}pounds)?"
ONE = re.compile(rf"([+-]?) ?(£?) {{0,3}}([+-]?)({NUMBER}) {{0,3}}({MULTIPLE})?(-?)( {{0,3}}pounds)?")
PAIR = re.compile(rf"(?:{PART}(?:-| - | to ){PART}|between {PART} and {PART})")
BRACKETED = re.compile(r"(£?) ?\(([^()]*)\) ?([a-z]*)")
SCIENTIFIC = re.compile(r"([+-]?)(£?)([0-9](?:\.[0-9]+)?e[+-]?[0-9]{1,3})")
MAYBE_THOUSANDS = re.compile(r"[1-9][0-9]{0,2}\.[0-9]{3}")
LOOSE = re.compile(rf"([-+(£ ]{{0,5}})([0-9][0-9., ]*[0-9])\)? {{0,3}}({MULTIPLE})?\)?( {{0,3}}pounds)?")
COMMAS = re.compile(r"[0-9]+(?:,[0-9]+)+(?:\.[0-9]+)?")
EUROPEAN = re.compile(r"[0-9]{1,3}(?:[. ][0-9]{3})+,[0-9]+")
ENDS, SCALED = "(?![,.]?[0-9])", rf"(?: ?(?:{MULTIPLE})(?![a-z]))"
FOUND = re.compile(rf"(?<![0-9a-z.,])(?:£ ?{NUMBER}{ENDS}{SCALED}?|{NUMBER}{ENDS}{SCALED})")
BARE_YEAR = re.compile(r"(?:19|20)[0-9]{2}")
CURRENCY = "usd|eur|euros?|dollars?|aud|cad|nzd|chf|jpy|yen|cny|inr|sek|nok|dkk"
OTHER_THINGS = {
    r"^(?:#(?:#+|[a-z0-9_/]+[!?]?)|err:[0-9]+)$": ("amount_spreadsheet_error", "is a spreadsheet error. Mend it."),
    rf"[$¢¥€₠-₿]|(?<![a-z])(?:{CURRENCY})(?![a-z])": ("amount_other_currency", "is not in pounds. Write pounds."),
    r"^[^£]*(?:%|per ?cent(?![a-z])|pct)[^£]*$": ("amount_is_percentage", "is a percentage. Write pounds."),
    r"^(?:none|null|£ *-)$": ("amount_ambiguous", "can be read as zero or as not known. Write 0, or leave it empty."),
    rf"^£?{NUMBER} ?(?:p|pence)$": ("amount_unreadable", "is in pence. Write pounds, like 0.50."),
}
REFUSED = tuple((re.compile(pattern), code, told) for pattern, (code, told) in OTHER_THINGS.items())
# A stop before a digit is left in place: `c.5m` may be 5m or .5m, and is refused.
STOP = r"(?:\.(?![0-9]))?"
APPROXIMATE = re.compile(rf"(?:~|(?:approximately|approx|circa|around|about|roughly|ca|c)(?![a-z]){STOP}) {{0,3}}")
APPROXIMATE_BEHIND = re.compile(r" (?:approximately|approx\.?|\(approx\.?\)|circa)$")
BOUND = re.compile(rf"(?:just |well )?(?:a )?({_any_of(tuple(BOUNDS))})(?: of)?(?![a-z]){STOP} {{0,3}}")
BOUND_BEHIND = re.compile(r"(?:(\+| or more)| or less)$")
BASIS = re.compile(
    r"(?:(?:(?<![a-z])|(?<=[kmn]))p\.? ?a\.?|p/a|per (?:annum|year|yr)|(?<![a-z])(?:a|each|every) year"
    r"|/ ?(?:year|yr|annum)|annually|yearly)$"
)


@dataclass(frozen=True)
class Money:
    """What a cell's text was read as, in pounds to the penny; as Reading, with an amount or its two ends.

    A range has `low` and `high`, a bound one of them, and neither has an `amount`; all None means not known.
    `basis` is set only where the cell says that the amount is per year.
    """

    amount: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    basis: Literal["per_year"] | None = None
    code: str | None = None
    bad: bool = False
    message: str | None = None
    suggestion: str | None = None


class AmountError(ValueError):
    """A text that is not one certain amount; `money` is the finding, with no amount."""

    def __init__(self, code: str, message: str, suggestion: str | None = None) -> None:
        super().__init__(message)
        self.money = Money(code=code, bad=True, message=message, suggestion=suggestion)


class Part(NamedTuple):
    """One amount as written: has it a pound sign, its digits, its multiple (`k`, `m`), the word pounds."""

    pound: bool
    number: str
    multiple: str | None
    in_pounds: bool


class Phrase(NamedTuple):
    """A text without the words around its amount, and what those words said."""

    core: str
    bound: Literal["low", "high"] | None
    approximate: bool
    basis: Literal["per_year"] | None


class Source(NamedTuple):
    """The cell as sent and the unit of its column: what every message names."""

    text: str
    unit: str


def read_unit(text: str) -> str | None:
    """The unit that a heading or a statement names: `£`, `£000` or `£m`; None if it names none of them."""
    plain = plain_text(text) or ""
    key = re.sub(r"[ ',().]", "", plain)
    return UNIT_OF.get(key) or UNIT_OF.get(key.removesuffix("s"))


def read_money(text: str, unit: str = "£") -> Money:
    """What a cell says of money, in pounds to the penny; `unit` (`£`, `£000`, `£m`) applies to plain numbers.

    A text that cannot be read, or can be read in two ways, is `bad` and has no amount. Raises ValueError for a
    unit that is none.
    """
    source = Source(text, _checked_unit(unit))
    short = len(text.strip()) <= LONGEST_TEXT
    plain = plain_text(text) if short else None
    if plain is not None and says_not_known(plain):
        return Money()
    try:
        if short:
            _refuse_other_things(plain or text.strip().lower(), source)
        if plain is None:
            _refuse(source)
        return _read_phrase(_phrase(plain), source)
    except AmountError as error:
        return error.money


def read_number(value: float, unit: str = "£") -> Money:
    """What a spreadsheet's number says: its shortest decimal times the column's unit, rounded to the penny.

    Not a number and infinity are `bad`. Raises ValueError for a unit that is none.
    """
    column = _checked_unit(unit)
    exact = Decimal(value) if isinstance(value, int) else Decimal(float.__repr__(value))
    source = Source(f"{exact:.17g}", column)
    try:
        if isinstance(value, bool) or not exact.is_finite():
            _refuse(source)
        pounds = EXACT.multiply(exact, UNITS[column])
        amount = _to_the_penny(pounds, source)
    except AmountError as error:
        return error.money
    return _remarked(Money(amount), _conversion((), (pounds,), (amount,), source))


def _checked_unit(unit: str) -> str:
    column = unit if unit in UNITS else read_unit(unit)
    if column is None:
        raise ValueError(f"No unit '{unit}'. There are: {', '.join(UNITS)}.")
    return column


def _refuse_other_things(plain: str, source: Source) -> None:
    """Raises for what is something other than an amount in pounds, each with its own code."""
    for pattern, code, told in REFUSED:
        if pattern.search(plain):
            raise AmountError(code, f"{quoted(source.text)} {told}")


def _phrase(plain: str) -> Phrase:
    """Takes the words of basis, approximation and bound off a text; at most one of each."""
    core, basis, approximate = plain.replace("gbp", "£"), None, False
    bounds: list[Literal["low", "high"]] = []
    if found := BASIS.search(core):
        core, basis = core[: found.start()].rstrip(" ,"), "per_year"
    if found := BOUND_BEHIND.search(core):
        core = core[: found.start()].rstrip()
        bounds.append("low" if found[1] else "high")
    if found := APPROXIMATE_BEHIND.search(core):
        core, approximate = core[: found.start()].rstrip(), True
    for _ in ("either", "order"):
        if not approximate and (found := APPROXIMATE.match(core)):
            core, approximate = core[found.end() :], True
        if not bounds and (found := BOUND.match(core)):
            core = core[found.end() :]
            bounds.append(BOUNDS[found[1]])
    return Phrase(core, bounds[0] if bounds else None, approximate, basis)


def _read_phrase(phrase: Phrase, source: Source) -> Money:
    if phrase.core in ZERO_WORDS and phrase.bound is None:
        return Money(NOTHING, basis=phrase.basis)
    bracketed = BRACKETED.fullmatch(phrase.core)
    core = "".join(bracketed.groups()) if bracketed else phrase.core
    if found := ONE.fullmatch(core):
        before, pound, inside, number, multiple, behind, in_pounds = found.groups()
        part = Part(bool(pound), number, multiple, bool(in_pounds))
        return _read_one(part, before + inside + behind + ("-" if bracketed else ""), phrase, source)
    if found := SCIENTIFIC.fullmatch(core):
        part = Part(bool(found[2]), found[3], None, False)
        return _read_one(part, found[1] + ("-" if bracketed else ""), phrase, source)
    if (found := PAIR.fullmatch(phrase.core)) and phrase.bound is None:
        groups = found.groups()[:8] if found[2] else found.groups()[8:]
        low, high = (Part(bool(own[0]), own[1], own[2], bool(own[3])) for own in (groups[:4], groups[4:]))
        return _read_range(low, high, phrase, source)
    return _refuse_puzzle(phrase.core, source)


def _read_one(part: Part, signs: str, phrase: Phrase, source: Source) -> Money:
    """One amount, or the one end of a bound. Two signs, or a bound of a negative amount, are not certain."""
    if len(signs) > 1 or (phrase.bound and signs):
        _refuse(source)
    exact = _pounds(part, source)
    exact = exact.copy_negate() if signs == "-" else exact
    amount = _to_the_penny(exact, source)
    remarks = _wording(phrase, (amount,), source)
    if "e" in part.number and amount != exact:
        _refuse(source)
    if "e" in part.number:
        told = f"{quoted(source.text)} was read as {_shown(amount)}; the spreadsheet may have dropped digits."
        remarks.append(("amount_scientific", told))
    remarks += _conversion((part,), (exact,), (amount,), source)
    low, high = (amount if phrase.bound == end else None for end in ("low", "high"))
    return _remarked(Money(None if phrase.bound else amount, low, high, phrase.basis), remarks)


def _read_range(low: Part, high: Part, phrase: Phrase, source: Source) -> Money:
    """The two ends of a range; in `1-2m` the first end takes the multiple of the second."""
    own, low = low.multiple, _with_shared_unit(low, high, source)
    if not (low.pound or high.pound or high.multiple or high.in_pounds):
        _refuse_years(low, high, source)
    exact = (_pounds(low, source), _pounds(high, source))
    bottom, top = (_to_the_penny(end, source) for end in exact)
    # `£12-15,000` may mean £12,000, and `£5-£10,000` too.
    if own is None and 0 < bottom * 1000 <= top:
        _refuse_two(source, (bottom, bottom * 1000))
    if bottom > top:
        told = f"is not a range: {_shown(bottom)} is more than {_shown(top)}. Write each end with its unit."
        _refuse(source, told)
    remarks = _wording(phrase, (bottom, top), source)
    remarks += _conversion((low, high), exact, (bottom, top), source)
    return _remarked(Money(low=bottom, high=top, basis=phrase.basis), remarks)


def _with_shared_unit(low: Part, high: Part, source: Source) -> Part:
    """The lower end with the unit that it shares with the upper one; raises where that is a guess."""
    high_has_unit = bool(high.multiple or high.in_pounds)
    if low.multiple or low.in_pounds:
        if not (high_has_unit or high.pound):
            _refuse(source)
        return low
    if high_has_unit and not high.pound:
        return low._replace(multiple=high.multiple, in_pounds=high.in_pounds)
    scale = MULTIPLES[high.multiple] if high.multiple else Decimal(1)
    if not high_has_unit or scale == UNITS[source.unit]:
        return low
    number, top = (Decimal(re.sub("[ ,]", "", end.number)) for end in (low, high))
    # `£100,000-£1.5m` is certain; `£1-£2m` and `£500-£1m` are not.
    if source.unit != "£" or not low.pound or number <= max(top, Decimal(999)):
        _refuse_two(source, (EXACT.multiply(number, UNITS[source.unit]), EXACT.multiply(number, scale)))
    return low


def _refuse_years(low: Part, high: Part, source: Source) -> None:
    """Raises if a range of bare numbers may be years: `2014-2015`, `14-15`, `6-2014`; or pence, as in `12-50`."""
    short = len(low.number) == len(high.number) == 2 and int(high.number) == int(low.number) + 1
    if short or BARE_YEAR.fullmatch(low.number) or BARE_YEAR.fullmatch(high.number):
        _refuse(source, "may be years or a date. Write an amount in pounds, with a £ sign at each end.")
    if source.unit == "£" and len(high.number) == 2 and re.search(r"\d-\d\d", source.text) and high.number.isdigit():
        _refuse_two(source, (Decimal(f"{low.number.replace(',', '')}.{high.number}"), Decimal(high.number)))


def _pounds(part: Part, source: Source) -> Decimal:
    """The exact pounds of one amount; raises where its digits or its unit can be read in two ways."""
    number = Decimal(re.sub("[ ,]", "", part.number))
    column = UNITS[source.unit]
    if part.pound and number and column != 1 and not part.multiple and not part.in_pounds:
        _refuse_two(source, (number, EXACT.multiply(number, column)))
    scale = MULTIPLES[part.multiple] if part.multiple else Decimal(1) if part.in_pounds else column
    if MAYBE_THOUSANDS.fullmatch(part.number) and scale < UNITS["£m"]:
        _refuse_two(source, (EXACT.multiply(number, scale), EXACT.multiply(number, scale * 1000)))
    return EXACT.multiply(number, scale)


def _to_the_penny(pounds: Decimal, source: Source) -> Decimal:
    if pounds.copy_abs() > LARGEST:
        told = f"{quoted(source.text)} is more than {_shown(LARGEST)}. Write the amount in pounds, in full."
        raise AmountError("amount_out_of_range", told)
    # Adding zero turns minus nothing into nothing.
    return EXACT.add(pounds.quantize(PENNY, context=EXACT), NOTHING)


def _refuse(source: Source, told: str = NO_AMOUNT, suggestion: str | None = None) -> NoReturn:
    raise AmountError("amount_unreadable", f"{quoted(source.text)} {told}", suggestion)


def _refuse_two(source: Source, readings: Sequence[Decimal]) -> NoReturn:
    first, second = readings
    raise AmountError(
        "amount_ambiguous",
        f"{quoted(source.text)} can be read as {_shown(first)} or as {_shown(second)}. "
        f"Write {_as_written(first, source)} or {_as_written(second, source)}.",
    )


def _refuse_puzzle(core: str, source: Source) -> NoReturn:
    """Says what was found in a text that is no amount: digits with two readings, or amounts among words."""
    if found := LOOSE.fullmatch(core):
        scale = MULTIPLES[found[3]] if found[3] else Decimal(1) if found[4] else UNITS[source.unit]
        sign = -1 if "-" in found[1] or "(" in found[1] else 1
        readings = [EXACT.multiply(number, scale * sign) for number in _loose_readings(found[2])]
        if len(set(readings)) > 1:
            _refuse_two(source, readings)
    amounts = FOUND.findall(core)
    if not amounts or amounts[0] == core:
        _refuse(source)
    named = " and ".join(f"'{amount}'" for amount in amounts[:2])
    told = f"is not one amount alone: it holds {named}. Write one amount, and the rest in notes."
    _refuse(source, told, amounts[0] if len(amounts) == 1 and core.startswith(amounts[0]) else None)


def _loose_readings(number: str) -> list[Decimal]:
    """The two ways to read digits whose commas are no thousands: as a decimal comma, or without it."""
    joined = Decimal(re.sub("[ ,]", "", number)) if number.count(".") < 2 else None
    if EUROPEAN.fullmatch(number):
        whole, pence = re.sub("[ .]", "", number).split(",")
        return [Decimal(f"{whole}.{pence}"), Decimal(whole + pence)]
    if joined is None or not COMMAS.fullmatch(number):
        return []
    first, *rest = number.split(",")
    if "." not in number and (len(rest) == 1 or len(rest[-1]) != 3):
        return [Decimal("".join((first, *rest[:-1])) + "." + rest[-1]), joined]
    padded = first + "".join(group if "." in group else group.ljust(3, "0") for group in rest)
    return [joined, Decimal(padded)]


def _wording(phrase: Phrase, amounts: Sequence[Decimal], source: Source) -> list[tuple[str, str]]:
    named, remarks = quoted(source.text), []
    if len(amounts) > 1:
        ends = f"{_shown(amounts[0])} to {_shown(amounts[1])}"
        remarks.append(("amount_range", f"{named} is a range, {ends}; no single amount was taken from it."))
    if phrase.bound:
        end = "lowest" if phrase.bound == "low" else "highest"
        told = f"{named} gives only the {end} amount, {_shown(amounts[0])}; no single amount was taken from it."
        remarks.append(("amount_bound", told))
    if phrase.approximate:
        remarks.append(("amount_approximate", f"{named} is approximate."))
    return remarks


def _conversion(
    parts: Sequence[Part], exact: Sequence[Decimal], amounts: Sequence[Decimal], source: Source
) -> list[tuple[str, str]]:
    """The remarks on rounding, if it changed an amount by over a tenth of a penny, and on a unit of the cell's own."""
    named, remarks = quoted(source.text), []
    read = " to ".join(_shown(amount) for amount in amounts)
    if any(EXACT.subtract(*pair).copy_abs() > UNNOTICED for pair in zip(exact, amounts, strict=True)):
        remarks.append(("amount_rounded", f"{named} was rounded to {read}."))
    if source.unit != "£" and any(part.multiple or part.in_pounds for part in parts):
        told = f"{named} carries its own unit in a column of {source.unit}; it was read as {read}."
        remarks.append(("unit_in_cell", told))
    return remarks


def _remarked(money: Money, remarks: Sequence[tuple[str, str]]) -> Money:
    """The money with its remarks: the code of the first, the sentences of all."""
    if not remarks:
        return money
    message = " ".join(sentence for _, sentence in remarks)
    return Money(money.amount, money.low, money.high, money.basis, remarks[0][0], message=message)


def _shown(amount: Decimal) -> str:
    return f"{'-' if amount < 0 else ''}£{amount.copy_abs():,.2f}"


def _as_written(amount: Decimal, source: Source) -> str:
    """How to write an amount so that it is read in one way in this column."""
    whole = amount == amount.to_integral_value() and amount.copy_abs() >= 1000
    return f"{amount:.{0 if whole else 2}f}{'' if source.unit == '£' else ' pounds'}"
