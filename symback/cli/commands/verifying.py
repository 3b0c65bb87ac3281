"""The command that verifies somebody's own derivation."""

from __future__ import annotations

import os
import sys
from argparse import Namespace

from symback.cli.commands.specs import STANDARD_OUTPUT


def verify(chosen: Namespace) -> int:
    """Report on every claim of a hand-derived document; 1 if something is wrong."""
    from pathlib import Path

    from symback import api
    from symback.spec.problems import DocumentError, Problem
    from symback.spec.templates import templates_in
    from symback.verify.report.table import REPORTS
    from symback.verify.report.wanted import Wanted
    from symback.verify.supervise import Limits
    from symback.verify.text import A_DOCUMENT, STANDARD_INPUT, read_text

    if chosen.spec == chosen.document == STANDARD_INPUT:
        raise DocumentError([Problem((), "standard input, which is the spec", A_DOCUMENT, file=STANDARD_INPUT)])
    templates = templates_in(chosen.templates)
    spec = api.load(chosen.spec, templates)
    name, text = read_text(chosen.document)
    audit = api.verify(spec, text, name, templates, Limits(seconds=chosen.seconds))
    colours = chosen.output == STANDARD_OUTPUT and _shows_colours()
    report = REPORTS[chosen.format](audit, Wanted(chosen.all, chosen.show_binding, colours))
    if chosen.output == STANDARD_OUTPUT:
        sys.stdout.write(report)
    else:
        from symback.output.files import write_file

        path = Path(chosen.output)
        print(write_file(path.parent, path.name, report))
    return 0 if audit.is_right else 1


def _shows_colours() -> bool:
    """Say whether standard output is a terminal whose user has not asked for plain text."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
