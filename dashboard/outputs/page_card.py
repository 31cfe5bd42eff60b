"""A figure on the page: its message, then chart, table, lines, download and about, and its caption."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any
from urllib.parse import urlencode

import streamlit as st

from dashboard.charts import Chart
from dashboard.charts.listing import Listing
from dashboard.charts.rows import codes_of_mark
from dashboard.charts.tiles import Tiles
from dashboard.figure import Answer
from dashboard.lineage import narrowed, narrower
from dashboard.outputs import page_parts as parts
from dashboard.outputs.drawn import Drawn
from dashboard.outputs.files import csv_of, file_name
from dashboard.outputs.page_controls import choose, forget_filters
from dashboard.outputs.page_lines import lines
from dashboard.outputs.page_words import words
from dashboard.selection import to_address

MOST_ROWS = 250
"""Rows of a table on the page: a browser is slow with thousands. Files hold every row."""
CHART = {"displayModeBar": False, "showSendToCloud": False, "plotlyServerURL": "", "displaylogo": False}


def dark() -> bool:
    """Whether the reader's theme is dark."""
    return st.context.theme.type == "dark"


@st.fragment
def card(found: Answer) -> None:
    """Draws an answer as a card of its own: what opens in it leaves the rest of the page as it is."""
    if st.session_state.pop("moved", False):
        st.rerun()
    chart = found.figure.chart
    with st.container(border=True, key=f"si-card-{found.figure.id}"):
        st.html(parts.figure_head(found))
        names = [*_first_tabs(chart), "Lines", "Download", "About"]
        opened = st.tabs(names, key=f"tabs_{found.figure.id}", on_change="rerun")
        shows: dict[str, Callable[[Answer], object]] = {
            "Numbers": lambda found: st.html(parts.tiles(found)),
            "One by one": lambda found: st.html(parts.cards(found)),
            "Chart": _chart,
            "Table": _table,
            "Lines": lambda found: st.html(lines(found)),
            "Download": _download,
            "About": lambda found: st.html(parts.about(found)),
        }
        for name, tab in zip(names, opened, strict=True):
            if tab.open:
                with tab:
                    shows[name](found)
        st.html(parts.caption(found) + words(found))


def _first_tabs(chart: Chart) -> list[str]:
    if isinstance(chart, Listing):
        return ["One by one", "Table"] if chart.cards else ["Table"]
    return ["Numbers" if isinstance(chart, Tiles) else "Chart", "Table"]


def _chart(found: Answer) -> None:
    drawing = found.drawing(dark())
    if drawing is None:
        _way_out(found)
        return
    shown = partial(st.plotly_chart, Drawn(drawing), theme=None, config=CHART, alt=found.words.alt, width="stretch")
    if _by_touch():
        shown(key=f"still_{found.figure.id}")
        return
    key = f"chart_{found.figure.id}_{st.session_state.get('followed', 0)}"
    shown(key=key, on_select=partial(_follow, found, drawing, key), selection_mode="points")


def _by_touch() -> bool:
    """Whether the reader holds a telephone: there a chart to click takes the finger that would scroll the page."""
    return "Mobi" in (st.context.headers.get("User-Agent") or "")


def _follow(found: Answer, drawing: dict[str, Any], key: str) -> None:
    """Filters the page to the mark that was clicked. The next drawing is a new one, in which nothing is selected."""
    for point in st.session_state[key].selection.points[:1]:
        codes = codes_of_mark(drawing, point["curve_number"], point["point_index"])
        if codes:
            choose(*narrowed(found, [codes]))
            st.session_state["moved"] = True
    st.session_state["followed"] = st.session_state.get("followed", 0) + 1


def _table(found: Answer) -> None:
    if not found.table.rows:
        _way_out(found)
        return
    first = replace(found, table=replace(found.table, rows=found.table.rows[:MOST_ROWS]))
    links = ["" if wanted == found.selection else f"?{urlencode(to_address(wanted))}" for wanted in narrower(first)]
    st.html(parts.table(first, links))
    if len(found.table.rows) > MOST_ROWS:
        every = f"The first {MOST_ROWS} of {len(found.table.rows):,} rows. Filter the page, or download all of them."
        st.html(f'<p class="si-hint">{every}</p>')


def _download(found: Answer) -> None:
    st.download_button(
        "Download CSV",
        data=partial(csv_of, found),
        file_name=file_name(found, "csv"),
        mime="text/csv",
        key=f"csv_{found.figure.id}",
        on_click="ignore",
        help="The whole table with codes, labels, base, caption and release in every row.",
    )


def _way_out(found: Answer) -> None:
    st.html(f'<p class="si-empty">{parts.text(found.words.headline)}</p>')
    st.html('<p class="si-hint">Choose another stage, collection or prices in “What to show”, or lift the filters.</p>')
    lifted = "Lift all filters"
    if found.selection.where and st.button(lifted, key=f"lift_{found.figure.id}", on_click=forget_filters):
        st.rerun()
