"""Any file that a council may send becomes sheets of text; what it is, is told by its content, not by its name."""

import re
from pathlib import PurePath

from etl.readers import Problem, Sheet
from etl.readers.apart import read_apart
from etl.readers.delimited import read_delimited

ZIP, EMPTY_ZIP, OLE = b"PK\x03\x04", b"PK\x05\x06", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
OTHER_KINDS = (
    (b"%PDF-", "a PDF"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"BM", "a picture"),
    (b"II*\x00", "a picture"),
    (b"MM\x00*", "a picture"),
    (b"{\\rtf", "a text document"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"Rar!", "a RAR archive"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"MZ", "a program"),
    (b"MIME-Version:", "a web archive"),
)
OLDEST_XLS = re.compile(rb"\x09[\x00\x02\x04\x08][\x04-\x08]\x00")
MARKUP = re.compile(r"<(?:!doctype html|html|body|table|tr)\b", re.I)
JSON = re.compile(r'\s*[\[{]\s*["\[{]')
XML_SHEETS = re.compile(r"urn:schemas-microsoft-com:office:spreadsheet|office:document")
XML = re.compile(r"\s*<\?xml\b|\s*<(?:\w+:)?Workbook\b", re.I)
LOOKED_AT = 4096


def read_sheets(file: str, content: bytes) -> list[Sheet]:
    """Every sheet of a file, as text. Raises Problem, with what to do, if it cannot be read or is no table.

    Reads CSV and other delimited text, XLSX, XLS, XLSB, ODS, and HTML or XML of 2003 saved as XLS. Only `content` tells
    which it is; `file` is named in messages where the two differ.
    """
    if not content:
        raise Problem("no_lines", "it is empty: it has no bytes at all. Send it again.")
    kind = _kind(content)
    if kind == "text":
        return [read_delimited(content)]
    try:
        return read_apart(kind, content)
    except Problem as problem:
        ending = PurePath(file).suffix.lower()
        if kind in ("zip", "ole") and ending in (".csv", ".txt", ".tsv"):
            raise Problem(problem.code, f"its name ends in '{ending}', but it is no text: {problem}") from None
        raise


def _kind(content: bytes) -> str:
    """zip, ole, html, xml or text. Raises Problem for what is certainly none of them."""
    if content.startswith(ZIP):
        return "zip"
    if content.startswith(OLE):
        return "ole"
    if content.startswith(EMPTY_ZIP):
        raise Problem("unreadable", "it is an empty zip. Save the table as XLSX, and send that.")
    for start, what in OTHER_KINDS:
        if content.startswith(start) and not _is_words(content):
            raise Problem("unreadable", f"it is {what}, not a table. Save the table as XLSX or as 'CSV UTF-8'.")
    if OLDEST_XLS.match(content):
        raise Problem("unreadable", "it is in the format of Excel before 1995. Open it, and save it as XLSX.")
    head = _head(content)
    if head.lstrip().startswith("<") and MARKUP.search(head) and not XML_SHEETS.search(head):
        return "html"
    if JSON.match(head) and content.rstrip().endswith((b"}", b"]")):
        raise Problem("not_a_table", "it is JSON, not a table. Save the table as XLSX or as 'CSV UTF-8'.")
    return "xml" if XML.match(head) else "text"


def _is_words(content: bytes) -> bool:
    """Text may begin with the letters of another format: BMI, MZ."""
    return content[:2] in (b"BM", b"MZ") and b"\x00" not in content[:LOOKED_AT]


def _head(content: bytes) -> str:
    """The first characters, in whichever encoding, to look for a tag."""
    wide = content[:2] in (b"\xff\xfe", b"\xfe\xff")
    return content[:LOOKED_AT].decode("utf-16" if wide else "utf-8-sig", errors="replace").lstrip("\ufeff")
