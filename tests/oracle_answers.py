"""What every figure must show, added up a second time from the lines as `oracle` read them."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal
from functools import cache
from statistics import median
from typing import Any

import pandas as pd
from oracle import DATA, Line, councils, lines_of

Codes = tuple[str, ...]
STAGED = ("savings", "income")
KINDS = {"savings": "efficiency_saving", "income": "income_generation"}
COMPARED = ("matched_", "paired_")
RATES = ("coverage_", "well_evidenced_share_of_savings_achieved", "savings_delivery_rate")
LISTED = ("amount_stated", "amount_contradicted")
BY_COUNCIL = ("council", "council_today", "region", "council_type")


@dataclass(frozen=True, eq=False)
class Entry:
    """Pounds of one line in one financial year (None: not stated), as one council sees them.

    `amount` is None for a partner in a joint project whose pounds are not apportioned.
    """

    line: Line
    year: int | None
    council: str
    amount: Decimal | None


def written(year: int | None) -> str:
    """A financial year as its code."""
    return "not_stated" if year is None else f"{year}-{(year + 1) % 100:02d}"


@cache
def schedule(collection: str) -> tuple[Entry, ...]:
    """Every outcome by the year in which its pounds fall, under its lead."""
    lines = [line for line in lines_of(collection) if line.fate == "loaded"]
    outcomes = [line for line in lines if line.standing == "counts"]
    parts: dict[Line, list[Line]] = defaultdict(list)
    for line in lines:
        if line.whole and line.first == line.last and "per_year" not in (line.basis, line.whole.basis):
            parts[line.whole].append(line)
    return tuple(
        Entry(line, year, str(line.lead), amount) for line in outcomes for year, amount in _years(line, parts[line])
    )


def _years(line: Line, parts: list[Line]) -> list[tuple[int | None, Decimal]]:
    assert line.amount is not None
    if line.basis == "per_year" and line.first:
        return [(year, line.amount) for year in range(line.first, (line.last or line.first) + 1)]
    if line.first and line.first == line.last:
        return [(line.first, line.amount)]
    phased: dict[int | None, Decimal] = defaultdict(Decimal)
    for part in parts:
        phased[part.first] += part.amount or 0
    rest = line.amount - sum(phased.values())
    return [*phased.items(), *([(None, rest)] if rest or not phased else [])]


@cache
def council_schedule(collection: str) -> tuple[Entry, ...]:
    """The same pounds by council: recorded shares to the penny, the lead taking the rest; otherwise all the lead's."""
    found = []
    for entry in schedule(collection):
        line, rest = entry.line, entry.amount
        for place, council in enumerate(line.partners, 1):
            part = None
            if line.shares:
                part = (entry.amount * line.shares[place] / 100).quantize(Decimal("0.01"), ROUND_HALF_UP)
                rest -= part
            found.append(Entry(line, entry.year, council, part))
        found.append(Entry(line, entry.year, entry.council, rest))
    return tuple(found)


def entries(collection: str, by: Iterable[str] = ()) -> tuple[Entry, ...]:
    """The entries that a split by these dimensions looks at."""
    return council_schedule(collection) if set(by) & set(BY_COUNCIL) else schedule(collection)


def projects(collection: str) -> dict[str, Line]:
    """One line of each project that was read, held or loaded."""
    return {line.ref: line for line in lines_of(collection) if line.fate != "quarantined"}


def code(dimension: str, line: Line, council: str, year: int | None = None) -> str:
    """The code of a dimension for an amount of a line, as one council sees it."""
    if dimension in ("region", "council_type"):
        return str(councils().loc[council, dimension.removeprefix("council_")]) or "not_stated"
    if dimension == "council_today":
        standing = _standing_today(council)
        return standing.pop() if len(standing) == 1 else "not_stated"
    return {
        "skill_area": line.area,
        "council": council,
        "grant_year": written(line.grant),
        "financial_year": written(year),
        "kind": line.kind,
        "stage": line.stage or "not_stated",
        "project": line.ref,
        "observation": line.id,
        "standing": _standing(line),
    }[dimension]


def _standing_today(council: str) -> set[str]:
    """The councils that have the ground of one today, itself if it was never abolished."""
    row = councils().loc[council]
    if not row["end_date"]:
        return {council}
    return {last for successor in row["successor_gss"].split(";") for last in _standing_today(successor)}


def _standing(line: Line) -> str:
    if line.fate != "loaded":
        return line.fate
    return line.standing if line.standing in ("counts", "superseded", "part_of") else "left_out"


def in_measure(collection: str, measure: str, entry: Entry) -> bool:
    """Whether an entry is counted by a staged measure or by reporting projects."""
    line = entry.line
    if measure == "reporting_projects":
        return entry.amount is not None
    if measure.startswith("coverage_"):
        return entry.amount is not None and line.stage == measure.removeprefix("coverage_")
    if measure == "savings_delivery_rate":
        return (line.ref, line.kind, line.first, line.last) in same_years(collection) and entry.amount is not None
    family, stage = measure.split("_")[-2:] if "evidence" not in measure else ("savings", "achieved")
    if (line.kind, line.stage) != (KINDS[family], stage) or line.basis == "per_year":
        return False
    return not measure.startswith(COMPARED) or (entry.amount is not None and line.ref in same(collection, measure))


@cache
def same(collection: str, measure: str) -> frozenset[str]:
    """The projects that know a total of the measure's kind at each of the stages that it compares."""
    stages = {"identified", "projected", "achieved"} if measure.startswith("matched_") else {"projected", "achieved"}
    kind = KINDS[measure.split("_")[1]]
    found: dict[str, set[str]] = defaultdict(set)
    for line in (entry.line for entry in schedule(collection)):
        if line.kind == kind and line.basis != "per_year":
            found[line.ref].add(line.stage)
    return frozenset(ref for ref, reported in found.items() if stages <= reported)


@cache
def same_years(collection: str) -> frozenset[tuple[Hashable, ...]]:
    """Project, kind and stated years of savings that are both projected and achieved."""
    found: dict[tuple[Hashable, ...], set[str]] = defaultdict(set)
    for line in (entry.line for entry in schedule(collection)):
        if line.kind == KINDS["savings"] and line.basis != "per_year" and line.first and line.last:
            found[line.ref, line.kind, line.first, line.last].add(line.stage)
    return frozenset(key for key, stages in found.items() if {"projected", "achieved"} <= stages)


def _listed(collection: str, measure: str) -> list[Line]:
    return [line for line in lines_of(collection) if line.disputed or measure == "amount_stated"]


def expected(collection: str, measures: Iterable[str], by: Codes) -> dict[Codes, dict[str, Any]]:
    """{codes of the split: {measure: value}} for every combination that holds anything."""
    found: dict[Codes, dict[str, Any]] = defaultdict(dict)
    for measure in measures:
        for key, value in _values(collection, measure, by).items():
            found[key][measure] = value
    return dict(found)


def _values(collection: str, measure: str, by: Codes) -> Mapping[Codes, Any]:
    if measure == "claimed":
        return _claims()
    if measure in LISTED:
        lines = _listed(collection, measure)
        return {tuple(code(d, line, str(line.lead), line.first) for d in by): line.amount for line in lines}
    if measure in ("projects", "councils"):
        return _counted(collection, measure, by)
    if measure.startswith(RATES):
        return _rates(collection, measure, by)
    grouped: dict[Codes, dict[str, list[Decimal]]] = defaultdict(lambda: defaultdict(list))
    for entry in entries(collection, by):
        if in_measure(collection, measure, entry):
            key = tuple(code(d, entry.line, entry.council, entry.year) for d in by)
            known = [] if entry.amount is None else [entry.amount]
            grouped[key][entry.line.ref] += known
    if not by and not grouped:
        return {(): 0 if measure == "reporting_projects" else None}
    aggregate = len if measure == "reporting_projects" else _median if measure.startswith("median_") else _sum
    found = {key: aggregate([sum(known) for known in each.values() if known]) for key, each in grouped.items()}
    return {key: value for key, value in found.items() if value is not None or measure.startswith((*STAGED, *COMPARED))}


def _rates(collection: str, measure: str, by: Codes) -> dict[Codes, Decimal | None]:
    """A part over a whole, in percent: projects, well evidenced pounds, or pounds achieved over pounds projected."""
    behind: dict[Codes, list[Entry]] = defaultdict(list)
    for entry in entries(collection, by):
        if in_measure(collection, measure, entry) and entry.amount is not None:
            behind[tuple(code(d, entry.line, entry.council, entry.year) for d in by)].append(entry)
    if measure.startswith("coverage_"):
        wholes = _counted(collection, "projects", by)
        return {key: _percent(len({entry.line.ref for entry in behind[key]}), whole) for key, whole in wholes.items()}

    def pounds(found: list[Entry], field: str, value: str) -> Decimal:
        return sum((one.amount for one in found if one.line.cells[field].lower() == value), Decimal(0))

    if measure == "savings_delivery_rate":
        sides = {
            key: [pounds(found, "stage", one) for one in ("achieved", "projected")] for key, found in behind.items()
        }
    else:
        sides = {
            key: [pounds(found, "evidence_grade", "sufficient"), sum(one.amount for one in found)]
            for key, found in behind.items()
        }
    return {key: _percent(*side) for key, side in sides.items()}


def _percent(part: Decimal | int, whole: Decimal | int) -> Decimal | None:
    return (Decimal(part) / whole * 100).quantize(Decimal("0.0001"), ROUND_HALF_EVEN) if whole else None


def _sum(of_projects: list[Decimal]) -> Decimal | None:
    return sum(of_projects) if of_projects else None


def _median(of_projects: list[Decimal]) -> Decimal | None:
    return median(of_projects) if of_projects else None


def _counted(collection: str, measure: str, by: Codes) -> dict[Codes, int]:
    found: dict[Codes, set[Hashable]] = defaultdict(set)
    for line in projects(collection).values():
        for body in line.bodies:
            found[tuple(code(d, line, body) for d in by)].add(line.ref if measure == "projects" else body)
    return {key: len(values) for key, values in found.items()}


@cache
def claims() -> pd.DataFrame:
    """The published headlines as sent."""
    return pd.read_csv(DATA / "published" / "headlines.csv", dtype=str, keep_default_na=False)


def _claims() -> dict[Codes, Decimal | None]:
    return {
        (row["claim_ref"],): Decimal(row["amount_gbp"]) if row["amount_gbp"] else None
        for row in claims().to_dict("records")
    }


def base(collection: str, measures: Iterable[str], by: Codes) -> dict[Codes, tuple[int, int]]:
    """{codes of the split: (projects, councils)}: the projects behind a row, and all councils of those projects."""
    behind: dict[Codes, dict[str, Line]] = defaultdict(dict)
    for measure in measures:
        for key, line in _behind(collection, measure, by):
            behind[key][line.ref] = line
    return {
        key: (len(lines), len({body for line in lines.values() for body in line.bodies}))
        for key, lines in behind.items()
    }


def _behind(collection: str, measure: str, by: Codes) -> list[tuple[Codes, Line]]:
    if measure in LISTED:
        lines = [line for line in _listed(collection, measure) if line.ref in projects(collection)]
        return [(tuple(code(d, line, str(line.lead), line.first) for d in by), line) for line in lines]
    if measure in ("projects", "councils"):
        pairs = [(line, body) for line in projects(collection).values() for body in line.bodies]
        return [(tuple(code(d, line, body) for d in by), line) for line, body in pairs]
    return [
        (tuple(code(d, entry.line, entry.council, entry.year) for d in by), entry.line)
        for entry in entries(collection, by)
        if in_measure(collection, measure, entry) and entry.amount is not None
    ]
