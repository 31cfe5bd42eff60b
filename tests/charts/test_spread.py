"""Marks on a log axis: one for each amount, where they stand, how they look, and what is said of them."""

from decimal import Decimal

from built_tables import AMOUNT
from hypothesis import given
from hypothesis import strategies as st

from dashboard.charts.spread import Spread
from dashboard.dimensions import KIND, OBSERVATION, PROJECT, SKILL_AREA, STAGE, STANDING
from dashboard.measures import AMOUNT_STATED, INCOME_ACHIEVED, SAVINGS_ACHIEVED
from dashboard.style import LIGHT
from dashboard.table import Setting, Table


def projects(*amounts, area="a"):
    rows = tuple(
        {"skill_area": area, "project": f"p{n:03d}", "savings_achieved": amount, "projects": 1, "councils": 1}
        for n, amount in enumerate(amounts)
    )
    return Table((SKILL_AREA, PROJECT), (SAVINGS_ACHIEVED,), rows)


def observations(*lines):
    names = ("stage", "standing", "kind", "amount_stated")
    rows = tuple(
        dict(zip(names, line, strict=True)) | {"observation": f"l{n}", "projects": 1, "councils": 1}
        for n, line in enumerate(lines)
    )
    return Table((STAGE, OBSERVATION, KIND, STANDING), (AMOUNT_STATED,), rows, {"stage": dict(STAGE.labels)})


def marks_in(figure):
    return next(trace for trace in figure["data"] if "customdata" in trace)


def test_few_marks_are_named_with_their_amounts():
    figure = Spread().draw(projects(Decimal(200000), Decimal(5000)), Setting())
    names = figure["data"][-1]["text"]
    assert "£200k" in names[0]
    assert "p000" in names[0]


def test_more_than_25_marks_are_not_named():
    figure = Spread().draw(projects(*map(Decimal, range(1000, 1026))), Setting())
    assert not any(trace["mode"] == "text" for trace in figure["data"])


def test_the_axis_says_that_it_is_logarithmic():
    axis = Spread().draw(projects(Decimal(1000), Decimal(1000000)), Setting())["layout"]["xaxis"]
    assert axis["type"] == "log"
    assert axis["title"]["text"].startswith("Log scale")
    assert axis["ticktext"] == ["£1k", "£10k", "£100k", "£1m"]


def test_amounts_of_nought_or_less_stand_in_a_slot_and_are_counted():
    made = projects(Decimal(0), Decimal(-5), Decimal(1000))
    figure, words = Spread().draw(made, Setting()), Spread().describe(made, Setting())
    assert figure["layout"]["xaxis"]["ticktext"][0] == "£0 or<br>less: 2"
    assert "2 amounts of £0 or less cannot stand on a log axis" in words.alt
    assert sorted(marks_in(figure)["customdata"]) == [-5.0, 0.0, 1000.0]


def test_a_band_of_five_has_a_median_and_a_band_of_four_has_none():
    five = projects(*[Decimal(n * 1000) for n in range(1, 6)])
    assert "median £3,000" in Spread().describe(five, Setting()).alt
    four = projects(*[Decimal(n * 1000) for n in range(1, 5)])
    assert "median" not in Spread().describe(four, Setting()).alt


def test_chosen_examples_have_no_median_and_stand_by_label():
    made = projects(*[Decimal(n * 1000) for n in range(1, 8)])
    words = Spread().describe(made, Setting(examples=True))
    assert words.headline == "Councils reported 7 projects in these examples, from £1k to £7k"
    assert "edian" not in words.alt
    assert marks_in(Spread().draw(made, Setting(examples=True)))["customdata"][0] == 1000.0


def test_one_project_over_half_of_everything_is_said():
    made = projects(Decimal(9000000), *[Decimal(1000)] * 5)
    assert "one project carries over half of it all" in Spread().describe(made, Setting()).headline


def test_amounts_of_several_stages_have_no_common_median():
    made = observations(*[(stage, "counts", "unclear", Decimal(1000)) for stage in ("achieved", "projected") * 4])
    assert Spread().describe(made, Setting()).headline == "Councils reported 8 amounts, of £1k each"


def test_savings_and_income_have_no_common_median():
    rows = tuple(
        {"project": f"p{n}", "savings_achieved": Decimal(n), "income_achieved": Decimal(n), "projects": 1}
        for n in range(1, 7)
    )
    words = Spread().describe(Table((PROJECT,), (SAVINGS_ACHIEVED, INCOME_ACHIEVED), rows), Setting())
    assert words.headline == "Councils reported 12 amounts, from £1 to £6"
    assert "median" not in words.alt


def test_standing_and_stage_are_the_fill_of_a_mark():
    made = observations(
        ("achieved", "counts", "efficiency_saving", Decimal(1000)),
        ("achieved", "held", "efficiency_saving", Decimal(900)),
        ("achieved", "superseded", "efficiency_saving", Decimal(800)),
        ("achieved", "left_out", "efficiency_saving", Decimal(700)),
        ("projected", "counts", "income_generation", Decimal(600)),
    )
    trace = marks_in(Spread().draw(made, Setting()))
    marker = trace["marker"]
    assert trace["text"] == ["", "<b>?</b>", "", "", "<b>/</b>"]
    assert marker["color"][0] == LIGHT.saving
    assert marker["color"][1] == LIGHT.card
    assert marker["size"][2] < marker["size"][0]
    assert marker["symbol"][3] == "circle-open-dot"
    assert marker["line"]["color"][4] == LIGHT.income


def test_what_does_not_count_is_counted_in_the_headline():
    made = observations(
        ("achieved", "counts", "unclear", Decimal(1000)), ("projected", "held", "unclear", Decimal(900))
    )
    assert Spread().describe(made, Setting()).headline.endswith("; 1 in totals and 1 held")


def test_bands_of_stages_stand_in_the_order_of_the_grammar():
    made = observations(
        ("unclear", "left_out", "unclear", Decimal(9)),
        ("identified", "counts", "unclear", Decimal(8)),
        ("achieved", "counts", "unclear", Decimal(7)),
    )
    notes = Spread().draw(made, Setting())["layout"]["annotations"]
    assert [note["text"].split("<b>")[1].split("</b>")[0] for note in notes] == [
        "Achieved",
        "Identified",
        "At no stated stage",
    ]


def test_the_same_table_is_drawn_the_same_twice():
    made = projects(*[Decimal(1000 + n % 7) for n in range(60)])
    assert Spread().draw(made, Setting()) == Spread().draw(made, Setting())


def test_marks_of_the_same_amount_do_not_hide_each_other():
    trace = marks_in(Spread().draw(projects(*[Decimal(1000)] * 30), Setting()))
    assert len(set(trace["y"])) == 30
    assert max(trace["y"]) < 0.5


def test_text_from_data_is_escaped_beside_marks():
    made = Table((PROJECT,), (SAVINGS_ACHIEVED,), projects(Decimal(5)).rows, {"project": {"p000": "<i>a & b"}})
    figure = Spread().draw(made, Setting())
    assert "&lt;i&gt;a &amp; b" in figure["data"][-1]["text"][0]
    assert "<i>" not in str(figure)


@given(amounts=st.lists(AMOUNT, max_size=60))
def test_every_known_amount_is_one_mark(amounts):
    figure = Spread().draw(projects(*amounts), Setting())
    known = [float(amount) for amount in amounts if amount is not None]
    assert sorted(marks_in(figure)["customdata"] if figure else []) == sorted(known)
