"""The script behind every page: which page is open, and which collection, release, stage and filters are chosen."""

import os
from functools import partial
from pathlib import Path

import streamlit as st

from dashboard.outputs import page, page_check, page_method
from dashboard.outputs.page_controls import chosen_selection, keep_choices
from dashboard.release import Unavailable, collections
from dashboard.topics import TOPICS


def main() -> None:
    """Draws the page that is open: a topic for the selection that address and controls state, or the check.

    The controls are drawn here and not by the page, so that their state is one for all topics.
    """
    st.set_page_config(page_title="Savings Impact", page_icon=page.ICON, layout="wide")
    home = Path(os.environ["SAVINGS_HOME"])

    def topic(place: int) -> None:
        page.topic(TOPICS[place], release, selection)

    topics = [
        st.Page(
            partial(topic, place),
            title=shown.title,
            url_path="" if place == 0 else shown.id,
            default=place == 0,
        )
        for place, shown in enumerate(TOPICS)
    ]
    method = st.Page(lambda: page_method.page(release, selection), title=page_method.TITLE, url_path=page_method.PATH)
    check = st.Page(partial(page_check.page, home), title=page_check.TITLE, url_path=page_check.PATH)
    opened = st.navigation([*topics, check, method], position="top")
    if opened is check:
        keep_choices()
        opened.run()
        return
    page_check.forget()
    available = collections(home)
    if not available:
        page.nothing_loaded()
        return
    try:
        selection, release = chosen_selection(home, available)
    except Unavailable as problem:
        page.unavailable(str(problem))
        return
    opened.run()


main()
