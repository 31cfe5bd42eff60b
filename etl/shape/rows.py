"""Which rows below the headings are lines, and which are blank, totals, bands, notes, units or headings again."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, NamedTuple

from etl.shape.fills import NEVER_ABOVE
from etl.shape.heading_rows import Headings, Row, is_number
from etl.shape.layout import Layout
from etl.shape.records import Finding, Reason
from etl.shape.unclear import is_council
from etl.shape.units import is_unit_row

BEFORE = r"(?:(?:grand|overall|sub|running|cumulative|net|gross|final|programme|combined|national|page|report) )*"
AMOUNTS = r"(?:efficiency |cashable )?(?:savings?|income|benefits?|amounts?|value|achieved|projected|identified)"
STRICT_TOTAL = re.compile(rf"{BEFORE}(?:sub ?)?totals?(?: {AMOUNTS})*|sum|grand sum|sum total")
REGION = "(?:the )?(?:north|south|east|west|yorkshire|london|england|midlands)"
LOOSE_TOTAL = re.compile(
    rf"{BEFORE}(?:sub ?)?totals? (?:for|of|all|per|by|to date|in|{AMOUNTS}|projects|councils|{REGION}|\d|£).*"
    r"|sub ?totals? .*"
    rf"|.{{1,60}} (?:sub ?)?totals?(?: {AMOUNTS})?|sum of .*"
)
OTHER_TOTAL = re.compile(
    r"(?:overall|combined|aggregate|all (?:projects|councils|authorities|schemes|savings|initiatives|areas)|tot|ttl"
    r"|(?:carried|brought) (?:forward|fwd)|[cb]/?f(?:wd)?)\W*"
)
NOTE = re.compile(
    r"(?:[*†‡©^]|notes?\b|n\.?b\b|sources?\b|footnotes?\b|prepared\b|produced\b|compiled\b|printed\b|page \d|contact\b"
    r"|please\b|(?:all )?(?:figures|amounts|values|savings) (?:are|in|shown|have|include|exclude)\b|data (?:as|from)\b"
    r"|version\b|draft\b|last updated|updated\b|as at\b|extract\b|end of\b|definitions?\b|caveats?\b|disclaimer\b"
    r"|\(?[1-9a-z][).] |\[[0-9a-z]\]|this (?:table|return|report|sheet)\b|n=|rounding\b|totals may\b|key:)"
)
BAND = re.compile(
    r".*\b(?:districts?|county|counties|unitary|unitaries|metropolitan|boroughs?|london|fire|parks?|regions?|councils"
    r"|authorities|north|south|east|west|midlands|services?|directorate|department|year|phase|tranche|group|section)\b.*"
    r"|(?:20)?\d\d ?[-/] ?(?:20)?\d\d"
)
NOTE_LABEL = re.compile(r"(?:notes?|sources?|n\.?b\.?|footnotes?|key)\.?:?(?: ?\d)?|\*+")
LONGEST_BAND = 60
NOT_LABELS = frozenset(["basis", "source_url", "source_quote"])
NAMED_IN_FULL = ("skill_area", "kind", "stage")
TITLED = ("project_title", "skill_area")
STARTS_LABEL = re.compile(
    r"(?i)\W*(?:(?:grand|overall|sub|net|gross|final|programme|project|sum)\b\W*)*(?:total|sum\b)"
)
LABELS = ("project_ref", "project_title", "lead_council", "skill_area")


class Mark(NamedTuple):
    """A row that is no line; `place` is the number of lines of its table before it."""

    place: int
    row: int
    reason: Reason | None
    cells: Row

    @property
    def found(self) -> str:
        """Its filled cells, for a person."""
        return " | ".join(cell for cell in self.cells if cell)[:200]


@dataclass(frozen=True)
class Sorted:
    """The rows of a table: its lines, and the other rows in their order."""

    lines: list[tuple[int, Row]]
    marks: list[Mark]


def sort_rows(rows: Sequence[Row], last: int, headings: Headings, layout: Layout, reference: Path) -> Sorted:
    """Sorts every row between the headings and `last` (rows count from 1); each becomes a line or a mark."""
    sorter = Sorter(headings, layout, reference, rows)
    lines: list[tuple[int, Row]] = []
    marks: list[Mark] = []
    named = [sorter.place_of(name) for name in ("project_ref", "lead_council")]
    ref, council = (place or 0 for place in named)
    known, longest = None not in named, max(ref, council)
    after = max(headings.rows)
    for number, row in enumerate(rows[after:last], after + 1):
        if (
            known
            and len(row) > longest
            and row[ref]
            and row[council]
            and not sorter.may_be_label(row[ref], row[council])
        ):
            lines.append((number, row))
            continue
        reason = "unit" if number == headings.unit_row else sorter.reason(row)
        if reason == "line":
            lines.append((number, row))
        else:
            marks.append(Mark(len(lines), number, reason, row))
    return Sorted(lines, [settled(mark, len(lines)) for mark in marks])


def settled(mark: Mark, lines: int) -> Mark:
    """A lone text is the band of the lines after it, or a note below the last of them."""
    if mark.reason is not None:
        return mark
    return Mark(mark.place, mark.row, "band" if mark.place < lines else "note", mark.cells)


class Sorter:
    """Judges the rows of one table one by one."""

    def __init__(self, headings: Headings, layout: Layout, reference: Path, rows: Sequence[Row]) -> None:
        self.layout, self.reference = layout, reference
        self.headings = [[cell.casefold() for cell in rows[number - 1] if cell] for number in headings.rows]
        self.heading_words = {word for words in self.headings for word in words}
        self.amounts = {place for amounts in layout.amounts for place in amounts.places}
        self.amounts |= {total.place for total in layout.totals}
        self.not_labels = {place for name in NOT_LABELS for place in layout.identity.get(name, ())} | self.amounts
        self.free = {place for name in NEVER_ABOVE for place in layout.identity.get(name, ())}
        self.named = layout.identity_places - self.free
        self.labels = {place for name in LABELS for place in layout.identity.get(name, ())}
        self.unlabelled = set(range(min(layout.identity_places, default=0)))

    def place_of(self, name: str) -> int | None:
        """The first place of a column, if the table has it."""
        places = self.layout.identity.get(name)
        return places[0] if places else None

    def may_be_label(self, ref: str, council: str) -> bool:
        """Might a reference or a council be a heading again, or the label of a total?"""
        low = ref.casefold()
        if NOTE_LABEL.match(low):
            return True
        return "total" in low or "sum" in low or low in self.heading_words or "total" in council.casefold()

    def reason(self, row: Row) -> Reason | Literal["line"] | None:
        """Why a row is no line; `line` if it is one, None for a text alone in its row."""
        filled = [place for place, cell in enumerate(row) if cell]
        if not filled:
            return "blank"
        if [row[place].casefold() for place in filled] in self.headings:
            return "heading"
        ref, council = self._own(row, "project_ref"), self._own(row, "lead_council")
        if ref and council:
            return "line"
        if not ref and is_unit_row(row):
            return "unit"
        if label := self._total_label(row, filled, bool(ref), bool(council)):
            return label
        if any(place in self.amounts for place in filled) and not self._is_lone_text(row, filled):
            return "line"
        return self._text_reason(row, filled, bool(ref), bool(council))

    def _own(self, row: Row, name: str) -> str:
        cells = [row[place] for place in self.layout.identity.get(name, ()) if place < len(row) and row[place]]
        if not cells or NOTE_LABEL.fullmatch(cells[0].casefold()):
            return ""
        return "" if _label_of(cells[0], name in ("lead_council", "project_ref")) else cells[0]

    def _is_lone_text(self, row: Row, filled: Sequence[int]) -> bool:
        """Is a text that says no amount alone in its row, under amounts that stand in the first column?"""
        text = row[filled[0]]
        return len(filled) == 1 and filled[0] == 0 and not is_number(text) and len(text.split()) > 1

    def _total_label(self, row: Row, filled: Sequence[int], has_ref: bool, has_council: bool) -> Reason | None:
        """Is a row labelled as a total? One that names council, area, kind and stage is a line, whatever its name."""
        if has_council and all(self._own(row, name) for name in NAMED_IN_FULL):
            return None
        for place in filled:
            if place in self.not_labels or is_number(row[place]):
                continue
            if place in self.free and (has_ref or has_council or not self.named.isdisjoint(filled)):
                continue
            loose = not has_ref and (place in self.labels or place in self.unlabelled)
            if label := _label_of(row[place], loose):
                return label
        return None

    def _text_reason(
        self, row: Row, filled: Sequence[int], has_ref: bool, has_council: bool
    ) -> Reason | Literal["line"] | None:
        """A row without amounts and without a full name: a note, a text alone, or a line not yet known."""
        first = row[filled[0]]
        if (not has_ref or len(filled) == 1) and NOTE.match(first.casefold()):
            return "note"
        if len(filled) > 1:
            return "line" if has_ref or has_council or any(p in self.layout.identity_places for p in filled) else "note"
        if len(first) > LONGEST_BAND:
            return "note"
        if has_ref and re.fullmatch(r"(?=.*\d)[\w/.-]+", first):
            return "line"
        only = len(self.layout.identity_places) == 1 and filled[0] in self.layout.identity_places
        if only and (is_council(first, self.reference) or not (has_council or BAND.fullmatch(first.casefold()))):
            return "line"
        return None


def titled_totals(lines: Sequence[tuple[int, Row]], layout: Layout) -> list[Finding]:
    """Holds lines that name a project and its council, but have `Total` for a title or a skill area."""
    titled = [(name, place) for name in TITLED for place in layout.identity.get(name, ())]
    found = []
    for number, row in lines:
        for name, place in titled:
            text = row[place] if place < len(row) else ""
            if STARTS_LABEL.match(text) and _label_of(text, loose=name == "skill_area"):
                message = f"{name} is '{text}', so this may be the total of other lines. Write what it is."
                found.append(Finding("may_be_total", number, name, text, message, fate="held"))
    return found


def _label_of(text: str, loose: bool) -> Reason | None:
    """Is a text the label of a total, and of which sort? `loose` also takes `Lambeth total`, `Total for 2014/15`."""
    low = text.casefold()
    if "total" not in low and "sum" not in low:
        return "total" if loose and OTHER_TOTAL.fullmatch(low) else None
    key = re.sub(r"[^a-z0-9£]+", " ", low).strip()
    if STRICT_TOTAL.fullmatch(key):
        return "subtotal" if "sub" in key else "total"
    if loose and LOOSE_TOTAL.fullmatch(key):
        return "total" if key.startswith(("total", "grand", "overall", "sum")) else "subtotal"
    return None
