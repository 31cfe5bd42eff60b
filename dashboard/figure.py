"""Figures are data: a question, measures and dimensions. Answering one gives everything that is shown of it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from dashboard.caption import caption_of, statistical_title
from dashboard.charts import Chart
from dashboard.dimensions import CLAIM, Dimension
from dashboard.left_out import LeftOut
from dashboard.measures import Measure, at_stage, named
from dashboard.query import refuse
from dashboard.refusals import Refused
from dashboard.release import Base, Release
from dashboard.selection import Selection
from dashboard.table import Setting, Table, Words

VERDICT = "verdict"


@dataclass(frozen=True)
class Figure:
    """One figure. `id` is permanent: link anchor, file name, citation.

    `shown` says for which collections it makes sense: "all", "examples", "returns" or those with "claims". One that
    `follows_stage` speaks of the stage a reader chose. One that `adapts` leaves out the measures that the
    collection or the kinds chosen refuse; one that does not is refused with the reason. `details` are columns
    that describe each row. Rows of fewer projects than `fewest` are withheld, and named in the caption. `verdict`
    says in a sentence what a row comes to.
    """

    id: str
    title: str
    question: str
    measures: tuple[Measure, ...]
    chart: Chart
    by: tuple[Dimension, ...] = ()
    notes: tuple[str, ...] = ()
    details: tuple[tuple[str, str], ...] = ()
    shown: str = "all"
    follows_stage: bool = True
    adapts: bool = True
    fewest: int = 0
    verdict: Callable[[Mapping[str, Any]], str] | None = None

    def for_selection(self, selection: Selection, examples: bool) -> "Figure":
        """The figure at the stage chosen, without the measures that a collection of examples refuses."""
        if not self.adapts:
            return self
        measures = tuple(
            at_stage(measure, selection.stage) if self.follows_stage else measure
            for measure in self.measures
            if measure.examples or not examples
        )
        kinds = dict(selection.where).get("kind", ())
        kept = tuple(measure for measure in measures if not kinds or measure.kind is None or measure.kind in kinds)
        return replace(self, measures=kept)

    def suits(self, release: Release) -> bool:
        """Whether the figure makes sense for the release's collection."""
        if self.shown == "claims":
            return bool(release.labels_of(CLAIM))
        return self.shown == "all" or (self.shown == "examples") == release.examples


@dataclass(frozen=True)
class Topic:
    """A page on screen, a chapter of an export, a section of a briefing: figures in reading order."""

    id: str
    title: str
    question: str
    figures: tuple[Figure, ...]


@dataclass(frozen=True)
class Answer:
    """All that is shown of a figure, anywhere: page, export and briefing take this and nothing else."""

    figure: Figure
    selection: Selection
    release: Release = field(repr=False)
    table: Table
    base: Base
    left_out: tuple[LeftOut, ...]
    refused: Refused | None = None
    withheld: tuple[str, ...] = ()
    focus: str = ""

    def setting(self, dark: bool = False) -> Setting:
        """What a drawing of this answer must know beyond its rows."""
        return Setting(dark, self.release.illustrative, self.release.examples, self.focus)

    def base_of(self, measure: Measure) -> Base:
        """The base of one of the answer's measures."""
        return self.release.base((measure,), self.selection)

    def drawing(self, dark: bool = False) -> dict[str, Any] | None:
        """The Plotly figure, as a dict; None where the figure is a list, or holds nothing to draw."""
        return None if self.refused else self.figure.chart.draw(self.table, self.setting(dark))

    @cached_property
    def words(self) -> Words:
        """The message and the text alternative, from the rows of the table."""
        if self.refused:
            return Words(str(self.refused), str(self.refused))
        return self.figure.chart.describe(self.table, self.setting())

    @cached_property
    def statistical_title(self) -> str:
        """Measure, split, place, period, stage and prices."""
        return statistical_title(self.figure, self.selection, self.release)

    @cached_property
    def caption(self) -> str:
        """Base, split of what was added, left-outs, source and release: composed, never typed."""
        return caption_of(self)


def answer(figure: Figure, release: Release, selection: Selection, focus: str = "") -> Answer:
    """The answer of a figure over a release and a selection; a question that would mislead is answered with why.

    `focus` is the code of the row that is set apart from the others.
    """
    chosen = figure.for_selection(selection, release.examples)
    refused: Refused | None = None
    table = Table(chosen.by, chosen.measures, ())
    try:
        if not chosen.measures:
            for measure in figure.measures:
                refuse(measure, chosen.by, replace(selection, where=()), release.examples)
            raise Refused("nothing_to_show")
        table = release.table(chosen.measures, chosen.by, selection, chosen.details)
    except Refused as problem:
        refused = problem
    base = release.base(chosen.measures, selection)
    left_out = release.left_out(chosen.measures, selection)
    shown, withheld = _withholding(chosen, table)
    return Answer(chosen, selection, release, shown, base, left_out, refused, withheld, focus)


def _withholding(figure: Figure, table: Table) -> tuple[Table, tuple[str, ...]]:
    """The table without the rows that are too small to say anything, each with its verdict; and the names of those."""
    few = [row["projects"] is not None and row["projects"] < figure.fewest for row in table.rows]
    kept = tuple(row for row, is_few in zip(table.rows, few, strict=True) if not is_few)
    named = tuple(
        f"{', '.join(table.label(d, row[d.id]) for d in table.by)} (n = {row['projects']})"
        for row, is_few in zip(table.rows, few, strict=True)
        if is_few
    )
    if figure.verdict is None:
        return replace(table, rows=kept) if named else table, named
    rows = tuple({**row, VERDICT: figure.verdict(row)} for row in kept)
    return replace(table, rows=rows, details=(*table.details, (VERDICT, "Verdict"))), named


def figure_named(name: str, figures: Mapping[str, Figure]) -> Figure:
    """The declared figure of this id; UnknownName otherwise."""
    return figures[named("figure", name, tuple(figures))]
