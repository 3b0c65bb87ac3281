"""The gallery: every example as a page in every format, in its own style, with an index and the reference of a spec."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from symback import resources
from symback.formats.pages import pages
from symback.formats.table import FORMATS
from symback.output.files import write_file
from symback.spec.load import load_file
from symback.spec.model import Spec
from symback.spec.reference import reference


def write_gallery(folder: Path) -> Iterator[Path]:
    """Write all pages and the index to `folder`, yielding the path of each file."""
    for name, text in gallery().items():
        yield write_file(folder, name, text)


def gallery() -> dict[str, str]:
    """Return every file of the gallery by its name."""
    files: dict[str, str] = {}
    rows = []
    for example in resources.examples():
        spec = load_file(example)
        files |= {f"{example}.{extension}": text for extension, text in pages(spec, FORMATS).items()}
        rows.append(_row(example, spec))
    return {"README.md": _index(rows), "SPEC.md": reference(), **files}


def _row(example: str, spec: Spec) -> str:
    links = ", ".join(f"[{extension}]({example}.{extension})" for extension in FORMATS)
    sizes = "-".join(map(str, spec.network.sizes))
    style = spec.style.name if spec.style else ""
    return f"| {example} | {spec.title} | {sizes} | {style} | {links} |"


def _index(rows: list[str]) -> str:
    return "\n".join(
        [
            "# Gallery",
            "",
            "Every example spec of symback, rendered by `make demo`. Do not edit: a test compares these files with",
            "what the code writes. [SPEC.md](SPEC.md) explains every key that a spec may have.",
            "",
            "| example | page | network | style | files |",
            "| --- | --- | --- | --- | --- |",
            *rows,
            "",
        ]
    )
