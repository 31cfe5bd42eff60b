"""Headings with more than one meaning: decided by what stands below them, where that leaves one meaning only."""

import re
from collections.abc import Collection, Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

from etl.values.council import Councils, load_councils
from etl.values.financial_year import read_financial_year
from etl.values.words import skill_area_labels, vocabulary, word_key

WORDS = ("kind", "stage", "cashability", "recurrence", "basis", "net_or_gross", "expert_type", "evidence_grade")
OF_EVERY_LIST = frozenset(["unclear", "not stated", "other", "none", "total"])
REFERENCE = re.compile(r"(?=.*[0-9])(?=.*[A-Za-z/_-])[A-Za-z0-9/_.\- ]{3,30}")


class Unclear(NamedTuple):
    """What a heading may mean, and what to write instead where the cells do not decide it."""

    columns: tuple[str, ...]
    instead: str


UNCLEAR = {
    **dict.fromkeys(("year", "yr", "years"), Unclear(("financial_year",), "Financial year, or Grant year")),
    **dict.fromkeys(
        ("type", "category", "classification", "nature", "type of saving", "saving type", "savings type"),
        Unclear((*WORDS, "skill_area"), "Kind, Cashability, Recurrence or Skill area"),
    ),
    **dict.fromkeys(
        ("status", "progress", "position", "current status", "project status", "state", "delivery status"),
        Unclear(("stage",), "Stage"),
    ),
    **dict.fromkeys(("rating", "grade", "confidence", "quality"), Unclear(("evidence_grade",), "Evidence grade")),
    **dict.fromkeys(
        ("area", "service", "service area", "workstream", "work stream", "topic", "subject", "expertise", "focus"),
        Unclear(("skill_area",), "Skill area"),
    ),
    **dict.fromkeys(
        ("lead", "organisation", "body", "borough", "district", "county", "la", "public body", "applicant"),
        Unclear(("lead_council",), "Lead council"),
    ),
    **dict.fromkeys(
        ("ref", "reference", "id", "ref no", "reference number", "code", "no", "number", "ref number", "unique id"),
        Unclear(("project_ref",), "Project reference"),
    ),
    **dict.fromkeys(("date", "dated", "report", "updated"), Unclear((), "Date of report")),
    **dict.fromkeys(("start", "start date", "from", "start year"), Unclear((), "Start of benefit, or Grant year")),
    **dict.fromkeys(("end", "end date", "to", "end year", "finish"), Unclear((), "End of benefit")),
    **dict.fromkeys(("period", "duration", "term"), Unclear((), "Start of benefit and End of benefit")),
    **dict.fromkeys(("description", "name", "details", "narrative", "summary"), Unclear((), "Project title, or Notes")),
    **dict.fromkeys(("expert", "consultant", "provider", "supplier"), Unclear(("expert_type",), "Type of expert")),
    **dict.fromkeys(("gross", "net"), Unclear((), "Gross savings, or Net savings")),
    **dict.fromkeys(("share", "shares", "attributable"), Unclear((), "Attribution share, or Partner shares")),
}


def decided(key: str, cells: Collection[str], taken: Collection[str], reference: Path) -> str | None:
    """The one column that a heading with these distinct filled cells can mean; None if none, or several.

    A year is decided by the layout, which knows the projects; columns that the table already has are ruled out. Where
    some cells are kinds or stages, and none is a word of another column, it is that column: the rest are unreadable.
    """
    open_columns = [c for c in UNCLEAR[key].columns if c not in taken and c != "financial_year" and cells]
    fitting = [column for column in open_columns if _fits(column, cells, reference)]
    if not fitting:
        partly = [column for column in open_columns if _fits_some(column, cells, reference)]
        fitting = partly if partly in (["kind"], ["stage"]) else []
    return fitting[0] if len(fitting) == 1 else None


def is_benefit_year(rows: Iterable[Sequence[str]], place: int, by: int | None, taken: Collection[str]) -> bool:
    """Is a column headed Year the year of the benefit for certain?

    It is if the table has its own grant year, or if one project has several, as no project is granted twice.
    """
    if any(column in taken for column in ("financial_year", "period_start", "period_end")):
        return False
    pairs = {(row[by] if by is not None and by < len(row) else "", row[place]) for row in rows if place < len(row)}
    pairs = {(project, year) for project, year in pairs if year}
    if not pairs or any(read_financial_year(year).bad for _, year in pairs):
        return False
    projects = {project for project, _ in pairs if project}
    return "grant_year" in taken or (by is not None and len(projects) < len({pair for pair in pairs if pair[0]}))


def is_council(text: str, reference: Path) -> bool:
    """Does a text name a council, or one of several?"""
    reading = councils_of(reference).resolve(text, None)
    return reading.value is not None or reading.code in ("council_ambiguous", "council_not_at_date")


@cache
def councils_of(reference: Path) -> Councils:
    """The councils of the reference data, read once."""
    return load_councils(reference)


def _fits(column: str, cells: Collection[str], reference: Path) -> bool:
    if column == "lead_council":
        return 2 * sum(is_council(cell, reference) for cell in cells) > len(cells)
    if column == "project_ref":
        return _are_references(cells)
    known = _words_of(column, reference)
    return all(word_key(cell) in known for cell in cells)


def _fits_some(column: str, cells: Collection[str], reference: Path) -> bool:
    """Is a cell a word of the column, other than those of every list?"""
    if column not in (*WORDS, "skill_area"):
        return False
    known = _words_of(column, reference)
    return any((key := word_key(cell)) in known and key not in OF_EVERY_LIST for cell in cells)


def _words_of(column: str, reference: Path) -> Collection[str]:
    return skill_area_labels(reference) if column == "skill_area" else vocabulary(reference, column)


def _are_references(cells: Collection[str]) -> bool:
    """Are most cells references, with a digit and a letter or a stroke, and not all of them years?"""
    alike = [cell for cell in cells if REFERENCE.fullmatch(cell)]
    return 3 * len(alike) >= 2 * len(cells) and any(read_financial_year(cell).bad for cell in alike)
