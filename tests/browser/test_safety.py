"""What must not happen: listening beyond this machine, calling out, answering strangers, running text of a return."""

import csv
import gzip
import http.client
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from browsing import COLLECTIONS, Visitor, address_of, card, go
from made_returns import content_of, line, loaded
from playwright.sync_api import Page, expect
from serving import Served, command, serving, watched

from dashboard.release import current
from dashboard.topics import TOPICS

PROC = Path("/proc/net/tcp")
LISTENING, LOOPBACK_V4, LOOPBACK_V6 = "0A", "0100007F", "00000000000000000000000001000000"
HANDSHAKE = {
    "Upgrade": "websocket",
    "Connection": "Upgrade",
    "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
    "Sec-WebSocket-Version": "13",
}
TEXTS = (
    "<img src=x onerror=window.ran=1>",
    "**bold** _it_ `code`",
    "$a^2$ and $$b$$",
    ":red[x] :smile:",
    "[l](http://b.example)",
    "<script>window.ran=1</script>",
    "<b>b</b><br>&amp;",
    "=cmd()",
)
"""What a stranger's return may hold, in words short enough to stand unbroken on a chart."""


@dataclass(frozen=True)
class Socket:
    """One line of /proc/net/tcp: hexadecimal addresses and ports."""

    local: str
    port: int
    remote: str
    state: str
    inode: str


def sockets() -> list[Socket]:
    """All TCP sockets of this machine."""
    found = []
    for table in (PROC, PROC.with_name("tcp6")):
        for row in table.read_text().splitlines()[1:] if table.exists() else ():
            _, local, remote, state, *rest = row.split()
            host, port = local.split(":")
            found.append(Socket(host, int(port, 16), remote.split(":")[0], state, rest[5]))
    return found


def inodes_of(process: int) -> set[str]:
    """The sockets that a process holds open."""
    targets = [str(entry.readlink()) for entry in Path(f"/proc/{process}/fd").iterdir() if entry.is_symlink()]
    return {target.removeprefix("socket:[").rstrip("]") for target in targets if target.startswith("socket:[")}


@dataclass(frozen=True)
class Reply:
    """What the server answered."""

    status: int
    headers: http.client.HTTPMessage
    body: bytes


def answer_to(served: Served, path: str, **headers: str) -> Reply:
    """The server's answer to a GET with these headers, `_` standing for `-`; the body as it travelled."""
    connection = http.client.HTTPConnection("127.0.0.1", served.port, timeout=10)
    with closing(connection):
        connection.request("GET", path, headers={name.replace("_", "-"): value for name, value in headers.items()})
        with connection.getresponse() as reply:
            return Reply(reply.status, reply.headers, b"" if reply.status == 101 else reply.read())


needs_proc = pytest.mark.skipif(not PROC.exists(), reason="sockets are read from /proc, which is Linux's")


@needs_proc
def test_the_server_listens_on_this_machine_only(served: Served):
    listening = {one.local for one in sockets() if one.port == served.port and one.state == LISTENING}
    assert listening == {LOOPBACK_V4}


def test_pages_ask_nothing_of_another_host(visit: Visitor, served: Served):
    asked = {
        url
        for scheme in ("light", "dark")
        for topic in TOPICS
        for url in visit(topic, "published", scheme).asked + visit(topic, "illustrative").asked
    }
    assert any(url.startswith("ws:") for url in asked), "the log holds all that a page asks for"
    own = (f"http://127.0.0.1:{served.port}/", f"ws://127.0.0.1:{served.port}/", "data:", "blob:")
    assert [url for url in asked if not url.startswith(own)] == []


@pytest.mark.parametrize("collection", COLLECTIONS)
def test_the_server_reaches_for_nobody(visit: Visitor, served: Served, collection: str):
    for topic in TOPICS:
        visit(topic, collection)
    assert served.reached_outside() == []


@needs_proc
def test_the_server_holds_no_connection_to_another_machine(visit: Visitor, served: Served):
    visit(TOPICS[0], "published")
    own = inodes_of(served.process.pid)
    remotes = {one.remote for one in sockets() if one.inode in own and one.state != LISTENING}
    assert own, "the server's sockets can be seen"
    assert {remote for remote in remotes if remote not in (LOOPBACK_V4, LOOPBACK_V6)} == set()


def test_a_program_that_reaches_outside_would_be_noticed(tmp_path: Path):
    script = "import socket\ntry: socket.create_connection(('192.0.2.1', 9), timeout=0.01)\nexcept OSError: pass"
    subprocess.run([sys.executable, "-c", script], env=watched(tmp_path), check=True, timeout=20)
    noted = Served("http://127.0.0.1:0", tmp_path, None, tmp_path, tmp_path / "outgoing").reached_outside()  # type: ignore[arg-type]
    assert any("192.0.2.1" in note for note in noted)


def test_every_answer_carries_the_headers_that_keep_a_page_to_itself(served: Served):
    for path in ("/", "/years", "/_stcore/health", "/no/such/page"):
        headers = answer_to(served, path).headers
        policy = dict(part.strip().partition(" ")[::2] for part in headers["content-security-policy"].split(";"))
        assert policy["default-src"] == "'self'"
        assert "'unsafe-inline'" not in policy["script-src"]
        assert "'unsafe-eval'" not in policy["script-src"].split()
        assert policy["frame-ancestors"] == "'none'"
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["x-frame-options"] == "DENY"
        assert headers["referrer-policy"] == "no-referrer"


def test_a_script_written_into_the_page_does_not_run(visit: Visitor):
    page = visit.open(TOPICS[0], "published")
    page.evaluate("""() => {
        const script = document.createElement('script');
        script.textContent = 'window.ran = 1';
        document.body.append(script);
    }""")
    assert page.evaluate("window.ran") is None


@pytest.mark.parametrize("path", ["/", "/_stcore/stream"])
def test_pages_of_other_origins_are_refused_without_asking_outside(served: Served, path: str):
    host, own = f"127.0.0.1:{served.port}", f"http://127.0.0.1:{served.port}"
    upgrade = HANDSHAKE if "stream" in path else {}
    accepted = 101 if "stream" in path else 200
    assert answer_to(served, path, Host=host, Origin=own, **upgrade).status == accepted
    for origin in ("http://attacker.example", "null", "http://127.0.0.1:1", f"http://{host}.attacker.example"):
        assert answer_to(served, path, Host=host, Origin=origin, **upgrade).status == 403
    assert served.reached_outside() == []


def test_a_strangers_name_that_leads_here_opens_nothing(served: Served):
    assert answer_to(served, "/", Host=f"attacker.example:{served.port}").status == 400
    assert answer_to(served, "/", Host=f"localhost:{served.port}").status == 200


def test_what_is_large_travels_compressed(served: Served):
    page = answer_to(served, "/", Accept_Encoding="gzip").body
    (script,) = re.findall(rb'<script[^>]* src="([^"]+)"', gzip.decompress(page))
    packed = answer_to(served, urlsplit(script.decode()).path.lstrip("."), Accept_Encoding="gzip")
    assert packed.headers["content-encoding"] == "gzip"
    assert len(packed.body) < 0.5 * len(gzip.decompress(packed.body))


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A dashboard whose returns try everything: as the programme's own, and among the published examples."""
    folder = tmp_path_factory.mktemp("hostile")
    lines = [
        line(
            text,
            project_ref=f"PEP-2014-{number:03} {text}",
            project_title=text,
            skill_area=text if number % 2 else "shared services",
            source_title=text,
            source_url=f"javascript:window.ran=1//{text}" if number % 2 else f'https://b.example/"onclick="{text}',
            source_quote=text,
            amount_gbp=str(100_000 * number),
        )
        for number, text in enumerate(TEXTS, 1)
    ]
    unreadable = [line(text, project_ref=f"PEP-2015-{n:03}", amount_gbp=text) for n, text in enumerate(TEXTS, 1)]
    sent = folder / "=1+1 <img src=x onerror=window.ran=1>.csv"
    sent.write_bytes(content_of([*lines, *unreadable]))
    with serving(folder / "home", folder / "notes") as running:
        for collection in ("programme", "published"):
            loaded(running.home, [sent], collection)
        yield running


def unbroken(text: str) -> str:
    """Text of a chart without the spaces that set its lines apart."""
    return "".join(text.replace("\xa0", " ").split())


@pytest.mark.parametrize("collection", ["programme", "published"])
def test_text_of_a_return_is_shown_as_it_was_sent_and_never_runs(hostile: Served, another: Page, collection: str):
    for topic in TOPICS:
        page = go(another, address_of(hostile.address, topic, collection=collection))
        assert page.evaluate("window.ran") is None
        assert page.locator('a[href^="javascript"], [onclick], [onerror], main img, main script').count() == 0
        assert page.get_by_test_id("stMain").locator(".katex, em, code:not(.si-plain code)").count() == 0
    words = page.get_by_test_id("stMain").inner_text()
    assert [text for text in TEXTS if f"Leeds: {text}" not in words] == []


@pytest.mark.parametrize(
    ("collection", "topic", "figure"),
    [("published", TOPICS[0], "observations-by-stage"), ("programme", TOPICS[1], "project-savings-by-skill-area")],
)
def test_text_of_a_return_stands_on_a_chart_as_it_was_sent(
    hostile: Served, another: Page, collection: str, topic, figure: str
):
    page = go(another, address_of(hostile.address, topic, collection=collection))
    chart = card(page, figure).locator(".js-plotly-plot")
    drawn = "\n".join(unbroken(text) for text in chart.locator("text").all_text_contents())
    assert [text for text in TEXTS if unbroken(text) not in drawn] == []
    assert chart.locator("a, image, .MathJax").count() == 0


def test_text_of_a_return_stands_under_the_pointer_as_it_was_sent(hostile: Served, another: Page):
    page = go(another, address_of(hostile.address, TOPICS[1], collection="programme"))
    chart = card(page, "project-savings-by-skill-area").locator(".js-plotly-plot")
    chart.scroll_into_view_if_needed()
    chart.locator(".scatterlayer .points path").first.hover(force=True)
    expect(chart.locator(".hoverlayer text").first).to_be_visible()
    shown = unbroken(chart.locator(".hoverlayer").text_content() or "")
    assert any(unbroken(text) in shown for text in TEXTS)


def test_text_of_a_return_is_no_formula_in_a_file(hostile: Served):
    asked = [*command(), "figure", "project-savings-by-skill-area", "--format", "csv", "--collection", "programme"]
    content = subprocess.run([*asked, "--home", str(hostile.home)], capture_output=True, check=True, timeout=60).stdout
    cells = [cell for row in csv.reader(content.decode("utf-8-sig").splitlines()) for cell in row]
    assert "'=cmd()" in cells
    assert [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t"))] == []
    assert [text for text in TEXTS[:-1] if text not in cells] == []


def test_text_of_a_return_does_not_run_in_the_page_as_a_file(hostile: Served, another: Page, tmp_path: Path):
    asked = [*command(), "brief", "draft", "--collection", "published", "--home", str(hostile.home)]
    release = current(hostile.home, "published") or ""
    content = subprocess.run([*asked, "--release", release], capture_output=True, check=True, timeout=60).stdout
    (tmp_path / "draft.html").write_bytes(content)
    another.goto((tmp_path / "draft.html").as_uri())
    words = another.locator("body").inner_text()
    assert [text for text in TEXTS if f"Leeds: {text}" not in words] == []
    assert another.evaluate("window.ran") is None
    assert another.locator("img, script, a").count() == 0
