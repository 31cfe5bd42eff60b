"""Spreadsheets made by hand, part by part, so that a test can say exactly what stands in them."""

import io
import zipfile
from collections.abc import Mapping

XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
ODF = "urn:oasis:names:tc:opendocument:xmlns:"
NAMESPACES = " ".join(
    f'xmlns:{short}="{ODF}{long}:1.0"'
    for short, long in (("office", "office"), ("table", "table"), ("text", "text"), ("style", "style"))
)


def zipped(parts: Mapping[str, bytes | str], packing: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip of these parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", packing) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return out.getvalue()


def sheet_xml(rows: str, before: str = "", after: str = "") -> str:
    """The XML of a sheet with these `<row>`s."""
    return f'{XML}<worksheet xmlns="{MAIN}">{before}<sheetData>{rows}</sheetData>{after}</worksheet>'


def xlsx_parts(rows: str = "", before: str = "", after: str = "", **workbook: str) -> dict[str, bytes | str]:
    """The parts of an XLSX with one sheet, Returns. `workbook` may give `calc`, `styles`, `strings`, `namespace`."""
    relation = workbook.get("relations", RELATIONS)
    targets = {"worksheet": "worksheets/sheet1.xml", "styles": "styles.xml", "sharedStrings": "sharedStrings.xml"}
    related = "".join(
        f'<Relationship Id="rId{number}" Type="{relation}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets.items(), 1)
    )
    parts: dict[str, bytes | str] = {
        "[Content_Types].xml": f'{XML}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        "_rels/.rels": f'{XML}<Relationships xmlns="{PACKAGE}"><Relationship Id="rId1" '
        f'Type="{relation}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'{XML}<workbook xmlns="{workbook.get("main", MAIN)}" xmlns:r="{relation}"><sheets>'
        f'<sheet name="Returns" sheetId="1" r:id="rId1"/></sheets>{workbook.get("calc", "")}</workbook>',
        "xl/_rels/workbook.xml.rels": f'{XML}<Relationships xmlns="{PACKAGE}">{related}</Relationships>',
        "xl/worksheets/sheet1.xml": sheet_xml(rows, before, after),
        "xl/styles.xml": f'{XML}<styleSheet xmlns="{MAIN}">{workbook.get("styles", "")}</styleSheet>',
        "xl/sharedStrings.xml": f'{XML}<sst xmlns="{MAIN}">{workbook.get("strings", "")}</sst>',
    }
    return parts


def xlsx(rows: str = "", before: str = "", after: str = "", **workbook: str) -> bytes:
    """An XLSX with one sheet of these rows."""
    return zipped(xlsx_parts(rows, before, after, **workbook))


def ods(table: str, styles: str = "", **others: bytes | str) -> bytes:
    """An ODS with one table, Returns, of these columns and rows."""
    content = (
        f"{XML}<office:document-content {NAMESPACES}><office:automatic-styles>{styles}</office:automatic-styles>"
        f'<office:body><office:spreadsheet><table:table table:name="Returns">{table}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    return zipped({"mimetype": kind, "content.xml": content, **others})


def ods_cell(text: str, **said: str) -> str:
    """A cell of an ODS with what it shows; `said` are attributes of its value, `value_type` first."""
    attributes = " ".join(f'office:{name.replace("_", "-")}="{value}"' for name, value in said.items())
    return f"<table:table-cell {attributes}><text:p>{text}</text:p></table:table-cell>"


def with_wrong_checksum(content: bytes, name: str) -> bytes:
    """The zip with the checksum of a part changed, both beside the part and in the directory."""
    info = zipfile.ZipFile(io.BytesIO(content)).getinfo(name)
    right = info.CRC.to_bytes(4, "little")
    wrong = (info.CRC ^ 1).to_bytes(4, "little")
    return content.replace(right, wrong)
