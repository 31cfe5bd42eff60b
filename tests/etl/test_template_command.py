"""`savings template` and `savings check --html` as typed: files are written, and never over another by accident."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from made_returns import content_of, line

from dashboard.command import savings
from etl.check import check
from etl.check_page import check_page
from etl.home import shipped
from etl.template import template


def run(*arguments: object) -> Result:
    return CliRunner().invoke(savings, [str(argument) for argument in arguments])


@pytest.fixture
def sent(tmp_path: Path) -> Path:
    """A return with a line to mend."""
    path = tmp_path / "north.csv"
    path.write_bytes(content_of([line(), line(project_ref="B", amount_gbp="n/a?")]))
    return path


def test_the_template_is_written_where_it_is_asked_for(tmp_path):
    file = tmp_path / "return.xlsx"
    result = run("template", file)
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", f"Wrote {file}\n")
    assert file.read_bytes() == template(shipped("reference"))


def test_a_file_that_is_there_stays_unless_it_is_forced(tmp_path):
    file = tmp_path / "filled.xlsx"
    file.write_bytes(b"a filled return")
    result = run("template", file)
    assert (result.exit_code, file.read_bytes()) == (2, b"a filled return")
    assert result.stderr == f"{file} is there already and was left as it is. Choose another name, or add --force.\n"
    assert run("template", file, "--force").exit_code == 0
    assert file.read_bytes() == template(shipped("reference"))


def test_a_name_that_is_no_workbook_is_refused(tmp_path):
    result = run("template", tmp_path / "return.csv")
    assert (result.exit_code, list(tmp_path.iterdir())) == (2, [])
    assert "give it a name that ends in .xlsx, not 'return.csv'" in result.stderr


def test_a_place_that_cannot_be_written_to_is_named_without_a_traceback(tmp_path):
    result = run("template", tmp_path / "nowhere" / "return.xlsx")
    assert result.exit_code == 2
    assert result.stderr.endswith("return.xlsx cannot be written: No such file or directory. Choose another place.\n")


def test_a_page_to_send_back_is_written_beside_the_words(tmp_path, sent):
    page = tmp_path / "north.html"
    result = run("check", sent, "--html", page)
    assert (result.exit_code, result.stderr) == (1, f"Wrote {page}\n")
    assert "2 lines in: 1 loaded, 0 held, 1 quarantined, 0 ignored" in result.stdout
    document = check([("north.csv", sent.read_bytes())], {}, shipped("reference"), False)
    assert page.read_bytes() == check_page(document)


def test_a_page_is_never_written_over_a_return(sent):
    before = sent.read_bytes()
    result = run("check", sent, "--html", sent)
    assert (result.exit_code, sent.read_bytes()) == (2, before)
    assert "'north.csv' is not the name of a page: let it end in .html." in result.stderr
