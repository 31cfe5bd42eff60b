"""ODS: the cells of each table with the text that a person sees beside their values, so that both can be compared."""

from collections.abc import Iterator

from etl.readers import Problem
from etl.readers.noticed import Noticed
from etl.readers.ods_table import Table
from etl.readers.stream import Stream
from etl.readers.xml_elements import elements_of, pass_through
from etl.readers.zip_parts import Parts

TABLE = "urn:oasis:names:tc:opendocument:xmlns:table:1.0 "
OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0 "
TEXT = "urn:oasis:names:tc:opendocument:xmlns:text:1.0 "
STYLE = "urn:oasis:names:tc:opendocument:xmlns:style:1.0 "
CELLS = frozenset((f"{TABLE}table-cell", f"{TABLE}covered-table-cell"))
ROW, PARAGRAPH = f"{TABLE}table-row", f"{TEXT}p"
LONGEST_CELL = 1_000_000
WHITE = {f"{TEXT}tab": "\t", f"{TEXT}line-break": "\n"}
SPREADSHEET = b"application/vnd.oasis.opendocument.spreadsheet"
MOST_SPACES = 1_000
MANIFEST = "META-INF/manifest.xml"


def read_ods(parts: Parts) -> Iterator[Stream]:
    """The tables of an ODS file. Raises Problem if it is encrypted, or another kind of document."""
    kind = parts.read("mimetype").strip() if "mimetype" in parts else SPREADSHEET
    if not kind.startswith(SPREADSHEET):
        what = kind.decode("ascii", "replace").rpartition(".")[2][:40]
        raise Problem("unreadable", f"it is an OpenDocument file of another kind ({what}), not a spreadsheet.")
    if MANIFEST in parts and any(each.name == "encryption-data" for each in elements_of(parts.read(MANIFEST))):
        raise Problem("password_protected", "it is protected by a password. Save it without one.")
    content = parts.read("content.xml")
    parts.check_others()
    return read_tables(content)


def read_tables(content: bytes) -> Iterator[Stream]:
    """The tables of the XML that holds them."""
    reader = _Reader()
    pass_through(content, reader)
    yield from map(_stream, reader.tables)


def _stream(table: Table) -> Stream:
    return Stream(table.name, iter(table.rows), table.remarks, table.merged)


class _Reader:
    """What an XML parser calls: builds the tables one after another.

    `_level` is 0 outside cells, 1 in a cell, more in its text; `_skipped` counts what is open of what is passed over.
    A file has millions of elements, so the commonest are looked for first.
    """

    def __init__(self) -> None:
        self.tables: list[Table] = []
        self._hidden_styles: set[str] = set()
        self._style = ""
        self._table: Table | None = None
        self._cell: dict[str, str] = {}
        self._shown = ""
        self._level = self._skipped = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        if self._skipped:
            self._skipped += 1
        elif self._level == 0:
            if name in CELLS and self._table is not None:
                self._cell, self._level, self._shown = attributes, 1, ""
            else:
                self._start_outside(name, attributes)
        elif self._level > 1:
            self._start_in_text(name, attributes)
        elif name == PARAGRAPH:
            self._level = 2
            self._shown += "\n" if self._shown else ""
        else:
            self._skipped = 1

    def _start_in_text(self, name: str, attributes: dict[str, str]) -> None:
        if name == f"{OFFICE}annotation":
            self._skipped = 1
            return
        self._level += 1
        if name == f"{TEXT}s":
            number = attributes.get(f"{TEXT}c", "1")
            self._shown += " " * min(int(number) if number.isascii() and number.isdigit() else 1, MOST_SPACES)
        else:
            self._shown += WHITE.get(name, "")
        if len(self._shown) > LONGEST_CELL:
            raise Problem("too_large", f"a cell of it has over {LONGEST_CELL:,} characters. Shorten it.")

    def _start_outside(self, name: str, attributes: dict[str, str]) -> None:
        if name == f"{TABLE}table":
            hidden = attributes.get(f"{TABLE}style-name", "") in self._hidden_styles
            self._table = Table(attributes.get(f"{TABLE}name"), hidden, Noticed())
        elif name in (f"{TABLE}tracked-changes", f"{TABLE}shapes"):
            self._skipped = 1
        elif self._table is not None:
            if name == ROW:
                self._table.start_row(attributes)
            elif name == f"{TABLE}table-column":
                self._table.column(attributes)
        elif name == f"{STYLE}style":
            self._style = attributes.get(f"{STYLE}name", "")
        elif name == f"{STYLE}table-properties" and attributes.get(f"{TABLE}display") == "false":
            self._hidden_styles.add(self._style)

    def characters(self, text: str) -> None:
        """Text between tags."""
        if self._level > 1 and not self._skipped:
            self._shown += text

    def end(self, name: str) -> None:
        """An element ends."""
        if self._skipped:
            self._skipped -= 1
        elif self._level:
            self._level -= 1
            if self._level == 0 and self._table is not None:
                self._table.add(self._cell, self._shown)
        elif self._table is None:
            return
        elif name == ROW:
            self._table.end_row()
        elif name == f"{TABLE}table":
            self._table.finish()
            self.tables.append(self._table)
            self._table = None
