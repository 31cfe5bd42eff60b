"""The columns of a made-up return, under headings as people write them, with others that only look like savings."""

from dataclasses import dataclass
from random import Random

import vocabulary as say
from programme import KINDS, STAGES, Plan
from typed_as import heading_year


@dataclass(frozen=True)
class Column:
    """One column: its heading (and the group above), what it is, and, of amounts, what its heading says."""

    heading: str
    what: str
    stage: str = ""
    kind: str = ""
    year: int | None = None
    group: str = ""


def columns_of(plan: Plan) -> list[Column]:
    """All columns of a table, in their order."""
    rng = plan.rng
    found = [] if plan.auto else [Column(rng.choice(say.REFS), "ref")]
    found += [
        Column(rng.choice(say.COUNCILS), "council"),
        Column(rng.choice(say.AREAS[: 4 + 3 * (rng.random() < 0.2)]), "area"),
    ]
    found += [Column(rng.choice(say.TITLES), "title")] if plan.auto or rng.random() < 0.7 else []
    found += [Column(rng.choice(say.STAGES), "stage")] if plan.stage_at == "column" else []
    found += [Column(rng.choice(say.KINDS), "kind")] if plan.kind_at == "column" else []
    found += [Column(rng.choice(say.YEARS), "year")] if plan.year_at == "column" else []
    found += [Column(rng.choice(say.GRANT_YEARS), "grant_year")] if rng.random() < 0.15 else []
    found += [Column(rng.choice(say.GRANTS), "grant")] if rng.random() < 0.15 else []
    found += [Column(rng.choice(say.NOTES), "notes")] if rng.random() < 0.3 else []
    found += [Column(rng.choice(say.DECOYS), "decoy") for _ in range(rng.choice((0, 0, 1, 1, 2, 3)))]
    if rng.random() < 0.4:
        rng.shuffle(found)
    amounts = _amount_columns(plan)
    at = len(found) if rng.random() < 0.6 else rng.randrange(len(found) + 1)
    found[at:at] = amounts
    if len(amounts) > 1 and rng.random() < 0.3:
        found.insert(
            at + len(amounts),
            Column(rng.choice(("Total", "Total (£)", "", "All", "Row total", "Sum", "Overall")), "row_total"),
        )
    return found


def _amount_columns(plan: Plan) -> list[Column]:
    rng = plan.rng
    saving = plan.kind_at == "column" and rng.random() < 0.5
    measures = say.MEASURES[plan.kind if plan.kind_at == "heading" else KINDS[0] if saving else None]
    measure = rng.choice(measures)
    stages = rng.sample(STAGES, 2) if plan.wide in ("stages", "both") else [plan.stage]
    kinds = list(KINDS) if plan.wide == "kinds" else [plan.kind]
    years = [plan.year + each for each in range(rng.randrange(2, 4))] if plan.wide in ("years", "both") else [plan.year]
    said = {stage: rng.choice(say.STAGED[stage]) for stage in stages}
    named = {kind: rng.choice(say.MEASURES[kind]) for kind in kinds}
    unit = rng.choice(say.UNITS[plan.unit]) if plan.unit_at == "heading" else ""
    yearly, style, grouped = heading_year(rng, 0), rng.randrange(4), rng.random() < 0.5
    found = []
    for stage in stages:
        for kind in kinds:
            for each in years:
                name = named[kind] if plan.wide == "kinds" else measure
                stage_word = said[stage] if plan.stage_at == "heading" else ""
                year_word = _like(yearly, each) if plan.year_at == "heading" else ""
                bare = style == 3 and plan.wide in ("years", "stages", "both")
                upper = stage_word if plan.wide != "years" else name
                words = _words(rng, "" if bare else name, stage_word, year_word, style)
                group = ""
                if grouped and plan.wide == "both":
                    group, words = f"{'' if bare else name} {stage_word}".strip(), year_word
                elif grouped and plan.wide == "years" and not bare:
                    group, words = f"{upper} {stage_word}".strip(), year_word
                heading = f"{words} {unit}{' p.a.' if plan.per_year else ''}".strip()
                found.append(Column(heading, "amount", stage, kind, each, group))
    return found


def _like(sample: str, start: int) -> str:
    """A year in the form of a sample, which is that of 2000-01."""
    one, two = start % 100, (start + 1) % 100
    return sample.replace("0-1", f"{start}-{start + 1}") if sample == "0-1" else {
        "0-01": f"{start}-{two:02d}", "0/01": f"{start}/{two:02d}", "00/01": f"{one:02d}/{two:02d}",
        "FY00/01": f"FY{one:02d}/{two:02d}", "FY01": f"FY{two:02d}", "0/1": f"{start}/{start + 1}",
    }[sample]  # fmt: skip


def _words(rng: Random, measure: str, stage: str, year_word: str, style: int) -> str:
    parts = (
        [stage, measure, year_word]
        if style == 0
        else [year_word, measure, stage]
        if style == 1
        else [measure, stage, year_word]
    )
    return " ".join(part for part in parts if part)
