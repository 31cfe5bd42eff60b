"""The page “Check a return” without a browser: each of its states, by real files through the real check."""

import io
import json
import re
import tempfile
from collections.abc import Iterable
from html import unescape
from pathlib import Path

import pytest
import xlsxwriter
from made_returns import content_of, line
from streamlit.testing.v1 import AppTest

from dashboard import checking
from dashboard.release import Release

TIMEOUT = 60
TEXTS = ("<img src=x onerror=window.ran=1>", "**bold** _it_ `code`", "$a^2$", ":red[x] :smile:", "=cmd()")
MIXED = content_of(
    [
        line("fine", project_ref="PEP-2015-001", lead_council="E08000035", financial_year="2015-16"),
        line("unreadable", project_ref="PEP-2015-003", amount_gbp="n/a?"),
        line("vast", project_ref="PEP-2015-002", amount_gbp="9000000000"),
    ]
)
UNSTAGED = content_of([line("one", stage=""), line("two", stage="", project_ref="PEP-2014-002")])


def page_of(home: str) -> None:
    """The script of the page. Streamlit runs its source, so it imports itself."""
    from pathlib import Path

    from dashboard.outputs import page_check

    page_check.page(Path(home))


@pytest.fixture
def scratch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where temporary folders of this test are made."""
    (tmp_path / "scratch").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "scratch"))
    return tmp_path / "scratch"


@pytest.fixture
def opened(homes: Path, scratch: Path) -> AppTest:
    """The page before anything is sent."""
    return AppTest.from_function(page_of, default_timeout=TIMEOUT, kwargs={"home": str(homes)}).run()


def send(app: AppTest, *files: tuple[str, bytes]) -> AppTest:
    """Sends files, in place of those that were sent before."""
    app.file_uploader[0].set_value([(name, content, "text/csv") for name, content in files])
    return app.run()


def source(app: AppTest) -> str:
    """The HTML of the page."""
    return "\n".join(element.proto.body for element in app.get("html"))


def words(app: AppTest) -> str:
    """What the page says, as a reader sees it."""
    text = unescape(re.sub(r"<style>.*?</style>|<[^>]*>", " ", source(app), flags=re.DOTALL))
    return " ".join(text.split())


def open_tab(app: AppTest, name: str, file: int = 0) -> str:
    """Opens a tab of a file, and gives the words of the page."""
    app.session_state[f"check_tabs_{file}"] = name
    return words(app.run())


def assert_sound(app: AppTest) -> None:
    """No fault of the program stands on the page."""
    assert [problem.message for problem in app.exception] == []


def snapshot(folder: Path) -> dict[str, tuple[int, int]]:
    """Size and time of every file below a folder."""
    return {
        path.relative_to(folder).as_posix(): (path.stat().st_size, path.stat().st_mtime_ns)
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_before_anything_is_sent_it_says_what_a_return_is_and_how_to_start_one(opened: AppTest):
    said = words(opened)
    assert_sound(opened)
    for part in ("Nothing is stored", "No file yet", "A return is a table", "savings template return.xlsx"):
        assert part in said
    assert "would load" not in said.partition("You will see")[0]


def test_counts_by_fate_sum_to_what_came_in_and_to_the_penny(opened: AppTest):
    said = words(send(opened, ("mixed.csv", MIXED)))
    assert_sound(opened)
    assert "1 of 3 lines would load; 1 held, 1 quarantined" in said
    assert "3 lines in = 1 would load + 1 held + 1 quarantined + 0 ignored" in said
    assert "£9,000,100,000 = £100,000 + £9,000,000,000 + £0" in said


def test_a_finding_says_the_row_the_column_what_was_found_and_what_to_do(opened: AppTest):
    cells = re.findall(
        r'<td role="cell" data-heading="([^"]*)"[^>]*>([^<]*)</td>', source(send(opened, ("m.csv", MIXED)))
    )
    place = cells.index(("Found", "n/a?"))
    assert cells[place - 3] == ("Row", "3")
    assert cells[place - 2] == ("Column", "amount_gbp")
    assert cells[place - 1] == ("Fate", "Quarantined")
    assert "not an amount in pounds" in cells[place + 1][1]


def test_lines_are_shown_with_the_names_of_councils_and_labels(opened: AppTest):
    said = open_tab(send(opened, ("mixed.csv", MIXED)), "Lines")
    for part in ("3 lines, all shown", "Leeds City Council", "Shared services", "2015-16", "Achieved", "100,000.00"):
        assert part in said
    assert "none read" in said


def test_without_any_release_councils_stand_by_their_codes(scratch: Path):
    app = AppTest.from_function(page_of, default_timeout=TIMEOUT, kwargs={"home": str(scratch.parent / "none")}).run()
    said = open_tab(send(app, ("mixed.csv", MIXED)), "Lines")
    assert_sound(app)
    assert "E08000035" in said


def test_headings_and_ignored_rows_are_told(opened: AppTest):
    app = send(opened, ("total.csv", MIXED + b"Total,,,,,,,,,,,,,,,9000100000\n"))
    assert "Heading row: 1" in open_tab(app, "Sheets and headings")
    assert "amount (£)" in words(app)
    assert "1 ignored rows, all shown" in open_tab(app, "Ignored rows") or "1 ignored row, all shown" in words(app)
    assert "total" in words(app).lower()


def workbook() -> bytes:
    """Lines under a title and headings of its own, beside a sheet without any."""
    written = io.BytesIO()
    rows = (
        ("Savings 2016",),
        ("Project ref", "Skill area", "Lead authority", "Kind", "Stage", "Savings (£000)"),
        ("PEP-2014-001", "shared services", "Leeds City Council", "efficiency saving", "achieved", 250),
        ("PEP-2014-002", "shared services", "Newcastle", "efficiency saving", "achieved", 12.5),
    )
    with xlsxwriter.Workbook(written) as book:
        sheet = book.add_worksheet("Returns")
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
        book.add_worksheet("About").write(0, 0, "Sent by the finance team")
    return written.getvalue()


def test_a_workbook_tells_its_sheets_and_names_them_with_each_row(opened: AppTest):
    app = send(opened, ("north.xlsx", workbook()))
    assert_sound(app)
    cells = re.findall(r'data-heading="([^"]*)"[^>]*>([^<]*)</td>', source(app))
    assert cells[:4] == [("Sheet", "Returns"), ("Row", "4"), ("Column", "Lead authority"), ("Fate", "Quarantined")]
    assert "£262,500 = £250,000 + £0 + £12,500" in words(app)
    said = open_tab(app, "Sheets and headings")
    for part in ("Sheet “Returns” . Heading row: 2", "Savings (£000)", "Sheet “About” was left out"):
        assert part in said


def test_several_files_are_judged_together_and_each_is_told(opened: AppTest):
    app = send(opened, ("a.csv", MIXED), ("b.csv", UNSTAGED), ("broken.csv", b"\x89PNG\r\n\x1a\n\0"))
    said = words(app)
    assert_sound(app)
    assert "1 of 3 files could not be read" in said
    assert [said.count(name) >= 2 for name in ("a.csv", "b.csv", "broken.csv")] == [True] * 3
    assert "This file could not be read" in said


def test_a_file_that_cannot_be_read_gives_one_message_and_a_way_out(opened: AppTest):
    app = send(opened, ("picture.csv", b"\x89PNG\r\n\x1a\n\0"))
    assert_sound(app)
    assert source(app).count('role="alert"') == 1
    assert "Mend the file and send it again" in words(app)


def test_a_statement_fills_what_the_table_leaves_unsaid(opened: AppTest):
    app = send(opened, ("unstaged.csv", UNSTAGED))
    assert "0 of 2 lines would load; 2 quarantined" in words(app)
    app.selectbox(key="given_stage").set_value("projected")
    app.button[0].click().run()
    assert_sound(app)
    assert "2 of 2 lines would load" in words(app)
    assert "Given by you: stage = projected" in words(app)
    assert "Projected" in open_tab(app, "Lines")


def test_a_statement_that_cannot_be_used_is_said_and_the_form_stays(opened: AppTest):
    app = send(opened, ("mixed.csv", MIXED))
    app.text_input(key="given_financial_year").set_value("banana")
    app.button[0].click().run()
    assert_sound(app)
    assert "banana" in words(app)
    assert "Correct it below" in words(app)
    app.text_input(key="given_financial_year").set_value("")
    app.button[0].click().run()
    assert "1 of 3 lines would load" in words(app)


def test_text_of_a_return_is_shown_as_it_was_sent(opened: AppTest):
    lines = [
        line(f"{n}", project_ref=f"PEP-2015-{n:03} {text}", skill_area=text, lead_council=text)
        for n, text in enumerate(TEXTS)
    ]
    app = send(opened, (f"{TEXTS[0]}.csv", content_of(lines)), (f"{TEXTS[1]}.csv", MIXED))
    assert_sound(app)
    assert [text for text in TEXTS if text not in words(app)] == []
    assert [text for text in TEXTS if text not in open_tab(app, "Lines")] == []
    assert "<img" not in source(app)
    shown = [*app.markdown, *app.caption, *app.title, *app.header, *app.subheader]
    assert [element.value for element in shown if any(text in element.value for text in TEXTS)] == []


def test_what_is_too_much_to_show_is_counted_and_whole_in_the_download(opened: AppTest):
    lines = [line(str(n), project_ref=f"PEP-2015-{n:04}", amount_gbp=str(1000 + n)) for n in range(1312)]
    app = send(opened, ("long.csv", content_of(lines)))
    assert "200 of 1,312 lines shown; all are in the download" in open_tab(app, "Lines")
    assert source(app).count('data-heading="Project"') == checking.MOST_SHOWN
    document = json.loads(app.session_state["check"][2].document)
    assert len(document["files"][0]["observations"]) == 1312


def test_nothing_is_stored(opened: AppTest, scratch: Path, homes: Path):
    before = snapshot(homes)
    app = send(opened, ("mixed.csv", MIXED), ("broken.csv", b"\0"))
    assert "1 of 3 lines would load" in words(app)
    assert list(scratch.iterdir()) == []
    assert snapshot(homes) == before


def test_a_file_taken_back_leaves_nothing_in_the_session(opened: AppTest):
    app = send(opened, ("mixed.csv", MIXED))
    assert "check" in app.session_state
    app.file_uploader[0].clear()
    app.run()
    assert "check" not in app.session_state
    assert "No file yet" in words(app)


def test_shipped_collections_pass_the_check_of_the_page_as_they_were_loaded(opened: AppTest, illustrative: Release):
    def returns(manifest: dict) -> Iterable[str]:
        return [one["file"] for one in manifest["returns"]]

    folder = Path(__file__).parents[1] / "data" / "illustrative"
    files = [(name, (folder / name).read_bytes()) for name in returns(illustrative.manifest)]
    lines = illustrative.manifest["lines"]
    assert f"{lines['loaded']:,} of {lines['in']:,} lines would load" in words(send(opened, *files))
