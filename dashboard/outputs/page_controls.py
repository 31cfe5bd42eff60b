"""The controls beside the page: collection, stage and filters, kept in the address so that a link shows the same."""

from collections.abc import Mapping
from pathlib import Path

import streamlit as st

from dashboard.dimensions import DIMENSIONS, FINANCIAL_YEAR, NOT_STATED, PROJECT, Dimension
from dashboard.measures import STAGE_MEANINGS, STAGES
from dashboard.names import labels_among
from dashboard.release import Release, Unavailable, current, open_release
from dashboard.selection import FILTERS, Selection, from_address, to_address

ORDER = ("skill_area", "financial_year", "council", "region", "council_type", "kind", "grant_year")
CASH = "cash"
MORE = tuple(dimension.id for dimension in FILTERS if dimension.id not in ORDER and dimension is not PROJECT)
NAMES = {
    "published": "Published outcomes",
    "illustrative": "ILLUSTRATIVE programme",
    "programme": "The programme",
}


def chosen_selection(home: Path, available: tuple[str, ...]) -> tuple[Selection, Release]:
    """Draws the controls and gives what they say. The first run of a session takes it from the address.

    Raises Unavailable where the release that an address names is not there.
    """
    state = st.session_state
    if "started" not in state:
        _start(available)
    with st.sidebar:
        st.html('<p class="si-side">What to show</p>')
        st.radio(
            "Collection",
            available,
            key="collection",
            format_func=lambda name: NAMES.get(name, name),
            on_change=forget_filters,
        )
        release = _pinned(home, state["collection"])
        st.radio(
            "Stage",
            STAGES,
            key="stage",
            format_func=str.capitalize,
            help=" ".join(f"{stage.capitalize()}: {STAGE_MEANINGS[stage]}." for stage in STAGES),
        )
        selection = Selection(state["collection"], release.id, state["stage"], real=_prices(release))
        for name in ORDER:
            selection = selection.restricted(DIMENSIONS[name], _filter(DIMENSIONS[name], release))
        with st.expander("More filters"):
            for name in MORE:
                selection = selection.restricted(DIMENSIONS[name], _filter(DIMENSIONS[name], release))
        selection = selection.restricted(PROJECT, _projects(release))
        st.button("Clear all filters", on_click=forget_filters, disabled=not selection.where, width="stretch")
    st.query_params.from_dict(to_address(selection))
    return selection, release


def keep_choices() -> None:
    """Keeps what was chosen while a page without controls is open: Streamlit forgets what it does not draw."""
    state = st.session_state
    for key in ("collection", "stage", "real", *(_key(dimension) for dimension in FILTERS)):
        if key in state:
            state[key] = state[key]


def _start(available: tuple[str, ...]) -> None:
    state = st.session_state
    selection, problems = from_address(st.query_params.to_dict(), available)
    state["started"] = True
    state["tour"] = not st.query_params.to_dict()
    state["problems"] = problems
    state["collection"] = selection.collection
    state["stage"] = selection.stage
    state["release"] = selection.release
    state["real"] = selection.real or CASH
    for dimension in FILTERS:
        state[_key(dimension)] = list(selection.values(dimension))


def _prices(release: Release) -> str | None:
    """The year in whose prices pounds are given; None for cash terms."""
    state = st.session_state
    if state.get("real", CASH) not in (CASH, *release.price_bases):
        state["problems"] = (*state["problems"], f"There is no price index for {state['real']}: cash terms are shown.")
        state["real"] = CASH
    chosen = st.selectbox(
        "Prices",
        (CASH, *release.price_bases),
        key="real",
        format_func=lambda year: "Cash terms" if year == CASH else f"{year} prices",
        help="Real terms by HM Treasury's GDP deflators. Amounts without a year are left out of them.",
    )
    return None if chosen == CASH else chosen


def _pinned(home: Path, collection: str) -> Release:
    """The release that this reader began with: a newer one is offered, never swapped in."""
    state = st.session_state
    try:
        release = open_release(home, collection, state["release"])
    except Unavailable as problem:
        if state["release"] is None:
            raise
        state["problems"] = (*state["problems"], f"{str(problem).rstrip('.')}. Showing the current release instead.")
        release = open_release(home, collection)
    state["release"] = release.id
    state["newer"] = current(home, collection) != release.id
    return release


def show_newer() -> None:
    """Goes on to the current release; called when a reader asks for it."""
    st.session_state["release"] = None


def _filter(dimension: Dimension, release: Release) -> list[str]:
    options = release.options(dimension)
    words = {code: f"{label} · {number:,}" for code, label, number in options}
    labels = release.labels_of(dimension)
    chosen = [_as_declared(code, words, labels) for code in st.session_state.get(_key(dimension), [])]
    st.session_state[_key(dimension)] = chosen
    words |= {code: f"{labels[code]} · 0" for code in chosen if code not in words and code in labels}
    _drop_unknown(dimension, words)
    codes = sorted(words, key=lambda code: (code == NOT_STATED, code)) if dimension.ordered else list(words)
    label = "Financial year of the benefit" if dimension is FINANCIAL_YEAR else dimension.label
    return st.multiselect(
        label,
        codes,
        key=_key(dimension),
        format_func=lambda code: words[code],
        placeholder="All",
        help="The number beside each is its projects.",
    )


def _as_declared(typed: str, words: Mapping[str, str], labels: Mapping[str, str]) -> str:
    """A code as the release writes it, for one that an address gives in other letters, or by its label."""
    if typed in words or typed in labels:
        return typed
    by_name = {name.casefold(): code for code in words for name in (code, labels.get(code, code))}
    return by_name.get(typed.casefold(), typed)


def _projects(release: Release) -> list[str]:
    """The projects that a reader followed a mark to; there is no list of them beside the page, it would be too long."""
    chosen = st.session_state.get(_key(PROJECT), [])
    _drop_unknown(PROJECT, labels_among(release, PROJECT, chosen))
    return st.session_state.get(_key(PROJECT), [])


def _drop_unknown(dimension: Dimension, known: Mapping[str, str]) -> None:
    """Drops codes that the release does not know from a filter, and says so."""
    chosen = st.session_state.get(_key(dimension), [])
    unknown = [code for code in chosen if code not in known]
    if unknown:
        st.session_state[_key(dimension)] = [code for code in chosen if code in known]
        st.session_state["problems"] = (
            *st.session_state["problems"],
            f"This release holds nothing for {dimension.label.lower()} {', '.join(unknown)}: that filter was dropped.",
        )


def end_tour() -> None:
    """Puts the sentences for newcomers away."""
    st.session_state["tour"] = False


def choose(selection: Selection) -> None:
    """Goes to the stage and the filters of a selection of the same release."""
    st.session_state["stage"] = selection.stage
    for dimension in FILTERS:
        st.session_state[_key(dimension)] = list(selection.values(dimension))


def forget_filter(name: str) -> None:
    """Lifts one filter."""
    st.session_state[_key(DIMENSIONS[name])] = []


def show_collection(name: str) -> None:
    """Goes over to another collection, without filters."""
    st.session_state["collection"] = name
    forget_filters()


def forget_filters() -> None:
    """Lifts all filters, and forgets what was wrong with the address."""
    for dimension in FILTERS:
        st.session_state[_key(dimension)] = []
    st.session_state["problems"] = ()
    if st.session_state["release"] and not st.session_state["release"].startswith(st.session_state["collection"]):
        st.session_state["release"] = None


def _key(dimension: Dimension) -> str:
    return f"filter_{dimension.id}"
