"""Failures that made the news, or that well-known dashboards had: each may not happen here."""

import csv
import io
import json
from decimal import Decimal
from pathlib import Path

from click.testing import CliRunner
from made_returns import fates, found_by, line, loaded, quiet, selected, split, standings, total, write_returns

from dashboard.command import savings
from dashboard.dimensions import COUNCIL, FINANCIAL_YEAR
from dashboard.figure import answer
from dashboard.measures import MEASURES, SAVINGS_ACHIEVED
from dashboard.outputs.files import csv_of
from dashboard.release import open_release
from dashboard.style import money
from dashboard.topics import FIGURES
from etl.home import Place
from etl.release import withdraw


def test_eight_billion_typed_for_eight_million_is_held(release_of):
    release = release_of([line("typed", amount_gbp="8000000000"), line("meant", project_ref="B", amount_gbp="8000000")])
    assert fates(release)["typed"][0] == "held"
    assert "magnitude_total" in found_by(release, "typed")
    assert total(release, SAVINGS_ACHIEVED) == 8_000_000


def test_one_cut_listed_three_times_counts_once(release_of):
    same = [line(name, project_title="One cut", financial_year="2015-16") for name in ("a", "b", "c")]
    release = release_of(same)
    assert sorted(standings(release).values()) == ["counts", "repeated", "repeated"]
    assert total(release, SAVINGS_ACHIEVED) == 100_000


def test_one_cut_listed_three_times_under_three_references_is_held(release_of):
    lines = [line(ref, project_ref=ref, project_title="One cut", financial_year="2015-16") for ref in ("A", "B", "C")]
    release = release_of(lines)
    assert {fate for fate, *_ in fates(release).values()} == {"held"}
    assert total(release, SAVINGS_ACHIEVED) is None


def test_a_contract_ceiling_is_not_counted_as_a_saving(release_of):
    heading = "project_ref,skill_area,lead_council,kind,stage,basis,Contract value,amount_gbp"
    rows = ["A,governance,Leeds City Council,efficiency saving,achieved,total,9000000,up to £2m"]
    release = release_of("\n".join([heading, *rows]))
    assert total(release, SAVINGS_ACHIEVED) is None
    ((reason, high),) = release.rows("select reason, amount_high_gbp from observations")
    assert (reason, high) == ("bounds_only", 2_000_000)


def test_a_headline_larger_than_the_sum_of_its_rows_is_found(release_of):
    heading = "project_ref,skill_area,lead_council,kind,stage,basis,amount_gbp"
    row = "{},governance,Leeds City Council,efficiency saving,achieved,total,{}"
    release = release_of("\n".join([heading, row.format("A", 40_000), row.format("B", 60_000), "Total,,,,,,160000"]))
    assert total(release, SAVINGS_ACHIEVED) == 100_000
    messages = [message for (message,) in release.rows("select message from findings where code like '%total%'")]
    assert any("160,000" in message and "100,000" in message for message in messages)


def test_a_benefit_that_began_before_the_support_is_held(release_of):
    release = release_of([line("early", grant_year="2016-17", financial_year="2014-15")])
    assert fates(release)["early"][0] == "held"
    assert total(release, SAVINGS_ACHIEVED) is None


def test_entries_deleted_in_silence_leave_a_trace(tmp_path):
    place = Place(tmp_path / "home", "programme")
    paths = write_returns(tmp_path / "sent", [line("stays")], [line("goes", project_ref="B", lead_council="York")])
    before = loaded(tmp_path / "home", paths)
    after = withdraw(place, "return-2.csv", "an analyst", "Deleted at the source.", quiet)
    assert after["release"] != before["release"]
    assert after["gone_quiet"] == ["City of York Council"]
    earlier = open_release(tmp_path / "home", "programme", before["release"])
    assert total(earlier, SAVINGS_ACHIEVED) == 200_000


def test_years_that_count_earlier_years_again_add_only_what_is_new(release_of):
    years = {"2011-12": "1000000", "2012-13": "2500000", "2013-14": "4000000"}
    lines = [
        line(
            year, financial_year=year, amount_gbp=amount, recurrence="recurring", lead_council="Birmingham City Council"
        )
        for year, amount in years.items()
    ]
    release = release_of(lines)
    assert split(release, MEASURES["new_savings_achieved"], FINANCIAL_YEAR) == {
        "2011-12": 1_000_000, "2012-13": 1_500_000, "2013-14": 1_500_000,
    }  # fmt: skip
    assert total(release, MEASURES["new_savings_achieved"]) == 4_000_000


def test_a_total_with_26_percent_of_its_value_well_evidenced_says_so(release_of):
    release = release_of(
        [
            line("well", project_ref="A", amount_gbp="26000", evidence_grade="sufficient"),
            line("badly", project_ref="B", amount_gbp="44000", evidence_grade="insufficient"),
            line("not at all", project_ref="C", amount_gbp="30000"),
        ]
    )
    assert total(release, MEASURES["well_evidenced_share_of_savings_achieved"]) == 26
    base = release.base((SAVINGS_ACHIEVED,), selected())
    assert dict(base.by_evidence) == {"insufficient": 44_000, "not_graded": 30_000, "sufficient": 26_000}


def test_partners_each_counting_the_whole_of_a_joint_saving_make_one_saving(release_of):
    joint = {"project_ref": "J", "project_title": "One service", "financial_year": "2015-16", "amount_gbp": "90000"}
    release = release_of(
        [line("lead", **joint, lead_council="Leeds City Council", partner_councils="Wakefield Council")],
        [line("partner", **joint, lead_council="Wakefield Council", partner_councils="Leeds City Council")],
    )
    assert total(release, SAVINGS_ACHIEVED) == 90_000
    by_council = split(release, SAVINGS_ACHIEVED, COUNCIL)
    assert sum(value for value in by_council.values() if value is not None) == 90_000
    assert len(by_council) == 2


def test_a_table_is_never_cut_under_a_footer_that_states_the_full_count(release_of):
    lines = [line(f"{number}", project_ref=f"P{number:03d}", amount_gbp=f"{1000 + number}") for number in range(137)]
    release = release_of(lines)
    found = answer(FIGURES["lines-and-their-standing"], release, selected())
    written = list(csv.DictReader(io.StringIO(csv_of(found).decode("utf-8-sig"))))
    assert len(written) == len(found.table.rows) == release.manifest["lines"]["loaded"] == 137


def test_1_95_billion_is_not_shown_as_1_billion():
    assert money(Decimal(1_950_000_000)) == "£2.0bn"
    assert money(Decimal(1_949_999_999)) == "£1.9bn"
    assert money(Decimal(1_950_000_000), prose=True) == "£1.95 billion"


def test_an_export_does_not_forget_its_filters(tmp_path: Path):
    home = tmp_path / "home"
    lines = [line("in", project_ref="A"), line("out", project_ref="B", lead_council="City of York Council")]
    loaded(home, write_returns(tmp_path / "sent", lines))
    asked = ["--collection", "programme", "--home", str(home), "--where", "council=Leeds City Council"]
    found = json.loads(CliRunner().invoke(savings, ["figure", "savings-by-skill-area", *asked]).stdout)
    assert [row["savings_achieved"] for row in found["rows"]] == ["100000.00"]
    assert "Restricted to Council: Leeds City Council." in found["caption"]
    table = CliRunner().invoke(savings, ["figure", "savings-by-skill-area", "--format", "csv", *asked]).stdout
    (row,) = csv.DictReader(io.StringIO(table.removeprefix("\ufeff")))
    assert (row["savings_achieved_gbp"], "Leeds City Council" in row["caption"]) == ("100000.00", True)
