"""Reads a spreadsheet in a process of its own, with limits of time and memory, and takes its sheets back."""

import os
import subprocess
import sys

import orjson

from etl.readers import Problem, Remark, Sheet

MEGABYTE = 1_000_000
LARGEST_FILE = 200 * MEGABYTE
SMALL_FILE = 1 * MEGABYTE
LEAST_MEMORY, MEMORY_PER_BYTE, MOST_MEMORY = 512 * MEGABYTE, 40, 3_000 * MEGABYTE
LEAST_SECONDS = 4
SECONDS_PER_MEGABYTE = {"zip": 1.2, "ole": 0.5, "html": 0.6, "xml": 0.6}
PATIENCE = 2.5
TAKES_TOO_MUCH = (
    "reading it takes more time or memory than a return should. Copy the table alone to a new workbook, and send that."
)
FAILED = "it is damaged, or not what it says it is. Open it, save it as XLSX, and send that."
NO_SHEETS = "it holds no sheet of cells. Save the table as XLSX or as 'CSV UTF-8'."


def read_apart(kind: str, content: bytes) -> list[Sheet]:
    """The sheets of a file of that kind (zip, ole, html, xml). Raises Problem if it cannot be read within limits."""
    if len(content) > LARGEST_FILE:
        raise Problem("too_large", f"it is over {LARGEST_FILE // MEGABYTE} MB. Send it in parts.")
    try:
        return _sheets(_answer(kind, content))
    except orjson.JSONDecodeError:
        raise Problem("unreadable", FAILED) from None


def _answer(kind: str, content: bytes) -> bytes:
    """What the process wrote; larger files, which genuine ones may be, get more time and memory.

    The limit is on processor time, so that a busy machine refuses nothing; on the clock there is more patience.
    """
    larger = max(0, len(content) - SMALL_FILE)
    memory = min(MOST_MEMORY, LEAST_MEMORY + larger * MEMORY_PER_BYTE)
    seconds = LEAST_SECONDS + SECONDS_PER_MEGABYTE[kind] * larger / MEGABYTE
    command = [sys.executable, "-P", "-m", "etl.readers.child", kind, str(memory), str(round(seconds))]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "PYTHONIOENCODING": "utf-8"}
    try:
        done = subprocess.run(
            command, input=content, capture_output=True, timeout=seconds * PATIENCE, env=environment, check=False
        )
    except subprocess.TimeoutExpired:
        raise Problem("too_large", TAKES_TOO_MUCH) from None
    if done.returncode < 0:
        # Rust ends the process when it gets no more memory, and so does the limit of processor time.
        raise Problem("too_large", TAKES_TOO_MUCH)
    return done.stdout


def _sheets(answer: bytes) -> list[Sheet]:
    sheets: list[Sheet] = []
    rows: list[list[str]] = []
    for line in answer.splitlines():
        told = orjson.loads(line)
        if isinstance(told, list):
            rows += told
        elif "problem" in told:
            raise Problem(told["problem"], told["message"] or TAKES_TOO_MUCH)
        elif "end" not in told:
            merged = tuple((first, left, last, right) for first, left, last, right in told["merged"])
            sheets.append(Sheet(told["name"], rows, merged, [Remark(*remark) for remark in told["remarks"]]))
            rows = []
        elif sheets:
            return sheets
        else:
            raise Problem("not_a_table", NO_SHEETS)
    raise Problem("unreadable", FAILED)
