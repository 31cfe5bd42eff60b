"""Reference tables of a release: which council stands in the place of an earlier one today, and what it may spend."""

import pytest

from dashboard.release import Release
from etl.reference import todays


def today_of(release: Release, council: str) -> str | None:
    ((today,),) = release.rows("select today from councils where council = ?", [council])
    return today


@pytest.mark.parametrize(
    ("council", "today"),
    [
        ("E06000060", "E06000060"),
        ("E10000002", "E06000060"),
        ("E07000190", "E06000066"),
        ("E10000006", None),
    ],
    ids=[
        "Buckinghamshire stands",
        "Buckinghamshire County became Buckinghamshire",
        "Taunton Deane became Somerset West and Taunton, then Somerset",
        "Cumbria was split in two",
    ],
)
def test_a_council_has_one_of_today_in_its_place_or_none(published, council, today):
    assert today_of(published, council) == today


def test_every_council_without_an_end_stands_for_itself(published):
    standing = "select council from councils where end_date is null"
    assert published.rows(f"{standing} and today is distinct from council") == []


def test_a_council_of_today_has_no_end(published):
    query = "select ended.council from councils ended join councils now on now.council = ended.today"
    assert published.rows(f"{query} where now.end_date is not null") == []


def test_several_successors_that_became_one_are_one_today():
    ends = {"old": "2019-03-31", "left": "2023-03-31", "right": "2023-03-31", "now": ""}
    followed_by = {"old": "left;right", "left": "now", "right": "now", "now": ""}
    rows = [{"gss_code": code, "end_date": end, "successor_gss": followed_by[code]} for code, end in ends.items()]
    assert todays(rows) == dict.fromkeys(ends, "now")


def test_spending_power_of_a_council_that_has_none_is_unknown_and_not_zero(published):
    query = "select core_spending_power_gbp from councils where council = ?"
    assert published.rows(query, ["E08000035"]) == [(538_267_288,)]
    assert published.rows(query, ["E06000060"]) == [(None,)]
