"""Headings as typed become canonical columns; what is not known is named, never guessed."""

import csv
import re
from functools import cache
from pathlib import Path

from etl.columns import NAMES


def heading_key(text: str) -> str:
    """A heading without case, punctuation and spacing: `Lead council ` and `lead_council` are one."""
    return re.sub(r"[^a-z0-9£%]+", " ", text.casefold()).strip()


@cache
def known_headings(reference: Path) -> dict[str, str]:
    """Every spelling of a heading that has one certain meaning, by its key."""
    known = {heading_key(name): name for name in NAMES}
    with (reference / "headings.csv").open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            known[heading_key(row["heading"])] = row["column"]
    return known
