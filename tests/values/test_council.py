"""Names and codes of councils: what is certain at a date is read, what is not is refused with advice."""

import csv
import string
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.values.council import LONGEST_LIST, LONGEST_NAME, Council, load_councils
from etl.values.council_names import TOO_ALIKE, key_of, official_keys, spellings
from etl.values.council_register import read_register

REFERENCE = Path(__file__).parents[2] / "data" / "reference"
COUNCILS = load_councils(REFERENCE)
EVERY = tuple(COUNCILS.by_code.values())
with (REFERENCE / "council_aliases.csv").open(encoding="utf-8", newline="") as stream:
    ALIASES = [(row["alias"], row["gss_code"]) for row in csv.DictReader(stream)]

TWINS = (
    {"Bolton", "Boston"},
    {"Harlow", "Harrow"},
    {"Barrow-in-Furness", "Harrow"},
    {"Herefordshire", "Hertfordshire"},
    {"Melton", "Merton"},
    {"Lancashire", "Lancashire CA"},
)
"""Short names, or everyday ones, one letter apart: each is certain as typed, and nobody can tell a typo from it."""


def on(year: int) -> date:
    return date(year, 4, 1)


def living_day(council: Council) -> date:
    """A day of the council's life."""
    return council.end or max(council.start or on(2012), on(2012))


def ids(pairs) -> list[str]:
    return [str(pair[0]) for pair in pairs]


def test_every_official_name_and_code_means_its_own_council_in_its_life():
    for council in EVERY:
        names = (council.name, council.gss_code, council.ecode, *council.former)
        for text in filter(None, names):
            assert COUNCILS.resolve(text, living_day(council)).value == council.gss_code, text


def test_every_short_name_means_its_own_council_in_its_life():
    for council in EVERY:
        assert COUNCILS.resolve(council.short_name, living_day(council)).value == council.gss_code


@pytest.mark.parametrize(("alias", "code"), ALIASES, ids=ids(ALIASES))
def test_every_alias_means_its_council(alias, code):
    assert COUNCILS.resolve(alias, living_day(COUNCILS.by_code[code])).value == code


def variants(name: str) -> set[str]:
    changed = {name, name.upper(), name.lower(), f"  {name}\u00a0", f"The {name}", f"{name}."}
    changed |= {name.replace(" ", "  "), name.replace(" ", "\u00a0"), name.replace("-", " ")}
    changed |= {name.replace(" and ", " & "), name.replace("&", "and")}
    changed |= {name.replace("'", ""), name.replace("'", "’"), name.replace(",", "")}
    changed |= {name.replace("St ", "St. "), name.replace("St ", "Saint ")}
    return changed


def test_spellings_of_an_official_name_mean_the_same_council():
    for council in EVERY:
        for text in variants(council.name):
            assert COUNCILS.resolve(text, living_day(council)).value == council.gss_code, text


def test_a_name_without_its_last_word_never_means_another_council():
    for council in EVERY:
        reading = COUNCILS.resolve(council.name.rsplit(" ", 1)[0], living_day(council))
        assert reading.value in (None, council.gss_code), council.name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Copeland Council", "Copeland Borough Council"),
        ("copeland bc", "Copeland Borough Council"),
        ("Borough of Copeland", "Copeland Borough Council"),
        ("Teignbridge DC", "Teignbridge District Council"),
        ("Kent CC", "Kent County Council"),
        ("Kent Council", "Kent County Council"),
        ("Lincoln CC", "City of Lincoln Council"),
        ("Newcastle CC", "Newcastle City Council"),
        ("Durham CC", "Durham County Council"),
        ("Co. Durham", "Durham County Council"),
        ("City of Leeds", "Leeds City Council"),
        ("Wolverhampton City Council", "City of Wolverhampton Council"),
        ("Bradford MDC", "City of Bradford Metropolitan District Council"),
        ("Saint Helens M.B.C.", "St Helens Council"),
        ("St. Helen's Metropolitan Borough Council", "St Helens Council"),
        ("Sefton Council", "Sefton Metropolitan Borough Council"),
        ("Shropshire County Council", "Shropshire Council"),
        ("Barrow", "Barrow-in-Furness Borough Council"),
        ("Kingston-upon-Hull City Council", "Hull City Council"),
        ("NELC", "North East Lincolnshire Council"),
        ("N.E. Lincs", "North East Lincolnshire Council"),
        ("Bath & NE Somerset", "Bath and North East Somerset Council"),
        ("LB of Hammersmith & Fulham", "London Borough of Hammersmith & Fulham"),
        ("LB Camden", "London Borough of Camden"),
        ("The Royal Borough of Kensington & Chelsea", "Royal Borough of Kensington and Chelsea"),
        ("RB Windsor & Maidenhead", "Royal Borough of Windsor and Maidenhead"),
        ("Westminster City Council", "City of Westminster"),
        ("Metropolitan Borough of Bury", "Bury Metropolitan Borough Council"),
        ("Reading UA", "Reading Borough Council"),
        ("Kings Lynn and West Norfolk BC", "Borough Council of King's Lynn and West Norfolk"),
        ("Isles of Scilly", "Council of the Isles of Scilly"),
        ("East Herts", "East Hertfordshire District Council"),
        ("Northants County Council", "Northamptonshire County Council"),
        ("Shropshire Fire", "Shropshire and Wrekin Fire and Rescue Authority"),
        ("Avon Fire & Rescue Service", "Avon Fire and Rescue Authority"),
        ("Peak District NPA", "Peak District National Park Authority"),
        ("Greater Manchester CA", "Greater Manchester Combined Authority"),
    ],
)
def test_a_certain_spelling_is_read(text, name):
    reading = COUNCILS.resolve(text, on(2015))
    assert reading.value is not None, reading.message
    assert COUNCILS.by_code[reading.value].name == name
    assert reading.code is None


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Shropshire", "Shropshire Council"),
        ("Devon", "Devon County Council"),
        ("Durham", "Durham County Council"),
        ("Leicester", "Leicester City Council"),
        ("Leicestershire", "Leicestershire County Council"),
        ("Cambridge", "Cambridge City Council"),
        ("Gloucester", "Gloucester City Council"),
        ("York", "City of York Council"),
        ("Northampton", "Northampton Borough Council"),
        ("New Forest", "New Forest District Council"),
        ("Northumberland", "Northumberland County Council"),
        ("North Yorkshire", "North Yorkshire County Council"),
    ],
)
def test_a_bare_place_means_the_council_not_the_fire_or_park_body(text, name):
    assert COUNCILS.by_code[COUNCILS.resolve(text, on(2015)).value].name == name


@pytest.mark.parametrize(
    ("place", "last_year"), [("Buckinghamshire", 2019), ("Dorset", 2018), ("North Yorkshire", 2022), ("Somerset", 2022)]
)
def test_a_name_that_a_county_and_a_later_unitary_share_is_read_by_the_date(place, last_year):
    before, after = COUNCILS.resolve(place, on(last_year)), COUNCILS.resolve(place, on(last_year + 1))
    assert COUNCILS.by_code[before.value].name == f"{place} County Council"
    assert COUNCILS.by_code[after.value].name == f"{place} Council"
    assert COUNCILS.resolve(place, None).code == "council_ambiguous"


@pytest.mark.parametrize("place", ["Buckinghamshire", "Dorset", "North Yorkshire", "Somerset"])
def test_type_words_are_never_overruled_by_the_date(place):
    county, unitary = f"{place} County Council", f"{place} Council"
    assert COUNCILS.resolve(county, on(2024)).code == "council_not_at_date"
    assert COUNCILS.resolve(county, on(2024)).suggestion.startswith(unitary)
    assert COUNCILS.resolve(unitary, on(2015)).code == "council_not_at_date"
    assert COUNCILS.resolve(unitary, on(2015)).suggestion.startswith(county)


def test_the_last_day_of_a_council_is_still_its_own():
    assert COUNCILS.resolve("Copeland", date(2023, 3, 31)).value == "E07000029"
    assert COUNCILS.resolve("Copeland", date(2023, 4, 1)).code == "council_not_at_date"
    assert COUNCILS.resolve("Cumberland", date(2023, 4, 1)).value == "E06000063"


@pytest.mark.parametrize("text", ["Copeland", "Copeland Borough Council", "E07000029", "E0934"])
def test_an_abolished_council_names_its_successor_by_name_and_by_code(text):
    reading = COUNCILS.resolve(text, on(2024))
    assert (reading.value, reading.bad, reading.code) == (None, True, "council_not_at_date")
    assert reading.suggestion == "Cumberland Council"
    assert "abolished on 31 March 2023" in reading.message


@pytest.mark.parametrize(
    ("text", "year", "suggestion"),
    [
        ("Taunton Deane", 2020, "Somerset West and Taunton Council"),
        ("Taunton Deane", 2024, "Somerset Council"),
        ("Cumbria", 2024, "Cumberland Council; Westmorland and Furness Council"),
        ("Somerset West and Taunton", 2015, "Taunton Deane Borough Council; West Somerset District Council"),
        ("Greater Manchester Fire", 2018, "Greater Manchester Combined Authority"),
    ],
)
def test_reorganisations_are_followed_to_the_bodies_of_the_date(text, year, suggestion):
    assert COUNCILS.resolve(text, on(year)).suggestion == suggestion


def test_predecessors_are_followed_over_two_reorganisations():
    suggested = COUNCILS.resolve("Somerset Council", on(2015)).suggestion
    assert "Taunton Deane Borough Council" in suggested
    assert suggested.startswith("Somerset County Council")


def test_a_body_that_was_recoded_is_read_by_either_code_at_any_date():
    for code in ("E08000016", "E08000038"):
        for year in (2013, 2026):
            assert COUNCILS.resolve(code, on(year)).value == "E08000038"


def test_the_two_north_east_combined_authorities_are_told_apart_by_date():
    assert COUNCILS.resolve("North East Combined Authority", on(2016)).value == "E47000010"
    assert COUNCILS.resolve("North East Combined Authority", on(2025)).value == "E47000014"
    assert COUNCILS.resolve("North East Combined Authority", None).code == "council_ambiguous"


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Newcastle", ("Newcastle City Council", "Newcastle-under-Lyme Borough Council")),
        ("Newcastle Council", ("Newcastle City Council", "Newcastle-under-Lyme Borough Council")),
        ("Richmond", ("London Borough of Richmond upon Thames", "Richmondshire District Council")),
        ("Kingston", ("Royal Borough of Kingston upon Thames", "Hull City Council")),
        ("Cheshire", ("Cheshire East Council", "Cheshire West and Chester Council")),
        (
            "Greater Manchester",
            ("Greater Manchester Combined Authority", "Greater Manchester Fire and Rescue Authority"),
        ),
    ],
)
def test_a_name_that_may_mean_several_is_refused_and_names_them(text, named):
    reading = COUNCILS.resolve(text, on(2015))
    assert (reading.value, reading.bad, reading.code) == (None, True, "council_ambiguous")
    assert all(name in reading.message and name in reading.suggestion for name in named)


@pytest.mark.parametrize(
    ("text", "suggestion"),
    [
        ("Leeds District Council", "Leeds City Council"),
        ("Leeds?", "Leeds City Council"),
        ("Teignbridge Borough Council", "Teignbridge District Council"),
        ("Wortthing", "Worthing Borough Council"),
        ("Nothumberland County Council", "Northumberland County Council"),
        ("Dartmoor", "Dartmoor National Park Authority"),
        ("Bolton Borough Council", "Bolton Metropolitan Borough Council"),
        ("Dorset Councils", None),
        ("West Midlands", "West Midlands Fire and Rescue Authority"),
        ("Tees Valley", None),
        ("Narnia", None),
        ("E09999999", None),
        ("?", None),
    ],
)
def test_a_name_that_is_not_certain_is_refused_with_a_suggestion(text, suggestion):
    reading = COUNCILS.resolve(text, on(2015))
    assert (reading.value, reading.bad, reading.code) == (None, True, "council_unknown")
    assert reading.suggestion == suggestion


def test_a_suggestion_existed_at_the_date():
    assert COUNCILS.resolve("Cumbrland", on(2024)).suggestion == "Cumberland Council"
    assert COUNCILS.resolve("Cumbrland", on(2015)).suggestion != "Cumberland Council"


@pytest.mark.parametrize(
    "text",
    [
        "West Yorkshire Police",
        "Police and Crime Commissioner for Avon",
        "Kent PCC",
        "Formby Parish Council",
        "Northampton Town Council",
        "Cardiff",
        "Isle of Anglesey County Council",
        "Caerphilly CBC",
        "City and County of Swansea",
        "City of Edinburgh Council",
        "The Highland Council",
        "Perth & Kinross",
        "Derry",
        "Derry City Council",
        "Newry, Mourne and Down District Council",
        "W06000015",
        "S12000036",
        "N09000005",
        "E04000001",
    ],
)
def test_bodies_outside_the_programme_are_refused_as_such(text):
    for reading in (COUNCILS.resolve(text, on(2015)), COUNCILS.resolve_lead(text, on(2015))):
        assert (reading.value, reading.bad, reading.code) == (None, True, "council_not_in_programme")
        assert "is not an English authority of the programme" in reading.message


def test_the_list_outside_the_programme_has_every_principal_council_and_no_english_one():
    with (REFERENCE / "not_in_programme.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert len(rows) >= 22 + 32 + 11
    assert not [row["name"] for row in rows if key_of(row["name"]) in COUNCILS.register.by_key]


def test_a_place_whose_name_is_only_its_own_is_certain_without_a_date():
    assert COUNCILS.resolve("Copeland", None).value == "E07000029"
    assert COUNCILS.resolve("Dorset County Council", None).value == "E10000009"


def test_a_text_too_long_is_refused_at_once():
    assert "201 characters" in COUNCILS.resolve("x" * (LONGEST_NAME + 1), None).message
    assert COUNCILS.resolve_partners("Leeds; " * LONGEST_LIST, None).code == "council_unknown"
    assert COUNCILS.resolve_lead("none" + " " * LONGEST_NAME + "Leeds", None).code == "council_unknown"


def one_letter_apart(keys) -> set[tuple[str, str]]:
    """Pairs of keys that differ by one letter changed, added or left out."""
    alike: dict[str, set[str]] = {}
    for key in keys:
        for place in range(len(key) + 1):
            alike.setdefault(f"{key[:place]}*{key[place:]}", set()).add(key)
            alike.setdefault(f"{key[:place]}*{key[place + 1 :]}", set()).add(key)
    return {(one, other) for group in alike.values() for one in group for other in group if one != other}


def test_no_spelling_is_one_letter_from_the_official_name_of_another_council():
    by_key = COUNCILS.register.by_key
    official = {key for council in EVERY for key in official_keys(council.name)}
    near = {(one, other) for one, other in one_letter_apart(by_key) if other in official}
    assert not [pair for pair in near if set(by_key[pair[0]]).isdisjoint(by_key[pair[1]])]


def test_every_spelling_declared_too_alike_would_otherwise_be_read():
    loose = {key for body in EVERY for key in spellings(body.name, body.short_name, body.type)}
    assert loose >= TOO_ALIKE


def typos(name: str) -> set[str]:
    """Every text one letter away: a letter left out, changed, added, or two letters swapped."""
    letters = string.ascii_lowercase + " -&.',"
    found = set()
    for place in range(len(name) + 1):
        head, tail = name[:place], name[place:]
        found |= {head + tail[1:], head + tail[1:2] + tail[:1] + tail[2:]}
        found |= {head + letter + rest for letter in letters for rest in (tail, tail[1:])}
    return found


@pytest.mark.slow
def test_a_typo_of_one_letter_never_means_another_council():
    mistaken = []
    for council in EVERY:
        for typo in {*typos(council.name), *typos(council.short_name)}:
            living = COUNCILS.register.living(key_of(typo), living_day(council))
            if len(living) == 1 and living[0] != council:
                mistaken.append({council.short_name, living[0].short_name})
    assert mistaken
    assert all(pair in TWINS for pair in mistaken)


@settings(max_examples=200, deadline=None)
@given(council=st.sampled_from(EVERY), data=st.data())
def test_an_official_name_with_a_typo_is_read_rightly_or_refused(council, data):
    typo = data.draw(st.sampled_from(sorted(typos(council.name))))
    assert COUNCILS.resolve(typo, living_day(council)).value in (None, council.gss_code)


DAYS = st.none() | st.dates(min_value=on(2010), max_value=on(2040))
WORDS = st.sampled_from(
    ["Leeds", "and", "&", ",", ";", "/", "Council", "City", "of", "Fire", "Adur", "Bournemouth", "Poole", "CC"]
)
TEXTS = st.text(max_size=220) | st.lists(WORDS, max_size=40).map(" ".join)


@settings(max_examples=300, deadline=None)
@given(text=TEXTS, at=DAYS)
def test_no_text_crashes_and_every_refusal_says_what_to_write(text, at):
    for read in (COUNCILS.resolve, COUNCILS.resolve_lead, COUNCILS.resolve_partners):
        reading = read(text, at)
        assert reading.bad == (reading.value is None)
        assert reading.bad == (reading.code is not None)
        assert not reading.bad or reading.message.endswith(".")
    assert isinstance(COUNCILS.split(text, at), list)


def test_an_alias_of_no_council_is_refused_when_the_reference_is_read(tmp_path):
    for name in ("councils.csv", "not_in_programme.csv"):
        (tmp_path / name).write_bytes((REFERENCE / name).read_bytes())
    (tmp_path / "council_aliases.csv").write_text("alias,gss_code\nAtlantis,E99999999\n", encoding="utf-8")
    with pytest.raises(ValueError, match="Atlantis"):
        read_register(tmp_path)
