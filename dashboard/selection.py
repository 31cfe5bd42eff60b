"""What a reader chose: collection, release, stage and filters; to and from plain text of an address, checked."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from dashboard.dimensions import DIMENSIONS, KIND, NOT_STATED, STAGE, Dimension, dimension_named
from dashboard.measures import STAGES, UnknownName, named
from dashboard.refusals import Refused

FILTERS = tuple(dimension for dimension in DIMENSIONS.values() if dimension.filters and dimension is not STAGE)
YEAR = re.compile("(20[0-9]{2})-([0-9]{2})")


@dataclass(frozen=True)
class Selection:
    """`stage` is the stage that figures speak of; `where` restricts dimensions to codes, both in a fixed order.

    `real` is the financial year in whose prices pounds are given; None for cash terms.
    """

    collection: str = "published"
    release: str | None = None
    stage: str = "achieved"
    where: tuple[tuple[str, tuple[str, ...]], ...] = ()
    real: str | None = None

    def values(self, dimension: Dimension) -> tuple[str, ...]:
        """The codes that a dimension is restricted to; empty if it is not."""
        return dict(self.where).get(dimension.id, ())

    def narrowed(self, by: Iterable[Dimension], codes: Iterable[str]) -> "Selection":
        """The same selection restricted to one row of a table: to its code of each dimension that can be filtered."""
        narrower = self
        for dimension, code in zip(by, codes, strict=True):
            if dimension is STAGE:
                narrower = replace(narrower, stage=code if code in STAGES else self.stage)
            elif dimension.filters:
                narrower = narrower.restricted(dimension, (code,))
        return narrower

    def restricted(self, dimension: Dimension, codes: Iterable[str]) -> "Selection":
        """The same selection with a dimension restricted to these codes; none lifts the restriction."""
        where = dict(self.where) | {dimension.id: tuple(sorted(set(codes)))}
        return replace(self, where=_in_order(where))


def _in_order(where: Mapping[str, tuple[str, ...]]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    return tuple((name, where[name]) for name in DIMENSIONS if where.get(name))


def selection_of(
    collection: str, release: str | None, parts: Mapping[str, Iterable[str]], real: str | None = None
) -> Selection:
    """A selection from names and values as typed; UnknownName where a dimension, stage or kind is not declared.

    `parts` maps a dimension's id to codes; `stage` takes exactly one, else Refused. `real` is a financial year.
    """
    where: dict[str, tuple[str, ...]] = {}
    stage = "achieved"
    for name, values in parts.items():
        dimension = dimension_named(name)
        codes = tuple(sorted({value.strip() for value in values if value.strip()}))
        if dimension is STAGE:
            stage = _one_stage(codes)
        elif not dimension.filters:
            raise UnknownName(f"'{name}' is for splitting, not for filtering.")
        else:
            where[name] = _known_codes(dimension, codes)
    return Selection(collection, release, stage, _in_order(where), _year(real) if real else None)


def _one_stage(codes: tuple[str, ...]) -> str:
    known = [named("stage", code, STAGES) for code in codes]
    if len(known) != 1:
        raise Refused("one_stage_at_a_time", "", tuple(f"stage={stage}" for stage in known or STAGES))
    return known[0]


def _known_codes(dimension: Dimension, codes: tuple[str, ...]) -> tuple[str, ...]:
    if dimension is KIND:
        return tuple(named("kind", code, tuple(dict(KIND.labels))) for code in codes)
    if dimension.ordered:
        return tuple(_year(code) for code in codes)
    return codes


def _year(code: str) -> str:
    found = YEAR.fullmatch(code)
    if code == NOT_STATED or (found and int(found[2]) == (int(found[1]) + 1) % 100):
        return code
    raise UnknownName(f"'{code}' is not a financial year. Write it like 2014-15, or not_stated.")


def where_of(texts: Iterable[str]) -> dict[str, list[str]]:
    """`DIM=VALUE[,VALUE]` as typed on a command line, by dimension. UnknownName if a text has another shape."""
    found: dict[str, list[str]] = {}
    for text in texts:
        name, sign, values = text.partition("=")
        if not sign or not values:
            raise UnknownName(f"'{text}' is not DIM=VALUE. Write, for example, skill_area=commercialisation.")
        found.setdefault(name.strip(), []).extend(values.split(","))
    return found


def to_address(selection: Selection) -> dict[str, str]:
    """The selection as the parameters of an address."""
    parts = {"collection": selection.collection}
    if selection.release:
        parts["release"] = selection.release
    if selection.stage != "achieved":
        parts["stage"] = selection.stage
    if selection.real:
        parts["real"] = selection.real
    return parts | {name: ",".join(codes) for name, codes in selection.where}


def from_address(parameters: Mapping[str, str], collections: tuple[str, ...]) -> tuple[Selection, tuple[str, ...]]:
    """The selection that an address asks for, and a plain sentence for each part of it that was not understood."""
    collection = parameters.get("collection", "published")
    problems = []
    if collection not in collections:
        problems.append(f"There is no collection '{collection}' here. Showing '{collections[0]}'.")
        collection = collections[0]
    parts: dict[str, list[str]] = {}
    real = None
    for name, text in parameters.items():
        if name in ("collection", "release"):
            continue
        asked = {} if name == "real" else {name: text.split(",")}
        try:
            selection_of(collection, None, asked, text if name == "real" else None)
        except (UnknownName, Refused) as problem:
            problems.append(f"The address was not understood in part. {problem}")
        else:
            parts |= asked
            real = text if name == "real" else real
    return selection_of(collection, parameters.get("release"), parts, real), tuple(problems)
