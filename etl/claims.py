"""Published claims about the programme as a whole: kept one by one with wording and source, never added up."""

import csv
import io
import re
from collections.abc import Collection
from decimal import Decimal

from etl.readers import Problem, delimited

CLAIM_COLUMNS = (
    ("return_no", "smallint"),
    ("row", "integer"),
    ("claim_ref", "varchar"),
    ("claim", "varchar"),
    ("amount_gbp", "decimal(18, 2)"),
    ("bound", "varchar"),
    ("count", "integer"),
    ("count_of", "varchar"),
    ("period_start", "varchar"),
    ("period_end", "varchar"),
    ("period", "varchar"),
    ("counted", "varchar"),
    ("scope", "varchar"),
    ("counts", "varchar"),
    ("stage", "varchar"),
    ("kind", "varchar"),
    ("project_ref", "varchar"),
    ("what_it_counts", "varchar"),
    ("source_title", "varchar"),
    ("source_url", "varchar"),
)
MADE = ("return_no", "row", "period", "counted")
ALLOWED = {
    "counts": ("outcome", "input", "ratio"),
    "stage": ("achieved", "projected", "identified", "unclear"),
    "kind": ("efficiency_saving", "income_generation", "both", "unclear"),
    "bound": ("exact", "over", "almost", "up to", "at least"),
    "scope": ("programme", "sector", "other strand"),
}
"""What a claim counts, and how it is worded, as its source has it: `unclear` where it does not say."""
YEAR = re.compile(r"(20[0-9]{2})(?:-([0-9]{2}))?")
MOST, MOST_COUNTED = Decimal(10) ** 15, 10**9
"""No claim states as many pounds, or counts as many of anything, and a release could not hold them."""
LOOKED_AT = 2000
"""Bytes in which the headings of a list of claims stand."""
TEXTS = tuple(name for name, kind in CLAIM_COLUMNS if kind == "varchar" and name not in MADE)


def is_claims(content: bytes) -> bool:
    """Whether a file is a list of claims: its first line names the claim and what it counts."""
    first = content[:LOOKED_AT].decode("utf-8-sig", "replace").splitlines()[:1]
    headings = next(csv.reader(io.StringIO(first[0] if first else "")), [])
    return {"claim", "what_it_counts"} <= set(headings)


def claims_of(content: bytes, return_no: int, known: Collection[str] = ()) -> list[tuple]:
    """The claims of a file, a row each in the order of CLAIM_COLUMNS. Problem names what cannot be read.

    `known` are the references of claims in other files: a reference names one claim.
    """
    rows = delimited.read_rows(content)
    headings = rows[0]
    missing = [name for name, _ in CLAIM_COLUMNS if name not in (*headings, *MADE)]
    if missing:
        raise Problem("not_a_table", f"a list of claims needs the columns {', '.join(missing)}.")
    seen = set(known)
    claims = []
    for number, row in enumerate(rows[1:], 2):
        if not any(row):
            continue
        values = _claim(dict(zip(headings, row, strict=False)), return_no, number)
        if values["claim_ref"] in seen:
            raise _wrong(number, f"'{values['claim_ref']}' names another claim too. Give each a claim_ref of its own.")
        seen.add(str(values["claim_ref"]))
        claims.append(tuple(values[name] for name, _ in CLAIM_COLUMNS))
    return claims


def _wrong(row: int, message: str) -> Problem:
    return Problem("not_a_table", f"row {row}: {message}")


def _claim(cells: dict[str, str], return_no: int, row: int) -> dict[str, object]:
    values: dict[str, object] = {name: (cells.get(name) or "").strip() or None for name in TEXTS}
    for name in ("claim_ref", "claim"):
        if values[name] is None:
            raise _wrong(row, f"the {name} of a claim is empty.")
    for name, allowed in ALLOWED.items():
        if values[name] not in allowed:
            named = ", ".join(allowed)
            raise _wrong(row, f"'{values[name] or ''}' is no {name} of a claim. Write {named}.")
    amount, count = (_number(cells.get(name) or "", row) for name in ("amount_gbp", "count"))
    if count is not None and (count != int(count) or count > MOST_COUNTED):
        raise _wrong(row, f"'{count}' is no count of a claim. Write a whole number.")
    return values | {
        "return_no": return_no,
        "row": row,
        "period": _period(values["period_start"], values["period_end"], row),
        "counted": " ".join(filter(None, (cells.get("count"), cells.get("count_of")))) or None,
        "amount_gbp": amount,
        "count": None if count is None else int(count),
    }


def _number(text: str, row: int) -> Decimal | None:
    """A plain number that is not below zero; None where the cell is empty."""
    if not text.strip():
        return None
    found = Decimal(text) if re.fullmatch(r"[0-9]+(\.[0-9]{1,2})?", text.strip(), re.ASCII) else None
    if found is None or found >= MOST:
        raise _wrong(row, f"'{text}': amount_gbp and count of a claim are plain numbers, like 1250000.")
    return found


def _period(start: object, end: object, row: int) -> str | None:
    """The years of a claim in words; both ends are financial years, or both calendar years, or there is no period."""
    if start is None and end is None:
        return None
    years = [YEAR.fullmatch(str(one)) for one in (start, end)]
    first, last = ((found[1], found[2]) if found else ("", None) for found in years)
    sound = all(years) and (first[1] is None) == (last[1] is None) and first[0] <= last[0]
    if not sound or any(after and int(after) != (int(year) + 1) % 100 for year, after in (first, last)):
        raise _wrong(row, f"'{start or ''}' to '{end or ''}' is no period of a claim. Write 2015-16 to 2017-18.")
    return " to ".join(map(str, dict.fromkeys((start, end))))
