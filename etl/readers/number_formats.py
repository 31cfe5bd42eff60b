"""Number formats that change what a person sees: percentages, other currencies, a written unit, thousands."""

import re
from dataclasses import dataclass

from etl.readers.cell_text import number_text, percent_text

BUILT_IN = {9: "0%", 10: "0.00%"}
TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"?|\\(?P<escaped>.)|[_*].|\[(?P<bracket>[^\]]*)\]|(?P<general>general)'
    r"|(?P<science>e[+-])|(?P<digits>[0#?]+)|(?P<scale>,+(?![0#?]))|(?P<other>.)",
    re.I | re.S,
)
CONDITION = re.compile(r"(<=|>=|<>|<|>|=)(-?[0-9.]+)")
CURRENCY = re.compile(r"\$([^-]*)")
MEANS = re.compile(r"[^\W\d_]|[^\w\s£()+\-.,/:;'*#&]")
POUND = re.compile(r"£|\bgbp\b", re.I)
LONGEST_CODE = 1_000


@dataclass(frozen=True)
class Section:
    """One part of a format: what stands before and behind the digits, and how the number is changed."""

    before: str
    behind: str
    digits: bool
    percent: bool
    scaled: bool
    condition: tuple[str, float] | None

    @property
    def is_plain(self) -> bool:
        """Does a person see the number as it is stored, in pounds or without a unit?"""
        return not (self.percent or self.scaled or MEANS.search(POUND.sub("", self.before + self.behind)))

    def text(self, value: float) -> str:
        """What a person sees of a number, with all its digits; scaled numbers in full, with their pound sign."""
        sign, size = "-" if value < 0 else "", number_text(abs(value))
        if self.percent:
            return percent_text(value)
        if self.is_plain:
            return sign + size
        if not self.digits:
            return self.before.strip()
        before, behind = self.before.strip(" ()+-"), self.behind.strip(" ()+-")
        if self.scaled:
            foreign = MEANS.search(POUND.sub("", before))
            return f"{sign}{before if foreign else '£'}{size}"
        gap = " " if self.behind.startswith(" ") else ""
        return f"{sign}{before}{size}{gap}{behind}"


@dataclass(frozen=True)
class Format:
    """A number format whose sections are not all plain."""

    sections: tuple[Section, ...]

    def section_for(self, value: float) -> Section:
        """The section that a spreadsheet takes for a number."""
        sections = self.sections
        if any(section.condition for section in sections):
            return next((each for each in sections if _holds(each.condition, value)), sections[-1])
        if value < 0 and len(sections) > 1:
            return sections[1]
        return sections[2] if value == 0 and len(sections) > 2 else sections[0]


def parse_format(code: str) -> Format | None:
    """The format that a code like `0.0"m"` describes; None if it shows plain numbers, pounds, dates or text."""
    if len(code) > LONGEST_CODE:
        return None
    sections: list[Section | None] = []
    tokens: list[re.Match[str]] = []
    for token in TOKEN.finditer(code):
        if token["other"] == ";":
            sections.append(_section(tokens))
            tokens = []
        else:
            tokens.append(token)
    sections.append(_section(tokens))
    numeric = tuple(section for section in sections[:3] if section is not None)
    if len(numeric) < min(3, len(sections)) or all(section.is_plain for section in numeric):
        return None
    return Format(numeric)


def _section(tokens: list[re.Match[str]]) -> Section | None:
    """One section; None if it shows dates or text."""
    before, behind = "", ""
    digits = percent = scaled = False
    condition = None
    for token in tokens:
        literal = token["quoted"] or token["escaped"] or ""
        if bracket := token["bracket"]:
            found = CONDITION.fullmatch(bracket)
            condition = (found[1], float(found[2])) if found and found[2].count(".") < 2 else condition
            literal = currency[1] if (currency := CURRENCY.match(bracket)) else ""
            if re.fullmatch("[hms]+", bracket, re.I):
                return None
        elif token["digits"] or token["general"]:
            digits = True
        elif token["scale"]:
            scaled = scaled or digits
        elif token["other"] == "%":
            percent = True
        elif (other := token["other"]) and other in "yYmMdDhHsS@":
            return None
        elif other and other not in ".,":
            literal = other
        before, behind = (before, behind + literal) if digits else (before + literal, behind)
    return Section(before, behind, digits, percent, scaled, condition)


def _holds(condition: tuple[str, float] | None, value: float) -> bool:
    if condition is None:
        return True
    sign, bound = condition
    return {
        "<": value < bound,
        "<=": value <= bound,
        ">": value > bound,
        ">=": value >= bound,
        "=": value == bound,
        "<>": value != bound,
    }[sign]
