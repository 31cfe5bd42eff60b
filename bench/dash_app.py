"""The charts of our Overview in Dash: the same release, the same drawings, one callback that answers all of them."""

import sys
from pathlib import Path
from typing import Any

import uvicorn
from dash import Dash, Input, Output, dcc, html

from bench.drawn import drawings
from dashboard.dimensions import REGION
from dashboard.release import Release, open_release

CONFIG = {"displayModeBar": False, "displaylogo": False}


def main(home: str, collection: str, port: str) -> None:
    """Serves the charts with uvicorn, as our own page is served, and not with the server that Dash has for trying."""
    app = application(open_release(Path(home), collection))
    uvicorn.run(app.server, interface="wsgi", port=int(port), log_level="warning", access_log=False)


def application(release: Release) -> Dash:
    """Regions to tick, and below them every chart."""
    app = Dash(__name__)
    places = range(len(drawings(release, ())))
    options: list[Any] = [{"label": label, "value": code} for code, label, _ in release.options(REGION)]
    app.layout = html.Div(
        [
            dcc.Checklist(id="region", options=options, value=[]),
            *(dcc.Graph(id=f"chart_{place}", config=CONFIG) for place in places),
        ]
    )

    @app.callback([Output(f"chart_{place}", "figure") for place in places], Input("region", "value"))
    def draw(codes: list[str]) -> list[dict[str, Any]]:
        return drawings(release, tuple(codes))

    return app


if __name__ == "__main__":
    main(*sys.argv[1:])
