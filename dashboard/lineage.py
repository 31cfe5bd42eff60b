"""From a number to the lines that it is made of, to the penny; and from a line to every number that it enters."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from dashboard.dimensions import OBSERVATION, PROJECT
from dashboard.figure import Answer, Figure
from dashboard.measures import MEASURES, STAGES, Measure, UnknownName, at_stage
from dashboard.query import (
    PLACE_OF_A_LINE,
    entered_query,
    line_query,
    lines_query,
    projects_of_lines_query,
    refuse,
)
from dashboard.release import Release
from dashboard.selection import Selection


@dataclass(frozen=True)
class Behind:
    """One line behind a number: its pounds in it (None where the number is a count), and where it stands.

    `place` has the keys of PLACE_OF_A_LINE.
    """

    pounds_gbp: Decimal | None
    place: Mapping[str, Any]


def lines_behind(release: Release, measure: Measure, selection: Selection, most: int | None = None) -> list[Behind]:
    """The lines that a measure of a selection is made of, in the order of their files and rows.

    Their pounds are the sum of a measure that adds up. With `most` only so many, those of most pounds, and these first.
    Refused where the measure itself is.
    """
    refuse(measure, (), selection, release.examples)
    asked = lines_query(measure, selection, release.factors((measure,), selection), most)
    return [
        Behind(pounds, dict(zip(PLACE_OF_A_LINE, place, strict=True)))
        for pounds, *place in release.rows(asked.sql, asked.values)
    ]


def narrower(answer: Answer) -> list[Selection]:
    """For each row of an answer's table what a reader who asks for it alone goes to; of a line, its project."""
    table = answer.table
    codes = [tuple(row[dimension.id] for dimension in table.by) for row in table.rows]
    if OBSERVATION not in table.by:
        return [answer.selection.narrowed(table.by, one) for one in codes]
    place = table.by.index(OBSERVATION)
    asked = projects_of_lines_query([one[place] for one in codes])
    project_of = dict(answer.release.rows(asked.sql, asked.values))
    return [answer.selection.narrowed((PROJECT,), (project_of[one[place]],)) for one in codes]


@dataclass(frozen=True)
class Entered:
    """A measure that a line enters, with the line's pounds in it in cash terms, and the figures that show it."""

    measure: Measure
    pounds_gbp: Decimal | None
    figures: tuple[str, ...]


def line_named(release: Release, line_id: str) -> dict[str, Any]:
    """What a line says, its fate and standing and why, and where it stands. UnknownName if the release has none."""
    asked = line_query(line_id)
    found = release.rows(asked.sql, asked.values)
    if not found:
        raise UnknownName(f"No line '{line_id}' in {release.id}. Line ids stand in savings check --json.")
    return dict(zip(PLACE_OF_A_LINE, found[0][1:], strict=True))


def entered_by(release: Release, line_id: str, figures: Iterable[Figure]) -> list[Entered]:
    """Every measure that the line enters when nothing is filtered, and the figures of the collection that show it."""
    shown = [figure for figure in figures if figure.suits(release)]
    entered = []
    for measure in MEASURES.values():
        if not measure.staged or (release.examples and not measure.examples):
            continue
        asked = entered_query(measure, line_id)
        ((lines, pounds),) = release.rows(asked.sql, asked.values)
        if lines:
            names = tuple(figure.id for figure in shown if measure in _measures_of(figure))
            entered.append(Entered(measure, pounds, names))
    return entered


def _measures_of(figure: Figure) -> set[Measure]:
    stages = STAGES if figure.follows_stage else ()
    return {*figure.measures, *(at_stage(measure, stage) for measure in figure.measures for stage in stages)}
