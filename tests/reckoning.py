"""Every measure a second time, in plain Python from the observations of a release: no SQL of the program is used.

What a line is and whether it counts is taken from the observations; years, new and continuing pounds, shares of
councils, prices, spreads and rates are worked out here on their own.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from statistics import median
from typing import Any

from reckoning_forms import FORMS, Entry, Project, form_of, own_amounts, percent, reporting

from dashboard.release import Release

BY_COUNCIL = {"council", "region", "council_type", "council_today"}
OF_OUTCOMES = {"financial_year", "kind", "cashability", "recurrence", "net_or_gross", "evidence_grade"}
Key = tuple[str, ...]
NewPounds = dict[tuple[int, int | None], Decimal | None]


class Reckoning:
    """The observations of a release, and every measure of them."""

    def __init__(self, release: Release) -> None:
        self.lines = _records(release, "observations")
        self.councils = {row["council"]: row for row in _records(release, "councils")}
        self.indices = {row["financial_year"]: row["index"] for row in _records(release, "deflators")}
        self.projects = {row["project_ref"]: _project(row) for row in _records(release, "projects")}
        self.schedule = list(self._schedule())
        self.by_council = [part for entry in self.schedule for part in _shared(entry)]

    def _schedule(self) -> Iterator[Entry]:
        outcomes = [line for line in self.lines if line["standing"] == "counts"]
        parts: dict[int, dict[int, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
        for line in self.lines:
            single = line["first_year"] is not None and line["first_year"] == line["last_year"]
            if line["standing"] == "part_of" and single and line["basis"] != "per_year":
                parts[line["whole_line_no"]][line["first_year"]] += line["amount_gbp"]
        placed = [(line, year, pounds) for line in outcomes for year, pounds in _years(line, parts[line["line_no"]])]
        new = _new(placed)
        for line, year, pounds in placed:
            project = self.projects[line["project_ref"]]
            yield Entry(line, project, project.bodies[0], year, pounds, new[line["line_no"], year])

    def code(self, dimension: str, entry: Entry) -> str:
        """The code of a dimension of an entry."""
        line, project, council = entry.line, entry.project, self.councils.get(entry.council, {})
        found = {
            "skill_area": project.area,
            "council": entry.council,
            "region": council.get("region"),
            "council_type": council.get("type"),
            "council_today": council.get("today"),
            "grant_year": _written(project.grant_year),
            "expert_type": project.expert,
            "joint": "joint" if len(project.bodies) > 1 else "single",
            "project": project.ref,
            "financial_year": _written(entry.year),
        }
        value = found[dimension] if dimension in found else line[dimension]
        return "not_stated" if value is None else str(value)

    def answer(
        self, measure: str, by: Key = (), where: Mapping[str, set[str]] | None = None, real: str | None = None
    ) -> dict[Key, Any]:
        """{codes of the split: value} of every group of which the measure knows a value, rounded at the end."""
        where = where or {}
        if measure == "median_cost":
            return self._costs(by, where)
        if measure in ("projects", "councils"):
            return self._counts(measure, by, where)
        own = FORMS[form_of(measure)]
        asked = set(by) | where.keys()
        rows = self.by_council if asked & BY_COUNCIL or measure.endswith("spending_power") else self.schedule
        if measure.endswith("delivery_rate"):
            rows = [_on_its_own_years(entry) for entry in rows]
        rows = [entry for entry in rows if all(self.code(name, entry) in codes for name, codes in where.items())]
        if real and own.in_pounds:
            rows = [self._priced(entry, real, measure.startswith("present_value")) for entry in rows]
            rows = [entry for entry in rows if entry is not None]
        groups: dict[Key, list[Entry]] = defaultdict(list)
        for entry in rows:
            groups[tuple(self.code(name, entry) for name in by)].append(entry)
        if measure.startswith("cumulative") and "financial_year" in by:
            groups = {key: own_amounts(measure, entries) for key, entries in groups.items()}
            groups = _up_to_each_year({k: v for k, v in groups.items() if v}, by.index("financial_year"))
        if measure.startswith("coverage"):
            return self._coverage(measure, by, where, groups)
        found = {key: own.work_out(self.councils, measure, entries) for key, entries in groups.items()}
        return {key: value for key, value in found.items() if value is not None}

    def _priced(self, entry: Entry, base: str, discounted: bool) -> Entry | None:
        index = self.indices.get(_written(entry.year) or "")
        if index is None or entry.year is None:
            return None
        factor = self.indices[base] / index
        if discounted:
            factor *= Decimal("1.035") ** (int(base[:4]) - entry.year)
        worth = [None if pounds is None else pounds * factor for pounds in (entry.amount, entry.new)]
        return replace(entry, amount=worth[0], new=worth[1])

    def _bodies(self, by: Key, where: Mapping[str, set[str]]) -> Iterator[tuple[Key, Project, str]]:
        for project in self.projects.values():
            for body in project.bodies:
                entry = Entry({}, project, body, None, None, None)
                if all(self.code(name, entry) in codes for name, codes in where.items() if name not in OF_OUTCOMES):
                    yield tuple(self.code(name, entry) for name in by), project, body

    def _counts(self, measure: str, by: Key, where: Mapping[str, set[str]]) -> dict[Key, int]:
        found: dict[Key, set[str]] = defaultdict(set)
        for key, project, body in self._bodies(by, where):
            found[key].add(project.ref if measure == "projects" else body)
        return {key: len(names) for key, names in found.items()} or ({} if by else {(): 0})

    def _costs(self, by: Key, where: Mapping[str, set[str]]) -> dict[Key, Decimal]:
        found: dict[Key, dict[str, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
        for key, project, body in self._bodies(by, where):
            parts = [dict(project.parts(whole))[body] for whole in (project.grant, project.cost)]
            if None not in parts:
                found[key][project.ref] += sum(parts)
        return {key: Decimal(median(costs.values())).quantize(Decimal("0.01")) for key, costs in found.items()}

    def _coverage(self, measure: str, by: Key, where: Mapping[str, set[str]], groups: dict) -> dict[Key, Decimal]:
        stage = measure.rpartition("_")[2]
        wholes = {key: whole for key, whole in self._counts("projects", by, where).items() if whole}
        return {
            key: percent(len(reporting(entry for entry in groups[key] if entry.line["stage"] == stage)), whole)
            for key, whole in wholes.items()
        }


def _records(release: Release, table: str) -> list[dict[str, Any]]:
    names = [
        name
        for (name,) in release.rows(
            "select column_name from information_schema.columns where table_name = ? order by ordinal_position", [table]
        )
    ]
    return [dict(zip(names, row, strict=True)) for row in release.rows(f"select * from {table}")]


def _project(row: Mapping[str, Any]) -> Project:
    partners = tuple(row["partner_councils"] or ())
    shares = tuple(row["shares"] or ())
    whole = partners and len(shares) == len(partners) + 1 and sum(shares) == 100
    return Project(
        row["project_ref"], (row["lead_council"], *partners), shares if whole else (), row["skill_area"],
        row["grant_year"], row["expert_type"], row["grant_gbp"], row["council_cost_gbp"],
    )  # fmt: skip


def _years(line: Mapping[str, Any], parts: Mapping[int, Decimal]) -> list[tuple[int | None, Decimal]]:
    first, last, amount = line["first_year"], line["last_year"], line["amount_gbp"]
    if line["basis"] == "per_year":
        return [(year, amount) for year in range(first, (last or first) + 1)] if first is not None else [(None, amount)]
    if first is not None and first == last:
        return [(first, amount)]
    rest = amount - sum(parts.values())
    return [*parts.items(), *([(None, rest)] if rest or not parts else [])]


def _new(
    placed: Iterable[tuple[Mapping[str, Any], int | None, Decimal]],
) -> NewPounds:
    """New pounds by line and year: of what repeats, what exceeds the last earlier year of its series."""
    new: NewPounds = {}
    series: dict[tuple, dict[int, list[tuple[Mapping[str, Any], Decimal]]]] = defaultdict(lambda: defaultdict(list))
    for line, year, pounds in placed:
        repeats = line["basis"] == "per_year" or line["recurrence"] == "recurring"
        new[line["line_no"], year] = pounds if line["recurrence"] == "one_off" and year is not None else None
        if year is not None and (repeats or line["recurrence"] != "one_off"):
            series[line["project_ref"], line["kind"], line["stage"]][year].append((line, pounds))
    for years in series.values():
        before = Decimal(0)
        for year in sorted(years):
            left = before
            for line, pounds in sorted(years[year], key=lambda one: one[0]["line_no"]):
                if line["basis"] == "per_year" or line["recurrence"] == "recurring":
                    goes_on = max(Decimal(0), min(pounds, left))
                    left -= max(pounds, Decimal(0))
                    new[line["line_no"], year] = pounds - goes_on
            before = sum((pounds for _, pounds in years[year]), Decimal(0))
    return new


def _shared(entry: Entry) -> list[Entry]:
    amounts = entry.project.parts(entry.amount)
    new = _new_by_body(entry, dict(amounts))
    return [
        replace(entry, council=body, amount=amount, new=None if amount is None else new[body], shared=True)
        for body, amount in amounts
    ]


def _new_by_body(entry: Entry, amounts: Mapping[str, Decimal | None]) -> dict[str, Decimal | None]:
    """New pounds by share, the lead taking the rest; no partner so many or so few that the rest is out of bounds."""
    wanted = dict(entry.project.parts(entry.new))
    if entry.new in (None, entry.amount) or None in amounts.values():
        return wanted
    lead, *partners = entry.project.bodies
    new_left, old_left, held_back = entry.new, entry.amount - entry.new, Decimal(0)
    found: dict[str, Decimal | None] = {}
    for body in partners:
        held_back += wanted[body]
        new = min(new_left, max(held_back, amounts[body] - old_left))
        found[body] = new
        held_back, new_left, old_left = held_back - new, new_left - new, old_left - (amounts[body] - new)
    return found | {lead: new_left}


def _on_its_own_years(entry: Entry) -> Entry:
    first, last = entry.line["first_year"], entry.line["last_year"]
    year = first if first == last else None
    return replace(entry, year=year)


def _written(year: int | None) -> str | None:
    return None if year is None else f"{year}-{(year + 1) % 100:02d}"


def _up_to_each_year(groups: Mapping[Key, list[Entry]], place: int) -> dict[Key, list[Entry]]:
    years = sorted({key[place] for key in groups} - {"not_stated"})
    found: dict[Key, list[Entry]] = defaultdict(list)
    for key, entries in groups.items():
        if key[place] != "not_stated":
            for year in years:
                if year >= key[place]:
                    found[(*key[:place], year, *key[place + 1 :])] += entries
    return found
