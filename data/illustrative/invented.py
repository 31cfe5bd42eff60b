"""What the illustrative returns are invented from: councils, believable titles, and faults on purpose."""

from dataclasses import dataclass

SEED = 20122020
PROJECTS_PER_YEAR = {2012: 26, 2013: 27, 2014: 28, 2015: 29, 2016: 28, 2017: 28, 2018: 27, 2019: 27}
LAST_ROUND = 2020
MARK = "ILLUSTRATIVE"
SOURCE = "ILLUSTRATIVE: made up, no council reported it"

DISTRICTS = """
E07000004 E07000005 E07000007 E07000008 E07000010 E07000027 E07000030 E07000042 E07000044 E07000045 E07000046
E07000049 E07000050 E07000052 E07000061 E07000065 E07000066 E07000071 E07000074 E07000075 E07000079 E07000088
E07000090 E07000091 E07000092 E07000093 E07000094 E07000096 E07000102 E07000105 E07000107 E07000109 E07000111
E07000112 E07000114 E07000118 E07000119 E07000122 E07000126 E07000127 E07000131 E07000133 E07000138 E07000141
E07000143 E07000145 E07000146 E07000148 E07000149 E07000156 E07000164 E07000166 E07000168 E07000173 E07000179
E07000190 E07000191 E07000192 E07000193 E07000194 E07000195 E07000197 E07000203 E07000206 E07000208 E07000209
E07000211 E07000212 E07000218 E07000221 E07000223 E07000224 E07000225 E07000227 E07000228 E07000234 E07000238
E07000245
"""
UNITARIES = """
E06000001 E06000002 E06000003 E06000004 E06000009 E06000011 E06000012 E06000013 E06000015 E06000016 E06000018
E06000019 E06000021 E06000026 E06000027 E06000028 E06000029 E06000033 E06000034 E06000035 E06000036 E06000037
E06000038 E06000042 E06000043 E06000044 E06000047 E06000049 E06000050 E06000055 E06000057 E06000059
"""
COUNTIES_AND_METROPOLITANS = """
E10000003 E10000006 E10000007 E10000008 E10000009 E10000012 E10000014 E10000015 E10000017 E10000018 E10000019
E10000023 E10000024 E10000025 E10000028 E10000030 E10000032 E08000001 E08000002 E08000004 E08000005 E08000009
E08000010 E08000012 E08000018 E08000022 E08000023 E08000025 E08000027 E08000030 E08000031 E08000032 E08000033
E08000036 E08000039
"""
LONDON_FIRE_AND_PARKS = """
E09000003 E09000004 E09000005 E09000007 E09000009 E09000012 E09000013 E09000014 E09000016 E09000017 E09000019
E09000020 E09000021 E09000022 E09000023 E09000024 E09000026 E09000029 E09000030 E09000031 E09000032 E31000003
E31000013 E31000023 E31000027 E31000045 E26000007 E26000009 E26000012
"""
POOL = tuple(f"{DISTRICTS}{UNITARIES}{COUNTIES_AND_METROPOLITANS}{LONDON_FIRE_AND_PARKS}".split())

SPELLINGS = {
    "E06000003": ("Redcar and Cleveland",),
    "E06000004": ("Stockton-on-Tees", "Stockton On Tees"),
    "E06000015": ("Derby City",),
    "E06000016": ("Leicester City",),
    "E06000018": ("Nottingham City",),
    "E06000019": ("County of Herefordshire",),
    "E06000021": ("Stoke-on-Trent",),
    "E06000033": ("Southend-on-Sea Borough Council", "Southend-on-Sea"),
    "E06000043": ("Brighton and Hove",),
    "E06000049": ("Cheshire East",),
    "E06000050": ("CWaC", "Cheshire West and Chester"),
    "E06000055": ("Bedford Borough",),
    "E07000010": ("Fenland", "Fenland District"),
    "E07000044": ("South Hams", "South Hams District"),
    "E07000066": ("Basildon",),
    "E07000096": ("Dacorum",),
    "E07000112": ("Folkestone and Hythe",),
    "E07000138": ("City of Lincoln", "Lincoln City"),
    "E07000143": ("Breckland Council",),
    "E07000146": ("King's Lynn and West Norfolk", "Kings Lynn & West Norfolk"),
    "E07000192": ("Cannock Chase",),
    "E07000208": ("Epsom & Ewell", "Epsom and Ewell"),
    "E07000211": ("Reigate & Banstead",),
    "E07000221": ("Stratford-on-Avon",),
    "E08000010": ("Wigan Council", "Wigan"),
    "E08000018": ("Rotherham",),
    "E08000022": ("North Tyneside",),
    "E08000031": ("City of Wolverhampton", "Wolverhampton"),
    "E08000032": ("Bradford Metropolitan District Council", "Bradford"),
    "E09000003": ("LB Barnet", "Barnet"),
    "E09000007": ("LB Camden", "Camden"),
    "E09000012": ("LB Hackney", "Hackney"),
    "E09000013": ("LBHF", "Hammersmith and Fulham"),
    "E09000020": ("RBKC", "Kensington and Chelsea"),
    "E09000022": ("Lambeth",),
    "E09000031": ("Waltham Forest",),
    "E10000008": ("Devon County",),
    "E10000012": ("Essex County",),
    "E10000017": ("Lancashire County",),
    "E10000025": ("Oxfordshire County",),
}


@dataclass(frozen=True)
class Area:
    """A skill area: its weight among projects, its share of income projects, labels as typed, and titles."""

    weight: int
    income: float
    typed: tuple[str, ...]
    for_any: tuple[str, ...] = ()
    for_local: tuple[str, ...] = ()
    for_upper: tuple[str, ...] = ()


AREAS = {
    "service_review": Area(
        16,
        0.04,
        ("Service efficiency review", "service review", "lean review", "business process re-engineering"),
        (
            "Support services review",
            "Fleet and transport review",
            "Customer contact review",
            "Payroll review",
        ),
        ("Waste collection round review", "Leisure provision review", "Planning service review"),
        ("Highways maintenance review", "Library service review", "Children's services efficiency plan"),
    ),
    "adult_social_care": Area(
        9,
        0.0,
        (
            "adult social care efficiencies",
            "Adult Social Care Efficiencies",
            "adult social care commissioning",
        ),
        (),
        (),
        (
            "Home care commissioning",
            "Reablement pathway redesign",
            "Extra care housing business case",
            "Learning disability placements review",
            "Direct payments review",
            "Residential care fees review",
        ),
    ),
    "contract_renegotiation": Area(
        17,
        0.02,
        (
            "contracts renegotiation",
            "procurement and contract management",
            "contract review",
            "Contract management",
        ),
        (
            "Facilities management contract",
            "Insurance contract retender",
            "Supplier spend review",
            "Print contract",
        ),
        ("Leisure contract renegotiation", "Grounds maintenance contract", "Waste collection contract"),
        ("Highways contract renegotiation", "School transport contracts", "Waste disposal contract review"),
    ),
    "commercialisation": Area(
        21,
        0.55,
        (
            "traded services",
            "commercial strategy",
            "Commercialisation",
            "income generation",
            "fees and charges",
        ),
        (
            "Commercial strategy",
            "Fees and charges review",
            "Advertising and sponsorship",
            "Training for others",
        ),
        (
            "Garden waste trading",
            "Trade waste growth",
            "Bereavement services income",
            "Car park pricing review",
        ),
        ("Traded services to schools", "Registration services income", "Music service trading plan"),
    ),
    "asset_management": Area(
        10,
        0.3,
        ("asset rationalisation", "Asset management", "property review", "office rationalisation"),
        ("Headquarters space review", "Depot sharing", "Energy use in buildings", "Property running costs"),
        ("Town centre property portfolio", "Community buildings transfer", "Garage sites review"),
        ("County farms review", "Surplus schools sites", "Care homes estate review"),
    ),
    "service_delivery_models": Area(
        11,
        0.08,
        (
            "alternative delivery models",
            "alternative models of service delivery",
            "local authority trading company",
        ),
        ("Support services company", "Staff mutual feasibility", "Building control company"),
        ("Leisure trust options", "Museums trust", "Housing repairs company", "Arts centre trust"),
        ("Libraries mutual", "Youth services mutual", "Care provider company", "School meals company"),
    ),
    "shared_services": Area(
        9,
        0.02,
        ("shared service", "Shared services", "shared back office", "joint service"),
        ("Joint legal service", "Shared internal audit", "Shared ICT service", "Joint procurement team"),
        ("Joint revenues and benefits", "Shared building control", "Shared environmental health"),
        ("Shared trading standards", "Joint emergency planning", "Shared archives service"),
    ),
    "economic_growth": Area(
        3,
        0.45,
        ("economic growth", "economic development", "business rates growth"),
        (),
        ("Business park growth plan", "Market town growth plan", "Enterprise centre income"),
        ("Inward investment plan", "Growth corridor business rates", "Employment sites programme"),
    ),
    "governance": Area(
        5,
        0.0,
        ("governance", "governance review", "management structures"),
        (
            "Senior management structure",
            "Decision making review",
            "Programme office set-up",
            "Committee support",
        ),
    ),
    "other": Area(
        2,
        0.1,
        ("Other",),
        ("Apprenticeship levy use", "Agency staff spend", "Sickness absence plan"),
    ),
}


@dataclass(frozen=True)
class Fault:
    """A line spoilt on purpose (or one it clashes with): the fate expected, why, and its cells."""

    project: str
    fate: str
    why: str
    grant: int
    cells: dict[str, str]


_EVERY_FAULT = ("lead_council", "project_title", "skill_area", "stage", "amount_gbp", "reported_on")


def _cells(*values: str, **more: str) -> dict[str, str]:
    """The cells that every faulty line has, with those in which it differs."""
    return {"kind": "efficiency saving", "basis": "total"} | dict(zip(_EVERY_FAULT, values, strict=True)) | more


def _over(first: str, last: str) -> dict[str, str]:
    return {"period_start": first, "period_end": last}


_AUDIT = ("Chorley Borough Council", "Audit fees review", "service review", "projected")
_DEPOT = ("Wakefield Metropolitan District Council", "Depot lease review", "property review", "achieved")
_LIGHTS = ("Leicestershire County Council", "Street lighting energy", "contract review", "projected")
_AGENCY = ("Medway Council", "Agency staff contract", "contracts renegotiation", "projected")
_CLEANING = ("Dacorum Borough Council", "Office cleaning contract", "contracts renegotiation", "projected")
_TRANSPORT = ("Hartlepool Borough Council", "Passenger transport review", "service review", "projected")
_SHARED = ("Thanet District Council", "Joint debt collection", "shared service", "projected")
_PESTS = ("Bolton Metropolitan Borough Council", "Joint pest control", "joint service", "projected")
_PAPER = ("Surrey County Council", "Paperless committees", "governance", "achieved")
_TOILETS = ("Torridge District Council", "Public conveniences review", "service review", "achieved")

TEN_TIMES = "magnitude: a per-year figure typed ten times too big"
SHARES = "joint: shares that sum to 90"
EARLY = "period: the benefit lies wholly before the grant year"
FIVEFOLD = "contradicted: per year against total over years, sixfold apart"
AGAIN = "duplicate: the same figure under another reference"
FAULTS = (
    Fault("A", "held", TEN_TIMES, 2014, _cells(
        *_CLEANING, "2400000", "2015-06-24", basis="per year", **_over("2015-16", "2017-18"))),
    Fault("B", "held", TEN_TIMES, 2017, _cells(
        *_TRANSPORT, "12500000", "2018-09-12", basis="per year", **_over("2018-19", "2020-21"))),
    Fault("C", "held", SHARES, 2015, _cells(
        *_SHARED, "145000", "2016-07-08", financial_year="2016-17",
        partner_councils="Dartford Borough Council", partner_shares="50;40")),
    Fault("D", "held", SHARES, 2018, _cells(
        *_PESTS, "260000", "2019-10-03", financial_year="2019-20", partner_shares="45;25;20",
        partner_councils="Bury Metropolitan Borough Council;Rochdale Metropolitan Borough Council")),
    Fault("E", "held", EARLY, 2015, _cells(*_PAPER, "62000", "2016-05-19", financial_year="2013-14")),
    Fault("F", "held", EARLY, 2018, _cells(*_TOILETS, "38000", "2019-08-15", **_over("2015-16", "2016-17"))),
    Fault("G", "loaded", FIVEFOLD, 2013, _cells(
        *_LIGHTS, "600000", "2014-06-30", **_over("2014-15", "2016-17"))),
    Fault("G", "held", FIVEFOLD, 2013, _cells(*_LIGHTS, "1200000", "2014-06-30", basis="per year")),
    Fault("H", "loaded", FIVEFOLD, 2016, _cells(
        *_AGENCY, "450000", "2017-11-02", **_over("2017-18", "2019-20"))),
    Fault("H", "held", FIVEFOLD, 2016, _cells(*_AGENCY, "900000", "2017-11-02", basis="per year")),
    Fault("I", "held", AGAIN, 2015, _cells(*_AUDIT, "41500", "2016-06-06", financial_year="2016-17")),
    Fault("J", "held", AGAIN, 2015, _cells(*_AUDIT, "41500", "2016-06-06", financial_year="2016-17")),
    Fault("K", "held", AGAIN, 2017, _cells(*_DEPOT, "87300", "2019-05-21", financial_year="2018-19")),
    Fault("L", "held", AGAIN, 2017, _cells(*_DEPOT, "87300", "2020-05-20", financial_year="2018-19")),
    Fault("M", "quarantined", "amount readable in two ways", 2012, _cells(
        "Sevenoaks District Council", "Stationery spend", "procurement and contract management", "achieved",
        "1.000", "2013-09-09", financial_year="2012-13")),
    Fault("N", "quarantined", "amount with its commas out of place", 2016, _cells(
        "Lichfield District Council", "Parks maintenance review", "service review", "projected",
        "2,50,000", "2017-06-14", financial_year="2017-18")),
    Fault("O", "quarantined", "council that may be either of two", 2013, _cells(
        "Newcastle", "Contact centre review", "service review", "identified", "180000", "2014-07-07")),
    Fault("P", "quarantined", "a bare year that may be either of two", 2014, _cells(
        "Rochford District Council", "Trade waste charges", "fees and charges", "achieved", "23000",
        "2015-09-01", financial_year="2014", kind="income generation")),
    Fault("Q", "quarantined", "a bare year that may be either of two", 2017, _cells(
        "London Borough of Barnet", "Street markets income", "commercial strategy", "projected", "96000",
        "2018-05-23", financial_year="2017", kind="income generation")),
    Fault("R", "quarantined", "a Welsh council", 2018, _cells(
        "Cardiff", "Fleet hire contract", "contract review", "projected", "310000", "2019-06-11")),
    Fault("S", "quarantined", "stage missing", 2014, _cells(
        "Pendle Borough Council", "Lettings income", "asset rationalisation", "", "54000", "2015-10-22",
        financial_year="2015-16", kind="income generation")),
    Fault("T", "quarantined", "stage missing", 2019, _cells(
        "Bracknell Forest Council", "Home to school routes", "service review", "", "125000", "2020-08-27")),
)  # fmt: skip
TOTAL_AT_FOOT = (2014, 2018)
BLANK_LINE = (2013, 2016)
