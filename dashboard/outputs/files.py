"""Answers as files: the CSV of a figure, and its JSON, with everything that a reader needs to cite it."""

import csv
import io
from decimal import Decimal
from typing import Any

from dashboard.figure import Answer
from dashboard.refusals import Refused

ENDINGS = {"GBP": "_gbp", "percent": "_percent"}
"""How the name of a column of a unit ends."""
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def safe_cell(text: str) -> str:
    """Text that no spreadsheet takes for a formula: a leading `=`, `+`, `-`, `@` or tab gets an apostrophe."""
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


def csv_of(answer: Answer) -> bytes:
    """The figure's table as UTF-8 CSV: codes and labels, numbers with their unit, the base of each row, the source.

    Every row carries the release and, where the collection is made up, the word ILLUSTRATIVE. The same release,
    figure and selection give the same bytes.
    """
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(_headings(answer))
    for row in answer.table.rows:
        writer.writerow([_cell(value) for value in _values(answer, row)])
    return b"\xef\xbb\xbf" + stream.getvalue().encode()


def file_name(answer: Answer, ending: str) -> str:
    """The name of a figure's file: its permanent id, marked where the collection is made up."""
    mark = "ILLUSTRATIVE-" if answer.release.illustrative else ""
    return f"{mark}{answer.figure.id}.{ending}"


def _headings(answer: Answer) -> list[str]:
    table = answer.table
    split = [name for dimension in table.by for name in (dimension.id, f"{dimension.id}_label")]
    measured = [name + ENDINGS.get(measure.unit, "") for measure in table.measures for name in measure.numbers]
    details = [name for name, _ in table.details]
    return [*split, *measured, "base_projects", "base_councils", *details, "caption", "release"]


def _values(answer: Answer, row: Any) -> list[Any]:
    table = answer.table
    split = [text for d in table.by for text in (row[d.id], table.label(d, row[d.id]))]
    measured = [row[name] for measure in table.measures for name in measure.numbers]
    details = [row.get(name) for name, _ in table.details]
    return [*split, *measured, row["projects"], row["councils"], *details, answer.caption, answer.release.id]


def _cell(value: Any) -> str:
    if value is None:
        return ""
    return safe_cell(value) if isinstance(value, str) else str(value)


def json_of(answer: Answer) -> dict[str, Any]:
    """The answer as one document: columns, rows, left-outs, caption, and why it was refused, if it was."""
    table, release = answer.table, answer.release
    columns = [{"id": d.id, "label": d.label, "unit": None} for d in table.by]
    columns += [{"id": name, "label": label, "unit": m.unit} for m in table.measures for name, label in m.columns]
    columns += [{"id": name, "label": label, "unit": None} for name, label in table.details]
    refused = answer.refused
    return {
        "release": release.id,
        "collection": release.manifest["collection"],
        "caption": answer.caption,
        "columns": columns,
        "rows": [{name: _json(value) for name, value in row.items() if name != "unapportioned"} for row in table.rows],
        "left_out": [
            {
                "reason": one.reason,
                "lines": one.lines,
                "amount_gbp": _json(one.amount_gbp),
            }
            for one in answer.left_out
        ],
        "refused": None if refused is None else _refusal(refused),
    }


def refused_json(refused: Refused) -> dict[str, Any]:
    """The document of a question that was refused before any release was asked: nothing but the refusal."""
    empty = {"release": None, "collection": None, "caption": "", "columns": [], "rows": [], "left_out": []}
    return empty | {"refused": _refusal(refused)}


def _refusal(refused: Refused) -> dict[str, Any]:
    return {"code": refused.code, "message": str(refused), "instead": list(refused.instead)}


def figure_json(answer: Answer) -> dict[str, Any]:
    """The same document with the figure's words and drawing."""
    return json_of(answer) | {
        "figure": answer.figure.id,
        "illustrative": answer.release.illustrative,
        "title": answer.statistical_title,
        "headline": answer.words.headline,
        "alt": answer.words.alt,
        "drawing": answer.drawing(),
    }


def _json(value: Any) -> Any:
    return str(value) if isinstance(value, Decimal) else value
