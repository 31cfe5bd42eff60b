"""The rules of the house for code: who may import whom, how long things grow, what is not written here at all."""

import ast
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

import pytest

from dashboard.topics import TOPICS
from etl.build import PUBLISHED_TABLES

CHECKOUT = Path(__file__).resolve().parents[1]
LONGEST_FILE, LONGEST_FUNCTION, MOST_FIGURES = 400, 40, 6

LAYERS = (
    ("measures", "style", "checking", "glossary"),
    ("dimensions", "refusals"),
    ("selection", "table", "sureness"),
    ("charts", "sources"),
    ("reach",),
    ("query",),
    ("left_out",),
    ("release",),
    ("names",),
    ("caption",),
    ("figure",),
    ("topics", "lineage"),
    ("worked",),
    ("outputs",),
    ("app", "static_files"),
    ("serve",),
    ("command",),
)
"""The dashboard from the bottom up: a module imports from lower layers, and from its own folder. See docs/decisions."""

CHARTS_MAY_IMPORT = {"measures", "dimensions", "table", "style", "charts"}
STREAMLIT = ("dashboard/app.py", "dashboard/serve.py", "dashboard/outputs/page*.py")
PLOTLY = ("dashboard/charts/*.py", "dashboard/style.py", "dashboard/figure.py", "dashboard/outputs/*.py")
DUCKDB = ("dashboard/release.py",)
SERVES = ("dashboard/serve.py",)
"""serve.py imports Plotly before the first reader comes, and draws nothing with it."""

SQL_STANDS_IN = ("measures", "sources", "reach", "query", "left_out", "release", "names")
QUERY_TEXT = re.compile(
    r"\b(select|SELECT)\b.*?\b(from|FROM)\b|\b(?:group|order) by\b|\b(?:insert into|create table)\b", re.S
)
WRONG_NAMES = {"utils", "helpers", "common", "pages"}


def project_files() -> list[str]:
    """Every file of the project, tracked or about to be; paths with / from the checkout."""
    listing = ["git", "ls-files", "-co", "--exclude-standard", "-z"]
    try:
        found = subprocess.run(listing, cwd=CHECKOUT, capture_output=True, check=True, timeout=20).stdout.decode()
        names = [name for name in found.split("\0") if name]
    except (OSError, subprocess.SubprocessError):
        hidden = (".venv/", ".git/", "data/warehouse/")
        names = [
            path.relative_to(CHECKOUT).as_posix() for path in CHECKOUT.rglob("*") if "__pycache__" not in path.parts
        ]
        names = [name for name in names if not name.startswith(hidden)]
    return sorted(name for name in names if (CHECKOUT / name).is_file())


FILES = project_files()
PYTHON = [name for name in FILES if name.endswith(".py")]
PACKAGES = [name for name in PYTHON if name.startswith(("etl/", "dashboard/"))]
DASHBOARD = [name for name in PYTHON if name.startswith("dashboard/")]
TREES = {name: ast.parse((CHECKOUT / name).read_text("utf-8")) for name in PYTHON}


def is_typing_only(node: ast.AST) -> bool:
    return isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test)


def run_time_nodes(node: ast.AST) -> Iterator[ast.AST]:
    """The nodes of a module but those that only a type checker reads."""
    for child in ast.iter_child_nodes(node):
        if not is_typing_only(child):
            yield child
            yield from run_time_nodes(child)


def imports(name: str) -> set[str]:
    """The modules that a file imports, by their full names; `from a import b` names a and a.b."""
    found: set[str] = set()
    for node in run_time_nodes(TREES[name]):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{name} imports by dots; write the full name"
            found |= {node.module or ""} | {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def top_names(name: str) -> set[str]:
    return {module.partition(".")[0] for module in imports(name)}


def is_among(name: str, patterns: tuple[str, ...]) -> bool:
    return any(PurePosixPath(name).match(pattern) for pattern in patterns)


def own_part(name: str) -> str:
    """The part of the dashboard that a file belongs to: measures, charts, outputs, …"""
    return PurePosixPath(name).parts[1].removesuffix(".py")


def layer_of(part: str) -> int | None:
    return next((place for place, layer in enumerate(LAYERS) if part in layer), None)


def dashboard_parts(name: str) -> set[str]:
    """The parts of the dashboard that a file imports: measures, charts, outputs, …"""
    return {module.split(".")[1] for module in imports(name) if module.startswith("dashboard.")}


def functions(tree: ast.AST) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    return [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]


def texts_of(tree: ast.AST) -> list[str]:
    """The texts of a file but its docstrings; what an f-string fills in stands as {}."""
    alone = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    joined = [node for node in ast.walk(tree) if isinstance(node, ast.JoinedStr)]
    found = ["".join(part.value if isinstance(part, ast.Constant) else "{}" for part in node.values) for node in joined]
    plain = [node for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)]
    return found + [node.value for node in plain if id(node) not in alone]


def test_etl_never_imports_the_dashboard():
    assert [name for name in PACKAGES if name.startswith("etl/") and "dashboard" in top_names(name)] == []


def test_only_the_command_imports_both_packages():
    assert [name for name in DASHBOARD if "etl" in top_names(name)] == ["dashboard/command.py"]


@pytest.mark.parametrize("name", [name for name in DASHBOARD if name != "dashboard/__init__.py"])
def test_imports_of_the_dashboard_run_one_way(name: str):
    part = own_part(name)
    own = layer_of(part)
    assert own is not None, f"{part} stands in no layer: add it to LAYERS, and say why in docs/decisions"
    upward = {other for other in dashboard_parts(name) if other != part and (layer_of(other) or 0) >= own}
    assert upward == set()


def test_charts_know_measures_and_tables_but_no_figures():
    charts = [name for name in DASHBOARD if name.startswith("dashboard/charts/")]
    assert {part for name in charts for part in dashboard_parts(name)} <= CHARTS_MAY_IMPORT


@pytest.mark.parametrize(
    ("library", "places"), [("streamlit", STREAMLIT), ("duckdb", DUCKDB), ("plotly", PLOTLY + SERVES)]
)
def test_each_library_stays_in_its_place(library: str, places: tuple[str, ...]):
    assert [name for name in DASHBOARD if library in top_names(name) and not is_among(name, places)] == []


def test_the_etl_knows_no_charts_and_no_page():
    drawing = {"streamlit", "plotly"}
    assert [name for name in PACKAGES if name.startswith("etl/") and top_names(name) & drawing] == []


@pytest.mark.parametrize("name", [name for name in DASHBOARD if own_part(name) not in SQL_STANDS_IN])
def test_queries_are_written_in_few_places(name: str):
    assert [text for text in texts_of(TREES[name]) if QUERY_TEXT.search(text)] == []


@pytest.mark.parametrize("name", [name for name in FILES if name.endswith((".py", ".sql"))])
def test_files_stay_short(name: str):
    assert len((CHECKOUT / name).read_text("utf-8").splitlines()) <= LONGEST_FILE


@pytest.mark.parametrize("name", PYTHON)
def test_functions_stay_short(name: str):
    long = {f.name: (f.end_lineno or 0) - f.lineno + 1 for f in functions(TREES[name])}
    assert {function: lines for function, lines in long.items() if lines > LONGEST_FUNCTION} == {}


def test_no_module_is_a_drawer_for_odds_and_ends():
    assert [name for name in FILES if WRONG_NAMES & {PurePosixPath(name).stem, *PurePosixPath(name).parts[:-1]}] == []


@pytest.mark.parametrize("name", PYTHON)
def test_every_module_says_what_it_is_for(name: str):
    said = ast.get_docstring(TREES[name])
    assert said, f"{name} opens without a docstring"
    assert not said.splitlines()[0].endswith(("!", ",")), said


@pytest.mark.parametrize("name", PACKAGES)
def test_public_functions_and_classes_have_docstrings(name: str):
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
    public = [node for node in TREES[name].body if isinstance(node, kinds) and not node.name.startswith("_")]
    assert [node.name for node in public if not ast.get_docstring(node)] == []


@pytest.mark.parametrize("name", PYTHON)
def test_no_default_argument_can_be_changed(name: str):
    changeable = (ast.List, ast.Dict, ast.Set, ast.ListComp, ast.DictComp, ast.SetComp)
    defaults = [d for f in functions(TREES[name]) for d in [*f.args.defaults, *f.args.kw_defaults] if d]
    made = {"list", "dict", "set"}
    calls = [d for d in defaults if isinstance(d, ast.Call) and isinstance(d.func, ast.Name) and d.func.id in made]
    assert [ast.unparse(d) for d in defaults if isinstance(d, changeable)] + [ast.unparse(d) for d in calls] == []


@pytest.mark.parametrize("name", PYTHON)
def test_nothing_is_printed_past_the_command_line(name: str):
    calls = [node.func for node in ast.walk(TREES[name]) if isinstance(node, ast.Call)]
    assert [node.lineno for node in calls if isinstance(node, ast.Name) and node.id == "print"] == []


@pytest.mark.parametrize("name", [name for name in PYTHON if name.startswith("tests/")])
def test_no_test_mocks_our_own_code(name: str):
    assert {module for module in imports(name) if "mock" in module.split(".")} == set()


@pytest.mark.parametrize("name", [name for name in PYTHON if PurePosixPath(name).name.startswith("test_")])
def test_test_names_are_sentences(name: str):
    tests = [f.name for f in functions(TREES[name]) if f.name.startswith("test_")]
    assert [test for test in tests if len(test.removeprefix("test_").split("_")) < 3] == []
    assert len(tests) == len(set(tests)), f"{name} has two tests of one name: the first never runs"


@pytest.mark.parametrize("topic", TOPICS, ids=lambda topic: topic.id)
def test_a_topic_has_few_figures(topic):
    assert 1 <= len(topic.figures) <= MOST_FIGURES


def test_ids_of_figures_and_topics_are_unique_and_plain():
    ids = [figure.id for topic in TOPICS for figure in topic.figures]
    topics = [topic.id for topic in TOPICS]
    assert len(ids) == len(set(ids))
    assert len(topics) == len(set(topics))
    assert [name for name in ids + topics if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name)] == []


SQL_FILES = [name for name in FILES if name.startswith("etl/tables/")]


@pytest.mark.parametrize("name", SQL_FILES)
def test_a_table_file_is_one_statement_that_says_what_it_makes(name: str):
    text = (CHECKOUT / name).read_text("utf-8")
    assert text.startswith("-- "), "open with a line on what the table holds"
    code = re.sub(r"--[^\n]*|'[^']*'", "", text)
    assert ";" not in code
    assert re.match(r"\s*(with|select)\b", code)


def tables_made() -> list[str]:
    """The tables that build.py makes, in order: what `create` is called with, by name or in a loop."""
    tree = TREES["etl/build.py"]
    loops = [node for node in ast.walk(tree) if isinstance(node, ast.For) and isinstance(node.iter, ast.Tuple)]
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and ast.unparse(node.func) == "create"]
    in_loops = [element for loop in loops if "create(" in ast.unparse(loop) for element in loop.iter.elts]
    named = [*in_loops, *(argument for call in calls for argument in call.args)]
    return [node.value for node in named if isinstance(node, ast.Constant) and isinstance(node.value, str)]


def test_every_table_file_is_used_exactly_once():
    assert sorted(tables_made()) == sorted(PurePosixPath(name).stem for name in SQL_FILES)


def test_published_tables_are_listed_once_each():
    assert len(PUBLISHED_TABLES) == len(set(PUBLISHED_TABLES))
