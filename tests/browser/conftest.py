"""One served dashboard and one Chromium for each worker; without Chromium, one line says how to get it."""

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from browsing import Visitor, address_of, go
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright
from serving import Served, serving

from dashboard.figure import Topic
from dashboard.topics import TOPICS

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
HOW_TO_GET_IT = "No Chromium here, so browser tests are skipped. Debian: apt-get install chromium fonts-liberation"
ARGUMENTS = (
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
TIMEOUT = 20_000
SIZE = {"width": 1440, "height": 900}


def group_of(item: pytest.Item) -> str:
    """Tests that share looks at pages go to one worker, where pytest is run with `--dist loadgroup`."""
    fixtures = getattr(item, "fixturenames", ())
    return next((name for name in ("visit", "hostile") if name in fixtures), item.nodeid)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Every test of this folder opens the served app; without a browser it is skipped, and that is said once."""
    here = Path(__file__).parent
    ours = [item for item in items if here in item.path.parents]
    for item in ours:
        item.add_marker(pytest.mark.browser)
        item.add_marker(pytest.mark.slow)
        if config.pluginmanager.hasplugin("xdist"):
            item.add_marker(pytest.mark.xdist_group(group_of(item)))
        if CHROMIUM is None:
            item.add_marker(pytest.mark.skip(reason=HOW_TO_GET_IT))
    if ours and CHROMIUM is None and os.environ.get("PYTEST_XDIST_WORKER", "gw0") == "gw0":
        with config.pluginmanager.getplugin("capturemanager").global_and_fixture_disabled():
            sys.stderr.write(f"\n{HOW_TO_GET_IT}\n")


@pytest.fixture(scope="session")
def served(homes: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The dashboard over a home of its own with both shipped collections."""
    folder = tmp_path_factory.mktemp("served")
    shutil.copytree(homes, folder / "home")
    with serving(folder / "home", folder / "notes") as running:
        yield running


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One browser for all tests of a worker."""
    as_root = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    expect.set_options(timeout=TIMEOUT)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=[*ARGUMENTS, *as_root])
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def shared(chromium: Browser) -> Iterator[BrowserContext]:
    """A context whose pages are sessions of their own, and need not fetch the program again."""
    context = chromium.new_context(viewport=SIZE)
    context.set_default_timeout(TIMEOUT)
    yield context
    context.close()


@pytest.fixture
def at(shared: BrowserContext, served: Served) -> Iterator[Callable[..., Page]]:
    """Opens topics in new tabs of one browser, as one reader does: `at(topic, collection="published")`."""
    opened: list[Page] = []

    def page(topic: Topic = TOPICS[0], **parameters: str) -> Page:
        opened.append(shared.new_page())
        return go(opened[-1], address_of(served.address, topic, **parameters))

    yield page
    for one in opened:
        one.close()


@pytest.fixture
def another(chromium: Browser) -> Iterator[Page]:
    """A page in a browser that shares nothing with the others, as of another reader."""
    context = chromium.new_context(viewport=SIZE)
    context.set_default_timeout(TIMEOUT)
    yield context.new_page()
    context.close()


@pytest.fixture(scope="session")
def visit(chromium: Browser, served: Served) -> Iterator[Visitor]:
    """What a page shows, looked at once a worker for all tests that ask the same."""
    visitor = Visitor(chromium, served.address, TIMEOUT)
    yield visitor
    visitor.close()
