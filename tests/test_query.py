"""Questions: what may be asked of what, that nothing is lost or counted twice, and that links say what they select."""

from decimal import Decimal
from itertools import product

import oracle
import oracle_answers
import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_returns import given_or_refused

from dashboard.caption import REASONS
from dashboard.dimensions import (
    COUNCIL,
    COUNCIL_TYPE,
    DIMENSIONS,
    FINANCIAL_YEAR,
    GRANT_YEAR,
    OBSERVATION,
    PROJECT,
    REGION,
    SKILL_AREA,
    dimension_named,
)
from dashboard.left_out import ORDINARY
from dashboard.measures import (
    AMOUNT_STATED,
    CLAIMED,
    COUNCILS,
    INCOME,
    INCOME_ACHIEVED,
    MEASURES,
    MEDIAN_SAVING,
    PROJECTS,
    REPORTING_PROJECTS,
    SAVINGS,
    SAVINGS_ACHIEVED,
    STAGES,
    UnknownName,
    measure_named,
    quoted,
)
from dashboard.refusals import Refused, is_in_pounds
from dashboard.release import Release
from dashboard.selection import FILTERS, Selection, from_address, selection_of, to_address, where_of
from dashboard.table import Table

COLLECTIONS = ("published", "illustrative")
TOTALS = [*SAVINGS.values(), *INCOME.values()]
STAGED = [
    measure
    for measure in MEASURES.values()
    if is_in_pounds(measure) and measure.prices == "cash" and (measure in TOTALS or measure.stage == "achieved")
]
"""The plain totals, and of all other sums those of one stage: the stages are declared alike."""
ADDING = [measure for measure in STAGED if measure.adds_up]
SELECTIONS: dict[str, dict[str, str]] = {
    "everything": {},
    "one skill area": {"skill_area": "shared_services"},
    "one council": {"council": "E07000045"},
    "a partner": {"council": "E07000041"},
    "two regions": {"region": "South West,South East"},
    "districts": {"council_type": "district"},
    "one year": {"financial_year": "2017-18"},
    "years and none": {"financial_year": "2015-16,2016-17,not_stated"},
    "one grant year": {"grant_year": "2014-15"},
    "savings": {"kind": "efficiency_saving"},
    "many at once": {"region": "South West", "skill_area": "shared_services", "financial_year": "not_stated"},
}
FILTERED = ("skill_area", "council", "region", "council_type", "grant_year", "financial_year", "kind")
ASKED = [
    (measure, name)
    for measure, (name, where) in product(STAGED, SELECTIONS.items())
    if not measure.basis.startswith("in_year") and where.get("kind", measure.kind) in (measure.kind, *measure.kinds)
]
COUNTED = [*TOTALS, *MEDIAN_SAVING.values(), PROJECTS, COUNCILS, REPORTING_PROJECTS]
"""What the second reckoning of the shipped files knows; tests/test_arithmetic.py holds all measures to another."""
SPLITS = [DIMENSIONS[name] for name in (*FILTERED, "stage", "project")]


@pytest.fixture(scope="module", params=COLLECTIONS)
def release(request: pytest.FixtureRequest) -> Release:
    return request.getfixturevalue(request.param)


def chosen(release: Release, where: dict[str, str]) -> Selection:
    return selection_of(release.manifest["collection"], None, {name: text.split(",") for name, text in where.items()})


def only(table: Table, measure) -> Decimal | None:
    return table.rows[0][measure.id] if table.rows else None


@pytest.mark.parametrize("measure", MEASURES.values(), ids=MEASURES)
def test_every_measure_can_be_asked_by_every_dimension_or_is_refused_with_a_code_and_a_reason(release, measure):
    everything, refused = chosen(release, {}), []
    for dimension in DIMENSIONS.values():
        try:
            table = release.table((measure,), (dimension,), everything)
        except Refused as problem:
            refused.append(problem)
        else:
            assert all({dimension.id, measure.id, "projects", "councils"} <= row.keys() for row in table.rows)
    assert all(one.code and measure.id in str(one) and str(one).endswith(".") for one in refused)


@pytest.mark.parametrize("dimension", SPLITS, ids=lambda dimension: dimension.id)
def test_every_split_of_every_measure_is_what_a_second_reckoning_gives(release, dimension):
    everything = chosen(release, {})
    single = dimension.level == "project"
    for measure in COUNTED:
        if (measure.source != "schedule" and not single) or (release.examples and not measure.examples):
            continue
        table = release.table((measure,), (dimension,), everything)
        found = {(row[dimension.id],): {measure.id: row[measure.id]} for row in table.rows}
        assert found == oracle_answers.expected(everything.collection, [measure.id], (dimension.id,)), measure.id


@pytest.mark.parametrize(("measure", "name"), ASKED, ids=lambda value: getattr(value, "id", value))
def test_what_is_in_the_number_and_what_is_left_out_are_together_all_that_was_loaded(release, measure, name):
    where = SELECTIONS[name]
    selection = chosen(release, where)
    if (table := given_or_refused(release, measure, (), selection)) is None:
        return
    counted = only(table, measure) or 0
    left_out = release.left_out((measure,), selection)
    apart = sum(one.amount_gbp for one in left_out if one.reason not in ("held", "quarantined"))
    assert counted + apart == pounds(release, where, "loaded")


@pytest.mark.parametrize("where", SELECTIONS.values(), ids=SELECTIONS)
def test_held_pounds_are_listed_apart(release, where):
    left_out = release.left_out((SAVINGS_ACHIEVED,), chosen(release, where | {"kind": "efficiency_saving"}))
    held = sum(one.amount_gbp for one in left_out if one.reason == "held")
    assert held == pounds(release, where, "held")


def pounds(release: Release, where: dict[str, str], fate: str) -> Decimal:
    """All pounds with this fate of the projects in view, from the second reading of the returns."""
    lines = oracle.lines_of(release.manifest["collection"])
    return sum((line.amount or Decimal(0) for line in lines if line.fate == fate and in_view(line, where)), Decimal(0))


def in_view(line: oracle.Line, where: dict[str, str]) -> bool:
    grants = where.get("grant_year")
    if "skill_area" in where and line.area not in where["skill_area"].split(","):
        return False
    if grants and (line.grant is None or f"{line.grant}-{(line.grant + 1) % 100:02d}" not in grants.split(",")):
        return False
    return any(
        ("council" not in where or body in where["council"].split(","))
        and ("region" not in where or oracle.councils().loc[body, "region"] in where["region"].split(","))
        and ("council_type" not in where or oracle.councils().loc[body, "type"] in where["council_type"].split(","))
        for body in line.bodies
    )


def test_every_reason_names_the_lines_and_the_pounds_that_it_keeps_out(release):
    collection = release.manifest["collection"]
    kept_out: dict[str, list[oracle.Line]] = {}
    for line in oracle.lines_of(collection):
        kept_out.setdefault(reason(line), []).append(line)
    kept_out.pop("in the number")
    found = {
        one.reason: (one.lines, one.projects, one.amount_gbp)
        for one in release.left_out((SAVINGS_ACHIEVED,), chosen(release, {}))
    }
    assert found == {
        code: (
            len(lines),
            None if code in ORDINARY else len({line.ref for line in lines}),
            sum(line.amount or Decimal(0) for line in lines),
        )
        for code, lines in kept_out.items()
    }


def reason(line: oracle.Line) -> str:
    """Why a line is not among the savings achieved."""
    if line.fate != "loaded":
        return line.fate
    if line.stage in ("projected", "identified"):
        return "other_stage"
    if line.standing != "counts":
        return line.standing
    if line.kind in ("both", "unclear") and line.basis != "per_year":
        return f"kind_{line.kind}"
    if line.kind != "efficiency_saving":
        return "other_kind"
    return "basis_per_year" if line.basis == "per_year" else "in the number"


def test_every_line_of_a_collection_is_either_in_the_number_or_left_out_with_a_known_reason(release):
    selection = chosen(release, {})
    left_out = release.left_out((SAVINGS_ACHIEVED,), selection)
    inside = {
        line.id
        for line in oracle.lines_of(selection.collection)
        if (line.fate, line.standing, line.stage) == ("loaded", "counts", "achieved")
        and (line.kind, line.basis == "per_year") == ("efficiency_saving", False)
    }
    lines = release.manifest["lines"]
    assert sum(one.lines for one in left_out) + len(inside) == lines["in"] - lines["ignored"]
    assert {one.reason for one in left_out} <= REASONS.keys()


@pytest.mark.parametrize("measure", ADDING, ids=lambda measure: measure.id)
@pytest.mark.parametrize(
    "dimension", [SKILL_AREA, COUNCIL, REGION, COUNCIL_TYPE, FINANCIAL_YEAR, GRANT_YEAR, PROJECT], ids=lambda d: d.id
)
def test_the_parts_of_every_split_add_up_to_the_whole(release, measure, dimension):
    everything = chosen(release, {})
    table = given_or_refused(release, measure, (dimension,), everything)
    assert table is None or table.total(measure) == only(release.table((measure,), (), everything), measure)


@pytest.mark.parametrize("name", FILTERED)
def test_a_selection_of_one_code_gives_the_number_of_that_codes_row(release, name):
    dimension = dimension_named(name)
    split = release.table((SAVINGS_ACHIEVED,), (dimension,), chosen(release, {}))
    for row in split.rows:
        alone = release.table((SAVINGS_ACHIEVED,), (), chosen(release, {name: row[name]}))
        assert only(alone, SAVINGS_ACHIEVED) == row["savings_achieved"]
        if row["projects"]:
            assert (alone.rows[0]["projects"], alone.rows[0]["councils"]) == (row["projects"], row["councils"])


def test_a_joint_project_is_counted_once_though_its_partners_are_counted_as_councils(illustrative):
    everything = chosen(illustrative, {})
    by_council = illustrative.table((PROJECTS,), (COUNCIL,), everything)
    assert sum(row["projects"] for row in by_council.rows) > only(
        illustrative.table((PROJECTS,), (), everything), PROJECTS
    )


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("saving_achieved", "savings_achieved"), ("savings_acheived", "savings_achieved"), ("project", "projects")],
)
def test_an_unknown_measure_suggests_the_nearest(typed, meant):
    with pytest.raises(UnknownName, match=rf"No measure '{typed}'\. Did you mean '{meant}'\?"):
        measure_named(typed)


def test_an_unknown_dimension_suggests_the_nearest():
    with pytest.raises(UnknownName, match=r"No dimension 'skil_area'\. Did you mean 'skill_area'\?"):
        dimension_named("skil_area")


def test_a_name_like_none_at_all_lists_what_there_is():
    with pytest.raises(UnknownName, match="There are: skill_area, council"):
        dimension_named("zzz")


@pytest.mark.parametrize("stages", [["achieved", "projected"], ["achieved", "identified", "projected"], []])
def test_anything_but_one_stage_is_refused(stages):
    with pytest.raises(Refused) as refused:
        selection_of("published", None, {"stage": stages})
    assert refused.value.code == "one_stage_at_a_time"
    assert set(refused.value.instead) == {f"stage={stage}" for stage in stages or STAGES}


@pytest.mark.parametrize("stage", ["withdrawn", "unclear", "total"])
def test_a_stage_that_nothing_is_added_up_at_cannot_be_chosen(stage):
    with pytest.raises(UnknownName):
        selection_of("published", None, {"stage": [stage]})


def test_savings_cannot_be_asked_of_income_and_the_right_measure_is_named(release):
    with pytest.raises(Refused) as refused:
        release.table((SAVINGS_ACHIEVED,), (), chosen(release, {"kind": "income_generation"}))
    assert (refused.value.code, refused.value.instead) == ("kind_conflict", ("income_achieved",))


@pytest.mark.parametrize("measure", MEDIAN_SAVING.values(), ids=lambda measure: measure.id)
def test_examples_have_no_median_and_the_sum_is_offered_instead(published, measure):
    with pytest.raises(Refused) as refused:
        published.table((measure,), (SKILL_AREA,), chosen(published, {}))
    assert refused.value.code == "examples_not_averaged"
    assert refused.value.instead == (measure.id.removeprefix("median_"),)


@pytest.mark.parametrize("measure", [AMOUNT_STATED, CLAIMED], ids=lambda measure: measure.id)
def test_what_is_listed_one_by_one_is_never_summed(published, measure):
    for by in ((), (SKILL_AREA,)):
        with pytest.raises(Refused) as refused:
            published.table((measure,), by, chosen(published, {}))
        assert refused.value.code == "never_summed"
    with pytest.raises(ValueError, match="does not add up"):
        Table((OBSERVATION,), (measure,), ()).total(measure)


def test_no_measure_adds_up_two_stages_or_unless_its_name_says_so_two_kinds():
    for measure in STAGED:
        assert measure.stage
        assert measure.kind or measure.id.startswith("savings_and_income")
        assert f"stage = '{measure.stage}' and kind in {quoted(measure.kinds)}" in measure.rows
        assert ("basis <> 'unclear'" if measure.basis.startswith("in_year") else "basis <> 'per_year'") in measure.rows


def test_projects_have_no_single_financial_year_and_reporting_projects_are_offered(release):
    with pytest.raises(Refused) as refused:
        release.table((PROJECTS,), (FINANCIAL_YEAR,), chosen(release, {}))
    assert (refused.value.code, refused.value.instead) == ("no_single_value", (REPORTING_PROJECTS.id,))


@pytest.mark.parametrize("name", ["observation", "claim", "standing"])
def test_a_dimension_for_splitting_only_cannot_filter(name):
    with pytest.raises(UnknownName, match="for splitting, not for filtering"):
        selection_of("published", None, {name: ["PEP-1"]})


@pytest.mark.parametrize("name", ["financial_year", "grant_year"])
@pytest.mark.parametrize("text", ["2014", "2014-16", "oops", "²014-15", "1914-15", "9" * 30 + "-00", "2014-15-16"])
def test_a_year_that_is_none_is_named(name, text):
    with pytest.raises(UnknownName, match=r"is not a financial year\. Write it like 2014-15, or not_stated"):
        selection_of("published", None, {name: [text]})


def test_a_selection_that_holds_nothing_is_unknown_and_not_zero(release):
    nothing = chosen(release, {"financial_year": "2039-40"})
    assert only(release.table((INCOME_ACHIEVED,), (), nothing), INCOME_ACHIEVED) is None
    assert release.table((INCOME_ACHIEVED,), (SKILL_AREA,), nothing).rows == ()


def test_values_typed_on_a_command_line_are_gathered_by_dimension():
    assert where_of(["kind=both,unclear", "kind=efficiency_saving", "region=South West"]) == {
        "kind": ["both", "unclear", "efficiency_saving"],
        "region": ["South West"],
    }


@pytest.mark.parametrize("text", ["kind", "kind=", "=both"])
def test_a_restriction_of_another_shape_is_named(text):
    with pytest.raises(UnknownName):
        selection_of("published", None, where_of([text]))


CODES = {
    "council_today": st.sampled_from(["E06000060", "not_stated"]),
    "cashability": st.sampled_from(["cashable", "non_cashable", "unclear"]),
    "recurrence": st.sampled_from(["one_off", "recurring"]),
    "net_or_gross": st.sampled_from(["net", "gross", "unclear"]),
    "evidence_grade": st.sampled_from(["sufficient", "not_stated"]),
    "expert_type": st.sampled_from(["private", "not_stated"]),
    "joint": st.sampled_from(["joint", "single"]),
    "skill_area": st.sampled_from(["commercialisation", "other", "shared_services", "not_stated"]),
    "council": st.sampled_from(["E07000045", "E08000035", "E10000002"]),
    "region": st.sampled_from(["South West", "Yorkshire and The Humber", "not_stated"]),
    "council_type": st.sampled_from(["district", "fire"]),
    "grant_year": st.sampled_from(["2012-13", "2099-00", "not_stated"]),
    "financial_year": st.sampled_from(["2012-13", "2039-40", "not_stated"]),
    "kind": st.sampled_from(["efficiency_saving", "income_generation", "both", "unclear"]),
}
SELECTED = st.builds(
    lambda collection, stage, real, where: selection_of(collection, None, {"stage": [stage], **where}, real),
    st.sampled_from(COLLECTIONS),
    st.sampled_from(["achieved", "projected", "identified"]),
    st.sampled_from([None, "2015-16", "2024-25"]),
    st.fixed_dictionaries({}, optional={name: st.lists(codes, min_size=1) for name, codes in CODES.items()}),
)


def test_every_filter_has_codes_to_try():
    assert {dimension.id for dimension in FILTERS} == CODES.keys()


@given(SELECTED)
def test_a_selection_survives_its_address(selection):
    assert from_address(to_address(selection), COLLECTIONS) == (selection, ())


@given(st.dictionaries(st.sampled_from([*CODES, "stage", "collection", "project", "x"]) | st.text(), st.text()))
def test_no_address_breaks_the_reader_and_each_part_not_understood_is_named(parameters):
    selection, problems = from_address(parameters, COLLECTIONS)
    assert selection.collection in COLLECTIONS
    assert all(problem.endswith((".", "?")) for problem in problems)
    unknown = [name for name in parameters if name not in (*DIMENSIONS, "collection", "release", "real")]
    assert len(problems) >= len(unknown)


def test_the_understood_parts_of_an_address_are_kept_and_the_others_named():
    selection, problems = from_address(
        {"collection": "published", "kind": "both", "stage": "hoped", "grant_year": "oops", "colour": "red"},
        COLLECTIONS,
    )
    assert selection == selection_of("published", None, {"kind": ["both"]})
    assert [word for word, problem in product(("hoped", "oops", "colour"), problems) if f"'{word}'" in problem] == [
        "hoped",
        "oops",
        "colour",
    ]
