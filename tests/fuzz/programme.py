"""A random programme, and the plan of a return: what it says where."""

from dataclasses import dataclass, field
from functools import cache
from random import Random

import vocabulary as say
from typed_as import Body, Sum, bodies

STAGES, KINDS = ("achieved", "projected", "identified"), ("efficiency_saving", "income_generation")


@dataclass(frozen=True)
class Fact:
    """One amount as the truth has it; `ref` '' is any reference, `may_lack` names what the file does not say."""

    ref: str
    councils: tuple[str, ...]
    stage: str
    kind: str
    year: int | None
    sum: Sum
    basis: str = "unclear"


@dataclass(frozen=True)
class Project:
    """One project: its reference, its council as typed and by code, and its other names."""

    ref: str
    title: str
    typed: str
    body: Body
    partners: tuple[Body, ...]
    area: str


@dataclass
class Plan:
    """What is said where: in a column, in the heading of the amounts, in a statement, or nowhere."""

    rng: Random
    wide: str
    stage: str
    kind: str
    year: int
    stage_at: str
    kind_at: str
    year_at: str
    unit: str
    unit_at: str
    per_year: bool
    auto: bool
    projects: list[Project] = field(default_factory=list)


@cache
def _bodies() -> tuple[Body, ...]:
    return tuple(bodies())


def plan_of(rng: Random, seed: int) -> Plan:
    """The plan of a seed, with its projects."""
    wide = rng.choice(("", "", "", "", "years", "stages", "kinds", "both"))
    anywhere = ("column", "column", "column", "heading", "heading", "given")
    plan = Plan(
        rng, wide, rng.choice(STAGES), rng.choice((*KINDS[:1], *KINDS)), rng.randrange(2012, 2019),
        "heading" if wide in ("stages", "both") else rng.choice(anywhere),
        "heading" if wide == "kinds" else rng.choice(anywhere),
        "heading" if wide in ("years", "both") else rng.choice((*anywhere, "nowhere")),
        rng.choice(("£", "£", "£", "£000", "£000", "£m")), rng.choice(("heading", "heading", "title", "note", "row")),
        rng.random() < 0.08, rng.random() < 0.12,
    )  # fmt: skip
    day = f"{plan.year}-06-30"
    alive = [body for body in _bodies() if all(body.existed(f"{plan.year + years}-06-30") for years in range(4))]
    if plan.year_at not in ("heading", "nowhere"):
        alive += [body for body in _bodies() if body.existed(day) and not body.existed("2019-05-01")]
    if plan.year_at == "nowhere":
        alive = [body for body in alive if not body.end and body.start < "1999"]
    for number in range(rng.randrange(2, 8)):
        body = rng.choice(alive)
        ref = rng.choice(("PEP-{}-{:02d}", "PEP/{}/{:03d}", "S{}X{}", "P{}-{:03d}", "{}/{:03d}")).format(seed, number)
        title = f"{rng.choice(say.SUBJECTS)} {seed} {chr(65 + number)}"
        code = rng.choice(list(say.SKILLS))
        plan.projects.append(Project(ref, title, rng.choice(body.names), body, (), rng.choice(say.SKILLS[code])))
    return plan


def given_of(plan: Plan) -> dict[str, str]:
    """The statements that go with the file."""
    said = {"stage": plan.stage_at, "kind": plan.kind_at, "financial_year": plan.year_at}
    value = {"stage": plan.stage, "kind": plan.kind, "financial_year": f"{plan.year}-{(plan.year + 1) % 100}"}
    given = {column: value[column] for column, where in said.items() if where == "given"}
    return given | ({"project_ref": "auto"} if plan.auto else {})
