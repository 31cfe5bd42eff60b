"""How finance officers say things: headings, labels of totals, titles, notes. Written by hand, not from the program."""

REFS = (
    "Project reference", "Project ref", "Ref", "PEP ref", "Ref no", "Project no", "ID", "Reference",
    "PEP reference", "Scheme reference", "PEP Ref.", "PROJECT REF", "Programme ref", "Unique ref", "Ref.",
)  # fmt: skip
COUNCILS = (
    "Council", "Lead council", "Authority", "Local authority", "Lead authority", "LA", "Name of council",
    "Council name", "Lead LA", "COUNCIL", "Local Authority (lead)", "Lead Council ", "Authority name",
)  # fmt: skip
TITLES = (
    "Project",
    "Project title",
    "Project name",
    "Scheme",
    "Initiative",
    "Title",
    "Description",
    "Saving description",
)
AREAS = ("Skill area", "Theme", "Area of support", "Area of work", "Service area", "Workstream", "Category")
STAGES = ("Stage", "Stage of saving", "Status", "Savings stage", "Stage reached")
KINDS = ("Kind", "Type", "Type of benefit", "Saving or income", "Kind of saving", "Saving type", "Benefit type")
YEARS = ("Financial year", "Year", "FY", "Year of saving", "Benefit year", "Savings year", "Fin year", "Financial Yr")
GRANT_YEARS = ("Grant year", "Year of grant", "Year grant awarded")
GRANTS = ("Grant (£)", "Grant", "LGA grant", "PEP grant (£)", "Grant amount")
NOTES = ("Notes", "Comments", "Commentary", "Remarks", "Further information", "Comments / notes")
MEASURES = {
    "efficiency_saving": ("Saving", "Savings", "Efficiency saving", "Efficiency savings", "Cost saving", "Efficiencies",
                          "Cost reduction", "Budget reduction", "Financial saving", "Cashable savings", "Cash saving",
                          "Total saving", "Total savings", "Net saving", "Gross savings", "Efficiency gain"),
    "income_generation": ("Income", "Additional income", "Income generated", "Extra income", "New income",
                          "Income generation", "Revenue"),
    None: ("Amount", "Value", "Benefit", "Financial benefit", "Amount of benefit", "Value of benefit", "Total benefit",
           "Benefits", "Total", "Figure"),
}  # fmt: skip
STAGED = {
    "achieved": ("achieved", "Achieved", "delivered", "realised", "actual", "outturn", "Actual", "made", "secured"),
    "projected": ("forecast", "Forecast", "projected", "planned", "target", "expected", "Target", "estimated", "Plan"),
    "identified": ("identified", "Identified", "potential", "Potential", "possible"),
}
STAGE_CELLS = {
    "achieved": ("achieved", "Achieved", "Delivered", "REALISED", "Actual", "Delivered in full", "Complete"),
    "projected": ("projected", "Forecast", "Planned", "target", "Expected", "In delivery", "On track"),
    "identified": ("identified", "Identified", "Potential", "Opportunity"),
}
KIND_CELLS = {
    "efficiency_saving": ("efficiency saving", "Saving", "Savings", "Efficiency", "Cost saving", "Efficiencies"),
    "income_generation": ("income generation", "Income", "Additional income", "New income", "Extra income"),
}
UNITS = {
    "£": ("", "", "(£)", "£", "GBP", "(£s)", "- £"),
    "£000": ("(£000)", "£000", "£k", "(£k)", "£'000", "(£'000s)", "£000s", "(£ thousand)", "£ 000", "(000s)"),
    "£m": ("(£m)", "£m", "£ million", "(£millions)", "£M", "(£mn)"),
}
TITLE_UNITS = {
    "£": ("", "", "", "All figures in £"),
    "£000": ("£000", "(£000)", "All figures in £000", "Savings, £'000", "figures in £ thousands", "£k"),
    "£m": ("£m", "All amounts are in £ million", "(£m)", "Savings in £m"),
}
TITLE_ROWS = (
    "Productivity Experts programme", "Savings return", "Savings achieved 2014-15", "Year ending 31 March 2015",
    "OFFICIAL", "Prepared by Finance", "Total savings: see below", "Return of savings and income",
    "Grants and savings of the programme", "2013/14 to 2016/17", "Version 3 final FINAL",
)  # fmt: skip
DECOYS = (
    "FTE", "FTE reduction", "Staff saved", "Budget", "Budget (£)", "Baseline", "Baseline (£)", "Investment",
    "Investment (£000)", "% saving", "Saving %", "Savings as % of budget", "Variance", "Variance (£)", "RAG",
    "Cost", "Cost (£)", "Cost of delivery (£)", "Spend (£)", "Savings not achieved", "Shortfall (£)",
    "Remaining savings", "Savings to be achieved", "Savings previously reported", "Households",
    "Saving per household", "Contract value (£)", "Net cost (£)", "Income budget", "Number of savings", "Risk",
    "Likelihood", "Confidence", "Savings per FTE", "Risk adjusted saving", "Savings share", "Wards", "Population",
    "Cumulative", "Savings to date", "Running total", "Checksum", "Row", "Line", "Priority", "Savings lost",
    "Previous year", "Prior year savings", "Change", "Difference", "Gap (£)", "Order", "Weeks", "Saving ref",
    "Savings rank", "Payback (years)", "Cost centre", "Ledger code", "Phone", "Capital (£)", "Cost avoidance (£)",
    "Savings (hours)", "Carbon saved (t)", "Full year effect", "FYE", "PYE", "Low", "High", "Mid", "Original",
    "Revised", "Before", "After", "Q1", "April", "2014", "Movement (£)", "Forecast spend",
    "Savings at 2012-13 prices", "Savings b/f", "Reserves (£)", "Council tax equivalent (£)", "Original saving",
    "Savings elsewhere", "Council A share", "Savings lower", "Max", "Overspend", "Slippage",
    "Double count", "Partner share of savings", "Unconfirmed savings", "Savings last year",
)  # fmt: skip
TOTALS = (
    "Total", "TOTAL", "Totals", "Grand total", "Grand Total:", "Sub-total", "Subtotal", "Sub total", "Sum",
    "Overall", "Overall total", "TOTAL (£)", "Total savings", "Total for all councils", "All projects",
    "All councils", "Programme total", "All", "Combined", "Total 2014-15", "Tot.", "Net total", "= Total", "Total:",
    "Carried forward", "Brought forward", "c/f", "b/f", "Total achieved", "Total to date", "Sum of above",
    "Aggregate", "TTL", "Cfwd", "England", "Average", "Mean", "Maximum", "Running total", "Count",
    "Of which cashable", "Memo: total", "Check", "Less: double counting", "Adjustment", "Total per year", "Balance",
    "Grand sum", "Total (all)", "", "",
)  # fmt: skip
GROUP_TOTALS = (
    "{} total", "Total {}", "Total for {}", "Sub-total: {}", "{} Total", "Subtotal {}", "{} - total", "{} (total)",
    "{} overall", "{} all projects", "{}", "All {}", "{} sub total", "TOTAL {}", "{} combined",
)  # fmt: skip
NOTE_ROWS = (
    "Note: figures are provisional", "Source: council returns", "* estimated", "n.b. rounded to nearest thousand",
    "Figures exclude VAT", "1. Includes £200,000 one-off", "[1] unaudited", "Prepared by Finance, 3 May 2015",
    "Please return by 30 June", "Contact the programme office", "Savings shown are net of costs", "£1 = 100p",
    "End of table", "See the guidance", "Data as at 31/03/2015", "Signed:",
)  # fmt: skip
BANDS = ("Districts", "County councils", "Phase 2", "London boroughs", "2014-15", "Unitary authorities", "North West")
SKILLS = {
    "contract_renegotiation": ("contracts renegotiation", "Procurement"),
    "adult_social_care": ("Adult social care",),
    "commercialisation": ("commercialisation", "Traded services"),
    "asset_management": ("Asset management",),
    "shared_services": ("Shared services",),
    "service_review": ("service efficiency review",),
    "governance": ("Governance",),
}
SUBJECTS = (
    "Waste", "Leisure", "Legal", "Parking", "Fleet", "Print", "ICT", "Street lighting", "Libraries", "Catering",
    "Total facilities", "Transport 2020", "Sum Place", "Revenues and benefits", "Highways", "Home care",
)  # fmt: skip
