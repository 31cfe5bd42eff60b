"""A topic as one HTML file: numbers, tables with bars, captions and sources; opens offline and prints well."""

from decimal import Decimal
from importlib.resources import files
from typing import Any

from jinja2 import Environment, StrictUndefined

from dashboard.caption import headings_of, numbers_of, release_sentence, showing
from dashboard.charts.tiles import Tiles
from dashboard.figure import Answer, Topic, answer
from dashboard.measures import Measure
from dashboard.outputs.page_parts import citation, in_words
from dashboard.release import Release
from dashboard.selection import Selection
from dashboard.style import counted, money


def snapshot(topic: Topic, release: Release, selection: Selection) -> bytes:
    """The topic for a selection as one self-contained HTML page. The same release and selection give the same bytes."""
    template = files("dashboard").joinpath("outputs", "snapshot.html").read_text("utf-8")
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    figures = [_figure(answer(figure, release, selection)) for figure in topic.figures if figure.suits(release)]
    page = environment.from_string(template).render(
        topic=topic,
        release=release,
        figures=figures,
        showing=showing(selection, release),
        release_sentence=release_sentence(release),
        lines=release.manifest["lines"],
    )
    return page.encode()


def snapshot_name(topic: Topic, release: Release) -> str:
    """The file name of a snapshot, marked where the collection is made up."""
    mark = "ILLUSTRATIVE-" if release.illustrative else ""
    return f"{mark}savings-impact-{topic.id}-{release.id}.html"


def _figure(found: Answer) -> dict[str, Any]:
    return {
        "id": found.figure.id,
        "headline": found.words.headline,
        "title": found.statistical_title,
        "caption": found.caption,
        "citation": citation(found),
        "tiles": _tiles(found) if isinstance(found.figure.chart, Tiles) else None,
        "headings": [d.label for d in found.table.by],
        "measures": [heading for m in found.table.measures for heading in headings_of(m)],
        "based": found.table.based,
        "details": [label for _, label in found.table.details],
        "rows": [] if isinstance(found.figure.chart, Tiles) else _rows(found),
    }


def _tiles(found: Answer) -> list[dict[str, str]]:
    row = found.table.rows[0] if found.table.rows else {}
    tiles = []
    for measure in found.figure.measures:
        base, value = found.base_of(measure), row.get(measure.id)
        behind = f"{counted(base.projects, 'project')}, {counted(base.councils, 'council')}"
        tiles.append(
            {
                "label": measure.label,
                "look": f"stage-{measure.stage} kind-{measure.kind}",
                "value": "none reported" if value is None else money(value),
                "base": f"{behind}; {base.reported:,} of {base.of_projects:,} reported",
            }
        )
    return tiles


def _rows(found: Answer) -> list[dict[str, Any]]:
    widest = {measure.id: _widest(found, measure) for measure in found.table.measures}
    return [
        {
            "labels": [found.table.label(d, row[d.id]) for d in found.table.by],
            "cells": [
                {
                    "text": cell,
                    "bar": None if place else _bar(row[m.id], widest[m.id]),
                    "class": f"stage-{m.stage or 'none'} kind-{m.kind or row.get('kind', 'none')}",
                }
                for m in found.table.measures
                for place, cell in enumerate(numbers_of(row, m))
            ],
            "base": [row["projects"], row["councils"]] if found.table.based else [],
            "details": [_detail(name, row.get(name)) for name, _ in found.table.details],
        }
        for row in found.table.rows
    ]


def _widest(found: Answer, measure: Measure) -> Decimal:
    return max((abs(row[measure.id]) for row in found.table.rows if row[measure.id] is not None), default=Decimal(0))


def _bar(value: Decimal | int | None, widest: Decimal) -> str | None:
    """The length of a bar in percent of the longest, where there is one to draw."""
    return f"{100 * value / widest:.2f}" if value and value > 0 and widest else None


def _detail(name: str, value: object) -> str:
    if value is None:
        return ""
    return in_words(str(value)) if name == "why" else str(value)
