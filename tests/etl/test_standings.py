"""Which lines count, and in which year and for which council their pounds fall."""

from decimal import Decimal

import pytest
from made_returns import fates, found_by, line, split, standings, total

from dashboard.dimensions import COUNCIL, FINANCIAL_YEAR, SKILL_AREA
from dashboard.measures import COUNCILS, PROJECTS, REPORTING_PROJECTS, SAVINGS_ACHIEVED, SAVINGS_PROJECTED

FIRST, LATER, LAST = ({"reported_on": f"{year}-06-01"} for year in (2015, 2016, 2017))


def spanning(first: str, last: str) -> dict[str, str]:
    return {"period_start": first, "period_end": last}


def of(year: str) -> dict[str, str]:
    return {"financial_year": year}


def test_a_later_report_supersedes_the_earlier_one_which_stays_visible(release_of):
    release = release_of([line("old", **FIRST)], [line("new", amount_gbp="150000", **LATER)])
    assert standings(release) == {"old": "superseded", "new": "counts"}
    assert total(release, SAVINGS_ACHIEVED) == 150_000


def test_the_report_date_decides_whatever_the_order_of_loading(release_of):
    release = release_of([line("new", amount_gbp="150000", **LATER)], [line("old", **FIRST)])
    assert standings(release) == {"old": "superseded", "new": "counts"}


def test_a_later_report_supersedes_the_whole_set_of_parts(release_of):
    parts = [
        line("cashable", cashability="cashable", **FIRST),
        line("not cashable", cashability="non-cashable", amount_gbp="50000", **FIRST),
    ]
    release = release_of(parts, [line("all", amount_gbp="120000", **LATER)])
    assert standings(release) == {"cashable": "superseded", "not cashable": "superseded", "all": "counts"}


def test_a_later_report_of_another_stage_or_year_supersedes_nothing(release_of):
    release = release_of(
        [line("projected", stage="projected", **FIRST), line("year", **of("2015-16"), **FIRST)],
        [line("achieved", amount_gbp="90000", **of("2016-17"), **LATER)],
    )
    assert set(standings(release).values()) == {"counts"}


def test_different_amounts_reported_on_one_day_are_all_held(release_of):
    release = release_of([line("a", **FIRST)], [line("b", amount_gbp="110000", **FIRST)])
    assert standings(release) == {"a": "held", "b": "held"}
    assert found_by(release, "a") == found_by(release, "b") == {"key_conflict"}
    assert total(release, SAVINGS_ACHIEVED) is None


@pytest.mark.parametrize("dated", [FIRST, {}], ids=["one date unknown", "both dates unknown"])
def test_different_amounts_are_held_where_a_report_date_is_not_known(release_of, dated):
    release = release_of([line("a", **dated)], [line("b", amount_gbp="110000")])
    assert standings(release) == {"a": "held", "b": "held"}


def test_the_same_amount_from_two_returns_counts_once(release_of):
    release = release_of([line("a")], [line("b")])
    assert sorted(standings(release).values()) == ["counts", "repeated"]
    assert total(release, SAVINGS_ACHIEVED) == 100_000


def test_the_same_amount_reported_again_later_counts_once(release_of):
    release = release_of([line("old", **FIRST)], [line("new", **LATER)])
    assert sorted(standings(release).values()) == ["counts", "repeated"]


def test_the_same_line_twice_in_one_return_counts_once(release_of):
    release = release_of([line("a"), line("b")])
    assert standings(release) == {"a": "counts", "b": "repeated"}


def test_two_latest_reports_that_agree_count_once_and_the_earlier_is_superseded(release_of):
    release = release_of(
        [line("old", **FIRST)], [line("a", amount_gbp="90000", **LATER)], [line("b", amount_gbp="90000", **LATER)]
    )
    found = standings(release)
    assert found["old"] == "superseded"
    assert sorted((found["a"], found["b"])) == ["counts", "repeated"]
    assert total(release, SAVINGS_ACHIEVED) == 90_000


@pytest.mark.parametrize(
    ("column", "first", "second"),
    [
        ("cashability", "cashable", "non-cashable"),
        ("recurrence", "one-off", "recurring"),
        ("basis", "total", "unclear"),
    ],
)
def test_lines_of_one_return_that_differ_in_what_they_are_add_up(release_of, column, first, second):
    release = release_of([line("a", **{column: first}), line("b", amount_gbp="30000", **{column: second})])
    assert standings(release) == {"a": "counts", "b": "counts"}
    assert total(release, SAVINGS_ACHIEVED) == 130_000


def test_of_gross_and_net_the_net_amount_counts(release_of):
    release = release_of([line("gross", net_or_gross="gross"), line("net", net_or_gross="net", amount_gbp="80000")])
    assert standings(release) == {"gross": "gross_beside_net", "net": "counts"}
    assert total(release, SAVINGS_ACHIEVED) == 80_000


def test_two_net_amounts_beside_a_gross_one_are_a_question(release_of):
    release = release_of(
        [
            line("gross", net_or_gross="gross"),
            line("net", net_or_gross="net", amount_gbp="80000"),
            line("other net", net_or_gross="net", amount_gbp="70000"),
        ]
    )
    assert set(standings(release).values()) == {"held"}


def test_different_amounts_in_one_return_with_nothing_to_tell_them_apart_are_held(release_of):
    release = release_of([line("a", **FIRST), line("b", amount_gbp="110000", **FIRST)])
    assert standings(release) == {"a": "held", "b": "held"}


def test_a_withdrawal_takes_earlier_lines_of_the_project_and_kind_at_every_stage(release_of):
    release = release_of(
        [line("projected", stage="projected", **FIRST), line("achieved", **of("2014-15"), **FIRST)],
        [line("gone", stage="withdrawn", amount_gbp="", **LATER)],
    )
    assert standings(release) == {"projected": "withdrawn", "achieved": "withdrawn", "gone": "withdrawal"}


def test_a_withdrawal_spares_later_lines_other_kinds_and_other_projects(release_of):
    release = release_of(
        [line("gone", stage="withdrawn", amount_gbp="", **LATER)],
        [
            line("later", **LAST),
            line("income", kind="income generation", **FIRST),
            line("other", project_ref="PEP-2014-002", **FIRST),
        ],
    )
    assert standings(release) == {"gone": "withdrawal", "later": "counts", "income": "counts", "other": "counts"}


def test_a_withdrawal_of_a_year_takes_only_that_year(release_of):
    release = release_of(
        [line("2015", **of("2015-16"), **FIRST), line("2016", **of("2016-17"), **FIRST), line("none", **FIRST)],
        [line("gone", stage="withdrawn", amount_gbp="", **of("2016-17"), **LATER)],
    )
    assert standings(release) == {"2015": "counts", "2016": "withdrawn", "none": "counts", "gone": "withdrawal"}


def test_a_withdrawal_of_one_year_does_not_take_a_total_over_more_years_than_it_names(release_of):
    release = release_of(
        [line("three years", **spanning("2016-17", "2018-19"), **FIRST)],
        [line("gone", stage="withdrawn", amount_gbp="", **of("2016-17"), **LATER)],
    )
    assert standings(release)["three years"] == "counts"


def test_a_withdrawal_without_a_date_takes_what_is_there(release_of):
    release = release_of([line("claimed", **FIRST)], [line("gone", stage="withdrawn", amount_gbp="")])
    assert standings(release)["claimed"] == "withdrawn"


def test_of_overlapping_years_the_wider_counts_and_the_narrower_puts_its_pounds_into_its_year(release_of):
    release = release_of(
        [line("wide", **spanning("2015-16", "2017-18")), line("narrow", amount_gbp="30000", **of("2016-17"))]
    )
    assert standings(release) == {"wide": "counts", "narrow": "part_of"}
    assert split(release, SAVINGS_ACHIEVED, FINANCIAL_YEAR) == {"2016-17": 30_000, "not_stated": 70_000}
    assert total(release, SAVINGS_ACHIEVED) == 100_000


def test_parts_that_fill_the_whole_leave_nothing_without_a_year(release_of):
    release = release_of(
        [
            line("wide", **spanning("2015-16", "2016-17")),
            line("a", amount_gbp="60000", **of("2015-16")),
            line("b", amount_gbp="40000", **of("2016-17")),
        ]
    )
    assert split(release, SAVINGS_ACHIEVED, FINANCIAL_YEAR) == {"2015-16": 60_000, "2016-17": 40_000}


def test_of_three_stretches_inside_each_other_only_the_widest_counts(release_of):
    release = release_of(
        [
            line("widest", **spanning("2015-16", "2019-20")),
            line("wide", amount_gbp="50000", **spanning("2015-16", "2017-18")),
            line("year", amount_gbp="30000", **of("2016-17")),
        ]
    )
    assert standings(release) == {"widest": "counts", "wide": "part_of", "year": "part_of"}
    assert split(release, SAVINGS_ACHIEVED, FINANCIAL_YEAR) == {"2016-17": 30_000, "not_stated": 70_000}


def test_a_superseded_amount_contains_no_other(release_of):
    release = release_of(
        [line("old", **spanning("2015-16", "2016-17"), **FIRST)],
        [line("new", amount_gbp="30000", **spanning("2015-16", "2016-17"), **LATER)],
        [line("year", amount_gbp="10000", **of("2015-16"), **FIRST)],
    )
    assert standings(release) == {"old": "superseded", "new": "counts", "year": "part_of"}


def test_a_held_amount_contains_no_other(release_of):
    release = release_of(
        [
            line("too large", amount_gbp="400000000", **spanning("2015-16", "2016-17")),
            line("year", amount_gbp="100000000", **of("2015-16")),
        ]
    )
    assert standings(release) == {"too large": "held", "year": "counts"}


def test_parts_above_the_whole_are_all_held(release_of):
    release = release_of(
        [
            line("wide", **spanning("2015-16", "2016-17")),
            line("a", amount_gbp="60000", **of("2015-16")),
            line("b", amount_gbp="40000.01", **of("2016-17")),
        ]
    )
    assert set(standings(release).values()) == {"held"}


def test_stretches_as_wide_as_each_other_that_overlap_are_held(release_of):
    release = release_of(
        [line("a", **spanning("2015-16", "2016-17")), line("b", amount_gbp="90000", **spanning("2016-17", "2017-18"))]
    )
    assert standings(release) == {"a": "held", "b": "held"}


def test_two_councils_that_report_one_joint_project_give_one_benefit(release_of):
    leeds = line("of Leeds", partner_councils="Wakefield Council", partner_shares="60;40")
    wakefield = line(
        "of Wakefield", lead_council="Wakefield Council", partner_councils="Leeds City Council", partner_shares="40;60"
    )
    release = release_of([leeds], [wakefield])
    assert sorted(standings(release).values()) == ["counts", "repeated"]
    assert total(release, SAVINGS_ACHIEVED) == 100_000
    assert total(release, PROJECTS) == 1
    assert split(release, SAVINGS_ACHIEVED, COUNCIL) == {"E08000035": 60_000, "E08000036": 40_000}


def test_shares_go_to_the_partners_in_the_order_in_which_they_are_listed(release_of):
    release = release_of(
        [
            line(
                "joint",
                partner_councils="Barnsley Metropolitan Borough Council;Wakefield Council",
                partner_shares="50;30;20",
            )
        ]
    )
    assert split(release, SAVINGS_ACHIEVED, COUNCIL) == {
        "E08000035": 50_000,
        "E08000038": 30_000,
        "E08000036": 20_000,
    }


def test_a_lead_that_lists_itself_among_the_partners_is_one_body(release_of):
    release = release_of(
        [line("joint", partner_councils="Leeds City Council;Wakefield Council", partner_shares="60;40")]
    )
    assert standings(release) == {"joint": "counts"}
    assert split(release, SAVINGS_ACHIEVED, COUNCIL) == {"E08000035": 60_000, "E08000036": 40_000}


def test_shares_that_are_held_because_they_do_not_sum_are_never_used(release_of):
    partner = {"partner_councils": "Wakefield Council"}
    release = release_of(
        [line("held", partner_shares="60;39", **of("2015-16"), **partner), line("plain", **of("2016-17"), **partner)]
    )
    assert standings(release) == {"held": "held", "plain": "counts"}
    assert split(release, SAVINGS_ACHIEVED, COUNCIL) == {"E08000035": 100_000, "E08000036": None}


def test_the_latest_report_says_what_a_project_is(release_of):
    release = release_of(
        [line("new", skill_area="governance", **of("2016-17"), **LATER)], [line("old", **of("2015-16"), **FIRST)]
    )
    assert split(release, SAVINGS_ACHIEVED, SKILL_AREA) == {"governance": 200_000}


def test_shares_that_do_not_divide_lose_no_penny(release_of):
    release = release_of(
        [
            line(
                "joint",
                amount_gbp="100.01",
                partner_councils="Wakefield Council;Barnsley Metropolitan Borough Council",
                partner_shares="33.34;33.33;33.33",
            )
        ]
    )
    shares = split(release, SAVINGS_ACHIEVED, COUNCIL)
    assert sum(shares.values()) == Decimal("100.01")
    assert shares["E08000036"] == shares["E08000038"] == Decimal("33.33")


def test_without_shares_a_joint_project_stands_under_its_lead_and_its_partners_without_an_amount(release_of):
    release = release_of([line("joint", partner_councils="Wakefield Council")])
    assert split(release, SAVINGS_ACHIEVED, COUNCIL) == {"E08000035": 100_000, "E08000036": None}
    assert total(release, COUNCILS) == 2


def test_unknown_is_not_zero_and_zero_is_an_amount(release_of):
    release = release_of(
        [
            line("unknown", project_ref="A", amount_gbp="TBC"),
            line("zero", project_ref="B", amount_gbp="nil", skill_area="governance"),
            line("bound", project_ref="C", amount_gbp="up to £5,000"),
        ]
    )
    assert fates(release) == {
        "unknown": ("loaded", "left_out", "amount_unknown"),
        "zero": ("loaded", "counts", None),
        "bound": ("loaded", "left_out", "bounds_only"),
    }
    assert split(release, SAVINGS_ACHIEVED, SKILL_AREA) == {"governance": 0}
    assert (total(release, PROJECTS), total(release, REPORTING_PROJECTS)) == (3, 1)


def test_what_was_not_reported_is_unknown_and_not_zero(release_of):
    assert total(release_of([line("achieved")]), SAVINGS_PROJECTED) is None


def test_an_unknown_amount_does_not_supersede_a_known_one(release_of):
    release = release_of([line("known", **FIRST)], [line("unknown", amount_gbp="TBC", **LATER)])
    assert standings(release) == {"known": "counts", "unknown": "amount_unknown"}


def phases(release) -> list[tuple[int | None, Decimal]]:
    return release.rows("select financial_year, amount_gbp from schedule order by financial_year")


def test_an_amount_a_year_falls_in_each_of_its_years(release_of):
    release = release_of([line("yearly", basis="per year", **spanning("2015-16", "2017-18"))])
    assert phases(release) == [(year, 100_000) for year in (2015, 2016, 2017)]


def test_an_amount_a_year_without_an_end_falls_in_its_first_year_only(release_of):
    release = release_of([line("yearly", basis="per year", period_start="2015-16")])
    assert phases(release) == [(2015, 100_000)]


def test_an_amount_a_year_is_never_added_to_totals(release_of):
    release = release_of([line("yearly", basis="per year", **of("2015-16")), line("total", **of("2016-17"))])
    assert standings(release) == {"yearly": "counts", "total": "counts"}
    assert total(release, SAVINGS_ACHIEVED) == 100_000


def test_a_total_over_several_years_is_never_spread(release_of):
    release = release_of([line("three years", **spanning("2015-16", "2017-18"))])
    assert split(release, SAVINGS_ACHIEVED, FINANCIAL_YEAR) == {"not_stated": 100_000}
