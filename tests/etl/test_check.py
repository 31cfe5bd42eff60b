"""`savings check`: the same judgement as loading, as a document, with nothing stored."""

from decimal import Decimal
from pathlib import Path

import pytest
from made_returns import content_of, line

from etl.check import check
from etl.home import ILLUSTRATIVE, PUBLISHED, shipped

FILE = {
    "file", "sha256", "problem", "given", "sheets", "lines", "unknown_amounts", "amount_gbp", "ignored_rows",
    "findings", "observations",
}  # fmt: skip
OBSERVATION = {
    "line_id", "sheet", "row", "column", "fate", "standing", "project_ref", "lead_council", "partner_councils",
    "skill_area", "skill_area_label", "grant_year", "financial_year", "period_start", "period_end", "kind", "stage",
    "basis", "recurrence", "cashability", "net_or_gross", "attribution_share", "evidence_grade", "reported_on",
    "publishable", "amount_gbp", "amount_low_gbp", "amount_high_gbp", "given",
}  # fmt: skip


def checked(*returns, publishable: bool = False):
    files = [(f"{number}.csv", content_of(one)) for number, one in enumerate(returns, 1)]
    return check(files, {}, shipped("reference"), publishable)


def shipped_files(name: str) -> list[tuple[str, bytes]]:
    return [(path.name, path.read_bytes()) for path in sorted(shipped(name).glob("*.csv"))]


def test_the_document_has_the_promised_keys():
    document = checked([line()])
    assert document.keys() == {"files", "lines"}
    (file,) = document["files"]
    assert file.keys() == FILE
    assert file["observations"][0].keys() == OBSERVATION


@pytest.mark.parametrize("name", [PUBLISHED, ILLUSTRATIVE])
def test_checking_says_what_loading_does(name, request):
    release = request.getfixturevalue(name)
    document = check(shipped_files(name), {}, shipped("reference"), publishable=True)
    assert document["lines"] == release.manifest["lines"]
    stated = [
        (one["line_id"], one["fate"], one["standing"]) for file in document["files"] for one in file["observations"]
    ]
    loaded = release.rows("select line_id, fate, standing from observations")
    assert sorted(stated, key=str) == sorted(loaded, key=str)


@pytest.mark.parametrize("name", [PUBLISHED, ILLUSTRATIVE])
def test_every_line_of_every_file_ends_in_one_fate(name):
    for file in check(shipped_files(name), {}, shipped("reference"), publishable=True)["files"]:
        fates = file["lines"]
        assert fates["in"] == fates["loaded"] + fates["held"] + fates["quarantined"] + fates["ignored"]
        assert len(file["observations"]) == fates["in"] - fates["ignored"]
        assert len(file["ignored_rows"]) == fates["ignored"]


@pytest.mark.parametrize("name", [PUBLISHED, ILLUSTRATIVE])
def test_the_pounds_of_each_fate_are_those_of_its_lines(name):
    for file in check(shipped_files(name), {}, shipped("reference"), publishable=True)["files"]:
        for fate, stated in file["amount_gbp"].items():
            lines = [one for one in file["observations"] if one["fate"] == fate]
            assert Decimal(stated) == sum((Decimal(one["amount_gbp"] or 0) for one in lines), Decimal(0))


def test_years_are_written_as_years_and_councils_as_codes():
    (file,) = checked([line(financial_year="14/15", partner_councils="Wakefield")])["files"]
    (one,) = file["observations"]
    assert (one["financial_year"], one["period_start"]) == ("2014-15", None)
    assert (one["lead_council"], one["partner_councils"]) == ("E08000035", ["E08000036"])


def test_a_quarantined_line_is_listed_with_null_where_it_could_not_be_read():
    (file,) = checked([line(amount_gbp="1.000")])["files"]
    (one,) = file["observations"]
    assert (one["fate"], one["standing"], one["amount_gbp"]) == ("quarantined", None, None)
    (finding,) = file["findings"]
    assert (finding["code"], finding["row"], finding["column"], finding["found"]) == (
        "amount_ambiguous", 2, "amount_gbp", "1.000",
    )  # fmt: skip


def test_a_file_that_cannot_be_read_is_named_and_the_others_are_judged():
    broken, good = checked(b"\xff\xfe\x00", [line()])["files"]
    assert broken["problem"]["code"] == "unreadable"
    assert broken["lines"] == {"in": 0, "loaded": 0, "held": 0, "quarantined": 0, "ignored": 0}
    assert good["lines"]["loaded"] == 1


def test_checking_writes_nothing(tmp_path: Path, monkeypatch):
    monkeypatch.setenv("SAVINGS_HOME", str(tmp_path / "home"))
    checked([line()])
    assert not (tmp_path / "home").exists()
