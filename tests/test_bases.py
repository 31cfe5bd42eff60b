"""What stands behind a number: only what is in it, in the prices asked for, and nothing of nobody."""

from dashboard.caption import left_out_sentences
from dashboard.dimensions import FINANCIAL_YEAR
from dashboard.figure import answer
from dashboard.measures import SAVINGS_ACHIEVED
from dashboard.outputs.page_parts import tiles
from dashboard.selection import Selection
from dashboard.topics import FIGURES


def test_a_base_in_other_prices_holds_only_what_has_a_year(published):
    selection = Selection("published", real="2024-25")
    base = published.base((SAVINGS_ACHIEVED,), selection)
    rows = published.table((SAVINGS_ACHIEVED,), (FINANCIAL_YEAR,), selection).rows
    assert (base.projects, base.reported) == (sum(row["projects"] for row in rows), 1)
    assert published.base((SAVINGS_ACHIEVED,), Selection("published")).projects == 2
    nothing = answer(FIGURES["headline-savings"], published, selection)
    assert "0 projects" in tiles(nothing)
    assert "none of a single year" in tiles(nothing)


def test_what_is_left_out_is_never_of_no_projects(illustrative):
    for name in FIGURES:
        found = answer(FIGURES[name], illustrative, Selection("illustrative"))
        assert [text for text in left_out_sentences(found) if " 0 projects" in text] == []
