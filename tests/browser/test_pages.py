"""Every topic of both collections as a reader sees it: figures, words, banner, tabs and files."""

import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from browsing import COLLECTIONS, Visitor, answered, card, drawn, suitable
from playwright.sync_api import Page, expect
from serving import Served, command

from dashboard.figure import Topic
from dashboard.release import Release, open_release
from dashboard.style import number_in_full
from dashboard.topics import FIGURES, TOPICS

OWN_PROBES = re.compile(r"/[a-z-]+/_stcore/(health|host-config)$")
"""On a page below the root, Streamlit's own script first asks for these below that page; 404 sends it to the root."""

every_page = pytest.mark.parametrize("collection", COLLECTIONS)
every_topic = pytest.mark.parametrize("topic", TOPICS, ids=lambda topic: topic.id)


@pytest.fixture(scope="module")
def releases(served: Served) -> dict[str, Release]:
    """What the served home holds, read beside the server."""
    return {collection: open_release(served.home, collection) for collection in COLLECTIONS}


@every_topic
@every_page
def test_a_topic_shows_its_question_and_each_suitable_figure(
    visit: Visitor, releases: dict[str, Release], topic: Topic, collection: str
):
    shown, figures = visit(topic, collection).seen, suitable(topic, releases[collection])
    assert shown["h1"] == [topic.question]
    expected = [(figure.id, answered(figure, releases[collection]).words.headline) for figure in figures]
    assert [(one["id"], one["headline"]) for one in shown["cards"]] == expected


@every_topic
@every_page
def test_every_card_holds_a_chart_a_table_or_what_is_missing_and_a_way_out(
    visit: Visitor, topic: Topic, collection: str
):
    shown = visit(topic, collection).seen
    bare = [
        one["id"]
        for one in shown["cards"]
        if not (one["charts"] or one["tables"] or one["tiles"] or one["claims"] or (one["empty"] and one["hints"]))
    ]
    assert bare == []
    if not shown["cards"]:
        assert "Show the published outcomes" in shown["buttons"]


@every_topic
@every_page
def test_charts_say_their_amounts_to_who_cannot_see_them(
    visit: Visitor, releases: dict[str, Release], topic: Topic, collection: str
):
    shown = visit(topic, collection)
    for figure in suitable(topic, releases[collection]):
        found = answered(figure, releases[collection])
        alternatives = shown.card(figure.id)["alts"]
        assert alternatives == ([found.words.alt] if found.drawing() else [])
        rows, measures = found.table.rows, found.table.measures
        amounts = [number_in_full(row[m.id], m.unit) for row in rows for m in measures if row[m.id] is not None]
        assert [amount for alt in alternatives for amount in amounts if amount not in alt] == []


@every_topic
@every_page
def test_nothing_goes_wrong_while_a_page_is_drawn(visit: Visitor, topic: Topic, collection: str):
    shown = visit(topic, collection)
    assert not re.search(r"\bTraceback\b|\bError\b|\bException\b", shown.seen["words"])
    assert [found for found in shown.failed if found[0] != 404 or not OWN_PROBES.search(found[1])] == []
    loud = [found for found in shown.logged if found[0] in ("error", "warning", "pageerror")]
    assert [found for found in loud if not OWN_PROBES.search(found[2])] == []


@every_topic
@every_page
@pytest.mark.parametrize("width", [1440, 390])
def test_labels_of_charts_are_neither_cut_off_nor_laid_over_each_other(
    visit: Visitor, topic: Topic, collection: str, width: int
):
    cards = visit(topic, collection, width=width).seen["cards"]
    assert {one["id"]: one["labels"] for one in cards if one["labels"]} == {}


@every_topic
@pytest.mark.parametrize("width", [1440, 390])
def test_made_up_numbers_are_called_illustrative_before_anything_else(visit: Visitor, topic: Topic, width: int):
    shown = visit(topic, "illustrative", width=width).seen
    banner = shown["banner"]
    assert banner["words"].startswith("ILLUSTRATIVE")
    assert "made up" in banner["words"]
    assert banner["bottom"] <= 450, "in the upper half of the first screen"
    inner = banner["page"]["right"] - banner["page"]["left"]
    assert banner["right"] - banner["left"] > 0.85 * inner
    assert [one["id"] for one in shown["cards"] if not one["headline"].startswith("ILLUSTRATIVE: ")] == []
    assert [alt for one in shown["cards"] for alt in one["alts"] if not alt.startswith("ILLUSTRATIVE: ")] == []


@every_topic
def test_published_numbers_are_never_called_illustrative(visit: Visitor, topic: Topic):
    shown = visit(topic, "published").seen
    assert shown["banner"] is None
    assert "ILLUSTRATIVE" not in shown["words"]


def test_published_amounts_stand_on_the_overview_as_worked_by_hand(visit: Visitor):
    tiles = visit(TOPICS[0], "published").card("headline-savings")["tiles"]
    assert [tile.splitlines()[1] for tile in tiles] == ["£1.0m", "£2.6m", "£6.0m"]


@pytest.mark.parametrize("figure", ["savings-by-skill-area", "observations-by-stage", "headline-savings"])
def test_each_tab_of_a_card_shows_what_it_says(
    at: Callable[..., Page], served: Served, releases: dict[str, Release], figure: str
):
    page = at(collection="published")
    one, found = card(page, figure), answered(FIGURES[figure], releases["published"])
    first = "Chart" if found.drawing() else "Numbers"
    one.get_by_role("tab", name="Table").click()
    expect(one.locator("table tbody tr")).to_have_count(len(found.table.rows))
    one.get_by_role("tab", name="Download").click()
    expect(one.get_by_role("button", name="Download CSV")).to_be_visible()
    one.get_by_role("tab", name="About").click()
    expect(one.get_by_text(found.figure.measures[0].definition)).to_be_visible()
    one.get_by_role("tab", name=first).click()
    expect(one.locator(".js-plotly-plot, .si-tiles")).to_be_visible()
    assert found.words.headline in drawn(page).locator("h2").all_inner_texts()


def printed(served: Served, *arguments: str) -> bytes:
    """What the command `savings` writes to standard output for the served home."""
    asked = [*command(), *arguments, "--home", str(served.home)]
    return subprocess.run(asked, capture_output=True, check=True, timeout=60).stdout


@pytest.mark.parametrize(
    ("collection", "figure", "filters"),
    [
        ("published", "observations-by-stage", {}),
        ("illustrative", "savings-by-skill-area", {"region": "London,South East", "stage": "projected"}),
    ],
)
def test_the_csv_of_a_figure_is_the_one_of_the_command_line(
    at: Callable[..., Page], served: Served, collection: str, figure: str, filters: dict[str, str]
):
    one = card(at(collection=collection, **filters), figure)
    one.get_by_role("tab", name="Download").click()
    with one.page.expect_download() as downloading:
        one.get_by_role("button", name="Download CSV").click()
    where = [part for name, codes in filters.items() for part in ("--where", f"{name}={codes}")]
    expected = printed(served, "figure", figure, "--format", "csv", "--collection", collection, *where)
    assert Path(downloading.value.path()).read_bytes() == expected
    assert downloading.value.suggested_filename == f"{'ILLUSTRATIVE-' * (collection == 'illustrative')}{figure}.csv"


@pytest.mark.parametrize(("collection", "filters"), [("published", {}), ("illustrative", {"skill_area": "governance"})])
def test_the_page_as_a_file_is_the_draft_of_the_command_line(
    at: Callable[..., Page], served: Served, collection: str, filters: dict[str, str]
):
    page = at(collection=collection, **filters)
    with page.expect_download() as downloading:
        page.get_by_role("button", name="Download this page as HTML").click()
    where = [part for name, codes in filters.items() for part in ("--where", f"{name}={codes}")]
    expected = printed(served, "brief", "draft", "--collection", collection, *where)
    assert Path(downloading.value.path()).read_bytes() == expected
    assert ("ILLUSTRATIVE" in downloading.value.suggested_filename) == (collection == "illustrative")


@pytest.mark.parametrize("figure", ["savings-by-skill-area", "savings-and-income-by-year"])
def test_a_card_without_anything_to_show_offers_to_lift_the_filters(
    at: Callable[..., Page], served: Served, figure: str, releases: dict[str, Release]
):
    nothing = {"skill_area": "shared_services", "council": "E07000029"}
    assert not answered(FIGURES[figure], releases["published"], **nothing).drawing()
    one = card(at(**nothing), figure)
    expect(one.locator(".si-empty")).to_have_text(re.compile("^No council reported"))
    one.get_by_role("button", name="Lift all filters").click()
    expect(one.locator(".js-plotly-plot")).to_be_visible()


def test_a_topic_without_figures_leads_to_the_collection_that_has_them(at: Callable[..., Page], served: Served):
    claims = next(topic for topic in TOPICS if topic.id == "claims")
    page = at(claims, collection="illustrative")
    page.get_by_role("button", name="Show the published outcomes").click()
    expect(page.locator(".si-claims").first.locator(".si-claim")).to_have_count(12)
    expect(page.locator(".si-made-up")).to_have_count(0)


def test_a_long_table_says_that_it_shows_its_first_rows(visit: Visitor, releases: dict[str, Release]):
    topic = next(topic for topic in TOPICS if topic.id == "data-quality")
    found = answered(FIGURES["lines-and-their-standing"], releases["illustrative"])
    shown = visit(topic, "illustrative").card("lines-and-their-standing")
    assert len(found.table.rows) > shown["tables"] == 250
    assert (
        f"The first 250 of {len(found.table.rows):,} rows. Filter the page, or download all of them." in shown["hints"]
    )
