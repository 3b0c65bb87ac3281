"""Starting up: what a user waits for before anything is computed, in units of a bare interpreter."""

from __future__ import annotations

import sysconfig
import tempfile
from pathlib import Path

from tests.benchmarks.measuring import at_most, python, report, side_by_side

SYMBACK = str(Path(sysconfig.get_path("scripts"), "symback"))
"""The command as it is installed: what somebody starts who types its name."""

WRONG = "schema: 1\nnetwork: {inputs: 2, layers: [{size: 1, activation: rellu}]}\n"


def main() -> None:
    """Measure help, a listing, and an error in a spec."""
    bare = python("-c", "pass")
    with tempfile.TemporaryDirectory() as folder:
        spec = Path(folder) / "wrong.yaml"
        spec.write_text(WRONG, encoding="utf-8")
        for subject, ours, bar in (
            ("symback --help", python(SYMBACK, "--help"), 2.5),
            ("symback styles", python(SYMBACK, "styles"), 2.5),
            ("symback render, with an error in the spec", python(SYMBACK, "render", str(spec), code=2), 25),
        ):
            report(f"{subject} / python -c pass", side_by_side(ours, bare), at_most(bar))
