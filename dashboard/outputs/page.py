"""The page of a topic: header, sentence, and each figure as a card with chart, table, download and about."""

import re
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from functools import cache, partial
from pathlib import Path

import streamlit as st

from dashboard.caption import chips, showing
from dashboard.figure import Answer, Figure, Topic, answer
from dashboard.measures import SAVINGS
from dashboard.outputs import page_parts as parts
from dashboard.outputs.page_card import card, dark
from dashboard.outputs.page_controls import end_tour, forget_filter, show_collection, show_newer
from dashboard.outputs.page_council import answers, chosen_council, facts, search, showing_profile
from dashboard.outputs.snapshot import snapshot, snapshot_name
from dashboard.release import Release
from dashboard.selection import Selection
from dashboard.style import plain_text
from dashboard.topics.councils import COUNCILS
from dashboard.topics.overview import OVERVIEW

STYLE = Path(__file__).with_name("page.css")
ICON = Path(__file__).with_name("icon.svg")
TOUR = (
    "Choose at the left what to show: a collection, how far the savings have come, and any filters; the address of the "
    "page keeps it all, so that a link shows the same numbers later.",
    "Each card answers one question: read its message, open its table, and under “Lines” see every line of every "
    "return behind a number, with its source.",
    "Click a mark, or a name in a table, to see it alone; nothing is ever added that does not belong together, and "
    "what is left out is said beneath.",
)


def topic(shown: Topic, release: Release, selection: Selection) -> None:
    """Draws a whole topic for a selection; of the topic of councils, where one is chosen, that council's profile."""
    council = chosen_council(release, selection) if shown is COUNCILS else None
    title = council.name if council else shown.question
    st.set_page_config(page_title=f"{council.name if council else shown.title} · Savings Impact")
    style()
    base = release.base((SAVINGS[selection.stage],), selection)
    st.html(parts.header(release, base, selection.stage))
    st.html(parts.banner(release)) if parts.banner(release) else None
    tour()
    st.html(f'<h1 class="si-title">{parts.text(title)}</h1>')
    if council:
        _showing(showing_profile(release, council, selection), release, selection)
    else:
        staged = any(figure.follows_stage for figure in shown.figures)
        _showing(showing(selection, release, staged), release, selection)
    if shown is COUNCILS:
        search(release, selection)
    if council:
        st.html(facts(release, council, selection))
        _cards(answers(release, council, selection))
    else:
        suitable = [figure for figure in shown.figures if figure.suits(release)]
        _cards(_side_by_side().map(partial(_whole, release, selection), suitable))
    if shown is OVERVIEW:
        _snapshot_button(shown, release, selection)
    st.html(parts.footer(release))


@cache
def _side_by_side() -> ThreadPoolExecutor:
    """Two questions at a time: planning them is most of the work, and DuckDB does it beside Python."""
    return ThreadPoolExecutor(2, "answers")


def _whole(release: Release, selection: Selection, figure: Figure) -> Answer:
    """An answer with its words and caption, which ask the release too."""
    found = answer(figure, release, selection)
    _ = (found.words, found.caption)
    return found


def _cards(answers: Iterable[Answer]) -> None:
    shown = False
    for found in answers:
        card(found)
        shown = True
    if not shown:
        st.html('<p class="si-empty">What this topic shows stands in the published collection.</p>')
        st.button("Show the published outcomes", on_click=show_collection, args=("published",))


def style() -> None:
    """Puts the style sheet on the page, and the mark of the theme that it follows."""
    st.html(f"<style>{_sheet()}</style>")
    st.html(f'<span class="si-theme {"si-dark" if dark() else "si-light"}" hidden></span>')


@cache
def _sheet() -> str:
    return STYLE.read_text("utf-8")


def tour() -> None:
    """Three sentences for who came without an address of a view; once told, they do not come back in the session."""
    if not st.session_state.get("tour"):
        return
    with st.container(border=True, key="si-tour"):
        sentences = "".join(f"<li>{sentence}</li>" for sentence in TOUR)
        st.html(f'<h2 class="si-message">New here?</h2><ol>{sentences}</ol>')
        st.button("Got it", on_click=end_tour)


def _showing(sentence: str, release: Release, selection: Selection) -> None:
    st.html(f'<p class="si-showing">{parts.text(sentence)}</p>')
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


def _snapshot_button(shown: Topic, release: Release, selection: Selection) -> None:
    st.download_button(
        "Download this page as HTML",
        data=partial(snapshot, shown, release, selection),
        file_name=snapshot_name(shown, release),
        mime="text/html",
        on_click="ignore",
        help="One file that opens offline and prints well.",
    )


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
