"""One text becomes one English council, or several, at a date; or a finding that says what to write."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from pathlib import Path

from rapidfuzz import fuzz, process

from etl.values import Reading
from etl.values import council_findings as findings
from etl.values.council_joint import Cut, cut, pieces_of
from etl.values.council_names import has_type_words, key_of, outside_word, place_of
from etl.values.council_register import Council, Register, read_register

__all__ = ["Council", "Councils", "load_councils"]

LONGEST_NAME = 200
"""Characters; a longer text is not the name of one council."""

LONGEST_LIST = 4_000
"""Characters; a longer text is not a list of councils."""

SUGGESTION_CUTOFF = 80
"""Likeness out of 100 (token sort ratio) from which a name is suggested. It is never used as the answer."""

MOST_REMEMBERED = 4_096
"""Names whose likenesses are remembered; they are asked for in their order, so that a few would do."""

NOT_GIVEN = frozenset({"", "n/a", "na", "none", "nil", "not applicable"})
NOT_KNOWN_YET = frozenset({"tbc", "tba", "tbd", "not known", "unknown", "not yet known", "to be confirmed"})

_CODE = re.compile(r"[ewsn]\d{8}")
_OUTSIDE_CODES = {
    "w": "the code of a Welsh body",
    "s": "the code of a Scottish body",
    "n": "the code of a Northern Ireland body",
    "e04": "the code of a parish",
    "e23": "the code of a police force",
}


@dataclass(frozen=True)
class Councils:
    """Reads names and codes of councils, at a date, against the register. Built by `load_councils`."""

    register: Register

    @property
    def by_code(self) -> Mapping[str, Council]:
        """Every council by its GSS code."""
        return self.register.by_code

    @cached_property
    def _keys(self) -> tuple[tuple[Council, tuple[str, str]], ...]:
        """Every council with the keys of its two names, worked out once: a return may hold many unknown names."""
        return tuple((council, (key_of(council.name), key_of(council.short_name))) for council in self.by_code.values())

    @cached_property
    def _names_at(self) -> dict[date | None, dict[str, str]]:
        """Official names by key at each date that was asked for: filled as they are wanted."""
        return {}

    @cached_property
    def _likenesses(self) -> Callable[[str], dict[str, float]]:
        """The keys like a key, at whatever date, each with its likeness: one name is often asked for at many dates."""
        keys = tuple(dict.fromkeys(key for _, both in self._keys for key in both))

        def like(key: str) -> dict[str, float]:
            found = process.extract(key, keys, scorer=fuzz.token_sort_ratio, score_cutoff=SUGGESTION_CUTOFF, limit=None)
            return {name: likeness for name, likeness, _ in found}

        return lru_cache(maxsize=MOST_REMEMBERED)(like)

    def resolve(self, text: str, at: date | None) -> Reading:
        """Read one council at a date; the value is its GSS code.

        With no date only a name that one body alone ever bore is certain. A text that is not certain gives a
        bad reading: council_missing, council_unknown, council_ambiguous, council_not_at_date or
        council_not_in_programme.
        """
        if len(text) > LONGEST_NAME:
            return findings.too_long(text, LONGEST_NAME)
        key = key_of(text)
        living = self.register.living(key, at)
        if len(living) == 1:
            return Reading(living[0].gss_code)
        if living:
            return findings.ambiguous(text, living)
        if at is not None and key in self.register.by_key:
            return self._not_at_date(key, at)
        return self._refused(text, key, at)

    def resolve_lead(self, text: str, at: date | None) -> Reading:
        """Read the councils of a lead cell; the value is a tuple of GSS codes, the lead first."""
        if _says_only(text, NOT_GIVEN | NOT_KNOWN_YET):
            return findings.missing()
        return self._resolve_all(text, at)

    def resolve_partners(self, text: str, at: date | None) -> Reading:
        """Read the councils of a partner cell; the value is a tuple of GSS codes, empty if none is named."""
        if _says_only(text, NOT_GIVEN):
            return Reading(())
        return self._resolve_all(text, at)

    def split(self, text: str, at: date | None) -> list[str]:
        """The names in a text, as typed; a council with `and` or a comma in its name stays one."""
        if len(text) > LONGEST_LIST:
            return [text]
        return [name for piece in pieces_of(text) for name in self._cut(piece, at).names]

    def _resolve_all(self, text: str, at: date | None) -> Reading:
        """The councils of a text, each once; bad as a whole if one name is bad, with that name's message."""
        if len(text) > LONGEST_LIST:
            return findings.too_long(text, LONGEST_LIST)
        codes: list[str] = []
        for piece in pieces_of(text):
            reading = self._resolve_piece(piece, at)
            if reading.bad:
                return reading
            codes += reading.value
        return Reading(tuple(dict.fromkeys(codes)))

    def _resolve_piece(self, piece: str, at: date | None) -> Reading:
        found = self._cut(piece, at)
        if found.unread:
            everything = len(found.unread) == len(found.names)
            return self.resolve(piece if everything else found.unread[0], at)
        councils = [self.by_code[code] for code in found.codes if code]
        instead = self._combined_instead(piece, at)
        if instead:
            return findings.ambiguous(piece, instead)
        if not found.certain or _mixes_sorts(found, councils) or _is_address(piece, found, councils):
            return findings.unclear_list(piece)
        return Reading(tuple(council.gss_code for council in councils))

    def _cut(self, piece: str, at: date | None) -> Cut:
        """A piece cut into names. The whole is tried first; a whole name with type words is never cut."""
        code = self._code_of(piece, at)
        key = key_of(piece) if len(piece) <= LONGEST_NAME else ""
        if code or (key in self.register.by_key and has_type_words(key)):
            return Cut((piece,), (code,))
        return cut(piece, lambda name: self._code_of(name, at))

    def _code_of(self, name: str, at: date | None) -> str | None:
        living = self.register.living(key_of(name), at) if len(name) <= LONGEST_NAME else []
        return living[0].gss_code if len(living) == 1 else None

    def _combined_instead(self, piece: str, at: date | None) -> list[Council]:
        """What a joint name may mean that is a combined authority's place too: "York and North Yorkshire"."""
        bodies = self.register.by_place.get(key_of(piece), ())
        combined = [body for body in bodies if body.type == "combined" and body.existed(at)]
        codes = {body.gss_code for body in combined}
        if not combined:
            return []
        apart = cut(piece, lambda name: code if (code := self._code_of(name, at)) not in codes else None)
        several = len(apart.names) > 1
        return [*combined, *(self.by_code[code] for code in apart.codes if code)] if several else []

    def _refused(self, text: str, key: str, at: date | None) -> Reading:
        """Why a text whose key is no council's is refused."""
        if key in NOT_GIVEN | NOT_KNOWN_YET:
            return findings.missing()
        outside = self._outside(key)
        if outside:
            return findings.not_in_programme(text, outside)
        if _CODE.fullmatch(key):
            return findings.unknown(text, None)
        if not self.register.of_place(place_of(key), None):
            return findings.unknown(text, self._most_like(key, at))
        alike = self.register.of_place(place_of(key), at)
        if len(alike) > 1:
            return findings.ambiguous(text, alike)
        return findings.unknown(text, alike[0].name if alike else None)

    def _outside(self, key: str) -> str | None:
        """What a key names outside the programme, by its code, its words or its name; None if nothing."""
        if _CODE.fullmatch(key):
            return _OUTSIDE_CODES.get(key[0]) or _OUTSIDE_CODES.get(key[:3])
        outside = self.register.outside
        return outside_word(key) or outside.get(key) or outside.get(place_of(key))

    def _most_like(self, key: str, at: date | None) -> str | None:
        """The official name most like a key, for a suggestion; of several the first."""
        likenesses = self._likenesses(key)
        if not likenesses:
            return None
        if at not in self._names_at:
            living = (pair for pair in self._keys if pair[0].existed(at))
            self._names_at[at] = {key: council.name for council, keys in living for key in keys}
        names = self._names_at[at]
        most = max((likeness for name, likeness in likenesses.items() if name in names), default=None)
        return next((names[name] for name in names if most is not None and likenesses.get(name) == most), None)

    def _not_at_date(self, key: str, at: date) -> Reading:
        """What became of the council, or was before it; of several that share a name, one with relatives."""
        named = [(council, self.register.relatives(council, at)) for council in self.register.by_key[key]]
        council, relatives = next((pair for pair in named if pair[1]), named[0])
        return findings.not_at_date(council, relatives, at)


def load_councils(folder: Path) -> Councils:
    """Read councils.csv, council_aliases.csv and not_in_programme.csv of the reference folder, once.

    Raises ValueError if an alias or a successor has a code that no council has.
    """
    return Councils(read_register(folder))


def _says_only(text: str, words: frozenset[str]) -> bool:
    """Whether a cell says only one of these words, or nothing but separators."""
    if len(text) > LONGEST_LIST:
        return False
    text = text.strip()
    return not pieces_of(text) or (len(text) <= LONGEST_NAME and key_of(text) in words)


def _mixes_sorts(found: Cut, councils: list[Council]) -> bool:
    """Whether one name says "fire" or the like and another says nothing: "Dorset and Wiltshire Fire"."""
    special = any(council.is_special() for council in councils)
    return special and len(councils) > 1 and not all(has_type_words(key_of(name)) for name in found.names)


def _is_address(piece: str, found: Cut, councils: list[Council]) -> bool:
    """Whether two names may be a place and its county, not two councils: "Boston, Lincolnshire"."""
    if len(councils) != 2 or has_type_words(key_of(found.names[1])):
        return False
    first, second = councils
    between = piece.removeprefix(found.names[0]).removesuffix(found.names[1]).strip()
    of_county = second.type == "county" or second.place().endswith("shire") or second.place() == "dorset"
    return between == "," and of_county and first.type != "county" and first.region == second.region
