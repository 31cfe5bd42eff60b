"""Amounts, years and councils as people type them, each with what it may be read as."""

import csv
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from random import Random

REFERENCE = Path(__file__).resolve().parents[2] / "data" / "reference"
SCALE = {"£": Decimal(1), "£000": Decimal(1000), "£m": Decimal(1_000_000)}


@dataclass(frozen=True)
class Sum:
    """What an amount may be read as: pounds, or the two ends of a range; all None is not known."""

    pounds: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    per_year: bool = False


@dataclass(frozen=True)
class Cell:
    """A typed cell: its text, what stands behind it where a workbook has a number or date, and how that is shown."""

    text: str
    value: Decimal | date | None = None
    shown: str = ""
    formula: str = ""


BLANK = Cell("")


def amount(rng: Random, unit: str) -> tuple[Cell, Sum]:
    """An amount of a project in a column of this unit, and what it may be read as."""
    how = rng.random()
    if how < 0.05:
        return Cell(rng.choice(("n/a", "tbc", "TBC", "-", "N/A", "not known", "tbd", "to be confirmed"))), Sum()
    if how < 0.08:
        return Cell(rng.choice(("nil", "0", "Nil", "0.00")), Decimal(0) if rng.random() < 0.5 else None), Sum(
            Decimal(0)
        )
    if how < 0.13:
        return _range(rng)
    pounds = _pounds(rng, unit)
    if how < 0.28:
        return _own_unit(rng, pounds)
    if how < 0.31:
        pounds = -pounds
    return _plain(rng, pounds, unit, how), Sum(pounds)


def _pounds(rng: Random, unit: str) -> Decimal:
    if unit == "£" and rng.random() < 0.4:
        return Decimal(rng.randrange(150_000, 90_000_000)) / 100
    step = rng.choice((100, 1_000, 5_000, 10_000, 25_000))
    return Decimal(rng.randrange(1, 40) * step) + (Decimal(100) if unit == "£m" and rng.random() < 0.2 else 0)


def _own_unit(rng: Random, pounds: Decimal) -> tuple[Cell, Sum]:
    """An amount that carries its own unit."""
    thousands, millions = _digits(pounds / 1000), _digits(pounds / 1_000_000)
    text = rng.choice((f"£{thousands}k", f"{thousands}k", f"£{millions}m", f"£ {thousands}K", f"£{thousands} thousand",
                       f"{millions} million", f"£{millions}M", f"£{thousands}k pounds"[: -len(" pounds")]))  # fmt: skip
    around = rng.random()
    if around < 0.1:
        return Cell(rng.choice((f"c. {text}", f"approx {text}", f"circa {text}", f"around {text}"))), Sum(pounds)
    if around < 0.2:
        return Cell(f"{text} {rng.choice(('p.a.', 'pa', 'per annum', 'a year', 'per year'))}"), Sum(
            pounds, per_year=True
        )
    return Cell(text), Sum(pounds)


def _range(rng: Random) -> tuple[Cell, Sum]:
    low = Decimal(rng.randrange(5, 50) * 1000)
    high = low + rng.randrange(1, 60) * 1000
    one, two = _digits(low / 1000), _digits(high / 1000)
    text = rng.choice((f"£{one}k-£{two}k", f"£{one}k to £{two}k", f"£{one}-{two}k", f"between £{one}k and £{two}k",
                       f"£{one}k – £{two}k"))  # fmt: skip
    if rng.random() < 0.2:
        return (Cell(f"up to £{two}k"), Sum(high=high)) if rng.random() < 0.5 else (Cell(f"over £{one}k"), Sum(low=low))
    return Cell(text), Sum(low=low, high=high)


def _plain(rng: Random, pounds: Decimal, unit: str, how: float) -> Cell:
    """An amount in the unit of its column."""
    number = pounds / SCALE[unit]
    if how > 0.65:
        shown = rng.choice(("", "0", "#,##0", "£#,##0.00", "0.0", "#,##0;(#,##0)", "0.00"))
        return Cell(_digits(number), number, shown, formula="=A1" if rng.random() < 0.2 else "")
    size = abs(number)
    plain, commas = _digits(size), f"{size:,f}" if size == int(size) or unit != "£" else f"{size:,.2f}"
    commas = _trimmed(commas)
    forms = [plain, commas, f" {commas} ", commas.replace(",", " "), commas.replace(",", "\u00a0")]
    if unit == "£":
        forms += [
            f"£{commas}",
            f"£ {commas}",
            f"£{plain}",
            f"{size:,.2f}",
            f"{size:.2f}",
            f"£{size:,.2f} ",
            f"{plain} pounds",
        ]
        forms += [f"{size.normalize():e}" if size == int(size) else plain]
    text = rng.choice(forms)
    if pounds < 0:
        text = text.strip()
        return Cell(rng.choice((f"({text})", f"-{text}", f"- {text}" if text[0] != "£" else f"-{text}")))
    return Cell(text)


def _digits(number: Decimal) -> str:
    return _trimmed(f"{number:f}")


def _trimmed(text: str) -> str:
    return text.rstrip("0").rstrip(".") if "." in text else text


def year(rng: Random, start: int) -> Cell:
    """A financial year by the year in which it starts."""
    one, two = start % 100, (start + 1) % 100
    forms = [f"{start}-{two:02d}", f"{start}/{two:02d}", f"{one:02d}/{two:02d}", f"FY{two:02d}", f"FY{start}-{two:02d}",
             f"{start}-{start + 1}", f"{start}/{start + 1}", f"{start} - {two:02d}", f"FY {one:02d}/{two:02d}",
             f"{one:02d}-{two:02d}", f"31/03/{start + 1}", f"{start}–{two:02d}", f"FY{one:02d}-{two:02d}"]  # fmt: skip
    if rng.random() < 0.06:
        return Cell(rng.choice((f"{start}", f"year ending March {start + 1}", f"{start}/5", f"Mar-{two:02d}")))
    if rng.random() < 0.06:
        day = date(start, rng.randrange(4, 13), rng.randrange(13, 29))
        return Cell(day.strftime("%d/%m/%Y"), day, "dd/mm/yyyy")
    return Cell(rng.choice(forms))


def heading_year(rng: Random, start: int) -> str:
    """A financial year in a heading."""
    one, two = start % 100, (start + 1) % 100
    return rng.choice((f"{start}-{two:02d}", f"{start}/{two:02d}", f"{one:02d}/{two:02d}", f"{start}-{start + 1}",
                       f"FY{one:02d}/{two:02d}", f"FY{two:02d}", f"{start}/{start + 1}"))  # fmt: skip


@dataclass(frozen=True)
class Body:
    """A council of the register: its code, its names, its first and last day."""

    code: str
    names: tuple[str, ...]
    start: str
    end: str

    def existed(self, day: str) -> bool:
        """Did it exist on that day?"""
        return self.start <= day and (not self.end or day <= self.end)


def bodies() -> list[Body]:
    """All councils with the names that people give them."""
    with (REFERENCE / "council_aliases.csv").open(encoding="utf-8", newline="") as stream:
        aliases = [(row["alias"], row["gss_code"]) for row in csv.DictReader(stream)]
    found = []
    with (REFERENCE / "councils.csv").open(encoding="utf-8-sig", newline="") as stream:
        for row in csv.DictReader(stream):
            short = row["short_name"]
            names = [row["name"], row["name"].upper(), row["name"].replace(" and ", " & "), short, row["gss_code"]]
            names += [row["ecode"]] if row["ecode"] else []
            if row["type"] not in ("fire", "national_park", "combined"):
                words = ("Borough", "DC", "BC", "CC", "City", "UA", "MBC", "LBC")
                names += [
                    row["name"],
                    short,
                    f"{short} Council",
                    f"{short} council ",
                    row["name"].replace("Council", "").strip(),
                ]
                names += [
                    f"{short} {words[len(found) % len(words)]}",
                    f"{('London Borough of', 'City of')[len(found) % 2]} {short}",
                ]
            names += [alias for alias, code in aliases if code == row["gss_code"]]
            found.append(Body(row["gss_code"], tuple(names), row["start_date"], row["end_date"]))
    return found
