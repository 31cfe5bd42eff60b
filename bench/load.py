"""What loading costs beside a bare DuckDB load of the same file: in turns within one run, each in its own process."""

import json
import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

import xlsxwriter

from bench.returns import clean_lines, write_clean_return, write_faulty_return
from bench.work import MONEY_TEXTS
from etl.columns import NAMES

SHEET_LINES = 100_000
"""What the workbook holds: an .xlsx has no room for a million lines below its headings."""
FEW, MANY = 20_000, 1_000_000


@dataclass(frozen=True)
class Cost:
    """What a piece of work took, at its best of several turns: seconds, and peak memory in bytes."""

    seconds: float
    peak: int


@dataclass(frozen=True)
class Target:
    """The most that ours may cost, as a multiple of the floor; None where nothing is promised."""

    seconds: float | None
    peak: float | None


def main() -> None:
    """Prints one line a measurement for the size named on the command line: 5k, 100k, 1m, 10m."""
    lines = number_of(sys.argv[1] if len(sys.argv) > 1 else "100k")
    turns = 3 if lines <= MANY else 1
    say(f"{lines:,} lines, best of {turns} turns, {os.cpu_count()} cores")
    say(f"{'what':<38}{'ours':>12}{'floor':>12}{'ratio':>8}{'target':>8}")
    with tempfile.TemporaryDirectory() as named:
        folder = Path(named)
        source = folder / "clean.csv"
        write_clean_return(source, lines)
        # Python and its libraries alone outweigh the floor of a small file, so its memory is only shown.
        faulty = Target(5 if lines >= MANY else None, None)
        clean = Target(4, None) if lines <= FEW else Target(3, 1.5 if lines >= MANY else None)
        _compare("clean CSV", folder, source, "bare_load", turns, clean)
        source.unlink()
        write_faulty_return(folder / "faulty.csv", lines)
        _compare("CSV, 5% of every fault", folder, folder / "faulty.csv", "bare_load", turns, faulty)
        _bench_workbook(folder, min(lines, SHEET_LINES), min(turns, 3))
        cost = min(_cost("money", folder, folder).seconds for _ in range(turns))
        say(f"{'reading an amount':<38}{cost / MONEY_TEXTS * 1e6:>9.1f} µs")


def _bench_workbook(folder: Path, lines: int, turns: int) -> None:
    path = folder / "clean.xlsx"
    with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, NAMES)
        for number, line in enumerate(clean_lines(lines), 1):
            for name, cell in line.items():
                place = NAMES.index(name)
                if name == "amount_gbp":
                    sheet.write_number(number, place, float(cell))
                else:
                    sheet.write_string(number, place, cell)
    _compare(
        f"XLSX, {lines:,} beside calamine",
        folder,
        path,
        "bare_sheet",
        turns,
        Target(6 if lines >= SHEET_LINES else None, None),
    )


def _compare(what: str, folder: Path, source: Path, floor: str, turns: int, target: Target) -> None:
    """Measures floor and load turn by turn, so that what else the machine does falls on both alike."""
    pairs = [(_cost(floor, source, folder), _cost("whole_load", source, folder)) for _ in range(turns)]
    floors, ours = zip(*pairs, strict=True)
    seconds = [min(cost.seconds for cost in side) for side in (ours, floors)]
    peaks = [min(cost.peak for cost in side) / 1e6 for side in (ours, floors)]
    _line(f"{what}: time", *(f"{value:.2f} s" for value in seconds), seconds[0] / seconds[1], target.seconds)
    _line(f"{what}: memory", *(f"{value:.0f} MB" for value in peaks), peaks[0] / peaks[1], target.peak)


def _line(what: str, ours: str, floor: str, ratio: float, target: float | None) -> None:
    verdict = "" if target is None else "pass" if ratio <= target else "MISS"
    say(f"{what:<38}{ours:>12}{floor:>12}{ratio:>8.2f}{target or '-':>8}  {verdict}".rstrip())


def _cost(work: str, source: Path, folder: Path) -> Cost:
    with tempfile.TemporaryDirectory(dir=folder) as own:
        command = [sys.executable, "-m", "bench.work", work, str(source), own]
        done = subprocess.run(command, cwd=Path(__file__).parents[1], stdout=subprocess.PIPE, check=True)
    return Cost(**json.loads(done.stdout))


def number_of(text: str) -> int:
    """A size as typed: 5k, 100k, 10m."""
    return int(text[:-1]) * {"k": 1000, "m": 1_000_000}[text[-1].lower()]


def say(line: str) -> None:
    """Prints a line at once: the next may take minutes."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
