"""The illustrative returns: made by their script to the byte, of the right number, marked on every line."""

import csv
import importlib
import re
import sys
from collections import Counter
from pathlib import Path

import pytest

from etl.columns import NAMES

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "data" / "illustrative"
REFERENCE = ROOT / "data" / "reference"


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def make():
    """The script, imported from its own folder, with nothing left behind for other tests."""
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(FOLDER))
        yield importlib.import_module("make")
    for name in ("make", "projects", "invented"):
        sys.modules.pop(name, None)


@pytest.fixture(scope="module")
def invented(make):
    return sys.modules["invented"]


@pytest.fixture(scope="module")
def rows() -> list[dict[str, str]]:
    return [row for path in sorted(FOLDER.glob("*.csv")) for row in rows_of(path)]


@pytest.fixture(scope="module")
def lines(rows: list[dict[str, str]]) -> list[dict[str, str]]:
    """The rows that are data: neither blank nor a total."""
    return [row for row in rows if row["project_ref"] not in ("", "Total")]


def test_the_committed_files_are_what_the_script_makes_byte_for_byte(make) -> None:
    assert {path.name: path.read_bytes() for path in FOLDER.glob("*.csv")} == make.files()


def test_the_script_makes_the_same_bytes_twice_in_one_run(make) -> None:
    assert make.files() == make.files()


def test_a_file_that_was_edited_is_named_as_differing(make) -> None:
    wanted = make.files()
    edited = {name: content + b"\n" if "2016" in name else content for name, content in wanted.items()}
    assert make.differing(edited) == ["ILLUSTRATIVE-returns-2016.csv"]


def test_there_is_one_return_for_each_round_from_2013_to_2020() -> None:
    names = sorted(path.name for path in FOLDER.glob("*.csv"))
    assert names == [f"ILLUSTRATIVE-returns-{year}.csv" for year in range(2013, 2021)]


def test_headings_are_the_canonical_columns_in_their_order() -> None:
    for path in FOLDER.glob("*.csv"):
        assert tuple(path.read_text("utf-8").splitlines()[0].split(",")) == NAMES


def test_there_are_240_projects_and_800_to_1200_lines(lines: list[dict[str, str]]) -> None:
    assert len({line["project_ref"] for line in lines}) == 240
    assert 800 <= len(lines) <= 1200


def test_each_grant_year_has_25_to_35_projects(lines: list[dict[str, str]]) -> None:
    grants = Counter(reference.split("-")[1] for reference in {line["project_ref"] for line in lines})
    assert sorted(grants) == [str(year) for year in range(2012, 2020)]
    assert all(25 <= count <= 35 for count in grants.values())


def test_every_line_says_illustrative_in_reference_title_source_and_notes(
    lines: list[dict[str, str]],
) -> None:
    for line in lines:
        assert re.fullmatch(r"ILLUSTRATIVE-20\d\d-\d{3}", line["project_ref"])
        assert line["project_title"].endswith("ILLUSTRATIVE")
        assert line["source_title"] == "ILLUSTRATIVE: made up, no council reported it"
        assert line["notes"].startswith("ILLUSTRATIVE: made up")


def test_every_line_stands_in_the_return_of_the_year_in_which_it_was_reported() -> None:
    for path in FOLDER.glob("*.csv"):
        dates = [row["reported_on"] for row in rows_of(path) if row["reported_on"]]
        assert {date[:4] for date in dates} == {path.stem[-4:]}


def test_every_lead_council_but_the_two_faults_exists_at_its_date(make, invented) -> None:
    councils = rows_of(REFERENCE / "councils.csv")
    code_of = {row["name"]: row["gss_code"] for row in councils}
    code_of |= {spelling: code for code, several in invented.SPELLINGS.items() for spelling in several}
    by_code = {row["gss_code"]: row for row in councils}
    unknown = set()
    for line in make.lines():
        council = by_code.get(code_of.get(line.cells["lead_council"], ""))
        if council is None:
            unknown.add(line.cells["lead_council"])
            continue
        day = f"{first_year(line.cells)}-04-01"
        assert council["start_date"] <= day <= (council["end_date"] or "9999")
    assert unknown == {"Newcastle", "Cardiff"}


def first_year(cells: dict[str, str]) -> int:
    """The year whose 1 April is the date concerned: of the benefit, else of the grant."""
    stated = cells.get("financial_year") or cells.get("period_start") or cells["grant_year"]
    return int(re.search(r"\d{4}", stated)[0])


def test_every_label_typed_maps_to_the_area_it_was_invented_for(invented) -> None:
    known = {row["label"]: row["skill_area"] for row in rows_of(REFERENCE / "skill_area_labels.csv")}
    known |= {row["label"].lower(): row["skill_area"] for row in rows_of(REFERENCE / "skill_areas.csv")}
    typed = {label.lower(): code for code, area in invented.AREAS.items() for label in area.typed}
    assert {label: known.get(label) for label in typed} == typed


def test_every_label_of_the_reference_is_lower_case_and_maps_to_one_known_area() -> None:
    labels = rows_of(REFERENCE / "skill_area_labels.csv")
    areas = {row["skill_area"] for row in rows_of(REFERENCE / "skill_areas.csv")}
    assert len({row["label"] for row in labels}) == len(labels)
    assert all(row["label"] == row["label"].lower() and row["skill_area"] in areas for row in labels)


def test_a_council_never_has_two_projects_of_one_title_but_for_the_declared_duplicates(make) -> None:
    references: dict[tuple[str, str], set[str]] = {}
    for line in make.lines():
        if line.fate == "loaded":
            key = (line.cells["lead_council"], line.cells["project_title"])
            references.setdefault(key, set()).add(line.cells["project_ref"])
    assert all(len(each) == 1 for each in references.values())


def test_revisions_stay_within_a_factor_of_three(make) -> None:
    amounts: dict[tuple, dict[str, int]] = {}
    for line in make.lines():
        if line.fate == "loaded" and line.pounds:
            names = (
                "project_ref",
                "kind",
                "stage",
                "financial_year",
                "period_start",
                "period_end",
                "cashability",
            )
            key = tuple(line.cells.get(name, "") for name in names)
            amounts.setdefault(key, {})[line.cells["reported_on"]] = line.pounds
    assert all(max(each.values()) <= 3 * min(each.values()) for each in amounts.values())


def test_the_readme_states_the_counts_of_every_return(make) -> None:
    text = (FOLDER / "README.md").read_text("utf-8")
    for name in make.files():
        year = int(name[-8:-4])
        fates = Counter(line.fate for line in make.lines() if line.round == year)
        counts = [fates["loaded"], fates["held"], fates["quarantined"], make.ignored(year)]
        assert f"| `{name}` | {' | '.join(map(str, [sum(counts), *counts]))} |" in text


def test_the_readme_states_the_loaded_lines_of_every_stage(make) -> None:
    text = (FOLDER / "README.md").read_text("utf-8")
    stages = Counter(line.cells["stage"] for line in make.lines() if line.fate == "loaded")
    assert all(re.search(rf"\| {stage} \| {count} \|", text) for stage, count in stages.items())
