"""Publishes a release: one immutable file built beside its place, hashed, moved in one step, then pointed to."""

import gc
import hashlib
import json
import os
import shutil
import subprocess
from collections.abc import Collection, Generator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager
from dataclasses import astuple
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any, BinaryIO

import duckdb
from filelock import FileLock

from etl import archive
from etl.build import PUBLISHED_TABLES, build
from etl.home import CHECKOUT, ILLUSTRATIVE, PUBLISHED, Place, settle, shipped, write_durably
from etl.progress import JUDGING, PUBLISHING, READING, Progress
from etl.readings import insert
from etl.reconcile import gone_quiet, reconcile
from etl.reference import reference_tables
from etl.staging import Unreadable, stage
from etl.values.council import load_councils

ENDINGS = (".csv", ".tsv", ".txt", ".xlsx", ".xlsm", ".xls", ".xlsb", ".ods", ".htm", ".html", ".xml")
MEMORY = 300_000_000
"""Bytes that building may hold beside as many as the returns have: more than it needs, and no slower than with more."""
MOST_MEMORY = 900_000_000
"""The most that building may hold; what is more goes to the disk, beside the release that is built."""
HIDDEN = (".", "~$")
"""Files that are no returns: those of the system, and the locks that Excel and LibreOffice leave beside a file."""
FORMAT = 4


class NothingToLoad(ValueError):
    """No file, or none that is a return; the message says what was looked for and where."""


class NotHeld(ValueError):
    """A decision on a line that nobody has to decide on; the message says how to list those that are held."""


def load(place: Place, paths: list[Path], given: dict[str, str], by: str | None, progress: Progress) -> dict[str, Any]:
    """Archives returns and publishes a release of all that the collection's archive holds; gives its manifest.

    Raises Unreadable (nothing is archived or published) or NothingToLoad.
    """
    with _alone(place):
        return publish(place, progress, [archive.Incoming(path, given, by) for path in paths])


def refresh_shipped(place: Place, folder: Path, progress: Progress) -> dict[str, Any]:
    """Makes a shipped collection hold exactly the files that ship with the product; gives its manifest.

    Files of an earlier edition are withdrawn; where nothing changed, the release stays as it is.
    """
    with _alone(place):
        files = [archive.Incoming(path) for path in returns_in(folder)]
        shipped_now = {one.sha256 for one in files}
        present = {sent.sha256 for sent in archive.active(place)}
        current = place.current()
        if current and present == shipped_now and place.built_from() == fingerprint():
            return current
        return publish(place, progress, files, present - shipped_now)


def decide(place: Place, decision: archive.Decision, by: str, progress: Progress) -> dict[str, Any]:
    """Records a decision on a held line and publishes a release that follows it; gives its manifest.

    Raises NotHeld where the current release holds no such line back and none was decided before.
    """
    with _alone(place):
        known = {one.line_id for one in archive.decisions(place)} | _held(place)
        if decision.line_id not in known:
            raise NotHeld(f"No held line '{decision.line_id}' in '{place.collection}'. See: savings releases held")
        archive.decide(place, decision, by)
        return publish(place, progress)


def withdraw(place: Place, named: str, by: str, why: str, progress: Progress) -> dict[str, Any]:
    """Takes a whole return out, named by its file or the start of its checksum, and publishes a release without it.

    Raises NothingToLoad where no one return of the archive is meant. It stays in the archive.
    """
    with _alone(place):
        meant = [one for one in archive.active(place) if one.file == named or one.sha256.startswith(named)]
        if len(meant) != 1:
            files = ", ".join(f"{one.file} ({one.sha256[:12]})" for one in archive.active(place)) or "none"
            raise NothingToLoad(f"'{named}' names {len(meant)} returns of '{place.collection}'. There are: {files}.")
        archive.withdraw(place, meant[0].sha256, by, why)
        return publish(place, progress)


def rebuild(place: Place, progress: Progress) -> dict[str, Any]:
    """Builds the release again from the archive alone, and points to it; gives its manifest."""
    with _alone(place):
        return publish(place, progress)


def roll_back(place: Place, release: str) -> dict[str, Any]:
    """Points readers to an earlier release, which stands as it was published. NothingToLoad if there is none."""
    with _alone(place):
        manifest = place.manifest(release)
        if manifest is None:
            raise NothingToLoad(f"There is no release '{release}' in '{place.collection}'. See: savings releases")
        _point(place, release)
        return manifest


def held_lines(place: Place) -> list[tuple[str, str, int, str, str]]:
    """The held lines of the current release: line id, file, row, project, and what a person must decide."""
    manifest = place.current()
    if manifest is None:
        return []
    with duckdb.connect() as con:
        con.execute(f"attach '{_quoted(place.releases / manifest['release'])}.duckdb' as release (read_only)")
        return con.execute(
            "select line_id, file, row, project_ref, why from release.observations where fate = 'held' order by line_no"
        ).fetchall()


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")


def _held(place: Place) -> set[str]:
    return {line_id for line_id, *_ in held_lines(place)}


def returns_in(path: Path) -> list[Path]:
    """The files of a folder that may be returns, by their endings; or the file itself. NothingToLoad if none is."""
    if not path.exists():
        raise NothingToLoad(f"There is no file or folder {path}. Check the spelling, or give its full path.")
    if not path.is_dir():
        return [path]
    found = sorted(one for one in path.iterdir() if one.suffix.lower() in ENDINGS and not one.name.startswith(HIDDEN))
    if not found:
        raise NothingToLoad(f"The folder {path} holds no return. Returns are files ending in {', '.join(ENDINGS)}.")
    return found


def publish(
    place: Place,
    progress: Progress,
    incoming: Sequence[archive.Incoming] = (),
    leaving: Collection[str] = (),
) -> dict[str, Any]:
    """Builds a release of the archive's returns and the incoming ones, and points to it.

    Readers see the old or the new. The incoming join the archive, and `leaving` (checksums) leave it, only once
    all of them were read.
    """
    place.releases.mkdir(parents=True, exist_ok=True)
    aside = place.releases / f".{os.getpid()}.building"
    _clear_unfinished(place)
    try:
        by_checksum = {one.sha256: one for one in incoming}
        with ThreadPoolExecutor(1) as beside:
            copying = beside.submit(archive.copied, place, incoming, aside)
            manifest = _build(place, aside, progress, by_checksum, leaving)
            manifest["gone_quiet"] = _gone_quiet(place, aside)
            archive.receive(place, incoming, copying.result(), leaving)
        final = place.releases / f"{manifest['release']}.duckdb"
        known = place.manifest(manifest["release"])
        if known is None or not final.exists():
            _settle_release(aside, final, manifest, place)
        else:
            manifest = known
    finally:
        _clear_unfinished(place)
    _point(place, manifest["release"])
    return manifest


def _point(place: Place, release: str) -> None:
    pointer = json.dumps({"release": release, "built_from": fingerprint()}).encode()
    if not place.pointer.exists() or place.pointer.read_bytes() != pointer:
        write_durably(place.pointer, pointer)


def _clear_unfinished(place: Place) -> None:
    """Removes what a build left aside, this one or one that was killed: nobody else builds in this place now."""
    for left in place.releases.glob(".*.building*"):
        shutil.rmtree(left) if left.is_dir() else left.unlink()


def _alone(place: Place) -> FileLock:
    place.folder.mkdir(parents=True, exist_ok=True)
    return FileLock(place.folder / ".lock")


def _returns(place: Place, incoming: Mapping[str, archive.Incoming], leaving: Collection[str]) -> list[archive.Return]:
    """What a release is built from: the archive's returns but those that leave, and the incoming, by checksum."""
    found = {sha256: archive.Return(sha256, one.file, one.given) for sha256, one in incoming.items()}
    for sent in archive.active(place):
        if sent.sha256 in leaving:
            continue
        if sent.sha256 not in found or found[sent.sha256].given == sent.given:
            found[sent.sha256] = sent
    return [found[sha256] for sha256 in sorted(found)]


@contextmanager
def _without_collecting() -> Generator[None]:
    """What is read and judged makes no circles: looking for some costs a tenth of the time of a large return."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


@_without_collecting()
def _build(
    place: Place,
    target: Path,
    progress: Progress,
    incoming: Mapping[str, archive.Incoming],
    leaving: Collection[str],
) -> dict[str, Any]:
    reference, returns = shipped("reference"), _returns(place, incoming, leaving)

    def content(sent: archive.Return) -> AbstractContextManager[BinaryIO]:
        coming = incoming.get(sent.sha256)
        return coming.opened() if coming else archive.stored(place, sent)

    files = [incoming[one.sha256].path if one.sha256 in incoming else place.returns / one.sha256 for one in returns]
    with ThreadPoolExecutor(2) as beside, duckdb.connect(target, config=_config(files)) as con:
        version_asked, councils = beside.submit(code_version), beside.submit(load_councils, reference)
        # One transaction: each step of its own would wait for the disk, which costs more than a small return does.
        con.execute("begin transaction")
        progress(READING)
        staging = stage(con, returns, content, reference, target.with_suffix(".building.lines"), progress)
        if staging.problems:
            raise Unreadable([(returns[number - 1].file, problem) for number, problem in staging.problems.items()])
        insert(con, "decisions", [astuple(decision) for decision in archive.decisions(place)])
        reference_tables(con, reference)
        progress(JUDGING)
        publishable = place.collection in (PUBLISHED, ILLUSTRATIVE)
        build(con, councils.result(), publishable, place.collection == PUBLISHED)
        con.execute("drop table spending_power")
        progress(PUBLISHING)
        reconcile(con)
        manifest = _manifest(con, place.collection) | {"code_version": version_asked.result()}
        con.execute("create table manifest as select ? as manifest", [json.dumps(manifest, sort_keys=True)])
        con.execute("commit")
        con.execute("checkpoint")
    return manifest


def _config(files: Sequence[Path]) -> dict[str, str | float | list[str]]:
    """How DuckDB builds from these files: within its memory, and into its own file without a log of it first."""
    memory = min(MEMORY + sum(path.stat().st_size for path in files if path.exists()), MOST_MEMORY)
    return {"memory_limit": f"{memory // 1_000_000}MB", "checkpoint_threshold": "1KB"}


def _gone_quiet(place: Place, aside: Path) -> list[str]:
    """Who reported in the release that readers see now, and does not in the new one; nobody where there is none."""
    current = place.current()
    path = place.releases / f"{current['release']}.duckdb" if current and current["format"] == FORMAT else None
    return gone_quiet(aside, path) if path and path.exists() else []


def _manifest(con: duckdb.DuckDBPyConnection, collection: str) -> dict[str, Any]:
    content_hash = _content_hash(con)
    (marked,) = con.execute("select count(*) from judged where project_ref like 'ILLUSTRATIVE%'").fetchone() or (0,)
    returns = con.execute(
        "select file, sha256, loaded, held, quarantined, ignored, given from returns order by return_no"
    ).fetchall()
    names = ("file", "sha256", "loaded", "held", "quarantined", "ignored")
    lines = {fate: sum(row[place] for row in returns) for place, fate in enumerate(names) if place > 1}
    return {
        "release": f"{collection}-{content_hash[:12]}",
        "collection": collection,
        "illustrative": collection == ILLUSTRATIVE or marked > 0,
        "examples": collection == PUBLISHED,
        "format": FORMAT,
        "content_hash": content_hash,
        "lines": {"in": sum(lines.values()), **lines},
        "returns": [dict(zip(names, row, strict=True)) | {"given": json.loads(given)} for *row, given in returns],
        "built_at": datetime.now(UTC).isoformat(timespec="seconds"),
    }


def _content_hash(con: duckdb.DuckDBPyConnection) -> str:
    """SHA-256 over every table's columns, row count and sum of row hashes: the order of rows does not matter."""
    digest = hashlib.sha256(f"format {FORMAT}".encode())
    described = " union all ".join(
        f"select '{table}', name, type, cid from pragma_table_info('{table}')" for table in PUBLISHED_TABLES
    )
    columns = con.execute(f"{described} order by cid").fetchall()
    sums = " union all ".join(
        f"select '{table}' as name, count(*), sum(hash({table})::hugeint) from {table}" for table in PUBLISHED_TABLES
    )
    contents = {name: content for name, *content in con.execute(sums).fetchall()}
    for table in PUBLISHED_TABLES:
        shape = [(name, kind) for of_table, name, kind, _ in columns if of_table == table]
        digest.update(json.dumps([table, shape, [str(value) for value in contents[table]]]).encode())
    return digest.hexdigest()


def code_version() -> str:
    """The version of the code that builds: the package's, and the commit where it runs from a checkout."""
    found = version("savings-impact")
    if not (CHECKOUT / ".git").exists():
        return found
    try:
        commit = subprocess.run(
            ["git", "describe", "--always", "--dirty", "--abbrev=12"],
            cwd=CHECKOUT,
            capture_output=True,
            text=True,
            timeout=5,
            check=True,
        ).stdout.strip()
    except (OSError, subprocess.SubprocessError):
        return found
    return f"{found}+{commit}"


def fingerprint() -> str:
    """What the outcome of a build depends on beside the returns: this package's code and the reference tables."""
    digest = hashlib.sha256(duckdb.__version__.encode())
    sources = sorted(path for path in Path(__file__).parent.rglob("*") if path.suffix in (".py", ".sql"))
    for path in (*sources, *sorted(shipped("reference").glob("*.csv"))):
        digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()[:16]


def _settle_release(aside: Path, final: Path, manifest: dict[str, Any], place: Place) -> None:
    with aside.open("rb") as stream:
        manifest["file_sha256"] = hashlib.file_digest(stream, "sha256").hexdigest()
        os.fsync(stream.fileno())
    aside.replace(final)
    settle(place.releases)
    text = json.dumps(manifest, indent=1, ensure_ascii=False, sort_keys=True)
    write_durably(place.releases / f"{manifest['release']}.json", text.encode())
