"""The page of a topic: header, sentence, and each figure as a card with chart, table, download and about."""

import re
from collections.abc import Callable
from functools import partial
from pathlib import Path

import streamlit as st

from dashboard.caption import chips, showing
from dashboard.charts import Chart
from dashboard.charts.listing import Listing
from dashboard.charts.tiles import Tiles
from dashboard.figure import Answer, Topic, answer
from dashboard.measures import SAVINGS
from dashboard.outputs import page_parts as parts
from dashboard.outputs.files import csv_of, file_name
from dashboard.outputs.page_controls import forget_filter, forget_filters, show_collection, show_newer
from dashboard.outputs.snapshot import snapshot, snapshot_name
from dashboard.release import Release
from dashboard.selection import Selection
from dashboard.style import plain_text

STYLE = Path(__file__).with_name("page.css")
ICON = Path(__file__).with_name("icon.svg")
CHART = {"displayModeBar": False, "showSendToCloud": False, "plotlyServerURL": "", "displaylogo": False}


def topic(shown: Topic, release: Release, selection: Selection) -> None:
    """Draws a whole topic for a selection."""
    st.set_page_config(page_title=f"{shown.title} · Savings Impact")
    style()
    base = release.base((SAVINGS[selection.stage],), selection)
    st.html(parts.header(release, base, selection.stage))
    st.html(parts.banner(release)) if parts.banner(release) else None
    st.html(f'<h1 class="si-title">{parts.text(shown.question)}</h1>')
    _showing(shown, release, selection)
    suitable = [figure for figure in shown.figures if figure.suits(release)]
    for figure in suitable:
        _card(answer(figure, release, selection))
    if not suitable:
        st.html('<p class="si-empty">What this topic shows stands in the published collection.</p>')
        st.button("Show the published outcomes", on_click=show_collection, args=("published",))
    if shown.figures[0].id == "headline-savings":
        _snapshot_button(shown, release, selection)
    st.html(parts.footer(release))


def style() -> None:
    """Puts the style sheet on the page, and the mark of the theme that it follows."""
    dark = "si-dark" if _dark() else "si-light"
    st.html(f"<style>{STYLE.read_text('utf-8')}</style>")
    st.html(f'<span class="si-theme {dark}" hidden></span>')


def _dark() -> bool:
    return st.context.theme.type == "dark"


def _showing(shown: Topic, release: Release, selection: Selection) -> None:
    staged = any(figure.follows_stage for figure in shown.figures)
    st.html(f'<p class="si-showing">{parts.text(showing(selection, release, staged))}</p>')
    for problem in st.session_state.get("problems", ()):
        st.html(parts.problem(problem))
    if st.session_state.get("newer"):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.html('<p class="si-showing">A newer release of this collection was published.</p>')
            st.button("Show the newer release", on_click=show_newer)
    filters = chips(selection, release)
    if filters:
        with st.container(horizontal=True, gap="small", key="si-chips"):
            for name, words in filters:
                st.button(f"{_markdown(words)} ✕", key=f"chip_{name}", on_click=forget_filter, args=(name,))


def _markdown(words: str) -> str:
    """Text that Streamlit would read as Markdown, with every special sign taken literally."""
    return re.sub(r"([\\`*_{}\[\]()#+\-.!|$:<>~&])", r"\\\1", plain_text(words))


@st.fragment
def _card(found: Answer) -> None:
    chart = found.figure.chart
    with st.container(border=True, key=f"si-card-{found.figure.id}"):
        st.html(parts.figure_head(found))
        names = [*_first_tabs(chart), "Download", "About"]
        opened = st.tabs(names, key=f"tabs_{found.figure.id}", on_change="rerun")
        shows: dict[str, Callable[[Answer], object]] = {
            "Numbers": lambda found: st.html(parts.tiles(found)),
            "One by one": lambda found: st.html(parts.cards(found)),
            "Chart": _chart,
            "Table": _table,
            "Download": _download,
            "About": lambda found: st.html(parts.about(found)),
        }
        for name, tab in zip(names, opened, strict=True):
            if tab.open:
                with tab:
                    shows[name](found)
        st.html(parts.caption(found))


def _first_tabs(chart: Chart) -> list[str]:
    if isinstance(chart, Listing):
        return ["One by one", "Table"] if chart.cards else ["Table"]
    return ["Numbers" if isinstance(chart, Tiles) else "Chart", "Table"]


def _chart(found: Answer) -> None:
    drawing = found.drawing(_dark())
    if drawing is None:
        _way_out(found)
        return
    st.plotly_chart(
        drawing, theme=None, key=f"chart_{found.figure.id}", config=CHART, alt=found.words.alt, width="stretch"
    )


def _table(found: Answer) -> None:
    if found.table.rows:
        st.html(parts.table(found))
    else:
        _way_out(found)


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


def _snapshot_button(shown: Topic, release: Release, selection: Selection) -> None:
    st.download_button(
        "Download this page as HTML",
        data=partial(snapshot, shown, release, selection),
        file_name=snapshot_name(shown, release),
        mime="text/html",
        on_click="ignore",
        help="One file that opens offline and prints well.",
    )


def _way_out(found: Answer) -> None:
    st.html(f'<p class="si-empty">{parts.text(found.words.headline)}</p>')
    st.html('<p class="si-hint">Choose another stage, collection or prices in “What to show”, or lift the filters.</p>')
    lifted = "Lift all filters"
    if found.selection.where and st.button(lifted, key=f"lift_{found.figure.id}", on_click=forget_filters):
        st.rerun()


def nothing_loaded() -> None:
    """The page of a home without any release."""
    style()
    st.html('<h1 class="si-title">Nothing is loaded yet</h1>')
    st.html('<p class="si-showing">Load returns with <code>savings load FILE</code>, then open this page again.</p>')


def unavailable(problem: str) -> None:
    """The page of a release that cannot be shown: what happened, and what to do."""
    style()
    st.html('<h1 class="si-title">This release cannot be shown</h1>')
    st.html(f'<p class="si-showing">{parts.text(problem)}</p>')
    st.button("Show the current release", on_click=show_newer)
