"""The servers that are measured, each a process of its own: our dashboard, a trivial Streamlit app, a Dash app."""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

CHECKOUT = Path(__file__).parents[1]
STARTING, STOPPING = 120, 15
OURS = ("-c", "from dashboard.command import main; main()", "serve", "--no-open")
TRIVIAL = ("-m", "streamlit", "run", str(Path(__file__).with_name("trivial_app.py")))
QUIET = ("--server.headless=true", "--browser.gatherUsageStats=false")
"""No browser is opened, and nothing is sent to the makers of Streamlit; everything else is as it comes."""


@contextmanager
def our_dashboard(home: Path, folder: Path) -> Iterator[str]:
    """Our dashboard over a home; gives its address."""
    port = _free_port()
    with _serving((*OURS, "--port", str(port), "--home", str(home)), port, folder / "ours.log"):
        yield f"http://127.0.0.1:{port}"


@contextmanager
def trivial_app(folder: Path) -> Iterator[str]:
    """The trivial app; gives its address."""
    port = _free_port()
    with _serving((*TRIVIAL, *QUIET, f"--server.port={port}"), port, folder / "trivial.log"):
        yield f"http://127.0.0.1:{port}"


@contextmanager
def dash_app(home: Path, collection: str, folder: Path) -> Iterator[str]:
    """The Dash app over a collection of a home; gives its address."""
    port = _free_port()
    with _serving(("-m", "bench.dash_app", str(home), collection, str(port)), port, folder / "dash.log"):
        yield f"http://127.0.0.1:{port}"


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def _serving(arguments: tuple[str, ...], port: int, log: Path) -> Iterator[None]:
    """Runs a Python program from the log's folder, so that no settings but its own are found, until the block ends."""
    environment = os.environ | {"PYTHONPATH": str(CHECKOUT)}
    with log.open("wb") as stream:
        process = subprocess.Popen(
            [sys.executable, *arguments], cwd=log.parent, env=environment, stdout=stream, stderr=stream
        )
    try:
        _wait(process, port, log)
        yield
    finally:
        process.terminate()
        try:
            process.wait(STOPPING)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    deadline = time.monotonic() + STARTING
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=5):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.05)
    raise SystemExit(f"A server that is measured did not start:\n{log.read_text('utf-8', 'replace')}")
