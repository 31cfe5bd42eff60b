"""The page of a check: all that the document says, as text, in one file that asks nothing of anybody."""

import json
import re
from html.parser import HTMLParser
from itertools import pairwise

import pytest
from made_returns import content_of, line

from etl.check import check
from etl.check_page import check_page
from etl.home import ILLUSTRATIVE, PUBLISHED, shipped

EVIL = "<script>alert(1)</script>"
SENT = [
    line("fine", financial_year="2014-15", amount_gbp="1250.50"),
    line("evil", project_ref="B", amount_gbp=EVIL),
    line("formula", project_ref="=cmd|' /C calc'!A0", amount_gbp="{{ 7 * 7 }}"),
    line("large", project_ref="D", basis="per year", amount_gbp="£900m"),
    line("remark", project_ref="E", skill_area="<b>plumbing</b>"),
    line("bounds", project_ref="F", amount_gbp="£1m-£2m"),
]
VOID = {"meta", "col"}


class Page(HTMLParser):
    """The text of a page, its tags and attributes; every tag is closed in order."""

    def __init__(self, content: bytes) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(content.decode())
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if "style" not in self.open:
            self.text += data


def document_of(*returns, given=None, names=()):
    files = [(name, content_of(one)) for name, one in zip(names or ("a.csv", "b.csv"), returns, strict=False)]
    return check(files, given or {}, shipped("reference"), False)


def page_of(*returns, **keys) -> Page:
    return Page(check_page(document_of(*returns, **keys)))


def test_the_same_document_gives_the_same_bytes_and_json_is_enough_to_make_it():
    document = document_of(SENT)
    assert check_page(json.loads(json.dumps(document))) == check_page(document)


def test_text_of_a_return_is_shown_as_text():
    page = page_of(SENT, names=["<img src=x onerror=alert(1)>.csv"])
    assert EVIL in page.text
    assert "{{ 7 * 7 }}" in page.text
    assert "<b>plumbing</b>" in page.text
    assert "<img src=x onerror=alert(1)>.csv" in page.text
    assert {"script", "img", "b"} & {tag for tag, _ in page.tags} == set()


def test_a_page_of_formulas_and_mark_up_in_every_cell_has_the_tags_of_a_plain_one():
    evil = page_of([dict.fromkeys(line(), f'"><script>{EVIL}</script>')])
    assert {tag for tag, _ in evil.tags} <= {tag for tag, _ in page_of(SENT).tags}


def test_it_asks_nothing_of_anybody():
    page = page_of(SENT)
    addresses = [value for _, attributes in page.tags for name, value in attributes.items() if name in ("src", "href")]
    assert [address for address in addresses if not address.startswith("#")] == []
    policy = next(a["content"] for _, a in page.tags if a.get("http-equiv") == "Content-Security-Policy")
    assert policy.startswith("default-src 'none'")
    assert not re.search(r"url\(|@import", check_page(document_of(SENT)).decode())


def test_every_finding_is_on_it_with_its_place():
    document = document_of(SENT)
    page = Page(check_page(document))
    for finding in document["files"][0]["findings"]:
        assert f"Row {finding['row']}" in page.text
        assert finding["found"] is None or finding["found"] in page.text


def test_counts_and_sums_are_those_of_the_document_to_the_penny():
    page = page_of(SENT)
    assert "£101,250.50" in page.text
    assert "£900,000,000.00" in page.text
    assert "loaded3£101,250.501" in page.text.replace("\n", "")


def test_the_headline_says_what_is_to_be_done():
    assert "3 of 6 lines would load; 2 to mend, 1 for a person to decide" in page_of(SENT).text
    assert "The line would load; nothing to mend" in page_of([line()]).text
    assert "Nothing could be judged" in page_of(b"name,grade\nx,y\n").text


def test_lines_that_would_load_are_listed_in_words():
    text = page_of(SENT).text
    assert "Leeds City Council" in text
    assert "efficiency saving" in text
    assert "£1,000,000.00 to £2,000,000.00" in text


def test_a_return_that_is_made_up_says_so_on_its_face_and_another_does_not():
    page = page_of([line(project_ref="ILLUSTRATIVE-1")])
    assert page.text.count("ILLUSTRATIVE: ") == 2
    assert "ILLUSTRATIVE" not in page_of([line()]).text


def test_statements_and_questions_are_shown():
    assert "Is it the same for all of them?" in page_of([line(lead_council="")]).text
    document = document_of([line()])
    document["files"][0]["given"] = {"lead_council": "Leeds City Council", "signs": "reversed"}
    text = Page(check_page(document)).text
    assert "Lead council: Leeds City Council" in text
    assert "signs: reversed" in text


def test_ignored_sheets_and_rows_have_their_reasons():
    document = document_of(content_of([line()]) + b"\nTotal" + b"," * 30 + b"\n")
    document["files"][0]["sheets"].append(
        {"sheet": "Cover", "heading_rows": [], "columns": {}, "ignored": "it has no column of amounts"}
    )
    text = Page(check_page(document)).text
    assert "Cover was ignored: it has no column of amounts." in text
    assert "blank" in text
    assert "total" in text


def test_it_has_a_language_one_headline_headings_in_order_and_captioned_tables():
    page = page_of(SENT, [line()])
    assert page.tags[0] == ("html", {"lang": "en-GB"})
    levels = [int(tag[1]) for tag, _ in page.tags if re.fullmatch(r"h[1-6]", tag)]
    assert levels.count(1) == 1
    assert all(later - earlier <= 1 for earlier, later in pairwise(levels))
    names = [tag for tag, _ in page.tags]
    assert names.count("table") == names.count("caption") > 0
    assert [attributes for tag, attributes in page.tags if tag == "th" and "scope" not in attributes] == []


def test_a_long_list_is_cut_and_says_so():
    document = document_of([line(project_ref=f"P{n}", amount_gbp=f"x{n}") for n in range(1001)])
    text = Page(check_page(document)).text
    assert "The first 1,000 of 1,001 findings" in text
    assert "savings check --json" in text


@pytest.mark.parametrize("name", [PUBLISHED, ILLUSTRATIVE])
def test_the_shipped_returns_make_a_page(name):
    files = [(path.name, path.read_bytes()) for path in sorted(shipped(name).glob("*.csv"))]
    document = check(files, {}, shipped("reference"), True)
    assert f"{document['lines']['loaded']:,} of" in Page(check_page(document)).text
