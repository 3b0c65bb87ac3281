"""The gallery: every example as a page in every format, in its own style, with an index and the reference of a spec."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from symback import resources
from symback.output.files import write_file
from symback.output.pages import contents, ending
from symback.spec.load import load_file
from symback.spec.model import Spec
from symback.spec.reference import reference

TARGETS = ("md", "tex", "pdf")
"""What the gallery shows each example as."""


def write_gallery(folder: Path) -> Iterator[Path]:
    """Write all pages and the index to `folder`, yielding the path of each file."""
    for name, content in gallery().items():
        yield write_file(folder, name, content)


def gallery() -> dict[str, str | bytes]:
    """Return every file of the gallery by its name."""
    files: dict[str, str | bytes] = {}
    rows = []
    for example in resources.examples():
        spec = load_file(example)
        files |= {f"{example}.{ending(target)}": content for target, content in contents(spec, TARGETS).items()}
        rows.append(_row(example, spec))
    return {"README.md": _index(rows), "SPEC.md": reference(), **files}


def _row(example: str, spec: Spec) -> str:
    links = ", ".join(f"[{target}]({example}.{ending(target)})" for target in TARGETS)
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
