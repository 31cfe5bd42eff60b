"""Files that mean harm, or are broken: what each is, its bytes, and the problems that may be made of it."""

import random
import struct
import zipfile
from collections.abc import Callable, Iterator

from made_files import (
    MAIN,
    XML,
    ods,
    ods_cell,
    sheet_xml,
    with_wrong_checksum,
    xlsx,
    xlsx_parts,
    zipped,
)

CELL = '<c r="A1" t="inlineStr"><is><t>amount</t></is></c>'
ROW = f'<row r="1">{CELL}</row>'
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_RANGE = '<mergeCell ref="A{}:XFD{}"/>'
_TEXT = '<c t="s"><v>{}</v></c>'
Case = tuple[str, bytes | Callable[[], bytes], tuple[str, ...]]
UNREADABLE, LARGE, LOCKED, NO_TABLE = ("unreadable",), ("too_large",), ("password_protected",), ("not_a_table",)


def compound(*streams: str, content: bytes = b"") -> bytes:
    """A small OLE file with streams of these names, each of the same content (up to 4,096 bytes, padded)."""
    padded = content.ljust(4096, b"\x00")
    head = OLE + b"\x00" * 16 + struct.pack("<HHHHH", 62, 3, 0xFFFE, 9, 6) + b"\x00" * 10
    head += struct.pack("<IIIIIIIII", 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0, 0)
    head = head[:44] + struct.pack("<IIIIIIII", 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    head += struct.pack("<109I", 0, *[0xFFFFFFFF] * 108)
    entries = [_entry("Root Entry", 5, 0xFFFFFFFE, 0)] + [_entry(name, 2, 2, len(padded)) for name in streams[:3]]
    table = [0xFFFFFFFD, 0xFFFFFFFE, *range(3, 10), 0xFFFFFFFE]
    sector = struct.pack("<128I", *table, *[0xFFFFFFFF] * (128 - len(table)))
    return head.ljust(512, b"\x00") + sector + b"".join(entries).ljust(512, b"\x00") + padded


def _entry(name: str, kind: int, start: int, size: int) -> bytes:
    text = name.encode("utf-16-le") + b"\x00\x00"
    entry = text.ljust(64, b"\x00") + struct.pack("<HBB", len(text), kind, 1) + b"\xff" * 12
    return entry.ljust(116, b"\x00") + struct.pack("<II", start, size) + b"\x00" * 4


def record(kind: int, body: bytes = b"") -> bytes:
    """A record of an XLS workbook."""
    return struct.pack("<HH", kind, len(body)) + body


def zip_traps() -> Iterator[Case]:
    """Traps of the container."""
    whole = xlsx(ROW)
    yield "a zip cut off in the middle", whole[: len(whole) // 2], UNREADABLE
    yield "a wrong checksum", with_wrong_checksum(whole, "xl/worksheets/sheet1.xml"), UNREADABLE
    damaged = bytearray(zipped(xlsx_parts(ROW * 300)))
    damaged[900:960] = b"\xff" * 60
    yield "damaged bytes", bytes(damaged), UNREADABLE
    yield "a part named ../outside", zipped(xlsx_parts(ROW) | {"../../outside.xml": "x"}), UNREADABLE
    yield "a part with an absolute name", zipped(xlsx_parts(ROW) | {"/etc/outside": "x"}), UNREADABLE
    yield "two parts that differ in case", zipped(xlsx_parts(ROW) | {"xl/Workbook.xml": "x"}), UNREADABLE
    yield "an empty zip", zipped({}), UNREADABLE
    yield "a zip of other files", zipped({"a.csv": "a,b"}), UNREADABLE
    yield "a Word document", zipped({"[Content_Types].xml": "x", "word/document.xml": "x"}), UNREADABLE
    yield "a presentation", zipped({"[Content_Types].xml": "x", "ppt/presentation.xml": "x"}), UNREADABLE


def xml_traps() -> Iterator[Case]:
    """Traps of the XML of an XLSX."""
    entity = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
    for part in ("xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/styles.xml"):
        parts = xlsx_parts(ROW)
        parts[part] = str(parts[part]).replace(XML, XML + entity)
        yield f"an external entity in {part}", zipped(parts), UNREADABLE
    wide = xlsx_parts(ROW)
    text = str(wide["xl/worksheets/sheet1.xml"]).replace("UTF-8", "UTF-16").replace("?>\n", f"?>\n{entity}")
    yield "an entity in UTF-16", zipped(wide | {"xl/worksheets/sheet1.xml": text.encode("utf-16")}), UNREADABLE
    missing = xlsx_parts(ROW)
    del missing["xl/worksheets/sheet1.xml"]
    yield "a missing sheet", zipped(missing), UNREADABLE
    no_relations = xlsx_parts(ROW)
    del no_relations["xl/_rels/workbook.xml.rels"]
    yield "missing relations", zipped(no_relations), UNREADABLE
    broken = xlsx_parts(ROW) | {"xl/worksheets/sheet1.xml": sheet_xml(ROW)[:-60]}
    yield "a sheet whose XML breaks off", zipped(broken), UNREADABLE
    yield "a workbook whose XML is broken", zipped(xlsx_parts(ROW) | {"xl/workbook.xml": "<workbook"}), UNREADABLE
    strings = f'<row r="1">{_TEXT.format(9_999_999) * 3}</row>'
    yield "a text that is not there", xlsx(strings), UNREADABLE
    sheetless = xlsx_parts(ROW)
    sheetless["xl/workbook.xml"] = f'{XML}<workbook xmlns="{MAIN}"><sheets/></workbook>'
    yield "no sheets", zipped(sheetless), NO_TABLE
    strict = xlsx(ROW, main="http://purl.oclc.org/ooxml/spreadsheetml/main", relations=STRICT)
    yield "a strict workbook", strict, UNREADABLE


STRICT = "http://purl.oclc.org/ooxml/officeDocument/relationships"


def large_sheets() -> Iterator[Case]:
    """Sheets that claim, or have, far more cells than a return."""
    corner = '<c r="XFD1048576"><v>1</v></c>'
    yield "a cell in the last corner", xlsx(f'{ROW}<row r="1048576">{corner}</row>'), LARGE
    yield "a cell in the corner, in row 1", xlsx(f'<row r="1">{CELL}{corner}</row>'), LARGE
    yield "a cell in the corner, unannounced", xlsx(f'<row r="1"><c s="0" r="A1"/>{corner}</row>'), LARGE
    tall = '<c r="ZZ1048576"><v>1</v></c>'
    yield "two far cells", xlsx(f'{ROW}<row r="1048576">{tall}</row>'), LARGE
    dimension = '<dimension ref="A1:XFD1048576"/>'
    columns = "".join(f'<c r="{letters(n)}1"><v>{n}</v></c>' for n in range(1, 20_001))
    yield "20,000 columns", xlsx(f'<row r="1">{columns}</row>', before=dimension), LARGE
    yield "20,000 columns of text", (",".join(f"c{n}" for n in range(20_000)) + "\n" + "1," * 20_000).encode(), LARGE


def letters(number: int) -> str:
    """The letters of a column, from 1."""
    text = ""
    while number:
        number, rest = divmod(number - 1, 26)
        text = chr(65 + rest) + text
    return text


def ods_traps() -> Iterator[Case]:
    """Traps of an ODS."""
    cell = ods_cell("amount", value_type="string")
    row = f"<table:table-row>{cell}</table:table-row>"
    repeated = row.replace("table-row>", 'table-row table:number-rows-repeated="1048576">', 1)
    yield "a row repeated a million times", ods(repeated), LARGE
    many = cell.replace("table-cell ", 'table-cell table:number-columns-repeated="16384" ')
    yield "a cell repeated 16,384 times", ods(f"<table:table-row>{many}</table:table-row>"), LARGE
    huge = row.replace("table-row>", 'table-row table:number-rows-repeated="99999">', 1)
    wide = cell.replace("table-cell ", 'table-cell table:number-columns-repeated="1999" ')
    yield "both repeated", ods(huge.replace(cell, wide)), LARGE
    spaces = ods_cell('a<text:s text:c="999999999"/>', value_type="string")
    yield "a billion spaces", ods(f"<table:table-row>{spaces}</table:table-row>"), (*LARGE, "read")
    manifest = f'{XML}<manifest><file-entry><encryption-data checksum="x"/></file-entry></manifest>'
    yield "an encrypted ODS", ods(row, **{"META-INF/manifest.xml": manifest}), LOCKED
    yield (
        "an OpenDocument text",
        zipped({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<a/>"}),
        (UNREADABLE),
    )
    entity = ods(row).replace(b"x", b"x")
    content = f'{XML}<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'
    yield "an entity in an ODS", zipped({"mimetype": "", "content.xml": content}), UNREADABLE
    yield "an ODS cut off", entity[:-40], UNREADABLE


LETTER = """Dear colleagues,

Please find below the savings that we discussed at the meeting of last week, as promised, with my apologies.
The contract for waste was negotiated again in the spring, which gave us about two hundred thousand pounds a year.
We have, so far, no figures for leisure; they will follow, I hope, before the end of the financial year.
Income from the car parks rose too, though nobody here is certain how much of it is due to the new machines.

Do ring me if anything is unclear to you in this, or if you need it all in another form than a letter.
"""


def other_files() -> Iterator[Case]:
    """What is no spreadsheet at all."""
    yield "nothing", b"", ("no_lines",)
    yield "only blanks", b" \r\n\r\n  ", ("no_lines",)
    yield "a PDF", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n" + b"x" * 1000, UNREADABLE
    yield "a picture", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8, UNREADABLE
    yield "a photograph", b"\xff\xd8\xff\xe0" + bytes(range(256)) * 8, UNREADABLE
    yield "any bytes", bytes(range(1, 256)) * 50, UNREADABLE
    yield "NUL bytes in text", b"a,b\n1,\x002\n", UNREADABLE
    yield "half of UTF-16", "council,amount\nLeeds,5\n".encode("utf-16")[:-1], UNREADABLE
    yield "a letter", LETTER.encode(), NO_TABLE
    yield "a web page without a table", b"<!DOCTYPE html><html><body><p>Hello</p></body></html>", NO_TABLE
    yield "an encrypted XLSX", compound("EncryptionInfo", "EncryptedPackage"), LOCKED
    begin = record(0x0809, struct.pack("<HHHHII", 0x0600, 5, 0, 0, 0, 0))
    locked = begin + record(0x002F, b"\x00" * 6) + record(0x000A)
    yield "an encrypted XLS", compound("Workbook", content=locked), LOCKED
    yield "an old Word document", compound("WordDocument"), UNREADABLE
    yield "an OLE file cut off", compound("Workbook", content=locked)[:600], UNREADABLE
    yield "an OLE file of nothing", OLE + b"\x00" * 504, UNREADABLE
    circle = bytearray(compound("Workbook", content=locked))
    circle[512 + 36 : 512 + 40] = struct.pack("<I", 2)
    yield "sectors in a circle", bytes(circle), UNREADABLE
    yield "XML of something else", b'<?xml version="1.0"?><feed><entry/></feed>', UNREADABLE
    laughs = "".join(f'<!ENTITY l{n} "' + f"&l{n - 1};" * 10 + '">' for n in range(1, 9))
    bomb = f'<?xml version="1.0"?><!DOCTYPE Workbook [<!ENTITY l0 "lol">{laughs}]><Workbook>&l8;</Workbook>'
    yield "a billion laughs", bomb.encode(), UNREADABLE
    yield "JSON", b'[{"a": 1}]', NO_TABLE


def heavy_files() -> Iterator[Case]:
    """Files that unpack to much, or are large themselves; each is made when it is wanted."""
    parts = xlsx_parts(ROW)
    yield "a bomb of spaces", lambda: xlsx(ROW, after=" " * 90_000_000), LARGE
    yield "a bomb beside the sheet", lambda: zipped(parts | {"xl/image.png": b"\x00" * 200_000_000}), LARGE
    yield "ten thousand parts", lambda: zipped(parts | {f"xl/{n}.png": b"" for n in range(10_000)}), LARGE
    yield "a bomb in a bomb", lambda: _nested(parts), ("read", *LARGE)
    yield "long texts many times", lambda: xlsx(_texts_again(), strings=_long_texts(4)), LARGE
    yield (
        "a text of two million runs",
        lambda: xlsx(ROW, strings="<si>" + "<r><t>&lt;</t></r>" * 2_000_000 + "</si>"),
        LARGE,
    )
    yield "many merged cells", lambda: xlsx(ROW, after=_merged(60_000)), (*LARGE, "read")
    yield "deep nesting", lambda: xlsx(ROW, after="<a>" * 300_000 + "</a>" * 300_000), (*LARGE, *UNREADABLE, "read")
    yield "an unending comment", lambda: b"<html><table>" + b"<!-- <![ " * 400_000, (*LARGE, *NO_TABLE, *UNREADABLE)
    yield "a page of wide cells", lambda: b"<table>" + b"<tr><td colspan=1000>x" * 100_000, (*LARGE, "read")
    yield "tags that never end", lambda: b"<table>" + b"<" * 3_000_000, UNREADABLE
    yield "tables within tables", lambda: b"<table><tr><td>" * 200_000, LARGE
    yield "quotes only", lambda: b'"' * 3_000_001, (*UNREADABLE, *LARGE)
    yield "a cell without end", lambda: b"a,b\n1," + b"x" * 30_000_000, LARGE


def _nested(parts: dict[str, bytes | str]) -> bytes:
    inner = zipped({"a": b"\x00" * 90_000_000})
    return zipped(parts | {"xl/b.zip": inner * 200}, zipfile.ZIP_STORED)


def _long_texts(number: int) -> str:
    letters = random.Random(1).choices("abcdefghijklmnop ", k=30_000)
    return "".join(f"<si><t>{at}{''.join(letters[at:] + letters[:at])}</t></si>" for at in range(number))


def _texts_again() -> str:
    """200,000 cells of the same few texts, with places that keep the sheet from shrinking too well."""
    which = random.Random(1)
    return "".join(
        f'<row r="{row}">{"".join(_again(column, row, which.randrange(4)) for column in range(1, 21))}</row>'
        for row in range(1, 10_001)
    )


def _again(column: int, row: int, which: int) -> str:
    return f'<c r="{letters(column)}{row}" t="s"><v>{which}</v></c>'


def _merged(number: int) -> str:
    return f"<mergeCells>{''.join(_RANGE.format(row, row) for row in range(1, number))}</mergeCells>"


def cases() -> list[Case]:
    """All of them."""
    made = (zip_traps, xml_traps, large_sheets, ods_traps, other_files, heavy_files)
    return [case for each in made for case in each()]
