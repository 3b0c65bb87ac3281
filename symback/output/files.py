"""Writing files whole or not at all: to a temporary name in the same folder, synced, then renamed."""

from __future__ import annotations

import os
import re
import tempfile
from pathlib import Path

_SLUG = re.compile(r"[^A-Za-z0-9._-]+")


def write_file(folder: Path, name: str, content: str | bytes) -> Path:
    """Write `content` to the file called `name` in `folder`, which is made if need be, and return its path.

    Raises
    ------
    ValueError
        If `name` would lie outside `folder`.
    OSError
        If it cannot be written; its `filename` is that of the file asked for.
    """
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    if path.resolve().parent != folder.resolve():
        raise ValueError(f"{name!r} does not lie in {folder}")
    try:
        _replace(path, content.encode() if isinstance(content, str) else content)
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(path)) from None
    return path


def _replace(path: Path, content: bytes) -> None:
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        Path(temporary).chmod(0o666 & ~_umask())
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def slug(text: str) -> str:
    """Return `text` as the safe stem of a file name."""
    return _SLUG.sub("-", text).strip("-.") or "page"


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
