"""What must hold before a release is published: it adds up every way, and nobody went quiet unnoticed."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import duckdb

NEEDED = ("project_ref", "skill_area", "lead_council", "kind", "stage")
SHOWN = 3


class DoesNotAddUp(ValueError):
    """A release that contradicts itself: a fault of the program, so nothing is published."""


def reconcile(con: duckdb.DuckDBPyConnection) -> None:
    """Compares the tables of a release with each other, to the penny and to the line. DoesNotAddUp names what differs.

    Every staged line has one fate; a loaded line has all that it needs; and per stage and kind the outcomes come to the
    same by line, by skill area, by year with those not stated, and by council, and new pounds by year and by council.
    """
    faults = [*_lines(con), *_pounds(con)]
    if faults:
        told = "; ".join(faults[:SHOWN])
        raise DoesNotAddUp(f"The release would contradict itself: {told}. Please report this as a fault.")


def _lines(con: duckdb.DuckDBPyConnection) -> list[str]:
    ((staged, judged, different),) = con.execute(
        "select (select count(*) from typed), count(*), count(distinct line_no) from judged"
    ).fetchall()
    faults = [] if staged == judged == different else [f"{staged} lines in, {judged} judged, {different} different"]
    missing = " or ".join(f"{name} is null" for name in NEEDED)
    ((bare,),) = con.execute(f"select count(*) from judged where fate = 'loaded' and ({missing})").fetchall()
    return faults + ([f"{bare} lines loaded without {', '.join(NEEDED)}"] if bare else [])


def _pounds(con: duckdb.DuckDBPyConnection) -> list[str]:
    outcomes = "judged where fate = 'loaded' and reason is null"
    totals = {
        "by line": f"{outcomes} and basis <> 'per_year'",
        "by skill area": f"{outcomes} and skill_area is not null and basis <> 'per_year'",
        "by year": "schedule where basis <> 'per_year'",
        "by council": "council_schedule where council is not null and basis <> 'per_year'",
    }
    new = {"new by year": "schedule", "new by council": "council_schedule where council is not null"}
    return [*_differing(con, "amount_gbp", totals), *_differing(con, "new_gbp", new)]


def _differing(con: duckdb.DuckDBPyConnection, column: str, ways: Mapping[str, str]) -> list[str]:
    """The stages and kinds of which a column does not come to the same in each of these sets of rows."""
    found: dict[tuple[str, str], dict[str, Any]] = {}
    for way, rows in ways.items():
        query = f"select stage, kind, sum({column}) from {rows} group by all"
        for stage, kind, pounds in con.execute(query).fetchall():
            found.setdefault((stage, kind), {})[way] = pounds
    return [
        f"{stage} {kind}: " + ", ".join(f"{sums.get(way)} {way}" for way in ways)
        for (stage, kind), sums in sorted(found.items(), key=str)
        if len({sums.get(way) for way in ways}) > 1
    ]


def gone_quiet(release: Path, earlier: Path) -> list[str]:
    """Names of the councils that lead a project with a loaded line in an earlier release, and in this one do not."""
    quoted = str(earlier).replace("'", "''")
    with duckdb.connect(release, read_only=True) as con:
        con.execute(f"attach '{quoted}' as earlier (read_only)")
        rows = con.execute(
            "select distinct name from earlier.councils where council in "
            "(select council from earlier.judged where fate = 'loaded') and council not in "
            "(select council from judged where fate = 'loaded' and council is not null) order by name"
        ).fetchall()
    return [name for (name,) in rows]
