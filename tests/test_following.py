"""From a mark or a row to the page that shows it alone, and from there to the lines and their sources."""

from decimal import Decimal

import pytest
from made_returns import line

from dashboard.charts.listing import Listing
from dashboard.charts.rows import codes_of_mark
from dashboard.charts.tiles import Tiles
from dashboard.dimensions import OBSERVATION, PROJECT
from dashboard.figure import answer
from dashboard.lineage import lines_behind, narrower
from dashboard.measures import SAVINGS_ACHIEVED
from dashboard.outputs.page_lines import lines
from dashboard.selection import Selection, from_address, to_address
from dashboard.topics import FIGURES

DRAWN = [name for name, figure in FIGURES.items() if not isinstance(figure.chart, Tiles | Listing)]
every_drawn = pytest.mark.parametrize("name", DRAWN)


@every_drawn
def test_every_mark_that_stands_for_one_row_leads_to_that_row(illustrative, published, name):
    for release in (illustrative, published):
        found = answer(FIGURES[name], release, Selection(release.manifest["collection"]))
        drawing = found.drawing()
        if drawing is None:
            continue
        rows = [[row[dimension.id] for dimension in found.table.by] for row in found.table.rows]
        marks = [
            codes_of_mark(drawing, curve, point)
            for curve, trace in enumerate(drawing["data"])
            for point in range(len(trace.get("ids", ())))
        ]
        assert [codes for codes in marks if codes] != []
        assert [codes for codes in marks if codes and codes not in rows] == []


def test_a_click_beside_every_mark_leads_nowhere():
    drawing = {"data": [{"ids": ['["a"]', ""]}, {}]}
    assert codes_of_mark(drawing, 0, 0) == ["a"]
    assert [codes_of_mark(drawing, *place) for place in ((0, 1), (0, 7), (1, 0), (5, 0), (-1, 0), (0, -1))] == [[]] * 6


@pytest.mark.parametrize("name", FIGURES)
def test_every_row_leads_to_a_selection_that_its_address_gives_back(illustrative, published, name):
    for release in (illustrative, published):
        collection = release.manifest["collection"]
        found = answer(FIGURES[name], release, Selection(collection))
        for wanted in narrower(found):
            assert from_address(to_address(wanted), (collection,)) == (wanted, ())


def test_the_lines_of_one_project_are_what_its_row_holds(illustrative):
    table = illustrative.table((SAVINGS_ACHIEVED,), (PROJECT,), Selection("illustrative"))
    for row in table.rows[:20]:
        alone = Selection("illustrative").restricted(PROJECT, (row[PROJECT.id],))
        behind = lines_behind(illustrative, SAVINGS_ACHIEVED, alone)
        assert {one.place["project_ref"] for one in behind} <= {row[PROJECT.id]}
        known = [one.pounds_gbp for one in behind]
        assert (sum(known, Decimal(0)) if known else None) == row[SAVINGS_ACHIEVED.id]
        base = illustrative.base((SAVINGS_ACHIEVED,), alone)
        assert (base.of_projects, base.projects) == (1, int(bool(known)))


def test_a_line_leads_to_its_project(published):
    found = answer(FIGURES["lines-and-their-standing"], published, Selection("published"))
    wanted = dict(zip((row[OBSERVATION.id] for row in found.table.rows), narrower(found), strict=True))
    refs = dict(published.rows("select line_id, project_ref from observations"))
    assert {line: dict(one.where)["project"] for line, one in wanted.items()} == {
        line: (refs[line],) for line in wanted
    }


def test_lines_of_most_pounds_come_first_and_no_more_than_asked_for(illustrative):
    every = lines_behind(illustrative, SAVINGS_ACHIEVED, Selection("illustrative"))
    five = lines_behind(illustrative, SAVINGS_ACHIEVED, Selection("illustrative"), 5)
    largest = sorted((abs(one.pounds_gbp) for one in every), reverse=True)
    assert [abs(one.pounds_gbp) for one in five] == largest[:5]


def test_the_lines_behind_a_figure_name_their_file_row_words_and_source(published):
    found = answer(FIGURES["savings-by-skill-area"], published, Selection("published"))
    shown = lines(found)
    for one in lines_behind(published, SAVINGS_ACHIEVED, Selection("published")):
        assert f"{one.place['file']}, row {one.place['row']}" in shown
        assert one.place["line_id"] in shown
        assert one.place["source_url"].replace("&", "&amp;") in shown


def test_text_of_a_return_stays_text_among_the_lines(release_of):
    release = release_of([line(project_title="<b>bold</b>", source_url="javascript:alert(1)")])
    shown = lines(answer(FIGURES["savings-by-skill-area"], release, Selection("programme")))
    assert "&lt;b&gt;bold" in shown
    assert "<b>" not in shown
    assert "href" not in shown
