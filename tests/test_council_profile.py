"""Councils found by any spelling, and the profile of one: parts in projects, group, successors."""

from datetime import date
from decimal import Decimal

import pytest
from made_returns import line

from dashboard.dimensions import COUNCIL, COUNCIL_TYPE, REGION
from dashboard.names import council_named, councils_like, parts_of, plain_key
from dashboard.outputs.page_council import answers, facts, found_html, group_of
from dashboard.selection import Selection
from dashboard.topics.council import IN_GROUP

TEIGNBRIDGE, PLYMOUTH, CUMBRIA, LEEDS = "E07000045", "E06000026", "E10000006", "E08000035"


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("Leeds", "Leeds City Council"),
        ("leeds cc", "Leeds City Council"),
        ("City of Leeds", "Leeds City Council"),
        ("E08000035", "Leeds City Council"),
        ("saint helens", "St Helens Council"),
        ("TEIGNBRIDGE DC", "Teignbridge District Council"),
        ("teignbrige", "Teignbridge District Council"),
        ("leeds citty", "Leeds City Council"),
        ("barrow in furness", "Barrow-in-Furness Borough Council"),
        ("king's lynn & west norfolk", "Borough Council of King's Lynn and West Norfolk"),
    ],
)
def test_a_council_is_found_by_any_spelling(illustrative, typed, name):
    assert councils_like(illustrative, typed)[0].name == name


def test_names_codes_and_aliases_of_the_register_find_their_council(illustrative):
    for spelling, code in illustrative.rows("select spelling, council from council_spellings")[::9]:
        found = councils_like(illustrative, spelling)
        same = {
            one for (one,) in illustrative.rows("select council from council_spellings where spelling = ?", [spelling])
        }
        assert {one.code for one in found} & same or len(found) == 8, (spelling, code)


def test_a_near_miss_is_said_to_be_one_and_nonsense_finds_nothing(illustrative):
    assert councils_like(illustrative, "teignbrige")[0].nearly
    assert not councils_like(illustrative, "teignbridge")[0].nearly
    assert councils_like(illustrative, "qwertyuiop") == []
    assert councils_like(illustrative, " ?! ") == []
    assert "Try a part of its name" in found_html([], Selection("illustrative"))


def test_a_spelling_keeps_something_even_if_it_is_all_style():
    assert plain_key("City of London") == "city of london"
    assert plain_key("the Leeds City Council") == "leeds"


def test_an_abolished_council_names_its_last_day_and_who_followed(illustrative):
    found = council_named(illustrative, CUMBRIA)
    assert found.end_date == date(2023, 3, 31)
    assert [name for _, name in found.successors] == ["Cumberland Council", "Westmorland and Furness Council"]
    assert CUMBRIA in [code for code, _ in council_named(illustrative, found.successors[0][0]).predecessors]
    shown = facts(illustrative, found, Selection("illustrative"))
    assert "31 March 2023" in shown
    assert "Cumberland Council" in shown
    assert "no project in this collection" in shown


def test_no_council_has_an_unknown_code(illustrative):
    assert council_named(illustrative, "E99999999") is None


def test_the_parts_of_a_council_are_those_that_the_release_records(illustrative):
    recorded = illustrative.rows("select project_no, council, role, share from project_councils")
    refs = illustrative.project_refs
    councils = {council for _, council, _, _ in recorded}
    for council in sorted(councils):
        parts = parts_of(illustrative, council)
        assert {(one.project_ref, one.role, one.share) for one in parts} == {
            (refs[project], role, share) for project, body, role, share in recorded if body == council
        }
        for one in parts:
            assert len(one.others) == sum(refs[project] == one.project_ref for project, *_ in recorded) - 1


def test_shares_of_a_joint_project_are_shown_with_its_partners(published):
    council = council_named(published, TEIGNBRIDGE)
    shown = facts(published, council, Selection("published"))
    assert "Shared ICT service (Strata)" in shown
    assert "Exeter City Council" in shown
    assert "not apportioned: stands under its lead" in shown


def test_only_the_comparison_is_asked_of_the_whole_group(illustrative):
    council = council_named(illustrative, PLYMOUTH)
    chosen = Selection("illustrative").restricted(COUNCIL, (PLYMOUTH,))
    for found in answers(illustrative, council, chosen):
        if found.figure.id in {figure.id for figure in IN_GROUP}:
            assert found.selection == group_of(council, chosen)
            assert found.selection.values(COUNCIL) == ()
            assert (found.selection.values(COUNCIL_TYPE), found.selection.values(REGION)) == (
                ("unitary",),
                ("South West",),
            )
            assert found.words.headline.startswith("ILLUSTRATIVE: Plymouth City Council reported £1.2m achieved")
        else:
            assert found.selection == chosen


def test_the_council_in_focus_keeps_its_colour_and_the_others_lose_theirs(illustrative):
    council = council_named(illustrative, PLYMOUTH)
    chosen = Selection("illustrative").restricted(COUNCIL, (PLYMOUTH,))
    found = next(one for one in answers(illustrative, council, chosen) if one.focus)
    marks = next(trace for trace in found.drawing()["data"] if "customdata" in trace)
    own = [colour for colour, mark in zip(marks["marker"]["color"], marks["meta"], strict=True) if PLYMOUTH in mark]
    others = {
        colour for colour, mark in zip(marks["marker"]["color"], marks["meta"], strict=True) if PLYMOUTH not in mark
    }
    assert len(found.table.rows) >= len(marks["meta"]) > 1
    assert len(own) == 1
    assert others
    assert own[0] not in others


def test_what_is_compared_is_the_middle_of_all_that_reported(release_of):
    names = ("Leeds City Council", "Bradford Council", "Wakefield Council", "Kirklees Council", "Calderdale Council")
    lines = [
        line(project_ref=f"P{place}", lead_council=name, amount_gbp=str(1000 * place))
        for place, name in enumerate(names, 1)
    ]
    release = release_of(lines)
    council = council_named(release, LEEDS)
    chosen = Selection("programme").restricted(COUNCIL, (LEEDS,))
    found = next(one for one in answers(release, council, chosen) if one.focus)
    assert found.table.total(found.table.measures[0]) == Decimal(15000)
    assert found.words.headline == (
        "Leeds City Council reported £1k achieved; the middle of the 5 councils that reported is £3k"
    )
