"""What charts say: no more than their rows, nothing left out, and the right words for missing, few and made up."""

from decimal import Decimal

import pytest
from built_tables import YEARS, table, tables
from hypothesis import given
from hypothesis import strategies as st

from dashboard.charts.hexmap import Hexmap
from dashboard.charts.listing import Listing
from dashboard.charts.ranking import Ranking
from dashboard.charts.rows import in_full
from dashboard.charts.spread import Spread
from dashboard.charts.tiles import Tiles
from dashboard.charts.trend import Trend
from dashboard.charts.words import share_of
from dashboard.dimensions import FINANCIAL_YEAR, PROJECT, SKILL_AREA
from dashboard.measures import INCOME_ACHIEVED, PROJECTS, SAVINGS_ACHIEVED
from dashboard.style import plain_text, plotly_text
from dashboard.table import Setting, Table

VERDICTS = (("p1", "reproduced"), ("p2", "contradicted"), ("p3", "reproduced"))
CHARTS = (Ranking(), Ranking(most=2), Trend(), Trend(cumulative=True), Spread(), Hexmap(), Tiles(), Listing())
SETTINGS = st.builds(Setting, st.booleans(), st.booleans(), st.booleans())
LABELS = {"contracts": "Contract renegotiation", "shared": "Shared services"}


def areas(*rows):
    return table(SKILL_AREA, SAVINGS_ACHIEVED, [(code, Decimal(value), n) for code, value, n in rows], LABELS)


def headline(made, setting=None):
    return Ranking().describe(made, setting or Setting()).headline


def test_the_headline_names_who_has_most_and_its_share():
    made = areas(("contracts", 41200000, 9), ("shared", 82400000 - 20000000, 4), ("not_stated", 20000000, 5))
    assert headline(made) == (
        "Where five projects or more reported, Contract renegotiation has achieved most: £41.2m, a third of the total"
    )


def test_a_share_is_a_fraction_only_where_it_rounds_to_it():
    assert share_of(Decimal(1), Decimal(3)) == "a third of the total"
    assert share_of(Decimal(31), Decimal(100)) == "31% of the total"
    assert share_of(Decimal(9999), Decimal(10000)) == "over 99% of the total"
    assert share_of(Decimal(1), Decimal(10000)) == "under 1% of the total"


def test_a_plural_label_has_a_plural_verb():
    assert headline(areas(("shared", 100, 5))) == "Shared services have achieved most: £100, all of the total"


def test_two_that_tie_are_named_together():
    text = headline(areas(("contracts", 100, 5), ("shared", 100, 5)))
    assert text == "Contract renegotiation and Shared services have achieved most: £100 each"


def test_fewer_than_five_projects_are_never_put_first():
    text = headline(areas(("contracts", 900, 4), ("shared", 100, 4)))
    assert text == "Councils reported £1k achieved; each skill area has fewer than five projects"


def test_one_project_that_carries_over_half_is_said():
    text = headline(areas(("contracts", 900, 1), ("shared", 100, 6)))
    assert text.endswith("a tenth of the total; one project carries over half of it")


def test_a_larger_amount_that_is_not_stated_is_said():
    assert headline(areas(("contracts", 100, 9), ("not_stated", 300, 9))).endswith("; £300 under “Not stated”")


def test_no_share_is_taken_of_a_total_with_a_minus_in_it():
    assert headline(areas(("contracts", 300, 9), ("shared", -100, 9))).endswith("achieved most: £300")


@pytest.mark.parametrize("chart", [Ranking(), Trend(), Trend(cumulative=True), Spread(), Hexmap()])
def test_chosen_examples_are_neither_ranked_nor_averaged(chart):
    made = areas(("contracts", 120000, 1), ("shared", 895000, 1))
    words = chart.describe(made, Setting(examples=True))
    for word in ("most", "highest", "largest", "median", "average", "rose", "fell", "half of"):
        assert word not in f"{words.headline} {words.alt}".lower()


def test_chosen_examples_are_counted():
    made = areas(("contracts", 120000, 1), ("shared", 895000, 1))
    assert headline(made, Setting(examples=True)) == "Councils reported £1.0m achieved in 2 of these examples"


@pytest.mark.parametrize("chart", CHARTS)
def test_made_up_data_are_called_so_in_headline_and_alternative(chart):
    for made in (areas(("contracts", 120000, 9)), areas()):
        words = chart.describe(made, Setting(illustrative=True))
        assert words.headline.startswith("ILLUSTRATIVE: ")
        assert words.alt.startswith("ILLUSTRATIVE: ")


@pytest.mark.parametrize("chart", CHARTS)
def test_an_empty_selection_draws_nothing_and_says_what_is_missing(chart):
    assert chart.draw(areas(), Setting()) is None
    assert chart.describe(areas(), Setting()).alt == "No council reported an amount achieved in this selection."


def test_tiles_give_each_value_with_its_base():
    row = {"savings_achieved": Decimal(41234567), "income_achieved": None, "projects": 34, "councils": 29}
    words = Tiles().describe(Table((), (SAVINGS_ACHIEVED, INCOME_ACHIEVED, PROJECTS), (row,)), Setting())
    assert words.headline == "Councils reported £41.2m of savings achieved and 34 projects"
    assert (
        "savings achieved £41,234,567, income achieved not known, projects 34 (34 projects, 29 councils)" in words.alt
    )


def test_a_listing_counts_its_rows_and_names_them():
    made = table(PROJECT, SAVINGS_ACHIEVED, [("p1", Decimal(5), 1), ("p2", None, 1)], {"p1": "Fleet review"})
    words = Listing().describe(made, Setting())
    assert words.headline == "2 projects listed"
    assert "Fleet review: savings achieved £5" in words.alt
    assert "p2: savings achieved not known" in words.alt


def test_a_listing_calls_its_rows_by_its_noun_and_counts_what_it_tallies():
    rows = [{"project": name, "savings_achieved": None, "projects": 1, "verdict": said} for name, said in VERDICTS]
    made = Table((PROJECT,), (SAVINGS_ACHIEVED,), tuple(rows))
    words = Listing(noun="claim", tally="verdict").describe(made, Setting())
    assert words.headline == "3 claims listed: 1 contradicted, 2 reproduced"


def test_text_is_escaped_for_plotly_and_loses_what_cannot_be_seen():
    assert plotly_text("<a href='x'>&amp; $y$\x1b\u202e\n z") == "&lt;a href='x'&gt;&amp;amp; &#36;y&#36; z"


@given(made=tables(SKILL_AREA), setting=SETTINGS, chart=st.sampled_from(CHARTS))
def test_every_row_and_amount_is_in_the_alternative(made, setting, chart):
    alt = chart.describe(made, setting).alt
    for row in made.rows:
        assert plain_text(made.label(SKILL_AREA, row["skill_area"])) in alt
        for measure in made.measures:
            assert in_full(measure, row[measure.id]) in alt


@given(made=tables(FINANCIAL_YEAR, YEARS), setting=SETTINGS, chart=st.sampled_from(CHARTS))
def test_no_table_makes_a_chart_fail(made, setting, chart):
    figure, words = chart.draw(made, setting), chart.describe(made, setting)
    assert words.headline
    assert figure is None or set(figure) == {"data", "layout"}
