"""Counts of projects and councils, and what is listed one by one and never added."""

from dataclasses import replace

from dashboard.measures.measure import OF_PROJECTS, Measure, quoted

CONTRADICTIONS = ("contradicted", "contradicted_reports", "key_conflict", "parts_exceed_whole")
"""Findings that hold a line because another line of its project says otherwise."""

PROJECTS = Measure(
    id="projects",
    label="Projects",
    unit="count",
    definition="Distinct projects with at least one line that was read (loaded or held), whatever it reports.",
    aggregate=OF_PROJECTS,
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
    aggregate=OF_PROJECTS,
    rows="amount_gbp is not null",
    basis="any",
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
AMOUNT_CONTRADICTED = replace(
    AMOUNT_STATED,
    id="amount_contradicted",
    label="Amount stated and contradicted",
    definition=(
        "The amount of one line that is held because another line of the same project says otherwise. It is listed, "
        "never added up."
    ),
    rows=(
        f"fate = 'held' and line_no in (select line_no from findings where fate = 'held' and code in "
        f"{quoted(CONTRADICTIONS)})"
    ),
    worded="amounts that other lines of their project contradict",
)
CLAIMED = Measure(
    id="claimed",
    label="Amount as published",
    unit="GBP",
    definition=(
        "An amount as somebody published it about the programme as a whole, with the wording and the source. Claims "
        "overlap and count different things, so they are shown one by one and never added, divided or ranked."
    ),
    aggregate="any_value(amount_gbp)",
    source="claims",
    adds_up=False,
    refuses="Refuses every sum: it must be asked by claim.",
    worded="amounts as published",
)
COUNTS = [PROJECTS, COUNCILS, REPORTING_PROJECTS]
LISTED = [AMOUNT_STATED, AMOUNT_CONTRADICTED, CLAIMED]
