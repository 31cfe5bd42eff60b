"""What the served page costs in Chromium beside a trivial Streamlit app and a Dash app, in turns within one run."""

import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from statistics import median, quantiles

from playwright.sync_api import Browser, Locator, Page

from bench.browser import HOW_TO_GET_IT, after_click, browser, charts, chromium, first_load, open_page, text
from bench.drawn import shown
from bench.load import number_of, say
from bench.readers import read_together
from bench.returns import write_clean_return
from bench.serving import dash_app, our_dashboard, trivial_app
from dashboard.dimensions import REGION
from dashboard.release import Release, open_release
from etl.home import ILLUSTRATIVE, Place, shipped
from etl.release import load, refresh_shipped

SMALL, LARGE = "thousand", "many"
FEW = 1_000
READERS = 20
FIRST_LOAD, FILTERED, BESIDE_DASH, BY_SIZE, MEDIAN_OF_MANY, SLOW_OF_MANY = 2.8, 3.0, 1.0, 1.1, 1.5, 5.0
"""The most that ours may take, as a multiple of the floor."""
CHOICES = ("one", "two", "three")


@dataclass(frozen=True)
class Turns:
    """How often each is measured."""

    loads: int
    filters: int
    rounds: int
    reruns: int


def main() -> None:
    """Prints one line a measurement for the size named on the command line: 5k, 100k, 1m, 10m."""
    size = sys.argv[1] if len(sys.argv) > 1 else "100k"
    found = chromium()
    if found is None:
        say(HOW_TO_GET_IT)
        return
    turns = Turns(3, 6, 1, 5) if number_of(size) < 100_000 else Turns(7, 9, 3, 8)
    say(f"pages, {number_of(size):,} lines, medians of turns, {os.cpu_count()} cores; ± is half the middle half")
    say(f"{'what':<38}{'ours':>14}{'floor':>14}{'ratio':>8}{'target':>8}")
    with tempfile.TemporaryDirectory() as named:
        folder = Path(named)
        _fill(folder / "home", number_of(size))
        with our_dashboard(folder / "home", folder) as ours:
            with trivial_app(folder) as trivial, browser(found) as opened:
                releases = {name: open_release(folder / "home", name) for name in (ILLUSTRATIVE, SMALL, LARGE)}
                _first_loads(opened, ours, trivial, releases[ILLUSTRATIVE], turns.loads)
                with _dash(folder, releases[ILLUSTRATIVE]) as dash:
                    _filters(opened, ours, trivial, dash, releases[ILLUSTRATIVE], turns.filters)
                _sizes(opened, ours, releases[LARGE], releases[SMALL], size, turns.filters)
            _many(ours, turns)


def _fill(home: Path, lines: int) -> None:
    """A home with the illustrative collection, one of a thousand lines and one of as many as asked."""
    refresh_shipped(Place(home, ILLUSTRATIVE), shipped(ILLUSTRATIVE), lambda _step: None)
    for name, number in ((SMALL, FEW), (LARGE, lines)):
        source = home.with_name(f"{name}.csv")
        write_clean_return(source, number)
        load(Place(home, name), [source], {}, None, lambda _step: None)
        source.unlink()


@contextmanager
def _dash(folder: Path, release: Release) -> Iterator[str | None]:
    if find_spec("dash") is None:
        say("Dash is not installed here (it is in the development packages): nothing is measured beside it.")
        yield None
        return
    with dash_app(folder / "home", release.manifest["collection"], folder) as address:
        yield address


def _first_loads(chromium: Browser, ours: str, trivial: str, release: Release, turns: int) -> None:
    wanted = charts(shown(release, ()))
    address = f"{ours}/?collection={release.manifest['collection']}"
    first_load(chromium, address, wanted)
    first_load(chromium, trivial, text("Chosen: one"))
    pairs = [
        (first_load(chromium, address, wanted), first_load(chromium, trivial, text("Chosen: one")))
        for _ in range(turns)
    ]
    _line("first load / trivial app", *zip(*pairs, strict=True), FIRST_LOAD)


def _filters(chromium: Browser, ours: str, trivial: str, dash: str | None, release: Release, turns: int) -> None:
    """One more region at each turn, so that nobody has the answer ready; the first turn only warms up."""
    page = _overview(chromium, ours, release)
    other, _ = open_page(chromium, trivial, text("Chosen: one"))
    beside = open_page(chromium, dash, charts(shown(release, ())))[0] if dash else None
    took: list[tuple[float, float, float]] = []
    for turn, (label, wanted) in enumerate(_more_regions(release, turns + 1)):
        choice = CHOICES[(turn + 1) % len(CHOICES)]
        took.append(
            (
                _after_region(page, label, wanted),
                after_click(other, other.get_by_text(choice, exact=True), text(f"Chosen: {choice}")),
                after_click(beside, beside.get_by_label(label, exact=True), charts(wanted)) if beside else 0.0,
            )
        )
    mine, least, dashed = zip(*took[1:], strict=True)
    _line("filter / trivial app", mine, least, FILTERED)
    if beside:
        _line("filter / Dash, same charts", mine, dashed, BESIDE_DASH)
    for one in (page, other, beside):
        if one:
            one.context.close()


def _sizes(chromium: Browser, ours: str, large: Release, small: Release, size: str, turns: int) -> None:
    pages = [_overview(chromium, ours, release) for release in (large, small)]
    steps = zip(_more_regions(large, turns + 1), _more_regions(small, turns + 1), strict=True)
    pairs = [
        tuple(_after_region(page, label, wanted) for page, (label, wanted) in zip(pages, step, strict=True))
        for step in steps
    ]
    _line(f"filter, {size} lines / 1k lines", *zip(*pairs[1:], strict=True), BY_SIZE)
    for page in pages:
        page.context.close()


def _overview(chromium: Browser, ours: str, release: Release) -> Page:
    address = f"{ours}/?collection={release.manifest['collection']}"
    return open_page(chromium, address, charts(shown(release, ())))[0]


def _more_regions(release: Release, turns: int) -> Iterator[tuple[str, list[str]]]:
    """The region to choose at each turn, and what the charts say with it and those before it."""
    options = [(code, label) for code, label, _ in release.options(REGION)][:turns]
    for place, (_, label) in enumerate(options):
        yield label, shown(release, tuple(code for code, _ in options[: place + 1]))


def _after_region(page: Page, label: str, wanted: list[str]) -> float:
    page.get_by_role("combobox", name="Region", exact=True).click()
    option: Locator = page.get_by_role("option").filter(has_text=label).first
    return after_click(page, option, charts(wanted))


def _many(ours: str, turns: Turns) -> None:
    """Reruns of one reader and of many, in turns, over answers that were all asked for once before."""
    query = f"collection={ILLUSTRATIVE}"
    read_together(ours, query, 1, READERS + turns.reruns, thinking=0)
    alone: list[float] = []
    together: list[float] = []
    for _ in range(turns.rounds):
        alone += read_together(ours, query, 1, 2 * READERS, thinking=0.1)
        together += read_together(ours, query, READERS, turns.reruns)
    milliseconds = [[second * 1000 for second in side] for side in (together, alone)]
    _line(f"rerun, {READERS} readers / one", *milliseconds, MEDIAN_OF_MANY)
    _line("the slowest twentieth of each", *milliseconds, SLOW_OF_MANY, slowest)


def slowest(took: list[float]) -> float:
    """The 95th percentile."""
    return quantiles(took, n=20, method="inclusive")[-1]


def _line(
    what: str, ours: tuple[float, ...], floor: tuple[float, ...], target: float, of: Callable[..., float] = median
) -> None:
    ratio = of(ours) / of(floor)
    sides = "".join(f"{f'{of(side):.0f} ±{_spread(side):.0f} ms':>14}" for side in (ours, floor))
    say(f"{what:<38}{sides}{ratio:>8.2f}{target:>8}  {'pass' if ratio <= target else 'MISS'}")


def _spread(took: tuple[float, ...]) -> float:
    low, _, high = quantiles(took, n=4, method="inclusive")
    return (high - low) / 2


if __name__ == "__main__":
    main()
