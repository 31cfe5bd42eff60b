"""The words of the field as we use them: one word for one thing, on screen, in files and in the documentation."""

import re
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Term:
    """A word and what we mean by it. `also` are other forms of it in our sentences; `avoided` mean several things."""

    name: str
    meaning: str
    also: tuple[str, ...] = ()
    avoided: str = ""


TERMS = (
    Term(
        "council",
        "a body that may take part, fire and national park authorities included; known by its GSS code, with the dates "
        "between which it existed",
        ("councils",),
        "authority, client",
    ),
    Term("financial year", "April to March, written 2014-15", ("financial years", "all years"), "FY, period"),
    Term(
        "project",
        "one funded piece of work: a lead council, perhaps partners, one skill area",
        ("projects",),
        "scheme",
    ),
    Term("skill area", "the sort of help that an expert gave, mapped from the label that each source used"),
    Term("expert", "whoever was paid to help: a person from a council, another public body, or a private firm"),
    Term("return", "a file as it was sent; never edited", ("returns",), "upload, submission"),
    Term("line", "one row of a return, known by file, sheet and row number", ("lines",), "record"),
    Term(
        "observation",
        "what a line says of a project: one amount at one stage, as reported on one date",
        ("observations",),
        "fact",
    ),
    Term(
        "outcome",
        "the observation that counts: the latest one of a project, kind, stage and years of benefit",
        ("outcomes",),
        "result",
    ),
    Term("stage", "how far an amount has come: identified, projected, achieved", ("stages",), "status, actual"),
    Term("identified", "found possible; nobody has committed to it"),
    Term("projected", "in a plan, target, business case or forecast"),
    Term("achieved", "said to have happened"),
    Term("withdrawn", "takes earlier amounts of that project and kind out of totals"),
    Term("kind", "efficiency saving, income, both where a source does not split them, or unclear", ("kinds",), "type"),
    Term("efficiency saving", "the same, or more, for less money", ("savings", "saving", "efficiency savings")),
    Term("income", "money newly earned, such as fees or trading; never added to savings in silence"),
    Term("basis", "whether an amount is a total or an amount a year"),
    Term("a year", "an amount per year, which enters no total: nobody knows for how many years", ("per year",)),
    Term("gross", "before what it cost to bring the saving about"),
    Term("net", "after what it cost to bring the saving about"),
    Term(
        "recurrence",
        "whether a benefit comes once (one-off) or again each year (recurring); unclear where nobody says",
        ("recurring", "one-off"),
        "hard, soft",
    ),
    Term("new", "the part of a year's pounds that the year before did not have", ("new in its year",)),
    Term("continuing", "the part of a year's pounds that goes on from an earlier year"),
    Term("cashability", "whether the saving takes money out of a budget (cashable) or frees time", ("cashable",)),
    Term("cash terms", "pounds of the year in which they fell, without a price index"),
    Term(
        "real terms",
        "pounds of all years in the prices of one, by HM Treasury's GDP deflators",
        ("prices", "price index"),
    ),
    Term(
        "attribution",
        "how much of a saving is the programme's work, where somebody said so",
        ("the programme's share",),
    ),
    Term("evidence grade", "sufficient, partial, insufficient, or not graded", ("evidence",), "RAG, confidence"),
    Term("median", "the value in the middle: half are at or below it", ("middle project", "the middle")),
    Term("core spending power", "what a council may spend in a year, as the settlement states it; here of 2015-16"),
    Term(
        "joint project",
        "a project of several councils; counts once, by recorded shares, else under its lead",
        ("joint",),
    ),
    Term("apportioned", "split among the councils of a joint project by recorded shares", ("not apportioned",)),
    Term(
        "claim",
        "an amount about the programme as somebody published it, with its wording and source",
        ("claims",),
        "headline figure",
    ),
    Term(
        "fate",
        "what became of a line: loaded, held, quarantined or ignored",
        ("fates",),
        "rejected, dropped",
    ),
    Term("held", "it was read, but is implausible or contradicted: a person must decide"),
    Term("quarantined", "a needed value is missing, or cannot be read in one way only"),
    Term("superseded", "an amount that a later report replaced"),
    Term("standing", "what part a loaded line plays: it counts, is superseded, is part of another, or is left out"),
    Term(
        "finding",
        "what was noticed in a line or a file: a code, the place, what was found and what to do",
        ("findings",),
        "error, warning",
    ),
    Term(
        "collection",
        "a set of returns that belong together: published, illustrative, programme",
        (),
        "dataset",
    ),
    Term(
        "release",
        "one file that never changes: a collection as all its returns made it, with a manifest",
        (),
        "database, version, snapshot",
    ),
    Term("manifest", "what a release says of itself: its returns with checksums, their fates, the code that built it"),
    Term(
        "content hash",
        "a number that two releases share only if their content is the same; it leaves out when, where, by whom and "
        "with which code version they were built",
    ),
    Term(
        "measure",
        "a number that is defined once: what it adds or counts, its unit, and what it refuses",
        ("measures",),
        "KPI, metric",
    ),
    Term("dimension", "a way to split a measure: skill area, council, year and others", ("dimensions",), "breakdown"),
    Term("selection", "what a reader chose: collection, stage, prices and filters"),
    Term(
        "base",
        "what stands behind a number: how many projects and councils, and how many of the projects reported",
        ("coverage",),
        "sample",
    ),
    Term(
        "figure",
        "a question with measures and dimensions, under a permanent id",
        ("figures",),
        "widget",
    ),
    Term(
        "answer",
        "all that is shown of a figure for a selection: table, drawing, headline, text alternative, caption, base",
    ),
    Term("topic", "figures in reading order: a page on screen, a chapter of an export", ("topics",), "tab, dashboard"),
    Term("briefing", "a frozen page for somebody who cannot ask back", ("briefings",), "report"),
)
_FORMS = {form: term for term in TERMS for form in (term.name, *term.also)}
_ANY = re.compile(r"\b(" + "|".join(sorted(map(re.escape, _FORMS), key=len, reverse=True)) + r")\b", re.IGNORECASE)


def terms_in(texts: Iterable[str]) -> list[Term]:
    """The terms that sentences use, each once, in the order in which they are first used."""
    found = (_FORMS[match[0].casefold()] for text in texts for match in _ANY.finditer(text))
    return list(dict.fromkeys(found))
