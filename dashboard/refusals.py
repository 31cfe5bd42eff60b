"""What is refused, and why: every question whose answer would mislead has its code, reason and way out here."""

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.measures import MATCHED_STAGES, MEASURES, Measure

REFUSALS = {
    "stages_added": "Two stages are never added: what was found possible, planned and achieved may be the same pounds.",
    "kinds_added": "Savings and income are added only where the measure's name says so.",
    "bases_added": "An amount a year and a total are never added: one is a rate, the other a sum.",
    "years_counted_again": "What is new, what continues and what has come together hold the same pounds.",
    "net_and_gross_added": "Gross and net state the same benefit in two ways, so they are added only 'as reported'.",
    "prices_added": "Amounts in cash terms, in real terms and at present value are in different pounds.",
    "collections_added": "Collections are never added: they serve different ends, and may hold the same projects.",
    "counted_twice": "The two measures count the same pounds, so their sum would count them twice.",
    "not_in_pounds": "Only pounds can be added: counts, rates and listed amounts cannot.",
    "one_stage_at_a_time": "A selection speaks of one stage at a time.",
    "stage_conflict": "The measure counts another stage than the selection asks for.",
    "kind_conflict": "The measure counts another kind than the selection asks for.",
    "examples_not_averaged": "Nothing is averaged over chosen examples: it would say nothing of the programme.",
    "never_summed": "What is listed one by one is never added up.",
    "not_of_this_measure": "The measure has no such part.",
    "no_single_value": "A project has no single value of this, so it cannot be counted under one.",
    "part_of_a_project": "The measure speaks of whole projects: cost and coverage do not belong to a part of one.",
    "sides_would_not_match": "The measure compares two sides, and this would leave them over different amounts.",
    "price_base_needed": "A present value needs the year in whose prices it is given.",
    "no_such_price_base": "There is no price index for this year.",
    "not_in_prices": "The measure is set against pounds of other years, which would stay in cash terms.",
    "no_amount": "The end of a range is no amount that could be split or added.",
    "too_many_rows": "A list that nobody can read is not given in part: restrict the selection, or ask for totals.",
    "nothing_to_show": "None of the figure's measures is of the kind that was chosen.",
}
"""Every code of a refusal with its reason."""


class Refused(ValueError):
    """A question whose answer would mislead: `code` (one of REFUSALS), the reason, and what can be asked instead."""

    def __init__(self, code: str, message: str = "", instead: Sequence[str] = ()) -> None:
        super().__init__(" ".join(filter(None, (message, REFUSALS[code]))))
        self.code, self.instead = code, tuple(instead)


@dataclass(frozen=True)
class Sort:
    """Which sort of pounds an amount is: only pounds of one sort may be added.

    `kinds` are the kinds that it covers, together. `basis` is total, per_year, or which part of a year's pounds.
    `net` is as_reported, net, gross or net_of_cost. `prices` is cash, a year such as 2024-25, or present value.
    """

    stage: str | None
    kinds: tuple[str, ...]
    basis: str = "total"
    net: str = "as_reported"
    prices: str = "cash"
    collection: str = ""


def sort_of(measure: Measure, real: str | None = None, collection: str = "") -> Sort:
    """The sort of pounds that a measure gives, in the prices of `real`, of a collection."""
    prices = measure.prices if measure.prices != "cash" else real or "cash"
    return Sort(measure.stage, measure.kinds, measure.basis, measure.net, prices, collection)


def clash(one: Sort, other: Sort) -> str | None:
    """The code of the first reason why amounts of two sorts may not be added; None where they are of one sort."""
    if one.collection != other.collection:
        return "collections_added"
    if one.stage != other.stage:
        return "stages_added"
    if one.prices != other.prices:
        return "prices_added"
    if one.net != other.net:
        return "net_and_gross_added"
    if one.basis != other.basis:
        both = {one.basis.startswith("in_year"), other.basis.startswith("in_year")}
        return "years_counted_again" if True in both else "bases_added"
    return "kinds_added" if one.kinds != other.kinds else None


def refuse_sum(measures: Sequence[Measure], real: str | None = None) -> Refused:
    """Why measures are not added into one number, with the totals that may be asked for instead.

    Every sum that may be made has a measure of its own, so that a sum of measures is always refused; where a measure
    holds what was meant, it is named first.
    """
    codes = [clash(sort_of(measures[0], real), sort_of(other, real)) for other in measures[1:]]
    named = " + ".join(f"'{measure.id}'" for measure in measures)
    if any(not is_in_pounds(measure) for measure in measures):
        code = "not_in_pounds"
    else:
        code = next((found for found in codes if found), "counted_twice")
    together = _together(measures)
    alone = [measure.id for measure in measures]
    return Refused(code, f"{named} was not added.", list(dict.fromkeys([*together, *alone])))


def is_in_pounds(measure: Measure) -> bool:
    """Whether a measure is a sum of pounds: not a count, a rate, an average or a list."""
    return measure.unit == "GBP" and measure.staged and not measure.grain and measure.over is None


def _together(measures: Sequence[Measure]) -> list[str]:
    """The declared total that holds what each of the measures counts, if there is one."""
    kinds = {kind for measure in measures for kind in measure.kinds}
    alike = {(measure.stage, measure.net, measure.prices) for measure in measures}
    if len(alike) > 1:
        return []
    ((stage, net, prices),) = alike
    years = {measure.basis for measure in measures}
    basis = "total" if years == {"total"} else "in_year_cumulative" if "total" not in years else None
    found = [
        one.id
        for one in MEASURES.values()
        if is_in_pounds(one) and (one.stage, one.net, one.prices, one.basis) == (stage, net, prices, basis)
        and one.source not in MATCHED_STAGES and set(one.kinds) == kinds and one.pounds == "amount_gbp"
        and one not in measures
    ]  # fmt: skip
    return found[:1]
