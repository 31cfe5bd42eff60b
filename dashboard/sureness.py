"""How sure a total is: the range that four declared assumptions give it, and which of them moves it most."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal

from dashboard.dimensions import TOGETHER
from dashboard.measures import Measure


@dataclass(frozen=True)
class Assumption:
    """One declared assumption: what a pound of this sort may be worth, at least and at most. All of them are ours."""

    id: str
    sort: str
    low: Decimal
    high: Decimal
    reason: str


ASSUMPTIONS = (
    Assumption("evidence", "sufficient", Decimal("0.95"), Decimal("1.05"), "Checked against budgets or accounts."),
    Assumption("evidence", "partial", Decimal("0.80"), Decimal("1.10"), "Some of it is backed by documents."),
    Assumption("evidence", "insufficient", Decimal("0.50"), Decimal("1.20"), "Said, with little to back it."),
    Assumption("evidence", "not_graded", Decimal("0.40"), Decimal("1.25"), "Nobody has looked: as weak as any."),
    Assumption("attribution", "share_unknown", Decimal("0.50"), Decimal(1), "At least half is the project's."),
    Assumption("persistence", "continuing", Decimal("0.80"), Decimal(1), "A fifth of what continues may have lapsed."),
    Assumption("persistence", "not_stated", Decimal("0.90"), Decimal(1), "Some of it may be continuing."),
    Assumption("non_response", "silent", Decimal(0), Decimal("0.25"), "A quarter of silent projects may be typical."),
)
"""All of them, the sorts of evidence from strong to weak. A known share of attribution is its own lower end; what is
new in its year persists. A silent project is worth so much of the median of those that reported."""
FACTORS = {(one.id, one.sort): one for one in ASSUMPTIONS}
PENNY = Decimal("0.01")
NAMES = tuple(dict.fromkeys(one.id for one in ASSUMPTIONS))


@dataclass(frozen=True)
class Cell:
    """Pounds of one sort that a total holds: its grade, attributed share in percent (None: unknown), persistence.

    The pounds of a cell are all positive or all negative.
    """

    grade: str
    share: Decimal | None
    persistence: str
    pounds: Decimal


@dataclass(frozen=True)
class Silence:
    """The projects of a selection that did not report, and the median in pounds of those that did (None: none did)."""

    projects: int
    median_gbp: Decimal | None


@dataclass(frozen=True)
class Range:
    """A total and its ends, in pounds, where one assumption moves alone; or, `together`, where all do."""

    assumption: str
    low_gbp: Decimal
    high_gbp: Decimal
    plain_gbp: Decimal


def cells_of(grade: str, share: Decimal | None, unstated: bool, pounds: Decimal, new: Decimal) -> Iterator[Cell]:
    """The cells of pounds of one grade and share: what is new, what continues, or all where that is not stated."""
    parts = (("not_stated", pounds),) if unstated else (("new", new), ("continuing", pounds - new))
    for persistence, part in parts:
        yield Cell(grade, share, persistence, part)


def ranges(cells: Iterable[Cell], silence: Silence) -> list[Range]:
    """The range of a total for each assumption alone, the one that moves it most first, and for all together, last.

    Nothing where nothing was reported. Each cell is multiplied by the lower ends of its assumptions and by their upper
    ends, and the products are added; of a negative amount the upper ends are the lower. Ends differ from a strong grade
    of evidence to a weak one so that weaker evidence never gives a narrower range.
    """
    known = list(cells)
    if not known:
        return []
    plain = sum((cell.pounds for cell in known), start=Decimal(0))
    alone = [Range(name, *_ends(known, silence, (name,)), plain) for name in NAMES]
    alone.sort(key=lambda one: (one.low_gbp - one.high_gbp, NAMES.index(one.assumption)))
    return [*alone, Range(TOGETHER, *_ends(known, silence, NAMES), plain)]


def _ends(cells: list[Cell], silence: Silence, names: tuple[str, ...]) -> tuple[Decimal, Decimal]:
    low = high = Decimal(0)
    for cell in cells:
        least = most = cell.pounds
        for name in names:
            down, up = _factors(name, cell)
            least, most = least * down, most * up
        low, high = low + min(least, most), high + max(least, most)
    if "non_response" in names and silence.median_gbp is not None:
        silent = FACTORS["non_response", "silent"]
        unheard = silence.projects * silence.median_gbp
        least, most = unheard * silent.low, unheard * silent.high
        low, high = low + min(least, most), high + max(least, most)
    return low, high


def _factors(name: str, cell: Cell) -> tuple[Decimal, Decimal]:
    if name == "attribution" and cell.share is not None:
        return cell.share / 100, Decimal(1)
    sort = {"evidence": cell.grade, "attribution": "share_unknown", "persistence": cell.persistence}.get(name)
    found = FACTORS.get((name, sort or ""))
    return (found.low, found.high) if found else (Decimal(1), Decimal(1))


def end_of(measure: Measure, ranges_of: Iterable[Range], assumption: str) -> Decimal | None:
    """What a measure gives of the range of an assumption, to the penny: its lower or higher end, or the total itself.

    None where there is no range.
    """
    which = measure.id.partition("_")[0]
    found = [
        {"low": one.low_gbp, "high": one.high_gbp, "plain": one.plain_gbp}[which]
        for one in ranges_of
        if one.assumption == assumption
    ]
    return found[0].quantize(PENNY, rounding=ROUND_HALF_EVEN) if found else None
