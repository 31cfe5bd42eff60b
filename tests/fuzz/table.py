"""The rows of a made-up return: headings, lines, totals, bands, and the truth of each line."""

from decimal import Decimal
from random import Random

import vocabulary as say
from columns import Column, columns_of
from programme import KINDS, STAGES, Fact, Plan, Project
from typed_as import BLANK, SCALE, Cell, amount, year

Grid = list[list[Cell]]
Rows = dict[int, list[Fact]]
FIXED = ("ref", "council", "title", "area", "stage", "kind", "year")


def table_of(plan: Plan) -> tuple[Grid, Rows]:
    """The headings and lines, with subtotals and a total; the facts of each row, the first heading being row 1."""
    rng, columns = plan.rng, columns_of(plan)
    grid = _headings(plan, columns)
    top = len(grid) if rng.random() < 0.05 else None
    sums = [Decimal(0)] * len(columns)
    rows: Rows = {}
    grouped, ditto = rng.random() < 0.2, rng.random() < 0.08
    projects = sorted(plan.projects, key=lambda one: one.body.code) if grouped else plan.projects
    for number, project in enumerate(projects):
        started = list(sums)
        for line in range(1 if plan.wide or rng.random() < 0.4 else rng.randrange(1, 4)):
            cells, facts, own = _line(plan, columns, project, line)
            grid.append(_with_dittos(rng, columns, cells) if ditto and line else cells)
            rows[len(grid)] = facts
            sums = [one + other for one, other in zip(sums, own, strict=True)]
            grid += [[BLANK] * len(columns)] if rng.random() < 0.03 else []
        if grouped and (number + 1 == len(projects) or projects[number + 1].body != project.body):
            label = rng.choice(say.GROUP_TOTALS).format(project.typed)
            grid.append(_total(plan, columns, label, [one - other for one, other in zip(sums, started, strict=True)]))
        elif rng.random() < 0.02:
            grid.append([Cell(rng.choice(say.BANDS)), *[BLANK] * (len(columns) - 1)])
    if rng.random() < 0.6:
        grid.insert(len(grid) if top is None else top, _total(plan, columns, rng.choice(say.TOTALS), sums))
        rows = rows if top is None else {row + 1: facts for row, facts in rows.items()}
    return grid, rows


def _headings(plan: Plan, columns: list[Column]) -> Grid:
    """One row of headings, perhaps with groups above and units below."""
    groups = [column.group for column in columns]
    over = [Cell(group if not at or group != groups[at - 1] else "") for at, group in enumerate(groups)]
    unit = {"£": "£", "£000": plan.rng.choice(("£000", "£'000", "£k")), "£m": "£m"}[plan.unit]
    under = [Cell(unit if column.what in ("amount", "row_total") else "") for column in columns]
    grid = [over] if any(groups) else []
    return [*grid, [Cell(column.heading) for column in columns], *([under] if plan.unit_at == "row" else [])]


def _with_dittos(rng: Random, columns: list[Column], cells: list[Cell]) -> list[Cell]:
    named = [column.what in ("ref", "council", "title", "area") for column in columns]
    words = [Cell(rng.choice(('"', "as above", "ditto"))) for _ in cells]
    return [word if is_name and cell.text else cell for word, is_name, cell in zip(words, named, cells, strict=True)]


def _total(plan: Plan, columns: list[Column], label: str, sums: list[Decimal]) -> list[Cell]:
    """A row of totals: its label in one of the columns of names, perhaps with the stage or the kind of all lines."""
    rng = plan.rng
    texts = [at for at, column in enumerate(columns) if column.what in (*FIXED, "notes")]
    at = texts[0] if rng.random() < 0.6 else rng.choice(texts)
    constant = {"stage": say.STAGE_CELLS[plan.stage][0], "kind": say.KIND_CELLS[plan.kind][0]}
    says = rng.random() < 0.15
    cells = []
    for place, column in enumerate(columns):
        if column.what in ("amount", "row_total"):
            shown = rng.choice(("", "#,##0", "0.0"))
            cells.append(Cell(f"{sums[place]:f}", sums[place], shown, "=SUM(A1:A9)"))
        elif place == at:
            cells.append(Cell(label))
        else:
            cells.append(Cell(constant[column.what]) if says and column.what in constant else BLANK)
    return cells


def _line(
    plan: Plan, columns: list[Column], project: Project, line: int
) -> tuple[list[Cell], list[Fact], list[Decimal]]:
    """The cells of a line, its facts, and what it adds to the total of each column."""
    rng = plan.rng
    stage = STAGES[line % 3] if plan.stage_at == "column" else plan.stage
    kind = rng.choice(KINDS) if plan.kind_at == "column" else plan.kind
    start = plan.year + (line if plan.year_at == "column" else 0)
    start = start if project.body.existed(f"{start}-06-30") and project.body.existed(f"{start}-04-01") else plan.year
    fixed = _fixed(plan, project, stage, kind, start)
    cells, facts, own = [], [], [Decimal(0)] * len(columns)
    for place, column in enumerate(columns):
        if column.what != "amount":
            cells.append(_decoy(rng) if column.what == "decoy" else fixed.get(column.what, BLANK))
            continue
        cell, read = amount(rng, plan.unit) if not plan.wide or rng.random() < 0.85 else (BLANK, None)
        cells.append(cell)
        if read is not None:
            when = None if plan.year_at == "nowhere" else column.year if plan.year_at == "heading" else start
            said = column.stage if plan.stage_at == "heading" else stage
            what = column.kind if plan.kind_at == "heading" else kind
            basis = "per_year" if plan.per_year or read.per_year else "unclear"
            ref = "" if plan.auto else project.ref
            facts.append(Fact(ref, (project.body.code,), said, what, when, read, basis))
            own[place] = (read.pounds or Decimal(0)) / SCALE[plan.unit]
    for place, column in enumerate(columns):
        if column.what == "row_total":
            own[place] = sum((own[at] for at, one in enumerate(columns) if one.what == "amount"), Decimal(0))
            cells[place] = Cell(f"{own[place]:f}", own[place])
    return cells, facts, own


def _fixed(plan: Plan, project: Project, stage: str, kind: str, start: int) -> dict[str, Cell]:
    rng = plan.rng
    return {
        "ref": Cell(project.ref),
        "council": Cell(project.typed),
        "area": Cell(project.area),
        "title": Cell(project.title),
        "stage": Cell(rng.choice(say.STAGE_CELLS[stage])),
        "kind": Cell(rng.choice(say.KIND_CELLS[kind])),
        "year": year(rng, start),
        "grant_year": Cell(f"{plan.year - 1}-{plan.year % 100:02d}"),
        "grant": Cell("7000", Decimal(7000)),
        "notes": Cell(rng.choice(("", "", "See total above", "total", "checked", "12,000"))),
    }


def _decoy(rng: Random) -> Cell:
    number = Decimal(rng.randrange(1, 90_000)) / rng.choice((1, 1, 10, 100))
    plain = Cell(f"{number}", number)
    return rng.choice((plain, plain, Cell(f"£{number}"), BLANK, Cell(f"{number}%"), Cell("Green"), Cell("2014/15")))
