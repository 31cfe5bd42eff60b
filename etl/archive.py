"""The archive: every return as it was sent, by checksum, and a journal of what was done with it."""

import hashlib
import io
import json
import os
import shutil
from collections.abc import Generator, Iterable, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import BinaryIO

from etl.home import Place, settle, written_durably

AT_ONCE = 1 << 20
"""Bytes that are copied in one piece."""


@dataclass(frozen=True)
class Return:
    """One file as it was sent: its checksum, the name it came under, and what its sender stated beside it."""

    sha256: str
    file: str
    given: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Incoming:
    """A file that is to join the archive: where it lies, what its sender stated beside it, and who loads it.

    Its bytes are read when they are wanted, and from the file each time, as a file may be large.
    """

    path: Path
    given: Mapping[str, str] = field(default_factory=dict)
    by: str | None = None

    @property
    def file(self) -> str:
        """The name that it comes under."""
        return self.path.name

    @cached_property
    def sha256(self) -> str:
        """The checksum of its bytes, in hex."""
        return self._first_look[0]

    @cached_property
    def _first_look(self) -> tuple[str, tuple[int, int]]:
        with self.path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest(), _written(self.path)

    @contextmanager
    def opened(self) -> Generator[BinaryIO]:
        """Its bytes as a stream. ValueError, after them, if the file was changed since its checksum was taken."""
        with self.path.open("rb") as stream:
            try:
                yield stream
            finally:
                if _written(self.path) != self._first_look[1]:
                    raise ValueError(f"{self.path.name} was changed while it was being loaded. Load it again.")


def _written(path: Path) -> tuple[int, int]:
    """When a file was last written, and its size: what tells that it was changed."""
    state = path.stat()
    return state.st_mtime_ns, state.st_size


def copied(place: Place, coming: Iterable[Incoming], aside: Path) -> dict[str, Path]:
    """Copies of the files that the archive does not hold, by checksum, flushed to the disk: `aside` and the checksum.

    They wait there until all that comes with them was read.
    """
    found: dict[str, Path] = {}
    for one in coming:
        if one.sha256 not in found and not (place.returns / one.sha256).exists():
            found[one.sha256] = aside.with_name(f"{aside.name}.{one.sha256}")
            with written_durably(found[one.sha256]) as copy, one.opened() as stream:
                shutil.copyfileobj(stream, copy, AT_ONCE)
    return found


def receive(place: Place, coming: Iterable[Incoming], copies: Mapping[str, Path], leaving: Iterable[str] = ()) -> None:
    """Puts returns into the archive, and takes out those whose later edition comes with them: all or none of it.

    `copies` are those that `copied` gave. The same bytes with the same statements change nothing.
    """
    known = {sent.sha256: sent for sent in active(place)}
    events: list[dict] = [
        {"event": "withdrawn", "return": sha256, "by": None, "why": "A later edition of this file came."}
        for sha256 in sorted(leaving)
    ]
    place.returns.mkdir(parents=True, exist_ok=True)
    for sha256, copy in copies.items():
        copy.replace(place.returns / sha256)
    settle(place.returns)
    for one in coming:
        if one.sha256 in known and known[one.sha256].given == one.given:
            continue
        events.append(
            {"event": "received", "return": one.sha256, "file": one.file, "given": dict(one.given), "by": one.by}
        )
    _append(place, events)


def withdraw(place: Place, sha256: str, by: str | None, why: str) -> None:
    """Takes a whole return out of the releases to come; its bytes stay in the archive."""
    _append(place, [{"event": "withdrawn", "return": sha256, "by": by, "why": why}])


VERDICTS = ("accept", "withdraw", "amend")


@dataclass(frozen=True)
class Decision:
    """What a person decided of a held line. `amount_gbp` is set where the verdict is `amend`."""

    line_id: str
    verdict: str
    why: str
    source: str | None = None
    amount_gbp: Decimal | None = None


def decide(place: Place, decision: Decision, by: str) -> None:
    """Appends a decision; the latest of a line holds, and the earlier ones stay on record."""
    amount = None if decision.amount_gbp is None else str(decision.amount_gbp)
    _append(place, [{"event": "decided", **asdict(decision), "amount_gbp": amount, "by": by}])


def decisions(place: Place) -> list[Decision]:
    """The decisions that hold, in the order of their lines."""
    found: dict[str, Decision] = {}
    for event in _events(place):
        if event["event"] == "decided":
            amount = None if event["amount_gbp"] is None else Decimal(event["amount_gbp"])
            found[event["line_id"]] = Decision(
                event["line_id"], event["verdict"], event["why"], event["source"], amount
            )
    return [found[line_id] for line_id in sorted(found)]


def active(place: Place) -> list[Return]:
    """The returns that a new release is built from, in the order of their checksums."""
    found: dict[str, Return] = {}
    for event in _events(place):
        if event["event"] == "received":
            found[event["return"]] = Return(event["return"], event["file"], event["given"])
        elif event["event"] == "withdrawn":
            found.pop(event["return"], None)
    return [found[sha256] for sha256 in sorted(found)]


@contextmanager
def stored(place: Place, sent: Return) -> Generator[BinaryIO]:
    """The bytes of an archived return, as a stream. ValueError if they are gone or no longer those that were sent."""
    path = place.returns / sent.sha256
    with path.open("rb") if path.exists() else io.BytesIO() as stream:
        if hashlib.file_digest(stream, "sha256").hexdigest() != sent.sha256:
            raise ValueError(
                f"The archived return {sent.file} ({path}) is missing or was altered. "
                "Restore the home from a backup; nothing was published."
            )
        stream.seek(0)
        yield stream


def _events(place: Place) -> list[dict]:
    """The journal's events. A last line without its end was never acknowledged: a write was cut off there."""
    if not place.journal.exists():
        return []
    whole, _, _torn = place.journal.read_text("utf-8").rpartition("\n")
    return [event for line in whole.splitlines() if line.strip() for event in json.loads(line)]


def _append(place: Place, events: list[dict]) -> None:
    """Appends events that belong together as one line, so that a cut leaves all of them or none."""
    if not events:
        return
    place.folder.mkdir(parents=True, exist_ok=True)
    at = datetime.now(UTC).isoformat(timespec="seconds")
    entry = json.dumps([{**event, "at": at} for event in events], ensure_ascii=False) + "\n"
    with Path(place.journal).open("ab+") as stream:
        stream.truncate(_end_of_whole_lines(stream))
        stream.write(entry.encode())
        stream.flush()
        os.fsync(stream.fileno())


def _end_of_whole_lines(stream: BinaryIO) -> int:
    stream.seek(0)
    return stream.read().rfind(b"\n") + 1
