"""Streamlit's own files come compressed to those who take it, whole to all others, and are named with the page."""

import asyncio
import gzip
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import streamlit as st
from starlette.responses import HTMLResponse, PlainTextResponse
from starlette.types import Receive, Scope, Send

from dashboard.static_files import PARTS, Announced, CompressedOnce, needed

FOLDER = Path(st.__file__).with_name("static")
SCRIPTS = FOLDER / "static" / "js"
CHARTS = f"/static/js/{next(SCRIPTS.glob('PlotlyChart.*.js')).name}"


async def passed_on(scope: Scope, receive: Receive, send: Send) -> None:
    answer = HTMLResponse("page") if scope["path"] == "/" else PlainTextResponse("passed on")
    await answer(scope, receive, send)


def asked(app, path: str, method: str = "GET", **headers: str) -> tuple[dict[str, str], bytes]:
    """The headers and the body that an app answers with."""
    told: list[dict] = []

    async def send(message) -> None:
        told.append(message)

    async def receive() -> dict:
        return {"type": "http.request"}

    sent = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    # In a thread of its own: the browser tests of the same worker leave a loop running in this one.
    with ThreadPoolExecutor(1) as aside:
        scope = {"type": "http", "method": method, "path": path, "headers": sent}
        aside.submit(asyncio.run, app(scope, receive, send)).result()
    heads = {name.decode(): value.decode() for name, value in told[0]["headers"]}
    return heads, b"".join(one.get("body", b"") for one in told)


def test_a_script_comes_compressed_once_and_is_the_file_on_disk():
    app = CompressedOnce(passed_on, FOLDER)
    headers, body = asked(app, CHARTS, accept_encoding="gzip, br")
    assert headers["content-encoding"] == "gzip"
    assert headers["vary"] == "Accept-Encoding"
    assert headers["content-type"].startswith("text/javascript")
    assert "immutable" in headers["cache-control"]
    assert gzip.decompress(body) == (FOLDER / CHARTS[1:]).read_bytes()
    assert asked(app, CHARTS, accept_encoding="gzip")[1] == body
    assert list(app.compressed) == [CHARTS]


def test_what_is_not_a_script_for_a_browser_that_inflates_it_is_passed_on():
    app = CompressedOnce(passed_on, FOLDER)
    assert asked(app, CHARTS)[1] == b"passed on"
    assert asked(app, CHARTS, "HEAD", accept_encoding="gzip")[1] == b"passed on"
    assert asked(app, "/static/../app.py", accept_encoding="gzip")[1] == b"passed on"
    assert app.compressed == {}


def test_a_page_names_the_files_that_it_will_need_and_nothing_else_does():
    app = Announced(passed_on, FOLDER)
    link = asked(app, "/")[0]["link"]
    assert f"<.{CHARTS}>; rel=modulepreload" in link
    assert "link" not in asked(app, "/health")[0]


def test_every_part_of_a_page_still_has_a_file_of_its_name():
    names = needed(SCRIPTS)
    assert [part for part in PARTS if not any(name.startswith(f"{part}.") for name in names)] == []
    assert [name for name in names if not (SCRIPTS / name).is_file()] == []
