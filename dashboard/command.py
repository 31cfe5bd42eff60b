"""The command `savings`: the ETL verbs, and the questions, figures, briefings and the served dashboard."""

import json
import sys
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import click

from dashboard.caption import headings_of, numbers_of
from dashboard.charts.listing import Listing
from dashboard.dimensions import DIMENSIONS, STAGE, dimension_named
from dashboard.figure import Answer, Figure, answer, figure_named
from dashboard.measures import MEASURES, STAGES, Measure, UnknownName, at_stage, measure_named, named
from dashboard.outputs.files import csv_of, figure_json, json_of, refused_json
from dashboard.outputs.lineage import line_lineage, lineage_text, number_lineage
from dashboard.refusals import Refused, refuse_sum
from dashboard.release import Release, Unavailable, open_release
from dashboard.selection import Selection, selection_of, where_of
from dashboard.topics import FIGURES, TOPIC_OF, TOPICS
from etl.__main__ import (
    check_command,
    chosen_collection,
    collection_option,
    decide_command,
    home_option,
    load_command,
    print_json,
    progress,
    progress_done,
    releases_command,
    say,
    stop,
    template_command,
    withdraw_command,
)
from etl.home import ILLUSTRATIVE, PUBLISHED, Place, shipped
from etl.lineage import cells_as_sent
from etl.release import refresh_shipped


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="savings-impact", message="%(version)s")
def savings() -> None:
    """Savings Impact: what councils reported of the Productivity Experts programme, each number with its base."""


savings.add_command(check_command)
savings.add_command(load_command)
savings.add_command(decide_command)
savings.add_command(withdraw_command)
savings.add_command(releases_command)
savings.add_command(template_command)


def asking(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options of every question: --where, --release, --collection, --home."""
    command = home_option(collection_option(command))
    command = click.option("--release", "release_id", help="Ask an earlier release by its id.")(command)
    command = click.option("--real", metavar="YEAR", help="Give pounds in the prices of this financial year.")(command)
    return click.option("--where", multiple=True, metavar="DIM=VALUE[,VALUE]", help="Restrict the selection.")(command)


@contextmanager
def told_plainly() -> Generator[None]:
    """Ends with status 2 and a plain line where a name is not known, or a question would mislead."""
    try:
        yield
    except UnknownName as problem:
        stop(str(problem))
    except Refused as problem:
        stop(_refused(problem))


@dataclass(frozen=True)
class Asked:
    """The release and selection that a command line asks for, as typed: see `asking`."""

    home: Path
    collection: str | None
    release_id: str | None
    where: tuple[str, ...]
    real: str | None

    def opened(self) -> tuple[Release, Selection]:
        """The release and the selection, or the end with status 2 and a plain line. Refused where it would mislead."""
        if self.collection and "," in self.collection:
            raise Refused("collections_added", "", tuple(f"--collection {name}" for name in self.collection.split(",")))
        name = chosen_collection(self.home, self.collection)
        try:
            if not self.release_id:
                _keep_shipped(self.home, name)
            release = open_release(self.home, name, self.release_id)
            selection = selection_of(name, self.release_id, where_of(self.where), self.real)
            return release, release.resolved(selection)
        except (UnknownName, Unavailable) as problem:
            stop(str(problem))
            raise


def _keep_shipped(home: Path, collection: str) -> None:
    """The collections that ship with the product are loaded, and read anew after an update, when asked for.

    A home that was copied without its archive, or cannot be written to, is read as it is.
    """
    place = Place(home, collection)
    if collection not in (PUBLISHED, ILLUSTRATIVE) or (place.current() and not place.journal.exists()):
        return
    try:
        refresh_shipped(place, shipped(collection), progress)
    except OSError:
        if place.current() is None:
            raise
    finally:
        progress_done()


@savings.command()
@click.option("--measure", "measures", multiple=True, required=True, help="A measure; see: savings measures")
@click.option("--by", multiple=True, help="A dimension to split by; see: savings dimensions")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@asking
def query(
    measures: tuple[str, ...],
    by: tuple[str, ...],
    as_json: bool,
    **asked: Any,
) -> None:
    """One table of numbers, with its base, what was left out, and its caption.

    A sum of measures (A+B) is refused where it would mislead, with the measure that says what was meant.
    """
    try:
        release, selection = Asked(**asked).opened()
        figure = Figure(
            id="query",
            title="Query",
            question="",
            measures=tuple(_measures_named(measures, selection)),
            by=tuple(dimension_named(name) for name in by),
            chart=Listing(),
            adapts=False,
        )
        _check_stages(figure, asked["where"])
        found = answer(figure, release, selection)
    except UnknownName as problem:
        stop(str(problem))
        raise
    except Refused as problem:
        if not as_json:
            stop(_refused(problem))
        print_json(refused_json(problem))
        raise SystemExit(2) from None
    if found.refused and not as_json:
        stop(_refused(found.refused))
    print_json(json_of(found)) if as_json else click.echo(_in_text(found))
    if found.refused:
        raise SystemExit(2)


def _measures_named(names: tuple[str, ...], selection: Selection) -> list[Measure]:
    """The measures of these names. Refused where a name asks for a sum of several."""
    for name in names:
        parts = [measure_named(part.strip()) for part in name.split("+")]
        if len(parts) > 1:
            raise refuse_sum(parts, selection.real)
    return [measure_named(name) for name in names]


def _refused(problem: Refused) -> str:
    instead = f" Ask instead: {', '.join(problem.instead)}." if problem.instead else ""
    return f"Refused: {problem}{instead}"


def _check_stages(asked: Figure, where: tuple[str, ...]) -> None:
    """A measure names its stage; a selection of another stage would be ignored in silence, so it is refused."""
    chosen = where_of(where).get(STAGE.id)
    for measure in asked.measures:
        if chosen and measure.stage and [measure.stage] != chosen:
            instead = at_stage(measure, named("stage", chosen[0], STAGES)).id
            raise Refused("stage_conflict", f"'{measure.id}' counts the stage {measure.stage}.", (instead,))


def _in_text(found: Answer) -> str:
    table = found.table
    base = ["projects", "councils"] if table.based else []
    headings = [
        *(d.label for d in table.by),
        *(h for m in table.measures for h in headings_of(m)),
        *map(str.capitalize, base),
    ]
    rows = [
        [
            *(table.label(d, row[d.id]) for d in table.by),
            *(cell for m in table.measures for cell in numbers_of(row, m)),
            *(f"{row[name]:,}" for name in base),
        ]
        for row in table.rows
    ]
    widths = [max(len(line[place]) for line in [headings, *rows]) for place in range(len(headings))]
    lines = [_line(cells, widths, len(table.by)) for cells in [headings, *rows]]
    return "\n".join([found.statistical_title, "", *lines, "", found.caption])


def _line(cells: list[str], widths: list[int], texts: int) -> str:
    padded = [
        cell.ljust(width) if place < texts else cell.rjust(width)
        for place, (cell, width) in enumerate(zip(cells, widths, strict=True))
    ]
    return "  ".join(padded).rstrip()


@savings.command("measures")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def list_measures(as_json: bool) -> None:
    """Every measure: id, unit, definition, and what it refuses."""
    listed = [
        {name: getattr(m, name) for name in ("id", "label", "unit", "definition", "formula", "refuses", "method")}
        for m in MEASURES.values()
    ]
    _list(listed, as_json, lambda row: f"{row['id']} ({row['unit']}): {row['definition']} {row['refuses']}".rstrip())


@savings.command("dimensions")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def list_dimensions(as_json: bool) -> None:
    """What numbers can be split by, and restricted to."""
    listed = [{"id": d.id, "label": d.label, "filters": d.filters} for d in DIMENSIONS.values()]
    _list(listed, as_json, lambda row: f"{row['id']}: {row['label']}{'' if row['filters'] else ' (only to split by)'}")


@savings.command("figures")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def list_figures(as_json: bool) -> None:
    """Every figure, by topic: its permanent id and the question it answers."""
    listed = [
        {"id": f.id, "topic": TOPIC_OF[f.id].id, "title": f.title, "question": f.question} for f in FIGURES.values()
    ]
    _list(listed, as_json, lambda row: f"{row['id']} ({row['topic']}): {row['question']}")


def _list(rows: list[dict[str, Any]], as_json: bool, in_words: Callable[[dict[str, Any]], str]) -> None:
    if as_json:
        print_json(rows)
        return
    for row in rows:
        click.echo(in_words(row))


@savings.command()
@click.argument("name")
@click.option("--format", "as_format", type=click.Choice(["json", "csv"]), default="json", show_default=True)
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="Write to this file.")
@asking
def figure(
    name: str,
    as_format: str,
    out: Path | None,
    **asked: Any,
) -> None:
    """One figure: its table, words, caption and drawing (JSON), or its table alone (CSV)."""
    with told_plainly():
        release, selection = Asked(**asked).opened()
        found = answer(figure_named(name, FIGURES), release, selection)
    if found.refused:
        stop(_refused(found.refused))
    if as_format == "csv":
        content = csv_of(found)
    else:
        content = (json.dumps(figure_json(found), ensure_ascii=False, indent=1) + "\n").encode()
    _write(content, out)


def _write(content: bytes, out: Path | None) -> None:
    if out is None:
        sys.stdout.buffer.write(content)
        return
    try:
        out.write_bytes(content)
    except OSError as problem:
        stop(f"{out} cannot be written: {problem.strerror}. Choose another place with --out.")
    say(f"Wrote {out}")


@savings.command()
@click.argument("line_id", required=False)
@click.option("--measure", "measure_id", help="The number whose lines are asked for; see: savings measures")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@asking
def lineage(line_id: str | None, measure_id: str | None, as_json: bool, **asked: Any) -> None:
    """The lines behind a number (--measure ID --where …), to the penny; or the numbers that a line (LINE_ID) enters.

    Each line comes with its file, sheet, row, cells as sent, and source.
    """
    if (line_id is None) == (measure_id is None):
        stop("Name either a line, by its id, or a number: --measure ID, with --where as in savings query.")
    with told_plainly():
        release, selection = Asked(**asked).opened()
        place = Place(asked["home"], release.manifest["collection"])
        if line_id:
            found = line_lineage(release, line_id, FIGURES.values())
            found["line"]["cells"] = _cells(place, [found["line"]])[0]
        else:
            found = number_lineage(release, measure_named(measure_id or ""), selection)
            for line, cells in zip(found["lines"], _cells(place, found["lines"]), strict=True):
                line["cells"] = cells
    print_json(found) if as_json else click.echo(lineage_text(found))


def _cells(place: Place, lines: list[dict[str, Any]]) -> list[list[dict[str, str]] | None]:
    """The cells of each line as they were sent; None where the archive no longer has them."""
    found: dict[tuple[str, str | None, int], list[dict[str, str]]] = {}
    for sha256 in {line["sha256"] for line in lines}:
        spots = {(line["sheet"], line["row"]) for line in lines if line["sha256"] == sha256}
        try:
            sent = cells_as_sent(place, sha256, spots, shipped("reference"))
        except ValueError as problem:
            say(str(problem))
            continue
        found |= {(sha256, *spot): [asdict(cell) for cell in cells] for spot, cells in sent.items()}
    return [found.get((line["sha256"], line["sheet"], line["row"])) for line in lines]


@savings.group()
def brief() -> None:
    """Briefings."""


@brief.command()
@click.option("--format", "as_format", type=click.Choice(["html"]), default="html", show_default=True)
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="Write to this file.")
@asking
def draft(
    as_format: str,  # noqa: ARG001 (one format so far; scripts may already name it)
    out: Path | None,
    **asked: Any,
) -> None:
    """The Overview as one HTML file that opens offline and prints well: to --out, a file of its own name on a
    terminal, or standard output."""
    from dashboard.outputs.snapshot import snapshot, snapshot_name

    with told_plainly():
        release, selection = Asked(**asked).opened()
    if out is None and sys.stdout.isatty():
        out = Path(snapshot_name(TOPICS[0], release))
    _write(snapshot(TOPICS[0], release, selection), out)


@savings.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", default=8501, show_default=True, type=click.IntRange(1, 65535))
@click.option("--open/--no-open", "open_browser", default=True, help="Open the page in a browser.")
@home_option
def serve(host: str, port: int, open_browser: bool, home: Path) -> None:
    """The dashboard. Loads the published outcomes and the illustrative programme that ship with it, where needed."""
    for name in (PUBLISHED, ILLUSTRATIVE):
        _keep_shipped(home, name)
    from dashboard.serve import run

    run(home, host, port, open_browser)


def main() -> None:
    """The entry point of the command."""
    savings()
