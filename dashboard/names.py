"""Councils by name: found by any spelling, what is known of one, and which projects it has, alone or together."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import lru_cache

from rapidfuzz.fuzz import ratio, token_sort_ratio

from dashboard.dimensions import PROJECT, Dimension
from dashboard.release import Release

NEARLY = 80
"""From which likeness of 100 a spelling is offered as what was perhaps meant."""
MOST_FOUND = 8
STYLE_WORDS = (
    "the", "of", "council", "borough", "boro", "district", "city", "county", "metropolitan", "london", "royal",
    "unitary", "authority", "cc", "bc", "dc", "mbc", "ua",
)  # fmt: skip
"""What a council is called beside its name."""
_STYLES = re.compile(rf"\b({'|'.join(STYLE_WORDS)})\b")


@dataclass(frozen=True)
class Found:
    """A council that a search found; `nearly` says that no spelling of it fits, but one is near."""

    code: str
    name: str
    projects: int
    end_date: date | None
    nearly: bool


@dataclass(frozen=True)
class Council:
    """What is known of a council. `end_date` is its last day; None of one that stands.

    `successors` took over from it, `predecessors` went into it: (code, name). `spending_power_gbp` is core spending
    power in 2015-16; None where no figure was published.
    """

    code: str
    name: str
    type: str
    region: str | None
    end_date: date | None
    spending_power_gbp: Decimal | None
    successors: tuple[tuple[str, str], ...]
    predecessors: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Part:
    """A council's part in a project: `share` in percent where it is recorded, `others` the other councils' names."""

    project_ref: str
    title: str
    role: str
    share: Decimal | None
    apportioned: bool
    others: tuple[str, ...]


def plain_key(text: str) -> str:
    """What is left of a spelling without its style, signs and case: `Leeds City Council` and `leeds` are one."""
    letters = unicodedata.normalize("NFKD", text.casefold().replace("&", " and ")).encode("ascii", "ignore").decode()
    words = " ".join(re.sub(r"[^a-z0-9]+", " ", letters.replace("'", "")).replace("saint ", "st ").split())
    return " ".join(_STYLES.sub(" ", words).split()) or words


@lru_cache(maxsize=16)
def _spellings(release: Release) -> tuple[tuple[str, str], ...]:
    """(key, code of the council) of every spelling in the release."""
    return tuple(
        (plain_key(text), code) for text, code in release.rows("select spelling, council from council_spellings")
    )


@lru_cache(maxsize=16)
def _names(release: Release) -> dict[str, tuple[str, date | None, int]]:
    rows = release.rows(
        "select councils.council, name, end_date, count(project_no) from councils "
        "left join project_councils on project_councils.council = councils.council group by all"
    )
    return {code: (name, end_date, projects) for code, name, end_date, projects in rows}


def councils_like(release: Release, typed: str) -> list[Found]:
    """The councils that a text may mean, the best first: by whole spelling, by its beginning, by its words, or nearly.

    At most MOST_FOUND; those with projects come first among equals. Nothing for a text without a letter or digit.
    """
    key = plain_key(typed)
    if not key:
        return []
    best: dict[str, int] = {}
    for spelling, code in _spellings(release):
        rank = _rank(key, spelling)
        if rank is not None:
            best[code] = min(rank, best.get(code, rank))
    if not best and (shorter := _without_styles(key)) != key:
        return [replace(one, nearly=True) for one in councils_like(release, shorter)]
    known = _names(release)
    fitting = {code: rank for code, rank in best.items() if rank < 3} or best
    ordered = sorted(fitting, key=lambda code: (fitting[code], -known[code][2], known[code][0], code))
    return [
        Found(code, known[code][0], known[code][2], known[code][1], fitting[code] >= 3) for code in ordered[:MOST_FOUND]
    ]


def _without_styles(key: str) -> str:
    """A key without words that are nearly those of a style: `leeds` of `leeds citty`."""
    kept = [word for word in key.split() if all(ratio(word, style) < NEARLY for style in STYLE_WORDS)]
    return " ".join(kept)


def _rank(key: str, spelling: str) -> int | None:
    if spelling == key:
        return 0
    if spelling.startswith(key):
        return 1
    words = spelling.split()
    if all(any(word.startswith(part) for word in words) for part in key.split()):
        return 2
    likeness = token_sort_ratio(key, spelling)
    return 103 - round(likeness) if likeness >= NEARLY else None


@lru_cache(maxsize=256)
def council_named(release: Release, code: str) -> Council | None:
    """What is known of the council of a code; None where the release knows no such code."""
    found = release.rows(
        "select name, type, region, end_date, core_spending_power_gbp, successors from councils where council = ?",
        [code],
    )
    if not found:
        return None
    name, kind, region, end_date, power, successors = found[0]
    before = release.rows("select council, name from councils where list_contains(successors, ?) order by name", [code])
    names = _names(release)
    after = tuple((one, names[one][0]) for one in successors or () if one in names)
    spent = None if power is None else Decimal(power)
    return Council(code, name, kind, region or None, end_date, spent, after, tuple(before))


@lru_cache(maxsize=256)
def parts_of(release: Release, code: str) -> tuple[Part, ...]:
    """The projects that a council has a part in, those it leads first, then by title."""
    rows = release.rows(
        "select project_ref, coalesce(title, project_ref), role, share, apportioned, "
        "(select list(name order by name) from project_councils others join councils on "
        "councils.council = others.council where others.project_no = own.project_no and others.council <> own.council) "
        "from project_councils own join projects on projects.project_no = own.project_no where own.council = ? "
        "order by role, 2, 1",
        [code],
    )
    return tuple(Part(*row[:5], tuple(row[5] or ())) for row in rows)


def labels_among(release: Release, dimension: Dimension, codes: Iterable[str]) -> dict[str, str]:
    """{code: label} of some values of a dimension. Of projects only these are looked up: there may be a million."""
    if dimension is not PROJECT:
        return dict(release.labels_of(dimension))
    wanted = list(codes)
    return dict(
        release.rows(
            "select project_ref, coalesce(title, project_ref) from projects where project_ref in (select unnest(?))",
            [wanted],
        )
    )
