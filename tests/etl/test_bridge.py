"""Why an outcome changed: each cause worked by hand, one cause a key, and parts that always add up."""

from collections import Counter
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.bridge import CAUSES, NOTHING, Change, Key, Line, changes, lines_of

KEY = Key("PEP-1", "efficiency_saving", "achieved", False, 2014, 2014)
PROJECTED = replace(KEY, stage="projected")
WIDE = replace(KEY, first_year=2013, last_year=2016)
ACCEPTED = ("accept", None)


def counts(name: str, pounds: str = "100.00", key: Key = KEY, **other) -> Line:
    return Line(name, f"{name}.csv, row 2", key, "loaded", "counts", None, Decimal(pounds), **other)


def out(line: Line, standing: str | None = "left_out", reason: str | None = None, fate: str = "loaded") -> Line:
    """The line as it is where it does not count."""
    return replace(line, fate=fate, standing=standing, reason=reason)


def held(line: Line, **other) -> Line:
    return replace(line, fate="held", standing=None, **other)


def found(opening: list[Line], closing: list[Line]) -> list[Change]:
    return changes(lines_of(opening), lines_of(closing))


def causes(opening: list[Line], closing: list[Line]) -> dict[tuple[str, int], tuple[str, str]]:
    """{(stage, first year): (cause, change)}."""
    return {(one.key.stage, one.key.first_year): (one.cause, str(one.change_gbp)) for one in found(opening, closing)}


HERE = ("achieved", 2014)
X, Y, LATER = counts("x"), counts("y"), counts("later", "120.50")
WIDER = counts("wide", "900.00", WIDE)
CASES = {
    "a fresh line is new": ([], [X], {HERE: ("new", "100.00")}),
    "a later report revises": ([X], [out(X, "superseded"), LATER], {HERE: ("revised", "20.50")}),
    "a return sent again revises": ([X], [LATER], {HERE: ("revised", "20.50")}),
    "a return that is gone is withdrawn": ([X], [], {HERE: ("withdrawn", "-100.00")}),
    "a withdrawal line withdraws": (
        [X],
        [out(X, reason="withdrawn"), out(counts("w"), reason="withdrawal")],
        {HERE: ("withdrawn", "-100.00")},
    ),
    "a withdrawal that is gone gives back": ([out(X, reason="withdrawn")], [X], {HERE: ("withdrawn", "100.00")}),
    "the later report's return is withdrawn and the earlier stands again": (
        [out(X, "superseded"), LATER],
        [X],
        {HERE: ("withdrawn", "-20.50")},
    ),
    "a wider amount supersedes": (
        [X],
        [out(X, "part_of"), WIDER],
        {HERE: ("superseded", "-100.00"), ("achieved", 2013): ("new", "900.00")},
    ),
    "what was superseded stands again": (
        [out(X, "part_of"), WIDER],
        [X],
        {HERE: ("superseded", "100.00"), ("achieved", 2013): ("withdrawn", "-900.00")},
    ),
    "an amount moves with its years": (
        [counts("p", "200.00", PROJECTED)],
        [counts("q", "190.00")],
        {("projected", 2014): ("moved_stage", "-200.00"), HERE: ("moved_stage", "190.00")},
    ),
    "an amount moves with its pounds": (
        [counts("p", "200.00", replace(PROJECTED, first_year=-1, last_year=-1))],
        [counts("q", "200.00")],
        {("projected", -1): ("moved_stage", "-200.00"), HERE: ("moved_stage", "200.00")},
    ),
    "neither years nor pounds alike do not move": (
        [counts("p", "200.00", replace(PROJECTED, first_year=2011, last_year=2011))],
        [X],
        {("projected", 2011): ("withdrawn", "-200.00"), HERE: ("new", "100.00")},
    ),
    "another kind does not move": (
        [counts("p", "200.00", replace(PROJECTED, kind="income_generation"))],
        [X],
        {("projected", 2014): ("withdrawn", "-200.00"), HERE: ("new", "100.00")},
    ),
    "a stage that stays does not move": (
        [counts("p", "200.00", PROJECTED)],
        [counts("p", "200.00", PROJECTED), X],
        {HERE: ("new", "100.00")},
    ),
    "a held line that is accepted is decided": (
        [held(X)],
        [replace(X, decision=ACCEPTED)],
        {HERE: ("decided", "100.00")},
    ),
    "an amended line is decided": (
        [replace(X, decision=ACCEPTED)],
        [counts("x", "80.00", decision=("amend", Decimal("80.00")))],
        {HERE: ("decided", "-20.00")},
    ),
    "a line freed by a decision on its like is decided": (
        [held(X), held(Y)],
        [replace(out(X, reason="decided_out"), decision=("withdraw", None)), Y],
        {HERE: ("decided", "100.00")},
    ),
    "a line that a newer one contradicts is held": ([X], [held(X), held(Y)], {HERE: ("held", "-100.00")}),
    "a line whose contradiction is gone is free": ([held(X), held(Y)], [X], {HERE: ("held", "100.00")}),
    "a duplicate under another reference holds": ([X], [held(X, duplicate=True)], {HERE: ("held", "-100.00")}),
    "the same line read otherwise is repriced": ([X], [counts("x", "100000.00")], {HERE: ("repriced", "99900.00")}),
    "a threshold that holds is repriced": ([X], [held(X)], {HERE: ("repriced", "-100.00")}),
    "the same line at another stage is repriced in both": (
        [X],
        [replace(X, key=PROJECTED)],
        {HERE: ("repriced", "-100.00"), ("projected", 2014): ("repriced", "100.00")},
    ),
    "a line that no longer can be read is repriced": (
        [X],
        [out(X, None, fate="quarantined")],
        {HERE: ("repriced", "-100.00")},
    ),
    "the same amount from a later report is no change": ([X], [out(X), Y], {}),
    "nothing and zero are no change": ([], [counts("z", "0.00")], {}),
}


@pytest.mark.parametrize(("opening", "closing", "expected"), CASES.values(), ids=CASES)
def test_a_change_has_the_cause_worked_out_by_hand(opening, closing, expected):
    assert causes(opening, closing) == expected


def test_every_cause_is_among_the_cases():
    assert {cause for _, _, expected in CASES.values() for cause, _ in expected.values()} == set(CAUSES)


def test_a_new_basis_supersedes_a_total_and_is_new_among_amounts_per_year():
    yearly = counts("yearly", "50.00", replace(KEY, per_year=True))
    total, per_year = found([X], [out(X, "superseded"), yearly])
    assert (total.cause, total.key.per_year, total.change_gbp) == ("superseded", False, Decimal("-100.00"))
    assert (per_year.cause, per_year.key.per_year, per_year.change_gbp) == ("new", True, Decimal("50.00"))


def test_one_amount_moves_once_however_many_stages_are_alike():
    opening = [counts("p", key=PROJECTED)]
    closing = [counts("q"), counts("r", key=replace(KEY, stage="identified"))]
    assert Counter(one.cause for one in found(opening, closing)) == {"moved_stage": 2, "new": 1}


KEYS = st.builds(
    Key,
    st.sampled_from(["A", "B"]),
    st.just("efficiency_saving"),
    st.sampled_from(["achieved", "projected"]),
    st.booleans(),
    st.sampled_from([-1, 2014]),
    st.sampled_from([-1, 2014]),
)
STATES = st.sampled_from(
    [
        ("loaded", "counts", None),
        ("loaded", "superseded", "superseded"),
        ("loaded", "part_of", "part_of"),
        ("loaded", "left_out", "withdrawn"),
        ("loaded", "left_out", "decided_out"),
        ("held", None, None),
        ("quarantined", None, None),
    ]
)


@st.composite
def releases(draw) -> list[Line]:
    names = draw(st.sets(st.sampled_from("abcdefgh")))
    decisions = st.sampled_from([None, None, ACCEPTED, ("withdraw", None)])
    pounds = st.decimals(-100, 10**9, places=2)
    return [
        Line(name, name, draw(KEYS), *draw(STATES), draw(pounds), draw(decisions), draw(st.booleans()))
        for name in sorted(names)
    ]


def totals(lines: list[Line]) -> Counter[tuple[bool, str]]:
    sums: Counter[tuple[bool, str]] = Counter()
    for line in lines:
        if line.standing == "counts":
            sums[line.key.per_year, line.key.stage] += line.amount_gbp
    return sums


@given(releases(), releases())
def test_opening_and_parts_are_the_closing_to_the_penny_whatever_happened(opening, closing):
    sums = totals(opening)
    changed = found(opening, closing)
    assert len({one.key for one in changed}) == len(changed)
    for one in changed:
        assert one.cause in CAUSES
        sums[one.key.per_year, one.key.stage] += one.change_gbp
    after = totals(closing)
    assert {cell: sum_ for cell, sum_ in sums.items() if sum_} == {cell: sum_ for cell, sum_ in after.items() if sum_}


@given(releases(), releases())
def test_the_way_back_undoes_every_change(opening, closing):
    there = {one.key: one.change_gbp for one in found(opening, closing)}
    assert {one.key: -one.change_gbp for one in found(closing, opening)} == there


@given(releases())
def test_a_release_does_not_differ_from_itself(lines):
    assert found(lines, lines) == []


@given(releases(), releases())
def test_what_moved_left_one_stage_and_stands_at_the_other(opening, closing):
    changed = {one.key: one for one in found(opening, closing)}
    for one in changed.values():
        if one.cause == "moved_stage":
            assert (one.old_gbp is None) != (one.new_gbp is None)
            others = [other for key, other in changed.items() if key.stage == one.other_stage]
            assert any(other.cause == "moved_stage" and other.other_stage == one.key.stage for other in others)
        else:
            assert one.other_stage is None
    assert sum((one.change_gbp for one in changed.values()), NOTHING) == sum(totals(closing).values(), NOTHING) - sum(
        totals(opening).values(), NOTHING
    )
