"""Writes the pages of docs/ that follow from what the code declares: measures and dimensions, figures, rules."""

import argparse
import csv
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

from dashboard.caption import REASONS
from dashboard.dimensions import DIMENSIONS
from dashboard.figure import Figure
from dashboard.glossary import TERMS
from dashboard.measures import GROUPS, SOURCES, STAGE_MEANINGS, STAGES, UNITS, Measure
from dashboard.refusals import REFUSALS
from dashboard.sureness import ASSUMPTIONS
from dashboard.topics import TOPICS
from dashboard.topics.council import COUNCIL_PROFILE
from etl.claim_rules import CLAIM_RULES
from etl.columns import COLUMNS
from etl.readings import QUARANTINES_IF_UNREADABLE
from etl.rules import RULES, THRESHOLDS, Rule

FOLDER = Path(__file__).resolve().parent
FINDING_CODES = FOLDER.parent / "data" / "reference" / "finding_codes.csv"
MADE = "*Made by `make docs` from what the code declares; edit the declaration, not this page.*"
FATES = {"quarantined": "quarantined", "held": "held", None: "none: a remark"}
FATE_MEANINGS = [
    ["loaded", "every needed value was read and nothing speaks against it"],
    ["held", "it was read, but is implausible or contradicted: a person must decide"],
    ["quarantined", "a needed value is missing, or cannot be read in one way only"],
    ["ignored", "no data: a blank row, a total, a heading again, a note"],
]
SHOWN = {
    "all": "all",
    "examples": "chosen examples only",
    "returns": "returns only, not chosen examples",
    "claims": "those with published claims",
}


def table(headings: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """A table of a page; a | in a cell is written so that it stays in its cell."""
    lines = [list(headings)]
    lines += [["---"] * len(lines[0])]
    lines += [[cell.replace("|", "\\|").replace("\n", " ") for cell in row] for row in rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def code(text: str) -> str:
    """A name as the command line takes it."""
    return f"`{text}`"


def page(title: str, opening: str, *parts: str) -> str:
    """A whole page: its title, what it is for, and its parts."""
    return "\n\n".join([f"# {title}", MADE, opening, *parts]) + "\n"


def measures() -> str:
    """Every measure with its unit, definition and refusals; every dimension."""
    staged = table(["stage", "means"], [[stage, STAGE_MEANINGS[stage]] for stage in STAGE_MEANINGS])
    defined = "\n\n".join(
        "\n\n".join([f"### {group}", *(_family(family) for family in _families(measures_of))])
        for group, measures_of in GROUPS.items()
    )
    split = table(
        ["id", "label", "describes", "can filter", "without a value it says"],
        [
            [code(d.id), d.label, f"a {d.level}", "yes" if d.filters else "no", d.not_stated]
            for d in DIMENSIONS.values()
        ],
    )
    return page(
        "Measures and dimensions",
        "What can be asked for, with `savings query` and in the figures. `savings measures` and "
        "`savings dimensions` print the same.",
        "## Stages",
        f"A figure that follows the stage speaks of one at a time: {', '.join(STAGES[:-1])} or {STAGES[-1]}.",
        staged,
        "## Measures",
        defined,
        "## Dimensions",
        split,
        *_conditions(),
    )


def _conditions() -> list[str]:
    """What numbers depend on: the assumptions of ranges, what is refused, and what is left out."""
    return [
        "## Assumptions of the range",
        "What a pound of an achieved total may be worth, at least and at most. They are ours. A known share of "
        "attribution is its own lower end. See [method.md](method.md), How sure are we.",
        table(
            ["assumption", "sort", "at least", "at most", "why"],
            [[code(a.id), a.sort.replace("_", " "), str(a.low), str(a.high), a.reason] for a in ASSUMPTIONS],
        ),
        "## Refusals",
        "A question whose answer would mislead is refused with one of these codes, the reason, and what can be asked "
        "instead. A sum of measures (`--measure A+B`) is always refused: every sum that may be made has a measure of "
        "its own, which the refusal names.",
        table(["code", "reason"], [[code(name), reason] for name, reason in REFUSALS.items()]),
        "## Left out",
        "Every answer says which lines of the selection's projects it does not hold, by reason, with their pounds: the "
        "pounds of all loaded lines are those in the number and those left out, to the penny.",
        table(["reason", "in words"], [[code(name), words] for name, words in REASONS.items()]),
    ]


def _families(measures_of: list[Measure]) -> list[list[Measure]]:
    """Measures that differ in their stage alone, together."""
    found: dict[str, list[Measure]] = {}
    for measure in measures_of:
        found.setdefault(measure.family or measure.id, []).append(measure)
    return list(found.values())


def _family(family: list[Measure]) -> str:
    """What a measure says, once for all its stages: the first of them in full."""
    first = family[0]
    adds = "adds up over the parts of a selection" if first.adds_up else "does not add up over parts"
    parts = [
        f"#### {first.label}",
        f"{', '.join(code(measure.id) for measure in family)} · {UNITS[first.unit]} · {SOURCES[first.source]} · {adds}",
        f"{first.definition}{' ' + first.refuses if first.refuses else ''}",
        f"Formula: {code(first.formula)}",
    ]
    reasons = dict.fromkeys(REASONS[name] for name, _ in first.leaves_out)
    if reasons:
        parts.append(f"Left out beside what no total holds: {'; '.join(reasons)}.")
    if first.method:
        parts.append(f"Method: {first.method}")
    return "\n\n".join(parts)


def figures() -> str:
    """Every figure by topic, with its permanent id."""
    parts = []
    for topic in (*TOPICS, COUNCIL_PROFILE):
        parts += [f"## {topic.title}", topic.question, *(_figure(figure) for figure in topic.figures)]
    return page(
        "Figures",
        "An id is permanent: it is the anchor of a link, the name of a file and what a citation names. "
        "`savings figure ID` answers one.",
        *parts,
    )


def _figure(figure: Figure) -> str:
    facts = [
        f"{code(figure.id)} · {type(figure.chart).__name__.lower()}",
        f"measures: {', '.join(code(measure.id) for measure in figure.measures)}",
    ]
    if figure.by:
        facts.append(f"by {', '.join(code(dimension.id) for dimension in figure.by)}")
    if figure.follows_stage:
        facts.append("at the stage that the reader chooses")
    if figure.shown != "all":
        facts.append(f"collections: {SHOWN[figure.shown]}")
    return f"### {figure.title}\n\n{' · '.join(facts)}\n\n{' '.join([figure.question, *figure.notes])}"


def rules() -> str:
    """Every rule of a line, every threshold, and every code that a finding or a problem may bear."""
    with FINDING_CODES.open(encoding="utf-8", newline="") as stream:
        codes = list(csv.DictReader(stream))
    needed = ", ".join(code(column.name) for column in COLUMNS if column.needed)
    judged = ", ".join(map(code, QUARANTINES_IF_UNREADABLE))
    return page(
        "Rules",
        "What is looked for in every line of a return, and what becomes of the line. A line keeps the gravest fate "
        "that any rule gives it; a remark changes none. All findings of a file are shown at once.",
        "## Rules of a line",
        table(
            ["id", "fate", "looks for", "column"],
            [[code(r.id), FATES[r.fate], _meaning(r), code(r.column)] for r in RULES],
        ),
        "## Thresholds",
        "Ours, unless a source is named. They are constants in `etl/rules.py`.",
        table(["name", "value", "meaning"], [[code(t.name), t.value, t.meaning] for t in THRESHOLDS]),
        "## Codes of a cell",
        f"A line needs {needed} (an amount may be empty: not yet known). "
        f"A cell that cannot be read makes its line quarantined under these headings: {judged}. "
        "Under any other heading the value counts as not known, and the finding says so.",
        table(["code", "meaning"], _coded(codes, "cell")),
        "## Remarks on a cell",
        "The value was read; a person may want to look.",
        table(["code", "meaning"], _coded(codes, "remark")),
        "## What is found in a sheet or a row",
        "Most are remarks; where a meaning says so, lines are held or quarantined.",
        table(["code", "meaning"], _coded(codes, "sheet")),
        "## Rules of a claim",
        "A published claim is set against the ledger when a release is built. The first rule that fits is its verdict; "
        "see [method.md](method.md), Claims against the ledger.",
        table(["code", "verdict", "it fits where"], [[code(r.id), r.verdict, r.meaning] for r in CLAIM_RULES]),
        "## Problems of a whole file",
        "Nothing is loaded while a file has a problem.",
        table(["code", "meaning"], _coded(codes, "file")),
    )


def _meaning(rule: Rule) -> str:
    return rule.meaning.replace("''", "'")


def _coded(codes: list[dict[str, str]], what: str) -> list[list[str]]:
    return [[code(row["code"]), row["meaning"]] for row in codes if row["what"] == what]


def glossary() -> str:
    """Every word that we use in one sense, the stages, the fates, and the three kinds of nothing."""
    return page(
        "Glossary",
        "One word for one thing, on screen, in files, in code and in these pages. The last column lists words that we "
        "avoid because they mean several things.",
        table(["we say", "and mean", "not"], [[term.name, term.meaning, term.avoided] for term in TERMS]),
        "## Stages",
        table(["stage", "means"], [[stage, STAGE_MEANINGS[stage]] for stage in STAGE_MEANINGS]),
        "## Fates",
        table(["fate", "means"], FATE_MEANINGS),
        "## Three kinds of nothing",
        "**Unknown** is an amount that nobody stated: a blank cell, `n/a`, `TBC`. **Zero** is an amount: the council "
        "reported that nothing was saved. **Not yet reported** is a project without a line at that stage. They are "
        'told apart everywhere: zero is written £0, an unknown amount "not known", and coverage counts the projects '
        "that have reported.",
    )


PAGES: dict[str, Callable[[], str]] = {
    "measures.md": measures,
    "figures.md": figures,
    "rules.md": rules,
    "glossary.md": glossary,
}


def main() -> int:
    """Writes the pages; with --check, exit status 1 if one is not as it would be written."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="change nothing; say which pages are out of date")
    check = parser.parse_args().check
    stale = []
    for name, make in PAGES.items():
        text = make()
        known = (FOLDER / name).read_text("utf-8") if (FOLDER / name).exists() else None
        if known == text:
            continue
        stale.append(name)
        if not check:
            (FOLDER / name).write_text(text, "utf-8")
    if check and stale:
        sys.stderr.write(f"Out of date: {', '.join(f'docs/{name}' for name in stale)}. Run: make docs\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
