"""Pieces of the page “Check a return” as HTML. Whatever comes from a return is escaped by `text`."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from dashboard.checking import Checked, Judged, Shown
from dashboard.dimensions import KIND, STAGE, STANDING
from dashboard.outputs.page_parts import text
from dashboard.style import counted, pounds

FATES = {
    "loaded": ("Would load", "read without doubt"),
    "held": ("Held", "readable, but a person must decide"),
    "quarantined": ("Quarantined", "something needed is missing or cannot be read"),
    "ignored": ("Ignored", "not data: blank lines, totals, notes"),
}
TOO_WIDE = 3
"""Tables of more columns than this are stacked, cell under cell, on a telephone."""

Labels = Mapping[str, Mapping[str, str]]
"""{"council": {code: name}, "skill_area": {code: label}}, from a release; a code without a label stands for itself."""


def summary(checked: Checked) -> str:
    """What became of all lines, and how many files could not be read."""
    unread = sum(file.problem is not None for file in checked.files)
    if unread == len(checked.files):
        return "The file could not be read" if unread == 1 else "None of the files could be read"
    files = f"{unread:,} of {counted(len(checked.files), 'file')} could not be read"
    return f"{headline(checked.lines)}; {files}" if unread else headline(checked.lines)


def headline(lines: Mapping[str, int]) -> str:
    """What became of the lines, in one sentence."""
    rest = ", ".join(
        f"{lines[fate]:,} {words}"
        for fate, words in (("held", "held"), ("quarantined", "quarantined"), ("ignored", "ignored"))
        if lines[fate]
    )
    return f"{lines['loaded']:,} of {counted(lines['in'], 'line')} would load{f'; {rest}' if rest else ''}"


def fates(checked: Checked) -> str:
    """The four fates of all lines side by side, with their readable pounds, and that they sum to what came in."""
    tiles = "".join(_tile(checked, fate) for fate in FATES)
    lines = checked.lines
    sums = " + ".join(f"{lines[fate]:,} {FATES[fate][0].lower()}" for fate in FATES)
    amounts = {fate: _sum(checked, fate) for fate in ("loaded", "held", "quarantined")}
    in_pounds = " + ".join(pounds(amount) for amount in amounts.values())
    return (
        f'<div class="si-tiles" role="list">{tiles}</div>'
        f'<p class="si-statistical">{counted(lines["in"], "line")} in = {sums}. '
        f"Readable amounts: {pounds(sum(amounts.values(), start=Decimal(0)))} = {in_pounds}. This is a checksum over "
        "all stages, to compare with your table; it is not a total to quote.</p>"
    )


def _sum(checked: Checked, fate: str) -> Decimal:
    return sum((Decimal(file.amount_gbp[fate]) for file in checked.files), start=Decimal(0))


def _tile(checked: Checked, fate: str) -> str:
    name, meaning = FATES[fate]
    unknown = sum(file.unknown_amounts.get(fate, 0) for file in checked.files)
    more = f"; {counted(unknown, 'amount')} not known" if unknown else ""
    amount = "" if fate == "ignored" else f'<div class="si-base">{pounds(_sum(checked, fate))}{more}</div>'
    return (
        f'<div class="si-tile si-fate" role="listitem"><div class="si-label">{name}</div>'
        f'<div class="si-value">{checked.lines[fate]:,}</div><div class="si-base">{meaning}</div>{amount}</div>'
    )


def by_file(files: Sequence[Judged]) -> str:
    """One row a file, where several were sent."""
    headings = ("File", "In", *(name for name, _ in FATES.values()), "Problem")
    rows = [
        [file.name, f"{file.lines['in']:,}", *(f"{file.lines[fate]:,}" for fate in FATES), file.problem or "none"]
        for file in files
    ]
    return _table("Lines by file and fate", headings, rows, numbers=range(1, 6))


def stated(given: Mapping[str, str]) -> str:
    """The statements that a check took into account."""
    said = "; ".join(f"{_words(name)} = {value}" for name, value in given.items())
    return f'<p class="si-statistical">Given by you: {text(said)}. A cell that says otherwise is not overridden.</p>'


def file_head(file: Judged) -> str:
    """The file's name as it was sent, and what became of its lines."""
    words = "This file could not be read" if file.problem else headline(file.lines)
    return f'<h2 class="si-message">{text(file.name)}</h2><p class="si-statistical">{text(words)}</p>'


def problem(words: str, way_out: str) -> str:
    """What was wrong with a file, or with the check, and the way out of it."""
    said = words[:1].upper() + words[1:]
    return f'<div class="si-banner si-problem" role="alert"><p>{text(said)}</p><p>{text(way_out)}</p></div>'


def findings(file: Judged) -> str:
    """What was found, line by line: those that set a line aside first, then notes that change nothing."""
    headings = _headings_typed(file)
    rows = [
        [
            *_place(file, finding),
            headings.get(finding["column"] or "", _words(finding["column"] or "")),
            FATES[finding["fate"]][0] if finding["fate"] else "Note",
            finding["found"] or "",
            finding["message"],
            finding["suggestion"] or "",
        ]
        for finding in file.findings.rows
    ]
    names = (*_place_names(file), "Column", "Fate", "Found", "What to do", "Did you mean")
    return _of(file.findings, "findings") + _table(f"Findings in {file.name}", names, rows)


def observations(file: Judged, labels: Labels) -> str:
    """Each line as it was understood: what would load, and what was read of the lines set aside."""
    names = (
        *_place_names(file),
        "Fate",
        "Project",
        "Council",
        "Skill area",
        "Years",
        "Stage",
        "Kind",
        "Amount (£)",
        "Given by you",
    )
    rows = [[*_place(file, row), *_observation(row, labels)] for row in file.observations.rows]
    place = len(names) - 2
    return _of(file.observations, "lines") + _table(f"Lines of {file.name}", names, rows, numbers=(place,))


def _observation(row: Mapping[str, Any], labels: Labels) -> list[str]:
    area = labels["skill_area"].get(row["skill_area"], row["skill_area_label"])
    typed = row["skill_area_label"]
    also = f" (written “{typed}”)" if typed and area and typed.casefold() != area.casefold() else ""
    return [
        _fate(row),
        row["project_ref"] or "none read",
        labels["council"].get(row["lead_council"], row["lead_council"]) or "none read",
        f"{area or 'none read'}{also}",
        _years(row),
        dict(STAGE.labels).get(row["stage"], "none read"),
        dict(KIND.labels).get(row["kind"], "none read"),
        _amount(row),
        ", ".join(map(_words, row["given"])),
    ]


def _fate(row: Mapping[str, Any]) -> str:
    name = FATES[row["fate"]][0]
    standing = dict(STANDING.labels).get(row["standing"], "")
    return f"{name}. {standing}" if standing and row["standing"] not in ("counts", row["fate"]) else name


def _years(row: Mapping[str, Any]) -> str:
    if row["financial_year"]:
        return row["financial_year"]
    if row["period_start"] or row["period_end"]:
        return f"{row['period_start'] or 'not stated'} to {row['period_end'] or 'not stated'}"
    return "not stated"


def _amount(row: Mapping[str, Any]) -> str:
    exact, low, high = (
        f"{Decimal(row[name]):,.2f}" if row[name] is not None else None
        for name in ("amount_gbp", "amount_low_gbp", "amount_high_gbp")
    )
    if exact:
        return exact
    if low and high:
        return f"{low} to {high}"
    if low or high:
        return f"over {low}" if low else f"up to {high}"
    return "none read" if row["fate"] == "quarantined" else "not known"


def sheets(file: Judged) -> str:
    """The sheets, and how the headings of each were understood."""
    return "".join(_sheet(file, sheet) for sheet in file.sheets)


def _sheet(file: Judged, sheet: Mapping[str, Any]) -> str:
    name = f"Sheet “{sheet['sheet']}”" if sheet["sheet"] else "The table"
    if sheet["ignored"]:
        return f'<p class="si-statistical"><strong>{text(name)}</strong> was left out: {text(sheet["ignored"])}</p>'
    where = ", ".join(map(str, sheet["heading_rows"]))
    label = "Heading row" if len(sheet["heading_rows"]) == 1 else "Heading rows"
    rows = [[heading or "no heading", _words(column)] for column, heading in sheet["columns"].items()]
    return f'<p class="si-statistical"><strong>{text(name)}</strong>. {label}: {text(where)}.</p>' + _table(
        f"How the headings of {sheet['sheet'] or file.name} were understood", ("Heading in the file", "Read as"), rows
    )


def ignored(file: Judged) -> str:
    """The rows that are no data, each with the reason."""
    rows = [[*_place(file, row), _words(row["reason"])] for row in file.ignored.rows]
    return _of(file.ignored, "ignored rows") + _table(
        f"Ignored rows of {file.name}", (*_place_names(file), "Reason"), rows
    )


def _of(shown: Shown, noun: str) -> str:
    """How many are shown of how many: nothing is left out in silence."""
    if len(shown.rows) == shown.of:
        return f'<p class="si-statistical">{shown.of:,} {noun}, all shown.</p>'
    return f'<p class="si-statistical">{len(shown.rows):,} of {shown.of:,} {noun} shown; all are in the download.</p>'


def _words(name: str) -> str:
    """A column or reason in words: `amount_gbp` is `amount (£)`."""
    return name.replace("_gbp", " (£)").replace("_", " ")


def _place_names(file: Judged) -> tuple[str, ...]:
    return ("Sheet", "Row") if _has_sheets(file) else ("Row",)


def _place(file: Judged, row: Mapping[str, Any]) -> list[str]:
    number = f"{row['row']:,}" if row["row"] else "whole table"
    return [row["sheet"] or "", number] if _has_sheets(file) else [number]


def _has_sheets(file: Judged) -> bool:
    return any(sheet["sheet"] for sheet in file.sheets)


def _headings_typed(file: Judged) -> dict[str, str]:
    return {column: heading for sheet in file.sheets for column, heading in sheet["columns"].items() if heading}


def _table(caption: str, names: Sequence[str], rows: Sequence[Sequence[str]], numbers: Iterable[int] = ()) -> str:
    """A table with a name, that scrolls within itself and is reached by keyboard.

    Its roles are written out, since a browser forgets them where the style stacks the cells of a row.
    """
    right = {*numbers, *(place for place, name in enumerate(names) if name == "Row")}
    head = "".join(
        f'<th role="columnheader" scope="col"{_class(place in right, "")}>{text(name)}</th>'
        for place, name in enumerate(names)
    )
    stacks = " si-checked" if len(names) > TOO_WIDE else ""
    body = "".join(f'<tr role="row">{_cells(names, row, right)}</tr>' for row in rows)
    return (
        f'<div class="si-scroll" tabindex="0" role="region" aria-label="Table: {text(caption)}">'
        f'<table role="table" class="si-table{stacks}"><caption>{text(caption)}</caption>'
        f'<thead role="rowgroup"><tr role="row">{head}</tr></thead><tbody role="rowgroup">{body}</tbody></table></div>'
    )


def _cells(names: Sequence[str], row: Sequence[str], right: set[int]) -> str:
    """The cells of a row, each with its heading, which stands beside it where a narrow screen stacks them."""
    return "".join(
        f'<td role="cell" data-heading="{text(name)}"{_class(place in right, cell)}>{text(cell)}</td>'
        for place, (name, cell) in enumerate(zip(names, row, strict=True))
    )


def _class(number: bool, cell: str) -> str:
    return ' class="si-number"' if number else ' class="si-wide"' if len(cell) > 40 else ""
