"""Closed lists: stage, kind, basis and the like, in the words people use, and skill areas by their labels."""

import csv
import re
from difflib import get_close_matches
from functools import cache, lru_cache
from pathlib import Path

from etl.values import NOT_KNOWN, Reading

OTHER_AREA = "other"


@lru_cache(maxsize=65_536)
def word_key(text: str) -> str:
    """A word without case, punctuation and spacing: `Non-cashable` and `non cashable` are one."""
    return re.sub(r"[^a-z0-9&']+", " ", text.casefold().replace("’", "'")).strip()


@cache
def vocabulary(reference: Path, column: str) -> dict[str, str]:
    """What each known word of a closed column means, by its key."""
    with (reference / "words.csv").open(encoding="utf-8", newline="") as stream:
        rows = [row for row in csv.DictReader(stream) if row["column"] == column]
    return {word_key(text): row["value"] for row in rows for text in (row["word"], row["value"])}


def read_word(text: str, column: str, reference: Path) -> Reading:
    """The code that a word stands for in a closed column; a blank cell is not known, and `?` is a doubt."""
    known = vocabulary(reference, column)
    key = word_key(text)
    if not key:
        return NOT_KNOWN
    if key in known and "?" not in text:
        return Reading(known[key])
    near = get_close_matches(key, known, n=1, cutoff=0.8)
    allowed = ", ".join(dict.fromkeys(value.replace("_", " ") for value in known.values()))
    return Reading(
        code=f"{column}_unreadable",
        bad=True,
        message=f"'{text.strip()}' is not a {column.replace('_', ' ')}. Write one of: {allowed}.",
        suggestion=known[near[0]].replace("_", " ") if near else None,
    )


@cache
def skill_area_labels(reference: Path) -> dict[str, str]:
    """Every label of a skill area whose mapping is certain, by its key."""
    with (reference / "skill_areas.csv").open(encoding="utf-8", newline="") as stream:
        areas = list(csv.DictReader(stream))
    known = {word_key(row[name]): row["skill_area"] for row in areas for name in ("skill_area", "label")}
    with (reference / "skill_area_labels.csv").open(encoding="utf-8", newline="") as stream:
        known |= {word_key(row["label"]): row["skill_area"] for row in csv.DictReader(stream)}
    return known


def read_skill_area(text: str, reference: Path) -> Reading:
    """The code of a skill area; a label that maps to none is `other`, with a remark."""
    key = word_key(text)
    if not key:
        return NOT_KNOWN
    known = skill_area_labels(reference)
    if key in known:
        return Reading(known[key])
    near = get_close_matches(key, known, n=1, cutoff=0.8)
    return Reading(
        OTHER_AREA,
        code="skill_area_unmapped",
        message=f"'{text.strip()}' is not a skill area that the programme knows; it stands under 'Other'.",
        suggestion=known[near[0]] if near else None,
    )
