"""One piece of work in a process of its own, measured from inside: its seconds and its peak memory."""

import json
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path

import duckdb
import pandas  # noqa: F401  Arrow imports it when it is first used: a part of starting Python, which is left out.

from etl.home import Place
from etl.release import load
from etl.values.money import read_money


def bare_load(source: Path, folder: Path) -> None:
    """The floor: DuckDB takes a CSV into one table of text."""
    with duckdb.connect(folder / "floor.duckdb") as con:
        con.execute("create table t as select * from read_csv(?, all_varchar = true, header = true)", [str(source)])
        con.execute("checkpoint")


def bare_sheet(source: Path, _folder: Path) -> None:
    """The floor of a workbook: calamine reads its first sheet into Python values."""
    from python_calamine import CalamineWorkbook

    CalamineWorkbook.from_path(str(source)).get_sheet_by_index(0).to_python()


def whole_load(source: Path, folder: Path) -> None:
    """Ours: read, judged, hashed and published as a release, in a home of its own."""
    load(Place(folder, "programme"), [source], {}, None, lambda _step: None)


def money(_source: Path, _folder: Path) -> None:
    """Reads MONEY_TEXTS distinct texts as amounts."""
    for number in range(MONEY_TEXTS // len(SHAPES)):
        for shape in SHAPES:
            read_money(shape.format(1000 + number))


MONEY_TEXTS = 20_000
SHAPES = ("£{0}", "{0}.50", "£{0:,}", "£{0}k", "({0})", "c. £{0}", "£1m-£{0}m", "up to £{0}", "£{0} p.a.", "page {0}?")
WORK: dict[str, Callable[[Path, Path], None]] = {
    work.__name__: work for work in (bare_load, bare_sheet, whole_load, money)
}


def main(name: str, source: str, folder: str) -> None:
    """Does the named piece of work and writes what it took, as JSON, to standard output."""
    started = time.perf_counter()
    WORK[name](Path(source), Path(folder))
    seconds = time.perf_counter() - started
    peaks = [resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    unit = 1 if sys.platform == "darwin" else 1024
    sys.stdout.write(json.dumps({"seconds": seconds, "peak": max(peaks) * unit}))


if __name__ == "__main__":
    main(*sys.argv[1:])
