"""One page of a network with 21 parameters, as a user asks for it: the whole process, from start to file."""

from __future__ import annotations

import tempfile

from tests.benchmarks.measuring import at_most, python, report, side_by_side


def main() -> None:
    """Measure the shipped example against the imports that it cannot do without."""
    imports = python("-c", "import sympy, jinja2")
    with tempfile.TemporaryDirectory() as folder:
        page = python("-m", "symback", "render", "slides", "-o", folder)
        ratio = side_by_side(page, imports, turns=11)
    report('symback render slides / python -c "import sympy, jinja2"', ratio, at_most(1.5))
