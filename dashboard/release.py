"""Opens a release read-only, and composes and answers queries over it: the only DuckDB in the dashboard."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

import duckdb

from dashboard.dimensions import (
    ASSUMPTION,
    COUNCIL,
    COUNCIL_TODAY,
    NOT_STATED,
    OBSERVATION,
    OUTCOME_DIMENSIONS,
    PROJECT,
    YEARS,
    Dimension,
    dimension_named,
)
from dashboard.left_out import LeftOut, left_out_of, left_out_query, projects_query
from dashboard.measures import MEASURES, OF_PROJECTS, Measure, named
from dashboard.query import (
    added,
    alike,
    base_query,
    nothing,
    of_one_source,
    outcomes_of,
    query_of,
    refuse,
    sorts_query,
    takes_prices,
    told_apart_query,
    total_in,
    value_of,
    values_of,
)
from dashboard.reach import bits_of, counted_query
from dashboard.refusals import Refused
from dashboard.selection import Selection
from dashboard.sources import LABELS, PLACES, PROJECTS_ALONE, Factors, chosen, code_of, factors_of
from dashboard.sureness import Range, Silence, cells_of, end_of, ranges
from dashboard.table import Place, Table, place_of

FORMAT = 4
MOST_LISTED = 20_000
SPREAD = ("lower_quartile", "median", "upper_quartile", "largest_share_of")
READER: dict[str, str | bool | int | float | list[str]] = {
    "enable_external_access": "false",
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "lock_configuration": "true",
    "memory_limit": "4GB",
}


class Unavailable(ValueError):
    """A release that is not there, was altered, or was built by another edition of the program."""


@dataclass(frozen=True)
class Base:
    """What stands behind an answer: projects and councils, how many of the selection's projects reported.

    The last four split its pounds, in cash terms: `unclear_basis_gbp` are of amounts that do not say whether they are
    totals or a year's, `endless_gbp` of amounts a year without a stated end.
    """

    projects: int
    councils: int
    reported: int
    of_projects: int
    by_net_or_gross: tuple[tuple[str, Decimal], ...] = ()
    by_evidence: tuple[tuple[str, Decimal], ...] = ()
    unclear_basis_gbp: Decimal = Decimal(0)
    endless_gbp: Decimal = Decimal(0)


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

    @cached_property
    def places(self) -> Mapping[str, Place]:
        """{code of a council: where a map shows it}."""
        found: dict[str, Place] = {}
        for council, *known, day, across, down in self.rows(PLACES):
            place = found.setdefault(council, Place(*known, {}))
            if day is not None:
                place.hexagons[day] = (across, down)
        return found

    @lru_cache(maxsize=256)  # noqa: B019 (a release lives as long as the program)
    def options(self, dimension: Dimension) -> tuple[tuple[str, str, int], ...]:
        """What a dimension can be restricted to: (code, label, projects), in reading order."""
        if dimension is PROJECT:
            return tuple((code, label, 1) for code, label in sorted(self.labels_of(dimension).items()))
        source = "project_councils" if dimension not in OUTCOME_DIMENSIONS else "schedule"
        rows = chosen(source, (dimension,), Selection())
        found = self.rows(f"select {dimension.column}, count(distinct project_no) from ({rows.sql}) group by 1")
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
        for measure in measures:
            refuse(measure, by, selection, self.examples)
        if measures[0].source == "assumptions":
            return self._ranges(measures, by, selection)
        self._refuse_too_many(by, selection)
        found: dict[tuple[str, ...], dict[str, Any]] = {}
        for measure in measures:
            for key, values in self._values(measure, by, selection).items():
                found.setdefault(key, {}).update(values)
        bases = self._bases(measures, by, selection)
        unbased = (None, None) if measures[0].source == "claims" else (0, 0)
        extra = self._details(details, by)
        shared = any(dimension.by_council for dimension in by)
        empty = {name: nothing(measure) for measure in measures for name in measure.numbers}
        rows = [
            {dimension.id: code for dimension, code in zip(by, key, strict=True)}
            | dict(zip(("projects", "councils"), bases.get(key, unbased), strict=True))
            | (empty | values)
            | {"unapportioned": tuple(name for name, value in values.items() if value is None and shared)}
            | extra.get(key[-1] if key else "", {})
            for key, values in found.items()
        ]
        labels = {d.id: self.labels_of(d) for d in by}
        rows.sort(key=lambda row: tuple(place_of(d, str(row[d.id]), labels[d.id]) for d in by))
        places = self.places if {COUNCIL, COUNCIL_TODAY} & set(by) else {}
        return Table(by, measures, tuple(rows), labels, details, places)

    def _refuse_too_many(self, by: tuple[Dimension, ...], selection: Selection) -> None:
        """Refuses a list of more projects or lines than anybody could read: it would be cut, or never come."""
        source = "observations" if OBSERVATION in by else "projects" if PROJECT in by else None
        if source is None:
            return
        rows = chosen(source, (), selection)
        ((number,),) = self.rows(f"select count(*) from ({rows.sql})", rows.values)
        if number > MOST_LISTED:
            raise Refused("too_many_rows", f"There are {number:,} to list, and {MOST_LISTED:,} at most.")

    def _ranges(self, measures: tuple[Measure, ...], by: tuple[Dimension, ...], selection: Selection) -> Table:
        """The ends of totals, by assumption, the one that moves the first total most first."""
        found = {measure: self._range(MEASURES[total_in(measure)[0]], selection) for measure in measures}
        rows = tuple(
            {ASSUMPTION.id: one.assumption, "projects": None, "councils": None, "unapportioned": ()}
            | {measure.id: end_of(measure, ends, one.assumption) for measure, ends in found.items()}
            for one in found[measures[0]]
        )
        return Table(by, measures, rows, {ASSUMPTION.id: self.labels_of(ASSUMPTION)})

    @lru_cache(maxsize=64)  # noqa: B019
    def _range(self, total: Measure, selection: Selection) -> list[Range]:
        """The range of a total: of what it holds, by evidence, attribution and persistence, and of who is silent."""
        asked = sorts_query(total, selection, self.factors((total,), selection))
        cells = [cell for row in self.rows(asked.sql, asked.values) for cell in cells_of(*row)]
        base = self.base((total,), selection)
        median = self.table((MEASURES[f"median_{total.id}"],), (), selection).rows
        silent = Silence(base.of_projects - base.reported, median[0][f"median_{total.id}"] if median else None)
        return ranges(cells, silent)

    @lru_cache(maxsize=1024)  # noqa: B019
    def _values(
        self, measure: Measure, by: tuple[Dimension, ...], selection: Selection
    ) -> dict[tuple[str, ...], dict[str, Any]]:
        """The measure's values by the codes of each row; of a share of another measure, in every row of the other."""
        counted = self._counted((measure,), by, selection) if measure.aggregate == OF_PROJECTS else None
        if counted is not None:
            numbers: dict[tuple[str, ...], list[Any]] = {key: [projects] for key, (projects, _) in counted.items()}
        else:
            asked = query_of(measure, by, selection, self.factors((measure,), selection))
            numbers = {self._key(by, row): list(row[len(by) :]) for row in self.rows(asked.sql, asked.values)}
        if measure.of:
            wholes = self._values(MEASURES[measure.of], by, selection)
            numbers = {key: [*numbers.get(key, [0])[:1], whole[measure.of]] for key, whole in wholes.items()}
        return {key: value_of(measure, values) for key, values in numbers.items()}

    def _key(self, by: tuple[Dimension, ...], row: Sequence[Any]) -> tuple[str, ...]:
        return self._named(by, tuple(code_of(d, value) for d, value in zip(by, row[: len(by)], strict=True)))

    def _named(self, by: tuple[Dimension, ...], key: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(
            self.project_refs[int(code)] if dimension is PROJECT and code.isdigit() else code
            for dimension, code in zip(by, key, strict=True)
        )

    @cached_property
    def _indices(self) -> dict[str, Decimal]:
        return dict(self.rows("select financial_year, index from deflators"))

    @property
    def price_bases(self) -> tuple[str, ...]:
        """The financial years in whose prices pounds can be given, the latest first."""
        return tuple(sorted((year for year in self._indices if year >= "2010"), reverse=True))

    def is_forecast(self, year: str) -> bool:
        """Whether the price index of a financial year is a forecast."""
        return bool(self.rows("select 1 from deflators where financial_year = ? and status <> 'outturn'", [year]))

    def factors(self, measures: tuple[Measure, ...], selection: Selection) -> Factors | None:
        """What pounds of each year are worth in the prices asked for; None in cash terms."""
        if not any(takes_prices(measure, selection) for measure in measures):
            return None
        discounted = any(measure.prices == "present_value" for measure in measures)
        return factors_of(self._indices, str(selection.real), discounted)

    def _bases(
        self, measures: tuple[Measure, ...], by: tuple[Dimension, ...], selection: Selection
    ) -> dict[tuple[str, ...], tuple[int, int]]:
        if measures[0].source == "claims":
            return {}
        counted = self._counted(measures, by, selection)
        if counted is None:
            asked = told_apart_query(measures, by, selection, self.factors(measures, selection))
            counted = {self._key(by, row): (row[-2], row[-1]) for row in self.rows(asked.sql, asked.values)}
        return counted

    @lru_cache(maxsize=1024)  # noqa: B019
    def _counted(
        self, measures: tuple[Measure, ...], by: tuple[Dimension, ...], selection: Selection
    ) -> dict[tuple[str, ...], tuple[int, int]] | None:
        """Projects and councils behind measures, from what was noted beforehand; None where that does not hold them."""
        of_projects = measures[0].source in PROJECTS_ALONE
        priced = any(takes_prices(measure, selection) for measure in measures)
        bits = None if of_projects or priced else bits_of(of_one_source(measures), by, selection)
        if bits is None and not of_projects:
            return None
        asked = counted_query(by, selection, bits)
        return {self._key(by, row): (row[-2], row[-1]) for row in self.rows(asked.sql, asked.values)}

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
        staged = outcomes_of(measures) or (MEASURES["reporting_projects"],)
        ((projects, councils),) = self._bases(alike(staged), (), selection).values()
        ((of_projects, _),) = self._bases((MEASURES["projects"],), (), selection).values()
        asked = base_query(alike(staged), selection, self.factors(alike(staged), selection))
        sorts = self.rows(asked.sql, asked.values)
        return Base(
            projects,
            councils,
            projects,
            of_projects,
            added(sorts, 0),
            added(sorts, 1),
            dict(added(sorts, 2)).get(True, Decimal(0)),
            dict(added(sorts, 3)).get(True, Decimal(0)),
        )

    @lru_cache(maxsize=1024)  # noqa: B019
    def spread(self, measure: Measure, selection: Selection) -> Mapping[str, Any] | None:
        """How the projects behind a total spread: {`median`, `lower_quartile`, `upper_quartile`, `largest_share_of`}.

        None for a measure that has no such measures, and for chosen examples, of which nothing is averaged.
        """
        names = {what: f"{what}_{measure.id}" for what in SPREAD}
        if self.examples or not set(names.values()) <= MEASURES.keys():
            return None
        first, *also = (replace(MEASURES[name], interval=None) for name in names.values())
        asked = query_of(first, (), selection, self.factors((first,), selection), tuple(also))
        ((*numbers,),) = self.rows(asked.sql, asked.values)
        found = values_of((first, *also), numbers)
        return {what: found[name] for what, name in names.items()}

    @lru_cache(maxsize=1024)  # noqa: B019
    def left_out(self, measures: tuple[Measure, ...], selection: Selection) -> tuple[LeftOut, ...]:
        """Lines of the selection's projects that the measures do not hold, by reason.

        The pounds that are in and the pounds left out are together the pounds of all lines in view.
        """
        staged = outcomes_of(measures)
        if not staged:
            return ()
        factors = self.factors(alike(staged), selection)
        asked = left_out_query(staged, selection, factors)
        found = self.rows(asked.sql, asked.values)
        projects = projects_query(staged, selection, factors, [reason for reason, *_ in found])
        of_reason = dict(self.rows(projects.sql, projects.values)) if projects else {}
        return left_out_of(found, of_reason)


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
