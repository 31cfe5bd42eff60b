"""The register of councils: who they are, when they existed, and every spelling that means one of them."""

import csv
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import islice, takewhile
from pathlib import Path
from typing import TypeVar

from etl.values.council_names import (
    SPECIAL_TYPES,
    TOO_ALIKE,
    key_of,
    official_keys,
    place_of,
    spellings,
)

Value = TypeVar("Value")


@dataclass(frozen=True)
class Council:
    """One body that may bid: a council, combined authority, fire authority or national park, with its life.

    `end` is the last day it existed; a blank `start` means before 2012. `successors` and `former` hold GSS
    codes: of the bodies that took over, the larger part first, and of this same body before it was recoded.
    """

    gss_code: str
    ecode: str
    name: str
    short_name: str
    type: str
    region: str
    county: str
    start: date | None
    end: date | None
    successors: tuple[str, ...]
    former: tuple[str, ...]

    def existed(self, at: date | None) -> bool:
        """Whether the council existed on that day; always True where no day is given."""
        if at is None:
            return True
        return (self.start is None or self.start <= at) and (self.end is None or at <= self.end)

    def is_special(self) -> bool:
        """Whether a bare place name never means it: fire, national park, combined authority."""
        return self.type in SPECIAL_TYPES

    def place(self) -> str:
        """The key of the place it serves: `newcastle upon tyne`, `greater manchester`."""
        key = key_of(self.short_name)
        return place_of(key) if self.is_special() else key


@dataclass(frozen=True)
class Register:
    """All councils by GSS code, by each key that may mean them, by place; and what is outside the programme."""

    by_code: Mapping[str, Council]
    by_key: Mapping[str, tuple[Council, ...]]
    by_place: Mapping[str, tuple[Council, ...]]
    predecessors: Mapping[str, tuple[str, ...]]
    outside: Mapping[str, str]

    def living(self, key: str, at: date | None) -> list[Council]:
        """The councils that a key may mean and that existed at the date; one means that it is certain."""
        living = [council for council in self.by_key.get(key, ()) if council.existed(at)]
        if at is None and len(living) == 1 and key == f"{living[0].place()} council":
            # `Somerset Council` is the unitary of 2023, but people called the county before it so too.
            same = [council for council in self.by_place[living[0].place()] if not council.is_special()]
            return living + [council for council in same if council is not living[0]]
        return living

    def of_place(self, place: str, at: date | None) -> list[Council]:
        """Councils whose place is or begins with this one ("newcastle"); special bodies if none does."""
        known = [place] if place in self.by_place else []
        known += [*self._beginning_with(f"{place} "), *self._beginning_with(f"{place}shire")]
        known.sort(key=self._order.__getitem__)
        alike = [council for each in known for council in self.by_place[each] if council.existed(at)]
        return [council for council in alike if not council.is_special()] or alike

    @cached_property
    def _order(self) -> dict[str, int]:
        """Where each place stands in the register."""
        return {place: number for number, place in enumerate(self.by_place)}

    @cached_property
    def _places(self) -> list[str]:
        """All places in alphabetical order."""
        return sorted(self.by_place)

    def _beginning_with(self, start: str) -> Iterator[str]:
        first = bisect_left(self._places, start)
        return takewhile(lambda place: place.startswith(start), islice(self._places, first, None))

    def relatives(self, council: Council, at: date) -> list[Council]:
        """The successors (predecessors, if not yet created) that existed at the date; same place first.

        They are followed over as many reorganisations as it takes.
        """
        gone = council.end is not None and council.end < at
        found: list[Council] = []
        seen, waiting = {council.gss_code}, [council]
        while waiting:
            body = waiting.pop(0)
            for code in body.successors if gone else self.predecessors.get(body.gss_code, ()):
                if code not in seen:
                    (found if self.by_code[code].existed(at) else waiting).append(self.by_code[code])
                    seen.add(code)
        return sorted(found, key=lambda body: body.short_name != council.short_name)


def read_register(folder: Path) -> Register:
    """Read councils.csv, council_aliases.csv and not_in_programme.csv of the reference folder.

    Raises ValueError if an alias or a successor has a code that no council has.
    """
    by_code = {row["gss_code"]: _council(row) for row in _rows(folder / "councils.csv")}
    aliases = [(row["alias"], row["gss_code"]) for row in _rows(folder / "council_aliases.csv")]
    links = [(council.name, code) for council in by_code.values() for code in council.successors]
    for name, code in (*aliases, *links):
        if code not in by_code:
            raise ValueError(f"{name!r} is given the code {code!r}, which no council of councils.csv has.")
    councils = by_code.values()
    return Register(
        by_code=by_code,
        by_key=_by_key(by_code, aliases),
        by_place=_grouped((council.place(), council) for council in councils),
        predecessors=_grouped((code, council.gss_code) for council in councils for code in council.successors),
        outside={key_of(row["name"]): row["what"] for row in _rows(folder / "not_in_programme.csv")},
    )


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def _council(row: dict[str, str]) -> Council:
    return Council(
        gss_code=row["gss_code"],
        ecode=row["ecode"],
        name=row["name"],
        short_name=row["short_name"],
        type=row["type"],
        region=row["region"],
        county=row["county"],
        start=date.fromisoformat(row["start_date"]) if row["start_date"] else None,
        end=date.fromisoformat(row["end_date"]) if row["end_date"] else None,
        successors=tuple(filter(None, row["successor_gss"].split(";"))),
        former=tuple(filter(None, row["former_gss"].split(";"))),
    )


def _by_key(by_code: Mapping[str, Council], aliases: list[tuple[str, str]]) -> dict[str, tuple[Council, ...]]:
    """Every key to the councils it may mean. An official name is never another council's looser spelling."""
    official = [(key, council.gss_code) for council in by_code.values() for key in official_keys(council.name)]
    taken = {key for key, _ in official} | TOO_ALIKE
    loose = [
        (key, council.gss_code)
        for council in by_code.values()
        for key in spellings(council.name, council.short_name, council.type)
        if key not in taken
    ]
    codes = [
        (key_of(code), council.gss_code)
        for council in by_code.values()
        for code in (council.gss_code, council.ecode, *council.former)
        if code
    ]
    others = [(key_of(alias), code) for alias, code in aliases]
    meant = _grouped((*official, *loose, *codes, *others))
    return {key: tuple(by_code[code] for code in sorted(set(named))) for key, named in meant.items()}


def _grouped(pairs: Iterable[tuple[str, Value]]) -> dict[str, tuple[Value, ...]]:
    groups: dict[str, list[Value]] = {}
    for key, value in pairs:
        groups.setdefault(key, []).append(value)
    return {key: tuple(values) for key, values in groups.items()}
