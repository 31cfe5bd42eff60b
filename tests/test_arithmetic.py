"""Every measure against a second reckoning in plain Python, over programmes that nobody chose, to the penny."""

from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from made_returns import loaded, write_returns
from reckoning import Reckoning
from reckoning_forms import FORMS, form_of, median_interval

from dashboard.dimensions import DIMENSIONS, dimension_named
from dashboard.measures import MEASURES, Measure
from dashboard.query import wilson
from dashboard.refusals import Refused, is_in_pounds
from dashboard.release import Release, open_release
from dashboard.selection import Selection, selection_of

RECKONED = [measure for measure in MEASURES.values() if not measure.per_line]
SPLITS = [name for name in DIMENSIONS if name not in ("observation", "claim", "standing")]
YEARS = ["2013-14", "2014-15", "2015-16", "2017-18", ""]
LEADS = ["Leeds City Council", "Copeland Borough Council", "Aylesbury Vale District Council", "City of York Council"]
MAYBE = st.sampled_from
PENNY = Decimal("0.01")


def project(draw: st.DrawFn, number: int) -> list[dict[str, Any]]:
    """Some lines of one project: stages, years and sorts as they come; now and then joint, or reported twice."""
    lead, *others = draw(st.permutations(LEADS))
    partners, shares = draw(
        MAYBE([("", ""), ("", ""), (others[0], ""), (others[0], "60;40"), (";".join(others[:2]), "50;25;25")])
    )
    shared = {
        "project_ref": f"PEP-2013-{number:03d}",
        "skill_area": draw(MAYBE(["shared services", "commercialisation", "governance"])),
        "lead_council": lead,
        "partner_councils": partners,
        "partner_shares": shares,
        "grant_year": draw(MAYBE(["2012-13", "2013-14", ""])),
        "grant_gbp": draw(MAYBE(["7000", "", "6999.99"])),
        "council_cost_gbp": draw(MAYBE(["3000.01", "", "0"])),
        "expert_type": draw(MAYBE(["private", "council", ""])),
    }
    # Most lines of a project say something of the same kind and stage, in other years, or of the same year later.
    first = draw(LINE)
    varied = st.lists(MAYBE(sorted(first)), max_size=4, unique=True)
    others = [{name: draw(LINE)[name] for name in draw(varied)} for _ in range(draw(st.integers(0, 4)))]
    return [shared | first, *(shared | first | other for other in others)]


def _line(draw: st.DrawFn) -> dict[str, Any]:
    year = draw(MAYBE(YEARS))
    stretch = draw(MAYBE([False, False, True]))
    period = draw(MAYBE([("2013-14", "2015-16"), ("2014-15", ""), ("2014-15", "2014-15")])) if stretch else ("", "")
    return {
        "kind": draw(MAYBE(["efficiency saving", "efficiency saving", "income generation", "both", "unclear"])),
        "cashability": draw(MAYBE(["cashable", "non-cashable", ""])),
        "stage": draw(MAYBE(["achieved", "achieved", "projected", "identified", "unclear", "withdrawn"])),
        "basis": draw(MAYBE(["total", "total", "per year", ""])),
        "recurrence": draw(MAYBE(["one-off", "recurring", "recurring", ""])),
        "financial_year": "" if stretch else year,
        "period_start": period[0],
        "period_end": period[1],
        "amount_gbp": draw(MAYBE(["", "0", "nil", "100000", "-2500.50"]) | st.decimals(100, 90_000, places=2).map(str)),
        "net_or_gross": draw(MAYBE(["net", "gross", ""])),
        "attribution_share": draw(MAYBE(["", "50", "33.33", "100", "0"])),
        "evidence_grade": draw(MAYBE(["sufficient", "partial", "insufficient", ""])),
        "reported_on": draw(MAYBE(["2016-05-01", "2017-05-01", "2017-05-01", ""])),
    }


LINE = st.composite(_line)()


@st.composite
def programmes(draw: st.DrawFn) -> list[dict[str, Any]]:
    """The lines of a programme of a few projects."""
    return [line for number in range(draw(st.integers(3, 9))) for line in project(draw, number)]


def checked(
    release: Release, reckoning: Reckoning, measure: Measure, by: tuple[str, ...], selection: Selection
) -> None:
    """Holds one answer to the second reckoning, or to a refusal with a reason."""
    try:
        table = release.table((measure,), tuple(dimension_named(name) for name in by), selection)
    except Refused:
        return
    where = {name: set(codes) for name, codes in selection.where}
    expected = reckoning.answer(measure.id, by, where, selection.real)
    found = {tuple(row[name] for name in by): row[measure.id] for row in table.rows if row[measure.id] is not None}
    if measure.unit == "count":
        found, expected = ({key: value for key, value in side.items() if value} for side in (found, expected))
    # A factor of prices has twelve places, which can turn a half-penny.
    allowed = PENNY if selection.real and FORMS[form_of(measure.id)].in_pounds else 0
    assert found.keys() == expected.keys(), (measure.id, by, selection)
    wrong = {key: (found[key], expected[key]) for key in found if abs(found[key] - expected[key]) > allowed}
    assert not wrong, (measure.id, by, selection)


def asked(collection: str, where: Mapping[str, list[str]], real: str | None = None) -> Selection:
    return selection_of(collection, None, where, real)


SELECTIONS = st.fixed_dictionaries(
    {},
    optional={
        "financial_year": MAYBE([["2014-15"], ["2013-14", "2015-16"], ["not_stated"]]),
        "kind": MAYBE([["efficiency_saving"], ["income_generation", "both"]]),
        "skill_area": MAYBE([["commercialisation"], ["governance", "shared_services"]]),
        "council": MAYBE([["E08000035"], ["E07000029", "E07000004"]]),
        "council_today": MAYBE([["E06000060"]]),
        "joint": MAYBE([["joint"], ["single"]]),
        "recurrence": MAYBE([["recurring"], ["one_off", "unclear"]]),
        "evidence_grade": MAYBE([["sufficient", "not_stated"]]),
    },
)


@pytest.mark.slow
@given(
    programmes(),
    st.lists(MAYBE(SPLITS), max_size=2, unique=True).map(tuple),
    SELECTIONS,
    MAYBE([None, None, "2015-16", "2024-25"]),
    MAYBE([0, 1, 2]),
)
@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
def test_every_measure_of_any_programme_is_what_a_second_reckoning_gives(programme, by, where, real, third):
    with TemporaryDirectory() as folder:
        loaded(Path(folder) / "home", write_returns(Path(folder) / "sent", programme))
        release = open_release(Path(folder) / "home", "programme")
        reckoning = Reckoning(release)
        for measure, split, selection in product(
            RECKONED[third::3], {(), by}, (asked("programme", {}, real), asked("programme", where, real))
        ):
            checked(release, reckoning, measure, split, selection)


SPLITS_IN_PRICES = ("financial_year", "council", "skill_area", "stage", "joint")
"""Prices are a factor of the year: splits of every sort are tried with them, not every split."""


@cache
def reckoned(release):
    """The second reckoning of a release, which reads all its observations."""
    return Reckoning(release)


@pytest.mark.parametrize("collection", ["published", "illustrative"])
@pytest.mark.parametrize("name", SPLITS)
def test_every_measure_of_the_shipped_collections_is_what_a_second_reckoning_gives(request, collection, name):
    release = request.getfixturevalue(collection)
    reckoning = reckoned(release)
    for measure in RECKONED:
        checked(release, reckoning, measure, (name,), asked(collection, {}))
    for measure in filter(is_in_pounds, RECKONED if name in SPLITS_IN_PRICES else ()):
        checked(release, reckoning, measure, (name,), asked(collection, {}, "2024-25"))


def test_the_interval_of_a_median_is_the_one_of_its_ranks(illustrative):
    reckoning, found = Reckoning(illustrative), 0
    measure = MEASURES["median_savings_achieved"]
    for row in illustrative.table((measure,), (DIMENSIONS["skill_area"],), asked("illustrative", {})).rows:
        amounts = sorted(
            value for value in reckoning.answer(
                "savings_achieved", ("project",), {"skill_area": {row["skill_area"]}}
            ).values()
        )  # fmt: skip
        interval = median_interval(amounts)
        assert (row[f"{measure.id}_low"], row[f"{measure.id}_high"]) == (interval or (None, None))
        found += interval is not None
    assert found


@pytest.mark.parametrize(
    ("part", "whole", "low", "high"),
    [
        (0, 10, "0.0000", "0.2775"),
        (10, 10, "0.7225", "1.0000"),
        (5, 10, "0.2366", "0.7634"),
        (81, 263, "0.2553", "0.3662"),
    ],
)
def test_the_wilson_interval_is_the_one_of_the_textbooks(part, whole, low, high):
    found = [f"{end:.4f}" for end in wilson(part, whole)]
    assert found == [low, high]
