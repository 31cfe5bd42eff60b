"""What changed between two releases: each outcome that changed, with exactly one cause, so that causes add up.

An outcome is a key - project, kind, stage, benefit years - and the sum of its lines that count; amounts per year are
outcomes of their own, apart from totals. A key has changed if that sum has. Its lines that count in the opening
release and not in the closing one are *gone*, those the other way round *came*; a line is *fresh* if the opening
release does not hold it at all, and *missing* if the closing one does not. The first cause that fits is the cause:

1. decided: a line that counts in either release is decided on otherwise than in the other.
2. moved_stage: all of the key left with missing or withdrawn lines, and another stage of the same project and kind
   has a new key of fresh lines, of the same years, or else of the same amount. Both keys bear this cause.
3. withdrawn: lines are gone that are missing, or that a withdrawal takes out, and nothing fresh came; or such a
   withdrawal no longer holds.
4. revised: the key counts in both, and a fresh line, of another report, says another amount.
5. new: the key did not count, and a fresh line says it.
6. superseded: the key no longer counts as a line of the project that came or went replaces it (other years, a wider
   amount, another basis), or stands again as its like went.
7. decided: another line of the same project and kind is decided on otherwise, and that frees or sets aside this one.
8. held: a line is held, or no longer held, as another line of its project, or a duplicate, came or went.
9. repriced: what is left. The same lines read otherwise: the code, reference tables, thresholds or statements changed.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

CAUSES = {
    "new": "reported for the first time",
    "revised": "a later report says another amount",
    "moved_stage": "moved to, or from, another stage",
    "superseded": "replaced by an amount of other years or another basis, or standing again",
    "withdrawn": "a line or a whole return was withdrawn, or a withdrawal no longer holds",
    "decided": "a person decided",
    "held": "held, or no longer held, as other lines came or went",
    "repriced": "the same lines, read by other rules, tables or statements",
}
NOTHING = Decimal("0.00")
REPLACED = ("superseded", "part_of")


@dataclass(frozen=True, order=True, slots=True)
class Key:
    """What one outcome speaks of; `per_year` tells amounts a year from totals. Years are starts, -1 if not stated."""

    project_ref: str
    kind: str
    stage: str
    per_year: bool
    first_year: int
    last_year: int


@dataclass(frozen=True, slots=True)
class Line:
    """One line in one release: its key, its amount and its standing there, and what was decided on it."""

    line_id: str
    place: str
    key: Key
    fate: str
    standing: str | None
    reason: str | None
    amount_gbp: Decimal
    decision: tuple[str, Decimal | None] | None = None
    duplicate: bool = False

    @property
    def counts(self) -> bool:
        """Does it count in the totals, or in the amounts per year, of its release?"""
        return self.standing == "counts"


@dataclass(frozen=True)
class Change:
    """One key that changed: its cause, its pounds in both releases, and its lines that count in either.

    `other_stage` is where it moved to or from, with the cause moved_stage.
    """

    key: Key
    cause: str
    old_gbp: Decimal | None
    new_gbp: Decimal | None
    old_lines: tuple[Line, ...]
    new_lines: tuple[Line, ...]
    other_stage: str | None = None

    @property
    def change_gbp(self) -> Decimal:
        """What the change adds to the total of its stage and kind."""
        return (self.new_gbp or NOTHING) - (self.old_gbp or NOTHING)


@dataclass(frozen=True)
class Lines:
    """All lines of one release: by id, by project, and those that count by key, with their sums."""

    by_id: Mapping[str, Line]
    counting: Mapping[Key, Sequence[Line]]
    by_project: Mapping[str, Sequence[Line]]
    sums: Mapping[Key, Decimal]

    def pounds(self, key: Key) -> Decimal | None:
        """The pounds of a key's lines that count; None where none does."""
        return self.sums.get(key)


def lines_of(found: Iterable[Line]) -> Lines:
    """Lines of a release, as they are looked up."""
    by_id = {line.line_id: line for line in found}
    counting: dict[Key, list[Line]] = {}
    by_project: dict[str, list[Line]] = {}
    for line in by_id.values():
        by_project.setdefault(line.key.project_ref, []).append(line)
        if line.counts:
            counting.setdefault(line.key, []).append(line)
    sums = {key: sum((line.amount_gbp for line in own), NOTHING) for key, own in counting.items()}
    return Lines(by_id, counting, by_project, sums)


def changes(opening: Lines, closing: Lines) -> list[Change]:
    """Every key whose pounds differ, in order, each with its one cause (see the module)."""
    keys = sorted(opening.counting.keys() | closing.counting.keys())
    changed = [_Changed(opening, closing, key) for key in keys if opening.pounds(key) != closing.pounds(key)]
    changed = [one for one in changed if (one.old or NOTHING) != (one.new or NOTHING)]
    moved = _moved(changed)
    return [one.as_change(moved.get(one.key)) for one in changed]


@dataclass
class _Changed:
    """A key that changed, with what its causes look at."""

    opening: Lines
    closing: Lines
    key: Key
    old_lines: Sequence[Line] = field(init=False)
    new_lines: Sequence[Line] = field(init=False)

    def __post_init__(self) -> None:
        self.old_lines = self.opening.counting.get(self.key, ())
        self.new_lines = self.closing.counting.get(self.key, ())
        self.old, self.new = self.opening.pounds(self.key), self.closing.pounds(self.key)
        staying = {line.line_id for line in self.old_lines} & {line.line_id for line in self.new_lines}
        self.gone = [line for line in self.old_lines if line.line_id not in staying]
        self.came = [line for line in self.new_lines if line.line_id not in staying]
        self.fresh = [line for line in self.came if line.line_id not in self.opening.by_id]

    def left(self) -> bool:
        """Are all lines that are gone missing from the closing release, or taken out by a withdrawal there?"""
        return bool(self.gone) and all(_is_out(self.closing, line) for line in self.gone)

    def cause(self) -> str:
        return next(cause for cause, fits in _TESTS if fits(self))

    def as_change(self, moved_to: str | None) -> Change:
        cause = "moved_stage" if moved_to else self.cause()
        old, new = tuple(self.old_lines), tuple(self.new_lines)
        return Change(self.key, cause, self.old, self.new, old, new, moved_to)


def _is_out(lines: Lines, line: Line) -> bool:
    now = lines.by_id.get(line.line_id)
    return now is None or now.reason == "withdrawn"


def _decision_of(lines: Lines, line_id: str) -> tuple[str, Decimal | None] | None:
    return lines.by_id[line_id].decision if line_id in lines.by_id else None


def _decided_otherwise(one: _Changed, found: Iterable[Line]) -> bool:
    """Is one of the lines decided on otherwise? A line that came or went whole is not: its return explains it."""
    return any(
        line.line_id in one.opening.by_id
        and line.line_id in one.closing.by_id
        and _decision_of(one.opening, line.line_id) != _decision_of(one.closing, line.line_id)
        for line in found
    )


def _decided(one: _Changed) -> bool:
    return _decided_otherwise(one, [*one.old_lines, *one.new_lines])


def _withdrawn(one: _Changed) -> bool:
    taken_back = one.came and not one.gone and all(_is_withdrawn(one.opening, line) for line in one.came)
    return bool((one.left() and not one.fresh) or taken_back)


def _is_withdrawn(lines: Lines, line: Line) -> bool:
    return line.line_id in lines.by_id and lines.by_id[line.line_id].reason == "withdrawn"


def _superseded(one: _Changed) -> bool:
    after = [one.closing.by_id.get(line.line_id) for line in one.gone]
    before = [one.opening.by_id.get(line.line_id) for line in one.came]
    return _came_or_went(one) and any(line and line.standing in REPLACED for line in [*after, *before])


def _came_or_went(one: _Changed) -> bool:
    """Did a line of the project come or go?"""
    projects = (lines.by_project.get(one.key.project_ref, ()) for lines in (one.opening, one.closing))
    before, after = ({line.line_id for line in lines} for lines in projects)
    return before != after


def _decided_beside(one: _Changed) -> bool:
    """Is another line of the project and kind decided on otherwise?"""
    lines = [*one.opening.by_project.get(one.key.project_ref, ()), *one.closing.by_project.get(one.key.project_ref, ())]
    return _decided_otherwise(one, [line for line in lines if line.key.kind == one.key.kind])


def _held(one: _Changed) -> bool:
    after = [one.closing.by_id.get(line.line_id) for line in one.gone]
    before = [one.opening.by_id.get(line.line_id) for line in one.came]
    held = [line for line in [*after, *before] if line and line.fate == "held"]
    return bool(held) and (_came_or_went(one) or any(line.duplicate for line in held))


_TESTS: tuple[tuple[str, Callable[[_Changed], bool]], ...] = (
    ("decided", _decided),
    ("withdrawn", _withdrawn),
    ("revised", lambda one: bool(one.old_lines and one.fresh)),
    ("new", lambda one: bool(not one.old_lines and one.fresh)),
    ("superseded", _superseded),
    ("decided", _decided_beside),
    ("held", _held),
    ("repriced", lambda one: True),  # noqa: ARG005
)


def _moved(changed: Sequence[_Changed]) -> dict[Key, str]:
    """The keys that moved between stages, with the other stage: paired by years, then by amount, each once."""
    left = [one for one in changed if not one.new_lines and one.left() and not _decided(one)]
    arrived = [one for one in changed if not one.old_lines and one.fresh and len(one.fresh) == len(one.came)]
    elsewhere: dict[tuple[str, str, bool], list[_Changed]] = {}
    for one in arrived:
        elsewhere.setdefault(_benefit(one.key), []).append(one)
    moved: dict[Key, str] = {}
    for alike in (_same_years, _same_amount):
        for old in left:
            fits = (
                new
                for new in elsewhere.get(_benefit(old.key), ())
                if new.key.stage != old.key.stage and new.key not in moved and alike(old, new)
            )
            new = None if old.key in moved else next(fits, None)
            if new:
                moved |= {old.key: new.key.stage, new.key: old.key.stage}
    return moved


def _benefit(key: Key) -> tuple[str, str, bool]:
    """What an amount is of, at whatever stage and in whatever years."""
    return key.project_ref, key.kind, key.per_year


def _same_years(old: _Changed, new: _Changed) -> bool:
    return (old.key.first_year, old.key.last_year) == (new.key.first_year, new.key.last_year)


def _same_amount(old: _Changed, new: _Changed) -> bool:
    return old.old == new.new
