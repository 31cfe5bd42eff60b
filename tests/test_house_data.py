"""The rules of the house for data and documents: known codes, no clashes, nothing private, no empty promise."""

import ast
import csv
import re
import shlex
from itertools import pairwise
from pathlib import Path, PurePosixPath

import click
import pytest
from test_house import CHECKOUT, FILES, TREES, texts_of

from dashboard.command import savings
from dashboard.dimensions import DIMENSIONS, dimension_named
from dashboard.measures import KIND_LABELS, MEASURES, STAGE_LABELS, UNITS
from dashboard.topics import FIGURES
from etl.columns import NAMES
from etl.headings import heading_key
from etl.readings import WORD_COLUMNS
from etl.rules import RULES, THRESHOLDS
from etl.values.council_names import key_of
from etl.values.words import OTHER_AREA, word_key

REFERENCE = CHECKOUT / "data" / "reference"
TEXT_ENDINGS = (".py", ".sql", ".md", ".csv", ".toml", ".lock", ".html", ".css", ".svg", "Makefile", "run", "LICENSE")
TEXTS = [name for name in FILES if name.endswith(TEXT_ENDINGS) or name == ".gitignore"]
MACHINE_PATH = re.compile(r"(?<![\w.$}-])/(?:work|root|home|Users)/")
BESIDE_THE_CHECKOUT = re.compile(r"\.\./" + "shared")
EMAIL = re.compile(r"[\w.+-]+@[\w-]+\.[a-z]{2,}", re.I)
TELEPHONE = re.compile(r"(?<![\w.,/-])(?:\+44|0\d{2,4})[ -]?\d{3,4}[ -]\d{3,4}\b|(?<![\w.,/-])07\d{9}\b")
LOCK_NAMES = ("uv.lock", "pylock.toml", "poetry.lock", "Pipfile.lock")


def text_of(name: str) -> str:
    return (CHECKOUT / name).read_text("utf-8")


def rows_of(file: str) -> list[dict[str, str]]:
    with (REFERENCE / file).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def clashes(pairs: list[tuple[str, str]]) -> dict[str, set[str]]:
    """Keys that stand for more than one thing."""
    meant: dict[str, set[str]] = {}
    for key, value in pairs:
        meant.setdefault(key, set()).add(value)
    return {key: values for key, values in meant.items() if len(values) > 1}


def test_lock_files_carry_hashes_and_no_addresses():
    locks = [name for name in FILES if name.endswith(".lock")]
    assert locks == ["requirements.lock"]
    assert [name for name in FILES if PurePosixPath(name).name in LOCK_NAMES] == []
    lock = text_of("requirements.lock")
    assert "://" not in lock
    entries = [line for line in lock.splitlines() if line and not line.startswith((" ", "#"))]
    assert [line for line in entries if "==" not in line] == []
    assert lock.count("--hash=sha256:") >= len(entries)


@pytest.mark.parametrize("name", TEXTS)
def test_no_file_names_a_place_on_one_machine(name: str):
    assert MACHINE_PATH.findall(text_of(name)) == []
    assert BESIDE_THE_CHECKOUT.findall(text_of(name)) == []


@pytest.mark.parametrize(
    "name", [name for name in TEXTS if name.startswith(("data/", "docs/")) or name.endswith(".md")]
)
def test_no_person_can_be_written_to_or_rung_up(name: str):
    assert EMAIL.findall(text_of(name)) == []
    assert TELEPHONE.findall(text_of(name)) == []


@pytest.mark.parametrize("name", [name for name in FILES if name.startswith("data/") and name.endswith(".csv")])
def test_data_files_are_plain_tables(name: str):
    content = (CHECKOUT / name).read_bytes()
    assert not content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(content.decode("utf-8").splitlines(keepends=True), strict=True))
    assert len(rows) > 1
    assert [row for row in rows if row and len(row) != len(rows[0])] == []


def test_every_heading_means_one_known_column():
    rows = rows_of("headings.csv")
    assert {row["column"] for row in rows} <= set(NAMES)
    named = [(heading_key(name), name) for name in NAMES]
    assert clashes([*named, *((heading_key(row["heading"]), row["column"]) for row in rows)]) == {}


def test_every_word_of_a_closed_list_means_one_code():
    rows = rows_of("words.csv")
    assert {row["column"] for row in rows} == set(WORD_COLUMNS)
    assert [row["value"] for row in rows if not re.fullmatch(r"[a-z]+(_[a-z]+)*", row["value"])] == []
    assert clashes([(f"{row['column']}: {word_key(row['word'])}", row["value"]) for row in rows]) == {}


@pytest.mark.parametrize(("column", "labels"), [("kind", KIND_LABELS), ("stage", STAGE_LABELS)])
def test_the_dashboard_labels_the_codes_that_the_etl_writes(column: str, labels: dict[str, str]):
    assert {row["value"] for row in rows_of("words.csv") if row["column"] == column} == set(labels)


def test_every_skill_area_label_means_one_declared_area():
    areas = rows_of("skill_areas.csv")
    codes = [row["skill_area"] for row in areas]
    assert len(codes) == len(set(codes))
    assert OTHER_AREA in codes
    assert [row for row in areas if not all(row.values())] == []
    labels = rows_of("skill_area_labels.csv")
    assert {row["skill_area"] for row in labels} <= set(codes)
    own = [(word_key(row[name]), row["skill_area"]) for row in areas for name in ("skill_area", "label")]
    assert clashes([*own, *((word_key(row["label"]), row["skill_area"]) for row in labels)]) == {}


def test_every_alias_means_one_known_council():
    aliases = rows_of("council_aliases.csv")
    assert {row["gss_code"] for row in aliases} <= {row["gss_code"] for row in rows_of("councils.csv")}
    assert clashes([(key_of(row["alias"]), row["gss_code"]) for row in aliases]) == {}


def test_no_alias_is_the_name_of_a_body_outside_the_programme():
    outside = rows_of("not_in_programme.csv")
    assert [row for row in outside if not row["what"].startswith(("a ", "an "))] == []
    names = {key_of(row["name"]) for row in outside}
    assert names & {key_of(row["alias"]) for row in rows_of("council_aliases.csv")} == set()


def test_finance_and_successors_name_known_councils():
    councils = rows_of("councils.csv")
    codes = {row["gss_code"] for row in councils}
    assert len(codes) == len(councils)
    assert {row["gss_code"] for row in rows_of("council_finance.csv")} <= codes
    assert {code for row in councils for code in row["successor_gss"].split(";") if code} <= codes


@pytest.mark.parametrize("measure", MEASURES.values(), ids=lambda measure: measure.id)
def test_every_measure_is_labelled_and_defined(measure):
    assert measure.label
    assert measure.definition.endswith(".")
    assert measure.worded
    assert measure.unit in UNITS
    assert measure.adds_up or measure.refuses or measure.unit in ("count", "percent")


@pytest.mark.parametrize("dimension", DIMENSIONS.values(), ids=lambda dimension: dimension.id)
def test_every_dimension_is_labelled(dimension):
    assert dimension.label
    assert dimension.not_stated
    assert dimension.level in ("project", "outcome", "claim")


def test_rules_and_thresholds_have_one_id_and_a_meaning_each():
    ids = [rule.id for rule in RULES] + [threshold.name for threshold in THRESHOLDS]
    assert clashes([(rule.id, rule.meaning) for rule in RULES]) == {}
    assert len({rule.id for rule in RULES}) == len(RULES)
    assert [name for name in ids if not re.fullmatch(r"[a-z0-9]+(_[a-z0-9]+)*", name)] == []
    assert [each for each in (*RULES, *THRESHOLDS) if not each.meaning] == []
    assert {rule.fate for rule in RULES} <= {"held", "quarantined", None}


FOUND_BY = {"Problem", "Finding", "Remark", "Doubt"}


def code_literals() -> set[str]:
    """Texts of the ETL that look like the code of a finding on a cell, or of what is found in a sheet or a file."""
    shape = re.compile(r"(?:amount|council|year|date|percent|days|unit|skill_area)_(?!readings)[a-z_]+")
    readers = [name for name in TREES if name.startswith("etl/values/") or name == "etl/readings.py"]
    cells = {text for name in readers for text in texts_of(TREES[name]) if shape.fullmatch(text)} - set(NAMES)
    nodes = [node for name, tree in TREES.items() if name.startswith("etl/") for node in ast.walk(tree)]
    calls = [node for node in nodes if isinstance(node, ast.Call) and node.args]
    first = [call.args[0] for call in calls if ast.unparse(call.func) in FOUND_BY]
    first += [node.value.elts[0] for node in nodes if isinstance(node, ast.Yield) and isinstance(node.value, ast.Tuple)]
    texts = {one.value for one in first if isinstance(one, ast.Constant) and isinstance(one.value, str)}
    return cells | {text for text in texts if re.fullmatch(r"[a-z]+(?:_[a-z]+)*", text)}


def test_every_code_of_a_finding_is_explained_once():
    rows = rows_of("finding_codes.csv")
    explained = [row["code"] for row in rows]
    assert len(explained) == len(set(explained))
    assert {row["what"] for row in rows} == {"cell", "remark", "sheet", "file"}
    assert [row for row in rows if not row["meaning"]] == []
    rules = {rule.id for rule in RULES}
    assert set(explained) & rules == set()
    assert set(explained) == (code_literals() | {f"{column}_unreadable" for column in WORD_COLUMNS}) - rules


def makefile_targets() -> set[str]:
    return set(re.findall(r"^([a-z]+):", text_of("Makefile"), re.M))


def test_every_make_target_is_run_by_ci():
    run = text_of(".ci/run") + text_of(".ci/smoke.py").replace('"make", "', "make ")
    assert {target for target in makefile_targets() if not re.search(rf"make {target}\b", run)} == set()


PROMISING = [name for name in ("README.md", "data/README.md", "docs/method.md") if name in FILES]


def lines_starting(word: str) -> list[tuple[str, str]]:
    found = [(name, line.strip().removeprefix("$ ")) for name in PROMISING for line in text_of(name).splitlines()]
    found += [(name, quoted) for name in PROMISING for quoted in re.findall(r"`([^`\n]+)`", text_of(name))]
    return sorted({(name, line) for name, line in found if line.startswith(f"{word} ")})


@pytest.mark.parametrize(("name", "line"), lines_starting("make"))
def test_documents_name_make_targets_that_exist(name: str, line: str):
    assert line.split()[1] in makefile_targets()


@pytest.mark.parametrize(("name", "line"), lines_starting("savings"))
def test_documents_name_commands_and_options_that_exist(name: str, line: str):
    command: click.Command = savings
    words = shlex.split(line.partition(" #")[0].partition(" >")[0])[1:]
    while words and isinstance(command, click.Group) and not words[0].startswith("-"):
        assert words[0] in command.commands, f"{name}: there is no command '{line}'"
        command = command.commands[words.pop(0)]
    options = {text: option for option in command.params for text in (*option.opts, *option.secondary_opts)}
    options |= dict.fromkeys(("--help", "-h"), click.Option(["--help"], is_flag=True))
    assert [word for word in words if word.startswith("-") and word.partition("=")[0] not in options] == []
    check_names(line, words)


def check_names(line: str, words: list[str]) -> None:
    """What an example asks for is declared: measures, dimensions, figures."""
    for option, value in pairwise(words):
        if option == "--measure":
            assert value in MEASURES, line
        if option == "--by" and "query" in line:
            assert value in DIMENSIONS, line
        if option == "--where":
            assert dimension_named(value.partition("=")[0]), line
    if line.startswith("savings figure ") and words[0].islower():
        assert words[0] in FIGURES, line


def test_pictures_and_pages_that_documents_link_to_exist():
    pages = [name for name in FILES if name.endswith(".md")]
    texts = {name: re.sub(r"<!--.*?-->", "", text_of(name), flags=re.S) for name in pages}
    links = [(name, link) for name in pages for link in re.findall(r"\]\(([^)#\s]+)[^)]*\)", texts[name])]
    local = [(name, link) for name, link in links if "://" not in link]
    missing = [(name, link) for name, link in local if not (CHECKOUT / Path(name).parent / link).exists()]
    assert missing == []
