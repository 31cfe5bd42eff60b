"""A bridge between two releases, for a terminal: what it opens with, what came and went, what it ends with."""

from typing import Any

MOST_LISTED = 20
SECTIONS = (
    ("totals", "Totals, in pounds"),
    ("per_year", "Amounts per year, in pounds a year: never added to totals"),
)


def difference_in_words(document: dict[str, Any]) -> str:
    """The document of `releases diff --json` as text; long lists are cut, and say so."""
    told = ["ILLUSTRATIVE: everything here is made up."] if document["illustrative"] else []
    told += [f"From {_release(document['from'])}", f"to   {_release(document['to'])}"]
    for name, title in SECTIONS:
        told += ["", title] if document[name] else []
        for bridge in document[name]:
            told += _bridge(bridge, document["causes"])
    if not any(bridge["changes"] for name, _ in SECTIONS for bridge in document[name]):
        told += ["", "No total changed."]
    told += ["", "Stages stand beside each other, and so do savings and income: they are never added."]
    return "\n".join(told)


def _release(release: dict[str, Any]) -> str:
    return f"{release['release']}, built {release['built_at'][:10]}, {release['lines']['in']:,} lines in"


def _name(bridge: dict[str, Any]) -> str:
    return f"{bridge['stage'].capitalize()}, {_words(bridge['kind'])}"


def _bridge(bridge: dict[str, Any], causes: dict[str, str]) -> list[str]:
    if not bridge["changes"]:
        return ["", f"  {_name(bridge)}: {_pounds(bridge['closing_gbp'])}, unchanged"]
    parts = [(cause, part) for cause, part in bridge["parts"].items() if _of(bridge, cause)]
    rows = [
        ("opening", _pounds(bridge["opening_gbp"]), _outcomes(bridge["opening_outcomes"])),
        *((_words(cause), _signed(part), causes[cause]) for cause, part in parts),
        ("closing", _pounds(bridge["closing_gbp"]), _outcomes(bridge["closing_outcomes"])),
    ]
    width = max(len(amount) for _, amount, _ in rows)
    told = ["", f"  {_name(bridge)}"]
    told += [f"    {label:<12}{amount:>{width}}  {meaning}".rstrip() for label, amount, meaning in rows]
    for cause, _ in parts:
        listed = _of(bridge, cause)
        told += [f"      {_change(change)}" for change in listed[:MOST_LISTED]]
        if listed[MOST_LISTED:]:
            told.append(
                f"      {_words(cause)}: and {len(listed) - MOST_LISTED:,} more; --json lists all {len(listed):,}"
            )
    return told


def _outcomes(count: int) -> str:
    return f"{count:,} {'outcome' if count == 1 else 'outcomes'}" if count else "no outcome"


def _words(code: str) -> str:
    return code.replace("_", " ")


def _of(bridge: dict[str, Any], cause: str) -> list[dict[str, Any]]:
    return [change for change in bridge["changes"] if change["cause"] == cause]


def _change(change: dict[str, Any]) -> str:
    old, new = (_pounds(change[name]) if change[name] is not None else "none" for name in ("old_gbp", "new_gbp"))
    way = "to" if change["new_gbp"] is None else "from"
    moved = f" ({way} {change['other_stage']})" if change["other_stage"] else ""
    places = "; ".join(line["place"] for line in (change["new_lines"] or change["old_lines"])[:3])
    years = change["years"] or "year not stated"
    return f"{_words(change['cause'])}: {change['project_ref']}, {years}{moved}: {old} to {new} ({places})"


def _pounds(text: str) -> str:
    return f"-£{_grouped(text[1:])}" if text.startswith("-") else f"£{_grouped(text)}"


def _signed(text: str) -> str:
    return _pounds(text) if text.startswith("-") else f"+{_pounds(text)}"


def _grouped(text: str) -> str:
    whole, _, pence = text.partition(".")
    return f"{int(whole):,}.{pence or '00'}"
