"""A person's decision on a held line, a return taken out, an earlier release: recorded, followed, never lost."""

from decimal import Decimal
from pathlib import Path

import pytest
from made_returns import line, quiet, standings, total, write_returns

from dashboard.measures import SAVINGS_ACHIEVED
from dashboard.release import Release, open_release
from etl import archive
from etl.archive import Decision
from etl.home import Place
from etl.release import NotHeld, NothingToLoad, decide, held_lines, load, rebuild, roll_back, withdraw

PAIR = [line("one", amount_gbp="100000"), line("other", amount_gbp="120000")]


@pytest.fixture
def place(tmp_path: Path) -> Place:
    place = Place(tmp_path / "home", "programme")
    load(place, write_returns(tmp_path / "sent", PAIR), {}, None, quiet)
    return place


def read(place: Place) -> Release:
    return open_release(place.home, place.collection)


def held(place: Place) -> list[str]:
    return [line_id for line_id, *_ in held_lines(place)]


def decided(place: Place, verdict: str, amount: Decimal | None = None, which: int = 0) -> Release:
    decide(place, Decision(held(place)[which], verdict, "It was confirmed.", None, amount), "an analyst", quiet)
    return read(place)


def test_an_accepted_line_counts_and_the_other_stays_held(place):
    release = decided(place, "accept")
    assert total(release, SAVINGS_ACHIEVED) == 100_000
    assert len(held(place)) == 1


def test_a_withdrawn_line_is_left_out_with_the_decision_as_its_reason(place):
    release = decided(place, "withdraw")
    assert release.rows("select standing, reason from observations where notes = 'one'") == [
        ("left_out", "decided_out")
    ]
    assert total(release, SAVINGS_ACHIEVED) in (None, 0)


def test_an_amended_line_counts_with_its_new_amount_and_keeps_the_amount_as_sent(place):
    release = decided(place, "amend", Decimal("110000.00"))
    assert total(release, SAVINGS_ACHIEVED) == 110_000
    assert release.rows("select amount_as_sent_gbp from observations where notes = 'one'") == [(Decimal("100000.00"),)]


def test_the_findings_of_a_decided_line_stay_as_remarks(tmp_path):
    place = Place(tmp_path / "home", "programme")
    load(place, write_returns(tmp_path / "sent", [line(basis="per year", amount_gbp="900000000")]), {}, None, quiet)
    release = decided(place, "accept")
    assert release.rows("select code, fate from findings") == [("magnitude_per_year", None)]


def test_accepting_both_lines_adds_both_as_the_person_said(place):
    decided(place, "accept")
    assert total(decided(place, "accept"), SAVINGS_ACHIEVED) == 220_000


def test_the_latest_decision_on_a_line_holds(place):
    line_id = held(place)[0]
    decided(place, "accept")
    decide(place, Decision(line_id, "withdraw", "It was not confirmed after all."), "an analyst", quiet)
    assert standings(read(place))["one"] == "decided_out"


def test_a_decision_survives_a_rebuild_from_the_archive_alone(place):
    release = decided(place, "accept")
    for path in place.releases.iterdir():
        path.unlink()
    assert rebuild(place, quiet)["release"] == release.id


def test_a_decision_survives_a_return_that_comes_later(place, tmp_path):
    decided(place, "accept")
    later = write_returns(tmp_path / "later", [line("more", project_ref="PEP-2014-002", amount_gbp="5000")])
    load(place, later, {}, None, quiet)
    assert total(read(place), SAVINGS_ACHIEVED) == 105_000


def test_a_line_that_nobody_holds_back_cannot_be_decided_on(place):
    with pytest.raises(NotHeld, match="No held line 'abc-1'"):
        decide(place, Decision("abc-1", "accept", "why"), "an analyst", quiet)
    assert archive.decisions(place) == []


def test_a_withdrawn_return_leaves_the_release_and_stays_in_the_archive(place):
    withdraw(place, "return-1.csv", "an analyst", "It was sent in error.", quiet)
    assert read(place).manifest["lines"]["in"] == 0
    assert len(list(place.returns.iterdir())) == 1


def test_a_return_that_is_not_there_cannot_be_withdrawn(place):
    with pytest.raises(NothingToLoad, match="names 0 returns"):
        withdraw(place, "elsewhere.csv", "an analyst", "why", quiet)


def test_readers_go_back_to_an_earlier_release_as_it_was(place):
    before = read(place).id
    decided(place, "accept")
    roll_back(place, before)
    assert read(place).id == before
    assert len(held(place)) == 2


def test_nobody_goes_back_to_a_release_that_never_was(place):
    with pytest.raises(NothingToLoad, match="There is no release 'x'"):
        roll_back(place, "x")
