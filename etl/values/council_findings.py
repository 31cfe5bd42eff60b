"""What is said of a text that is not certainly one council, and what to write instead."""

from collections.abc import Iterable
from datetime import date

from etl.values import Reading
from etl.values.council_register import Council

MOST_NAMED = 6
"""Councils named in a message; the rest are counted."""

_WRITE = "write its official name or its code"


def missing() -> Reading:
    """No council is named."""
    return _bad("council_missing", "No council is named; write its official name or its code.")


def unknown(text: str, suggestion: str | None) -> Reading:
    """A text that is nobody's name, with the official name that may have been meant."""
    meant = f" If {suggestion} is meant, write that." if suggestion else ""
    said = f"{_quoted(text)} is not certainly the name or code of an English council; {_WRITE}."
    return _bad("council_unknown", said + meant, suggestion)


def too_long(text: str, limit: int) -> Reading:
    """A text too long to be a name, or a list of names."""
    said = f"{_quoted(text)} is {len(text):,} characters long, more than {limit:,}"
    return _bad("council_unknown", f"{said}; write only the council's official name or its code.")


def ambiguous(text: str, councils: Iterable[Council]) -> Reading:
    """A text that may mean any of several councils."""
    names = [council.name for council in councils]
    message = f"{_quoted(text)} may mean {_listed(names)}; {_WRITE}."
    return _bad("council_ambiguous", message, "; ".join(names[:MOST_NAMED]))


def unclear_list(text: str) -> Reading:
    """A joint name that can be read as different councils."""
    message = f"{_quoted(text)} can be read as different councils; write each in full, with ; between them."
    return _bad("council_ambiguous", message)


def not_in_programme(text: str, what: str) -> Reading:
    """A body that may not bid; `what` says which sort, for example `a Welsh council`."""
    said = f"{_quoted(text)} is not an English authority of the programme: it is {what}"
    return _bad("council_not_in_programme", f"{said}. Write the English council concerned.")


def not_at_date(council: Council, relatives: list[Council], at: date) -> Reading:
    """A council that did not exist at the date, with its successors or predecessors that did."""
    if council.end is not None and council.end < at:
        happened, relation = f"was abolished on {_day(council.end)}, before", "successor"
    else:
        happened, relation = f"was created on {_day(council.start)}, after", "predecessor"
    names = [relative.name for relative in relatives]
    plural = "s" if len(names) > 1 else ""
    advice = f"write its {relation}{plural}, {_listed(names)}" if names else "write the council of that date"
    message = f"{council.name} {happened} {_day(at)}, the date concerned; {advice}."
    return _bad("council_not_at_date", message, "; ".join(names) or None)


def _bad(code: str, message: str, suggestion: str | None = None) -> Reading:
    return Reading(None, code, bad=True, message=message, suggestion=suggestion)


def _listed(names: list[str]) -> str:
    """Names as a sentence lists them, the first few only."""
    few, more = names[:MOST_NAMED], len(names) - MOST_NAMED
    if more > 0:
        return f"{', '.join(few)} or {more} more"
    return f"{', '.join(few[:-1])} or {few[-1]}" if len(few) > 1 else few[0]


def _quoted(text: str) -> str:
    line = " ".join(text[:200].split())
    return f"'{line[:77]}...'" if len(line) > 80 else f"'{line}'"


def _day(day: date | None) -> str:
    return f"{day.day} {day:%B} {day.year}" if day else "an unknown day"
