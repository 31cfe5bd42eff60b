"""The ETL verbs of the command line: check, load, releases."""

import json
import sys
from pathlib import Path
from typing import Any

import click

from etl.check import check
from etl.home import ILLUSTRATIVE, PROGRAMME, PUBLISHED, Place, default_home, shipped
from etl.readers import Problem
from etl.release import NothingToLoad, load, returns_in
from etl.staging import Unreadable

SET_ASIDE = 1
CANNOT = 2


def home_option(command: Any) -> Any:
    """`--home DIR`, else `SAVINGS_HOME`, else the default place."""
    return click.option(
        "--home",
        type=click.Path(path_type=Path, file_okay=False),
        default=default_home,
        show_default="SAVINGS_HOME, or data/warehouse in a checkout",
        help="Where releases and archived returns live.",
    )(command)


def collection_option(command: Any) -> Any:
    """`--collection NAME`; None leaves the choice to `chosen_collection`."""
    return click.option(
        "--collection",
        callback=_collection_name,
        help="published, illustrative, programme or a name of your own "
        "[default: programme where it has a release, else published]",
    )(command)


def _collection_name(_context: click.Context, _option: click.Parameter, name: str | None) -> str | None:
    if name is not None and not (name.isascii() and name.replace("-", "").replace("_", "").isalnum()):
        raise click.BadParameter(f"'{name}' is not a name: write letters, digits, - and _ only.")
    return name.lower() if name else None


def chosen_collection(home: Path, named: str | None) -> str:
    """The collection named, or programme where it has a release, else published."""
    return named or (PROGRAMME if Place(home, PROGRAMME).current() else PUBLISHED)


def say(text: str) -> None:
    """One line to a person, on standard error, so that standard output holds results alone."""
    click.echo(text, err=True)


def progress(step: str) -> None:
    """Shows what a long step is doing, on a terminal only."""
    if sys.stderr.isatty():
        click.echo(f"\r\033[K{step} …", err=True, nl=False)


def progress_done() -> None:
    """Clears the line that `progress` wrote."""
    if sys.stderr.isatty():
        click.echo("\r\033[K", err=True, nl=False)


def stop(message: str) -> None:
    """Ends with status 2 and a plain line: it could not be done."""
    say(message)
    raise SystemExit(CANNOT)


def print_json(document: Any) -> None:
    """One JSON document on standard output."""
    click.echo(json.dumps(document, ensure_ascii=False, indent=1, default=str))


@click.group()
def etl() -> None:
    """Reads, judges and publishes returns; works without the dashboard."""


@etl.command("check")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@collection_option
def check_command(paths: tuple[Path, ...], as_json: bool, collection: str | None) -> None:
    """Judges returns (files or folders) without loading them: what would become of each line, and what to mend."""
    try:
        files = [(file.name, file.read_bytes()) for path in paths for file in returns_in(path)]
    except (NothingToLoad, OSError) as error:
        stop(f"Nothing was checked. {error}")
        raise
    document = check(files, {}, shipped("reference"), (collection or PROGRAMME) in (PUBLISHED, ILLUSTRATIVE))
    print_json(document) if as_json else click.echo(check_in_words(document))
    if any(file["problem"] for file in document["files"]):
        raise SystemExit(CANNOT)
    if document["lines"]["held"] or document["lines"]["quarantined"]:
        raise SystemExit(SET_ASIDE)


def check_in_words(document: dict[str, Any]) -> str:
    """What a finance officer needs to mend a file: place, what was found, what to write instead."""
    told = []
    for file in document["files"]:
        told.append(f"{file['file']}")
        if file["problem"]:
            told.append(f"  cannot be read: {file['problem']['message']}")
            continue
        told.append(f"  {fates_in_words(file['lines'])}")
        told += [_finding_in_words(finding) for finding in file["findings"]]
    return "\n".join(told)


def _finding_in_words(finding: dict[str, Any]) -> str:
    row = f"row {finding['row']}, " if finding["row"] else ""
    fate = f"{finding['fate']}: " if finding["fate"] else "note: "
    meant = f" Did you mean '{finding['suggestion']}'?" if finding["suggestion"] else ""
    return f"  {row}{finding['column']}, {fate}{finding['message']}{meant}"


def fates_in_words(lines: dict[str, int]) -> str:
    """The fates of a file's lines in one sentence."""
    fates = ", ".join(f"{lines[fate]:,} {fate}" for fate in ("loaded", "held", "quarantined", "ignored"))
    return f"{lines['in']:,} lines in: {fates}"


@etl.command("load")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--by", help="Who loads.")
@click.option("--json", "as_json", is_flag=True, help="Print the manifest of the release as JSON.")
@collection_option
@home_option
def load_command(paths: tuple[Path, ...], by: str | None, as_json: bool, collection: str | None, home: Path) -> None:
    """Archives returns (files or folders), builds a new release and publishes it."""
    place = Place(home, collection or PROGRAMME)
    try:
        files = [file for path in paths for file in returns_in(path)]
        manifest = load(place, files, {}, by, progress)
    except (NothingToLoad, Unreadable, Problem, ValueError, OSError) as error:
        progress_done()
        stop(f"Nothing was published. {error}")
    progress_done()
    if as_json:
        print_json(manifest)
    else:
        click.echo(in_words(manifest))


@etl.command("releases")
@click.argument("what", default="list", type=click.Choice(["list", "show"]))
@click.argument("release", required=False)
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
@collection_option
@home_option
def releases_command(what: str, release: str | None, as_json: bool, collection: str | None, home: Path) -> None:
    """Lists the releases of a collection, or shows the manifest of one."""
    place = Place(home, chosen_collection(home, collection))
    current = place.current()
    if current is None:
        stop(f"The collection '{place.collection}' has no release yet. Load returns with: savings load FILE")
    if what == "list":
        manifests = place.manifests()
        if as_json:
            print_json(manifests)
            return
        for manifest in manifests:
            mark = "*" if current and manifest["release"] == current["release"] else " "
            click.echo(f"{mark} {in_words(manifest)}")
        return
    found = place.manifest(release) if release else current
    if found is None:
        stop(f"There is no release '{release}' in '{place.collection}'. See: savings releases")
    print_json(found)


def in_words(manifest: dict[str, Any]) -> str:
    """A release in one line: its id, when it was built, and the fate of its lines."""
    return f"{manifest['release']}  {manifest['built_at'][:10]}  {fates_in_words(manifest['lines'])}"


if __name__ == "__main__":
    etl()
