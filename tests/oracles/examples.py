"""The example specs as plain values, read from their files by PyYAML alone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).parents[2] / "symback" / "examples"
EXAMPLES = tuple(sorted(path.stem for path in FOLDER.glob("*.yaml")))


def example(name: str) -> dict[str, Any]:
    """Return the values of one example; the decimals of the examples survive a float."""
    return yaml.safe_load((FOLDER / f"{name}.yaml").read_text(encoding="utf-8"))
