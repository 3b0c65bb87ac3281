"""The folder of templates that CONTRIBUTING shows in full, taken from there."""

from __future__ import annotations

import re
from pathlib import Path

CONTRIBUTING = Path(__file__).parents[2] / "CONTRIBUTING.md"

FILE = re.compile(r"^`my-templates/(\S+)`:\n\n```\w+\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def documented_files() -> dict[str, str]:
    """Return every file of the folder by its path in it."""
    return dict(FILE.findall(CONTRIBUTING.read_text(encoding="utf-8")))


def write_files(folder: Path, files: dict[str, str]) -> Path:
    """Write files into a folder and return it."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def write_documented_folder(place: Path) -> Path:
    """Write the documented folder to `place`, under its own name, and return it."""
    return write_files(place / "my-templates", documented_files())
