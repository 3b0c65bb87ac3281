"""The gallery: every example as a page in every format, with an index and the reference of a spec.

An example has a page in its own style, and in those that ``gallery.yaml`` among the templates names for it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from symback import resources, shipped
from symback.formats.pages import pages
from symback.formats.table import FORMATS
from symback.output.files import write_file
from symback.spec.load import load_file
from symback.spec.reference import reference

CHOICE = resources.TEMPLATES / "gallery.yaml"


def write_gallery(folder: Path) -> Iterator[Path]:
    """Write all pages and the index to `folder`, yielding the path of each file."""
    for name, text in gallery().items():
        yield write_file(folder, name, text)


def gallery() -> dict[str, str]:
    """Return every file of the gallery by its name."""
    others: dict[str, list[str]] = resources.data(CHOICE)
    files: dict[str, str] = {}
    rows = []
    for example in resources.examples():
        spec = load_file(example)
        own = spec.style.name if spec.style else ""
        stems = {own: example} | {style: f"{example}.{style}" for style in others.get(example, ())}
        for style, stem in stems.items():
            written = pages(spec, FORMATS, "" if style == own else style)
            files |= {f"{stem}.{extension}": text for extension, text in written.items()}
        rows.append(_row(example, spec.title, stems))
    return {"README.md": _index(rows), "SPEC.md": reference(), **files}


def _row(example: str, title: str, stems: dict[str, str]) -> str:
    links = "; ".join(
        f"{style}: " + ", ".join(f"[{extension}]({stem}.{extension})" for extension in FORMATS)
        for style, stem in stems.items()
    )
    return f"| {example} | {title} | {shipped.example_title(example)} | {links} |"


def _index(rows: Sequence[str]) -> str:
    return "\n".join(
        [
            "# Gallery",
            "",
            "Every example spec of symback, rendered by `make demo`. Do not edit: a test compares these files with",
            "what the code writes. [SPEC.md](SPEC.md) explains every key that a spec may have.",
            "",
            "| example | page | what it shows | styles and files |",
            "| --- | --- | --- | --- |",
            *rows,
            "",
        ]
    )
