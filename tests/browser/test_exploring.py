"""From a mark to its lines, by mouse and by keyboard alone; a council by any spelling; words, tour and method."""

import re
from collections.abc import Callable

import pytest
from browsing import answered, card, drawn, faults, go
from playwright.sync_api import Page, expect
from serving import Served

from dashboard.release import Release, open_release
from dashboard.topics import FIGURES, TOPICS

AREAS, COUNCILS = TOPICS[1], TOPICS[2]
BY_STAGE = "savings-at-each-stage-by-skill-area"


@pytest.fixture(scope="module")
def release(served: Served) -> Release:
    """The illustrative release that is served."""
    return open_release(served.home, "illustrative")


def rows_of(release: Release, figure: str) -> list[str]:
    """The codes of a figure's rows, in the order of its table."""
    found = answered(FIGURES[figure], release)
    return [row[found.table.by[0].id] for row in found.table.rows]


def test_a_click_on_a_mark_shows_it_alone_on_the_whole_page(at: Callable[..., Page], release: Release):
    page = at(AREAS, collection="illustrative")
    bar = card(page, BY_STAGE).locator(".bars .point path").first
    bar.scroll_into_view_if_needed()
    bar.click(force=True)
    page.wait_for_url(re.compile("skill_area="))
    (code,) = re.findall(r"skill_area=([a-z_]+)", page.url)
    assert code in rows_of(release, BY_STAGE)
    for figure in (BY_STAGE, "median-saving-by-skill-area"):
        expected = answered(FIGURES[figure], release, skill_area=code).words.headline
        expect(card(page, figure).locator("h2")).to_have_text(expected)
    label = dict(release.labels_of(FIGURES[BY_STAGE].by[0]))[code]
    page.get_by_role("button", name=f"Skill area: {label} ✕").click()
    expect(card(page, BY_STAGE).locator("h2")).to_have_text(answered(FIGURES[BY_STAGE], release).words.headline)


def test_by_keyboard_the_table_leads_to_one_row_its_project_and_its_source(at: Callable[..., Page], release: Release):
    page = at(AREAS, collection="illustrative")
    one = card(page, BY_STAGE)
    one.get_by_role("tab", name="Chart").focus()
    page.keyboard.press("ArrowRight")
    link = one.locator(".si-table a").first
    expect(link).to_be_visible()
    link.focus()
    page.keyboard.press("Enter")
    code = rows_of(release, BY_STAGE)[0]
    page.wait_for_url(re.compile(f"skill_area={code}"))
    found = answered(FIGURES[BY_STAGE], release, skill_area=code)
    one = card(drawn(page), BY_STAGE)
    expect(one.locator("h2")).to_have_text(found.words.headline)
    one.get_by_role("tab", name="Chart").focus()
    for _ in range(2):
        page.keyboard.press("ArrowRight")
    project = one.locator(".si-behind summary").first
    expect(project).to_be_visible()
    project.focus()
    page.keyboard.press("Enter")
    expect(one.locator(".si-of-project").first).to_contain_text(
        re.compile(r"ILLUSTRATIVE-returns-\d{4}\.\w+, .*row \d+")
    )
    assert faults(drawn(page)) == ()


def test_a_council_is_found_by_any_spelling_and_its_profile_opens(at: Callable[..., Page]):
    page = at(COUNCILS, collection="illustrative")
    page.get_by_label("Find a council").fill("plymuoth")
    page.keyboard.press("Enter")
    link = page.locator(".si-found a", has_text="Plymouth City Council")
    expect(page.locator(".si-found")).to_contain_text("No council is spelt so")
    link.click()
    page.wait_for_url(re.compile("council=E06000026"))
    expect(drawn(page).locator("h1")).to_have_text("Plymouth City Council")
    assert drawn(page).title() == "Plymouth City Council · Savings Impact"
    expect(page.locator(".si-facts").first).to_contain_text("Unitary council, South West")
    expect(card(page, "savings-by-council").locator("h2")).to_contain_text("Plymouth City Council reported £1.2m")
    assert faults(page) == ()


def test_an_abolished_council_without_projects_still_has_a_profile(at: Callable[..., Page]):
    page = at(COUNCILS, collection="illustrative", council="E10000006")
    expect(page.locator("h1")).to_have_text("Cumbria County Council")
    expect(page.locator(".si-facts").first).to_contain_text("31 March 2023; followed by Cumberland Council")
    expect(page.get_by_text("This council has no project in this collection.")).to_be_visible()
    assert page.locator(".si-problem").count() == 0


def test_who_comes_without_an_address_is_told_three_sentences_once(another: Page, served: Served):
    page = go(another, served.address)
    tour = page.locator(".st-key-si-tour")
    expect(tour.locator("li")).to_have_count(3)
    assert faults(page) == ()
    tour.get_by_role("button", name="Got it").click()
    expect(tour).to_have_count(0)
    page.get_by_role("link", name="Years").click()
    expect(page.locator("h1")).to_have_text("When do the benefits fall?")
    expect(tour).to_have_count(0)


def test_who_follows_a_link_is_not_told_what_is_known(at: Callable[..., Page]):
    expect(at(collection="published").locator(".st-key-si-tour")).to_have_count(0)


def test_a_word_is_explained_while_it_has_the_focus_or_the_pointer(at: Callable[..., Page]):
    page = at(collection="published")
    word = card(page, "headline-savings").get_by_role("button", name="achieved", exact=True)
    meaning = card(page, "headline-savings").get_by_text("achieved: said to have happened")
    expect(meaning).to_be_hidden()
    word.focus()
    expect(meaning).to_be_visible()
    page.get_by_role("link", name="Years").focus()
    expect(meaning).to_be_hidden()
    word.hover()
    expect(meaning).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_method_page_works_a_measure_out_and_is_accessible(at: Callable[..., Page], served: Served, scheme: str):
    page = at(collection="illustrative")
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    page.get_by_role("link", name="Method").click()
    expect(page.locator("h1")).to_have_text("How does a return become a number?")
    example = page.locator(".st-key-si-card-worked-example")
    expect(example.locator("li").last).to_have_text("Added: £27,664,400")
    assert faults(drawn(page)) == ()
