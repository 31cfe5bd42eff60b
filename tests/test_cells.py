"""What a release adds up beforehand gives the numbers of its lines: every measure, every split, many selections."""

from itertools import combinations

import pytest

from dashboard.dimensions import DIMENSIONS, Dimension
from dashboard.left_out import LEFT_OUT, left_out_of, left_out_query, lines_query_of_left_out
from dashboard.measures import MEASURES, Measure
from dashboard.query import query_of, refuse, told_apart_query
from dashboard.reach import bits_of, counted_query
from dashboard.refusals import Refused
from dashboard.release import Release
from dashboard.selection import Selection, selection_of
from dashboard.sources import in_cells

SPLITS = [dimension for dimension in DIMENSIONS.values() if dimension.level in ("project", "outcome")]
SELECTIONS: dict[str, dict[str, list[str]]] = {
    "everything": {},
    "councils": {"council": ["E07000045", "E07000041"]},
    "a kind in years": {"kind": ["efficiency_saving"], "financial_year": ["2015-16", "2016-17", "not_stated"]},
    "one year": {"financial_year": ["2017-18"]},
    "today": {"council_today": ["E06000060"]},
    "an area of joint projects": {"skill_area": ["shared_services"], "joint": ["joint"]},
    "recurring": {"recurrence": ["recurring"], "skill_area": ["governance", "commercialisation"]},
}


SOME = [(), *((dimension,) for dimension in SPLITS[::3]), *list(combinations(SPLITS[:4], 2))[::3]]
EACH = [(), *((dimension,) for dimension in SPLITS)]


@pytest.fixture(scope="module")
def release(illustrative) -> Release:
    return illustrative


def splits(name: str) -> list[tuple[Dimension, ...]]:
    """Every split of everything, and some of the other selections."""
    return EACH if name == "everything" else SOME


def selected(name: str) -> Selection:
    return selection_of("illustrative", None, SELECTIONS[name])


def asked(release: Release, measure: Measure, by: tuple[Dimension, ...], selection: Selection) -> bool:
    try:
        refuse(measure, by, selection, release.examples)
    except Refused:
        return False
    return True


@pytest.mark.parametrize("name", SELECTIONS)
def test_sums_added_up_beforehand_are_the_sums_of_the_lines(release, name):
    selection, tried = selected(name), 0
    for measure in MEASURES.values():
        for by in splits(name):
            if not in_cells((measure,), by, selection) or not asked(release, measure, by, selection):
                continue
            beforehand, line_by_line = (query_of(measure, by, selection, None, cells=cells) for cells in (True, False))
            assert "_cells" in beforehand.sql
            assert "_cells" not in line_by_line.sql
            found, expected = (sorted(release.rows(q.sql, q.values), key=str) for q in (beforehand, line_by_line))
            assert found == expected, (measure.id, by)
            tried += 1
    assert tried > 40


@pytest.mark.parametrize("name", SELECTIONS)
def test_projects_and_councils_noted_beforehand_are_those_behind_the_lines(release, name):
    selection, tried = selected(name), 0
    # Measures of the same rows have the same projects behind them.
    for measure in {measure.rows: measure for measure in MEASURES.values() if measure.source == "schedule"}.values():
        for by in splits(name):
            if not asked(release, measure, by, selection):
                continue
            bits = bits_of((measure,), by, selection)
            if bits is None:
                continue
            noted, apart = counted_query(by, selection, bits), told_apart_query((measure,), by, selection, None)
            found, expected = ({row for row in release.rows(q.sql, q.values) if row[-2]} for q in (noted, apart))
            assert found == expected, (measure.id, by)
            tried += 1
    assert tried or "recurring" in SELECTIONS[name] or "recurrence" in SELECTIONS[name] or name == "a kind in years"


@pytest.mark.parametrize("name", SELECTIONS)
def test_what_is_left_out_is_the_same_from_cells_as_from_lines(release, name):
    selection = selected(name)
    for measure in MEASURES.values():
        if not measure.staged or not asked(release, measure, (), selection):
            continue
        from_cells = left_out_query((measure,), selection, None)
        from_lines = lines_query_of_left_out((measure,), selection, None)
        if from_cells.sql == from_lines.sql:
            continue
        found, expected = (left_out_of(release.rows(q.sql, q.values), {}) for q in (from_cells, from_lines))
        assert found == expected, measure.id


def test_a_whole_collection_needs_no_line_for_its_left_outs():
    everything = selected("everything")
    for name in ("savings_achieved", "income_projected", "reporting_projects", "net_savings_achieved"):
        assert "line_cells" in left_out_query((MEASURES[name],), everything, None).sql
    assert "line_cells" not in LEFT_OUT
