"""Behind a figure: the lines that its numbers are made of, project by project, each with its place and its source."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from dashboard.caption import REASONS
from dashboard.figure import Answer, reason_of
from dashboard.lineage import Behind, lines_behind
from dashboard.measures import Measure
from dashboard.outputs.page_parts import in_words, link, text
from dashboard.query import outcomes_of
from dashboard.refusals import Refused
from dashboard.style import counted, number_in_full, pounds

MOST = 100
"""Lines that are shown of each number; `savings lineage` gives all of them."""


def lines(answer: Answer) -> str:
    """The lines behind each measure of an answer as HTML: for each project a part that opens.

    Behind the ends of a range stand the lines of their total.
    """
    measures = answer.figure.measures
    if any(measure.source == "assumptions" for measure in measures):
        measures = outcomes_of(measures)
    behind = "".join(_behind(answer, measure) for measure in measures)
    return f'<div class="si-lines">{behind}</div>'


def _behind(answer: Answer, measure: Measure) -> str:
    try:
        found = lines_behind(answer.release, measure, answer.selection, MOST + 1)
    except Refused as problem:
        return f"<h3>{text(measure.label)}</h3><p>{text(reason_of(problem))}</p>"
    shown = found[:MOST]
    projects = _by_project(shown)
    of_projects = f"of {counted(len(projects), 'project')}"
    more = f"{counted(len(shown), 'line')} {of_projects}"
    if len(found) > MOST:
        inside = _sum(shown)
        which = "first lines" if inside is None else "lines of most pounds"
        worth = f", {pounds(inside)} of it," if inside is not None and measure.adds_up else ""
        more = f"The {MOST} {which}{worth} {of_projects}. Filter the page, or take savings lineage, for all the others."
    parts = "".join(_project(together, measure) for together in projects)
    return (
        f"<h3>{text(measure.label)}{_value(answer, measure)}</h3>"
        f'<p class="si-statistical">{text(more)}</p>'
        f'<div class="si-behind">{parts}</div>'
    )


def _value(answer: Answer, measure: Measure) -> str:
    rows = [] if measure.per_line else answer.release.table((measure,), (), answer.selection).rows
    return f": {text(number_in_full(rows[0][measure.id], measure.unit))}" if rows else ""


def _by_project(found: Sequence[Behind]) -> list[list[Behind]]:
    """The lines by project, the project whose lines bring most first."""
    order: dict[str, list[Behind]] = {}
    for one in found:
        order.setdefault(one.place["project_ref"], []).append(one)
    return sorted(order.values(), key=lambda together: -abs(_sum(together) or 0))


def _sum(together: Sequence[Behind]) -> Decimal | None:
    known = [one.pounds_gbp for one in together if one.pounds_gbp is not None]
    return sum(known, start=Decimal(0)) if known else None


def _project(together: Sequence[Behind], measure: Measure) -> str:
    place = together[0].place
    inside = _sum(together)
    brought = f"{pounds(inside)} · " if inside is not None and measure.unit == "GBP" else ""
    summary = f"{brought}{place['project_title'] or place['project_ref']}"
    items = "".join(_line(one) for one in together)
    return (
        f"<details><summary>{text(summary)} <span>{text(counted(len(together), 'line'))}</span></summary>"
        f'<ol class="si-of-project">{items}</ol></details>'
    )


def _line(one: Behind) -> str:
    place = one.place
    stated = "amount not known" if place["amount_gbp"] is None else f"{pounds(place['amount_gbp'])} stated"
    inside = "" if one.pounds_gbp is None else f"{pounds(one.pounds_gbp)} in this number; "
    facts = [("Where", _where(place)), ("Says", _says(place)), ("Standing", _standing(place))]
    facts += [("Words", place["source_quote"]), ("Source", place["source_title"]), ("Notes", place["notes"])]
    listed = "".join(f"<dt>{name}</dt><dd>{text(value)}</dd>" for name, value in facts if value)
    address = f"<dt>Address</dt><dd>{link(place['source_url'])}</dd>" if place["source_url"] else ""
    return f"<li><p>{text(inside + stated)}</p><dl>{listed}{address}</dl></li>"


def _where(place: Mapping[str, Any]) -> str:
    sheet = f", sheet {place['sheet']}" if place["sheet"] else ""
    column = f", column {place['cell_column']}" if place["cell_column"] else ""
    return f"{place['file']}{sheet}, row {place['row']}{column}; line {place['line_id']}"


def _says(place: Mapping[str, Any]) -> str:
    words = [str(place[name]).replace("_", " ") for name in ("stage", "kind", "basis") if place[name]]
    years = place["years"] or "year not stated"
    graded = f"evidence {place['evidence_grade']}" if place["evidence_grade"] else "evidence not graded"
    return ", ".join([*words, years, graded])


def _standing(place: Mapping[str, Any]) -> str:
    words = "Counts" if place["standing"] == "counts" else REASONS.get(place["standing"] or place["fate"], "Left out")
    return f"{words}: {in_words(place['why'])}" if place["why"] else words
