"""What the charts of our Overview must show for the regions chosen, as the browser is asked whether it shows it."""

import json
from typing import Any

from dashboard.dimensions import REGION
from dashboard.figure import answer
from dashboard.release import Release
from dashboard.selection import Selection
from dashboard.topics import TOPICS

OVERVIEW = TOPICS[0]


def drawings(release: Release, regions: tuple[str, ...]) -> list[dict[str, Any]]:
    """The Plotly figures of the Overview in the order of the page."""
    selection = Selection(release.manifest["collection"], release.id).restricted(REGION, list(regions))
    answers = [answer(figure, release, selection) for figure in OVERVIEW.figures if figure.suits(release)]
    drawn = (found.drawing() for found in answers)
    return [drawing for drawing in drawn if drawing is not None]


def shown(release: Release, regions: tuple[str, ...]) -> list[str]:
    """What each chart says of its rows, as one text a chart: compared with what the browser has drawn."""
    return [_said(drawing) for drawing in drawings(release, regions)]


def _said(drawing: dict[str, Any]) -> str:
    """Numbers are left to the words beside them: they reach the browser in more than one form."""
    said = [trace.get("hovertext") for trace in drawing["data"]]
    return json.dumps(said, ensure_ascii=False, separators=(",", ":"))
