"""The ETL verbs of the command line: check, template, load, decide, withdraw, releases."""

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from etl.archive import VERDICTS, Decision
from etl.check import check
from etl.check_page import check_page
from etl.check_words import check_in_words, fates_in_words
from etl.diff import difference
from etl.diff_words import difference_in_words
from etl.home import ILLUSTRATIVE, PROGRAMME, PUBLISHED, Place, default_home, shipped
from etl.progress import Step
from etl.readers import Problem
from etl.release import (
    NothingToLoad,
    decide,
    held_lines,
    load,
    rebuild,
    returns_in,
    roll_back,
    withdraw,
)
from etl.staging import Unreadable
from etl.statements import BadStatement, read_statements
from etl.template import template
from etl.values.money import read_money

SET_ASIDE = 1
CANNOT = 2
BAR = 24
"""Characters of the bar that shows progress."""


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
    """Shows how far long work has come and what it is doing, on a terminal only."""
    if sys.stderr.isatty():
        done = round(BAR * step.share) if isinstance(step, Step) else 0
        click.echo(f"\r\033[K[{'#' * done}{'-' * (BAR - done)}] {step[:60]} …", err=True, nl=False)


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


def given_option(command: Any) -> Any:
    """`--given COLUMN=VALUE`, repeatable: read and checked, or the command stops with what may be given."""
    return click.option(
        "--given",
        multiple=True,
        metavar="COLUMN=VALUE",
        callback=_statements,
        help="What the table leaves unsaid, for example lead_council=Leeds, financial_year=2015-16, stage=achieved, "
        "unit=£000, signs=reversed, project_ref=auto. It fills what is absent or blank and overrides no cell.",
    )(command)


def _statements(_context: click.Context, _option: click.Parameter, pairs: tuple[str, ...]) -> dict[str, str]:
    try:
        return read_statements(pairs, shipped("reference"))
    except BadStatement as error:
        raise click.BadParameter(str(error)) from None


@click.group()
def etl() -> None:
    """Reads, judges and publishes returns; works without the dashboard."""


def _page_name(_context: click.Context, _option: click.Parameter, file: Path | None) -> Path | None:
    if file is not None and file.suffix.lower() not in (".html", ".htm"):
        raise click.BadParameter(f"'{file.name}' is not the name of a page: let it end in .html.")
    return file


@etl.command("check")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@click.option(
    "--html",
    "page",
    type=click.Path(path_type=Path, dir_okay=False),
    callback=_page_name,
    help="Write a page to send back (.html).",
)
@given_option
@collection_option
def check_command(
    paths: tuple[Path, ...], as_json: bool, page: Path | None, given: dict[str, str], collection: str | None
) -> None:
    """Judges returns (files or folders) without loading them: what would become of each line, and what to mend."""
    try:
        files = [(file.name, file.read_bytes()) for path in paths for file in returns_in(path)]
    except (NothingToLoad, OSError) as error:
        stop(f"Nothing was checked. {error}")
        raise
    document = check(files, given, shipped("reference"), (collection or PROGRAMME) in (PUBLISHED, ILLUSTRATIVE))
    if page:
        _write(page, check_page(document), force=True)
    print_json(document) if as_json else click.echo(check_in_words(document))
    if any(file["problem"] for file in document["files"]):
        raise SystemExit(CANNOT)
    if document["lines"]["held"] or document["lines"]["quarantined"]:
        raise SystemExit(SET_ASIDE)


@etl.command("template")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--force", is_flag=True, help="Write over a file that is there.")
def template_command(file: Path, force: bool) -> None:
    """Writes the return template, a workbook (.xlsx) with notes and lists to choose from."""
    if file.suffix.lower() != ".xlsx":
        stop(f"The template is an Excel workbook: give it a name that ends in .xlsx, not '{file.name}'.")
    _write(file, template(shipped("reference")), force)


def _write(file: Path, content: bytes, force: bool) -> None:
    """Writes a file whole; one that is there stays, unless it may be written over."""
    try:
        with file.open("wb" if force else "xb") as stream:
            stream.write(content)
    except FileExistsError:
        stop(f"{file} is there already and was left as it is. Choose another name, or add --force.")
    except OSError as error:
        stop(f"{file} cannot be written: {error.strerror}. Choose another place.")
    say(f"Wrote {file}")


@etl.command("load")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--by", help="Who loads.")
@given_option
@click.option("--json", "as_json", is_flag=True, help="Print the manifest of the release as JSON.")
@click.option(
    "--collection", callback=_collection_name, default=PROGRAMME, show_default=True, help="Where the returns belong."
)
@home_option
def load_command(
    paths: tuple[Path, ...], by: str | None, given: dict[str, str], as_json: bool, collection: str, home: Path
) -> None:
    """Archives returns (files or folders), builds a new release and publishes it."""
    place = Place(home, collection)
    try:
        files = [file for path in paths for file in returns_in(path)]
        manifest = load(place, files, given, by, progress)
    except (NothingToLoad, Unreadable, Problem, ValueError, OSError) as error:
        progress_done()
        stop(f"Nothing was published. {error}")
    progress_done()
    if as_json:
        print_json(manifest)
    else:
        click.echo(in_words(manifest))


@etl.command("releases")
@click.argument("what", default="list", type=click.Choice(["list", "show", "held", "diff", "rebuild", "rollback"]))
@click.argument("release", required=False)
@click.argument("other", required=False)
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
@collection_option
@home_option
def releases_command(
    what: str, release: str | None, other: str | None, as_json: bool, collection: str | None, home: Path
) -> None:
    """Lists releases (list), the manifest of one (show), the lines a person must decide on (held), or why each total
    changed between two (diff RELEASE OTHER, by id or its start); builds again from the archive (rebuild), or goes
    back to an earlier release (rollback RELEASE)."""
    place = Place(home, chosen_collection(home, collection))
    if place.current() is None:
        stop(f"The collection '{place.collection}' has no release yet. Load returns with: savings load FILE")
    try:
        told = _difference(place, release, other) if what == "diff" else _releases(place, what, release)
    except (NothingToLoad, ValueError, OSError) as error:
        progress_done()
        stop(str(error))
        raise
    progress_done()
    if as_json or what == "show":
        print_json(told)
        return
    if what == "diff":
        click.echo(difference_in_words(told))
        return
    for one in told if isinstance(told, list) else [told]:
        click.echo(_held_in_words(one) if what == "held" else f"{_mark(place, one)} {in_words(one)}")


def _difference(place: Place, release: str | None, other: str | None) -> dict[str, Any]:
    if not release or not other:
        raise NothingToLoad("Name two releases: savings releases diff RELEASE OTHER. See: savings releases")
    return difference(place, release, other)


def _releases(place: Place, what: str, release: str | None) -> Any:
    if what == "list":
        return place.manifests()
    if what == "held":
        names = ("line_id", "file", "row", "project_ref", "why")
        return [dict(zip(names, line, strict=True)) for line in held_lines(place)]
    if what == "rebuild":
        return rebuild(place, progress)
    if what == "rollback":
        return roll_back(place, release or "")
    found = place.manifest(release) if release else place.current()
    if found is None:
        raise NothingToLoad(f"There is no release '{release}' in '{place.collection}'. See: savings releases")
    return found


def _mark(place: Place, manifest: dict[str, Any]) -> str:
    return "*" if (place.current() or {}).get("release") == manifest["release"] else " "


def _held_in_words(line: dict[str, Any]) -> str:
    return f"{line['line_id']}  {line['file']} row {line['row']}, {line['project_ref']}: {line['why']}"


@etl.command("decide")
@click.argument("line_id")
@click.argument("verdict", type=click.Choice(VERDICTS))
@click.option("--by", required=True, help="Who decides.")
@click.option("--why", required=True, help="The reason, in a sentence.")
@click.option("--source", help="What the decision rests on.")
@click.option("--amount", help="The amount that holds, in pounds; only with amend.")
@collection_option
@home_option
def decide_command(
    line_id: str,
    verdict: str,
    by: str,
    why: str,
    source: str | None,
    amount: str | None,
    collection: str | None,
    home: Path,
) -> None:
    """Records a decision on a held line (accept, withdraw, amend), and publishes a release that follows it."""
    if (amount is None) == (verdict == "amend"):
        stop("An amended line needs --amount, and only an amended one takes it.")
    money = read_money(amount) if amount else None
    if money and (money.bad or money.amount is None):
        stop(money.message or f"'{amount}' is not an amount in pounds.")
    decision = Decision(line_id, verdict, why, source, money.amount if money else None)
    place = Place(home, chosen_collection(home, collection))
    _publish(lambda: decide(place, decision, by, progress))


@etl.command("withdraw")
@click.argument("named", metavar="RETURN")
@click.option("--by", required=True, help="Who withdraws it.")
@click.option("--why", required=True, help="The reason, in a sentence.")
@collection_option
@home_option
def withdraw_command(named: str, by: str, why: str, collection: str | None, home: Path) -> None:
    """Takes a whole return (its file name or checksum) out of the releases to come; it stays in the archive."""
    place = Place(home, chosen_collection(home, collection))
    _publish(lambda: withdraw(place, named, by, why, progress))


def _publish(work: Callable[[], dict[str, Any]]) -> None:
    try:
        manifest = work()
    except (ValueError, OSError) as error:
        progress_done()
        stop(f"Nothing was published. {error}")
        raise
    progress_done()
    click.echo(in_words(manifest))


def in_words(manifest: dict[str, Any]) -> str:
    """A release in one line: its id, when it was built, and the fate of its lines; in a second, who went quiet."""
    told = f"{manifest['release']}  {manifest['built_at'][:10]}  {fates_in_words(manifest['lines'])}"
    quiet = ", ".join(manifest.get("gone_quiet", ()))
    return f"{told}\n  In the release before, and with no loaded line in this one: {quiet}" if quiet else told


if __name__ == "__main__":
    etl()
