"""XLSX: calamine reads the values of the cells; what a person sees beside them is read from the parts themselves."""

import io
import posixpath
from collections.abc import Iterator
from typing import NamedTuple

from python_calamine import CalamineError, CalamineWorkbook

from etl.readers import Problem
from etl.readers.calamine_rows import stream_of
from etl.readers.noticed import Noticed
from etl.readers.number_formats import BUILT_IN, Format, parse_format
from etl.readers.stream import Stream
from etl.readers.xlsx_cells import notice
from etl.readers.xml_elements import BROKEN_XML, Element, elements_of
from etl.readers.zip_parts import DAMAGED, Parts

WORKBOOK, RELATIONS, STYLES = "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml"
STRICT = "http://purl.oclc.org/ooxml"
IS_STRICT = "it is a 'Strict Open XML' workbook. Save it as an ordinary 'Excel Workbook (.xlsx)', and send that."
MOST_SHEETS = 500


class Listed(NamedTuple):
    """A sheet as the workbook lists it: its name, its part, is it hidden."""

    name: str
    part: str
    hidden: bool


def read_xlsx(content: bytes, parts: Parts) -> Iterator[Stream]:
    """The sheets of an XLSX workbook, one at a time; charts are passed over."""
    names = {name.lower(): name for name in parts.names}
    workbook = elements_of(_part(parts, names, WORKBOOK))
    sheets = _listed(workbook, elements_of(_part(parts, names, RELATIONS)))
    formats = _formats(elements_of(parts.read(names[STYLES]))) if STYLES in names else {}
    never_calculated = any(
        each.name == "calcPr" and each.attributes.get("fullCalcOnLoad") in ("1", "true") for each in workbook
    )
    noticed: dict[str, Noticed] = {}
    for sheet in sheets:
        xml = _part(parts, names, sheet.part)
        noticed[sheet.name] = notice(xml, sheet.name, formats, never_calculated)
        del xml
    parts.check_others()
    return _streams(content, sheets, noticed)


def _part(parts: Parts, names: dict[str, str], name: str) -> bytes:
    if name.lower() not in names:
        raise Problem("unreadable", f"its part '{name[:80]}' is missing. {DAMAGED[0].upper()}{DAMAGED[1:]}")
    return parts.read(names[name.lower()])


def _listed(workbook: list[Element], relations: list[Element]) -> list[Listed]:
    targets = {each.attributes.get("Id"): each.attributes for each in relations if each.name == "Relationship"}
    found = []
    for each in workbook:
        if each.name != "sheet":
            continue
        relation = targets.get(each.attributes.get("id"))
        if relation is None:
            raise Problem("unreadable", f"its sheet '{each.attributes.get('name')}' has no cells. {DAMAGED}")
        if relation.get("Type", "").startswith(STRICT):
            raise Problem("unreadable", IS_STRICT)
        if relation.get("Type", "").endswith("/worksheet"):
            target = relation.get("Target", "")
            part = target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"xl/{target}")
            hidden = each.attributes.get("state", "visible") != "visible"
            found.append(Listed(each.attributes.get("name", ""), part, hidden))
    if len({sheet.name for sheet in found}) < len(found):
        raise Problem("unreadable", f"it has two sheets of one name. {DAMAGED}")
    if len(found) > MOST_SHEETS:
        raise Problem("too_large", f"it has {len(found):,} sheets. Copy the tables to a new workbook, and send that.")
    return found


def _formats(styles: list[Element]) -> dict[int, Format]:
    """By the number of a style: the formats that show numbers otherwise than they are stored."""
    codes = dict(BUILT_IN)
    found: dict[int, Format] = {}
    known: dict[int, Format | None] = {}
    inside, number = False, 0
    for each in styles:
        if each.name == "numFmt" and each.attributes.get("numFmtId", "").isdigit():
            codes[int(each.attributes["numFmtId"])] = each.attributes.get("formatCode", "")
        if each.depth == 2:
            inside = each.name == "cellXfs"
        elif inside and each.depth == 3 and each.name == "xf":
            own = each.attributes.get("numFmtId", "0")
            code = int(own) if own.isdigit() else 0
            if code not in known:
                known[code] = parse_format(codes.get(code, "General"))
            if (shown := known[code]) is not None:
                found[number] = shown
            number += 1
    return found


def _streams(content: bytes, sheets: list[Listed], noticed: dict[str, Noticed]) -> Iterator[Stream]:
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
        for sheet in sheets:
            yield stream_of("xlsx", workbook.get_sheet_by_name(sheet.name), sheet.hidden, noticed[sheet.name])
    except (CalamineError, OSError):
        raise Problem("unreadable", BROKEN_XML) from None
