"""Lines from stage to stage: every amount a mark, fills of stage, ends labelled apart, and shares only of returns."""

from decimal import Decimal
from itertools import pairwise

import pytest
from built_tables import CODES, tables, total
from hypothesis import given
from hypothesis import strategies as st

from dashboard.charts.apart import set_apart
from dashboard.charts.slope import HEIGHT, Slope
from dashboard.dimensions import COUNCIL, SKILL_AREA
from dashboard.measures import INCOME, SAVINGS
from dashboard.style import DARK, LIGHT
from dashboard.table import Setting, Table

STAGES = ("identified", "projected", "achieved")
PENNY = Decimal("0.01")


def made(*rows, measures=SAVINGS, by=SKILL_AREA, labels=None) -> Table:
    """A table of (code, identified, projected, achieved, projects)."""
    found = tuple(
        {by.id: code, "projects": projects, "councils": projects}
        | {measures[stage].id: None if v is None else Decimal(v) for stage, v in zip(STAGES, values, strict=True)}
        for code, *values, projects in rows
    )
    return Table((by,), tuple(measures[stage] for stage in STAGES), found, {by.id: labels or {}})


def marks_of(figure):
    return [trace for trace in figure["data"] if "customdata" in trace]


def lines_of(figure):
    return [trace for trace in figure["data"] if trace["mode"] == "lines"]


def labels_of(figure, column):
    return [note for note in figure["layout"]["annotations"] if note.get("showarrow") and note["x"] == column]


def test_each_stage_is_a_column_under_its_name_and_sum():
    axis = Slope().draw(made(("a", 30, 20, 10, 5), ("b", 3, 2, 1, 5)), Setting())["layout"]["xaxis"]
    assert axis["ticktext"] == ["Identified<br><b>£33</b>", "Projected<br><b>£22</b>", "Achieved<br><b>£11</b>"]
    assert axis["side"] == "top"


def test_a_line_goes_from_amount_to_amount_of_its_row_and_none_to_another_row():
    first, second = lines_of(Slope().draw(made(("a", 30, 20, 10, 5), ("b", 3, 2, 1, 5)), Setting()))
    assert (first["x"], first["y"]) == ([0, 1, None, 0, 1, None], [30.0, 20.0, None, 3.0, 2.0, None])
    assert (second["x"], second["y"]) == ([1, 2, None, 1, 2, None], [20.0, 10.0, None, 2.0, 1.0, None])


@pytest.mark.parametrize(("dark", "colours"), [(False, LIGHT), (True, DARK)])
def test_stage_is_fill_and_kind_is_hue(dark, colours):
    identified, projected, achieved = marks_of(Slope().draw(made(("a", 30, 20, 10, 5)), Setting(dark=dark)))
    assert (identified["marker"]["color"], projected["marker"]["color"]) == (colours.card, colours.card)
    assert achieved["marker"]["color"] == colours.saving
    assert ("".join(identified["text"]), "".join(projected["text"])) == ("", "<b>/</b>")
    income = marks_of(Slope().draw(made(("a", 30, 20, 10, 5), measures=INCOME), Setting(dark=dark)))
    assert income[2]["marker"]["color"] == colours.income


def test_a_line_is_dashed_to_what_is_projected_and_solid_to_what_was_achieved():
    first, second = lines_of(Slope().draw(made(("a", 30, 20, 10, 5)), Setting()))
    assert (first["line"]["dash"], second["line"]["dash"]) == ("dash", "solid")


def test_both_ends_are_labelled_and_the_last_says_whose_line_it_is_and_its_base():
    figure = Slope().draw(made(("a", 30_000, 20_000, 10_000, 5)), Setting())
    assert [note["text"] for note in labels_of(figure, 0)] == ["£30k"]
    assert [note["text"] for note in labels_of(figure, 2)] == ["<b>£10k</b> a\u00a0·\u00a0n\u00a0=\u00a05"]


def heights(texts):
    return [15 * (text.count("<br>") + 1) for text in texts]


@given(
    st.lists(
        st.tuples(*[st.integers(0, 10**7)] * 3, st.integers(1, 30), st.text("abc de", min_size=1, max_size=50)),
        min_size=1,
        max_size=20,
    )
)
def test_no_two_labels_of_a_column_overlap_and_none_leaves_the_plot(rows):
    labels = {CODES[number]: row[-1] for number, row in enumerate(rows)}
    figure = Slope().draw(made(*((CODES[n], *row[:4]) for n, row in enumerate(rows)), labels=labels), Setting())
    low, high = figure["layout"]["yaxis"]["range"]
    plot = figure["layout"]["height"] - figure["layout"]["margin"]["t"] - figure["layout"]["margin"]["b"]
    assert plot >= HEIGHT
    for column in (0, 2):
        notes = labels_of(figure, column)
        middles = [(high - note["y"]) / (high - low) * plot + note["ay"] for note in notes]
        spans = sorted(
            (middle - height / 2, middle + height / 2)
            for middle, height in zip(middles, heights([note["text"] for note in notes]), strict=True)
        )
        assert all(upper[1] <= lower[0] + 0.001 for upper, lower in pairwise(spans))
        assert spans[0][0] >= -0.001
        assert spans[-1][1] <= plot + 0.001


@given(st.lists(st.tuples(st.floats(0, 500), st.floats(1, 20)), min_size=1, max_size=20))
def test_labels_set_apart_keep_their_order_and_stay_where_they_do_not_meet(labels):
    wanted, sizes = zip(*labels, strict=True)
    found = set_apart(wanted, sizes, -1000, 1000)
    order = sorted(range(len(wanted)), key=lambda place: (wanted[place], place))
    assert [found[place] for place in order] == sorted(found)
    alone = [
        place for place in range(len(wanted))
        if all(abs(wanted[place] - other) > 400 for n, other in enumerate(wanted) if n != place)
    ]  # fmt: skip
    assert all(found[place] == pytest.approx(wanted[place], abs=0.001) for place in alone)


def test_nought_is_on_the_scale_so_that_half_is_drawn_as_half():
    low, high = Slope().draw(made(("a", 1000, 900, 800, 5)), Setting())["layout"]["yaxis"]["range"]
    assert low < 0 < 1000 < high


def test_lines_after_the_most_are_grey_and_without_a_name_but_every_amount_is_marked():
    table = made(*((CODES[n], 40 - n, 30 - n, 20 - n, 2) for n in range(15)))
    figure = Slope(most=3).draw(table, Setting())
    assert {trace["line"]["color"] for trace in lines_of(figure)} == {LIGHT.rest, LIGHT.saving}
    assert len(labels_of(figure, 2)) == 3
    assert sum(len(trace["customdata"]) for trace in marks_of(figure)) == 45


def test_a_row_that_lacks_a_stage_has_its_marks_but_no_line():
    figure = Slope().draw(made(("a", 30, None, 10, 5), ("b", 3, 2, 1, 5)), Setting())
    assert lines_of(figure)[0]["y"] == [3.0, 2.0, None]
    assert [trace["customdata"] for trace in marks_of(figure)] == [[30.0, 3.0], [2.0], [10.0, 1.0]]


def test_the_message_is_the_share_that_was_achieved_in_the_same_projects():
    words = Slope().describe(made(("a", 30_000, 20_000, 10_000, 5), ("b", 10_000, 5_000, 0, 3)), Setting())
    assert words.headline == (
        "Councils reported £10k of savings achieved in 8 projects: 40% of the £25k projected and 25% of the £40k "
        "identified in the same projects"
    )


def test_chosen_examples_are_given_without_a_share():
    words = Slope().describe(made(("a", 30_000, 20_000, 10_000, 1)), Setting(examples=True))
    assert "%" not in words.headline
    assert words.headline.startswith("Councils reported £10k of savings achieved, £30k of savings identified")


@pytest.mark.parametrize(
    ("achieved", "share"), [("20000", "100%"), ("19990", "100.0%"), ("40", "0.2%"), ("0", "0%"), ("30000", "150%")]
)
def test_a_share_seems_all_or_nothing_only_where_it_is(achieved, share):
    words = Slope().describe(made(("a", 30_000, 20_000, achieved, 5)), Setting())
    assert f": {share} of the £20k projected" in words.headline


def test_projects_are_not_counted_over_councils_that_share_them():
    words = Slope().describe(made(("a", 3, 2, 1, 5), ("b", 3, 2, 1, 5), by=COUNCIL), Setting())
    assert "in the same projects" in words.headline
    assert "10 projects" not in words.headline


def test_hover_gives_every_stage_in_full_and_the_base():
    figure = Slope().draw(made(("a", "30.50", 20, 10, 5)), Setting())
    assert marks_of(figure)[1]["hovertext"] == [
        "<b>a</b><br>Identified: £30.50<br>Projected: £20<br>Achieved: £10<br>5 projects, 5 councils"
    ]


def test_text_from_data_is_escaped_in_labels():
    figure = Slope().draw(made(("a", 3, 2, 1, 5), labels={"a": "<b>$x$</b> &"}), Setting())
    assert "&lt;b&gt;&#36;x&#36;&lt;/b&gt; &amp;" in labels_of(figure, 2)[0]["text"]


def test_made_up_data_are_marked_across_the_plot():
    notes = Slope().draw(made(("a", 3, 2, 1, 5)), Setting(illustrative=True))["layout"]["annotations"]
    assert "ILLUSTRATIVE" in {note["text"] for note in notes}


def test_without_an_amount_nothing_is_drawn_and_the_words_say_what_is_missing():
    empty = made(("a", None, None, None, 0))
    assert Slope().draw(empty, Setting()) is None
    assert "No council reported" in Slope().describe(empty, Setting()).headline


@given(made=tables(SKILL_AREA))
def test_every_pound_of_any_table_is_a_mark(made):
    figure = Slope(most=4).draw(made, Setting())
    marked = [Decimal(v).quantize(PENNY) for trace in marks_of(figure) for v in trace["customdata"]] if figure else []
    assert sum(marked, Decimal(0)) == total(made)
    assert Slope(most=4).describe(made, Setting()).alt
