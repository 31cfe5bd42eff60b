"""Every rule: the line that it is for, and the neighbour just inside its threshold that it lets pass."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from made_returns import content_of, found_by, line

from dashboard.release import Release
from etl.rules import HELD, QUARANTINED, RULES

RULE = {rule.id: rule for rule in RULES}
DECADE = {"period_start": "2014-15", "period_end": "2023-24"}
PAIR = {"partner_councils": "Wakefield Council"}


@dataclass(frozen=True)
class Case:
    """Lines of one project that break a rule, lines of another that just do not, and words of the message.

    `fires` are the places of the bad lines that the rule names: all, unless said otherwise.
    """

    bad: tuple[dict[str, Any], ...]
    near: tuple[dict[str, Any], ...]
    says: str
    fires: tuple[int, ...] | None = None


def year(text: str, amount: str, **cells: str) -> dict[str, str]:
    return {"financial_year": text, "amount_gbp": amount, **cells}


def years(first: str, last: str, amount: str) -> dict[str, str]:
    return {"period_start": first, "period_end": last, "amount_gbp": amount}


CASES = {
    "project_ref_missing": Case(({"project_ref": " "},), ({"project_ref": "7"},), "Write the programme's reference"),
    "skill_area_missing": Case(({"skill_area": ""},), ({"skill_area": "falconry"},), "Write the skill area"),
    "lead_council_missing": Case(({"lead_council": ""},), ({"lead_council": "leeds"},), "Write the council that leads"),
    "kind_missing": Case(({"kind": ""},), ({"kind": "unclear"},), "Write efficiency saving, income generation, both"),
    "stage_missing": Case(({"stage": ""},), ({"stage": "unclear"},), "Write identified, projected, achieved"),
    "period_reversed": Case(
        (years("2016-17", "2015-16", "1000"),), (years("2016-17", "2016-17", "1000"),), "ends before it starts"
    ),
    "year_outside_period": Case(
        (year("2017-18", "1000", period_start="2014-15", period_end="2016-17"),),
        (year("2016-17", "1000", period_start="2014-15", period_end="2016-17"),),
        "does not lie between period_start and period_end",
    ),
    "bounds_reversed": Case(
        (
            {"amount_gbp": "", "amount_low_gbp": "1000.01", "amount_high_gbp": "1000"},
            {"amount_gbp": "999.99", "amount_low_gbp": "1000", "financial_year": "2015-16"},
            {"amount_gbp": "1000.01", "amount_high_gbp": "1000", "financial_year": "2016-17"},
        ),
        ({"amount_gbp": "1000", "amount_low_gbp": "1000", "amount_high_gbp": "1000"},),
        "does not lie in its own range",
    ),
    "small_amount": Case(
        (year("2014-15", "99.99"), year("2015-16", "-0.01")),
        (year("2014-15", "100"), year("2015-16", "0"), year("2016-17", "-100")),
        "under £100",
    ),
    "magnitude_per_year": Case(
        ({"basis": "per year", "amount_gbp": "53826728.81"},),
        ({"basis": "per year", "amount_gbp": "53826728.80"},),
        "£53,826,729 a year is 10% of the yearly spending power of the council (£538,267,288 in 2015-16)",
    ),
    "magnitude_total": Case(
        ({"amount_gbp": "215306915.21"}, {"amount_gbp": "215306915.21", "basis": "unclear", "stage": "projected"}),
        ({"amount_gbp": "215306915.20"}, {"amount_gbp": "215306915.20", "basis": "unclear", "stage": "projected"}),
        "£215,306,915 is 40% of the yearly spending power",
    ),
    "magnitude_not_tested": Case(
        ({"lead_council": "Greater Manchester Combined Authority"},), ({},), "No spending power is known"
    ),
    "magnitude_slip": Case(
        (year("2014-15", "1000"), year("2015-16", "1000"), year("2016-17", "100000")),
        (year("2014-15", "1000"), year("2015-16", "1000"), year("2016-17", "99999.99")),
        "£100,000 is over a hundred times what this project states elsewhere (typically £1,000)",
        fires=(2,),
    ),
    "contradicted": Case(
        ({"basis": "per year", "amount_gbp": "50000"}, DECADE),
        ({"basis": "per year", "amount_gbp": "49999.99"}, DECADE),
        "£50,000 a year against £100,000 in total over 10 years, 5 times apart",
        fires=(0,),
    ),
    "contradicted_reports": Case(
        (year("2015-16", "1000", reported_on="2016-05-01"), year("2015-16", "5000", reported_on="2017-05-01")),
        (year("2015-16", "1000", reported_on="2016-05-01"), year("2015-16", "4999.99", reported_on="2017-05-01")),
        "run from £1,000 to £5,000",
    ),
    "period_before_grant": Case(
        ({**years("2012-13", "2013-14", "1000"), "grant_year": "2014-15"},),
        ({**years("2012-13", "2014-15", "1000"), "grant_year": "2014-15"},),
        "falls before the year of the grant",
    ),
    "shares_not_100": Case(
        ({**PAIR, "partner_shares": "60;39.9"}, {**PAIR, "partner_shares": "100", "stage": "projected"}),
        ({**PAIR, "partner_shares": "60;40"}, {**PAIR, "stage": "projected"}),
        "99.9% for 2 of 2 councils",
        fires=(0, 1),
    ),
    "duplicate": Case(
        ({"project_title": "Depots"}, {"project_title": "DEPOTS", "project_ref": "duplicate-again"}),
        ({"project_title": "Vans"}, {"project_title": "Vans", "project_ref": "other", "amount_gbp": "100000.01"}),
        "DUPLICATE-AGAIN, DUPLICATE-BAD",
    ),
    "cumulative": Case(
        ({"source_quote": "Cumulative savings of £100k"}, {"source_quote": "saved cumulatively", "stage": "projected"}),
        ({"source_quote": "savings accumulated to £100k"},),
        "calls this figure cumulative",
    ),
    "cumulative_series": Case(
        (year("2014-15", "1000"), year("2015-16", "2000.50"), year("2016-17", "3000.50")),
        (year("2014-15", "1000"), year("2015-16", "2000.50"), year("2016-17", "3000.51")),
        "rise, and the last of them, £3,001, is the sum of the others",
    ),
    "series_rises": Case(
        (year("2014-15", "1000"), year("2015-16", "1000.01"), year("2016-17", "3000")),
        (year("2014-15", "1000"), year("2015-16", "1000"), year("2016-17", "3000")),
        "only rise",
        fires=(2,),
    ),
    "key_conflict": Case(
        (year("2015-16", "1000"), year("2015-16", "1000.01")),
        (year("2015-16", "1000"), year("2015-16", "1000.01", recurrence="one-off")),
        "stated with different amounts (£1,000",
    ),
    "parts_exceed_whole": Case(
        (years("2014-15", "2016-17", "3000"), year("2014-15", "1500"), year("2015-16", "1500.01")),
        (years("2014-15", "2016-17", "3000"), year("2014-15", "1500"), year("2015-16", "1500")),
        "Amounts inside these years come to £3,000, against £3,000 for the whole",
    ),
    "periods_overlap": Case(
        (years("2014-15", "2015-16", "1000"), years("2015-16", "2016-17", "1000")),
        (years("2014-15", "2015-16", "1000"), years("2016-17", "2017-18", "1000")),
        "overlap in part",
    ),
    "years_partly_stated": Case(
        ({}, year("2015-16", "5000")),
        ({}, year("2015-16", "5000", stage="projected")),
        "This amount has no year, but others of the same project and stage have",
        fires=(0,),
    ),
    "gap_year": Case(
        (year("2014-15", "5000", recurrence="recurring"), year("2016-17", "5001", recurrence="recurring")),
        (year("2014-15", "5000", recurrence="recurring"), year("2015-16", "5001", recurrence="recurring")),
        "states this for 2014-15, then not until 2016-17",
        fires=(1,),
    ),
}
SHIFTED = "too_many_cells"


def names(rule: str, side: str, cells: tuple[dict[str, Any], ...]) -> Iterator[tuple[str, dict[str, Any]]]:
    for place, each in enumerate(cells):
        yield f"{rule} {side} {place}", {"project_ref": f"{rule}-{side}", **each}


@pytest.fixture(scope="module")
def judged(release_of: Callable[..., Release]) -> Release:
    """One release of every case: two projects a rule."""
    lines = [
        line(name, **cells)
        for rule, case in CASES.items()
        for side, several in (("bad", case.bad), ("near", case.near))
        for name, cells in names(rule, side, several)
    ]
    shifted, ordinary = (line(f"{SHIFTED} {side} 0", project_ref=f"{SHIFTED}-{side}") for side in ("bad", "near"))
    rows = content_of([shifted, ordinary]).decode().splitlines()
    return release_of(lines, f"{rows[0]}\n{rows[1]},350.75\n{rows[2]}, ,\n")


def test_every_rule_has_a_case_and_every_case_a_rule():
    assert CASES.keys() == RULE.keys()


def test_every_rule_has_an_id_of_its_own_a_meaning_and_a_known_fate():
    assert len(RULE) == len(RULES)
    assert all(rule.meaning and rule.column and rule.fate in (QUARANTINED, HELD, None) for rule in RULES)


@pytest.mark.parametrize("rule", RULE)
def test_a_rule_fires_on_its_own_lines_and_spares_their_neighbours(judged, rule):
    fired = {
        name
        for (name,) in judged.rows(
            "select notes from observations join findings using (line_no) where code = ?", [rule]
        )
    }
    case = CASES.get(rule, Case(({},), ({},), ""))
    places = range(len(case.bad)) if case.fires is None else case.fires
    mine = {name for name in fired if name.startswith(f"{rule} ")}
    assert mine == {f"{rule} bad {place}" for place in places}


@pytest.mark.parametrize("rule", RULE)
def test_a_line_meets_the_fate_of_the_rule_that_it_breaks(judged, rule):
    found = judged.rows(
        "select distinct fate from observations where line_no in (select line_no from findings where code = ?) "
        "and notes like ?",
        [rule, f"{rule} %"],
    )
    assert found == [(RULE[rule].fate or "loaded",)]


@pytest.mark.parametrize("rule", RULE)
def test_the_neighbours_of_a_rule_are_loaded(judged, rule):
    assert judged.rows("select distinct fate from observations where notes like ?", [f"{rule} near %"]) == [("loaded",)]


@pytest.mark.parametrize("rule", CASES)
def test_the_message_names_what_was_found_or_what_to_write(judged, rule):
    messages = judged.rows(
        "select message from findings join observations using (line_no) "
        "where code = ? and notes like ? order by line_no",
        [rule, f"{rule} bad %"],
    )
    assert CASES[rule].says in messages[0][0]
    assert all(message.endswith((".", "?")) for (message,) in messages)


def test_cells_that_may_have_shifted_say_where_to_put_quotes(judged):
    ((message,),) = judged.rows("select message from findings where code = ?", [SHIFTED])
    assert "more cells than there are headings" in message


def test_every_finding_of_a_line_names_file_place_and_column(judged):
    unplaced = "row is null or return_no is null or (column_name is null and code <> ?)"
    assert judged.rows(f"select 1 from findings where line_no is not null and ({unplaced})", [SHIFTED]) == []


NEEDED = {
    "amount_gbp": {
        "1.000": "amount_ambiguous",
        "2,50,000": "amount_ambiguous",
        "$5m": "amount_other_currency",
        "about half": "amount_unreadable",
        "5%": "amount_is_percentage",
        "#REF!": "amount_spreadsheet_error",
    },
    "amount_low_gbp": {"lots": "amount_unreadable"},
    "amount_high_gbp": {"€10": "amount_other_currency"},
    "financial_year": {"2014": "year_ambiguous", "2009-10": "year_out_of_range", "soon": "year_unreadable"},
    "period_start": {"2014-17": "year_not_one_year"},
    "period_end": {"2040-41": "year_out_of_range"},
    "grant_year": {"2015": "year_ambiguous"},
    "kind": {"saveings": "kind_unreadable"},
    "stage": {"not achieved": "stage_unreadable"},
    "lead_council": {
        "Newcastle": "council_ambiguous",
        "Cardiff": "council_not_in_programme",
        "Atlantis": "council_unknown",
        "n/a": "council_missing",
    },
    "partner_councils": {"Wakefield Council;Atlantis": "council_unknown"},
    "partner_shares": {"half each": "percent_unreadable", "101;-1": "percent_out_of_range"},
}
REMARKS = {
    "amount_gbp": {"c. £5,000": "amount_approximate", "up to £5,000": "amount_bound", "£5k-£6k": "amount_range"},
    "skill_area": {"falconry": "skill_area_unmapped"},
    "basis": {"weekly": "basis_unreadable"},
    "recurrence": {"sometimes": "recurrence_unreadable"},
    "cashability": {"hard": "cashability_unreadable"},
    "net_or_gross": {"neither": "net_or_gross_unreadable"},
    "evidence_grade": {"A": "evidence_grade_unreadable"},
    "attribution_share": {"0.5": "percent_ambiguous"},
    "reported_on": {"May 2015": "date_unreadable"},
    "publishable": {"perhaps": "publishable_unreadable"},
    "grant_gbp": {"seven": "amount_unreadable"},
    "expert_days": {"a dozen": "days_unreadable"},
}


def each(texts: dict[str, dict[str, str]]) -> list[tuple[str, str, str]]:
    return [(column, text, code) for column, codes in texts.items() for text, code in codes.items()]


@pytest.fixture(scope="module")
def read(release_of: Callable[..., Release]) -> Release:
    """A release with a line for every text that is not simply read."""
    texts = [*each(NEEDED), *each(REMARKS)]
    return release_of(
        [line(f"{column}: {text}", project_ref=f"P{n}", **{column: text}) for n, (column, text, _) in enumerate(texts)]
    )


@pytest.mark.parametrize(("column", "text", "code"), each(NEEDED))
def test_a_needed_value_that_cannot_be_read_for_certain_quarantines_the_line(read, column, text, code):
    name = f"{column}: {text}"
    assert read.rows("select fate from observations where notes = ?", [name]) == [("quarantined",)]
    found = read.rows(
        "select column_name, code, found from findings join observations using (line_no) "
        "where notes = ? and findings.fate is not null",
        [name],
    )
    assert found == [(column, code, text)]


@pytest.mark.parametrize(("column", "text", "code"), each(REMARKS))
def test_a_value_that_a_line_can_do_without_is_remarked_on_and_the_line_is_loaded(read, column, text, code):
    name = f"{column}: {text}"
    assert code in found_by(read, name)
    assert read.rows("select fate from observations where notes = ?", [name]) == [("loaded",)]


@pytest.mark.parametrize(("column", "text", "code"), [*each(NEEDED), *each(REMARKS)])
def test_the_message_of_a_reading_quotes_the_text_that_was_found(read, column, text, code):
    ((message,),) = read.rows(
        "select message from findings join observations using (line_no) where notes = ? and code = ?",
        [f"{column}: {text}", code],
    )
    assert code == "council_missing" or any(part in message for part in text.split(";"))


def test_a_word_that_cannot_be_read_never_makes_a_line_publishable(read):
    assert read.rows("select publishable from observations where notes = 'publishable: perhaps'") == [(False,)]
