"""A release: what goes in comes out, the same returns give the same release, and nothing breaks one that is read."""

import csv
import io
import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest
from made_returns import content_of, line, loaded, quiet, standings, write_returns

from dashboard.release import Release, Unavailable, open_release
from etl.archive import active
from etl.home import CHECKOUT, ILLUSTRATIVE, Place
from etl.release import refresh_shipped
from etl.staging import Unreadable

TWO = ([line("a")], [line("b", project_ref="PEP-2014-002", amount_gbp="250000.10")])
HEADINGS = "project_ref,skill_area,lead_council,kind,stage,amount_gbp,notes\n"
ROW = "PEP-1,shared services,Leeds City Council,saving,achieved,{},{}\n"


def identity(manifest: dict) -> tuple[str, str]:
    return manifest["release"], manifest["content_hash"]


def snapshot_of(home: Path) -> dict[str, bytes]:
    """Every file of a home but the lock."""
    return {
        str(path.relative_to(home)): path.read_bytes()
        for path in home.rglob("*")
        if path.is_file() and path.name != ".lock"
    }


@pytest.mark.parametrize("collection", ["published", "illustrative"])
def test_every_line_that_goes_in_comes_out_with_one_fate(homes, collection):
    manifest = Place(homes, collection).current()
    lines = manifest["lines"]
    assert lines["in"] == lines["loaded"] + lines["held"] + lines["quarantined"] + lines["ignored"]
    for name in ("loaded", "held", "quarantined", "ignored"):
        assert lines[name] == sum(sent[name] for sent in manifest["returns"])


def test_every_row_of_every_illustrative_file_is_accounted_for(illustrative: Release):
    for sent in illustrative.manifest["returns"]:
        text = (CHECKOUT / "data" / ILLUSTRATIVE / sent["file"]).read_text("utf-8")
        rows = len(list(csv.reader(io.StringIO(text)))) - 1
        assert rows == sent["loaded"] + sent["held"] + sent["quarantined"] + sent["ignored"]


def test_readable_pounds_come_out_to_the_penny_whatever_their_fate(release_of):
    amounts = ["0.01", "£1,250.55", "£2.3m", "(500)", "1.000", "", "300000000"]
    release = release_of([line(text, project_ref=f"P{n}", amount_gbp=text) for n, text in enumerate(amounts)])
    by_fate = dict(release.rows("select fate, sum(amount_gbp) from observations group by fate"))
    assert by_fate == {"loaded": Decimal("2300750.56"), "held": Decimal(300_000_000), "quarantined": None}


def test_the_same_returns_in_another_home_another_order_and_another_folder_are_the_same_release(tmp_path):
    paths = write_returns(tmp_path / "sent", *TWO)
    copies = [(tmp_path / path.name) for path in paths]
    for path, copy in zip(paths, copies, strict=True):
        copy.write_bytes(path.read_bytes())
    first = loaded(tmp_path / "first", paths)
    assert identity(loaded(tmp_path / "second", paths[::-1])) == identity(first)
    assert identity(loaded(tmp_path / "third", copies)) == identity(first)


def test_loading_one_file_after_the_other_gives_the_release_of_both_at_once(tmp_path):
    paths = write_returns(tmp_path / "sent", *TWO)
    together = loaded(tmp_path / "together", paths)
    loaded(tmp_path / "apart", paths[1:])
    assert identity(loaded(tmp_path / "apart", paths[:1])) == identity(together)


def test_the_same_files_again_change_nothing_on_disk(tmp_path):
    paths = write_returns(tmp_path / "sent", *TWO)
    loaded(tmp_path / "home", paths)
    before = snapshot_of(tmp_path / "home")
    loaded(tmp_path / "home", paths)
    assert snapshot_of(tmp_path / "home") == before


def test_the_same_bytes_under_another_name_change_nothing(tmp_path):
    (path,) = write_returns(tmp_path / "sent", TWO[0])
    first = loaded(tmp_path / "home", [path])
    copy = path.with_name("copy of return.csv")
    copy.write_bytes(path.read_bytes())
    assert identity(loaded(tmp_path / "home", [copy, path])) == identity(first)


def test_one_penny_makes_another_release_and_the_old_one_stays(tmp_path):
    before = loaded(tmp_path / "home", write_returns(tmp_path / "a", [line("a")]))
    place = Place(tmp_path / "home", "programme")
    after = loaded(tmp_path / "home", write_returns(tmp_path / "b", [line("a", amount_gbp="100000.01", kind="income")]))
    assert after["content_hash"] != before["content_hash"]
    assert place.current()["release"] == after["release"]
    assert open_release(tmp_path / "home", "programme", before["release"]).manifest == before


def test_the_content_hash_says_nothing_of_who_when_and_which_code(tmp_path, monkeypatch):
    paths = write_returns(tmp_path / "sent", *TWO)
    first = loaded(tmp_path / "first", paths)
    monkeypatch.setattr("etl.release.code_version", lambda: "another")
    second = loaded(tmp_path / "second", paths)
    assert second["code_version"] == "another"
    assert identity(second) == identity(first)


@pytest.mark.parametrize(
    "content",
    [b"", b"\xff\xfe\x00bad", HEADINGS.encode(), b'a,"b\n', b"name,grade\nx,y\n", HEADINGS.encode() + b"\x00\n"],
    ids=["empty", "not UTF-8", "no line", "broken quotes", "no amounts", "NUL bytes"],
)
def test_a_file_that_cannot_be_read_publishes_and_archives_nothing(tmp_path, content):
    loaded(tmp_path / "home", write_returns(tmp_path / "a", [line("a")]))
    before = snapshot_of(tmp_path / "home")
    paths = write_returns(tmp_path / "sent", [line("new", project_ref="NEW")], content)
    with pytest.raises(Unreadable, match=r"^return-2\.csv cannot be read: "):
        loaded(tmp_path / "home", paths)
    assert snapshot_of(tmp_path / "home") == before


def test_all_unreadable_files_are_named_at_once(tmp_path):
    paths = write_returns(tmp_path / "sent", b"", [line("a")], b"name,grade\nx,y\n")
    with pytest.raises(Unreadable) as problem:
        loaded(tmp_path / "home", paths)
    found = {file: one.code for file, one in problem.value.problems}
    assert found == {"return-1.csv": "no_lines", "return-3.csv": "no_amount_column"}


MIXED = (
    "\n"
    + HEADINGS
    + ROW.format(1000, "first")
    + "\n"
    + HEADINGS
    + ROW.format(2000, '"over\ntwo lines"').replace("PEP-1", "PEP-2")
    + "Total,,,,,3000,\n"
    + "Source: the finance team,,,,,,\n"
    + ROW.format(4000, "last").replace("PEP-1", "PEP-3")
    + "\n\n"
)


@pytest.fixture(scope="module")
def mixed(release_of: Callable[..., Release]) -> Release:
    """A return with a blank first row, a blank row, headings again, a total, a note, and blank rows at its end."""
    return release_of(MIXED)


def test_blank_rows_totals_notes_and_repeated_headings_are_ignored_and_counted(mixed):
    assert mixed.rows("select row, reason from ignored_rows order by row") == [
        (4, "blank"),
        (5, "heading"),
        (7, "total"),
        (8, "note"),
    ]
    assert mixed.manifest["lines"] == {"in": 7, "loaded": 3, "held": 0, "quarantined": 0, "ignored": 4}


def test_rows_are_numbered_as_a_person_sees_them(mixed):
    assert mixed.rows("select row, notes from observations order by row") == [
        (3, "first"),
        (6, "over\ntwo lines"),
        (9, "last"),
    ]


def test_a_project_that_is_called_total_something_is_not_taken_for_a_total(release_of):
    release = release_of([line("a", project_ref="TOTAL")])
    assert standings(release) == {"a": "counts"}


def test_reading_does_not_change_a_release(published):
    before = published.path.read_bytes()
    published.rows("select count(*) from observations")
    open_release(published.path.parents[2], "published")
    assert published.path.read_bytes() == before


@pytest.mark.parametrize("place", [0, 5000, -1])
def test_a_release_with_one_byte_altered_is_refused(tmp_path, place):
    manifest = loaded(tmp_path / "home", write_returns(tmp_path / "sent", *TWO))
    path = Place(tmp_path / "home", "programme").releases / f"{manifest['release']}.duckdb"
    content = bytearray(path.read_bytes())
    content[place] ^= 1
    path.write_bytes(content)
    with pytest.raises(Unavailable, match="was altered on disk"):
        open_release(tmp_path / "home", "programme")


def test_a_release_that_is_not_there_is_named(homes):
    with pytest.raises(Unavailable, match=r"There is no release 'published-000' in published\. See: savings releases"):
        open_release(homes, "published", "published-000")
    with pytest.raises(Unavailable, match=r"'programme' has no release yet\. Load returns with: savings load FILE"):
        open_release(homes, "programme")


@pytest.mark.parametrize("name", ["../published-000", "/etc/passwd", "published-%", ""])
def test_a_release_is_never_looked_for_outside_its_folder(homes, name):
    if name:
        with pytest.raises(Unavailable):
            open_release(homes, "published", name)
    else:
        assert open_release(homes, "published", name).id == Place(homes, "published").current()["release"]


@pytest.mark.parametrize(
    "statement",
    [
        "create table t (x integer)",
        "delete from observations",
        "copy observations to '{home}/out.csv'",
        "select * from read_csv('{home}/published/current.json')",
        "select * from read_text('/etc/hostname')",
        "attach '{home}/other.duckdb'",
        "install httpfs",
        "load httpfs",
        "set enable_external_access = true",
        "set memory_limit = '64GB'",
        "pragma enable_profiling",
    ],
)
def test_the_reader_can_neither_write_nor_reach_outside(published, homes, statement):
    with pytest.raises(duckdb.Error):
        published.rows(statement.format(home=homes))
    assert not (homes / "out.csv").exists()


def test_two_loads_at_once_both_arrive(tmp_path):
    home = tmp_path / "home"
    paths = write_returns(tmp_path / "sent", *TWO)
    command = [sys.executable, "-m", "etl", "load", "--home", str(home), "--collection", "programme"]
    running = [subprocess.Popen([*command, str(path)], cwd=CHECKOUT, stdout=subprocess.DEVNULL) for path in paths]
    assert [process.wait(30) for process in running] == [0, 0]
    assert identity(Place(home, "programme").current()) == identity(loaded(tmp_path / "other", paths))


KILLED = """
import sys, time
from pathlib import Path
from etl.home import Place
from etl.release import load

def progress(step):
    if step == sys.argv[3]:
        print("reached", flush=True)
        time.sleep(60)

load(Place(Path(sys.argv[1]), "programme"), [Path(sys.argv[2])], {}, None, progress)
"""


@pytest.mark.slow
@pytest.mark.parametrize("step", ["reading returns", "judging lines", "publishing"])
def test_a_load_that_is_killed_leaves_the_old_release_readable_and_no_trace(tmp_path, step):
    home, (first, second) = tmp_path / "home", write_returns(tmp_path / "sent", *TWO)
    before = loaded(home, [first])
    files = snapshot_of(home)
    arguments = [sys.executable, "-c", KILLED, str(home), str(second), step]
    with subprocess.Popen(arguments, cwd=CHECKOUT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout.readline() == "reached\n"
        os.kill(process.pid, signal.SIGKILL)
    assert standings(open_release(home, "programme")) == {"a": "counts"}
    assert {name: content for name, content in snapshot_of(home).items() if "building" not in name} == files
    assert identity(loaded(home, [first])) == identity(before)
    assert snapshot_of(home) == files
    assert identity(loaded(home, [second])) == identity(loaded(tmp_path / "other", [first, second]))


@pytest.mark.parametrize("fault", ["altered", "gone"])
def test_an_archived_return_that_was_tampered_with_stops_the_next_load(tmp_path, fault):
    home = tmp_path / "home"
    manifest = loaded(home, write_returns(tmp_path / "a", [line("a")]))
    (archived,) = Place(home, "programme").returns.iterdir()
    archived.write_bytes(b"x") if fault == "altered" else archived.unlink()
    with pytest.raises(ValueError, match=r"return-1\.csv .* is missing or was altered"):
        loaded(home, write_returns(tmp_path / "b", [line("b", project_ref="B")]))
    assert Place(home, "programme").current() == manifest


def test_the_archive_keeps_the_bytes_as_they_were_sent(tmp_path):
    sent = b"\xef\xbb\xbf" + content_of([line("a")]).replace(b"\n", b"\r\n")
    manifest = loaded(tmp_path / "home", write_returns(tmp_path / "sent", sent))
    (described,) = manifest["returns"]
    assert (Place(tmp_path / "home", "programme").returns / described["sha256"]).read_bytes() == sent
    assert (described["file"], described["loaded"]) == ("return-1.csv", 1)


def test_the_journal_says_who_sent_what_and_when(tmp_path):
    loaded(tmp_path / "home", write_returns(tmp_path / "sent", [line("a")]))
    ((event,),) = [json.loads(text) for text in Place(tmp_path / "home", "programme").journal.read_text().splitlines()]
    assert event.keys() == {"event", "return", "file", "given", "by", "at"}
    assert (event["event"], event["file"]) == ("received", "return-1.csv")


def test_a_later_edition_of_a_shipped_collection_takes_the_place_of_the_earlier(tmp_path):
    place = Place(tmp_path / "home", "published")
    write_returns(tmp_path / "shipped", [line("old")], [line("kept", project_ref="KEPT")])
    refresh_shipped(place, tmp_path / "shipped", quiet)
    write_returns(tmp_path / "shipped", [line("new", amount_gbp="1000")])
    manifest = refresh_shipped(place, tmp_path / "shipped", quiet)
    assert standings(open_release(place.home, "published")) == {"new": "counts", "kept": "counts"}
    assert (manifest["lines"]["in"], len(active(place)), len(list(place.returns.iterdir()))) == (2, 2, 3)


def test_refreshing_a_shipped_collection_that_has_not_changed_builds_nothing(homes):
    steps: list[str] = []
    before = snapshot_of(homes)
    refresh_shipped(Place(homes, "published"), CHECKOUT / "data" / "published", steps.append)
    assert steps == []
    assert snapshot_of(homes) == before
