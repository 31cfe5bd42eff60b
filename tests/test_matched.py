"""The same projects at each stage: who is in, whose pounds are added, and what is said of all others."""

from decimal import Decimal

import pytest
from made_returns import line, selected

from dashboard.dimensions import DIMENSIONS
from dashboard.figure import answer
from dashboard.measures import MATCHED, MEASURES, at_stage
from dashboard.refusals import Refused
from dashboard.selection import selection_of
from dashboard.topics import FIGURES

STAGES = ("identified", "projected", "achieved")
ALL = tuple(MATCHED["at_every_stage savings"].values())
BOTH = tuple(MATCHED["at_both_stages savings"].values())


def project(ref: str, identified: str = "", projected: str = "", achieved: str = "", **cells: str) -> list[dict]:
    """A line for each stage that states something, as it is typed."""
    stated = zip(STAGES, (identified, projected, achieved), strict=True)
    return [line(ref, project_ref=ref, stage=stage, amount_gbp=text, **cells) for stage, text in stated if text]


def amounts(release, measures=ALL) -> list[Decimal | None]:
    rows = release.table(measures, (), selected()).rows
    return [rows[0][measure.id] for measure in measures]


def test_a_case_worked_by_hand(release_of):
    release = release_of(
        [
            *project("A", "1000", "800", "600"),  # in
            *project("B", "500", "400", "0"),  # in: nought was achieved, and is known
            *project("C", "", "9000", "9000"),  # nothing identified
            *project("D", "7000", "7000", "TBC"),  # what was achieved is not known
        ]
    )
    assert amounts(release) == [1500, 1200, 600]
    assert amounts(release, BOTH) == [10_200, 9_600]


def test_all_years_of_a_project_are_added_though_its_stages_are_phased_differently(release_of):
    release = release_of(
        [
            *project("A", "1000", ""),
            *project("A", "", "300", financial_year="2014-15"),
            *project("A", "", "400", financial_year="2015-16"),
            *project("A", "", "", "650", financial_year="2016-17"),
        ]
    )
    assert amounts(release) == [1000, 700, 650]


def test_an_amount_a_year_matches_nothing_and_is_not_added(release_of):
    release = release_of(
        [*project("A", "1000", "", "600"), *project("A", "", "800", basis="per year", financial_year="2014-15")]
    )
    assert amounts(release) == [None, None, None]


def test_stages_match_only_within_one_kind(release_of):
    release = release_of([*project("A", "1000", "", "600"), *project("A", "", "800", kind="income generation")])
    assert amounts(release) == [None, None, None]


def test_the_lines_that_do_not_match_are_left_out_for_that_reason_to_the_penny(release_of):
    release = release_of([*project("A", "1000", "800", "600"), *project("C", "", "9000.50", "9000")])
    left_out = release.left_out((ALL[2],), selected())
    found = {one.reason: (one.lines, one.amount_gbp) for one in left_out}
    assert found == {"not_at_every_stage": (1, Decimal(9000)), "other_stage": (3, Decimal("10800.50"))}
    together = release.left_out(ALL, selected())
    assert {one.reason: one.amount_gbp for one in together} == {"not_at_every_stage": Decimal("18000.50")}


def test_every_row_of_a_split_has_an_amount_at_each_stage_of_as_many_projects(illustrative):
    table = illustrative.table(ALL, (DIMENSIONS["skill_area"],), selection_of("illustrative", None, {}))
    assert len(table.rows) > 5
    assert all(row[measure.id] is not None for row in table.rows for measure in ALL)
    for measure in ALL:
        alone = illustrative.table((measure,), table.by, selection_of("illustrative", None, {}))
        assert [row["projects"] for row in alone.rows] == [row["projects"] for row in table.rows]


@pytest.mark.parametrize(
    ("by", "where", "real"),
    [(("financial_year",), {}, None), ((), {"evidence_grade": ["partial"]}, None), ((), {}, "2024-25")],
    ids=["by year", "of one grade", "in prices"],
)
def test_a_part_of_the_amounts_is_refused_and_the_plain_total_offered(illustrative, by, where, real):
    split = tuple(DIMENSIONS[name] for name in by)
    selection = selection_of("illustrative", None, where, real)
    with pytest.raises(Refused) as refused:
        illustrative.table(ALL, split, selection)
    assert refused.value.code == "sides_would_not_match"
    assert refused.value.instead == ("savings_identified",)


def test_a_figure_says_in_words_why_it_is_refused_and_gives_no_numbers(illustrative):
    one_year = selection_of("illustrative", None, {"financial_year": ["2015-16"]})
    found = answer(FIGURES["savings-of-the-same-projects-from-stage-to-stage"], illustrative, one_year)
    assert found.words.headline == (
        "ILLUSTRATIVE: “Savings identified, of projects that report all three stages” was not given by financial year. "
        "The measure compares stages, and this would leave them over different amounts."
    )
    assert "£" not in found.caption
    assert "Base:" not in found.caption
    assert "Restricted to Financial year: 2015-16." in found.caption
    assert found.left_out == ()


def test_the_caption_says_that_its_projects_reported_every_stage(illustrative):
    found = answer(FIGURES["savings-of-the-same-projects-from-stage-to-stage"], illustrative, selected())
    assert "66 of 232 projects reported savings at every stage compared." in found.caption
    assert found.statistical_title.count("of projects that report all three stages") == 1


def test_a_measure_of_two_stages_stays_as_it_is_where_a_third_is_asked_for():
    assert at_stage(BOTH[0], "identified") is BOTH[0]
    assert at_stage(ALL[2], "identified") is MEASURES["matched_savings_identified"]
