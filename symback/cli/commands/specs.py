"""Commands that write specs."""

from __future__ import annotations

import sys
from argparse import Namespace

STANDARD_OUTPUT = "-"


def vary(chosen: Namespace) -> int:
    """Write the spec with other friendly numbers, and print the path."""
    from pathlib import Path

    from symback import api
    from symback.spec.load import STANDARD_INPUT
    from symback.spec.problems import Problem, SpecError, show
    from symback.vary.dump import dump

    spec = api.load(chosen.spec, chosen.templates)
    if chosen.spec != STANDARD_INPUT and Path(chosen.output).resolve() == Path(chosen.spec).resolve():
        raise SpecError([Problem(("output",), show(chosen.output), "another file than the spec itself")])
    text = dump(api.vary(spec, chosen.seed), f"Numbers drawn by symback vary, seed {chosen.seed}.")
    return _write(chosen.output, text)


def new(chosen: Namespace) -> int:
    """Write a spec to begin with, never over a file that is there, and print the path."""
    from pathlib import Path

    from symback import resources
    from symback.spec.problems import Problem, SpecError, check_choice

    source = resources.STARTER
    if chosen.example:
        check_choice("from", chosen.example, resources.examples())
        source = resources.example_file(chosen.example)
    path = Path(chosen.file)
    if chosen.file != STANDARD_OUTPUT and (path.exists() or path.is_symlink()):
        raise SpecError([Problem((), "a file that is there already", "the name of a new file", file=chosen.file)])
    return _write(chosen.file, source.read_text(encoding="utf-8"))


def _write(file: str, text: str) -> int:
    if file == STANDARD_OUTPUT:
        sys.stdout.write(text)
        return 0
    from pathlib import Path

    from symback.output.files import write_file

    path = Path(file)
    print(write_file(path.parent, path.name, text))
    return 0
