"""Whatever the order of columns and whatever stands between the lines, each row is accounted for once."""

from hypothesis import given, settings
from hypothesis import strategies as st
from shaped import REFERENCE

from etl.columns import NAMES
from etl.shape import shape_of

WORDS = st.sampled_from(["Payroll", "Libraries", "Total facilities", "x", "Waste: phase 2", "2014-15", "n/a", ""])
AMOUNTS = st.sampled_from(["5000", "£2.3m", "TBC", "", "-", "1,250", "0"])
OTHERS = st.sampled_from(["blank", "Total", "Source: LGA", "heading", "District councils"])
NEEDED = ("project_ref", "lead_council", "amount_gbp")
REST = tuple(name for name in NAMES if not name.endswith("_gbp") and name not in NEEDED)


@st.composite
def tables(draw):
    """A clean narrow table: rows above it, its headings, and its rows, each a line or not."""
    names = draw(
        st.permutations([*NEEDED, *draw(st.lists(st.sampled_from(REST), unique=True, min_size=1, max_size=6))])
    )
    above = draw(st.lists(st.sampled_from([[], ["Savings return"], ["Made in 2015", ""]]), max_size=3))
    rows, lines = [], {}
    for number in range(draw(st.integers(1, 12))):
        sort = draw(st.one_of(st.just("line"), OTHERS))
        cells = {name: draw(AMOUNTS if name == "amount_gbp" else WORDS) for name in names}
        cells |= {"project_ref": f"PEP-{number}", "lead_council": draw(st.sampled_from(["Lambeth", "Derby"]))}
        row = {
            "line": [cells[name] for name in names],
            "blank": [],
            "heading": list(names),
            "Total": ["Total" if name == "project_ref" else "77" if name == "amount_gbp" else "" for name in names],
        }.get(sort, [sort if place == names.index("project_ref") else "" for place in range(len(names))])
        if sort == "line":
            lines[len(above) + 2 + number] = cells
        rows.append(row)
    return [*above, list(names), *rows], len(above) + 1, lines


@settings(max_examples=150, deadline=None)
@given(tables())
def test_every_row_is_a_line_or_ignored_once_and_no_cell_changes(table):
    rows, heading, lines = table
    sheet = shape_of(rows, REFERENCE)
    if not lines:
        assert sheet.lines == []
        return
    assert sheet.heading_rows == (heading,)
    assert {line.row: line.cells for line in sheet.lines} == lines
    last = max(number for number, row in enumerate(rows, 1) if any(row))
    counted = sorted([line.row for line in sheet.lines] + [row.row for row in sheet.ignored])
    assert counted == list(range(heading + 1, last + 1))


@settings(max_examples=150, deadline=None)
@given(st.lists(st.lists(st.text(max_size=8), max_size=6), max_size=8))
def test_no_sheet_crashes_or_counts_a_row_twice(rows):
    sheet = shape_of([["Project ref", "Savings (£)", "2014/15"], *rows], REFERENCE)
    places = [row.row for row in sheet.ignored] + list({line.row for line in sheet.lines})
    assert len(places) == len(set(places))
