"""A sheet on its way from the process that reads it: its rows one by one, what was noticed when they are through."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from etl.readers import Remark


@dataclass
class Stream:
    """`rows` may be gone through once; `remarks` and `merged` are asked for after that."""

    name: str | None
    rows: Iterator[list[str]]
    remarks: Callable[[], list[Remark]] = list
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
