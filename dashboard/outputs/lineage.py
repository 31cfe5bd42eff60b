"""Lineage as a document and in words: the lines behind a number, or the numbers that a line enters."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from dashboard.figure import Figure
from dashboard.lineage import entered_by, line_named, lines_behind
from dashboard.measures import Measure
from dashboard.release import Release
from dashboard.selection import Selection
from dashboard.style import counted, number_in_full, pounds


def number_lineage(release: Release, measure: Measure, selection: Selection) -> dict[str, Any]:
    """A number and every line that it is made of: `value` and, of each line, its pounds in it and its place.

    Raises Refused where the measure is refused.
    """
    rows = [] if measure.per_line else release.table((measure,), (), selection).rows
    value = rows[0][measure.id] if rows else None
    behind = lines_behind(release, measure, selection)
    return {
        "release": release.id,
        "collection": release.manifest["collection"],
        "illustrative": release.illustrative,
        "measure": measure.id,
        "label": measure.label,
        "unit": measure.unit,
        "where": {name: list(codes) for name, codes in selection.where},
        "real": selection.real,
        "value": _plain(value),
        "lines": [_line(one.place) | {"pounds_gbp": _plain(one.pounds_gbp)} for one in behind],
    }


def line_lineage(release: Release, line_id: str, figures: Iterable[Figure]) -> dict[str, Any]:
    """A line, its fate, and every measure and figure that it enters. UnknownName where there is no such line."""
    return {
        "release": release.id,
        "collection": release.manifest["collection"],
        "illustrative": release.illustrative,
        "line": _line(line_named(release, line_id)),
        "enters": [
            {
                "measure": one.measure.id,
                "label": one.measure.label,
                "pounds_gbp": _plain(one.pounds_gbp),
                "figures": list(one.figures),
            }
            for one in entered_by(release, line_id, figures)
        ],
    }


def _line(place: Mapping[str, Any]) -> dict[str, Any]:
    return {name: _plain(value) for name, value in place.items()}


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return f"{value:f}"
    return value if value is None or isinstance(value, int | str | bool) else str(value)


def lineage_text(found: Mapping[str, Any]) -> str:
    """The document in words, a line of the return after the other."""
    if "line" in found:
        entered = [f"  {one['measure']}: {_pounds(one)}{_shown(one)}" for one in found["enters"]]
        enters = ["Enters:", *entered] if entered else ["It enters no number."]
        made_up = ["ILLUSTRATIVE: made up, no council reported it."] if found["illustrative"] else []
        return "\n".join([*made_up, *_in_words(found["line"]), *enters])
    value = None if found["value"] is None else Decimal(found["value"])
    written = "not known" if value is None else number_in_full(value, found["unit"])
    made_up = "ILLUSTRATIVE: " if found["illustrative"] else ""
    title = f"{made_up}{found['label']}: {written}, from {counted(len(found['lines']), 'line')} of {found['release']}"
    lines = [text for line in found["lines"] for text in ("", *_in_words(line))]
    return "\n".join([title, *lines])


def _pounds(one: Mapping[str, Any]) -> str:
    return "counted" if one["pounds_gbp"] is None else pounds(Decimal(one["pounds_gbp"]))


def _shown(one: Mapping[str, Any]) -> str:
    return f", in {', '.join(one['figures'])}" if one["figures"] else ""


def _in_words(line: Mapping[str, Any]) -> list[str]:
    sheet = f", sheet {line['sheet']}" if line["sheet"] else ""
    column = f", column {line['cell_column']}" if line["cell_column"] else ""
    counts = line["standing"] or line["fate"]
    stated = "not known" if line["amount_gbp"] is None else pounds(Decimal(line["amount_gbp"]))
    inside = f"{_pounds(line)} in it; " if "pounds_gbp" in line else ""
    why = f": {line['why']}" if line["why"] else ""
    said = f"{line['project_ref']}, {line['stage']}, {line['years'] or 'year not stated'}, stated {stated}"
    texts = [
        f"{line['line_id']}  {line['file']}{sheet}, row {line['row']}{column}",
        f"  {inside}{said}; {counts}{why}",
    ]
    if line.get("given") not in (None, "", "{}"):
        texts.append(f"  stated when it was loaded: {line['given']}")
    if line["source_title"]:
        texts.append(f"  source: {' '.join(filter(None, (line['source_title'], line['source_url'])))}")
    if line.get("cells"):
        cells = "; ".join(f"{cell['column']} {cell['heading']}: {cell['text']}" for cell in line["cells"])
        texts.append(f"  cells as sent: {cells}")
    return texts
