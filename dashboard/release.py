"""Opens a release read-only, and composes and answers queries over it: the only DuckDB in the dashboard."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

import duckdb

from dashboard.dimensions import NOT_STATED, PROJECT, Dimension, dimension_named
from dashboard.measures import Measure, named
from dashboard.query import (
    LEFT_OUT,
    OUTCOME_DIMENSIONS,
    YEARS,
    Clause,
    any_of,
    code_of,
    column_in,
    nothing,
    project_scope,
    query_of,
    refuse,
    schedule_of,
    source_of,
    stages_and_kinds,
    where_in,
)
from dashboard.selection import Selection
from dashboard.table import Table

FORMAT = 2
READER: dict[str, str | bool | int | float | list[str]] = {
    "enable_external_access": "false",
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "lock_configuration": "true",
    "memory_limit": "4GB",
}


LABELS = {
    "skill_area": "select code, label from skill_areas",
    "council": "select council, name from councils",
    "claim": "select claim_ref, claim from claims",
    "project": "select project_ref, coalesce(title, project_ref) from projects",
    "observation": (
        "select line_id, "
        "concat_ws(': ', councils.short_name, coalesce(title, observations.project_ref, 'row ' || row)) "
        "from observations left join projects using (project_no) "
        "left join councils on councils.council = observations.council"
    ),
}


class Unavailable(ValueError):
    """A release that is not there, was altered, or was built by another edition of the program."""


@dataclass(frozen=True)
class LeftOut:
    """Lines of the selection that a number does not hold: why, how many, and their pounds."""

    reason: str
    lines: int
    projects: int
    amount_gbp: Decimal


@dataclass(frozen=True)
class Base:
    """What stands behind an answer: projects and councils, and how many of the selection's projects reported."""

    projects: int
    councils: int
    reported: int
    of_projects: int
    by_net_or_gross: tuple[tuple[str, Decimal], ...] = ()
    by_evidence: tuple[tuple[str, Decimal], ...] = ()


@dataclass(frozen=True, eq=False)
class Release:
    """One release file, opened read-only and locked down. Queries are cached: a release never changes."""

    path: Path
    manifest: dict[str, Any]
    _con: duckdb.DuckDBPyConnection = field(repr=False)

    @property
    def id(self) -> str:
        return self.manifest["release"]

    @property
    def examples(self) -> bool:
        """Whether the collection is a handful of chosen examples: not ranked, not averaged, no trend."""
        return self.manifest["examples"]

    @property
    def illustrative(self) -> bool:
        """Whether the collection is made up."""
        return self.manifest["illustrative"]

    def rows(self, sql: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """All rows of a query, on a cursor of its own, so that threads do not wait for each other."""
        cursor = self._con.cursor()
        try:
            return cursor.execute(sql, list(values)).fetchall()
        finally:
            cursor.close()

    @lru_cache(maxsize=64)  # noqa: B019 (a release lives as long as the program)
    def labels_of(self, dimension: Dimension) -> Mapping[str, str]:
        """{code: label} of a dimension: the declared ones, and those that stand in the release."""
        query = LABELS.get(dimension.id)
        return dict(dimension.labels) | (dict(self.rows(query)) if query else {})

    @cached_property
    def project_refs(self) -> dict[int, str]:
        """{project_no: project_ref}."""
        return dict(self.rows("select project_no, project_ref from projects"))

    @lru_cache(maxsize=256)  # noqa: B019 (a release lives as long as the program)
    def options(self, dimension: Dimension) -> tuple[tuple[str, str, int], ...]:
        """What a dimension can be restricted to: (code, label, projects), in reading order."""
        source = "project_councils" if dimension not in OUTCOME_DIMENSIONS else "schedule"
        found = self.rows(f"select {dimension.column}, count(distinct project_no) from {source} group by 1")
        labels = self.labels_of(dimension)
        coded = [(code_of(dimension, value), number) for value, number in found]
        listed = [
            (code, dimension.not_stated if code == NOT_STATED else labels.get(code, code), number)
            for code, number in coded
        ]
        return tuple(sorted(listed, key=lambda row: (row[0] == NOT_STATED, row[1])))

    def resolved(self, selection: Selection) -> Selection:
        """The selection with labels as typed ("Copeland Borough Council") replaced by their codes.

        Raises UnknownName where it names a value that this release and its reference tables lack.
        """
        for name, codes in selection.where:
            dimension = dimension_named(name)
            if dimension not in YEARS:
                selection = selection.restricted(dimension, [self._code_named(dimension, code) for code in codes])
        return selection

    def _code_named(self, dimension: Dimension, typed: str) -> str:
        labels = self.labels_of(dimension)
        known = {code for code, _, _ in self.options(dimension)} | labels.keys() | {NOT_STATED}
        by_label = {label.casefold(): code for code, label in labels.items()}
        if typed in known or typed.casefold() in by_label:
            return typed if typed in known else by_label[typed.casefold()]
        return named(dimension.label.lower(), typed, sorted(known | set(labels.values()), key=str.casefold))

    @lru_cache(maxsize=1024)  # noqa: B019
    def table(
        self,
        measures: tuple[Measure, ...],
        by: tuple[Dimension, ...],
        selection: Selection,
        details: tuple[tuple[str, str], ...] = (),
    ) -> Table:
        """The measures split by the dimensions, one row for each combination that holds anything, in a total order.

        Raises Refused where a measure cannot be asked so.
        """
        found: dict[tuple[str, ...], dict[str, Any]] = {}
        for measure in measures:
            refuse(measure, by, selection, self.examples)
            for *codes, value in self.rows(*query_of(measure, by, selection)):
                key = tuple(code_of(dimension, code) for dimension, code in zip(by, codes, strict=True))
                found.setdefault(self._named(by, key), {})[measure.id] = value
        bases = self._bases(measures, by, selection)
        unbased = (None, None) if measures[0].source == "claims" else (0, 0)
        extra = self._details(details, by)
        shared = any(dimension.by_council for dimension in by)
        rows = [
            {dimension.id: code for dimension, code in zip(by, key, strict=True)}
            | dict(zip(("projects", "councils"), bases.get(key, unbased), strict=True))
            | {measure.id: values.get(measure.id, nothing(measure)) for measure in measures}
            | {"joint": tuple(name for name, value in values.items() if value is None and shared)}
            | extra.get(key[-1] if key else "", {})
            for key, values in found.items()
        ]
        labels = {d.id: self.labels_of(d) for d in by}
        rows.sort(key=lambda row: tuple(_place(d, str(row[d.id]), labels[d.id]) for d in by))
        return Table(by, measures, tuple(rows), labels, details)

    def _named(self, by: tuple[Dimension, ...], key: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(
            self.project_refs[int(code)] if dimension is PROJECT and code.isdigit() else code
            for dimension, code in zip(by, key, strict=True)
        )

    def _bases(
        self, measures: tuple[Measure, ...], by: tuple[Dimension, ...], selection: Selection
    ) -> dict[tuple[str, ...], tuple[int, int]]:
        first = measures[0]
        if first.source == "claims":
            return {}
        source = source_of(first, by, selection)
        alike = tuple(measure for measure in measures if measure.source == first.source)
        condition = any_of(alike).and_(where_in(source, selection))
        if first.source == "schedule":
            condition = condition.and_(Clause("amount_gbp is not null"))
        columns = [column_in(dimension, source) for dimension in by]
        group = f"group by {', '.join(map(str, range(1, len(by) + 1)))}" if by else ""
        named = "".join(f"c{place}, " for place in range(len(by)))
        inner = ", ".join([*(f"{column} as c{place}" for place, column in enumerate(columns)), "project_no"])
        found = self.rows(
            f"select {named}count(distinct chosen.project_no), count(distinct bodies.council) "
            f"from (select distinct {inner} from {source} where {condition.sql}) chosen "
            f"left join project_councils bodies on bodies.project_no = chosen.project_no {group}",
            condition.values,
        )
        return {
            self._named(by, tuple(code_of(d, code) for d, code in zip(by, codes, strict=True))): (
                projects,
                councils,
            )
            for *codes, projects, councils in found
        }

    def _details(self, details: tuple[tuple[str, str], ...], by: tuple[Dimension, ...]) -> dict[str, dict[str, Any]]:
        if not details:
            return {}
        dimension = by[-1]
        table = dimension.labels_table or ""
        columns = [name for name, _ in details]
        found = self.rows(f"select {dimension.column}, {', '.join(columns)} from {table}")
        return {code: dict(zip(columns, values, strict=True)) for code, *values in found}

    @lru_cache(maxsize=1024)  # noqa: B019
    def base(self, measures: tuple[Measure, ...], selection: Selection) -> Base:
        """The base of an answer: who stands behind it, and how many of the selection's projects reported."""
        in_pounds = tuple(measure for measure in measures if measure.source == "schedule")
        source = schedule_of(selection, ())
        condition = any_of(in_pounds).and_(where_in(source, selection)) if in_pounds else where_in(source, selection)
        ((projects, councils),) = self.rows(
            "select count(distinct chosen.project_no), count(distinct bodies.council) from (select distinct "
            f"project_no from {source} where {condition.sql} and amount_gbp is not null) chosen "
            "left join project_councils bodies on bodies.project_no = chosen.project_no",
            condition.values,
        )
        everyone = where_in("project_councils", selection)
        ((of_projects,),) = self.rows(
            f"select count(distinct project_no) from project_councils where {everyone.sql}", everyone.values
        )
        return Base(
            projects,
            councils,
            projects,
            of_projects,
            self._split("net_or_gross", source, condition),
            self._split("coalesce(evidence_grade, 'not_graded')", source, condition),
        )

    def _split(self, column: str, source: str, condition: Clause) -> tuple[tuple[str, Decimal], ...]:
        return tuple(
            self.rows(
                f"select {column}, sum(amount_gbp) from {source} where {condition.sql} "
                "and amount_gbp is not null group by 1 order by 1",
                condition.values,
            )
        )

    @lru_cache(maxsize=1024)  # noqa: B019
    def left_out(self, measures: tuple[Measure, ...], selection: Selection) -> tuple[LeftOut, ...]:
        """Lines of the selection's projects that the measures do not hold, by reason.

        The pounds that are in and the pounds left out are together the pounds of all lines in view.
        """
        in_pounds = tuple(measure for measure in measures if measure.source == "schedule")
        if not in_pounds:
            return ()
        source = schedule_of(selection, ())
        inside = any_of(in_pounds).and_(where_in(source, selection))
        scope = project_scope(selection)
        found = self.rows(
            LEFT_OUT.format(inside=inside.sql, source=source, scope=scope.sql, **stages_and_kinds(in_pounds)),
            (*inside.values, *scope.values),
        )
        return tuple(LeftOut(*row) for row in found)


def _place(dimension: Dimension, code: str, labels: Mapping[str, str]) -> tuple[bool, int, str, str]:
    """Where a row stands: not stated last; declared values in their declared order, others by label."""
    declared = [value for value, _ in dimension.labels]
    place = declared.index(code) if code in declared else len(declared)
    return (code == NOT_STATED, place, code if dimension.ordered else labels.get(code, code), code)


def current(home: Path, collection: str) -> str | None:
    """The id of the release that readers of a collection see now; None where nothing was published."""
    pointer = home / collection / "current.json"
    return json.loads(pointer.read_text("utf-8"))["release"] if pointer.exists() else None


def collections(home: Path) -> tuple[str, ...]:
    """Names of the collections that can be read, `published` first, then by name."""
    found = {path.parent.name for path in home.glob("*/current.json")}
    return tuple(sorted(found, key=lambda name: (name != "programme", name != "published", name)))


def open_release(home: Path, collection: str, release: str | None = None) -> Release:
    """Opens a release for reading: the one named, otherwise the current one. Unavailable says why not."""
    name = release or current(home, collection)
    if name is None:
        raise Unavailable(f"The collection '{collection}' has no release yet. Load returns with: savings load FILE")
    return _open(home / collection / "releases", name)


@lru_cache(maxsize=16)
def _open(folder: Path, name: str) -> Release:
    path, described = folder / f"{name}.duckdb", folder / f"{name}.json"
    if name not in {known.stem for known in folder.glob("*.json")} or not path.exists():
        raise Unavailable(f"There is no release '{name}' in {folder.parent.name}. See: savings releases")
    manifest = json.loads(described.read_text("utf-8"))
    if manifest["format"] != FORMAT:
        raise Unavailable(f"The release '{name}' was built by another edition. Load its returns again.")
    with path.open("rb") as stream:
        if hashlib.file_digest(stream, "sha256").hexdigest() != manifest["file_sha256"]:
            raise Unavailable(f"The release '{name}' was altered on disk. Restore it from a backup.")
    return Release(path, manifest, duckdb.connect(str(path), read_only=True, config=READER))
