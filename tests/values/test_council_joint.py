"""A cell that names several councils: lead first, each read at the date; one that is not certain makes it bad."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.values.council import Council, load_councils

REFERENCE = Path(__file__).parents[2] / "data" / "reference"
COUNCILS = load_councils(REFERENCE)
EVERY = tuple(COUNCILS.by_code.values())


def on(year: int) -> date:
    return date(year, 4, 1)


def living_day(council: Council) -> date:
    """A day of the council's life."""
    return council.end or max(council.start or on(2012), on(2012))


def test_every_name_is_one_lead_council_and_is_not_cut():
    for council in EVERY:
        assert COUNCILS.resolve_lead(council.name, living_day(council)).value == (council.gss_code,)
        assert COUNCILS.split(council.name, living_day(council)) == [council.name]


@pytest.mark.parametrize("text", ["", "  ", "-", "n/a", "TBC", "\u00a0", "None"])
def test_a_lead_that_is_not_named_is_missing(text):
    reading = COUNCILS.resolve_lead(text, on(2015))
    assert (reading.value, reading.bad, reading.code) == (None, True, "council_missing")
    assert COUNCILS.resolve(text, on(2015)).code == "council_missing"


@pytest.mark.parametrize("text", ["", "  ", "-", "n/a", "None", ";"])
def test_blank_partners_are_no_partners(text):
    reading = COUNCILS.resolve_partners(text, on(2015))
    assert (reading.value, reading.bad) == ((), False)


def test_partners_still_to_come_are_not_read_as_none():
    assert COUNCILS.resolve_partners("TBC", on(2015)).code == "council_missing"


JOINT = [
    ("Adur and Worthing", 2015, ["Adur", "Worthing"]),
    ("Adur & Worthing Councils", 2015, ["Adur", "Worthing"]),
    ("Adur District and Worthing Borough Councils", 2015, ["Adur", "Worthing"]),
    ("Babergh & Mid Suffolk", 2015, ["Babergh", "Mid Suffolk"]),
    ("Babergh and Mid Suffolk District Councils", 2015, ["Babergh", "Mid Suffolk"]),
    ("Leeds / Bradford", 2015, ["Leeds", "Bradford"]),
    ("Leeds; Bradford;", 2015, ["Leeds", "Bradford"]),
    ("Teignbridge, Exeter, and East Devon", 2015, ["Teignbridge", "Exeter", "East Devon"]),
    ("Hull / Kingston upon Hull", 2015, ["Kingston upon Hull"]),
    ("Windsor and Maidenhead and Slough", 2015, ["Windsor and Maidenhead", "Slough"]),
    (
        "Westminster, Kensington & Chelsea and Hammersmith & Fulham",
        2015,
        ["Westminster", "Kensington and Chelsea", "Hammersmith and Fulham"],
    ),
    ("Bath and North East Somerset and Bristol", 2015, ["Bath and North East Somerset", "Bristol"]),
    ("Bristol, City of, Leeds", 2015, ["Bristol", "Leeds"]),
    ("Bournemouth, Christchurch and Poole", 2019, ["Bournemouth, Christchurch and Poole"]),
    ("Bournemouth, Christchurch and Poole", 2018, ["Bournemouth", "Christchurch", "Poole"]),
    ("York and North Yorkshire", 2015, ["York", "North Yorkshire"]),
    ("Dorset and Wiltshire Fire", 2017, ["Dorset and Wiltshire Fire"]),
    ("Devon County Council and Dartmoor National Park Authority", 2015, ["Devon", "Dartmoor National Park"]),
]


@pytest.mark.parametrize(("text", "year", "short_names"), JOINT)
def test_a_joint_name_is_read_as_its_councils_lead_first(text, year, short_names):
    for reading in (COUNCILS.resolve_lead(text, on(year)), COUNCILS.resolve_partners(text, on(year))):
        assert not reading.bad, reading.message
        assert [COUNCILS.by_code[code].short_name for code in reading.value] == short_names


@pytest.mark.parametrize(
    "text",
    [
        "Windsor and Maidenhead",
        "Kensington and Chelsea",
        "Hammersmith & Fulham",
        "Barking and Dagenham",
        "Brighton & Hove",
        "Bath and North East Somerset",
        "Cheshire West and Chester",
        "Tonbridge and Malling",
        "Telford & Wrekin",
        "Redcar and Cleveland",
        "King's Lynn and West Norfolk",
        "Blackburn with Darwen",
    ],
)
def test_one_council_with_and_in_its_name_stays_one(text):
    assert COUNCILS.split(text, on(2020)) == [text]
    assert COUNCILS.split(f"Leeds, {text} and York", on(2020)) == ["Leeds", text, "York"]
    assert len(COUNCILS.resolve_lead(text, on(2020)).value) == 1


@pytest.mark.parametrize(
    ("text", "year", "code", "part"),
    [
        ("Leeds; Narnia", 2015, "council_unknown", "'Narnia'"),
        ("Adur and Wortthing", 2015, "council_unknown", "'Wortthing'"),
        ("Richmond and Wandsworth", 2015, "council_ambiguous", "'Richmond'"),
        ("Leeds and West Yorkshire Police", 2015, "council_not_in_programme", "'West Yorkshire Police'"),
        ("Leeds; Copeland", 2024, "council_not_at_date", "Copeland Borough Council"),
        ("Leeds; n/a", 2015, "council_missing", "No council"),
        ("Leeds and", 2015, "council_unknown", "'Leeds and'"),
        ("and", 2015, "council_unknown", "'and'"),
    ],
)
def test_one_bad_part_makes_the_whole_bad_and_is_named(text, year, code, part):
    for reading in (COUNCILS.resolve_lead(text, on(year)), COUNCILS.resolve_partners(text, on(year))):
        assert (reading.value, reading.bad, reading.code) == (None, True, code)
        assert part in reading.message


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("Kent and Essex Fire", 2015),
        ("Boston, Lincolnshire", 2015),
        ("Plymouth, Devon", 2015),
        ("York and North Yorkshire", 2025),
        ("Cambridgeshire and Peterborough", 2020),
    ],
)
def test_a_joint_name_that_can_be_read_in_two_ways_is_refused(text, year):
    assert COUNCILS.resolve_lead(text, on(year)).code == "council_ambiguous"


@pytest.mark.parametrize("text", ["Dorset and Wiltshire Fire", "Bournemouth, Christchurch and Poole Council"])
def test_the_full_name_of_a_later_body_is_not_cut_into_earlier_ones(text):
    assert COUNCILS.resolve_lead(text, on(2015)).code == "council_not_at_date"


@settings(max_examples=200, deadline=None)
@given(names=st.lists(st.sampled_from(EVERY), min_size=1, max_size=6, unique=True))
def test_official_names_joined_by_semicolons_are_read_in_their_order(names):
    at = on(2015)
    alive = [council for council in names if council.existed(at)]
    reading = COUNCILS.resolve_partners("; ".join(council.name for council in alive), at)
    assert reading.value == tuple(council.gss_code for council in alive)


@settings(max_examples=200, deadline=None)
@given(names=st.lists(st.sampled_from(EVERY), min_size=3, max_size=6, unique=True))
def test_official_names_joined_by_commas_and_an_and_are_never_read_as_others(names):
    at = on(2015)
    alive = [council for council in names if council.existed(at)]
    text = " and ".join([", ".join(council.name for council in alive[:-1]), *(body.name for body in alive[-1:])])
    reading = COUNCILS.resolve_partners(text, at)
    assert reading.bad or reading.value == tuple(council.gss_code for council in alive)
