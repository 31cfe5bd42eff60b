"""A zip becomes sheets: which spreadsheet it is, is told by its parts; any other zip is refused."""

from collections.abc import Iterator

from etl.readers import Problem
from etl.readers.stream import Stream
from etl.readers.zip_parts import Parts

ODS_TYPES = (b"application/vnd.oasis.opendocument.spreadsheet",)
OTHERS = {
    "word/": "a Word document",
    "ppt/": "a presentation",
    "Index/": "a Numbers, Pages or Keynote file",
    "META-INF/MANIFEST.MF": "a program",
}


def read_zipped(content: bytes) -> Iterator[Stream]:
    """The sheets of an XLSX, XLSB or ODS. Raises Problem for any other zip."""
    parts = Parts(content)
    names = {name.lower() for name in parts.names}
    if "xl/workbook.bin" in names:
        from etl.readers.xlsb import read_xlsb

        return read_xlsb(content, parts)
    if "xl/workbook.xml" in names:
        from etl.readers.xlsx import read_xlsx

        return read_xlsx(content, parts)
    if "content.xml" in names:
        from etl.readers.ods import read_ods

        return read_ods(parts)
    if any(name.startswith("xl/") for name in names):
        raise Problem("unreadable", "it is a workbook of an unusual make. Open it, save it as XLSX, and send that.")
    what = next((what for start, what in OTHERS.items() if any(each.startswith(start) for each in parts.names)), None)
    spreadsheet = any(name.lower().endswith((".xlsx", ".xls", ".csv", ".ods")) for name in parts.names)
    if spreadsheet and not what:
        raise Problem("unreadable", "it is a zip with files in it. Unpack it, and send each file by itself.")
    raise Problem("unreadable", f"it is {what or 'a zip'}, not a workbook. Save the table as XLSX or as 'CSV UTF-8'.")
