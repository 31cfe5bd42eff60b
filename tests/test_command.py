"""The command line: what users' scripts rely on - exit status, JSON keys, one plain line where it cannot be done."""

import csv
import io
import json
import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result
from made_returns import line, loaded, write_returns

from dashboard.command import savings
from dashboard.dimensions import DIMENSIONS
from dashboard.measures import MEASURES, UNITS
from dashboard.topics import FIGURES
from etl.__main__ import etl
from etl.home import CHECKOUT


@pytest.fixture(autouse=True)
def home(homes: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The home with both shipped collections, named as users name theirs."""
    monkeypatch.setenv("SAVINGS_HOME", str(homes))
    return homes


def run(*arguments: str) -> Result:
    return CliRunner().invoke(savings, arguments)


def json_from(*arguments: str):
    result = run(*arguments)
    assert (result.exit_code, result.stderr) == (0, "")
    return json.loads(result.stdout)


def verbs(group: click.Group, path: tuple[str, ...] = ()) -> list[tuple[str, ...]]:
    found = []
    for name, command in group.commands.items():
        found.append((*path, name))
        if isinstance(command, click.Group):
            found += verbs(command, (*path, name))
    return found


QUERY = ("query", "--measure", "savings_achieved", "--by", "skill_area", "--collection", "published")


def test_a_query_prints_one_document_with_the_promised_keys():
    document = json_from(*QUERY, "--json")
    assert list(document) == ["release", "collection", "caption", "columns", "rows", "left_out", "refused"]
    assert [column["id"] for column in document["columns"]] == ["skill_area", "savings_achieved"]
    assert [column["unit"] for column in document["columns"]] == [None, "GBP"]
    assert all(column.keys() == {"id", "label", "unit"} for column in document["columns"])
    assert all(one.keys() == {"reason", "lines", "amount_gbp"} for one in document["left_out"])
    assert document["refused"] is None


def test_a_query_gives_pounds_as_exact_text_and_the_base_of_every_row():
    assert json_from(*QUERY, "--json")["rows"] == [
        {"skill_area": "contract_renegotiation", "savings_achieved": "120000.00", "projects": 1, "councils": 1},
        {"skill_area": "shared_services", "savings_achieved": "895000.00", "projects": 1, "councils": 3},
    ]


def test_a_query_in_words_ends_with_its_caption():
    result = run(*QUERY)
    assert result.exit_code == 0
    assert "895,000" in result.stdout
    assert result.stdout.strip().splitlines()[-1] == json_from(*QUERY, "--json")["caption"]


def test_two_stages_stand_beside_each_other_and_are_not_added():
    document = json_from("query", "--measure", "savings_achieved", "--measure", "savings_projected", "--json")
    assert document["rows"][0]["savings_achieved"] == "1015000.00"
    assert document["rows"][0]["savings_projected"] == "2570000.00"


def test_a_restriction_is_kept_in_the_caption_and_in_the_number():
    document = json_from(*QUERY, "--where", "financial_year=2017-18,2018-19", "--where", "region=South West", "--json")
    assert [row["savings_achieved"] for row in document["rows"]] == ["565000.00"]
    assert "Restricted to Region: South West; Financial year: 2017-18, 2018-19." in document["caption"]


def test_a_refused_question_has_status_2_a_code_a_reason_and_what_to_ask_instead():
    result = run("query", "--measure", "median_savings_achieved", "--json", "--collection", "published")
    document = json.loads(result.stdout)
    assert result.exit_code == 2
    assert document["rows"] == []
    assert document["refused"].keys() == {"code", "message", "instead"}
    assert document["refused"]["code"] == "examples_not_averaged"
    assert document["refused"]["instead"] == ["savings_achieved"]


def test_an_earlier_release_can_be_asked_by_its_id(home):
    (name,) = [path.stem for path in (home / "published" / "releases").glob("*.json")]
    assert json_from(*QUERY, "--release", name, "--json")["release"] == name


CANNOT = {
    "unknown measure": (("query", "--measure", "saving_achieved"), "Did you mean 'savings_achieved'?"),
    "unknown dimension": (("query", "--measure", "projects", "--by", "skil_area"), "Did you mean 'skill_area'?"),
    "unknown figure": (("figure", "savings-by-skill-aera"), "Did you mean 'savings-by-skill-area'?"),
    "two stages": ((*QUERY, "--where", "stage=achieved,projected"), "speaks of one stage at a time"),
    "another stage": ((*QUERY, "--where", "stage=projected"), "Ask instead: savings_projected."),
    "no such year": ((*QUERY, "--where", "grant_year=2014"), "Write it like 2014-15"),
    "no such skill area": ((*QUERY, "--where", "skill_area=shared_service"), "Did you mean 'shared_services'?"),
    "shapeless restriction": ((*QUERY, "--where", "kind"), "is not DIM=VALUE"),
    "splitting only": ((*QUERY, "--where", "standing=held"), "for splitting, not for filtering"),
    "no such release": ((*QUERY, "--release", "../x"), "There is no release '../x'"),
    "no such collection": (("query", "--measure", "projects", "--collection", "mine"), "has no release yet"),
    "no releases": (("releases", "--collection", "mine"), "has no release yet"),
    "no such release to show": (("releases", "show", "x", "--collection", "published"), "There is no release 'x'"),
    "no such file": (("load", "/nowhere/at/all.csv", "--collection", "mine"), "There is no file or folder"),
    "unwritable": (("figure", "headline-savings", "--out", "/nowhere/x.json"), "cannot be written"),
}


@pytest.mark.parametrize(("arguments", "told"), CANNOT.values(), ids=CANNOT)
def test_what_cannot_be_done_ends_with_status_2_and_one_plain_line(arguments, told):
    result = run(*arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert told in result.stderr
    assert len(result.stderr.strip().splitlines()) <= 2
    assert "Traceback" not in result.stderr
    assert isinstance(result.exception, SystemExit)


@pytest.mark.parametrize(
    "arguments",
    [
        ("query",),
        ("query", "--measure"),
        ("figure", "headline-savings", "--format", "gif"),
        ("nothing",),
        ("load",),
        ("releases", "--collection", "../elsewhere"),
        ("serve", "--port", "99999"),
    ],
)
def test_bad_arguments_end_with_status_2_and_say_how_to_get_help(arguments):
    result = run(*arguments)
    assert result.exit_code == 2
    assert "Error: " in result.stderr
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize("path", [(), *verbs(savings)], ids=" ".join)
def test_every_verb_has_help(path):
    result = run(*path, "--help")
    assert result.exit_code == 0
    assert result.stdout.startswith("Usage: ")
    description = result.stdout.split("\n\n")[1].strip()
    assert description.endswith(".")


@pytest.mark.parametrize("path", [(), *verbs(etl)], ids=" ".join)
def test_every_verb_of_the_etl_has_help(path):
    assert CliRunner().invoke(etl, [*path, "--help"]).exit_code == 0


def test_measures_dimensions_and_figures_list_all_that_is_declared():
    assert [row["id"] for row in json_from("measures", "--json")] == list(MEASURES)
    assert [row["id"] for row in json_from("dimensions", "--json")] == list(DIMENSIONS)
    assert [row["id"] for row in json_from("figures", "--json")] == list(FIGURES)


@pytest.mark.parametrize(
    ("verb", "declared"), [("measures", MEASURES), ("dimensions", DIMENSIONS), ("figures", FIGURES)]
)
def test_lists_in_words_have_a_line_for_each(verb, declared):
    lines = run(verb).stdout.splitlines()
    assert [text.split()[0].rstrip(":") for text in lines] == list(declared)


def test_every_measure_has_a_unit_and_a_definition():
    assert all(
        row["unit"] in UNITS and len(row["definition"]) > 40 and row["formula"]
        for row in json_from("measures", "--json")
    )


def test_releases_lists_manifests_and_marks_the_one_that_is_read(home):
    (manifest,) = json_from("releases", "--json", "--collection", "published")
    assert {"release", "collection", "content_hash", "lines", "returns", "built_at", "code_version"} <= manifest.keys()
    assert run("releases", "--collection", "published").stdout.startswith(f"* {manifest['release']}  ")
    assert json_from("releases", "show", manifest["release"], "--json", "--collection", "published") == manifest


def test_a_figure_as_json_has_its_words_its_rows_and_its_drawing():
    document = json_from("figure", "savings-by-skill-area", "--collection", "illustrative")
    keys = {"release", "caption", "columns", "rows", "left_out", "refused", "title", "headline", "alt", "drawing"}
    assert keys <= document.keys()
    assert document["illustrative"] is True
    assert document["drawing"]["data"]


def test_a_figure_as_csv_is_the_same_on_the_screen_and_in_a_file(tmp_path):
    arguments = ("figure", "savings-by-skill-area", "--format", "csv", "--collection", "published")
    shown = run(*arguments)
    written = run(*arguments, "--out", str(tmp_path / "figure.csv"))
    assert (tmp_path / "figure.csv").read_bytes() == shown.stdout_bytes
    assert (written.stdout, written.stderr) == ("", f"Wrote {tmp_path / 'figure.csv'}\n")
    rows = list(csv.DictReader(io.StringIO(shown.stdout_bytes.decode("utf-8-sig"))))
    assert [row["savings_achieved_gbp"] for row in rows] == ["120000.00", "895000.00"]


def test_a_figure_follows_the_stage_that_is_asked_for():
    document = json_from("figure", "savings-by-skill-area", "--where", "stage=identified", "--collection", "published")
    assert [row["savings_identified"] for row in document["rows"]] == ["6000000.00"]


def test_load_prints_the_manifest_and_a_load_that_held_lines_is_done(tmp_path):
    paths = write_returns(tmp_path / "sent", [line("fine"), line("large", project_ref="B", amount_gbp="900000000")])
    where = ("--home", str(tmp_path / "home"), "--collection", "programme")
    manifest = json_from("load", str(paths[0]), "--json", *where)
    assert manifest["lines"] == {"in": 2, "loaded": 1, "held": 1, "quarantined": 0, "ignored": 0}
    assert run("load", str(tmp_path / "sent"), *where).stdout.endswith(
        "2 lines in: 1 loaded, 1 held, 0 quarantined, 0 ignored\n"
    )


def test_a_file_that_cannot_be_read_is_named_with_what_to_do_and_nothing_is_published(tmp_path):
    paths = write_returns(tmp_path / "sent", [line("fine")], b"name,grade\nx,y\n")
    result = run("load", *map(str, paths), "--home", str(tmp_path / "home"), "--collection", "programme")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "Nothing was published. return-2.csv cannot be read: No column of amounts" in result.stderr
    assert run("releases", "--home", str(tmp_path / "home"), "--collection", "programme").exit_code == 2


def test_an_empty_folder_is_named(tmp_path):
    result = run("load", str(tmp_path), "--home", str(tmp_path / "home"))
    assert result.exit_code == 2
    assert "holds no return" in result.stderr


def test_the_programme_is_asked_where_it_has_a_release_and_the_published_outcomes_otherwise(tmp_path):
    home = tmp_path / "home"
    arguments = ("query", "--measure", "projects", "--json", "--home", str(home))
    assert json_from(*arguments)["collection"] == "published"
    loaded(home, write_returns(tmp_path / "sent", [line("a")]))
    assert json_from(*arguments)["collection"] == "programme"


def test_numbers_go_to_standard_output_and_words_about_them_to_standard_error(tmp_path):
    result = run("figure", "headline-savings", "--out", str(tmp_path / "x.json"))
    assert result.stdout == ""
    assert result.stderr.startswith("Wrote ")


WITHOUT_DASHBOARD = """
import sys

class Blocked:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in ("streamlit", "plotly", "dashboard"):
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)

sys.meta_path.insert(0, Blocked())
sys.argv = ["etl", *sys.argv[1:]]
import runpy
runpy.run_module("etl", run_name="__main__")
"""


@pytest.mark.parametrize("arguments", [("--help",), ("load", "SENT", "--home", "HOME", "--json")], ids=["help", "load"])
def test_the_etl_works_where_the_dashboard_is_not_installed(tmp_path, arguments):
    (path,) = write_returns(tmp_path / "sent", [line("a")])
    places = {"SENT": str(path), "HOME": str(tmp_path / "home")}
    command = [sys.executable, "-c", WITHOUT_DASHBOARD, *(places.get(text, text) for text in arguments)]
    done = subprocess.run(command, cwd=CHECKOUT, capture_output=True, text=True, timeout=30)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout
