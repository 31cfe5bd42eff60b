"""Columns that only look like savings: grants, budgets, staff, space, percentages, unit costs, gaps."""

import re

WHYS = {
    "another currency is not pounds": r"[$€¥]|\b(?:usd|eur|euros?|dollars?)\b",
    "a percentage is not an amount": r"%|\bper ?cent|\bpercentage|\bproportion\b|\bratio\b|\brate\b|\bshare of\b",
    "an amount per head or per unit is not a saving in pounds": (
        r"\bper (?:household|head|capita|resident|person|unit|property|dwelling|tonne|day|week|month|hour|employee"
        r"|fte|visit|case|client|user|pupil|bed|mile|km|sq)|\bunit (?:cost|price|rate)s?\b"
    ),
    "staff are counted in persons": r"\bftes?\b|\bstaff\w*|\bposts?\b|\bhead ?count\b|\bemployees?\b|\bjobs?\b|\bwte\b",
    "space is not an amount of pounds": r"\bfloor ?(?:space|area)\b|\bsq(?:uare)?\.? ?(?:m|ft|feet|met)|\bm2\b|m²",
    "what is not achieved is not a saving": (
        r"(?<!if )\bnot\b(?! known)|\bun(?:achieved|delivered|realised|met)\b|\bremaining\b|\boutstanding\b|\bstill\b"
        r"|\bshort ?falls?\b|\bslippage\b|\bmissed\b|\blost\b|\bat risk\b|\bnever\b|\byet\b(?! to be)|\bno longer\b"
    ),
    "a difference between two figures is not a saving": (
        r"\bvar(?:iances?)?\b|\bdifferences?\b|\bgap\b|\bmovement\b|\b(?:over|under) ?spend|\b(?:surplus|deficit)\b"
    ),
    "a grant is not a saving": r"\bgrants?\b|\bfunding\b|\bfunded\b",
    "a budget, a price or spending is not a saving": (
        r"\bbudgets?\b|\bbase ?line\b|\bspend(?:ing)?\b|\bexpenditure\b|\bcosts?\b(?! (?:savings?|reductions?))"
        r"|\bcontract (?:value|sum|price|ceiling)s?\b|\bprices?\b|\bturnover\b|\breserves?\b|\bdebts?\b"
        r"|\binvestments?\b|\bcapital\b|\bcouncil tax\b|\bbalance\b|\bpay ?back\b|\broi\b|\bavoid(?:ed|ance)\b"
    ),
    "a count or a time is not an amount of pounds": (
        r"\bnumber\b|^no\.? of\b|\bcount\b|\bhours?\b|\bdays?\b|\bweeks?\b|\bmonths?\b|\btonnes?\b|\bpopulation\b"
        r"|\bhouseholds\b|\bkpis?\b|\bquantity\b|\bvolume\b"
    ),
}
COUNTS = frozenset(
    why for why in WHYS if why.startswith(("a percentage", "staff", "space", "a count", "an amount per"))
)
"""Why a column is left alone that holds no pounds at all, so that no total of pounds can hold it."""
PATTERNS = tuple((why, re.compile(pattern)) for why, pattern in WHYS.items())


def why_left_alone(plain: str, without_units: str) -> str | None:
    """Why the column of a plain heading is no column of savings, though it may hold numbers; None if it may be."""
    for why, pattern in PATTERNS:
        if pattern.search(plain) or pattern.search(without_units):
            return why
    return None
