"""Which pounds of a year are new and which go on from an earlier one, in all and by council of a joint project."""

from decimal import Decimal
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from made_claims import register
from made_returns import found_by, line, loaded, write_returns

from dashboard.release import Release, open_release

MILLION = Decimal(1_000_000)
BARNSLEY, LEEDS, WAKEFIELD = "E08000038", "E08000035", "E08000036"
JOINT = {"partner_councils": "Wakefield Council;Barnsley Metropolitan Borough Council"}


def test_tables_that_stand_empty_have_the_columns_that_they_have_when_they_are_filled(release_of):
    """The empty ones are made in another way: without asking what would be in them."""
    empty = release_of([line()])
    filled = release_of([line(**JOINT)], register({}))
    for table in ("shared", "shared_cells", "claim_verdicts"):
        assert [one.rows(f"select count(*) > 0 from {table}") for one in (empty, filled)] == [[(False,)], [(True,)]]
        columns = f"select name, type from pragma_table_info('{table}') order by cid"
        assert empty.rows(columns) == filled.rows(columns)


def recurring(year: str, pounds: str, name: str = "", **cells: str) -> dict[str, Any]:
    return line(name, financial_year=year, amount_gbp=pounds, recurrence="recurring", **cells)


def new_pounds(release: Release) -> list[tuple[int | None, Decimal, Decimal | None]]:
    """Year, amount and new pounds of each row of the schedule, in the order of years and lines."""
    return release.rows("select financial_year, amount_gbp, new_gbp from schedule order by financial_year, line_no")


def by_council(release: Release, year: int) -> dict[str, tuple[Decimal | None, Decimal | None]]:
    """{council: its pounds of the year, and the new ones of them}."""
    query = "select council, amount_gbp, new_gbp from council_schedule where financial_year = ?"
    return {council: (amount, new) for council, amount, new in release.rows(query, [year])}


def test_a_million_a_year_recurring_for_four_years_is_one_million_new_one_in_each_year_and_four_in_all(release_of):
    years = ("2014-15", "2015-16", "2016-17", "2017-18")
    found = new_pounds(release_of([recurring(year, "1000000", year) for year in years]))
    assert found == [(2014, MILLION, MILLION), *((year, MILLION, 0) for year in (2015, 2016, 2017))]
    assert sum(amount for _, amount, _ in found) == 4 * MILLION


def test_of_a_rise_only_what_exceeds_the_year_before_is_new(release_of):
    found = new_pounds(release_of([recurring("2014-15", "1000000"), recurring("2015-16", "1300000")]))
    assert found[1] == (2015, 1_300_000, 300_000)


def test_after_a_fall_nothing_is_new(release_of):
    found = new_pounds(release_of([recurring("2014-15", "1000000"), recurring("2015-16", "700000")]))
    assert found[1] == (2015, 700_000, 0)


def test_a_rise_after_a_fall_is_new_again(release_of):
    pounds = (("2014-15", "1000000"), ("2015-16", "700000"), ("2016-17", "900000"))
    found = new_pounds(release_of([recurring(year, amount) for year, amount in pounds]))
    assert found[2] == (2016, 900_000, 200_000)


def test_after_a_gap_a_saving_is_not_new_a_second_time(release_of):
    found = new_pounds(release_of([recurring("2014-15", "1000000"), recurring("2017-18", "1000000.01")]))
    assert found[1] == (2017, Decimal("1000000.01"), Decimal("0.01"))


def test_a_gap_is_a_remark_at_the_line_after_it_and_changes_no_fate(release_of):
    release = release_of([recurring("2014-15", "1000000", "before"), recurring("2017-18", "900000", "after")])
    assert (found_by(release, "before"), found_by(release, "after")) == (set(), {"gap_year"})
    ((fate, message),) = release.rows("select fate, message from findings where code = 'gap_year'")
    assert fate is None
    assert "2014-15" in message
    assert "2017-18" in message


def test_years_one_after_another_have_no_gap(release_of):
    release = release_of([recurring("2014-15", "1000000"), recurring("2015-16", "900000")])
    assert release.rows("select code from findings") == []


def test_a_year_that_has_only_a_one_off_amount_is_a_gap_and_is_passed_over(release_of):
    one_off = line("once", financial_year="2015-16", amount_gbp="40000", recurrence="one-off")
    release = release_of([recurring("2014-15", "100000"), one_off, recurring("2016-17", "100000", "after")])
    assert new_pounds(release)[1:] == [(2015, 40_000, 40_000), (2016, 100_000, 0)]
    assert found_by(release, "after") == {"gap_year"}


def test_the_parts_of_a_year_take_what_goes_on_in_the_order_of_their_lines(release_of):
    release = release_of(
        [
            recurring("2014-15", "100000.00"),
            recurring("2015-16", "60000.01", cashability="cashable"),
            recurring("2015-16", "50000.00", cashability="non-cashable"),
        ]
    )
    parts = [(2015, Decimal("60000.01"), 0), (2015, Decimal("50000.00"), Decimal("10000.01"))]
    assert new_pounds(release)[1:] == parts


def test_what_two_parts_came_to_goes_on_together(release_of):
    release = release_of(
        [
            recurring("2014-15", "60000", cashability="cashable"),
            recurring("2014-15", "50000", cashability="non-cashable"),
            recurring("2015-16", "120000"),
        ]
    )
    assert new_pounds(release)[2] == (2015, 120_000, 10_000)


def test_another_project_kind_or_stage_goes_on_from_nothing(release_of):
    release = release_of(
        [
            recurring("2014-15", "100000"),
            recurring("2015-16", "90000", project_ref="PEP-2014-002"),
            recurring("2015-16", "80000", kind="income generation"),
            recurring("2015-16", "70000", stage="projected"),
        ]
    )
    assert [amount == new for _, amount, new in new_pounds(release)] == [True] * 4


def test_an_amount_a_year_with_an_end_is_new_in_its_first_year_and_goes_on_after(release_of):
    yearly = line("yearly", basis="per year", period_start="2015-16", period_end="2017-18")
    assert new_pounds(release_of([yearly])) == [(2015, 100_000, 100_000), (2016, 100_000, 0), (2017, 100_000, 0)]


def test_an_amount_a_year_without_an_end_is_new_in_its_first_year_and_in_no_other(release_of):
    assert new_pounds(release_of([line(basis="per year", period_start="2015-16")])) == [(2015, 100_000, 100_000)]


def test_a_one_off_amount_is_new_whatever_went_before(release_of):
    once = {"recurrence": "one-off"}
    found = new_pounds(release_of([line("a", financial_year=year, **once) for year in ("2014-15", "2015-16")]))
    assert found == [(2014, 100_000, 100_000), (2015, 100_000, 100_000)]


def test_where_nobody_says_whether_an_amount_recurs_nobody_says_what_of_it_is_new(release_of):
    assert new_pounds(release_of([line(financial_year="2014-15")])) == [(2014, 100_000, None)]


def test_a_recurring_amount_goes_on_from_one_of_which_nobody_says_whether_it_recurs(release_of):
    release = release_of([line(financial_year="2014-15"), recurring("2015-16", "130000")])
    assert new_pounds(release)[1] == (2015, 130_000, 30_000)


def test_what_has_no_year_is_new_in_none(release_of):
    release = release_of([line(recurrence="recurring"), line("once", project_ref="PEP-2", recurrence="one-off")])
    assert new_pounds(release) == [(None, 100_000, None), (None, 100_000, None)]


def test_a_negative_amount_is_wholly_new_and_leaves_what_goes_on_to_the_others(release_of):
    release = release_of(
        [
            recurring("2014-15", "100000"),
            recurring("2015-16", "-5000", cashability="cashable"),
            recurring("2015-16", "100000", cashability="non-cashable"),
        ]
    )
    assert new_pounds(release)[1:] == [(2015, -5000, -5000), (2015, 100_000, 0)]


def test_new_pounds_of_a_joint_project_are_shared_as_its_pounds_are(release_of):
    shared = {**JOINT, "partner_shares": "50;30;20"}
    release = release_of([recurring("2014-15", "100000", **shared), recurring("2015-16", "130000.01", **shared)])
    assert by_council(release, 2015) == {
        LEEDS: (Decimal("65000.01"), Decimal("15000.01")),
        WAKEFIELD: (39_000, 9_000),
        BARNSLEY: (26_000, 6_000),
    }


def test_without_shares_the_lead_bears_what_is_new_and_partners_none_that_is_known(release_of):
    release = release_of([recurring("2014-15", "100000", **JOINT), recurring("2015-16", "130000", **JOINT)])
    assert by_council(release, 2015) == {LEEDS: (130_000, 30_000), WAKEFIELD: (None, None), BARNSLEY: (None, None)}


def test_rounding_gives_a_lead_no_more_new_pounds_than_pounds(release_of):
    shared = {**JOINT, "partner_shares": "20;40;40"}
    release = release_of([recurring("2014-15", "0.01", **shared), recurring("2015-16", "0.02", **shared)])
    penny = Decimal("0.01")
    assert by_council(release, 2015) == {LEEDS: (0, 0), WAKEFIELD: (penny, 0), BARNSLEY: (penny, penny)}


def test_rounding_gives_a_lead_no_fewer_new_pounds_than_none(release_of):
    shared = {
        "partner_councils": f"{JOINT['partner_councils']};City of York Council",
        "partner_shares": "10;30;30;30",
    }
    release = release_of([recurring("2014-15", "100000", **shared), recurring("2015-16", "100000.02", **shared)])
    assert sorted(new for _, new in by_council(release, 2015).values()) == [0, 0, Decimal("0.01"), Decimal("0.01")]
    assert by_council(release, 2015)[LEEDS] == (Decimal("9999.99"), 0)


def test_an_outcome_keeps_its_own_years_its_expert_and_whether_it_is_joint(release_of):
    cells = {"period_start": "2015-16", "period_end": "2016-17", "expert_type": "private"}
    release = release_of([line("wide", **JOINT, **cells), line(project_ref="PEP-2", financial_year="2014-15")])
    for table in ("schedule", "council_schedule"):
        columns = "first_year, last_year, expert_type, joint"
        found = release.rows(f"select distinct {columns} from {table} order by first_year")
        assert found == [(2014, 2014, None, False), (2015, 2016, "private", True)]


def costs(release: Release) -> dict[str, tuple[Decimal | None, Decimal | None]]:
    """{council: its part of the grant, and of the council's cost}."""
    found = release.rows("select council, grant_gbp, council_cost_gbp from project_councils")
    return {council: (grant, cost) for council, grant, cost in found}


def test_a_lone_council_bears_all_costs_and_one_that_is_not_known_stays_unknown(release_of):
    assert costs(release_of([line(grant_gbp="7000")])) == {LEEDS: (7000, None)}


def test_costs_are_shared_to_the_penny_and_the_lead_bears_the_rest(release_of):
    release = release_of([line(grant_gbp="100.01", **JOINT, partner_shares="33.34;33.33;33.33")])
    assert costs(release) == {
        LEEDS: (Decimal("33.35"), None),
        WAKEFIELD: (Decimal("33.33"), None),
        BARNSLEY: (Decimal("33.33"), None),
    }


def test_costs_of_a_joint_project_without_shares_are_its_leads(release_of):
    release = release_of([line(grant_gbp="7000", council_cost_gbp="0", **JOINT)])
    assert costs(release) == {LEEDS: (7000, 0), WAKEFIELD: (None, None), BARNSLEY: (None, None)}


def test_the_outcomes_are_the_observations_that_count(release_of):
    later = line("new", amount_gbp="90000", reported_on="2016-06-01")
    release = release_of([line("old", reported_on="2015-06-01")], [later])
    assert release.rows("select notes from outcomes") == [("new",)]


@st.composite
def projects(draw: st.DrawFn, number: int) -> list[dict[str, Any]]:
    """A project of some years, one or two lines in each, alone or joint, in amounts that shares do not divide."""
    several = st.sampled_from
    partners, shares = draw(
        several([("", ""), (JOINT["partner_councils"], ""), *((JOINT["partner_councils"], s) for s in SHARES)])
    )
    keys = st.tuples(several(["2014-15", "2015-16", "2016-17", "2018-19"]), several(["cashable", "non-cashable"]))
    pounds = several(["0.01", "0.02", "0.05", "0.06", "1.01", "-0.03"]) | st.decimals(900, 1000, places=2).map(str)
    return [
        line(
            project_ref=f"P{number}",
            partner_councils=partners,
            partner_shares=shares,
            financial_year=year,
            cashability=cashability,
            recurrence=draw(several(["recurring", "recurring", "recurring", "one-off", ""])),
            basis=draw(several(["total", "total", "per year", ""])),
            amount_gbp=draw(pounds),
        )
        for year, cashability in draw(st.lists(keys, min_size=2, max_size=6, unique=True))
    ]


SHARES = ("20;40;40", "33.34;33.33;33.33", "0;50;50", "98;1;1")
PROGRAMMES = st.integers(4, 12).flatmap(lambda many: st.tuples(*(projects(number) for number in range(many))))


@given(PROGRAMMES)
@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
def test_new_and_continuing_pounds_of_any_programme_add_up_in_all_and_by_council(programme):
    with TemporaryDirectory() as folder:
        sent = [one for lines in programme for one in lines]
        loaded(Path(folder) / "home", write_returns(Path(folder) / "sent", sent))
        release = open_release(Path(folder) / "home", "programme")
        check_new_pounds(release)
        check_series(release)
        check_councils(release)


def check_new_pounds(release: Release) -> None:
    for _, amount, new in new_pounds(release):
        if new is not None:
            continuing = amount - new
            assert new + continuing == amount
            assert 0 <= new <= amount if amount > 0 else new == amount


def check_series(release: Release) -> None:
    """Where all of a series repeats and nothing in it is negative, each year is new by what it rose."""
    series = "project_no, kind, stage"
    query = (
        f"select {series}, financial_year, sum(amount_gbp), sum(new_gbp), bool_and(amount_gbp >= 0 and "
        "(basis = 'per_year' or recurrence = 'recurring')) from schedule where financial_year is not null "
        f"group by all order by {series}, financial_year"
    )
    for _, years in groupby(release.rows(query), key=lambda row: row[:3]):
        rows = list(years)
        if all(plain for *_, plain in rows):
            before = Decimal(0)
            for *_, amount, new, _ in rows:
                assert new == max(Decimal(0), amount - before)
                before = amount


def check_councils(release: Release) -> None:
    whole, parts = (
        release.rows(
            f"select line_no, financial_year, sum(amount_gbp), sum(new_gbp) from {table} group by all order by all"
        )
        for table in ("schedule", "council_schedule")
    )
    assert parts == whole
    for amount, new in release.rows("select amount_gbp, new_gbp from council_schedule where amount_gbp >= 0"):
        assert new is None or 0 <= new <= amount
