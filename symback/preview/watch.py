"""Watching a spec: the server runs, and the page is built again whenever the spec or a template changes."""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from symback.preview.preview import Preview
from symback.preview.server import Server

PAUSE = 0.3
"""Seconds between two looks at the files."""


def fingerprint(paths: Iterable[Path]) -> Hashable:
    """Return what is the same as long as no file among `paths`, or in a folder among them, has changed."""
    return tuple(_stamp(file) for path in paths for file in (sorted(path.rglob("*")) if path.is_dir() else (path,)))


def _stamp(file: Path) -> tuple[str, int, int]:
    try:
        status = file.stat()
    except OSError:  # gone, perhaps for the moment in which an editor replaces it
        return str(file), 0, -1
    return str(file), status.st_mtime_ns, status.st_size


@contextmanager
def serving(build: Callable[[], str], paths: Iterable[Path]) -> Iterator[tuple[Server, Preview]]:
    """Serve the page that `build` returns, for as long as the block lasts."""
    watched = tuple(paths)
    preview = Preview(build, lambda: fingerprint(watched))
    with Server(preview) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.1}, daemon=True)
        thread.start()
        try:
            yield server, preview
        finally:
            server.shutdown()
            thread.join()
