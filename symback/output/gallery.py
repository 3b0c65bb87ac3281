"""The gallery: every example as a page to read, with an index and the reference of a spec.

An example has a page in its own style, and in those that ``gallery.yaml`` among the templates names for it. The example
that is called like a style is the reference of that style: its PDF and its page for the screen are kept too.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from symback import resources, shipped
from symback.output.files import write_file
from symback.output.pages import PDF, contents, ending
from symback.spec.load import load_file
from symback.spec.reference import reference

TEXTS = ("md", "tex")
"""What every page is shown as."""

LARGE = ("html", PDF)
"""What every page is shown as besides: files that are kept for the reference of a style only."""

CHOICE = resources.TEMPLATES / "gallery.yaml"


def write_gallery(folder: Path) -> Iterator[Path]:
    """Write all pages in all their formats and the index to `folder`, yielding the path of each file."""
    for name, content in (gallery() | large_files()).items():
        yield write_file(folder, name, content)


def gallery() -> dict[str, str | bytes]:
    """Return every file that is kept by its name: the index, the reference, and the pages."""
    rows = []
    files: dict[str, str | bytes] = {}
    for example, stems in _stems():
        rows.append(_row(example, load_file(example).title, stems))
        for style, stem in stems.items():
            files |= _written(example, style, stem, _kept(stem))
    return {"README.md": _index(rows), "SPEC.md": reference(), **files}


def large_files() -> dict[str, str | bytes]:
    """Return the files that are written but not kept by their names."""
    files: dict[str, str | bytes] = {}
    for example, stems in _stems():
        for style, stem in stems.items():
            files |= _written(example, style, stem, tuple(target for target in LARGE if target not in _kept(stem)))
    return files


def _stems() -> Iterator[tuple[str, dict[str, str]]]:
    """Yield every example with the name of its page in each style, its own style first."""
    others: dict[str, list[str]] = resources.data(CHOICE)
    for example in resources.examples():
        style = load_file(example).style
        own = style.name if style else ""
        yield example, {own: example} | {style: f"{example}.{style}" for style in others.get(example, ())}


def _written(example: str, style: str, stem: str, targets: Sequence[str]) -> dict[str, str | bytes]:
    written = contents(load_file(example), targets, "" if stem == example else style)
    return {f"{stem}.{ending(target)}": content for target, content in written.items()}


def _kept(stem: str) -> tuple[str, ...]:
    return TEXTS + LARGE if stem in resources.styles() else TEXTS


def _row(example: str, title: str, stems: dict[str, str]) -> str:
    links = "; ".join(
        f"{style}: " + ", ".join(f"[{target}]({stem}.{ending(target)})" for target in _kept(stem))
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
