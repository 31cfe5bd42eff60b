"""One module a format: bytes of a file become sheets of text; the oddities of a format end here."""

from dataclasses import dataclass, field
from typing import Literal

Merged = tuple[tuple[int, int, int, int], ...]


class Problem(ValueError):
    """A whole file that cannot be read: `code`, and a message that says why and what to do."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


@dataclass(frozen=True, slots=True)
class Remark:
    """What a reader noticed, and a person should know: of a sheet (`row` None), or of one row of it.

    `fate` is what it makes of the lines of that row, or of the whole sheet: quarantined, held, or None.
    """

    code: str
    row: int | None
    found: str
    message: str
    fate: Literal["held", "quarantined"] | None = None


@dataclass(frozen=True)
class Sheet:
    """One sheet of a file as text. Row 1 is the first of `rows` as a person sees the file; a blank row is empty.

    `name` is None where the format has no sheets. `merged` are ranges of merged cells: first row, first column,
    last row, last column, from 1.
    """

    name: str | None
    rows: list[list[str]]
    merged: Merged = ()
    remarks: list[Remark] = field(default_factory=list)
