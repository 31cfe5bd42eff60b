"""One text of a cell becomes one typed value, or a finding that says what to write instead."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Reading:
    """What a cell's text was read as.

    `value` is the typed value; None means not known (blank, or not readable).
    `code` is the finding, None where there is nothing to say. `bad` says that the text could not be read, so that
    a line which needs the value cannot be loaded; a finding with `bad` False is a remark only.
    `message` says what was found and what to write instead, in one sentence for the council.
    `suggestion` is a value that the council may have meant; it is never used by the program.
    """

    value: Any = None
    code: str | None = None
    bad: bool = False
    message: str | None = None
    suggestion: str | None = None


NOT_KNOWN = Reading()
