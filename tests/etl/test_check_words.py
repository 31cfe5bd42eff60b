"""What a check says in words: places, what to write instead, many alike folded, and the statement to type."""

import shlex

import pytest
from made_returns import content_of, line

from etl.check import check
from etl.check_words import check_in_words, command_of, pounds, questions_of, rows_in_words, wrong_and_instead
from etl.home import shipped


def words_of(*returns) -> str:
    files = [(f"{number}.csv", content_of(one)) for number, one in enumerate(returns, 1)]
    return check_in_words(check(files, {}, shipped("reference"), False))


def finding(message: str, suggestion: str | None = None, fate: str | None = "quarantined", **cells):
    told = {"code": "x", "fate": fate, "sheet": None, "row": 2, "column": "amount_gbp", "found": None}
    return told | {"message": message, "suggestion": suggestion} | cells


def file_with(*findings, **keys):
    return {"file": "a.csv", "given": {}, "findings": list(findings), "observations": []} | keys


def test_a_finding_has_its_place_what_is_wrong_and_what_to_do():
    assert "    Row 2, amount_gbp\n      'n/a?' is not an amount in pounds.\n      To do: Leave it empty" in words_of(
        [line(amount_gbp="n/a?"), line(project_ref="B")]
    )


def test_a_place_bears_the_heading_of_the_file_itself():
    text = "Project ref,Skill area,Council,Kind,Stage,Amount (£)\nA,governance,Leeds City Council,saving,done,5000\n"
    assert "    Row 2, Stage\n      'done' is not a stage." in words_of(text)


def test_many_findings_of_one_code_and_column_are_folded():
    told = words_of([line(project_ref=f"P{n}", amount_gbp=f"x{n}") for n in range(40)])
    assert told.count("is not an amount in pounds") == 3
    assert "and 37 more rows: 5 to 41" in told


def test_what_says_the_same_of_many_rows_is_told_once_with_all_of_them():
    told = words_of([line(project_ref=f"P{n}", stage="") for n in range(9)])
    assert "    Rows 2 to 10, stage\n      The cell is empty." in told


def test_counts_and_sums_open_the_account_of_a_file():
    told = words_of([line(), line(project_ref="B", amount_gbp=""), line(project_ref="C", amount_gbp="1.000")])
    assert told.splitlines()[:3] == [
        "1.csv",
        "  3 lines in: 2 loaded, 0 held, 1 quarantined, 0 ignored",
        "  Amounts, all stages together, to check against yours: £100,000.00 loaded, £0.00 held, £0.00 quarantined; "
        "1 not yet known",
    ]


def test_a_file_that_cannot_be_judged_says_why_and_several_files_are_summed():
    told = words_of([line()], b"name,grade\nx,y\n")
    assert "2.csv\n  Nothing in it could be judged: " in told
    assert told.splitlines()[-1] == "All 2 files: 1 line in: 1 loaded, 0 held, 0 quarantined, 0 ignored"


def test_a_return_that_is_made_up_says_so_first():
    assert words_of([line(project_ref="ILLUSTRATIVE-1")]).startswith("ILLUSTRATIVE: ")
    assert "ILLUSTRATIVE" not in words_of([line()])


def test_ignored_rows_are_named_with_their_reason():
    assert "    total: row 3" in words_of(content_of([line()]) + b"Total" + b"," * 30 + b"\n")


def test_sheets_that_were_ignored_are_named_with_the_reason():
    sheets = [
        {"sheet": "Cover", "heading_rows": [], "columns": {}, "ignored": "no row of headings was found in it"},
        {"sheet": "Returns", "heading_rows": [4], "columns": {"amount_gbp": "Amount"}, "ignored": None},
    ]
    document = check([("a.csv", content_of([line()]))], {}, shipped("reference"), False)
    document["files"][0]["sheets"] = sheets
    told = check_in_words(document)
    assert "  Sheet 'Cover' was ignored: no row of headings was found in it.\n" in told
    assert "  Sheet 'Returns' was read; its headings stand in row 4." in told


def test_text_that_a_terminal_would_obey_is_not_printed():
    told = words_of([line(amount_gbp="\x1b[31mred")])
    assert "\x1b" not in told


def test_mixed_signs_are_asked_about_with_both_answers_to_type():
    (question,) = questions_of(file_with(finding("m", code="signs_unclear", fate="held")))
    assert question.given == ("signs=reversed", "signs=as_sent")


def test_a_unit_that_was_given_is_not_asked_for_again():
    sent = file_with(finding("m", code="unit_conflict"))
    assert [question.given[1] for question in questions_of(sent)] == ["unit=£000"]
    assert questions_of(sent | {"given": {"unit": "£000"}}) == []


def test_what_no_line_states_is_asked_about_once_and_what_some_state_is_not():
    every = [line(project_ref=f"P{n}", lead_council="") for n in range(3)]
    assert '--given lead_council="LEAD COUNCIL"' in words_of(every)
    assert "--given" not in words_of([*every, line()])
    assert "--given project_ref=auto" in words_of([line(project_ref="")])


def test_the_command_to_type_keeps_what_was_stated_and_can_be_typed():
    sent = file_with() | {"file": "my return.csv", "given": {"lead_council": "Leeds City Council"}}
    assert shlex.split(command_of(sent, "signs=reversed")) == [
        "savings", "check", "my return.csv", "--given", "lead_council=Leeds City Council", "--given", "signs=reversed",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("message", "suggestion", "expected"),
    [
        ("'x' is not a stage. Write one of: achieved.", None, ("'x' is not a stage.", "Write one of: achieved.")),
        ("'Derby C' is none.", "Derby City", ("'Derby C' is none.", "Did you mean 'Derby City'?")),
        ("'14' is two. Write 2013-14 or 2014-15.", "2013-14", ("'14' is two.", "Write 2013-14 or 2014-15.")),
        ("Odd. Give it: give signs=as_sent.", "signs=as_sent", ("Odd.", "Give it: give signs=as_sent.")),
        ("Plain.", None, ("Plain.", "")),
    ],
)  # fmt: skip
def test_a_message_is_told_apart_into_what_is_wrong_and_what_to_do(message, suggestion, expected):
    assert wrong_and_instead(finding(message, suggestion)) == expected


def test_a_held_line_can_always_be_confirmed():
    assert wrong_and_instead(finding("It is large.", fate="held"))[1] == "Confirm it, or send the right figure."


def test_rows_are_drawn_together_and_cut_with_a_sign_of_it():
    assert rows_in_words([9, 2, 3, 4, 4, 12]) == "2 to 4, 9, 12"
    assert rows_in_words([1, 3, 5, 7], most=2) == "1, 3, …"


@pytest.mark.parametrize(("text", "words"), [("1234.50", "£1,234.50"), ("-700.00", "-£700.00"), ("0", "£0.00")])
def test_pounds_are_written_to_the_penny(text, words):
    assert pounds(text) == words
