"""What an unknown name is likened to is worked out once a name, with the outcome of looking at every body each time."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz import fuzz, process

from etl.home import shipped
from etl.values.council import SUGGESTION_CUTOFF, load_councils
from etl.values.council_findings import unknown
from etl.values.council_names import key_of, place_of

COUNCILS = load_councils(shipped("reference"))
EVERY = tuple(COUNCILS.by_code.values())
NAMES = st.builds(
    lambda council, cut, letter: council.name[:cut] + letter + council.name[cut + 1 :],
    st.sampled_from(EVERY),
    st.integers(0, 30),
    st.sampled_from(("", "x", "e", " ", " of ")),
)
DAYS = st.none() | st.dates(date(2009, 1, 1), date(2027, 1, 1))


@given(name=NAMES | st.text("abcdehlnorst ", max_size=20), at=DAYS)
def test_places_that_begin_alike_are_found_as_by_looking_at_every_place(name: str, at: date | None):
    place = place_of(key_of(name))
    longer = (f"{place} ", f"{place}shire")
    known = [each for each in COUNCILS.register.by_place if each.startswith(longer) or each == place]
    alike = [council for each in known for council in COUNCILS.register.by_place[each] if council.existed(at)]
    expected = [council for council in alike if not council.is_special()] or alike
    assert COUNCILS.register.of_place(place, at) == expected


@given(name=NAMES, at=DAYS)
def test_a_suggestion_is_the_likest_name_of_the_date(name: str, at: date | None):
    reading = COUNCILS.resolve(name, at)
    if reading.code != "council_unknown" or COUNCILS.register.of_place(place_of(key_of(name)), None):
        return
    names = {key_of(text): body.name for body in EVERY if body.existed(at) for text in (body.name, body.short_name)}
    found = process.extractOne(key_of(name), list(names), scorer=fuzz.token_sort_ratio, score_cutoff=SUGGESTION_CUTOFF)
    assert reading == unknown(name, names[found[0]] if found else None)
