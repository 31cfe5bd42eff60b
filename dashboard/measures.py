"""Every measure once: what it counts, in which unit, and what it refuses to add."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches

STAGES = ("achieved", "projected", "identified")
STAGE_LABELS = {
    "achieved": "achieved",
    "projected": "projected",
    "identified": "identified",
    "withdrawn": "withdrawn",
    "unclear": "at no stated stage",
}
STAGE_MEANINGS = {
    "identified": "found possible; nobody has committed to it",
    "projected": "in a plan, target, business case or forecast",
    "achieved": "said by the council to have happened",
    "withdrawn": "taken back: not confirmed when tested",
    "unclear": "the source does not say which stage it has reached",
}
KIND_LABELS = {
    "efficiency_saving": "Efficiency saving",
    "income_generation": "Income generation",
    "both": "Saving and income, not split",
    "unclear": "Kind unclear",
}


MOST_NAMED = 20


class UnknownName(ValueError):
    """A name that nothing declared bears; the message names what was meant, or what exists."""


@dataclass(frozen=True)
class Measure:
    """One measure. `aggregate` is a SQL aggregate over the rows of `source` that meet `rows`.

    `unit` is "GBP" (pounds, decimal) or "count". `grain` "project" first adds up to one amount a project, named
    `project_gbp`, and applies the aggregate to those. `adds_up` says that its values over the parts of a
    selection sum to its value over the whole. `stage` and `kind` are what it is restricted to, if anything.
    `family` is what it is called without its stage, so that a figure can follow the stage a reader chose.
    """

    id: str
    label: str
    unit: str
    definition: str
    aggregate: str
    source: str = "schedule"
    rows: str = "true"
    grain: str = "row"
    adds_up: bool = True
    stage: str | None = None
    kind: str | None = None
    family: str | None = None
    refuses: str = ""
    worded: str = ""
    examples: bool = True


STAGED_TOTAL = "basis <> 'per_year'"
TOTAL_REFUSES = (
    "Refuses to add two stages, savings to income, per-year amounts to totals, and amounts at no clear stage."
)


def _staged(family: str, kind: str, noun: str, stage: str) -> Measure:
    return Measure(
        id=f"{family}_{stage}",
        label=f"{noun} {stage}",
        unit="GBP",
        definition=(
            f"Sum in pounds of the amounts that councils reported as {stage} ({STAGE_MEANINGS[stage]}), "
            f"of kind {KIND_LABELS[kind].lower()}, as reported: gross, net and not stated together, in cash terms. "
            "A saving that recurs counts in each year for which it was reported."
        ),
        aggregate="sum(amount_gbp)",
        rows=f"stage = '{stage}' and kind = '{kind}' and {STAGED_TOTAL}",
        stage=stage,
        kind=kind,
        family=family,
        refuses=TOTAL_REFUSES,
        worded=f"{'efficiency savings' if kind == 'efficiency_saving' else 'income'} {stage}",
    )


def _of_projects(measure: Measure, prefix: str, label: str, aggregate: str, definition: str) -> Measure:
    return replace(
        measure,
        id=f"{prefix}_{measure.id}",
        label=label,
        definition=definition,
        aggregate=aggregate,
        grain="project",
        adds_up=False,
        family=f"{prefix}_{measure.family}",
        refuses="Refuses collections of chosen examples: an average of examples says nothing of the programme.",
        worded=label[0].lower() + label[1:],
        examples=False,
    )


SAVINGS = {stage: _staged("savings", "efficiency_saving", "Savings", stage) for stage in STAGES}
INCOME = {stage: _staged("income", "income_generation", "Income", stage) for stage in STAGES}
SAVINGS_ACHIEVED, SAVINGS_PROJECTED, SAVINGS_IDENTIFIED = (SAVINGS[stage] for stage in STAGES)
INCOME_ACHIEVED, INCOME_PROJECTED, INCOME_IDENTIFIED = (INCOME[stage] for stage in STAGES)
MEDIAN_SAVING = {
    stage: _of_projects(
        measure,
        "median",
        f"Median saving {stage} a project",
        "median(project_gbp)",
        f"The middle project's efficiency saving {stage}, over projects that reported an amount at this stage. "
        "Half of them reported less.",
    )
    for stage, measure in SAVINGS.items()
}

PROJECTS = Measure(
    id="projects",
    label="Projects",
    unit="count",
    definition="Distinct projects with at least one line that was read (loaded or held), whatever it reports.",
    aggregate="count(distinct project_no)",
    source="projects",
    adds_up=False,
    worded="projects",
)
COUNCILS = Measure(
    id="councils",
    label="Councils",
    unit="count",
    definition="Distinct councils that lead or are partners in the projects, at the codes of their time.",
    aggregate="count(distinct council)",
    source="project_councils",
    adds_up=False,
    worded="councils",
)
REPORTING_PROJECTS = Measure(
    id="reporting_projects",
    label="Projects that reported an amount",
    unit="count",
    definition="Distinct projects with at least one known amount, at whatever stage, in a line that counts.",
    aggregate="count(distinct project_no)",
    rows="amount_gbp is not null",
    adds_up=False,
    worded="projects that reported an amount",
)
AMOUNT_STATED = Measure(
    id="amount_stated",
    label="Amount stated",
    unit="GBP",
    definition=(
        "The amount of one line as its source states it, whatever its stage, basis, fate or standing. "
        "It is listed, never added up."
    ),
    aggregate="any_value(amount_gbp)",
    source="observations",
    adds_up=False,
    refuses="Refuses every sum: it is shown line by line only, so it must be asked by observation.",
    worded="amounts as their sources state them",
)

CLAIMED = Measure(
    id="claimed",
    label="Amount as published",
    unit="GBP",
    definition=(
        "An amount as somebody published it about the programme as a whole, with the wording and the source. Claims "
        "overlap and count different things, so they are shown one by one and never added, compared or divided."
    ),
    aggregate="any_value(amount_gbp)",
    source="claims",
    adds_up=False,
    refuses="Refuses every sum: it must be asked by claim.",
    worded="amounts as published",
)

MEASURES = {
    measure.id: measure
    for measure in (
        *SAVINGS.values(),
        *INCOME.values(),
        *MEDIAN_SAVING.values(),
        PROJECTS,
        COUNCILS,
        REPORTING_PROJECTS,
        AMOUNT_STATED,
        CLAIMED,
    )
}


def at_stage(measure: Measure, stage: str) -> Measure:
    """The measure of the same family at another stage; measures without a stage stay as they are."""
    return MEASURES[f"{measure.family}_{stage}"] if measure.stage else measure


def named(kind: str, name: str, declared: Sequence[str]) -> str:
    """The name, if it is declared; otherwise UnknownName, naming the nearest one or all there are."""
    if name in declared:
        return name
    near = get_close_matches(name, declared, n=1, cutoff=0.6)
    shown = ", ".join(declared[:MOST_NAMED]) + (
        f" and {len(declared) - MOST_NAMED} more" if declared[MOST_NAMED:] else ""
    )
    hint = f"Did you mean '{near[0]}'?" if near else f"There are: {shown}."
    raise UnknownName(f"No {kind} '{name}'. {hint}")


def measure_named(name: str) -> Measure:
    """The declared measure of this id; UnknownName otherwise."""
    return MEASURES[named("measure", name, tuple(MEASURES))]
