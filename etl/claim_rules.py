"""What becomes of a published claim when it is set against the ledger: rules in order, the first that fits decides."""

from dataclasses import dataclass

REPRODUCED, NOT_REPRODUCIBLE, CONTRADICTED = "reproduced", "not reproducible", "contradicted"


@dataclass(frozen=True)
class ClaimRule:
    """One rule. `condition` and `because` are SQL over a row of `claim_holdings`; `meaning` stands in the docs.

    One that `compares` sets a number of the ledger against that of the claim.
    """

    id: str
    verdict: str
    meaning: str
    condition: str
    because: str
    compares: bool = False


CLAIM_RULES = (
    ClaimRule(
        "other_scope",
        NOT_REPRODUCIBLE,
        "it is about the whole sector, or about another strand of work",
        "scope <> 'programme'",
        "'It is about ' || case scope when 'sector' then 'the whole sector' else 'another strand of work' end "
        "|| '; this ledger holds the projects of one programme alone.'",
    ),
    ClaimRule(
        "not_an_outcome",
        NOT_REPRODUCIBLE,
        "it states an input or a ratio, and no count that the ledger keeps too",
        "counts <> 'outcome' and ledger_count is null",
        "case counts when 'ratio' then 'It states a ratio, not an amount of savings or income.' "
        "else 'It states what was put in, not what came of it.' end",
    ),
    ClaimRule(
        "no_amount",
        NOT_REPRODUCIBLE,
        "it states no number",
        "claimed is null",
        "'It states no amount. ' || staged_words",
    ),
    ClaimRule(
        "project_not_here",
        NOT_REPRODUCIBLE,
        "it is about one project, and the ledger holds none of that reference",
        "of_projects = 0",
        "case when project_ref is null then 'The ledger holds no project.' "
        "else 'The ledger holds no project ' || project_ref || '.' end",
    ),
    ClaimRule(
        "stage_not_stated",
        NOT_REPRODUCIBLE,
        "its wording names no stage, and stages are never added",
        "counts = 'outcome' and stage = 'unclear'",
        "'Its wording names no stage, and stages are never added. ' || staged_words",
    ),
    ClaimRule(
        "kind_not_stated",
        NOT_REPRODUCIBLE,
        "its wording does not say whether it is savings, income, or both together",
        "counts = 'outcome' and kind = 'unclear'",
        "'Its wording does not say whether it is savings or income. ' || staged_words",
    ),
    ClaimRule(
        "period_not_comparable",
        NOT_REPRODUCIBLE,
        "its period is not in financial years, or is that of a count",
        "period is not null and (first_year is null or counts <> 'outcome')",
        "'The ledger cannot be cut to its period, ' || period || '. ' "
        "|| case when counts = 'outcome' then staged_words else held_words || '.' end",
    ),
    ClaimRule(
        "ledger_above_it",
        CONTRADICTED,
        "the ledger holds more than a ceiling allows, or than an exact claim can be rounded from, whoever is silent",
        "held > claimed + case bound when 'exact' then half else 0 end and bound in ('exact', 'almost', 'up to')",
        "held_words || ', which is more than the claim allows.'",
        compares=True,
    ),
    ClaimRule(
        "ledger_incomplete",
        NOT_REPRODUCIBLE,
        "the ledger does not cover it: chosen examples, projects without such an amount, lines that are in no total",
        "lacking_words <> ''",
        "held_words || '. It does not cover the claim: ' || lacking_words || '.'",
        compares=True,
    ),
    ClaimRule(
        "same_amount",
        REPRODUCED,
        "the same within the rounding of the claim; at least a floor; at most a ceiling, and near it",
        "case when bound in ('over', 'at least') then held >= claimed else abs(held - claimed) <= half end",
        "held_words || ', which agrees with the claim.'",
        compares=True,
    ),
    ClaimRule(
        "well_within_it",
        NOT_REPRODUCIBLE,
        "the ledger holds far less than a claim of 'up to': that neither bears it out nor contradicts it",
        "bound = 'up to'",
        "held_words || ', which is within the claim but far below it.'",
        compares=True,
    ),
    ClaimRule(
        "ledger_below_it",
        CONTRADICTED,
        "the ledger covers the claim, and holds less",
        "true",
        "held_words || ', which is less than the claim.'",
        compares=True,
    ),
)


VERDICT_COLUMNS = (
    ("claim_ref", "varchar"),
    ("code", "varchar"),
    ("verdict", "varchar"),
    ("because", "varchar"),
    ("ledger_gbp", "decimal(18, 2)"),
    ("ledger_count", "bigint"),
)
"""What `verdict_query` gives, where there is a claim to judge; and what stands empty where there is none."""


def verdict_query() -> str:
    """The verdict on each claim of `claim_holdings`, its reason, and what the ledger holds that can be compared."""
    codes = " ".join(f"when {rule.condition} then '{rule.id}'" for rule in CLAIM_RULES)
    verdicts = " ".join(f"when '{rule.id}' then '{rule.verdict}'" for rule in CLAIM_RULES)
    reasons = " ".join(f"when '{rule.id}' then {rule.because}" for rule in CLAIM_RULES)
    compared = ", ".join(f"'{rule.id}'" for rule in CLAIM_RULES if rule.compares)
    return (
        f"select claim_ref, code, case code {verdicts} end as verdict, "
        f"case code {reasons} end || count_words as because, "
        f"case when code in ({compared}) then ledger_gbp end as ledger_gbp, "
        f"case when code in ({compared}) and counts <> 'outcome' then ledger_count end as ledger_count "
        f"from (select *, case {codes} end as code from claim_holdings)"
    )
