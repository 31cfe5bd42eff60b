"""The columns of a return, as DOMAIN's return format names them: one line is one amount of one project at one stage."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Column:
    """One column of the return: its canonical name, whether a line needs it, and what may stand in it."""

    name: str
    needed: bool
    holds: str


COLUMNS = (
    Column("project_ref", True, "the programme's reference, for example PEP-2014-017"),
    Column("project_title", False, "the project's title, as the council calls it"),
    Column("skill_area", True, "the area of the expert's work, in any label the programme knows"),
    Column("lead_council", True, "the council that holds the grant: name or code"),
    Column("partner_councils", False, "other councils in the project, separated by ;"),
    Column("partner_shares", False, "shares in percent, lead first, separated by ;"),
    Column("grant_year", False, "the financial year of the grant, for example 2014-15"),
    Column("grant_gbp", False, "the grant, in pounds"),
    Column("council_cost_gbp", False, "what the council itself spent, in pounds"),
    Column("expert_type", False, "council, other public sector, private"),
    Column("expert_days", False, "days of the expert's work"),
    Column("kind", True, "efficiency saving, income generation, both, unclear"),
    Column("cashability", False, "cashable, non-cashable, unclear"),
    Column("stage", True, "identified, projected, achieved, withdrawn, unclear"),
    Column("basis", False, "total, per year, unclear"),
    Column("recurrence", False, "one-off, recurring, unclear"),
    Column("financial_year", False, "the year in which the benefit falls, for example 2014-15"),
    Column("period_start", False, "the first year of the benefit, where it spans several"),
    Column("period_end", False, "the last year of the benefit, where it spans several"),
    Column("amount_gbp", True, "the amount in pounds; empty if it is not yet known"),
    Column("amount_low_gbp", False, "the lower end, where the amount is a range"),
    Column("amount_high_gbp", False, "the upper end, where the amount is a range"),
    Column("net_or_gross", False, "gross, net, unclear"),
    Column("attribution_share", False, "the share due to the programme, 0 to 100%"),
    Column("evidence_grade", False, "sufficient, partial, insufficient"),
    Column("reported_on", False, "the date of the report"),
    Column("publishable", False, "yes or no"),
    Column("source_title", False, "where the figure was published"),
    Column("source_url", False, "its address"),
    Column("source_quote", False, "at most 15 words of the source"),
    Column("notes", False, "anything else a reader must know"),
)
NAMES = tuple(column.name for column in COLUMNS)
NEEDED = tuple(column.name for column in COLUMNS if column.needed)
