"""Where the files that ship with symback lie: templates and examples, in a checkout and in a wheel alike."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

PACKAGE = Path(__file__).resolve().parent
EXAMPLES = PACKAGE / "examples"
TEMPLATES = next(path for path in (PACKAGE / "templates", PACKAGE.parent / "templates") if path.is_dir())


def styles() -> tuple[str, ...]:
    """Return the names of all styles."""
    return tuple(sorted(path.parent.name for path in (TEMPLATES / "styles").glob("*/plan.yaml")))


def notations() -> tuple[str, ...]:
    """Return the names of all notations."""
    return tuple(sorted(path.stem for path in (TEMPLATES / "notations").glob("*.yaml")))


def examples() -> tuple[str, ...]:
    """Return the names of all example specs."""
    return tuple(sorted(path.stem for path in EXAMPLES.glob("*.yaml")))


@lru_cache(maxsize=64)
def data(path: Path) -> Any:
    """Return the content of one of symback's own YAML files."""
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return yaml.load(path.read_text(encoding="utf-8"), Loader=loader)
