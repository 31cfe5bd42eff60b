"""Claims against the ledger: each verdict from a ledger made for it, none dropped, no unlike pounds added."""

import csv
import io

import pytest
from made_returns import line, loaded, write_returns

from dashboard.figure import answer
from dashboard.release import Release, open_release
from dashboard.selection import Selection
from dashboard.topics import FIGURES
from etl.claims import CLAIM_RULES
from etl.release import Unreadable

CLAIM = {
    "claim_ref": "C-1",
    "claim": "The programme saved £1m",
    "amount_gbp": "1000000",
    "bound": "exact",
    "count": "",
    "count_of": "",
    "period_start": "",
    "period_end": "",
    "scope": "programme",
    "counts": "outcome",
    "stage": "achieved",
    "kind": "efficiency_saving",
    "project_ref": "",
    "what_it_counts": "Savings.",
    "source_title": "A report",
    "source_url": "",
}
BIG = {"lead_council": "Birmingham City Council"}


def register(*claims: dict[str, str]) -> str:
    text = io.StringIO()
    writer = csv.DictWriter(text, list(CLAIM), lineterminator="\n")
    writer.writeheader()
    writer.writerows(CLAIM | {"claim_ref": f"C-{number}"} | claim for number, claim in enumerate(claims, 1))
    return text.getvalue()


def ledger(*amounts: str, **cells: str) -> list[dict[str, str]]:
    return [line(ref, project_ref=ref, amount_gbp=amount, **BIG, **cells) for ref, amount in zip("ABCDE", amounts)]  # noqa: B905


def verdicts(release: Release) -> dict[str, tuple[str, str]]:
    return {
        ref: (code, verdict)
        for ref, code, verdict in release.rows("select claim_ref, code, verdict from claims_register order by 1")
    }


CASES = {
    "the same": (ledger("400000", "600000"), {}, "same_amount"),
    "the same when rounded": (ledger("400000", "1030000"), {"amount_gbp": "1400000"}, "same_amount"),
    "over, and it is": (ledger("400000", "700000"), {"bound": "over"}, "same_amount"),
    "over, and it is not": (ledger("300000", "600000"), {"bound": "over"}, "ledger_below_it"),
    "less than exact": (ledger("300000"), {}, "ledger_below_it"),
    "more than exact": (ledger("900000", "700000"), {}, "ledger_above_it"),
    "more than almost": (ledger("900000", "700000"), {"bound": "almost"}, "ledger_above_it"),
    "within up to": (ledger("900"), {"bound": "up to"}, "same_amount"),
    "one is silent": (ledger("400000", ""), {}, "ledger_incomplete"),
    "more than exact though one is silent": (ledger("1600000", ""), {}, "ledger_above_it"),
    "in its years": (
        [*ledger("1000000", financial_year="2015-16"), *ledger("5000000", financial_year="2016-17")],
        {"period_start": "2015-16", "period_end": "2015-16"},
        "same_amount",
    ),
    "of one project": (ledger("1000000", "300"), {"project_ref": "A"}, "same_amount"),
    "savings and income as it says": (
        [*ledger("400000"), line("I", project_ref="A", kind="income generation", amount_gbp="600000", **BIG)],
        {"kind": "both"},
        "same_amount",
    ),
    "income is not in savings": (
        [*ledger("400000"), line("I", project_ref="A", kind="income generation", amount_gbp="600000", **BIG)],
        {},
        "ledger_below_it",
    ),
    "an amount a year is in no total": (ledger("1000000", basis="per year"), {}, "ledger_incomplete"),
    "no stage": (ledger("1000000"), {"stage": "unclear"}, "stage_not_stated"),
    "no kind": (ledger("1000000"), {"kind": "unclear"}, "kind_not_stated"),
    "no amount": (ledger("1000000"), {"amount_gbp": ""}, "no_amount"),
    "another strand": (ledger("1000000"), {"scope": "other strand"}, "other_scope"),
    "the whole sector": (ledger("1000000"), {"scope": "sector"}, "other_scope"),
    "an input": (ledger("1000000"), {"counts": "input"}, "not_an_outcome"),
    "a ratio": (ledger("1000000"), {"counts": "ratio"}, "not_an_outcome"),
}


@pytest.mark.parametrize(("sent", "claim", "code"), CASES.values(), ids=CASES)
def test_a_claim_is_held_to_the_ledger_by_the_first_rule_that_fits(release_of, sent, claim, code):
    release = release_of(sent, register(claim))
    ((found, verdict),) = verdicts(release).values()
    assert found == code
    assert CLAIM_RULES[code].startswith(verdict)


def test_every_rule_of_a_claim_is_tried():
    assert {code for _, _, code in CASES.values()} == CLAIM_RULES.keys()


def test_a_headline_larger_than_the_sum_of_its_rows_is_contradicted_with_both_numbers(release_of):
    release = release_of(ledger("40000", "60000"), register({"amount_gbp": "160000"}))
    ((verdict, because),) = release.rows("select verdict, because from claims_register")
    assert verdict == "contradicted"
    assert because == "The ledger holds £100,000 achieved, from 2 of 2 projects, which is less than the claim."


def test_stages_and_kinds_of_the_ledger_are_named_apart_never_added(release_of):
    sent = [*ledger("100"), line("p", project_ref="B", stage="projected", amount_gbp="200"),
            line("i", project_ref="C", kind="income generation", amount_gbp="400")]  # fmt: skip
    release = release_of(sent, register({"stage": "unclear"}))
    ((because,),) = release.rows("select because from claims_register")
    assert "savings achieved £100, savings projected £200, income achieved £400, from 3 projects." in because
    assert "700" not in because


def test_no_claim_of_the_published_collection_is_dropped_and_each_has_its_verdict_and_reason(published):
    found = answer(FIGURES["published-claims"], published, Selection("published"))
    assert len(found.table.rows) == 12
    for row in found.table.rows:
        assert row["verdict"] in ("reproduced", "not reproducible", "contradicted")
        assert row["because"].endswith(".")


def test_chosen_examples_reproduce_no_claim_about_the_programme(published):
    about = {row[0] for row in published.rows("select verdict from claims_register where scope = 'programme'")}
    assert about == {"not reproducible"}


@pytest.mark.parametrize(
    ("cell", "value", "says"),
    [
        ("stage", "hoped", "'hoped' is no stage of a claim. Write achieved, projected, identified, unclear"),
        ("counts", "", "'' is no counts of a claim"),
        ("bound", "about", "'about' is no bound of a claim"),
    ],
)
def test_a_claim_with_a_word_that_means_nothing_is_refused_by_its_row(tmp_path, cell, value, says):
    paths = write_returns(tmp_path / "sent", ledger("1"), register({cell: value}))
    with pytest.raises(Unreadable, match="row 2") as problem:
        loaded(tmp_path / "home", paths)
    assert says in str(problem.value)


def test_a_collection_may_bring_claims_of_its_own(tmp_path):
    loaded(tmp_path / "home", write_returns(tmp_path / "sent", ledger("1000000"), register({})))
    assert verdicts(open_release(tmp_path / "home", "programme")) == {"C-1": ("same_amount", "reproduced")}
