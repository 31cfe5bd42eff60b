"""Returns as councils send them, and hostile ones, each held to an expectation that was written by hand."""

from collections import Counter
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from returns.expected import BESIDE, FATES, RETURNS, expectation, mismatches, readings_of, sent_files, stated, tally

from etl.check import check
from etl.home import Place, shipped
from etl.release import load
from etl.staging import Unreadable

CHECKOUT = Path(__file__).resolve().parents[1]
pytestmark = pytest.mark.xdist_group("returns")
"""One worker of a parallel run checks every set once."""

GRAVER = {"loaded": 0, None: 0, "held": 1, "quarantined": 2}


@cache
def checked(name: str) -> dict[str, Any]:
    """What `savings check` says of a set."""
    written = expectation(name)
    return check(sent_files(name), written.get("given", {}), shipped("reference"), False)


def explained_codes() -> set[str]:
    rows = (shipped("reference") / "finding_codes.csv").read_text("utf-8").splitlines()
    rules = (CHECKOUT / "docs" / "rules.md").read_text("utf-8").split("`")[1::2]
    return {row.partition(",")[0] for row in rows} | set(rules)


@pytest.mark.parametrize("name", RETURNS)
def test_an_expectation_adds_up_in_itself(name):
    for file in expectation(name)["file"]:
        for reading in readings_of(file) if "lines" in file else []:
            assert tally(reading) == stated(reading), file["name"]


@pytest.mark.parametrize("name", RETURNS)
def test_a_return_gives_exactly_what_was_written_beside_it(name):
    written, document = expectation(name), checked(name)
    assert [file["file"] for file in document["files"]] == [file["name"] for file in written["file"]]
    found = {
        file["name"]: mismatches(file, answer) for file, answer in zip(written["file"], document["files"], strict=True)
    }
    assert {file: wrong for file, wrong in found.items() if wrong} == {}
    if "counting" in written:
        standings = [one["standing"] for file in document["files"] for one in file["observations"]]
        choice = written["counting"]
        assert standings.count("counts") in (choice if isinstance(choice, list) else [choice])


@pytest.mark.parametrize("name", RETURNS)
def test_every_line_of_a_return_ends_in_one_fate_to_the_penny(name):
    for file in checked(name)["files"]:
        lines, told = file["lines"], file["observations"]
        assert lines["in"] == sum(lines[fate] for fate in (*FATES, "ignored")), file["file"]
        assert {fate: lines[fate] for fate in FATES} == {
            fate: sum(one["fate"] == fate for one in told) for fate in FATES
        }, file["file"]
        assert lines["ignored"] == len(file["ignored_rows"]), file["file"]
        for fate in FATES:
            pounds = [Decimal(one["amount_gbp"]) for one in told if one["fate"] == fate and one["amount_gbp"]]
            assert Decimal(file["amount_gbp"][fate]) == sum(pounds, Decimal(0)), file["file"]
        if file["problem"]:
            assert lines["in"] == 0, file["file"]


@pytest.mark.parametrize("name", RETURNS)
def test_a_grave_finding_belongs_to_a_line_that_is_as_grave(name):
    for file in checked(name)["files"]:
        places: dict[tuple[str | None, int | None], int] = {}
        for one in file["observations"]:
            for place in ((one["sheet"], one["row"]), (one["sheet"], None), (None, None)):
                places[place] = max(places.get(place, 0), GRAVER[one["fate"]])
        for finding in file["findings"]:
            if finding["fate"]:
                place = (finding["sheet"], finding["row"])
                assert places.get(place, 0) >= GRAVER[finding["fate"]], (file["file"], finding)


def test_no_line_of_all_returns_is_lost_or_counted_twice():
    total = Counter()
    for name in RETURNS:
        document = checked(name)
        sums = Counter()
        for file in {file["sha256"]: file for file in reversed(document["files"])}.values():
            sums.update(file["lines"])
        assert dict(sums) == document["lines"], name
        total.update(document["lines"])
    assert total["in"] == total["loaded"] + total["held"] + total["quarantined"] + total["ignored"]
    assert min(total[fate] for fate in (*FATES, "ignored")) > 0


def test_every_code_that_any_return_draws_is_explained():
    files = [file for name in RETURNS for file in checked(name)["files"]]
    codes = {finding["code"] for file in files for finding in file["findings"]}
    codes |= {file["problem"]["code"] for file in files if file["problem"]}
    assert codes - explained_codes() == set()


def written_to(folder: Path, sent: list[tuple[str, bytes]]) -> list[Path]:
    folder.mkdir()
    for file, content in sent:
        (folder / file).write_bytes(content)
    return [folder / file for file, _ in sent]


def has_problem(name: str) -> bool:
    return any(file["problem"] for file in checked(name)["files"])


def test_loading_all_plain_returns_publishes_what_checking_said(tmp_path):
    plain = [name for name in RETURNS if not expectation(name).get("given") and not has_problem(name)]
    sent = [file for name in plain for file in sent_files(name)]
    said = check(sent, {}, shipped("reference"), False)["lines"]
    place = Place(tmp_path / "home", "programme")
    assert load(place, written_to(tmp_path / "sent", sent), {}, None, str)["lines"] == said


@pytest.mark.parametrize("name", [name for name in RETURNS if expectation(name).get("given")])
def test_loading_with_statements_publishes_what_checking_said(name, tmp_path):
    place, sent = Place(tmp_path / "home", "programme"), written_to(tmp_path / "sent", sent_files(name))
    assert load(place, sent, expectation(name)["given"], None, str)["lines"] == checked(name)["lines"]


def test_loading_publishes_nothing_while_a_file_has_a_problem(tmp_path):
    for name in filter(has_problem, RETURNS):
        place, sent = Place(tmp_path / name / "home", "programme"), tmp_path / name / "sent"
        sent.parent.mkdir()
        with pytest.raises(Unreadable):
            load(place, written_to(sent, sent_files(name)), {}, None, str)
        assert place.current() is None, name


def test_every_file_beside_the_expectations_is_held_to_one():
    used = {file.get("stored", file["name"]) for name in RETURNS for file in expectation(name)["file"]}
    present = {path.name for path in BESIDE.iterdir() if path.suffix not in (".toml", ".md", ".py") and path.is_file()}
    assert present == used
    assert [name for name in present if (BESIDE / name).stat().st_size > 60_000] == []
