"""“Check a return” in a browser: a file sent, counts read, a statement given, the check downloaded, nothing kept."""

import json
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from browsing import LOOK, drawn, faults, go
from made_returns import content_of, line
from playwright.sync_api import Browser, Page, expect
from serving import Served

PATH = "check-a-return"
NAME = "north **b** <img src=x onerror=window.ran=1>.csv"
TEXT = "<img src=x onerror=window.ran=1> $a$ :red[x]"
SENT = content_of(
    [
        line("one", stage="", amount_gbp="250,000"),
        line("two", stage="", project_ref="PEP-2014-002", amount_gbp=TEXT),
        line("three", stage="", project_ref="PEP-2014-003", lead_council="Newcastle"),
    ]
)


@pytest.fixture
def checking(chromium: Browser, served: Served) -> Iterator[Callable[..., Page]]:
    """Opens the page in a browser of its own: `checking(scheme="dark", width=390)`."""
    contexts = []

    def page(scheme: str = "light", width: int = 1440) -> Page:
        size = {"width": width, "height": 900}
        contexts.append(chromium.new_context(viewport=size, color_scheme=scheme))  # type: ignore[arg-type]
        return go(contexts[-1].new_page(), f"{served.address}/{PATH}")

    yield page
    for context in contexts:
        context.close()


def send(page: Page, name: str = NAME, content: bytes = SENT) -> Page:
    """Sends a file as a reader does, and waits for its judgement."""
    file = {"name": name, "mimeType": "text/csv", "buffer": content}
    page.locator('input[type="file"]').set_input_files([file])  # type: ignore[list-item]
    expect(page.locator(".st-key-si-card-fates h2")).to_be_visible()
    return drawn(page)


def state_of(folder: Path) -> dict[str, tuple[int, int]]:
    """Size and time of every file of a folder."""
    return {str(path): (path.stat().st_size, path.stat().st_mtime_ns) for path in folder.rglob("*") if path.is_file()}


def test_a_return_is_checked_a_statement_given_and_the_check_downloaded(checking: Callable[..., Page], served: Served):
    before = state_of(served.home)
    page = send(checking())
    assert page.title() == "Check a return · Savings Impact"
    expect(page.locator(".st-key-si-card-fates h2")).to_have_text("0 of 3 lines would load; 3 quarantined")
    expect(page.get_by_role("cell", name=TEXT, exact=True)).to_be_visible()
    page.get_by_role("combobox", name="Stage").click(delay=100)
    page.get_by_role("option", name="Achieved").click()
    page.get_by_role("button", name="Check again").click()
    expect(page.locator(".st-key-si-card-fates h2")).to_have_text("1 of 3 lines would load; 2 quarantined")
    page.get_by_role("tab", name="Lines").click()
    expect(page.get_by_role("cell", name="250,000.00")).to_be_visible()
    expect(page.get_by_role("cell", name="Leeds City Council").first).to_be_visible()
    with page.expect_download() as downloading:
        page.get_by_role("button", name="Download the check as JSON").click()
    document = json.loads(Path(downloading.value.path()).read_text("utf-8"))
    assert downloading.value.suggested_filename == "check.json"
    assert document["files"][0]["file"] == NAME
    assert document["lines"] == {"in": 3, "loaded": 1, "held": 0, "quarantined": 2, "ignored": 0}
    assert page.evaluate("window.ran") is None
    assert page.locator("main img, .katex").count() == 0
    assert served.left_behind == []
    assert state_of(served.home) == before
    assert served.reached_outside() == []


@pytest.mark.parametrize(("scheme", "width"), [("light", 1440), ("dark", 1440), ("light", 390)])
def test_axe_finds_no_fault_before_and_after_a_check(checking: Callable[..., Page], scheme: str, width: int):
    page = checking(scheme, width)
    assert faults(page) == ()
    send(page)
    expect(page.get_by_role("button", name="Check again")).to_be_visible()
    assert faults(page) == ()
    for tab in ("Lines", "Sheets and headings", "Ignored rows"):
        page.get_by_role("tab", name=tab).click()
        expect(page.get_by_role("tab", name=tab)).to_have_attribute("aria-selected", "true")
        assert faults(drawn(page)) == (), tab


def test_the_form_is_filled_in_and_sent_by_keyboard(checking: Callable[..., Page]):
    page = send(checking())
    page.get_by_label("Council").focus()
    for around in ("stTextInput", "stTextInput", "stTextInput", "stCheckbox", "stSelectbox"):
        page.wait_for_function("name => document.activeElement.closest(`[data-testid=${name}]`)", arg=around)
        if around != "stSelectbox":
            page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("option", name="Achieved")).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Check again").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".st-key-si-card-fates h2")).to_contain_text("of 3 lines would load")
    expect(page.get_by_text("Given by you: stage = ")).to_be_visible()


def test_a_file_that_cannot_be_read_is_said_without_fault(checking: Callable[..., Page]):
    page = send(checking(), "picture.csv", b"\x89PNG\r\n\x1a\n\0\0")
    expect(page.get_by_role("alert")).to_have_count(1)
    expect(page.get_by_role("alert")).to_contain_text("Mend the file and send it again")
    assert faults(page) == ()


def test_headings_run_in_order_and_nothing_runs_out_of_a_telephones_screen(checking: Callable[..., Page]):
    page = send(checking(width=390))
    seen = page.evaluate(LOOK)
    levels = [level for level, _ in seen["headings"]]
    assert levels[0] == 1
    assert [pair for pair in pairwise(levels) if pair[1] > pair[0] + 1] == []
    assert seen["wide"]["page"] <= seen["wide"]["window"] == 390
    assert seen["wide"]["main"] <= seen["wide"]["room"]
    assert page.locator(".si-scroll").first.evaluate("table => table.scrollWidth <= table.clientWidth + 1")


def test_the_check_is_reached_from_a_topic_and_filters_stay_meanwhile(served: Served, another: Page):
    go(another, f"{served.address}/?collection=illustrative&skill_area=governance")
    another.get_by_role("link", name="Check a return").click()
    expect(another.locator("h1")).to_have_text("What would become of each line of a return?")
    send(another)
    another.get_by_role("link", name="Years").click()
    another.wait_for_url("**/years*skill_area=governance*")
    assert "collection=illustrative" in another.url
    drawn(another).get_by_role("link", name="Check a return").click()
    expect(another.get_by_role("heading", name="No file yet")).to_be_visible()
