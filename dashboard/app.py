"""The script behind every page: which collection, release, stage and filters are chosen, and which topic is open."""

import os
from functools import partial
from pathlib import Path

import streamlit as st

from dashboard.outputs import page
from dashboard.outputs.page_controls import chosen_selection
from dashboard.release import Release, Unavailable, collections
from dashboard.selection import Selection
from dashboard.topics import TOPICS


def _topic(place: int, release: Release, selection: Selection) -> None:
    page.topic(TOPICS[place], release, selection)


def main() -> None:
    """Draws the page of the topic that is open, for the selection that the address and the controls state."""
    st.set_page_config(page_title="Savings Impact", page_icon=page.ICON, layout="wide")
    home = Path(os.environ["SAVINGS_HOME"])
    available = collections(home)
    if not available:
        page.nothing_loaded()
        return
    try:
        selection, release = chosen_selection(home, available)
    except Unavailable as problem:
        page.unavailable(str(problem))
        return
    pages = [
        st.Page(
            partial(_topic, place, release, selection),
            title=topic.title,
            url_path="" if place == 0 else topic.id,
            default=place == 0,
        )
        for place, topic in enumerate(TOPICS)
    ]
    st.navigation(pages, position="top").run()


main()
