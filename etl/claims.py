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
    ("what_it_counts", "varchar"),
    ("source_title", "varchar"),
    ("source_url", "varchar"),
)
MADE = ("return_no", "row", "period", "counted")
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
    return tuple(values[name] for name, _ in CLAIM_COLUMNS)
