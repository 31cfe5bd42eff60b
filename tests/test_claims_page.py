"""The page of claims: where it stands, what its cards say, and both sides of lines that contradict each other."""

import csv
import io
from decimal import Decimal

import pytest
from made_claims import register
from made_returns import line

from dashboard.figure import answer
from dashboard.outputs.files import csv_of, json_of
from dashboard.outputs.page_parts import cards
from dashboard.release import Release
from dashboard.selection import Selection
from dashboard.topics import FIGURES
from dashboard.topics.claims import CLAIMS

REGISTER, CONTRADICTING = (FIGURES[name] for name in ("published-claims", "claims-that-contradict-each-other"))
BIG = {"lead_council": "Birmingham City Council"}


@pytest.fixture(scope="module")
def claimed(release_of) -> Release:
    """A programme that brings a claim, with two lines of one project that cannot both hold, and a zero."""
    sides = [line(amount, project_ref="A", amount_gbp=amount, stage="projected", **BIG) for amount in ("600", "700")]
    alone = line("other", project_ref="B", amount_gbp="0", **BIG)
    large = line("large", project_ref="C", amount_gbp="9000000000", **BIG)
    return release_of([*sides, alone, large], register({}))


def test_the_register_stands_wherever_there_are_claims_and_nowhere_else(claimed, published, illustrative):
    for figure in CLAIMS.figures:
        assert [figure.suits(release) for release in (claimed, published, illustrative)] == [True, True, False]


def test_a_card_and_the_files_of_the_register_carry_the_verdict_and_the_reason(claimed):
    found = answer(REGISTER, claimed, Selection("programme"))
    (row,) = found.table.rows
    assert row["verdict"] == "not reproducible"
    assert row["because"].startswith("The ledger holds £0 of savings achieved, from 1 of 3 projects.")
    for document in (cards(found), csv_of(found).decode(), str(json_of(found))):
        assert row["verdict"] in document
        assert row["because"] in document


def test_nothing_saved_is_shown_as_zero_pounds_in_the_ledger(claimed):
    found = answer(REGISTER, claimed, Selection("programme"))
    assert found.table.rows[0]["ledger_gbp"] == Decimal(0)
    assert '<dt>In the ledger</dt><dd class="si-fact-ledger_gbp">£0</dd>' in cards(found)


def test_both_sides_of_a_contradiction_are_listed_and_what_is_held_for_its_size_is_not(claimed):
    rows = answer(CONTRADICTING, claimed, Selection("programme")).table.rows
    assert sorted(row["amount_contradicted"] for row in rows) == [600, 700]
    assert all("£600 and £700" in row["why"] for row in rows)


def test_the_published_lines_that_contradict_each_other_are_listed_as_stated_with_their_sources(published):
    found = answer(CONTRADICTING, published, Selection("published"))
    rows = list(csv.DictReader(io.StringIO(csv_of(found).decode("utf-8-sig"))))
    stated = sorted((row["amount_contradicted_gbp"], row["basis"]) for row in rows)
    assert stated == [("6000000.00", "per_year"), ("6000000.00", "total"), ("8300000.00", "total")]
    assert all(row["why"] and row["source_title"] for row in rows)


def test_an_amount_a_year_is_never_read_as_a_total_on_its_card(published):
    shown = cards(answer(CONTRADICTING, published, Selection("published")))
    assert shown.count('<p class="si-claim-amount">£6 million a year</p>') == 1
    assert shown.count('<p class="si-claim-amount">£6 million</p>') == 1
