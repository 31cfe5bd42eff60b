"""Words explained where they are used, and measures worked out in the open."""

import re
from decimal import Decimal

import pytest

from dashboard.figure import answer
from dashboard.glossary import TERMS, terms_in
from dashboard.measures import MEASURES
from dashboard.outputs.page_method import example_html, measure_html
from dashboard.outputs.page_words import MOST, words
from dashboard.query import rounded
from dashboard.refusals import Refused
from dashboard.selection import Selection
from dashboard.topics import FIGURES
from dashboard.worked import parts_of, worked

EVERY = Selection("illustrative", real="2019-20")
every_measure = pytest.mark.parametrize("name", MEASURES)


def value_of(release, measure, selection):
    rows = release.table((measure,), (), selection).rows
    return rows[0][measure.id] if rows else None


def amounts_in(steps):
    return [Decimal(step.partition(":")[0].replace("£", "").replace(",", "").replace("−", "-")) for step in steps]


@every_measure
def test_a_worked_example_comes_to_the_value_of_its_measure(illustrative, name):
    measure = MEASURES[name]
    selection = EVERY if measure.prices == "present_value" else Selection("illustrative")
    try:
        found = worked(illustrative, measure, selection)
    except Refused:
        assert measure.per_line
        return
    assert found.value == value_of(illustrative, measure, selection)
    if found.value is None:
        return
    if measure.over or measure.of:
        part, whole = parts_of(illustrative, measure, selection)
        assert rounded(measure, part / whole * (100 if measure.unit == "percent" else 1)) == found.value
    elif found.steps[-1].startswith("Added: "):
        assert abs(sum(amounts_in(found.steps[:-1])) - found.value) <= Decimal("0.05")


def test_most_sums_and_ratios_are_worked_out_step_by_step(illustrative):
    steps = {
        name: worked(illustrative, MEASURES[name], Selection("illustrative")).steps
        for name in (
            "savings_achieved",
            "success_rate",
            "median_savings_achieved",
        )
    }
    assert steps["savings_achieved"][-1].startswith("Added: £")
    assert re.fullmatch(r"\d+ divided by \d+ times 100 is [\d.]+%", steps["success_rate"][0])
    assert "projects" in steps["median_savings_achieved"][0]


@every_measure
def test_the_method_page_says_of_every_measure_what_it_is(name):
    measure = MEASURES[name]
    assert measure.unit
    shown = measure_html(measure)
    assert "Definition" in shown
    assert "Formula" in shown


def test_an_example_that_is_refused_says_why(published):
    refused = [name for name, measure in MEASURES.items() if not measure.examples]
    assert refused
    for name in refused:
        assert "Not given for this selection" in example_html(published, MEASURES[name], Selection("published"))


def test_every_word_is_declared_once_and_its_forms_are_its_own():
    forms = [form for term in TERMS for form in (term.name, *term.also)]
    assert len(forms) == len(set(forms))
    assert [term.name for term in TERMS if not term.meaning or term.meaning[-1] == "."] == []


def test_words_are_found_whole_in_any_case_and_longest_first():
    assert [term.name for term in terms_in(["Not apportioned among councils of joint projects, in cash terms"])] == [
        "apportioned",
        "council",
        "joint project",
        "project",
        "cash terms",
    ]
    assert terms_in(["goldens and knots"]) == []


@pytest.mark.parametrize("name", FIGURES)
def test_every_figure_explains_the_words_that_it_uses(illustrative, name):
    shown = words(answer(FIGURES[name], illustrative, Selection("illustrative")))
    names = re.findall(r'aria-describedby="([^"]+)"', shown)
    assert 1 <= len(names) <= MOST
    assert re.findall(r' id="([^"]+)"', shown) == names
