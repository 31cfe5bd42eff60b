"""Serves the dashboard: the ASGI app with its security headers and compression, on one machine's own address."""

import base64
import gc
import hashlib
import os
import re
import socket
import sys
import threading
import webbrowser
from pathlib import Path

import click
import streamlit as st
import uvicorn
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dashboard.static_files import Announced, CompressedOnce

FILES = Path(st.__file__).with_name("static")
SWITCHING = 0.0005
"""Seconds until a thread lets another on. Each message of a page waits so long for every other page in the making."""
SCRIPT = Path(__file__).with_name("app.py")
LOOPBACK = ("127.0.0.1", "localhost", "::1", "[::1]")
OTHER_HEADERS = (
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"x-frame-options", b"DENY"),
    (b"permissions-policy", b"camera=(), microphone=(), geolocation=()"),
)


def content_policy() -> bytes:
    """The Content-Security-Policy: only this server's own files, and the inline scripts of Streamlit's own page."""
    page = FILES.joinpath("index.html").read_text("utf-8")
    scripts = re.findall(r"<script(?![^>]*\bsrc=)[^>]*>(.*?)</script>", page, re.DOTALL)
    digests = [base64.b64encode(hashlib.sha256(script.encode()).digest()).decode() for script in scripts]
    allowed = " ".join(f"'sha256-{digest}'" for digest in digests)
    return (
        f"default-src 'self'; script-src 'self' 'wasm-unsafe-eval' {allowed}; style-src 'self' 'unsafe-inline'; "
        "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self' ws: wss:; worker-src 'self' blob:; "
        "frame-ancestors 'none'; form-action 'self'; base-uri 'self'"
    ).encode()


class SecurityHeaders:
    """Adds the headers that keep the page to itself: nothing is fetched from, or sent to, another host."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.headers = ((b"content-security-policy", content_policy()), *OTHER_HEADERS)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes the request on, and each response start back with the headers."""

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message.get("headers", []), *self.headers]
            await send(message)

        await self.app(scope, receive, with_headers if scope["type"] == "http" else send)


class OwnPagesOnly:
    """Refuses what a page of another origin sends.

    Streamlit would refuse it too, but only after asking the outside world for this machine's address.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes on what names no origin, or the one it was sent to; ends everything else with 403."""
        sent = dict(scope.get("headers", ()))
        origin = sent.get(b"origin")
        if origin is None or origin.partition(b"://")[2] == sent.get(b"host"):
            await self.app(scope, receive, send)
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008})
        else:
            await PlainTextResponse("This address answers its own pages only.", 403)(scope, receive, send)


def application(host: str = "127.0.0.1") -> st.App:
    """The ASGI app of the dashboard; `SAVINGS_HOME` says which home it reads.

    On a machine's own address it answers to the machine's own names only, so that no name of a stranger's that
    leads there opens it.
    """
    names = LOOPBACK if host in LOOPBACK else ("*",)
    return st.App(
        SCRIPT,
        middleware=[
            Middleware(GZipMiddleware, minimum_size=1024),
            Middleware(SecurityHeaders),
            Middleware(TrustedHostMiddleware, allowed_hosts=names, www_redirect=False),
            Middleware(OwnPagesOnly),
            Middleware(CompressedOnce, folder=FILES),
            Middleware(Announced, folder=FILES),
        ],
    )


def run(home: Path, host: str, port: int, open_browser: bool) -> None:
    """Serves the home's releases until interrupted. Ends with status 2 and a plain line if the port is taken."""
    if _taken(host, port):
        click.echo(f"Port {port} is in use on {host}. Choose another: savings serve --port {port + 1}", err=True)
        raise SystemExit(2)
    os.environ["SAVINGS_HOME"] = str(home.resolve())
    address = f"http://{'localhost' if host == '127.0.0.1' else host}:{port}"
    click.echo(f"Savings Impact is at {address} (stop it with Ctrl+C)", err=True)
    app = application(host)
    sys.setswitchinterval(SWITCHING)
    _warm()
    if open_browser:
        threading.Timer(1.0, webbrowser.open, (address,)).start()
    uvicorn.run(
        app,
        host=host,
        port=port,
        log_level="warning",
        access_log=False,
        server_header=False,
        ws_per_message_deflate=False,
        timeout_graceful_shutdown=3,
    )
    gc.unfreeze()


def _taken(host: str, port: int) -> bool:
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return True
    return False


def _warm() -> None:
    """Imports what the first reader would wait for, and keeps it out of the garbage collector's way."""
    import plotly.graph_objects  # noqa: F401

    import dashboard.outputs.page  # noqa: F401

    gc.collect()
    gc.freeze()
