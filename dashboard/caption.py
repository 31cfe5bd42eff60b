"""The words under and over a figure, composed from measure, selection, base and release; none of it is typed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from dashboard.dimensions import FINANCIAL_YEAR, NOT_STATED, dimension_named
from dashboard.measures import Measure
from dashboard.release import Base, LeftOut, Release
from dashboard.selection import Selection
from dashboard.style import counted, money, pounds

if TYPE_CHECKING:
    from dashboard.figure import Answer, Figure

REASONS = {
    "held": "held, a person must decide",
    "quarantined": "quarantined, a needed value is missing or cannot be read",
    "superseded": "superseded by a later report",
    "part_of": "part of a wider amount that counts",
    "repeated": "the same amount reported again",
    "gross_beside_net": "gross, where the net amount counts",
    "withdrawn": "withdrawn",
    "withdrawal": "a withdrawal of an earlier amount",
    "stage_unclear": "stage unclear",
    "amount_unknown": "amount not known",
    "bounds_only": "only an upper or lower bound is stated",
    "basis_per_year": "stated per year, which is never added to totals",
    "kind_unclear": "kind unclear",
    "kind_both": "saving and income not split",
    "other_stage": "at another stage",
    "other_kind": "of another kind",
    "outside_filters": "in other years, or of other councils, than those chosen",
}
EVIDENCE = {
    "sufficient": "sufficient evidence",
    "partial": "partial evidence",
    "insufficient": "insufficient evidence",
    "not_graded": "evidence not graded",
}
NETS = {"gross": "gross", "net": "net", "unclear": "not stated whether net or gross"}
ORDINARY = ("other_stage", "other_kind", "part_of", "withdrawal")
IN_POUNDS = ("stage_unclear", "basis_per_year", "kind_unclear", "kind_both", "outside_filters")
"""Reasons whose pounds are of one sort, so that their sum says something; the others are counted in lines."""


def statistical_title(figure: Figure, selection: Selection, release: Release) -> str:
    """Measure, split, place, period and prices: what the figure is, in the sober words of statistics."""
    labels = list(dict.fromkeys(measure.label for measure in figure.measures)) or [figure.title]
    measured = listed([labels[0], *(label[0].lower() + label[1:] for label in labels[1:])])
    split = f", by {listed([dimension.label.lower() for dimension in figure.by])}" if figure.by else ""
    prices = ", cash terms" if any(measure.unit == "GBP" for measure in figure.measures) else ""
    made_up = "ILLUSTRATIVE: " if release.illustrative else ""
    if any(measure.source == "claims" for measure in figure.measures):
        return f"{made_up}{measured}{split}"
    return f"{made_up}{measured}{split}, {place(selection, release)}, {period(selection)}{prices}"


def listed(words: list[str]) -> str:
    """Words as a list in a sentence: `a, b and c`."""
    return " and ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else words[0]


def place(selection: Selection, release: Release) -> str:
    """Where the selection is: England, or the councils, regions and types chosen."""
    chosen = [_names(name, codes, release) for name, codes in selection.where if dimension_named(name).by_council]
    return "; ".join(chosen) or "England"


def period(selection: Selection) -> str:
    """Which financial years are chosen, as a stretch where they are one."""
    years = [code for code in selection.values(FINANCIAL_YEAR) if code != NOT_STATED]
    if not selection.values(FINANCIAL_YEAR):
        return "all years"
    starts = sorted(int(code[:4]) for code in years)
    one_stretch = len(years) > 2 and starts == list(range(starts[0], starts[0] + len(starts)))
    named = f"{years[0]} to {years[-1]}" if one_stretch else ", ".join(years)
    missing = ["year not stated"] if NOT_STATED in selection.values(FINANCIAL_YEAR) else []
    return " and ".join([*([named] if named else []), *missing])


def _names(dimension_id: str, codes: tuple[str, ...], release: Release) -> str:
    dimension = dimension_named(dimension_id)
    labels = dict(dimension.labels) | release.labels.get(dimension_id, {})
    return ", ".join(dimension.not_stated if code == NOT_STATED else labels.get(code, code) for code in codes)


def chips(selection: Selection, release: Release) -> list[tuple[str, str]]:
    """Each filter in words: (dimension id, what it is restricted to)."""
    return [(name, f"{dimension_named(name).label}: {_names(name, codes, release)}") for name, codes in selection.where]


def showing(selection: Selection, release: Release, staged: bool = True) -> str:
    """The sentence under the header: what is shown, in plain words. `staged` says whether the stage chosen matters."""
    kinds = _names("kind", dict(selection.where).get("kind", ()), release).lower()
    areas = _names("skill_area", dict(selection.where).get("skill_area", ()), release)
    parts = [
        f"{kinds or 'savings and income, kept apart,'} {selection.stage if staged else 'at every stage'}",
        areas or "all skill areas",
        period(selection),
        place(selection, release),
    ]
    grants = selection.values(dimension_named("grant_year"))
    if grants:
        parts.append(f"grants of {', '.join(grants)}")
    return f"Showing {', '.join(parts)}."


def coverage(base: Base, stage: str) -> str:
    """How many of the selection's projects reported a known amount at the stage."""
    return f"{base.reported:,} of {counted(base.of_projects, 'project')} reported an amount {stage}"


def left_out_sentence(one: LeftOut) -> str:
    """One reason in words: `£2.3m from 1 project left out: stage unclear.`

    Pounds are given only where they are of one sort; lines that mix stages and bases are counted, never added.
    """
    if one.reason in IN_POUNDS and one.amount_gbp:
        a_year = " a year" if one.reason == "basis_per_year" else ""
        return (
            f"{pounds(one.amount_gbp)}{a_year} from {counted(one.projects, 'project')} left out: {REASONS[one.reason]}."
        )
    return f"{counted(one.lines, 'line')} of {counted(one.projects, 'project')} left out: {REASONS[one.reason]}."


def evidence_sentence(base: Base) -> str:
    """How well the value is evidenced, by value: `£0.9m partial evidence, £0.1m evidence not graded`."""
    return ", ".join(f"{money(amount)} {EVIDENCE[grade]}" for grade, amount in base.by_evidence)


def release_sentence(release: Release) -> str:
    """Where the numbers come from: `Release published-1a2b3c4d5e6f of 23 November 2026`."""
    built = date.fromisoformat(release.manifest["built_at"][:10])
    return f"Release {release.id} of {built.day} {built:%B %Y}"


def number_of(row: Mapping[str, Any], measure: Measure) -> str:
    """A number of a table: pounds without the sign (the heading has it), or counts with commas.

    What is not there is named: `not known` (a line without an amount), `not reported`, `joint, not apportioned`.
    """
    value = row[measure.id]
    if value is None and measure.source != "schedule":
        return "not known"
    if value is None:
        return "joint, not apportioned" if measure.id in row["joint"] else "not reported"
    return pounds(Decimal(value)).replace("£", "") if measure.unit == "GBP" else f"{value:,}"


def caption_of(answer: Answer) -> str:
    """The caption of an answer: what was added, over how many, what is not in it, and where it comes from."""
    release = answer.release
    sentences = []
    if release.illustrative:
        sentences.append("ILLUSTRATIVE: made up, no council reported it.")
    claims = any(measure.source == "claims" for measure in answer.figure.measures)
    if release.examples and not claims:
        sentences.append("Chosen examples: not a trend, a ranking of councils, or an average of the programme.")
    staged = [measure for measure in answer.figure.measures if measure.source == "schedule"]
    if staged:
        sentences += _in_pounds(answer)
    elif answer.figure.measures and answer.figure.measures[0].source == "observations":
        sentences.append("Each line as its source states it; lines are listed and never added up.")
    sentences += answer.figure.notes
    if not claims:
        sentences.append("Reported by councils; not audited.")
    sentences.append(f"Source: {release_sentence(release)}.")
    return " ".join(sentences)


def _in_pounds(answer: Answer) -> list[str]:
    base = answer.base
    stages = {measure.stage for measure in answer.figure.measures if measure.stage}
    stage = stages.pop() if len(stages) == 1 else "at one of these stages"
    behind = f"{counted(base.projects, 'project')}, {counted(base.councils, 'council')}"
    sentences = [f"Base: {behind}; {coverage(base, stage)}."]
    sentences += [_as_reported(answer, measure) for measure in answer.figure.measures if measure.stage]
    sentences += [left_out_sentence(one) for one in answer.left_out if one.reason not in ORDINARY]
    return [sentence for sentence in sentences if sentence]


def _as_reported(answer: Answer, measure: Measure) -> str:
    """The split of one measure into net, gross and not stated; stages and kinds are never added for it."""
    parts = answer.base_of(measure).by_net_or_gross
    if not parts:
        return ""
    named = ", ".join(f"{pounds(amount)} {NETS[kind]}" for kind, amount in parts)
    return f"{measure.label} as reported: {named}."
