"""What a project is said to be: its latest line, and where that leaves a cell empty, an earlier one that fills it."""

import random
from typing import Any

from made_returns import line

CELLS = {
    "project_title": ("A title", "Another title"),
    "grant_year": ("2013-14", "2014-15"),
    "grant_gbp": ("1000", "2500.50"),
    "council_cost_gbp": ("10", "99"),
    "expert_type": ("council", "private"),
    "partner_councils": ("Wakefield Council", "Barnsley Metropolitan Borough Council"),
}
COLUMNS = "title, financial_year(grant_year), grant_gbp, council_cost_gbp, expert_type, partner_councils"
STORED = {
    "A title": "A title",
    "Wakefield Council": ["E08000036"],
    "Barnsley Metropolitan Borough Council": ["E08000038"],
}


def lines_of(projects: int, empty: float) -> list[dict[str, Any]]:
    """Three to five lines a project, of which this share of cells is empty."""
    chance = random.Random(projects)
    return [
        line(
            project_ref=f"P-{project:03}",
            financial_year=f"20{15 + number}-{16 + number}",
            reported_on=chance.choice(("", "2016-01-31", "2017-01-31", "2017-06-30")),
            **{name: "" if chance.random() < empty else chance.choice(texts) for name, texts in CELLS.items()},
        )
        for project in range(projects)
        for number in range(chance.randint(3, 5))
    ]


def expected(lines: list[dict[str, Any]]) -> dict[str, list[Any]]:
    """{project: its cells}, each from the line of the latest report that fills it, the first of several."""
    found: dict[str, list[Any]] = {}
    for each in sorted(lines, key=lambda each: each["reported_on"], reverse=True):
        cells = found.setdefault(each["project_ref"], [None] * len(CELLS))
        for place, name in enumerate(CELLS):
            cells[place] = cells[place] or each[name] or None
    return found


def stored(cells: list[Any]) -> list[Any]:
    title, year, grant, cost, expert, partners = cells
    return [title, year, grant and float(grant), cost and float(cost), expert, STORED.get(partners)]


def check(release: Any, lines: list[dict[str, Any]]) -> None:
    rows = release.rows(f"select project_ref, {COLUMNS} from projects")
    told = {ref: [*cells[:2], *(cell and float(cell) for cell in cells[2:4]), *cells[4:]] for ref, *cells in rows}
    assert told == {ref: stored(cells) for ref, cells in expected(lines).items()}
    firsts = release.rows("select project_ref, min(line_no) from judged group by 1 order by 1")
    assert release.rows("select project_ref, project_no from projects order by 1") == firsts


def test_a_project_is_what_its_latest_line_says_where_all_fill_the_same_cells(release_of):
    lines = lines_of(25, 0)
    check(release_of(lines), lines)


def test_a_cell_that_the_latest_line_leaves_empty_is_that_of_the_latest_that_fills_it(release_of):
    lines = [*lines_of(40, 0.5), *({**each, "project_ref": each["project_ref"] + "-E"} for each in lines_of(10, 0))]
    check(release_of(lines), lines)
