"""The address says what is shown: a link shows another reader the same, and what it says wrongly is named."""

import re
from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import pytest
from browsing import address_of, answered, card, choose, drawn, go
from made_returns import line, loaded, write_returns
from playwright.sync_api import Locator, Page, expect
from serving import Served

from dashboard.release import Release, open_release
from dashboard.topics import FIGURES, TOPICS

BY_AREA, BY_YEAR, TILES = "savings-by-skill-area", "savings-and-income-by-year", "headline-savings"
DATA_QUALITY = TOPICS[-1]


@pytest.fixture(scope="module")
def illustrative_served(served: Served) -> Release:
    """The illustrative release that is served."""
    return open_release(served.home, "illustrative")


def chosen_in(page: Page) -> dict[str, str]:
    """The parameters of a page's address."""
    return {name: values[0] for name, values in parse_qs(urlsplit(page.url).query).items()}


def headline(page: Page, figure: str) -> Locator:
    """The message of a figure."""
    return card(page, figure).locator("h2")


def headlines(page: Page) -> list[str]:
    """The messages of all figures of a page, with the numbers of its tiles."""
    return drawn(page).locator('[class*="st-key-si-card-"] :is(h2, .si-tile)').all_inner_texts()


def warnings(page: Page) -> list[str]:
    """What the page says was wrong with the address."""
    return page.locator(".si-problem").all_inner_texts()


def test_choices_made_with_the_mouse_change_the_figures_and_a_link_shows_them_to_another_reader(
    at: Callable[..., Page], another: Page, illustrative_served: Release
):
    page = at()
    page.get_by_text("ILLUSTRATIVE programme").click()
    expect(page.locator(".si-made-up")).to_be_visible()
    choose(page, "Skill area", "Governance")
    page.wait_for_url(re.compile("skill_area=governance"))
    choose(page, "Financial year of the benefit", "2015-16")
    page.wait_for_url(re.compile("financial_year=2015-16"))
    choose(page, "Region", "South East")
    page.wait_for_url(re.compile("region=South"))
    page.get_by_text("Projected", exact=True).click()
    page.wait_for_url(re.compile("stage=projected"))
    wanted = {"skill_area": "governance", "financial_year": "2015-16", "region": "South East", "stage": "projected"}
    for figure in (BY_AREA, TILES):
        found = answered(FIGURES[figure], illustrative_served, **wanted)
        expect(headline(page, figure)).to_have_text(found.words.headline)
    assert chosen_in(page) == {"collection": "illustrative", "release": illustrative_served.id} | wanted
    seen = headlines(page)
    assert headlines(go(another, page.url)) == seen
    assert warnings(another) == []
    assert chosen_in(another) == chosen_in(page)


def test_each_filter_is_named_above_the_figures_and_lifted_from_there(
    at: Callable[..., Page], illustrative_served: Release
):
    page = at(collection="illustrative", skill_area="governance", kind="efficiency_saving")
    chip = page.get_by_role("button", name="Skill area: Governance ✕")
    expect(page.get_by_role("button", name="Kind: Efficiency saving ✕")).to_be_visible()
    chip.click()
    expect(chip).to_have_count(0)
    expected = answered(FIGURES[BY_AREA], illustrative_served, kind="efficiency_saving").words.headline
    expect(headline(page, BY_AREA)).to_have_text(expected)
    page.get_by_role("button", name="Clear all filters").click()
    expect(page.get_by_role("button", name="✕")).to_have_count(0)
    assert chosen_in(drawn(page)) == {"collection": "illustrative", "release": illustrative_served.id}


def test_filters_stay_when_a_reader_goes_to_another_topic(at: Callable[..., Page], illustrative_served: Release):
    page = at(collection="illustrative", skill_area="governance")
    page.get_by_role("link", name="Years").click()
    expect(page.locator("h1")).to_have_text("When do the benefits fall?")
    found = answered(FIGURES["savings-and-income-by-year-and-kind"], illustrative_served, skill_area="governance")
    expect(headline(page, found.figure.id)).to_have_text(found.words.headline)
    page.wait_for_url(re.compile("/years.*skill_area=governance"))


@pytest.mark.parametrize(
    ("parameters", "named"),
    [
        ({"collection": "nowhere"}, "There is no collection 'nowhere' here."),
        ({"skill_area": "basket_weaving"}, "nothing for skill area basket_weaving"),
        ({"financial_year": "banana"}, "'banana' is not a financial year"),
        ({"financial_year": "²-03"}, "'²-03' is not a financial year"),
        ({"financial_year": "2030-31"}, "nothing for financial year 2030-31"),
        ({"stage": "dreamt"}, "No stage 'dreamt'"),
        ({"stage": "achieved,projected"}, "speaks of one stage at a time"),
        ({"kind": "profit"}, "No kind 'profit'"),
        ({"project": "PEP-2014-001"}, "nothing for project PEP-2014-001"),
        ({"standing": "held"}, "'standing' is for splitting, not for filtering"),
        ({"colour": "red"}, "No dimension 'colour'"),
        ({"release": "published-000000000000"}, "There is no release 'published-000000000000'"),
        ({"release": "../../etc/passwd"}, "There is no release '../../etc/passwd'"),
        ({"council": "<script>window.ran=1</script>"}, "<script>window.ran=1</script>"),
        ({"skill_area": "**bold**"}, "nothing for skill area **bold**"),
        ({"region": "$x$ and :red[y]"}, "nothing for region $x$ and :red[y]"),
        ({"release": "[a](http://b.example) &lt; :smile:"}, "There is no release '[a](http://b.example) &lt; :smile:'"),
    ],
    ids=lambda part: "" if isinstance(part, str) else "=".join(*part.items()),
)
def test_what_an_address_says_wrongly_is_named_as_plain_text(
    at: Callable[..., Page], parameters: dict[str, str], named: str
):
    page = at(DATA_QUALITY, **parameters)
    (said,) = warnings(page)
    assert named in said
    assert page.locator(".si-problem *").count() == 0
    assert page.evaluate("window.ran") is None
    expect(page.locator("tbody tr")).to_have_count(20)
    assert set(chosen_in(page)) == {"collection", "release"}, "the address is put right"


def test_a_newer_release_is_offered_and_never_swapped_in(
    at: Callable[..., Page], another: Page, served: Served, tmp_path
):
    first, second = (write_returns(tmp_path / name, [line(amount_gbp=name)])[0] for name in ("100000", "250000"))
    second = second.rename(second.with_name("return-2.csv"))
    second.write_text(second.read_text().replace("PEP-2014-001", "PEP-2014-002"))
    began = loaded(served.home, [first], "growing")["release"]
    page = at(collection="growing")
    expect(headline(page, TILES)).to_have_text("Councils reported £100k of savings achieved")
    now = loaded(served.home, [second], "growing")["release"]
    page.get_by_text("Projected", exact=True).click()
    offer = page.get_by_role("button", name="Show the newer release")
    expect(offer).to_be_visible()
    expect(headline(page, TILES)).to_have_text("Councils reported £100k of savings achieved")
    assert chosen_in(page)["release"] == began
    go(another, address_of(served.address, TOPICS[0], collection="growing", release=began))
    expect(another.get_by_role("button", name="Show the newer release")).to_be_visible()
    expect(headline(another, TILES)).to_have_text("Councils reported £100k of savings achieved")
    offer.click()
    expect(page.get_by_role("heading", name="Councils reported £350k of savings achieved")).to_be_visible()
    expect(offer).to_have_count(0)
    assert chosen_in(drawn(page))["release"] == now
