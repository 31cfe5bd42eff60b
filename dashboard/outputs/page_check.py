"""The page “Check a return”: a file is judged as loading would judge it, and nothing of it is stored."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import streamlit as st

from dashboard.checking import MOST_FILES, CannotCheck, Checked, Judged, Upload, check, empty_return
from dashboard.dimensions import COUNCIL, KIND, SKILL_AREA, STAGE
from dashboard.outputs import check_parts as checked_parts
from dashboard.outputs.page import style
from dashboard.outputs.page_parts import text
from dashboard.release import Unavailable, collections, open_release

PATH = "check-a-return"
TITLE = "Check a return"
STATE = "check"
UNITS = {"£": "Pounds", "£000": "Thousands of pounds (£000)", "£m": "Millions of pounds (£m)"}
SIGNS = {"reversed": "A minus or brackets mean a saving", "as_sent": "A minus or brackets mean a loss"}
TYPED = {
    "lead_council": ("Council", "Leeds City Council, or E08000035"),
    "financial_year": ("Financial year of the benefit", "2015-16"),
    "skill_area": ("Skill area", "shared services"),
}
CHOSEN = {
    "stage": ("Stage", {code: label for code, label in STAGE.labels if code != "withdrawn"}),
    "kind": ("Kind", dict(KIND.labels)),
    "unit": ("Unit of plain numbers", UNITS),
    "signs": ("Signs", SIGNS),
}
WAY_OUT = (
    "Mend the file and send it again: the check can be repeated as often as you like. “savings template return.xlsx” "
    "writes an empty return with the headings that are expected."
)
FILL_IN = "Correct it below, then check again."
A_RETURN = (
    "A return is a table with one line for each amount of one project at one stage: CSV, or a workbook (XLSX, XLS, "
    "XLSB, ODS). A line needs the project’s reference, skill area, lead council, kind, stage and amount in pounds; the "
    "amount may be left empty while it is not known. Headings may be worded in your own way."
)


def page(home: Path) -> None:
    """Draws the page. `home` lends the names of councils and skill areas, if a release of it can be read."""
    st.set_page_config(page_title=f"{TITLE} · Savings Impact")
    style()
    st.html(
        '<div class="si-head"><span class="si-name">Savings Impact</span><span><strong>Check a return</strong></span>'
        "<span>Nothing is stored</span></div>"
    )
    st.html('<h1 class="si-title">What would become of each line of a return?</h1>')
    st.html(
        '<p class="si-showing">A file is read and judged exactly as loading would judge it. Nothing is stored: the '
        "file stays in this session’s memory until you leave this page, and its working copy is deleted as soon as it "
        "is judged.</p>"
    )
    sent = _sent()
    if sent:
        _judgement(sent, home)
    else:
        forget()
        _what_to_send()
    st.html(
        '<footer class="si-foot"><p>The check changes nothing in the dashboard. To load a return, use '
        "<code>savings load FILE</code>; to check it without this page, <code>savings check FILE</code>.</p></footer>"
    )


def forget() -> None:
    """Drops the judgement of the last files from the session."""
    st.session_state.pop(STATE, None)


def _sent() -> list[Upload]:
    with st.container(border=True, key="si-card-send"):
        st.html('<h2 class="si-message">Send one file, or several that belong together</h2>')
        files = st.file_uploader(
            f"CSV, XLSX, XLS, XLSB or ODS; at most {MOST_FILES} at once",
            accept_multiple_files=True,
            key="check_files",
        )
        return [Upload(file.name, file.getvalue()) for file in files]


def _what_to_send() -> None:
    with st.container(border=True, key="si-card-what"):
        st.html(
            f'<div class="si-words"><h2 class="si-message">No file yet</h2><p>{text(A_RETURN)}</p>'
            "<p>You will see how many lines would load, what was found in which row and what to write instead, how "
            "the headings were understood, and which rows are no data.</p>"
            "<p>To start from an empty return, take the workbook with the headings, lists to choose from, and notes; "
            "<code>savings template return.xlsx</code> writes the same.</p></div>"
        )
        st.download_button(
            "Download an empty return",
            data=empty_return,
            file_name="return.xlsx",
            mime="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            on_click="ignore",
        )


def _judgement(sent: Sequence[Upload], home: Path) -> None:
    given = _given()
    problem, checked = _checked(sent, given)
    with st.container(border=True, key="si-card-fates"):
        if problem:
            st.html('<h2 class="si-message">The files were not checked</h2>')
            st.html(checked_parts.problem(problem, FILL_IN if given else WAY_OUT))
        if checked:
            _summary(checked, given)
    _statements(expanded=bool(given) or checked is None or not checked.lines["loaded"])
    labels = _labels(home)
    for place, file in enumerate(checked.files if checked else ()):
        _file(place, file, labels)


def _checked(sent: Sequence[Upload], given: Mapping[str, str]) -> tuple[str | None, Checked | None]:
    """The judgement, made once for the same files and statements: (why not, None) or (None, judgement)."""
    digests = [(file.name, hashlib.sha256(file.content).hexdigest()) for file in sent]
    key = (tuple(digests), tuple(given.items()))
    if st.session_state.get(STATE, (None,))[0] != key:
        forget()
        with st.spinner("Reading and judging the lines"):
            try:
                found = (None, check(sent, given))
            except CannotCheck as problem:
                found = (str(problem), None)
        st.session_state[STATE] = (key, *found)
    _, problem, checked = st.session_state[STATE]
    return problem, checked


def _summary(checked: Checked, given: Mapping[str, str]) -> None:
    st.html(f'<h2 class="si-message">{text(checked_parts.summary(checked))}</h2>')
    if given:
        st.html(checked_parts.stated(given))
    if any(file.problem is None for file in checked.files):
        st.html(checked_parts.fates(checked))
    if len(checked.files) > 1:
        st.html(checked_parts.by_file(checked.files))
    with st.container(horizontal=True):
        st.download_button(
            "Download the page to send back",
            data=checked.page,
            file_name="check.html",
            mime="text/html",
            on_click="ignore",
            help="One file for whoever filled the return in: what to mend, row by row. It opens offline.",
        )
        st.download_button(
            "Download the check as JSON",
            data=checked.document,
            file_name="check.json",
            mime="application/json",
            on_click="ignore",
            help="Every finding, line and ignored row of all files, as savings check --json prints them.",
        )


def _key(name: str) -> str:
    return f"given_{name}"


def _given() -> dict[str, str]:
    """The statements of the form as it was last sent, in a fixed order; what was left empty is not given."""
    state = st.session_state
    typed = {name: " ".join((state.get(_key(name)) or "").split()) for name in (*TYPED, *CHOSEN)}
    auto = {"project_ref": "auto" if state.get(_key("project_ref")) else ""}
    return {name: value for name, value in (typed | auto).items() if value}


def _statements(expanded: bool) -> None:
    with st.container(key="si-statements"), st.expander("What the table leaves unsaid", expanded=expanded):
        st.html(
            '<p class="si-showing">Many a table does not say its council, year, stage or unit, because its readers '
            "know. Say here what you know: it fills what is absent or empty in every file above, and never overrides "
            "a cell.</p>"
        )
        with st.form("statements", border=False):
            left, right = st.columns(2)
            with left:
                for name, (label, example) in TYPED.items():
                    st.text_input(label, key=_key(name), placeholder=f"For example {example}")
                st.checkbox("The table has no project references: derive them", key=_key("project_ref"))
            with right:
                for name, (label, options) in CHOSEN.items():
                    st.selectbox(
                        label,
                        list(options),
                        index=None,
                        key=_key(name),
                        format_func=options.__getitem__,
                        placeholder="As the table says",
                        filter_mode=None,
                    )
            st.form_submit_button("Check again", type="primary")


def _file(place: int, file: Judged, labels: checked_parts.Labels) -> None:
    with st.container(border=True, key=f"si-card-file-{place}"):
        st.html(checked_parts.file_head(file))
        if file.problem:
            st.html(checked_parts.problem(file.problem, WAY_OUT))
            return
        shows: dict[str, Callable[[], str]] = {
            "Findings": lambda: checked_parts.findings(file),
            "Lines": lambda: checked_parts.observations(file, labels),
            "Sheets and headings": lambda: checked_parts.sheets(file),
            "Ignored rows": lambda: checked_parts.ignored(file),
        }
        opened = st.tabs(list(shows), key=f"check_tabs_{place}", on_change="rerun")
        for tab, show in zip(opened, shows.values(), strict=True):
            if tab.open:
                with tab:
                    st.html(show())


def _labels(home: Path) -> checked_parts.Labels:
    """Names of councils and labels of skill areas, from the first collection that can be read."""
    for collection in collections(home):
        try:
            release = open_release(home, collection)
        except Unavailable:
            continue
        return {"council": release.labels_of(COUNCIL), "skill_area": release.labels_of(SKILL_AREA)}
    return {"council": {}, "skill_area": {}}
