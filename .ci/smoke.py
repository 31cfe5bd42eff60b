"""Starts `make run` as a reader would, waits until the real page shows charts in Chromium, and stops it."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Error, Request, sync_playwright

CHECKOUT = Path(__file__).resolve().parents[1]
TIMEOUT = 120
STOPPING = 20
CHART = ".js-plotly-plot"
ARGUMENTS = (
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)


class Failed(Exception):
    """What went wrong, in a line."""


def say(text: str) -> None:
    """One line of progress."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def free_port() -> int:
    """A port that nothing listens on just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_until_served(address: str, server: subprocess.Popen[bytes], deadline: float) -> None:
    """Returns when the address answers; Failed if the server ends or the time is up."""
    while time.monotonic() < deadline:
        if server.poll() is not None:
            raise Failed(f"make run ended with status {server.returncode}")
        try:
            with urllib.request.urlopen(address, timeout=5):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    raise Failed(f"nothing answered at {address} within {TIMEOUT} s")


def look(address: str, deadline: float) -> int:
    """How many charts the page shows. Failed if none appears, or if the page asks another host for anything."""
    asked: list[str] = []

    def note(request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme not in ("data", "blob") and parts.hostname != "127.0.0.1":
            asked.append(request.url)

    as_root = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=[*ARGUMENTS, *as_root])
        page = browser.new_page(viewport={"width": 1440, "height": 900})
        page.on("request", note)
        try:
            page.goto(address)
            page.wait_for_selector(CHART, timeout=max(1.0, deadline - time.monotonic()) * 1000)
            charts = page.locator(CHART).count()
        except Error as problem:
            text = page.inner_text("body")[:600] if page.url.startswith("http") else ""
            raise Failed(f"no chart appeared: {problem.message.splitlines()[0]}\nThe page says: {text}") from None
        finally:
            browser.close()
    if asked:
        raise Failed(f"the page asked another host: {', '.join(asked[:5])}")
    return charts


def stop(server: subprocess.Popen[bytes]) -> None:
    """Ctrl+C, as at a terminal. Failed if the server is still there a while later."""
    if server.poll() is None:
        os.killpg(server.pid, signal.SIGINT)
    try:
        server.wait(STOPPING)
    except subprocess.TimeoutExpired:
        os.killpg(server.pid, signal.SIGKILL)
        server.wait()
        raise Failed(f"make run did not stop within {STOPPING} s of Ctrl+C") from None


def run_once(log: Path) -> tuple[float, int]:
    """Seconds until the page was served, and the charts it showed."""
    port = free_port()
    address = f"http://127.0.0.1:{port}/"
    began = time.monotonic()
    deadline = began + TIMEOUT
    with log.open("wb") as stream:
        server = subprocess.Popen(
            ["make", "run", f"PORT={port}", "ARGS=--no-open"],
            cwd=CHECKOUT,
            stdin=subprocess.DEVNULL,
            stdout=stream,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        try:
            wait_until_served(address, server, deadline)
            served = time.monotonic() - began
            charts = look(address, deadline)
        finally:
            stop(server)
    if "Traceback" in log.read_text("utf-8", "replace"):
        raise Failed("the server wrote a traceback")
    return served, charts


def main() -> int:
    """Twice: the first start loads what ships, the second finds it there."""
    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder) / "make-run.log"
        try:
            for which in ("first", "second"):
                served, charts = run_once(log)
                say(f"The {which} make run: served after {served:.1f} s, {charts} charts shown, stopped cleanly.")
        except Failed as problem:
            say(f"FAILED: {problem}\n--- what make run wrote ---\n{log.read_text('utf-8', 'replace')[-6000:]}")
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
