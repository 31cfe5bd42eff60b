"""Every topic under every filter, drawn without a browser: no exception, and charts that hold the answers' rows."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import plotly.io as pio
import pytest
from streamlit.testing.v1 import AppTest

from dashboard.dimensions import COUNCIL, KIND, NOT_STATED, PROJECT, STAGE, Dimension
from dashboard.figure import Answer, Topic, answer
from dashboard.measures import STAGES
from dashboard.outputs.page_council import answers, chosen_council
from dashboard.release import Release
from dashboard.selection import FILTERS, Selection
from dashboard.topics import TOPICS
from dashboard.topics.councils import COUNCILS

every_topic = pytest.mark.parametrize("topic", TOPICS, ids=lambda topic: topic.id)
every_filter = pytest.mark.parametrize("dimension", FILTERS, ids=lambda dimension: dimension.id)
TIMEOUT = 30


def page_of(place: int, path: str, manifest: dict, chosen: dict) -> None:
    """The script of one page: a topic of a release for a selection. Streamlit runs its source, so it imports itself."""
    from pathlib import Path

    from dashboard.outputs import page
    from dashboard.release import open_release
    from dashboard.selection import Selection
    from dashboard.topics import TOPICS

    release = open_release(Path(path).parents[2], manifest["collection"], manifest["release"])
    page.topic(TOPICS[place], release, Selection(**chosen))


@dataclass(frozen=True)
class Drawn:
    """A page that was drawn, and the answers that it must show."""

    app: AppTest
    answers: list[Answer]

    def charts(self) -> Iterator[tuple[Any, Answer]]:
        """Each chart of the page as Streamlit sends it, with its answer."""
        drawn = [found for found in self.answers if found.drawing() is not None]
        protos = [element.proto for element in self.app.get("plotly_chart")]
        yield from zip(protos, drawn, strict=True)


def draw(topic: Topic, release: Release, selection: Selection) -> Drawn:
    """Draws a topic as its page does."""
    chosen = {
        "collection": selection.collection,
        "release": selection.release,
        "stage": selection.stage,
        "where": selection.where,
    }
    arguments = {
        "place": TOPICS.index(topic),
        "path": str(release.path),
        "manifest": release.manifest,
        "chosen": chosen,
    }
    app = AppTest.from_function(page_of, default_timeout=TIMEOUT, kwargs=arguments).run()
    council = chosen_council(release, selection) if topic is COUNCILS else None
    if council:
        return Drawn(app, answers(release, council, selection))
    figures = [figure for figure in topic.figures if figure.suits(release)]
    return Drawn(app, [answer(figure, release, selection) for figure in figures])


def everything(release: Release, stage: str = "achieved") -> Selection:
    """The whole of a release at a stage."""
    return Selection(release.manifest["collection"], release.id, stage)


def codes_to_try(release: Release, dimension: Dimension) -> list[str]:
    """The code with fewest projects, and what is not stated."""
    options = sorted(release.options(dimension), key=lambda option: (option[2], option[0]))
    stated = [code for code, _, _ in options if code != NOT_STATED]
    return [*stated[:1], *(code for code, _, _ in options if code == NOT_STATED)]


def plain(drawing: Any) -> Any:
    """A drawing as a browser would read it: bare JSON, arrays unpacked."""
    return json.loads(pio.from_json(drawing).to_json() if isinstance(drawing, str) else json.dumps(drawing))


def numbers_of(trace: dict[str, Any]) -> dict[str, Any]:
    """What a trace puts on the axes, and what it writes there."""
    return {name: list(trace[name]) for name in ("x", "y", "customdata", "text", "hovertext") if name in trace}


def assert_charts_hold_the_answers(drawn: Drawn) -> None:
    """Each chart as sent has the data of its answer's drawing, and the words for who cannot see it."""
    for proto, found in drawn.charts():
        sent, expected = plain(proto.spec)["data"], plain(found.drawing())["data"]
        assert [numbers_of(trace) for trace in sent] == [numbers_of(trace) for trace in expected]
        assert proto.alt == found.words.alt
        assert proto.theme == "", "the chart's own colours stand, not Streamlit's"


@every_topic
@pytest.mark.parametrize("stage", STAGES)
@pytest.mark.parametrize("collection", ["published", "illustrative"])
def test_a_topic_draws_its_answers_at_every_stage(
    request: pytest.FixtureRequest, topic: Topic, collection: str, stage: str
):
    release = request.getfixturevalue(collection)
    drawn = draw(topic, release, everything(release, stage))
    assert [problem.message for problem in drawn.app.exception] == []
    assert_charts_hold_the_answers(drawn)


@every_topic
@every_filter
def test_a_topic_draws_its_answers_under_every_filter(illustrative: Release, topic: Topic, dimension: Dimension):
    for code in codes_to_try(illustrative, dimension):
        drawn = draw(topic, illustrative, everything(illustrative).restricted(dimension, [code]))
        assert [problem.message for problem in drawn.app.exception] == [], code
        assert_charts_hold_the_answers(drawn)


@every_topic
@pytest.mark.parametrize("dimension", [COUNCIL, KIND, PROJECT], ids=lambda dimension: dimension.id)
def test_a_topic_of_examples_draws_its_answers_under_filters(published: Release, topic: Topic, dimension: Dimension):
    for code in codes_to_try(published, dimension):
        drawn = draw(topic, published, everything(published).restricted(dimension, [code]))
        assert [problem.message for problem in drawn.app.exception] == [], code
        assert_charts_hold_the_answers(drawn)


@every_topic
def test_a_choice_that_nothing_answers_leaves_a_page_without_charts_and_without_faults(
    illustrative: Release, topic: Topic
):
    nothing = everything(illustrative)
    for dimension in FILTERS:
        nothing = nothing.restricted(dimension, codes_to_try(illustrative, dimension)[-1:])
    drawn = draw(topic, illustrative, nothing)
    assert [problem.message for problem in drawn.app.exception] == []
    assert_charts_hold_the_answers(drawn)


def test_every_dimension_that_filters_is_tried():
    assert len(FILTERS) >= 7
    assert STAGE not in FILTERS
