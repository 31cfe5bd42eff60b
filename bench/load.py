"""What loading costs beside a bare DuckDB load of the same CSV into one text table, in turns within one run."""

import os
import resource
import sys
import tempfile
import time
from pathlib import Path

import duckdb

from bench.returns import write_clean_return
from etl.home import Place
from etl.release import load

TURNS = 3


def main() -> None:
    """Prints seconds and the ratio for the size named on the command line: 5k, 100k, 1m."""
    lines = _number(sys.argv[1] if len(sys.argv) > 1 else "5k")
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "clean.csv"
        write_clean_return(source, lines)
        floors, loads = [], []
        for turn in range(TURNS if lines <= 200_000 else 1):
            floors.append(_timed(lambda turn=turn: _floor(source, Path(folder) / f"floor{turn}.duckdb")))
            loads.append(_timed(lambda turn=turn: load(Place(Path(folder), f"turn{turn}"), [source], {}, None, _quiet)))
    floor, loaded = min(floors), min(loads)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    sys.stdout.write(
        f"load {lines:,} clean lines: {loaded:.2f} s; bare text load {floor:.2f} s; ratio {loaded / floor:.2f}; "
        f"peak {peak:.0f} MB; {os.cpu_count()} cores\n"
    )


def _number(text: str) -> int:
    return int(text[:-1]) * {"k": 1000, "m": 1_000_000}[text[-1].lower()]


def _floor(source: Path, target: Path) -> None:
    with duckdb.connect(target) as con:
        con.execute("create table t as select * from read_csv(?, all_varchar = true, header = true)", [str(source)])
        con.execute("checkpoint")


def _timed(work: object) -> float:
    started = time.perf_counter()
    work()  # type: ignore[operator]
    return time.perf_counter() - started


def _quiet(_step: str) -> None:
    pass


if __name__ == "__main__":
    main()
