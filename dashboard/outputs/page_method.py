"""The page Method: what is done to a return, every word, and every measure with its definition, worked out in full."""

import streamlit as st

from dashboard.caption import REASONS
from dashboard.glossary import TERMS
from dashboard.measures import GROUPS, MEASURES, SOURCES, UNITS, Measure
from dashboard.outputs import page_parts as parts
from dashboard.outputs.page import style, tour
from dashboard.outputs.page_parts import text
from dashboard.refusals import Refused
from dashboard.release import Release
from dashboard.selection import Selection
from dashboard.worked import worked

TITLE, PATH = "Method", "method"
STEPS = (
    ("Read", "A return is kept as it was sent. Each line is read once; what can be read in two ways is not guessed."),
    ("Judged", "Each row gets one fate: loaded, held, quarantined or ignored. All are counted, none is lost."),
    (
        "Standing",
        "Of the lines of a project that say the same thing, the latest report counts; the others stay visible.",
    ),
    (
        "Added",
        "Only like is added to like: one stage, one kind, one basis. Amounts a year enter no total. A joint project "
        "counts once. A sum that would mislead is refused, and the refusal says why.",
    ),
    ("Shown", "Every number names its base, what was left out and why, its source, and the release that it stands in."),
)


def page(release: Release, selection: Selection) -> None:
    """Draws the page for the selection at hand, whose numbers the worked example uses."""
    st.set_page_config(page_title=f"{TITLE} · Savings Impact")
    style()
    st.html(parts.banner(release)) if parts.banner(release) else None
    tour()
    st.html('<h1 class="si-title">How does a return become a number?</h1>')
    st.html("".join(f'<p class="si-step"><strong>{name}.</strong> {words}</p>' for name, words in STEPS))
    st.button("Show the sentences for newcomers again", on_click=_again)
    _example(release, selection)
    st.html(_all_measures())
    st.html(_glossary())
    st.html(parts.footer(release))


def _again() -> None:
    st.session_state["tour"] = True


@st.fragment
def _example(release: Release, selection: Selection) -> None:
    with st.container(border=True, key="si-card-worked-example"):
        st.html('<h2 class="si-message">A measure, worked out from this release</h2>')
        name = st.selectbox("Measure", tuple(MEASURES), format_func=lambda name: MEASURES[name].label, key="worked")
        st.html(measure_html(MEASURES[name]) + example_html(release, MEASURES[name], selection))


def measure_html(measure: Measure) -> str:
    """What a measure is: its definition, unit, formula, and what it leaves out and refuses."""
    reasons = "; ".join(dict.fromkeys(REASONS[name] for name, _ in measure.leaves_out))
    facts = [
        ("Definition", measure.definition),
        ("Unit", UNITS[measure.unit]),
        ("Counts", SOURCES[measure.source]),
        ("Formula", measure.formula),
        ("Leaves out", reasons),
        ("Refuses", measure.refuses),
        ("Method", measure.method),
    ]
    items = "".join(f"<dt>{name}</dt><dd>{text(words)}</dd>" for name, words in facts if words)
    return f'<dl class="si-facts">{items}</dl>'


def example_html(release: Release, measure: Measure, selection: Selection) -> str:
    """The measure worked out for the selection; or why it is refused there."""
    made_up = "ILLUSTRATIVE: " if release.illustrative else ""
    try:
        steps = worked(release, measure, selection).steps
    except Refused as problem:
        steps = (f"Not given for this selection. {problem}",)
    items = "".join(f"<li>{text(step)}</li>" for step in steps)
    return f"<h3>{made_up}Worked out for what is chosen at the left</h3><ul>{items}</ul>"


def _all_measures() -> str:
    groups = "".join(
        f"<details><summary>{text(group)}</summary><dl>"
        + "".join(f"<dt>{text(measure.label)}</dt><dd>{text(measure.definition)}</dd>" for measure in measures)
        + "</dl></details>"
        for group, measures in GROUPS.items()
    )
    return f'<h2 class="si-message">All measures</h2><div class="si-about si-behind">{groups}</div>'


def _glossary() -> str:
    rows = "".join(
        f'<tr><th scope="row">{text(term.name)}</th><td>{text(term.meaning)}</td></tr>'
        for term in sorted(TERMS, key=lambda term: term.name)
    )
    return (
        '<h2 class="si-message">Glossary</h2><div class="si-scroll" tabindex="0" role="region" aria-label="Glossary">'
        '<table class="si-table"><caption>Glossary</caption><thead><tr><th scope="col">We say</th>'
        f'<th scope="col">and mean</th></tr></thead><tbody>{rows}</tbody></table></div>'
    )
