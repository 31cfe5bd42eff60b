"""Streamlit's own files: compressed once instead of for every reader, and announced with the page that needs them."""

import asyncio
import gzip
import mimetypes
import re
from collections.abc import Iterable
from pathlib import Path

from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

PARTS = ("PlotlyChart", "Html", "Radio", "Selectbox", "Multiselect", "Button", "DownloadButton")
"""What every topic shows, by the names of Streamlit's files. It would ask for them only when a script has sent one."""
IMPORTED = re.compile(r"""(?:\bfrom|\bimport)\s*["']\./([\w.-]+\.js)["']""")
HOW = "rel=modulepreload; crossorigin; fetchpriority=low"
"""Behind what the page needs to start at all."""
HEAD = 8_000
"""Characters at the start of a file, in which its imports stand."""
KEPT = "public, immutable, max-age=31536000"
"""A file's name holds a digest of its content, as in Streamlit's own answers."""
COMPRESSION = 6


class CompressedOnce:
    """Answers for scripts and style sheets from memory. The chart library alone takes half a second to compress."""

    def __init__(self, app: ASGIApp, folder: Path) -> None:
        self.app = app
        self.files = {
            f"/{path.relative_to(folder).as_posix()}": path
            for path in (folder / "static").rglob("*")
            if path.suffix in (".js", ".css")
        }
        self.compressed: dict[str, bytes] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers for a file that the browser takes compressed; passes everything else on."""
        path = scope.get("path", "")
        if scope["type"] != "http" or scope["method"] != "GET" or path not in self.files or not _takes_gzip(scope):
            await self.app(scope, receive, send)
            return
        if path not in self.compressed:
            self.compressed[path] = await asyncio.to_thread(_compress, self.files[path])
        headers = {"content-encoding": "gzip", "vary": "Accept-Encoding", "cache-control": KEPT}
        kind = mimetypes.guess_type(path)[0]
        await Response(self.compressed[path], headers=headers, media_type=kind)(scope, receive, send)


def _takes_gzip(scope: Scope) -> bool:
    return any(name == b"accept-encoding" and b"gzip" in value for name, value in scope["headers"])


def _compress(path: Path) -> bytes:
    return gzip.compress(path.read_bytes(), COMPRESSION, mtime=0)


class Announced:
    """Names with each page the files of PARTS, so that they are fetched while the page still starts."""

    def __init__(self, app: ASGIApp, folder: Path) -> None:
        self.app = app
        names = needed(folder / "static" / "js")
        self.link = (b"link", ", ".join(f"<./static/js/{name}>; {HOW}" for name in names).encode())

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes the request on, and the start of a page back with the names."""

        async def with_link(message: Message) -> None:
            if message["type"] == "http.response.start" and _is_page(message.get("headers", ())):
                message["headers"] = [*message["headers"], self.link]
            await send(message)

        await self.app(scope, receive, with_link if scope["type"] == "http" else send)


def _is_page(headers: Iterable[tuple[bytes, bytes]]) -> bool:
    return any(name == b"content-type" and value.startswith(b"text/html") for name, value in headers)


def needed(folder: Path) -> list[str]:
    """The files of PARTS and those that they import, but those that Streamlit's page names itself."""
    page = folder.parents[1].joinpath("index.html").read_text("utf-8")
    waiting = [path.name for part in PARTS for path in sorted(folder.glob(f"{part}.*.js"))]
    found: list[str] = []
    while waiting:
        name = waiting.pop(0)
        if name not in found and name not in page:
            found.append(name)
            with (folder / name).open(encoding="utf-8") as stream:
                waiting += IMPORTED.findall(stream.read(HEAD))
    return found
