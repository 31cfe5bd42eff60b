"""Places of cells as spreadsheets write them: C5 is row 5, column 3."""

import re

PLACE = re.compile(rb"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})")


def column_number(letters: str) -> int:
    """A is 1, Z is 26, AA is 27."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number


def column_letters(number: int) -> str:
    """1 is A, 27 is AA."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def place_of(text: bytes) -> tuple[int, int] | None:
    """Row and column, from 1, of a place like C5; None if it is none."""
    found = PLACE.fullmatch(text)
    return (int(found[2]), column_number(found[1].decode())) if found else None


def listed(numbers: list[int], columns: bool = False) -> str:
    """Numbers of rows, or letters of columns, as a sentence lists them: 3-5, 9."""
    runs: list[list[int]] = []
    for number in sorted(set(numbers)):
        if runs and runs[-1][1] == number - 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    shown = (lambda number: column_letters(number)) if columns else str
    parts = [shown(first) if first == last else f"{shown(first)}-{shown(last)}" for first, last in runs[:20]]
    return ", ".join(parts) + (" …" if len(runs) > 20 else "")
