"""Returns checked in a process of their own: what it answers, what bounds it, and that nothing of it stays."""

import json
import os
import subprocess
import sys
import tempfile
from decimal import Decimal
from pathlib import Path

import pytest
from made_returns import content_of, line

from dashboard import checking
from dashboard.checking import CannotCheck, Upload, check, empty_return, safe_name

FATES = ("loaded", "held", "quarantined", "ignored")
GOOD = Upload("good.csv", content_of([line("one"), line("two", project_ref="PEP-2014-002", amount_gbp="2,500.50")]))
MIXED = Upload(
    "mixed.csv",
    content_of(
        [
            line("fine", project_ref="PEP-2015-001"),
            line("vast", project_ref="PEP-2015-002", amount_gbp="9000000000"),
            line("unreadable", project_ref="PEP-2015-003", amount_gbp="n/a?"),
            line("nameless", project_ref="PEP-2015-004", lead_council="Newcastle"),
        ]
    )
    + b"\nTotal\n",
)


@pytest.fixture(autouse=True)
def scratch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where temporary folders of this test are made."""
    folder = tmp_path / "scratch"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


def test_every_line_has_one_fate_and_the_judgement_is_that_of_the_command_line(tmp_path: Path):
    checked = check([GOOD, MIXED], {})
    assert checked.lines["in"] == sum(checked.lines[fate] for fate in FATES)
    assert checked.files[0].lines == {"in": 2, "loaded": 2, "held": 0, "quarantined": 0, "ignored": 0}
    assert Decimal(checked.files[0].amount_gbp["loaded"]) == Decimal("102500.50")
    assert [checked.files[1].lines[fate] for fate in ("loaded", "held", "quarantined")] == [1, 1, 2]
    for file in (GOOD, MIXED):
        (tmp_path / file.name).write_bytes(file.content)
    asked = [sys.executable, "-m", "etl", "check", "--json", GOOD.name, MIXED.name]
    printed = subprocess.run(asked, cwd=tmp_path, capture_output=True, timeout=60)
    assert json.loads(printed.stdout) == json.loads(checked.document)


def test_the_page_to_send_back_names_the_file_and_what_was_found():
    page = check([Upload("Wörk & Pay.csv", MIXED.content)], {}).page.decode()
    assert page.startswith("<!DOCTYPE html>")
    assert "Wörk &amp; Pay.csv" in page
    assert "n/a?" in page


def test_an_empty_return_is_a_workbook_and_leaves_nothing_behind(scratch: Path):
    assert empty_return().startswith(b"PK")
    assert list(scratch.iterdir()) == []


def test_nothing_stays_in_the_temporary_folder(scratch: Path):
    check([GOOD], {})
    with pytest.raises(CannotCheck):
        check([GOOD], {"no_such_column": "x"})
    assert list(scratch.iterdir()) == []


def test_a_name_as_sent_is_shown_and_never_a_path(scratch: Path):
    names = [
        "../../outside.csv",
        "-rf.csv",
        "a <b> $x$ **c**.csv",
        "etl.py.csv",
        "r\u202egpj.csv",
        "same.csv",
        "same.csv",
    ]
    checked = check([Upload(name, GOOD.content) for name in names], {})
    assert [file.name for file in checked.files] == names
    assert not (scratch.parent / "outside.csv").exists()


@pytest.mark.parametrize(
    "name", ["", ".", "..", "/etc/passwd", "..\\x.csv", "a\0b.csv", "x" * 300 + ".csv", "\udcff.csv", "ß€" * 200]
)
def test_a_name_on_disk_is_plain_and_short(name: str):
    plain = safe_name(name)
    assert 1 <= len(plain.encode()) <= 250
    assert not set(plain) & set("/\\\0")
    assert plain not in (".", "..")


def test_a_file_that_is_no_table_is_a_problem_of_that_file_only():
    checked = check([Upload("picture.csv", b"\x89PNG\r\n\x1a\n\0\0\0"), GOOD], {})
    assert checked.files[0].problem
    assert checked.files[0].lines["in"] == 0
    assert checked.files[1].lines["loaded"] == 2


def test_a_program_among_the_files_is_not_run(scratch: Path):
    trace = scratch.parent / "ran"
    checked = check([Upload("etl.py", f"import pathlib; pathlib.Path({str(trace)!r}).touch()".encode())], {})
    assert checked.files[0].problem
    assert not trace.exists()


def test_a_statement_fills_what_is_absent():
    unstaged = {name: value for name, value in line("unstaged").items() if name != "stage"}
    file = Upload("unstaged.csv", ("\n".join([",".join(unstaged), ",".join(unstaged.values())])).encode())
    assert check([file], {}).lines["quarantined"] == 1
    checked = check([file], {"stage": "projected"})
    assert checked.lines["loaded"] == 1
    (row,) = checked.files[0].observations.rows
    assert (row["stage"], row["given"]) == ("projected", ["stage"])


def test_a_statement_that_cannot_be_used_is_named_in_a_plain_line(scratch: Path):
    with pytest.raises(CannotCheck, match="banana") as refused:
        check([GOOD], {"financial_year": "banana"})
    assert "Usage" not in str(refused.value)
    assert str(scratch) not in str(refused.value)


def test_rows_beyond_the_first_are_counted_and_stand_in_the_document():
    names = range(checking.MOST_SHOWN + 31)
    lines = [line(str(n), project_ref=f"PEP-2015-{n:04}", lead_council="Newcastle") for n in names]
    checked = check([Upload("long.csv", content_of(lines))], {})
    (file,) = checked.files
    for shown, name in ((file.findings, "findings"), (file.observations, "observations")):
        assert len(shown.rows) == checking.MOST_SHOWN
        assert shown.of == len(json.loads(checked.document)["files"][0][name]) >= len(lines)


def test_findings_that_set_a_line_aside_come_before_notes():
    lines = [line("noted", skill_area="basket weaving"), line("bad", project_ref="PEP-2014-002", amount_gbp="n/a?")]
    (file,) = check([Upload("two.csv", content_of(lines))], {}).files
    fates = [finding["fate"] for finding in file.findings.rows]
    assert fates == sorted(fates, key=lambda fate: fate is None)
    assert None in fates


def test_too_many_and_too_large_files_are_refused_before_they_are_written(
    monkeypatch: pytest.MonkeyPatch, scratch: Path
):
    monkeypatch.setattr(checking, "LARGEST_TOGETHER", 3 * len(GOOD.content))
    with pytest.raises(CannotCheck, match="together"):
        check([GOOD] * 4, {})
    with pytest.raises(CannotCheck, match="at once"):
        check([GOOD] * (checking.MOST_FILES + 1), {})
    monkeypatch.setattr(checking, "LARGEST_FILE", 10)
    with pytest.raises(CannotCheck, match=r"good\.csv is larger"):
        check([GOOD], {})


def test_a_check_that_takes_too_long_is_ended_and_cleared_away(monkeypatch: pytest.MonkeyPatch, scratch: Path):
    monkeypatch.setattr(checking, "SECONDS", 0.05)
    with pytest.raises(CannotCheck, match="took longer"):
        check([GOOD], {})
    assert list(scratch.iterdir()) == []


@pytest.mark.skipif(sys.platform != "linux", reason="the limits are Linux's")
def test_a_check_that_wants_too_much_memory_ends_with_a_plain_line(monkeypatch: pytest.MonkeyPatch, scratch: Path):
    monkeypatch.setattr(checking, "MEMORY", 200 * 1024**2)
    with pytest.raises(CannotCheck, match=r"more memory|without an answer"):
        check([GOOD], {})
    assert list(scratch.iterdir()) == []


def test_the_process_learns_no_secret_and_no_home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    monkeypatch.setenv("SECRET_KEY", "s")
    monkeypatch.setenv("SAVINGS_HOME", str(tmp_path))
    told = checking._environment(tmp_path / "own")
    assert not {"SECRET_KEY", "SAVINGS_HOME"} & set(told)
    assert told["HOME"] == told["TMPDIR"] == str(tmp_path / "own")
    assert os.environ.get("HOME") != told["HOME"]
