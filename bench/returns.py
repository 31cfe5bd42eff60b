"""Makes clean returns of any size, in plausible shapes, for measuring: seeded, never loaded into a home of yours."""

import csv
import random
from pathlib import Path

from etl.columns import NAMES
from etl.home import shipped

STAGES = ("identified", "projected", "achieved")


def write_clean_return(path: Path, lines: int) -> None:
    """Writes a clean CSV return of so many lines: three stages a project and kind, one line each."""
    chance = random.Random(2012)
    with (shipped("reference") / "councils.csv").open(encoding="utf-8", newline="") as stream:
        councils = [row["name"] for row in csv.DictReader(stream) if not row["end_date"] and row["type"] == "district"]
    with (shipped("reference") / "skill_areas.csv").open(encoding="utf-8", newline="") as stream:
        areas = [row["label"] for row in csv.DictReader(stream)]
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(NAMES)
        for number in range(lines):
            project, stage = divmod(number, 3)
            writer.writerow(_line(chance, project, STAGES[stage], councils, areas))


def _line(chance: random.Random, project: int, stage: str, councils: list[str], areas: list[str]) -> list[str]:
    grant = 2012 + project % 8
    benefit = grant + 1
    cells = dict.fromkeys(NAMES, "")
    cells |= {
        "project_ref": f"BENCH-{project:08d}",
        "project_title": f"Project {project}",
        "skill_area": areas[project % len(areas)],
        "lead_council": councils[project % len(councils)],
        "grant_year": f"{grant}-{(grant + 1) % 100:02d}",
        "kind": "income generation" if project % 4 == 0 else "efficiency saving",
        "cashability": "cashable",
        "stage": stage,
        "basis": "total",
        "recurrence": "one-off",
        "financial_year": f"{benefit}-{(benefit + 1) % 100:02d}",
        "amount_gbp": f"{1000 + int(chance.paretovariate(1.2) * 5000) % 900_000}.{chance.randrange(100):02d}",
        "net_or_gross": "net",
        "reported_on": f"{benefit + 1}-07-{1 + project % 28:02d}",
    }
    return list(cells.values())
