"""A server for one's own browser: the page, a frame around it, and word of what is new; for this machine only."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

from symback.preview.preview import Preview
from symback.resources import TEMPLATES

LOOPBACK = "127.0.0.1"
ANY_PORT = 0
PATIENCE = 20.0
"""Seconds that a question for something new stays open."""

POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; frame-src 'self'"
"""What the frame may load; the page within it brings a policy of its own."""

FILES: Mapping[str, tuple[str, str]] = {
    "/": ("frame.html", "text/html"),
    "/frame.js": ("frame.js", "text/javascript"),
    "/frame.css": ("frame.css", "text/css"),
}
"""What stands around the page: by its address, the file among the templates and its type."""

WAITING = "<!doctype html><title>symback</title>"
"""Shown in place of a page as long as none could be built."""


class Server(ThreadingHTTPServer):
    """Serves one preview on a free port of this machine."""

    daemon_threads = True

    def __init__(self, preview: Preview) -> None:
        self.preview = preview
        super().__init__((LOOPBACK, ANY_PORT), _Handler)

    @property
    def address(self) -> str:
        """Where the browser finds it."""
        return f"http://{LOOPBACK}:{self.server_port}/"


class _Handler(BaseHTTPRequestHandler):
    server: Server
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """Answer a request of a page that this server gave out, and no other's."""
        if self.headers.get("Host") != f"{LOOPBACK}:{self.server.server_port}":
            self._answer(403, "text/plain", "This server answers only what it gave out itself.")
            return
        url = urlsplit(self.path)
        if url.path in FILES:
            name, kind = FILES[url.path]
            self._answer(200, kind, (TEMPLATES / "preview" / name).read_text(encoding="utf-8"), POLICY)
        elif url.path in _ANSWERS:
            self._answer(200, *_ANSWERS[url.path](self.server.preview, parse_qs(url.query)))
        else:
            self._answer(404, "text/plain", "There is nothing here.")

    def _answer(self, status: int, kind: str, text: str, policy: str = "") -> None:
        content = text.encode("utf-8")
        self.send_response(status)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Cache-Control", "no-store")
        self.send_header("X-Content-Type-Options", "nosniff")
        if policy:
            self.send_header("Content-Security-Policy", policy)
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: the terminal is for the problems of the spec."""


Query = Mapping[str, list[str]]


def _page(preview: Preview, query: Query) -> tuple[str, str]:
    return "text/html", preview.state.page or WAITING


def _state(preview: Preview, query: Query) -> tuple[str, str]:
    """Return version and problems once they are newer than what the asker has."""
    known = query.get("after", ["0"])[0]
    state = preview.newer_than(int(known) if known.isdecimal() and len(known) < 10 else 0, PATIENCE)
    return "application/json", json.dumps({"version": state.version, "problems": state.problems})


_ANSWERS: Mapping[str, Callable[[Preview, Query], tuple[str, str]]] = {"/page": _page, "/state": _state}
"""What is made anew for each request, by its address."""
