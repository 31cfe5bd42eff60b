"""Reads the expectations beside the returns in `tests/returns`, and holds an answer of `savings check` to them."""

import tomllib
from collections.abc import Iterator
from decimal import Decimal
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path
from typing import Any

BESIDE = Path(__file__).resolve().parent
RETURNS = sorted(path.stem for path in BESIDE.glob("*.toml"))
FATES = ("loaded", "held", "quarantined")
PLACE = ("sheet", "row", "column", "fate", "refusable")
ALIKE = {"attribution_share": Decimal}
Written = dict[str, Any]


@cache
def expectation(name: str) -> Written:
    """What was written by hand beside the files of a set."""
    return tomllib.loads((BESIDE / f"{name}.toml").read_text("utf-8"))


def sent_files(name: str) -> list[tuple[str, bytes]]:
    """The files of a set under the names they are sent with."""
    files = expectation(name)["file"]
    return [(file["name"], (BESIDE / file.get("stored", file["name"])).read_bytes()) for file in files]


def readings_of(written: Written) -> list[Written]:
    """The reading of a file that was written first, and those that are as good."""
    return [written, *({**written, **other} for other in written.get("or", []))]


def stated(written: Written) -> tuple[Written, Written, Written]:
    """Counts, unknown amounts and sums as they were written."""
    pounds = {fate: Decimal(amount) for fate, amount in written["amount_gbp"].items()}
    return written["lines"], written.get("unknown_amounts", {"loaded": 0, "held": 0}), pounds


def tally(written: Written) -> tuple[Written, Written, Written]:
    """The same, from the observations as they were written, each by its first reading."""
    told = [{"fate": "loaded", "amount_gbp": "", **written.get("every", {}), **one} for one in written["observations"]]
    read = [(fates_of(one)[0], _choices(one["amount_gbp"])[0]) for one in told]
    ignored = sum(not text.startswith("?") for text in written.get("ignored_rows", []))
    lines = {fate: sum(one == fate for one, _ in read) for fate in FATES}
    unknown = {fate: sum(one == fate and not amount for one, amount in read) for fate in ("loaded", "held")}
    pounds = {fate: sum((Decimal(amount or 0) for one, amount in read if one == fate), Decimal(0)) for fate in FATES}
    return {"in": sum(lines.values()) + ignored, **lines, "ignored": ignored}, unknown, pounds


def mismatches(written: Written, answer: Written) -> list[str]:
    """What of an answer is not as written; empty where one of the readings written fits."""
    found = [list(_one_reading(reading, answer)) for reading in readings_of(written)]
    return min(found, key=len)


def _choices(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _one_reading(written: Written, answer: Written) -> Iterator[str]:
    problem = answer["problem"]["code"] if answer["problem"] else ""
    allowed = _choices(written.get("problem", ""))
    if not any(problem == code or (problem and code == "*") for code in allowed):
        yield f"problem {problem!r}, not {allowed}"
    if problem or "" not in allowed:
        return
    pairs = list(_pairs(written, answer))
    for expected, found in pairs:
        yield from _observation(expected, found)
    if not all(found for _, found in pairs):
        told = [(one["sheet"], one["row"], one["column"], one["fate"]) for one in answer["observations"]]
        yield f"told: {told}"
        return
    yield from _counts(written, answer, pairs)
    yield from _ignored(written, answer)
    yield from _findings(written, answer)
    yield from _projects(written, answer)


def _pairs(written: Written, answer: Written) -> Iterator[tuple[Written, Written | None]]:
    every = written.get("every", {})
    for one in written["observations"]:
        expected = {"fate": "loaded", **every, **one}
        found = [told for told in answer["observations"] if _is_at(told, expected)]
        yield expected, found[0] if len(found) == 1 else None


def _is_at(told: Written, expected: Written) -> bool:
    if told["row"] != expected["row"] or ("sheet" in expected and told["sheet"] != expected["sheet"]):
        return False
    heading = " ".join((told["column"] or "").split())
    return "column" not in expected or expected["column"] in heading


def fates_of(expected: Written) -> list[str]:
    """The fates that a line may have, the one first that the counts are written for."""
    fates = _choices(expected["fate"])
    return [*fates, "held", "quarantined"] if expected.get("refusable") else fates


def _observation(expected: Written, found: Written | None) -> Iterator[str]:
    place = f"{expected.get('sheet', '')} row {expected['row']} {expected.get('column', '')}"
    if found is None:
        yield f"{place}: no such line, or several"
        return
    if found["fate"] not in fates_of(expected):
        shown = {name: found[name] for name in expected if name in found and name not in PLACE}
        yield f"{place}: {found['fate']}, not {fates_of(expected)}; read as {shown}"
        return
    refused = found["fate"] != fates_of(expected)[0] or found["fate"] == "quarantined"
    for name in expected.keys() - set(PLACE):
        value, wanted = found[name], expected[name]
        if not _fits(name, value, wanted) and not (refused and value in (None, [])):
            yield f"{place}: {name} is {value!r}, not {wanted!r}"


def _fits(name: str, value: Any, wanted: Any) -> bool:
    if name == "partner_councils":
        return value in (wanted if wanted and isinstance(wanted[0], list) else [wanted])
    same = ALIKE.get(name, str)
    return any(
        same(value) == same(one) if value is not None and one != "" else (value or "") == one
        for one in _choices(wanted)
    )


def _counts(written: Written, answer: Written, pairs: list[tuple[Written, Written | None]]) -> Iterator[str]:
    lines, unknown, pounds = (dict(part) for part in stated(written))
    for expected, found in pairs:
        first, amount = fates_of(expected)[0], _choices(expected.get("amount_gbp", ""))[0]
        if not found or not _is_open(expected):
            continue
        for sign, fate, value in ((-1, first, amount), (1, found["fate"], found["amount_gbp"])):
            lines[fate] += sign
            pounds[fate] += sign * Decimal(value or 0)
            if fate != "quarantined" and not value:
                unknown[fate] += sign
    told = {fate: Decimal(amount) for fate, amount in answer["amount_gbp"].items()}
    optional = [text for text in written.get("ignored_rows", []) if text.startswith("?")]
    spare = answer["lines"]["ignored"] - lines["ignored"]
    if 0 < spare <= len(optional):
        lines["ignored"] += spare
        lines["in"] += spare
    for name, wanted, given in (("lines", lines, answer["lines"]), ("amounts", pounds, told)):
        if wanted != given:
            yield f"{name} {given}, not {wanted}"
    if unknown != answer["unknown_amounts"]:
        yield f"unknown amounts {answer['unknown_amounts']}, not {unknown}"


def _is_open(expected: Written) -> bool:
    several = isinstance(expected["fate"], list) or isinstance(expected.get("amount_gbp"), list)
    return several or bool(expected.get("refusable"))


def _ignored(written: Written, answer: Written) -> Iterator[str]:
    told = {(one["sheet"] or "", one["row"]): one["reason"] for one in answer["ignored_rows"]}
    for text in written.get("ignored_rows", []):
        place, _, reasons = text.lstrip("?").rpartition(" ")
        sheet, _, row = place.rpartition("!")
        reason = told.pop((sheet, int(row)), None)
        if reason not in reasons.split("|") and not (reason is None and text.startswith("?")):
            yield f"{place} is ignored as {reason}, not {reasons}"
    if told:
        yield f"ignored as well: {told}"
    ignored = {one["sheet"] for one in answer["sheets"] if one["ignored"]}
    if "sheets_ignored" in written and ignored != set(written["sheets_ignored"]):
        yield f"sheets ignored: {ignored}"


def _findings(written: Written, answer: Written) -> Iterator[str]:
    for wanted in written.get("findings", []):
        if not any(_is_finding(told, wanted) for told in answer["findings"]):
            yield f"no finding {wanted}"
    for row in written.get("no_findings_at_rows", []):
        said = [told["code"] for told in answer["findings"] if told["row"] == row]
        if said:
            yield f"row {row} draws {said}"


def _is_finding(told: Written, wanted: Written) -> bool:
    rows = [row or None for row in _choices(wanted["rows"])]
    codes = _choices(wanted.get("code", "*"))
    fates = _choices(wanted["fate"]) if "fate" in wanted else ["", "held", "quarantined"]
    return (
        told["row"] in rows
        and any(fnmatchcase(told["code"], code) for code in codes)
        and (told["fate"] or "") in fates
        and told["sheet"] == wanted.get("sheet", told["sheet"])
    )


def _projects(written: Written, answer: Written) -> Iterator[str]:
    of_row = {one["row"]: one["project_ref"] for one in answer["observations"]}
    groups = [{of_row.get(row) for row in rows} for rows in written.get("projects", [])]
    if any(len(group) != 1 or not all(group) for group in groups) or len(set().union(*groups)) != len(groups):
        yield f"references {groups}"
