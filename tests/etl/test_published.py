"""The published outcomes come out exactly as they were worked through by hand."""

import csv
import re
from decimal import Decimal
from pathlib import Path

import pytest
from made_returns import split, total

from dashboard.dimensions import FINANCIAL_YEAR
from dashboard.measures import (
    INCOME_ACHIEVED,
    INCOME_IDENTIFIED,
    INCOME_PROJECTED,
    PROJECTS,
    SAVINGS_ACHIEVED,
    SAVINGS_IDENTIFIED,
    SAVINGS_PROJECTED,
)
from dashboard.selection import Selection
from etl.home import CHECKOUT

EVERYTHING = Selection("published")
WORKED_THROUGH = {
    (2, "PUBLISHED-01", 2_300_000): ("loaded", "left_out", "stage_unclear"),
    (3, "PUBLISHED-02", 16_000_000): ("loaded", "left_out", "stage_unclear"),
    (4, "PUBLISHED-03", 6_000_000): ("loaded", "counts", None),
    (5, "PUBLISHED-04", 6_000_000): ("held", None, None),
    (6, "PUBLISHED-04", 6_000_000): ("held", None, None),
    (7, "PUBLISHED-04", 8_300_000): ("held", None, None),
    (8, "PUBLISHED-04", 565_000): ("loaded", "part_of", "part_of"),
    (9, "PUBLISHED-04", 895_000): ("loaded", "counts", None),
    (10, "PUBLISHED-04", 70_000): ("loaded", "counts", None),
    (11, "PUBLISHED-04", 254_052): ("loaded", "superseded", "superseded"),
    (12, "PUBLISHED-05", 500_000): ("loaded", "left_out", "withdrawn"),
    (13, "PUBLISHED-05", 500_000): ("loaded", "left_out", "withdrawal"),
    (14, "PUBLISHED-06", 2_300_000): ("loaded", "counts", None),
    (15, "PUBLISHED-06", 120_000): ("loaded", "counts", None),
    (16, "PUBLISHED-07", 200_000): ("loaded", "counts", None),
    (17, "PUBLISHED-07", 50_000): ("loaded", "counts", None),
    (18, "PUBLISHED-08", None): ("loaded", "left_out", "amount_unknown"),
    (19, "PUBLISHED-09", None): ("loaded", "left_out", "amount_unknown"),
    (20, "PUBLISHED-10", None): ("loaded", "left_out", "amount_unknown"),
    (21, "PUBLISHED-11", None): ("loaded", "left_out", "amount_unknown"),
}


def why(published, row):
    ((text,),) = published.rows("select why from observations where row = ?", [row])
    return text


def codes(published, row):
    return {code for (code,) in published.rows("select code from findings where row = ? and fate = 'held'", [row])}


def test_there_are_twenty_observations_of_eleven_projects(published):
    assert published.manifest["lines"] == {"in": 20, "loaded": 17, "held": 3, "quarantined": 0, "ignored": 0}
    assert total(published, PROJECTS) == 11


@pytest.mark.parametrize("place", WORKED_THROUGH, ids=lambda place: f"row {place[0]}")
def test_every_line_has_the_fate_the_standing_and_the_reason_worked_out_by_hand(published, place):
    row, project, amount = place
    found = published.rows(
        "select project_ref, amount_gbp, fate, standing, reason from observations where row = ?", [row]
    )
    assert found == [(project, amount, *WORKED_THROUGH[place])]


def test_no_other_line_is_in_the_release(published):
    assert published.rows("select row from observations order by row") == [(row,) for row, *_ in WORKED_THROUGH]


def test_one_million_and_fifteen_thousand_pounds_are_achieved_by_two_projects(published):
    (row,) = published.table((SAVINGS_ACHIEVED,), (), EVERYTHING).rows
    assert (row["savings_achieved"], row["projects"]) == (Decimal("1015000.00"), 2)


def test_of_the_achieved_sum_only_the_pounds_of_2017_18_have_a_year(published):
    assert split(published, SAVINGS_ACHIEVED, FINANCIAL_YEAR) == {"2017-18": 565_000, "not_stated": 330_000 + 120_000}


def test_savings_projected_are_two_million_five_hundred_and_seventy_thousand(published):
    assert total(published, SAVINGS_PROJECTED) == Decimal("2570000.00")
    assert split(published, SAVINGS_PROJECTED, FINANCIAL_YEAR) == {
        "2016-17": 70_000,
        "2019-20": 200_000,
        "not_stated": 2_300_000,
    }


def test_income_of_fifty_thousand_is_projected_for_2019_20_and_none_is_achieved(published):
    assert split(published, INCOME_PROJECTED, FINANCIAL_YEAR) == {"2019-20": 50_000}
    assert total(published, INCOME_ACHIEVED) is None
    assert total(published, INCOME_IDENTIFIED) is None


def test_six_million_is_identified(published):
    assert total(published, SAVINGS_IDENTIFIED) == 6_000_000


def test_eighteen_point_three_million_stand_at_no_stated_stage(published):
    (unclear,) = [one for one in published.left_out((SAVINGS_ACHIEVED,), EVERYTHING) if one.reason == "stage_unclear"]
    assert (unclear.amount_gbp, unclear.projects, unclear.lines) == (18_300_000, 2, 2)


def test_the_shared_services_amount_a_year_is_held_for_its_size_and_for_contradicting_its_total(published):
    assert codes(published, 5) == {"magnitude_per_year", "contradicted"}


def test_the_reasons_say_thirteen_percent_of_spending_power_and_ten_times_its_own_total(published):
    assert "is 13% of the yearly spending power of the 3 councils" in why(published, 5)
    assert "£6,000,000 a year against £6,000,000 in total over 10 years, 10 times apart" in why(published, 5)


def test_six_and_eight_point_three_million_over_ten_years_are_held_as_a_pair(published):
    assert codes(published, 6) == codes(published, 7) == {"key_conflict"}
    for row in (6, 7):
        assert "£6,000,000 and £8,300,000" in why(published, row)


def test_the_single_year_is_part_of_the_three_years_that_hold_it(published):
    ((part, whole),) = published.rows(
        "select part.row, whole.row from observations part join observations whole "
        "on whole.line_no = part.whole_line_no"
    )
    assert (part, whole) == (8, 9)


def test_equal_amounts_of_different_councils_are_never_taken_for_one(published):
    found = published.rows("select fate, standing from observations where amount_gbp = 2300000 order by row")
    assert found == [("loaded", "left_out"), ("loaded", "counts")]
    assert not published.rows("select 1 from findings where code = 'duplicate'")


def test_the_twelve_claims_are_kept_with_their_wording_and_never_become_observations(published):
    with (CHECKOUT / "data" / "published" / "headlines.csv").open(encoding="utf-8", newline="") as stream:
        sent = list(csv.DictReader(stream))
    kept = published.rows("select claim_ref, claim, bound, source_url from claims order by row")
    assert len(sent) == 12
    assert kept == [(row["claim_ref"], row["claim"], row["bound"], row["source_url"]) for row in sent]
    assert not published.rows("select 1 from observations where amount_gbp in (131000000, 150000000)")


def test_no_rule_and_no_code_names_the_disputed_project_or_its_councils():
    special = re.compile(r"teignbridge|strata\b|published-\d\d", re.IGNORECASE)
    files = [
        path
        for package in ("etl", "dashboard")
        for path in Path(CHECKOUT / package).rglob("*")
        if path.suffix in (".py", ".sql") and "shipped" not in path.parts
    ]
    assert len(files) > 40
    assert [path.name for path in files if special.search(path.read_text("utf-8"))] == []
