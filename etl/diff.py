"""Compares two releases of a collection: a bridge from one total to the other for each stage and kind, to the penny."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb

from etl.bridge import CAUSES, NOTHING, Change, Key, Line, Lines, changes, lines_of
from etl.home import Place
from etl.release import FORMAT
from etl.values.financial_year import write_financial_year

STAGES = ("achieved", "projected", "identified")
NOT_STATED = -1
NAMES = ("opening", "closing")
OUTCOMES = """
create temp table {name}_outcomes as
select project_ref, kind, stage, basis = 'per_year' as per_year, first_year, last_year, sum(amount_gbp) as amount_gbp
from {name}.observations where standing = 'counts' group by all
"""
CHANGED = """
create temp table changed as select distinct project_ref from (
    (from opening_outcomes except from closing_outcomes) union all (from closing_outcomes except from opening_outcomes)
)
"""
WANTED = """
create temp table wanted as
select distinct line_id from (from opening.observations union all by name from closing.observations)
where project_ref in (from changed)
"""
SUMS = """
select per_year, stage, kind, coalesce(sum(amount_gbp) filter (not closing), 0) as opening_gbp,
    coalesce(sum(amount_gbp) filter (closing), 0) as closing_gbp,
    count(*) filter (not closing) as opening_outcomes, count(*) filter (closing) as closing_outcomes
from (from (select *, false as closing from opening_outcomes) union all select *, true from closing_outcomes)
group by all
"""
LINES = """
select line_id, sheet, row, file, project_ref, kind, stage, basis = 'per_year', first_year, last_year, fate, standing,
    reason, observations.amount_gbp, decisions.verdict, decisions.amount_gbp,
    line_no in (select line_no from {name}.findings where code = 'duplicate')
from {name}.observations left join {name}.decisions using (line_id)
where line_id in (from wanted) order by line_no
"""
Cell = tuple[bool, str, str]


@dataclass(frozen=True)
class Sums:
    """What one stage and kind come to in both releases, and the outcomes behind it."""

    opening_gbp: Decimal
    closing_gbp: Decimal
    opening_outcomes: int
    closing_outcomes: int


class NotComparable(ValueError):
    """Two releases that cannot be compared; the message says why, and what to do."""


def difference(place: Place, opening: str, closing: str) -> dict[str, Any]:
    """The bridge between two releases of a collection, as the document of `releases diff --json`.

    Releases are named by their id or the start of it that is theirs alone. Raises NotComparable. Totals are sums of
    the lines that count whose basis is not per year; amounts per year stand apart. Nothing adds two stages or kinds.
    """
    manifests = [manifest_named(place, name) for name in (opening, closing)]
    with duckdb.connect() as con:
        for name, manifest in zip(NAMES, manifests, strict=True):
            _attach(con, place, manifest, name)
        sums, (before, after) = _compared(con)
    changed = changes(before, after)
    return {
        "collection": place.collection,
        "illustrative": any(manifest["illustrative"] for manifest in manifests),
        **{name: _release(manifest) for name, manifest in zip(("from", "to"), manifests, strict=True)},
        "causes": dict(CAUSES),
        **{
            name: [_bridge(cell, sums[cell], changed) for cell in sorted(sums, key=_order) if cell[0] == per_year]
            for name, per_year in (("totals", False), ("per_year", True))
        },
    }


def manifest_named(place: Place, name: str) -> dict[str, Any]:
    """The manifest of the one release that is meant by its id, or by the start of it or of its hash."""
    known = {manifest["release"]: manifest for manifest in place.manifests()}
    if name in known:
        return known[name]
    hashes = {release: release.removeprefix(f"{place.collection}-") for release in known}
    meant = [release for release in known if name and (release.startswith(name) or hashes[release].startswith(name))]
    if len(meant) == 1:
        return known[meant[0]]
    if meant:
        raise NotComparable(f"'{name}' is the start of {len(meant)} releases: {', '.join(meant)}. Give more of it.")
    raise NotComparable(f"There is no release '{name}' in '{place.collection}'. See: savings releases")


def _attach(con: duckdb.DuckDBPyConnection, place: Place, manifest: dict[str, Any], name: str) -> None:
    """Opens a release read-only, once it is known to be what was published."""
    release = manifest["release"]
    path = place.releases / f"{release}.duckdb"
    if manifest["format"] != FORMAT:
        raise NotComparable(f"The release '{release}' was built by another edition, so its lines cannot be compared.")
    if not path.exists() or _sha256(path) != manifest["file_sha256"]:
        raise NotComparable(f"The release '{release}' is gone or was altered on disk. Restore it from a backup.")
    con.execute(f"attach '{str(path).replace(chr(39), chr(39) * 2)}' as {name} (read_only)")


def _compared(con: duckdb.DuckDBPyConnection) -> tuple[dict[Cell, Sums], list[Lines]]:
    """The totals of both releases by (per year?, stage, kind), and all lines of the projects that changed."""
    for name in NAMES:
        con.execute(OUTCOMES.format(name=name))
    con.execute(CHANGED)
    con.execute(WANTED)
    sums = {(row[0], row[1], row[2]): Sums(*row[3:]) for row in con.execute(SUMS).fetchall()}
    lines = [con.execute(LINES.format(name=name)).fetchall() for name in NAMES]
    return sums, [lines_of(_line(*row) for row in rows) for rows in lines]


def _sha256(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _line(*cells: Any) -> Line:
    line_id, sheet, row, file, project, kind, stage, per_year, first, last, *rest = cells
    fate, standing, reason, amount, verdict, decided_gbp, duplicate = rest
    years = (NOT_STATED if year is None else year for year in (first, last))
    key = Key(project or "", kind or "", stage or "", bool(per_year), *years)
    place = f"{file}, {f'sheet {sheet}, ' if sheet else ''}row {row}"
    decision = (verdict, decided_gbp) if verdict else None
    return Line(
        f"{line_id} {sheet}" if sheet else line_id,
        place,
        key,
        fate,
        standing,
        reason,
        NOTHING if amount is None else amount,
        decision,
        duplicate,
    )


def _release(manifest: dict[str, Any]) -> dict[str, Any]:
    return {name: manifest[name] for name in ("release", "built_at", "lines")}


def _order(cell: Cell) -> tuple[bool, int, str, str]:
    per_year, stage, kind = cell
    return per_year, STAGES.index(stage) if stage in STAGES else len(STAGES), stage, kind


def _bridge(cell: Cell, sums: Sums, changed: Sequence[Change]) -> dict[str, Any]:
    """The bridge of one stage and kind: opening, one part a cause, closing."""
    own = [one for one in changed if (one.key.per_year, one.key.stage, one.key.kind) == cell]
    parts = {cause: sum((one.change_gbp for one in own if one.cause == cause), NOTHING) for cause in CAUSES}
    return {
        "stage": cell[1],
        "kind": cell[2],
        "opening_gbp": str(sums.opening_gbp),
        "opening_outcomes": sums.opening_outcomes,
        "parts": {cause: str(part) for cause, part in parts.items()},
        "closing_gbp": str(sums.closing_gbp),
        "closing_outcomes": sums.closing_outcomes,
        "changes": [_change(one) for cause in CAUSES for one in own if one.cause == cause],
    }


def _change(one: Change) -> dict[str, Any]:
    return {
        "cause": one.cause,
        "project_ref": one.key.project_ref,
        "years": years_in_words(one.key),
        "other_stage": one.other_stage,
        "old_gbp": None if one.old_gbp is None else str(one.old_gbp),
        "new_gbp": None if one.new_gbp is None else str(one.new_gbp),
        "change_gbp": str(one.change_gbp),
        "old_lines": [_stated(line) for line in one.old_lines],
        "new_lines": [_stated(line) for line in one.new_lines],
    }


def _stated(line: Line) -> dict[str, Any]:
    return {"line_id": line.line_id, "place": line.place, "amount_gbp": str(line.amount_gbp)}


def years_in_words(key: Key) -> str | None:
    """The benefit years of a key: `2014-15`, `2014-15 to 2016-17`; None where no year is stated."""
    first, last = (
        None if year == NOT_STATED else write_financial_year(year) for year in (key.first_year, key.last_year)
    )
    if first == last:
        return first
    return f"{first or 'not stated'} to {last or 'not stated'}"
