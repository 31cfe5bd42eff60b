"""`savings releases diff`: a bridge between releases made by the real ETL, worked by hand and for made-up histories."""

import json
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from click.testing import CliRunner, Result
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from made_returns import Line, content_of, line, quiet, total

from dashboard.command import savings
from dashboard.measures import INCOME, SAVINGS
from dashboard.release import open_release
from etl import build, rules
from etl.archive import Decision, active
from etl.diff import NotComparable, difference, manifest_named
from etl.diff_words import difference_in_words
from etl.home import Place
from etl.release import NotHeld, decide, held_lines, load, roll_back, withdraw


class History:
    """A collection to which returns are sent, one after the other; each act gives the release it made."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.place, self.sent = folder, Place(folder / "home", "programme"), 0

    def send(self, *lines: Line) -> str:
        self.sent += 1
        path = self.folder / f"return-{self.sent}.csv"
        path.write_bytes(content_of(lines))
        return load(self.place, [path], {}, None, quiet)["release"]

    def withdraw(self, file: str) -> str:
        return withdraw(self.place, file, "an analyst", "It was sent in error.", quiet)["release"]

    def decide(self, line_id: str, verdict: str, amount: Decimal | None = None) -> str:
        decision = Decision(line_id, verdict, "It was confirmed.", None, amount)
        return decide(self.place, decision, "an analyst", quiet)["release"]

    def bridge(self, opening: str, closing: str, stage: str = "achieved", section: str = "totals") -> dict:
        document = difference(self.place, opening, closing)
        return next(bridge for bridge in document[section] if bridge["stage"] == stage)


@pytest.fixture
def history(tmp_path: Path) -> History:
    return History(tmp_path)


def parts(bridge: dict) -> dict[str, str]:
    """The parts of a bridge that hold pounds."""
    return {cause: part for cause, part in bridge["parts"].items() if Decimal(part)}


FIRST = (
    line("early", reported_on="2015-04-01", financial_year="2014-15"),
    line("plan", project_ref="PEP-2", stage="projected", financial_year="2015-16", amount_gbp="200000"),
    line("narrow", project_ref="PEP-3", financial_year="2014-15", amount_gbp="300000.10"),
    line("yearly", project_ref="PEP-4", basis="per year", amount_gbp="5000"),
    line("one", project_ref="PEP-5", amount_gbp="70000"),
    line("other", project_ref="PEP-5", amount_gbp="71000"),
)
SECOND = (
    line("late", reported_on="2016-04-01", financial_year="2014-15", amount_gbp="120000.55"),
    line("wide", project_ref="PEP-3", period_start="2013-14", period_end="2015-16", amount_gbp="900000"),
    line("more", project_ref="PEP-6", amount_gbp="0.01"),
)


def test_a_bridge_worked_by_hand(history):
    """400,000.10 = 100,000 + 300,000.10; then + 900,000.01 new, + 20,000.55 revised, - 300,000.10 superseded."""
    bridge = history.bridge(history.send(*FIRST), history.send(*SECOND))
    assert (bridge["opening_gbp"], bridge["opening_outcomes"]) == ("400000.10", 2)
    assert parts(bridge) == {"new": "900000.01", "revised": "20000.55", "superseded": "-300000.10"}
    assert (bridge["closing_gbp"], bridge["closing_outcomes"]) == ("1020000.56", 3)


def test_every_part_lists_projects_and_lines_with_their_old_and_new_value(history):
    bridge = history.bridge(history.send(*FIRST), history.send(*SECOND))
    (revised,) = [change for change in bridge["changes"] if change["cause"] == "revised"]
    assert (revised["project_ref"], revised["years"]) == ("PEP-2014-001", "2014-15")
    assert (revised["old_gbp"], revised["new_gbp"], revised["change_gbp"]) == ("100000.00", "120000.55", "20000.55")
    assert [one["place"] for one in revised["old_lines"]] == ["return-1.csv, row 2"]
    assert [(one["place"], one["amount_gbp"]) for one in revised["new_lines"]] == [("return-2.csv, row 2", "120000.55")]


def test_amounts_per_year_stand_apart_and_enter_no_total(history):
    before = history.send(*FIRST)
    after = history.send(line("more", project_ref="PEP-7", basis="per year", amount_gbp="900"))
    assert parts(history.bridge(before, after)) == {}
    yearly = history.bridge(before, after, section="per_year")
    assert (yearly["opening_gbp"], parts(yearly), yearly["closing_gbp"]) == ("5000.00", {"new": "900.00"}, "5900.00")


def test_a_corrected_stage_is_shown_in_both_stages(history):
    before = history.send(FIRST[1])
    history.withdraw("return-1.csv")
    after = history.send(FIRST[1] | {"stage": "achieved", "amount_gbp": "190000"})
    assert parts(history.bridge(before, after)) == {"moved_stage": "190000.00"}
    projected = history.bridge(before, after, "projected")
    assert parts(projected) == {"moved_stage": "-200000.00"}
    assert projected["changes"][0]["other_stage"] == "achieved"


def test_a_withdrawn_return_and_a_withdrawal_line_are_withdrawn(history):
    first = history.send(FIRST[0], FIRST[1])
    second = history.send(line("w", project_ref="PEP-2", stage="withdrawn", amount_gbp="", reported_on="2016-04-01"))
    assert parts(history.bridge(first, second, "projected")) == {"withdrawn": "-200000.00"}
    third = history.withdraw("return-1.csv")
    assert parts(history.bridge(second, third)) == {"withdrawn": "-100000.00"}


def test_a_decision_and_what_it_frees_are_decided(history):
    before = history.send(FIRST[4], FIRST[5])
    line_id = held_lines(history.place)[0][0]
    accepted = history.decide(line_id, "accept")
    assert parts(history.bridge(before, accepted)) == {"decided": "70000.00"}
    amended = history.decide(line_id, "amend", Decimal("65000.00"))
    assert parts(history.bridge(accepted, amended)) == {"decided": "-5000.00"}
    assert parts(history.bridge(amended, before)) == {"decided": "-65000.00"}


def test_a_report_that_contradicts_another_holds_it(history):
    before = history.send(line("a", financial_year="2014-15"))
    after = history.send(line("b", financial_year="2014-15", amount_gbp="110000"))
    assert parts(history.bridge(before, after)) == {"held": "-100000.00"}


def test_the_same_returns_read_by_another_threshold_are_repriced(history, monkeypatch):
    small = line("small", amount_gbp="50000000", basis="total")
    before = history.send(small)
    narrow = tuple(
        rules.Threshold(one.name, "0.01", one.meaning) if one.name == "total_limit" else one for one in rules.THRESHOLDS
    )
    monkeypatch.setattr(build, "THRESHOLDS", narrow)
    after = history.send(line("elsewhere", project_ref="PEP-9", amount_gbp="1000"))
    changed = {change["project_ref"]: change["cause"] for change in history.bridge(before, after)["changes"]}
    assert changed == {"PEP-2014-001": "repriced", "PEP-9": "new"}


def test_a_release_beside_itself_has_no_part(history):
    release = history.send(*FIRST)
    document = difference(history.place, release, release)
    assert [bridge["changes"] for bridge in (*document["totals"], *document["per_year"])] == [[]] * 3
    assert "No total changed." in difference_in_words(document)


def test_neither_release_is_changed_by_comparing_them(history):
    before, after = history.send(*FIRST), history.send(*SECOND)
    kept = {path.name: path.read_bytes() for path in history.place.releases.iterdir()}
    history.bridge(before, after)
    assert {path.name: path.read_bytes() for path in history.place.releases.iterdir()} == kept


def test_a_release_is_named_by_the_start_of_its_id_or_of_its_hash(history):
    release = history.send(FIRST[0])
    for name in (release, release[:14], release.removeprefix("programme-")[:4]):
        assert manifest_named(history.place, name)["release"] == release


@pytest.mark.parametrize(
    ("name", "told"), [("nothing", "There is no release 'nothing'"), ("programme-", "of 2 release")]
)
def test_a_name_of_no_release_or_of_several_is_refused(history, name, told):
    history.send(FIRST[0])
    history.send(FIRST[1])
    with pytest.raises(NotComparable, match=told):
        manifest_named(history.place, name)


def test_a_release_that_was_altered_is_not_compared(history):
    before, after = history.send(FIRST[0]), history.send(FIRST[1])
    path = history.place.releases / f"{before}.duckdb"
    path.write_bytes(path.read_bytes() + b"x")
    with pytest.raises(NotComparable, match="was altered on disk"):
        difference(history.place, before, after)


def run(history: History, *arguments: str) -> Result:
    where = ("--home", str(history.place.home), "--collection", "programme")
    return CliRunner().invoke(savings, ["releases", *arguments, *where])


def test_the_command_prints_the_bridge_in_words_and_as_json(history):
    before, after = history.send(*FIRST), history.send(*SECOND)
    result = run(history, "diff", before, after[:16])
    assert (result.exit_code, result.stderr) == (0, "")
    assert "    opening       £400,000.10  2 outcomes\n    new          +£900,000.01  reported" in result.stdout
    assert "revised: PEP-2014-001, 2014-15: £100,000.00 to £120,000.55 (return-2.csv, row 2)" in result.stdout
    document = json.loads(run(history, "diff", before, after, "--json").stdout)
    assert document == difference(history.place, before, after)


@pytest.mark.parametrize(
    ("arguments", "told"),
    [(("diff",), "Name two releases"), (("diff", "x"), "Name two releases"), (("diff", "x", "y"), "no release 'x'")],
)
def test_what_cannot_be_compared_ends_with_status_2_and_one_plain_line(history, arguments, told):
    history.send(FIRST[0])
    result = run(history, *arguments)
    assert (result.exit_code, result.stdout, len(result.stderr.splitlines())) == (2, "", 1)
    assert told in result.stderr


CELLS = {
    "project_ref": ["PEP-1", "PEP-2"],
    "stage": ["achieved", "achieved", "projected", "withdrawn"],
    "kind": ["saving", "saving", "income"],
    "financial_year": ["2014-15", "2015-16", ""],
    "amount_gbp": ["100000", "120000.55", "0.01", "9000000", "£100k", "TBC", "1.000"],
    "reported_on": ["", "2016-01-01", "2017-01-01"],
    "basis": ["total", "total", "per year"],
}
MADE_UP = st.fixed_dictionaries({name: st.sampled_from(cells) for name, cells in CELLS.items()}).map(
    lambda cells: line("", **cells)
)
ACTS = st.one_of(
    st.lists(MADE_UP, min_size=1, max_size=4),
    st.sampled_from(["withdraw", "accept", "take out", "amend", "back", "resubmit"]),
)


def act(history: History, what: Sequence[Line] | str, releases: list[str]) -> str | None:
    """Does one thing to a collection; the release that it made, or None if there was nothing to do."""
    if not isinstance(what, str):
        return history.send(*what)
    sent, held = active(history.place), held_lines(history.place)
    if what == "back":
        return roll_back(history.place, releases[0])["release"]
    if what in ("withdraw", "resubmit") and sent:
        gone = history.withdraw(sent[0].sha256)
        return history.send(line("again", amount_gbp="101000")) if what == "resubmit" else gone
    if what in ("accept", "take out", "amend") and held:
        verdict = {"take out": "withdraw"}.get(what, what)
        return history.decide(held[0][0], verdict, Decimal("99.99") if verdict == "amend" else None)
    return None


@pytest.mark.slow
@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(MADE_UP, min_size=1, max_size=4), st.lists(ACTS, min_size=1, max_size=3))
def test_bridges_over_any_history_add_up_to_the_penny(first, acts):
    with TemporaryDirectory() as folder:
        history = History(Path(folder))
        releases = [history.send(*first)]
        for what in acts:
            try:
                made = act(history, what, releases)
            except NotHeld:
                made = None
            releases += [made] if made else []
        for opening, closing in {(one, other) for one in releases for other in (releases[0], releases[-1])}:
            check_bridges(history.place, opening, closing)


def check_bridges(place: Place, opening: str, closing: str) -> None:
    """Opening and parts sum to the closing, and both ends are what the measures say of the releases."""
    document = difference(place, opening, closing)
    for bridge in (*document["totals"], *document["per_year"]):
        moved = sum(map(Decimal, bridge["parts"].values()), Decimal(bridge["opening_gbp"]))
        assert moved == Decimal(bridge["closing_gbp"])
        for cause, part in bridge["parts"].items():
            own = [Decimal(change["change_gbp"]) for change in bridge["changes"] if change["cause"] == cause]
            assert sum(own, Decimal(0)) == Decimal(part)
    for end, name in (("opening_gbp", opening), ("closing_gbp", closing)):
        release = open_release(place.home, place.collection, name)
        stated = {(one["stage"], one["kind"]): Decimal(one[end]) for one in document["totals"]}
        for measure in (*SAVINGS.values(), *INCOME.values()):
            assert (total(release, measure) or 0) == stated.get((measure.stage, measure.kind), 0)
