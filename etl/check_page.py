"""A check as one HTML page to send back to whoever sent the return: what was read, and what to mend."""

import csv
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from jinja2 import Environment, StrictUndefined

from etl.check_words import (
    FATE_MEANINGS,
    FATES,
    LABELS,
    MADE_UP,
    PARTS,
    Finding,
    Told,
    command_of,
    headings_of,
    ignored_in_words,
    is_illustrative,
    place_in_words,
    pounds,
    questions_of,
    rows_in_words,
    told_of,
)
from etl.columns import NAMES
from etl.home import shipped
from etl.template_fields import NEEDED_MARK

MOST_ROWS = 1000
STANDINGS = {
    "counts": "counts",
    "superseded": "replaced by a later report",
    "part_of": "part of a wider amount, which counts",
    "left_out": "kept, but enters no total",
}


def check_page(document: dict[str, Any]) -> bytes:
    """The page of a `check --json` document, UTF-8, self-contained. The same document gives the same bytes.

    Text of a return is shown as text. Councils and skill areas are named from the reference tables.
    """
    template = files("etl").joinpath("check_page.html").read_text("utf-8")
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    page = environment.from_string(template).render(
        title=_title(document),
        made_up=MADE_UP if is_illustrative(document) else None,
        headline=_headline(document["lines"], any(file["problem"] for file in document["files"])),
        meanings=FATE_MEANINGS,
        files=[_file(file) for file in document["files"]],
        most=MOST_ROWS,
    )
    return page.encode("utf-8", "replace")


def _title(document: dict[str, Any]) -> str:
    names = [file["file"] for file in document["files"]]
    return names[0] if len(names) == 1 else f"{len(names)} files"


def _headline(lines: dict[str, int], broken: bool) -> str:
    """What a finance officer needs to know first, in a sentence."""
    rows = lines["in"] - lines["ignored"]
    if broken and not rows:
        return "Nothing could be judged: see below what to mend"
    mend = [f"{lines['quarantined']:,} to mend"] if lines["quarantined"] else []
    decide = [f"{lines['held']:,} for a person to decide"] if lines["held"] else []
    rest = ", ".join([*mend, *decide]) or "nothing to mend"
    also = "; some files could not be judged" if broken else ""
    return f"{_loading(lines['loaded'], rows)} would load; {rest}{also}"


def _loading(loaded: int, rows: int) -> str:
    if loaded == rows:
        return "The line" if rows == 1 else f"All {rows:,} lines"
    return f"{loaded:,} of {rows:,} {'line' if rows == 1 else 'lines'}"


def _file(file: dict[str, Any]) -> dict[str, Any]:
    columns = headings_of(file)
    loaded = [line for line in file["observations"] if line["fate"] == "loaded"]
    return {
        "name": file["file"],
        "sha256": file["sha256"][:12],
        "problem": _sentence(file["problem"]["message"]) if file["problem"] else None,
        "given": [(LABELS.get(column, column), value) for column, value in file["given"].items()],
        "sheets": [_sheet(sheet) for sheet in file["sheets"]],
        "counts": _counts(file),
        "questions": [
            (question.text, [command_of(file, given) for given in question.given]) for question in questions_of(file)
        ],
        "parts": [_part(fate, title, file["findings"], columns) for fate, title in PARTS],
        "loaded": {"rows": [_line(line) for line in loaded[:MOST_ROWS]], "of": len(loaded)},
        "ignored": [
            {"sheet": sheet, "reason": reason, "rows": rows_in_words(rows), "of": len(rows)}
            for sheet, reason, rows in ignored_in_words(file["ignored_rows"])
        ],
    }


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]


def _sheet(sheet: dict[str, Any]) -> dict[str, Any]:
    rows = sheet["heading_rows"]
    return {
        "name": sheet["sheet"] or "The table",
        "ignored": sheet["ignored"],
        "headings": f"{'row' if len(rows) == 1 else 'rows'} {rows_in_words(rows)}" if rows else "none",
        "columns": [
            (LABELS[name], sheet["columns"][name].removesuffix(NEEDED_MARK))
            for name in NAMES
            if name in sheet["columns"]
        ],
    }


def _counts(file: dict[str, Any]) -> list[dict[str, str]]:
    unknown = file["unknown_amounts"]
    return [
        {
            "fate": fate,
            "lines": f"{file['lines'][fate]:,}",
            "amount": pounds(file["amount_gbp"][fate]) if fate in file["amount_gbp"] else "not added up",
            "unknown": f"{unknown[fate]:,}" if fate in unknown else "",
        }
        for fate in FATES
    ]


def _part(fate: str | None, title: str, findings: list[Finding], columns: dict[str, str]) -> dict[str, Any]:
    told = told_of([finding for finding in findings if finding["fate"] == fate], columns)
    groups: dict[str, list[Told]] = {}
    for one in told[:MOST_ROWS]:
        groups.setdefault(place_in_words(one), []).append(one)
    return {"id": fate or "remarks", "title": title, "of": len(told), "groups": list(groups.items())}


def _line(line: dict[str, Any]) -> dict[str, str]:
    councils, areas = _names("councils.csv", "gss_code", "name"), _names("skill_areas.csv", "skill_area", "label")
    bodies = [line["lead_council"], *line["partner_councils"]]
    return {
        "place": f"{line['row']}" + (f", {line['sheet']}" if line["sheet"] else ""),
        "project": line["project_ref"] or "",
        "council": "; ".join(councils.get(code, code) for code in bodies if code),
        "area": areas.get(line["skill_area"], line["skill_area"] or ""),
        "kind": _words(line["kind"]),
        "stage": _words(line["stage"]),
        "years": _years(line),
        "amount": _amount(line),
        "becomes": STANDINGS.get(line["standing"] or "", ""),
    }


def _amount(line: dict[str, Any]) -> str:
    per_year = " a year" if line["basis"] == "per_year" else ""
    if line["amount_gbp"] is not None:
        return pounds(line["amount_gbp"]) + per_year
    low, high = line["amount_low_gbp"], line["amount_high_gbp"]
    if low is not None and high is not None:
        return f"{pounds(low)} to {pounds(high)}{per_year}"
    if low is not None or high is not None:
        return (f"at least {pounds(low)}" if low is not None else f"at most {pounds(high)}") + per_year
    return "not yet known"


def _years(line: dict[str, Any]) -> str:
    if line["financial_year"]:
        return line["financial_year"]
    first, last = line["period_start"], line["period_end"]
    return f"{first or 'not stated'} to {last or 'not stated'}" if first or last else "not stated"


def _words(code: str | None) -> str:
    return (code or "").replace("_", " ")


@cache
def _names(file: str, code: str, name: str) -> dict[str, str]:
    path: Path = shipped("reference") / file
    with path.open(encoding="utf-8", newline="") as stream:
        return {row[code]: row[name] for row in csv.DictReader(stream)}
