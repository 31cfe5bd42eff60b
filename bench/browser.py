"""Measuring inside Chromium: from navigation or click to the frame after everything that is waited for is painted."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Browser, Locator, Page, sync_playwright

HOW_TO_GET_IT = "No Chromium here: pages are not measured. Debian: apt-get install chromium fonts-liberation"
ARGUMENTS = (
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
TIMEOUT = 120_000
SIZE: Any = {"width": 1440, "height": 900}
WATCH = """
window.benchSaid = () => [...document.querySelectorAll('.js-plotly-plot')].map(chart =>
  chart.querySelector('.main-svg .infolayer') ? JSON.stringify((chart.data || []).map(one => one.hovertext)) : '');
window.benchDone = wanted => wanted.text !== undefined
  ? [...document.querySelectorAll('[data-testid="stText"]')].some(one => one.textContent === wanted.text)
    && document.querySelectorAll('[data-testid="stRadio"] label').length > 0
  : JSON.stringify(window.benchSaid()) === JSON.stringify(wanted.charts);
window.benchPainted = wanted => new Promise(painted => {
  const after = new MessageChannel();
  after.port1.onmessage = () => painted(performance.now());
  const look = () => window.benchDone(wanted) ? after.port2.postMessage(0) : requestAnimationFrame(look);
  requestAnimationFrame(look);
});
"""
"""Charts count as painted when each has drawn exactly the rows wanted, texts when they read as wanted: for our page,
for Dash and for the trivial app alike, looked at once a frame. The time is taken when that frame was drawn."""
CLICKED = """wanted => { window.benchTook = new Promise(took => addEventListener('click', event => {
  const began = performance.now();
  window.benchPainted(wanted).then(now => took(now - began));
}, {once: true, capture: true})); }"""


def chromium() -> str | None:
    """Where Chromium is; None where there is none."""
    return next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


@contextmanager
def browser(path: str) -> Iterator[Browser]:
    """One Chromium for all that is measured."""
    as_root = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=path, args=[*ARGUMENTS, *as_root])
        yield opened
        opened.close()


def text(words: str) -> dict[str, Any]:
    """To wait for: the trivial app shows its radio and this text."""
    return {"text": words}


def charts(said: list[str]) -> dict[str, Any]:
    """To wait for: every chart has drawn these rows."""
    return {"charts": said}


def open_page(chromium: Browser, address: str, wanted: dict[str, Any]) -> tuple[Page, float]:
    """A page in a context of its own, so with an empty cache; and the milliseconds from navigation to painted."""
    context = chromium.new_context(viewport=SIZE)
    context.set_default_timeout(TIMEOUT)
    page = context.new_page()
    page.add_init_script(WATCH)
    page.goto(address, wait_until="commit")
    return page, page.evaluate("wanted => window.benchPainted(wanted)", wanted)


def first_load(chromium: Browser, address: str, wanted: dict[str, Any]) -> float:
    """Milliseconds from navigation to painted, for a browser that was never here."""
    page, took = open_page(chromium, address, wanted)
    page.context.close()
    return took


def after_click(page: Page, place: Locator, wanted: dict[str, Any]) -> float:
    """Milliseconds from a click, as with the mouse, to painted."""
    place.scroll_into_view_if_needed()
    page.evaluate(CLICKED, wanted)
    place.click()
    return page.evaluate("() => window.benchTook")
