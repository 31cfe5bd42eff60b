"""Where things live: the product's own data, and the home that holds archived returns and releases."""

import json
import os
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

import click

CHECKOUT = Path(__file__).resolve().parents[1]
PUBLISHED, ILLUSTRATIVE, PROGRAMME = "published", "illustrative", "programme"


def shipped(name: str) -> Path:
    """The folder of the product's own data of this name (published, illustrative, reference).

    In a checkout that is `data/NAME`; in an installed package it stands inside the package.
    """
    inside = Path(__file__).parent / "shipped" / name
    return inside if inside.is_dir() else CHECKOUT / "data" / name


def default_home() -> Path:
    """`SAVINGS_HOME`, or `data/warehouse` in a checkout, or the user's own application folder."""
    if named := os.environ.get("SAVINGS_HOME"):
        return Path(named)
    if (CHECKOUT / "data" / "reference").is_dir():
        return CHECKOUT / "data" / "warehouse"
    return Path(click.get_app_dir("savings-impact"))


@dataclass(frozen=True)
class Place:
    """One collection's folder in a home: `returns/`, `journal.jsonl`, `releases/`, `current.json`."""

    home: Path
    collection: str

    @property
    def folder(self) -> Path:
        return self.home / self.collection

    @property
    def returns(self) -> Path:
        return self.folder / "returns"

    @property
    def journal(self) -> Path:
        return self.folder / "journal.jsonl"

    @property
    def releases(self) -> Path:
        return self.folder / "releases"

    @property
    def pointer(self) -> Path:
        return self.folder / "current.json"

    def current(self) -> dict[str, Any] | None:
        """The manifest of the release that readers see; None where nothing was published yet."""
        if not self.pointer.exists():
            return None
        release = json.loads(self.pointer.read_text("utf-8"))["release"]
        return self.manifest(release)

    def built_from(self) -> str | None:
        """The fingerprint of the code and reference tables that built the current release."""
        return json.loads(self.pointer.read_text("utf-8"))["built_from"] if self.pointer.exists() else None

    def manifest(self, release: str) -> dict[str, Any] | None:
        """The manifest of one release; None if there is none of this id."""
        path = self.releases / f"{release}.json"
        return json.loads(path.read_text("utf-8")) if path.exists() else None

    def manifests(self) -> list[dict[str, Any]]:
        """Manifests of all releases, the oldest first."""
        found = [json.loads(path.read_text("utf-8")) for path in self.releases.glob("*.json")]
        return sorted(found, key=lambda manifest: (manifest["built_at"], manifest["release"]))


def write_durably(path: Path, content: bytes) -> None:
    """Writes a file whole or not at all: aside, flushed to the disk, then moved into its place."""
    with written_durably(path) as stream:
        stream.write(content)


@contextmanager
def written_durably(path: Path) -> Generator[BinaryIO]:
    """A stream whose bytes become a file whole, when the block is through; or not at all."""
    aside = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with aside.open("wb") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        aside.replace(path)
    finally:
        aside.unlink(missing_ok=True)
    settle(path.parent)


def settle(folder: Path) -> None:
    """Makes a folder's new entries survive a power cut, where the system lets a folder be flushed."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
