"""WCAG 2.2 AA as far as a program can tell, and by keyboard alone; Streamlit's own faults are listed, with reasons."""

from collections.abc import Callable
from io import BytesIO
from itertools import pairwise

import pytest
from browsing import LOOKED_AT_BY_AXE, Visitor, card, drawn, faults
from PIL import Image, ImageChops
from playwright.sync_api import Locator, Page, expect

from dashboard.figure import Topic
from dashboard.topics import TOPICS

CLEARLY = 96
"""How far, of 255, a colour must change for focus to be seen."""

ROUND = 150
"""More steps with Tab than any page takes from its first control to its last."""

CLAIMS = next(topic for topic in TOPICS if topic.id == "claims")
every_topic = pytest.mark.parametrize("topic", TOPICS, ids=lambda topic: topic.id)


@every_topic
@pytest.mark.parametrize(("collection", "scheme", "width"), LOOKED_AT_BY_AXE)
def test_axe_finds_no_fault_on_a_topic(visit: Visitor, topic: Topic, collection: str, scheme: str, width: int):
    assert visit(topic, collection, scheme, width).faults == ()


def test_axe_finds_no_fault_on_the_claims_in_the_dark(visit: Visitor):
    assert faults(visit.open(CLAIMS, "published", "dark")) == ()


def test_axe_finds_no_fault_in_open_tabs_chips_warnings_and_lists_of_filters(at: Callable[..., Page]):
    page = at(collection="illustrative", skill_area="governance", colour="red")
    for figure, tab in (
        ("headline-savings", "Table"),
        ("headline-income", "Download"),
        ("savings-by-skill-area", "About"),
        ("savings-and-income-by-year", "Table"),
    ):
        card(page, figure).get_by_role("tab", name=tab).click()
        expect(card(page, figure).get_by_role("tab", name=tab)).to_have_attribute("aria-selected", "true")
    page.get_by_role("combobox", name="Region").click()
    expect(page.get_by_role("option").first).to_be_visible()
    assert faults(drawn(page)) == ()


def test_axe_would_notice_a_fault(visit: Visitor):
    page = visit.open(CLAIMS, "illustrative")
    page.evaluate("document.querySelector('h1').insertAdjacentHTML('afterend', '<button></button>')")
    assert [fault for fault in faults(page) if fault.startswith("button-name")]


@every_topic
@pytest.mark.parametrize("collection", ["published", "illustrative"])
def test_headings_run_in_order_under_one_first(visit: Visitor, topic: Topic, collection: str):
    levels = [level for level, _ in visit(topic, collection).seen["headings"]]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert [pair for pair in pairwise(levels) if pair[1] > pair[0] + 1] == []


@every_topic
def test_title_language_and_landmarks_say_where_a_reader_is(visit: Visitor, topic: Topic):
    seen = visit(topic, "published").seen
    assert seen["title"] == f"{topic.title} · Savings Impact"
    assert seen["language"].partition("-")[0] == "en"
    assert {"main", "nav", "header"} <= set(seen["landmarks"])


@every_topic
@pytest.mark.parametrize("collection", ["published", "illustrative"])
def test_nothing_runs_out_of_a_telephones_screen(visit: Visitor, topic: Topic, collection: str):
    wide = visit(topic, collection, width=390).seen["wide"]
    assert wide["page"] <= wide["window"] == 390
    assert wide["main"] <= wide["room"]


def focused(page: Page) -> str:
    """What the keyboard is on: role or tag, and the first line of its name."""
    return page.evaluate("""() => {
        const here = document.activeElement;
        const group = here.closest('[role="radiogroup"]') || here;
        const name = group.getAttribute('aria-label') || here.innerText || '';
        return `${group.getAttribute('role') || here.tagName.toLowerCase()}: ${name.trim().split('\\n')[0]}`;
    }""")


def step_to(page: Page, wanted: str) -> None:
    """Presses Tab until the keyboard is on what is wanted."""
    passed = []
    for _ in range(ROUND):
        page.keyboard.press("Tab")
        passed.append(focused(page))
        if passed[-1].startswith(wanted):
            return
    raise AssertionError(f"Tab never came to '{wanted}', but to: {list(dict.fromkeys(passed))}")


def looks_focused(page: Page, around: Locator) -> bool:
    """Whether one can see where the keyboard is: the picture changes clearly when it leaves."""
    place = around.bounding_box()
    assert place is not None
    area = {
        "x": max(place["x"] - 8, 0),
        "y": max(place["y"] - 8, 0),
        "width": place["width"] + 16,
        "height": place["height"] + 16,
    }
    there = page.screenshot(clip=area, animations="disabled")
    page.evaluate("window.was = document.activeElement; window.was.blur()")
    gone = page.screenshot(clip=area, animations="disabled")
    page.evaluate("window.was.focus()")
    before, after = (Image.open(BytesIO(picture)).convert("RGB") for picture in (there, gone))
    return max(highest for _, highest in ImageChops.difference(before, after).getextrema()) >= CLEARLY


def test_the_keyboard_reaches_filters_tabs_and_downloads_and_shows_where_it_is(at: Callable[..., Page]):
    page = at()
    page.mouse.move(0, 0)
    step_to(page, "radiogroup: Collection")
    assert looks_focused(page, page.get_by_role("radiogroup", name="Collection"))
    page.keyboard.press("ArrowDown")
    expect(page.locator(".si-made-up")).to_be_visible()
    step_to(drawn(page), "combobox: Skill area")
    assert looks_focused(page, page.get_by_test_id("stMultiSelect").first)
    page.keyboard.type("Gov")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/*skill_area=governance*")
    one = card(drawn(page), "headline-savings")
    step_to(page, "tab: Numbers")
    assert looks_focused(page, one.get_by_role("tablist"))
    button = one.get_by_role("button", name="Download CSV")
    for content in (one.locator("table"), one.locator(".si-behind").first, button):
        page.keyboard.press("ArrowRight")
        expect(content).to_be_visible()
    step_to(drawn(page), "button: Download CSV")
    assert looks_focused(page, button)
    with page.expect_download() as downloading:
        page.keyboard.press("Enter")
    assert downloading.value.suggested_filename == "ILLUSTRATIVE-headline-savings.csv"


def test_a_wide_table_is_reached_and_scrolled_by_keyboard(at: Callable[..., Page]):
    page = at(TOPICS[-1])
    step_to(page, "region: Table:")
    table = page.locator(".si-scroll")
    assert looks_focused(page, table)
    page.keyboard.press("End")
    page.wait_for_function("() => document.querySelector('.si-scroll').scrollTop > 0")


def test_tab_leaves_the_page_again(at: Callable[..., Page]):
    page = at(CLAIMS, collection="illustrative")
    step_to(page, "button: Show the published outcomes")
    step_to(page, "body: ")
    step_to(page, "a: Skip to main content")
