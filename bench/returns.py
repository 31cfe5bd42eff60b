"""Makes returns of any size, clean or full of faults, for measuring: seeded, never loaded into a home of yours."""

import csv
import random
from collections.abc import Iterator
from pathlib import Path

from etl.columns import NAMES
from etl.home import shipped

STAGES = ("identified", "projected", "achieved")
FAULTS = (
    "amount unreadable",
    "council unknown",
    "year ambiguous",
    "stage missing",
    "duplicate",
    "blank row",
    "total",
    "note",
    "superseded report",
    "overlap",
    "magnitude",
)
"""What goes wrong in a faulty return: each with one line in twenty."""
SHARE = 0.05

Cells = dict[str, str]


def write_clean_return(path: Path, lines: int) -> None:
    """Writes a clean CSV return of so many lines: three stages a project and kind, one line each."""
    _write(path, clean_lines(lines))


def write_faulty_return(path: Path, lines: int) -> None:
    """Writes a CSV return of about so many rows, 5% of them with each of FAULTS."""
    _write(path, _faulty_lines(lines))


def _write(path: Path, lines: Iterator[Cells]) -> None:
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, NAMES, restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(lines)


def clean_lines(lines: int) -> Iterator[Cells]:
    """The lines of a clean return, by canonical column; an absent column is empty."""
    chance = random.Random(2012)
    councils, areas = _councils(), _areas()
    for number in range(lines):
        project, stage = divmod(number, 3)
        yield _line(chance, project, STAGES[stage], councils, areas)


def _councils() -> list[str]:
    """Districts that stood all the while, so that their names are certain at every date."""
    with (shipped("reference") / "councils.csv").open(encoding="utf-8", newline="") as stream:
        rows = [row for row in csv.DictReader(stream) if row["type"] == "district" and not row["end_date"]]
    return [row["name"] for row in rows if row["start_date"] < "2010"]


def _areas() -> list[str]:
    with (shipped("reference") / "skill_areas.csv").open(encoding="utf-8", newline="") as stream:
        return [row["label"] for row in csv.DictReader(stream)]


def _year(start: int) -> str:
    return f"{start}-{(start + 1) % 100:02d}"


def _line(chance: random.Random, project: int, stage: str, councils: list[str], areas: list[str]) -> Cells:
    grant = 2012 + project % 8
    benefit = grant + 1
    return {
        "project_ref": f"BENCH-{project:08d}",
        "project_title": f"Project {project}",
        "skill_area": areas[project % len(areas)],
        "lead_council": councils[project % len(councils)],
        "grant_year": _year(grant),
        "kind": "income generation" if project % 4 == 0 else "efficiency saving",
        "cashability": "cashable",
        "stage": stage,
        "basis": "total",
        "recurrence": "one-off",
        "financial_year": _year(benefit),
        "amount_gbp": f"{10_000 + int(chance.paretovariate(1.2) * 5000) % 900_000}.{chance.randrange(100):02d}",
        "net_or_gross": "net",
        "reported_on": f"{benefit + 1}-07-{1 + project % 28:02d}",
    }


def _faulty_lines(lines: int) -> Iterator[Cells]:
    chance = random.Random(2016)
    for line in clean_lines(lines):
        fault = next(iter(chance.choices((*FAULTS, None), [SHARE] * len(FAULTS) + [1 - SHARE * len(FAULTS)])))
        yield from _with(fault, line, chance)


def _with(fault: str | None, line: Cells, chance: random.Random) -> list[Cells]:
    """The rows that stand in the place of a clean line where it has this fault."""
    project = int(line["project_ref"].removeprefix("BENCH-"))
    start = int(line["financial_year"][:4])
    whole = {"financial_year": "", "period_start": _year(start), "period_end": _year(start + 2)}
    later = {"reported_on": f"{start + 2}-07-01", "amount_gbp": f"{float(line['amount_gbp']) * 1.1:.2f}"}
    changed: dict[str | None, list[Cells]] = {
        "amount unreadable": [line | {"amount_gbp": f"see sheet {project}"}],
        "council unknown": [line | {"lead_council": f"Borough of Nowhere {project % 997}"}],
        "year ambiguous": [line | {"financial_year": str(start)}],
        "stage missing": [line | {"stage": ""}],
        "duplicate": [line, line | {"project_ref": f"AGAIN-{project:08d}"}],
        "blank row": [line, {}],
        "total": [line, {"project_ref": "Total", "amount_gbp": str(chance.randrange(10**7))}],
        "note": [line, {"project_ref": "Source: the finance team"}],
        "superseded report": [line, line | later],
        "overlap": [line, line | whole | {"amount_gbp": f"{float(line['amount_gbp']) * 3:.2f}"}],
        "magnitude": [line | {"amount_gbp": str(10**9 + chance.randrange(10**6))}],
    }
    return changed.get(fault, [line])
