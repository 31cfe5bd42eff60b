"""The words under and over a figure, composed from measure, selection, base and release; none of it is typed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from dashboard.dimensions import FINANCIAL_YEAR, NOT_STATED, dimension_named
from dashboard.left_out import ORDINARY, LeftOut
from dashboard.measures import MATCHED_STAGES, MEASURES, Measure
from dashboard.names import labels_among
from dashboard.query import outcomes_of, takes_prices, total_in
from dashboard.release import Base, Release
from dashboard.selection import Selection
from dashboard.style import UNIT_MARKS, counted, money, number_in_full, pounds

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
    "decided_out": "taken out by a decision",
    "withdrawal": "a withdrawal of an earlier amount",
    "stage_unclear": "stage unclear",
    "amount_unknown": "amount not known",
    "bounds_only": "only an upper or lower bound is stated",
    "basis_per_year": "stated per year, which is never added to totals",
    "kind_unclear": "kind unclear",
    "kind_both": "saving and income not split",
    "not_net": "not called net by its return",
    "not_gross": "not called gross by its return",
    "share_unknown": "the share of the programme is not known",
    "not_attributed": "not the programme's share",
    "basis_unclear": "not stated whether an amount a year or a total",
    "year_not_stated": "no single year is stated",
    "no_price_index": "its year has no price index",
    "recurrence_unclear": "not stated whether it recurs",
    "continuing": "continuing from an earlier year",
    "new_in_year": "new in its year",
    "grant_unknown": "the grant is not known",
    "cost_unknown": "the grant or the council's cost is not known",
    "spending_power_unknown": "the council's spending power is not known",
    "not_matched": "no amount of the other stage for the same years",
    "not_at_every_stage": "the project has no known total at another stage that is compared",
    "other_stage": "at another stage",
    "other_kind": "of another kind",
    "outside_filters": "in other years or over several, or of other councils or not apportioned",
}
EVIDENCE = {
    "sufficient": "sufficient evidence",
    "partial": "partial evidence",
    "insufficient": "insufficient evidence",
    "not_graded": "evidence not graded",
}
NETS = {"gross": "gross", "net": "net", "unclear": "not stated whether net or gross"}
FEWEST_FOR_SPREAD = 5
IN_POUNDS = ("stage_unclear", "basis_per_year", "kind_unclear", "kind_both", "outside_filters")


def statistical_title(figure: Figure, selection: Selection, release: Release) -> str:
    """Measure, split, place, period and prices: what the figure is, in the sober words of statistics."""
    measured = _measured(list(dict.fromkeys(measure.label for measure in figure.measures)) or [figure.title])
    split = f", by {listed([dimension.label.lower() for dimension in figure.by])}" if figure.by else ""
    prices = _prices(figure, selection)
    made_up = "ILLUSTRATIVE: " if release.illustrative else ""
    if any(measure.source == "claims" for measure in figure.measures):
        return f"{made_up}{measured}{split}"
    return f"{made_up}{measured}{split}, {place(selection, release)}, {period(selection)}{prices}"


def _measured(labels: list[str]) -> str:
    """The labels as a list; what stands after a comma in all of them is said once."""
    heads, tails = zip(*((head, tail) for head, _, tail in (label.partition(", ") for label in labels)), strict=True)
    once = len(set(tails)) == 1 and len(labels) > 1 and tails[0]
    named = list(heads) if once else labels
    return listed([named[0], *(name[0].lower() + name[1:] for name in named[1:])]) + (f", {tails[0]}" if once else "")


def _prices(figure: Figure, selection: Selection) -> str:
    """In which pounds: cash terms, the prices of a year, or discounted to it."""
    if not any(measure.unit == "GBP" or takes_prices(measure, selection) for measure in figure.measures):
        return ""
    if not any(takes_prices(measure, selection) for measure in figure.measures):
        return ", cash terms"
    discounted = any(measure.prices == "present_value" for measure in figure.measures)
    return f", {selection.real} prices" + (f", discounted to {selection.real} at 3.5% a year" if discounted else "")


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
    labels = labels_among(release, dimension, codes)
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
    named = {"skill_area", "financial_year", "kind", "grant_year"}
    others = [text for name, text in chips(selection, release) if name not in named and not _by_council(name)]
    parts += [text[0].lower() + text[1:] for text in others]
    if selection.real:
        parts.append(f"in {selection.real} prices")
    return f"Showing {', '.join(parts)}."


def _by_council(name: str) -> bool:
    return dimension_named(name).by_council


def what_reported(measures: Sequence[Measure]) -> str:
    """What a project of the base reported, in words: savings, income, either, or an amount of whatever kind."""
    kinds = {kind for measure in measures for kind in measure.kinds or ("any",)}
    named = {"efficiency_saving": "savings", "income_generation": "income"}
    if not kinds or kinds - named.keys():
        return "an amount"
    return " or ".join(named[kind] for kind in sorted(kinds))


def coverage(base: Base, stage: str, what: str = "an amount") -> str:
    """How many of the selection's projects reported a known amount at the stage."""
    return f"{base.reported:,} of {counted(base.of_projects, 'project')} reported {what} {stage}"


def left_out_sentences(answer: Answer) -> list[str]:
    """Every reason in words, with lines and, where it says something, pounds: `£2.3m from 1 project …: stage unclear.`

    Pounds are given only where they are of one sort: of one measure's stage and kind, or at no stated stage.
    Lines that mix stages, kinds and bases are counted, never added.
    """
    one_sort = IN_POUNDS if len(answer.figure.measures) == 1 else IN_POUNDS[:1]
    return [_left_out(one, one.reason in one_sort) for one in answer.left_out]


def _left_out(one: LeftOut, in_pounds: bool) -> str:
    projects = "" if one.projects is None else counted(one.projects, "project")
    a_year = " a year" if one.reason == "basis_per_year" else ""
    if in_pounds and one.amount_gbp:
        what = f"{pounds(one.amount_gbp)}{a_year}{f' from {projects}' if projects else ''}"
    else:
        parts = " and parts of others" if one.projects and one.projects > one.lines else ""
        what = f"{counted(one.lines, 'line')}{parts}{f' of {projects}' if projects else ''}"
    return f"{what} left out: {REASONS[one.reason]}."


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
    if value is None and not measure.staged:
        return "not known"
    if value is None:
        return "joint, not apportioned" if measure.id in row["unapportioned"] else "not reported"
    return _bare(value, measure.unit)


def _bare(value: Any, unit: str) -> str:
    return number_in_full(value, unit).replace("£", "").removesuffix("%")


def numbers_of(row: Mapping[str, Any], measure: Measure) -> list[str]:
    """The number of a measure, and the ends of its interval where it has one: `none` where there are too few projects.

    One for each of `measure.columns`.
    """
    ends = [row[name] for name in measure.numbers[1:]]
    return [number_of(row, measure), *("none" if end is None else _bare(end, measure.unit) for end in ends)]


def headings_of(measure: Measure) -> list[str]:
    """The headings over `numbers_of`, each with its unit."""
    return [label + UNIT_MARKS.get(measure.unit, "") for _, label in measure.columns]


def caption_of(answer: Answer) -> str:
    """The caption of an answer: what was added, over how many, what is not in it, and where it comes from."""
    return " ".join([*lead_of(answer), *within(answer), *missing_from(answer), *close_of(answer)])


def lead_of(answer: Answer) -> list[str]:
    """The first sentences of a caption: what the collection is, what it is restricted to, the base and its spread."""
    release, measures = answer.release, answer.figure.measures
    sentences = ["ILLUSTRATIVE: made up, no council reported it."] if release.illustrative else []
    if release.examples and not _of(answer, "claims"):
        sentences.append("Chosen examples: not a trend, a ranking of councils, or an average of the programme.")
    restricted = "; ".join(text for _, text in chips(answer.selection, release))
    if restricted and not _of(answer, "claims"):
        sentences.append(f"Restricted to {restricted}.")
    if _of(answer, "claims"):
        sentences.append("Claims overlap and count different things: they are never added, divided or ranked.")
    if _of(answer, "observations"):
        sentences.append("Each line as its source states it; lines are listed and never added up.")
    measures = outcomes_of(measures)
    if measures and not answer.refused:
        stage = _which_stages(measures)
        behind = f"{counted(answer.base.projects, 'project')}, {counted(answer.base.councils, 'council')}"
        sentences.append(f"Base: {behind}; {coverage(answer.base, stage, what_reported(measures))}.")
        sentences += filter(None, [_spread(answer, measures[0]) if len(measures) == 1 else "", _forecast(answer)])
    return sentences


def within(answer: Answer) -> list[str]:
    """What the numbers hold: how much of them is net or gross, and what a reader must know of amounts in them."""
    measures = () if answer.refused else outcomes_of(answer.figure.measures)
    split = (_as_reported(answer, measure) for measure in measures if measure.stage)
    warnings = (warning for measure in measures for warning in _warnings(answer, measure))
    return list(dict.fromkeys(sentence for sentence in (*split, *warnings) if sentence))


def _which_stages(measures: tuple[Measure, ...]) -> str:
    """At which stage a project of the base reported: at every one where the same projects are compared."""
    sources = {measure.source for measure in measures}
    if sources & MATCHED_STAGES.keys():
        return "at every stage compared"
    if "matched" in sources:
        return "at both stages for the same years"
    stages = {measure.stage for measure in measures if measure.stage}
    return str(stages.pop()) if len(stages) == 1 else "at one of these stages"


def missing_from(answer: Answer) -> list[str]:
    """The middle of a caption: lines that a reader might look for in the numbers and will not find there."""
    few = answer.figure.fewest
    withheld = [f"Withheld, of fewer than {few} projects: {listed(list(answer.withheld))}."] if answer.withheld else []
    listed_lines = zip(answer.left_out, left_out_sentences(answer), strict=True)
    return [*withheld, *(sentence for one, sentence in listed_lines if one.reason not in ORDINARY)]


def close_of(answer: Answer) -> list[str]:
    """The last sentences of a caption: notes, assurance, source."""
    assurance = [] if _of(answer, "claims") else ["Reported by councils; not audited."]
    return [*answer.figure.notes, *assurance, f"Source: {release_sentence(answer.release)}."]


def _of(answer: Answer, source: str) -> bool:
    return any(measure.source == source for measure in answer.figure.measures)


def _as_reported(answer: Answer, measure: Measure) -> str:
    """The split of one measure into net, gross and not stated; stages and kinds are never added for it."""
    parts = answer.base_of(measure).by_net_or_gross
    if not parts or not measure.kinds or (measure.net, measure.pounds) != ("as_reported", "amount_gbp"):
        return ""
    named = ", ".join(f"{pounds(amount)} {NETS[kind]}" for kind, amount in parts)
    cash = ", in cash terms" if takes_prices(measure, answer.selection) else ""
    return f"{_pounds_of(measure)} as reported{cash}: {named}."


def _pounds_of(measure: Measure) -> str:
    """What the pounds of a measure are called: of a share or a median those of its total."""
    made_of = MEASURES[total_in(measure)[0]]
    plain = measure.source in MATCHED_STAGES or measure.unit != "GBP" or measure.grain
    return made_of.label if plain and made_of.unit == "GBP" else measure.label


def _warnings(answer: Answer, measure: Measure) -> list[str]:
    """What a reader must know of amounts that are in the number: unclear basis, no stated end."""
    base = answer.base_of(measure)
    warnings = []
    if base.unclear_basis_gbp and measure.basis == "total":
        unclear = f"{_pounds_of(measure)}: {pounds(base.unclear_basis_gbp)}"
        warnings.append(f"{unclear} does not say whether it is a total or an amount a year; it counts as stated.")
    if base.endless_gbp and measure.basis.startswith("in_year"):
        endless = f"{measure.label}: {pounds(base.endless_gbp)} a year"
        warnings.append(f"{endless} has no stated end, and counts in its first year only.")
    return warnings


def _spread(answer: Answer, measure: Measure) -> str:
    """How the projects behind a total spread, since a few of them carry most of it."""
    spread = answer.release.spread(measure, answer.selection)
    if not spread or spread["median"] is None or answer.base.projects < FEWEST_FOR_SPREAD:
        return ""
    return (
        f"The middle project reported {money(spread['median'])}, the middle half {money(spread['lower_quartile'])} to "
        f"{money(spread['upper_quartile'])}; the largest is {number_in_full(spread['largest_share_of'], 'percent')} "
        "of the sum."
    )


def _forecast(answer: Answer) -> str:
    """That a price index is a forecast, where the base year's is."""
    real = answer.selection.real
    if not real or not any(takes_prices(measure, answer.selection) for measure in answer.figure.measures):
        return ""
    status = "a forecast" if answer.release.is_forecast(real) else "outturn"
    return f"Prices: HM Treasury GDP deflators, {real} = 100, {status}."
