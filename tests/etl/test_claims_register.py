"""Claims against the ledger: each verdict from a ledger made for it, none dropped, no unlike pounds added."""

import pytest
from made_claims import register
from made_returns import line, loaded, selected, write_returns

from dashboard.figure import answer
from dashboard.measures import SAVINGS_ACHIEVED
from dashboard.release import Release, open_release
from dashboard.selection import Selection
from dashboard.topics import FIGURES
from etl.claim_rules import CLAIM_RULES, CONTRADICTED, NOT_REPRODUCIBLE, REPRODUCED
from etl.release import Unreadable

BIG = {"lead_council": "Birmingham City Council"}
IN_2015 = {"period_start": "2015-16", "period_end": "2015-16"}
VERDICTS = {rule.id: rule.verdict for rule in CLAIM_RULES}


def ledger(*amounts: str, **cells: str) -> list[dict[str, str]]:
    """A project for each amount, A and B and so on."""
    return [line(ref, project_ref=ref, amount_gbp=amount, **BIG, **cells) for ref, amount in zip("ABCDE", amounts)]  # noqa: B905


def more(project: str, amount: str, **cells: str) -> dict[str, str]:
    return line(f"more of {project}", project_ref=project, amount_gbp=amount, **BIG, **cells)


def verdicts(release: Release) -> dict[str, tuple[str, str]]:
    return {
        ref: (code, verdict)
        for ref, code, verdict in release.rows("select claim_ref, code, verdict from claims_register order by 1")
    }


def because_of(release: Release) -> str:
    ((because,),) = release.rows("select because from claims_register")
    return because


INCOME = {"kind": "income generation"}
GRANTED = [*ledger("1", "1", grant_year="2014-15"), more("C", "1", grant_year="2015-16")]
COUNT = {"counts": "input", "amount_gbp": "", "stage": "unclear", "kind": "unclear"}
CASES = {
    "the same": (ledger("400000", "600000"), {}, "same_amount"),
    "the same when rounded": (ledger("400000", "1030000"), {"amount_gbp": "1400000"}, "same_amount"),
    "not the same when rounded": (ledger("400000", "1060000"), {"amount_gbp": "1400000"}, "ledger_above_it"),
    "a hundred millions are exact to the million": (ledger("60"), {"amount_gbp": "100000000"}, "ledger_below_it"),
    "over, and it is": (ledger("400000", "700000"), {"bound": "over"}, "same_amount"),
    "at least, and it is": (ledger("1000000"), {"bound": "at least"}, "same_amount"),
    "over, and it is not": (ledger("300000", "600000"), {"bound": "over"}, "ledger_below_it"),
    "less than exact": (ledger("300000"), {}, "ledger_below_it"),
    "more than exact": (ledger("900000", "700000"), {}, "ledger_above_it"),
    "almost, and it is": (ledger("960000"), {"bound": "almost"}, "same_amount"),
    "less than almost": (ledger("300000"), {"bound": "almost"}, "ledger_below_it"),
    "a little more than almost": (ledger("1000001"), {"bound": "almost"}, "ledger_above_it"),
    "more than up to": (ledger("1000001"), {"bound": "up to"}, "ledger_above_it"),
    "near up to": (ledger("960000"), {"bound": "up to"}, "same_amount"),
    "far within up to": (ledger("900"), {"bound": "up to"}, "well_within_it"),
    "one is silent": (ledger("400000", ""), {}, "ledger_incomplete"),
    "more than exact though one is silent": (ledger("1600000", ""), {}, "ledger_above_it"),
    "more than a floor though one is silent": (ledger("1600000", ""), {"bound": "over"}, "ledger_incomplete"),
    "part of it is held": (
        [*ledger("400000"), *(more("A", amount, financial_year="2016-17") for amount in ("600000", "700000"))],
        {},
        "ledger_incomplete",
    ),
    "part of it cannot be read": ([*ledger("400000"), more("A", "1.000")], {}, "ledger_incomplete"),
    "part of it is not known yet": (
        [*ledger("400000", financial_year="2015-16"), more("A", "", financial_year="2016-17")],
        {},
        "ledger_incomplete",
    ),
    "part of it is at no clear stage": (
        [*ledger("400000"), more("A", "600000", stage="unclear")],
        {},
        "ledger_incomplete",
    ),
    "part of it is of no one kind": ([*ledger("400000"), more("A", "600000", kind="both")], {}, "ledger_incomplete"),
    "an amount a year is in no total": (ledger("1000000", basis="per year"), {}, "ledger_incomplete"),
    "in its years": (
        [*ledger("1000000", financial_year="2015-16"), more("A", "5000000", financial_year="2016-17")],
        IN_2015,
        "same_amount",
    ),
    "over years that lie within its own": (
        ledger("1000000", period_start="2015-16", period_end="2017-18"),
        {"period_start": "2014-15", "period_end": "2017-18"},
        "same_amount",
    ),
    "part of it has no year": (
        [*ledger("400000", financial_year="2015-16"), more("A", "600000")],
        IN_2015,
        "ledger_incomplete",
    ),
    "part of it is over years that are partly its own": (
        [
            *ledger("400000", financial_year="2014-15"),
            *ledger("400000", financial_year="2015-16"),
            more("A", "600000", period_start="2015-16", period_end="2016-17", cashability="cashable"),
        ],
        IN_2015,
        "ledger_incomplete",
    ),
    "calendar years are no years of the ledger": (
        ledger("9000000"),
        {"period_start": "2012", "period_end": "2016"},
        "period_not_comparable",
    ),
    "of one project": (ledger("1000000", "300"), {"project_ref": "A"}, "same_amount"),
    "less than of one project": (ledger("300", "1000000"), {"project_ref": "A"}, "ledger_below_it"),
    "of a project that is silent": (ledger("300", ""), {"project_ref": "B"}, "ledger_incomplete"),
    "of a project that is not there": (ledger("1000000"), {"project_ref": "Z"}, "project_not_here"),
    "savings and income as it says": (
        [*ledger("400000"), more("A", "600000", **INCOME)],
        {"kind": "both"},
        "same_amount",
    ),
    "income is not in savings": ([*ledger("400000"), more("A", "600000", **INCOME)], {}, "ledger_below_it"),
    "another stage is not in it": ([*ledger("400000"), more("A", "600000", stage="projected")], {}, "ledger_below_it"),
    "no stage": (ledger("1000000"), {"stage": "unclear"}, "stage_not_stated"),
    "no kind": (ledger("1000000"), {"kind": "unclear"}, "kind_not_stated"),
    "no amount": (ledger("1000000"), {"amount_gbp": ""}, "no_amount"),
    "another strand": (ledger("1000000"), {"scope": "other strand"}, "other_scope"),
    "the whole sector": (ledger("1000000"), {"scope": "sector"}, "other_scope"),
    "an input": (ledger("1000000"), {"counts": "input"}, "not_an_outcome"),
    "a ratio": (ledger("1000000"), {"counts": "ratio", "count": "1", "count_of": "projects"}, "not_an_outcome"),
    "a count that the ledger does not keep": (GRANTED, COUNT | {"count": "12", "count_of": "days"}, "not_an_outcome"),
    "as many councils": (GRANTED, COUNT | {"count": "1", "count_of": "councils"}, "same_amount"),
    "fewer projects": (GRANTED, COUNT | {"count": "4", "count_of": "projects"}, "ledger_below_it"),
    "more grants a year": (
        GRANTED,
        COUNT | {"count": "1", "count_of": "grants a year", "bound": "up to"},
        "ledger_above_it",
    ),
    "as many grants as a year may see": (
        GRANTED,
        COUNT | {"count": "2", "count_of": "grants a year", "bound": "up to"},
        "same_amount",
    ),
    "a grant of no year": (
        [*GRANTED, more("D", "1")],
        COUNT | {"count": "2", "count_of": "grants a year"},
        "ledger_incomplete",
    ),
    "a count of a period": (
        GRANTED,
        COUNT | IN_2015 | {"count": "3", "count_of": "projects"},
        "period_not_comparable",
    ),
}


@pytest.mark.parametrize(("sent", "claim", "code"), CASES.values(), ids=CASES)
def test_a_claim_is_held_to_the_ledger_by_the_first_rule_that_fits(release_of, sent, claim, code):
    release = release_of(sent, register(claim))
    assert verdicts(release) == {"C-1": (code, VERDICTS[code])}
    assert because_of(release).endswith(".")


def test_every_rule_of_a_claim_is_tried():
    assert {code for _, _, code in CASES.values()} == VERDICTS.keys()


def test_a_headline_larger_than_the_sum_of_its_rows_is_contradicted_with_the_sum_and_its_base(release_of):
    release = release_of(ledger("40000", "60000"), register({"amount_gbp": "160000"}))
    assert verdicts(release) == {"C-1": ("ledger_below_it", CONTRADICTED)}
    assert because_of(release) == (
        "The ledger holds £100,000 of savings achieved, from 2 of 2 projects, which is less than the claim."
    )


def test_what_the_ledger_lacks_is_named_one_by_one(release_of):
    sent = [*ledger("400000", "", financial_year="2015-16"), more("A", "1.000", financial_year="2015-16")]
    assert because_of(release_of(sent, register(IN_2015))) == (
        "The ledger holds £400,000 of savings achieved in 2015-16, from 1 of 2 projects. It does not cover the claim: "
        "1 project stated no such amount; 2 lines that may belong to it are in no such total."
    )


def test_nothing_reported_is_no_amount_and_never_zero_pounds(release_of):
    release = release_of(ledger("400000", stage="projected"), register({}))
    assert because_of(release).startswith("The ledger holds no amount of savings achieved, from 0 of 1 project.")
    assert release.rows("select ledger_gbp from claims_register") == [(None,)]


def test_held_lines_contradict_no_claim_and_are_counted(release_of):
    held = [more("A", amount, financial_year="2016-17") for amount in ("6000000", "7000000")]
    release = release_of([*ledger("400000"), *held], register({"bound": "almost"}))
    assert verdicts(release) == {"C-1": ("ledger_incomplete", NOT_REPRODUCIBLE)}
    assert "2 lines that may belong to it are in no such total." in because_of(release)


def test_stages_and_kinds_of_the_ledger_are_named_apart_never_added(release_of):
    sent = [*ledger("100"), more("B", "200", stage="projected"), more("C", "400", **INCOME)]
    assert because_of(release_of(sent, register({"stage": "unclear", "kind": "unclear"}))) == (
        "Its wording names no stage, and stages are never added. The ledger holds £100 of savings achieved "
        "(1 project), £200 of savings projected (1 project), £400 of income achieved (1 project); it holds 3 projects."
    )


def test_a_claim_of_one_project_is_told_of_that_project_alone(release_of):
    release = release_of(ledger("100", "900"), register({"stage": "unclear", "project_ref": "A"}))
    assert "The ledger holds £100 of savings achieved (1 project) for project A." in because_of(release)


def test_pence_are_never_cut_from_what_the_ledger_holds(release_of):
    release = release_of(ledger("1000000.05"), register({"bound": "up to"}))
    assert because_of(release).startswith("The ledger holds £1,000,000.05 of savings achieved")


def test_the_amount_of_the_ledger_is_that_of_the_measure_of_the_same_name(release_of):
    sent = [*ledger("100", "200", financial_year="2015-16"), more("A", "700", financial_year="2016-17")]
    release = release_of(sent, register({}, IN_2015))
    for claim_ref, where in (("C-1", {}), ("C-2", {"financial_year": "2015-16"})):
        ((held,),) = release.rows("select ledger_gbp from claims_register where claim_ref = ?", [claim_ref])
        assert held == release.table((SAVINGS_ACHIEVED,), (), selected(**where)).rows[0][SAVINGS_ACHIEVED.id]


def test_a_count_that_a_claim_states_beside_its_amount_is_told_beside_that_of_the_ledger(release_of):
    release = release_of(ledger("1000000"), register({"count": "90", "count_of": "councils"}))
    assert because_of(release).endswith(" It counts 90 councils; the ledger holds 1 council, leads and partners.")


def test_a_count_is_compared_as_a_count_and_has_no_pounds(release_of):
    release = release_of(GRANTED, register(COUNT | {"count": "3", "count_of": "projects"}))
    found = release.rows("select verdict, because, ledger_gbp, ledger_count from claims_register")
    assert found == [(REPRODUCED, "The ledger holds 3 projects, which agrees with the claim.", None, 3)]


def test_no_claim_of_the_published_collection_is_dropped_and_each_has_its_verdict_and_reason(published):
    found = answer(FIGURES["published-claims"], published, Selection("published"))
    assert len(found.table.rows) == 12
    for row in found.table.rows:
        assert row["verdict"] in VERDICTS.values()
        assert row["because"].endswith(".")


def test_chosen_examples_reproduce_no_claim_about_the_programme(published):
    about = {row[0] for row in published.rows("select verdict from claims_register where scope = 'programme'")}
    assert about == {NOT_REPRODUCIBLE}


@pytest.mark.parametrize(
    ("cells", "says"),
    [
        ({"stage": "hoped"}, "'hoped' is no stage of a claim. Write achieved, projected, identified, unclear"),
        ({"counts": ""}, "'' is no counts of a claim"),
        ({"bound": "about"}, "'about' is no bound of a claim"),
        ({"claim_ref": ""}, "the claim_ref of a claim is empty"),
        ({"claim": " "}, "the claim of a claim is empty"),
        ({"amount_gbp": "NaN"}, "'NaN': amount_gbp and count of a claim are plain numbers"),
        ({"amount_gbp": "-1"}, "'-1': amount_gbp"),
        ({"amount_gbp": "9" * 16}, "plain numbers"),
        ({"count": "2.5"}, "'2.5' is no count of a claim"),
        ({"count": "3000000000"}, "'3000000000' is no count of a claim"),
        ({"period_start": "2015-16"}, "'2015-16' to '' is no period of a claim"),
        ({"period_start": "2015-16", "period_end": "2016"}, "is no period of a claim"),
        ({"period_start": "2016-17", "period_end": "2015-16"}, "is no period of a claim"),
        ({"period_start": "2015-17", "period_end": "2015-17"}, "is no period of a claim"),
    ],
    ids=lambda case: next(iter(case)) if isinstance(case, dict) else None,
)
def test_a_claim_that_cannot_be_understood_is_refused_by_its_row(tmp_path, cells, says):
    paths = write_returns(tmp_path / "sent", ledger("1"), register(cells))
    with pytest.raises(Unreadable, match="row 2") as problem:
        loaded(tmp_path / "home", paths)
    assert says in str(problem.value)


def test_a_reference_names_one_claim_so_that_none_is_lost_behind_another(tmp_path):
    twice = {"claim_ref": "C-1"}
    again = write_returns(tmp_path / "twice", ledger("1"), register(twice, twice))
    apart = write_returns(tmp_path / "apart", register(twice), register(twice, {"claim_ref": "C-2"}))
    for paths, row in ((again, 3), (apart, 2)):
        with pytest.raises(Unreadable, match=f"row {row}: 'C-1' names another claim too"):
            loaded(tmp_path / "home", paths)


def test_a_row_of_a_list_of_claims_that_ends_early_is_told_what_it_lacks(tmp_path):
    paths = write_returns(tmp_path / "sent", ledger("1"), register({}).rsplit(",exact", 1)[0])
    with pytest.raises(Unreadable, match="row 2: '' is no counts of a claim"):
        loaded(tmp_path / "home", paths)


def test_a_collection_may_bring_claims_of_its_own(tmp_path):
    loaded(tmp_path / "home", write_returns(tmp_path / "sent", ledger("1000000"), register({})))
    assert verdicts(open_release(tmp_path / "home", "programme")) == {"C-1": ("same_amount", REPRODUCED)}
