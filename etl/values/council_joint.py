"""Where a text that names several councils is cut into its names."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

WIDEST_NAME = 6
"""A name has at most this many parts between commas and `and`s ("Bournemouth, Christchurch and Poole": 3)."""

_HARD = re.compile(r"[;|+\n\r\t•]|(?<!\bn)/|/(?!a\b)", re.IGNORECASE)
_SOFT = re.compile(r"\s*(?:,\s*(?:and\b|&)?|\band\b|&)\s*", re.IGNORECASE)
_PLURAL = re.compile(r"\s+(?:(district|borough|city|county)\s+)?councils$", re.IGNORECASE)

Reads = Callable[[str], str | None]


@dataclass(frozen=True)
class Cut:
    """A text cut into names as well as can be: each name with its code, None where it is not a council's.

    `certain` is False where another cut is as good and means other councils.
    """

    names: tuple[str, ...]
    codes: tuple[str | None, ...]
    certain: bool = True

    @property
    def unread(self) -> tuple[str, ...]:
        """The names that are not a council's."""
        return tuple(name for name, code in zip(self.names, self.codes, strict=True) if code is None)


@dataclass(frozen=True)
class _Way:
    """One way to cut the text up to some place."""

    cost: tuple[int, int]
    names: tuple[str, ...] = ()
    codes: tuple[str | None, ...] = ()
    certain: bool = True


@lru_cache(maxsize=4_096)
def pieces_of(text: str) -> tuple[str, ...]:
    """The pieces between marks that always part names, `;` `/` `|` `+` bullet, new line; none is blank."""
    pieces = (" ".join(piece.split()).strip(", ") for piece in _HARD.split(text))
    return tuple(piece for piece in pieces if piece)


def cut(piece: str, reads: Reads) -> Cut:
    """Cut a piece at commas, `and` and `&` so that as much as possible is read, in the fewest names.

    `reads` gives the code of a name, or None. "Adur and Worthing Councils" is read as two names of one sort.
    """
    best = _cut_at(piece, reads)
    for stem, tail in _plurals(piece):
        shared = _cut_at(stem, lambda name, tail=tail: reads(f"{name} {tail}"))
        if len(shared.names) > 1 and not shared.unread:
            names = tuple(f"{name} {tail}" for name in shared.names)
            return Cut(names, shared.codes, shared.certain)
    return best


def _plurals(piece: str) -> list[tuple[str, str]]:
    found = _PLURAL.search(piece)
    if not found:
        return []
    stem, sort = piece[: found.start()], found.group(1)
    if not sort:
        return [(stem, "Council")]
    return [(stem, f"{sort.title()} Council"), (f"{stem} {sort}", "Council")]


def _cut_at(piece: str, reads: Reads) -> Cut:
    spans = _spans(piece)
    if not spans:
        return Cut((piece,), (None,))
    ways: list[_Way] = [_Way((0, 0))]
    for end in range(1, len(spans) + 1):
        found: _Way | None = None
        for begin in range(max(0, end - WIDEST_NAME), end):
            name = piece[spans[begin][0] : spans[end - 1][1]]
            found = _better(found, _longer(ways[begin], name, reads(name), end - begin))
        assert found is not None
        ways.append(found)
    last = ways[-1]
    return Cut(last.names, last.codes, last.certain)


def _spans(piece: str) -> list[tuple[int, int]]:
    """Where each word or phrase between soft marks begins and ends; nothing if an `and` joins nothing."""
    marks = [(found.start(), found.end()) for found in _SOFT.finditer(piece)]
    if marks and (marks[0][0] == 0 or marks[-1][1] == len(piece)):
        return []
    begins = [0, *(end for _, end in marks)]
    ends = [*(start for start, _ in marks), len(piece)]
    return [(begin, end) for begin, end in zip(begins, ends, strict=True) if begin < end]


def _longer(way: _Way, name: str, code: str | None, width: int) -> _Way:
    unread = 0 if code else width
    cost = (way.cost[0] + unread, way.cost[1] + 1)
    return _Way(cost, (*way.names, name), (*way.codes, code), way.certain)


def _better(one: _Way | None, other: _Way) -> _Way:
    if one is None or other.cost < one.cost:
        return other
    if one.cost < other.cost or one.codes == other.codes:
        return one
    return _Way(one.cost, one.names, one.codes, certain=False)
