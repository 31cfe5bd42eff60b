"""What a check found, in plain words: where it stands, what was found, what to write instead, what to be asked."""

import re
import shlex
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from etl.columns import NEEDED
from etl.template_fields import FIELDS

FATES = ("loaded", "held", "quarantined", "ignored")
FATE_MEANINGS = {
    "loaded": "read, and would join the programme's figures",
    "held": "can be read, but is implausible or contradicted: a person must decide",
    "quarantined": "set aside until it is mended: something needed is missing or cannot be read",
    "ignored": "no line of data: a blank row, a total, a repeated heading, a note",
}
PARTS = (
    ("quarantined", "To mend: these lines cannot load (quarantined)"),
    ("held", "To decide: a person must say what holds (held)"),
    (None, "Worth a look: changes nothing"),
)
MADE_UP = "ILLUSTRATIVE: lines of this return are made up. No council reported them. Do not quote them."
TO_CONFIRM = "Confirm it, or send the right figure."
MOST_MESSAGES = 3
MOST_ROWS = 12
AUTO = "project_ref=auto"
LABELS = {field.name: field.label for field in FIELDS}
TO_DO = re.compile(
    r"(?<=[.?!]) +(?=(?:Add|Ask|Check|Choose|Give|Keep|Leave|Mend|Name|Put|Save|Say|Send|Shorten|State|Swap|Type|Write)"
    r" |If |Was it )"
)
Finding = dict[str, Any]
File = dict[str, Any]


@dataclass(frozen=True)
class Question:
    """What the person who sends a file knows and the file leaves unsaid; `given` are the answers to choose from."""

    text: str
    given: tuple[str, ...]


@dataclass(frozen=True)
class Told:
    """One thing found, at every row where it was found: what was found, what is wrong, and what to do about it."""

    sheet: str | None
    rows: tuple[int, ...]
    column: str | None
    found: str
    wrong: str
    instead: str


def check_in_words(document: dict[str, Any]) -> str:
    """What a finance officer needs to mend the files of a `check --json` document, for a terminal."""
    told = [_file_in_words(file) for file in document["files"]]
    if len(document["files"]) > 1:
        told.append(f"All {len(told)} files: {fates_in_words(document['lines'])}")
    return "\n\n".join([MADE_UP, *told] if is_illustrative(document) else told)


def is_illustrative(document: dict[str, Any]) -> bool:
    """Does a file hold lines that are marked as made up?"""
    lines = (line for file in document["files"] for line in file["observations"])
    return any((line["project_ref"] or "").startswith("ILLUSTRATIVE") for line in lines)


def fates_in_words(lines: dict[str, int]) -> str:
    """The fates of a file's lines in one sentence."""
    fates = ", ".join(f"{lines[fate]:,} {fate}" for fate in FATES)
    return f"{lines['in']:,} {_plural('line', lines['in'])} in: {fates}"


def rows_in_words(rows: Sequence[int], most: int | None = None) -> str:
    """Rows of a file, neighbours drawn together: `2, 5 to 9`; the first `most` stretches and … if there are more."""
    stretches: list[tuple[int, int]] = []
    for row in sorted(set(rows)):
        if stretches and row == stretches[-1][1] + 1:
            stretches[-1] = (stretches[-1][0], row)
        else:
            stretches.append((row, row))
    told = [str(first) if first == last else f"{first} to {last}" for first, last in stretches[:most]]
    return ", ".join(told) + (", …" if most is not None and len(stretches) > most else "")


def told_of(findings: Iterable[Finding], columns: dict[str, str]) -> list[Told]:
    """Findings in the order of their rows; what says the same of several rows is told once, with all of them.

    `columns` are the file's own headings by canonical column.
    """
    rows: dict[tuple[Any, ...], list[int]] = {}
    for finding in findings:
        wrong, instead = wrong_and_instead(finding)
        column = finding["column"]
        heading = columns.get(column, LABELS.get(column, column)) if column else None
        key = (finding["sheet"], heading, finding["found"] or "", wrong, instead)
        rows.setdefault(key, []).extend([finding["row"]] if finding["row"] else [])
    told = [Told(sheet, tuple(sorted(set(found))), *rest) for (sheet, *rest), found in rows.items()]
    return sorted(told, key=lambda one: (one.sheet or "", one.rows[:1] or (0,)))


def wrong_and_instead(finding: Finding) -> tuple[str, str]:
    """A finding's message in two: what is wrong, and what to do or to write instead, as far as it says so."""
    message, meant = finding["message"], finding["suggestion"]
    wrong, *to_do = TO_DO.split(message, maxsplit=1)
    said = not meant or f"'{meant}'" in message or f"Write {meant}" in message or f"give {meant}" in message
    instead = " ".join([*to_do, *([] if said else [f"Did you mean '{meant}'?"])])
    return wrong, instead or (TO_CONFIRM if finding["fate"] == "held" else "")


def headings_of(file: File) -> dict[str, str]:
    """The file's own headings by canonical column, of its sheets together."""
    return {name: heading for sheet in reversed(file["sheets"]) for name, heading in sheet["columns"].items()}


def place_in_words(told: Told, most: int | None = None) -> str:
    """Where something was found: `Row 14`, `Rows 2 to 9, sheet 'Returns'`, `The whole file`."""
    sheet = f"sheet '{told.sheet}'" if told.sheet else ""
    if not told.rows:
        return f"The {sheet or 'whole file'}"
    rows = f"{_plural('Row', len(told.rows))} {rows_in_words(told.rows, most)}"
    return f"{rows}, {sheet}" if sheet else rows


def questions_of(file: File) -> list[Question]:
    """What to ask of the person who sends a file: its signs, its unit, and what none of its lines states."""
    codes = {finding["code"] for finding in file["findings"]}
    asked = []
    if "signs_unclear" in codes:
        text = "Most amounts are negative. Does a minus (or brackets) mean a saving here, or a loss?"
        asked.append(Question(text, ("signs=reversed", "signs=as_sent")))
    if "unit_conflict" in codes and "unit" not in file["given"]:
        text = "In which unit are amounts written that state none: pounds, thousands or millions?"
        asked.append(Question(text, ("unit=£", "unit=£000", "unit=£m")))
    return asked + [_missing(name) for name in NEEDED if name in _never_stated(file)]


def _never_stated(file: File) -> set[str]:
    lines = {(one["sheet"], one["row"]) for one in file["observations"]}
    missing: dict[str, set[tuple[str | None, int]]] = {}
    for finding in file["findings"]:
        if finding["code"] == f"{finding['column']}_missing":
            missing.setdefault(finding["column"], set()).add((finding["sheet"], finding["row"]))
    return {name for name, places in missing.items() if places >= lines}


def _missing(name: str) -> Question:
    if name == "project_ref":
        return Question("No line has a project reference. Shall one be made from council, area and title?", (AUTO,))
    examples = {"stage": "achieved", "kind": '"efficiency saving"'}
    given = f"{name}={examples.get(name, chr(34) + LABELS[name].upper() + chr(34))}"
    return Question(f"No line states its {LABELS[name].lower()}. Is it the same for all of them?", (given,))


def command_of(file: File, given: str) -> str:
    """What to type to check a file again with one more statement."""
    before = [f"--given {shlex.quote(f'{column}={value}')}" for column, value in file["given"].items()]
    return " ".join(["savings check", shlex.quote(file["file"]), *before, f"--given {given}"])


def pounds(text: str) -> str:
    """An amount of the document as a person writes it, to the penny: `£1,234.00`."""
    whole, _, pence = text.lstrip("-").partition(".")
    return f"{'-' if text.startswith('-') else ''}£{int(whole):,}.{pence or '00'}"


def ignored_in_words(rows: Iterable[dict[str, Any]]) -> list[tuple[str | None, str, tuple[int, ...]]]:
    """The ignored rows by sheet and reason."""
    found: dict[tuple[str | None, str], list[int]] = {}
    for row in rows:
        found.setdefault((row["sheet"], row["reason"].replace("_", " ")), []).append(row["row"])
    return [(sheet, reason, tuple(rows)) for (sheet, reason), rows in found.items()]


def _file_in_words(file: File) -> str:
    told = [file["file"]]
    if file["problem"]:
        told.append(f"  Nothing in it could be judged: {file['problem']['message']}")
    else:
        told += [f"  {fates_in_words(file['lines'])}", f"  {_sums(file)}"]
    told += [f"  You stated: {column} = {value}" for column, value in file["given"].items()]
    told += [f"  {line}" for line in _sheets(file)]
    for fate, title in PARTS:
        told += _part(title, [finding for finding in file["findings"] if finding["fate"] == fate], headings_of(file))
    if ignored := ignored_in_words(file["ignored_rows"]):
        told += ["", "  Ignored, as they hold no line"]
        told += [f"    {_ignored(*one)}" for one in ignored]
    for question in questions_of(file):
        told += ["", f"  {question.text}"]
        told += [f"    {command_of(file, given)}" for given in question.given]
    return "\n".join(map(_plain, told))


def _sums(file: File) -> str:
    sums = ", ".join(f"{pounds(file['amount_gbp'][fate])} {fate}" for fate in FATES[:3])
    unknown = sum(file["unknown_amounts"].values())
    return f"Amounts, all stages together, to check against yours: {sums}" + (
        f"; {unknown:,} not yet known" if unknown else ""
    )


def _sheets(file: File) -> list[str]:
    told = []
    for sheet in file["sheets"]:
        name = f"Sheet '{sheet['sheet']}'" if sheet["sheet"] else "The table"
        if sheet["ignored"]:
            told.append(f"{name} was ignored: {sheet['ignored']}.")
        elif sheet["sheet"]:
            told.append(f"{name} was read; its headings stand in row {rows_in_words(sheet['heading_rows'])}.")
    return told


def _part(title: str, findings: list[Finding], columns: dict[str, str]) -> list[str]:
    """The findings of one fate; many of one code and column are folded after the first few."""
    if not findings:
        return []
    lines = ["", f"  {title}"]
    alike = sorted(findings, key=lambda one: (one["sheet"] or "", one["code"], one["column"] or ""))
    groups = [
        told_of(found, columns)
        for _, found in groupby(alike, key=lambda one: (one["sheet"], one["code"], one["column"]))
    ]
    for group in sorted(groups, key=lambda group: (group[0].sheet or "", group[0].rows[:1] or (0,))):
        lines += [line for told in group[:MOST_MESSAGES] for line in _told(told)]
        if rows := [row for told in group[MOST_MESSAGES:] for row in told.rows]:
            more = f"and {len(set(rows)):,} more {_plural('row', len(set(rows)))}"
            lines.append(f"    {more}: {rows_in_words(rows, MOST_ROWS)}")
    return lines


def _told(told: Told) -> list[str]:
    column = f", {told.column}" if told.column else ""
    found = f": found '{told.found[:80]}'" if told.found and told.found not in told.wrong else ""
    return [
        f"    {place_in_words(told, MOST_ROWS)}{column}{found}",
        f"      {told.wrong}",
        *([f"      To do: {told.instead}"] if told.instead else []),
    ]


def _ignored(sheet: str | None, reason: str, rows: tuple[int, ...]) -> str:
    place = f"sheet '{sheet}', " if sheet else ""
    return f"{reason}: {place}{_plural('row', len(rows))} {rows_in_words(rows, MOST_ROWS)}"


def _plural(word: str, count: int) -> str:
    return word if count == 1 else f"{word}s"


def _plain(text: str) -> str:
    """A line without signs that a terminal would obey."""
    return "".join(sign if sign.isprintable() else " " for sign in text)
