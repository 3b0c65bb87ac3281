"""Where the files that ship with symback lie: templates and examples, in a checkout and in a wheel alike."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

PACKAGE = Path(__file__).resolve().parent
EXAMPLES = PACKAGE / "examples"
TEMPLATES = next(path for path in (PACKAGE / "templates", PACKAGE.parent / "templates") if path.is_dir())

STARTER = TEMPLATES / "starter.yaml"
"""The spec to begin with, where no example is asked for."""


def styles() -> tuple[str, ...]:
    """Return the names of all styles."""
    return tuple(sorted(path.parent.name for path in (TEMPLATES / "styles").glob("*/plan.yaml")))


def notations() -> tuple[str, ...]:
    """Return the names of all notations."""
    return tuple(sorted(path.stem for path in (TEMPLATES / "notations").glob("*.yaml")))


def examples() -> tuple[str, ...]:
    """Return the names of all example specs."""
    return tuple(sorted(path.stem for path in EXAMPLES.glob("*.yaml")))


def notation_file(name: str) -> Path:
    """Return where the notation of this name lies."""
    return TEMPLATES / "notations" / f"{name}.yaml"


def example_file(name: str) -> Path:
    """Return where the example of this name lies."""
    return EXAMPLES / f"{name}.yaml"


def style_title(name: str) -> str:
    """Return the one line that says what a style is like, without reading the whole plan."""
    with (TEMPLATES / "styles" / name / "plan.yaml").open(encoding="utf-8") as lines:
        return next(line for line in lines if line.startswith("title:")).partition(":")[2].strip().strip('"')


def first_comment(path: Path) -> str:
    """Return the comment on the first line of a file, or nothing."""
    with path.open(encoding="utf-8") as lines:
        line = lines.readline().strip()
    return line.removeprefix("#").strip() if line.startswith("#") else ""


@lru_cache(maxsize=64)
def data(path: Path) -> Any:
    """Return the content of one of symback's own YAML files."""
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return yaml.load(path.read_text(encoding="utf-8"), Loader=loader)
