"""How a name may be spelled: one key for all spellings of a text, and the keys that are a council's."""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

_DROPPED = "'’‘ʼ`´′\u200b\u200c\u200d\u2060\ufeff\u00ad"
_SPACED = ',.()[]{}-‐‑‒–—―_:"“”'
_LETTERS = str.maketrans(dict.fromkeys(_DROPPED, "") | dict.fromkeys(_SPACED, " ") | {"&": " and "})
_INITIALS = re.compile(r"(?<=\b\w)\.(?=\w\b)")
_YEARS = re.compile(r" \d{4} to \d{4}$")

WORDS = {
    "the": "",
    "saint": "st",
    "boro": "borough",
    "met": "metropolitan",
    "n": "north",
    "e": "east",
    "s": "south",
    "w": "west",
    "ne": "north east",
    "nw": "north west",
    "se": "south east",
    "sw": "south west",
    "beds": "bedfordshire",
    "berks": "berkshire",
    "bucks": "buckinghamshire",
    "cambs": "cambridgeshire",
    "glos": "gloucestershire",
    "hants": "hampshire",
    "herts": "hertfordshire",
    "lancs": "lancashire",
    "leics": "leicestershire",
    "lincs": "lincolnshire",
    "northants": "northamptonshire",
    "notts": "nottinghamshire",
    "oxon": "oxfordshire",
    "shrops": "shropshire",
    "staffs": "staffordshire",
    "warks": "warwickshire",
    "wilts": "wiltshire",
    "worcs": "worcestershire",
    "yorks": "yorkshire",
}

STYLES = {
    "council": ("{} council",),
    "county": ("{} county council", "{} county", "{} cc"),
    "city": ("{} city council", "{} city", "{} cc", "city of {}", "city of {} council"),
    "city and district": ("{} city and district council", "{} city and district"),
    "borough": ("{} borough council", "{} borough", "{} bc", "borough of {}", "borough council of {}"),
    "district": ("{} district council", "{} district", "{} dc"),
    "unitary": ("{} ua", "{} unitary", "{} unitary authority", "{} unitary council"),
    "metropolitan": ("{} metropolitan council",),
    "metropolitan borough": (
        "{} metropolitan borough council",
        "{} metropolitan borough",
        "{} mbc",
        "metropolitan borough of {}",
    ),
    "metropolitan district": (
        "{} metropolitan district council",
        "{} metropolitan district",
        "{} mdc",
        "city of {} mdc",
        "city of {} metropolitan district council",
    ),
    "london borough": (
        "london borough of {}",
        "london borough of {} council",
        "london borough {}",
        "lb of {}",
        "lb {}",
        "{} london borough",
        "{} london borough council",
        "{} lbc",
        "{} lb",
    ),
    "royal borough": ("royal borough of {}", "royal borough of {} council", "rb of {}", "rb {}"),
    "fire": (
        "{} fire",
        "{} fire authority",
        "{} fire service",
        "{} fire commissioner",
        "{} fire and rescue",
        "{} fire and rescue authority",
        "{} fire and rescue service",
        "{} combined fire authority",
        "{} combined fire and rescue authority",
        "{} commissioner fire and rescue authority",
        "{} fra",
        "{} frs",
    ),
    "national_park": ("{} national park", "{} national park authority", "{} npa", "{} np"),
    "combined": ("{} combined authority", "{} mayoral combined authority", "{} ca", "{} mca"),
    "combined county": (
        "{} combined county authority",
        "{} mayoral combined county authority",
        "{} cca",
        "{} mcca",
    ),
}
"""Type words by style; `{}` is the place. A council bears the styles of its type and name, and no others."""

SPECIAL_TYPES = frozenset({"fire", "national_park", "combined"})
"""Bodies that a place name never means without words that say so."""

TOO_ALIKE = frozenset({"bolton borough council", "merton borough council", "hertfordshire council"})
"""Spellings that would be certain, were they not one letter from another council's official name."""

_ABROAD = (
    "{} county borough council",
    "{} county borough",
    "{} cbc",
    "{} corporation",
    "city and county of {}",
)
_PATTERNS = (*(pattern for style in STYLES.values() for pattern in style), *_ABROAD)


def _either(words: set[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))


_BEFORE = _either({pattern.partition("{}")[0].strip() for pattern in _PATTERNS} - {""})
_AFTER = _either({pattern.partition("{}")[2].strip() for pattern in _PATTERNS} - {""})
_PLACE = re.compile(rf"(?:(?:{_BEFORE}) )?(.+?)(?: (?:{_AFTER}))?")

_OUTSIDE = re.compile(
    r"\b(?:(police|policing|pcc|pfcc|constabulary|crime commissioner)"
    r"|(parish|town council|community council))\b"
)


@lru_cache(maxsize=16_384)
def key_of(text: str) -> str:
    """The key that all spellings of one name share: case, punctuation, `&`, `the`, `St`, usual short forms.

    Marks that join or question names (`;`, `/`, `?` and the like) stay, so that no key of a council has one.
    """
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text)
    if "." in text:
        text = _INITIALS.sub("", text)
    words = text.casefold().translate(_LETTERS).split()
    return " ".join(filter(None, [WORDS.get(word, word) for word in words]))


def place_of(key: str) -> str:
    """A key without its type words: `leeds` of `leeds city council`. The key itself where it has none."""
    found = _PLACE.fullmatch(key)
    return found.group(1) if found else key


def has_type_words(key: str) -> bool:
    """Whether a key says what sort of body it names."""
    return place_of(key) != key


def outside_word(key: str) -> str | None:
    """What a key's words say of a body outside the programme: `a police body`, `a parish or town council`."""
    found = _OUTSIDE.search(key)
    if not found:
        return None
    return "a police body" if found.group(1) else "a parish or town council"


def official_keys(name: str) -> frozenset[str]:
    """The keys of an official name: with, and without, the years in brackets that tell two bodies apart."""
    key = key_of(name)
    return frozenset({key, _YEARS.sub("", key)})


def styles_of(name: str, council_type: str) -> tuple[str, ...]:
    """The styles whose type words a council may be given, by its type and its official name."""
    words = set(key_of(name).split())
    if council_type in SPECIAL_TYPES:
        county = council_type == "combined" and "county" in words
        return (council_type, "combined county") if county else (council_type,)
    if "corporation" in words:
        return ()
    if council_type == "metropolitan":
        return _metropolitan_styles(words)
    borne = tuple(style for style in ("city", "borough", "district") if style in words)
    if council_type == "london_borough":
        royal = ("royal borough",) if "royal" in words else ()
        return (*borne, "borough", "london borough", *royal)
    if council_type == "district":
        return (*borne, "city and district") if len(borne) > 1 else borne or ("district",)
    return (*borne, *_unitary_or_county_styles(words, council_type))


def spellings(name: str, short_name: str, council_type: str) -> Iterator[str]:
    """Every key that certainly means this council, as far as its own name goes; another may share it."""
    short, official = key_of(short_name), official_keys(name)
    yield from official
    yield short
    styles = styles_of(name, council_type)
    if council_type in SPECIAL_TYPES:
        places = {place_of(key) for key in (_YEARS.sub("", short), *official)}
    else:
        yield from _styled({short}, ("council",))
        places = {short, *map(place_of, official)}
    yield from _styled(places, styles)


def _metropolitan_styles(words: set[str]) -> tuple[str, ...]:
    city = ("city",) if "city" in words else ()
    if "district" in words:
        return (*city, "metropolitan", "metropolitan district")
    return city or ("borough", "metropolitan", "metropolitan borough")


def _unitary_or_county_styles(words: set[str], council_type: str) -> tuple[str, ...]:
    royal = ("royal borough",) if "royal" in words else ()
    county = ("county",) if "county" in words else ()
    unitary = ("unitary",) if council_type == "unitary" else ()
    return (*royal, *county, *unitary)


def _styled(places: set[str], styles: tuple[str, ...]) -> Iterator[str]:
    for style in styles:
        for pattern in STYLES[style]:
            yield from (pattern.format(place) for place in places)
