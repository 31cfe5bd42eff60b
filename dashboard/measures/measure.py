"""What a measure is: what it counts, in which unit, what of a row it adds, and what it leaves out and why."""

from collections.abc import Sequence
from dataclasses import dataclass
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
KINDS_OF = {
    "savings": ("efficiency_saving",),
    "income": ("income_generation",),
    "savings_and_income": ("efficiency_saving", "income_generation"),
}
"""The kinds that each noun of a measure covers. Savings and income stand together only where the name says so."""
NOUNS = {"savings": "savings", "income": "income", "savings_and_income": "savings and income"}
UNITS = {"GBP": "pounds", "count": "a count", "percent": "percent", "pounds_per_pound": "pounds per £1"}

OF_PROJECTS = "count(distinct project_no)"
"""How projects are counted; a release notes beforehand what it comes to."""
MOST_NAMED = 20


class UnknownName(ValueError):
    """A name that nothing declared bears; the message names what was meant, or what exists."""


Reason = tuple[str, str]
"""Why a line is not in a number: the code of the reason, and the condition on a line, in SQL."""


@dataclass(frozen=True)
class Measure:
    """One measure. `aggregate` is a SQL aggregate over the rows of `source` that meet `rows`.

    `unit` is one of UNITS. `pounds` is what of a row the measure adds. Where `grain` names columns, rows are first
    grouped by them and `inner` worked out for each group; the aggregate is over those. `over` is the aggregate that
    the first is divided by, `of` the id of a measure that it is divided by; the value is then a ratio of sums.
    `interval` names the 95% interval that goes with the value. `adds_up` says that its values over the parts of a
    selection sum to its value over the whole. `stage`, `kinds`, `basis`, `net` and `prices` say which sort of pounds
    it adds. `family` is what it is called without its stage, so that a figure can follow the stage a reader chose.
    `leaves_out` are reasons why a line of the right stage and kind is not counted; `rest` is the reason for that part
    of a line's pounds which the measure does not add. `whole_projects` says that it cannot be given for a part of a
    project's amounts, such as one year. `method` is the source of the method.
    """

    id: str
    label: str
    unit: str
    definition: str
    aggregate: str
    source: str = "schedule"
    rows: str = "true"
    pounds: str = "amount_gbp"
    grain: tuple[str, ...] = ()
    inner: str = ""
    over: str | None = None
    of: str | None = None
    interval: str | None = None
    adds_up: bool = True
    stage: str | None = None
    kinds: tuple[str, ...] = ()
    basis: str = "total"
    net: str = "as_reported"
    prices: str = "cash"
    family: str | None = None
    leaves_out: tuple[Reason, ...] = ()
    rest: str = "outside_filters"
    whole_projects: bool = False
    refuses: str = ""
    worded: str = ""
    method: str = ""
    examples: bool = True

    @property
    def kind(self) -> str | None:
        """The one kind that the measure counts; None where it counts several or any."""
        return self.kinds[0] if len(self.kinds) == 1 else None

    @property
    def staged(self) -> bool:
        """Whether it looks at the pounds that outcomes place in years."""
        return self.source in SCHEDULES

    @property
    def adds_pounds(self) -> bool:
        """Whether pounds are added for it: it is a sum of them, or made of such sums."""
        return "{pounds}" in self.aggregate + self.inner

    @property
    def per_line(self) -> bool:
        """Whether it lists single lines, claims or assumptions, which are never added up."""
        return self.source in ("observations", "claims", "assumptions")

    @property
    def formula(self) -> str:
        """How the number comes about, in SQL: the aggregate, what it is divided by, and of which rows."""
        if not self.aggregate:
            return f"sums of pounds times the bounds of assumptions, where {self.rows}"
        inner = f", {self.inner} by {', '.join(self.grain)}" if self.grain else ""
        divided = f" / {self.over}" if self.over else f" / {self.of}" if self.of else ""
        return f"{self.aggregate}{divided}{inner}, where {self.rows}".replace("{pounds}", self.pounds)

    @property
    def numbers(self) -> tuple[str, ...]:
        """The keys of its numbers in a row of a table: its own, and the ends of its interval."""
        return tuple(name for name, _ in self.columns)

    @property
    def columns(self) -> tuple[tuple[str, str], ...]:
        """The keys of its numbers with their headings, without the unit."""
        alone = ((self.id, self.label),)
        if not self.interval:
            return alone
        ends = ("low", "from"), ("high", "to")
        return (*alone, *((f"{self.id}_{end}", f"95% interval, {word}") for end, word in ends))


EVERY_STAGE = STAGES
MATCHED_STAGES = {"at_every_stage": EVERY_STAGE, "at_both_stages": ("achieved", "projected")}
"""The sources that hold only projects with a known total at each of these stages, whatever its years."""
SCHEDULES = ("schedule", "up_to_year", "matched", *MATCHED_STAGES, "costed", "powered")
"""The sources that hold the schedule: as it stands, with the years before each, or with what else it is set against."""
FROM_SCHEDULE = "counts outcomes by the year their pounds fall in"
SOURCES = {
    "schedule": FROM_SCHEDULE,
    "up_to_year": f"{FROM_SCHEDULE}, each with those of the years before",
    "matched": "counts outcomes that stand at both stages, for the same years of benefit",
    "at_every_stage": "counts outcomes of projects that report all three stages",
    "at_both_stages": "counts outcomes of projects that report what they projected and what they achieved",
    "costed": f"{FROM_SCHEDULE}, with the costs of their projects",
    "powered": f"{FROM_SCHEDULE}, with what their councils may spend",
    "projects": "counts projects",
    "project_councils": "counts projects and their councils",
    "observations": "lists lines",
    "claims": "lists claims",
    "assumptions": "what a total may be worth under declared assumptions",
}
"""What each source of a measure is, in words."""


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


def quoted(values: Sequence[str]) -> str:
    """Declared codes as a list in SQL."""
    return "(" + ", ".join(f"'{value}'" for value in values) + ")"


def of_kinds(noun: str, stage: str) -> str:
    """The condition that a row is of a noun's kinds and at a stage."""
    return f"stage = '{stage}' and kind in {quoted(KINDS_OF[noun])}"


def kind_words(noun: str) -> str:
    """What a noun covers, in a sentence: `of kind efficiency saving`."""
    return "of kind " + " or ".join(KIND_LABELS[kind].lower() for kind in KINDS_OF[noun])
