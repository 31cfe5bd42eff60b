"""The template filled in and sent: `savings check` gives the lines that were written, and nothing else of the file."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from etl.check import check
from etl.home import shipped
from etl.template import LISTS, NOTES, READ_ME, RETURN, template
from etl.template_fields import FIELDS, choices

REFERENCE = shipped("reference")
FULL = {
    "project_ref": "PEP-2014-017",
    "project_title": "Sharing a revenues service",
    "skill_area": "Shared services",
    "lead_council": "Leeds City Council",
    "partner_councils": "Wakefield Metropolitan District Council",
    "partner_shares": "60%;40%",
    "grant_year": "2014-15",
    "grant_gbp": 7000,
    "council_cost_gbp": Decimal("2500.10"),
    "expert_type": "Other public sector",
    "expert_days": 12,
    "kind": "Efficiency saving",
    "cashability": "Non-cashable",
    "stage": "Achieved",
    "basis": "Total",
    "recurrence": "One-off",
    "financial_year": "2015-16",
    "amount_gbp": Decimal("125000.55"),
    "amount_low_gbp": 110000,
    "amount_high_gbp": 140000,
    "net_or_gross": "Net",
    "attribution_share": "80%",
    "evidence_grade": "Partial",
    "reported_on": date(2016, 5, 31),
    "publishable": "Yes",
}
READ = {
    "fate": "loaded",
    "standing": "counts",
    "sheet": RETURN,
    "row": 4,
    "column": None,
    "project_ref": "PEP-2014-017",
    "lead_council": "E08000035",
    "partner_councils": ["E08000036"],
    "skill_area": "shared_services",
    "skill_area_label": "Shared services",
    "grant_year": "2014-15",
    "financial_year": "2015-16",
    "period_start": None,
    "period_end": None,
    "kind": "efficiency_saving",
    "stage": "achieved",
    "basis": "total",
    "recurrence": "one_off",
    "cashability": "non_cashable",
    "net_or_gross": "net",
    "evidence_grade": "partial",
    "reported_on": "2016-05-31",
    "publishable": True,
    "amount_gbp": "125000.55",
    "amount_low_gbp": "110000.00",
    "amount_high_gbp": "140000.00",
    "given": [],
}


def checked(*lines: dict[str, Any]) -> dict[str, Any]:
    (file,) = check([("return.xlsx", template(REFERENCE, lines))], {}, REFERENCE, False)["files"]
    return file


def test_the_empty_template_has_the_problem_that_it_holds_no_line():
    file = checked()
    assert file["problem"]["code"] == "no_lines"
    assert file["observations"] == []


def test_a_full_line_comes_back_value_for_value_without_a_finding():
    file = checked(FULL)
    assert (file["problem"], file["findings"], file["ignored_rows"]) == (None, [], [])
    (one,) = file["observations"]
    assert {name: one[name] for name in READ} == READ
    assert Decimal(one["attribution_share"]) == 80


def test_the_sheets_beside_the_return_are_named_and_ignored():
    sheets = {sheet["sheet"]: sheet for sheet in checked(FULL)["sheets"]}
    assert list(sheets) == [READ_ME, RETURN, NOTES, LISTS]
    assert [name for name, sheet in sheets.items() if not sheet["ignored"]] == [RETURN]
    assert sheets[RETURN]["columns"] == {field.name: field.heading for field in FIELDS}


@pytest.mark.parametrize("name", [field.name for field in FIELDS if choices(field.name, REFERENCE)])
def test_whatever_is_chosen_from_a_list_loads_without_a_finding(name):
    kept = {column: FULL[column] for column in ("project_ref", "skill_area", "lead_council", "kind", "stage")}
    words = choices(name, REFERENCE)[:30]
    years = {"period_start": {"period_end": "2039-40"}, "period_end": {"period_start": "2010-11"}}.get(name, {})
    late = {} if name != "grant_year" else {"financial_year": "2039-40"}
    lines = [
        kept | years | late | {"amount_gbp": 1000, "project_ref": f"PEP-{n}", name: word}
        for n, word in enumerate(words)
    ]
    file = checked(*lines)
    assert file["lines"] == {"in": len(words), "loaded": len(words), "held": 0, "quarantined": 0, "ignored": 0}
    codes = {finding["code"] for finding in file["findings"]}
    assert codes <= {"magnitude_not_tested", "council_not_at_date"}


def test_an_amount_left_empty_is_not_known_and_rows_left_empty_are_no_lines():
    file = checked(
        FULL, {}, FULL | {"project_ref": "PEP-2", "amount_gbp": None, "amount_low_gbp": None, "amount_high_gbp": None}
    )
    assert file["unknown_amounts"] == {"loaded": 1, "held": 0}
    assert [(row["row"], row["reason"]) for row in file["ignored_rows"]] == [(5, "blank")]
