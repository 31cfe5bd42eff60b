"""The archive: every return as it was sent, by checksum, and a journal of what was done with it."""

import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

from etl.home import Place, write_durably


@dataclass(frozen=True)
class Return:
    """One file as it was sent: its checksum, the name it came under, and what its sender stated beside it."""

    sha256: str
    file: str
    given: Mapping[str, str] = field(default_factory=dict)


def receive(place: Place, file: str, content: bytes, given: Mapping[str, str], by: str | None) -> Return:
    """Puts a return into the archive. The same bytes with the same statements change nothing."""
    sent = Return(hashlib.sha256(content).hexdigest(), file, dict(given))
    if any(known.sha256 == sent.sha256 and known.given == sent.given for known in active(place)):
        return sent
    place.returns.mkdir(parents=True, exist_ok=True)
    stored = place.returns / sent.sha256
    if not stored.exists():
        write_durably(stored, content)
    _append(place, {"event": "received", "return": sent.sha256, "file": file, "given": dict(given), "by": by})
    return sent


def withdraw(place: Place, sha256: str, by: str | None, why: str) -> None:
    """Takes a whole return out of the releases to come; its bytes stay in the archive."""
    _append(place, {"event": "withdrawn", "return": sha256, "by": by, "why": why})


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
    _append(place, {"event": "decided", **asdict(decision), "amount_gbp": amount, "by": by})


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


def stored_bytes(place: Place, sent: Return) -> bytes:
    """The bytes of an archived return. ValueError if they are gone or are no longer those that were sent."""
    path = place.returns / sent.sha256
    content = path.read_bytes() if path.exists() else b""
    if hashlib.sha256(content).hexdigest() != sent.sha256:
        raise ValueError(
            f"The archived return {sent.file} ({path}) is missing or was altered. "
            "Restore the home from a backup; nothing was published."
        )
    return content


def _events(place: Place) -> list[dict]:
    if not place.journal.exists():
        return []
    return [json.loads(line) for line in place.journal.read_text("utf-8").splitlines() if line.strip()]


def _append(place: Place, event: dict) -> None:
    place.folder.mkdir(parents=True, exist_ok=True)
    entry = {**event, "at": datetime.now(UTC).isoformat(timespec="seconds")}
    with Path(place.journal).open("a", encoding="utf-8") as stream:
        stream.write(json.dumps(entry, ensure_ascii=False) + "\n")
        stream.flush()
        os.fsync(stream.fileno())
