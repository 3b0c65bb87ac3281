"""Templates and examples by name, with a line about each: found with `os` alone, so that they come at once.

They ship with symback; folders of an author's own templates may lie over its own.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence

PACKAGE = os.path.dirname(os.path.realpath(__file__))
EXAMPLES = os.path.join(PACKAGE, "examples")
TEMPLATES = next(
    folder
    for folder in (os.path.join(PACKAGE, "templates"), os.path.join(os.path.dirname(PACKAGE), "templates"))
    if os.path.isdir(folder)
)
"""In the package in a wheel, beside it in a checkout."""

Roots = Sequence[str | os.PathLike[str]]
"""Folders of templates that lie over each other, the uppermost first."""

ROOTS: Roots = (TEMPLATES,)
"""The templates that ship with symback, and no others."""

BYTE_ORDER_MARK = "\ufeff"
"""Stands at the beginning of a file that some editors write."""


def plan_name(style: str) -> str:
    """Return what the file with the plan of a style is called."""
    return f"styles/{style}/plan.yaml"


def notation_name(notation: str) -> str:
    """Return what the file of a notation is called."""
    return f"notations/{notation}.yaml"


def layers(roots: Roots, name: str) -> tuple[str, ...]:
    """Return every file of this name, the uppermost first."""
    return tuple(file for root in roots if os.path.isfile(file := os.path.join(root, name)))


def styles(roots: Roots) -> tuple[str, ...]:
    """Return the names of all styles."""
    found = {name for root in roots for name in _inside(os.path.join(root, "styles"))}
    return tuple(sorted(name for name in found if layers(roots, plan_name(name))))


def notations(roots: Roots) -> tuple[str, ...]:
    """Return the names of all notations."""
    return tuple(sorted({name for root in roots for name in _yaml_files(os.path.join(root, "notations"))}))


def languages(roots: Roots) -> tuple[str, ...]:
    """Return the codes of all languages that pages can be in."""
    return tuple(sorted({name for root in roots for name in _yaml_files(os.path.join(root, "phrases"))}))


def examples() -> tuple[str, ...]:
    """Return the names of all example specs."""
    return tuple(sorted(_yaml_files(EXAMPLES)))


def style_title(roots: Roots, name: str) -> str:
    """Return the one line in which a plan says what its style is like, without reading the whole plan, or nothing."""
    with open(layers(roots, plan_name(name))[0], encoding="utf-8") as lines:
        title = next((line for line in lines if line.removeprefix(BYTE_ORDER_MARK).startswith("title:")), "")
    return title.partition(":")[2].strip().strip("\"'")


def notation_title(roots: Roots, name: str) -> str:
    """Return the line about a notation, or nothing."""
    return _first_comment(layers(roots, notation_name(name))[0])


def example_title(name: str) -> str:
    """Return the line about an example, or nothing."""
    return _first_comment(os.path.join(EXAMPLES, f"{name}.yaml"))


def _inside(folder: str) -> Iterator[str]:
    """Yield the names of what lies in a folder, if there is one, but not of what is hidden."""
    if os.path.isdir(folder):
        yield from (name for name in os.listdir(folder) if not name.startswith("."))


def _yaml_files(folder: str) -> Iterator[str]:
    for name in _inside(folder):
        if name.endswith(".yaml") and os.path.isfile(os.path.join(folder, name)):
            yield name.removesuffix(".yaml")


def _first_comment(file: str) -> str:
    """Return the comment on the first line of a file, or nothing."""
    with open(file, encoding="utf-8") as lines:
        line = lines.readline().removeprefix(BYTE_ORDER_MARK).strip()
    return line.removeprefix("#").strip() if line.startswith("#") else ""
