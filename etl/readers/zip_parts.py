"""The parts of a file that is a zip, each looked at before any library reads it: bombs, damage and traps end here."""

import io
import posixpath
import re
import zipfile
import zlib
from collections import Counter

from etl.readers import Problem

MOST_PARTS = 5_000
LARGE_PART = 1_000_000
MOST_RATIO = 100
LARGE_TOTAL = 64_000_000
MOST_RATIO_OF_LARGE = 80
LARGEST_TOTAL = 600_000_000
LARGEST_PART_UNPACKED = 400_000_000
ENCRYPTED = 0x1
XML_ENDINGS = (".xml", ".rels", ".vml", ".rdf")
DOCTYPE = re.compile(rb"<![DdEe]")
WIDE_MARKS = (b"\xff\xfe", b"\xfe\xff", b"<\x00", b"\x00<")
DAMAGED = "it is damaged or was not sent in full. Send it again, or open it, save it as XLSX, and send that."
UNPACKS_TOO_LARGE = "it unpacks to far more than a return holds. Copy the table to a new workbook, and send that."


class Parts:
    """A zip whose names and sizes have been checked. Each part is checked as it is read."""

    def __init__(self, content: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(content))
        except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, EOFError):
            raise Problem("unreadable", DAMAGED) from None
        self._unread = {info.filename: info for info in self._zip.infolist()}
        self.names = tuple(self._unread)
        _check_names([info.filename for info in self._zip.infolist()])
        _check_sizes(self._zip.infolist(), len(content))

    def __contains__(self, name: str) -> bool:
        return name in self.names

    def read(self, name: str) -> bytes:
        """The bytes of a part. Raises Problem if it is damaged or declares entities."""
        self._unread.pop(name, None)
        try:
            content = self._zip.read(name)
        except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, OSError, NotImplementedError, RuntimeError):
            raise Problem("unreadable", DAMAGED) from None
        if name.lower().endswith(XML_ENDINGS):
            _check_xml(content)
        return content

    def check_others(self) -> None:
        """Checks every part that was not read yet."""
        for name in tuple(self._unread):
            self.read(name)


def _check_names(names: list[str]) -> None:
    if len(names) > MOST_PARTS:
        raise Problem("too_large", f"it holds {len(names):,} parts. Copy the table to a new workbook, and send that.")
    twice = [name for name, number in Counter(map(str.lower, names)).items() if number > 1]
    outside = [name for name in names if _is_outside(name)]
    if twice or outside:
        what = f"two parts named '{twice[0]}'" if twice else f"a part named '{outside[0]}'"
        raise Problem(
            "unreadable", f"it holds {what[:120]}, which no spreadsheet writes. Copy the table to a new workbook."
        )


def _is_outside(name: str) -> bool:
    return (
        "\\" in name
        or "\x00" in name
        or name.startswith("/")
        or ":" in name
        or ".." in name.split("/")
        or not posixpath.normpath(name)
    )


def _check_sizes(parts: list[zipfile.ZipInfo], size: int) -> None:
    if any(part.flag_bits & ENCRYPTED for part in parts):
        raise Problem("password_protected", "it is protected by a password. Save it without one.")
    if any(part.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for part in parts):
        raise Problem("unreadable", "it is packed in a way that no spreadsheet uses. Save it again as XLSX.")
    total = sum(part.file_size for part in parts)
    packed = max(1, min(size, sum(part.compress_size for part in parts)))
    bombs = [part for part in parts if part.file_size > max(LARGE_PART, part.compress_size * MOST_RATIO)]
    if (
        bombs
        or total > LARGEST_TOTAL
        or (total > LARGE_TOTAL and total > packed * MOST_RATIO_OF_LARGE)
        or any(part.file_size > LARGEST_PART_UNPACKED for part in parts)
    ):
        raise Problem("too_large", UNPACKS_TOO_LARGE)


def _check_xml(content: bytes) -> None:
    if content.startswith(WIDE_MARKS):
        raise Problem("unreadable", "its parts are in UTF-16, which no spreadsheet writes. Save it again as XLSX.")
    if DOCTYPE.search(content):
        raise Problem("unreadable", "it declares entities, which may hide harm. Copy the table to a new workbook.")
