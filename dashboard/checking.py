"""Checks returns in a process of its own, limited in time and memory; nothing of them outlives the check."""

import json
import os
import re
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

if sys.platform == "linux":
    import resource

SECONDS = 60
MEMORY = 2 * 1024**3
LARGEST_FILE = 20 * 1024**2
LARGEST_TOGETHER = 60 * 1024**2
LARGEST_ANSWER = 100 * 1024**2
MOST_FILES = 20
MOST_SHOWN = 200
LONGEST_NAME = 60
PAGE, TEMPLATE = "page.html", "return.xlsx"
AT_ONCE = threading.BoundedSemaphore(2)
PATIENCE = 30
KEPT = ("PATH", "PYTHONPATH", "LANG", "LC_ALL", "SYSTEMROOT", "WINDIR")
"""What the process learns of the environment: where its program is, and the language. No keys, no home."""

COMMAND_LINE = "Check it from the command line instead: savings check FILE"


class CannotCheck(ValueError):
    """Nothing was judged; the message says why, and what to do."""


@dataclass(frozen=True)
class Upload:
    """A file as it was sent: its name, for display only, and its bytes."""

    name: str
    content: bytes


@dataclass(frozen=True)
class Shown:
    """The first of many: at most `MOST_SHOWN` rows, and how many there are."""

    rows: tuple[dict[str, Any], ...]
    of: int


@dataclass(frozen=True)
class Judged:
    """What became of one file. Keys of the rows are those of `savings check --json`."""

    name: str
    problem: str | None
    lines: Mapping[str, int]
    amount_gbp: Mapping[str, str]
    unknown_amounts: Mapping[str, int]
    sheets: tuple[dict[str, Any], ...]
    findings: Shown
    observations: Shown
    ignored: Shown


@dataclass(frozen=True)
class Checked:
    """The judgement of all files together: in short, and whole.

    `document` is the JSON of `savings check --json`, `page` what `savings check --html` writes.
    """

    files: tuple[Judged, ...]
    lines: Mapping[str, int]
    document: bytes
    page: bytes


def check(files: Sequence[Upload], given: Mapping[str, str]) -> Checked:
    """Judges the files together under the statements given; CannotCheck says why that could not be done."""
    _refuse(files)
    stated = [part for column, value in given.items() for part in ("--given", f"{column}={_line(value)}")]
    ended = _run(["check", "--json", "--html", PAGE, *stated], files, PAGE)
    document = _document(ended)
    for judged, sent in zip(document["files"], files, strict=True):
        judged["file"] = sent.name
    whole = json.dumps(document, ensure_ascii=False, indent=1).encode("utf-8", "backslashreplace")
    return Checked(tuple(_judged(file) for file in document["files"]), document["lines"], whole, ended.written)


def empty_return() -> bytes:
    """The workbook that `savings template` writes; CannotCheck says why there is none."""
    ended = _run(["template", TEMPLATE], (), TEMPLATE)
    if not ended.written:
        raise CannotCheck(_why(ended))
    return ended.written


def _refuse(files: Sequence[Upload]) -> None:
    megabyte = 1024**2
    if len(files) > MOST_FILES:
        raise CannotCheck(f"{len(files)} files are more than the {MOST_FILES} that are checked at once. Send fewer.")
    for file in files:
        if len(file.content) > LARGEST_FILE:
            raise CannotCheck(
                f"{file.name} is larger than {LARGEST_FILE // megabyte} MB. Save the sheet with the lines on its own. "
                f"{COMMAND_LINE}"
            )
    if sum(len(file.content) for file in files) > LARGEST_TOGETHER:
        raise CannotCheck(f"The files are larger than {LARGEST_TOGETHER // megabyte} MB together. Send fewer at once.")


def _judged(file: Mapping[str, Any]) -> Judged:
    findings = sorted(file["findings"], key=lambda finding: finding["fate"] is None)
    return Judged(
        name=file["file"],
        problem=file["problem"]["message"] if file["problem"] else None,
        lines=file["lines"],
        amount_gbp=file["amount_gbp"],
        unknown_amounts=file["unknown_amounts"],
        sheets=tuple(file["sheets"]),
        findings=_first(findings),
        observations=_first(file["observations"]),
        ignored=_first(file["ignored_rows"]),
    )


def _first(rows: Sequence[dict[str, Any]]) -> Shown:
    return Shown(tuple(rows[:MOST_SHOWN]), len(rows))


@dataclass(frozen=True)
class _Ended:
    """How the process ended, and what it wrote: to its output, to the file asked for, and to a person."""

    status: int
    answer: bytes
    written: bytes
    said: str


def _run(arguments: Sequence[str], files: Sequence[Upload], writes: str) -> _Ended:
    """Runs `etl` over copies of the files in a folder of their own, which is gone afterwards."""
    if not AT_ONCE.acquire(timeout=PATIENCE):
        raise CannotCheck("Other returns are being checked just now. Try again in a minute.")
    try:
        with tempfile.TemporaryDirectory(prefix="savings-check-", ignore_cleanup_errors=True) as name:
            folder = Path(name)
            paths = [_placed(folder, number, file) for number, file in enumerate(files, 1)]
            status = _status([*arguments, *(["--", *paths] if paths else [])], folder)
            said = (folder / "said").read_text("utf-8", "replace").replace(f"{name}{os.sep}", "")
            return _Ended(status, _read(folder / "answer"), _read(folder / writes), said)
    finally:
        AT_ONCE.release()


def _placed(folder: Path, number: int, file: Upload) -> str:
    """Writes a file into a folder of its own, and gives its path from there."""
    path = folder / str(number) / safe_name(file.name)
    path.parent.mkdir()
    path.write_bytes(file.content)
    return str(path.relative_to(folder))


def safe_name(name: str) -> str:
    """A name that any system takes for a file, as near as may be to the one sent; its ending stays."""
    last = re.split(r"[/\\]", name)[-1]
    kept = re.sub(r"[^\w .,'&()+-]+", "_", last)[-LONGEST_NAME:].strip(" .")
    return kept if kept[:1].isalnum() else f"_{kept}"


def _line(value: str) -> str:
    return " ".join(value.replace("\0", "").split())


def _status(arguments: Sequence[str], folder: Path) -> int:
    with (folder / "answer").open("wb") as answer, (folder / "said").open("wb") as said:
        process = subprocess.Popen(
            [sys.executable, "-P", "-m", "etl", *arguments],
            cwd=folder,
            env=_environment(folder),
            stdin=subprocess.DEVNULL,
            stdout=answer,
            stderr=said,
            start_new_session=True,
        )
        _limit(process.pid)
        try:
            return process.wait(SECONDS)
        except subprocess.TimeoutExpired:
            raise CannotCheck(
                f"The check took longer than {SECONDS} seconds and was ended. Send fewer lines at once. {COMMAND_LINE}"
            ) from None
        finally:
            _end(process)


def _environment(folder: Path) -> dict[str, str]:
    own = dict.fromkeys(("HOME", "USERPROFILE", "TMPDIR", "TEMP", "TMP"), str(folder))
    kept = {name: os.environ[name] for name in KEPT if name in os.environ}
    return kept | own | {"PYTHONUTF8": "1", "PYTHONDONTWRITEBYTECODE": "1", "MALLOC_ARENA_MAX": "2"}


def _limit(process: int) -> None:
    """Bounds memory and what is written, and forbids a dump of memory; Linux only, elsewhere only the clock ends it."""
    if sys.platform != "linux":
        return
    limits = {
        resource.RLIMIT_AS: MEMORY,
        resource.RLIMIT_FSIZE: LARGEST_ANSWER + 1,
        resource.RLIMIT_CORE: 0,
    }
    with suppress(ProcessLookupError):
        for what, most in limits.items():
            _, hard = resource.prlimit(process, what)
            allowed = most if hard == resource.RLIM_INFINITY else min(most, hard)
            resource.prlimit(process, what, (allowed, allowed))


def _end(process: subprocess.Popen[bytes]) -> None:
    if process.returncode is not None:
        return
    if sys.platform == "win32":
        process.kill()
    else:
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _read(path: Path) -> bytes:
    if not path.exists():
        return b""
    if path.stat().st_size > LARGEST_ANSWER:
        raise CannotCheck(f"The files hold more lines than this page can show. {COMMAND_LINE}")
    return path.read_bytes()


def _document(ended: _Ended) -> dict[str, Any]:
    try:
        found = json.loads(ended.answer)
    except ValueError:
        raise CannotCheck(_why(ended)) from None
    if not isinstance(found, dict) or "files" not in found:
        raise CannotCheck(_why(ended))
    return found


def _why(ended: _Ended) -> str:
    """Why there is no answer: the plain line that the check wrote, or what its end means."""
    broken = "Traceback" in ended.said
    if ended.status == 2 and ended.said.strip() and not broken:
        return " ".join(ended.said.rpartition("Error: ")[2].split())
    if ended.status < 0 or "MemoryError" in ended.said or "OutOfMemory" in ended.said:
        return f"The files need more memory than a check may take. Send fewer lines at once. {COMMAND_LINE}"
    return f"The check ended without an answer. Try again. {COMMAND_LINE}"
