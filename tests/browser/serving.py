"""The real `savings serve` as a process of its own, watched: where it listens, and whom it tries to reach."""

import os
import re
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

STARTING, STOPPING = 90, 15
WATCH = '''"""Notes every host that this program, or one it starts, tries to reach or to look up."""

import os
import sys

_log = os.open("OUTGOING", os.O_WRONLY | os.O_APPEND | os.O_CREAT)
_reaching = {"socket.connect": 1, "socket.sendto": 1, "socket.getaddrinfo": 0, "socket.gethostbyname": 0}


def _watch(event, arguments):
    if event in _reaching:
        os.write(_log, f"{event} {arguments[_reaching[event]]!r}\\n".encode())


sys.addaudithook(_watch)
'''
OWN = re.compile(r"""\('(127\.0\.0\.1|::1)', |\S+ (None|b?'(localhost|127\.0\.0\.1|::1)'|'/[^']*'|b'[^']*')$""")


@dataclass(frozen=True)
class Served:
    """A running dashboard: where it answers, the home it reads, its process, and what it wrote and reached for."""

    address: str
    home: Path
    process: subprocess.Popen[bytes]
    written: Path
    outgoing: Path

    @property
    def port(self) -> int:
        return int(self.address.rpartition(":")[2])

    @property
    def left_behind(self) -> list[Path]:
        """What stands in the folder for temporary files."""
        return list(self.outgoing.with_name("scratch").iterdir())

    def reached_outside(self) -> list[str]:
        """What the process tried to reach or look up that is not this machine."""
        return [line for line in self.outgoing.read_text("utf-8").splitlines() if not OWN.search(line)]


def command() -> list[str]:
    """The command `savings` of this environment."""
    beside = Path(sys.executable).with_name("savings")
    return [str(beside)] if beside.exists() else [sys.executable, "-c", "from dashboard.command import main; main()"]


def watched(folder: Path) -> dict[str, str]:
    """An environment in which every Python program notes whom it tries to reach, in `outgoing` of the folder.

    Temporary files are made in `scratch` of the folder.
    """
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "sitecustomize.py").write_text(WATCH.replace('"OUTGOING"', repr(str(folder / "outgoing"))), "utf-8")
    (folder / "outgoing").touch()
    hidden = {"SAVINGS_HOME", "PYTHONPATH", "http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"}
    kept = {name: value for name, value in os.environ.items() if name not in hidden}
    (folder / "scratch").mkdir(exist_ok=True)
    return kept | {"PYTHONPATH": str(folder), "TMPDIR": str(folder / "scratch")}


def free_port() -> int:
    """A port that nothing listens on just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def serving(home: Path, folder: Path) -> Iterator[Served]:
    """Serves a home until the block ends; notes stand in the folder."""
    environment, port, written = watched(folder), free_port(), folder / "written"
    arguments = ["serve", "--no-open", "--port", str(port), "--home", str(home)]
    with written.open("wb") as stream:
        process = subprocess.Popen(
            [*command(), *arguments],
            env=environment,
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=stream,
            stderr=stream,
        )
    served = Served(f"http://127.0.0.1:{port}", home, process, written, folder / "outgoing")
    try:
        _wait(served)
        yield served
    finally:
        process.terminate()
        try:
            process.wait(STOPPING)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait(served: Served) -> None:
    deadline = time.monotonic() + STARTING
    while time.monotonic() < deadline:
        assert served.process.poll() is None, f"savings serve ended:\n{served.written.read_text('utf-8', 'replace')}"
        try:
            with urllib.request.urlopen(served.address, timeout=5):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.05)
    raise AssertionError(f"nothing answered within {STARTING} s:\n{served.written.read_text('utf-8', 'replace')}")
