"""Bytes of a text file become text: which encoding they are in is found out, and said where it was assumed."""

import codecs
import io
import re
from dataclasses import dataclass

from etl.readers import Problem

MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
LOOKED_AT = 4096
SAVE_AS_UTF8 = "Open it in a spreadsheet and save it as 'CSV UTF-8'."
CONTROLS = re.compile(r"[\x00-\x06\x0e-\x1a\x1c\x7f]")
MOST_CONTROLS = 0.02
WINDOWS_1252 = {code: bytes([code]).decode("cp1252", errors="replace") for code in range(256)}
MOST_BROKEN = 0.2


@dataclass(frozen=True)
class Decoded:
    """The text of a file. `assumed` and `broken` number its lines from 0, as `lines_of` splits them.

    Lines in `assumed` are not UTF-8 and were read as Windows-1252; `all_assumed` says that the whole file was.
    Lines in `broken` hold bytes that are neither, each shown as U+FFFD.
    """

    text: str
    assumed: frozenset[int] = frozenset()
    broken: frozenset[int] = frozenset()
    all_assumed: bool = False


def lines_of(text: str) -> list[str]:
    """The lines of a text with their ends, as typed: LF, CRLF or CR, and no other character ends a line."""
    return list(io.StringIO(text, newline=""))


def decode(content: bytes) -> Decoded:
    """The text of a file in UTF-8, UTF-16, UTF-32 or Windows-1252. Raises Problem if it is none of them."""
    encoding = next((name for mark, name in MARKS if content.startswith(mark)), None) or _unmarked_utf16(content)
    if encoding and encoding != "utf-8-sig":
        return _checked(Decoded(_wide_text(content, encoding)))
    plain = content.removeprefix(codecs.BOM_UTF8)
    if b"\x00" in plain:
        row = _line_of(plain, plain.index(b"\x00"))
        raise Problem("unreadable", f"it holds NUL bytes (line {row}), so it is not a text file. {SAVE_AS_UTF8}")
    try:
        return _checked(Decoded(plain.decode("utf-8")))
    except UnicodeDecodeError:
        return _checked(_by_line(plain))


def _unmarked_utf16(content: bytes) -> str | None:
    """UTF-16 without its mark shows as a NUL in most of every second byte, and in few of the others."""
    head = content[: min(LOOKED_AT, len(content) // 2 * 2)]
    first, second = head[0::2].count(0), head[1::2].count(0)
    half = len(head) // 2
    if second > half * 0.6 and first < half * 0.05:
        return "utf-16-le"
    if first > half * 0.6 and second < half * 0.05:
        return "utf-16-be"
    return None


def _wide_text(content: bytes, encoding: str) -> str:
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        told = f"it starts as {encoding[:6].upper()} text and breaks off or is damaged at byte {error.start + 1}."
        raise Problem("unreadable", f"{told} Send it again. {SAVE_AS_UTF8}") from None
    if "\x00" in text:
        raise Problem("unreadable", f"it holds NUL characters, so it is not a text file. {SAVE_AS_UTF8}")
    return text


def _line_of(content: bytes, place: int) -> int:
    return len(re.findall(rb"\r\n|\r|\n", content[:place])) + 1


def _by_line(content: bytes) -> Decoded:
    """Each line as UTF-8 where it is, else as Windows-1252, so that a file of two encodings is read right."""
    texts: list[str] = []
    wide, assumed, broken = 0, set(), set()
    for number, line in enumerate(re.split(rb"(?<=\n)|(?<=\r)(?!\n)", content)):
        try:
            text = line.decode("utf-8")
            wide += not line.isascii()
        except UnicodeDecodeError:
            text = "".join(map(WINDOWS_1252.__getitem__, line))
            (broken if "\ufffd" in text else assumed).add(number)
        texts.append(text)
    if len(broken) > max(3, MOST_BROKEN * len(texts)):
        raise Problem("unreadable", f"it is neither UTF-8 nor Windows-1252 text. {SAVE_AS_UTF8}")
    return Decoded("".join(texts), frozenset(assumed), frozenset(broken), wide == 0)


def _checked(decoded: Decoded) -> Decoded:
    """The text, unless it is no text at all but bytes that happen to decode."""
    sample = decoded.text[: LOOKED_AT * 16]
    if len(CONTROLS.findall(sample)) > MOST_CONTROLS * len(sample):
        raise Problem("unreadable", "it is not text and not a spreadsheet. Save it as XLSX or as 'CSV UTF-8'.")
    return decoded
