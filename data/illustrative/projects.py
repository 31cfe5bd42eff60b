"""The made-up projects: which council, which skill area, how large, over which years; all seeded."""

import csv
import math
import random
from dataclasses import dataclass
from pathlib import Path

from invented import AREAS, LAST_ROUND, MARK, POOL, SEED, SPELLINGS, Area

REFERENCE = Path(__file__).resolve().parent.parent / "reference"
SAVING, INCOME = "efficiency saving", "income generation"
AMOUNT_STYLES = {"plain": 70, "pounds": 16, "short": 14}
RECURRENCES = {"recurring": 45, "one-off": 25, "unclear": 15, "": 15}
CASHABILITIES = {"cashable": 55, "non-cashable": 18, "unclear": 12, "": 15}
YEAR_STYLES = {"-": 82, "/": 12, "FY": 3, "long": 3}
SPREAD = (
    (0, 0.05),
    (0.1, 0.24),
    (0.25, 0.47),
    (0.5, 1),
    (0.75, 2.1),
    (0.9, 4.8),
    (0.97, 11),
    (0.995, 20),
    (1, 28),
)
SHARES = {1: ("60;40", "50;50", "55;45", "70;30"), 2: ("50;30;20", "40;30;30", "34;33;33")}


class Draw:
    """Seeded choices that rest on .random() and plain arithmetic alone, so that no version changes them."""

    def __init__(self, seed: int) -> None:
        self._number = random.Random(seed).random

    def chance(self, share: float) -> bool:
        return self._number() < share

    def between(self, low: float, high: float) -> float:
        return low + (high - low) * self._number()

    def whole(self, low: int, high: int) -> int:
        return low + int(self._number() * (high - low + 1))

    def pick(self, options):
        return options[self.whole(0, len(options) - 1)]

    def weighted(self, weights: dict[str, int]) -> str:
        left = self.whole(0, sum(weights.values()) - 1)
        for option, weight in weights.items():
            if left < weight:
                return option
            left -= weight
        raise ValueError("no weights")

    def skewed(self) -> float:
        """A factor with a long upper tail and a median of one, read off the points of SPREAD."""
        at = self._number()
        above = next(index for index, (share, _) in enumerate(SPREAD) if share > at)
        (low, least), (high, most) = SPREAD[above - 1 : above + 1]
        return least + (most - least) * (at - low) / (high - low)


@dataclass(frozen=True)
class Council:
    """A body that may lead or join a project, with its 2015-16 core spending power in pounds."""

    code: str
    name: str
    kind: str
    region: str
    county: str
    start: str
    end: str
    spending: int

    def exists(self, grant: int) -> bool:
        """Whether it exists from the grant year to the last year in which a benefit may begin."""
        return self.start <= f"{grant}-04-01" and (not self.end or self.end >= f"{grant + 4}-04-01")

    def titles(self, area: Area) -> tuple[str, ...]:
        local = () if self.kind in ("county", "fire", "national_park") else area.for_local
        upper = () if self.kind in ("district", "fire", "national_park") else area.for_upper
        return area.for_any + local + upper


@dataclass(frozen=True)
class Project:
    """A made-up project: what every line of it repeats, and what its amounts are drawn from."""

    draw: Draw
    cells: dict[str, str]
    kind: str
    grant: int
    first: int
    years: int
    total: int
    recurrence: str
    cashability: str
    attribution: str
    amount_style: str
    year_style: str
    dates: dict[int, str]

    @property
    def last(self) -> int:
        return self.first + self.years - 1


def councils() -> dict[str, Council]:
    """The bodies of the pool, by code."""
    with (REFERENCE / "council_finance.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["financial_year"] == "2015-16"]
    spending = {row["gss_code"]: int(row["core_spending_power_gbp"]) for row in rows}
    with (REFERENCE / "councils.csv").open(encoding="utf-8", newline="") as file:
        known = {row["gss_code"]: row for row in csv.DictReader(file)}
    columns = ("gss_code", "name", "type", "region", "county", "start_date", "end_date")
    return {code: Council(*(known[code][name] for name in columns), spending.get(code, 5_000_000)) for code in POOL}


def rounded(pounds: float, fine: int = 1) -> int:
    """Pounds as a council would put them: about two figures, or more where `fine` divides the step."""
    step = next(step for floor, step in ((1_000_000, 50_000), (100_000, 5_000), (0, 500)) if pounds >= floor)
    step //= fine
    return max(step, int(pounds / step + 0.5) * step)


def pick_council(draw: Draw, pool: dict[str, Council], grant: int) -> Council:
    return draw.pick([council for council in pool.values() if council.exists(grant)])


def pick_area(draw: Draw, council: Council) -> str:
    return draw.weighted({code: area.weight for code, area in AREAS.items() if council.titles(area)})


def pick_label(draw: Draw, code: str) -> str:
    """The skill area as typed: its code, or one of the labels that councils use."""
    return code if draw.chance(0.2) else draw.pick(AREAS[code].typed)


def pick_kind(draw: Draw, area: Area) -> str:
    if draw.chance(area.income):
        return INCOME
    return draw.weighted({SAVING: 93, "both": 4, "unclear": 3})


def pick_partners(draw: Draw, lead: Council, pool: dict[str, Council], grant: int, area: str) -> dict[str, str]:
    """Partners of the same county or region, in few projects, with shares in most of those."""
    if lead.kind in ("fire", "national_park") or not draw.chance(0.5 if area == "shared_services" else 0.065):
        return {}
    place = (lead.kind == "district", lead.county or lead.region)
    near = [c for c in pool.values() if (c.kind == "district", c.county or c.region) == place]
    near = [c for c in near if c.exists(grant) and c is not lead and c.kind not in ("fire", "national_park")]
    chosen: list[Council] = []
    for _ in range(min(len(near), 1 if draw.chance(0.65) else 2)):
        chosen.append(draw.pick([council for council in near if council not in chosen]))
    shares = draw.pick(SHARES[len(chosen)]) if chosen and draw.chance(0.75) else ""
    return {"partner_councils": ";".join(c.name for c in chosen), "partner_shares": shares}


def support(draw: Draw, grant: int) -> dict[str, str]:
    """What the grant and the expert came to; early returns often do not say."""
    told = grant > 2013 or draw.chance(0.5)
    return {
        "grant_gbp": "7000" if told else "",
        "council_cost_gbp": str(draw.whole(10, 120) * 100) if draw.chance(0.35) else "",
        "expert_type": draw.weighted({"private": 55, "council": 20, "other public sector": 15, "": 10}),
        "expert_days": str(draw.whole(8, 15)) if draw.chance(0.85) else "",
        "net_or_gross": draw.weighted({"gross": 25, "net": 30, "unclear": 15, "": 30}),
    }


def year_text(year: int, style: str) -> str:
    after = f"{(year + 1) % 100:02}"
    texts = {
        "-": f"{year}-{after}",
        "/": f"{year}/{after}",
        "FY": f"FY{year}-{after}",
        "long": f"{year}-{year + 1}",
    }
    return texts[style]


def project(number: int, grant: int, pool: dict[str, Council], taken: set[tuple[str, str]]) -> Project:
    """One project of a grant year; `taken` keeps a council from having two projects of one title."""
    draw = Draw(SEED * 100_000 + grant * 100 + number)
    council = pick_council(draw, pool, grant)
    area = pick_area(draw, council)
    title = draw.pick([t for t in council.titles(AREAS[area]) if (council.code, t) not in taken])
    taken.add((council.code, title))
    spellings = SPELLINGS.get(council.code, ())
    style = draw.weighted(YEAR_STYLES)
    years = int(draw.weighted({"1": 22, "2": 26, "3": 32, "4": 20}))
    cells = {
        "project_ref": f"{MARK}-{grant}-{number:03}",
        "project_title": f"{title}, {MARK}",
        "skill_area": pick_label(draw, area),
        "lead_council": draw.pick(spellings) if spellings and draw.chance(0.6) else council.name,
        "grant_year": year_text(grant, style),
    }
    size = 190_000 * math.sqrt(math.sqrt(council.spending / 12_000_000)) * draw.skewed()
    return Project(
        draw=draw,
        cells=cells | pick_partners(draw, council, pool, grant, area) | support(draw, grant),
        kind=pick_kind(draw, AREAS[area]),
        grant=grant,
        first=grant + draw.whole(0, 1),
        years=years,
        total=rounded(min(size, council.spending * 0.08)),
        recurrence=draw.weighted(RECURRENCES),
        cashability=draw.weighted(CASHABILITIES),
        attribution=draw.pick(("25", "50", "50%", "60", "75", "80%", "100")) if draw.chance(0.3) else "",
        amount_style=draw.weighted(AMOUNT_STYLES),
        year_style=style,
        dates={r: f"{r}-{draw.whole(5, 11):02}-{draw.whole(1, 28):02}" for r in range(grant + 1, LAST_ROUND + 1)},
    )
