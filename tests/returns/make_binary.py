"""Writes the binary files of this folder: workbooks as councils save them, and broken or hostile ones.

Run by hand: `python tests/returns/make_binary.py`. All lines are made up. LibreOffice converts to `.xls` and `.ods`.
"""

import io
import struct
import subprocess
import zipfile
import zlib
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

HERE = Path(__file__).resolve().parent
HEAD = ["Project ref", "Project title", "Skill area", "Lead council", "Kind", "Stage", "Financial year", "Amount (£)"]
LINE = ["Shared services", "Nottingham City Council", "Saving", "Achieved"]


def line(number: int, amount: Any, year: Any = "2014-15", **other: Any) -> list[Any]:
    """One line: a project with its number, its year, its amount, and further cells."""
    return [f"PEP-2014-{number}", f"Invented project {number}", *LINE, year, amount, *other.values()]


def book(name: str, fill: Callable[[Workbook], None], **options: Any) -> None:
    """Writes one workbook with a fixed date of creation."""
    workbook = Workbook(HERE / name, options)
    workbook.set_properties({"created": datetime(2016, 1, 1)})
    fill(workbook)
    workbook.close()


def rows(sheet: Worksheet, lines: list[list[Any]], top: int = 0, left: int = 0) -> None:
    """Writes rows of cells; None leaves a cell out."""
    for down, cells in enumerate(lines, top):
        for across, cell in enumerate(cells, left):
            if cell is not None:
                sheet.write(down, across, cell)


def several_sheets(workbook: Workbook) -> None:
    """Instructions, two years of returns, and the lists behind the drop-downs."""
    told = [
        "How to fill in this return",
        None,
        "1. One row for each project.",
        "2. Give amounts in pounds.",
        "3. Send it.",
    ]
    rows(workbook.add_worksheet("Instructions"), [[text] for text in told])
    first = workbook.add_worksheet("Returns 2014-15")
    rows(
        first,
        [
            ["Returns 2014-15"],
            [],
            HEAD,
            line(1101, 41000),
            line(1102, 0),
            line(1103, None),
            ["Total", *[None] * 6, 41000],
        ],
    )
    second = workbook.add_worksheet("Returns 2015-16")
    rows(second, [HEAD, line(1101, 43000, "2015-16"), line(1104, "£12.5k", "2015-16"), line(1105, "TBC", "2015-16")])
    lists = [
        ["Stage", "Kind", "Skill area"],
        ["Identified", "Saving", "Governance"],
        ["Projected", "Income", "Shared services"],
    ]
    rows(workbook.add_worksheet("Lookups"), lists)
    workbook.add_worksheet("Sheet5")


def formulas(workbook: Workbook) -> None:
    """Amounts that are formulas with their last results, among them an error and an empty text."""
    sheet = workbook.add_worksheet("Savings")
    rows(sheet, [HEAD, *(line(number, None) for number in range(1111, 1116)), ["Total"]])
    results = ["=12000*2", 24000], ["=H2/4", 6000], ["=#REF!*2", "#REF!"], ['=IF(1=1,"","x")', ""], ['="£"&"5k"', "£5k"]
    for down, (formula, result) in enumerate(results, 1):
        sheet.write_formula(down, 7, formula, None, result)
    sheet.write_formula(6, 7, "=SUM(H2:H3)+5000", None, 35000)


def hidden(workbook: Workbook) -> None:
    """A hidden row, a hidden column that is needed, and a hidden sheet of workings."""
    sheet = workbook.add_worksheet("Return")
    rows(sheet, [HEAD, line(1121, 10000), line(1122, 11000), line(1123, 12000)])
    sheet.set_row(2, None, None, {"hidden": True})
    sheet.set_column(4, 4, None, None, {"hidden": True})
    workings = workbook.add_worksheet("Workings")
    rows(workings, [HEAD, line(1124, 99000), line(1125, 98000)])
    workings.hide()


def merged(workbook: Workbook) -> None:
    """A table that starts at C4: merged title, a merged group over two years, a council merged down its rows."""
    sheet = workbook.add_worksheet("Plan")
    sheet.merge_range("C2:J2", "Savings plan – made up")
    for column, heading in zip("CDEFGH", HEAD[:6], strict=True):
        sheet.merge_range(f"{column}4:{column}5", heading)
    sheet.merge_range("I4:J4", "Savings (£000)")
    rows(sheet, [["2014/15", "2015/16"]], 4, 8)
    for down, amounts in enumerate(([10, 11], [12.5, None], [None, 14]), 5):
        cells = line(1126 + down, None)[:6]
        rows(sheet, [[*cells[:3], None, *cells[4:], *amounts]], down, 2)
    sheet.merge_range("F6:F8", "Nottingham City Council")
    sheet.merge_range("C9:H9", "Total")
    rows(sheet, [[22.5, 25]], 8, 8)


def dates(workbook: Workbook) -> None:
    """Dates as dates, in the column of years and in the column of report dates."""
    sheet, shown = workbook.add_worksheet(), workbook.add_format({"num_format": "dd/mm/yyyy"})
    rows(sheet, [[*HEAD, "Date of report"]])
    years = [date(2015, 3, 31), date(2015, 4, 1), date(2011, 12, 1), date(2014, 12, 11), 2014, 42094, "2014/15"]
    for down, year in enumerate(years, 1):
        rows(sheet, [line(1140 + down, 10000 + down, None if isinstance(year, date) else year)], down)
        if isinstance(year, date):
            sheet.write_datetime(down, 6, datetime.combine(year, datetime.min.time()), shown)
        sheet.write_datetime(down, 8, datetime(2016, 6, 30), shown)


def formats(workbook: Workbook) -> None:
    """Numbers whose format says what they are: pounds, a percentage, euros, dollars, millions shown short."""
    sheet = workbook.add_worksheet()
    rows(sheet, [[*HEAD, "Attribution"]])
    shown = ["£#,##0", "0%", "[$€-2] #,##0", "[$$-409]#,##0", '#,##0.0,,"m"', "#,##0;(#,##0)", "@"]
    amounts = [250000, 0.15, 251000, 252000, 2500000, -1500, 253000]
    for down, (amount, form) in enumerate(zip(amounts, shown, strict=True), 1):
        rows(sheet, [line(1150 + down, None)], down)
        sheet.write_number(down, 7, amount, workbook.add_format({"num_format": form}))
        sheet.write_number(down, 8, 0.5, workbook.add_format({"num_format": "0%"}))


def format_thousands(workbook: Workbook) -> None:
    """Whole pounds that a format shows in thousands, under a heading in thousands: what is seen is not stored."""
    sheet, short = workbook.add_worksheet(), workbook.add_format({"num_format": "#,##0,"})
    rows(sheet, [[*HEAD[:7], "Saving (£000)"], line(1161, None), line(1162, None)])
    sheet.write_number(1, 7, 250000, short)
    sheet.write_number(2, 7, 36000, short)


def errors(workbook: Workbook) -> None:
    """Cells that are errors, among amounts and elsewhere; a yes-or-no cell as an amount."""
    sheet = workbook.add_worksheet()
    rows(sheet, [HEAD, *(line(number, None) for number in range(1171, 1177))])
    for down, error in enumerate(("#N/A", "#DIV/0!", "#VALUE!"), 1):
        sheet.write_formula(down, 7, "=NA()", None, error)
    sheet.write_boolean(4, 7, True)
    sheet.write_formula(5, 3, "=NA()", None, "#N/A")
    rows(sheet, [[5000], [6000]], 5, 7)


def noise(workbook: Workbook) -> None:
    """Numbers as computers keep them: 0.1 + 0.2 and the like, in millions."""
    amounts = [0.1 + 0.2, 1.1 * 3, 0.285, 1.005, 0.123456789, 0.0123456749, 0.07, 4.35 * 100 / 100]
    head = [*HEAD[:7], "Saving (£m)"]
    rows(workbook.add_worksheet(), [head, *(line(1181 + place, amount) for place, amount in enumerate(amounts))])


def plain(workbook: Workbook) -> None:
    """A plain return, which is also converted to other formats."""
    rows(workbook.add_worksheet("Notes"), [["Please return this workbook by the end of June."]])
    sheet, shown = workbook.add_worksheet("Return"), workbook.add_format({"num_format": "dd/mm/yyyy"})
    rows(sheet, [[*HEAD, "Date of report"], line(1191, 17500.5)])
    sheet.write_datetime(1, 8, datetime(2015, 6, 30), shown)
    rows(sheet, [line(1192, "£2.5k"), [], line(1193, "n/a"), ["Total", *[None] * 6, 20000.5]], 2)


def compound(streams: dict[str, bytes]) -> bytes:
    """A compound file, as old Office formats and encrypted workbooks are; each stream of 4096 bytes or more."""
    free, end, used = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
    table, body, entries = [used], b"", [("Root Entry", 5, 1, end, 0)]
    for place, (name, content) in enumerate(streams.items(), 1):
        start, count = len(table), -(-len(content) // 512)
        table += [*range(start + 1, start + count), end]
        body += content.ljust(count * 512, b"\0")
        entries.append((name, 2, place + 1 if place < len(streams) else free, start, len(content)))
    folder = b""
    for place, (name, kind, right, start, size) in enumerate(entries):
        text = name.encode("utf-16-le")
        child, right = (1, free) if place == 0 else (free, right)
        folder += text.ljust(64, b"\0") + struct.pack("<HBBIII", len(text) + 2, kind, 1, free, right, child)
        folder += bytes(36) + struct.pack("<IQ", start, size)
    first, table = len(table), [*table, end]
    head = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    head += struct.pack("<IIIIIIIII", 0, 1, first, 0, 4096, end, 0, end, 0) + struct.pack("<109I", 0, *[free] * 108)
    table += [free] * (128 - len(table))
    return head + struct.pack("<128I", *table) + body + folder.ljust(512, b"\0")


def bomb(sheets: int, size: int) -> bytes:
    """A workbook of one compressed sheet that its directory lists many times: small here, a gigabyte when read."""
    cell = b'<row r="1"><c r="A1" t="inlineStr"><is><t>' + b"0" * size + b"</t></is></c></row>"
    sheet = (
        b'<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    )
    sheet += cell + b"</sheetData></worksheet>"
    frame, names = io.BytesIO(), [f"xl/worksheets/sheet{number}.xml" for number in range(1, sheets + 1)]
    workbook = Workbook(frame, {"in_memory": True})
    for _ in names:
        workbook.add_worksheet()
    workbook.close()
    made = io.BytesIO()
    with zipfile.ZipFile(frame) as source, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            if name not in names[1:]:
                target.writestr(name, sheet if name == names[0] else source.read(name))
        whole = target.getinfo(names[0])
        for name in names[1:]:
            twin = zipfile.ZipInfo(name)
            twin.compress_type, twin.CRC, twin.header_offset = whole.compress_type, whole.CRC, whole.header_offset
            twin.compress_size, twin.file_size = whole.compress_size, whole.file_size
            target.filelist.append(twin)
            target.NameToInfo[name] = twin
    return made.getvalue()


def with_entities(content: bytes) -> bytes:
    """A workbook whose texts declare entities: one that grows tenfold nine times, and one that reads a file."""
    made = io.BytesIO()
    grown = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    declared = f'<!DOCTYPE sst [<!ENTITY l0 "9">{grown}<!ENTITY f SYSTEM "file:///etc/hostname">]>'.encode()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            text = source.read(name)
            if name == "xl/sharedStrings.xml":
                text = text.replace(b"<sst", declared + b"<sst", 1)
                text = text.replace(b"GROWS", b"&l9;").replace(b"READS", b"&f;")
            target.writestr(name, text)
    return made.getvalue()


def broken() -> dict[str, bytes]:
    """The files that are no proper workbook, by name."""
    whole, sheet = (HERE / "plain.xlsx").read_bytes(), io.BytesIO()
    workbook = Workbook(sheet, {"in_memory": True})
    rows(workbook.add_worksheet(), [HEAD, line(1195, "GROWS"), line(1196, "READS"), line(1197, 8000)])
    workbook.close()
    info = b'\x04\x00\x04\x00\x40\x00\x00\x00<?xml version="1.0"?><encryption/>'.ljust(4096)
    sealed = compound({"EncryptionInfo": info, "EncryptedPackage": zlib.compress(whole)[:4000].ljust(4096, b"\x5a")})
    letter = io.BytesIO()
    with zipfile.ZipFile(letter, "w") as made:
        made.writestr("word/document.xml", "<document>We saved about 40,000 pounds.</document>")
    return {
        "truncated.xlsx": whole[: len(whole) // 2],
        "password.xlsx": sealed,
        "bomb.xlsx": bomb(40, 25_000_000),
        "entities.xlsx": with_entities(sheet.getvalue()),
        "letter.xlsx": letter.getvalue(),
        "garbage.xls": bytes.fromhex("d0cf11e0a1b11ae1") + bytes(range(256)) * 8,
        "picture.csv.bin": bytes.fromhex("89504e470d0a1a0a0000000d49484452") + bytes(range(256)),
        "plain-as-csv.csv.bin": whole,
        "plain-as-xls.xls": whole,
    }


def main() -> None:
    """Writes all of them."""
    for fill in (several_sheets, formulas, hidden, merged, dates, formats, format_thousands, errors, noise, plain):
        book(f"{fill.__name__.replace('_', '-')}.xlsx", fill)
    book("dates-1904.xlsx", dates, date_1904=True)
    book("inline.xlsx", plain, constant_memory=True)
    for name, content in broken().items():
        (HERE / name).write_bytes(content)
    for ending in ("xls", "ods"):
        convert = ["soffice", "--headless", "--convert-to", ending, "--outdir", str(HERE), str(HERE / "plain.xlsx")]
        subprocess.run(convert, check=True, capture_output=True, timeout=180)


if __name__ == "__main__":
    main()
