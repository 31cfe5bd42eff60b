"""One cell of an ODS table: its value as stored, and what a person sees of it, become one text."""

import re
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation

from etl.readers.cell_text import decimal_text, percent_of

TABLE = "urn:oasis:names:tc:opendocument:xmlns:table:1.0 "
OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0 "
EXTENDED = "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0 "
ERROR = re.compile(r"#[A-Z0-9/_!?]+|Err:[0-9]+")
SHOWN = re.compile(r"([^0-9.,]*)([0-9][0-9., \u00a0\u202f]*|\.[0-9]+)(.*)", re.S)
WORDS = re.compile(r"[^\W\d_]|[^\w\s£()+\-.,/:;'*#&]")
EXPONENT = re.compile(r"e[+-]?[0-9]+", re.I)
DURATION = re.compile(r"PT(\d+)H(\d+)M(\d+)(?:[.,]\d+)?S")
SCALES = (Decimal(1_000), Decimal(1_000_000), Decimal(1_000_000_000))
LONGEST_FORMULA = 200
MOST_REPEATED = 2_000_000

KIND = f"{OFFICE}value-type"
SIMPLE = frozenset(("string", "float", "date"))
UNUSUAL = frozenset(
    (
        *(f"{TABLE}{name}" for name in ("formula", "number-columns-repeated")),
        *(f"{TABLE}{name}" for name in ("number-columns-spanned", "number-rows-spanned")),
        *(f"{OFFICE}{name}" for name in ("string-value", "currency")),
    )
)
PLAIN = re.compile(r"(?:[1-9][0-9]*|0)(?:\.[0-9]{1,2})?")


def simple_text(attributes: dict[str, str], shown: str) -> str | None:
    """The text of one ordinary cell, found without ado; None if more is to be looked at."""
    kind = attributes[KIND]
    if kind == "string":
        return shown if attributes.get(f"{EXTENDED}value-type") != "error" else None
    if kind == "date":
        said = attributes.get(f"{OFFICE}date-value", "T")
        return said if "T" not in said else None
    return shown if shown == attributes.get(f"{OFFICE}value") and PLAIN.fullmatch(shown) else None


class Cell:
    """The attributes of a cell, by what they say."""

    __slots__ = ("_said",)

    def __init__(self, attributes: dict[str, str]) -> None:
        self._said = attributes

    def office(self, name: str) -> str | None:
        """An attribute of its value."""
        return self._said.get(OFFICE + name)

    def count(self, name: str) -> int:
        """How many columns or rows it stands for; 1 if it does not say."""
        return count_of(self._said, name)

    @property
    def kind(self) -> str | None:
        """The type of its value."""
        if self._said.get(f"{EXTENDED}value-type") == "error":
            return "error"
        return self._said.get(f"{OFFICE}value-type")

    @property
    def formula(self) -> str | None:
        """Its formula without the name of its dialect."""
        formula = self._said.get(f"{TABLE}formula")
        return None if formula is None else re.sub(r"^\w+:", "", formula)[:LONGEST_FORMULA]


def count_of(attributes: dict[str, str], name: str) -> int:
    """The number that an attribute of a table says; 1 if it says none."""
    said = attributes.get(TABLE + name, "1")
    return min(int(said), MOST_REPEATED) if said.isascii() and said.isdigit() and len(said) < 12 else 1


def cell_text(cell: Cell, shown: str) -> tuple[str, bool]:
    """The text of a cell, and whether it shows thousands or millions of what it holds."""
    kind, shown_alone = cell.kind, shown.strip()
    if kind == "error" or (cell.formula and ERROR.fullmatch(shown_alone)):
        return shown_alone or "#ERROR!", False
    if kind in (None, "void"):
        return (shown or cell.formula or "") if cell.formula is None else _uncalculated(cell, shown), False
    if kind == "string":
        said = cell.office("string-value")
        return (shown if said is None or shown else said), False
    if shown_alone in ("TRUE", "FALSE") and kind == "float":
        return shown_alone, False
    if kind == "boolean":
        return ("TRUE" if cell.office("boolean-value") == "true" else "FALSE"), False
    if kind == "date":
        return _date(cell.office("date-value") or shown), False
    if kind == "time":
        found = DURATION.fullmatch(cell.office("time-value") or "")
        return ":".join(part.zfill(2) for part in found.groups()) if found else shown, False
    return _number(cell, shown_alone)


def _uncalculated(cell: Cell, shown: str) -> str:
    formula = cell.formula or ""
    return shown or (formula if formula.startswith("=") else f"={formula}")


def _date(said: str) -> str:
    day, _, time = said.partition("T")
    return day if not time.strip("0:.Z") else f"{day} {time}"


def _number(cell: Cell, shown: str) -> tuple[str, bool]:
    """A number; with the sign or unit that is shown beside it, unless that says pounds."""
    try:
        number = Decimal(cell.office("value") or "")
    except InvalidOperation:
        return shown or "#NUM!", False
    text = decimal_text(number)
    if cell.kind == "percentage":
        return percent_of(number), False
    currency = cell.office("currency")
    if cell.kind == "currency" and currency not in (None, "", "GBP", "£"):
        return f"{text} {currency}", False
    found = SHOWN.fullmatch(shown)
    if found is None:
        return (shown if WORDS.search(shown) else text), False
    return _as_shown(number, text, found) if number else (text, False)


def _as_shown(number: Decimal, text: str, found: re.Match[str]) -> tuple[str, bool]:
    """The number with the words shown before and behind it, or in full where a scaled one is shown."""
    before, digits, behind = found[1].strip(" -(+"), found[2], found[3].rstrip(") ")
    words = WORDS.search(re.sub("£|GBP", "", before + behind))
    if EXPONENT.fullmatch(behind.strip()):
        return text, False
    sign, size = "-" if number < 0 else "", text.removeprefix("-")
    shown = list(_readings(digits))
    as_stored = any(abs(each - abs(number)) <= step for each, step in shown)
    scaled = any(abs(each - abs(number) / scale) <= step for each, step in shown for scale in SCALES)
    if scaled and not as_stored:
        return f"{sign}£{size}", True
    if words and (scaled or not as_stored):
        # What the digits mean is not certain, so no reader of cells should take them for a value.
        return f"{text} (shown as {found[0].strip()})", False
    return (f"{sign}{before}{size}{behind}" if words else text), False


def _readings(digits: str) -> Iterator[tuple[Decimal, Decimal]]:
    """The numbers that shown digits may be, with a point or a comma before the decimals, and their last place."""
    plain = re.sub(r"[ \u00a0\u202f]", "", digits).rstrip(".,")
    for text in {plain.replace(",", ""), plain.replace(".", "").replace(",", ".")}:
        if text.count(".") < 2:
            yield Decimal(text), Decimal(1).scaleb(-len(text.partition(".")[2]))
