"""Lists of published claims, as small ones as a test asks for."""

import csv
import io

CLAIM = {
    "claim_ref": "C-1",
    "claim": "The programme saved £1m",
    "amount_gbp": "1000000",
    "bound": "exact",
    "count": "",
    "count_of": "",
    "period_start": "",
    "period_end": "",
    "scope": "programme",
    "counts": "outcome",
    "stage": "achieved",
    "kind": "efficiency_saving",
    "project_ref": "",
    "what_it_counts": "Savings.",
    "source_title": "A report",
    "source_url": "",
}


def register(*claims: dict[str, str]) -> str:
    """A file of claims: each that one exact claim of £1m, but for these cells."""
    text = io.StringIO()
    writer = csv.DictWriter(text, list(CLAIM), lineterminator="\n")
    writer.writeheader()
    writer.writerows(CLAIM | {"claim_ref": f"C-{number}"} | claim for number, claim in enumerate(claims, 1))
    return text.getvalue()
