"""Published claims about the programme as a whole: kept one by one with wording and source, never added up."""

import csv
import io
from decimal import Decimal, InvalidOperation

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
CLAIM_RULES = {
    "other_scope": "not reproducible: it is about the whole sector, or another strand of work",
    "not_an_outcome": "not reproducible: it states an input or a ratio",
    "no_amount": "not reproducible: it states no amount",
    "stage_not_stated": "not reproducible: its wording names no stage, and stages are never added",
    "kind_not_stated": "not reproducible: its wording does not say whether it is savings or income",
    "ledger_above_it": "contradicted: the ledger already holds more than a claim that is exact or a ceiling",
    "ledger_incomplete": "not reproducible: not every project reported at this stage, or they are chosen examples",
    "same_amount": "reproduced: the same within the rounding of the claim, or as its floor or ceiling allows",
    "ledger_below_it": "contradicted: every project reported, and the ledger holds less, or for a floor too little",
}
"""Each verdict on a claim by its code, in the order in which they are tried; `tables/claim_verdicts.sql` is how."""
TEXTS = tuple(name for name, kind in CLAIM_COLUMNS if kind == "varchar" and name not in MADE)


def is_claims(content: bytes) -> bool:
    """Whether a file is a list of claims: its first line names the claim and what it counts."""
    first = content[:2000].decode("utf-8-sig", "replace").splitlines()[:1]
    headings = next(csv.reader(io.StringIO(first[0] if first else "")), [])
    return {"claim", "what_it_counts"} <= set(headings)


def claims_of(content: bytes, return_no: int) -> list[tuple]:
    """The claims of a file, a row each in the order of CLAIM_COLUMNS. Problem names what cannot be read."""
    rows = delimited.read_rows(content)
    headings = rows[0]
    missing = [name for name, _ in CLAIM_COLUMNS if name not in (*headings, *MADE)]
    if missing:
        raise Problem("not_a_table", f"a list of claims needs the columns {', '.join(missing)}.")
    return [
        _claim(dict(zip(headings, row, strict=False)), return_no, number)
        for number, row in enumerate(rows[1:], 2)
        if any(row)
    ]


def _claim(cells: dict[str, str], return_no: int, row: int) -> tuple:
    values: dict[str, object] = {name: cells.get(name) or None for name in TEXTS}
    ends = list(dict.fromkeys(filter(None, (values["period_start"], values["period_end"]))))
    counted = " ".join(filter(None, (cells["count"], cells["count_of"])))
    values |= {
        "return_no": return_no,
        "row": row,
        "period": " to ".join(map(str, ends)) or None,
        "counted": counted or None,
    }
    try:
        values["amount_gbp"] = Decimal(cells["amount_gbp"]) if cells["amount_gbp"] else None
        values["count"] = int(cells["count"]) if cells["count"] else None
    except (InvalidOperation, ValueError):
        raise Problem("not_a_table", f"row {row}: amount_gbp and count of a claim are plain numbers.") from None
    for name, allowed in ALLOWED.items():
        if values[name] not in allowed:
            named = ", ".join(allowed)
            raise Problem("not_a_table", f"row {row}: '{values[name] or ''}' is no {name} of a claim. Write {named}.")
    return tuple(values[name] for name, _ in CLAIM_COLUMNS)
