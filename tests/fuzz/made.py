"""Random programmes with known truth, rendered as finance officers would: one seed, one file."""

import csv
import io
from dataclasses import dataclass, field
from decimal import Decimal
from random import Random

import vocabulary as say
from programme import Fact, Plan, given_of, plan_of
from table import Grid, Rows, table_of
from typed_as import Cell
from workbook import workbook


@dataclass
class Rendering:
    """A file as sent, the statements with it, and the truth: the facts of each row by sheet and number."""

    seed: int
    name: str
    content: bytes
    given: dict[str, str]
    truth: dict[tuple[str | None, int], list[Fact]] = field(default_factory=dict)
    filled: set[tuple[str | None, int]] = field(default_factory=set)


def rendering(seed: int) -> Rendering:
    """The file of a seed."""
    rng = Random(seed)
    plan = plan_of(rng, seed)
    grid, rows = table_of(plan)
    given = given_of(plan)
    grid, rows = _surrounded(plan, grid, rows)
    if rng.random() < 0.45:
        return _as_workbook(seed, rng, grid, rows, given)
    content = _as_csv(rng, grid)
    made = Rendering(seed, f"{seed}.csv", content, given)
    made.truth = {(None, number): facts for number, facts in rows.items()}
    made.filled = {(None, number) for number, row in enumerate(grid, 1) if any(cell.text.strip() for cell in row)}
    return made


def _surrounded(plan: Plan, grid: Grid, rows: Rows) -> tuple[Grid, Rows]:
    """The table under its titles, over its notes, and perhaps over another table that is none of savings."""
    rng = plan.rng
    above: Grid = [[Cell(rng.choice(say.TITLE_ROWS))] for _ in range(rng.choice((0, 0, 1, 1, 2)))]
    unit = rng.choice(say.TITLE_UNITS[plan.unit]) if plan.unit_at == "title" else ""
    above += [[Cell(f"Savings return {unit}" if rng.random() < 0.3 else unit)]] if unit else []
    above += [[]] if above and rng.random() < 0.5 else []
    below: Grid = [[]] if rng.random() < 0.5 else []
    if plan.unit_at == "note" and plan.unit != "£":
        below.append([Cell(rng.choice((f"Figures are in {plan.unit}", f"All amounts in {plan.unit}")))])
    below += [[Cell(rng.choice(say.NOTE_ROWS))] for _ in range(rng.choice((0, 0, 0, 1, 2)))]
    if rng.random() < 0.1:
        heads = [Cell("Council"), Cell("Grant (£)"), Cell("Grant year")]
        paid = [Cell(plan.projects[0].typed), Cell("7000", Decimal(7000)), Cell("2013-14")]
        below += [[], [Cell("Grants paid")], heads, paid]
    grid = above + grid + below
    return grid, {row + len(above): facts for row, facts in rows.items()}


def _as_csv(rng: Random, grid: Grid) -> bytes:
    out = io.StringIO()
    writer = csv.writer(
        out, delimiter=rng.choice((",", ",", ",", ";", "\t", "|")), lineterminator=rng.choice(("\r\n", "\n"))
    )
    width = max(map(len, grid))
    for row in grid:
        writer.writerow([cell.text for cell in row] + [""] * (width - len(row)))
    return out.getvalue().encode(rng.choice(("utf-8", "utf-8-sig", "utf-16", "cp1252")))


def _as_workbook(seed: int, rng: Random, grid: Grid, rows: Rows, given: dict[str, str]) -> Rendering:
    sheets = [("Return", grid)]
    if rng.random() < 0.3:
        sheets.insert(rng.randrange(2), (rng.choice(("Lists", "Summary", "Notes")), _other_sheet(rng)))
    made = Rendering(seed, f"{seed}.xlsx", workbook(rng, sheets), given)
    made.truth = {("Return", number): facts for number, facts in rows.items()}
    made.filled = {("Return", number) for number, row in enumerate(grid, 1) if any(cell.text.strip() for cell in row)}
    return made


def _other_sheet(rng: Random) -> Grid:
    total, part = Cell("120000", Decimal(120000)), Cell("5000", Decimal(5000))
    by_council = [[Cell("Council"), Cell("Savings (£)")], [Cell("Leeds"), total], [Cell("Total"), total]]
    by_area = [[Cell("Skill area"), Cell("Achieved"), Cell("Projected")], [Cell("Governance"), part, part]]
    words = [[Cell("Stage")], [Cell("identified")], [Cell("achieved")]]
    return rng.choice((by_council, by_area, words, [[Cell("Please fill in the return")], [Cell("Savings in £")]]))
