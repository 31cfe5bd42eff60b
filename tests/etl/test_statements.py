"""Statements: what the person who loads a return knows of it, checked before it is read, archived with the file."""

from decimal import Decimal

import pytest
from made_returns import content_of, line, quiet

from etl.archive import Decision
from etl.check import check
from etl.home import Place, shipped
from etl.release import decide, held_lines, load
from etl.statements import COLUMNS, BadStatement, read_statements

REFERENCE = shipped("reference")
TABLE = "Title,Theme,Year of benefit,Amount\nDepots,Shared services,2014-15,1200\nVans,Governance,,800\n"
GIVEN = ("lead_council=Leeds", "stage=achieved", "kind=efficiency saving", "project_ref=auto", "financial_year=2015-16")
REDUCTIONS = "Project ref,Council,Theme,Kind,Stage,Saving\nP1,Leeds,Governance,saving,achieved,-500\n" + (
    "P2,Leeds,Governance,saving,achieved,(700)\nP3,Leeds,Governance,saving,achieved,200\n"
)


def only(name: str, content: str, *given: str) -> dict:
    """The one file of a check."""
    return check([(name, content.encode())], read_statements(given, REFERENCE), REFERENCE, False)["files"][0]


def test_a_statement_fills_what_is_absent_or_blank_and_overrides_no_cell():
    file = only("t.csv", TABLE, *GIVEN)
    assert file["lines"] == {"in": 2, "loaded": 2, "held": 0, "quarantined": 0, "ignored": 0}
    assert [one["financial_year"] for one in file["observations"]] == ["2014-15", "2015-16"]
    assert [one["lead_council"] for one in file["observations"]] == ["E08000035", "E08000035"]
    assert "financial_year" not in file["observations"][0]["given"]
    assert set(file["observations"][1]["given"]) == {
        "lead_council", "stage", "kind", "project_ref", "financial_year",
    }  # fmt: skip
    assert [(one["code"], one["row"]) for one in file["findings"]] == [("given_conflicts", 2)]


def test_without_them_each_line_is_quarantined_and_nothing_is_guessed():
    file = only("t.csv", TABLE)
    assert file["lines"] == {"in": 2, "loaded": 0, "held": 0, "quarantined": 2, "ignored": 0}
    assert {one["lead_council"] for one in file["observations"]} == {None}


def test_a_file_of_mostly_negative_amounts_is_held_as_a_whole_and_asked_about_once():
    file = only("t.csv", REDUCTIONS)
    assert file["lines"]["held"] == 3
    assert [(one["code"], one["row"], one["fate"]) for one in file["findings"]] == [("signs_unclear", None, "held")]
    assert [one["amount_gbp"] for one in file["observations"]] == ["-500.00", "-700.00", "200.00"]


@pytest.mark.parametrize(
    ("signs", "amounts"),
    [("reversed", ["500.00", "700.00", "-200.00"]), ("as_sent", ["-500.00", "-700.00", "200.00"])],
)
def test_signs_are_turned_only_where_it_is_stated(signs: str, amounts: list[str]):
    file = only("t.csv", REDUCTIONS, f"signs={signs}")
    assert file["lines"]["loaded"] == 3
    assert [one["amount_gbp"] for one in file["observations"]] == amounts


def test_ranges_change_ends_with_their_signs():
    table = REDUCTIONS.replace("-500", "").replace("Saving\n", "Saving,amount_low_gbp,amount_high_gbp\n")
    table = table.replace("achieved,\n", "achieved,,-900,-400\n")
    observation = only("t.csv", table, "signs=reversed")["observations"][0]
    assert (observation["amount_low_gbp"], observation["amount_high_gbp"]) == ("400.00", "900.00")


def test_statements_are_archived_with_the_file_and_stand_in_the_release(tmp_path):
    path = tmp_path / "t.csv"
    path.write_text(TABLE, "utf-8")
    given = read_statements(GIVEN, REFERENCE)
    manifest = load(Place(tmp_path / "home", "programme"), [path], given, "A. Nalyst", quiet)
    assert manifest["returns"][0]["given"] == given
    journal = (tmp_path / "home" / "programme" / "journal.jsonl").read_text("utf-8")
    assert "lead_council" in journal
    assert "A. Nalyst" in journal


def test_the_same_file_with_other_statements_takes_the_place_of_the_first(tmp_path):
    path, place = tmp_path / "t.csv", Place(tmp_path / "home", "programme")
    path.write_text(TABLE, "utf-8")
    first = load(place, [path], read_statements(GIVEN, REFERENCE), None, quiet)
    again = load(place, [path], read_statements(GIVEN, REFERENCE), None, quiet)
    other = load(place, [path], read_statements((*GIVEN[1:], "lead_council=York"), REFERENCE), None, quiet)
    assert again["release"] == first["release"] != other["release"]
    assert other["lines"] == first["lines"]


def test_a_decision_frees_a_line_that_was_held_for_its_signs(tmp_path):
    path, place = tmp_path / "t.csv", Place(tmp_path / "home", "programme")
    path.write_text(REDUCTIONS, "utf-8")
    assert load(place, [path], {}, None, quiet)["lines"]["held"] == 3
    line_id = next(one for one, _, row, *_ in held_lines(place) if row == 2)
    decided = decide(place, Decision(line_id, "amend", "Confirmed.", None, Decimal(500)), "A. Nalyst", quiet)
    assert (decided["lines"]["loaded"], decided["lines"]["held"]) == (1, 2)


@pytest.mark.parametrize(
    ("pair", "says"),
    [
        ("stage", "is no statement. Write COLUMN=VALUE"),
        ("stage=", "is no statement"),
        ("stagee=achieved", "Did you mean stage?"),
        ("amount_gbp=5", "'amount_gbp' cannot be given."),
        ("stage=achievd", "Did you mean 'achieved'?"),
        ("financial_year=2014", "can be read as"),
        ("unit=dollars", "is no unit. Give one of: £, £000, £m"),
        ("signs=other", "Give signs=reversed if a minus or brackets mean a saving"),
        ("lead_council=Atlantis", "is not certainly the name or code"),
        ("reported_on=May", "reported_on cannot be given so"),
        ("attribution_share=0.5", "can be read as"),
    ],
)
def test_a_statement_that_cannot_be_used_says_why_and_what_may_be_given(pair: str, says: str):
    with pytest.raises(BadStatement, match=r".") as problem:
        read_statements([pair], REFERENCE)
    assert says in str(problem.value)


def test_a_statement_given_twice_must_say_the_same():
    assert read_statements(["stage=achieved", "stage=achieved"], REFERENCE) == {"stage": "achieved"}
    with pytest.raises(BadStatement, match="given twice"):
        read_statements(["stage=achieved", "stage=projected"], REFERENCE)


def test_units_are_kept_in_one_spelling():
    assert read_statements(["unit=£k"], REFERENCE) == {"unit": "£000"}
    assert "unit" in COLUMNS


def test_a_council_whose_name_two_bodies_bore_may_be_given_and_is_read_at_each_lines_date():
    sent = content_of([line(lead_council="", financial_year=year) for year in ("2014-15", "2021-22")])
    file = check([("t.csv", sent)], read_statements(["lead_council=Dorset"], REFERENCE), REFERENCE, False)["files"][0]
    assert [one["lead_council"] for one in file["observations"]] == ["E10000009", "E06000059"]
