"""Returns of a few lines, and what a release made of them: for tests that need just so many."""

import csv
import io
from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from dashboard.dimensions import FINANCIAL_YEAR, Dimension
from dashboard.measures import MATCHED_STAGES, Measure
from dashboard.refusals import Refused
from dashboard.release import Release
from dashboard.selection import Selection
from dashboard.table import Table
from etl.columns import NAMES
from etl.home import Place
from etl.release import load

Line = Mapping[str, Any]
Return = str | bytes | Sequence[Line]
ORDINARY = {
    "project_ref": "PEP-2014-001",
    "skill_area": "shared services",
    "lead_council": "Leeds City Council",
    "kind": "efficiency saving",
    "stage": "achieved",
    "basis": "total",
    "amount_gbp": "100000",
}


def line(name: str = "", /, **cells: Any) -> dict[str, Any]:
    """An ordinary line of a return, but for these cells; `name` stands in its notes, so that it can be found again."""
    return ORDINARY | {"notes": name} | cells


def content_of(sent: Return) -> bytes:
    """A return as bytes: text as it is, lines under the canonical headings."""
    if isinstance(sent, bytes):
        return sent
    if isinstance(sent, str):
        return sent.encode()
    text = io.StringIO()
    writer = csv.DictWriter(text, NAMES, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(sent)
    return text.getvalue().encode()


def write_returns(folder: Path, *returns: Return) -> list[Path]:
    """Writes returns as `return-1.csv`, `return-2.csv`, …"""
    folder.mkdir(parents=True, exist_ok=True)
    paths = [folder / f"return-{number}.csv" for number in range(1, len(returns) + 1)]
    for path, sent in zip(paths, returns, strict=True):
        path.write_bytes(content_of(sent))
    return paths


def quiet(step: str) -> None:
    """Progress that nobody watches."""


def loaded(home: Path, paths: Sequence[Path], collection: str = "programme") -> dict[str, Any]:
    """Loads files by the real ETL, and gives the manifest."""
    return load(Place(home, collection), list(paths), {}, None, quiet)


def fates(release: Release) -> dict[str, tuple[str, str | None, str | None]]:
    """{name of the line: (fate, standing, reason)}."""
    found = release.rows("select notes, fate, standing, reason from observations order by line_no")
    assert len({name for name, *_ in found}) == len(found), "lines bear different names"
    return {name: (fate, standing, reason) for name, fate, standing, reason in found}


def standings(release: Release) -> dict[str, str]:
    """{name of the line: `counts`, `superseded`, …, or its fate where it is not loaded}."""
    return {
        name: fate if standing is None else reason if standing == "left_out" else standing
        for name, (fate, standing, reason) in fates(release).items()
    }


def found_by(release: Release, name: str) -> set[str]:
    """Codes of the findings about the line of this name."""
    return {
        code
        for (code,) in release.rows(
            "select code from findings join observations using (line_no) where observations.notes = ?", [name]
        )
    }


def total(release: Release, measure: Measure, **where: str) -> Decimal | None:
    """A measure over the whole collection, or over `dimension="code,code"`; None where nothing is known."""
    rows = release.table((measure,), (), selected(**where)).rows
    return rows[0][measure.id] if rows else None


def split(release: Release, measure: Measure, dimension: Dimension, **where: str) -> dict[str, Decimal | None]:
    """A measure by the codes of a dimension."""
    rows = release.table((measure,), (dimension,), selected(**where)).rows
    return {row[dimension.id]: row[measure.id] for row in rows}


def selected(**where: str) -> Selection:
    """The selection of these dimensions and codes."""
    chosen = tuple((name, tuple(codes.split(","))) for name, codes in where.items())
    return Selection("programme", where=chosen)


def given_or_refused(
    release: Release, measure: Measure, by: tuple[Dimension, ...], selection: Selection
) -> Table | None:
    """The table; None where stages that are compared must be refused: of chosen examples, and of one year."""
    of_years = FINANCIAL_YEAR in by or selection.values(FINANCIAL_YEAR)
    if measure.source not in MATCHED_STAGES or not (release.examples or of_years):
        return release.table((measure,), by, selection)
    with pytest.raises(Refused):
        release.table((measure,), by, selection)
    return None
