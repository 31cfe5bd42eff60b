"""Opening pages of the served dashboard, waiting until they are drawn, and reading what they show."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Locator, Page

from dashboard.figure import Answer, Figure, Topic, answer
from dashboard.release import Release
from dashboard.selection import Selection
from dashboard.topics import TOPICS

COLLECTIONS = ("published", "illustrative")
LOOK = Path(__file__).with_name("look.js").read_text("utf-8")
DRAWN = """() => {
  const app = document.querySelector('[data-testid="stApp"][data-test-script-state="notRunning"]');
  const charts = [...document.querySelectorAll('[data-testid="stPlotlyChart"]')];
  return app && document.querySelector('.si-foot, .si-plain')
    && !document.querySelector('[data-stale="true"], [data-testid="stSkeleton"]')
    && charts.every(chart => chart.querySelector('.js-plotly-plot .main-svg .infolayer'));
}"""


RULES = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
}
STREAMLITS_OWN = {
    ("region", "aria-multiselectable"): "An open list of filter values hangs on the body, outside any landmark. "
    "It is no fault by WCAG, only against best practice, and stands there only while it is open.",
    (
        "presentation-role-conflict",
        "stFileUploaderDropzone",
    ): "The area that files are dropped on has a name and no role. "
    "It is only against best practice: the button in it is named, and does the same by keyboard.",
}
"""{(rule, part of the element): why it stays}. What axe finds in Streamlit's own parts that our page cannot mend."""


LOOKED_AT_BY_AXE = (("illustrative", "light", 1440), ("illustrative", "dark", 1440), ("published", "light", 390))
"""Collection, theme and width: most figures stand in the illustrative collection, claims in the published one."""


@dataclass(frozen=True)
class Shown:
    """What one look at a page found: see look.js for `seen`; beside it what the browser logged and asked for.

    `faults` are those that axe-core finds, looked for where LOOKED_AT_BY_AXE says.
    """

    seen: dict[str, Any]
    logged: tuple[tuple[str, str, str], ...]
    asked: tuple[str, ...]
    failed: tuple[tuple[int, str], ...]
    faults: tuple[str, ...]

    def card(self, figure: str) -> dict[str, Any]:
        """The card of a figure."""
        return next(card for card in self.seen["cards"] if card["id"] == figure)


def faults(page: Page) -> tuple[str, ...]:
    """What axe-core finds wrong by WCAG 2.2 AA and best practice, but Streamlit's own: rule, place and element."""
    rules = Axe().run(page, options=RULES).response["violations"]
    found = [(rule["id"], str(node["target"][0]), node["html"]) for rule in rules for node in rule["nodes"]]
    own = [one for one in found if any(one[0] == rule and part in one[2] for rule, part in STREAMLITS_OWN)]
    return tuple(f"{rule} {place} {html[:200]}" for rule, place, html in found if (rule, place, html) not in own)


def path_of(topic: Topic) -> str:
    """The topic's path in an address."""
    return "/" if topic is TOPICS[0] else f"/{topic.id}"


def address_of(base: str, topic: Topic, **parameters: str) -> str:
    """The address of a topic with parameters as given."""
    return f"{base}{path_of(topic)}?{urlencode(parameters)}"


def suitable(topic: Topic, release: Release) -> list[Figure]:
    """The figures that a topic shows of a release."""
    return [figure for figure in topic.figures if figure.suits(release)]


def answered(figure: Figure, release: Release, **where: str) -> Answer:
    """The answer that a page must show, for codes by dimension; `stage` is the stage chosen."""
    stage = where.pop("stage", "achieved")
    chosen = tuple((name, tuple(codes.split(","))) for name, codes in where.items())
    return answer(figure, release, Selection(release.manifest["collection"], release.id, stage, chosen))


def drawn(page: Page) -> Page:
    """The page, when its script has ended and its charts stand."""
    page.wait_for_function(DRAWN)
    return page


def go(page: Page, address: str) -> Page:
    """The page at an address, drawn."""
    page.goto(address)
    return drawn(page)


def card(page: Page, figure: str) -> Locator:
    """The card of a figure."""
    return page.locator(f".st-key-si-card-{figure}")


def choose(page: Page, label: str, option: str) -> None:
    """Picks an option of one of the filters, as with the mouse; the option's label may go on with its projects."""
    page.get_by_role("combobox", name=label, exact=True).click()
    page.get_by_role("option").filter(has_text=option).first.click()
    page.keyboard.press("Escape")


class Visitor:
    """Looks at each page once: tests that ask different things of the same page share the look."""

    def __init__(self, browser: Browser, base: str, timeout: int) -> None:
        self.browser, self.base, self.timeout = browser, base, timeout
        self.contexts: list[BrowserContext] = []

    @lru_cache(maxsize=8)  # noqa: B019 (lives as long as the worker)
    def page(self, scheme: str = "light", width: int = 1440) -> Page:
        """A page in one theme and width, for looking only."""
        size = {"width": width, "height": 900}
        context = self.browser.new_context(viewport=size, color_scheme=scheme)  # type: ignore[arg-type]
        context.set_default_timeout(self.timeout)
        self.contexts.append(context)
        return context.new_page()

    def open(self, topic: Topic, collection: str, scheme: str = "light", width: int = 1440) -> Page:
        """A topic of a collection, drawn."""
        return go(self.page(scheme, width), address_of(self.base, topic, collection=collection))

    def __call__(self, topic: Topic, collection: str, scheme: str = "light", width: int = 1440) -> Shown:
        """What a topic of a collection shows in a theme at a width; looked at once, however it is asked for."""
        return self._look(topic, collection, scheme, width)

    @lru_cache(maxsize=64)  # noqa: B019
    def _look(self, topic: Topic, collection: str, scheme: str, width: int) -> Shown:
        page = self.page(scheme, width)
        logged: list[tuple[str, str, str]] = []
        asked: list[str] = []
        failed: list[tuple[int, str]] = []
        listeners = {
            "console": lambda message: logged.append((message.type, message.text, message.location["url"])),
            "pageerror": lambda error: logged.append(("pageerror", str(error), "")),
            "request": lambda request: asked.append(request.url),
            "websocket": lambda socket: asked.append(socket.url),
            "response": lambda response: failed.append((response.status, response.url)) if not response.ok else None,
        }
        for event, listener in listeners.items():
            page.on(event, listener)  # type: ignore[call-overload]
        try:
            seen = self.open(topic, collection, scheme, width).evaluate(LOOK)
            wrong = faults(page) if (collection, scheme, width) in LOOKED_AT_BY_AXE else ()
        finally:
            for event, listener in listeners.items():
                page.remove_listener(event, listener)
        return Shown(seen, tuple(logged), tuple(asked), tuple(failed), wrong)

    def close(self) -> None:
        """Closes what was opened."""
        for context in self.contexts:
            context.close()
