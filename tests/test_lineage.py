"""Lineage: every number from its lines to the penny, every line to the numbers that it enters, each cell as sent."""

import json
from decimal import ROUND_HALF_EVEN, Decimal
from itertools import product
from pathlib import Path

import pytest
import xlsxwriter
from click.testing import CliRunner
from made_returns import line, loaded, write_returns

from dashboard.command import savings
from dashboard.lineage import entered_by, lines_behind
from dashboard.measures import MATCHED_STAGES, MEASURES
from dashboard.refusals import is_in_pounds
from dashboard.selection import Selection, selection_of
from dashboard.topics import FIGURES

POUNDS = [measure for measure in MEASURES.values() if is_in_pounds(measure)]
HEADINGS = ["Project reference", "Council", "Skill area", "Kind", "Stage", "2014-15 (£)", "2015-16 (£)"]
SELECTIONS = {
    "everything": {},
    "a partner": {"council": ["E07000041"]},
    "a region and years": {"region": ["South West"], "financial_year": ["2015-16", "2016-17", "2017-18"]},
    "a kind": {"kind": ["efficiency_saving"]},
}


@pytest.mark.parametrize("collection", ["published", "illustrative"])
@pytest.mark.parametrize("name", SELECTIONS)
def test_the_pounds_of_the_lines_behind_a_number_are_the_number(request, collection, name):
    release = request.getfixturevalue(collection)
    for measure, real in product(POUNDS, (None, "2024-25")):
        if (measure.prices != "cash" and not real) or (
            "kind" in SELECTIONS[name] and measure.kind != "efficiency_saving"
        ):
            continue
        if measure.source in MATCHED_STAGES and (release.examples or real or "financial_year" in SELECTIONS[name]):
            continue
        selection = selection_of(collection, None, SELECTIONS[name], real)
        rows = release.table((measure,), (), selection).rows
        value = rows[0][measure.id] if rows else None
        behind = [one.pounds_gbp for one in lines_behind(release, measure, selection)]
        total = sum(behind).quantize(Decimal("0.01"), ROUND_HALF_EVEN) if behind else None
        assert total == value, (measure.id, real)


def test_the_lines_behind_a_count_or_a_rate_are_those_of_its_base(illustrative):
    for name in ("reporting_projects", "success_rate", "savings_delivery_rate", "amounts_of_savings_achieved"):
        behind = lines_behind(illustrative, MEASURES[name], Selection("illustrative"))
        base = illustrative.base((MEASURES[name],), Selection("illustrative"))
        assert len({one.place["project_ref"] for one in behind}) == base.projects


def test_every_line_behind_a_number_names_that_number_among_those_it_enters(published):
    everything = Selection("published")
    for measure in POUNDS:
        if measure.prices != "cash" or not measure.examples:
            continue
        for one in lines_behind(published, measure, everything):
            entered = {each.measure.id: each for each in entered_by(published, one.place["line_id"], FIGURES.values())}
            assert entered[measure.id].pounds_gbp == one.pounds_gbp
            assert "headline-savings" in entered[measure.id].figures or measure.family != "savings"


def test_a_line_that_does_not_count_enters_no_number_in_pounds(published):
    ((held,),) = published.rows("select line_id from observations where fate = 'held' and basis = 'per_year'")
    assert entered_by(published, held, FIGURES.values()) == []


@pytest.fixture(scope="module")
def home(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("lineage")
    sent = folder / "sent"
    sent.mkdir()
    with xlsxwriter.Workbook(sent / "wide.xlsx") as book:
        sheet = book.add_worksheet("Savings")
        sheet.write_row(0, 0, ["Savings achieved, returns of 2016"])
        sheet.write_row(
            2, 0, ["Project reference", "Council", "Skill area", "Kind", "Stage", "2014-15 (£)", "2015-16 (£)"]
        )
        sheet.write_row(3, 0, ["W1", "Leeds", "governance", "efficiency saving", "achieved", 1000, 2500.5])
    paths = write_returns(sent, [line("plain", project_ref="C1", source_title="A report")])
    loaded(folder / "home", [*paths, sent / "wide.xlsx"])
    return folder / "home"


def asked(home: Path, *arguments: str) -> dict:
    result = CliRunner().invoke(savings, ["lineage", *arguments, "--home", str(home), "--json"])
    assert result.exit_code == 0, result.stderr
    return json.loads(result.stdout)


def test_the_command_shows_file_sheet_row_and_the_cells_as_they_were_sent(home):
    found = asked(home, "--measure", "savings_achieved", "--where", "financial_year=2015-16")
    (wide,) = found["lines"]
    assert (found["value"], wide["pounds_gbp"]) == ("2500.50", "2500.50")
    assert (wide["file"], wide["sheet"], wide["row"], wide["cell_column"]) == ("wide.xlsx", "Savings", 4, "2015-16 (£)")
    assert {"column": "G", "heading": "2015-16 (£)", "text": "2500.5"} in wide["cells"]
    assert {"column": "B", "heading": "Council", "text": "Leeds"} in wide["cells"]


def test_the_command_follows_a_line_to_the_figures_that_it_enters(home):
    (plain,) = [one for one in asked(home, "--measure", "savings_achieved")["lines"] if one["file"] == "return-1.csv"]
    found = asked(home, plain["line_id"])
    assert found["line"]["source_title"] == "A report"
    entered = {one["measure"]: one for one in found["enters"]}
    assert entered["savings_achieved"]["pounds_gbp"] == "100000.00"
    assert "savings-by-skill-area" in entered["savings_achieved"]["figures"]
    assert "savings_projected" not in entered


def test_in_words_a_number_comes_with_its_lines_and_their_pounds(home):
    result = CliRunner().invoke(savings, ["lineage", "--measure", "savings_achieved", "--home", str(home)])
    assert result.stdout.startswith("Savings achieved: £103,500.50, from 3 lines of programme-")
    assert "£2,500.50 in it; W1, achieved, 2015-16, stated £2,500.50; counts" in result.stdout


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ((), "Name either a line, by its id, or a number"),
        (("x-1", "--measure", "projects"), "Name either a line"),
        (("x-1",), "No line 'x-1'"),
        (("--measure", "saving_achieved"), "Did you mean 'savings_achieved'?"),
        (("--measure", "savings_achieved", "--where", "kind=income_generation"), "Refused: "),
    ],
)
def test_what_cannot_be_traced_is_said_in_one_plain_line(home, arguments, says):
    result = CliRunner().invoke(savings, ["lineage", *arguments, "--home", str(home)])
    assert (result.exit_code, result.stdout) == (2, "")
    assert says in result.stderr


def test_lines_of_a_return_that_is_no_longer_archived_are_listed_without_their_cells(tmp_path):
    loaded(tmp_path, write_returns(tmp_path / "sent", [line("a")]))
    for archived in (tmp_path / "programme" / "returns").iterdir():
        archived.unlink()
    result = CliRunner().invoke(
        savings, ["lineage", "--measure", "savings_achieved", "--home", str(tmp_path), "--json"]
    )
    assert json.loads(result.stdout)["lines"][0]["cells"] is None
    assert "missing or was altered" in result.stderr
