"""The elements of a small XML part, flat and in order, without namespaces; declarations of entities are refused."""

from typing import NamedTuple, NoReturn, Protocol
from xml.parsers import expat

from etl.readers import Problem

BROKEN_XML = "a part of it is broken. Open it, save it as XLSX, and send that."
MOST_ELEMENTS = 500_000


class Element(NamedTuple):
    """A start of an element: its local name, its attributes by local name, how deep it stands."""

    name: str
    attributes: dict[str, str]
    depth: int


def local(name: str) -> str:
    """A name without its namespace."""
    return name.rpartition(" ")[2]


def refuse_doctype(*_: object) -> NoReturn:
    """What a parser calls at a DOCTYPE."""
    raise Problem("unreadable", "it declares entities, which may hide harm. Copy the table to a new workbook.")


class Reader(Protocol):
    """What is told of a document, as it is passed."""

    def start(self, name: str, attributes: dict[str, str]) -> None: ...
    def end(self, name: str) -> None: ...
    def characters(self, text: str) -> None: ...


def pass_through(content: bytes, reader: Reader) -> None:
    """Tells a reader all of an XML document, names with their namespace before a blank. Problem if it is broken."""
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler = reader.start, reader.end
    parser.CharacterDataHandler = reader.characters
    parser.StartDoctypeDeclHandler = refuse_doctype
    try:
        parser.Parse(content, True)
    except (expat.ExpatError, LookupError):
        raise Problem("unreadable", BROKEN_XML) from None


def elements_of(content: bytes) -> list[Element]:
    """Every element of an XML part. Raises Problem if it is broken, too long, or has a DOCTYPE."""
    found: list[Element] = []
    depth = 0

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if len(found) >= MOST_ELEMENTS:
            raise Problem("too_large", "its styles are too many to read. Copy the table to a new workbook.")
        found.append(Element(local(name), {local(key): value for key, value in attributes.items()}, depth))

    def end(_: str) -> None:
        nonlocal depth
        depth -= 1

    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.StartDoctypeDeclHandler = refuse_doctype
    try:
        parser.Parse(content, True)
    except (expat.ExpatError, LookupError):
        raise Problem("unreadable", BROKEN_XML) from None
    return found
