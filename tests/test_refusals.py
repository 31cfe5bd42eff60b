"""Only like is added to like: every pair of sorts, every forbidden question, and what is offered instead."""

from dataclasses import replace
from itertools import product

import pytest
from made_returns import line, selected

from dashboard.dimensions import DIMENSIONS
from dashboard.measures import MEASURES, STAGES, Measure
from dashboard.query import refuse
from dashboard.refusals import REFUSALS, Refused, Sort, clash, is_in_pounds, refuse_sum, sort_of
from dashboard.selection import Selection, selection_of

ALIKE = Sort("achieved", ("efficiency_saving",), collection="programme")
VALUES = {
    "stage": (*STAGES, None),
    "kinds": (("efficiency_saving",), ("income_generation",), ("both",), ("unclear",)),
    "basis": ("total", "per_year", "unclear", "in_year_new", "in_year_continuing", "in_year_cumulative"),
    "net": ("as_reported", "net", "gross", "net_of_cost"),
    "prices": ("cash", "2015-16", "2024-25", "present_value"),
    "collection": ("programme", "published", "illustrative"),
}
CODES = {
    "stage": {"stages_added"},
    "kinds": {"kinds_added"},
    "basis": {"bases_added", "years_counted_again"},
    "net": {"net_and_gross_added"},
    "prices": {"prices_added"},
    "collection": {"collections_added"},
}
PAIRS = [(name, one, other) for name, values in VALUES.items() for one, other in product(values, repeat=2)]
POUNDS = [measure for measure in MEASURES.values() if is_in_pounds(measure)]


@pytest.mark.parametrize(("name", "one", "other"), PAIRS, ids=str)
def test_two_amounts_are_added_only_if_they_are_of_one_sort(name, one, other):
    code = clash(replace(ALIKE, **{name: one}), replace(ALIKE, **{name: other}))
    assert code is None if one == other else code in CODES[name]


@pytest.mark.parametrize("measure", POUNDS, ids=lambda measure: measure.id)
def test_no_two_measures_are_added_and_each_refusal_names_what_can_be_asked(measure):
    for other in POUNDS:
        refused = refuse_sum((measure, other))
        assert refused.code in REFUSALS
        assert str(refused).endswith(REFUSALS[refused.code])
        assert {measure.id, other.id} <= set(refused.instead) <= MEASURES.keys()


@pytest.mark.parametrize(
    ("names", "code", "first"),
    [
        (("savings_achieved", "savings_projected"), "stages_added", "savings_achieved"),
        (("savings_achieved", "income_achieved"), "kinds_added", "savings_and_income_achieved"),
        (("net_savings_achieved", "gross_savings_achieved"), "net_and_gross_added", "net_savings_achieved"),
        (("new_savings_achieved", "continuing_savings_achieved"), "years_counted_again", "cumulative_savings_achieved"),
        (("savings_achieved", "cumulative_savings_achieved"), "years_counted_again", "savings_achieved"),
        (("savings_achieved", "present_value_savings_achieved"), "prices_added", "savings_achieved"),
        (("savings_achieved", "savings_achieved"), "counted_twice", "savings_achieved"),
        (("savings_achieved", "matched_savings_achieved"), "counted_twice", "savings_achieved"),
        (("savings_achieved", "projects"), "not_in_pounds", "savings_achieved"),
        (("median_savings_achieved", "savings_achieved"), "not_in_pounds", "median_savings_achieved"),
    ],
)
def test_a_sum_is_refused_with_its_own_reason_and_the_total_that_was_meant_comes_first(names, code, first):
    refused = refuse_sum([MEASURES[name] for name in names])
    assert (refused.code, refused.instead[0]) == (code, first)


def test_the_prices_asked_for_are_part_of_the_sort():
    measure = MEASURES["savings_achieved"]
    assert clash(sort_of(measure), sort_of(measure, "2024-25")) == "prices_added"
    assert clash(sort_of(measure, None, "published"), sort_of(measure, None, "illustrative")) == "collections_added"


ODD = {
    "price_base_needed": ("present_value_savings_achieved", (), {}),
    "not_in_prices": ("savings_and_income_achieved_per_pound_of_grant", (), {"real": "2024-25"}),
    "part_of_a_project": ("savings_and_income_achieved_per_pound_of_cost", ("financial_year",), {}),
    "sides_would_not_match": ("savings_delivery_rate", ("evidence_grade",), {}),
    "no_single_value": ("projects", ("cashability",), {}),
    "not_of_this_measure": ("well_evidenced_share_of_savings_achieved", ("evidence_grade",), {}),
    "never_summed": ("amount_stated", (), {}),
    "no_amount": ("low_savings_achieved", (), {}),
}


@pytest.mark.parametrize(("code", "question"), ODD.items(), ids=ODD)
def test_a_question_that_would_mislead_is_refused_with_its_code(illustrative, code, question):
    name, by, more = question
    with pytest.raises(Refused) as refused:
        illustrative.table(
            (MEASURES[name],), tuple(DIMENSIONS[split] for split in by), selection_of("illustrative", None, {}, **more)
        )
    assert refused.value.code == code
    assert name in str(refused.value)
    assert all(one in MEASURES for one in refused.value.instead)


def test_a_cost_is_not_laid_on_the_amounts_of_one_year_by_a_filter_either(illustrative):
    chosen = selection_of("illustrative", None, {"financial_year": ["2015-16"]})
    with pytest.raises(Refused) as refused:
        illustrative.table((MEASURES["savings_and_income_achieved_net_of_cost"],), (), chosen)
    assert refused.value.code == "part_of_a_project"


def test_a_year_without_a_price_index_is_refused_and_the_first_and_last_that_have_one_are_named(illustrative):
    with pytest.raises(Refused) as refused:
        illustrative.table((MEASURES["savings_achieved"],), (), selection_of("illustrative", None, {}, "2039-40"))
    assert (refused.value.code, refused.value.instead) == ("no_such_price_base", ("1990-91", "2030-31"))


def _averages() -> list[Measure]:
    return [measure for measure in MEASURES.values() if not measure.examples]


@pytest.mark.parametrize("measure", _averages(), ids=lambda measure: measure.id)
def test_nothing_is_averaged_over_chosen_examples_and_what_can_be_asked_of_them_is_offered(published, measure):
    with pytest.raises(Refused) as refused:
        refuse(measure, (), Selection(), examples=True)
    assert refused.value.code == "examples_not_averaged"
    (instead,) = refused.value.instead
    assert published.table((MEASURES[instead],), (), Selection()).rows


def test_every_refusal_is_reached_by_some_question():
    reached = {*ODD, *(code for codes in CODES.values() for code in codes)}
    elsewhere = {
        "counted_twice", "not_in_pounds", "examples_not_averaged", "no_such_price_base", "one_stage_at_a_time",
        "too_many_rows", "stage_conflict", "kind_conflict", "nothing_to_show",
    }  # fmt: skip
    assert reached | elsewhere == REFUSALS.keys()


def test_a_gross_and_a_net_amount_add_up_only_as_reported(release_of):
    release = release_of(
        [
            line("net", project_ref="A", net_or_gross="net", amount_gbp="100"),
            line("gross", project_ref="B", net_or_gross="gross", amount_gbp="200"),
            line("unsaid", project_ref="C", net_or_gross="", amount_gbp="400"),
        ]
    )
    names = ("savings_achieved", "net_savings_achieved", "gross_savings_achieved")
    (row,) = release.table(tuple(MEASURES[name] for name in names), (), selected()).rows
    assert [row[name] for name in names] == [700, 100, 200]
