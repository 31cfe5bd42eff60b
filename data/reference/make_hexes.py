"""Makes hexes.csv: where each council stands on a map of equal hexagons, at all boundaries since April 2012."""

import argparse
import csv
import io
import sys
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path

from hexagons import Centre, layout

FOLDER = Path(__file__).resolve().parent
MADE = FOLDER / "hexes.csv"
FIRST = "2012-04-01"
ON_THE_MAP = ("district", "unitary", "metropolitan", "london_borough")
"""Types of which no two ever share ground; counties, fire authorities and the like lie over these."""
HEADINGS = ("boundaries_from", "gss_code", "across", "down")

Row = Mapping[str, str]


def councils() -> list[Row]:
    """The councils that a map can show side by side, in order of their codes."""
    with (FOLDER / "councils.csv").open(encoding="utf-8", newline="") as stream:
        rows = [row for row in csv.DictReader(stream) if row["type"] in ON_THE_MAP]
    return sorted(rows, key=lambda row: row["gss_code"])


def boundaries(rows: Sequence[Row]) -> list[str]:
    """The days from which another set of councils stood, the first day of the table being the first."""
    begun = {row["start_date"] for row in rows if row["start_date"] > FIRST}
    gone = {str(date.fromisoformat(row["end_date"]) + timedelta(days=1)) for row in rows if row["end_date"]}
    return sorted({FIRST} | begun | gone)


def standing(rows: Sequence[Row], day: str) -> list[Row]:
    """The councils that exist on a day."""
    return [row for row in rows if row["start_date"] <= day and (not row["end_date"] or row["end_date"] >= day)]


def written() -> bytes:
    """The whole file."""
    rows = councils()
    stream = io.StringIO()
    out = csv.writer(stream, lineterminator="\n")
    out.writerow(HEADINGS)
    for day in boundaries(rows):
        laid_out = layout(
            Centre(row["gss_code"], row["region"], float(row["latitude"]), float(row["longitude"]))
            for row in standing(rows, day)
        )
        out.writerows([day, code, *cell] for code, cell in sorted(laid_out.items()))
    return stream.getvalue().encode()


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="change nothing; exit 1 if the file differs")
    wanted = written()
    if parser.parse_args(arguments).check:
        if MADE.exists() and MADE.read_bytes() == wanted:
            return 0
        sys.stderr.write("hexes.csv is not as make_hexes.py makes it\n")
        return 1
    MADE.write_bytes(wanted)
    sys.stderr.write(f"{len(wanted.splitlines()) - 1} hexagons\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
