"""The map of councils: every amount on its hexagon, nobody put first, silence and joint projects told apart."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from built_tables import tables, total
from hypothesis import given
from hypothesis import strategies as st

from dashboard.charts.hexes import borders, ground_of, middle
from dashboard.charts.hexmap import Hexmap
from dashboard.charts.steps import STEPS, named_steps, roundest, starts_of, step_of
from dashboard.dimensions import COUNCIL, COUNCIL_TODAY
from dashboard.measures import MEASURES, SAVINGS_ACHIEVED, SAVINGS_PROJECTED
from dashboard.style import LIGHT, colours_of_steps, palette
from dashboard.table import Place, Setting, Table

OLD, NEW = date(2012, 4, 1), date(2019, 4, 1)
PLACES = {
    "a": Place("district", "South West", None, None, {OLD: (0, 0), NEW: (0, 0)}),
    "b": Place("district", "South West", None, None, {OLD: (2, 0), NEW: (2, 0)}),
    "c": Place("unitary", "London", None, None, {OLD: (4, 0), NEW: (4, 0)}),
    "gone": Place("district", "London", None, NEW - timedelta(days=1), {OLD: (1, 1)}),
    "new": Place("unitary", "London", NEW, None, {NEW: (1, 1)}),
    "shire": Place("county", "South West", None, None, {}),
    "fire": Place("fire", "South West", None, None, {}),
}
NAMES = {"a": "Arun", "b": "Bath", "c": "City", "gone": "Gone", "new": "New", "shire": "Shire", "fire": "Fire"}
AMOUNTS = st.lists(st.decimals("-1000000000", "1000000000", places=2), min_size=1, max_size=60)


def councils(values, dimension=COUNCIL, measure=SAVINGS_ACHIEVED, partners=()):
    rows = tuple(
        {
            dimension.id: code,
            measure.id: None if value is None else Decimal(value),
            "projects": 1,
            "councils": 1,
            "unapportioned": (measure.id,) if code in partners else (),
        }
        for code, value in values.items()
    )
    return Table((dimension,), (measure,), rows, {dimension.id: NAMES}, places=PLACES)


def drawn(made, setting=None):
    return Hexmap().draw(made, setting or Setting())


def legend(figure):
    return [trace["name"] for trace in figure["data"] if trace["showlegend"]]


def found_at(figure):
    """{the first line under the pointer: (x, y)} of every council."""
    return {
        words.split("<br>")[0]: (x, y)
        for trace in figure["data"]
        if trace.get("hovertext")
        for words, x, y in zip(trace["hovertext"], trace["x"], trace["y"], strict=True)
    }


def test_every_council_of_the_day_is_drawn_once_whether_it_reported_or_not():
    places = found_at(drawn(councils({"a": 100})))
    assert set(places) == {"<b>Arun</b>", "<b>Bath</b>", "<b>City</b>", "<b>New</b>", "<b>Shire</b>"}
    assert len(set(places.values())) == len(places)
    assert places["<b>Bath</b>"] == middle((2, 0))


def test_the_pointer_finds_name_amount_to_the_penny_base_region_and_type():
    (words,) = [trace["hovertext"] for trace in drawn(councils({"a": "1234567.89"}))["data"] if "customdata" in trace]
    assert words == [
        "<b>Arun</b><br>Savings achieved: £1,234,567.89<br>1 project, 1 council<br>South West, District council"
    ]


def test_silence_and_a_joint_project_are_two_things_in_legend_and_under_the_pointer():
    figure = drawn(councils({"a": 100, "b": None}, partners=("b",)))
    assert legend(figure)[-2:] == ["None reported", "Not apportioned"]
    said = [words for trace in figure["data"] for words in trace.get("hovertext", ())]
    assert any(words.startswith("<b>Bath</b><br>Savings achieved: joint, not apportioned") for words in said)
    assert any(words.startswith("<b>City</b><br>Savings achieved: none reported") for words in said)


def test_the_map_stands_at_the_boundaries_that_show_most_councils_and_else_at_todays():
    assert ground_of(councils({"a": 1})).since == NEW
    assert ground_of(councils({"a": 1, "gone": 1})).since == OLD
    assert ground_of(councils({"gone": 1, "new": 1})).since == NEW


def test_the_boundaries_stand_under_the_map_and_in_the_text_alternative():
    made = councils({"a": 1, "gone": 1})
    words = "Boundaries of 1 April 2012 to 31 March 2019"
    assert words in {note["text"] for note in drawn(made)["layout"]["annotations"]}
    assert f"{words}." in Hexmap().describe(made, Setting()).alt


def test_counties_others_and_councils_of_other_dates_stand_beside_the_map():
    ground = ground_of(councils({"gone": 1, "new": 1, "fire": 1, "not_stated": 1}))
    assert {block.heading: list(block.cells) for block in ground.blocks} == {
        "Counties": ["shire"],
        "Other authorities": ["fire"],
        "Not on the map": ["gone", "not_stated"],
    }
    assert "fire" not in ground_of(councils({"a": 1})).every


@pytest.mark.parametrize("day", ["2012-04-01", "2019-04-01", "2020-04-01", "2021-04-01", "2023-04-01"])
def test_no_two_hexagons_of_england_and_of_the_blocks_share_a_place(illustrative, day):
    since = date.fromisoformat(day)
    places = {
        code: replace(place, hexagons={d: cell for d, cell in place.hexagons.items() if d == since})
        for code, place in illustrative.places.items()
    }
    ground = ground_of(replace(councils(dict.fromkeys(places, 1)), places=places))
    cells = list(ground.every.values())
    assert len(cells) == len(places) == len({middle(cell) for cell in cells})
    assert min(abs(a - c) + abs(b - d) * 2 for a, b in cells for c, d in cells if (a, b) != (c, d)) >= 2


def test_a_line_runs_between_regions_and_around_them_and_nowhere_else():
    cells = {"a": (0, 0), "b": (2, 0)}
    ground = replace(ground_of(councils({"a": 1})), cells=cells)
    assert len(borders(replace(ground, regions={"a": "one", "b": "one"}))) == 10
    assert len(borders(replace(ground, regions={"a": "one", "b": "other"}))) == 11


@given(values=AMOUNTS)
def test_steps_rise_and_none_is_empty(values):
    starts = starts_of(values)
    assert starts == sorted(set(starts))
    assert {step_of(value, starts) for value in values} == set(range(len(starts) + 1))
    assert len(starts) < STEPS


@given(low=st.decimals("-1000000", "1000000", places=2), more=st.decimals("0.01", "1000000", places=2))
def test_the_roundest_number_lies_above_one_and_not_above_the_other(low, more):
    assert low < roundest(low, low + more) <= low + more


def test_steps_begin_at_round_numbers_and_hold_about_as_many_each():
    values = [Decimal(number * 1013) for number in range(1, 101)]
    starts = starts_of(values)
    assert named_steps(SAVINGS_ACHIEVED, starts) == ["under £20k", "from £20k", "from £40k", "from £60k", "from £80k"]
    sizes = [sum(1 for value in values if step_of(value, starts) == step) for step in range(STEPS)]
    assert min(sizes) >= 12


def test_a_step_that_cannot_be_said_short_is_said_in_full():
    assert named_steps(SAVINGS_ACHIEVED, [Decimal(1234000)]) == ["under £1,234,000", "from £1,234,000"]


def test_one_amount_alone_has_no_steps():
    assert legend(drawn(councils({"a": 100}))) == ["An amount reported", "None reported"]


def contrast(one, other):
    """The ratio of contrast of two colours, by WCAG 2.2."""

    def luminance(colour):
        parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("kind", ["efficiency_saving", "income_generation", None])
def test_more_stands_out_more_from_the_page_in_both_themes(dark, kind):
    ratios = [contrast(shade, palette(dark).card) for shade in colours_of_steps(kind, dark)]
    assert ratios == sorted(ratios)
    assert len(set(ratios)) == STEPS


@pytest.mark.parametrize("dark", [False, True])
def test_every_hexagon_has_an_outline_that_can_be_seen(dark):
    figure = drawn(councils({"a": 1, "b": 100, "c": 1000}), Setting(dark=dark))
    edges = {trace["line"]["color"] for trace in figure["data"] if trace.get("fill") == "toself"}
    assert edges
    assert min(contrast(edge, palette(dark).card) for edge in edges) >= 3


def test_the_largest_step_has_the_strongest_shade_however_few_there_are():
    figure = drawn(councils({"a": 1, "b": 1000}))
    shades = [trace["fillcolor"] for trace in figure["data"] if trace.get("fill") == "toself"]
    assert shades[-1] == LIGHT.saving


def test_projected_amounts_are_hatched_and_achieved_ones_are_not():
    for measure, shape in ((SAVINGS_ACHIEVED, None), (SAVINGS_PROJECTED, "/")):
        (fill,) = [trace for trace in drawn(councils({"a": 1}, measure=measure))["data"] if "fillcolor" in trace][1:]
        assert fill.get("fillpattern", {}).get("shape") == shape


def test_the_headline_gives_number_range_and_median_and_names_nobody():
    made = councils({"a": 100000, "b": 200000, "c": 300000, "new": 400000, "shire": 5000000})
    words = Hexmap().describe(made, Setting())
    assert words.headline == "5 councils reported £6.0m achieved: from £100k to £5.0m, median £300k"
    assert not any(name in words.headline for name in NAMES.values())


def test_fewer_than_five_councils_have_no_median_and_examples_not_even_a_range():
    made = councils({"a": 100000, "b": 200000})
    assert Hexmap().describe(made, Setting()).headline == "2 councils reported £300k achieved: from £100k to £200k"
    examples = Hexmap().describe(made, Setting(examples=True)).headline
    assert examples == "2 councils reported £300k achieved in these examples"


def test_councils_of_today_are_not_said_to_have_reported_it_themselves():
    made = councils({"a": 100000, "not_stated": 50000}, COUNCIL_TODAY)
    assert Hexmap().describe(made, Setting()).headline == (
        "1 of today's councils, or those before them, reported £100k achieved; "
        "£50k under “Split among several councils”"
    )


def test_a_measure_that_does_not_add_up_is_never_added():
    made = councils({"a": 3, "b": 5}, measure=MEASURES["median_savings_achieved"])
    assert Hexmap().describe(made, Setting()).headline == "Median saving achieved a project, 2 councils: from £3 to £5"


def test_the_text_alternative_names_partners_and_who_stands_beside():
    made = councils({"a": 1, "b": None, "shire": 2, "fire": 3}, partners=("b",))
    alt = Hexmap().describe(made, Setting()).alt
    assert "Counties, drawn beside England: Shire." in alt
    assert "Other authorities, drawn beside England: Fire." in alt
    assert "Partners in joint projects that are not apportioned: Bath." in alt


def test_names_from_data_are_escaped_under_the_pointer():
    made = replace(councils({"a": 5}), labels={COUNCIL.id: {"a": "<i>$x$</i> & \x00y"}})
    assert "<b>&lt;i&gt;&#36;x&#36;&lt;/i&gt; &amp; y</b>" in found_at(drawn(made))


def test_made_up_data_are_marked_across_the_map():
    notes = drawn(councils({"a": 5}), Setting(illustrative=True))["layout"]["annotations"]
    assert "ILLUSTRATIVE" in {note["text"] for note in notes}


@given(made=tables(COUNCIL, tuple(NAMES)))
def test_every_pound_of_the_table_is_drawn(made):
    first = replace(made, measures=made.measures[:1], places=PLACES)
    figure = drawn(first)
    marks = [value for trace in (figure or {"data": []})["data"] for value in trace.get("customdata", ())]
    assert sum((Decimal(mark).quantize(Decimal("0.01")) for mark in marks), Decimal(0)) == total(first)
