"""A second reading of the shipped returns, straight from DOMAIN: what each line is, and whether it counts.

It reads only the ways of writing that the shipped files use, and fails on any other. Of the program it takes the
names of councils at a date, and nothing else.
"""

import hashlib
import re
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from statistics import median

import pandas as pd

from etl.values.council import Councils, load_councils

DATA = Path(__file__).resolve().parents[1] / "data"
UNKNOWN = ("", "TBC", "n/a", "not known")
MULTIPLES = {"": 1, "k": 1_000, "m": 1_000_000}
NUMBER = r"(\d{1,3}(?:,\d{3})+|\d+(?:\.\d{1,2})?)(k|m)?"


@dataclass(eq=False)
class Line:
    """One line of a return as this reading understands it. `fate` and what follows are found last.

    `disputed` says that it is held because another line of its project says otherwise.
    """

    file: str
    row: int
    sha256: str
    cells: dict[str, str]
    ref: str
    title: str
    area: str
    lead: str | None
    partners: tuple[str, ...]
    shares: tuple[Decimal, ...]
    kind: str
    stage: str
    basis: str
    first: int | None
    last: int | None
    grant: int | None
    amount: Decimal | None
    bounded: bool
    reported: date | None
    fate: str = "loaded"
    disputed: bool = False
    standing: str = "counts"
    whole: "Line | None" = None

    @property
    def id(self) -> str:
        return f"{self.sha256[:12]}-{self.row}"

    @property
    def key(self) -> tuple[Hashable, ...]:
        return (self.ref, self.kind, self.stage, self.first, self.last)

    @property
    def report(self) -> tuple[Hashable, ...]:
        return (self.file, self.reported)

    @property
    def part(self) -> tuple[str, ...]:
        return tuple(self.cells[name].lower() or "unclear" for name in ("basis", "recurrence", "cashability"))

    @property
    def net(self) -> str:
        return self.cells["net_or_gross"] or "unclear"

    @property
    def years(self) -> int:
        return 1 if self.first is None or self.last is None else self.last - self.first + 1

    @property
    def bodies(self) -> tuple[str, ...]:
        return ((self.lead or "?"), *self.partners)


def money(text: str) -> tuple[Decimal | None, bool]:
    """(the amount or None, whether only a bound or range is stated). ValueError if it is not readable for certain."""
    plain = text.removeprefix("c. ")
    if plain in UNKNOWN:
        return None, False
    if plain == "nil":
        return Decimal(0), False
    if re.fullmatch(rf"(over|up to) £{NUMBER}|£{NUMBER}-£{NUMBER}", plain):
        return None, True
    found = re.fullmatch(rf"£?{NUMBER}", plain)
    if not found or re.fullmatch(r"\d\.\d{3}", plain):
        raise ValueError(text)
    return Decimal(found[1].replace(",", "")) * MULTIPLES[found[2] or ""], False


def year(text: str) -> int | None:
    """The year in which a financial year begins; None if blank. ValueError for a bare year, which is ambiguous."""
    if not text:
        return None
    found = re.fullmatch(r"(?:FY)?(20)?(\d\d)[-/](?:20)?(\d\d)", text)
    if not found or int(found[3]) != int(found[2]) + 1:
        raise ValueError(text)
    return 2000 + int(found[2])


@cache
def areas() -> dict[str, str]:
    """Code of each skill area's label, in lower case."""
    codes = pd.read_csv(DATA / "reference" / "skill_areas.csv", dtype=str)
    labels = pd.read_csv(DATA / "reference" / "skill_area_labels.csv", dtype=str)
    known = dict(zip(labels["label"].str.lower(), labels["skill_area"], strict=True))
    known |= dict(zip(codes["label"].str.lower(), codes["skill_area"], strict=True))
    return known | {code: code for code in codes["skill_area"]}


@cache
def spending_power() -> dict[str, Decimal]:
    """2015-16 core spending power of each council, in pounds."""
    found = pd.read_csv(DATA / "reference" / "council_finance.csv", dtype=str)
    found = found[found["financial_year"] == "2015-16"]
    return dict(zip(found["gss_code"], found["core_spending_power_gbp"].map(Decimal), strict=True))


@cache
def register() -> Councils:
    """The program's own reading of councils' names at a date: the one thing taken from it."""
    return load_councils(DATA / "reference")


@cache
def councils() -> pd.DataFrame:
    """The councils by code."""
    return pd.read_csv(DATA / "reference" / "councils.csv", dtype=str, keep_default_na=False).set_index("gss_code")


@cache
def lines_of(collection: str) -> tuple[Line, ...]:
    """Every line of a shipped collection with its fate and standing; blank rows and totals are no lines."""
    lines = [line for path in sorted((DATA / collection).glob("*.csv")) for line in _read(path)]
    readable = [line for line in lines if line.fate == "loaded"]
    _hold(readable)
    _stand([line for line in readable if line.fate == "loaded"])
    return tuple(lines)


def _read(path: Path) -> list[Line]:
    table = pd.read_csv(path, dtype=str, keep_default_na=False, skip_blank_lines=False)
    if "claim_ref" in table.columns:
        return []
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    rows = enumerate(table.to_dict("records"), 2)
    return [_line(path.name, row, digest, cells) for row, cells in rows if _is_data(cells)]


def _is_data(cells: dict[str, str]) -> bool:
    return any(cells.values()) and cells["project_ref"] != "Total"


def _line(file: str, row: int, digest: str, cells: dict[str, str]) -> Line:
    bad = not cells["stage"] or not cells["kind"]
    amount, bounded, one, first, last = None, False, None, None, None
    try:
        amount, bounded = money(cells["amount_gbp"])
        one, first, last = (year(cells[name]) for name in ("financial_year", "period_start", "period_end"))
    except ValueError:
        bad = True
    bounded = bounded or bool(cells["amount_low_gbp"] or cells["amount_high_gbp"])
    first, last, grant = one or first, one or last, year(cells["grant_year"])
    reported = date.fromisoformat(cells["reported_on"]) if cells["reported_on"] else None
    began = first or grant
    at = date(began, 4, 1) if began else reported
    known = register()
    lead = known.resolve_lead(cells["lead_council"], at)
    partners = known.resolve_partners(cells["partner_councils"], at)
    return Line(
        file=file,
        row=row,
        sha256=digest,
        cells=cells,
        ref=cells["project_ref"],
        title=cells["project_title"],
        area=areas()[cells["skill_area"].lower()],
        lead=None if lead.bad else lead.value[0],
        partners=() if lead.bad or partners.bad else (*lead.value[1:], *partners.value),
        shares=tuple(Decimal(share) for share in cells["partner_shares"].split(";") if share),
        kind=cells["kind"].replace(" ", "_"),
        stage=cells["stage"],
        basis=cells["basis"].replace(" ", "_") or "unclear",
        first=first,
        last=last,
        grant=grant,
        amount=amount,
        bounded=bounded,
        reported=reported,
        fate="quarantined" if bad or lead.bad or partners.bad else "loaded",
    )


def grouped(lines: Iterable[Line], key: Callable[[Line], Hashable]) -> list[list[Line]]:
    """Lines that share a key, in groups."""
    groups: dict[Hashable, list[Line]] = defaultdict(list)
    for line in lines:
        groups[key(line)].append(line)
    return list(groups.values())


def _hold(lines: list[Line]) -> None:
    """Section 7, then the keys of section 6 about which nobody can tell what counts."""
    staged = [line for line in lines if line.stage != "withdrawn"]
    implausible = [line for line in staged if _too_large(line) or _too_early(line)]
    implausible += [line for line in lines if line.shares and not _shares_fit(line)]
    implausible += [line for line in lines if "cumulative" in line.cells["source_quote"].lower()]
    disputed = []
    for group in grouped(staged, lambda line: (line.ref, line.kind)):
        disputed += [line for line in group if _contradicted(line, group)]
        implausible += [line for line in group if _slipped(line, group)]
    for group in grouped((line for line in staged if line.title and line.amount is not None), _sameness):
        implausible += group if len({line.ref for line in group}) > 1 else []
    for group in grouped((line for line in staged if line.amount), lambda line: (line.key, line.part, line.net)):
        amounts = [line.amount for line in group]
        disputed += group if max(amounts) >= 5 * min(amounts) else []
    for line in (*implausible, *disputed):
        line.fate = "held"
    known = [line for line in staged if line.fate == "loaded" and line.amount is not None]
    for group in grouped(known, lambda line: line.key):
        if _undecided(group):
            disputed += group
            for line in group:
                line.fate = "held"
    disputed += _hold_overfull(known)
    for line in disputed:
        line.disputed = True


def _too_large(line: Line) -> bool:
    power = [spending_power().get(body) for body in line.bodies]
    if line.amount is None or None in power:
        return False
    return line.amount > sum(power) * Decimal("0.10" if line.basis == "per_year" else "0.40")


def _too_early(line: Line) -> bool:
    return line.last is not None and line.grant is not None and line.last < line.grant


def _shares_fit(line: Line) -> bool:
    return sum(line.shares) == 100 and len(line.shares) == len(line.bodies)


def _sameness(line: Line) -> tuple[Hashable, ...]:
    return (line.lead, line.title.lower(), line.area, line.kind, line.stage, line.first, line.last, line.amount)


def _contradicted(line: Line, project: list[Line]) -> bool:
    if line.basis != "per_year" or not line.amount:
        return False
    totals = [
        other.amount / other.years
        for other in project
        if other.basis == "total" and other.amount and other.first and other.last
        and (other.stage == line.stage or "unclear" in (other.stage, line.stage))
    ]  # fmt: skip
    return any(line.amount >= 5 * each or each >= 5 * line.amount for each in totals)


def _slipped(line: Line, project: list[Line]) -> bool:
    others = [other.amount for other in project if other is not line and other.basis == line.basis and other.amount]
    return bool(line.amount and others) and line.amount >= 100 * median(others)


def _said(report: list[Line]) -> list[tuple[Hashable, ...]]:
    return sorted((*line.part, line.net, line.amount) for line in report)


def _latest(reports: list[list[Line]]) -> list[list[Line]]:
    last = max(report[0].reported for report in reports)
    return [report for report in reports if report[0].reported == last]


def _undecided(group: list[Line]) -> bool:
    """Different amounts of one key with nothing that says which is later, or within one report no part of a whole."""
    reports = grouped(group, lambda line: line.report)
    if any(_said(report) != _said(reports[0]) for report in reports):
        if any(report[0].reported is None for report in reports):
            return True
        latest = _latest(reports)
        if any(_said(report) != _said(latest[0]) for report in latest):
            return True
    return any(
        len({line.amount for line in same}) > 1 and {line.net for line in same} != {"net", "gross"}
        for report in reports
        for same in grouped(report, lambda line: line.part)
    )


def _overlapping(lines: list[Line]) -> list[tuple[Line, Line]]:
    """(narrower, wider) for lines of one project, kind and stage whose stated years overlap."""
    dated = [line for line in lines if line.standing == "counts" and line.first and line.last]
    return [
        (narrow, wide)
        for group in grouped(dated, lambda line: line.key[:3])
        for narrow in group
        for wide in group
        if narrow.first <= wide.last and wide.first <= narrow.last and narrow.years < wide.years
    ]


def _hold_overfull(known: list[Line]) -> list[Line]:
    """Parts above the whole: tried on what would count, then all of them held, and given."""
    trial = [line for line in known if line.fate == "loaded"]
    _stand(trial)
    inside: dict[Line, Decimal] = defaultdict(Decimal)
    pairs = _overlapping(trial)
    for narrow, wide in pairs:
        inside[wide] += narrow.amount
    for narrow, wide in pairs:
        if inside[wide] > wide.amount * (wide.years if wide.basis == "per_year" else 1):
            narrow.fate = wide.fate = "held"
    for line in trial:
        line.standing, line.whole = "counts", None
    return [line for line in trial if line.fate == "held"]


def _stand(lines: list[Line]) -> None:
    """Section 6: which of the loaded lines count, and why the others do not."""
    for line in lines:
        if line.stage == "withdrawn":
            line.standing = "withdrawal"
        elif line.amount is None:
            line.standing = "bounds_only" if line.bounded else "amount_unknown"
    for group in grouped((line for line in lines if line.standing == "counts"), lambda line: line.key):
        _supersede(grouped(group, lambda line: line.report))
    for taken in [line for line in lines if line.standing == "withdrawal"]:
        _withdraw(taken, lines)
    for line in lines:
        if line.standing == "counts" and line.stage == "unclear":
            line.standing = "stage_unclear"
    for narrow, wide in _overlapping(lines):
        if narrow.whole is None or wide.years > narrow.whole.years:
            narrow.standing, narrow.whole = "part_of", wide


def _supersede(reports: list[list[Line]]) -> None:
    if len(reports) > 1 and all(report[0].reported for report in reports):
        latest = _latest(reports)[0][0].report
        for line in (line for report in reports for line in report if line.report != latest):
            line.standing = "superseded"


def _withdraw(withdrawal: Line, lines: list[Line]) -> None:
    for line in lines:
        same = (line.ref, line.kind) == (withdrawal.ref, withdrawal.kind) and line.standing == "counts"
        dated = line.reported is not None and withdrawal.reported is not None
        earlier = line.reported <= withdrawal.reported if dated else True
        if same and earlier and (withdrawal.first is None or line.key[3:] == withdrawal.key[3:]):
            line.standing = "withdrawn"
