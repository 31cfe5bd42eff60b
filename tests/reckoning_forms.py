"""The forms of measures in plain Python: how each number is worked out from entries; see `reckoning`."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal
from math import comb
from statistics import median
from typing import Any

STAGES = ("achieved", "projected", "identified")
KINDS = {
    "savings_and_income": ("efficiency_saving", "income_generation"),
    "savings": ("efficiency_saving",),
    "income": ("income_generation",),
}
PENNY = Decimal("0.01")
Councils = Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True)
class Project:
    """A project: its bodies (lead first), their shares in percent or none, and what is known of it."""

    ref: str
    bodies: tuple[str, ...]
    shares: tuple[Decimal, ...]
    area: str | None
    grant_year: int | None
    expert: str | None
    grant: Decimal | None
    cost: Decimal | None

    def parts(self, amount: Decimal | None) -> list[tuple[str, Decimal | None]]:
        """An amount as its bodies bear it: by shares to the penny, the lead taking the rest; else all the lead's."""
        lead, *partners = self.bodies
        if not partners or not self.shares:
            return [(lead, amount), *((body, None) for body in partners)]
        if amount is None:
            return [(body, None) for body in self.bodies]
        theirs = [(amount * share / 100).quantize(PENNY, ROUND_HALF_UP) for share in self.shares[1:]]
        return [(lead, amount - sum(theirs)), *zip(partners, theirs, strict=True)]


@dataclass(frozen=True)
class Entry:
    """Pounds of one outcome in one year (None: not stated), as one council sees them."""

    line: Mapping[str, Any]
    project: Project
    council: str
    year: int | None
    amount: Decimal | None
    new: Decimal | None
    shared: bool = False


def reporting(entries: Iterable[Entry]) -> set[str]:
    return {entry.project.ref for entry in entries if entry.amount is not None}


def percent(part: Decimal | int, whole: Decimal | int) -> Decimal | None:
    return _to(Decimal(part) / Decimal(whole) * 100, "0.0001") if whole else None


def _to(value: Decimal, place: str = "0.01") -> Decimal:
    return value.quantize(Decimal(place), ROUND_HALF_EVEN)


def noun_and_stage(measure: str) -> tuple[str, str]:
    """Which total a measure is made of: (`savings`, `achieved`)."""
    return next((noun, stage) for noun in KINDS for stage in STAGES if f"{noun}_{stage}" in measure)


def _in_total(measure: str, entries: Iterable[Entry], basis: Callable[[str], bool] | None = None) -> list[Entry]:
    noun, stage = noun_and_stage(measure)
    fits = basis or (lambda one: one != "per_year")
    return [
        entry
        for entry in entries
        if entry.line["stage"] == stage and entry.line["kind"] in KINDS[noun] and fits(entry.line["basis"])
        and entry.amount is not None
    ]  # fmt: skip


def _sum(amounts: Iterable[Decimal]) -> Decimal | None:
    known = list(amounts)
    return _to(sum(known, Decimal(0))) if known else None


def _total(_: Councils, measure: str, entries: list[Entry]) -> Decimal | None:
    return _sum(entry.amount for entry in _in_total(measure, entries))


def _strict(_: Councils, measure: str, entries: list[Entry]) -> Decimal | None:
    net = measure.partition("_")[0]
    return _sum(entry.amount for entry in _in_total(measure, entries) if entry.line["net_or_gross"] == net)


def _attributed(_: Councils, measure: str, entries: list[Entry]) -> Decimal | None:
    known = [entry for entry in _in_total(measure, entries) if entry.line["attribution_share"] is not None]
    return _sum(entry.amount * entry.line["attribution_share"] / 100 for entry in known)


def own_amounts(measure: str, entries: Iterable[Entry]) -> list[Entry]:
    """The entries that a measure of years counts: of its stage and kind, with a clear basis and a year."""
    found = _in_total(measure, entries, lambda basis: basis != "unclear")
    return [entry for entry in found if entry.year is not None]


def _in_year(_: Councils, measure: str, entries: list[Entry]) -> Decimal | None:
    found = own_amounts(measure, entries)
    if measure.startswith("cumulative"):
        return _sum(entry.amount for entry in found)
    known = [entry for entry in found if entry.new is not None]
    return _sum(entry.new if measure.startswith("new") else entry.amount - entry.new for entry in known)


def _by_project(measure: str, entries: list[Entry]) -> list[Decimal]:
    sums: dict[str, Decimal] = defaultdict(Decimal)
    for entry in _in_total(measure, entries):
        sums[entry.project.ref] += entry.amount
    return sorted(sums.values())


def _spread(_: Councils, measure: str, entries: list[Entry]) -> Decimal | None:
    amounts = _by_project(measure, entries)
    if not amounts:
        return None
    if measure.startswith("median"):
        return _to(Decimal(median(amounts)))
    if measure.startswith("mean"):
        return _to(sum(amounts) / len(amounts))
    if measure.startswith("largest"):
        return percent(amounts[-1], sum(amounts))
    place = (len(amounts) - 1) * Decimal("0.25" if measure.startswith("lower") else "0.75")
    low = int(place)
    high = min(low + 1, len(amounts) - 1)
    return _to(amounts[low] + (amounts[high] - amounts[low]) * (place - low))


def median_interval(amounts: list[Decimal]) -> tuple[Decimal, Decimal] | None:
    """The narrowest pair of equal ranks from both ends that holds the median with a chance of at least 95%."""
    n = len(amounts)
    best = None
    for rank in range(1, n // 2 + 1):
        outside = 2 * sum(comb(n, k) for k in range(rank))
        if outside * 20 <= 2**n:
            best = (amounts[rank - 1], amounts[n - rank])
    return best


def _against_cost(councils: Councils, measure: str, entries: list[Entry]) -> Decimal | None:
    benefit: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
    costs: dict[tuple[str, str], tuple[Decimal, Decimal]] = {}
    net_of_cost = measure.endswith("net_of_cost")
    for entry in _in_total(measure, entries):
        grant, cost = (
            dict(entry.project.parts(whole))[entry.council] if entry.shared else whole
            for whole in (entry.project.grant, entry.project.cost)
        )
        if net_of_cost and entry.line["net_or_gross"] != "gross":
            continue
        if grant is None or (not measure.endswith("of_grant") and cost is None):
            continue
        if not net_of_cost and (grant if measure.endswith("of_grant") else grant + cost) <= 0:
            continue
        benefit[entry.project.ref, entry.council] += entry.amount
        costs[entry.project.ref, entry.council] = (grant, cost or Decimal(0))
    if not benefit:
        return None
    gained, grants = sum(benefit.values()), sum(grant for grant, _ in costs.values())
    spent = grants + sum(cost for _, cost in costs.values())
    if net_of_cost:
        return _to(gained - spent)
    return _to(gained / (grants if measure.endswith("of_grant") else spent), "0.0001")


def _share_of_power(councils: Councils, measure: str, entries: list[Entry]) -> Decimal | None:
    powers, gained = {}, Decimal(0)
    for entry in _in_total(measure, entries):
        power = councils[entry.council]["core_spending_power_gbp"]
        if power:
            powers[entry.council] = power
            gained += entry.amount
    return percent(gained, sum(powers.values())) if powers else None


def _delivery(_: Councils, measure: str, entries: list[Entry]) -> Decimal | None:
    kind = KINDS[measure.partition("_")[0]][0]
    sides: dict[tuple, dict[str, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    for entry in entries:
        line = entry.line
        known = line["first_year"] is not None and line["last_year"] is not None and entry.amount is not None
        if line["kind"] == kind and line["basis"] != "per_year" and known and line["stage"] != "identified":
            sides[entry.project.ref, line["first_year"], line["last_year"]][line["stage"]] += entry.amount
    both = [side for side in sides.values() if len(side) == 2]
    projected = sum(side["projected"] for side in both)
    return percent(sum(side["achieved"] for side in both), projected) if projected else None


def _matched(_: Councils, measure: str, entries: list[Entry]) -> Decimal | None:
    compared = STAGES if measure.startswith("matched") else ("achieved", "projected")
    noun, stage = noun_and_stage(measure)
    sides: dict[str, dict[str, list[Decimal]]] = defaultdict(lambda: defaultdict(list))
    for each in compared:
        for entry in _in_total(f"{noun}_{each}", entries):
            sides[entry.project.ref][each].append(entry.amount)
    return _sum(amount for side in sides.values() if len(side) == len(compared) for amount in side[stage])


def _success(_: Councils, measure: str, entries: list[Entry]) -> Decimal | None:
    known = reporting(entries)
    achieved = [e for e in entries if e.line["stage"] == "achieved" and e.amount is not None and e.amount > 0]
    return percent(len(reporting(achieved)), len(known)) if known else None


def _reporting_projects(_: Councils, measure: str, entries: list[Entry]) -> int:
    return len(reporting(entries))


def _amounts(_: Councils, measure: str, entries: list[Entry]) -> int:
    return len({entry.line["line_no"] for entry in _in_total(measure, entries)})


def _well_evidenced(_: Councils, measure: str, entries: list[Entry]) -> Decimal | None:
    found = _in_total(measure, entries)
    well = [entry for entry in found if entry.line["evidence_grade"] == "sufficient"]
    if measure.startswith("well_evidenced_amounts"):
        return percent(*(len({entry.line["line_no"] for entry in side}) for side in (well, found)))
    return percent(*(sum((entry.amount for entry in side), Decimal(0)) for side in (well, found)))


@dataclass(frozen=True)
class Form:
    """How measures of one form are worked out, and whether prices change them."""

    work_out: Callable[[Councils, str, list[Entry]], Any]
    in_pounds: bool = True


FORMS = {
    "total": Form(_total),
    "strict": Form(_strict),
    "attributed": Form(_attributed),
    "in_year": Form(_in_year),
    "spread": Form(_spread),
    "against_cost": Form(_against_cost),
    "share_of_power": Form(_share_of_power),
    "delivery": Form(_delivery),
    "matched": Form(_matched),
    "success": Form(_success, in_pounds=False),
    "coverage": Form(_success, in_pounds=False),
    "reporting": Form(_reporting_projects, in_pounds=False),
    "amounts": Form(_amounts, in_pounds=False),
    "well_evidenced": Form(_well_evidenced),
    "amounts_well_evidenced": Form(_well_evidenced, in_pounds=False),
}
STARTS = {
    "net_": "strict", "gross_": "strict", "attributed": "attributed", "present_value": "total", "new_": "in_year",
    "continuing": "in_year", "cumulative": "in_year", "median": "spread", "lower": "spread", "upper": "spread",
    "matched": "matched", "paired": "matched",
    "mean": "spread", "largest": "spread", "success": "success", "coverage": "coverage", "reporting": "reporting",
    "amounts": "amounts", "well_evidenced_amounts": "amounts_well_evidenced", "well": "well_evidenced",
}  # fmt: skip
ENDS = {"net_of_cost": "against_cost", "of_grant": "against_cost", "of_cost": "against_cost",
        "spending_power": "share_of_power", "delivery_rate": "delivery"}  # fmt: skip


def form_of(measure: str) -> str:
    """The form of a measure, by its id."""
    ends = (form for end, form in ENDS.items() if measure.endswith(end))
    starts = (form for start, form in STARTS.items() if measure.startswith(start))
    return next(ends, None) or next(starts, "total")
