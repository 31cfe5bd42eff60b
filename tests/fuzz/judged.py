"""What `check` says of renderings, held against their truth: wrong values, lost lines, doubled lines, counts."""

import json
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from made import Fact, Rendering
from typed_as import REFERENCE

from etl.check import check

AMOUNTS = ("amount_gbp", "amount_low_gbp", "amount_high_gbp")
SETS_ASIDE = {"column_left_alone", "heading_unknown", "heading_ambiguous", "heading_twice", "too_many_cells"}


def faults(renderings: Iterable[Rendering]) -> list[tuple[int, str]]:
    """Every fault of some renderings: (seed, what is wrong). Those with the same statements are checked together."""
    found = []
    for made, file in checked(renderings):
        found += [(made.seed, told) for told in _of_file(made, file)]
    return found


def checked(renderings: Iterable[Rendering]) -> list[tuple[Rendering, dict[str, Any]]]:
    """Each rendering with what `check` says of it."""
    together: dict[str, list[Rendering]] = {}
    for made in renderings:
        together.setdefault(json.dumps(made.given, sort_keys=True), []).append(made)
    found = []
    for group in together.values():
        document = check([(made.name, made.content) for made in group], group[0].given, REFERENCE, False)
        found += list(zip(group, document["files"], strict=True))
    return found


def _of_file(made: Rendering, file: dict[str, Any]) -> list[str]:
    lines = file["lines"]
    told = (
        []
        if lines["in"] == sum(lines[fate] for fate in ("loaded", "held", "quarantined", "ignored"))
        else ["unbalanced"]
    )
    if file["problem"]:
        return told + (["lines of a problem"] if lines["in"] else [])
    left = {sheet["sheet"] for sheet in file["sheets"] if sheet["ignored"]}
    unread = bool(SETS_ASIDE & {one["code"] for one in file["findings"]}) and "financial_year" not in {
        column for sheet in file["sheets"] for column in sheet["columns"]
    }
    by_row: dict[tuple[str | None, int], list[dict[str, Any]]] = {}
    for one in file["observations"]:
        by_row.setdefault((one["sheet"], one["row"]), []).append(one)
    for place, seen in by_row.items():
        told += [f"row {place}: {what}" for what in _of_row(made.truth.get(place), seen, unread)]
    ignored = {(row["sheet"], row["row"]): row["reason"] for row in file["ignored_rows"]}
    for place, facts in made.truth.items():
        if place[0] in left:
            continue
        if place not in by_row:
            told.append(f"row {place}: a line is lost ({ignored.get(place, 'nowhere')})")
        elif len(by_row[place]) < len(facts) and not SETS_ASIDE & {one["code"] for one in file["findings"]}:
            told.append(f"row {place}: {len(facts)} amounts, {len(by_row[place])} lines")
    headings = {(sheet["sheet"], row) for sheet in file["sheets"] for row in sheet["heading_rows"]}
    first = {sheet["sheet"]: min(sheet["heading_rows"], default=0) for sheet in file["sheets"]}
    for place in made.filled - by_row.keys() - ignored.keys() - headings:
        if place[0] not in left and place[1] > first.get(place[0], 0):
            told.append(f"row {place}: neither line nor ignored")
    return told


def _of_row(facts: list[Fact] | None, seen: list[dict[str, Any]], unread: bool) -> list[str]:
    told, open_facts = [], list(facts or [])
    for one in seen:
        if one["fate"] != "loaded":
            continue
        if facts is not None and all(one[name] is None for name in AMOUNTS):
            continue
        if not facts:
            told.append(f"loaded, but is no line: {_shown(one)}")
            continue
        fact = next((fact for fact in open_facts if _agrees(fact, one, unread)), None)
        if fact is None:
            again = any(_agrees(fact, one, unread) for fact in facts)
            told.append(f"{'doubled' if again else 'wrong'}: {_shown(one)}; truth {facts}")
        else:
            open_facts.remove(fact)
    return told


def _agrees(fact: Fact, one: dict[str, Any], unread: bool) -> bool:
    """Is an observation what the fact says? A year that the file does not state may be unknown."""
    own = [
        Decimal(one[name]) if one[name] is not None else None
        for name in ("amount_gbp", "amount_low_gbp", "amount_high_gbp")
    ]
    year = None if fact.year is None else f"{fact.year}-{(fact.year + 1) % 100:02d}"
    return (
        own == [fact.sum.pounds, fact.sum.low, fact.sum.high]
        and one["stage"] == fact.stage
        and one["kind"] == fact.kind
        and one["financial_year"] in (year, *([None] if unread else []))
        and one["basis"] == fact.basis
        and (one["lead_council"], *one["partner_councils"]) == fact.councils
        and (not fact.ref or one["project_ref"] == fact.ref)
        and one["period_start"] is None
    )


def _shown(one: dict[str, Any]) -> str:
    names = (
        "project_ref",
        "lead_council",
        "kind",
        "stage",
        "financial_year",
        "basis",
        "amount_gbp",
        "amount_low_gbp",
        "amount_high_gbp",
        "column",
    )
    return " ".join(f"{one[name]}" for name in names)
