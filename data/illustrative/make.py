"""Makes the illustrative returns beside it: made-up projects of real councils, always the same bytes."""

import argparse
import csv
import io
import runpy
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from invented import BLANK_LINE, FAULTS, LAST_ROUND, MARK, PROJECTS_PER_YEAR, SOURCE, TOTAL_AT_FOOT, Fault
from projects import INCOME, SAVING, Project, councils, project, rounded, year_text

FOLDER = Path(__file__).resolve().parent
HEADINGS = runpy.run_path(str(FOLDER.parents[1] / "etl" / "columns.py"))["NAMES"]
LIVES = {"silent": 20, "withdrawn": 11, "unclear": 4, "ordinary": 65}
SHAPES = {"yearly": 52, "whole": 28, "per year": 18, "no years": 9}
GRADES = {"sufficient": 30, "partial": 30, "insufficient": 15, "": 25}
NOTES = {
    "identified": ("Found by the expert, not yet agreed.", "From the expert's first report."),
    "projected": ("In the medium-term financial plan.", "From the business case.", "Budgeted for."),
    "achieved": ("Taken from budget monitoring.", "As the finance team sees it.", "From the outturn report."),
    "withdrawn": ("Did not stand up when tested.", "The council decided against it."),
    "unclear": ("The return does not say whether this has happened.",),
}


@dataclass(frozen=True)
class Entry:
    """One amount of a project at one stage, before it is typed as a line."""

    round: int
    stage: str
    kind: str
    pounds: int | None
    first: int | None = None
    last: int | None = None
    basis: str = "total"
    recurrence: str = ""
    cashability: str = ""
    typed: str = ""
    ends: bool = True


@dataclass(frozen=True)
class Line:
    """A line of a return, with the fate it is expected to meet."""

    cells: dict[str, str]
    pounds: int = 0
    fate: str = "loaded"

    @property
    def round(self) -> int:
        return int(self.cells["reported_on"][:4])


def split(made: Project, pounds: int, years: int) -> list[int]:
    """Amounts of the first years: level where they recur, else uneven; the last is never the others' sum."""
    draw, even = made.draw, pounds / made.years
    if made.recurrence == "recurring":
        amounts = [rounded(even)] * years
    else:
        amounts = [rounded(even * draw.between(0.65, 1.35)) for _ in range(years)]
    while years > 1 and amounts[-1] == sum(amounts[:-1]):
        amounts[-1] = rounded(amounts[-1] * 1.15, fine=5)
    return amounts


def identified(made: Project, kind: str, pounds: int) -> list[Entry]:
    """What the expert found: one line, with or without years, now and then only a bound or a range."""
    draw, entry = made.draw, Entry(made.grant + 1, "identified", kind, pounds)
    if draw.chance(0.5):
        entry = replace(entry, first=made.first, last=made.last)
    if draw.chance(0.07):
        thousands = max(pounds // 1000, 2)
        bounds = (
            f"up to £{thousands}k",
            f"over £{thousands}k",
            f"£{thousands}k-£{thousands + thousands // 2}k",
        )
        entry = replace(entry, pounds=None, typed=draw.pick(bounds))
    return [entry]


def stated(made: Project, stage: str, kind: str, pounds: int, report: Callable[[int], int]) -> list[Entry]:
    """The lines of a plan or a result, in one of the shapes councils use; `report` gives a year's round."""
    draw = made.draw
    if report(made.first) > LAST_ROUND:
        return []
    shape, base = draw.weighted(SHAPES), Entry(report(made.last), stage, kind, pounds)
    base = replace(base, recurrence=made.recurrence, cashability=made.cashability)
    if shape == "no years":
        return [replace(base, round=min(base.round, LAST_ROUND), basis=draw.pick(("total", "unclear", "")))]
    if made.years == 1 or shape == "yearly" or base.round > LAST_ROUND:
        return yearly(made, base, report)
    whole = replace(base, first=made.first, last=made.last)
    if shape == "per year":
        even = rounded(pounds / made.years, fine=5)
        return [replace(whole, pounds=even, basis="per year", ends=draw.chance(0.85))]
    if not draw.chance(0.35):
        return [whole]
    part = rounded(pounds * draw.between(0.2, 0.45), fine=5)
    return [replace(whole, round=report(made.first), last=made.first, pounds=part), whole]


def yearly(made: Project, base: Entry, report: Callable[[int], int]) -> list[Entry]:
    """A line for each year, until the council stops reporting; some split into cashable and not."""
    draw, years = made.draw, 1
    while years < made.years and report(made.first + years) <= LAST_ROUND:
        if base.stage == "achieved" and draw.chance(0.1):
            break
        years += 1
    entries: list[Entry] = []
    parted = draw.chance(0.12)
    for year, pounds in enumerate(split(made, base.pounds or 0, years), start=made.first):
        entry = replace(base, round=report(year), pounds=pounds, first=year, last=year)
        entries += in_parts(entry, pounds) if parted else [entry]
    return entries


def in_parts(entry: Entry, pounds: int) -> list[Entry]:
    larger = rounded(pounds * 0.6, fine=5)
    cashable = replace(entry, pounds=larger, cashability="cashable")
    return [cashable, replace(entry, pounds=pounds - larger, cashability="non-cashable")]


def projected(made: Project, kind: str, pounds: int) -> list[Entry]:
    """The plan, all of it in one round: the first, or the one after it."""
    first_round = min(made.grant + (1 if made.draw.chance(0.65) else 2), LAST_ROUND)
    return stated(made, "projected", kind, pounds, lambda _: first_round)


def achieved(made: Project, kind: str, planned: int) -> list[Entry]:
    """The result, each year of it in the round after that year; often less than was planned."""
    draw = made.draw
    ratio = draw.between(1.05, 1.5) if draw.chance(0.12) else draw.between(0.3, 1.1)
    return stated(made, "achieved", kind, rounded(planned * ratio, fine=5), lambda year: year + 1)


def ordinary(made: Project, kind: str, pounds: int) -> list[Entry]:
    """Identified, then planned, then achieved, with a stage left out here and there."""
    draw = made.draw
    planned = rounded(pounds * draw.between(0.6, 1.1))
    entries = identified(made, kind, pounds) if draw.chance(0.95) else []
    if not entries or draw.chance(0.93):
        entries += projected(made, kind, planned)
    known = [entry for entry in entries if entry.pounds and entry.basis == "total"]
    if len(known) > 1 and draw.chance(0.05):
        nothing = Entry(made.first + 1, "achieved", kind, 0, made.first, made.first, typed=draw.pick(("nil", "0")))
        return [*entries, nothing] if nothing.round <= LAST_ROUND else entries
    if draw.chance(0.92):
        entries += achieved(made, kind, planned)
    return entries


def withdrawn(made: Project) -> list[Entry]:
    """Identified, perhaps planned, then taken back a round or two later."""
    draw, entries = made.draw, identified(made, made.kind, made.total)
    if draw.chance(0.4):
        entries += stated(made, "projected", made.kind, made.total, lambda _: made.grant + 1)
    pounds = entries[0].pounds if draw.chance(0.4) else None
    return [*entries, Entry(min(made.grant + draw.whole(2, 3), LAST_ROUND), "withdrawn", made.kind, pounds)]


def silent(made: Project) -> list[Entry]:
    """A council that reported once, and no amount."""
    stage, typed = (
        made.draw.pick(("identified", "projected")),
        made.draw.pick(("", "", "TBC", "n/a", "not known")),
    )
    return [Entry(made.grant + 1, stage, made.kind, None, basis="", typed=typed)]


def resubmitted(made: Project, entries: list[Entry]) -> list[Entry]:
    """The entries, with some sent again a round later at another figure, or at the first one known."""
    again: list[Entry] = []
    keys = [(entry.kind, entry.stage, entry.first, entry.last) for entry in entries]
    for key, entry in zip(keys, entries, strict=True):
        revisable = entry.pounds and keys.count(key) == 1 and entry.round < LAST_ROUND
        if not (revisable and made.draw.chance(0.15)):
            again.append(entry)
            continue
        unknown = entry.stage == "projected" and made.draw.chance(0.3)
        again.append(replace(entry, pounds=None, typed="TBC") if unknown else entry)
        pounds = rounded(entry.pounds * made.draw.between(0.75, 1.3), fine=5)
        again.append(replace(entry, round=entry.round + 1, pounds=pounds))
    return again


def life(made: Project) -> list[Entry]:
    """Everything that is ever reported of a project."""
    course = made.draw.weighted(LIVES)
    if course == "silent":
        return silent(made)
    if course == "unclear":
        return [Entry(made.grant + 1, "unclear", made.kind, made.total, basis=made.draw.pick(("total", "")))]
    if course == "withdrawn" and made.grant + 2 <= LAST_ROUND:
        return withdrawn(made)
    entries = ordinary(made, made.kind, made.total)
    if made.kind == SAVING and made.draw.chance(0.14):
        entries += ordinary(made, INCOME, rounded(made.total * made.draw.between(0.2, 0.4)))
    return resubmitted(made, entries)


def amount_text(made: Project, entry: Entry) -> str:
    """The amount as this council types it: plain, with a sign and commas, in thousands or in millions."""
    pounds = entry.pounds
    if pounds is None or entry.typed:
        return entry.typed
    if made.amount_style == "short" and pounds >= 1_000_000 and pounds % 10_000 == 0:
        return f"£{pounds / 1_000_000:g}m"
    if made.amount_style == "short" and pounds % 1000 == 0:
        return f"£{pounds // 1000}k"
    if made.amount_style == "pounds":
        return f"{'c. ' if made.draw.chance(0.08) else ''}£{pounds:,}"
    return str(pounds)


def years_cells(made: Project, entry: Entry) -> dict[str, str]:
    if entry.first is None or entry.last is None:
        return {}
    first, last = (year_text(year, made.year_style) for year in (entry.first, entry.last))
    if first == last:
        return {"financial_year": first}
    return {"period_start": first, "period_end": last if entry.ends else ""}


def range_cells(made: Project, entry: Entry) -> dict[str, str]:
    """A range around a few of the planned amounts."""
    if entry.stage != "projected" or not entry.pounds or not made.draw.chance(0.07):
        return {}
    low, high = rounded(entry.pounds * 0.85, fine=5), rounded(entry.pounds * 1.2, fine=5)
    return {"amount_low_gbp": str(low), "amount_high_gbp": str(high)}


def line(made: Project, entry: Entry) -> Line:
    draw, done = made.draw, entry.stage == "achieved"
    cells = {
        "kind": entry.kind,
        "cashability": entry.cashability,
        "stage": entry.stage,
        "basis": entry.basis,
        "recurrence": entry.recurrence,
        "amount_gbp": amount_text(made, entry),
        "attribution_share": made.attribution if done else "",
        "evidence_grade": draw.weighted(GRADES) if done else "",
        "reported_on": made.dates[entry.round],
        "source_title": SOURCE,
        "notes": f"{MARK}: made up. {draw.pick(NOTES[entry.stage])}",
    }
    return Line(made.cells | cells | years_cells(made, entry) | range_cells(made, entry), entry.pounds or 0)


def fault_lines() -> list[Line]:
    """The declared faults, numbered after the other projects of their grant year."""
    numbers: dict[str, str] = {}
    used = dict(PROJECTS_PER_YEAR)
    for fault in FAULTS:
        if fault.project not in numbers:
            used[fault.grant] += 1
            numbers[fault.project] = f"{MARK}-{fault.grant}-{used[fault.grant]:03}"
    return [fault_line(fault, numbers[fault.project]) for fault in FAULTS]


def fault_line(fault: Fault, reference: str) -> Line:
    cells = fault.cells | {
        "project_ref": reference,
        "project_title": f"{fault.cells['project_title']}, {MARK}",
        "grant_year": year_text(fault.grant, "-"),
        "grant_gbp": "7000",
        "source_title": SOURCE,
        "notes": f"{MARK}: made up, with a fault on purpose.",
    }
    amount = cells["amount_gbp"]
    return Line(cells, int(amount) if amount.isdigit() else 0, fault.fate)


def lines() -> list[Line]:
    """Every line of every return, by project; blank lines and totals come in only when a file is written."""
    pool, taken = councils(), set()
    made = [project(n, grant, pool, taken) for grant, count in PROJECTS_PER_YEAR.items() for n in range(1, count + 1)]
    ordinary_lines = [line(each, entry) for each in made for entry in life(each)]
    return sorted([*ordinary_lines, *fault_lines()], key=lambda each: each.cells["project_ref"])


def ignored(report_round: int) -> int:
    """How many lines of a round's file hold no data on purpose."""
    return (report_round in BLANK_LINE) + (report_round in TOTAL_AT_FOOT)


def written(report_round: int, sent: list[Line]) -> bytes:
    """One round's return as CSV."""
    rows = [each.cells for each in sent]
    if report_round in BLANK_LINE:
        rows.insert(len(rows) // 3, {})
    if report_round in TOTAL_AT_FOOT:
        rows.append({"project_ref": "Total", "amount_gbp": str(sum(each.pounds for each in sent))})
    text = io.StringIO()
    writer = csv.DictWriter(text, HEADINGS, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


def files() -> dict[str, bytes]:
    """The returns by file name, one for each round of reports."""
    every = lines()
    rounds = sorted({each.round for each in every})
    return {f"{MARK}-returns-{r}.csv": written(r, [each for each in every if each.round == r]) for r in rounds}


def differing(wanted: dict[str, bytes]) -> list[str]:
    """The names of returns that are missing, surplus or other than they would be made."""
    found = {path.name: path.read_bytes() for path in FOLDER.glob("*.csv")}
    return sorted(name for name in wanted.keys() | found.keys() if wanted.get(name) != found.get(name))


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="change nothing; exit 1 if a file differs")
    wanted = files()
    if parser.parse_args(arguments).check:
        differences = differing(wanted)
        sys.stderr.write("".join(f"{name} is not as make.py makes it\n" for name in differences))
        return 1 if differences else 0
    for name, content in wanted.items():
        (FOLDER / name).write_bytes(content)
    sys.stderr.write(f"{len(wanted)} returns made\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
