"""The columns of the return template: what each is called there, how its cells are written, and an example."""

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from etl.columns import COLUMNS, Column
from etl.readings import WORD_COLUMNS, YEAR_COLUMNS
from etl.values.date import FIRST_YEAR, LAST_YEAR
from etl.values.financial_year import write_financial_year
from etl.values.words import vocabulary, word_key

Form = Literal["text", "money", "number", "date"]
NEEDED_MARK = " *"
COUNCIL = "lead_council"
AREA = "skill_area"


@dataclass(frozen=True)
class Field:
    """One column of the template: its canonical name, its heading there, its width and form, and an example.

    `hint` is what to know beyond what the column holds, or `instead` of it where that is a list to choose from.
    The example stands on the Notes sheet only;
    it is empty where the example line has no such cell.
    """

    name: str
    label: str
    example: str
    width: int = 18
    form: Form = "text"
    hint: str = ""
    instead: bool = False

    @property
    def column(self) -> Column:
        """The column of the return that it fills."""
        return next(column for column in COLUMNS if column.name == self.name)

    @property
    def heading(self) -> str:
        """What stands above the column: its label, marked if every line needs it."""
        return self.label + (NEEDED_MARK if self.column.needed else "")

    @property
    def meaning(self) -> str:
        """What to write in the column, in a sentence or two."""
        holds = f"{self.column.holds[0].upper()}{self.column.holds[1:]}."
        return self.hint if self.instead else f"{holds} {self.hint}".rstrip()


FIELDS = (
    Field("project_ref", "Project reference", "PEP-2014-017", 20),
    Field("project_title", "Project title", "Sharing a revenues service", 32),
    Field("skill_area", "Skill area", "Shared services", 28),
    Field("lead_council", "Lead council", "Leeds City Council", 36, hint="A former council keeps its own name."),
    Field("partner_councils", "Partner councils", "Wakefield Metropolitan District Council", 36),
    Field("partner_shares", "Partner shares", "60%;40%", hint="They sum to 100%. Leave it empty if there are none."),
    Field("grant_year", "Grant year", "2014-15", 12),
    Field("grant_gbp", "Grant (£)", "7000", 12, "money"),
    Field("council_cost_gbp", "Cost to the council", "2500", 16, "money"),
    Field("expert_type", "Type of expert", "Other public sector", 20, hint="Where the expert came from.", instead=True),
    Field("expert_days", "Days of expert", "12", 14, "number"),
    Field(
        "kind",
        "Kind of benefit",
        "Efficiency saving",
        20,
        hint="What the amount is: money no longer spent, money earned, or both and not split.",
        instead=True,
    ),
    Field(
        "cashability",
        "Cashability",
        "Cashable",
        14,
        hint="Does it release cash that can be spent elsewhere?",
        instead=True,
    ),
    Field(
        "stage",
        "Stage",
        "Achieved",
        14,
        hint="Identified: found possible. Projected: in a plan or forecast. Achieved: it has happened. "
        "Withdrawn: takes earlier amounts back. One line for each stage; they are never added.",
        instead=True,
    ),
    Field(
        "basis",
        "Total or per year",
        "Total",
        16,
        hint="Is the amount for all of its years together, or for each year?",
        instead=True,
    ),
    Field(
        "recurrence",
        "One-off or recurring",
        "One-off",
        20,
        hint="Does the benefit come once, or again each year?",
        instead=True,
    ),
    Field("financial_year", "Financial year", "2015-16", 15, hint="For several years, use the next two columns."),
    Field("period_start", "First year of benefit", "", 18),
    Field("period_end", "Last year of benefit", "", 18),
    Field(
        "amount_gbp",
        "Amount (£)",
        "125000.50",
        16,
        "money",
        "Empty is not zero. Do not write thousands or a total of other lines.",
    ),
    Field("amount_low_gbp", "Lower estimate", "110000", 18, "money"),
    Field("amount_high_gbp", "Upper estimate", "140000", 18, "money"),
    Field(
        "net_or_gross",
        "Net or gross",
        "Net",
        14,
        hint="Net: the cost of getting it has been taken off. Gross: it has not.",
        instead=True,
    ),
    Field("attribution_share", "Attribution share", "80%", 16, hint="Empty is not known, not 100%."),
    Field(
        "evidence_grade",
        "Evidence grade",
        "Partial",
        16,
        hint="How well the amount is evidenced, in the programme's own grading.",
        instead=True,
    ),
    Field("reported_on", "Date of report", "2016-05-31", 16, "date", "Of two reports of one thing, the later counts."),
    Field(
        "publishable",
        "May be published",
        "No",
        16,
        hint="May the amount be shown outside the programme? Empty is no.",
        instead=True,
    ),
    Field("source_title", "Source", "Outturn report to cabinet", 28),
    Field("source_url", "Source address", "https://www.example.org/outturn", 28),
    Field("source_quote", "Source quote", "", 28),
    Field("notes", "Notes", "Half of a post was not filled", 40, hint="No names or addresses of persons."),
)


def choices(name: str, reference: Path) -> tuple[str, ...]:
    """What may be chosen in a column, as a person writes it and as it reads back; empty where it is free."""
    if name == COUNCIL:
        return tuple(sorted((row["name"] for row in _rows(reference, "councils.csv")), key=str.casefold))
    if name == AREA:
        return tuple(row["label"] for row in _rows(reference, "skill_areas.csv"))
    if name in YEAR_COLUMNS:
        return tuple(write_financial_year(start) for start in range(FIRST_YEAR, LAST_YEAR + 1))
    return _words(name, reference) if name in WORD_COLUMNS else ()


def _words(name: str, reference: Path) -> tuple[str, ...]:
    """Each value of a closed column once: in the words of the column's own declaration, else of words.csv."""
    known = vocabulary(reference, name)
    holds = next(column.holds for column in COLUMNS if column.name == name)
    declared = {known[word_key(word)]: word for word in holds.replace(" or ", ", ").split(", ")}
    listed = {row["value"]: row["word"] for row in reversed(_rows(reference, "words.csv")) if row["column"] == name}
    found = {value: declared.get(value) or listed[value] for value in (*declared, *known.values())}
    return tuple(word[0].upper() + word[1:] for word in found.values())


def council_lives(reference: Path) -> dict[str, tuple[str, str]]:
    """Each council's first and last day, as text; blank where it is before 2012, or where it exists today."""
    return {row["name"]: (row["start_date"], row["end_date"]) for row in _rows(reference, "councils.csv")}


@cache
def _rows(reference: Path, file: str) -> list[dict[str, str]]:
    with (reference / file).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))
