"""What ships with symback, by name and with a line about each: found with `os` alone, so that it comes at once."""

from __future__ import annotations

import os

PACKAGE = os.path.dirname(os.path.realpath(__file__))
EXAMPLES = os.path.join(PACKAGE, "examples")
TEMPLATES = next(
    folder
    for folder in (os.path.join(PACKAGE, "templates"), os.path.join(os.path.dirname(PACKAGE), "templates"))
    if os.path.isdir(folder)
)
"""In the package in a wheel, beside it in a checkout."""

STYLES = os.path.join(TEMPLATES, "styles")
NOTATIONS = os.path.join(TEMPLATES, "notations")


def styles() -> tuple[str, ...]:
    """Return the names of all styles."""
    return tuple(sorted(name for name in os.listdir(STYLES) if os.path.isfile(_plan(name))))


def notations() -> tuple[str, ...]:
    """Return the names of all notations."""
    return _specs(NOTATIONS)


def examples() -> tuple[str, ...]:
    """Return the names of all example specs."""
    return _specs(EXAMPLES)


def style_title(name: str) -> str:
    """Return the one line that says what a style is like, without reading the whole plan."""
    with open(_plan(name), encoding="utf-8") as lines:
        return next(line for line in lines if line.startswith("title:")).partition(":")[2].strip().strip('"')


def notation_title(name: str) -> str:
    """Return the line about a notation."""
    return _first_comment(os.path.join(NOTATIONS, f"{name}.yaml"))


def example_title(name: str) -> str:
    """Return the line about an example."""
    return _first_comment(os.path.join(EXAMPLES, f"{name}.yaml"))


def _plan(style: str) -> str:
    return os.path.join(STYLES, style, "plan.yaml")


def _specs(folder: str) -> tuple[str, ...]:
    return tuple(sorted(name.removesuffix(".yaml") for name in os.listdir(folder) if name.endswith(".yaml")))


def _first_comment(file: str) -> str:
    """Return the comment on the first line of a file, or nothing."""
    with open(file, encoding="utf-8") as lines:
        line = lines.readline().strip()
    return line.removeprefix("#").strip() if line.startswith("#") else ""
