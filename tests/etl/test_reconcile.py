"""Before a release is published it must add up every way, and say who reported last time and does not now."""

import duckdb
import pytest
from made_returns import line, quiet, write_returns

from etl.home import Place
from etl.reconcile import DoesNotAddUp, reconcile
from etl.release import load, withdraw

JUDGED = "(line_no, fate, reason, project_ref, skill_area, lead_council, council, kind, stage, basis, amount_gbp)"
LINE = "({no}, 'loaded', {reason}, 'P', 'other', 'E1', 'E1', {kind}, 'achieved', 'total', {gbp}::decimal(18, 2))"


def tables(
    *judged: str, by_year: str = "30", by_council: str = "30", new_by_council: str = "10", staged: int = 2
) -> duckdb.DuckDBPyConnection:
    """A connection with the tables of a release in miniature."""
    con = duckdb.connect()
    con.execute(f"create table typed as select * from range({staged})")
    con.execute(f"create table judged as select * from (values {', '.join(judged)}) judged{JUDGED}")
    row = "'achieved' as stage, 'both' as kind, 'total' as basis, 'E1' as council"
    for table, amount, new in (("schedule", by_year, "10"), ("council_schedule", by_council, new_by_council)):
        pounds = f"{amount}::decimal(18, 2) as amount_gbp, {new}::decimal(18, 2) as new_gbp"
        con.execute(f"create table {table} as select {row}, {pounds}")
    return con


def one(no: int, gbp: str, kind: str = "'both'", reason: str = "null") -> str:
    return LINE.format(no=no, gbp=gbp, kind=kind, reason=reason)


def test_a_release_that_adds_up_every_way_passes():
    reconcile(tables(one(1, "10"), one(2, "20")))
    reconcile(tables(one(1, "30"), one(2, "20", reason="'superseded'")))


@pytest.mark.parametrize(
    ("con", "says"),
    [
        (lambda: tables(one(1, "10"), one(2, "20"), by_year="29.99"), "achieved both: 30.00 by line"),
        (lambda: tables(one(1, "10"), one(2, "20"), by_council="40"), "40.00 by council"),
        (lambda: tables(one(1, "10"), one(2, "20"), new_by_council="9.99"), "10.00 new by year, 9.99 new by council"),
        (lambda: tables(one(1, "10"), one(2, "20"), staged=3), "3 lines in, 2 judged, 2 different"),
        (lambda: tables(one(1, "10"), one(1, "20")), "2 lines in, 2 judged, 1 different"),
        (lambda: tables(one(1, "10"), one(2, "20", kind="null")), "1 lines loaded without project_ref"),
    ],
)
def test_a_release_that_contradicts_itself_is_not_published(con, says: str):
    with pytest.raises(DoesNotAddUp) as problem:
        reconcile(con())
    assert says in str(problem.value)


def test_councils_that_reported_last_time_and_do_not_now_are_listed(tmp_path):
    place = Place(tmp_path / "home", "programme")
    leeds, york = [line("a")], [line("b", project_ref="PEP-2", lead_council="York")]
    paths = write_returns(tmp_path / "sent", leeds, york)
    assert load(place, paths, {}, None, quiet)["gone_quiet"] == []
    manifest = withdraw(place, "return-2.csv", "A. Nalyst", "Sent in error.", quiet)
    assert manifest["gone_quiet"] == ["City of York Council"]


def test_a_remark_on_a_whole_column_lets_no_line_without_a_kind_load(tmp_path):
    table = (
        "Project ref,Council,Theme,Kind,Stage,Income 2014/15,Income 2015/16\n"
        "P1,Leeds,Governance,saving,achieved,5,6\nP2,Leeds,Governance,,,7,\n"
    )
    other = "Project ref,Council,Theme,Kind,Stage,Amount\nP3,Leeds,Governance,,achieved,9\n"
    manifest = load(Place(tmp_path / "home", "x"), write_returns(tmp_path / "sent", table, other), {}, None, quiet)
    fates = {one["file"]: (one["loaded"], one["quarantined"]) for one in manifest["returns"]}
    assert fates["return-2.csv"] == (0, 1)
