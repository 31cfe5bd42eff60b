"""A large return is read in pieces and its lines are kept on disk, with the same outcome as whole and in memory."""

import io
import random
from functools import partial
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from made_returns import content_of, loaded, write_returns

from dashboard.release import open_release
from etl import staging
from etl.columns import NAMES
from etl.home import PROGRAMME, Place, shipped
from etl.large import read_large
from etl.read import ReadReturn, read_in_columns, read_in_pieces
from etl.readers.pieces import NotPlain

REFERENCE = shipped("reference")
LINES = 1_200
SIZES = (20_000, 33_333, 100_000)
COUNCILS = ("Leeds City Council", "Cornwall", "Adur and Worthing", "Nowhere Council", "E07000026")
AMOUNTS = ("1200", "£1.25m", "1.000", "", "TBC", "(500)", "35", "-£2k", " 17 ", "up to £5k")


def lines_of(seed: int, lines: int = LINES, **cells: str) -> list[dict[str, str]]:
    """Lines that are plain, with much that cannot be read, and no quotation mark."""
    chance = random.Random(seed)
    return [
        {
            "project_ref": f"PEP-{number:05}",
            "project_title": f" Project {number}",
            "skill_area": chance.choice(("Shared services", "governance", "Basket weaving")),
            "lead_council": chance.choice(COUNCILS),
            "kind": "efficiency saving",
            "stage": chance.choice(("achieved", "Projected ", "Achieved?")),
            "financial_year": chance.choice(("2014-15", "14/15", "2014", "")),
            "amount_gbp": chance.choice(AMOUNTS),
            "expert_days": "12" if number > lines * 0.9 else "",
            "net_or_gross": chance.choice(("net", "gross", "")),
            "notes": "Naïve" if number % 7 == 0 else "",
        }
        | cells
        for number in range(lines)
    ]


PLAIN = content_of(lines_of(1))
ROWS = PLAIN.decode().splitlines()


def with_line(text: str, place: int = 700) -> bytes:
    return "\n".join([*ROWS[:place], text, *ROWS[place:], ""]).encode()


BLANK = "," * (len(NAMES) - 1)
ACCEPTED = {
    "plain": PLAIN,
    "no line end at the end": PLAIN.rstrip(b"\n"),
    "blank lines at the end": PLAIN + b"\n\n  \n",
    "blank rows at the end": PLAIN + BLANK.encode() + b"\n",
    "a mark and other ends of lines": b"\xef\xbb\xbf" + PLAIN.replace(b"\n", b"\r\n"),
    "semicolons": PLAIN.replace(b",", b";"),
    "a column that nobody knows": PLAIN.replace(b"notes", b"ward"),
}
LEFT = {
    "quotation marks": with_line(ROWS[700].replace("PEP-", '"PEP-').replace(",", '",', 1)),
    "an uneven row": with_line("PEP-1,A title"),
    "a total": with_line("Total" + "," * 20 + "7.50" + "," * (len(NAMES) - 21)),
    "a blank row": with_line(BLANK),
    "a note": with_line("Source: the finance team" + BLANK),
    "a line of nobody": with_line(ROWS[700][ROWS[700].index(",") :]),
    "as above": with_line(ROWS[700].replace(ROWS[700].split(",")[3], "as above")),
    "another end of line": with_line(ROWS[700] + "\r"),
    "no UTF-8": with_line("PEP-1,\ufffd").replace("\ufffd".encode(), b"\xa3" + BLANK[1:].encode()),
    "a title row": b"Savings in 2014-15\n" + PLAIN,
    "a long line": PLAIN.replace(b"Project 900", b"Project 900" + b"x" * 200_000),
}


def in_pieces(content: bytes, size: int) -> ReadReturn:
    """The pieces of a file put together."""
    pieces = list(read_in_pieces(io.BytesIO(content), REFERENCE, size))
    assert len(pieces) > len(content) // size
    findings, before = [], 0
    for piece in pieces:
        findings += [one if one.line is None else one._replace(line=one.line + before) for one in piece.findings]
        before += piece.lines.num_rows
    ignored = [row for piece in pieces for row in piece.ignored]
    return ReadReturn(pieces[0].sheets, pa.concat_tables([one.lines for one in pieces]), ignored, findings)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", ACCEPTED)
def test_reading_in_pieces_gives_what_reading_whole_gives(name: str, size: int):
    content = ACCEPTED[name]
    whole, pieces = read_in_columns(content, REFERENCE), in_pieces(content, size)
    assert whole is not None
    assert pieces.lines.to_pylist() == whole.lines.to_pylist()
    assert (pieces.sheets, list(pieces.ignored), pieces.findings) == (whole.sheets, list(whole.ignored), whole.findings)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", LEFT)
def test_what_has_to_be_seen_whole_is_never_read_in_pieces(name: str, size: int):
    with pytest.raises(NotPlain):
        list(read_in_pieces(io.BytesIO(LEFT[name]), REFERENCE, size))


LARGE_RETURNS = {
    "nothing said of the sign": [PLAIN, content_of(lines_of(2, 900))],
    "most of it negative": [content_of(lines_of(3, amount_gbp="-700")), content_of(lines_of(4, 20))],
    "one that has to be read whole": [LEFT["a total"], content_of(lines_of(5))],
}


def released(home: Path, paths: list[Path]) -> dict[str, Any]:
    """What a load publishes: its content hash, and what it says of lines."""
    manifest = loaded(home, paths)
    release = open_release(home, PROGRAMME)
    found = {
        table: release.rows(f"select * from {table} order by all")
        for table in ("findings", "observations", "ignored_rows", "returns")
    }
    assert sorted(path.suffix for path in Place(home, PROGRAMME).releases.iterdir()) == [".duckdb", ".json"]
    return found | {"content_hash": manifest["content_hash"], "lines": manifest["lines"]}


@pytest.mark.parametrize("name", LARGE_RETURNS)
def test_a_release_of_large_returns_is_the_one_that_reading_whole_makes(tmp_path, monkeypatch, name: str):
    paths = write_returns(tmp_path / "sent", *LARGE_RETURNS[name], [*lines_of(6, 30)])
    whole = released(tmp_path / "whole", paths)
    monkeypatch.setattr(staging, "LARGE", 30_000)
    monkeypatch.setattr(staging, "read_large", partial(read_large, size=20_000))
    assert released(tmp_path / "pieces", paths) == whole
