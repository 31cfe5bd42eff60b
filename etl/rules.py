"""Every rule of a line: what it looks for, what becomes of the line, and what it tells the council."""

from dataclasses import dataclass

QUARANTINED, HELD = "quarantined", "held"


@dataclass(frozen=True)
class Threshold:
    """A declared constant of judgement, ours unless it says otherwise, and what it is for."""

    name: str
    value: str
    meaning: str


THRESHOLDS = (
    Threshold("per_year_limit", "0.10", "a per-year amount over this share of core spending power is held"),
    Threshold("total_limit", "0.40", "a total over this share of core spending power is held"),
    Threshold("slip", "100", "an amount this many times the median of the project's others is held"),
    Threshold("fivefold", "5", "two statements of one thing this many times apart are held"),
    Threshold("small_amount", "100", "an amount under this many pounds is remarked on"),
)


@dataclass(frozen=True)
class Rule:
    """One rule. `condition` selects rows of `relation` (which has line_no); the texts are SQL expressions.

    `fate` is what becomes of the line: quarantined, held, or None for a remark. `meaning` stands in the docs.
    A rule of the relation `lines` looks at one line alone: all of those are tested in one pass. `unless_noted`
    passes over lines with another finding in the same column. A relation with rules that hold has `verdict`.
    """

    id: str
    fate: str | None
    meaning: str
    column: str
    relation: str
    condition: str
    message: str
    found: str = "null"
    suggestion: str = "null"
    unless_noted: bool = False


def _missing(column: str, what: str, condition: str, unless_noted: bool = False) -> Rule:
    return Rule(
        id=f"{column}_missing",
        fate=QUARANTINED,
        meaning=f"a line needs {what}",
        column=column,
        relation="lines",
        condition=condition,
        message=f"'The cell is empty. Write {what}.'",
        unless_noted=unless_noted,
    )


def _pounds(expression: str) -> str:
    return f"'£' || format('{{:,}}', ({expression})::bigint)"


LINE_RULES = (
    _missing("project_ref", "the programme''s reference of the project", "project_ref is null"),
    _missing("skill_area", "the skill area of the project", "skill_area_label is null"),
    _missing("lead_council", "the council that leads the project", "lead_typed is null"),
    _missing("kind", "efficiency saving, income generation, both or unclear", "kind is null", unless_noted=True),
    _missing("stage", "identified, projected, achieved, withdrawn or unclear", "stage is null", unless_noted=True),
    Rule(
        "period_reversed",
        QUARANTINED,
        "a period that ends before it starts",
        "period_end",
        "lines",
        "period_end < period_start",
        "'The period ends before it starts. Swap period_start and period_end.'",
    ),
    Rule(
        "year_outside_period",
        QUARANTINED,
        "a financial year that does not lie in the stated period",
        "financial_year",
        "lines",
        "first_year = last_year and (first_year < period_start or first_year > period_end)",
        "'The financial year does not lie between period_start and period_end. Say which is meant.'",
    ),
    Rule(
        "bounds_reversed",
        QUARANTINED,
        "a range whose lower end is above its upper end, or that does not hold the amount",
        "amount_low_gbp",
        "lines",
        "amount_low_gbp > amount_high_gbp or amount_gbp < amount_low_gbp or amount_gbp > amount_high_gbp",
        "'The amount does not lie in its own range. Say which is meant.'",
    ),
    Rule(
        "small_amount",
        None,
        "an amount other than zero under £100: thousands written as units?",
        "amount_gbp",
        "lines",
        "amount_gbp <> 0 and abs(amount_gbp) < getvariable('small_amount')",
        "'The amount is under £100. If it is in thousands, write it out in pounds.'",
        found="amount_gbp::varchar",
    ),
)

HELD_RULES = (
    Rule(
        "magnitude_per_year",
        HELD,
        "a per-year amount over 10% of the 2015-16 core spending power of lead and partners together",
        "amount_gbp",
        "lines",
        "power_known and basis = 'per_year' and stage <> 'withdrawn' "
        "and amount_gbp > getvariable('per_year_limit') * spending_power_gbp",
        f"{_pounds('amount_gbp')} || ' a year is ' || round(100 * amount_gbp / spending_power_gbp)::integer "
        f"|| '% of the yearly spending power of the ' || case bodies when 1 then 'council' else bodies "
        f"|| ' councils' end || ' (' || {_pounds('spending_power_gbp')} "
        "|| ' in 2015-16). Over 10% is held until someone confirms it.'",
        found="amount_gbp::varchar",
    ),
    Rule(
        "magnitude_total",
        HELD,
        "a total (or an amount of unclear basis) over 40% of that spending power",
        "amount_gbp",
        "lines",
        "power_known and basis <> 'per_year' and stage <> 'withdrawn' "
        "and amount_gbp > getvariable('total_limit') * spending_power_gbp",
        f"{_pounds('amount_gbp')} || ' is ' || round(100 * amount_gbp / spending_power_gbp)::integer "
        f"|| '% of the yearly spending power of the ' || case bodies when 1 then 'council' else bodies "
        f"|| ' councils' end || ' (' || {_pounds('spending_power_gbp')} "
        "|| ' in 2015-16). Over 40% is held until someone confirms it.'",
        found="amount_gbp::varchar",
    ),
    Rule(
        "magnitude_not_tested",
        None,
        "no spending power is known for one of the bodies, so the size of the amount was not tested",
        "amount_gbp",
        "lines",
        "not power_known and amount_gbp is not null and lead_council is not null",
        "'No spending power is known for every body of this project, so the size of the amount was not tested.'",
        found="amount_gbp::varchar",
    ),
    Rule(
        "magnitude_slip",
        HELD,
        "an amount a hundred times the median of the project's other observations of that kind and basis",
        "amount_gbp",
        "outliers",
        "true",
        f"{_pounds('amount_gbp')} || ' is over a hundred times what this project states elsewhere ("
        f"typically ' || {_pounds('others_median_gbp')} || '). Was it written in thousands?'",
        found="amount_gbp::varchar",
    ),
    Rule(
        "contradicted",
        HELD,
        "a per-year amount fivefold or more apart from a total divided by its stated years",
        "amount_gbp",
        "contradictions",
        "true",
        f"{_pounds('amount_gbp')} || ' a year against ' || {_pounds('total_gbp')} || ' in total over ' "
        "|| total_years || case total_years when 1 then ' year' else ' years' end || ', ' || round(times)::bigint "
        "|| ' times apart, for the same project. Say which of them holds.'",
        found="amount_gbp::varchar",
    ),
    Rule(
        "contradicted_reports",
        HELD,
        "two reports of the same stage and years fivefold or more apart",
        "amount_gbp",
        "fivefold_pairs",
        "true",
        f"'Reports of this project''s same stage and years run from ' || {_pounds('smallest_gbp')} || ' to ' "
        f"|| {_pounds('largest_gbp')} || '. Say which of them holds.'",
        found="amount_gbp::varchar",
    ),
    Rule(
        "period_before_grant",
        HELD,
        "all benefits fall before the year of the grant",
        "financial_year",
        "lines",
        "last_year < grant_year",
        "'All of the benefit falls before the year of the grant, so the project cannot have caused it.'",
        found="last_year::varchar",
    ),
    Rule(
        "shares_not_100",
        HELD,
        "shares of a joint project that do not sum to 100%, or are not one for each council",
        "partner_shares",
        "lines",
        "shares is not null and (shares_sum <> 100 or len(shares) <> bodies)",
        "'The shares sum to ' || rtrim(rtrim(shares_sum::varchar, '0'), '.') || '% for ' || len(shares) "
        "|| ' of ' || bodies || ' councils. Give one share for each, lead first, summing to 100%.'",
        found="rtrim(rtrim(shares_sum::varchar, '0'), '.') || '%'",
    ),
    Rule(
        "duplicate",
        HELD,
        "the same lead council, title, skill area, kind, stage, years and amount under another reference",
        "project_ref",
        "duplicates",
        "true",
        "'The same line stands under several references (' || refs || '). Say whether they are one project.'",
        found="project_ref",
    ),
    Rule(
        "cumulative",
        HELD,
        "the line's own quote calls the figure cumulative",
        "amount_gbp",
        "lines",
        "source_quote ilike '%cumulative%' and regexp_full_match(lower(source_quote), '.*\\bcumulative(ly)?\\b.*')",
        "'The quote calls this figure cumulative. Say whether it counts this year alone or all years so far.'",
        found="source_quote",
    ),
    Rule(
        "cumulative_series",
        HELD,
        "a series of years that rises, and whose last year is the sum of the others: it may be their total",
        "amount_gbp",
        "series",
        "ends_in_total",
        f"'The amounts of these years rise, and the last of them, ' || {_pounds('last_gbp')} || ', is the sum of the "
        "others. Say what falls in each year.'",
        found="amount_gbp::varchar",
    ),
    Rule(
        "series_rises",
        None,
        "a series of three or more years that only rises: it may count up earlier years",
        "amount_gbp",
        "series",
        "is_last and not ends_in_total",
        "'The amounts of these years only rise. If they count up earlier years, write what falls in each year.'",
        found="amount_gbp::varchar",
    ),
)

KEY_RULES = (
    Rule(
        "key_conflict",
        HELD,
        "one project, kind, stage and years with different amounts, and nothing that says which is later",
        "amount_gbp",
        "undecided",
        "true",
        "'The same project, kind, stage and years are stated with different amounts (' || amounts || '), and "
        "' || case when between_reports then 'the reports do not say which is later' "
        "else 'nothing tells them apart' end || '. Say which of them holds.'",
        found="amount_gbp::varchar",
    ),
)

OVERLAP_RULES = (
    Rule(
        "parts_exceed_whole",
        HELD,
        "amounts of single years that together exceed the wider amount they lie in",
        "amount_gbp",
        "overfull_lines",
        "not as_wide",
        f"'Amounts inside these years come to ' || {_pounds('parts_gbp')} || ', against ' "
        "|| '£' || format('{:,}', whole_gbp::bigint) || ' for the whole. Say which holds.'",
        found="amount_gbp::varchar",
    ),
    Rule(
        "periods_overlap",
        HELD,
        "two amounts over stretches of equally many years that overlap in part",
        "period_start",
        "overfull_lines",
        "as_wide",
        "'The years of two amounts of this project overlap in part. Say which pounds fall in which years.'",
        found="amount_gbp::varchar",
    ),
)

SERIES_RULES = (
    Rule(
        "years_partly_stated",
        None,
        "a project states one amount with no year and others with years, at one stage: one may hold the others",
        "financial_year",
        "undated",
        "true",
        "'This amount has no year, but others of the same project and stage have. Say whether it contains them.'",
        found="amount_gbp::varchar",
    ),
)

YEAR_RULES = (
    Rule(
        "gap_year",
        None,
        "an amount that repeats goes on after a year for which the project states none",
        "financial_year",
        "gaps",
        "true",
        "'The project states this for ' || financial_year(before_year::integer) || ', then not until ' || "
        "financial_year(financial_year::integer) || '. It counts as continuing. Say what happened in between.'",
        found="financial_year(financial_year::integer)",
    ),
)

RULES = (*LINE_RULES, *HELD_RULES, *KEY_RULES, *OVERLAP_RULES, *SERIES_RULES, *YEAR_RULES)
