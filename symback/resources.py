"""Where the files that ship with symback lie: templates and examples, in a checkout and in a wheel alike."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

from symback import shipped
from symback.shipped import examples, notations, styles

__all__ = ["STARTER", "TEMPLATES", "data", "example_file", "examples", "notations", "styles"]

TEMPLATES = Path(shipped.TEMPLATES)

STARTER = TEMPLATES / "starter.yaml"
"""The spec to begin with, where no example is asked for."""


def example_file(name: str) -> Path:
    """Return where the example of this name lies."""
    return Path(shipped.EXAMPLES, f"{name}.yaml")


@lru_cache(maxsize=64)
def data(path: Path) -> Any:
    """Return the content of one of symback's own YAML files."""
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return yaml.load(path.read_text(encoding="utf-8"), Loader=loader)
