"""Files that mean harm or are broken end in one plain problem, in little time; what can be read without harm may be."""

import time

import pytest
from hostile import Case, cases

from etl.readers import Problem
from etl.readers.files import read_sheets

LONGEST = 10


def outcome(content: bytes) -> tuple[str, str]:
    """The code and the message of the problem that reading ends in; `read` where it ends in none."""
    try:
        read_sheets("return.xlsx", content)
    except Problem as problem:
        return problem.code, str(problem)
    return "read", ""


@pytest.mark.parametrize("case", cases(), ids=lambda case: case[0])
def test_a_hostile_file_ends_in_one_plain_problem(case: Case):
    _, made, codes = case
    content = made if isinstance(made, bytes) else made()
    start = time.monotonic()
    code, message = outcome(content)
    assert time.monotonic() - start < LONGEST
    assert code in codes
    assert "\n" not in message
    assert len(message) < 260
    assert code == "read" or message.endswith(".")
