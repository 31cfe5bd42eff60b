"""What the pages ask of a large release: the time of each topic's questions, beside one bare scan of the amounts."""

import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import duckdb

from bench.load import number_of, say
from bench.returns import write_clean_return
from dashboard.dimensions import DIMENSIONS
from dashboard.figure import Topic, answer
from dashboard.measures import MEASURES
from dashboard.refusals import Refused
from dashboard.release import Release, open_release
from dashboard.selection import Selection
from dashboard.topics import TOPICS
from etl.home import Place
from etl.release import load

MOST_SECONDS = 1.5
"""What the questions of one page may take on two cores, whatever the number of lines."""
SELECTION = Selection("programme")


def main() -> None:
    """Prints a line for each topic, and the slowest of all questions, for the size named: 5k, 100k, 1m, 10m."""
    lines = number_of(sys.argv[1] if len(sys.argv) > 1 else "100k")
    with tempfile.TemporaryDirectory() as named:
        home, source = Path(named) / "home", Path(named) / "clean.csv"
        write_clean_return(source, lines)
        manifest = load(Place(home, "programme"), [source], {}, None, lambda _step: None)
        source.unlink()
        path = home / "programme" / "releases" / f"{manifest['release']}.duckdb"
        scan = _bare_scan(path)
        say(f"{lines:,} lines, {os.cpu_count()} cores; one bare scan of the amounts {scan * 1000:.1f} ms")
        say(f"{'page':<38}{'seconds':>12}{'scans':>12}{'target':>8}")
        release = open_release(home, "programme")
        for topic in TOPICS:
            _line(topic.title, _seconds(lambda topic=topic: _ask(topic, release)), scan, MOST_SECONDS)
        _every_question(release, scan)


def _bare_scan(path: Path) -> float:
    with duckdb.connect(path, read_only=True) as con:
        return min(_seconds(lambda: con.execute("select sum(amount_gbp) from schedule").fetchall()) for _ in range(3))


def _seconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def _ask(topic: Topic, release: Release) -> None:
    """All that a page shows in words and numbers; drawing is the browser's."""
    for figure in topic.figures:
        if figure.suits(release):
            assert answer(figure, release, SELECTION).caption


def _every_question(release: Release, scan: float) -> None:
    """Asks every measure by every dimension that it allows, and tells of the slowest."""
    taken: list[tuple[float, str]] = []
    for measure in MEASURES.values():
        for dimension in DIMENSIONS.values():
            started = time.perf_counter()
            try:
                release.table((measure,), (dimension,), SELECTION)
            except Refused:
                continue
            taken.append((time.perf_counter() - started, f"{measure.id} by {dimension.id}"))
    taken.sort()
    _line(f"{len(taken):,} questions, the middle one", taken[len(taken) // 2][0], scan, None)
    _line("the slowest", taken[-1][0], scan, MOST_SECONDS)
    say(f"  which is {taken[-1][1]}")


def _line(what: str, seconds: float, scan: float, target: float | None) -> None:
    verdict = "" if target is None else "pass" if seconds <= target else "MISS"
    say(f"{what:<38}{seconds:>11.2f}s{seconds / scan:>12.0f}{target or '-':>8}  {verdict}".rstrip())


if __name__ == "__main__":
    main()
