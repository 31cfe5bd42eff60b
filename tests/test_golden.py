"""Golden numbers: one small programme worked by hand, kept as a table; and the vectors that others published."""

import csv
from decimal import Decimal
from pathlib import Path

import pytest
from made_returns import selected

from dashboard.dimensions import dimension_named
from dashboard.measures import measure_named
from dashboard.release import Release
from dashboard.selection import selection_of
from dashboard.sources import factors_of
from dashboard.style import money

GOLDEN = Path(__file__).parent / "golden"
with (GOLDEN / "expected.csv").open(encoding="utf-8", newline="") as stream:
    EXPECTED = list(csv.DictReader(stream))


@pytest.fixture(scope="module")
def golden(release_of) -> Release:
    return release_of((GOLDEN / "programme.csv").read_text("utf-8"))


def test_the_small_programme_is_loaded_whole(golden):
    lines = golden.manifest["lines"]
    assert (lines["in"], lines["loaded"]) == (9, 9)


@pytest.mark.parametrize(
    "row", EXPECTED, ids=lambda row: " ".join(filter(None, (row["measure"], row["code"], row["real"])))
)
def test_a_measure_is_what_a_person_with_paper_works_out(golden, row):
    measure = measure_named(row["measure"])
    by = (dimension_named(row["by"]),) if row["by"] else ()
    table = golden.table((measure,), by, selection_of("programme", None, {}, row["real"] or None))
    (value,) = [one[measure.id] for one in table.rows if not by or one[by[0].id] == row["code"]]
    assert str(value) == row["value"], row["worked"]


def test_every_form_of_measure_has_a_golden_number():
    from reckoning_forms import FORMS, form_of

    assert {form_of(row["measure"]) for row in EXPECTED} == FORMS.keys()


def test_what_a_measure_leaves_out_of_the_small_programme(golden):
    left_out = golden.left_out((measure_named("attributed_savings_achieved"),), selected())
    found = {one.reason: (one.lines, one.amount_gbp) for one in left_out}
    assert found == {
        "amount_unknown": (1, Decimal(0)),
        "basis_per_year": (1, Decimal(10_000)),
        "not_attributed": (0, Decimal("20000.01")),
        "other_kind": (1, Decimal(20_000)),
        "other_stage": (2, Decimal(55_000)),
        "share_unknown": (3, Decimal(350_000)),
    }


def test_the_published_vector_of_the_price_index_comes_out():
    indices = {"1998-99": Decimal("91.031"), "2003-04": Decimal("102.789")}
    factors = dict(factors_of(indices, "2003-04", discounted=False))
    assert money(Decimal(7_400_000) * factors[1998], prose=True) == "£8.36 million"


def test_the_present_value_of_next_year_is_less_by_three_and_a_half_percent():
    indices = {"2020-21": Decimal(100), "2021-22": Decimal(100)}
    factors = dict(factors_of(indices, "2020-21", discounted=True))
    assert (factors[2020], round(factors[2021], 6)) == (1, Decimal("0.966184"))


def test_a_million_a_year_recurring_for_four_years_is_one_million_new_one_a_year_and_four_together(release_of):
    lines = [
        f"P,governance,Birmingham City Council,efficiency saving,achieved,total,recurring,{year},1000000"
        for year in ("2014-15", "2015-16", "2016-17", "2017-18")
    ]
    heading = "project_ref,skill_area,lead_council,kind,stage,basis,recurrence,financial_year,amount_gbp"
    release = release_of("\n".join([heading, *lines]))
    names = ("new_savings_achieved", "continuing_savings_achieved", "cumulative_savings_achieved")
    measures = tuple(map(measure_named, names))
    (row,) = release.table(measures, (), selected()).rows
    assert [row[name] for name in names] == [1_000_000, 3_000_000, 4_000_000]
    by_year = release.table(measures[:2], (dimension_named("financial_year"),), selected()).rows
    assert [sum(row[name] for name in names[:2]) for row in by_year] == [1_000_000] * 4
